"""The register of what the lawbook covers: each system once, each provision under one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from licet.errors import LawError
from licet.lex.coverage import FILE, STATES, register
from licet.lex.law import Law, current

ROW = """\
- area: Limits
  system: Limits of circuits
  cite: 15 CFR 774 Supp. 1
  state: encoded
  holds: [limit]
"""
REST = """\
- area: The rest
  system: The rest
  cite: 15 CFR 742.6
  state: partly
  missing: much
  rest of: us/law.yaml
"""


def test_every_provision_of_the_lawbook_stands_in_one_row() -> None:
    rows = register(current())
    named = [id_ for row in rows for id_ in row.provisions]
    assert sorted(named) == sorted(current().provisions)
    assert {row.state for row in rows} == set(STATES)
    assert all((row.state == "encoded") == (not row.said) for row in rows)


@pytest.mark.parametrize(
    "system",
    ["740.25", "742.6(a)(6)", "744.23", "734.9", "744.6", "744.11", "744.15", "744.17", "744.21", "746", "748.15",
     "732 Supp. 3", "OFAC", "ITAR", "Outbound", "4E091", "Affiliates", "STA"],
)  # fmt: skip
def test_the_systems_of_the_regime_are_there(system: str) -> None:
    assert [row for row in register(current()) if system in f"{row.cite} {row.system}"]


def test_a_row_names_provisions_and_the_rest_of_a_file(book: Callable[..., Law]) -> None:
    one, rest = register(book(coverage=ROW + REST))
    assert one.provisions == ("limit",)
    assert rest.provisions == ("requirement", "denial")
    assert rest.to_dict()["missing"] == "much"


def test_a_lawbook_without_a_register_has_no_rows(book: Callable[..., Law]) -> None:
    assert register(book()) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ROW, "no row of the register names"),
        (ROW.replace("limit]", "limmit]"), "there is no provision 'limmit'"),
        (ROW + ROW, "two rows name 'limit'"),
        (ROW.replace("state: encoded", "state: done"), "'done' is no state"),
        (ROW.replace("state: encoded", "state: partly"), "`missing` goes with partly"),
        (ROW + "  missing: much\n", "`missing` goes with partly"),
        (ROW.replace("system:", "sistem:"), "a row has no key 'sistem'"),
        (ROW.replace("  cite: 15 CFR 774 Supp. 1\n", ""), "a row without `cite`"),
        (ROW.replace("cite: 15 CFR 774 Supp. 1", "cite: somewhere"), "somewhere"),
        (REST + ROW.replace("  holds: [limit]\n", ""), "names no provision"),
        (ROW.replace("holds: [limit]", "holds: {limit: 1}"), "`holds` is a list"),
        (ROW + "  rest of: us/none.yaml\n", "there is no file 'us/none.yaml'"),
        ("area: x\n", "the register is a list of rows"),
    ],
)
def test_a_register_that_is_wrong_is_refused_with_its_place(book: Callable[..., Law], text: str, said: str) -> None:
    with pytest.raises(LawError, match=said) as caught:
        register(book(coverage=text))
    assert FILE in str(caught.value)

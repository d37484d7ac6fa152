"""Owners and seats as facts: what is known, what is left open, and what is a red flag."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.parties import Finding, Graph
from licet.parties.ownership import Stake, span
from licet.parties.owning import owned

DAY = date(2025, 10, 15)
ALL = frozenset({"hq", "owned_by_listed_percent", "majority_d5"})


def graph(*rows: str, **seats: str) -> Graph:
    """Stakes written as "owner > owned > share"; seats by name, blanks as underscores."""
    parts = [[part.strip() for part in row.split(" > ")] for row in rows]
    stakes = [Stake(owner, held, *span(share)) for owner, held, share in parts]
    return Graph(stakes, {name.replace("_", " "): seat for name, seat in seats.items()})


def listed(name: str) -> bool | None:
    return None if name.startswith("Doubtful") else name.startswith("Listed")


def found(held: Graph, name: str = "Target") -> dict[str, Finding]:
    return owned(held, name, DAY, ALL, listed)


def values(held: Graph, name: str = "Target") -> dict[str, Any]:
    return {ending: each.value for ending, each in found(held, name).items()}


@pytest.mark.parametrize(
    ("rows", "percent"),
    [
        (["Listed A > Target > 60", "Else > Target > 40"], 60),
        (["Listed A > Target > 35", "Listed B > Target > 15", "Else > Target > 50"], 50),
        (["Listed A > Middle > 50", "Else > Middle > 50", "Middle > Target > 100"], 100),
        (["Listed A > Middle > 49", "Else > Middle > 51", "Middle > Target > 100"], 0),
        (["Listed A > Target > 30", "Else > Target > 70"], 30),
        (["Else > Target > 100"], 0),
        (["Listed A > Target > >=50"], 50),
    ],
)
def test_the_share_in_listed_hands(rows: list[str], percent: int) -> None:
    assert values(graph(*rows))["owned_by_listed_percent"] == Decimal(percent)


@pytest.mark.parametrize(
    "rows",
    [
        ["Listed A > Target > 40"],  # of 60 percent no owner is known
        ["Else > Target > 10"],
        ["Listed A > Target > 40-60", "Else > Target > 40"],
        ["Doubtful > Target > 80", "Else > Target > 20"],
        ["Else > Middle > 30", "Middle > Target > 100"],  # of 70 percent of the holder no owner is known
    ],
)
def test_a_share_that_decides_and_is_not_known_is_left_to_a_person(rows: list[str]) -> None:
    finding = found(graph(*rows))["owned_by_listed_percent"]
    assert (finding.value, finding.doubtful) == (None, True)
    assert "percent may be in listed hands" in finding.warnings[0]


def test_a_minority_in_listed_hands_is_a_red_flag() -> None:
    held = graph("Listed A > Target > 30", "Else > Target > 70")
    assert found(held)["owned_by_listed_percent"].flags == ("partly in listed hands: Listed A 30 percent",)
    above = graph("Listed A > Middle > 40", "Else > Middle > 60", "Middle > Target > 100")
    assert found(above)["owned_by_listed_percent"].flags
    assert not found(graph("Else > Target > 100"))["owned_by_listed_percent"].flags


def test_nothing_is_said_of_a_party_that_the_file_does_not_hold() -> None:
    assert found(graph("Listed A > Target > 60"), "Another") == {}
    assert found(graph("Listed A > Target > 60"), "Listed A") == {}


@pytest.mark.parametrize(
    ("seats", "hq", "majority_d5"),
    [
        ({"Top": "CN", "Target": "SG"}, "CN", True),
        ({"Top": "US", "Target": "CN"}, "CN", False),
        ({"Top": "US", "Target": "SG"}, "US", False),
        ({"Top": "US"}, None, False),  # its own seat could be in Macau or D:5
        ({"Target": "SG"}, None, None),
        ({"Top": "MO"}, "MO", True),
    ],
)
def test_headquarters_and_majority_owners(seats: dict[str, str], hq: str | None, majority_d5: bool | None) -> None:
    known = values(graph("Top > Target > 80", "Else > Target > 20", **seats))
    assert (known.get("hq"), known.get("majority_d5")) == (hq, majority_d5)


def test_owners_in_a_circle_leave_the_parent_open() -> None:
    held = graph("Target > Mirror > 60", "Mirror > Target > 60", Mirror="US", Target="US")
    assert "hq" not in values(held)


SHARES = st.sampled_from(["10", "30", "45", "50", "55", "100", "20-60", ">=50", "<50", ""])
NAMES = st.sampled_from(["Listed A", "Doubtful B", "C1", "D1", "Target"])


@given(st.lists(st.tuples(NAMES, NAMES, SHARES), min_size=1, max_size=7), st.integers(0, 6))
def test_not_knowing_a_share_never_settles_the_other_answer(rows: list[tuple[str, str, str]], lost: int) -> None:
    whole = [
        Stake(owner, held, *span(share)) for owner, held, share in [*rows, ("C1", "Target", "10")] if owner != held
    ]
    blurred = [
        Stake(stake.owner, stake.owned, *span("")) if number == lost else stake for number, stake in enumerate(whole)
    ]
    known, less = (found(Graph(each))["owned_by_listed_percent"].value for each in (whole, blurred))
    if known is not None and less is not None:
        assert (known >= 50) == (less >= 50)

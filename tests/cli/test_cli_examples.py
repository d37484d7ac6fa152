"""examples/orders.csv shows every outcome and every version of the law of AI chips, with real cases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from command_line import EXAMPLES, rows

import licet as library
from licet.catalog import find
from licet.decision.determination import Determination, Outcome
from licet.facts import FACTS, SHORT
from licet.lex.law import current

NOTES = {"id", "source", "note"}
ORDERS: list[dict[str, str]] = rows(EXAMPLES / "orders.csv")
#: Whose every version some order is answered by.
SHOWN = ("742.6(a)(6)(iii)", "742.6(a)(6)(i)", "742.6(b)(10) ", "744.23(", "letter to ", "UAE beneficiary")


def asked(order: dict[str, str]) -> dict[str, Any]:
    return {name: value for name, value in order.items() if value and name not in NOTES}


@pytest.fixture(scope="module")
def answers() -> list[Determination]:
    return [library.ask(asked(order)) for order in ORDERS]


def test_columns_are_facts_or_notes() -> None:
    assert [name for name in ORDERS[0] if name not in FACTS and name not in SHORT and name not in NOTES] == []


def test_no_column_is_empty() -> None:
    assert [name for name in ORDERS[0] if not any(order[name] for order in ORDERS)] == []


def test_there_are_many_orders_of_real_chips() -> None:
    assert len(ORDERS) >= 60
    assert len({order["id"] for order in ORDERS}) == len(ORDERS)
    chips = {find(order["item"]).id for order in ORDERS if order["item"]}
    assert len(chips) >= 25
    assert {date.fromisoformat(order["on"]).year for order in ORDERS} == {2022, 2023, 2024, 2025, 2026}


def test_most_cite_a_public_source() -> None:
    assert sum(bool(order["source"]) for order in ORDERS) >= 60


def test_every_outcome_is_there(answers: list[Determination]) -> None:
    assert {answer.outcome for answer in answers} == set(Outcome)
    assert any(answer.outcome is not answer.outcome_as_written for answer in answers)
    assert any(answer.missing for answer in answers)


def test_every_review_policy_and_the_main_exceptions_are_there(answers: list[Determination]) -> None:
    policies = {answer.review_policy for answer in answers}
    assert policies >= {"presumption_of_denial", "presumption_of_approval", "case_by_case", "denial"}
    used = {symbol for answer in answers for each in answer.requirements for symbol in each.lifted_by}
    assert used >= {"NAC", "ACA", "RPL", "HBM"}


def test_every_version_of_the_law_of_chips_is_there(answers: list[Determination]) -> None:
    met = {
        (each.provision, str(each.since))
        for answer in answers
        for each in answer.trace
        if "yes" in (str(each.written), str(each.enforced))
    }
    days = {date.fromisoformat(order["on"]) for order in ORDERS}
    lost = [
        f"{provision.id} of {version.since}"
        for provision in current().provisions.values()
        if provision.id.startswith(SHOWN)
        for version in provision.versions
        if (provision.id, version.since.isoformat()) not in met and version.since <= max(days)
    ]
    assert lost == []

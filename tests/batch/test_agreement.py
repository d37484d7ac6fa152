"""One question or ten million: the answer is the same, whatever is known and whatever is not."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import Question, questions

import licet
from licet.batch.distinct import RESULTS, answer, plain
from licet.errors import LicetError
from licet.lex.law import current

SLOW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def one_by_one(question: Question, assume: str) -> dict[str, str | None]:
    try:
        return {**plain(licet.ask(question, assume=assume)), "error": None}
    except LicetError:
        return {**dict.fromkeys(RESULTS), "error": "refused"}


def frame_of(asked: list[Question]) -> pl.DataFrame:
    names = dict.fromkeys(name for question in asked for name in question)
    return pl.DataFrame({name: [_cell(question.get(name)) for question in asked] for name in names})


def _cell(raw: object) -> str | None:
    return None if raw is None else "+".join(sorted(raw)) if isinstance(raw, (list, frozenset)) else str(raw)


@pytest.mark.parametrize("assume", ["strict", "ordinary"])
@SLOW
@given(st.lists(questions(), min_size=8, max_size=20))
def test_a_batch_answers_each_line_as_ask_does(assume: str, asked: list[Question]) -> None:
    many = answer(frame_of(asked), current(), assume=assume).to_dicts()
    for question, found in zip(asked, many, strict=True):
        alone = one_by_one(question, assume)
        assert (found["error"] is None) == (alone["error"] is None), found["error"]
        if alone["error"] is None:
            shown = [name for name in RESULTS if name not in ("assumptions", "warnings")]
            assert {name: found[name] for name in shown} == {name: alone[name] for name in shown}


@pytest.mark.parametrize("assume", ["strict", "ordinary"])
@pytest.mark.parametrize(
    "asked",
    [
        [{"to": "KH", "on": "2024-09-05"}, {"activity": "export", "on": "2026-09-30"}],
        [
            {"to": "CN", "on": "2024-06-01", "item_kind": "computer", "datacenter": "yes", "die_area_mm2": area}
            for area in ("100", "400", "800", "1600")
        ],
        [
            {"to": "CN", "on": "2024-06-01", "item_kind": "integrated_circuit", "datacenter": use, "tpp": tpp}
            for tpp in ("1599", "1600", "2399", "2400", "4799") for use in ("yes", "no")
        ],
    ],
    ids=["said in another line", "areas", "rates"],
)  # fmt: skip
def test_lines_of_one_pattern_keep_what_is_their_own(assume: str, asked: list[Question]) -> None:
    many = answer(frame_of(asked), current(), assume=assume).to_dicts()
    for question, found in zip(asked, many, strict=True):
        alone = one_by_one(question, assume)
        assert (found["outcome"], found["exceptions"], found["missing"]) == (
            alone["outcome"], alone["exceptions"], alone["missing"],
        )  # fmt: skip


def test_the_same_line_has_the_same_answer_wherever_it_stands() -> None:
    asked = [
        {"item": "nvidia-h100-sxm", "to": "DE", "on": "2024-06-01"},
        {"tpp": "5000", "to": "CN", "on": "2024-06-01"},
    ]
    whole = answer(frame_of(asked * 50), current())
    assert whole.n_unique() == 2


def test_a_bad_line_harms_no_other() -> None:
    good = {"item": "nvidia-h100-sxm", "to": "CN", "on": "2024-06-01"}
    bad = [
        {**good, "to": "Atlantis"},
        {**good, "on": "2024-02-31"},
        {**good, "item": "nvidia-h1000"},
        {**good, "on": None},
    ]
    found = answer(frame_of([good, *bad, good]), current())
    assert found["outcome"].to_list() == ["license_required", None, None, None, None, "license_required"]
    assert found["error"].is_null().to_list() == [True, False, False, False, False, True]

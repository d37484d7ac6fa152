"""Parties of many rows: looked up once each, and every row answered as `ask` answers it."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import licet
from licet.batch import check_file
from licet.batch.distinct import RESULTS, plain
from licet.parties import Finding, Graph, Index, Screener
from licet.parties.ownership import Stake, span

sys.path.insert(0, str(Path(__file__).parents[1] / "parties"))
from made_up_list import RECORDS

LISTED, LIKE = RECORDS[0]["name"], "Zhongwei Lantain Semicon Tech"
ORDER = {"item": "nvidia-h100-sxm", "from": "US", "to": "SG", "end_user_hq": "SG"}
#: What the row number and the wording of an error differ in.
COMPARED = [name for name in RESULTS if name not in ("warnings", "assumptions")]
SLOW = settings(
    max_examples=20, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)  # fmt: skip


@pytest.fixture(scope="module")
def screener() -> Screener:
    owners = [Stake(LISTED, "Daughter Ltd", *span("60")), Stake("Nobody Known", "Niece Ltd", *span("40"))]
    return Screener(
        index=Index(RECORDS, version="2026-01-01/test"), owners=Graph(owners, {LISTED: "CN", "Daughter Ltd": "SG"})
    )


NAMES = st.sampled_from(
    [LISTED, LISTED.lower(), LIKE, "Harmless Bakery", "Daughter Ltd", "Niece Ltd", "!!!", "none", "unknown", None]
)
ROWS = st.fixed_dictionaries(
    {
        "end_user": NAMES, "consignee": NAMES, "exporter": NAMES,
        "end_user_country": st.sampled_from(["CN", "BR", None, "Atlantis"]),
        "end_user_listed": st.sampled_from([None, None, "none", "unknown", "entity_list"]),
        "consignee_hq": st.sampled_from([None, "SG"]), "other_parties": st.sampled_from([None, "no"]),
        "on": st.sampled_from(["2024-06-01", "2025-10-15", "2022-08-01", "2026-11-20", None]),
    }
)  # fmt: skip


@pytest.mark.parametrize("assume", ["strict", "ordinary"])
@SLOW
@given(st.lists(ROWS, min_size=4, max_size=10))
def test_a_batch_looks_up_as_ask_does(screener: Screener, assume: str, rows: list[dict[str, Any]]) -> None:
    frame = pl.DataFrame([{**ORDER, **row} for row in rows], schema=dict.fromkeys({**ORDER, **rows[0]}, pl.String))
    many = licet.check(frame, assume=assume, on="2024-01-15", screen=screener).to_dicts()
    for row, found in zip(rows, many, strict=True):
        asked = {**ORDER, **row, "on": row["on"] or "2024-01-15"}
        try:
            alone = plain(licet.ask(asked, assume=assume, screen=screener))
        except licet.LicetError:
            assert found["error"] is not None
            continue
        assert found["error"] is None
        assert {name: found[name] for name in COMPARED} == {name: alone[name] for name in COMPARED}
        assert set(str(found["warnings"]).split("; ")) == set(str(alone["warnings"]).split("; "))


def test_each_party_is_looked_up_once() -> None:
    asked: list[tuple[str, str | None, datetime.date]] = []

    def look(name: str, country: str | None, on: datetime.date, wanted: frozenset[str]) -> Mapping[str, Finding]:
        asked.append((name, country, on))
        return {}

    rows = [{**ORDER, "on": "2024-06-01", "end_user": f"Party {number % 3}"} for number in range(300)]
    licet.check(pl.DataFrame(rows), screen=look)
    assert sorted(name for name, _, _ in asked) == ["Party 0", "Party 1", "Party 2"]


def test_names_make_no_more_questions(tmp_path: Path, screener: Screener) -> None:
    file = tmp_path / "orders.csv"
    rows = [{**ORDER, "on": "2024-06-01", "end_user": f"Plain Company {number}"} for number in range(200)]
    pl.DataFrame(rows).write_csv(file)
    assert check_file(file, screen=screener).distinct == 1


def test_the_summary_counts_parties_and_warnings(tmp_path: Path, screener: Screener) -> None:
    file = tmp_path / "orders.csv"
    rows = [{**ORDER, "on": "2024-06-01", "end_user": name} for name in (LISTED, LIKE, LIKE, "Harmless Bakery")]
    pl.DataFrame(rows).write_csv(file)
    summary = check_file(file, screen=screener)
    assert summary.parties == {"listed": 1, "possible": 1, "clear": 1}
    assert summary.outcomes == {"license_required": 1, "undetermined": 3}
    said = {text: count for text, count in summary.warnings.items() if text.startswith("end_user_listed: may be")}
    assert list(said.values()) == [2]


def test_a_bad_row_harms_no_other(screener: Screener) -> None:
    rows = [
        {**ORDER, "on": "2024-06-01", "end_user": LISTED},
        {**ORDER, "on": "2024-06-31", "end_user": LISTED},
        {**ORDER, "on": "2024-06-01", "end_user": "x" * 2000},
        {**ORDER, "on": "2024-06-01", "end_user": LISTED},
    ]
    found = licet.check(pl.DataFrame(rows), screen=screener)
    assert found["outcome"].to_list() == ["license_required", None, None, "license_required"]


def test_many_parties_are_looked_for_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [LISTED, LIKE, *(f"Harmless Bakery {number}" for number in range(1200))]
    file = tmp_path / "orders.csv"
    pl.DataFrame(ORDER | {"end_user": names, "on": "2024-06-01"}).write_csv(file)
    one_by_one, together = Screener(index=Index(RECORDS)), Screener(index=Index(RECORDS))
    monkeypatch.setattr(one_by_one, "prepare", lambda _: None)
    slow, quick = tmp_path / "slow.jsonl", tmp_path / "quick.jsonl"
    check_file(file, out=slow, screen=one_by_one)
    monkeypatch.setattr(Index, "search", lambda *_, **__: pytest.fail("one by one"))
    summary = check_file(file, out=quick, screen=together)
    assert quick.read_text(encoding="utf-8") == slow.read_text(encoding="utf-8")
    assert summary.parties == {"listed": 1, "possible": 1, "clear": 1200}

"""Any entry of the Commerce Control List that the asker asserts: reasons for control, the chart, and the edges."""

from __future__ import annotations

import csv
import datetime
from collections import defaultdict

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import licet
from licet.errors import LawError
from licet.lex.entries import CHART, CONTROLS, paragraph_sets
from licet.lex.law import current
from licet.lex.load import shipped

DAY = datetime.date(2026, 8, 1)
PLAIN = {
    "on": DAY, "from": "US", "activity": "export", "subject_to_ear": "yes", "end_use": "other_civil",
    "item_kind": "other", "item_vendor": "Example Corporation", "exporter": "Example Corporation", "exporter_hq": "US",
    "exporter_listed": "none", "end_user_listed": "none", "end_user_military": "no", "end_user_majority_d5": "no",
    "other_parties": "no",
}  # fmt: skip
TABLE = list(csv.DictReader((shipped() / CONTROLS).read_text("utf-8").splitlines()))
ENTRIES = sorted({row["entry"] for row in TABLE})
MARKS: dict[str, list[str]] = yaml.load((shipped() / CHART).read_text("utf-8"), yaml.BaseLoader)["marks"]
#: Reasons of the table that the chart does not show but that hold anywhere.
ANYWHERE = {"SL", "742.4(a)(5)"}


def ask(eccn: str, to: str, **more: object) -> licet.Determination:
    """An ordinary export of an asserted entry, from the United States, to a party seated at the destination."""
    return licet.ask({**PLAIN, "eccn": eccn, "to": to, "end_user_hq": to, "end_user_country": to, **more})


def whole(entry: str) -> set[str]:
    """The columns of the table that control the whole of `entry`."""
    return {row["column"] for row in TABLE if row["entry"] == entry and not (row["only"] or row["but"] or row["words"])}


def partial(entry: str) -> set[str]:
    """The columns that control a part of it."""
    return {row["column"] for row in TABLE if row["entry"] == entry} - whole(entry)


def test_the_table_has_every_entry_of_the_list() -> None:
    assert len(ENTRIES) == 633


@pytest.mark.parametrize(
    ("eccn", "to", "outcome"),
    [
        ("5A002.a", "FR", "license_required"),  # NS column 1 is marked nearly everywhere
        ("5A002.a", "CA", "no_license_required"),
        ("3A001.a.7", "CN", "license_required"),  # NS column 2
        ("3A001.a.7", "JP", "no_license_required"),
        ("3A991.p", "DE", "no_license_required"),  # AT only
        ("4A994.l", "SG", "no_license_required"),
        ("2B350.a", "SG", "license_required"),  # CB column 2
        ("2B350.a", "FR", "no_license_required"),
        ("3A611.a", "JP", "license_required"),  # NS and RS column 1
        ("3A611.a", "GB", "no_license_required"),  # the marks were taken away in 2024
        ("0A501.a", "GB", "license_required"),  # but not for firearms
        ("3B001.q", "FR", "license_required"),  # worldwide
        ("3B001.e", "FR", "no_license_required"),
        ("3B001.e", "CN", "license_required"),
        ("3B991.b", "CN", "no_license_required"),  # AT only, for a civil end use
        ("3B993.a", "KR", "no_license_required"),
        ("6A003.b.4.b", "IN", "license_required"),  # note 7 of the chart
        ("EAR99", "FR", "no_license_required"),
        ("EAR99", "CU", "license_required"),
        ("2B350.a", "RU", "license_required"),
    ],
)
def test_the_chart_answers(eccn: str, to: str, outcome: str) -> None:
    """Read by hand from the list and the chart of 2026-07-23."""
    assert ask(eccn, to).outcome == outcome


@pytest.mark.parametrize(("eccn", "to"), [("3A001", "DE"), ("3B001", "FR"), ("3A611", "JP"), ("1E002", "FR")])
def test_an_entry_of_which_a_part_is_controlled_asks_for_the_paragraph(eccn: str, to: str) -> None:
    answer = ask(eccn, to)
    assert answer.outcome == "undetermined"
    assert "eccn" in answer.missing


def test_reasons_that_are_no_paragraphs_are_asked_for_and_settle_it() -> None:
    """3A001.b.2 is controlled under NS column 1 unless it is for civil telecommunications."""
    open_ = ask("3A001.b.2", "DE")
    assert open_.outcome == "undetermined"
    assert open_.missing == ("controlled_for",)
    assert ask("3A001.b.2", "DE", controlled_for="NS1+RS1").outcome == "license_required"
    assert ask("3A001.b.2", "DE", controlled_for="NS2+AT1").outcome == "no_license_required"


def test_an_answer_by_the_chart_says_what_it_did_not_look_at() -> None:
    said = " ".join(ask("5A002.a", "FR").warnings)
    assert "LVS, GBS" in said
    assert "General Prohibition One" in said


def test_a_day_before_the_table_is_not_cleared_by_it() -> None:
    before = ask("3B001.e", "FR", on="2024-06-01")
    assert before.outcome == "undetermined"
    assert any("2026-07-23 only" in each for each in before.beyond)
    assert ask("3B001.e", "CN", on="2024-06-01").outcome == "license_required"


@pytest.mark.parametrize("eccn", ["9A005", "4A611", "1C980", "3B095"])
def test_entries_that_send_elsewhere_or_do_not_exist_are_never_cleared(eccn: str) -> None:
    assert ask(eccn, "CA").outcome == "undetermined"


@settings(max_examples=400, deadline=None)
@given(entry=st.sampled_from(ENTRIES), to=st.sampled_from(sorted(MARKS)))
def test_every_entry_to_every_place_is_answered_and_marks_are_never_cleared(entry: str, to: str) -> None:
    answer = ask(entry, to)
    marks = set(MARKS[to]) | ANYWHERE
    if whole(entry) & marks:
        assert answer.outcome == "license_required"
    elif partial(entry) & marks:
        assert answer.outcome != "no_license_required"
    if answer.outcome == "undetermined":
        assert answer.missing or answer.beyond


def test_every_column_of_the_table_is_used_by_a_provision() -> None:
    """Or needs none: North Korea and Russia are embargoed whole, and AT columns have no mark in the chart."""
    used = "".join(text for name, text in current().files.items() if name.startswith("us/"))
    unused = {name for name in current().sets if name.startswith("entries_") and f" {name}" not in used}
    embargoed = {"entries_North_Korea", "entries_Russia", "entries_AT1", "entries_AT2"}
    assert unused <= {*embargoed, "entries_742_6_a_10", "entries_742_6_a_6_i"}  # the same as 742.4(a)(5) and (a)(4)
    sets = current().sets
    assert sets["entries_742_6_a_10"] == sets["entries_742_4_a_5"]
    assert sets["entries_742_6_a_6_i"] == sets["entries_742_4_a_4"]
    assert not any("AT1" in marks or "AT2" in marks for marks in MARKS.values())


def test_rows_that_are_no_rows_are_refused_with_their_line() -> None:
    head = "entry,column,only,but,words\n"
    for row in ("3A001,,,,", "3A0,NS1,,,", "3A001,NS1,A.1,,", "3A001,NS1,a,b,", "3A001,NS1,a,,x,y"):
        with pytest.raises(LawError, match=r"entries/controls\.csv, line 2"):
            paragraph_sets({CONTROLS: head + row + "\n"})
    with pytest.raises(LawError, match="line 1"):
        paragraph_sets({CONTROLS: "eccn,column\n"})


def test_columns_by_entry_are_not_contradictory() -> None:
    """No row controls a whole entry where another of the same column leaves a part out."""
    seen = defaultdict(list)
    for row in TABLE:
        seen[row["entry"], row["column"]].append(row)
    assert [key for key, rows in seen.items() if len(rows) > 1] == []

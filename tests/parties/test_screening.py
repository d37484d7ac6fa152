"""From a name to the facts of the law: certain, left to a person, or clear; and what reviewers decided."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from made_up_list import RECORDS

from licet.errors import BadValue
from licet.parties import AddressIndex, Index, Reviews, facts_for, screen
from licet.parties.addresses import bundled as known_addresses
from licet.parties.record import record

NAME = RECORDS[0]["name"]
DAY = date(2024, 1, 1)


def test_the_same_name_is_the_listed_party(index: Index) -> None:
    found = screen(NAME, DAY, "CN", index=index)
    assert (found.listed, found.possible) == ({"entity_list", "footnote_4"}, ())
    assert "the same name as" in found.why


def test_a_name_that_is_like_one_is_left_to_a_person(index: Index) -> None:
    found = screen("Zhongwei Lantain Semicon Tech", DAY, index=index)
    assert (found.listed, found.value, found.clear) == (frozenset(), None, False)
    assert found.possible[0].name == NAME


def test_another_country_makes_the_same_name_a_question(index: Index) -> None:
    found = screen(NAME, DAY, "BR", index=index)
    assert (found.listed, found.value) == (frozenset(), None)


def test_a_day_for_which_nothing_is_known_makes_it_a_question(index: Index) -> None:
    assert screen("14th Research Institute of Testing", DAY, "CN", index=index).value is None


def test_a_clear_name_says_against_what(index: Index) -> None:
    found = screen("Harmless Bakery", DAY, index=index)
    assert (found.value, found.clear) == ({"none"}, True)
    assert found.why == "screened against the lists of 2026-01-01: no name at or above the alert line 0.70"
    assert screen("Harmless Bakery", date(2026, 6, 1), index=index).warnings


def test_facts_for_every_named_role(index: Index) -> None:
    known = {"on": DAY, "end_user": NAME, "end_user_country": "CN", "consignee": "Harmless Bakery", "purchaser": "!!!",
             "intermediate": "nobody", "exporter": "(nobody a letter was written to)"}  # fmt: skip
    found = facts_for(known, index=index)
    assert {name: fact.value for name, fact in found.items()} == {
        "end_user_listed": {"entity_list", "footnote_4"}, "consignee_listed": {"none"}, "purchaser_listed": None,
    }  # fmt: skip
    assert facts_for({**known, "end_user_listed": frozenset({"none"})}, index=index).keys() == {
        "consignee_listed",
        "purchaser_listed",
    }


@pytest.mark.parametrize(
    ("name", "on", "country", "listed"),
    [
        ("Sugon", date(2019, 6, 23), "CN", frozenset({"none"})),
        ("Sugon", date(2020, 1, 1), "CN", {"entity_list"}),
        ("Sugon", date(2022, 10, 21), "CN", {"entity_list", "footnote_4", "cmic"}),
        ("Huawei", date(2024, 1, 1), None, {"entity_list", "footnote_1"}),
        ("Yangtze Memory Technologies Co., Ltd.", date(2023, 1, 1), "CN", {"entity_list"}),
        ("ChangXin Memory Technologies", date(2026, 7, 1), "CN", {"none"}),
        ("DeepSeek", date(2026, 7, 1), "CN", {"none"}),
    ],
)
def test_known_parties_on_known_days(name: str, on: date, country: str | None, listed: set[str]) -> None:
    found = screen(name, on, country).value
    assert found is not None
    assert found - {"cmic"} == listed - {"cmic"}


def test_listed_addresses_and_addresses_of_listed_parties() -> None:
    index = known_addresses()
    hit = index.search("Unit 4, 7th Floor, Bright Way Tower, 33 Mong Kok Rd., Kowloon, HK", date(2024, 7, 1))[0]
    assert hit.alert
    assert "89 FR 51644" in hit.source
    before = index.search("Unit 4, 7th Floor, Bright Way Tower, 33 Mong Kok Rd., Kowloon, HK", date(2024, 6, 1))
    assert "Unverified List" in {found.source for found in before}
    assert not [found for found in before if "89 FR 51644" in found.source]
    assert not index.search("Unit 9, 21/F, Bright Way Tower, 35 Argyle Street, Kowloon", date(2024, 7, 1))[0].alert
    assert (
        screen(
            "Shell Trading 88 Ltd", date(2024, 7, 1), address="Room 803 Chevalier House, 45-51 Chatham Rd South, TST"
        ).value
        is None
    )
    mine = AddressIndex(
        [
            record(
                {
                    **RECORDS[0],
                    "addresses": [{"country": "CN", "address": "No. 18, Muhe Road, Building 4", "city": "Beijing"}],
                }
            )
        ]
    )
    assert mine.search("18 Muhe Rd., Bldg. 4, Beijing")[0].alert


def test_a_cleared_match_stays_cleared_until_the_entry_changes(index: Index, tmp_path: Path) -> None:
    reviews = Reviews(tmp_path / "reviews.db")
    query = "Zhongwei Lantain Semicon Tech"
    hit = screen(query, DAY, index=index).possible[0]
    reviews.decide(hit, "cleared", who="A. Reviewer", why="other address, other owners")
    cleared = screen(query, DAY, index=index, reviews=reviews)
    assert (cleared.value, [d.who for d in cleared.cleared]) == ({"none"}, ["A. Reviewer"])

    changed = Index([{**RECORDS[0], "alt_names": ["A new alias"]}, *RECORDS[1:]], version="2026-02-01/test")
    assert screen(query, DAY, index=changed, reviews=reviews).value is None
    reviews.decide(screen(query, DAY, index=changed).possible[0], "confirmed", who="B. Reviewer", why="same address")
    assert screen(query, DAY, index=changed, reviews=reviews).listed == {"entity_list", "footnote_4"}
    assert [d.verdict for d in reviews.history(query)] == ["cleared", "confirmed"]


def test_decisions_need_a_person_and_a_reason_and_cannot_be_undone(index: Index, tmp_path: Path) -> None:
    reviews = Reviews(tmp_path / "reviews.db")
    hit = screen("Zhongwei Lantain Semicon Tech", DAY, index=index).possible[0]
    with pytest.raises(BadValue, match="needs who took it and why"):
        reviews.decide(hit, "cleared", who="A", why=" ")
    with pytest.raises(BadValue, match="cleared or confirmed"):
        reviews.decide(hit, "ignored", who="A", why="b")
    reviews.decide(hit, "cleared", who="A", why="b")
    for statement in ("DELETE FROM party_decisions", "UPDATE party_decisions SET verdict = 'confirmed'"):
        with pytest.raises(sa.exc.DBAPIError), reviews._engine.begin() as link:
            link.exec_driver_sql(statement)
    assert len(reviews.history()) == 1
    reviews.close()


WRITER = """
import sys
sys.path.insert(0, {tests!r})
from datetime import date
from licet.parties import Index, Reviews, screen
from made_up_list import RECORDS
index = Index(RECORDS, version="2026-01-01/test")
reviews = Reviews({database!r})
hit = screen("Zhongwei Lantain Semicon Tech", date(2024, 1, 1), index=index).possible[0]
for number in range(100000):
    made = reviews.decide(hit, "cleared", who="W", why=f"reason {{number}}")
    print(made.number, flush=True)
"""


def test_a_killed_reviewer_loses_nothing(tmp_path: Path) -> None:
    database = tmp_path / "reviews.db"
    code = WRITER.format(tests=str(Path(__file__).parent), database=str(database))
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    said = [int(child.stdout.readline()) for _ in range(25)]
    child.send_signal(signal.SIGKILL)
    said += [int(line) for line in child.stdout.read().split()]
    child.stdout.close()
    child.wait()
    with contextlib.closing(sqlite3.connect(database)) as link:
        assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = Reviews(database).history()
    assert {decision.number for decision in kept} >= set(said)
    assert all(decision.why == f"reason {number}" for number, decision in enumerate(kept))


IMPORTER = """
import sys, datetime
from licet.parties import Archive, bundled
from dataclasses import replace
archive = Archive({folder!r})
held = [entry for entry in bundled().records if entry.gone_by is None][:600]
print("ready", flush=True)
day = bundled().day
for number in range(1000):
    day += datetime.timedelta(days=1)
    archive.add_records(held, day, f"list {{number}}", anyway=True)
    print(day, flush=True)
"""


def test_a_killed_import_leaves_whole_lists_only(tmp_path: Path) -> None:
    from licet.parties import Archive

    folder = tmp_path / "lists"
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORTER.format(folder=str(folder))], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    first = child.stdout.readline().strip()
    time.sleep(0.3)
    os.kill(child.pid, signal.SIGKILL)
    said = [first, *child.stdout.read().split()]
    child.stdout.close()
    child.wait()
    archive = Archive(folder)
    assert {str(day) for day in archive.days()} >= set(said)
    for day in archive.days():
        assert len([entry for entry in archive.open(day).records if entry.gone_by is None]) == 600

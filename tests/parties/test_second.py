"""A second opinion: it raises what is just below the line, and lowers or clears nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_list import RECORDS

from licet.batch.names import RESULTS, screen_file
from licet.errors import LicetError, QuestionError
from licet.parties import Index, Reviews, Screener, second
from licet.parties.record import Record
from licet.parties.second import MARGIN, matcher

DAY = date(2024, 6, 1)
LISTED = RECORDS[0]["name"]
LIKE = "Zhongwei Lantain Semicon Tech"  #: above the line
#: One of these lies just below it, whatever the scorer learns.
_NEARLY = ("Zhonwei Lanti Semiconductors", "Lantian Semiconductor", "Lantian Semiconductor Ltd", "Zhong Lantian",
           "Zhongwei Lan Semicon", "Lantian Technology", "Zhongwei Semicon Technology")  # fmt: skip
NEAR = next(name for name in _NEARLY for hit in Index(RECORDS).search(name)[:1]
            if hit.threshold - MARGIN <= hit.score < hit.threshold)  # fmt: skip
PLAIN = "Harmless Bakery"


class Oracle:
    """A matcher that says of everybody what it is told to, and keeps what it was asked."""

    title, line = "oracle 1.0", 0.6

    def __init__(self, says: float) -> None:
        self.says, self.asked = says, list[tuple[str, str | None, str, bool]]()

    def compare(self, name: str, country: str | None, entry: Record, person: bool) -> float:
        self.asked.append((name, country, entry.name, person))
        return self.says


def desk(index: Index, says: float, **more: Any) -> Screener:
    return Screener(index=index, second=Oracle(says), **more)


def test_the_names_here_are_where_the_tests_want_them(index: Index) -> None:
    assert index.search(LIKE)[0].alert
    below = index.search(NEAR)[0]
    assert below.threshold - MARGIN <= below.score < below.threshold
    assert index.search(PLAIN) == []


# --- what it changes, and what it does not -----------------------------------------------------------------------------


@pytest.mark.parametrize("says", [0.0, 0.59, 1.0])
def test_it_lowers_no_alert_and_makes_nothing_certain(index: Index, says: float) -> None:
    alone, both = Screener(index=index), desk(index, says)
    for name, country in ((LISTED, None), (LISTED, "CN"), (LISTED, "BR"), (LIKE, None), (PLAIN, None)):
        one, two = alone.screen(name, DAY, country), both.screen(name, DAY, country)
        assert (one.status, one.listed, one.value) == (two.status, two.listed, two.value)
        assert {hit.id for hit in one.possible} == {hit.id for hit in two.possible}


@given(
    st.sampled_from([LISTED, LIKE, NEAR, *_NEARLY, "Triumph", "Mohamed Youssef Barzany", "14th Research Institute"]),
    st.floats(0, 1), st.sampled_from([None, "CN", "BR", "IQ"]),
)  # fmt: skip
def test_whatever_it_says_nobody_is_cleared_by_it_and_nobody_certain(
    index: Index, name: str, says: float, country: str | None
) -> None:
    one, two = (each.screen(name, DAY, country) for each in (Screener(index=index), desk(index, says)))
    order = ["clear", "possible", "listed"]
    assert order.index(one.status) <= order.index(two.status)
    assert one.listed == two.listed
    assert {hit.id for hit in one.possible} <= {hit.id for hit in two.possible}
    assert (two.value is None) >= (one.value is None)


def test_a_candidate_just_below_the_line_becomes_possible_when_it_says_so(index: Index) -> None:
    assert Screener(index=index).screen(NEAR, DAY).status == "clear"
    found = desk(index, 0.6).screen(NEAR, DAY)
    assert (found.status, found.listed, found.value) == ("possible", frozenset(), None)
    assert [hit.name for hit in found.possible] == [LISTED]
    assert "oracle 1.0 0.60, above its line 0.60" in found.why


def test_below_both_lines_it_stays_clear_and_is_shown(index: Index) -> None:
    found = desk(index, 0.59).screen(NEAR, DAY)
    assert (found.status, found.value, found.possible) == ("clear", {"none"}, ())
    assert [(hit.name, hit.second.score) for hit in found.near if hit.second] == [(LISTED, 0.59)]


def test_it_is_asked_about_what_alerts_or_is_near_and_about_nobody_else(index: Index) -> None:
    screener = desk(index, 0.0)
    oracle = screener.second
    assert isinstance(oracle, Oracle)
    screener.screen(PLAIN, DAY)
    assert oracle.asked == []
    screener.screen(LIKE, DAY, "CN")
    screener.screen("Muhammad Yusuf Barzani", DAY)
    assert oracle.asked == [(LIKE, "CN", LISTED, False), ("Muhammad Yusuf Barzani", None, RECORDS[2]["name"], True)]
    screener.screen("Triumph", DAY)
    assert len(oracle.asked) == 2, "a ship is neither a person nor an organization"


def test_an_order_with_a_raised_name_is_left_to_a_person(index: Index) -> None:
    import licet

    order = {"item": "nvidia-h100-sxm", "from": "US", "to": "FR", "on": "2024-06-01", "end_user": NEAR}
    for says, open_ in ((0.6, True), (0.0, False)):
        answer = licet.ask(order, screen=desk(index, says), assume="ordinary")
        assert ("end_user_listed" in answer.missing) == open_
        assert any("oracle 1.0" in text for text in answer.warnings) == open_


def test_a_reviewer_decides_a_raised_match_as_any_other(index: Index, tmp_path: Path) -> None:
    reviews = Reviews(tmp_path / "reviews.db")
    screener = desk(index, 0.9, reviews=reviews)
    hit = screener.screen(NEAR, DAY).possible[0]
    reviews.decide(hit, "cleared", who="A", why="another company")
    assert screener.screen(NEAR, DAY).status == "clear"
    reviews.decide(hit, "confirmed", who="A", why="it is the listed one")
    assert screener.screen(NEAR, DAY).listed == {"entity_list", "footnote_4"}
    alone = Screener(index=index, reviews=reviews)
    assert alone.screen(NEAR, DAY).listed == {"entity_list", "footnote_4"}, "confirmed, whoever brought it up"


# --- how it is shown ---------------------------------------------------------------------------------------------------


def test_it_is_named_with_its_version(index: Index) -> None:
    found = desk(index, 0.9).screen(NEAR, DAY)
    assert "second opinion: oracle 1.0 0.90, above its line 0.60" in found.possible[0].explain()
    said = json.loads(json.dumps(found.to_dict()))
    assert said["second_opinion"] == "oracle 1.0"
    assert said["possible"][0]["second_opinion"] == {"matcher": "oracle 1.0", "score": 0.9, "line": 0.6, "above": True}
    assert "second_opinion" not in Screener(index=index).screen(NEAR, DAY).to_dict()


def test_a_file_of_names_has_a_column_for_it(index: Index, tmp_path: Path) -> None:
    names, out = tmp_path / "names.csv", tmp_path / "out.parquet"
    pl.DataFrame({"name": [LISTED, LIKE, NEAR, PLAIN, ""]}).write_csv(names)
    tally = screen_file(names, screener=desk(index, 0.5), on=DAY, out=out)
    frame = pl.read_parquet(out)
    assert frame.columns == ["name", *RESULTS, "second_opinion"]
    assert frame["second_opinion"].to_list() == [0.5, 0.5, 0.5, None, None]
    assert frame["screening"].to_list() == ["listed", "possible", "clear", "clear", "problem"]
    assert "oracle 1.0 0.50, below its line 0.60" in frame["why"][2]
    assert (tally.second, tally.to_dict()["second_opinion"]) == ("oracle 1.0", "oracle 1.0")
    screen_file(names, screener=desk(index, 0.6), on=DAY, out=out)
    assert pl.read_parquet(out)["screening"].to_list() == ["listed", "possible", "possible", "clear", "problem"]
    screen_file(names, screener=Screener(index=index), on=DAY, out=out)
    assert pl.read_parquet(out).columns == ["name", *RESULTS]


def test_a_file_is_never_screened_the_quick_way_with_it(index: Index, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    pl.DataFrame({"name": [NEAR] * 10_001}).write_csv(names)
    with pytest.raises(QuestionError, match="not to be had the quick way"):
        screen_file(names, screener=desk(index, 0.6), on=DAY, careful=False)
    tally = screen_file(names, screener=desk(index, 0.6), on=DAY)
    assert (tally.careful, tally.results["possible"]) == (True, 10_001)
    screener = desk(index, 0.6)
    screener.prepare((f"{NEAR} {number}", None, DAY) for number in range(2000))
    assert screener.screen(NEAR, DAY).status == "possible"


# --- which ones there are ----------------------------------------------------------------------------------------------


def test_an_opinion_that_is_not_known_is_refused() -> None:
    with pytest.raises(QuestionError, match=r"called 'logic-v22'.*Did you mean 'logic-v2'"):
        matcher("logic-v22")


@pytest.fixture
def without_nomenklatura(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    second.logic_v2.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "nomenklatura", None)
    yield
    second.logic_v2.cache_clear()


@pytest.mark.usefixtures("without_nomenklatura")
def test_without_its_package_the_error_says_what_to_install() -> None:
    with pytest.raises(LicetError) as error:
        Screener(second="logic-v2")
    for said in ("logic-v2", "licet[opensanctions]", "PyICU", "compiler", "libicu-dev"):
        assert said in str(error.value)


def test_the_real_one(index: Index) -> None:
    pytest.importorskip("nomenklatura")
    real = matcher("logic-v2")
    assert real.title.startswith("logic-v2 (nomenklatura ")
    company, person = index.records[0], index.records[2]
    same = real.compare("Zhongwei Lantian Semiconductor Technology", None, company, False)
    assert same > 0.9
    assert real.compare("Zhongwei Lantian Semiconductor Technology", "DE", company, False) < same
    assert real.compare(LISTED, "HK", company, False) == real.compare(LISTED, "CN", company, False)
    assert real.compare("Muhammad Yusuf Barzani", None, person, True) > 0.9
    assert real.compare(PLAIN, None, company, False) < 0.5
    found = Screener(index=index, second="logic-v2").screen(LIKE, DAY).possible[0]
    assert found.second is not None

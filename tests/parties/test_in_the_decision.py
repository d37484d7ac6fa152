"""A party that is named is looked up, and what is found counts: listed, possible, clear, or not screened."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_list import RECORDS

import licet
from licet.decision.determination import Determination, Outcome
from licet.parties import Graph, Index, Reviews, Screener, finding
from licet.parties.ownership import Stake, span

LISTED = RECORDS[0]["name"]
LIKE = "Zhongwei Lantain Semicon Tech"
CLEAR = "Harmless Bakery"
#: A chip of no tier to a friendly place, with everything known but who is on which list.
QUIET: dict[str, Any] = {
    "on": "2024-06-01", "activity": "export", "shipped_from": "US", "destination": "FR", "subject_to_ear": "yes",
    "end_use": "consumer", "other_parties": "no", "exception_claimed": "none", "item_kind": "integrated_circuit",
    "eccn": "EAR99", "item_vendor": "Somebody", "tpp": "100", "die_area_mm2": "800", "datacenter": "no",
    "io_bandwidth_gbs": "100", "processing_tops": "7", "dram_bandwidth_gbs": "100", "process_node_nm": "28",
    "exporter": "Somebody", "exporter_listed": "none", "exporter_hq": "US", "end_user_hq": "FR",
    "end_user_country": "FR", "end_user_military": "no", "end_user_majority_d5": "no", "uae_beneficiary": "none",
    "equivalent_foreign_item": "no", "exporter_is_fab_or_osat": "no",
}  # fmt: skip


@pytest.fixture
def screener(index: Index) -> Screener:
    return Screener(index=index)


def ask(name: str, screen: Any, **more: Any) -> Determination:
    return licet.ask({**QUIET, "end_user": name, **more}, screen=screen)


def settled(name: str = CLEAR) -> list[str]:
    """What the law still wants to know of a party that is on no list."""
    return list(ask(name, False, end_user_listed="none").missing)


# --- what a name comes to ---------------------------------------------------------------------------------------------


def test_a_listed_party_needs_a_license(screener: Screener) -> None:
    found = ask(LISTED, screener, end_user_country="CN")
    assert found.outcome is Outcome.LICENSE_REQUIRED
    assert "744.11" in {each.provision for each in found.requirements}
    assert found.question.known["end_user_listed"] == {"entity_list", "footnote_4"}
    (taken,) = [each for each in found.assumptions if each.fact == "end_user_listed"]
    assert taken.why.startswith("screened against the lists of 2026-01-01: the same name as")


def test_a_possible_match_leaves_the_answer_open_and_says_who_it_may_be(screener: Screener) -> None:
    for assume in ("strict", "ordinary"):
        found = licet.ask({**QUIET, "end_user": LIKE}, screen=screener, assume=assume)
        assert found.outcome is Outcome.UNDETERMINED
        assert "end_user_listed" in found.missing
        assert any(text.startswith(f"end_user_listed: may be {LISTED}") for text in found.warnings)


def test_a_name_that_is_not_found_is_on_no_list_as_an_assumption(screener: Screener) -> None:
    found = ask(CLEAR, screener)
    assert "end_user_listed" not in found.missing
    assert list(found.missing) == settled()
    (taken,) = [each for each in found.assumptions if each.fact == "end_user_listed"]
    assert taken.value == {"none"}
    assert taken.why == "screened against the lists of 2026-01-01: no name at or above the alert line 0.70"


def test_by_default_a_name_that_is_not_found_says_nothing(index: Index) -> None:
    found = ask(CLEAR, Screener(index=index, clears=False))
    assert "end_user_listed" in found.missing
    assert found.outcome is Outcome.UNDETERMINED


def test_the_default_holds_names_against_the_bundled_lists() -> None:
    huawei = "Huawei Technologies Co., Ltd."
    assert ask(huawei, None, end_user_country="CN").outcome is Outcome.LICENSE_REQUIRED
    assert ask(huawei, None, end_user_country="unknown").outcome is Outcome.LICENSE_REQUIRED
    assert ask(huawei, False, end_user_country="CN").outcome is Outcome.UNDETERMINED
    assert "end_user_listed" in ask(CLEAR, None).missing
    assert "end_user_listed" not in ask(CLEAR, True).missing


def test_what_is_given_is_not_looked_up(screener: Screener) -> None:
    found = ask(LISTED, screener, end_user_listed="none", end_user_country="CN")
    assert found.question.looked == {}
    assert "744.11" not in {each.provision for each in found.requirements}


def test_every_role_is_looked_up(screener: Screener) -> None:
    for role in ("consignee", "purchaser", "intermediate"):
        question = {name: raw for name, raw in QUIET.items() if name != "other_parties"}
        found = licet.ask({**question, "end_user_listed": "none", role: LISTED}, screen=screener)
        assert found.question.known[f"{role}_listed"] == {"entity_list", "footnote_4"}, role
        assert found.outcome is Outcome.LICENSE_REQUIRED, role
    exporter = {name: raw for name, raw in QUIET.items() if name != "exporter_listed"}
    found = licet.ask({**exporter, "exporter": LISTED, "end_user_listed": "none"}, screen=screener)
    assert found.question.known["exporter_listed"] == {"entity_list", "footnote_4"}


@pytest.mark.parametrize("nobody", ["none", "nobody", "--", "unknown", ""])
def test_nobody_is_not_looked_up(screener: Screener, nobody: str) -> None:
    question = {name: raw for name, raw in QUIET.items() if name != "other_parties"}
    assert licet.ask({**question, "purchaser": nobody}, screen=screener).question.looked == {}


def test_a_name_without_letters_is_no_clearance(screener: Screener) -> None:
    found = licet.ask({**QUIET, "end_user": "!!!"}, screen=screener, assume="ordinary")
    assert found.outcome is Outcome.UNDETERMINED
    assert any("holds no letter or digit" in text for text in found.warnings)


def test_a_day_after_the_newest_list_is_said() -> None:
    late = ask(CLEAR, True, on="2026-11-01")
    assert any("listings after it are not known" in text for text in late.warnings)
    assert not any("listings after it" in text for text in ask(CLEAR, True).warnings)


def test_without_the_extra_nobody_is_screened_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "installed", lambda: False)
    found = ask(LISTED, True)
    assert "end_user_listed" in found.missing
    assert any("end_user_listed: was not screened" in text for text in found.warnings)
    assert not any("not screened" in text for text in ask(LISTED, False).warnings)


def test_the_answer_for_programs_holds_the_hits(screener: Screener) -> None:
    plain = ask(LIKE, screener).to_dict()
    looked = plain["looked_up"]["end_user_listed"]
    assert (looked["value"], looked["decide_first"]) == (None, True)
    assert looked["screening"]["possible"][0]["name"] == LISTED


# --- a certain listing beside a possible one --------------------------------------------------------------------------


def test_a_certain_listing_counts_and_clears_nothing_of_the_possible_one(index: Index) -> None:
    """A party that is surely on a list without a requirement, and perhaps on the Entity List, is not cleared."""
    rows = [
        {"name": "Twofold Optics Works", "source": "Unverified List", "addresses": [{"country": "CN"}],
         "start_date": "2020-01-01"},
        {"name": "Twofold Optics Works Factory", "source": RECORDS[0]["source"], "addresses": [{"country": "CN"}],
         "start_date": "2020-01-01"},
    ]  # fmt: skip
    both = Screener(index=Index(rows, version="2026-01-01/two"))
    result = both.screen("Twofold Optics Works", datetime.date(2024, 6, 1), "CN")
    assert (result.listed, bool(result.possible)) == ({"unverified_list"}, True)
    found = licet.ask(
        {**QUIET, "end_user": "Twofold Optics Works", "end_user_country": "CN"}, screen=both, assume="ordinary"
    )
    assert found.outcome is Outcome.UNDETERMINED
    assert "end_user_listed" in found.missing


# --- decisions of reviewers -------------------------------------------------------------------------------------------


def test_a_cleared_match_is_heeded(index: Index, tmp_path: Path) -> None:
    reviews = Reviews(tmp_path / "reviews.db")
    heeding = Screener(index=index, reviews=reviews)
    hit = heeding.screen(LIKE, datetime.date(2024, 6, 1), "FR").possible[0]
    reviews.decide(hit, "cleared", who="A. Reviewer", why="another company", country="FR")
    assert "end_user_listed" not in ask(LIKE, heeding).missing
    reviews.decide(hit, "confirmed", who="B. Reviewer", why="the same address", country="FR")
    assert ask(LIKE, heeding).outcome is Outcome.LICENSE_REQUIRED


# --- owners -----------------------------------------------------------------------------------------------------------


def test_owners_become_facts_of_the_affiliates_rule(index: Index) -> None:
    stakes = [Stake(LISTED, "Quiet Holding", *span("60")), Stake("Quiet Holding", CLEAR, *span("100"))]
    owning = Screener(index=index, owners=Graph(stakes, {LISTED: "CN", "Quiet Holding": "FR", CLEAR: "FR"}))
    asked = {name: raw for name, raw in QUIET.items() if name != "end_user_hq"}
    found = licet.ask({**asked, "end_user": CLEAR, "on": "2025-10-15"}, screen=owning)
    assert "Affiliates Rule" in {each.provision for each in found.requirements}
    assert found.question.known["end_user_hq"] == "CN"
    later = licet.ask({**asked, "end_user": CLEAR, "on": "2025-11-15"}, screen=owning)
    assert "Affiliates Rule" not in {each.provision for each in later.requirements}


# --- what must hold of every name -------------------------------------------------------------------------------------

NAMES = st.sampled_from([LISTED, LISTED.upper(), LIKE, CLEAR, "!!!", "none", "TRIUMPH", "14th Research Institute"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, st.sampled_from(["strict", "ordinary"]), st.sampled_from(["CN", "FR", None]))
def test_screening_only_clears_names_without_a_possible_hit(
    index: Index, name: str, assume: str, country: str | None
) -> None:
    question = {**QUIET, "end_user": name, "end_user_country": country or "unknown"}
    looking = Screener(index=index)
    screened, blind = (licet.ask(question, assume=assume, screen=each) for each in (looking, False))
    if screened.outcome is Outcome.NO_LICENSE_REQUIRED and finding.is_name(name):
        assert looking.screen(name, datetime.date(2024, 6, 1), country).clear
    if blind.outcome is not Outcome.NO_LICENSE_REQUIRED and assume == "ordinary":
        assert screened.outcome is not Outcome.NO_LICENSE_REQUIRED

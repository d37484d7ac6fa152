"""`licet screen`, `licet review`, and parties in `licet ask` and `licet check`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from command_line import Licet, rows

from licet.parties import Record, finding

HUAWEI, LIKE, PLAIN = "Huawei Technologies Co., Ltd.", "Hua Wei Tech", "Harmless Bakery"
DAY = ("--on", "2024-06-01")
#: A chip of the upper tier to a friendly place: open for as long as the end user is.
ORDER = ("--item", "nvidia-h100-sxm", "--from", "US", "--to", "FR", *DAY)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user's own, empty."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


# --- names ------------------------------------------------------------------------------------------------------------


def test_a_listed_name_says_where_and_since_when(licet: Licet) -> None:
    ran = licet("screen", HUAWEI, *DAY)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"✗ LISTED: {HUAWEI}, on 2024-06-01\n  cmic+entity_list+footnote_1\n")
    assert "Entity List, same name" in ran.out
    assert "since 2019-05-16 (84 FR 22963)" in ran.out
    assert "lists 2026-07-31/" in ran.out


def test_several_names_and_scripts(licet: Licet) -> None:
    out = licet("screen", "寒武纪", PLAIN, "!!!", LIKE, *DAY).out
    assert "✗ LISTED: 寒武纪" in out
    assert f"✓ NO MATCH: {PLAIN}" in out
    assert "nearest: " in out
    assert "! !!!: '!!!' holds no letter or digit to compare" in out
    assert f"? POSSIBLE MATCH: {LIKE}" in out
    assert "would clear it: " in out


def test_explained(licet: Licet) -> None:
    out = licet("screen", LIKE, *DAY, "--explain", "--limit", "1").out
    for said in ("alert line 0.70", "of weight", "only in the list", "would clear it", "scorer", "license requirement"):
        assert said in out, said


def test_for_programs(licet: Licet) -> None:
    listed, clear, bad = licet("screen", HUAWEI, PLAIN, "!!!", *DAY, "--json").data
    assert (listed["status"], listed["listed"]) == ("listed", "cmic+entity_list+footnote_1")
    assert {"id", "score", "pairs", "notice", "clears", "list_version", "scorer_version"} <= listed["certain"][0].keys()
    assert (clear["status"], clear["listed"], clear["possible"]) == ("clear", "none", [])
    assert (bad["status"], bad["name"]) == ("problem", "!!!")
    assert licet("screen", HUAWEI, *DAY, "--format", "json").data == [listed]


def test_country_and_address(licet: Licet) -> None:
    assert licet("screen", HUAWEI, *DAY, "--country", "Brazil", "--json").data[0]["status"] == "possible"
    assert licet("screen", HUAWEI, *DAY, "--country", "China", "--json").data[0]["status"] == "listed"
    words = ("--address", "Room 803 Chevalier House, 45-51 Chatham Rd South, TST", "--on", "2024-07-01")
    found = licet("screen", "Shell Trading 88 Ltd", *words, "--json").data[0]
    assert found["status"] == "possible"
    assert found["addresses"]


def test_days_outside_the_lists_are_said(licet: Licet) -> None:
    assert "listings after it are not known" in licet("screen", PLAIN, "--on", "2026-11-01").out
    assert "are not known" not in licet("screen", PLAIN, *DAY).out


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((HUAWEI, "--fail-on", "listed"), 1), ((HUAWEI, "--fail-on", "possible"), 0),
        ((LIKE, "--fail-on", "possible"), 1),
        ((PLAIN, "--fail-on", "listed,possible"), 0), ((HUAWEI, PLAIN, "--fail-on", "listed"), 1), (("!!!",), 2),
        ((HUAWEI, "--fail-on", "perhaps"), 2), (("missing.csv",), 2), ((HUAWEI, "--out", "out.csv"), 2),
        ((HUAWEI, "--lists", "nowhere"), 2), ((HUAWEI, "--reviews", "nowhere.db"), 2),
        ((HUAWEI, "!!!", "--fail-on", "problem"), 1), ((HUAWEI, PLAIN, "--fail-on", "problem"), 0),
        ((HUAWEI, "--country", "none"), 0), ((HUAWEI, "--country", "unknown"), 0), ((HUAWEI, "--on", ""), 2),
        ((HUAWEI, "--on", "unknown"), 2), ((HUAWEI, "--second-opinion", "logic-v9"), 2),
    ],
)  # fmt: skip
def test_exit_status(licet: Licet, words: tuple[str, ...], status: int) -> None:
    assert licet("screen", *DAY, *words).status == status


def test_a_second_opinion_is_shown_with_its_version_or_the_error_says_what_to_install(
    licet: Licet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from licet.parties import second

    monkeypatch.setitem(sys.modules, "nomenklatura", None)
    second.logic_v2.cache_clear()
    ran = licet("screen", LIKE, *DAY, "--second-opinion", "logic-v2")
    assert (ran.status, "licet[opensanctions]" in ran.err, "PyICU" in ran.err) == (2, True, True)

    class Oracle:
        title, line = "oracle 1.0", 0.6

        def compare(self, name: str, country: str | None, entry: Record, person: bool) -> float:
            return 0.9

    monkeypatch.setattr(second, "logic_v2", Oracle)
    words = (LIKE, *DAY, "--second-opinion", "logic-v2")
    out = licet("screen", *words, "--limit", "1").out
    assert "second opinion: oracle 1.0 0.90, above its line 0.60" in out
    assert ", second opinion oracle 1.0" in out
    assert "second opinion: oracle 1.0 0.90" in licet("screen", *words, "--limit", "1", "--explain").out
    found = licet("screen", *words, "--json").data[0]
    assert (found["second_opinion"], found["possible"][0]["second_opinion"]["score"]) == ("oracle 1.0", 0.9)
    file, out_file = tmp_path / "names.csv", tmp_path / "out.csv"
    file.write_text(f"name\n{LIKE}\n{PLAIN}\n", encoding="utf-8")
    assert "second opinion oracle 1.0" in licet("screen", file, *words[1:], "--out", out_file).out
    assert [row["second_opinion"] for row in rows(out_file)] == ["0.9", ""]
    assert licet("screen", file, *words[1:], "--quick").status == 2
    plain, more = (licet("review", "open", file, *last, "--format", "json").data for last in (DAY, words[1:]))
    assert {each["entry"] for each in plain} <= {each["entry"] for each in more}


def test_everything_fits_a_narrow_terminal(licet: Licet) -> None:
    for words in ((HUAWEI,), (LIKE, "--explain"), (PLAIN,)):
        assert [line for line in licet("screen", *words, *DAY).out.splitlines() if len(line) > 80] == []


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(f'id,name,country\n1,"{HUAWEI}",CN\n2,{PLAIN},FR\n3,,\n4,{LIKE},\n', encoding="utf-8")
    return path


def test_a_file_of_names(licet: Licet, customers: Path, tmp_path: Path) -> None:
    out = tmp_path / "screened.csv"
    ran = licet("screen", customers, *DAY, "--country-column", "country", "--out", out)
    assert ran.status == 0
    assert "4 rows of customers.csv" in ran.out
    assert [row["screening"] for row in rows(out)] == ["listed", "clear", "problem", "possible"]
    assert licet("screen", customers, *DAY, "--fail-on", "listed", "--quiet").status == 1
    data = licet("screen", customers, *DAY, "--json").data
    assert data["results"] == {"listed": 1, "possible": 1, "clear": 1, "problem": 1}
    wrong = licet("screen", customers, *DAY, "--column", "company")
    assert (wrong.status, "there is no column 'company'" in wrong.err) == (2, True)
    assert licet("screen", customers, PLAIN, *DAY).status == 2


# --- decisions --------------------------------------------------------------------------------------------------------


def test_a_decision_is_recorded_heeded_and_shown(licet: Licet, customers: Path) -> None:
    entries = [hit["id"] for hit in licet("screen", LIKE, *DAY, "--json").data[0]["possible"]]
    undecided = licet("review", "open", customers, *DAY, "--format", "json").data
    assert [match["entry"] for match in undecided if match["name"] == LIKE] == entries
    for match in undecided:  # a listed name may be like other entries too
        words = (match["name"], match["entry"], "--clear", "--why", "a school in Ghana", "--who", "A. Reviewer")
        ran = licet("review", "decide", *words)
        assert ran.status == 0, ran.err
    assert licet("screen", LIKE, *DAY, "--json").data[0]["status"] == "clear"
    assert "cleared: Huawei" in licet("screen", LIKE, *DAY).out
    ran = licet("review", "open", customers, *DAY)
    assert ("Nothing is left to decide." in ran.out, "could not be screened" in ran.err) == (True, True)
    assert "Nothing is left to decide." in licet("review", "open").out
    assert licet("review", "decide", LIKE, entries[0], "--confirm", "--why", "the same street").status == 0
    assert licet("screen", LIKE, *DAY, "--json").data[0]["status"] == "listed"
    history = licet("review", "history", LIKE, "--format", "json").data
    assert [each["verdict"] for each in history] == ["cleared"] * len(entries) + ["confirmed"]
    assert "says A. Reviewer: a school in Ghana" in licet("review", "history").out.replace("\n" + " " * 17, " ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--clear", "--confirm", "--why", "x"), "either cleared or confirmed"),
        (("--why", "x"), "either cleared or confirmed"),
        (("--clear",), "needs who took it and why"),
    ],
)
def test_a_decision_needs_a_verdict_and_a_reason(licet: Licet, words: tuple[str, ...], said: str) -> None:
    entry = licet("screen", LIKE, *DAY, "--json").data[0]["possible"][0]["id"]
    ran = licet("review", "decide", LIKE, entry, *words)
    assert (ran.status, said in ran.err) == (2, True)


def test_an_entry_that_does_not_match_cannot_be_decided(licet: Licet) -> None:
    ran = licet("review", "decide", PLAIN, "entity_list-8284a43672", "--clear", "--why", "x")
    assert (ran.status, "does not match an entry" in ran.err) == (2, True)
    assert licet("review", "history").status == 2


# --- ask and check ----------------------------------------------------------------------------------------------------


def test_ask_looks_up_whom_it_is_told(licet: Licet) -> None:
    words = ("ask", *ORDER, "--set", "other_parties=no", "--format", "json")
    listed = licet(*words, "--set", f"end_user={HUAWEI}").data
    assert listed["outcome"] == "license_required"
    assert "744.11" in {each["provision"] for each in listed["requirements"]}
    possible = licet(*words, "--set", f"end_user={LIKE}", "--assume", "ordinary").data
    assert possible["outcome"] == "undetermined"
    assert any("may be Huawei" in text for text in possible["warnings"])
    clear = licet(*words, "--set", f"end_user={PLAIN}").data
    assert "end_user_listed" not in {each["fact"] for each in clear["missing"]}
    assert any(
        each["fact"] == "end_user_listed" and "screened against the lists of 2026-07-31" in each["why"]
        for each in clear["assumptions"]
    )
    blind = licet(*words, "--set", f"end_user={PLAIN}", "--no-screen").data
    assert "end_user_listed" in {each["fact"] for each in blind["missing"]}


def test_ask_shows_what_was_screened(licet: Licet) -> None:
    out = licet("ask", *ORDER, "--set", f"end_user={LIKE}").out
    assert "end_user_listed: may be Huawei" in out
    out = licet("ask", *ORDER, "--set", f"end_user={PLAIN}").out
    assert "screened against the lists" in out


def test_check_looks_up_each_line(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    lines = [f'nvidia-h100-sxm,US,FR,2024-06-01,"{name}"' for name in (HUAWEI, LIKE, PLAIN)]
    file.write_text("\n".join(["item,from,to,on,end_user", *lines]) + "\n", encoding="utf-8")
    out = tmp_path / "answers.jsonl"
    data = licet("check", file, "--out", out, "--format", "json").data
    assert data["parties"] == {"listed": 1, "possible": 1, "clear": 1}
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [each["outcome"] for each in answers] == ["license_required", "undetermined", "undetermined"]
    assert ["end_user_listed" in each["missing"] for each in answers] == [False, True, False]
    assert "3 parties screened" in licet("check", file).out
    assert licet("check", file, "--no-screen", "--format", "json").data["outcomes"] == {"undetermined": 3}


def test_owners_and_decisions_in_ask(licet: Licet, tmp_path: Path) -> None:
    owners = tmp_path / "owners.csv"
    owners.write_text(f'owner,owned,share,owner_country\n"{HUAWEI}",Daughter SA,60,CN\n', encoding="utf-8")
    words = ("ask", "--item", "nvidia-h100-sxm", "--from", "US", "--to", "FR", "--on", "2025-10-15", "--format", "json")
    found = licet(*words, "--set", "end_user=Daughter SA", "--owners", owners).data
    assert "Affiliates Rule" in {each["provision"] for each in found["requirements"]}
    assert found["facts"]["end_user_hq"] == "CN"
    assert found["looked_up"]["end_user_owned_by_listed_percent"]["value"] == 60
    ran = licet(*words, "--no-screen", "--owners", owners)
    assert (ran.status, "exclude each other" in ran.err) == (2, True)


def test_without_the_extra_it_is_said(licet: Licet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "installed", lambda: False)
    for words in (("screen", HUAWEI), ("lists", "show"), ("review", "history")):
        ran = licet(*words)
        assert (ran.status, "Install Licet as licet[parties]" in ran.err) == (2, True)
    assert "was not screened" in licet("ask", *ORDER, "--set", f"end_user={HUAWEI}").out

"""`licet ask`: the answer for people says what the answer for programs says."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from command_line import Licet

import licet as library
from licet.decision.determination import Outcome

BARE = ("ask", "--item", "nvidia-h100-sxm", "--to", "DE", "--on", "2024-06-01")
VIETNAM = (
    "ask",
    "--item",
    "nvidia-rtx-4090",
    "--from",
    "US",
    "--to",
    "VN",
    "--on",
    "2024-05-01",
    "--assume",
    "ordinary",
)


def test_a_bare_question_is_undetermined_and_useful(licet: Licet) -> None:
    ran = licet(*BARE)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("? UNDETERMINED")
    assert "for an ordinary transaction: ✓ no license required" in ran.out
    assert "To be certain, find out" in ran.out
    assert "Where is the end user, or its ultimate parent," in ran.out
    assert "▲ license required" in ran.out
    assert "An ordinary transaction: ✓ no license required" in ran.out


def test_every_missing_fact_is_asked_for(licet: Licet) -> None:
    answer = library.ask(item="nvidia-h100-sxm", to="DE", on="2024-06-01")
    text = licet(*BARE).out
    assert [name for name in answer.missing if f"    {name} " not in text] == []


def test_json_is_the_determination(licet: Licet) -> None:
    answer = library.ask(item="nvidia-h100-sxm", to="DE", on="2024-06-01")
    assert licet(*BARE, "--format", "json").data == json.loads(json.dumps(answer.to_dict()))


def test_json_holds_the_trace_when_explained(licet: Licet) -> None:
    data = licet(*BARE, "--explain", "--format", "json").data
    assert {finding["kind"] for finding in data["trace"]} >= {"eccn", "requires", "exception", "review"}


def test_an_exception_and_its_duties(licet: Licet) -> None:
    text = licet(*VIETNAM).out
    assert text.startswith("◆ LICENSE EXCEPTION")
    assert "✓ ACA:" in text
    assert "[overcome by ACA]" in " ".join(text.split())
    assert "Duties" in text
    assert "written purchase order" in text


def test_a_failed_condition_is_named(licet: Licet) -> None:
    words = ("--set", "notice_days=24", "--set", "end_use=consumer", "--assume", "ordinary")
    text = licet("ask", "--item", "nvidia-rtx-4090", "--from", "US", "--to", "CN", "--on", "2024-01-15", *words).out
    assert "✗ NAC:" in text
    assert "notice_days >= 25 [notice_days: 24]" in text


def test_both_readings_of_the_law(licet: Licet) -> None:
    words = ("--from", "US", "--to", "CH", "--on", "2025-07-01", "--set", "quantity=2000", "--assume", "ordinary")
    first = licet("ask", "--item", "nvidia-h100-sxm", *words).out.splitlines()[0]
    assert first == "✓ NO LICENSE REQUIRED as enforced; ▲ license required as written"


def test_assumptions_are_listed(licet: Licet) -> None:
    answer = library.ask(item="nvidia-rtx-4090", to="VN", on="2024-05-01", assume="ordinary", **{"from": "US"})
    text = licet(*VIETNAM).out
    assert [each.fact for each in answer.assumptions if f"{each.fact} = " not in text] == []


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_has_its_mark(outcome: Outcome) -> None:
    from licet.cli.paint import OUTCOMES

    marks = [mark for mark, _ in OUTCOMES.values()]
    assert len(set(marks)) == len(marks)
    assert outcome in OUTCOMES


def test_a_question_in_a_file(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "question.json"
    file.write_text('{"item": "nvidia-b200", "to": "MY", "on": "2026-06-15", "end_user_hq": "CN", "quantity": 8}')
    assert licet("ask", "--file", file, "--format", "json").data["outcome"] == "license_required"


def test_the_command_line_goes_before_the_file(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "question.json"
    file.write_text('{"item": "nvidia-b200", "destination": "MY", "on": "2026-06-15"}')
    assert licet("ask", "--file", file, "--to", "CN", "--format", "json").data["facts"]["destination"] == "CN"


def test_a_question_from_standard_input(licet: Licet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sys.stdin", io.StringIO('{"tpp": 4800.00, "datacenter": true, "to": "CN", "on": "2024-06-01"}')
    )
    data = licet("ask", "--file", "-", "--format", "json").data
    assert (data["facts"]["tpp"], data["eccn"]) == (4800, ["3A090.a"])


def test_numbers_of_a_file_are_exact(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "question.json"
    file.write_text('{"tpp": 1900.616, "die_area_mm2": 321.05, "datacenter": true, "to": "CN", "on": "2024-06-01"}')
    assert licet("ask", "--file", file, "--format", "json").data["eccn"] == ["3A090.a"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--item", "nvidia-h1000"], "the catalog holds no item called 'nvidia-h1000'"),
        (["--item", "h100"], "names 3 items"),
        (["--to", "Atlantis"], "there is no such country"),
        (["--on", "31/02"], "a day is written YYYY-MM-DD"),
        (["--on", "2023-02-31"], "cannot be '2023-02-31'"),
        (["--on", "2021-01-01"], "lies before the first day"),
        (["--set", "tpp=NaN"], "a number must be finite"),
        (["--set", "die_area_mm2=-1"], "it cannot be negative"),
        (["--set", "end_user_headquarters=CN"], "did you mean"),
        (["--set", "tpp"], "is not name=value"),
        (["--set", "=5"], "is not name=value"),
        (["--set", "tpp=5", "--set", "tpp=6"], "gives tpp twice"),
        (["--to", "DE", "--set", "destination=FR"], "destination is given twice"),
        (["--set", "classified=yes"], "cannot be given"),
        (["--fail-on", "licence_required"], "did you mean 'license_required'"),
        (["--file", "nowhere.json"], "cannot read nowhere.json"),
        (["--frobnicate"], "No such option"),
        (["--assume", "kindly"], "kindly"),
        (["--format", "xml"], "xml"),
        (["--explain=most"], "--explain"),
        (["item"], "unexpected extra argument"),
    ],
)
def test_a_mistake_is_one_message_and_status_2(licet: Licet, words: list[str], said: str) -> None:
    ran = licet("ask", *words)
    assert (ran.status, ran.out) == (2, "")
    assert said.casefold() in ran.err.casefold()
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not one JSON object"),
        ('{"item": "nvidia-h20"', "line 1"),
        ('{"a": 1}\n{"b": 2}', "use `licet check`"),
        ("[]", "a question is a JSON object"),
        ('{"tpp": NaN}', "must be finite"),
        ('{"to": "DE", "to": "FR"}', "stands twice"),
        ('{"itm": "nvidia-h20"}', "did you mean"),
        ('{"item": {"id": 1}}', ""),
        ("[" * 100_000, "nested too deeply"),
        ("\x00", "not one JSON object"),
    ],
)
def test_a_bad_question_file_is_one_message(licet: Licet, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "question.json"
    file.write_text(text)
    ran = licet("ask", "--file", file)
    assert (ran.status, ran.out) == (2, "")
    assert said.casefold() in ran.err.casefold()


def test_bytes_that_are_no_text(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "question.json"
    file.write_bytes(b"\xff\xfe{\x00}\x00")
    assert "not UTF-8" in licet("ask", "--file", file).err


@pytest.mark.parametrize(
    ("watched", "status"),
    [
        ("undetermined", 1),
        ("license_required,undetermined", 1),
        ("Undetermined", 1),
        ("license-required", 0),
        ("prohibited", 0),
    ],
)
def test_fail_on(licet: Licet, watched: str, status: int) -> None:
    assert licet(*BARE, "--fail-on", watched).status == status


def test_fail_on_is_repeatable(licet: Licet) -> None:
    assert licet(*BARE, "--fail-on", "prohibited", "--fail-on", "undetermined").status == 1


def test_letters_of_any_script(licet: Licet) -> None:
    data = licet("ask", "--item", "英伟达 H20", "--to", "中国", "--on", "2024-06-01", "--format", "json").data
    assert (data["facts"]["item"], data["facts"]["destination"]) == ("英伟达 H20", "CN")


def test_control_characters_do_not_reach_the_terminal(licet: Licet) -> None:
    ran = licet("ask", "--set", "end_user=\x1b[2JEvil", "--item", "\x1b[31mnone\x07")
    assert ran.status == 2
    assert "\x1b" not in ran.err
    ran = licet("ask", "--item", "nvidia-h20", "--set", "exporter=\x1b[2JEvil", "--to", "CN", "--explain", "all")
    assert ran.status == 0
    assert "\x1b" not in ran.out

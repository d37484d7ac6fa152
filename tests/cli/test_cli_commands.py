"""The other commands, and what all of them share."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import EXAMPLES, Licet

from licet.catalog import items
from licet.facts import FACTS, schema
from licet.lex.law import current

EVERY = [
    ("ask", "--item", "nvidia-h100-sxm", "--to", "DE", "--on", "2024-06-01"),
    ("ask", "--item", "nvidia-h20", "--to", "CN", "--on", "2025-05-01", "--set", "exporter=NVIDIA", "--explain", "all"),
    ("ask", "--item", "nvidia-rtx-4090", "--to", "VN", "--on", "2024-05-01", "--assume", "ordinary", "--explain"),
    ("ask", "--item", "nvidia-gb300", "--to", "AE", "--on", "2026-08-15"),
    ("ask", "--set", "end_use=wmd"),
    ("ask", "--item", "nvidia-h200-sxm", "--from", "US", "--to", "CN", "--on", "2026-02-01"),
    ("check", EXAMPLES / "orders.csv"),
    ("check", EXAMPLES / "messy.csv"),
    ("classify", "nvidia-rtx-4090", "--on", "2024-06-01", "--explain"),
    ("classify", "sk-hynix-hbm3e-24gb"),
    ("catalog",),
    ("catalog", "nvidia-h20"),
    ("catalog", "--vendor", "huawei"),
    ("facts",),
    ("facts", "end_user_listed"),
    ("facts", "share_of_us_percent"),
    ("law", "show"),
    ("law", "show", "NAC"),
    ("law", "show", "D5"),
    ("law", "timeline", "--from", "2024-12-01", "--to", "2025-06-01"),
    ("law", "diff", "2024-12-01", "2025-06-01"),
    ("--help",),
    ("ask", "--help"),
    ("check", "--help"),
]


def named(words: tuple[object, ...]) -> str:
    return " ".join(Path(str(word)).name for word in words)


@pytest.mark.parametrize("words", EVERY, ids=named)
def test_fits_a_terminal_of_80_columns(licet: Licet, words: tuple[str, ...]) -> None:
    ran = licet(*words)
    assert (ran.status, ran.err) == (0, "")
    assert [line for line in ran.out.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("words", EVERY[:-3], ids=named)
def test_no_colors_and_no_blanks_at_the_end_of_a_line(licet: Licet, words: tuple[str, ...]) -> None:
    out = licet(*words).out
    assert "\x1b" not in out
    assert [line for line in out.splitlines() if line != line.rstrip()] == []


def test_colors_when_forced(licet: Licet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;33m? UNDETERMINED" in licet("ask", "--item", "nvidia-h100-sxm", "--to", "DE").out


def test_classify(licet: Licet) -> None:
    text = licet("classify", "nvidia-rtx-4090", "--on", "2024-06-01").out
    assert text.startswith("3A090.a  nvidia-rtx-4090, on 2024-06-01")
    data = licet("classify", "nvidia-rtx-4090", "--on", "2024-06-01", "--format", "json").data
    assert (data["eccn"], data["facts"]["datacenter"], data["missing"]) == (["3A090.a"], "no", [])


def test_classify_by_facts_alone_and_what_is_missing(licet: Licet) -> None:
    words = ("--set", "tpp=2000", "--set", "datacenter=yes", "--on", "2024-06-01")
    data = licet("classify", "-", *words, "--format", "json").data
    assert (data["item"], data["eccn"], data["missing"]) == (None, [], ["die_area_mm2"])
    assert "To settle it, find out" in licet("classify", "-", *words).out


def test_catalog_lists_and_shows(licet: Licet) -> None:
    assert len(licet("catalog", "--format", "json").data) == len(items())
    card = licet("catalog", "nvidia-h20").out
    assert card.startswith(("NVIDIA H20", "H20"))
    assert "2,368 TOPS x bits" in card
    assert "source" in card
    assert [item["id"] for item in licet("catalog", "nvidia-h20", "--format", "json").data] == ["nvidia-h20"]


def test_catalog_never_cuts_a_number(licet: Licet) -> None:
    assert "15,831.2" in licet("catalog", "h200").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nvidia-h1000"], "did you mean"),
        (["--vendor", "nvidea"], "did you mean 'NVIDIA'"),
        (["--kind", "chip"], "item_kind cannot be 'chip'"),
        (["nvidia-h20", "--vendor", "AMD"], "not among the items chosen"),
    ],
)
def test_catalog_mistakes(licet: Licet, words: list[str], said: str) -> None:
    ran = licet("catalog", *words)
    assert (ran.status, ran.out) == (2, "")
    assert said.casefold() in ran.err.casefold()


def test_facts(licet: Licet) -> None:
    assert [each["name"] for each in licet("facts", "--format", "json").data] == list(FACTS)
    assert licet("facts", "--schema").data == schema()
    assert "destination" in licet("facts", "to").out
    assert "15 CFR 744.23(d)" in licet("facts", "end_user_majority_d5").out
    ran = licet("facts", "frobnicate")
    assert (ran.status, ran.out) == (2, "")


def test_law_show(licet: Licet) -> None:
    text = licet("law", "show", "742.6(a)(6)(iii)").out
    assert text.count("\n  from 20") == len(current().provision("742.6(a)(6)(iii)").versions)
    assert "88 FR 73458" in text
    assert licet("law", "show", "742.6(a)(6)(iii)", "--on", "2023-02-01").out.count("\n  from 20") == 1
    assert "no version of it is in force" in licet("law", "show", "ACA", "--on", "2024-01-01").out


def test_law_show_for_programs(licet: Licet) -> None:
    data = licet("law", "show", "NAC", "--format", "json").data
    assert (data["id"], data["kind"], len(data["versions"])) == ("NAC", "exception", 2)
    assert data["versions"][1]["when"]["text"] == "all of"
    assert [each["id"] for each in licet("law", "show", "--format", "json").data] == list(current().provisions)
    assert "CN" in licet("law", "show", "D5", "--on", "2024-01-01", "--format", "json").data["members"]


@pytest.mark.parametrize(
    "words",
    [
        ("show", "3A09"),
        ("show", "NAC", "--on", "2021-01-01"),
        ("show", "NAC", "--on", "soon"),
        ("diff", "2024-01-01", "tomorrow"),
        ("diff", "2020-01-01", "2024-01-01"),
        ("timeline", "--touching", "nothing"),
        ("timeline", "--from", "2025-01-01", "--to", "2024-01-01"),
        ("check", "nowhere"),
    ],
    ids=" ".join,
)
def test_law_mistakes(licet: Licet, words: tuple[str, ...]) -> None:
    ran = licet("law", *words)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("licet: ")


def test_law_timeline(licet: Licet) -> None:
    words = ("law", "timeline", "--from", "2025-01-01", "--to", "2025-12-31")
    days = [each["date"] for each in licet(*words, "--format", "json").data]
    assert days == sorted(days)
    assert days[0].startswith("2025")
    text = licet(*words).out
    assert [day for day in days if day not in text] == []
    assert licet("law", "timeline", "--format", "ics").out.startswith("BEGIN:VCALENDAR")


def test_law_diff(licet: Licet) -> None:
    text = licet("law", "diff", "2024-04-03", "2024-04-04").out
    assert "NEW" in text
    assert "ACA: License Exception Advanced Computing Authorized" in text
    assert "Nothing in this lawbook differs" in licet("law", "diff", "2024-04-04", "2024-04-04").out


def test_law_diff_with_orders(licet: Licet) -> None:
    words = ("law", "diff", "2023-11-16", "2023-11-17", "--orders", EXAMPLES / "messy.csv")
    text = licet(*words).out
    assert "ORDERS" in text
    assert "of 10 lines" in text
    assert "lines have an error" in text
    assert licet(*words, "--format", "json").data["orders"]["lines"] == 10


def test_law_diff_says_what_moves_a_line(licet: Licet, tmp_path: Path) -> None:
    """High-bandwidth memory: free the day before 3A090.c, then under 742.6(a)(6)(i)(B), and on the page for people."""
    orders = tmp_path / "orders.csv"
    orders.write_text(
        "id,item,from,to,end_user_country,end_user_hq,end_use,other_parties,end_user_listed,end_user_military,exporter,"
        "exporter_listed,subject_to_ear,exporter_is_fab_or_osat\n"
        "memory,sk-hynix-hbm3e-24gb,US,CN,CN,CN,other_civil,no,none,no,SK hynix,none,yes,no\n"
        "chip,nvidia-h100-sxm5,US,CN,CN,CN,datacenter,no,none,no,NVIDIA,none,yes,no\n",
        encoding="utf-8",
    )
    words = ("law", "diff", "2024-12-01", "2024-12-31", "--orders", orders)
    (moved,) = licet(*words, "--format", "json").data["orders"]["changed"]
    assert moved["line"] == "memory"
    assert moved["after"] == "license_required"
    assert "now required by 742.6(a)(6)(i)(B)" in moved["why"]
    assert "now required by 742.6(a)(6)(i)(B)" in licet(*words).out


def test_version_and_help(licet: Licet) -> None:
    version = licet("--version")
    assert version.status == 0
    assert re.match(
        r"licet \d+\.\d+\.\d+\nlawbook \S+ \([0-9a-f]{12}\), verified through \d{4}-\d\d-\d\d\n", version.out
    )
    text = licet("--help").out
    assert "licet ask --item nvidia-h100-sxm --to DE --on 2024-06-01" in text
    for command in ("ask", "check", "classify", "catalog", "facts", "law"):
        assert re.search(rf"^  {command}\s+\w.*\.$", text, re.MULTILINE), command


@pytest.mark.parametrize("words", [("frob",), ("law", "frob"), ("--frob",), ("check",), ("classify",)], ids=" ".join)
def test_unknown_words_end_with_status_2(licet: Licet, words: tuple[str, ...]) -> None:
    ran = licet(*words)
    assert (ran.status, ran.out) == (2, "")
    assert "Error" in ran.err


# --- as a program -----------------------------------------------------------------------------------------------------

PROGRAM = "import sys; from licet.cli import main; sys.exit(main())"


def program(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, *words]
    return subprocess.run(command, env={**os.environ, **environ}, capture_output=True, text=True, check=False)


def test_a_reader_that_closes_early_is_no_error() -> None:
    pipe = f"{sys.executable} -c '{PROGRAM}' facts --format json | head -1"
    done = subprocess.run(["/bin/sh", "-c", pipe], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_message() -> None:
    pipe = f"{sys.executable} -c '{PROGRAM}' facts > /dev/full"
    done = subprocess.run(["/bin/sh", "-c", pipe], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "licet: output: No space left on device\n")


def test_a_terminal_without_these_letters_gets_a_question_mark() -> None:
    done = program("ask", "--item", "nvidia-h100-sxm", "--to", "CN", "--from", "US", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "LICENSE REQUIRED" in done.stdout


def test_one_question_loads_nothing_that_only_files_need() -> None:
    code = (
        "import sys; from licet.cli import main\n"
        "main(['ask', '--item', 'nvidia-h100-sxm', '--to', 'DE'])\n"
        "print(sorted({'polars', 'openpyxl', 'numpy', 'pandas', 'rich.progress', 'licet.batch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"

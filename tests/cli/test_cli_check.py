"""`licet check`: files in, answers out, a summary for people and one for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import EXAMPLES, Licet, rows

from licet.batch import Summary
from licet.cli import paint, summary
from licet.decision.determination import Outcome

ORDERS, MESSY = EXAMPLES / "orders.csv", EXAMPLES / "messy.csv"


def test_a_small_file_is_shown_line_by_line(licet: Licet) -> None:
    ran = licet("check", MESSY)
    assert (ran.status, ran.err) == (0, "")
    ids = [row["id"] for row in rows(MESSY)]
    assert [each for each in ids if f"\n{each} " not in ran.out] == []
    assert "10 lines of messy.csv" in ran.out
    assert "Lines that could not be read" in ran.out
    assert "line 3, item" in ran.out
    assert "8 lines have an error; the others were answered." in ran.out


def test_a_wide_terminal_has_one_line_for_each(licet: Licet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    text = licet("check", EXAMPLES / "questions.jsonl").out
    assert "Q1" in text
    assert text.index("Q2") - text.index("Q1") < 111 * 2


def test_answers_are_written_and_the_table_is_not(licet: Licet, tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    ran = licet("check", ORDERS, "--out", out)
    answered = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    orders = rows(ORDERS)
    assert [row["id"] for row in answered] == [order["id"] for order in orders]
    assert [row["source"] or "" for row in answered] == [order["source"] for order in orders]
    assert {row["outcome"] for row in answered} == {outcome.value for outcome in Outcome}
    assert "L001" not in ran.out
    assert ran.out.endswith(f"\nwritten to {out}\n")


def test_the_summary_for_programs(licet: Licet) -> None:
    data = licet("check", MESSY, "--format", "json").data
    assert (data["lines"], data["error_lines"], len(data["errors"])) == (10, 8, 8)
    assert sum(data["outcomes"].values()) == 2
    assert data["errors"][0]["line"] == 3


def test_quiet_says_nothing(licet: Licet) -> None:
    assert licet("check", ORDERS, "--quiet").out == ""


@pytest.mark.parametrize(("watched", "status"), [("prohibited", 1), ("license_exception,prohibited", 1)])
def test_fail_on(licet: Licet, watched: str, status: int) -> None:
    assert licet("check", ORDERS, "--quiet", "--fail-on", watched).status == status
    assert licet("check", EXAMPLES / "questions.jsonl", "--quiet", "--fail-on", "prohibited").status == 0


def test_columns_by_other_names(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "sap.csv"
    file.write_text("Material,ShipTo,Date,Plant\nnvidia-h100-sxm,CN,2024-06-01,0100\n")
    words = ("--map", "Material=item", "--map", "ShipTo=to", "--map", "Date=on", "--keep", "Plant")
    text = licet("check", file, *words).out
    assert "nvidia-h100-sxm" in text
    assert "2024-06-01" in text
    assert licet("check", file, *words[:-2]).status == 2


def test_a_day_for_lines_without_one(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("item,to,from\nnvidia-h100-sxm,CN,US\n")
    assert licet("check", file, "--on", "2022-09-01", "--format", "json").data["outcomes"] == {"undetermined": 1}
    assert licet("check", file, "--on", "2024-06-01", "--format", "json").data["outcomes"] == {"license_required": 1}


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("item,end_user_headquarters\nnvidia-h20,CN\n", (), "did you mean"),
        ("item,to\nnvidia-h20,CN\n", ("--map", "item"), "--map 'item' is not name=value"),
        ("item,to\nnvidia-h20,CN\n", ("--map", "item=itm"), "itm"),
        ("item,to\nnvidia-h20,CN\n", ("--fail-on", "maybe"), "--fail-on cannot be 'maybe'"),
        ("item,to\nnvidia-h20,CN\n", ("--on", "31/02"), "YYYY-MM-DD"),
    ],
)
def test_mistakes_of_the_whole_file(licet: Licet, tmp_path: Path, text: str, words: tuple[str, ...], said: str) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(text)
    ran = licet("check", file, *words)
    assert (ran.status, ran.out) == (2, "")
    assert said.casefold() in ran.err.casefold()


def test_a_file_that_is_not_there(licet: Licet, tmp_path: Path) -> None:
    ran = licet("check", tmp_path / "nowhere.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "nowhere.csv" in ran.err


def test_a_long_summary_is_cut_with_a_count() -> None:
    errors = [(n, "tpp", "column tpp: it cannot be negative") for n in range(100)]
    many = Summary(
        lines=5000, outcomes={"undetermined": 4000}, missing={f"fact_{n}": 9 for n in range(30)}, error_lines=1000,
        warnings={f"warning {n}": 3 for n in range(30)}, errors=errors,
        law={"version": "1", "sha256": "0" * 64, "verified_through": "2026-09-25"},
    )  # fmt: skip
    console = paint.console()
    with console.capture() as captured:
        paint.show(console, summary.parts(many, Path("orders.csv")))
    text = captured.get()
    assert "and 22 more facts" in text
    assert "and 22 more kinds" in text
    assert "and 900 more" in text
    assert "column tpp:" not in text

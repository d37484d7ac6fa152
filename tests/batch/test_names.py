"""Files of names screened: every row answered, bad rows named, and a killed run goes on where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from licet.batch.names import RESULTS, screen_file
from licet.errors import FileError, QuestionError
from licet.parties import Index, Reviews, Screener

sys.path.insert(0, str(Path(__file__).parents[1] / "parties"))
from made_up_list import RECORDS

DAY = date(2024, 6, 1)
LISTED, LIKE = RECORDS[0]["name"], "Zhongwei Lantain Semicon Tech"


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener(index=Index(RECORDS, version="2026-01-01/test"))


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    rows = [(1, LISTED, "CN"), (2, LIKE, ""), (3, "Harmless Bakery", "FR"), (4, "", ""), (5, "!!!", ""),
            (6, LISTED, "Atlantis"), (7, LISTED, "CN")]  # fmt: skip
    pl.DataFrame(rows, schema=["id", "name", "country"], orient="row").write_csv(path)
    return path


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_each_row_is_kept_and_answered(names: Path, screener: Screener, ending: str) -> None:
    out = names.with_name(f"screened.{ending}")
    tally = screen_file(names, screener=screener, on=DAY, out=out, country="country")
    assert dict(tally.results) == {"listed": 2, "possible": 1, "clear": 1, "problem": 3}
    assert (tally.rows, tally.resumed) == (7, 0)
    if ending == "parquet":
        frame = pl.read_parquet(out)
        assert frame.columns == ["id", "name", "country", *RESULTS]
        assert frame["id"].to_list() == list("1234567")
        first = frame.row(0, named=True)
        assert (first["listed"], first["entry_name"], first["score"]) == ("entity_list+footnote_4", LISTED, 1.0)
        assert frame["problem"].is_not_null().to_list() == [False, False, False, True, True, True, False]
    assert [path.name for path in names.parent.iterdir() if path.name.startswith(".")] == []


def test_a_column_of_the_same_name_is_kept(names: Path, screener: Screener, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    pl.read_csv(names).with_columns(score=pl.lit("mine")).write_csv(mine)
    out = tmp_path / "out.parquet"
    tally = screen_file(mine, screener=screener, on=DAY, out=out)
    frame = pl.read_parquet(out)
    assert set(frame["score"]) == {"mine"}
    assert frame["score_found"].max() == 1.0
    assert tally.results["listed"] == 3


def test_the_column_with_the_names_has_to_be_there(names: Path, screener: Screener) -> None:
    with pytest.raises(QuestionError, match="there is no column 'nam'") as error:
        screen_file(names, screener=screener, on=DAY, column="nam")
    assert error.value.next == "did you mean 'name'?"


def test_decisions_are_heeded(names: Path, screener: Screener, tmp_path: Path) -> None:
    reviews = Reviews(tmp_path / "reviews.db")
    reviews.decide(screener.screen(LIKE, DAY).possible[0], "cleared", who="A", why="another company")
    heeding = Screener(index=screener.index(DAY)[0], reviews=reviews)
    out = tmp_path / "out.parquet"
    assert screen_file(names, screener=heeding, on=DAY, out=out).results["possible"] == 0
    assert pl.read_parquet(out)["why"].str.contains("cleared by A").any()


def test_rows_of_a_file_come_out_the_same_in_chunks_of_any_size(names: Path, screener: Screener) -> None:
    outs = []
    for size in (1, 2, 100):
        out = names.with_name(f"by{size}.parquet")
        screen_file(names, screener=screener, on=DAY, out=out, rows=size)
        outs.append(pl.read_parquet(out))
    assert outs[0].equals(outs[1])
    assert outs[1].equals(outs[2])


def test_a_small_file_is_screened_as_single_names_are(names: Path, screener: Screener, tmp_path: Path) -> None:
    assert screen_file(names, screener=screener, on=DAY).careful
    large = tmp_path / "large.csv"
    pl.DataFrame({"name": [LISTED] * 10_001}).write_csv(large)
    assert not screen_file(large, screener=screener, on=DAY).careful
    assert screen_file(large, screener=screener, on=DAY, careful=True).careful
    quick = screen_file(names, screener=screener, on=DAY, careful=False)
    assert dict(quick.results) == {"listed": 3, "possible": 1, "clear": 1, "problem": 2}


# --- going on ---------------------------------------------------------------------------------------------------------


def stopped(names: Path, screener: Screener, out: Path, after: int, **options: object) -> None:
    """Stop a run after some rows, as an interrupt would."""

    def stop(done: int, _total: int | None) -> None:
        if done >= after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screen_file(names, screener=screener, on=DAY, out=out, rows=2, progress=stop, **options)  # type: ignore[arg-type]


def test_a_run_goes_on_where_it_was(names: Path, screener: Screener) -> None:
    out = names.with_name("out.parquet")
    stopped(names, screener, out, after=4)
    assert not out.exists()
    tally = screen_file(names, screener=screener, on=DAY, out=out, rows=2)
    assert (tally.rows, tally.resumed) == (7, 4)
    assert pl.read_parquet(out).height == 7


def test_other_names_another_day_or_other_lists_start_over(names: Path, screener: Screener) -> None:
    out = names.with_name("out.parquet")
    newer = Screener(index=Index(RECORDS, version="2026-02-01/test"))
    for on, desk in ((date(2024, 6, 2), screener), (DAY, newer)):
        stopped(names, screener, out, after=4)
        assert screen_file(names, screener=desk, on=on, out=out, rows=2).resumed == 0
    stopped(names, screener, out, after=4)
    names.write_text(names.read_text(encoding="utf-8").replace("Harmless", "Blameless"), encoding="utf-8")
    assert screen_file(names, screener=screener, on=DAY, out=out, rows=2).resumed == 0


def test_a_torn_part_is_made_again(names: Path, screener: Screener) -> None:
    out = names.with_name("out.parquet")
    stopped(names, screener, out, after=4)
    part = next(names.parent.glob(".out.parquet.screening/000001.parquet"))
    part.write_bytes(part.read_bytes()[:100])
    assert screen_file(names, screener=screener, on=DAY, out=out, rows=2).resumed == 2
    assert pl.read_parquet(out).height == 7


def test_two_runs_do_not_write_one_file(names: Path, screener: Screener) -> None:
    out = names.with_name("out.parquet")

    def meddle(_done: int, _total: int | None) -> None:
        with pytest.raises(FileError, match="another run is screening into this file"):
            screen_file(names, screener=screener, on=DAY, out=out)

    screen_file(names, screener=screener, on=DAY, out=out, progress=meddle)
    assert pl.read_parquet(out).height == 7


COMMAND = """
import sys
import licet.batch.names as names
from licet.cli import main
names.screen_file.__kwdefaults__["rows"] = 500
sys.exit(main(["screen", {source!r}, "--on", "2024-06-01", "--out", {out!r}, "--json", "--quick"]))
"""


def test_a_killed_command_goes_on_and_nothing_is_lost_or_half_there(tmp_path: Path) -> None:
    source, out = tmp_path / "names.csv", tmp_path / "out.csv"
    rows = [f"Plain Company {number}" if number % 50 else "Sugon" for number in range(6000)]
    pl.DataFrame({"id": range(6000), "name": rows}).write_csv(source)
    command = [sys.executable, "-c", COMMAND.format(source=str(source), out=str(out))]
    environ = {**os.environ, "LICET_HOME": str(tmp_path / "home")}
    folder = tmp_path / ".out.csv.screening"
    child = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while len(list(folder.glob("*.parquet"))) < 3 and child.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert not out.exists()
    kept = len(list(folder.glob("*.parquet")))
    assert kept >= 3
    done = json.loads(subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=True).stdout)
    assert done["rows"] == 6000
    assert done["resumed"] >= kept * 500
    assert done["results"]["listed"] == 120
    frame = pl.read_csv(out)
    assert frame["id"].to_list() == list(range(6000))
    assert frame.filter(pl.col("screening") == "listed")["name"].unique().to_list() == ["Sugon"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == ["names.csv", "out.csv"]

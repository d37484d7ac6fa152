"""Files, names, folders and databases that are not as they should be: a clear error or the right answer, never less."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from made_up_list import EL, RECORDS

from licet.batch.names import RESULTS, screen_file
from licet.errors import FileError, LicetError, QuestionError
from licet.parties import Archive, Index, Reviews, Screener, bundled, screen, sources
from licet.parties.finding import is_name
from licet.parties.normal import as_shown, cleaned
from licet.parties.record import record

DAY, LATER = date(2024, 6, 1), bundled().day + timedelta(days=10)
#: Before all lists that are held, so that nothing is carried over into it.
EARLY = date(2021, 1, 1)
FIRST = RECORDS[0]
LIKE = "Zhongwei Lantain Semicon Tech"


def as_json(*rows: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"total": len(rows), "results": rows, **more}).encode()


def as_csv(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


ROW = {"source": EL, "name": "Alpha Works", "alt_names": "AW", "addresses": "1 Some Road, Kowloon, HK"}
ENTITY = {"id": "x1", "schema": "Company", "caption": "Alpha", "datasets": ["us_ofac_sdn"],
          "properties": {"name": ["Alpha"], "country": ["cn"]}}  # fmt: skip


def as_lines(**changed: Any) -> bytes:
    return f"{json.dumps(ENTITY)}\n{json.dumps({**ENTITY, 'id': 'x2', **changed})}\n".encode()


# --- list files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        # another layout
        (as_json({**FIRST, "name": ["A", "B"]}), "record 1: the field name holds .* which is no text"),
        (as_json({**FIRST, "alt_names": [{"name": "A"}]}), "record 1: the field alt_names holds"),
        (as_json({**FIRST, "addresses": 7}), "record 1: the field addresses holds"),
        (as_json({**FIRST, "addresses": [{"country": {"code": "CN"}}]}), "record 1: the field addresses holds"),
        (as_json({**FIRST, "source": 5}), "record 1: the field source holds"),
        (as_json(FIRST, total="99"), "says it holds 99 records and holds 1"),
        (as_csv({"source": EL, "name": "Alpha Works", "aliases": "AW"}), "a column 'aliases' and no `alt_names`"),
        (as_csv({**ROW, "source": ""}), "line 2: a row does not say which list it is on"),
        (b"source,name,name,alt_names\nEL,Alpha,Beta,x\n", "two columns mean name"),
        (b"source,Name,name,alt_names\nEL,Alpha,Beta,x\n", "two columns mean name"),
        (as_json(FIRST).replace(b'"source"', b'"name": "Other Works", "source"', 1), "'name' stands twice"),
        (as_json(FIRST).replace(b'"87 FR 77505"', b"NaN"), "NaN is no JSON"),
        (b"Country,Entity,License requirement\nATLANTIS,Alpha,All\n", "line 2: there is no country called 'ATLANTIS'"),
        (as_lines(schema="Kompany"), "line 2: a Kompany with a name .* Did you mean 'Company'"),
        (as_lines(datasets=["eu_fsf"]), "line 2: the entity is of eu_fsf, which are no U.S. lists"),
        (as_lines(properties={"name": [{"a": 1}]}), "line 2: the field alt_names holds"),
        # damaged
        (as_json(FIRST).replace(b"Blue Sky", b"Blue\\ud800Sky"), "record 1: the field alt_names holds half a character"),
        (as_json(FIRST).replace(b"Zhongwei", b"\\udc80hongwei"), "record 1: the field name holds half a character"),
        (as_json(FIRST).replace(b"Blue Sky", b"Blue\\u0000Sky"), "record 1: the field alt_names holds a zero byte"),
        (as_csv(ROW).replace(b"Alpha", b"Al\0pha"), "line 2: the file holds zero bytes"),
        (as_json(FIRST).decode().encode("utf-16-le"), "UTF-16 or UTF-32 without its mark"),
        (as_json(FIRST).decode().encode("utf-32"), "UTF-16 or UTF-32 without its mark"),
        (gzip.compress(as_json(FIRST)) + b"rest", "broken or ends too early"),
        # entries that no query would ever find
        (as_json({**FIRST, "name": "!!! ---"}), "record 1: nobody would ever match this entry"),
        (as_json({**FIRST, "name": "\N{THUMBS UP SIGN}"}), "record 1: nobody would ever match this entry"),
        (as_json({**FIRST, "name": "A" * 10_000}), "record 1: nobody would ever match this entry"),
        (as_json({**FIRST, "alt_names": ["Beta | " * 1000]}), "record 1: nobody would ever match this entry"),
    ],
)  # fmt: skip
def test_a_list_that_would_be_read_as_less_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(FileError, match=said):
        sources.read_bytes(raw)


def test_what_only_looks_strange_is_read() -> None:
    line = json.dumps({**ENTITY, "caption": "Al\u2028pha", "properties": {"name": "Alpha"}}, ensure_ascii=False)
    thing = json.dumps({"id": "v", "schema": "Vehicle", "properties": {"name": ["A car"]}})
    assert [entry.name for entry in sources.read_bytes(f"{line}\r\n{thing}\r\n\r\n".encode())] == ["Al pha"]
    assert [entry.name for entry in sources.read_bytes(as_json(FIRST).decode().encode("utf-16"))] == [FIRST["name"]]
    assert len(sources.read_bytes(b"\xef\xbb\xbf" + as_csv(ROW).replace(b"\n", b"\r\n"))) == 1
    assert [entry.kind for entry in sources.read_bytes(as_json({**FIRST, "name": "Address 01"}))] == ["address"]


def test_who_is_on_the_list_of_a_day_is_listed_that_day_whatever_dates_stand_there(tmp_path: Path) -> None:
    dates = {"Alpha Optics Works": {"start_date": "2099-01-01"}, "Beta Optics Works": {"end_date": "2001-01-01"},
             "Gamma Optics Works": {"federal_register_notice": "990 FR 12345"},
             "Delta Optics Works": {"start_date": "soon", "end_date": "never"}}  # fmt: skip
    for day in (EARLY, LATER):
        archive = Archive(tmp_path / str(day))
        entries = [record({"name": name, "source": EL, **written}) for name, written in dates.items()]
        made, _ = archive.add_records(entries, day, "made up", anyway=True)
        held = {entry.id: entry.listed(day) for entry in made.records}
        assert [held[entry.id] for entry in entries] == [True] * 4
    screener = Screener(lists=archive)
    assert [str(screener.screen(name, LATER).status) for name in dates] == ["listed"] * 4


@pytest.mark.parametrize(
    ("lost", "said"),
    [({"alt_names": ()}, "entries with aliases"), ({"requirement": ""}, "entries with license requirements"),
     ({"programs": ()}, "entries with programs"), ({"countries": ()}, "entries with countries")],
)  # fmt: skip
def test_a_list_whose_entries_lost_what_a_decision_rests_on_does_not_follow(
    tmp_path: Path, lost: dict[str, Any], said: str
) -> None:
    archive = Archive(tmp_path / "lists")
    held = [replace(entry, **lost) for entry in bundled().records if entry.gone_by is None]
    with pytest.raises(FileError, match=f"holds 0 {said}"):
        archive.add_records(held, LATER, "a field was renamed")
    assert not archive.folder.exists()


# --- the folder of lists ------------------------------------------------------------------------------------------------


def some(*more: dict[str, Any]) -> list[Any]:
    return [record(row) for row in (*RECORDS, *more)]


def test_strange_files_among_the_lists(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add_records(some(), EARLY, "good", anyway=True)
    for name in ("2025-02-30.json.xz", "notes.txt", ".2026-01-01.json.xz"):
        (tmp_path / name).write_bytes(b"x")
    assert archive.days() == [EARLY]
    (tmp_path / "2027-01-01.json.xz").write_bytes((tmp_path / f"{EARLY}.json.xz").read_bytes())
    with pytest.raises(FileError, match=f"holds the list of {EARLY}"):
        archive.open(date(2027, 1, 1))
    (tmp_path / "2027-01-02.json.xz").mkdir()
    with pytest.raises(FileError, match="cannot be read"):
        archive.open(date(2027, 1, 2))
    with pytest.raises(FileError, match="this is no folder of lists"):
        Archive(tmp_path / "notes.txt").add_records(some(), EARLY, "into a file", anyway=True)
    with pytest.raises(FileError, match="cannot be kept"):
        Archive(tmp_path / "notes.txt" / "lists").add_records(some(), EARLY, "into a file", anyway=True)
    with pytest.raises(FileError, match="cannot be fetched"):
        archive.update("https://[bad", day=EARLY)


@pytest.mark.parametrize(
    "content", [b'{"format": "licet parties 1"}', b"[1]", b'{"format": "licet parties 1", "day": 5}']
)
def test_a_packed_list_without_its_parts_is_broken(content: bytes) -> None:
    import lzma

    from licet.parties import snapshot

    with pytest.raises(FileError, match=r"packed list"):
        snapshot.unpack(lzma.compress(content))


def test_a_broken_list_is_replaced_by_importing_its_day_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add_records(some(), EARLY, "good", anyway=True)
    (tmp_path / f"{EARLY}.json.xz").write_bytes(b"broken")
    with pytest.raises(FileError, match=r"packed list is broken.*Import the official file again"):
        Screener(lists=archive).screen(FIRST["name"], EARLY)
    archive.add_records(some(), EARLY, "again", anyway=True)
    assert len(archive.open(EARLY).records) >= len(RECORDS)


def child(code: str, *words: str) -> subprocess.Popen[str]:
    ready = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
    return subprocess.Popen([sys.executable, "-c", ready + code, *words], stdout=subprocess.PIPE, text=True)


IMPORT = """
import datetime
from licet.parties import Archive
from licet.parties.record import record
from made_up_list import RECORDS
day = datetime.date.fromisoformat(sys.argv[2])
Archive(sys.argv[1]).add_records([record(row) for row in RECORDS], day, sys.argv[2], anyway=True)
"""


def test_imports_at_the_same_time_all_arrive_and_leave_nothing_behind(tmp_path: Path) -> None:
    days = [str(EARLY + timedelta(days=number)) for number in (0, 1, 1)]
    running = [child(IMPORT, str(tmp_path), day) for day in days]
    assert [each.wait() for each in running if each.communicate() is not None] == [0, 0, 0]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({f"{day}.json.xz" for day in days})
    for day in Archive(tmp_path).days():
        assert len([entry for entry in Archive(tmp_path).open(day).records if entry.gone_by is None]) == len(RECORDS)


FULL = """
import resource, signal
from licet.errors import FileError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    exec(sys.argv[1])
except FileError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit to the size of files there")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import datetime; from licet.parties import Archive, bundled; "
         "Archive('lists').add_records(bundled().records, datetime.date(2027, 1, 1), 'x', anyway=True)",
         "cannot be kept. File too large"),
        ("from licet.parties import Reviews; Reviews('reviews.db')", "the decisions cannot be opened"),
        ("import datetime; from made_up_list import RECORDS; from licet.batch.names import screen_file; "
         "from licet.parties import Index, Screener; "
         "screen_file('many.csv', screener=Screener(index=Index(RECORDS)), on=datetime.date(2024, 1, 1), out='out.csv')",
         "File too large"),
    ],
)  # fmt: skip
def test_a_full_disk_is_said_and_leaves_nothing_half_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("many.csv").write_text("name\n" + "".join(f"Customer {n} of the wide world\n" for n in range(4000)), "utf-8")
    running = child(FULL, code)
    assert said in running.communicate()[0]
    assert running.returncode == 0
    assert Archive("lists").days() == []
    assert not Path("out.csv").exists()
    left = [path.name for path in Path().rglob("*") if path.suffix in (".xz", ".part") and path.name != "plan.part"]
    assert left == []
    reviews = Reviews("reviews.db")  # with room again
    assert reviews.count() == 0
    reviews.close()


# --- names --------------------------------------------------------------------------------------------------------------


def test_a_name_turned_round_is_found_as_it_is_read_and_as_it_is_stored(index: Index) -> None:
    turned = f"\u202e{FIRST['name'][::-1]}\u202c"
    assert as_shown(turned) == FIRST["name"]
    assert screen(turned, DAY, index=index).status == "listed"
    assert Screener(index=index).screen(f"\u202e{FIRST['name']}", DAY).status == "listed"
    assert Screener(index=index).screen(turned, DAY).certain[0].query == turned
    quick = Screener(index=index)
    quick.prepare((name, None, DAY) for name in (turned, "\u202e!!", *(f"Customer {n}" for n in range(1100))))
    assert quick.screen(turned, DAY).status == "listed"
    assert as_shown("Blue Sky Chips") is None
    hebrew = "\u202e\u05d0\u05d1\u05d2 \u05d3\u05d4\u05d5\u202c"
    assert as_shown(hebrew) is None, "it runs from right to left anyway"


def test_colors_of_a_terminal_are_no_part_of_a_name() -> None:
    assert cleaned("\x1b[1;31mBlue Sky\x1b[0m Chips").split() == ["blue", "sky", "chips"]


@pytest.mark.parametrize("name", ["(株)青空半導体", "(Blue Sky Chips)", "(c) Blue Sky", "none of your business Ltd"])
def test_a_bracket_makes_nobody(name: str) -> None:
    assert is_name(name)
    assert not is_name("(any other)")
    assert not is_name(" None ")


def test_an_order_to_a_company_in_brackets_is_screened() -> None:
    import licet

    order = {"item": "nvidia-h100-sxm", "from": "US", "to": "SG", "on": "2024-06-01", "end_user": "(Sugon)"}
    assert licet.ask(order, assume="ordinary").outcome == "license_required"


@pytest.mark.parametrize("sign", ["(株)", "\N{PARENTHESIZED IDEOGRAPH STOCK}", "（株）", "(주)", "㈜"])
def test_a_legal_form_in_one_sign_is_the_legal_form(index: Index, sign: str) -> None:
    form = "주식회사" if "주" in sign or sign == "㈜" else "株式会社"
    one, other = (index.search(f"{word} Lantian Semicon Tech")[0] for word in (sign, form))
    assert (one.id, one.score) == (other.id, other.score)


@pytest.mark.parametrize("name", [{"name": "Sugon"}, ["Sugon"], b"Sugon", True])
def test_a_role_that_holds_no_text_is_refused(name: object) -> None:
    import licet

    with pytest.raises(QuestionError, match="end_user cannot be"):
        licet.ask({"item": "nvidia-h100-sxm", "to": "SG", "on": "2024-06-01", "end_user": name})


@pytest.mark.parametrize("address", ["x" * 20_000, "\N{THUMBS UP SIGN}", "\ud800"])
def test_an_address_that_cannot_be_compared_takes_nothing_from_the_name(index: Index, address: str) -> None:
    found = screen(FIRST["name"], DAY, address=address, index=index)
    assert found.status == "listed"
    assert any("its address was not compared" in text for text in found.warnings)
    assert screen("Harmless Bakery", DAY, address=address, index=index).warnings


# --- files of names -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "column", [[{"a": FIRST["name"]}], [[FIRST["name"]]], [FIRST["name"].encode()]], ids=["struct", "list", "bytes"]
)
@pytest.mark.parametrize("which", ["name", "country"])
def test_a_column_that_holds_no_text_is_refused(index: Index, tmp_path: Path, column: list[Any], which: str) -> None:
    path = tmp_path / "names.parquet"
    pl.DataFrame({"name": [FIRST["name"]], "country": ["CN"], which: column}).write_parquet(path)
    with pytest.raises(QuestionError, match=f"the column '{which}' holds no text"):
        screen_file(path, screener=Screener(index=index), on=DAY, country="country")


def test_columns_called_like_results_are_all_kept(index: Index, tmp_path: Path) -> None:
    path, out = tmp_path / "names.csv", tmp_path / "out.parquet"
    mine = {"name": [FIRST["name"]], "screening": ["a"], "screening_found": ["b"], "score_found": ["c"]}
    pl.DataFrame(mine).write_csv(path)
    tally = screen_file(path, screener=Screener(index=index), on=DAY, out=out)
    frame = pl.read_parquet(out)
    assert frame.select(list(mine)).to_dict(as_series=False) == mine
    assert frame.columns[4:6] == ["screening_found_found", "listed"]
    assert (len(frame.columns), frame["screening_found_found"].to_list()) == (4 + len(RESULTS), ["listed"])
    assert tally.results == {"listed": 1}
    assert tally.columns["score"] == "score"


# --- decisions ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def decided(index: Index, tmp_path: Path) -> Path:
    path = tmp_path / "kept" / "reviews.db"
    path.parent.mkdir()
    reviews = Reviews(path)
    for number in range(200):
        reviews.decide(index.search(LIKE)[0], "cleared", who="A. Reviewer", why=f"reason {number} " * 20)
    reviews.close()
    return path


def damaged(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[:12288] + b"\xff" * 8192 + raw[20480:])


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def not_one(path: Path) -> None:
    path.write_bytes(b"no database" * 500)


@pytest.mark.parametrize("harm", [damaged, cut_off, not_one])
def test_a_damaged_database_is_an_error_and_never_fewer_decisions(decided: Path, harm: Callable[[Path], None]) -> None:
    harm(decided)
    with pytest.raises(FileError, match="the decisions cannot be opened"):
        Reviews(decided)


def test_a_table_of_somebody_else_is_an_error(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as link:
        link.execute("CREATE TABLE party_decisions (id INTEGER, party TEXT, entry TEXT)")
    link.close()
    hit = index.search(LIKE)[0]
    with pytest.raises(FileError):
        Reviews(path).history()
    with pytest.raises(FileError):
        Reviews(path).decide(hit, "cleared", who="A", why="b")
    with pytest.raises(LicetError):
        Screener(index=index, reviews=Reviews(path)).screen(LIKE, DAY)


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    for url in ("nosuchdatabase://licet:secret@db/licet", "postgresql+nosuchdriver://licet:secret@db/licet"):
        with pytest.raises(FileError) as error:
            Reviews(url)
        assert "secret" not in str(error.value)
        assert "licet:***@db" in str(error.value)


def test_half_characters_and_zero_bytes_are_shown_and_not_stored(index: Index, tmp_path: Path) -> None:
    reviews = Reviews(tmp_path / "reviews.db")
    hit = index.search("Zhongwei\ud800 Lantain Semicon Tech")[0]
    made = reviews.decide(hit, "cleared", who="A\0B", why="seen \ud800")
    assert (made.who, made.why) == ("A\N{REPLACEMENT CHARACTER}B", "seen ?")
    assert reviews.history() == [made]
    assert reviews.standing(LIKE, hit.record) == made


def test_decisions_that_may_not_be_written_are_read(
    index: Index, decided: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a read-only disk; the rights of a file would not stop an administrator's test."""
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    before = sorted(path.name for path in decided.parent.iterdir())
    reviews = Reviews(decided)
    assert len(reviews.history()) == 200
    assert screen(LIKE, DAY, index=index, reviews=reviews).cleared
    with pytest.raises(FileError, match="was not recorded"):
        reviews.decide(index.search(LIKE)[0], "cleared", who="A", why="b")
    reviews.close()
    assert sorted(path.name for path in decided.parent.iterdir()) == before


KILLED = """
import os, signal
from licet.parties import Index, Reviews
from made_up_list import RECORDS
hit = Index(RECORDS).search("Zhongwei Lantain Semicon Tech")[0]
Reviews(sys.argv[1]).decide(hit, "confirmed", who="K", why="and then the power went")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_what_a_killed_writer_left_in_the_log_counts_where_nothing_may_be_written(
    decided: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = child(KILLED, str(decided))
    running.communicate()
    assert running.returncode == -9
    copy = tmp_path / "copy"
    shutil.copytree(decided.parent, copy)
    assert (copy / "reviews.db-wal").stat().st_size > 0
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    reviews = Reviews(copy / "reviews.db")
    assert reviews.history()[-1].why == "and then the power went"
    reviews.close()


DECIDE = """
from licet.parties import Index, Reviews
from made_up_list import RECORDS
hit = Index(RECORDS).search("Zhongwei Lantain Semicon Tech")[0]
reviews = Reviews(sys.argv[1])
for number in range(20):
    print(reviews.decide(hit, "cleared", who=sys.argv[2], why=f"reason {number}").number)
"""


def test_reviewers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    running = [child(DECIDE, str(path), who) for who in "ABC"]
    said = [int(number) for each in running for number in each.communicate()[0].split()]
    assert [each.returncode for each in running] == [0, 0, 0]
    assert sorted(said) == list(range(1, 61))
    kept = Reviews(path).history()
    assert [each.why for each in kept if each.who == "B"] == [f"reason {number}" for number in range(20)]


def test_a_confirmed_match_counts_whatever_its_score_and_reopens_when_the_entry_changes(
    index: Index, tmp_path: Path
) -> None:
    name = "Lantian"
    reviews = Reviews(tmp_path / "reviews.db")
    hit = index.search(name)[0]
    assert not hit.alert
    reviews.decide(hit, "confirmed", who="A", why="the register says so")
    for screener in (
        Screener(index=index, reviews=reviews),
        Screener(index=index, reviews=Reviews(tmp_path / "reviews.db")),
    ):
        assert screener.screen(name, DAY).listed == {"entity_list", "footnote_4"}
    changed = Index([{**FIRST, "alt_names": ["Another Alias"]}, *RECORDS[1:]], version="2026-02-01/test")
    found = Screener(index=changed, reviews=reviews).screen(name, DAY)
    assert (found.status, [each.id for each in found.possible]) == ("possible", [hit.id])
    reviews.decide(hit, "cleared", who="B", why="the register was wrong")
    assert Screener(index=index, reviews=reviews).screen(name, DAY).status == "clear"

"""Order files: whatever is in them, each row is read well or says why not, and no row is lost."""

import datetime
import gzip
import io
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.batch import csv_file, text
from licet.batch.files import Writer, count, known, read
from licet.errors import FileError

Make = Callable[..., Path]
MIDNIGHT = datetime.datetime.fromisoformat("2024-06-01T00:00:00")
MOMENT = datetime.datetime.fromisoformat("2024-06-01T10:30:00")


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a file of the given name and content."""

    def made(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return made


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Makes a workbook with the given rows."""

    def made(*rows: list[object], name: str = "orders.xlsx") -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return made


def rows(path: Path, **options: object) -> list[tuple[object, ...]]:
    """Each row as its line, its values and its error."""
    frame = pl.concat(read(path, **options))  # type: ignore[arg-type]
    return frame.select("__line", pl.exclude("__line")).rows()


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(FileError) as caught:
        list(read(path, **options))  # type: ignore[arg-type]
    text = str(caught.value)
    assert str(path) in text
    return text.replace(str(path), path.name)


# --- plain files ---


def test_the_known_extensions() -> None:
    assert known() == (
        ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx",
        ".csv.gz", ".tsv.gz", ".txt.gz", ".jsonl.gz", ".ndjson.gz", ".json.gz",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "item,to\nh20,CN\nh100,\n"),
        ("a.csv", " item , to \nh20,CN\nh100,"),
        ("a.csv", "\ufeffitem,to\r\nh20,CN\r\nh100,\r\n"),
        ("a.csv", "item;to\nh20;CN\nh100;\n"),
        ("a.csv", 'item,to\n"h20","CN"\n"h100",""\n'),
        ("a.csv", '"item","to"\nh20,CN\nh100,'),
        ("a.CSV", "item|to\nh20|CN\nh100|"),
        ("a.tsv", "item\tto\nh20\tCN\nh100\t\n"),
        ("a.txt", "item\tto\nh20\tCN\nh100\t\n"),
        ("a.csv", "item\rto".replace("\r", ",") + "\rh20,CN\rh100,\r"),
        ("a.jsonl", '{"item":"h20","to":"CN"}\n{"item":"h100","to":null}\n'),
        ("a.ndjson", '\ufeff{"item":"h20"," to":"CN"}\r\n{"item":"h100"}'),
        ("a.json", 'null\n'.replace("null", '{"item":"h20"}') + '{"item":"h100","to":null}\n'),
    ],
)  # fmt: skip
def test_one_table_in_many_spellings(make: Make, name: str, text: str) -> None:
    path = make(name, text)
    to = "CN" if '{"item":"h20"}' not in text else None
    first = 1 if name.lower().endswith(("n", "l")) and "{" in text else 2
    expected = [(first, "h20", to, None), (first + 1, "h100", None, None)]
    assert rows(path) == expected
    assert rows(path, rows=1) == expected
    assert rows(make(name + ".gz", gzip.compress(text.encode()))) == expected
    assert list(pl.concat(read(path)).schema.items()) == [
        ("item", pl.String), ("to", pl.String), ("__line", pl.UInt64), ("__error", pl.String),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_by_its_mark(make: Make, encoding: str) -> None:
    text = "item,to\nh20,中国\n😀,CN\n"
    mark = "" if encoding == "utf-16" else "\ufeff"
    assert rows(make("a.csv", (mark + text).encode(encoding))) == [(2, "h20", "中国", None), (3, "😀", "CN", None)]


def test_half_a_surrogate_in_utf_16_costs_its_row_only(make: Make) -> None:
    content = b"\xff\xfe" + "a,b\n1,".encode("utf-16-le") + b"\x00\xd8" + "\n3,4\n".encode("utf-16-le")
    assert rows(make("a.csv", content)) == [
        (2, None, None, "line 2, column b: the byte 0xED is not UTF-8. Save the file as UTF-8."),
        (3, "3", "4", None),
    ]


def test_excels_own_line_for_the_separator(make: Make) -> None:
    assert rows(make("a.csv", "sep=;\na,b;c,d\n1;2\n")) == [(3, "1", "2", None)]


def test_blank_lines_are_skipped_and_counted(make: Make) -> None:
    text = "\n  \na,b\n\n1,2\r\n\r\n   \n,\n3,4\n\n\n"
    assert rows(make("a.csv", text)) == [(5, "1", "2", None), (8, None, None, None), (9, "3", "4", None)]
    assert rows(make("a.jsonl", '\n{"a":1}\n \n\n{"a":2}\n\n')) == [(2, "1", None), (5, "2", None)]


@pytest.mark.parametrize("start", ["x^", "x\x01", "\x1f", "BZh9", "\ufeff", "#", "(", "\x7f"])
def test_a_row_may_begin_like_another_kind_of_file(make: Make, start: str) -> None:
    expected = [(2, f"{start}1", "2", None), (3, f"{start}3", "4", None)]
    assert rows(make("a.csv", f"a,b\n{start}1,2\n{start}3,4\n")) == expected


def test_lines_are_counted_through_line_breaks_in_values(make: Make) -> None:
    text = 'a,b\n"1\n1","x"\n2,"y\r\n\r\ny"\n3,"say ""z"""\n"","""q"", she"\n5,u'
    assert rows(make("a.csv", text)) == [
        (2, "1\n1", "x", None),
        (4, "2", "y\r\n\r\ny", None),
        (7, "3", 'say "z"', None),
        (8, None, '"q", she', None),
        (9, "5", "u", None),
    ]


def test_the_only_column_may_hold_spaces_and_nothing(make: Make) -> None:
    assert rows(make("a.csv", 'a\n1\n\n  \n""\n2\n')) == [
        (2, "1", None), (4, "  ", None), (5, None, None), (6, "2", None),
    ]  # fmt: skip


def test_chunks_have_the_size_asked_for(make: Make) -> None:
    path = make("a.csv", "a,b\n" + "1,2\n" * 10)
    assert [chunk.height for chunk in read(path, rows=4)] == [4, 4, 2]
    assert [chunk.height for chunk in read(path)] == [10]
    with pytest.raises(ValueError, match="at least 1"):
        read(path, rows=0)


def test_an_iterator_left_alone_closes_its_file(make: Make) -> None:
    path = make("a.csv", "a,b\n" + "1,2\n" * 10)
    chunks = read(path, rows=4)
    assert next(chunks).height == 4
    del chunks  # a warning about an open file would fail the test


# --- CSV: bad rows ---


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1", "line 3, column b: 1 value stands where the header has 2 columns. "
         "Write every value, an empty one too, and put a value that holds , in quotes."),
        ("1,2,3", "line 3, column b: 3 values stand where the header has 2 columns. "
         "Write every value, an empty one too, and put a value that holds , in quotes."),
        ("1,2,", "line 3, column b: 3 values stand where the header has 2 columns. "
         "Write every value, an empty one too, and put a value that holds , in quotes."),
        ('"1"x,2', "line 3, column a: text stands behind a closing quote. Double a quote that belongs to the text."),
        ('1,"2', "line 3, column b: a quote is never closed. Close it, or double a quote that belongs to the text."),
        ('1,"2""', "line 3, column b: a quote is never closed. Close it, or double a quote that belongs to the text."),
        (b"1,caf\xe9", "line 3, column b: the byte 0xE9 is not UTF-8. Save the file as UTF-8."),
        (b"\xff,2", "line 3, column a: the byte 0xFF is not UTF-8. Save the file as UTF-8."),
        (b"\x00,2", "line 3, column a: the value holds a zero byte. Remove it."),
    ],
)  # fmt: skip
def test_a_bad_line_costs_only_itself(make: Make, line: str | bytes, why: str) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    good = b"g,h\n" * 40_000 if raw.startswith(b"\0") else b"g,h\n"
    path = make("a.csv", b"a,b\ng,h\n" + raw + b"\n" + good) if b"\0" not in raw else None
    if path is None:
        path = make("a.csv", b"a,b\n" + good + raw + b"\n" + b"g,h\n")
        assert [(e, v) for _, v, _, e in rows(path) if e] == [(why.replace("line 3", "line 40002"), None)]
        return
    assert rows(path) == [(2, "g", "h", None), (3, None, None, why), (4, "g", "h", None)]


def test_a_quote_inside_a_plain_value_is_text(make: Make) -> None:
    assert rows(make("a.csv", 'a,b\n6" wafer,x"y\n1,2\n')) == [(2, '6" wafer', 'x"y', None), (3, "1", "2", None)]


def test_a_stray_quote_does_not_swallow_the_lines_up_to_the_next(make: Make) -> None:
    text = 'a,b\n1,"x\n2,y\n3,"z"\n4,w\n'
    found = rows(make("a.csv", text))
    assert [(line, bool(error)) for line, *_, error in found] == [(2, True), (3, False), (4, False), (5, False)]
    assert found[2] == (4, "3", "z", None)


def test_many_quotes_that_never_close_are_told_in_bounded_time(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "_PATIENCE", 1000)
    monkeypatch.setattr(csv_file, "_NEAR", 50)
    text = "a,b\n" + '1,"x ""y\n' * 3000 + '1,"far\n2,z\n' + '"in\nside",4\n'
    found = rows(make("a.csv", text))
    assert len(found) == 3003
    assert [row for row in found if row[-1] is None] == [(3003, "2", "z", None), (3004, "in\nside", "4", None)]


def test_a_line_of_200_mb_is_one_error_and_little_memory(tmp_path: Path) -> None:
    piece = b"x" * 1_000_000
    for name, head, good in (("a.csv", b"a,b\n", b"1,2\n"), ("a.jsonl", b"", b'{"a":1,"b":2}\n')):
        path = tmp_path / name
        with path.open("wb") as stream:
            stream.write(head + good)
            for _ in range(200):
                stream.write(piece)
            stream.write(b"\n" + good)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = rows(path)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        first = 2 if head else 1
        assert [row[:3] for row in found] == [(first, "1", "2"), (first + 1, None, None), (first + 2, "1", "2")]
        assert f"line {first + 1}: the line is longer than 10 MB" in str(found[1][-1])
        assert grown * (1 if sys.platform == "darwin" else 1024) < 100e6


def test_a_quoted_value_of_more_than_10_mb_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'a,b\n1,"' + (b"x" * 999_999 + b"\n") * 21 + b'"\n3,4\n')
    found = rows(path)
    assert str(found[0][-1]).startswith("line 2, column b: a quote is never closed")
    assert found[-1] == (24, "3", "4", None)


def test_a_large_file_is_read_the_same_fast_and_carefully(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    line = 'PO-{0},"Acme, Inc.","two\nlines ""{0}""",{1}\n'
    with path.open("w") as stream:
        stream.write("order,buyer,note,last\n")
        for i in range(400_000):
            stream.write(line.format(i, "" if i % 7 else i))
    fast = pl.concat(read(path))
    monkeypatch.setattr(csv_file, "_fast", lambda block, layout: None)
    assert fast.equals(pl.concat(read(path)))
    assert fast["__error"].null_count() == fast.height == 400_000
    assert fast["__line"].to_list() == list(range(2, 800_002, 2))


# --- JSON Lines: bad rows ---


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("not json", "line 2, character 1: the line is not valid JSON. Expecting value. Write one object on each line,"
         " as `jq -c '.[]'` does."),
        ('{"a":1', "line 2, character 7: the line is not valid JSON. Expecting ',' delimiter. Write one object on"
         " each line, as `jq -c '.[]'` does."),
        ('{"a":1} {"a":2}', "line 2, character 8: text stands behind the object. Write one object on each line, as"
         " `jq -c '.[]'` does."),
        ("[1]", "line 2: the line is not an object. Write one object on each line, as `jq -c '.[]'` does."),
        ('{"a":{"x":1}}', "line 2, key a: the value is an object. Give its parts as keys of their own."),
        ('{"a":[[1]]}', "line 2, key a: a list holds lists or objects. Give a plain value."),
        ('{"a":NaN}', "line 2: NaN is not a number. Write null where a number is not known."),
        ('{"a":-Infinity}', "line 2: -Infinity is not a number. Write null where a number is not known."),
        ('{"a":1,"a":2}', "line 2: the key 'a' stands twice. Remove one of them."),
        ('{"a":1," a":2}', "line 2: the key 'a' stands twice. Rename or remove it."),
        ('{"a":1,"":2}', "line 2: a key is no name. Rename or remove it."),
        ('{"a":"\\ud800"}', "line 2, key a: the text holds half a character (a lone surrogate). Write it whole."),
        ('{"\\ud800":1}', "line 2: a key is no name. Rename or remove it."),
        (b'{"a":"caf\xe9"}', "line 2: the line is not UTF-8 text. Save the file as UTF-8."),
        ("[" * 100_000, "line 2: the object is nested too deep. Give plain values."),
    ],
)  # fmt: skip
def test_a_bad_json_line_costs_only_itself(make: Make, line: str | bytes, why: str) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    path = make("a.jsonl", b'{"a":0}\n' + raw + b'\n{"a":3}\n')
    expected = [(1, "0", None), (2, None, why), (3, "3", None)]
    assert rows(path) == expected
    assert rows(path, rows=1) == expected


def test_json_values_as_text(make: Make) -> None:
    text = '{"a":4992,"b":4992.50,"c":true,"d":[1,"x",false],"e":"2024-06-01","f":1e3,"g":12345678901234567890123}\n'
    assert rows(make("a.jsonl", text)) == [
        (1, "4992", "4992.50", "yes", "1; x; no", "2024-06-01", "1e3", "12345678901234567890123", None)
    ]


def test_json_keys_that_come_late_are_columns_from_the_first_chunk_on(make: Make) -> None:
    path = make("a.jsonl", '{"a":1}\n{"b":2}\nbad\n{" c ":3}\n{"a":4}\n')
    chunks = list(read(path, rows=2))
    assert [chunk.columns for chunk in chunks] == [["a", "b", "c", "__line", "__error"]] * 3
    assert [row[:4] for row in rows(path, rows=2)] == [
        (1, "1", None, None), (2, None, "2", None), (3, None, None, None), (4, None, None, "3"), (5, "4", None, None),
    ]  # fmt: skip


# --- Excel ---


def test_excel_cells_as_a_person_sees_them(sheet: Callable[..., Path]) -> None:
    path = sheet(
        [None, None],
        ["n", " f", "t", "b", "d", "m", 7, None],
        [4992, 4992.5, "x", True, datetime.date(2024, 6, 1), MOMENT, 0.1 + 0.2],
        [],
        [4992.0, None, "", False, MIDNIGHT, None, 1e20],
    )
    assert [c for c in next(read(path)).columns if c[0] != "_"] == ["n", "f", "t", "b", "d", "m", "7"]
    assert rows(path) == [
        (3, "4992", "4992.5", "x", "yes", "2024-06-01", "2024-06-01T10:30:00", "0.3", None),
        (5, "4992", None, None, "no", "2024-06-01", None, "1e+20", None),
    ]


def test_formulas_and_errors_in_cells_are_told(sheet: Callable[..., Path]) -> None:
    path = sheet(["a", "b"], ["x", "=A2&1"], ["#N/A", "y"], ["z", "w", "extra"], ["g", "h"])
    assert rows(path) == [
        (2, "x", None, "cell B2 holds a formula; save the sheet with values."),
        (3, None, "y", "cell A3 holds the error #N/A; put the value there, or empty the cell."),
        (4, "z", "w", "row 4: cell C4 stands under no name of the header. Give its column a name, or empty it."),
        (5, "g", "h", None),
    ]


def test_one_sheet_must_be_meant(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active.append([1])
    book.create_sheet("Empty")
    hidden = book.create_sheet("Lists")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert rows(path) == [(2, "1", None)]
    book.create_sheet("More").append(["b"])
    book["More"].append([2])
    book.save(path)
    assert refusal(path) == (
        "a.xlsx: 2 sheets hold something: Sheet, More. Only one can be the orders."
        " Name the one that is meant, or save it as a workbook of its own."
    )
    assert rows(path, sheet="More") == [(2, "2", None)]
    assert refusal(path, sheet="Mor") == "a.xlsx: there is no sheet 'Mor'. It has Sheet, Empty, Lists, More."


# --- files that are refused ---


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", "", "a.csv: the file is empty. Give a file with a header and rows."),
        ("a.csv", "\n\n", "a.csv: the file holds only blank lines. Give a file with a header and rows."),
        ("a.csv", "a,b\n", "a.csv: the file has a header and no rows. Give at least one row."),
        ("a.csv", "a,b", "a.csv: the file has a header and no rows. Give at least one row."),
        ("a.csv", "\na,b,a \n1,2,3\n", "a.csv, line 2, column 3: the column name 'a' stands twice. "
         "It stands at a.csv, line 2, column 1 already. Rename or remove one of them."),
        ("a.csv", "a,,c\n1,2,3\n", "a.csv, line 1, column 2: a column has no name. "
         "Give every column a name in the header."),
        ("a.csv", "a,__b\n1,2\n", "a.csv, line 1, column 2: a column cannot be called '__b'. "
         "Names that begin with two underscores are kept for Licet. Rename it."),
        ("a.csv", b"a,caf\xe9\n1,2\n", "a.csv, line 1, column 2: the header is not UTF-8 text. "
         "Save the file as UTF-8."),
        ("a.csv", 'a,"b\n1,2\n', "a.csv, line 1, column 2: a quote is never closed. "
         "Close it, or double a quote that belongs to the text."),
        ("a.csv", "a,b\r1,2\r3,4\n", "a.csv, line 1: the lines of the file end with carriage returns alone. "
         "Save it with ordinary line ends."),
        ("a.csv", b"PK\x03\x04....", "a.csv: this is not a text file. It is a ZIP archive or an Excel workbook. "
         "Give it the extension of what it is, or save it as text."),
        ("a.csv", bytes(range(256)) * 9, "a.csv: this is not a text file. It holds zero bytes, as binary files and "
         "UTF-16 without a mark do. Save the file as UTF-8 text."),
        ("a.csv", "\ufeffa".encode("utf-32-le"), "a.csv: the file is written in UTF-32. Save the file as UTF-8 text."),
        ("a.csv", b"\xff\xfea\x00,", "a.csv, after line 1: the file is marked as UTF-16 and is not. Truncated data. "
         "Save the file as UTF-8 text."),
        ("a.csv.gz", b"a,b\n1,2\n", "a.csv.gz, after line 1: the file cannot be read to its end. "
         "Not a gzipped file (b'a,'). Get a whole copy of it."),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n" * 99, mtime=0)[:-9],
         "a.csv.gz, after line 1: the file cannot be read to its end."
         " Compressed file ended before the end-of-stream marker was reached. Get a whole copy of it."),
        ("a.jsonl", "", "a.jsonl: the file is empty. Give a file with a header and rows."),
        ("a.jsonl", " \n\n", "a.jsonl: the file holds only blank lines. Give one object on each line."),
        ("a.json", '[\n{"a":1}\n]\n', "a.json, line 1: this is not one object on each line. "
         "Write one object on each line, as `jq -c '.[]'` does."),
        ("a.json", '[{"a":1}]\n', "a.json, line 1: this is not one object on each line. "
         "Write one object on each line, as `jq -c '.[]'` does."),
        ("a.jsonl", '{"a":1}\n{"__line":1}\n', "a.jsonl, line 2: a key cannot be called '__line'. "
         "Names that begin with two underscores are kept for Licet. Rename it."),
        ("a.xls", b"", "a.xls: .xls is not a known kind of file. The known ones are "
         + ", ".join(known()) + ". Did you mean '.xlsx'?"),
        ("a", b"", "a: a name without extension is not a known kind of file. The known ones are "
         + ", ".join(known()) + ". Save it as .csv."),
        ("a.xlsx", b"\xd0\xcf\x11\xe0..", "a.xlsx: the file cannot be read as an Excel workbook. It is an old .xls, or"
         " protected by a password. Open it in a spreadsheet and save it as .xlsx, or as .csv."),
        ("a.xlsx", b"junk", "a.xlsx: the file cannot be read as an Excel workbook. File is not a zip file. "
         "Open it in a spreadsheet and save it as .xlsx, or as .csv."),
    ],
)  # fmt: skip
def test_files_that_are_refused(make: Make, name: str, content: str | bytes, why: str) -> None:
    assert refusal(make(name, content)) == why


def test_a_parquet_file_that_is_none_or_is_cut(make: Make) -> None:
    whole = io.BytesIO()
    pl.DataFrame({"a": range(1000)}).write_parquet(whole)
    for content in (b"", b"junk", whole.getvalue()[:-20], whole.getvalue()[:50] + bytes(99) + whole.getvalue()[149:]):
        assert refusal(make("a.parquet", content)).startswith("a.parquet: the file cannot be read as Parquet.")


def test_parquet_names_are_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"a": [1], "a ": [2]}).write_parquet(path)
    assert "a.parquet, column 2: the column name 'a' stands twice" in refusal(path)
    pl.DataFrame({"a": []}).write_parquet(path)
    assert refusal(path) == "a.parquet: the file has a header and no rows. Give at least one row."


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([], "a.xlsx, sheet Sheet: the sheet is empty. Give a sheet with a header and rows."),
        ([["a", "b"]], "a.xlsx: the file has a header and no rows. Give at least one row."),
        ([["a", None, "c"], [1, 2, 3]], "a.xlsx, sheet Sheet, cell B1: a column has no name. "
         "Give every column a name in the header."),
        ([["a", "=1"], [1, 2]], "a.xlsx, sheet Sheet, cell B1: the header cell holds a formula or an error. "
         "Save the sheet with values."),
        ([["a", "a"], [1, 2]], "a.xlsx, sheet Sheet, cell B1: the column name 'a' stands twice. "
         "It stands at a.xlsx, sheet Sheet, cell A1 already. Rename or remove one of them."),
    ],
)  # fmt: skip
def test_sheets_that_are_refused(sheet: Callable[..., Path], cells: list[list[object]], why: str) -> None:
    assert refusal(sheet(*cells, name="a.xlsx")) == why


def test_what_is_no_file(tmp_path: Path, make: Make) -> None:
    make("orders.csv", "a\n1\n")
    assert refusal(tmp_path / "order.csv") == "order.csv: there is no such file. Did you mean 'orders.csv'?"
    (tmp_path / "d.csv").mkdir()
    assert refusal(tmp_path / "d.csv") == "d.csv: this is a directory. Name one file in it."
    assert (
        refusal(tmp_path / "orders.csv", sheet="x")
        == "orders.csv: only Excel workbooks have sheets. Leave the sheet out."
    )


# --- writing ---

TABLE = pl.DataFrame(
    {
        "text": ["plain", '=1+1 "x", y; z', None, "+1", "-1", "@a", "#N/A", " _x0041_ \r\n\t\x07", "中国 😀"],
        "number": [1, 2, None, 4, 5, 6, 7, 8, 10**17],
        "float": [4992.0, 0.5, None, 1.25, 1e22, -1.0, 0.0, 1.0, 2.0],
        "flag": [True, False, None, True, True, True, True, True, True],
        "list": [["a", "b"], [], None, ["c"], [], [], [], [], []],
        "day": [datetime.date(2024, 6, 1)] * 8 + [None],
    },
    schema_overrides={"list": pl.List(pl.String)},
)
AS_TEXT = [
    ("plain", "1", "4992", "yes", "a; b", "2024-06-01"),
    ('=1+1 "x", y; z', "2", "0.5", "no", None, "2024-06-01"),
    (None, None, None, None, None, "2024-06-01"),
    ("+1", "4", "1.25", "yes", "c", "2024-06-01"),
    ("-1", "5", "1e+22", "yes", None, "2024-06-01"),
    ("@a", "6", "-1", "yes", None, "2024-06-01"),
    ("#N/A", "7", "0", "yes", None, "2024-06-01"),
    (" _x0041_ \r\n\t\x07", "8", "1", "yes", None, "2024-06-01"),
    ("中国 😀", "100000000000000000", "2", "yes", None, None),
]


def written(path: Path, *chunks: pl.DataFrame) -> Path:
    with Writer(path) as out:
        for chunk in chunks:
            out.write(chunk)
    return path


@pytest.mark.parametrize("extension", known())
def test_round_trips(tmp_path: Path, extension: str) -> None:
    path = written(tmp_path / f"out{extension}", TABLE[:4], TABLE[4:5], TABLE[5:])
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    frame = pl.concat(read(path, rows=5))
    assert frame["__error"].null_count() == frame.height
    back = frame.drop("__line", "__error")
    if extension == ".parquet":
        assert back.equals(TABLE)
        assert frame["__line"].to_list() == list(range(1, 10))
        return
    json = "js" in extension or "ndj" in extension
    floats = {"4992": "4992.0", "-1": "-1.0", "0": "0.0", "1": "1.0", "2": "2.0"} if json else {}
    expected = [
        (t, n, floats.get(f, f) if f else f, b, "" if json and x is None and f else x, d)
        for t, n, f, b, x, d in AS_TEXT
    ]
    assert back.rows() == expected


def test_a_formula_in_text_stays_text_in_excel(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", TABLE)
    cells = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells if cell.value is not None] == ["s"] * 8
    assert cells[1].value == '=1+1 "x", y; z'


def test_guarded_text_is_no_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with Writer(path, guard=True) as out:
        out.write(pl.DataFrame({"a": ["=1", "+1", "-1", "@x", "ok", None], "b": [1, 2, 3, 4, 5, 6]}))
    assert path.read_text() == "a,b\n'=1,1\n'+1,2\n'-1,3\n'@x,4\nok,5\n,6\n"


def crash(path: Path) -> None:
    with Writer(path) as out:
        out.write(TABLE)
        out.write(TABLE)
        raise ZeroDivisionError


def test_a_crash_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    for extension in known():
        path = tmp_path / f"out{extension}"
        path.write_text("old")
        with pytest.raises(ZeroDivisionError):
            crash(path)
        assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == len(known())


def test_a_file_given_up_takes_no_more(tmp_path: Path) -> None:
    out = Writer(tmp_path / "a.csv")
    out.write(TABLE)
    with pytest.raises(FileError, match="other columns than the first"):
        out.write(TABLE.drop("day"))
    with pytest.raises(FileError, match="given up"):
        out.write(TABLE)
    out.close()
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written(tmp_path: Path, make: Make) -> None:
    source = make("in.csv", "a\n1\n")
    (tmp_path / "link.csv").symlink_to(source)
    for path in (source, tmp_path / "link.csv", tmp_path / "." / "in.csv"):
        with pytest.raises(FileError, match="the file to write is the file to read"):
            Writer(path, source=source)
    with pytest.raises(FileError, match="there is no such folder"):
        Writer(tmp_path / "none" / "a.csv")
    with pytest.raises(FileError, match="is not a known kind of file"):
        Writer(tmp_path / "a.doc")
    (tmp_path / "d.csv").mkdir()
    with pytest.raises(FileError, match="this is a directory"):
        Writer(tmp_path / "d.csv")
    with pytest.raises(FileError, match="at most 32,767 characters"):
        written(tmp_path / "a.xlsx", pl.DataFrame({"a": ["x" * 32_768]}))
    with pytest.raises(FileError, match="at most 1,048,576 rows"):
        written(tmp_path / "a.xlsx", pl.DataFrame({"a": [0] * 1_048_576}))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d.csv", "in.csv", "link.csv"]


def test_writing_through_a_link_changes_the_file_behind_it(tmp_path: Path, make: Make) -> None:
    target = make("target.csv", "old")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    written(link, pl.DataFrame({"a": [1]}))
    assert link.is_symlink()
    assert target.read_text() == "a\n1\n"


def test_counts_for_a_progress_bar(tmp_path: Path) -> None:
    counts = {e: count(written(tmp_path / f"a{e}", TABLE.drop("text"))) for e in known()}
    assert counts == {e: None if e.endswith(".gz") else 9 for e in known()} | {".xlsx": counts[".xlsx"]}
    assert counts[".xlsx"] in {9, None}


# --- any table ---


def is_a_name(text: str) -> bool:
    return bool(text) and not text.startswith(("__", "\ufeff")) and not {"\0", "\r"} & set(text)


NAMES = st.lists(st.text(min_size=1, max_size=6).map(str.strip).filter(is_a_name), min_size=1, max_size=4, unique=True)
CELL = st.none() | st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
CELL |= st.text(alphabet="\",;\n\r\t| ='ab\ufeff", max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    names = draw(NAMES)
    height = draw(st.integers(1, 6))
    return pl.DataFrame(
        {name: draw(st.lists(CELL, min_size=height, max_size=height)) for name in names},
        schema=dict.fromkeys(names, pl.String),
    )


@given(tables(), st.sampled_from([".csv", ".tsv", ".txt", ".jsonl"]), st.integers(1, 7))
def test_any_table_of_short_texts_survives(
    tmp_path_factory: pytest.TempPathFactory, table: pl.DataFrame, extension: str, size: int
) -> None:
    path = tmp_path_factory.mktemp("any") / f"t{extension}"
    written(path, table)
    frame = pl.concat(read(path, rows=size))
    assert frame["__error"].null_count() == table.height
    if extension == ".jsonl":
        assert frame.drop("__line", "__error").equals(table)
        return
    assert frame.drop("__line", "__error").rows() == [tuple(value or None for value in row) for row in table.rows()]
    line = 1 + "".join(table.columns).count("\n")
    for number, row in zip(frame["__line"], table.rows(), strict=True):
        line += 1
        assert number == line
        line += sum((value or "").count("\n") for value in row)


LINES = st.lists(st.text(alphabet='",\nab \r', max_size=12).map(str.encode) | st.binary(max_size=6), max_size=8)


@given(LINES, st.sampled_from([16, 33, 1 << 23]), st.sampled_from([40, 10_000_000]))
def test_fast_and_careful_agree_on_anything(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], piece: int, longest: int
) -> None:
    path = tmp_path_factory.mktemp("junk") / "t.csv"
    path.write_bytes(b"a,b\n1,2\n" + b"\n".join(lines) + b"\n8,9\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_PIECE", piece)
        patch.setattr(text, "LONGEST", longest)
        patch.setattr(csv_file, "LONGEST", longest)
        if b"\0" in path.read_bytes()[: min(piece, 1 << 16)]:
            refusal(path)
            return
        found = rows(path)
        patch.setattr(csv_file, "_fast", lambda block, layout: None)
        assert found == rows(path)
    filled = [number for number, line in enumerate(path.read_bytes().split(b"\n"), 1) if line.strip()]
    starts = [row[0] for row in found]
    assert starts == sorted(set(starts))
    assert set(starts) <= set(filled)
    lost = set(filled[1:]) - set(starts)
    inside = {n for line, *v, error in found if not error for n in range(line + 1, line + 1 + str(v).count("\\n"))}
    assert lost <= inside  # every line is a row, or stands inside a value of one

"""CSV: values between separators, one record a line, a header on the first line that is not blank.

Every block of lines first goes to Polars' own reader, and what it gave is checked against the bytes: as many
records as lines, as many separators as the header asks for, quotes only where quotes belong. A block that shows
anything odd is read again record by record, so that one bad line costs only itself.

A record over several lines that turns out wrong loses only its first line; reading goes on with the next one, since
a stray quote would otherwise swallow good lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from licet.batch.table import ERROR, LINE, header, table, told
from licet.batch.text import LONGEST, Block, Output, Text
from licet.errors import FileError

_SEPARATORS = b",;\t|"
#: Polars drops a mark at the beginning of a block, and unpacks one that begins as gzip, zlib or zstd do.
_TAKEN_FOR_MORE = ("\ufeff".encode(), b"\x1f\x8b", b"x\x01", b"x^", b"x\x9c", b"x\xda", b"\x28\xb5\x2f\xfd")
#: How many bytes may be looked through in vain for the ends of quotes before only the near ones are looked for.
_PATIENCE, _NEAR = 1 << 30, 1 << 16

_UNCLOSED = "a quote is never closed"
_CLOSE = "close it, or double a quote that belongs to the text"
_DOUBLE = "double a quote that belongs to the text"
_SHORTEN = "look for a line end or a closing quote that is missing"


class _Layout:
    """How the records of one file are written, and how much patience is left for quotes that never close."""

    __slots__ = ("names", "patience", "plain", "quoted", "separator", "well_quoted")

    def __init__(self, separator: bytes) -> None:
        self.separator = separator
        self.names: tuple[str, ...] = ()
        self.patience = _PATIENCE
        self.quoted = re.compile(rb'"([^"]*+(?:""[^"]*+)*+)"')
        sign = re.escape(separator)
        self.plain = re.compile(rb"[^\n" + sign + rb"]*")
        #: Lines in which each quote opens a value at its beginning, closes it at its end, or is doubled inside it.
        self.well_quoted = re.compile(
            rb'(?:[^"]*+(?<![^\n' + sign + rb'])"[^"]*+(?:""[^"]*+)*+"(?=[\n' + sign + rb']|\r\n))*+[^"]*+'
        )


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a record cannot be read.

    Attributes:
        what: what is wrong.
        column: in which column, from 0.
        next: what to do about it.
        open: a quote is not closed in what was looked at; it may be closed behind it.
        looked: how many bytes were looked through in vain.
    """

    what: str
    column: int | None = None
    next: str = ""
    open: bool = False
    looked: int = 0


def read(path: Path) -> Iterator[pl.DataFrame]:
    """The records of a CSV file, block by block, all values as text and an empty one as null.

    Raises:
        FileError: the file has no usable header, or cannot be read to its end.
    """
    with Text(path) as text:
        layout = _begin(text)
        more = False
        while (block := text.block(more=more)) is not None:
            if block.overlong:
                yield _overlong(layout, block.line)
                text.skip_line()
                continue
            done = _fast(block, layout) or _careful(block, layout)
            more = not done.size
            text.take(done.size, done.lines)
            if done.frame.height:
                yield done.frame


@dataclass(frozen=True, slots=True)
class _Done:
    """What was read of a block: its records, and how many bytes and lines they took."""

    frame: pl.DataFrame
    size: int
    lines: int


# --- the header -------------------------------------------------------------------------------------------------


def _begin(text: Text) -> _Layout:
    """Read through the header: find the separator and the names."""
    hint = _first_line(text)
    if match := re.fullmatch(rb"sep=([^\w\s\"]|\t)", hint, re.IGNORECASE):  # Excel's own line for the separator
        _pass_line(text)
        hint = _first_line(text)
    separator = match[1] if match else _separator(text)
    layout = _Layout(separator)
    where = f"{text.path}, line {text.line}"
    fields, size = _header_record(text, layout, where)
    names = _decoded(fields)
    if isinstance(names, _Fault):
        raise FileError("the header is not UTF-8 text", where=f"{where}, column {(names.column or 0) + 1}",
                        next="save the file as UTF-8")  # fmt: skip
    if any("\r" in name for name in names):
        raise FileError("the lines of the file end with carriage returns alone", where=where,
                        next="save it with ordinary line ends")  # fmt: skip
    layout.names = header(names, [f"{where}, column {i}" for i in range(1, len(names) + 1)])
    text.take(size, _lines(text, size))
    return layout


def _first_line(text: Text) -> bytes:
    """The first line that is not blank, without its end."""
    while (block := text.block()) is not None:
        if block.overlong:
            break
        line = block.data[: block.data.index(b"\n")].removesuffix(b"\r")
        if line.strip():
            return line
        _pass_line(text)
    else:
        raise FileError("the file holds only blank lines", where=str(text.path),
                        next="give a file with a header and rows")  # fmt: skip
    raise FileError("the header is longer than 10 MB", where=f"{text.path}, line {text.line}",
                    next="give a file of ordinary lines")  # fmt: skip


def _pass_line(text: Text) -> None:
    block = text.block()
    assert block is not None
    text.take(block.data.index(b"\n") + 1, 1)


def _separator(text: Text) -> bytes:
    """The sign that stands most often in the header outside quotes; for .tsv, and a lone .txt column, the tab."""
    kinds = [suffix.lower() for suffix in text.path.suffixes[-2:]]
    block = text.block()
    assert block is not None
    bare = b"".join(block.data.split(b'"', 2000)[::2])  # the header's quotes and some more
    first = bare.partition(b"\n")[0]
    if ".tsv" in kinds or (".txt" in kinds and not any(sign in first for sign in _SEPARATORS)):
        return b"\t"
    return max((bytes([sign]) for sign in _SEPARATORS), key=first.count)


def _header_record(text: Text, layout: _Layout, where: str) -> tuple[list[bytes], int]:
    block = text.block()
    assert block is not None
    while True:
        record = _record(block.data, 0, layout)
        if not isinstance(record, _Fault):
            return record
        if not record.open or block.final or len(block.data) > LONGEST:
            raise FileError(record.what, where=f"{where}, column {(record.column or 0) + 1}",
                            next=record.next)  # fmt: skip
        block = text.block(more=True)
        assert block is not None


def _lines(text: Text, size: int) -> int:
    block = text.block()
    assert block is not None
    return block.data.count(b"\n", 0, size)


# --- the fast way -----------------------------------------------------------------------------------------------


def _fast(block: Block, layout: _Layout) -> _Done | None:
    """The block by way of Polars, or None when it shows anything odd."""
    data = block.data
    if len(data) > LONGEST or data.startswith(_TAKEN_FOR_MORE) or b"\0" in data:
        return None
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    quoted = b'"' in data
    if quoted:
        data = data[: _even(data)]
        if not data or not layout.well_quoted.fullmatch(data):
            return None
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            schema=dict.fromkeys(layout.names, pl.String),
            separator=layout.separator.decode(),
            quote_char='"' if quoted else None,
            glob=False,
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return None
    lines = data.count(b"\n")
    starts = _starts(frame, lines, quoted=quoted)
    if starts is None or not _full(frame, data, layout, quoted=quoted):
        return None
    if b'""' in data:
        frame = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    marks = [(starts + block.line).alias(LINE), pl.Series(ERROR, [None], pl.String).new_from_index(0, frame.height)]
    return _Done(frame.with_columns(marks), len(data), lines)


def _even(data: bytes) -> int:
    """Where the last record ends that a quote does not leave open, provided that quotes are used well."""
    if data.count(b'"') % 2 == 0:
        return len(data)
    return data.rfind(b"\n", 0, data.rfind(b'"')) + 1


def _starts(frame: pl.DataFrame, lines: int, *, quoted: bool) -> pl.Series | None:
    """On which line of its block each record begins, from 0; None when records and lines do not add up."""
    plain = pl.int_range(frame.height, dtype=pl.UInt64, eager=True)
    if frame.height == lines:
        return plain
    if not quoted:
        return None
    breaks = frame.select(
        pl.sum_horizontal(pl.all().fill_null("").str.count_matches("\n", literal=True).cast(pl.UInt64))
    ).to_series()
    if frame.height + breaks.sum() != lines:
        return None
    return plain + breaks.cum_sum() - breaks


def _full(frame: pl.DataFrame, data: bytes, layout: _Layout, *, quoted: bool) -> bool:
    """Whether every record has a value for the last column; Polars itself refuses one that has more."""
    if not frame.to_series(-1).null_count():
        return True
    if frame.width == 1:
        return False
    signs = data.count(layout.separator)
    if quoted:
        sign = layout.separator.decode()
        inside = frame.select(pl.all().str.count_matches(sign, literal=True).sum())
        signs -= sum(inside.row(0))
    return signs == frame.height * (frame.width - 1)


# --- the careful way --------------------------------------------------------------------------------------------


def _careful(block: Block, layout: _Layout) -> _Done:
    """The block record by record; stops before a record that may end behind the block."""
    data, position, line = block.data, 0, block.line
    rows: list[list[str | None]] = []
    lines: list[int] = []
    errors: list[str | None] = []
    empty: list[str | None] = [None] * len(layout.names)
    while position < len(data):
        end = data.index(b"\n", position)
        if _blank(data[position:end], layout):
            position, line = end + 1, line + 1
            continue
        found = _checked(data, position, end, layout)
        if isinstance(found, _Fault) and found.open and not (block.final or _hopeless(position, data)):
            break
        lines.append(line)
        if isinstance(found, _Fault):
            rows.append(empty)
            errors.append(_message(found, line, layout))
            position, line = end + 1, line + 1
            layout.patience -= found.looked
        else:
            values, size = found
            rows.append(values)
            errors.append(None)
            line += data.count(b"\n", position, position + size)
            position += size
    columns = [pl.Series(name, [row[i] for row in rows], dtype=pl.String) for i, name in enumerate(layout.names)]
    return _Done(table(columns, lines, errors), position, line - block.line)


def _hopeless(position: int, data: bytes) -> bool:
    """Whether the record at `position` is longer than any may be."""
    return len(data) - position > LONGEST


def _blank(line: bytes, layout: _Layout) -> bool:
    """Whether a line holds nothing; a line of spaces is a value where there is one column only."""
    if len(layout.names) == 1:
        return line in {b"", b"\r"}
    return not line.replace(layout.separator, b"x").strip()


def _checked(data: bytes, position: int, end: int, layout: _Layout) -> tuple[list[str | None], int] | _Fault:
    """The values of the record that begins at `position`, on the line up to `end`, and its size in bytes."""
    if end - position > LONGEST:
        return _Fault("the line is longer than 10 MB", next=_SHORTEN)
    line = data[position:end]
    if b'"' in line:
        record = _record(data, position, layout)
        if isinstance(record, _Fault):
            return record
        fields, size = record
    else:
        fields, size = line.removesuffix(b"\r").split(layout.separator), len(line) + 1
    if len(fields) != len(layout.names):
        return _ragged(len(fields), layout)
    values = _decoded(fields)
    if isinstance(values, _Fault):
        return values
    return [value or None for value in values], size


def _record(data: bytes, position: int, layout: _Layout) -> tuple[list[bytes], int] | _Fault:
    """The values of the record at `position`, quotes taken off, and its size in bytes."""
    start = position
    fields: list[bytes] = []
    reach = len(data) if layout.patience > 0 else min(len(data), start + _NEAR)
    while True:
        if data.startswith(b'"', position):
            match = layout.quoted.match(data, position, reach)
            if match is None or match.end() == reach:
                near = reach < len(data)
                return _Fault(_UNCLOSED, len(fields), _CLOSE, open=not near, looked=reach - position)
            value = match[1].replace(b'""', b'"')
        else:
            match = layout.plain.match(data, position)
            assert match is not None
            value = match[0]
        fields.append(value)
        position = match.end()
        if data.startswith(b"\r\n", position):
            position += 1
        if data.startswith(b"\n", position):
            if not match.re.groups:
                fields[-1] = value.removesuffix(b"\r")
            return fields, position + 1 - start
        if not data.startswith(layout.separator, position):
            return _Fault("text stands behind a closing quote", len(fields) - 1, _DOUBLE)
        position += 1


def _ragged(count: int, layout: _Layout) -> _Fault:
    sign = {b"\t": "a tab"}.get(layout.separator, layout.separator.decode())
    columns = f"{len(layout.names)} column{'s' if len(layout.names) > 1 else ''}"
    values = "1 value stands" if count == 1 else f"{count} values stand"
    column = min(count, len(layout.names) - 1)
    return _Fault(f"{values} where the header has {columns}", column,
                  f"write every value, an empty one too, and put a value that holds {sign} in quotes")  # fmt: skip


def _decoded(fields: Sequence[bytes]) -> list[str] | _Fault:
    """The text of each value, or why one is no text."""
    values = []
    for column, value in enumerate(fields):
        if b"\0" in value:
            return _Fault("the value holds a zero byte", column, "remove it")
        try:
            values.append(value.decode())
        except UnicodeDecodeError as error:
            return _Fault(f"the byte 0x{value[error.start]:02X} is not UTF-8", column, "save the file as UTF-8")
    return values


def _message(fault: _Fault, line: int, layout: _Layout) -> str:
    where = f"line {line}"
    if fault.column is not None:
        where += f", column {layout.names[min(fault.column, len(layout.names) - 1)]}"
    return told(fault.what, where=where, next=fault.next)


def _overlong(layout: _Layout, line: int) -> pl.DataFrame:
    columns = [pl.Series(name, [None], dtype=pl.String) for name in layout.names]
    return table(columns, [line], [told("the line is longer than 10 MB", where=f"line {line}", next=_SHORTEN)])


# --- writing ----------------------------------------------------------------------------------------------------


class Sink:
    """Writes frames as CSV: yes and no for booleans, ISO days, lists joined with ``"; "``, null as nothing.

    Args:
        path: the file to make.
        separator: one character.
        compress: whether to compress with gzip.
        guard: put an apostrophe before text that a spreadsheet would take for a formula.
    """

    def __init__(self, path: Path, *, separator: str, compress: bool, guard: bool) -> None:
        self._output = Output(path, compress=compress)
        self._separator, self._guard = separator, guard
        self._begun = False

    def write(self, frame: pl.DataFrame) -> None:
        if not self._begun:
            self._output.stream.write(self._header(frame.columns))
            self._begun = True
        plain = as_text(frame)
        if self._guard:
            plain = plain.select(_guarded(pl.nth(i)).alias(name) for i, name in enumerate(plain.columns))
        if plain.width == 1:
            plain = plain.fill_null("")  # written as "", since a blank line would be no row
        self._output.stream.write(plain.write_csv(include_header=False, separator=self._separator).encode())

    def close(self) -> None:
        self._output.close()

    def discard(self) -> None:
        """Close the unfinished file."""
        self._output.close()

    def _header(self, names: Sequence[str]) -> bytes:
        cells = ('"' + n.replace('"', '""') + '"' if re.search(r'[,;\t|"\r\n=]', n) else n for n in names)
        return (self._separator.join(cells) + "\n").encode()


def _guarded(column: pl.Expr) -> pl.Expr:
    return pl.when(column.str.contains(r"^[=+\-@\t\r]")).then(pl.lit("'") + column).otherwise(column)


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with every column as the text a person reads."""
    # by number, since pl.col takes the names "*" and "^...$" for patterns
    kinds = frame.schema.items()
    return frame.select(_shown(kind, pl.nth(i)).alias(name) for i, (name, kind) in enumerate(kinds))


def _shown(kind: pl.DataType, column: pl.Expr) -> pl.Expr:
    if isinstance(kind, (pl.List, pl.Array)):
        lists = column.arr.to_list() if isinstance(kind, pl.Array) else column
        return lists.list.eval(_shown(kind.inner, pl.element())).list.join("; ")  # type: ignore[arg-type]
    if isinstance(kind, pl.Struct):
        return column.struct.json_encode()
    if kind == pl.Boolean:
        return pl.when(column).then(pl.lit("yes")).when(~column).then(pl.lit("no"))
    if kind.is_float():
        return column.cast(pl.String).str.strip_suffix(".0")
    return column if kind == pl.String else column.cast(pl.String)

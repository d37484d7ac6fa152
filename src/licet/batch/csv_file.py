"""CSV: values between separators, one record a line, a header on the first line that is not blank.

Every block of lines first goes to Polars' own reader, and what it gave is checked against the bytes: as many
records as lines, as many separators as the header asks for, quotes only where quotes belong. A block that shows
anything odd is read again record by record, so that one bad line costs only itself.

A record over several lines that turns out wrong loses only its first line; reading goes on with the next one, since
a stray quote would otherwise swallow good lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from licet.batch.table import ERROR, LINE, header, table, told
from licet.batch.text import LONGEST, Block, Output, Text
from licet.errors import FileError

_SEPARATORS = b",;\t|"
_BOM = "\ufeff".encode()
_TRUE_FALSE = {"true": "yes", "false": "no"}
#: How many bytes may be looked through in vain for the ends of quotes before only the near ones are looked for.
_PATIENCE, _NEAR = 1 << 30, 1 << 16


@dataclass(slots=True)
class _Layout:
    """How the records of one file are written."""

    separator: bytes
    names: tuple[str, ...] = ()
    patience: int = _PATIENCE
    quoted: re.Pattern[bytes] = field(default=re.compile(rb'"([^"]*(?:""[^"]*)*)"'))

    @property
    def plain(self) -> re.Pattern[bytes]:
        """A value without quotes around it."""
        return re.compile(rb"[^\n" + re.escape(self.separator) + rb"]*")


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a record cannot be read. `open`: a quote is not closed in what was looked at."""

    what: str
    column: int = 0
    next: str = ""
    open: bool = False


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
    separator = match[1] if match else _separator(text.path, hint)
    layout = _Layout(separator)
    where = f"{text.path}, line {text.line}"
    fields, size = _header_record(text, layout, where)
    names = _decoded(fields)
    if isinstance(names, _Fault):
        raise FileError("the header is not UTF-8 text", where=f"{where}, column {names.column + 1}",
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


def _separator(path: Path, line: bytes) -> bytes:
    """Tab for .tsv; otherwise the sign that stands most often in `line` outside quotes."""
    if ".tsv" in [suffix.lower() for suffix in path.suffixes[-2:]]:
        return b"\t"
    bare = b"".join(line.split(b'"')[::2])
    return max((bytes([sign]) for sign in _SEPARATORS), key=bare.count)


def _header_record(text: Text, layout: _Layout, where: str) -> tuple[list[bytes], int]:
    block = text.block()
    assert block is not None
    while True:
        record = _record(block.data, 0, len(block.data), layout)
        if not isinstance(record, _Fault):
            return record
        if not record.open or block.final or len(block.data) > LONGEST:
            raise FileError(record.what, where=f"{where}, column {record.column + 1}", next=record.next)
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
    if len(data) > LONGEST + (LONGEST >> 1) or data.startswith(_BOM) or b"\0" in data:
        return None
    quoted = b'"' in data
    if quoted:
        data = data[: _even(data)]
        if not data or not _well_quoted(data, layout.separator):
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
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
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


def _well_quoted(data: bytes, separator: bytes) -> bool:
    """Whether each quote opens a value at its beginning, closes it at its end, or is doubled inside it."""
    parts = data.replace(b'""', b"\0").split(b'"')
    if len(parts) % 2 == 0:
        return False
    outside = parts[::2]
    before, after = (separator, b"\n"), (separator, b"\n", b"\r\n")
    ends = all(part.endswith(before) for part in outside[1:-1]) and outside[0].endswith((*before, b"\0"))[:0] == ()
    return ends and all(part.startswith(after) for part in outside[1:])

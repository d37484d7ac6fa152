"""Order files in and out: CSV, JSON Lines, Excel and Parquet, by the extension of the name.

`read` gives a file in chunks with two columns more than it has: `__line`, the line a row begins on, and `__error`,
why a row could not be read. Nothing is dropped silently: what cannot be read is a row with an error, and only blank
lines are passed over. `Writer` makes a file from chunks; it appears under its name when it is whole.

Text that begins with ``=``, ``+``, ``-`` or ``@`` is data and written as it is. In .xlsx it is stored as text and never
runs. A spreadsheet that opens a CSV file may take it for a formula: ``Writer(path, guard=True)`` puts an apostrophe
before it, which changes the data and is therefore not done unasked.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import polars as pl

from licet.batch import csv_file, excel, json_lines, parquet
from licet.batch.table import ERROR, LINE, numbered, rebatch
from licet.batch.text import count_lines
from licet.errors import FileError, did_you_mean

__all__ = ["ERROR", "LINE", "Writer", "count", "known", "numbered", "read"]

_CSV, _JSON, _EXCEL, _PARQUET = "csv", "json", "excel", "parquet"
_FORMATS = {
    ".csv": _CSV, ".tsv": _CSV, ".txt": _CSV, ".jsonl": _JSON, ".ndjson": _JSON, ".json": _JSON,
    ".parquet": _PARQUET, ".xlsx": _EXCEL,
}  # fmt: skip
#: Text files up to this size are counted for a progress bar.
_COUNTED = 1 << 30


def known() -> tuple[str, ...]:
    """The extensions that can be read and written; those of text files also with ``.gz`` behind them."""
    text = [extension for extension, form in _FORMATS.items() if form in {_CSV, _JSON}]
    return (*_FORMATS, *(f"{extension}.gz" for extension in text))


def read(path: str | Path, *, rows: int = 1_000_000, sheet: str | None = None) -> Iterator[pl.DataFrame]:
    """The rows of a file in its order, in chunks of `rows`.

    Columns keep their names, surrounding spaces taken off. All values of CSV, Excel and JSON Lines are text; those of
    Parquet keep their types. In CSV an empty value is null. The first chunk is read at once, so that a file that
    cannot be read fails here.

    Args:
        path: a file with one of the `known` extensions.
        rows: rows in a chunk; this bounds the memory used.
        sheet: for Excel, the title of the sheet; needed when more than one holds anything.

    Raises:
        FileError: the file is missing, empty, of another kind than its name says, or without a usable header.
    """
    if rows < 1:
        raise ValueError(f"rows must be at least 1, not {rows}")
    path = Path(path)
    form, _ = _format(path)
    _must_be_a_file(path)
    if sheet is not None and form != _EXCEL:
        raise FileError("only Excel workbooks have sheets", where=str(path), next="leave the sheet out")
    chunks = _chunks(path, form, rows, sheet)
    first = next(chunks, None)
    if first is None:
        raise FileError("the file has a header and no rows", where=str(path), next="give at least one row")
    return _joined(first, chunks)


def count(path: str | Path) -> int | None:
    """About how many rows the file has, for a progress bar; None when that is not cheap to say.

    Blank lines and line breaks inside values count too, so it may be a little more than `read` gives.

    Raises:
        FileError: the file is missing or of another kind than its name says.
    """
    path = Path(path)
    form, compressed = _format(path)
    _must_be_a_file(path)
    if form == _PARQUET:
        return parquet.count(path)
    if form == _EXCEL:
        return excel.count(path)
    if compressed or path.stat().st_size > _COUNTED:
        return None
    return max(count_lines(path) - (form == _CSV), 0)


def _chunks(path: Path, form: str, rows: int, sheet: str | None) -> Iterator[pl.DataFrame]:
    if form == _PARQUET:
        return parquet.read(path, rows)
    if form == _JSON:
        return json_lines.read(path, rows)
    return rebatch(excel.read(path, sheet) if form == _EXCEL else csv_file.read(path), rows)


def _joined(first: pl.DataFrame, rest: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    yield first
    del first
    yield from rest


def _format(path: Path) -> tuple[str, bool]:
    """The format that the name of `path` says, and whether it is compressed."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    compressed = suffixes[-1:] == [".gz"]
    extension = "".join(suffixes[-2:] if compressed else suffixes[-1:])
    if extension not in known():
        hint = did_you_mean(extension, known()) or "save it as .csv"
        raise FileError(f"{extension or 'a name without extension'} is not a known kind of file", where=str(path),
                        why=f"the known ones are {', '.join(known())}", next=hint)  # fmt: skip
    return _FORMATS[extension.removesuffix(".gz")], compressed


def _must_be_a_file(path: Path) -> None:
    if path.is_dir():
        raise FileError("this is a directory", where=str(path), next="name one file in it")
    if not path.exists():
        siblings = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        raise FileError("there is no such file", where=str(path), next=did_you_mean(path.name, siblings))
    if not path.is_file():
        raise FileError("this is not an ordinary file", where=str(path), next="save it as a file first")
    if not os.access(path, os.R_OK):
        raise FileError("the file may not be read", where=str(path), next="ask its owner for the right to read it")


class _Sink(Protocol):
    def write(self, frame: pl.DataFrame) -> None: ...

    def close(self) -> None: ...

    def discard(self) -> None: ...


class Writer:
    """A file made from chunks with the same columns.

        with Writer("answers.csv", source="orders.csv") as out:
            for chunk in read("orders.csv"):
                out.write(chunk)

    The file is made beside its place and put there at the end; when anything fails, what stood there before stays.
    CSV and Excel have lists joined with ``"; "`` and booleans as yes and no; JSON Lines and Parquet keep them.
    Without any chunk no file is made.

    Args:
        path: the file to make; its extension says the format.
        source: the file that is being read, which is never overwritten.
        guard: for CSV, put an apostrophe before text that a spreadsheet would take for a formula.

    Raises:
        FileError: the extension is not known, the folder is missing, or the file is `source` itself.
    """

    def __init__(self, path: str | Path, *, source: str | Path | None = None, guard: bool = False) -> None:
        self.path = Path(path)
        self._form, self._compressed = _format(self.path)
        self._place = _place(self.path, source)
        self._guard = guard
        self._temporary = self._place.with_name(f".{self._place.name}.{secrets.token_hex(4)}.part")
        self._sink: _Sink | None = None
        self._schema: pl.Schema | None = None
        self._given_up = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def write(self, frame: pl.DataFrame) -> None:
        """Add the rows of `frame`.

        Raises:
            FileError: its columns are not those of the first chunk, or the file cannot be written.
        """
        with self._guarded():
            if self._given_up:
                raise FileError("the file was given up after an error", where=str(self.path), next="begin again")
            if self._sink is None:
                self._sink, self._schema = self._made(), frame.schema
            if frame.schema != self._schema:
                raise FileError("a chunk has other columns than the first one", where=str(self.path),
                                why=f"{_shown(frame.schema)} instead of {_shown(self._schema)}")  # fmt: skip
            self._sink.write(frame)

    def write_all(self, frames: Iterator[pl.DataFrame]) -> None:
        """Add the rows of all `frames`, which have the same columns; for Parquet in one pass.

        Raises:
            FileError: the file cannot be written.
        """
        first = next(frames, None) if self._form == _PARQUET and self._sink is None else None
        if first is None:
            for frame in frames:
                self.write(frame)
            return
        with self._guarded():
            self._schema = first.schema
            self._sink = stream = parquet.Stream(self._temporary, itertools.chain([first], frames), first.schema)
            stream.run()

    def close(self) -> None:
        """Finish the file and put it in its place.

        Raises:
            FileError: the file cannot be written.
        """
        if self._sink is None:
            return
        with self._guarded():
            self._sink.close()
            if self._place.exists():
                shutil.copymode(self._place, self._temporary)
            self._temporary.replace(self._place)
            self._sink = None

    def discard(self) -> None:
        """Give up; what stood in the place of the file stays as it was."""
        sink, self._sink, self._given_up = self._sink, None, True
        if sink is not None:
            with contextlib.suppress(OSError):
                sink.discard()
            self._temporary.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Clean up after any failure, and tell those of the disk and of Polars as a FileError."""
        try:
            yield
        except BaseException as error:
            self.discard()
            if isinstance(error, FileError) or not isinstance(error, (OSError, pl.exceptions.PolarsError)):
                raise
            reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
            raise FileError("the file cannot be written", where=str(self.path), why=reason) from error

    def _made(self) -> _Sink:
        if self._form == _CSV:
            separator = "," if ".csv" in self.path.name.lower() else "\t"
            return csv_file.Sink(self._temporary, separator=separator, compress=self._compressed, guard=self._guard)
        if self._form == _JSON:
            return json_lines.Sink(self._temporary, compress=self._compressed)
        return excel.Sink(self._temporary) if self._form == _EXCEL else parquet.Sink(self._temporary)


def _place(path: Path, source: str | Path | None) -> Path:
    """Where the file goes, links followed."""
    place = path.resolve()
    if source is not None and Path(source).exists() and place.exists() and place.samefile(source):
        raise FileError("the file to write is the file to read", where=str(path), next="choose another name")
    if place.is_dir():
        raise FileError("this is a directory", where=str(path), next="name a file in it")
    if not place.parent.is_dir():
        raise FileError("there is no such folder", where=str(path.parent), next="make it first")
    return place


def _shown(schema: pl.Schema | None) -> str:
    return ", ".join(f"{name} ({kind})" for name, kind in (schema or {}).items())

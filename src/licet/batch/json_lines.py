"""JSON Lines: one object on each line, its keys the columns.

Values are given as text, numbers with the very digits of the file. The columns are the keys of all objects in the
order in which they come up, so a file of more rows than one chunk is looked through for keys before the first chunk
is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import polars as pl

from licet.batch.table import ERROR, LINE, RESERVED, rebatch, table, told
from licet.batch.text import Block, Output, Text
from licet.errors import FileError

_UTF8 = "save the file as UTF-8"
_ONE_A_LINE = "write one object on each line, as `jq -c '.[]'` does"


class _Refused(ValueError):
    """JSON as such, but nothing an order can hold; `next` says what to do about it."""

    def __init__(self, what: str, next: str) -> None:
        super().__init__(what)
        self.next = next


def read(path: Path, rows: int) -> Iterator[pl.DataFrame]:
    """The objects of a JSON Lines file in chunks of `rows`.

    Raises:
        FileError: the file is not JSON Lines, a key cannot be a column, or the file cannot be read to its end.
    """
    reader = _Reader(path)
    frames = rebatch(reader.frames(), rows)
    first = next(frames, None)
    if first is None:
        raise FileError("the file holds only blank lines", where=str(path), next="give one object on each line")
    if first.height == rows:
        reader.look_for_keys()
    yield reader.widened(first)
    for frame in frames:
        yield reader.widened(frame)


class _Reader:
    """One JSON Lines file and the keys met in it so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keys: dict[str, None] = {}
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=_no_constant
        )

    def frames(self) -> Iterator[pl.DataFrame]:
        """The rows block by block, each with the columns known by then."""
        with Text(self.path) as text:
            for block in _blocks(text):
                if block.overlong:
                    yield table([], [block.line], [_overlong(block.line)])
                    continue
                rows, lines, errors = [], [], []
                for line, row, error in self._rows(block):
                    rows.append(row)
                    lines.append(line)
                    errors.append(error)
                if rows:
                    yield table([self._column(key, rows, lines, errors) for key in self.keys], lines, errors)

    def look_for_keys(self) -> None:
        """Go through the whole file for keys that only later objects have."""
        with Text(self.path) as text:
            for block in _blocks(text):
                names = _quick_keys(block.data)
                if names is None or any(n != n.strip() or not n or n.startswith("__") for n in names):
                    for _ in self._rows(block):
                        pass
                else:
                    self.keys.update(dict.fromkeys(names))

    def widened(self, frame: pl.DataFrame) -> pl.DataFrame:
        """`frame` with all columns of the file, in their order, `__line` and `__error` last."""
        have, none = set(frame.columns), pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
        columns = [frame.get_column(key) if key in have else none.alias(key) for key in self.keys]
        return pl.DataFrame([*columns, frame.get_column(LINE), frame.get_column(ERROR)])

    def _rows(self, block: Block) -> Iterator[tuple[int, dict[str, Any], str | None]]:
        """Each line that is not blank: its number, its object, and why it is none."""
        for number, line in enumerate(_texts(block.data), block.line):
            if isinstance(line, str):
                text = line.strip(" \t\r")
                if text:
                    yield number, *self._row(text, number)
            else:
                yield number, {}, told("the line is not UTF-8 text", where=f"line {number}", next=_UTF8)

    def _row(self, text: str, number: int) -> tuple[dict[str, Any], str | None]:
        where = f"line {number}"
        try:
            value, end = self._decoder.raw_decode(text)
        except json.JSONDecodeError as error:
            self._refuse_layout(text, number)
            return {}, told("the line is not valid JSON", where=f"{where}, character {error.pos + 1}",
                            why=error.msg, next=_ONE_A_LINE)  # fmt: skip
        except _Refused as error:
            return {}, told(str(error), where=where, next=error.next)
        except RecursionError:
            return {}, told("the object is nested too deep", where=where, next="give plain values")
        if end != len(text):
            return {}, told("text stands behind the object", where=f"{where}, character {end + 1}", next=_ONE_A_LINE)
        if not isinstance(value, dict):
            self._refuse_layout(text, number)
            return {}, told("the line is not an object", where=where, next=_ONE_A_LINE)
        return value, None if value.keys() <= self.keys.keys() else self._learn(value, number)

    def _refuse_layout(self, text: str, number: int) -> None:
        """Raise FileError for a file that is one array or one object over many lines."""
        if number == 1 and (text in {"[", "{"} or text.startswith("[{")):
            raise FileError("this is not one object on each line", where=f"{self.path}, line 1", next=_ONE_A_LINE)

    def _learn(self, row: dict[str, Any], number: int) -> str | None:
        """Take the new keys of `row` in, stripped as column names are; gives the error if that cannot be."""
        for raw in [key for key in row if key not in self.keys]:
            key, where = raw.strip(), f"line {number}"
            if key.startswith("__"):
                raise FileError(f"a key cannot be called {key!r}", where=f"{self.path}, {where}", why=RESERVED,
                                next="rename it")  # fmt: skip
            if not key or not _encodable(key) or (key != raw and key in row):
                row.clear()
                what = f"the key {key!r} stands twice" if key and _encodable(key) else "a key is no name"
                return told(what, where=where, next="rename or remove it")
            row[key] = row.pop(raw)
            self.keys[key] = None
        return None

    def _column(
        self, key: str, rows: Sequence[dict[str, Any]], lines: Sequence[int], errors: list[str | None]
    ) -> pl.Series:
        """The values of `key`; what cannot be a value becomes null and an error of its row."""
        values = [row.get(key) for row in rows]
        try:
            return pl.Series(key, values, dtype=pl.String, strict=True)
        except (TypeError, ValueError, pl.exceptions.PolarsError):
            pass
        for i, value in enumerate(values):
            try:
                values[i] = _text(value)
            except _Refused as error:
                values[i] = None
                errors[i] = errors[i] or told(str(error), where=f"line {lines[i]}, key {key}", next=error.next)
        return pl.Series(key, values, dtype=pl.String)


def _blocks(text: Text) -> Iterator[Block]:
    """All blocks of the file, those for lines too long among them, each taken when the next is asked for."""
    while (block := text.block()) is not None:
        yield block
        if block.overlong:
            text.skip_line()
        else:
            text.take(len(block.data), block.data.count(b"\n"))


def _texts(data: bytes) -> Iterator[str | None]:
    """The lines of `data`; None for one that is not UTF-8."""
    try:
        yield from data.decode().split("\n")[:-1]
    except UnicodeDecodeError:
        for line in data.split(b"\n")[:-1]:
            try:
                yield line.decode()
            except UnicodeDecodeError:
                yield None


def _quick_keys(data: bytes) -> list[str] | None:
    """The keys of all objects by way of Polars, or None when it may not see what is there."""
    if b"\\u" in data:  # Polars makes a zero byte of half a surrogate pair
        return None
    try:
        return pl.read_ndjson(data, infer_schema_length=None).columns
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise _Refused(f"the key {twice!r} stands twice", "remove one of them")
    return made


def _no_constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is not a number", "write null where a number is not known")


def _text(value: object) -> str | None:
    """`value` as the text a person reads."""
    if value is None or isinstance(value, bool):
        return None if value is None else "yes" if value else "no"
    if isinstance(value, str):
        if not _encodable(value):
            raise _Refused("the text holds half a character (a lone surrogate)", "write it whole")
        return value
    if isinstance(value, list):
        if any(isinstance(part, (list, dict)) for part in value):
            raise _Refused("a list holds lists or objects", "give a plain value")
        return "; ".join(_text(part) or "" for part in value)
    raise _Refused("the value is an object", "give its parts as keys of their own")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _overlong(line: int) -> str:
    return told("the line is longer than 10 MB", where=f"line {line}", next=_ONE_A_LINE)


class Sink:
    """Writes frames as JSON Lines: numbers, lists and null as JSON has them, dates as ISO text."""

    def __init__(self, path: Path, *, compress: bool) -> None:
        self._output = Output(path, compress=compress)

    def write(self, frame: pl.DataFrame) -> None:
        self._output.stream.write(frame.write_ndjson().encode())

    def close(self) -> None:
        self._output.close()

    def discard(self) -> None:
        """Close the unfinished file."""
        self._output.close()

"""Parquet: columns with types of their own, read and written a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from licet.batch.table import ERROR, LINE, header
from licet.errors import FileError

#: Rows read at once at the least, since a row group is decoded from its beginning.
_STEP = 100_000
#: Rows in a row group of a file that is poured.
_GROUP = 1_000_000


def read(path: Path, rows: int) -> Iterator[pl.DataFrame]:
    """The rows of a Parquet file in chunks of `rows`, with their own types.

    Raises:
        FileError: the file is not Parquet, or is damaged.
    """
    frame, height = _scan(path)
    names = frame.collect_schema().names()
    places = [f"{path}, column {i}" for i in range(1, len(names) + 1)]
    columns = list(header(names, places))
    step = -(-_STEP // rows) * rows
    for start in range(0, height, step):
        part = _collected(frame.slice(start, step), path)
        part.columns = columns
        lines = pl.int_range(start + 1, start + 1 + part.height, dtype=pl.UInt64, eager=True).alias(LINE)
        whole = part.with_columns(lines, pl.lit(None, pl.String).alias(ERROR))
        yield from (whole.slice(at, rows) for at in range(0, whole.height, rows))


def count(path: Path) -> int:
    """How many rows the file says it has.

    Raises:
        FileError: the file is not Parquet, or is damaged.
    """
    return _scan(path)[1]


def _scan(path: Path) -> tuple[pl.LazyFrame, int]:
    frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    return frame, int(_collected(frame.select(pl.len()), path).item())


def _collected(frame: pl.LazyFrame, path: Path) -> pl.DataFrame:
    try:
        return frame.collect(engine="streaming")
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise FileError("the file cannot be read as Parquet", where=str(path), why=str(error).splitlines()[0],
                        next="get a whole copy of it, or give it the extension of what it is") from error  # fmt: skip


class Sink:
    """Writes each frame as a part of its own beside the file, and all parts as one file at the end.

    Polars cannot add to a Parquet file, and this way no more than one frame is ever held. One part alone is the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parts: list[Path] = []

    def write(self, frame: pl.DataFrame) -> None:
        part = self._path.with_name(f"{self._path.name}.{len(self._parts)}")
        self._parts.append(part)
        frame.write_parquet(part)

    def close(self) -> None:
        if len(self._parts) == 1:
            self._parts.pop().rename(self._path)
            return
        pl.scan_parquet(self._parts, glob=False).sink_parquet(self._path)
        self.discard()

    def discard(self) -> None:
        """Remove the parts."""
        while self._parts:
            self._parts.pop().unlink(missing_ok=True)


class Stream:
    """A file made in one pass from frames as they come, one held at a time."""

    def __init__(self, path: Path, frames: Iterator[pl.DataFrame], schema: pl.Schema) -> None:
        self._path, self._frames, self._schema = path, frames, schema

    def run(self) -> None:
        """Take all frames and write them."""

        def source(
            with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
        ) -> Iterator[pl.DataFrame]:
            yield from self._frames

        made = register_io_source(source, schema=self._schema, validate_schema=True)
        made.sink_parquet(self._path, row_group_size=_GROUP)

    def write(self, frame: pl.DataFrame) -> None:
        """Refused: the file is whole."""
        raise FileError("the file was written in one pass", where=str(self._path))

    def close(self) -> None:
        """Nothing is left to do."""

    def discard(self) -> None:
        """Nothing is kept beside the file."""

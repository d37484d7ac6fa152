"""What every reader of an order file gives: the file's own columns, a line number and an error for each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from licet.errors import FileError, QuestionError

#: The column with the 1-based number of the line (Excel: of the row) a row begins on.
LINE = "__line"
#: The column with the reason why a row could not be read; null when it was read well.
ERROR = "__error"
#: Why a column cannot have a name like those two.
RESERVED = "names that begin with two underscores are kept for Licet"


def told(what: str, *, where: str, why: str = "", next: str = "") -> str:
    """The text of `ERROR`: what is wrong, where, why, and what to do next."""
    return str(QuestionError(what, where=where, why=why, next=next))


def header(names: Iterable[str], places: Sequence[str]) -> tuple[str, ...]:
    """The column names, stripped of surrounding spaces.

    Args:
        names: the names as the file has them.
        places: where each stands, for a person: ``orders.csv, line 1, column 3``.

    Raises:
        FileError: a name is empty, stands twice, or begins with two underscores.
    """
    seen: dict[str, str] = {}
    for raw, place in zip(names, places, strict=True):
        name = raw.strip()
        if not name:
            raise FileError("a column has no name", where=place, next="give every column a name in the header")
        if name in seen:
            raise FileError(f"the column name {name!r} stands twice", where=place,
                            why=f"it stands at {seen[name]} already", next="rename or remove one of them")  # fmt: skip
        if name.startswith("__"):
            raise FileError(f"a column cannot be called {name!r}", where=place, why=RESERVED, next="rename it")
        seen[name] = place
    return tuple(seen)


def table(columns: Sequence[pl.Series], lines: Sequence[int], errors: Sequence[str | None]) -> pl.DataFrame:
    """One frame of `columns` with `LINE` and `ERROR` behind them."""
    marks = [pl.Series(LINE, lines, dtype=pl.UInt64), pl.Series(ERROR, errors, dtype=pl.String)]
    return pl.DataFrame([*columns, *marks])


def rebatch(frames: Iterable[pl.DataFrame], rows: int) -> Iterator[pl.DataFrame]:
    """The same rows in the same order, in frames of exactly `rows` (the last one may be shorter).

    A frame that lacks a column of another one gets it, all null.
    """
    held: list[pl.DataFrame] = []
    height = 0
    for frame in frames:
        held.append(frame)
        height += frame.height
        if height >= rows:
            whole = pl.concat(held, how="diagonal")
            full = height - height % rows
            yield from (whole.slice(start, rows) for start in range(0, full, rows))
            held = [whole.slice(full)]
            height -= full
    if height:
        yield pl.concat(held, how="diagonal")


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with the two columns that a reader adds: rows are numbered from 1, and all were read well."""
    rows = pl.int_range(1, frame.height + 1, dtype=pl.UInt64, eager=True)
    return frame.with_columns(rows.alias(LINE), pl.lit(None, pl.String).alias(ERROR))

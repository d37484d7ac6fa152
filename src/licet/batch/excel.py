"""Excel workbooks (.xlsx): one sheet, a header in its first row that is not empty, one row for each order.

Only values are read. A cell with a formula makes its row an error, since what a formula shows was worked out when
the workbook was saved, if at all, and may differ from what its author sees.
"""

from __future__ import annotations

import datetime
import itertools
import re
import warnings
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import polars as pl
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from licet.batch.csv_file import as_text
from licet.batch.table import header, table, told
from licet.errors import FileError

_ROWS, _COLUMNS, _CHARACTERS = 1_048_576, 16_384, 32_767
_BATCH = 10_000
_VALUES = "save the sheet with values"

# What XML cannot hold, or would change, is written _xHHHH_, as Excel itself does.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def read(path: Path, sheet: str | None = None) -> Iterator[pl.DataFrame]:
    """The rows of a sheet in small frames, all values as text; rows without any value are skipped.

    Raises:
        FileError: the file is no workbook, it is not clear which sheet is meant, or its header cannot be used.
    """
    with _workbook(path) as book:
        with _quiet():
            title, rows = _sheet(book, path, sheet)
        with closing(rows):
            yield from _frames(rows, f"{path}, sheet {title}")


def _frames(rows: Iterable[Sequence[Any]], where: str) -> Iterator[pl.DataFrame]:
    numbered = ((number, row) for number, row in enumerate(rows, 1) if _filled(row))
    names: Sequence[str] = ()
    while batch := _taken(numbered):
        if not names:
            names = _header(*batch.pop(0), where)
        if batch:
            yield _frame(batch, names)
    if not names:
        raise FileError("the sheet is empty", where=where, next="give a sheet with a header and rows")


def _taken(rows: Iterator[tuple[int, Sequence[Any]]]) -> list[tuple[int, Sequence[Any]]]:
    with _quiet():
        return list(itertools.islice(rows, _BATCH))


def count(path: Path) -> int | None:
    """How many rows the sheet says it has below its header; None when it does not say."""
    with _workbook(path) as book:
        heights: list[int | None] = [sheet.max_row for sheet in book.worksheets if sheet.sheet_state == "visible"]
        height = heights[0] if len(heights) == 1 else None
        return height - 1 if height else None


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """The workbook, closed at the end; what goes wrong inside it becomes a FileError."""
    book = None
    try:
        with _quiet():
            book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        yield book
    except FileError:
        raise
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, OSError,
            EOFError, IndexError, AttributeError) as error:  # fmt: skip
        raise FileError("the file cannot be read as an Excel workbook", where=str(path), why=_why(path, error),
                        next="open it in a spreadsheet and save it as .xlsx, or as .csv") from error  # fmt: skip
    finally:
        if book is not None:
            book.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without openpyxl's warnings about extensions and styles, which do not matter here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _why(path: Path, error: Exception) -> str:
    with path.open("rb") as stream:
        if stream.read(4) == b"\xd0\xcf\x11\xe0":
            return "it is an old .xls, or protected by a password"
    return str(error) or type(error).__name__


def _sheet(book: Any, path: Path, wanted: str | None) -> tuple[str, Generator[Sequence[Any], None, None]]:
    """The title and the rows of the sheet `wanted`, or of the only visible one that holds anything."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if wanted is not None and wanted not in sheets:
        raise FileError(f"there is no sheet {wanted!r}", where=str(path), next=f"it has {', '.join(sheets)}")
    for sheet in sheets.values():
        sheet.reset_dimensions()  # what a sheet says about its own size need not be true
    shown = [sheet for sheet in sheets.values() if sheet.sheet_state == "visible"]
    if wanted is None and len(shown) > 1:
        shown = [sheet for sheet in shown if any(_filled(row) for row in sheet.iter_rows())] or shown[:1]
        if len(shown) > 1:
            raise FileError(f"{len(shown)} sheets hold something: {', '.join(sheet.title for sheet in shown)}",
                            where=str(path), why="only one can be the orders",
                            next="name the one that is meant, or save it as a workbook of its own")  # fmt: skip
    if wanted is None and not shown:
        raise FileError("the workbook has no sheet that is shown", where=str(path), next="unhide the sheet")
    chosen = shown[0] if wanted is None else sheets[wanted]
    return chosen.title, chosen.iter_rows()


def _filled(row: Sequence[Any]) -> bool:
    return any(cell.value not in (None, "") for cell in row)


def _header(number: int, row: Sequence[Any], where: str) -> tuple[str, ...]:
    """The names in the first row, without the empty cells behind the last of them."""
    cells = list(row)
    while cells[-1].value in (None, ""):
        cells.pop()
    names, places = [], []
    for column, cell in enumerate(cells, 1):
        places.append(f"{where}, cell {get_column_letter(column)}{number}")
        if cell.data_type in {"f", "e"}:
            raise FileError("the header cell holds a formula or an error", where=places[-1], next=_VALUES)
        names.append(_text(cell.value) or "")
    return header(names, places)


def _frame(batch: Sequence[tuple[int, Sequence[Any]]], names: Sequence[str]) -> pl.DataFrame:
    columns: list[list[str | None]] = [[] for _ in names]
    errors = [_read_row(number, row, columns) for number, row in batch]
    series = [pl.Series(name, values, dtype=pl.String) for name, values in zip(names, columns, strict=True)]
    return table(series, [number for number, _ in batch], errors)


def _read_row(number: int, row: Sequence[Any], columns: Sequence[list[str | None]]) -> str | None:
    """Add the cells of `row` to `columns`; gives the first error."""
    error = None
    for i, column in enumerate(columns):
        cell = row[i] if i < len(row) else None
        if cell is None or cell.value is None:
            column.append(None)
        elif cell.data_type in {"f", "e"}:
            column.append(None)
            error = error or _cell_error(cell, f"{get_column_letter(i + 1)}{number}")
        else:
            column.append(_text(cell.value))
    for i in range(len(columns), len(row)):
        if row[i].value not in (None, ""):
            place = f"{get_column_letter(i + 1)}{number}"
            return error or told(f"cell {place} stands under no name of the header", where=f"row {number}",
                                 next="give its column a name, or empty it")  # fmt: skip
    return error


def _cell_error(cell: Any, place: str) -> str:
    if cell.data_type == "f":
        return f"cell {place} holds a formula; {_VALUES}."
    return f"cell {place} holds the error {cell.value}; put the value there, or empty the cell."


def _text(value: object) -> str | None:
    """`value` as the text a person sees in the sheet, dates and moments in ISO form."""
    if isinstance(value, str):
        if "_x" in value:
            value = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
        return value or None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return None if value is None else str(value)


class Sink:
    """Writes frames as one sheet called Sheet. Text stays text, also where it looks like a formula.

    Lists are joined with ``"; "``, booleans are yes and no, numbers of more than 15 digits are written as text.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._book = Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet("Sheet")
        self._height = 0

    def write(self, frame: pl.DataFrame) -> None:
        if not self._height:
            if frame.width > _COLUMNS:
                raise FileError(f"a sheet holds at most {_COLUMNS:,} columns", where=str(self._path), next=_ELSE)
            self._append(frame.columns, frame.columns)
        if self._height + frame.height > _ROWS:
            raise FileError(f"a sheet holds at most {_ROWS:,} rows", where=str(self._path), next=_ELSE)
        kept = [name for name, kind in frame.schema.items() if kind.is_numeric() or kind == pl.Date]
        for row in as_text(frame).with_columns(frame[name] for name in kept).iter_rows():
            self._append(row, frame.columns)

    def close(self) -> None:
        self._book.save(self._path)

    def discard(self) -> None:
        """Leave the sheet as it is and close what it holds open."""
        self._sheet.close()

    def _append(self, row: Sequence[Any], names: Sequence[str]) -> None:
        self._height += 1
        self._sheet.append([self._cell(value, name) for value, name in zip(row, names, strict=True)])

    def _cell(self, value: Any, name: str) -> object:
        if isinstance(value, str):
            if len(value) > _CHARACTERS:
                raise FileError(f"a cell holds at most {_CHARACTERS:,} characters",
                                where=f"{self._path}, row {self._height}, column {name}", next=_ELSE)  # fmt: skip
            value = _ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
            return self._as_text(value) if value[:1] in {"=", "#"} else value
        too_long = isinstance(value, int | float | Decimal) and not -(10**15) < value < 10**15
        return str(value) if too_long else value

    def _as_text(self, value: str) -> Any:
        cell = WriteOnlyCell(self._sheet, value)
        cell.data_type = "s"
        return cell


_ELSE = "write .csv or .parquet instead"

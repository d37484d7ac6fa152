"""Many names at once: from a frame, a list of names or a list of rows to one frame of alerts.

Each distinct name, country and day is screened once, and what names have in common is looked up for thousands of them
together. A row that cannot be screened says why; it takes no other row with it.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from licet import places
from licet.errors import BadValue, LicetError, did_you_mean
from licet.parties.record import missing

if TYPE_CHECKING:
    from licet.parties.hit import Hit
    from licet.parties.index import Index

#: Rows that are prepared together.
CHUNK: Final = 8000
#: Distinct questions whose answers are remembered.
_KEPT: Final = 1 << 17
_SCHEMA: Final = {
    "row": "Int64", "name": "String", "alert": "Boolean", "score": "Float64", "id": "String", "listed_name": "String",
    "matched": "String", "list": "String", "exact": "Boolean", "how": "String", "problem": "String",
}  # fmt: skip
_NOTHING: Final = (None,) * 7
#: Columns that are read where they are there and no others are named.
COUNTRY, DAY = "country", "on"


class Question(NamedTuple):
    """A name to be screened, as it was given."""

    name: Any
    country: Any = None
    on: Any = None


class Columns(NamedTuple):
    """Where the names, countries and days stand; None: where they usually do, if they do."""

    name: str
    country: str | None = None
    on: str | None = None


def screened(
    index: Index, frame: Any, columns: Columns, on: datetime.date | None, limit: int | None
) -> Iterator[tuple[Any, ...]]:
    """The rows of `table`, in order."""
    questions = asked(frame, columns, on)
    known: dict[Question, list[tuple[Any, ...]]] = {}
    row = itertools.count()
    while part := list(itertools.islice(questions, CHUNK)):
        new = [each for each in dict.fromkeys(part) if each not in known]
        if len(known) + len(new) > _KEPT:
            known = {}
            new = list(dict.fromkeys(part))
        known.update(zip(new, _answers(index, new, limit), strict=True))
        for each in part:
            number = next(row)
            for found in known[each]:
                yield (number, None if missing(each.name) else str(each.name), *found)


def table(rows: Iterator[tuple[Any, ...]]) -> Any:
    """A Polars frame of the rows of `screened`."""
    import polars as pl

    schema = {column: getattr(pl, kind) for column, kind in _SCHEMA.items()}
    parts = [pl.DataFrame([], schema=schema, orient="row")]
    with uncollected():
        while part := list(itertools.islice(rows, 10 * CHUNK)):
            parts.append(pl.DataFrame(part, schema=schema, orient="row"))
    return pl.concat(parts)


def _answers(index: Index, questions: Sequence[Question], limit: int | None) -> Iterator[list[tuple[Any, ...]]]:
    """For each question what is found, one tuple for each alert: the columns of the table behind `name`."""
    ready: list[tuple[str, str | None, datetime.date | None]] = []
    problems: list[LicetError | str | None] = []
    for each in questions:
        try:
            name, on = written(each.name), day(each.on or None)
        except LicetError as error:
            problems.append(error)
            continue
        problem, code = None, None
        try:
            code = place(each.country)
        except LicetError as error:
            problem = f"screened without a country: {error}"
        ready.append((name, code, on))
        problems.append(problem)
    found = iter(index.alerts_many(ready))
    for said in problems:
        hits = said if isinstance(said, LicetError) else next(found)
        if isinstance(hits, LicetError):
            yield [(None, *_NOTHING, str(hits))]
        elif hits:
            yield [(*_columns(hit), said) for hit in hits[:limit]]
        else:
            yield [(False, *_NOTHING, said)]


def _columns(hit: Hit) -> tuple[Any, ...]:
    entry = hit.record
    return True, hit.score, entry.id, entry.name, hit.matched, entry.list.id, hit.exact, hit.how


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector: it would look through every record again and again and find nothing."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


# --- what was given -------------------------------------------------------------------------------------------------


def asked(frame: Any, columns: Columns, on: datetime.date | None) -> Iterator[Question]:
    """Every row of what was given, as a question; `on` goes before a column of days.

    Raises:
        BadValue: it is no frame and no list, or has no such column.
    """
    frame = frame.collect() if hasattr(frame, "collect_schema") and hasattr(frame, "collect") else frame
    if isinstance(frame, (str, bytes, bytearray)) or not hasattr(frame, "__iter__"):
        raise BadValue("many names are a frame, a series or a list", why=f"{frame!r} is a {type(frame).__name__}",
                       next="`search` takes one name")  # fmt: skip
    names = frame if isinstance(frame, Mapping) else getattr(frame, "columns", None)
    if names is not None:
        have = [str(each) for each in names]
        name, country, its_day = _places(columns, have, on)
        given = _list(frame[name])
        countries = _list(frame[country]) if country else itertools.repeat(None)
        return map(Question, given, countries, _list(frame[its_day]) if its_day else itertools.repeat(on))
    return (_question(each, columns, on) for each in _list(frame))


def _places(columns: Columns, have: Sequence[str], on: datetime.date | None) -> tuple[str, str | None, str | None]:
    for wanted in columns:
        if wanted is not None and wanted not in have:
            raise BadValue(f"the frame has no column {wanted!r}", why=f"it has {', '.join(have) or 'none'}",
                           next=did_you_mean(wanted, have))  # fmt: skip
    country = columns.country or (COUNTRY if COUNTRY in have else None)
    return columns.name, country, None if on else columns.on or (DAY if DAY in have else None)


def _question(row: Any, columns: Columns, on: datetime.date | None) -> Question:
    """One element of a list: a name, or a row with its columns."""
    if not isinstance(row, Mapping):
        return Question(row, None, on)
    try:
        name, country, its_day = _places(columns, list(row), on)
    except BadValue:
        return Question(row.get(columns.name), row.get(columns.country or COUNTRY), on or row.get(columns.on or DAY))
    return Question(row[name], row[country] if country else None, row[its_day] if its_day else on)


def _list(values: Any) -> list[Any]:
    made: list[Any] = values.to_list() if hasattr(values, "to_list") else list(values)
    return made


def written(name: Any) -> str:
    """A name as text.

    Raises:
        BadValue: there is none.
    """
    if isinstance(name, str):
        return name
    if missing(name) or isinstance(name, (bytes, bytearray)):
        raise BadValue("there is no name to screen", why=f"{name!r} is no text")
    return str(name)


def day(on: Any) -> datetime.date | None:
    """The day that is meant; None where none is given.

    Raises:
        BadValue: it is no day.
    """
    if isinstance(on, str):
        text = on.strip()
        try:
            return datetime.date.fromisoformat(text[:10] if text[10:11] in ("T", " ") else text)
        except ValueError:
            raise BadValue(f"{on!r} is no day", next="write YYYY-MM-DD") from None
    if isinstance(on, datetime.datetime):
        return on.date()
    if missing(on):
        return None
    if not isinstance(on, datetime.date):
        raise BadValue(f"{on!r} is no day", next="give a date, or YYYY-MM-DD")
    return on


def place(country: Any) -> str | None:
    """The code of a country; None where none is given.

    Raises:
        BadValue: there is no such country.
    """
    if missing(country) or not str(country).strip():
        return None
    return places.country(str(country).strip())

"""A file of names screened chunk by chunk: ten million rows in bounded memory, each distinct name of a chunk once."""

from __future__ import annotations

import contextlib
import datetime
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import polars as pl

from licet import facts
from licet.batch import files
from licet.batch.bench import Bench, digest
from licet.errors import BadValue, LicetError, QuestionError, did_you_mean
from licet.parties.screener import Screener
from licet.parties.screening import Screening, Status

#: Called with the rows done and the rows in all, if known.
Progress = Callable[[int, int | None], None]
#: Rows in a chunk: what a killed run has to do again.
ROWS: Final = 20_000
#: A file of at most this many rows is screened as single names are, a larger one by the quick way of a batch.
CAREFUL: Final = 10_000
#: What is added to each row, in this order.
RESULTS: Final = (
    "screening", "listed", "score", "entry", "entry_name", "list", "matched", "how", "also", "why", "problem",
)  # fmt: skip
#: Added behind them with a second opinion: its score for the entry that is named, or for the nearest one.
SECOND: Final = "second_opinion"
PROBLEM: Final = "problem"
_KINDS: Final = {"score": pl.Float64, SECOND: pl.Float64}
_NO_TEXT: Final = (pl.Binary, pl.Object)
_ALERTS: Final = 1000


@dataclass
class Tally:
    """What came of a file of names.

    Attributes:
        rows: rows read.
        results: rows by what came of them: ``listed``, ``possible``, ``clear``, ``problem``.
        alerts: the first rows that are listed or possible, as they are written.
        resumed: rows that an earlier run had done.
        column: the column with the names.
        columns: the column of each result.
        careful: each name was compared as a name alone is.
        list_version, scorer_version: what they were screened against.
        second: name and version of the matcher that gave a second opinion, if one did.
        warnings: what limits the result.
        out: the file written, if any.
        seconds: time taken.
    """

    rows: int = 0
    results: Counter[str] = field(default_factory=Counter)
    alerts: list[dict[str, Any]] = field(default_factory=list)
    resumed: int = 0
    column: str = "name"
    columns: dict[str, str] = field(default_factory=dict)
    careful: bool = True
    list_version: str = ""
    scorer_version: str = ""
    second: str = ""
    warnings: tuple[str, ...] = ()
    out: Path | None = None
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The tally as plain data."""
        return {
            "rows": self.rows, "results": {str(each): self.results.get(str(each), 0) for each in (*Status, PROBLEM)},
            "resumed": self.resumed, "careful": self.careful, "list_version": self.list_version,
            "scorer_version": self.scorer_version, **({"second_opinion": self.second} if self.second else {}),
            "warnings": list(self.warnings), "out": str(self.out) if self.out else None,
            "seconds": round(self.seconds, 3), "alerts": self.alerts,
        }  # fmt: skip


def screen_file(
    source: str | Path, *, screener: Screener, on: datetime.date, out: str | Path | None = None, column: str = "name",
    country: str | None = None, careful: bool | None = None, rows: int = ROWS, progress: Progress | None = None,
) -> Tally:  # fmt: skip
    """Screen every row of a file.

    Args:
        source: CSV, JSON Lines, Parquet or Excel.
        screener: lists and decisions.
        on: the day.
        out: where the rows go with what was found; None only counts and keeps the first alerts.
        column: the column with the names.
        country: the column with the countries, if there is one.
        careful: compare each name with as many entries as a name alone is; else, as by default in a file of more than
            `CAREFUL` rows, only with those most like it, which is about ten times as quick and loses some misspelled
            names. It is True or False in the result. With a second opinion it is always the first of the two.
        rows: rows in a chunk.
        progress: called after each chunk.

    Raises:
        QuestionError: there is no such column, or a second opinion is wanted the quick way.
        FileError: the file cannot be read or written, or another run is writing it.
    """
    started = time.perf_counter()
    index, warning = screener.index(on)
    tally = Tally(
        column=column, list_version=index.version, scorer_version=index.scorer.version,
        out=Path(out) if out else None, warnings=(warning,) if warning else (),
        second=screener.second.title if screener.second is not None else "",
    )  # fmt: skip
    if tally.second and careful is False:
        raise QuestionError("a second opinion is not to be had the quick way", why="it sees nothing under the line",
                            next="leave one of the two out")  # fmt: skip
    total = files.count(source)
    small = total is not None and total <= CAREFUL
    tally.careful = careful if careful is not None else small or tally.second != ""
    desk = Desk(screener, on, column, country, careful=tally.careful)

    def count(done: pl.DataFrame, *, resumed: bool = False) -> None:
        tally.rows += done.height
        tally.resumed += done.height if resumed else 0
        tally.columns = desk.where(done)
        status = tally.columns["screening"]
        tally.results.update(dict(done[status].value_counts().iter_rows()))
        if len(tally.alerts) < _ALERTS:
            found = done.filter(pl.col(status).is_in([Status.LISTED, Status.POSSIBLE]))
            tally.alerts += found.head(_ALERTS - len(tally.alerts)).to_dicts()
        if progress is not None:
            progress(tally.rows, total)

    if out is None:
        for chunk in files.read(source, rows=rows):
            count(desk.screened(chunk))
    else:
        plan = {"format": 1, "column": column, "country": country, "on": on.isoformat(), "rows": rows,
                "source": digest(Path(source)), "list": index.version, "scorer": index.scorer.version,
                "decisions": screener.decisions(), "careful": tally.careful, "second": tally.second}  # fmt: skip
        with Bench(Path(out), plan) as bench:
            for number, chunk in enumerate(files.read(source, rows=rows)):
                done = bench.part(number)
                if done is None or done.height != chunk.height:
                    done = desk.screened(chunk)
                    bench.keep(number, done)
                    count(done)
                else:
                    count(done, resumed=True)
            bench.finish(Path(source), number + 1)
    tally.seconds = time.perf_counter() - started
    return tally


class Desk:
    """Screens the rows of chunks: each distinct name and country of a chunk once."""

    def __init__(
        self, screener: Screener, on: datetime.date, column: str, country: str | None, *, careful: bool = True
    ) -> None:
        self._screener, self._on, self._careful = screener, on, careful
        self._column, self._country = column, country
        self.unread = False
        self._results = (*RESULTS, SECOND) if screener.second is not None else RESULTS

    def screened(self, chunk: pl.DataFrame) -> pl.DataFrame:
        """The rows with what was found about them.

        Raises:
            QuestionError: there is no such column.
        """
        frame = self._asked(chunk)
        distinct = frame.unique(maintain_order=True)
        if not self._careful:
            self._screener.prepare(self._named(distinct))
        found = [self._row(name, place) for name, place in distinct.iter_rows()]
        made = [
            pl.Series(f"+{name}", [row.get(name) for row in found], dtype=_KINDS.get(name, pl.String))
            for name in self._results
        ]
        both = frame.join(
            distinct.with_columns(made), on=["name", "country"], how="left", nulls_equal=True, maintain_order="left"
        )
        rest = chunk.drop(files.LINE, files.ERROR)
        both = both.select(pl.col(f"+{name}").alias(name) for name in self._results)
        both = both.with_columns(
            pl.coalesce(chunk[files.ERROR], pl.col("problem")).alias("problem"),
            pl.when(chunk[files.ERROR].is_not_null()).then(pl.lit(PROBLEM)).otherwise("screening").alias("screening"),
        )
        return rest.hstack(both.rename(self._renamed(rest.columns)))

    def open(self, chunk: pl.DataFrame) -> Iterator[dict[str, Any]]:
        """The matches of a chunk that a person still has to decide, one for each name and entry.

        `unread` says afterwards whether there were rows that could not be screened.
        """
        for name, place in self._asked(chunk).unique(maintain_order=True).iter_rows():
            try:
                found = self._judged(*self._party(name, place))
            except LicetError:
                self.unread = True
                continue
            for hit in found.possible:
                why = f"{hit.source}, score {hit.score:.3f}; {' or '.join(hit.clears()[:2])} would clear it"
                yield {"name": name, "country": place, "entry": hit.id, "entry_name": hit.name, "why": why}

    def _asked(self, chunk: pl.DataFrame) -> pl.DataFrame:
        for wanted in (self._column, self._country):
            if wanted is not None and wanted not in chunk.columns:
                have = [name for name in chunk.columns if name not in (files.LINE, files.ERROR)]
                hint = did_you_mean(wanted, have, otherwise="say which one holds the names")
                raise QuestionError(f"there is no column {wanted!r}", why=f"there are {', '.join(have)}", next=hint)
            if wanted is not None and (chunk[wanted].dtype.is_nested() or chunk[wanted].dtype in _NO_TEXT):
                raise QuestionError(f"the column {wanted!r} holds no text", why=f"it is of type {chunk[wanted].dtype}",
                                    next="write each value as text")  # fmt: skip
        nobody = pl.repeat(None, chunk.height, dtype=pl.String, eager=True)
        places = nobody if self._country is None else chunk[self._country].cast(pl.String)
        return pl.DataFrame({"name": chunk[self._column].cast(pl.String), "country": places})

    @staticmethod
    def _party(name: str | None, place: str | None) -> tuple[str, str | None]:
        if name is None or not name.strip():
            raise BadValue("there is no name to screen")
        code = facts.parse("end_user_country", place)
        return name, code if isinstance(code, str) and code != facts.NOBODY else None

    def _renamed(self, columns: list[str]) -> dict[str, str]:
        """The column of each result; one that the file has already gets `_found` behind it."""
        taken, names = set(columns), {}
        for result in self._results:
            name = result
            while name in taken:
                name += "_found"
            taken.add(name)
            names[result] = name
        return names

    def where(self, done: pl.DataFrame) -> dict[str, str]:
        """The column of each result in rows that were screened: they stand behind all others."""
        return dict(zip(self._results, done.columns[-len(self._results) :], strict=True))

    def _row(self, name: str | None, place: str | None) -> dict[str, Any]:
        try:
            return _plain(self._judged(*self._party(name, place)))
        except LicetError as error:
            return {"screening": PROBLEM, "problem": str(error)}

    def _named(self, distinct: pl.DataFrame) -> Iterator[tuple[str, str | None, datetime.date]]:
        for name, place in distinct.iter_rows():
            with contextlib.suppress(LicetError):  # it is told with its row
                yield (*self._party(name, place), self._on)

    def _judged(self, name: str, country: str | None) -> Screening:
        return self._screener.screen(name, self._on, country)


def _plain(result: Screening) -> dict[str, Any]:
    """What is written of a screening: its best hit, and the ids of the others."""
    if not (result.certain or result.others or result.possible or result.cleared):
        near = result.near[0] if result.near else None
        if near is None or near.second is None:
            return {"screening": str(Status.CLEAR)}
        why = f"nearest is {near.name} ({near.id}), score {near.score:.2f}; {near.second}"
        return {"screening": str(Status.CLEAR), "why": why, SECOND: near.second.score}
    found: dict[str, Any] = {"screening": str(result.status)}
    if result.listed:
        found["listed"] = facts.shown(result.listed)
    hits = [*result.certain, *result.others, *result.possible]
    if hits:
        first = hits[0]
        found |= {
            "score": first.score, "entry": first.id, "entry_name": first.name, "list": first.record.list.id,
            "matched": first.matched, "how": first.how, "also": "; ".join(hit.id for hit in hits[1:]) or None,
            "why": result.why if result.status is not Status.CLEAR else None,
            SECOND: first.second.score if first.second is not None else None,
        }  # fmt: skip
    elif result.cleared:
        last = result.cleared[0]
        found["why"] = f"cleared by {last.who} on {last.at[:10]}: {last.why}"
    return found

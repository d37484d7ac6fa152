"""Parties of many rows looked up: each distinct party once, what is found as columns beside the facts.

A question gets two kinds of columns besides those of its facts: ``<fact> found``, the value that the look-up gives it,
and ``<fact> doubtful``, where a person has to decide first. What is said to the reader (warnings, red flags) depends on
the name, and goes round the questions, so that a million names make no million questions.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from licet import facts
from licet.decision.question import doubtful
from licet.errors import LicetError
from licet.parties.finding import ENDINGS, LISTED, Finding, Look, is_name, prepare, written

FOUND: Final = " found"
DOUBTFUL: Final = doubtful("")
_SAID: Final = ("warnings", "flags")
#: A name, its country, a day, and the endings of the facts that are wanted.
_Asked = tuple[str, str | None, datetime.date, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What the look-ups say beside the answers, one text for each row; null where nothing is said."""

    warnings: pl.Series
    flags: pl.Series


class Parties:
    """The parties of one file.

    Attributes:
        counts: distinct parties screened, by what came of it: ``listed``, ``possible``, ``clear``.
        warned: rows by warning.
    """

    def __init__(self, look: Look, fact_of: Mapping[str, str]) -> None:
        """`fact_of` tells which column holds which fact."""
        self._look = look
        self._columns = {fact: column for column, fact in fact_of.items()}
        self._roles = [role for role in facts.ROLES if role in self._columns]
        self._held: dict[tuple[Any, ...], Mapping[str, Finding]] = {}
        self.counts: Counter[str] = Counter()
        self.warned: Counter[str] = Counter()

    def complete(
        self, questions: pl.DataFrame, chunk: pl.DataFrame, on: datetime.date | None
    ) -> tuple[pl.DataFrame, Said]:
        """`questions` with what the look-ups settle, and what they say; rows of `chunk` in the same order."""
        said = {name: pl.repeat(None, chunk.height, dtype=pl.String, eager=True) for name in _SAID}
        added: dict[str, pl.Series] = {}
        for role in self._roles:
            spread = self._role(role, chunk, on)
            for name in _SAID:
                joined = pl.concat_str(
                    [said[name].alias("a"), spread[name].alias("b")], separator="; ", ignore_nulls=True
                )
                text = pl.select(joined.alias("text"))["text"]
                said[name] = pl.select(pl.when(text != "").then(text)).to_series()
            added |= {name: spread[name] for name in spread.columns if name.startswith(role)}
        return questions.with_columns(**added), Said(said["warnings"], said["flags"])

    def count(self, said: Said, broken: pl.Series) -> None:
        """Count the warnings of the rows that have no error."""
        for text, rows in said.warnings.filter(broken.is_null()).drop_nulls().value_counts().iter_rows():
            self.warned[text] += rows

    def _role(self, role: str, chunk: pl.DataFrame, on: datetime.date | None) -> pl.DataFrame:
        """What is found about the parties in one role: columns of values, doubts, warnings and flags."""
        looked = {name: self._columns[name] for name in (role, f"{role}_country", "on") if name in self._columns}
        given = {f"{role}_{ending}": self._columns.get(f"{role}_{ending}") for ending in ENDINGS}
        frame = chunk.select(
            *(pl.col(column).alias(name) for name, column in looked.items()),
            *(_known(name, chunk[column]).alias(name) for name, column in given.items() if column is not None),
        )
        distinct = frame.unique(maintain_order=True)
        asked = [self._asked(role, row, on) for row in distinct.to_dicts()]
        prepare(self._look, [key[:3] for key in asked if key is not None and LISTED in key[3]])
        rows = [{} if key is None else self._row(role, key) for key in asked]
        schema: dict[str, Any] = dict.fromkeys(_SAID, pl.String)
        for name in given:
            schema |= {f"{name}{FOUND}": pl.String, f"{name}{DOUBTFUL}": pl.Boolean}
        made = [pl.Series(name, [row.get(name) for row in rows], dtype=kind) for name, kind in schema.items()]
        key = distinct.with_columns(made)
        both = frame.join(key, on=frame.columns, how="left", nulls_equal=True, maintain_order="left")
        return both.select(list(schema))

    def _asked(self, role: str, row: Mapping[str, Any], on: datetime.date | None) -> _Asked | None:
        """What is looked up for a row; None: nothing."""
        name, day = _parsed(role, row.get(role)), _parsed("on", row.get("on")) or on
        country = _parsed(f"{role}_country", row.get(f"{role}_country"))
        wanted = frozenset(ending for ending in ENDINGS if not row.get(f"{role}_{ending}"))
        if not is_name(name) or not isinstance(day, datetime.date) or not wanted:
            return None
        return str(name), country if isinstance(country, str) and country != facts.NOBODY else None, day, wanted

    def _row(self, role: str, key: _Asked) -> dict[str, Any]:
        if key not in self._held:
            self._held[key] = self._look(*key)
            self._count(self._held[key].get(LISTED))
        found: dict[str, Any] = {}
        said: dict[str, list[str]] = {each: [] for each in _SAID}
        for ending, finding in self._held[key].items():
            fact = f"{role}_{ending}"
            if finding.value is not None:
                found[f"{fact}{FOUND}"] = written(finding.value)
            elif finding.doubtful:
                found[f"{fact}{DOUBTFUL}"] = True
            said["warnings"] += [f"{fact}: {text}." for text in finding.warnings]
            said["flags"] += [f"{fact}: {text}" for text in finding.flags]
        texts = {each: "; ".join(part.replace("; ", ", ") for part in parts) for each, parts in said.items() if parts}
        return {**found, **texts}

    def _count(self, finding: Finding | None) -> None:
        if finding is not None and finding.detail is not None:
            self.counts[str(finding.detail.status)] += 1


def _known(fact: str, raw: pl.Series) -> pl.Series:
    """Whether each row gives the fact."""
    return _mapped(raw, lambda value: _given(fact, value), pl.Boolean)


def _given(fact: str, value: Any) -> bool:
    try:
        return facts.parse(fact, value) is not None
    except LicetError:
        return True  # the row has an error of its own


def _parsed(fact: str, value: Any) -> Any:
    try:
        return facts.parse(fact, value)
    except LicetError:
        return None  # the row has an error of its own


def _mapped(raw: pl.Series, of: Callable[[Any], Any], kind: Any) -> pl.Series:
    distinct = raw.unique()
    key = pl.DataFrame({"raw": distinct, "value": pl.Series([of(value) for value in distinct.to_list()], dtype=kind)})
    frame = pl.DataFrame({"raw": raw})
    return frame.join(key, on="raw", how="left", nulls_equal=True, maintain_order="left")["value"]

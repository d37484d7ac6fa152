"""Which column of a file holds which fact, and which are only carried along."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from licet import facts
from licet.decision.question import DERIVATIONS
from licet.errors import LicetError, QuestionError, UnknownFact, did_you_mean
from licet.lex.law import Law
from licet.logic.nodes import facts_of

#: Columns that people add for themselves, besides those whose name begins with x_.
ANNOTATIONS = frozenset(
    {"id", "line", "order", "note", "notes", "source", "comment", "reference", "ref", "customer_ref"}
)
#: Facts that the answer shows or rests on besides the conditions of the law.
_ALWAYS = frozenset({"on", "item", "eccn", "subject_to_ear", "item_kind", "activity", "shipped_from", "destination"})


@dataclass(frozen=True, slots=True)
class Layout:
    """The facts that columns hold.

    Attributes:
        asked: column to fact, for the facts that the law can look at.
        idle: column to fact, for those that are only checked.
        columns: all columns of the file.
    """

    asked: Mapping[str, str]
    idle: Mapping[str, str]
    columns: frozenset[str]

    def questions(self, chunk: pl.DataFrame, on: datetime.date | None) -> pl.DataFrame:
        """The columns that make the questions, under the names of their facts; `on` fills the days that are missing."""
        frame = chunk.select(pl.col(column).alias(fact) for column, fact in self.asked.items())
        if on is None:
            return frame
        if "on" not in frame.columns:
            return frame.with_columns(pl.lit(on).alias("on"))
        kind = frame.schema["on"]
        filler = pl.lit(on.isoformat() if kind == pl.String else on)
        return frame.with_columns(pl.col("on").fill_null(filler))

    def odd(self, chunk: pl.DataFrame) -> pl.Series:
        """For each row, what is wrong with the facts that are only checked."""
        found = pl.repeat(None, chunk.height, dtype=pl.String, eager=True)
        for column, fact in self.idle.items():
            distinct = chunk[column].unique()
            messages = [_wrong(column, fact, value) for value in distinct.to_list()]
            if any(messages):
                key = pl.DataFrame({"value": distinct, "message": pl.Series(messages, dtype=pl.String)})
                values = pl.DataFrame({"value": chunk[column]})
                spread = values.join(key, on="value", how="left", nulls_equal=True, maintain_order="left")
                found = pl.select(pl.coalesce(found, spread["message"])).to_series()
        return found

    def answer_name(self, name: str) -> str:
        """The column for a part of the answer; one that the file has already gets `_answer` behind it."""
        return f"{name}_answer" if name in self.columns else name


def _wrong(column: str, fact: str, value: object) -> str | None:
    try:
        facts.parse(fact, value)
    except LicetError as error:
        return str(error.at(f"column {column}"))
    return None


@functools.cache
def looked_at(law: Law) -> frozenset[str]:
    """The facts that an answer under `law` can depend on; all others are only checked."""
    conditions = {
        name
        for provision in law.provisions.values()
        for version in provision.versions
        for node in (version.when, *(entry.when for entry in version.enforcement if entry.when is not None))
        for name in facts_of(node)
    }
    ratios = {side for name in conditions for side in facts.FACTS[name].ratio or ()}
    derived = {name for each in DERIVATIONS for name in (*each.values, *each.presence)}
    if "shipment_tpp" not in conditions:
        derived -= {"quantity", "shipment_tpp"}
    names = {name for name in facts.PARTIES if name not in conditions} - {"purchaser", "consignee", "intermediate"}
    return frozenset(conditions | ratios | derived | _ALWAYS) - names


def layout(columns: Sequence[str], rename: Mapping[str, str], keep: Sequence[str], law: Law, *, where: str) -> Layout:
    """Assign columns to facts.

    Args:
        columns: names as they stand in the file.
        rename: column to fact, where the name differs.
        keep: columns to carry along.
        law: the lawbook, which says what facts matter.
        where: the file, for messages.

    Raises:
        QuestionError: a column that is no fact, two columns for one fact, or a renamed column that is not there.
    """
    for name in (*rename, *keep):
        if name not in columns:
            raise QuestionError(f"there is no column {name!r}", where=where, next=did_you_mean(name, columns))
    asked: dict[str, str] = {}
    idle: dict[str, str] = {}
    for place, column in enumerate(columns, 1):
        if column in keep or (column not in rename and _annotation(column)):
            continue
        try:
            entry = facts.fact(rename.get(column, column))
        except UnknownFact as error:
            hint = error.next if error.next.startswith("did you mean") else ""
            raise UnknownFact(
                f"column {column!r} is no fact", where=f"{where}, line 1, column {place}", why=hint,
                next=f"to carry it along, say --keep {column}; to rename it, --map {column}=FACT",
            ) from None  # fmt: skip
        if entry.derived:
            raise QuestionError(f"{entry.name} cannot be given: it follows from other facts", where=where)
        held = next((other for other, fact in {**asked, **idle}.items() if fact == entry.name), None)
        if held is not None:
            raise QuestionError(
                f"the columns {held!r} and {column!r} both hold {entry.name}", where=where, next="keep one"
            )
        (asked if entry.name in looked_at(law) else idle)[column] = entry.name
    if not asked and not idle:
        raise QuestionError("no column holds a fact", where=where, next="`licet facts` lists their names")
    return Layout(asked, idle, frozenset(columns))


def _annotation(column: str) -> bool:
    return column.casefold() in ANNOTATIONS or column.casefold().startswith("x_")

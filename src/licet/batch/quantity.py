"""Quantities put into the cells that the law tells apart, so that ten million of them make no million questions.

The law asks for a quantity only through the aggregate TPP of a shipment. For each item, quantities whose aggregate lies
between the same two lines of the law give the same answer; one of them stands for all.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import polars as pl

from licet import facts
from licet.errors import LicetError
from licet.lex.law import Law
from licet.logic.evaluate import EXACT
from licet.logic.nodes import Compare, walk

_AGGREGATE = "shipment_tpp"


@functools.cache
def lines(law: Law) -> tuple[Decimal, ...]:
    """The aggregate TPPs at which an answer can change, whatever else is known."""
    found = {node.plus for node in _comparisons(law) if _AGGREGATE in (node.fact, node.other)}
    return tuple(sorted(line for line in found if line > 0))


@functools.cache
def partners(law: Law) -> frozenset[str]:
    """The facts that the law adds to the aggregate before it compares."""
    pairs = [{node.fact, node.other} for node in _comparisons(law) if node.other]
    return frozenset(name for pair in pairs if _AGGREGATE in pair for name in pair) - {_AGGREGATE}


def _comparisons(law: Law) -> Iterator[Compare]:
    for provision in law.provisions.values():
        for version in provision.versions:
            for tree in (version.when, *(entry.when for entry in version.enforcement if entry.when is not None)):
                yield from (node for node in walk(tree) if isinstance(node, Compare))


class Quantities:
    """The quantities seen, each with the one that stands for its cell."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self._first: dict[Any, Any] = {}
        self._known: pl.DataFrame | None = None

    def reduced(self, questions: pl.DataFrame) -> pl.DataFrame:
        """`questions` with each quantity replaced by the first one of its cell; unchanged where a sum is to be kept."""
        columns = questions.columns
        if "quantity" not in columns or _AGGREGATE in columns or not partners(self._law).isdisjoint(columns):
            return questions
        by = [name for name in ("item", "tpp", "quantity") if name in columns]
        seen = questions.select(by).unique(maintain_order=True)
        if self._known is not None:
            seen = seen.join(self._known, on=by, how="anti", nulls_equal=True, maintain_order="left")
        if seen.height:
            learned = seen.with_columns(pl.Series("!quantity", self._stand(seen), questions.schema["quantity"]))
            self._known = learned if self._known is None else self._known.vstack(learned).rechunk()
        assert self._known is not None
        spread = questions.join(self._known, on=by, how="left", nulls_equal=True, maintain_order="left")
        return spread.with_columns(pl.col("!quantity").alias("quantity")).drop("!quantity")

    def _stand(self, seen: pl.DataFrame) -> list[Any]:
        found = []
        for row in seen.to_dicts():
            cell = _cell(row, self._law)
            quantity = row["quantity"]
            key = (row.get("item"), row.get("tpp"), cell)
            found.append(quantity if cell is None else self._first.setdefault(key, quantity))
        return found


def _cell(row: dict[str, Any], law: Law) -> tuple[int, bool] | None:
    """Where the aggregate lies among the lines; None for a quantity that must speak for itself."""
    try:
        quantity = facts.parse("quantity", row["quantity"])
        tpp = facts.parse("tpp", row.get("tpp")) or _of_item(row.get("item"))
    except LicetError:
        return None
    if quantity is None:
        return None
    if not isinstance(tpp, Decimal):
        return (-1, False)
    marks = lines(law)
    aggregate = EXACT.multiply(tpp, quantity)
    place = bisect.bisect_left(marks, aggregate)
    return place, place < len(marks) and marks[place] == aggregate


@functools.lru_cache(4096)
def _of_item(name: Any) -> Any:
    from licet.catalog import find

    text = facts.parse("item", name)
    return None if text is None else find(text).facts.get("tpp")

"""Many questions: from a node to a Boolean column, three-valued with null for unknown.

The leaves are decided by the very functions that decide one question, once for each distinct value; Polars joins them
by Kleene's logic over all rows at once. So the two evaluators can differ only in how they join, and a property test
holds them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from licet.logic.nodes import All, Always, Any, Applies, Node, Not

#: The truth of a leaf for every row, and of another provision for every row.
Leaf = Callable[[Node], pl.Series]
Ask = Callable[[str], pl.Series]


@dataclass(frozen=True, slots=True)
class Column:
    """The truth of a node for every row, and of its parts."""

    node: Node
    truth: pl.Series
    parts: tuple[Column, ...] = ()

    def undecided(self, live: pl.Series) -> Iterator[tuple[Node, pl.Series]]:
        """The leaves below with the rows, of those in `live`, in which each keeps the whole open."""
        here = live & self.truth.is_null()
        if not here.any():
            return
        if self.parts:
            for part in self.parts:
                yield from part.undecided(here)
        else:
            yield self.node, here


def column(node: Node, rows: int, leaf: Leaf, ask: Ask) -> Column:
    """`node` over `rows` rows."""
    if isinstance(node, (All, Any)):
        parts = tuple(column(part, rows, leaf, ask) for _, part in node.parts)
        return Column(node, _joined([part.truth for part in parts], isinstance(node, All), rows), parts)
    if isinstance(node, Not):
        part = column(node.part, rows, leaf, ask)
        return Column(node, ~part.truth, (part,))
    if isinstance(node, Applies):
        return Column(node, ask(node.provision))
    if isinstance(node, Always):
        return Column(node, constant(node.truth, rows))
    return Column(node, leaf(node))


def constant(truth: bool | None, rows: int) -> pl.Series:
    """The same truth in every row."""
    return pl.repeat(truth, rows, dtype=pl.Boolean, eager=True)


def _joined(truths: list[pl.Series], conjunction: bool, rows: int) -> pl.Series:
    if not truths:
        return constant(conjunction, rows)
    result = truths[0]
    for truth in truths[1:]:
        result = result & truth if conjunction else result | truth
    return result

"""The evaluator for many joins truths as the evaluator for one does, on random conditions and facts with nulls."""

from __future__ import annotations

import itertools

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from licet.logic import evaluate
from licet.logic.columns import column
from licet.logic.evaluate import opener
from licet.logic.nodes import All, Always, Any, Applies, Is, Node, Not

TRUTHS = [True, False, None]
NAMES = ("datacenter", "sample", "purchase_order", "has_hbm")


def nodes() -> st.SearchStrategy[Node]:
    leaves: st.SearchStrategy[Node] = st.one_of(
        st.sampled_from([Is(name, name) for name in NAMES]),
        st.sampled_from([Always(True), Always(False), Applies("p", "p applies")]),
    )
    return st.recursive(
        leaves,
        lambda below: st.one_of(
            below.map(Not),
            st.lists(below, max_size=4).map(lambda parts: All(tuple(("", part) for part in parts))),
            st.lists(below, max_size=4).map(lambda parts: Any(tuple(("", part) for part in parts))),
        ),
        max_leaves=12,
    )


@given(nodes(), st.lists(st.tuples(*[st.sampled_from(TRUTHS)] * (len(NAMES) + 1)), min_size=1, max_size=40))
def test_rows_and_single_facts_agree(node: Node, rows: list[tuple[bool | None, ...]]) -> None:
    table = pl.DataFrame(
        {name: pl.Series([row[place] for row in rows], dtype=pl.Boolean) for place, name in enumerate((*NAMES, "p"))}
    )
    made = column(node, len(rows), lambda leaf: table[leaf.fact], lambda id_: table[id_])  # type: ignore[union-attr]
    open_rows = {place for _, live in made.undecided(pl.Series([True] * len(rows))) for place in live.arg_true()}
    decide, open_ = evaluate.test(node, {}), opener(node, {})
    for place, row in enumerate(rows):
        known = {name: truth for name, truth in zip(NAMES, row, strict=False) if truth is not None}
        truth, leaves = open_(known, lambda _id, row=row: row[-1])
        assert made.truth[place] is decide(known, lambda _id, row=row: row[-1]) is truth
        assert bool(leaves) == (truth is None) == (place in open_rows)


def test_the_truth_tables_of_polars_are_those_of_kleene() -> None:
    """Kept against every release of Polars: the joining of columns rests on it."""
    pairs = list(itertools.product(TRUTHS, TRUTHS))
    left, right = (pl.Series([pair[side] for pair in pairs], dtype=pl.Boolean) for side in (0, 1))

    def both(a: bool | None, b: bool | None) -> bool | None:
        return False if False in (a, b) else None if None in (a, b) else True

    def either(a: bool | None, b: bool | None) -> bool | None:
        return True if True in (a, b) else None if None in (a, b) else False

    assert (left & right).to_list() == [both(a, b) for a, b in pairs]
    assert (left | right).to_list() == [either(a, b) for a, b in pairs]
    assert (~pl.Series(TRUTHS)).to_list() == [False, True, None]

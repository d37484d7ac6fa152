"""The answers held: every distinct question is decided once, however often and wherever in the file it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from licet.batch.distinct import RESULTS, answer
from licet.lex.law import Law

if TYPE_CHECKING:
    from licet.batch.check import Summary


class Memory:
    """Distinct questions and their answers.

    Rows are found by a 64-bit hash of their facts and then compared with the question held, so that no collision of
    hashes can give a row another row's answer.
    """

    def __init__(self, law: Law, assume: str) -> None:
        self._law, self._assume = law, assume
        self._keys = pl.DataFrame(schema={"key": pl.UInt64, "place": pl.UInt32})
        self._held: pl.DataFrame | None = None
        self._answers: pl.DataFrame | None = None
        self._counts = pl.DataFrame(schema={"place": pl.UInt32, "rows": pl.Int64})

    def answer(self, questions: pl.DataFrame) -> pl.DataFrame:
        """The answers to all rows, and the place of each row's question as `!place`."""
        keys = questions.hash_rows().alias("key").to_frame()
        found = self._find(keys)
        if found.null_count():
            new = found.is_null()
            fresh = keys.with_row_index("row").filter(new).unique("key", keep="first", maintain_order=True)
            self._learn(questions[fresh["row"]], fresh["key"])
            found = found.scatter(new.arg_true(), self._find(keys.filter(new)))
        assert self._held is not None
        assert self._answers is not None
        strangers = self._strangers(questions, found)
        if len(strangers):  # a collision of hashes: these rows are answered by themselves
            start = self._held.height
            self._learn(questions[strangers], None)
            found = found.scatter(strangers, pl.int_range(start, start + len(strangers), dtype=pl.UInt32, eager=True))
        self._count(found)
        return self._answers[found].with_columns(found.alias("!place"))

    def _find(self, keys: pl.DataFrame) -> pl.Series:
        return keys.join(self._keys, on="key", how="left", maintain_order="left")["place"]

    def _learn(self, questions: pl.DataFrame, keys: pl.Series | None) -> None:
        start = 0 if self._held is None else self._held.height
        if keys is not None:
            places = pl.int_range(start, start + questions.height, dtype=pl.UInt32, eager=True)
            self._keys = self._keys.vstack(pl.DataFrame({"key": keys, "place": places})).rechunk()
        answers = answer(questions, self._law, assume=self._assume)
        answers = answers.with_columns(pl.col(*RESULTS).cast(pl.Categorical))
        self._held = questions if self._held is None else self._held.vstack(questions).rechunk()
        self._answers = answers if self._answers is None else self._answers.vstack(answers).rechunk()

    def _strangers(self, questions: pl.DataFrame, found: pl.Series) -> pl.Series:
        """The rows that differ from the question found for them."""
        assert self._held is not None
        same = pl.repeat(True, questions.height, dtype=pl.Boolean, eager=True)
        for name in questions.columns:
            same = same & questions[name].eq_missing(self._held[name].gather(found))
        return same.not_().arg_true() if not same.all() else pl.Series([], dtype=pl.UInt32)

    def _count(self, found: pl.Series) -> None:
        counted = (
            found.value_counts(name="rows").rename({found.name: "place"}).with_columns(pl.col("rows").cast(pl.Int64))
        )
        both = pl.concat([self._counts, counted.select("place", "rows")])
        self._counts = both.group_by("place").agg(pl.col("rows").sum())

    def forget(self, places: pl.Series, bad: pl.Series) -> None:
        """Do not count the rows that could not be answered after all."""
        gone = (
            pl.DataFrame({"place": places.filter(bad)}).group_by("place").agg((-pl.len().cast(pl.Int64)).alias("rows"))
        )
        self._counts = pl.concat([self._counts, gone]).group_by("place").agg(pl.col("rows").sum())

    def count(self, summary: Summary) -> None:
        """Fill in the counts of a summary."""
        if self._answers is None:
            return
        rows = self._counts.filter(pl.col("rows") > 0)
        frame = self._answers.select("outcome", "missing", "warnings")[rows["place"]].hstack([rows["rows"]])
        summary.distinct = self._answers.height
        summary.outcomes = _sum(frame.select("rows", pl.col("outcome").alias("what")))
        for name in ("missing", "warnings"):
            listed = frame.select("rows", pl.col(name).cast(pl.String).str.split("; ").alias("what")).explode("what")
            setattr(summary, name, _sum(listed))


def _sum(frame: pl.DataFrame) -> dict[str, int]:
    kept = frame.filter(pl.col("what").is_not_null() & (pl.col("what") != ""))
    counted = kept.group_by("what").agg(pl.col("rows").sum()).sort(["rows", "what"], descending=[True, False])
    return {str(what): int(rows) for what, rows in counted.iter_rows()}

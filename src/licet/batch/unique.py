"""Ids that stand twice in a file."""

from __future__ import annotations

import polars as pl

from licet.batch.table import LINE


class Ids:
    """The values of the column `id` seen so far, and the line each first stood in."""

    def __init__(self) -> None:
        self._seen: list[pl.DataFrame] = []

    def twice(self, chunk: pl.DataFrame) -> pl.Series:
        """For each row whose id stood in an earlier row, a message; null elsewhere."""
        nothing = pl.repeat(None, chunk.height, dtype=pl.String, eager=True)
        if "id" not in chunk.columns or chunk.height == 0:
            return nothing
        held = chunk.select("id", LINE).drop_nulls("id")
        if not any(_overlap(one["id"], held["id"]) for one in self._seen) and _grows(held["id"]):
            self._seen.append(held)
            return nothing
        earlier = pl.concat([*self._seen, held]).unique("id", keep="first", maintain_order=True)
        self._seen = [earlier]
        first = chunk.select("id", LINE).join(
            earlier.rename({LINE: "!first"}), on="id", how="left", maintain_order="left"
        )
        text = pl.format("column id: {} stands already in line {}.", pl.col("id"), pl.col("!first"))
        return first.select(pl.when(pl.col("!first") < pl.col(LINE)).then(text)).to_series()


def _grows(ids: pl.Series) -> bool:
    """Whether each id is greater than the one before: then none stands twice."""
    return bool((ids.slice(1) > ids.slice(0, max(len(ids) - 1, 0))).all())


def _overlap(one: pl.Series, other: pl.Series) -> bool:
    """Whether two sets of ids could share one, by their smallest and greatest."""
    if not len(one) or not len(other):
        return False
    return not (one.max() < other.min() or other.max() < one.min())  # type: ignore[operator]

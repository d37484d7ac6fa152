"""Published estimates beside the model's own: what was printed, what the model gives, and the ratio.

The rows stand in ``published.csv``, each with the scenario it is held against: the whole range of all sources, or the
inputs that its own source prints. No input is set for the sake of one row.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from licet.supply import model, scenario
from licet.supply.model import Range

#: Estimates are printed as "about 2 million"; what is nearer than this share is the same number.
ROUNDING = 0.05


@dataclass(frozen=True, slots=True)
class Published:
    """One estimate that somebody printed, and ours.

    Attributes:
        id: its short name.
        figure: which column of `Estimate.draws` it is about; empty where the model has none.
        year: the year it is for, if any.
        low, high: what was printed; minus or plus infinity where only a limit was.
        scenario: the scenario it is held against.
        source, mark, note: who printed it, how that is known, what it counts.
        ours: the model's range; None where the model has none, and `note` says why.
    """

    id: str
    figure: str
    year: int | None
    low: float
    high: float
    scenario: str
    source: str
    mark: str
    note: str
    ours: Range | None

    @property
    def middle(self) -> float:
        """The one number to compare with: the middle of a range, or the limit."""
        if math.isinf(self.low):
            return self.high
        return self.low if math.isinf(self.high) else (self.low + self.high) / 2

    @property
    def ratio(self) -> float | None:
        """Our median over `middle`."""
        return self.ours.median / self.middle if self.ours else None

    @property
    def agrees(self) -> bool | None:
        """Whether what was printed lies among the middle nine tenths of our draws, or `ROUNDING` away from them."""
        if self.ours is None:
            return None
        low, high = self.ours.ends
        slack = ROUNDING * self.middle
        return low - slack <= self.high and self.low <= high + slack


def table(*, seed: int = model.SEED, draws: int = model.DRAWS) -> list[Published]:
    """Every published estimate with ours, in the order of the file."""
    estimates: dict[str, model.Estimate] = {}
    found = []
    for row in rows():
        name = row["scenario"]
        if name and name not in estimates:
            estimates[name] = model.estimate(scenario.find(name), seed=seed, draws=draws)
        ours = None
        if name:
            ours = Range.of(estimates[name].draws[row["figure"]] * float(row["factor"]))
        found.append(
            Published(
                row["id"], row["figure"], int(row["year"]) if row["year"] else None, float(row["low"] or "-inf"),
                float(row["high"] or "inf"), name, row["source"], row["mark"], row["note"], ours,
            )
        )  # fmt: skip
    return found


def rows() -> Iterator[dict[str, str]]:
    """The rows of ``published.csv`` as they are written."""
    text = (resources.files("licet.supply") / "published.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())

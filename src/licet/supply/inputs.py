"""The figures that a supply model takes, and what is known of each: one number, or a range with a distribution.

An estimate of supply is not law. Its figures are floating-point numbers, and each says where it comes from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars

#: What the letters beside a source mean. They are about the text that was read; its estimate may be wrong all the same.
MARKS = {
    "P": "the source's own text was read",
    "S": "a secondary text was read",
    "M": "from memory, unverified",
    "A": "an assumption of this model, no source",
}
_SMALLEST = 2.0**-53


@dataclass(frozen=True, slots=True)
class Fixed:
    """One number."""

    value: float

    def __str__(self) -> str:
        return f"{figure(self.value)}"

    def ends(self) -> tuple[float, float]:
        return self.value, self.value

    def draw(self, chance: polars.Series) -> polars.Series:
        return chance * 0 + self.value


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything between two ends, none likelier: what two limits without a middle say."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"uniform {figure(self.low)} to {figure(self.high)}"

    def ends(self) -> tuple[float, float]:
        return self.low, self.high

    def draw(self, chance: polars.Series) -> polars.Series:
        return self.low + chance * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Triangular:
    """Between two ends, likeliest at the mode: a published low, middle and high."""

    low: float
    mode: float
    high: float

    def __str__(self) -> str:
        return f"triangular {figure(self.low)}, {figure(self.mode)}, {figure(self.high)}"

    def ends(self) -> tuple[float, float]:
        return self.low, self.high

    def draw(self, chance: polars.Series) -> polars.Series:
        width = self.high - self.low
        if not width:
            return Fixed(self.low).draw(chance)
        rising = self.low + (chance * (width * (self.mode - self.low))).sqrt()
        falling = self.high - ((1 - chance) * (width * (self.high - self.mode))).sqrt()
        return rising.zip_with(chance < (self.mode - self.low) / width, falling)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Above zero with a long upper tail: half lies below `median`, 99 of 100 below `p99`."""

    median: float
    p99: float

    def __str__(self) -> str:
        return f"lognormal, median {figure(self.median)}, 99% below {figure(self.p99)}"

    def ends(self) -> tuple[float, float]:
        return 0.0, math.inf

    def draw(self, chance: polars.Series) -> polars.Series:
        import polars

        normal = NormalDist()
        sigma = math.log(self.p99 / self.median) / normal.inv_cdf(0.99)
        score = polars.Series([normal.inv_cdf(max(each, _SMALLEST)) for each in chance.to_list()], dtype=polars.Float64)
        return self.median * (score * sigma).exp()


Spread = Fixed | Uniform | Triangular | Lognormal
#: The distributions by the name under which a scenario gives them, each with its parameters in rising order.
SPREADS: Mapping[str, tuple[type[Fixed | Uniform | Triangular | Lognormal], tuple[str, ...]]] = {
    "fixed": (Fixed, ()),
    "uniform": (Uniform, ("low", "high")),
    "triangular": (Triangular, ("low", "mode", "high")),
    "lognormal": (Lognormal, ("median", "p99")),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that a scenario gives.

    Attributes:
        unit: what it counts.
        most: the largest value it can have; the smallest is zero.
        positive: whether zero makes no sense, because something is divided by it.
        yearly: whether each year has its own.
        needed: whether the model cannot do without; what is not needed may be unknown, and is then no limit.
        help: what it is.
    """

    unit: str
    help: str
    most: float = math.inf
    positive: bool = False
    yearly: bool = False
    needed: bool = True


QUANTITIES: Mapping[str, Quantity] = {
    "wafers_per_month": Quantity("wafer starts a month", "logic wafers for this accelerator", yearly=True),
    "gross_dice_per_wafer": Quantity("dice", "whole compute dice on a wafer, good or bad"),
    "die_yield": Quantity("share", "good dice among them", most=1),
    "packaging_yield": Quantity("share", "good dice that survive packaging", most=1),
    "packaging_capacity": Quantity("chips a year", "what the packaging lines can assemble", yearly=True, needed=False),
    "dice_per_chip": Quantity("dice", "compute dice in one accelerator", positive=True),
    "stacks_per_chip": Quantity("stacks", "memory stacks on one accelerator", positive=True),
    "die_stock": Quantity("dice", "good dice made abroad, held at the start or used before it"),
    "dice_used_before": Quantity("dice", "how many of them were used before the first year"),
    "die_stock_months": Quantity("months", "over how many months the stock of dice is used", positive=True),
    "memory_stock": Quantity("stacks", "foreign memory stacks held at the start"),
    "memory_stock_months": Quantity("months", "over how many months the stock of stacks is used", positive=True),
    "domestic_stacks": Quantity("stacks a year", "memory stacks made at home", yearly=True),
    "price": Quantity("USD", "what one accelerator is sold for", needed=False),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One figure of a scenario: which, for which year, what is known of it and from whom.

    Attributes:
        name: a key of `QUANTITIES`.
        year: the year it is for; None where one figure serves all.
        spread: what is known; None where nothing is published.
        source: who says so.
        mark: a key of `MARKS`.
        note: what a careful reader should know.
    """

    name: str
    year: int | None
    spread: Spread | None
    source: str
    mark: str
    note: str = ""

    @property
    def key(self) -> str:
        """The name with its year, unique in a scenario."""
        return self.name if self.year is None else f"{self.name} {self.year}"


def figure(value: float) -> str:
    """A number in few letters: thousands with commas, shares as they are, millions as such."""
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.3g}M"
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"

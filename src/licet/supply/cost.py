"""How much of an accelerator's component cost is memory, from the prices of its parts.

Component cost is the die, the packaging, the memory and the rest, which is taken as a share of the whole. It is not the
selling price, of which memory is a far smaller part.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from importlib import resources

import polars

from licet.catalog import tables
from licet.supply import model
from licet.supply.inputs import Uniform
from licet.supply.model import Range

_ITEMS = ("nvidia-h100-sxm5", "nvidia-h200-sxm")
#: The one item whose selling price is among the inputs.
_PRICED = "nvidia-h200-sxm"


@dataclass(frozen=True, slots=True)
class Price:
    """A price or count that the cost is made of: anything between `low` and `high`."""

    name: str
    low: float
    high: float
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What an accelerator's parts cost.

    Attributes:
        item: its id in the catalog.
        memory_gb: its memory.
        usd: for die, packaging, memory and the rest, in dollars.
        share: of memory in component cost.
        of_price: of memory in the selling price, where one is known.
    """

    item: str
    memory_gb: float
    usd: dict[str, Range]
    share: Range
    of_price: Range | None


@dataclass(frozen=True, slots=True)
class PublishedShare:
    """A share of memory in component cost that somebody printed, and ours for one item."""

    item: str
    when: str
    low: float
    high: float
    source: str
    mark: str
    note: str
    ours: Range

    @property
    def ratio(self) -> float:
        """Our median over the middle of what was printed."""
        return self.ours.median / ((self.low + self.high) / 2)


def prices() -> tuple[Price, ...]:
    """What the cost is computed from."""
    return tuple(
        Price(row["input"], float(row["low"]), float(row["high"]), row["source"], row["mark"]) for row in _rows("cost")
    )


def costs(*, seed: int = model.SEED, draws: int = model.DRAWS) -> tuple[Cost, ...]:
    """The cost of each item, by Monte Carlo over `prices`, each uniform between its ends."""
    memory = {row["id"]: row["memory_gb"] for row in tables.read("chips")}
    return tuple(_cost(item, float(memory[item]), seed, draws) for item in _ITEMS)


def published(found: tuple[Cost, ...]) -> list[PublishedShare]:
    """The printed shares, each beside ours."""
    ours = {each.item: each.share for each in found}
    return [
        PublishedShare(
            row["item"], row["when"], float(row["low"]), float(row["high"]), row["source"], row["mark"], row["note"],
            ours[row["item"]],
        )
        for row in _rows("cost_published")
    ]  # fmt: skip


def _cost(item: str, memory_gb: float, seed: int, draws: int) -> Cost:
    drawn = {each.name: _draw(each, seed, draws) for each in prices()}
    die = drawn["wafer_usd"] / drawn["good_dice_per_wafer"]
    packaging = drawn["interposer_wafer_usd"] / drawn["packages_per_interposer_wafer"]
    memory = drawn["memory_usd_per_gb"] * memory_gb
    whole = (die + packaging + memory) / (1 - drawn["auxiliary_share"])
    usd = {"die": die, "packaging": packaging, "memory": memory, "the rest": whole * drawn["auxiliary_share"]}
    of_price = Range.of(memory / drawn["selling_price_usd"]) if item == _PRICED else None
    return Cost(
        item, memory_gb, {name: Range.of(part) for name, part in usd.items()}, Range.of(memory / whole), of_price
    )


def _draw(price: Price, seed: int, draws: int) -> polars.Series:
    source = random.Random(f"{seed} {price.name}")
    return Uniform(price.low, price.high).draw(polars.Series([source.random() for _ in range(draws)]))


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("licet.supply") / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))

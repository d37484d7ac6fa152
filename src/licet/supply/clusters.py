"""Clusters side by side: what one system has over another, and what that costs in chips and kilowatts.

The figures are those of the catalog's systems; ``clusters.csv`` holds the range where sources differ, and zero where a
system lacks something. A figure that is in neither is unknown, and so is every ratio made with it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from licet.catalog import tables
from licet.errors import QuestionError, did_you_mean

#: What is compared: the name, its column in the catalog's systems, and how it is printed.
MEASURES: Mapping[str, tuple[str, str]] = {
    "bf16_pf": ("agg_bf16_dense_pflops", "BF16 dense, PF"),
    "8bit_pf": ("agg_8bit_dense_pflops", "FP8 or INT8 dense, PF"),
    "fp4_pf": ("agg_fp4_dense_pflops", "FP4 dense, PF"),
    "memory_tb": ("memory_tb", "memory, TB"),
    "bandwidth_tbs": ("memory_bandwidth_tbs", "bandwidth, TB/s"),
    "power_kw": ("power_kw", "power, kW"),
    "chips": ("accelerator_count", "chips"),
    "racks": ("racks", "racks"),
}
#: More of these is what a system is built for; the others are its price.
CAPACITIES = ("bf16_pf", "8bit_pf", "fp4_pf", "memory_tb", "bandwidth_tbs")
#: What is compared unless something else is asked for: the system that is said to beat the others comes first.
CLAIMS = (
    ("huawei-cm384", "nvidia-gb200-nvl72"),
    ("huawei-cm384", "nvidia-gb300-nvl72"),
    ("huawei-cm384", "nvidia-vr-nvl72"),
    ("huawei-atlas950-pod", "nvidia-vr-nvl72"),
    ("huawei-cm384", "google-tpu-v7-pod"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A figure between two ends, which are equal where sources agree."""

    low: float
    high: float

    def over(self, other: Span) -> Span | None:
        """This figure divided by another, from the least to the most; None where that may be zero."""
        return Span(self.low / other.high, self.high / other.low) if other.low > 0 else None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A system: its id, name, and figures by measure. What is unknown is not there."""

    id: str
    name: str
    figures: Mapping[str, Span]
    source: str

    def per(self, measure: str, price: str) -> Span | None:
        """A measure for each chip, kilowatt or rack; None where either is unknown."""
        above, below = self.figures.get(measure), self.figures.get(price)
        return above.over(below) if above and below else None


@dataclass(frozen=True, slots=True)
class Match:
    """What it takes of the second system to equal the first in one measure: systems, chips, kilowatts."""

    measure: str
    systems: Span
    chips: Span | None
    power_kw: Span | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One system against another.

    Attributes:
        first, second: the two; the claim is that the first beats the second.
        ratios: the first over the second, by measure, and BF16 for each chip, kilowatt and rack.
        matches: what it takes of the second to equal the first.
    """

    first: Cluster
    second: Cluster
    ratios: Mapping[str, Span | None]
    matches: tuple[Match, ...]

    @property
    def leads(self) -> tuple[str, ...]:
        """The capacities in which the first is ahead on every reading of the sources."""
        return tuple(name for name in CAPACITIES if (ratio := self.ratios[name]) and ratio.low > 1)

    @property
    def trails(self) -> tuple[str, ...]:
        """The capacities in which it is behind on every reading."""
        return tuple(name for name in CAPACITIES if (ratio := self.ratios[name]) and ratio.high < 1)


def cluster(id_: str) -> Cluster:
    """The system of that id in the catalog.

    Raises:
        QuestionError: the catalog holds no such system.
    """
    systems = {row["id"]: row for row in tables.read("systems")}
    if id_ not in systems:
        hint = did_you_mean(id_, systems, otherwise="`licet catalog --kind computer` lists all")
        raise QuestionError(f"the catalog holds no system {id_!r}", next=hint)
    row = systems[id_]
    figures = {
        name: Span(float(row[column]), float(row[column])) for name, (column, _) in MEASURES.items() if row[column]
    }
    text = (resources.files("licet.supply") / "clusters.csv").read_text(encoding="utf-8")
    for each in csv.DictReader(text.splitlines()):
        if each["system"] == id_:
            figures[each["measure"]] = Span(float(each["low"]), float(each["high"]))
    return Cluster(id_, row["name"], figures, row["source"])


def compare(first: str, second: str) -> Comparison:
    """Compare two systems of the catalog by id.

    Raises:
        QuestionError: the catalog holds no such system.
    """
    one, other = cluster(first), cluster(second)
    ratios: dict[str, Span | None] = {}
    for measure in MEASURES:
        mine, theirs = one.figures.get(measure), other.figures.get(measure)
        ratios[measure] = mine.over(theirs) if mine and theirs else None
    for price in ("chips", "power_kw", "racks"):
        mine, theirs = one.per("bf16_pf", price), other.per("bf16_pf", price)
        ratios[f"bf16_pf/{price}"] = mine.over(theirs) if mine and theirs else None
    matches = tuple(
        _match(measure, ratio, other) for measure in CAPACITIES if (ratio := ratios[measure]) and ratio.high > 0
    )
    return Comparison(one, other, ratios, matches)


def _match(measure: str, systems: Span, other: Cluster) -> Match:
    chips, power = (
        Span(systems.low * price.low, systems.high * price.high) if (price := other.figures.get(name)) else None
        for name in ("chips", "power_kw")
    )
    return Match(measure, systems, chips, power)


def claims() -> tuple[Comparison, ...]:
    """The comparisons of `CLAIMS`."""
    return tuple(compare(*pair) for pair in CLAIMS)

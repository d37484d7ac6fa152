"""From a scenario to accelerators a year, by Monte Carlo, and the link of the chain that binds.

Over the years C(t), all accelerators made by the end of year t, is the least of

    dice       (stock used so far + wafers x 12 x gross dice x yield, summed) x packaging yield / dice per chip
    memory     (stock used so far + domestic stacks, summed) / stacks per chip
    packaging  C(t - 1) + the year's capacity, where one is known

because dice and stacks can wait in a warehouse, and a packaging line that stood idle cannot. A year's output is the
difference. The link that is the least binds. Every input is drawn from a stream of its own, named by the seed and the
input: the same seed gives the same draws, and changing one input leaves the others as they were.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

import polars

from licet.errors import QuestionError
from licet.supply.scenario import Scenario

LINKS = ("dice", "memory", "packaging")
#: The shares of draws that an estimate prints.
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
DRAWS, SEED = 100_000, 1
_FEWEST, _MOST = 100, 5_000_000


@dataclass(frozen=True, slots=True)
class Range:
    """Quantiles of a figure at `QUANTILES`."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, draws: polars.Series) -> Range:
        """The quantiles of `draws`, which leave out what is not defined; NaN where nothing is."""
        ordered = draws.drop_nulls().sort()
        found = (ordered.quantile(share, "linear") for share in QUANTILES)
        return cls(tuple(math.nan if each is None else float(each) for each in found))

    @property
    def median(self) -> float:
        return self.values[2]

    @property
    def ends(self) -> tuple[float, float]:
        """Nine draws of ten lie between them."""
        return self.values[0], self.values[-1]


@dataclass(frozen=True, slots=True)
class Year:
    """What one year gives, in accelerators.

    Attributes:
        year: which.
        chips: what is made.
        binds: for each link, the share of draws in which it is the least. The shares add up to 1.
        free: what would be made if that link were no limit in any year.
    """

    year: int
    chips: Range
    binds: Mapping[str, float]
    free: Mapping[str, Range]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What came of a scenario.

    Attributes:
        scenario: what was known.
        seed: names the draws.
        count: how many draws.
        years: the result, year by year.
        unknown: the links for which nothing is published, so that they limit nothing.
        weights: for each input that varies, its rank correlation with the accelerators of all years.
        draws: every figure of every draw, by name and year.
    """

    scenario: Scenario
    seed: int
    count: int
    years: tuple[Year, ...]
    unknown: tuple[str, ...]
    weights: Mapping[str, float]
    draws: polars.DataFrame

    def range(self, figure: str) -> Range:
        """The quantiles of a column of `draws`."""
        return Range.of(self.draws[figure])


def estimate(scenario: Scenario, *, seed: int = SEED, draws: int = DRAWS) -> Estimate:
    """Draw every input `draws` times and follow the chain.

    Raises:
        QuestionError: too few or too many draws.
    """
    if not _FEWEST <= draws <= _MOST:
        raise QuestionError(f"{draws:,} draws are out of range", next=f"take {_FEWEST:,} to {_MOST:,}")
    inputs = polars.DataFrame(
        {
            key: each.spread.draw(_chances(seed, key, draws)).cast(polars.Float64)
            for key, each in scenario.inputs.items()
            if each.spread is not None
        }
    )
    frame = inputs.with_columns(_chain(scenario))
    known = [link for link in LINKS if link != "packaging" or any(_caps(scenario))]
    for free in (None, *known):
        frame = frame.with_columns(_made(scenario, [link for link in known if link != free], free))
    frame = frame.with_columns(_figures(scenario))
    years = tuple(
        Year(
            year,
            Range.of(frame[f"chips {year}"]),
            {link: float((frame[f"binds {year}"] == link).sum()) / draws for link in known},
            {link: Range.of(frame[f"chips {year}, {link} free"]) for link in known},
        )
        for year in scenario.years
    )
    unknown = tuple(link for link in LINKS if link not in known)
    return Estimate(scenario, seed, draws, years, unknown, _weights(scenario, frame), frame)


def _chances(seed: int, key: str, count: int) -> polars.Series:
    source = random.Random(f"{seed} {key}")
    return polars.Series([source.random() for _ in range(count)], dtype=polars.Float64)


def _caps(scenario: Scenario) -> list[bool]:
    return [scenario.input("packaging_capacity", year).spread is not None for year in scenario.years]


def _chain(scenario: Scenario) -> list[polars.Expr]:
    """For each year the accelerators that dice and memory allow from the first year to its end."""
    col = polars.col
    stock = (col("die_stock") - col("dice_used_before")).clip(lower_bound=0)
    made_dice, made_stacks = polars.lit(0.0), polars.lit(0.0)
    found: list[polars.Expr] = []
    for index, year in enumerate(scenario.years):
        own = col(f"wafers_per_month {year}") * 12 * col("gross_dice_per_wafer") * col("die_yield")
        made_dice, made_stacks = made_dice + own, made_stacks + col(f"domestic_stacks {year}")
        months = 12.0 * (index + 1)
        dice = made_dice + stock * (months / col("die_stock_months")).clip(upper_bound=1)
        stacks = made_stacks + col("memory_stock") * (months / col("memory_stock_months")).clip(upper_bound=1)
        found += [
            own.alias(f"dice made {year}"),
            (dice * col("packaging_yield") / col("dice_per_chip")).alias(f"dice so far {year}"),
            (stacks / col("stacks_per_chip")).alias(f"memory so far {year}"),
        ]
    return found


def _made(scenario: Scenario, links: list[str], free: str | None) -> list[polars.Expr]:
    """The accelerators of each year under `links`; with all of them also which one binds."""
    tail = f", {free} free" if free else ""
    before, found = polars.lit(0.0), []
    for year in scenario.years:
        limits = {link: polars.col(f"{link} so far {year}") for link in links if link != "packaging"}
        if "packaging" in links and scenario.input("packaging_capacity", year).spread is not None:
            limits["packaging"] = before + polars.col(f"packaging_capacity {year}")
        if not limits:
            raise QuestionError("no link limits the output", next="give at least one of dice, memory and packaging")
        total = polars.min_horizontal(*limits.values())
        found.append((total - before).alias(f"chips {year}{tail}"))
        if free is None:
            binds = polars.lit(None, polars.String)
            for link, limit in limits.items():
                binds = polars.when(binds.is_null() & (limit <= total)).then(polars.lit(link)).otherwise(binds)
            found.append(binds.alias(f"binds {year}"))
        before = total
    return found


def _figures(scenario: Scenario) -> list[polars.Expr]:
    """Further figures that sources print, from the same draws."""
    col = polars.col
    all_years = polars.sum_horizontal(*(col(f"chips {year}") for year in scenario.years))
    found = [
        all_years.alias("chips in all"),
        (col("memory_stock") / col("stacks_per_chip")).alias("chips from the stock of memory"),
        (col("die_stock") * col("packaging_yield") / col("dice_per_chip")).alias("chips from the stock of dice"),
    ]
    for index, year in enumerate(scenario.years):
        chips = col(f"chips {year}")
        made = col(f"domestic_stacks {year}") / col("stacks_per_chip")
        found += [made.alias(f"chips from domestic memory {year}"),
                  (chips * col("dice_per_chip")).alias(f"dice in chips {year}"),
                  (col(f"dice made {year}") * col("packaging_yield") / col("dice_per_chip"))
                  .alias(f"chips from dice made at home {year}")]  # fmt: skip
        if scenario.input("price").spread is not None:
            found.append((chips * col("price")).alias(f"revenue {year}"))
        if index:
            before = col(f"chips {year - 1}")
            found.append(polars.when(before > 0).then(chips / before).alias(f"growth {year}"))
    return found


def _weights(scenario: Scenario, frame: polars.DataFrame) -> dict[str, float]:
    """Spearman's rank correlation of each varying input with all years' output, the strongest first."""
    output = frame["chips in all"].rank()
    found = {}
    for key, each in scenario.inputs.items():
        if each.spread is not None and each.name != "price" and frame[key].n_unique() > 1:
            value = frame.select(polars.corr(polars.lit(frame[key].rank()), polars.lit(output))).item()
            found[key] = float(value) if value is not None and value == value else 0.0  # noqa: PLR0124 - NaN
    return dict(sorted(found.items(), key=lambda each: -abs(each[1])))

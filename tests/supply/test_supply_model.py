"""The chain from wafers, stocks and stacks to accelerators: what it computes, and what must hold whatever goes in."""

from __future__ import annotations

import statistics
import time
from typing import Any

import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licet.errors import QuestionError
from licet.supply import Estimate, Scenario, estimate, find, parse
from licet.supply.inputs import Fixed, Lognormal, Spread, Triangular, Uniform

PLAIN: dict[str, Any] = {
    "gross_dice_per_wafer": 78, "die_yield": 0.30, "packaging_yield": 0.75, "dice_per_chip": 2, "stacks_per_chip": 8,
    "die_stock": 0, "dice_used_before": 0, "die_stock_months": 12, "memory_stock": 0, "memory_stock_months": 12,
}  # fmt: skip
YEARS = (2025, 2026)


def chain(**given: Any) -> Scenario:
    """A scenario of plain numbers; what has several is by year."""
    figures = PLAIN | {"wafers_per_month": (0, 0), "domestic_stacks": (0, 0)} | given
    lines = ["id: t", "title: t", "unit: chip", "years: [2025, 2026]", "inputs:"]
    for name, value in figures.items():
        if isinstance(value, tuple):
            lines.append(f"  {name}:")
            lines += [f"    {year}: {{fixed: {one}}}" for year, one in zip(YEARS, value, strict=True)]
        else:
            lines.append(f"  {name}: {{fixed: {value}}}")
    return parse("\n".join(lines), "test.yaml")


def made(**given: Any) -> list[float]:
    """The accelerators of each year."""
    return [year.chips.median for year in estimate(chain(**given), draws=100).years]


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_dice_by_hand() -> None:
    """7,000 x 12 x 78 x 0.30 = 1,965,600 dice; x 0.75 / 2 = 737,100 accelerators."""
    plenty = (10**9, 10**9)
    assert made(wafers_per_month=(7000, 7000), domestic_stacks=plenty) == pytest.approx([737_100, 737_100])


def test_memory_by_hand() -> None:
    """13 million stacks over 12 months by eight are 1,625,000; two million a year later 250,000."""
    found = made(wafers_per_month=(10**6, 10**6), memory_stock=13_000_000, domestic_stacks=(0, 2_000_000))
    assert found == pytest.approx([1_625_000, 250_000])


def test_a_stock_is_used_evenly_and_less_what_was_used_before() -> None:
    """(2,900,000 - 500,000) over 18 months: 1,600,000 in the first year, 800,000 in the second."""
    found = made(die_stock=2_900_000, dice_used_before=500_000, die_stock_months=18, domestic_stacks=(10**9, 10**9))
    assert found == pytest.approx([600_000, 300_000])


def test_what_one_year_leaves_over_the_next_can_use() -> None:
    """Dice wait for stacks: nothing in the first year, two years' dice in the second."""
    found = made(wafers_per_month=(7000, 7000), domestic_stacks=(0, 10**9))
    assert found == pytest.approx([0, 2 * 737_100])


def test_a_packaging_line_that_stands_idle_has_lost_its_year() -> None:
    found = made(wafers_per_month=(7000, 7000), domestic_stacks=(0, 10**9), packaging_capacity=(1_000_000, 1_000_000))
    assert found == pytest.approx([0, 1_000_000])


def test_the_binding_link_by_hand() -> None:
    rich = {"wafers_per_month": (10**6, 10**6), "domestic_stacks": (10**9, 10**9), "packaging_capacity": (10**8, 10**8)}
    for link, short in (
        ("dice", {"wafers_per_month": (10, 10)}),
        ("memory", {"domestic_stacks": (10, 10)}),
        ("packaging", {"packaging_capacity": (10, 10)}),
    ):
        for year in estimate(chain(**rich | short), draws=100).years:
            assert year.binds[link] == 1, (link, year.year)


def test_without_its_capacity_packaging_is_no_link_and_the_estimate_says_so() -> None:
    found = estimate(find("ascend"), draws=500)
    assert found.unknown == ("packaging",)
    assert set(found.years[0].binds) == {"dice", "memory"}


# --- whatever goes in -------------------------------------------------------------------------------------------------

SMALL = st.integers(0, 50_000)
CHAIN = st.fixed_dictionaries(
    {
        "wafers_per_month": st.tuples(SMALL, SMALL),
        "domestic_stacks": st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)),
        "packaging_capacity": st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)),
        "die_yield": st.floats(0, 1),
        "packaging_yield": st.floats(0, 1),
        "die_stock": st.integers(0, 5 * 10**6),
        "dice_used_before": st.integers(0, 10**6),
        "die_stock_months": st.integers(1, 36),
        "memory_stock": st.integers(0, 2 * 10**7),
        "memory_stock_months": st.integers(1, 36),
    }
)
MORE = (
    "wafers_per_month",
    "domestic_stacks",
    "packaging_capacity",
    "die_yield",
    "packaging_yield",
    "die_stock",
    "memory_stock",
)


@settings(max_examples=40, deadline=None)
@given(CHAIN, st.sampled_from(MORE), st.floats(1, 3))
def test_more_of_anything_never_gives_fewer_chips_in_all(figures: dict[str, Any], name: str, times: float) -> None:
    """Of one year alone this is not so: what the first year takes, the second lacks."""
    most = 1 if "yield" in name else float("inf")
    value = figures[name]
    grown = tuple(one * times for one in value) if isinstance(value, tuple) else min(value * times, most)
    before, after = made(**figures), made(**figures | {name: grown})
    assert after[0] >= before[0] * (1 - 1e-9)
    assert sum(after) >= sum(before) * (1 - 1e-9)


@settings(max_examples=40, deadline=None)
@given(CHAIN)
def test_nothing_is_made_that_a_link_does_not_allow(figures: dict[str, Any]) -> None:
    found = estimate(chain(**figures), draws=100)
    total = 0.0
    for year in found.years:
        assert year.chips.median >= 0
        assert sum(year.binds.values()) == pytest.approx(1)
        total += year.chips.median
        for link in ("dice", "memory"):
            assert total <= found.draws[f"{link} so far {year.year}"][0] * (1 + 1e-9) + 1e-6


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_the_binding_link_is_the_one_whose_relief_helps(seed: int) -> None:
    """Draw by draw: where a link does not bind in the first year, freeing it changes nothing there."""
    draws = estimate(find("semianalysis"), seed=seed, draws=200).draws
    for link in ("dice", "memory"):
        idle = draws.filter(polars.col("binds 2025") != link)
        assert idle[f"chips 2025, {link} free"].to_list() == idle["chips 2025"].to_list()
        busy = draws.filter(polars.col("binds 2025") == link)
        assert (busy[f"chips 2025, {link} free"] >= busy["chips 2025"]).all()


# --- draws ------------------------------------------------------------------------------------------------------------


def plain(found: Estimate) -> list[tuple[float, ...]]:
    return [year.chips.values for year in found.years]


def test_one_seed_gives_one_answer() -> None:
    ascend = find("ascend")
    assert plain(estimate(ascend, seed=7, draws=2000)) == plain(estimate(ascend, seed=7, draws=2000))
    assert plain(estimate(ascend, seed=7, draws=2000)) != plain(estimate(ascend, seed=8, draws=2000))


def test_changing_one_input_leaves_the_draws_of_the_others() -> None:
    mine = parse("id: m\ntitle: m\nbase: ascend\ninputs:\n  die_yield: {fixed: 0.9}", "m.yaml")
    one, other = estimate(find("ascend"), draws=500).draws, estimate(mine, draws=500).draws
    assert one["memory_stock"].to_list() == other["memory_stock"].to_list()
    assert one["die_yield"].to_list() != other["die_yield"].to_list()


def test_the_answer_does_not_hang_on_the_seed() -> None:
    """At the usual number of draws the median moves by less than two percent from seed to seed."""
    medians = [estimate(find("ascend"), seed=seed).years[1].chips.median for seed in (1, 2, 3)]
    assert max(medians) / min(medians) < 1.02


def drawn(spread: Spread, count: int = 20_001) -> list[float]:
    """The spread at even steps of chance."""
    return spread.draw(polars.Series([(i + 0.5) / count for i in range(count)])).to_list()


@pytest.mark.parametrize(
    ("spread", "mean", "median"),
    [
        (Fixed(3.0), 3.0, 3.0),
        (Uniform(2.0, 6.0), 4.0, 4.0),
        (Triangular(0.0, 3.0, 6.0), 3.0, 3.0),
        (Triangular(0.0, 0.0, 6.0), 2.0, 6 - 6 / 2**0.5),
        (Triangular(6.0, 13.0, 13.0), 32 / 3, 6 + 7 / 2**0.5),
        (Triangular(5.0, 5.0, 5.0), 5.0, 5.0),
    ],
)
def test_a_distribution_has_the_mean_and_the_median_of_the_textbook(spread: Spread, mean: float, median: float) -> None:
    found = drawn(spread)
    assert statistics.fmean(found) == pytest.approx(mean, rel=1e-3)
    assert statistics.median(found) == pytest.approx(median, rel=1e-3)
    low, high = spread.ends()
    assert low <= min(found) <= max(found) <= high


def test_a_lognormal_has_its_median_and_its_p99() -> None:
    found = sorted(drawn(Lognormal(2e6, 10e6)))
    assert found[10_000] == pytest.approx(2e6)
    assert found[19_800] == pytest.approx(10e6, rel=0.01)


def test_a_hundred_thousand_draws_take_seconds() -> None:
    began = time.perf_counter()
    estimate(find("ascend"), draws=100_000)
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize("draws", [0, -5, 10**9])
def test_too_few_and_too_many_draws(draws: int) -> None:
    with pytest.raises(QuestionError, match="out of range"):
        estimate(find("ascend"), draws=draws)

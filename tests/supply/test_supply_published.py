"""Published estimates against ours. The printed numbers and the bounds come from the sources, not from the program."""

from __future__ import annotations

import pytest

from licet.supply import named
from licet.supply.cost import costs
from licet.supply.cost import published as shares
from licet.supply.inputs import MARKS
from licet.supply.published import Published, rows, table


@pytest.fixture(scope="module")
def held() -> dict[str, Published]:
    return {each.id: each for each in table()}


@pytest.mark.parametrize(
    ("id_", "arithmetic"),
    [
        ("semianalysis-stock", 13_000_000 / 8),
        ("semianalysis-cxmt-2026", 2_000_000 / 8),
        ("csis-dice", 2_000_000 * 0.75 / 2),
        ("morgan-stanley-2025", 7_000 * 12 * 78 * 0.30),
        ("morgan-stanley-2026", 13_000 * 12 * 78 * 0.30),
        ("morgan-stanley-2027", 18_000 * 12 * 78 * 0.30),
    ],
)
def test_what_a_source_computes_from_its_own_inputs_comes_out_the_same(
    held: dict[str, Published], id_: str, arithmetic: float
) -> None:
    """The arithmetic by hand, and the printed figure: to 5 percent, or inside the printed range."""
    each = held[id_]
    assert each.ours is not None
    assert each.ours.ends == pytest.approx((arithmetic, arithmetic))
    assert each.low * 0.95 <= each.ours.median <= each.high * 1.05


@pytest.mark.parametrize(
    "id_", ["semianalysis-2025", "semianalysis-smic-2025", "semianalysis-free-2025", "semianalysis-free-2026",
            "bloomberg-2026", "bloomberg-dice-2026", "jpmorgan-2026", "ft-revenue-2026"],
)  # fmt: skip
def test_estimates_that_the_ranges_allow(held: dict[str, Published], id_: str) -> None:
    """Within nine draws of ten, and the median within a factor of two."""
    each = held[id_]
    assert each.agrees
    assert each.ratio is not None
    assert 1 / 2 <= each.ratio <= 2


@pytest.mark.parametrize(
    "id_", ["commerce-2025", "ft-plan-2025", "bloomberg-2025", "bloomberg-dice-2025", "ft-revenue-2025", "cfr-2026",
            "grunewald-2026"],
)  # fmt: skip
def test_estimates_that_lie_below_the_ranges(held: dict[str, Published], id_: str) -> None:
    """Stocks of dice and stacks alone allow more than these say was made or sold: the table has to show it."""
    each = held[id_]
    assert each.agrees is False
    assert each.ratio is not None
    assert 1 < each.ratio < 6


def test_the_spread_of_the_sources_is_kept(held: dict[str, Published]) -> None:
    """200,000 or fewer to 729,000 for 2025: the series stand side by side and are not averaged."""
    of_2025 = [each.middle for each in held.values() if each.figure == "chips 2025"]
    assert min(of_2025) == 200_000
    assert max(of_2025) == 729_000


def test_tripling_is_not_what_the_stocks_allow(held: dict[str, Published]) -> None:
    assert held["ft-growth-2026"].agrees is False
    assert held["ft-growth-2026"].ratio == pytest.approx(0.3, abs=0.1)


def test_what_is_not_modelled_stands_in_the_table_with_its_reason(held: dict[str, Published]) -> None:
    bare = [each for each in held.values() if each.ours is None]
    assert {each.id for each in bare} == {"semianalysis-2024", "ft-2024", "cambricon-2026", "alibaba"}
    assert all(each.note.startswith("not modelled: ") for each in bare)
    assert all(each.ratio is None and each.agrees is None for each in bare)


def test_every_row_names_its_source() -> None:
    for row in rows():
        assert row["source"]
        assert row["mark"] in MARKS
        assert row["scenario"] in {*named(), ""}
        assert row["low"] or row["high"]


# --- memory in component cost -----------------------------------------------------------------------------------------


def test_the_share_of_memory_by_hand() -> None:
    """H200: 141 GB at 12.5, die 19,000 / 55, packaging 12,000 / 28, and a tenth of the whole for the rest."""
    found = {each.item: each for each in costs(draws=20_000)}
    for item, gb in (("nvidia-h100-sxm5", 80), ("nvidia-h200-sxm", 141)):
        memory, others = gb * 12.5, 19_000 / 55 + 12_000 / 28
        assert found[item].share.median == pytest.approx(0.9 * memory / (memory + others), rel=0.01)
    of_price = found["nvidia-h200-sxm"].of_price
    assert of_price is not None
    assert of_price.median == pytest.approx(141 * 12.5 / 27_000, rel=0.01)


def test_the_printed_shares_are_reproduced() -> None:
    """52% and about half for 80 GB, 60 to 67% for 141 GB: within a tenth."""
    for each in shares(costs(draws=20_000)):
        assert 0.9 < each.ratio < 1.1, each
        assert each.ours.ends[0] <= each.high
        assert each.low <= each.ours.ends[1]

"""Does one CloudMatrix 384 beat one GB200 NVL72? Yes in compute and memory, and here is the price."""

from __future__ import annotations

import pytest

from licet.errors import QuestionError
from licet.supply.clusters import CLAIMS, compare


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [  # as the founders' notes print them from the makers' pages and SemiAnalysis
        ("bf16_pf", 1.61, 1.67),
        ("8bit_pf", 1.6, 1.6),
        ("memory_tb", 3.6, 3.7),
        ("bandwidth_tbs", 2.13, 2.13),
        ("power_kw", 3.9, 4.7),
        ("chips", 5.3, 5.3),
        ("racks", 16, 16),
        ("bf16_pf/power_kw", 0.36, 0.43),
    ],
)
def test_the_published_ratios(measure: str, low: float, high: float) -> None:
    ratio = compare("huawei-cm384", "nvidia-gb200-nvl72").ratios[measure]
    assert ratio is not None
    assert (ratio.low, ratio.high) == pytest.approx((low, high), rel=0.05)


def test_the_claim_holds_for_one_system_and_fails_for_one_chip() -> None:
    found = compare("huawei-cm384", "nvidia-gb200-nvl72")
    assert found.leads == ("bf16_pf", "8bit_pf", "memory_tb", "bandwidth_tbs")
    assert found.trails == ("fp4_pf",)
    for price in ("chips", "power_kw", "racks"):
        ratio = found.ratios[f"bf16_pf/{price}"]
        assert ratio is not None
        assert ratio.high < 0.5


def test_the_price_in_chips_and_kilowatts() -> None:
    """300/180 racks of 72 chips and 120 to 145 kW each: 120 chips and 200 to 242 kW, against 384 and 559."""
    found = {each.measure: each for each in compare("huawei-cm384", "nvidia-gb200-nvl72").matches}
    bf16 = found["bf16_pf"]
    assert bf16.chips is not None
    assert bf16.power_kw is not None
    assert bf16.chips.high == pytest.approx(300 / 180 * 72)
    assert bf16.power_kw.high == pytest.approx(300 / 180 * 145)
    assert "fp4_pf" not in found
    assert all(each.power_kw is not None and each.power_kw.high < 559 for each in found.values())


def test_the_next_generation_closes_the_gap() -> None:
    """Against GB300 the memory ratio falls to 2.4; Vera Rubin is 4% behind on BF16 and ahead on bandwidth."""
    memory = compare("huawei-cm384", "nvidia-gb300-nvl72").ratios["memory_tb"]
    rubin = compare("huawei-cm384", "nvidia-vr-nvl72")
    bf16 = rubin.ratios["bf16_pf"]
    assert memory is not None
    assert bf16 is not None
    assert memory.low == pytest.approx(2.4, rel=0.02)
    assert bf16.high == pytest.approx(1.04, rel=0.01)
    assert "bandwidth_tbs" in rubin.trails


def test_the_largest_scale_up_system_is_neither() -> None:
    found = compare("huawei-cm384", "google-tpu-v7-pod")
    assert found.leads == ()


def test_what_nobody_printed_is_unknown() -> None:
    found = compare("huawei-atlas950-pod", "nvidia-vr-nvl72")
    assert found.ratios["power_kw"] is None
    assert found.ratios["bf16_pf"] is None
    assert all(each.power_kw is None for each in found.matches)


@pytest.mark.parametrize("pair", CLAIMS)
def test_a_system_equals_itself(pair: tuple[str, str]) -> None:
    for each in pair:
        for name, ratio in compare(each, each).ratios.items():
            assert ratio is None or ratio.low <= 1 <= ratio.high, (each, name)


def test_a_system_that_is_not_there() -> None:
    with pytest.raises(QuestionError, match="id you mean 'huawei-cm384'"):
        compare("huawei-cm348", "nvidia-gb200-nvl72")

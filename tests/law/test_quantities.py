"""The quantities in print about the framework of January 2025, worked out again from the lawbook's own numbers.

Each test names who printed what and shows the arithmetic. The rule itself gives TPP only; chips are arithmetic. Where a
print is off by one, the test says so and pins both numbers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

import pytest

from licet.catalog import find
from licet.lex.law import current
from licet.logic.nodes import Compare, walk

#: An H100 as the White House fact sheet must have counted it: 26,900,000 / 1,700 = 15,823.5; 5,064,000,000 / 320,000 =
#: 15,825 exactly, which is also 633,000,000 / 40,000.
H100_OF_THE_RULE = Decimal(15825)
#: An H100 as SemiAnalysis counted it, from the data sheet: 1,978.9 TFLOPS of FP8 x 8 bits = 15,831.2.
H100_OF_SEMIANALYSIS = Decimal(15831)
#: A GB300 as SemiAnalysis counted it.
GB300_OF_SEMIANALYSIS = Decimal(60003)


def line(provision: str, fact: str, on: str = "2025-06-01", *, last: bool = False) -> Decimal:
    """The number that `fact` is compared with in `provision` on a day."""
    version = current().provisions[provision].version(datetime.date.fromisoformat(on))
    assert version is not None, f"{provision} is not in force on {on}"
    found = [node.plus for node in walk(version.when) if isinstance(node, Compare) and node.fact == fact]
    assert found, f"{provision} compares {fact} with nothing on {on}"
    return found[-1 if last else 0]


def lpp() -> Decimal:
    return line("LPP", "lpp_tpp_this_year")


def country() -> Decimal:
    return line("742.6(b)(10)(iii)(B)(2)", "country_allocation_used_tpp")


def doubled() -> Decimal:
    return line("742.6(b)(10)(iii)(B)(2)", "country_allocation_used_tpp", last=True)


def nveu(on: str) -> Decimal:
    return line("NVEU installed base", "nveu_installed_tpp", on)


# --- License Exception LPP --------------------------------------------------------------------------------------------


def test_lpp_is_about_1_700_advanced_gpus() -> None:
    """White House fact sheet of 2025-01-13: orders of up to roughly 1,700 advanced GPUs need no license."""
    assert lpp() == 26_900_000
    assert round(lpp() / H100_OF_THE_RULE) == 1_700  # 26,900,000 / 15,825 = 1,699.8


def test_lpp_is_1_699_h100() -> None:
    """SemiAnalysis, January 2025: 1,699 H100."""
    assert lpp() // H100_OF_SEMIANALYSIS == 1_699  # 1,699 x 15,831 = 26,896,869; one more is 26,912,700
    assert lpp() // tpp("nvidia-h100-sxm5") == 1_699


def test_lpp_is_fewer_than_500_gb300() -> None:
    """SemiAnalysis, January 2025: fewer than 500 GB300."""
    assert lpp() // tpp("nvidia-gb300") == 448  # 26,900,000 / 60,000 = 448.3


def test_a_shipment_to_announce_is_about_202_h100() -> None:
    """15 CFR 740.29(g)(3): 3,200,000 TPP."""
    notice = line("LPP shipment notice", "shipment_tpp")
    assert notice == 3_200_000
    assert notice / H100_OF_THE_RULE == pytest.approx(Decimal("202.2"), abs=Decimal("0.1"))


# --- License Exception AIA --------------------------------------------------------------------------------------------


def test_aia_certificate_goes_to_bis_at_about_16_000_h100() -> None:
    """15 CFR 740.27(c): 253,000,000 TPP."""
    certificate = line("AIA certificate report", "aia_tpp_received")
    assert certificate == 253_000_000
    assert round(certificate / H100_OF_THE_RULE, -1) == 15_990  # 253,000,000 / 15,825 = 15,987


# --- the country allocation -------------------------------------------------------------------------------------------


def test_country_allocation_is_about_50_000_advanced_gpus() -> None:
    """White House fact sheet of 2025-01-13: 50,000 advanced GPUs for a country."""
    assert country() == 790_000_000
    assert round(country() / H100_OF_THE_RULE, -3) == 50_000  # 790,000,000 / 15,825 = 49,921


def test_country_allocation_is_49_901_h100_in_print_and_49_902_by_arithmetic() -> None:
    """SemiAnalysis, January 2025, prints 49,901; 790,000,000 / 15,831 = 49,902.1, so the print is one short."""
    assert country() // H100_OF_SEMIANALYSIS == 49_902
    assert country() // H100_OF_SEMIANALYSIS - 1 == 49_901
    assert country() // Decimal("15831.2") == 49_901  # with the unrounded 1,978.9 x 8 = 15,831.2 the print is right


def test_country_allocation_is_13_166_gb300() -> None:
    """SemiAnalysis, January 2025: 13,166 GB300 at 60,003 TPP."""
    assert country() / GB300_OF_SEMIANALYSIS == pytest.approx(Decimal("13166.0"), abs=Decimal("0.05"))
    assert country() // GB300_OF_SEMIANALYSIS == 13_166
    assert country() // tpp("nvidia-gb300") == 13_166  # 790,000,000 / 60,000 = 13,166.7


def test_doubled_allocation_is_100_000_gpus_and_99_804_h100() -> None:
    """White House fact sheet: 100,000; SemiAnalysis prints 99,802, which is twice its 49,901."""
    assert doubled() == 2 * country() == 1_580_000_000
    assert round(doubled() / H100_OF_THE_RULE, -3) == 100_000  # 99,842
    assert doubled() // H100_OF_SEMIANALYSIS == 99_804
    assert 2 * 49_901 == 99_802
    assert doubled() // Decimal("15831.2") == 99_802  # again the unrounded data sheet


def test_one_country_is_filled_by_20_000_gb200_or_13_000_gb300() -> None:
    """SemiAnalysis, January 2025."""
    assert round(country() / tpp("nvidia-gb200"), -3) == 20_000  # 790,000,000 / 40,000 = 19,750
    assert round(country() / tpp("nvidia-gb300"), -3) == 13_000  # 13,166.7


# --- national validated end users -------------------------------------------------------------------------------------

TABLE_1 = [
    ("2025-01-13", 633_000_000, 40_000),
    ("2025-04-01", 949_500_000, 60_000),
    ("2025-07-01", 1_266_000_000, 80_000),
    ("2025-10-01", 1_582_500_000, 100_000),
    ("2026-01-01", 1_899_000_000, 120_000),
    ("2026-04-01", 2_690_250_000, 170_000),
    ("2026-07-01", 3_481_500_000, 220_000),
    ("2026-10-01", 4_272_750_000, 270_000),
    ("2027-01-01", 5_064_000_000, 320_000),
]


@pytest.mark.parametrize(("first_day", "ceiling", "h100"), TABLE_1)
def test_nveu_ceiling_of_each_quarter(first_day: str, ceiling: int, h100: int) -> None:
    """15 CFR 748.15, Table 1 to (a)(2)(iii)(B); every line is a round number of H100 at 15,825 TPP."""
    assert nveu(first_day) == ceiling
    assert ceiling / H100_OF_THE_RULE == h100


def test_every_day_of_the_table_has_its_quarters_ceiling() -> None:
    quarters = dict(_days())
    assert quarters[datetime.date(2025, 3, 31)] == 633_000_000
    assert quarters[datetime.date(2025, 12, 31)] == 1_582_500_000
    assert {value for day, value in quarters.items() if day.year == 2027} == {5_064_000_000}
    assert sorted(set(quarters.values())) == [each[1] for each in TABLE_1]


def _days() -> Iterator[tuple[datetime.date, Decimal]]:
    day = datetime.date(2025, 1, 13)
    while day <= datetime.date(2027, 12, 31):
        yield day, nveu(day.isoformat())
        day += datetime.timedelta(1)


def test_nveu_is_320_000_gpus_over_two_years() -> None:
    """White House fact sheet and SemiAnalysis: up to 320,000 advanced GPUs over the next two years."""
    assert nveu("2027-12-31") == 5_064_000_000
    assert nveu("2027-12-31") / H100_OF_THE_RULE == 320_000


def test_nveu_is_more_than_six_times_the_country_allocation() -> None:
    """Hughes Hubbard, 2025-01-29."""
    assert round(nveu("2027-01-01") / country(), 2) == Decimal("6.41")  # 5,064 / 790


# --- other printed numbers --------------------------------------------------------------------------------------------


def test_h100_tpp_in_print_lies_between_15_824_and_15_832() -> None:
    """Various sources of 2025; the chip's data decide, not a constant."""
    assert 15_824 <= tpp("nvidia-h100-sxm5") <= 15_832


@pytest.mark.parametrize(
    ("provision", "fact", "on", "number"),
    [
        ("4E091", "training_operations", "2025-06-01", "1e26"),
        ("4E091 Note 1", "additional_operations", "2025-06-01", "2.5e25"),
        ("HBM", "memory_bandwidth_density", "2025-06-01", "3.3"),
        ("3A090.c", "memory_bandwidth_density", "2025-06-01", "2"),
        ("UVEU", "veu_share_outside_5a_percent", "2025-06-01", "25"),
        ("UVEU", "veu_share_country_percent", "2025-06-01", "7"),
        ("UVEU", "veu_share_outside_us_percent", "2025-06-01", "50"),
        ("UVEU", "veu_notice_days", "2025-06-01", "180"),
        ("authorized designer", "designer_application_days", "2027-02-01", "180"),
        ("applicable advanced logic integrated circuit", "process_node_nm", "2025-06-01", "16"),
        ("transistor limit of Note 1", "transistors_billion", "2025-06-01", "30"),
    ],
)
def test_other_thresholds(provision: str, fact: str, on: str, number: str) -> None:
    assert line(provision, fact, on) == Decimal(number)


def test_a_quarter_of_the_training_counts_beside_2_5e25() -> None:
    """SemiAnalysis prints 2e25 for the fine-tune limit; the text of Note 1 says 2.5 x 10^25 or 25 percent."""
    version = current().provisions["4E091 Note 1"].version(datetime.date(2025, 6, 1))
    assert version is not None
    shares = [node.times for node in walk(version.when) if isinstance(node, Compare) and node.other]
    assert shares == [Decimal("0.25")]


def test_hbm2_lies_in_the_band_of_the_exception_and_hbm3_above() -> None:
    """CSIS, 2024-12-11, takes 3.3 for the control line itself; the text controls above 2 and excepts below 3.3."""
    hbm2, hbm3 = Decimal(256) / 92, Decimal(819) / 110  # about 2.8 and 7.4 GB/s per mm2
    assert line("3A090.c", "memory_bandwidth_density") < hbm2 < line("HBM", "memory_bandwidth_density") < hbm3


@pytest.mark.parametrize(
    ("on", "limits"),
    [("2026-12-31", [30]), ("2027-06-01", [30, 35]), ("2028-06-01", [30]), ("2029-01-01", [30, 40])],
)
def test_transistor_limits_by_year(on: str, limits: list[int]) -> None:
    version = current().provisions["transistor limit of Note 1"].version(datetime.date.fromisoformat(on))
    assert version is not None
    assert [node.plus for node in walk(version.when) if isinstance(node, Compare)] == limits


def tpp(item: str) -> Decimal:
    """The catalog's TPP of `item`."""
    value = find(item).facts["tpp"]
    assert isinstance(value, Decimal)
    return value

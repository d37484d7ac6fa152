"""TPP and the facts around it, against what agencies, makers and the press have printed."""

from decimal import Decimal

import pytest

from licet.catalog import find, items
from licet.catalog.performance import either, rests_on, total, tpp_by_format
from licet.catalog.tables import alternatives, number, read
from licet.unknown import Among

LINES = [1600, 2400, 4800, 14000, 17500, 20800, 21000, 21100]  # TPP lines of 3A090 and of the 2026 rules

# Printed outcomes; rates are rounded on data sheets, so each is met within half a percent.
PRINTED = {
    "nvidia-a100-sxm4-80": 4992,
    "nvidia-a800-sxm4-80": 4992,
    "nvidia-h100-sxm5": 15832,
    "nvidia-h800-sxm": 15832,
    "nvidia-h200-sxm": 15832,
    "nvidia-h20": 2368,
    "nvidia-rtx-4090": 5285,
    "nvidia-rtx-4090d": 4708,
    "nvidia-l40s": 5864,
    "nvidia-l20": 1912,
    "nvidia-l2": 1544,
    "nvidia-l4": 1936,
    "nvidia-a30": 2640,
    "nvidia-a10": 2000,
    "nvidia-b200": 36000,
    "amd-mi250x": 6128,
    "amd-mi300x": 20918,
    "huawei-910a": 4096,
    "biren-br100": 16384,
    "google-tpu-v4": 4400,
}


@pytest.mark.parametrize(("id", "printed"), PRINTED.items())
def test_tpp_of_well_known_chips(id: str, printed: int) -> None:
    tpp = find(id).facts["tpp"]
    assert isinstance(tpp, Decimal)
    assert abs(tpp - printed) <= Decimal("0.005") * printed


@pytest.mark.parametrize("id", ["nvidia-rtx-4090d", "nvidia-rtx-5090d", "nvidia-rtx-5880-ada"])
def test_parts_built_to_stay_below_4800_do(id: str) -> None:
    assert find(id).facts["tpp"] < 4800


def test_parts_built_to_stay_below_a_density_line_do() -> None:
    """3A090.b starts at density 3.2 for TPP 1,600 to 2,400 and at 1.6 from 2,400 on."""
    h20, l20 = find("nvidia-h20").facts, find("nvidia-l20").facts
    assert h20["tpp"] < 2400
    assert h20["tpp"] < Decimal("3.2") * h20["die_area_mm2"]
    assert l20["tpp"] < 2400
    assert l20["tpp"] < Decimal("3.2") * l20["die_area_mm2"]


def test_the_transfer_rate_that_set_the_a800_apart() -> None:
    rates = [find(id).facts["io_bandwidth_gbs"] for id in ("nvidia-a100-sxm4-80", "nvidia-a800-sxm4-80")]
    assert rates == [600, 400]


def test_formats_and_bits() -> None:
    rates = {"fp64": Decimal(34), "tf32": Decimal("494.7"), "fp16": Decimal("989.4"), "int8": Decimal(1979)}
    assert tpp_by_format(rates) == {
        "fp64": Decimal(2176),
        "tf32": Decimal("9399.3"),
        "tf32_as_32": Decimal("15830.4"),
        "fp16": Decimal("15830.4"),
        "int8": Decimal(15832),
    }


def test_tf32_is_read_both_ways_where_it_matters() -> None:
    """The inputs have 19 significant bits and lie in 32; the law does not say which counts."""
    tpp = find("aws-trainium2").facts["tpp"]
    assert tpp == Among({Decimal(667 * 19), Decimal(667 * 32)})
    assert "19 or 32 bits" in tpp.why


def test_tf32_rounding_makes_no_second_value() -> None:
    assert total({"fp16": Decimal(1544), "tf32_as_32": Decimal("1545.6")}, None, "", (), "") == 1544


def test_a_published_value_that_disagrees_is_kept_beside_the_computed_one() -> None:
    products = {"fp16": Decimal(6920)}
    assert total(products, Decimal(6930), "a table", (), "") == 6920
    both = total(products, Decimal(7200), "a table", (), "")
    assert both == Among({Decimal(6920), Decimal(7200)})
    assert isinstance(both, Among)
    assert both.why == "a table prints 7200"


def test_sources_that_fall_on_two_sides_of_a_line() -> None:
    s4000 = find("moorethreads-s4000").facts["tpp"]
    assert s4000 == Among({Decimal(98 * 16), Decimal(100 * 16)})
    assert find("nvidia-rtx-6000d").facts["dram_bandwidth_gbs"] == Among({Decimal(1398), Decimal(1568)})


@pytest.mark.parametrize("id", ["amd-mi308x", "intel-gaudi3-hl328", "hygon-bw1000", "horizon-j6p"])
def test_what_nobody_published_is_unknown_and_not_zero(id: str) -> None:
    assert "tpp" not in find(id).facts
    assert "processing_tops" not in find(id).facts


def test_sparse_rates_are_never_used() -> None:
    """The headline numbers with sparsity, twice the dense ones (ten times for the WSE), give no TPP here."""
    sparse = {
        "nvidia-a100-sxm4-80": 1248 * 8,
        "nvidia-h100-sxm5": 3958 * 8,
        "nvidia-rtx-4090": 1321 * 8,
        "nvidia-h20": 592 * 8,
        "cerebras-wse3": 125000 * 16,
        "nvidia-gb200": 20000 * 4,
        "nvidia-drive-orin": 254 * 8,
    }
    for id, headline in sparse.items():
        assert find(id).facts["tpp"] < Decimal("0.6") * headline


@pytest.mark.parametrize("id", ["nvidia-m40", "nvidia-k80", "google-tpu-v1"])
def test_a_planar_chip_has_no_applicable_die_area_and_density_zero(id: str) -> None:
    facts = find(id).facts
    assert facts["performance_density"] == 0
    assert "die_area_mm2" not in facts
    assert facts["tpp"] > 0


def test_two_published_die_areas_are_both_kept() -> None:
    area = find("amd-mi250x").facts["die_area_mm2"]
    assert area == Among({Decimal(1448), Decimal(1580)})
    assert "724" in area.why


def test_an_upper_bound_is_no_die_area() -> None:
    assert "die_area_mm2" not in find("google-tpu-v3").facts


def test_a_board_has_the_facts_of_one_of_its_circuits() -> None:
    duo, one = find("huawei-310p-duo"), find("huawei-310p")
    assert (duo.kind, one.kind) == ("assembly", "integrated_circuit")
    assert duo.facts["tpp"] == one.facts["tpp"]


def test_a_system_has_the_facts_of_the_accelerator_inside_and_never_a_sum() -> None:
    dgx, chip = find("nvidia-dgx-h100"), find("nvidia-h100-sxm5")
    assert dgx.kind == "computer"
    assert dgx.facts == chip.facts | {"item_kind": "computer"}
    assert find("HGX H20 8-GPU (141 GB)").facts["dram_bandwidth_gbs"] == 4800


def test_a_system_sold_with_one_of_several_chips_knows_only_the_candidates() -> None:
    facts = find("huawei-atlas800t-a2").facts
    assert facts["tpp"] == Among({Decimal(400 * 16), Decimal(376 * 16), Decimal(313 * 16)})
    assert facts["process_node_nm"] == 7


def test_a_system_whose_chip_is_not_in_the_table_has_no_facts_of_a_chip() -> None:
    assert set(find("metax-c550-64").facts) == {"item_kind", "item_vendor"}


def test_memory_gives_both_parts_of_the_density() -> None:
    facts = find("sk-hynix-hbm3-16gb").facts
    assert facts["memory_bandwidth_gbs"] == Decimal("819.2")
    assert facts["package_area_mm2"] == Among({Decimal(110), Decimal(121)})
    assert (facts["item_kind"], facts["has_hbm"], facts["processing_dominant"]) == ("hbm", True, False)


def test_memory_of_which_only_the_total_on_a_chip_is_known_has_no_bandwidth() -> None:
    assert not {"memory_bandwidth_gbs", "package_area_mm2"} & set(find("huawei-hibl-1-0").facts)


def test_has_hbm() -> None:
    assert find("nvidia-h100-pcie").facts["has_hbm"] is True
    assert find("nvidia-l40s").facts["has_hbm"] is False
    assert "has_hbm" not in find("kunlun-p800").facts  # HBM3 or GDDR6: disputed
    assert find("groq-lpu-v1").facts["dram_bandwidth_gbs"] == 0  # SRAM only


def test_unverified_follows_the_figure_that_decides() -> None:
    assert not rests_on({"fp16": Decimal(1040), "int4": Decimal(1040)}, {"int4"})
    assert rests_on({"fp16": Decimal(500), "int4": Decimal(1040)}, {"int4"})
    assert "tpp" not in find("nvidia-rtx-4090").unverified  # INT4 is remembered, FP8 gives the same
    assert "tpp" in find("nvidia-l40s").unverified
    assert "die_area_mm2" in find("nvidia-b200").unverified
    assert "package_area_mm2" in find("micron-hbm3e-24gb").unverified


def test_no_tolerance_hides_a_side_of_a_line() -> None:
    """Whatever rounding swallows (a published TPP, a TF32 product) lies on the same side of every line."""
    published = {row["id"]: number(row["published_tpp"]) for row in read("chips")}
    for item in items():
        tpp = item.facts.get("tpp")
        if not isinstance(tpp, Decimal):
            continue
        for other in (published.get(item.id), max(item.tpp_by_format.values(), default=None)):
            if other is not None:
                assert [other >= line for line in LINES] == [tpp >= line for line in LINES], item.id


def test_either() -> None:
    assert either([]) is None
    assert either([Decimal(1), Decimal(1)]) == 1
    assert either([Decimal(1), Decimal(2)], "x") == Among({Decimal(1), Decimal(2)})


def test_alternatives() -> None:
    cell = "tpp=1600; dram_bandwidth_gbs=1800/2300"
    assert alternatives(cell, "one | two") == {
        "tpp": ((Decimal(1600),), "one"),
        "dram_bandwidth_gbs": ((Decimal(1800), Decimal(2300)), "two"),
    }
    assert alternatives("", "") == {}
    with pytest.raises(ValueError, match="zip"):
        alternatives(cell, "one | two | three")

"""Chips: one row of ``chips.csv`` to one `Item`.

Figures are per integrated circuit, because the thresholds are; a board with several (``ic_count``) is an
assembly whose facts are those of one of them. ``io_bandwidth_gbs`` is the chip-to-chip figure, both
directions together (NVLink and the like), or the host interface where there is no other. The law counts the
host interface too; only where adding it would cross the 600 GB/s line of 2022-10-21 are both sums given.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from licet.catalog import performance, tables
from licet.catalog.item import Item

#: Column of ``chips.csv`` with the dense rate of each number format.
RATES = {name: f"{name}_tops" if name.startswith("int") else f"{name}_tflops" for name in performance.BITS}
#: Columns that carry a fact unchanged, and the fact.
FIGURES = {
    "interconnect_gbs_bidir": "io_bandwidth_gbs",
    "memory_bandwidth_gbs": "dram_bandwidth_gbs",
    "process_node_nm": "process_node_nm",
    "transistors_billion": "transistors_billion",
}
#: Facts a doubtful column makes doubtful, besides the rates.
DOUBTS = FIGURES | {
    "die_area_mm2": "die_area_mm2",
    "die_area_alt_mm2": "die_area_mm2",
    "memory_type": "has_hbm",
    "marketed_for_datacenter": "datacenter",
}
#: The chips that the BIS guidance of 2025-05-13 names: Ascend 910B, 910C and 910D, in each of their bins.
NAMED = ("huawei-910b", "huawei-910c", "huawei-910d")


def chip(row: tables.Row) -> Item:
    """The item a row of ``chips.csv`` describes."""
    rates = {name: Decimal(row[column]) for name, column in RATES.items() if row[column]}
    products = performance.tpp_by_format(rates)
    known = {name: value for name, value in _facts(row, rates, products) if value is not None}
    return Item(
        id=row["id"],
        name=row["name"],
        vendor=row["vendor"],
        kind=known["item_kind"],
        aliases=tables.parts(row["aliases"]),
        facts=MappingProxyType(known),
        source=row["source"],
        confidence=row["confidence"],
        unverified=tuple(sorted(_doubtful(row, rates, products) & known.keys())),
        notes=row["notes"],
        tpp_by_format=MappingProxyType(products),
    )


def _facts(row: tables.Row, rates: dict[str, Decimal], products: dict[str, Decimal]) -> Iterator[tuple[str, Any]]:
    others = tables.alternatives(row["alternatives"], row["alternatives_why"])
    none = tables.Alternative()
    published = tables.number(row["published_tpp"])
    yield "item_kind", "assembly" if int(row["ic_count"] or 1) > 1 else "integrated_circuit"
    yield "item_vendor", row["vendor"]
    yield "datacenter", {"yes": True, "no": False}.get(row["marketed_for_datacenter"])
    yield "ascend_910", row["id"].startswith(NAMED) or None
    further = others.get("tpp", none)
    yield "tpp", performance.total(products, published, row["published_tpp_source"], *further)
    yield "processing_tops", max(rates.values(), default=None)
    yield from _die(row, others.get("die_area_mm2", none))
    yield "has_hbm", _has_hbm(row["memory_type"])
    for column, fact in FIGURES.items():
        value = Decimal(0) if _no_dram(fact, row) else tables.number(row[column])
        further = others.get(fact, none)
        yield fact, value if value is None else performance.either((value, *further.values), further.why)


def _die(row: tables.Row, further: tables.Alternative) -> Iterator[tuple[str, Any]]:
    """Applicable die area; planar dies have none, and then the density is zero whatever the performance."""
    if row["transistor_type"] == "planar":
        yield "performance_density", Decimal(0)
    elif area := tables.number(row["die_area_mm2"]):
        second = tables.number(row["die_area_alt_mm2"])
        values = (area, *further.values) if second is None else (area, second, *further.values)
        yield "die_area_mm2", performance.either(values, further.why or row["die_area_note"])


def _no_dram(fact: str, row: tables.Row) -> bool:
    """SRAM is volatile memory, but no DRAM: the total DRAM bandwidth is known, and it is zero."""
    return fact == "dram_bandwidth_gbs" and row["memory_type"] == "SRAM"


def _has_hbm(memory_type: str) -> bool | None:
    if not memory_type or "disputed" in memory_type:
        return None
    return "HBM" in memory_type


def _doubtful(row: tables.Row, rates: dict[str, Decimal], products: dict[str, Decimal]) -> set[str]:
    columns = set(tables.parts(row["unverified_fields"]))
    if "all" in columns:
        columns = {*RATES.values(), *FIGURES, "die_area_mm2"}
    doubtful = {name for name, column in RATES.items() if column in columns}
    if "tf32" in doubtful:
        doubtful.add(performance.TF32_STORED)
    tpp = {"tpp"} if performance.rests_on(products, doubtful) else set()
    tops = {"processing_tops"} if performance.rests_on(rates, doubtful) else set()
    return {fact for column, fact in DOUBTS.items() if column in columns} | tpp | tops

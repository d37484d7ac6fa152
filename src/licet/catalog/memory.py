"""Memory: one row of ``memory.csv`` to one `Item`.

3A090.c asks for bandwidth over the area of the package (of the stack, where there is no package). Both are
given and the density is left to the law; hardly any maker publishes the area, so it is nearly always
unverified. Rows of kind ``as_run`` show the speed at which a known accelerator runs its stacks; the rule
looks at the stack itself.
"""

from __future__ import annotations

from types import MappingProxyType

from licet.catalog import performance, tables
from licet.catalog.item import Item


def memory(row: tables.Row) -> Item:
    """The item a row of ``memory.csv`` describes."""
    stacked = "HBM" in row["generation"]
    areas = [a for a in (tables.number(row["package_area_mm2"]), tables.number(row["alt_area_mm2"])) if a]
    facts = {
        "item_kind": "hbm" if stacked else "other",
        "item_vendor": row["vendor"],
        "memory_bandwidth_gbs": tables.number(row["bandwidth_gbs"]),
        "package_area_mm2": performance.either(areas, f"first figure: {row['area_basis']}"),
        "processing_dominant": False,
        "has_hbm": stacked,
    }
    known = {name: value for name, value in facts.items() if value is not None}
    return Item(
        id=row["id"],
        name=row["name"],
        vendor=row["vendor"],
        kind=str(known["item_kind"]),
        aliases=tables.parts(row["aliases"]),
        facts=MappingProxyType(known),
        source=row["source"],
        confidence=row["confidence"],
        unverified=tuple(name for name in tables.parts(row["unverified_fields"]) if name in known),
        notes=row["notes"],
        tpp_by_format=MappingProxyType({}),
    )

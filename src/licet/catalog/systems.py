"""Systems: one row of ``systems.csv`` to one `Item`, with the facts of the accelerator inside.

The thresholds of 3A090 are met by one integrated circuit, so nothing is summed over a system. Where a box is
sold with one of several chips (``accelerator`` lists them), a fact they share is known, one they differ in is
`Among` their values, and one that any of them lacks is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from licet.catalog import tables
from licet.catalog.item import Item
from licet.unknown import Among


def system(row: tables.Row, chips: Mapping[str, Item]) -> Item:
    """The item a row of ``systems.csv`` describes; `chips` by id.

    Raises:
        KeyError: the row names an accelerator that is not among the chips.
    """
    inside = [chips[id] for id in tables.parts(row["accelerator"])]
    facts: dict[str, Any] = _shared(inside) | {"item_kind": row["item_kind"]}
    if row["kind"] != "site":  # the vendor of a site is who runs it; what is shipped to it are the chips
        facts["item_vendor"] = row["vendor"]
    doubtful = {fact for item in inside for fact in item.unverified}
    return Item(
        id=row["id"],
        name=row["name"],
        vendor=row["vendor"],
        kind=row["item_kind"],
        aliases=tables.parts(row["aliases"]),
        facts=MappingProxyType(facts),
        source=row["source"],
        confidence=row["confidence"],
        unverified=tuple(sorted(doubtful & facts.keys())),
        notes=row["notes"],
        tpp_by_format=inside[0].tpp_by_format if len(inside) == 1 else MappingProxyType({}),
    )


def _shared(inside: list[Item]) -> dict[str, Any]:
    if len(inside) < 2:
        return dict(inside[0].facts) if inside else {}
    common = set.intersection(*(set(item.facts) for item in inside))
    return {fact: _merged(fact, inside) for fact in sorted(common)}


def _merged(fact: str, inside: list[Item]) -> Any:
    values: set[Any] = set()
    reasons: list[str] = []
    for item in inside:
        value = item.facts[fact]
        values |= value.values if isinstance(value, Among) else {value}
        reasons += [value.why] if isinstance(value, Among) and value.why not in reasons else []
    if len(values) == 1:
        return values.pop()
    return Among(values, "; ".join(["sold with " + " or ".join(item.id for item in inside), *reasons]))

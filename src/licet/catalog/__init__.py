"""WHAT: chips, memory and systems, as dated data with a source on each row.

    >>> from licet.catalog import find
    >>> find("nvidia-h20").facts["tpp"]
    Decimal('2368')

The tables lie beside this file: ``chips.csv``, ``memory.csv``, ``systems.csv``; ``aliases.csv`` holds names
that mean one item though others could bear them, and part numbers; ``brands.csv`` vendor names in other
scripts.
"""

from __future__ import annotations

import functools

from licet.catalog.item import Item
from licet.catalog.names import Directory

__all__ = ["Item", "find", "items"]


@functools.cache
def items() -> tuple[Item, ...]:
    """Every item of the catalog: chips, then memory, then systems, each in the order of its table."""
    from licet.catalog import tables
    from licet.catalog.chips import chip
    from licet.catalog.memory import memory
    from licet.catalog.systems import system

    chips = {row["id"]: chip(row) for row in tables.read("chips")}
    stacks = [memory(row) for row in tables.read("memory")]
    return (*chips.values(), *stacks, *(system(row, chips) for row in tables.read("systems")))


def find(text: str) -> Item:
    """The item that `text` names: a catalog id, a product name, an alias or a part number, in any script.

    Raises:
        UnknownItem: no item bears the name (the error suggests near ones), or several do (it lists them).
    """
    return _directory().find(text)


@functools.cache
def _directory() -> Directory:
    from licet.catalog import tables

    return Directory(items(), {row["alias"]: row["id"] for row in tables.read("aliases")})

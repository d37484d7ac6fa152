"""The catalog's tables as they lie on disk: comma-separated, UTF-8, one item a row, empty means unknown."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import NamedTuple

Row = dict[str, str]


def read(name: str) -> list[Row]:
    """The rows of table `name` (``chips``, ``memory``, ``systems``, ``aliases``, ``brands``)."""
    from importlib.resources import files  # not needed by those who only import the catalog

    text = files("licet.catalog").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def number(text: str) -> Decimal | None:
    """The exact number in a cell, None for an empty one."""
    return Decimal(text) if text else None


def parts(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list with semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


class Alternative(NamedTuple):
    """Further values of a fact that a public source supports, and why it is not known which one is right."""

    values: tuple[Decimal, ...] = ()
    why: str = ""


def alternatives(cell: str, reasons: str) -> dict[str, Alternative]:
    """Further values by fact.

    Args:
        cell: such as ``tpp=1600; dram_bandwidth_gbs=1800/2300``.
        reasons: one for all, or one for each fact in the order of `cell`, between bars.
    """
    pairs = [part.split("=") for part in parts(cell)]
    whys = [why.strip() for why in reasons.split("|")]
    whys = whys * len(pairs) if len(whys) == 1 else whys
    return {
        fact: Alternative(tuple(map(Decimal, values.split("/"))), why)
        for (fact, values), why in zip(pairs, whys, strict=True)
    }

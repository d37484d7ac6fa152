"""An item of the catalog, as the rest of Licet sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """A chip, a memory stack or a system, with the facts that are known about it.

    Attributes:
        id: the catalog's own name, lower case with hyphens: ``nvidia-h100-sxm5``.
        name: the product's name as its maker or the press prints it.
        vendor: who makes it, or for a site who runs it.
        kind: a value of the fact ``item_kind``.
        aliases: other names and part numbers.
        facts: facts of the vocabulary, each in its fact's own kind. A fact that is not here is unknown. Where
            sources disagree, or the law can be read in two ways, the value is a `licet.unknown.Among`.
        source: where the figures come from.
        confidence: ``P`` a primary document was read, ``S`` a secondary source was read, ``M`` from
            memory or an unverified source.
        unverified: names of the facts whose value rests on a figure nobody has checked against a document.
        notes: what a careful reader should know.
        tpp_by_format: TOPS x bits for each number format, dense; ``tf32_as_32`` reads TF32 as 32 bits. For a
            system that may hold one of several chips it is empty.
    """

    id: str
    name: str
    vendor: str
    kind: str
    aliases: tuple[str, ...]
    facts: Mapping[str, Any] = field(hash=False)
    source: str
    confidence: str
    unverified: tuple[str, ...]
    notes: str
    tpp_by_format: Mapping[str, Decimal] = field(hash=False)

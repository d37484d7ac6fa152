"""Screening one party: the lists it is on, what a person still has to decide, and the facts that follow."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from licet import facts
from licet.errors import BadValue
from licet.parties import snapshot
from licet.parties.finding import is_name
from licet.parties.index import Index
from licet.parties.judging import judge, searched
from licet.parties.reviews import Reviews
from licet.parties.screened import Screening, Status
from licet.unknown import Among

__all__ = ["RoleFact", "Screening", "Status", "default_index", "facts_for", "screen"]


@dataclass(frozen=True, slots=True)
class RoleFact:
    """What screening says about one ``..._listed`` fact.

    Attributes:
        value: the value; None: unknown until a person decides.
        why: where it comes from, to be recorded with the answer.
        screening: the whole result; None where the name could not be screened.
    """

    value: frozenset[str] | Among | None
    why: str
    screening: Screening | None


@functools.cache
def default_index() -> Index:
    """Index over the bundled list."""
    listed = snapshot.bundled()
    return Index(listed.records, version=listed.version)


def screen(
    name: str,
    on: datetime.date,
    country: str | None = None,
    *,
    address: str | None = None,
    index: Index | None = None,
    reviews: Reviews | None = None,
) -> Screening:
    """Screen one party against the lists of a day.

    Args:
        name: the party, in any script.
        on: the day.
        country: ISO 3166 alpha-2 code, where known; it only ever lowers or confirms.
        address: street address, where known.
        index: another list than the bundled one.
        reviews: decisions of reviewers to heed.

    Raises:
        BadValue: the name holds nothing to compare.
    """
    if index is None and reviews is None and address is None:
        return _screen(name, on, country)
    return _look(name, on, country, index or default_index(), address=address, reviews=reviews)


@functools.lru_cache(maxsize=65536)
def _screen(name: str, on: datetime.date, country: str | None) -> Screening:
    return _look(name, on, country, default_index())


def _look(
    name: str,
    on: datetime.date,
    country: str | None,
    index: Index,
    *,
    address: str | None = None,
    reviews: Reviews | None = None,
) -> Screening:
    hits = [hit for hit in searched(index, name, on, country) if hit.alert]
    return judge(name, on, country, hits, index, address=address, reviews=reviews)


def facts_for(
    known: Mapping[str, Any], *, index: Index | None = None, reviews: Reviews | None = None
) -> dict[str, RoleFact]:
    """The ``..._listed`` facts of every role that is named and whose listing was not given.

    Args:
        known: facts of a question, parsed; `on` and the names of the roles are looked at, and ``..._country``.
        index: another list than the bundled one.
        reviews: decisions of reviewers to heed.

    Returns:
        For each such fact its value, or None where a person has to decide first, with the reason and the hits.
    """
    on = known["on"]
    found: dict[str, RoleFact] = {}
    for role in facts.ROLES:
        name, fact = known.get(role), f"{role}_listed"
        if fact in known or not is_name(name):
            continue
        country = known.get(f"{role}_country")
        try:
            result = screen(str(name), on, country if isinstance(country, str) else None, index=index, reviews=reviews)
        except BadValue as error:
            found[fact] = RoleFact(None, str(error), None)
        else:
            found[fact] = RoleFact(result.value, result.why, result)
    return found

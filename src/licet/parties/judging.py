"""From the hits of a name to what they come to, with what reviewers decided.

The same name as a listed party, on the day, is that party until a reviewer clears it. A name that is merely like one
leaves the fact unknown: the decision is then a person's, and the answer of the engine is undetermined, never clear.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from licet.errors import BadValue
from licet.parties import addresses
from licet.parties.hit import Hit
from licet.parties.index import Index
from licet.parties.normal import as_shown
from licet.parties.reviews import CLEARED, CONFIRMED, Decision, Reviews
from licet.parties.screened import Screening, rank

#: A single word shorter than this is a name only with its country.
_WORD: Final = 5


def searched(index: Index, name: str, on: datetime.date | None, country: str | None) -> list[Hit]:
    """All hits of a name, best first; of one that is shown in another order than it is stored, of both."""
    hits = index.search(name, on, country, limit=None)
    other = as_shown(name)
    if other is None:
        return hits
    best: dict[str, Hit] = {}
    for hit in sorted([*hits, *index.search(other, on, country, limit=None)], key=lambda hit: -hit.score):
        best.setdefault(hit.id, replace(hit, query=name))
    return list(best.values())


def judge(
    name: str,
    on: datetime.date,
    country: str | None,
    hits: Iterable[Hit],
    index: Index,
    *,
    address: str | None = None,
    reviews: Reviews | None = None,
) -> Screening:
    """What hits come to: those that alert or have a second opinion, of entries that were listed on the day or may have.

    What a reviewer confirmed counts whatever its score.
    """
    certain: list[Hit] = []
    possible: list[Hit] = []
    near: list[Hit] = []
    cleared: list[Decision] = []
    hits = tuple(hits)
    confirmed = _confirmed(name, on, country, index, reviews, but=hits) if reviews is not None else []
    for hit in (*hits, *confirmed):
        decision = reviews.standing(name, hit.record, country) if reviews is not None else None
        if decision is not None and decision.verdict == CLEARED:
            cleared.append(decision)
        elif hit.listed and ((decision is not None and decision.verdict == CONFIRMED) or _certain(hit)):
            certain.append(hit)
        elif hit.alert or hit in confirmed:
            possible.append(hit)
        else:
            near.append(hit)
    certain.sort(key=rank)
    values = frozenset(value for hit in certain for value in hit.record.values(on))
    others = tuple(hit for hit in certain if not hit.record.values(on))
    places, doubts = _places(address, on)
    return Screening(
        name=name, on=on, country=country, listed=values, certain=tuple(h for h in certain if h.record.values(on)),
        possible=tuple(possible), cleared=tuple(cleared), others=others, places=places, list_version=index.version,
        scorer_version=index.scorer.version, warnings=(*limits(on, index.version), *doubts),
        near=tuple(near),
    )  # fmt: skip


def _confirmed(
    name: str, on: datetime.date, country: str | None, index: Index, reviews: Reviews, *, but: Sequence[Hit]
) -> list[Hit]:
    """Entries that a reviewer confirmed to be this party, and that the scores alone do not bring up."""
    missing = reviews.confirmed(name, country) - {hit.id for hit in but}
    if not missing:
        return []
    found = {hit.id: hit for hit in index.search(name, on, country, limit=None) if hit.id in missing}
    for entry in (entry for entry in index.records if entry.id in missing - found.keys()):
        own = (hit for hit in index.search(entry.name, on, country, limit=None) if hit.id == entry.id)
        found |= {hit.id: replace(hit, query=name, exact=False) for hit in own}
    return list(found.values())


def _places(address: str | None, on: datetime.date) -> tuple[tuple[addresses.AddressHit, ...], tuple[str, ...]]:
    """Where an address may be, and what is wrong with it: that takes nothing away from the name."""
    try:
        return tuple(hit for hit in addresses.bundled().search(address, on) if hit.alert) if address else (), ()
    except BadValue as error:
        return (), (f"its address was not compared: {error}",)


def _certain(hit: Hit) -> bool:
    """Whether the name alone says that it is the listed party: the same name, and no country that speaks against it."""
    if not hit.exact or hit.country == "differs" or hit.record.kind in ("vessel", "aircraft"):
        return False
    words = [pair.query for pair in hit.pairs]
    return len(words) > 1 or hit.country == "agrees" or len("".join(words)) >= _WORD


def limits(on: datetime.date, version: str) -> tuple[str, ...]:
    """What the lists of a version cannot tell about a day."""
    day = version.split("/", maxsplit=1)[0]
    try:
        listed = datetime.date.fromisoformat(day)
    except ValueError:
        return ()
    return (f"the lists held are of {listed}: listings after it are not known",) if on > listed else ()

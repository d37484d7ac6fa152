"""What screening a party comes to: on which lists it is, what a person still has to decide, and the facts that follow.

The same name as a listed party, on the day, is that party until a reviewer clears it. A name that is merely like one
leaves the fact unknown: the decision is then a person's, and the answer of the engine is undetermined, never clear.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from licet import facts
from licet.errors import BadValue
from licet.parties import addresses, snapshot
from licet.parties.hit import Hit
from licet.parties.index import Index
from licet.parties.lists import NOBODY_LISTED
from licet.parties.reviews import CLEARED, CONFIRMED, Decision, Reviews
from licet.parties.scorer import ALERT

#: Stand-ins for "nobody" that are no names.
_NOBODY: Final = frozenset({facts.NOBODY, "nobody", "none", "n/a"})
#: A single word shorter than this is a name only with its country.
_WORD: Final = 5


@dataclass(frozen=True, slots=True)
class Screening:
    """The result for one party on one day.

    Attributes:
        name: the party.
        on: the day.
        country: its country, where given.
        listed: values of a ``..._listed`` fact that are certain: the same name, or confirmed.
        certain: the hits behind them.
        possible: hits that a person still has to decide.
        cleared: decisions that took a hit away.
        others: certain hits on lists that the vocabulary of facts has no value for: red flags.
        places: listed addresses, and addresses of listed parties, that the party's address may be. The first leave
            the fact to a person, the others are a red flag.
        list_version: the list it was screened against.
        scorer_version: the scorer.
        warnings: what limits the result.
    """

    name: str
    on: datetime.date
    country: str | None
    listed: frozenset[str]
    certain: tuple[Hit, ...]
    possible: tuple[Hit, ...]
    cleared: tuple[Decision, ...]
    others: tuple[Hit, ...]
    places: tuple[addresses.AddressHit, ...]
    list_version: str
    scorer_version: str
    warnings: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """Whether nothing is listed and nothing is left to decide."""
        return not (self.listed or self.possible or self.others or self.places)

    @property
    def value(self) -> frozenset[str] | None:
        """The value of the ``..._listed`` fact; None where a person has to decide first."""
        if self.listed:
            return self.listed
        return None if self.possible or self._at_a_listed_address() else NOBODY_LISTED

    def _at_a_listed_address(self) -> bool:
        return any(place.record is None or place.record.kind == "address" for place in self.places)

    @property
    def why(self) -> str:
        """In one sentence, where the value comes from."""
        against = f"screened against the lists of {self.list_version.split('/')[0]}"
        if self.listed:
            first = self.certain[0]
            return f"{against}: the same name as {first.name} ({first.record.list.title}, {first.record.since})"
        if self.possible:
            first = self.possible[0]
            more = f" and {len(self.possible) - 1} more" if len(self.possible) > 1 else ""
            return (
                f"{against}: may be {first.name} ({first.record.list.title}, score {first.score:.2f}){more}; decide it"
            )
        if self._at_a_listed_address():
            return f"{against}: its address may be a listed one; decide it"
        return f"{against}: no name at or above the alert line {ALERT:.2f}"


@dataclass(frozen=True, slots=True)
class RoleFact:
    """What screening says about one ``..._listed`` fact.

    Attributes:
        value: the value; None: unknown until a person decides.
        why: where it comes from, to be recorded with the answer.
        screening: the whole result; None where the name could not be screened.
    """

    value: frozenset[str] | None
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
    certain: list[Hit] = []
    possible: list[Hit] = []
    cleared: list[Decision] = []
    for hit in index.search(name, on, country, limit=None):
        if not hit.alert:
            continue
        decision = reviews.standing(name, hit.record, country) if reviews is not None else None
        if decision is not None and decision.verdict == CLEARED:
            cleared.append(decision)
        elif hit.listed and ((decision is not None and decision.verdict == CONFIRMED) or _certain(hit)):
            certain.append(hit)
        else:
            possible.append(hit)
    values = frozenset(value for hit in certain for value in hit.record.values(on))
    others = tuple(hit for hit in certain if not hit.record.values(on))
    places = tuple(hit for hit in addresses.bundled().search(address, on) if hit.alert) if address else ()
    return Screening(
        name=name, on=on, country=country, listed=values, certain=tuple(h for h in certain if h.record.values(on)),
        possible=tuple(possible), cleared=tuple(cleared), others=others, places=places, list_version=index.version,
        scorer_version=index.scorer.version, warnings=_limits(on, index.version),
    )  # fmt: skip


def _certain(hit: Hit) -> bool:
    """Whether the name alone says that it is the listed party: the same name, and no country that speaks against it."""
    if not hit.exact or hit.country == "differs" or hit.record.kind in ("vessel", "aircraft"):
        return False
    words = [pair.query for pair in hit.pairs]
    return len(words) > 1 or hit.country == "agrees" or len("".join(words)) >= _WORD


def _limits(on: datetime.date, version: str) -> tuple[str, ...]:
    day = version.split("/", maxsplit=1)[0]
    try:
        listed = datetime.date.fromisoformat(day)
    except ValueError:
        return ()
    return (f"the lists held are of {listed}: listings after it are not known",) if on > listed else ()


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
        if not isinstance(name, str) or fact in known or name.strip().casefold() in _NOBODY or name.startswith("("):
            continue
        country = known.get(f"{role}_country")
        try:
            result = screen(name, on, country if isinstance(country, str) else None, index=index, reviews=reviews)
        except BadValue as error:
            found[fact] = RoleFact(None, str(error), None)
        else:
            found[fact] = RoleFact(result.value, result.why, result)
    return found

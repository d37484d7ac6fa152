"""What screening a party comes to: on which lists it is, what a person still has to decide, and the facts that follow.

The same name as a listed party, on the day, is that party until a reviewer clears it. A name that is merely like one
leaves the fact unknown: the decision is then a person's, and the answer of the engine is undetermined, never clear.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from licet import facts
from licet.errors import BadValue
from licet.parties import addresses, snapshot
from licet.parties.finding import any_more, is_name
from licet.parties.hit import Hit
from licet.parties.index import Index
from licet.parties.lists import NOBODY_LISTED
from licet.parties.reviews import CLEARED, CONFIRMED, Decision, Reviews
from licet.parties.scorer import ALERT
from licet.unknown import Among

#: Lists in the order in which a reader wants to hear of them.
_FIRST: Final = ("denied_persons", "entity_list", "military_end_user_list", "sdn", "unverified_list", "cmic")
#: A single word shorter than this is a name only with its country.
_WORD: Final = 5


class Status(StrEnum):
    """What a screening comes to."""

    LISTED = "listed"  #: the same name, or a confirmed match
    POSSIBLE = "possible"  #: a person has to decide
    CLEAR = "clear"  #: nothing at or above the alert line


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
        near: hits just under the line that a second opinion, where one was asked for, did not raise.
        second: name and version of the matcher that was asked for a second opinion.
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
    near: tuple[Hit, ...] = ()
    second: str = ""

    @property
    def clear(self) -> bool:
        """Whether nothing is listed and nothing is left to decide."""
        return not (self.listed or self.possible or self.others or self.places)

    @property
    def status(self) -> Status:
        """Listed (on whatever list), possibly listed, or clear."""
        if self.listed or self.others:
            return Status.LISTED
        return Status.POSSIBLE if self.possible or self.at_a_listed_address else Status.CLEAR

    @property
    def value(self) -> frozenset[str] | Among | None:
        """The value of the ``..._listed`` fact; None where a person has to decide first.

        Where one listing is certain and a possible match would add another, the value is what is certain with or
        without more: the certain listing counts, and nothing is cleared of the others.
        """
        more = {value for hit in self.possible for value in hit.record.values(self.on)} - self.listed
        if self.listed:
            return any_more(self.listed) if more or self.at_a_listed_address else self.listed
        return None if self.possible or self.at_a_listed_address else NOBODY_LISTED

    @property
    def at_a_listed_address(self) -> bool:
        """Whether its address may be one that is itself listed."""
        return any(place.record is None or place.record.kind == "address" for place in self.places)

    @property
    def why(self) -> str:
        """In one sentence, where the value comes from."""
        against = f"screened against the lists of {self.list_version.split('/')[0]}"
        if self.listed:
            return f"{against}: {said(self.certain)}"
        return f"{against}: {self.open or f'no name at or above the alert line {ALERT:.2f}'}"

    @property
    def open(self) -> str:
        """What a person has to decide, in one sentence; empty where nothing is."""
        if self.possible:
            first, rest = self.possible[0], len(self.possible) - 1
            more = f" and {rest} more" if rest else ""
            said = f", {first.second}" if first.second is not None and first.score < first.threshold else ""
            named = f"may be {first.name} ({first.record.list.title}, score {first.score:.2f}{said}){more}"
            return f"{named}; decide it: {' or '.join(first.clears()[:2])} would clear it"
        return "its address may be a listed one; decide it" if self.at_a_listed_address else ""

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, for JSON."""
        value = self.value
        return {
            "name": self.name, "on": self.on.isoformat(), "country": self.country, "status": str(self.status),
            "listed": None if value is None else facts.shown(value), "why": self.why,
            "certain": [hit.to_dict() for hit in (*self.certain, *self.others)],
            "possible": [hit.to_dict() for hit in self.possible],
            "cleared": [{"entry": each.entry, "name": each.entry_name, "who": each.who, "why": each.why, "at": each.at}
                        for each in self.cleared],
            "addresses": [{"entry": each.entry, "address": each.address, "score": round(each.score, 4),
                           "source": each.source} for each in self.places],
            **({"near": [hit.to_dict() for hit in self.near], "second_opinion": self.second} if self.second else {}),
            "list_version": self.list_version, "scorer_version": self.scorer_version, "warnings": list(self.warnings),
        }  # fmt: skip


def said(hits: Iterable[Hit]) -> str:
    """Whose name it is, of certain hits: the entry that matters most, and on which lists it stands."""
    ranked = sorted(hits, key=_rank)
    titles = list(dict.fromkeys(hit.record.list.title for hit in ranked))
    first = ranked[0]
    also = f"; also {', '.join(titles[1:])}" if titles[1:] else ""
    verb = "the same name as" if first.exact else "confirmed to be"
    return f"{verb} {first.name} ({titles[0]}, {first.record.since}{also})"


def _rank(hit: Hit) -> int:
    which = hit.record.list.id
    return _FIRST.index(which) if which in _FIRST else len(_FIRST)


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
    hits = [hit for hit in index.search(name, on, country, limit=None) if hit.alert]
    return judge(name, on, country, hits, index, address=address, reviews=reviews)


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
    certain.sort(key=_rank)
    values = frozenset(value for hit in certain for value in hit.record.values(on))
    others = tuple(hit for hit in certain if not hit.record.values(on))
    places = tuple(hit for hit in addresses.bundled().search(address, on) if hit.alert) if address else ()
    return Screening(
        name=name, on=on, country=country, listed=values, certain=tuple(h for h in certain if h.record.values(on)),
        possible=tuple(possible), cleared=tuple(cleared), others=others, places=places, list_version=index.version,
        scorer_version=index.scorer.version, warnings=limits(on, index.version),
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

"""What the screening of one party came to: certain, left to a person, or clear; and how it is told."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from licet import facts
from licet.parties import addresses
from licet.parties.finding import any_more
from licet.parties.hit import Hit
from licet.parties.lists import NOBODY_LISTED
from licet.parties.reviews import Decision
from licet.parties.scorer import ALERT
from licet.unknown import Among

#: Lists in the order in which a reader wants to hear of them.
_FIRST: Final = ("denied_persons", "entity_list", "military_end_user_list", "sdn", "unverified_list", "cmic")


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
    ranked = sorted(hits, key=rank)
    titles = list(dict.fromkeys(hit.record.list.title for hit in ranked))
    first = ranked[0]
    also = f"; also {', '.join(titles[1:])}" if titles[1:] else ""
    verb = "the same name as" if first.exact else "confirmed to be"
    return f"{verb} {first.name} ({titles[0]}, {first.record.since}{also})"


def rank(hit: Hit) -> int:
    """How early a reader wants to hear of the list of a hit; 0 first."""
    which = hit.record.list.id
    return _FIRST.index(which) if which in _FIRST else len(_FIRST)

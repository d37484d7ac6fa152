"""A listed party that a name may be, with everything a reviewer needs to decide it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from licet.parties.compare import Pair
from licet.parties.record import Record
from licet.parties.second import Opinion


@dataclass(frozen=True, slots=True)
class Hit:
    """One possible match.

    Attributes:
        query: the name that was asked about.
        record: the entry of the list.
        matched: which of its names matched.
        form: the form of the query that matched, in Latin letters.
        how: how that form was made: as written, pinyin, brand table, and so on.
        score: from 0 to 1; the same for the same query, day and versions.
        threshold: the alert line.
        exact: the names are the same up to writing and legal form.
        pairs: what matches, token by token.
        left_query: tokens of the query with no counterpart, each with its weight.
        left_listed: tokens of the listed name with no counterpart, each with its weight.
        held: the rule that kept the score under the line, if one did.
        country: ``agrees``, ``differs``, or ``not compared``.
        listed: whether the entry was listed on the day asked about; None where that is not known.
        on: that day.
        list_version: day and hash of the list.
        scorer_version: version of the scorer.
        position: place of the record among those the index was built from.
        second: what another matcher says, where it was asked.
    """

    query: str
    record: Record
    matched: str
    form: str
    how: str
    score: float
    threshold: float
    exact: bool
    pairs: tuple[Pair, ...]
    left_query: tuple[tuple[str, float], ...]
    left_listed: tuple[tuple[str, float], ...]
    held: str
    country: str
    listed: bool | None
    on: datetime.date | None
    list_version: str
    scorer_version: str
    position: int
    second: Opinion | None = None

    @property
    def alert(self) -> bool:
        """Whether a person has to look at it: it is at the line or, where another matcher was asked, at that one's."""
        return self.score >= self.threshold or (self.second is not None and self.second.above)

    @property
    def id(self) -> str:
        """Id of the entry."""
        return self.record.id

    @property
    def name(self) -> str:
        """Main name of the entry."""
        return self.record.name

    @property
    def entity_number(self) -> str:
        """Number of the entry in its list."""
        return self.record.number

    @property
    def source(self) -> str:
        """Title of the list."""
        return self.record.list.title

    def clears(self) -> tuple[str, ...]:
        """What would show that it is another party."""
        entry = self.record
        ways = []
        if entry.countries and self.country != "agrees":
            ways.append(f"no presence in {', '.join(entry.countries)}")
        if entry.addresses:
            ways.append(f"an address other than {entry.addresses[0]}")
        elif entry.list.agency == "BIS":
            ways.append("an address other than those of the entry in the rule text")
        if entry.kind == "person":
            ways.append(f"a date of birth other than {' or '.join(entry.born)}" if entry.born else "a date of birth")
        elif not entry.addresses:
            ways.append("a registration number or ownership that shows another company")
        return tuple(ways)

    def explain(self) -> str:
        """The match in words, for a person."""
        entry = self.record
        state = {True: "listed", False: "not listed", None: "perhaps listed"}[self.listed]
        lines = [
            f"{self.query}",
            f"  may be {entry.name} ({entry.list.title}, {entry.list.cite})",
            f"  score {self.score:.3f}, alert line {self.threshold:.2f}: {'alert' if self.alert else 'no alert'}"
            + (", same name" if self.exact else "")
            + (f"; held down: {self.held}" if self.held else ""),
            *([f"  second opinion: {self.second}"] if self.second else []),
            f"  matched name: {self.matched}; form of the query: {self.form} ({self.how})",
        ]
        lines += [
            f"    {pair.query} = {pair.listed}: {pair.why}, {pair.alike:.2f} of weight {pair.weight:.1f}"
            for pair in self.pairs
        ]
        for side, left in (("query", self.left_query), ("list", self.left_listed)):
            if left:
                lines.append(
                    f"    only in the {side}: " + ", ".join(f"{token} ({weight:.1f})" for token, weight in left)
                )
        lines.append(f"  country {self.country}" + (f" ({', '.join(entry.countries)})" if entry.countries else ""))
        lines.append(f"  {state} on {self.on}: {entry.since}" if self.on else f"  {entry.since}")
        if entry.gone_by:
            lines.append(f"  on the list of {entry.seen}, gone by {entry.gone_by}")
        if entry.notice:
            lines.append(f"  notice: {entry.notice}")
        if entry.requirement:
            lines.append(f"  license requirement: {entry.requirement}")
        if entry.policy:
            lines.append(f"  review policy: {entry.policy}")
        lines.append("  would clear it: " + "; ".join(self.clears()))
        lines.append(f"  list {self.list_version}, scorer {self.scorer_version}, entry {entry.version}")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The match as plain data, for JSON."""
        entry = self.record
        found: Mapping[str, Any] = {
            "query": self.query, "id": entry.id, "name": entry.name, "list": entry.list.id, "matched": self.matched,
            "form": self.form, "how": self.how, "score": self.score, "threshold": self.threshold, "alert": self.alert,
            "exact": self.exact, "held": self.held, "country": self.country, "countries": list(entry.countries),
            "listed": {True: "yes", False: "no", None: "unknown"}[self.listed],
            "on": self.on.isoformat() if self.on else None, "since": str(entry.since),
            "notice": entry.notice, "license_requirement": entry.requirement, "license_policy": entry.policy,
            "pairs": [{"query": p.query, "listed": p.listed, "alike": round(p.alike, 3), "weight": round(p.weight, 2),
                       "why": p.why} for p in self.pairs],
            "left_query": [token for token, _ in self.left_query],
            "left_listed": [token for token, _ in self.left_listed],
            "clears": list(self.clears()), "list_version": self.list_version, "scorer_version": self.scorer_version,
            "entry_version": entry.version,
            **({} if self.second is None else {"second_opinion": self.second.to_dict()}),
        }  # fmt: skip
        return dict(found)

"""Which of the parties that a report names stand on a screening list, with the record to look it up by.

``data/listed.csv`` joins the names of ``parties.yaml`` with the lists of `licet.parties`; ``tools/newswire_tables.py``
makes it anew when either changes. A report says who is called what; whether the firm of an order is that party is for
`licet screen` to say.
"""

from __future__ import annotations

import csv
import datetime
import functools
from dataclasses import dataclass
from importlib import resources

from licet.newswire.model import Report


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of one list that a party of a report is.

    Attributes:
        party: its id in the gazetteer.
        list: which list: ``entity_list``, ``cmic``, ``sdn`` and so on.
        record: the id of the entry in `licet.parties`.
        name: as the list writes it.
        since: the day it was listed, where the list tells.
        source: the notice, or what else is known of when it was listed.
    """

    party: str
    list: str
    record: str
    name: str
    since: datetime.date | None
    source: str

    def on(self, day: datetime.date | None) -> bool:
        """Whether it was listed on `day`, as far as is known."""
        return day is None or self.since is None or self.since <= day


@functools.cache
def table() -> dict[str, tuple[Listing, ...]]:
    """All listings by party."""
    found: dict[str, list[Listing]] = {}
    lines = resources.files("licet.newswire").joinpath("data/listed.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(lines):
        since = datetime.date.fromisoformat(row["since"]) if row["since"] else None
        one = Listing(row["party"], row["list"], row["record"], row["name"], since, row["source"])
        found.setdefault(one.party, []).append(one)
    return {party: tuple(rows) for party, rows in found.items()}


def listings(report: Report) -> tuple[Listing, ...]:
    """The entries of the parties that `report` names and that were listed on its day."""
    named = report.named("company", "agency", "group", "person")
    return tuple(one for party in named for one in table().get(party, ()) if one.on(report.published.day))

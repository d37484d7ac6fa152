"""Looking up parties: lists of the day, decisions of reviewers, owners; findings in the words of the law."""

from __future__ import annotations

import datetime
import functools
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from licet.errors import BadValue, LicetError
from licet.parties import snapshot, store
from licet.parties.archive import Archive
from licet.parties.finding import LISTED, Finding
from licet.parties.hit import Hit
from licet.parties.index import Index
from licet.parties.judging import judge, limits, searched
from licet.parties.many import uncollected
from licet.parties.normal import TURNED
from licet.parties.ownership import Graph
from licet.parties.owning import owned
from licet.parties.reviews import Reviews
from licet.parties.screened import Screening, said
from licet.parties.screening import default_index
from licet.parties.second import Matcher, heard, matcher
from licet.parties.snapshot import Snapshot

#: Values that make a listed owner one whose listing passes down under the Affiliates Rule.
PASSES_DOWN: Final = frozenset({"entity_list", "military_end_user_list", "sdn_744_8"})
#: So many names of a batch are looked for the quick way, which is about ten times as fast as one by one.
QUICK: Final = 1000
#: Names whose hits are held.
_HELD: Final = 1 << 18


class Screener:
    """Looks up parties; an instance is a `licet.parties.finding.Look`.

    Args:
        lists: the snapshots held; the one inside the package by default.
        index: one list for every day, instead of `lists`.
        reviews: decisions of reviewers to heed.
        owners: who owns whom.
        clears: a name with nothing at or above the alert line is taken to be on no list; else nothing is said of it.
        second: another matcher that is asked about hits that alert or are just below the line: ``logic-v2``, or a
            `licet.parties.second.Matcher` of one's own. What it finds is left to a person; it clears nobody.

    Raises:
        LicetError: the second matcher is not installed.
    """

    def __init__(
        self,
        *,
        lists: Archive | None = None,
        index: Index | None = None,
        reviews: Reviews | None = None,
        owners: Graph | None = None,
        clears: bool = True,
        second: str | Matcher | None = None,
    ) -> None:
        self.second = matcher(second) if second is not None else None
        self._lists, self._index, self._owners = lists, index, owners
        self.reviews = reviews
        self.clears = clears
        self._hits: dict[tuple[str, str | None, str], tuple[Hit, ...]] = {}
        self._days: dict[datetime.date, tuple[Index, str]] = {}

    def __call__(
        self, name: str, country: str | None, on: datetime.date, wanted: frozenset[str]
    ) -> Mapping[str, Finding]:
        """What is found about a party: see `licet.parties.finding.Look`."""
        found = {LISTED: self.listed(name, country, on)} if LISTED in wanted else {}
        if self._owners is not None and wanted - {LISTED}:
            found.update(owned(self._owners, name, on, wanted, lambda owner: self._passes_down(owner, on)))
        return found

    def prepare(self, parties: Iterable[tuple[str, str | None, datetime.date]]) -> None:
        """Look for many names at once, where they are so many that the quick way of a batch is worth it.

        The quick way sees nothing below the line, so that with a second opinion names are looked for one by one.
        """
        if self.second is not None:
            return
        wanted: dict[str, tuple[Index, dict[tuple[str, str | None], None]]] = {}
        for name, country, on in parties:
            index, _ = self.index(on)
            if (name, country, index.version) not in self._hits and TURNED not in name:
                wanted.setdefault(index.version, (index, {}))[1][name, country] = None
        for index, names in wanted.values():
            if len(names) >= QUICK:
                if len(self._hits) + len(names) > _HELD:
                    self._hits.clear()
                asked = [(name, country, None) for name, country in itertools.islice(names, _HELD)]
                with uncollected():
                    for (name, country, _), found in zip(asked, index.alerts_many(asked), strict=True):
                        if not isinstance(found, LicetError):
                            self._hits[name, country, index.version] = tuple(found)

    def listed(self, name: str, country: str | None, on: datetime.date) -> Finding:
        """What the lists of a day say of a name."""
        try:
            result = self.screen(name, on, country)
        except BadValue as error:
            return Finding(why=str(error).rstrip("."), doubtful=True, warnings=(str(error).rstrip("."),))
        flags = (f"{said(result.others)}: no license requirement of its own",) if result.others else ()
        if result.possible or result.at_a_listed_address:
            notes = (result.open, *result.warnings)
            return Finding(result.value, result.why, doubtful=True, warnings=notes, flags=flags, detail=result)
        if result.listed or self.clears:
            return Finding(result.value, result.why, warnings=result.warnings, flags=flags, detail=result)
        return Finding(None, result.why, flags=flags, detail=result)

    def screen(
        self, name: str, on: datetime.date, country: str | None = None, *, address: str | None = None
    ) -> Screening:
        """Screen one party against the lists of a day.

        Raises:
            BadValue: the name holds nothing to compare.
        """
        index, warning = self.index(on)
        hits = self.on_day(self._alerts(index, name, country), on)
        found = judge(name, on, country, hits, index, address=address, reviews=self.reviews)
        if self.second is not None:
            found = replace(found, second=self.second.title)
        # said of the lists held, in place of what is said of the one index
        rest = (text for text in found.warnings if text not in limits(on, index.version))
        return replace(found, warnings=(warning, *rest)) if warning else found

    def index(self, on: datetime.date) -> tuple[Index, str]:
        """The index over the lists that tell most about a day, and a warning where the day lies outside them."""
        if self._index is not None:
            return self._index, ""
        found = self._days.get(on)
        if found is None:
            if self._lists is None:
                found = default_index(), ""
            else:
                held, warning = self._lists.for_day(on)
                found = index_of(held), warning
            self._days[on] = found
        return found

    def on_day(self, hits: Iterable[Hit], on: datetime.date) -> list[Hit]:
        """Those hits of all days whose entries were listed on this day or may have been."""
        found = []
        for hit in hits:
            listed = hit.record.listed(on)
            if listed is not False:
                found.append(replace(hit, on=on, listed=listed))
        return found

    def nearest(self, found: Screening) -> Hit | None:
        """The entry most like the name of a screening, whatever its score."""
        index, _ = self.index(found.on)
        return next(iter(index.search(found.name, found.on, found.country, limit=1)), None)

    def decisions(self) -> int:
        """How many decisions are heeded; there are only ever more of them."""
        return self.reviews.count() if self.reviews is not None else 0

    def _alerts(self, index: Index, name: str, country: str | None) -> tuple[Hit, ...]:
        """The hits of a name on all days, with the second opinion; a day then only leaves some of them out."""
        key = (name, country, index.version)
        found = self._hits.get(key)
        if found is None:
            if len(self._hits) >= _HELD:
                self._hits.clear()
            hits = searched(index, name, None, country)
            if self.second is None:
                found = tuple(hit for hit in hits if hit.alert)
            else:
                found = tuple(heard(hits, self.second, country, index.is_person))
            self._hits[key] = found
        return found

    def _passes_down(self, owner: str, on: datetime.date) -> bool | None:
        """Whether the owner's listing reaches what it owns; None where a person has to decide."""
        seat = self._owners.seat(owner) if self._owners is not None else None
        found = self.listed(owner, seat, on)
        result = found.detail
        if isinstance(result, Screening):
            if result.listed & PASSES_DOWN:
                return True
            return None if found.doubtful else False
        return None


_INDEXES: dict[str, Index] = {}


def index_of(held: Snapshot) -> Index:
    """The index over a snapshot; the last few are kept."""
    if held.version == snapshot.bundled().version:
        return default_index()
    if held.version not in _INDEXES:
        while len(_INDEXES) > 1:
            _INDEXES.pop(next(iter(_INDEXES)))
        _INDEXES[held.version] = Index(held.records, version=held.version)
    return _INDEXES[held.version]


def default(*, clears: bool) -> Screener:
    """The screener over the lists and decisions that the user keeps, or else those of the package."""
    lists = store.lists()
    return _default(str(lists.folder), tuple(lists.days()), str(store.decisions()), store.decisions().exists(), clears)


@functools.lru_cache(4)
def _default(folder: str, days: tuple[datetime.date, ...], _database: str, decided: bool, clears: bool) -> Screener:
    return Screener(
        lists=Archive(Path(folder)) if days else None, reviews=store.reviews() if decided else None, clears=clears
    )

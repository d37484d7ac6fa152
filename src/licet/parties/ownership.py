"""Who owns whom, on a day, as far as is known: shares of listed parties, and the ultimate parent.

The arithmetic of the 50 percent rule: a holder that is listed, or is itself owned at 50 percent or more by such
holders, passes its whole stake on; a holder below passes nothing. Stakes of several such holders add up. A share that
is not known is an interval, and the result is `unknown` where the interval holds both answers. Whether the rule is in
force on a day is a question for the lawbook, not for this module.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Final

from licet.errors import BadValue, FileError
from licet.parties.forms import forms

HALF: Final = Decimal(50)
ALL: Final = Decimal(100)
_NONE: Final = Decimal(0)
Listed = Callable[[str], bool | None]  #: whether a party is listed; None: not decided


class Standing(StrEnum):
    """What the ownership of a party comes to."""

    LISTED = "listed"
    OWNED = "owned"  #: 50 percent or more in listed hands
    MINORITY = "minority"  #: some share in listed hands, less than 50 percent: a red flag
    NONE = "none"  #: nothing known in listed hands
    UNKNOWN = "unknown"  #: what is not known could make it 50 percent


@dataclass(frozen=True, slots=True)
class Stake:
    """A share of one party in another.

    Attributes:
        owner: who holds it.
        owned: in whom.
        low: percent at least.
        high: percent at most; 100 where nothing is known.
        since: first day, if known.
        until: first day on which it is no longer held, if known.
        source: where that comes from.
    """

    owner: str
    owned: str
    low: Decimal
    high: Decimal
    since: datetime.date | None = None
    until: datetime.date | None = None
    source: str = ""

    def held(self, on: datetime.date) -> bool:
        """Whether it is held on that day, as far as its dates tell."""
        return (self.since is None or on >= self.since) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Ownership:
    """The result for one party.

    Attributes:
        standing: listed, owned, minority, none or unknown.
        low: percent in listed hands at least, by the rule's arithmetic.
        high: percent at most.
        owners: the stakes that count, or may count.
        unaccounted: percent of which no owner is known.
        most: percent at most, if all that is unaccounted for, here and in holders further up, is in listed hands.
    """

    standing: Standing
    low: Decimal
    high: Decimal
    owners: tuple[Stake, ...]
    unaccounted: Decimal
    most: Decimal


class Graph:
    """Stakes between parties.

    Args:
        stakes: all that is known, of any day.
        countries: seat of a party, where known, ISO 3166 alpha-2.
    """

    def __init__(self, stakes: Iterable[Stake], countries: Mapping[str, str] | None = None) -> None:
        self._names: dict[str, str] = {}
        self._of: dict[str, list[Stake]] = {}
        for stake in stakes:
            self._of.setdefault(self._key(stake.owned), []).append(stake)
            self._key(stake.owner)
        self._seats = {_key(name): seat for name, seat in (countries or {}).items()}

    def knows(self, name: str, on: datetime.date) -> bool:
        """Whether anything is known of its owners on that day."""
        return any(stake.held(on) for stake in self._of.get(_key(name), ()))

    def seat(self, name: str) -> str | None:
        """Its seat, where known, ISO 3166 alpha-2."""
        return self._seats.get(_key(name))

    def majority_owners(self, name: str, on: datetime.date) -> tuple[list[str], bool]:
        """The owners of more than half, one above the other, and whether no other could be among them."""
        chain: list[str] = []
        key, seen = _key(name), set[str]()
        while key not in seen:
            seen.add(key)
            stakes = self.owners(self._names.get(key, name), on)
            major = [stake for stake in stakes if stake.low > HALF]
            if not major:
                rest = ALL - sum((stake.low for stake in stakes), _NONE)
                open_ = any(stake.high > HALF for stake in stakes) or (bool(stakes) and rest > HALF)
                return chain, not open_
            chain.append(major[0].owner)
            key = _key(major[0].owner)
        return chain, False  # the majority owners own each other

    def _key(self, name: str) -> str:
        key = _key(name)
        self._names.setdefault(key, name)
        return key

    def owners(self, name: str, on: datetime.date) -> list[Stake]:
        """The stakes in a party on a day, with the room left for shares that are not known."""
        found = [stake for stake in self._of.get(_key(name), ()) if stake.held(on)]
        known = sum((stake.low for stake in found), _NONE)
        if known > ALL:  # sources that contradict each other: nothing is ruled out
            return found
        rooms = [max(stake.low, ALL - known + stake.low) for stake in found]
        return [stake if stake.high <= room else _with(stake, room) for stake, room in zip(found, rooms, strict=True)]

    def ownership(self, name: str, on: datetime.date, listed: Listed) -> Ownership:
        """What share of a party is in listed hands on a day.

        Args:
            name: the party.
            on: the day.
            listed: whether a party is listed; asked once for each party above it.
        """
        above = self._above(_key(name), on)
        is_listed = {key: listed(self._names.get(key, name)) for key in above}
        sure = self._caught(above, on, {key for key, yes in is_listed.items() if yes}, lowest=True)
        may = self._caught(above, on, {key for key, yes in is_listed.items() if yes is not False}, lowest=False)
        found = self.owners(name, on)
        counted = [stake for stake in found if _key(stake.owner) in may]
        low = min(ALL, sum((stake.low for stake in counted if _key(stake.owner) in sure), _NONE))
        high = min(ALL, sum((stake.high for stake in counted), _NONE))
        rest = self._rest(found)
        listed_or_open = {key for key, yes in is_listed.items() if yes is not False}
        wide = self._caught(above, on, listed_or_open, lowest=False, unaccounted=True)
        most = sum((stake.high for stake in found if _key(stake.owner) in wide), _NONE) + rest
        me = is_listed.get(_key(name), listed(name))
        if me:
            standing = Standing.LISTED
        elif low >= HALF:
            standing = Standing.OWNED
        elif me is None or high >= HALF:
            standing = Standing.UNKNOWN
        elif high > 0 or any(yes is not False for key, yes in is_listed.items() if key != _key(name)):
            standing = Standing.MINORITY
        else:
            standing = Standing.NONE
        return Ownership(standing, low, high, tuple(counted), rest, min(ALL, most))

    def _rest(self, stakes: Iterable[Stake]) -> Decimal:
        """The percent of which no owner is known; of a party without any known owner, none: the file ends there."""
        held = [stake.low for stake in stakes]
        return max(_NONE, ALL - sum(held, _NONE)) if held else _NONE

    def _above(self, key: str, on: datetime.date) -> set[str]:
        """The party and everybody above it, cycles walked once."""
        seen, todo = {key}, [key]
        while todo:
            for stake in self._of.get(todo.pop(), ()):
                owner = _key(stake.owner)
                if stake.held(on) and owner not in seen:
                    seen.add(owner)
                    todo.append(owner)
        return seen

    def _caught(
        self, among: set[str], on: datetime.date, listed: set[str], *, lowest: bool, unaccounted: bool = False
    ) -> set[str]:
        """Listed parties and those they own: grown until nothing is added, so that a cycle owns nobody by itself."""
        caught = set(listed)
        while True:
            more = {key for key in among - caught if self._share(key, on, caught, lowest, unaccounted) >= HALF}
            if not more:
                return caught
            caught |= more

    def _share(self, key: str, on: datetime.date, hands: set[str], lowest: bool, unaccounted: bool) -> Decimal:
        rest = self._rest(self.owners(self._names.get(key, key), on)) if unaccounted else _NONE
        return rest + self._in_hands(key, on, hands, lowest=lowest)

    def _in_hands(self, key: str, on: datetime.date, hands: set[str], *, lowest: bool) -> Decimal:
        stakes = (stake for stake in self.owners(self._names.get(key, key), on) if _key(stake.owner) in hands)
        return sum((stake.low if lowest else stake.high for stake in stakes), _NONE)

    def ultimate_parent(self, name: str, on: datetime.date) -> str | None:
        """The party at the top of the chain of majority owners; None where a share that is not known decides."""
        key, seen = _key(name), set[str]()
        while key not in seen:
            seen.add(key)
            stakes = self.owners(self._names.get(key, name), on)
            major = [stake for stake in stakes if stake.low > HALF]
            if major:
                key = _key(major[0].owner)
                continue
            if any(stake.high > HALF for stake in stakes):
                return None
            return self._names.get(key, name)
        return None  # the majority owners own each other

    def headquarters(self, name: str, on: datetime.date) -> str | None:
        """Seat of the ultimate parent; None where it, or its seat, is not known."""
        parent = self.ultimate_parent(name, on)
        return None if parent is None else self._seats.get(_key(parent))


def _with(stake: Stake, high: Decimal) -> Stake:
    return Stake(stake.owner, stake.owned, stake.low, high, stake.since, stake.until, stake.source)


def _key(name: str) -> str:
    return forms(name)[0].text


def read(path: str | Path) -> Graph:
    """The graph in a CSV file: owner, owned, share, and if known from, until, source, owner_country, owned_country.

    A share is a percent (``35``), at least (``>=35``), at most (``<50``), a span (``20-40``), or empty.

    Raises:
        FileError: the file cannot be read, or a row cannot be understood.
    """
    where = str(path)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileError("the file of owners cannot be read", where=where, why=str(error)) from None
    if not rows or not {"owner", "owned", "share"} <= rows[0].keys():
        raise FileError("the file has no columns owner, owned, share", where=where)
    stakes, seats = [], {}
    for number, row in enumerate(rows, 2):
        try:
            stakes.append(_stake(row))
        except (BadValue, ValueError) as error:
            raise FileError(str(error).rstrip("."), where=f"{where}, line {number}") from None
        for side in ("owner", "owned"):
            if seat := (row.get(f"{side}_country") or "").strip():
                seats[row[side]] = seat.upper()
    return Graph(stakes, seats)


def _stake(row: Mapping[str, str]) -> Stake:
    low, high = span(row["share"] or "")
    since, until = ((row.get(name) or "").strip() for name in ("from", "until"))
    forms(row["owner"])
    forms(row["owned"])
    return Stake(
        row["owner"].strip(), row["owned"].strip(), low, high, datetime.date.fromisoformat(since) if since else None,
        datetime.date.fromisoformat(until) if until else None, (row.get("source") or "").strip(),
    )  # fmt: skip


def span(text: str) -> tuple[Decimal, Decimal]:
    """The least and most percent that a written share means.

    Raises:
        BadValue: it is no share.
    """
    plain = text.strip().removesuffix("%").strip().replace(" ", "")
    if plain.casefold() in ("", "?", "unknown", "n/a"):
        return _NONE, ALL
    try:
        if plain.startswith(">"):
            low, high = Decimal(plain.lstrip(">=")), ALL
        elif plain.startswith("<"):
            bound = Decimal(plain.lstrip("<="))
            low, high = _NONE, bound if plain.startswith("<=") else bound - Decimal("0.000001")
        elif "-" in plain[1:]:
            first, second = plain.split("-", 1)
            low, high = Decimal(first), Decimal(second)
        else:
            low = high = Decimal(plain)
    except InvalidOperation:
        low, high = Decimal(-1), _NONE
    if not (low.is_finite() and high.is_finite() and _NONE <= low <= high <= ALL):
        raise BadValue(f"{text!r} is no share", why="a share is a percent from 0 to 100, such as 35, >=50 or 20-40")
    return low, high

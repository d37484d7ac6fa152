"""Addresses compared as addresses: the Entity List has entries that are nothing else.

Numbers decide: a street, a building and a room with other numbers are another address. Words are compared without
regard to order, with the usual abbreviations spelled out. The bundled copy of the list gives the address-only entries
no text; ``data/addresses.csv`` holds those that are known, each with its source.
"""

from __future__ import annotations

import collections
import csv
import datetime
import functools
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Final

from rapidfuzz.distance import OSA

from licet.parties import normal
from licet.parties.record import Record

#: At or above this score an address has to be looked at.
ALERT: Final = 0.75
_WORDS: Final = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "blvd": "boulevard", "ln": "lane",
    "bldg": "building", "blk": "block", "rm": "room", "flat": "room", "unit": "room", "suite": "room", "ste": "room",
    "office": "room", "shop": "room", "fl": "floor", "flr": "floor", "f": "floor", "ctr": "center", "centre": "center",
    "comm": "commercial", "ind": "industrial", "dist": "district", "prov": "province", "twr": "tower", "hse": "house",
    "hk": "hong kong", "kln": "kowloon", "hongkong": "hong kong", "no": "", "number": "", "the": "", "of": "",
    "and": "",
    "lu": "road", "jie": "street", "qu": "district", "shi": "city", "hao": "", "p": "", "o": "", "box": "pobox",
}  # fmt: skip
#: Words that say what a number is, and places: they hardly tell addresses apart.
_COMMON: Final = frozenset(
    {"road", "street", "avenue", "building", "room", "floor", "center", "district", "city", "hong", "kong", "kowloon",
     "china", "cn"}
)  # fmt: skip
_PART: Final = re.compile(r"\d+|[^\W\d_]+")


_Days = tuple[datetime.date | None, datetime.date | None]


@dataclass(frozen=True, slots=True)
class AddressHit:
    """A listed address, or the address of a listed party, that an address may be."""

    query: str
    entry: str
    address: str
    score: float
    record: Record | None
    same_numbers: tuple[str, ...]
    same_words: tuple[str, ...]
    source: str

    @property
    def alert(self) -> bool:
        """Whether a person has to look at it."""
        return self.score >= ALERT


@dataclass(frozen=True, slots=True)
class _Address:
    entry: str
    text: str
    numbers: frozenset[str]
    words: frozenset[str]
    record: Record | None
    source: str
    since: datetime.date | None
    until: datetime.date | None


def parts(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Numbers and words of an address, in one spelling."""
    words: list[str] = []
    for word in normal.words(normal.cleaned(text).replace("/", " ").replace("-", " ")):
        for piece in _PART.findall(word):
            words += _WORDS.get(piece, piece).split()
    return (
        frozenset(str(int(word)) for word in words if word.isdecimal() and len(word) < 12),
        frozenset(word for word in words if not word.isdecimal() and word not in ("th", "rd", "nd")),
    )


class AddressIndex:
    """Listed addresses and the addresses of listed parties.

    Args:
        records: entries with addresses.
        known: rows of ``addresses.csv`` besides.
    """

    def __init__(self, records: Iterable[Record], known: Iterable[dict[str, str]] = ()) -> None:
        self._all: list[_Address] = []
        for entry in records:
            for text in entry.addresses:
                self._add(entry.name, text, entry, entry.list.title)
        for row in known:
            days = [datetime.date.fromisoformat(row[day]) if row.get(day) else None for day in ("from", "until")]
            self._add(row["entry"], row["address"], None, row["source"], (days[0], days[1]))
        self._places: dict[str, list[int]] = collections.defaultdict(list)
        for number, address in enumerate(self._all):
            for word in address.words | address.numbers:
                self._places[word].append(number)

    def _add(self, entry: str, text: str, record: Record | None, source: str, days: _Days = (None, None)) -> None:
        try:
            numbers, words = parts(text)
        except ValueError:
            return
        if len(words - _COMMON) >= 1 and numbers:
            self._all.append(_Address(entry, text, numbers, words, record, source, *days))

    def search(self, address: str, on: datetime.date | None = None, limit: int = 5) -> list[AddressHit]:
        """The listed addresses most like one, best first.

        Raises:
            BadValue: the address holds nothing to compare.
        """
        numbers, words = parts(address)
        votes: collections.Counter[int] = collections.Counter()
        for word in (words - _COMMON) | numbers:
            places = self._places.get(word, ())
            if len(places) <= 400:
                votes.update(places)
        found = []
        for number, _ in votes.most_common(80):
            known = self._all[number]
            if on is not None and not _on(known, on):
                continue
            score, same = _like(numbers, words, known, len(self._all), self._places)
            found.append((score, number, same))
        found.sort(key=lambda one: (-one[0], one[1]))
        return [
            AddressHit(address, (known := self._all[number]).entry, known.text, round(score, 4), known.record,
                       tuple(sorted(numbers & known.numbers)), tuple(sorted(same)), known.source)
            for score, number, same in found[:limit]
        ]  # fmt: skip


def _on(known: _Address, on: datetime.date) -> bool:
    if known.record is not None:
        return known.record.listed(on) is not False
    return (known.since is None or on >= known.since) and (known.until is None or on < known.until)


def _like(
    numbers: frozenset[str], words: frozenset[str], known: _Address, size: int, places: dict[str, list[int]]
) -> tuple[float, set[str]]:
    same = set(words & known.words)
    for word in words - same:
        same |= {
            other for other in known.words - same if len(word) > 4 and OSA.distance(word, other, score_cutoff=1) <= 1
        }

    def weight(word: str) -> float:
        return (0.15 if word in _COMMON else 1.0) * math.log(2 + size / (1 + len(places.get(word, ()))))

    mine, theirs = sum(map(weight, words)), sum(map(weight, known.words))
    shared = sum(map(weight, same))
    text = shared / max(0.01, min(mine, theirs) * 0.7 + max(mine, theirs) * 0.3)
    if not numbers or not known.numbers:
        return 0.4 * min(1.0, text), same
    agree = len(numbers & known.numbers) / max(1, min(len(numbers), len(known.numbers)))
    strict = len(numbers & known.numbers) / max(len(numbers), len(known.numbers))
    return 0.5 * min(1.0, text) + 0.3 * agree + 0.2 * strict, same


@functools.cache
def bundled() -> AddressIndex:
    """The addresses that ship with the package."""
    from licet.parties import snapshot

    text = resources.files("licet.parties").joinpath("data/addresses.csv").read_text(encoding="utf-8")
    return AddressIndex(snapshot.bundled().records, csv.DictReader(text.splitlines()))

"""How much a token tells, learned from the lists and frozen with the scorer.

A rare token tells more than a common one (inverse document frequency over the names of the bundled lists); a legal
form tells almost nothing. The lists also teach which words translate each other (zavod, plant), from entries that
carry both, and which words are of people rather than companies.
"""

from __future__ import annotations

import collections
import csv
import functools
import itertools
import json
import lzma
import math
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from licet import places as world
from licet.parties.normal import vocabulary
from licet.parties.record import Record

#: Share of its rarity that a word of this kind keeps.
SHARE: Final = {"legal": 0.15, "stop": 0.05, "particle": 0.25, "generic": 0.8, "person": 1.0}
#: A family has so many entries, and its word so many letters; that share of the names with it begin with it.
_FAMILY, _LETTERS, _BEGINS = 4, 4, 0.8
#: A single letter is an initial, not a word.
LETTER: Final = 0.3


@functools.cache
def kinds() -> dict[str, str]:
    """Kind of each canonical token that has one."""
    return dict(vocabulary().values())


_SHORT_PLACES: Final = frozenset({"us", "usa", "uk", "uae", "eu", "hk", "europe", "deutschland", "germania", "france"})
#: What is said of many places, and firms call themselves by.
_NO_PLACE: Final = frozenset(
    {"national", "international", "global", "world", "oriental", "people", "republic", "democratic", "middle", "east",
     "eastern", "west", "western", "north", "northern", "south", "southern", "central", "new", "sea", "pacific", "asia",
     "park", "high", "tech", "port", "river", "bay", "development", "industrial", "pearl", "yellow", "delta", "area",
     "greater", "inner", "united", "kingdom", "zone", "county", "district", "region", "prefecture", "autonomous"}
)  # fmt: skip


@functools.cache
def places() -> frozenset[str]:
    """Words of the names of places, as firms have them in their names."""
    files = (resources.files("licet.parties").joinpath(f"data/{name}.csv") for name in ("terms", "foreign"))
    rows = [row for file in files for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]
    words = {word for row in rows if row["kind"] == "place" for word in re.findall(r"\w+", row["english"])}
    words |= {name for code in world.codes() if (name := world.name(code).lower()).isalpha()}
    return (frozenset(word for word in words if len(word) > 2) | _SHORT_PLACES) - _NO_PLACE


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What the lists teach.

    Attributes:
        names: how many names they were learned from.
        count: in how many names each token stands, where more than twice.
        means: tokens that translate a token, each with how sure that is.
        people: log odds that a token belongs to a person's name.
        families: words by which several listed companies of one family are called, and no others.
    """

    names: int
    count: Mapping[str, int]
    means: Mapping[str, Mapping[str, float]]
    people: Mapping[str, float]
    families: Set[str] = frozenset()

    def of(self, token: str) -> float:
        """Weight of a token: its rarity, less for legal forms and particles."""
        rarity = math.log(self.names / self.count.get(token, 1.5))
        if token.isdigit():
            return rarity * 0.7
        if len(token) == 1:
            return rarity * LETTER
        kind = kinds().get(token)
        return rarity if kind is None else rarity * SHARE[kind]

    def person(self, tokens: Iterable[str]) -> float:
        """Log odds that tokens are the name of a person."""
        total = 0.0
        for token in tokens:
            total += self.people.get(token, 0.0)
            if kinds().get(token) in ("legal", "generic"):
                total -= 2.0
        return total


@functools.cache
def bundled() -> Weights:
    """The weights that ship with the package."""
    packed = resources.files("licet.parties").joinpath("data/weights.json.xz").read_bytes()
    raw: dict[str, Any] = json.loads(lzma.decompress(packed))
    return Weights(raw["names"], raw["count"], raw["means"], raw["people"], frozenset(raw["families"]))


def packed(weights: Weights) -> bytes:
    """The form that `bundled` reads; common tokens and sure translations only."""
    data = {
        "names": weights.names,
        "count": {token: count for token, count in sorted(weights.count.items()) if count > 2},
        "means": {token: {other: round(sure, 2) for other, sure in sorted(found.items())}
                  for token, found in sorted(weights.means.items())},
        "people": {token: round(odds, 2) for token, odds in sorted(weights.people.items()) if abs(odds) > 0.5},
        "families": sorted(weights.families),
    }  # fmt: skip
    return lzma.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), preset=9)


def learn(clusters: Sequence[tuple[Record, Sequence[Sequence[str]]]], ordinary: Set[str] = frozenset()) -> Weights:
    """Weights from entries and the tokens of each of their names; `ordinary` words name no family."""
    count: collections.Counter[str] = collections.Counter()
    total = 0
    for _, names in clusters:
        for tokens in names:
            total += 1
            count.update(set(tokens))
    families = (_families(clusters) | _brands()) - ordinary
    return Weights(total, count, _means(clusters, count, total), _people(clusters), families)


def _brands() -> set[str]:
    """Words that are the brand of a firm whatever else is in its name."""
    text = resources.files("licet.parties").joinpath("data/brands.csv").read_text(encoding="utf-8")
    names = (name for row in csv.DictReader(text.splitlines()) for name in row["latin"].split("|"))
    return {name for name in names if name.isalnum() and len(name) > 2 and name not in kinds()}


def _families(clusters: Sequence[tuple[Record, Sequence[Sequence[str]]]]) -> set[str]:
    """Words with which the names of four entries or more begin, one of them nothing else: Gazprom, Huawei, Naura."""
    entries: collections.defaultdict[str, set[str]] = collections.defaultdict(set)
    begins: collections.Counter[str] = collections.Counter()
    count: collections.Counter[str] = collections.Counter()
    alone: set[str] = set()
    for entry, names in clusters:
        for tokens in names if entry.kind not in ("person", "vessel", "aircraft") else ():
            own = [token for token in tokens if token not in kinds() and token not in places()]
            count.update(set(own))
            begins.update(own[:1])
            for token in own:
                entries[token].add(entry.id)
            if len(own) == 1 and all(kinds().get(token) in ("legal", "stop") for token in tokens if token != own[0]):
                alone.add(own[0])
    return {token for token in alone if len(entries[token]) >= _FAMILY and len(token) >= _LETTERS
            and begins[token] >= _BEGINS * count[token] and token.isalpha()}  # fmt: skip


def _means(
    clusters: Sequence[tuple[Record, Sequence[Sequence[str]]]], count: Mapping[str, int], total: int
) -> dict[str, dict[str, float]]:
    """Tokens that stand for each other in two names of one entry more often than chance would have it."""
    pair: collections.Counter[tuple[str, str]] = collections.Counter()
    alone: collections.Counter[str] = collections.Counter()
    for _, names in clusters:
        if not 2 <= len(names) <= 12:
            continue
        seen: set[tuple[str, str]] = set()
        for one, two in itertools.combinations([frozenset(tokens) for tokens in names], 2):
            left, right = one - two, two - one
            if one & two and 0 < len(left) <= 4 and 0 < len(right) <= 4:
                share = [(a, b) if a < b else (b, a) for a in left for b in right]
                seen.update(share)
        pair.update(seen)
        alone.update({token for both in seen for token in both})
    means: dict[str, dict[str, float]] = collections.defaultdict(dict)
    for (a, b), times in pair.items():
        if times < 4 or len(a) < 3 or len(b) < 3 or a.isdigit() or b.isdigit():
            continue
        kind_a, kind_b = kinds().get(a), kinds().get(b)
        if "legal" in (kind_a, kind_b) or "stop" in (kind_a, kind_b):
            continue
        dice = 2 * times / (alone[a] + alone[b])
        if dice >= 0.18:
            means[a][b] = means[b][a] = min(0.95, 0.6 + dice / 2)
    return dict(means)


def _people(clusters: Sequence[tuple[Record, Sequence[Sequence[str]]]]) -> dict[str, float]:
    persons: collections.Counter[str] = collections.Counter()
    others: collections.Counter[str] = collections.Counter()
    for entry, names in clusters:
        if entry.kind in ("person", "organization"):
            into = persons if entry.kind == "person" else others
            into.update({token for tokens in names for token in tokens})
    all_persons, all_others = sum(persons.values()) + 1, sum(others.values()) + 1
    return {
        token: math.log((persons[token] + 0.3) / all_persons) - math.log((others[token] + 0.3) / all_others)
        for token in persons.keys() | others.keys()
        if persons[token] + others[token] >= 3
    }

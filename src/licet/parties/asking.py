"""What is looked up of queries: their words, their neighbors written together, their words written apart."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator, Sequence
from typing import Any, Final, NamedTuple, Protocol

import numpy as np

from licet.parties.compare import Comparer, minor
from licet.parties.reach import ONLY
from licet.parties.sounds import skeletons
from licet.parties.syllables import readings

#: Shorter words are not joined, and not taken apart.
_JOINED, _LONG = 4, 6
#: Words of so many syllables of pinyin are taken apart into them.
_SYLLABLES: Final = 3
_KEPT: Final = 1 << 17


class Asked(Protocol):
    """A query, as far as candidates depend on it: a `Form` or a `Name`."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Comparable tokens in order."""

    @property
    def plain(self) -> str:
        """Letters and digits of the whole name; nothing: those of the tokens."""

    @property
    def by_sound(self) -> str:
        """The script whose sounds it spells, where its letters are only good for those."""


class Words(NamedTuple):
    """Words to be looked up for queries.

    Attributes:
        rows: for each the place of its query.
        words: the words.
        weights: how much each tells.
        totals: for each query what all its tokens tell.
        sizes: for each query how many of its tokens are neither legal form nor little word.
    """

    rows: Any
    words: list[str]
    weights: Any
    totals: Any
    sizes: Any


class Asking:
    """Finds what is to be looked up.

    Args:
        ids: the words of the index.
        keys: the skeletons of those that may be misspelled.
        comparer: says how much a token tells.
    """

    def __init__(self, ids: Container[str], keys: Container[str], comparer: Comparer) -> None:
        self._ids, self._keys, self._comparer = ids, keys, comparer
        self._apart: dict[str, tuple[str, ...]] = {}

    def words(self, queries: Sequence[Asked]) -> Words:
        """What is looked up of queries: of each its words, then what is joined, then what is taken apart."""
        flat = [token for query in queries for token in query.tokens]
        many = np.fromiter((len(query.tokens) for query in queries), dtype=np.int64, count=len(queries))
        rows = np.repeat(np.arange(len(queries)), many)
        weights = np.fromiter(self._weights(queries), dtype=np.float64, count=len(flat))
        small = np.fromiter(map(minor, flat), dtype=bool, count=len(flat))
        sizes = np.bincount(rows, weights=~small, minlength=len(queries)).astype(np.int64)
        kept = ~small | (sizes[rows] == 0)
        found = [(rows[kept], list(itertools.compress(flat, kept)), weights[kept])]
        found += [self._joined(flat, rows, weights, size) for size in (2, 3)]
        found.append(self._parted(flat, rows, weights))
        each, words, tell = zip(*found, strict=True)
        totals = np.bincount(rows, weights=weights, minlength=len(queries))
        return Words(np.concatenate(each), list(itertools.chain(*words)), np.concatenate(tell), totals, sizes)

    def _weights(self, queries: Sequence[Asked]) -> Iterator[float]:
        for query in queries:
            if query.by_sound:
                yield from self._comparer.name(query.tokens, by_sound=query.by_sound).weights
            else:
                yield from map(self._comparer.weight, query.tokens)

    def _joined(self, flat: list[str], rows: Any, weights: Any, size: int) -> tuple[Any, list[str], Any]:
        """Neighbors that are one word on the list; two may also be a spelling of one."""
        ends = len(flat) - size + 1
        if ends <= 0:
            return rows[:0], [], weights[:0]
        at = np.flatnonzero(rows[:ends] == rows[size - 1 :])
        runs = [flat[start : start + ends] for start in range(size)]
        words = list(map("".join, itertools.compress(zip(*runs, strict=True), rows[:ends] == rows[size - 1 :])))
        known = [len(word) >= _JOINED and word in self._ids for word in words]
        if size == 2:
            new = [place for place, word in enumerate(words) if len(word) >= _LONG and not known[place]]
            for place, key in zip(new, skeletons([words[place] for place in new]), strict=True):
                known[place] = key in self._keys
        at = at[known]
        tell = sum((weights[at + more] for more in range(1, size)), weights[at])
        return rows[at], list(itertools.compress(words, known)), tell

    def _parted(self, flat: list[str], rows: Any, weights: Any) -> tuple[Any, list[str], Any]:
        """The two words, or three syllables, that a word may be written together from; each tells half."""
        if len(self._apart) > _KEPT:
            self._apart = {}
        known = self._apart
        for token in flat:
            if token not in known:
                known[token] = self._parts(token)
        parts = list(map(known.__getitem__, flat))
        many = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
        return np.repeat(rows, many), list(itertools.chain(*parts)), np.repeat(weights / 2, many)

    def _parts(self, token: str) -> tuple[str, ...]:
        if len(token) < _LONG or token in self._ids or not token.isalpha():
            return ()
        found: list[str] = []
        for cut in range(2, len(token) - 1):
            one, two = token[:cut], token[cut:]
            if one in self._ids and two in self._ids and (cut > 2 or len(two) > 2):
                found += (ONLY + one, ONLY + two)
        for way in () if found else readings(token):
            if len(way) == _SYLLABLES and all(part in self._ids for part in way):
                found += (ONLY + part for part in way)
        return tuple(found)

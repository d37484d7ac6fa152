"""Strings a slip or two apart, found by hash instead of by comparing each with each.

Two words one slip apart have a string in common once one letter is left out of one or of both (`WordSlips`). A name
that is cut in d + 2 pieces keeps two of them through d slips, moved by d places at most (`NearNames`). Hashes are
polynomials over the letters, so those of all pieces follow from one running sum.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from licet.parties.ragged import places

_LONGEST: Final = 512
_BASE: Final = 0x9E3779B97F4A7C15
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
#: Shorter words are not put right, shorter names are found by their words.
_SHORT_WORD: Final = 4
SHORT_NAME: Final = 8
#: A piece that more names of one length have tells nothing.
_MANY: Final = 64
_NONE: Final = np.empty(0, dtype=np.int64)
#: So few words are not worth being told apart by their length.
_FEW: Final = 64
#: Hashes with so many first bits in common stand together: few, as there are fewer hashes than such beginnings.
_BITS: Final = 20


def _powers(base: int) -> Any:
    factors = np.full(_LONGEST + 2, base, dtype=np.uint64)
    factors[0] = 1
    return np.cumprod(factors)


_POWER: Final = _powers(_BASE)
_INVERSE: Final = _powers(pow(_BASE, -1, 1 << 64))


def slack(length: int) -> int:
    """How many slips a string of that length may have and still be taken for the other."""
    return 0 if length < 6 else 1 if length < 10 else 2 if length < 24 else 3


def _sums(texts: Sequence[str], length: int) -> Any:
    """Running sums of the hash of texts of one length: one row each, beginning with 0."""
    letters = np.array(texts, dtype=f"<U{length}").view(np.uint32).reshape(len(texts), length)
    sums = np.zeros((len(texts), length + 1), dtype=np.uint64)
    np.cumsum(letters * _POWER[1 : length + 1], axis=1, out=sums[:, 1:])
    return sums


def _by_length(texts: Iterable[str], least: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, text in enumerate(texts):
        if least <= len(text) <= _LONGEST:
            found.setdefault(len(text), []).append(number)
    return found


class _Table:
    """Hashes, each with the numbers of the strings it belongs to; found by their first bits."""

    def __init__(self, hashes: list[Any], numbers: list[Any]) -> None:
        every = np.concatenate(hashes) if hashes else np.empty(0, dtype=np.uint64)
        order = np.argsort(every, kind="stable")
        every = every[order]
        self._numbers = (np.concatenate(numbers) if numbers else np.empty(0, dtype=np.int32))[order]
        self._end = int(self._numbers.max(initial=-1)) + 1
        first = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1]))[: len(every)])
        self._hashes = every[first]
        self._first = np.append(first, len(every))
        self._begin = np.zeros((1 << _BITS) + 1, dtype=np.int32)
        np.cumsum(np.bincount(self._bits(self._hashes), minlength=1 << _BITS), out=self._begin[1:])

    @staticmethod
    def _bits(hashes: Any) -> Any:
        return (hashes >> np.uint64(64 - _BITS)).astype(np.int64)

    def find(self, hashes: Any, many: int, *, twice: bool = False) -> tuple[Any, Any]:
        """For each row of hashes the numbers held under one of them: rows and numbers, ascending, each pair once.

        A hash that more than `many` strings have is passed over. `twice`: only numbers held under two of them.
        """
        hits, at = self._places(hashes.ravel())
        first, count = self._first[at], self._first[at + 1] - self._first[at]
        few = count <= many
        hits, first, count = hits[few], first[few], count[few]
        pairs = np.repeat(hits // hashes.shape[1] * self._end, count) + self._numbers[places(first, count)]
        pairs.sort()
        again = pairs[1:] == pairs[:-1]
        pairs = np.unique(pairs[1:][again]) if twice else pairs[np.concatenate(([True], ~again))[: len(pairs)]]
        return pairs // self._end, pairs % self._end

    def _places(self, hashes: Any) -> tuple[Any, Any]:
        """Which hashes are held, and where."""
        bits = self._bits(hashes)
        at, end = self._begin[bits], self._begin[bits + 1]
        left = np.flatnonzero(at < end)
        hashes, at, end = hashes[left], at[left], end[left]
        found = [(_NONE, _NONE)]
        while len(left):
            held = self._hashes[at] == hashes
            found.append((left[held], at[held]))
            more = np.flatnonzero(~held & (at + 1 < end))
            left, hashes, at, end = left[more], hashes[more], at[more] + 1, end[more]
        return _columns(found)


class WordSlips:
    """Words that are one slip away from a word.

    Args:
        words: the words; those of fewer than four letters are passed over.
    """

    def __init__(self, words: Sequence[str]) -> None:
        hashes, numbers = [], []
        for length, group in _by_length(words, _SHORT_WORD).items():
            ids = np.array(group, dtype=np.int32)
            hashes.append(_without_one(_sums([words[number] for number in group], length)).ravel())
            numbers.append(np.repeat(ids, length + 1))
        self._table = _Table(hashes, numbers)

    def near(self, words: Sequence[str]) -> tuple[Any, Any]:
        """Places in `words`, each with the number of a word that is one slip away from it, or of some that are two."""
        found = [(_NONE, _NONE)]
        groups = _by_length(words, _SHORT_WORD)
        if len(words) < _FEW and groups:  # shorter words have their own hash several times, which finds nothing more
            groups = {max(groups): list(itertools.chain(*groups.values()))}
        for length, group in groups.items():
            hashes = _without_one(_sums([words[number] for number in group], length))
            rows, numbers = self._table.find(hashes, 1 << 10)
            found.append((np.array(group)[rows], numbers))
        return _columns(found)


def _columns(parts: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    one, two = zip(*parts, strict=True)
    return np.concatenate(one), np.concatenate(two)


def _without_one(sums: Any) -> Any:
    """Hashes of each text, and of it without its first, second, ... letter."""
    whole = sums[:, -1:]
    return np.concatenate((whole, sums[:, :-1] + (whole - sums[:, 1:]) * _INVERSE[1]), axis=1)


class NearNames:
    """Names that are a few slips away from a name, letters and digits only.

    Args:
        names: the names; those of fewer than eight letters are passed over.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        hashes, numbers = [], []
        for length, group in _by_length(names, SHORT_NAME).items():
            ids = np.array(group, dtype=np.int32)
            sums = _sums([names[number] for number in group], length)
            for piece, (start, end) in enumerate(_pieces(length)):
                hashes.append((sums[:, end] - sums[:, start]) * _INVERSE[start] + _salt(length, piece))
                numbers.append(ids)
        self._table = _Table(hashes, numbers)

    def near(self, names: Sequence[str]) -> tuple[Any, Any]:
        """Places in `names`, each with the number of a name no more slips away from it than `slack` allows."""
        found = [(_NONE, _NONE)]
        for length, group in _by_length(names, SHORT_NAME - 1).items():
            starts, ends, salts = _probes(length)
            sums = _sums([names[number] for number in group], length)
            hashes = (sums[:, ends] - sums[:, starts]) * _INVERSE[starts] + salts
            rows, numbers = self._table.find(hashes, _MANY, twice=True)
            if len(rows):
                rows, most = np.array(group)[rows], slack(length)
                one, two = map(names.__getitem__, rows.tolist()), map(self._names.__getitem__, numbers.tolist())
                near = cpdist(list(one), list(two), scorer=OSA.distance, score_cutoff=most) <= most
                found.append((rows[near], numbers[near]))
        return _columns(found)


def _pieces(length: int) -> list[tuple[int, int]]:
    many = _moved(length) + 2
    cuts = [length * piece // many for piece in range(many + 1)]
    return list(itertools.pairwise(cuts))


def _moved(length: int) -> int:
    """Slips that are looked for in a name of that length; more are left to its words."""
    return min(slack(length), 2)


def _salt(length: int, piece: int) -> Any:
    return np.array([length * 8 + piece], dtype=np.uint64) * _MIX


@functools.lru_cache(maxsize=_LONGEST)
def _probes(size: int) -> tuple[Any, Any, Any]:
    """Where in a name of that size the pieces of names of about that size may lie."""
    found = []
    for length in range(max(SHORT_NAME, size - 2), min(_LONGEST, size + 2) + 1):
        slips, more = min(_moved(length), _moved(size)), size - length
        if abs(more) > slips:
            continue
        for piece, (start, end) in enumerate(_pieces(length)):
            first = max(start - (slips - more) // 2, 0)
            last = min(start + (slips + more) // 2, size - (end - start))
            found += [(at, at + end - start, _salt(length, piece)[0]) for at in range(first, last + 1)]
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64)
    starts, ends, salts = zip(*found, strict=True)
    return np.array(starts), np.array(ends), np.array(salts, dtype=np.uint64)

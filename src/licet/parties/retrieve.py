"""Candidates for a query: the few names of many thousand that share its rare tokens, in some spelling.

Every name ever held is in one inverted index of tokens. A token of the query finds itself, tokens of the same
skeleton, tokens one slip away, its translations, and, joined with its neighbor or split in two, what is written
together elsewhere. There is no limit on a whole-string ratio, which loses true matches.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from licet.parties.compare import LEAST, Comparer, Name
from licet.parties.sounds import echo, skeleton
from licet.parties.weights import Weights, kinds

#: A token in more names than this is only followed when nothing rarer is there.
_COMMON: Final = 2500
#: Postings followed for one query.
_MOST: Final = 12000
_NEAR: Final = 64
#: Words that begin with the same letters, this many, are looked at.
_STEM: Final = 5
#: Tokens whose names are remembered.
_KEPT: Final = 1 << 16


class Postings:
    """The inverted index over the tokens of names."""

    def __init__(self, names: Sequence[Name], comparer: Comparer) -> None:
        self.comparer = comparer
        self.weights: Weights = comparer.weights
        self.ids: dict[str, int] = {}
        tokens: list[int] = []
        lengths = np.fromiter((len(name.tokens) for name in names), dtype=np.int32, count=len(names))
        ids = self.ids
        for name in names:
            for token in name.tokens:
                tokens.append(ids.setdefault(token, len(ids)))
        self.words = list(ids)
        flat = np.array(tokens, dtype=np.int32)
        owners = np.repeat(np.arange(len(names), dtype=np.int32), lengths)
        order = np.argsort(flat, kind="stable")
        self.owners = owners[order]
        self.starts = np.searchsorted(flat[order], np.arange(len(ids) + 1)).astype(np.int64)
        self.totals = np.fromiter((name.total for name in names), dtype=np.float64, count=len(names))
        self._skeletons: dict[str, list[int]] = collections.defaultdict(list)
        self._slips: dict[str, Any] = {}
        self._prefixes: dict[str, list[int]] = collections.defaultdict(list)
        self._sounds: dict[str, list[int]] | None = None
        self._reach: dict[tuple[str, bool], tuple[Any, Any]] = {}
        self._near: dict[tuple[str, bool], list[tuple[int, float]]] = {}
        self._alike: dict[tuple[str, bool], frozenset[str]] = {}
        self._acronyms: dict[str, list[int]] = collections.defaultdict(list)
        for number, name in enumerate(names):
            if 3 <= name.size <= 8:
                self._acronyms[name.initials].append(number)
        for word, number in ids.items():
            if len(word) >= 3 and not word[0].isdigit():
                self._skeletons[skeleton(word)].append(number)
                if len(word) >= 4:
                    for slip in _slips(word):
                        self._slip(slip, number)
                if len(word) >= _STEM:
                    self._prefixes[word[:_STEM]].append(number)

    def _slip(self, slip: str, number: int) -> None:
        known = self._slips.get(slip)
        if known is None:
            self._slips[slip] = number
        elif type(known) is int:
            self._slips[slip] = [known, number]
        elif len(known) < 40:
            known.append(number)

    def words_near(self, token: str, by_sound: bool) -> frozenset[str]:
        """The words of the index that stand for a token."""
        key = (token, by_sound)
        found = self._alike.get(key)
        if found is None:
            if len(self._alike) > _KEPT:
                self._alike.clear()
            found = self._alike[key] = frozenset(self.words[number] for number, _ in self.near(token, by_sound))
        return found

    def near(self, token: str, by_sound: bool) -> list[tuple[int, float]]:
        """Tokens of the index that stand for this one, each with how alike they are, best first."""
        key = (token, by_sound)
        found = self._near.get(key)
        if found is None:
            if len(self._near) > _KEPT:
                self._near.clear()
            found = self._near[key] = self._find(token, by_sound)
        return found

    def _find(self, token: str, by_sound: bool) -> list[tuple[int, float]]:
        exact = self.ids.get(token)
        result = [] if exact is None else [(exact, 1.0)]
        if len(token) >= 3 and not token[0].isdigit():
            same = set(self._skeletons.get(skeleton(token), ()))
            numbers = set(same)
            if len(token) >= 4:
                for slip in (token, *_slips(token)):
                    hit = self._slips.get(slip)
                    if hit is not None:
                        numbers.update((hit,) if type(hit) is int else hit)
                    whole = self.ids.get(slip)
                    if whole is not None:
                        numbers.add(whole)
            if len(token) >= _STEM:
                numbers.update(self._prefixes.get(token[:_STEM], ()))
            numbers.discard(-1 if exact is None else exact)
            if by_sound:
                numbers.update(self._by_sound(token))
                scored = [(n, close) for n in numbers if (close := self.comparer.sounds(token, self.words[n])[0])]
            else:
                scored = self._closest(token, sorted(numbers), same)
            scored.sort(key=lambda one: (-one[1], one[0]))
            result += scored[: 4 * _NEAR if by_sound else _NEAR]
        for other, sure in self.weights.means.get(token, {}).items():
            number = self.ids.get(other)
            if number is not None:
                result.append((number, sure))
        result.sort(key=lambda one: (-one[1], one[0]))
        return result

    def _closest(self, token: str, numbers: list[int], same: set[int]) -> list[tuple[int, float]]:
        """The numbers whose words are like the token, each with how alike it is, roughly as the scorer sees it."""
        if not numbers:
            return []
        words = self.words
        near = cdist([token], [words[number] for number in numbers], scorer=JaroWinkler.similarity)[0].tolist()
        floor = 0.74 if len(skeleton(token)) > 2 else 0.66
        found = []
        for number, jaro in zip(numbers, near, strict=True):
            close = max(jaro - 0.12, floor + 0.17 * jaro if number in same else 0.0)
            if close >= LEAST:
                found.append((number, close))
        return found

    def _by_sound(self, token: str) -> Iterable[int]:
        if self._sounds is None:
            self._sounds = collections.defaultdict(list)
            for word, number in self.ids.items():
                if len(word) >= 3 and not word[0].isdigit():
                    key = echo(word)
                    if len(key) >= 2:
                        self._sounds[key].append(number)
        key = echo(token)
        if len(key) < 2:
            return ()
        found: list[int] = list(self._sounds.get(key, ()))
        if len(key) >= 3:  # one consonant more, less, or another
            for at in range(len(key)):
                found += self._sounds.get(key[:at] + key[at + 1 :], ()) if len(key) > 3 else ()
                for letter in "TKPLN":
                    if letter != key[at]:
                        found += self._sounds.get(key[:at] + letter + key[at + 1 :], ()) if len(key) > 3 else ()
                        found += self._sounds.get(key[:at] + letter + key[at:], ())
        return found

    def reach(self, token: str, by_sound: bool) -> tuple[Any, Any]:
        """Numbers of the names that hold the token or one like it, ascending, and how alike the best one is."""
        key = (token, by_sound)
        found = self._reach.get(key)
        if found is None:
            if len(self._reach) > _KEPT:
                self._reach.clear()
            found = self._reach[key] = self._names(self.near(token, by_sound))
        return found

    def _names(self, near: list[tuple[int, float]]) -> tuple[Any, Any]:
        if not near:
            return _NONE, _NO_VALUES
        owners, values, followed = [], [], 0
        for number, close in near:
            first, last = self.starts[number], self.starts[number + 1]
            if followed and followed + last - first > _MOST:
                continue
            followed += last - first
            owners.append(self.owners[first:last])
            values.append(close * close)
        if len(owners) == 1:
            return owners[0], np.full(len(owners[0]), values[0])
        names = np.concatenate(owners)
        gains = np.repeat(values, [len(part) for part in owners])
        order = np.argsort(names, kind="stable")  # the most alike comes first in `near`, so it stays first
        names, gains = names[order], gains[order]
        firsts = np.flatnonzero(np.concatenate((_TRUE, names[1:] != names[:-1])))
        return names[firsts], np.maximum.reduceat(gains, firsts)

    def candidates(self, query: Name, most: int) -> tuple[Any, Any]:
        """Numbers of the names most likely to match, best first, and an estimate of how well each does, 0 to 2."""
        known = kinds()
        wanted = []
        for token, weight in zip(query.tokens, query.weights, strict=True):
            if known.get(token) not in ("legal", "stop") or query.size == 0:
                wanted.append((weight, self.reach(token, query.by_sound)))
        wanted += self._together(query)
        wanted.sort(key=lambda one: (-one[0], len(one[1][0])))
        owners: list[Any] = []
        values: list[Any] = []
        followed = 0
        for weight, (names, close) in wanted:
            size = len(names)
            if size and not (followed and (size > _COMMON or followed + size > _MOST)):
                followed += size
                owners.append(names)
                values.append(close * weight)
        acronym = self._acronyms.get(query.core) if query.size == 1 and 3 <= len(query.core) <= 6 else None
        if acronym:
            owners.append(np.array(acronym, dtype=np.int32))
            values.append(np.full(len(acronym), query.total * 0.5))
        if not owners:
            return _NONE, _NO_VALUES
        names, gains = owners[0], values[0]
        if len(owners) > 1:
            names = np.concatenate(owners)
            gains = np.concatenate(values)
            order = np.argsort(names)
            names, gains = names[order], gains[order]
            firsts = np.flatnonzero(np.concatenate((_TRUE, names[1:] != names[:-1])))
            names, gains = names[firsts], np.add.reduceat(gains, firsts)
        totals = self.totals[names]
        estimate = np.minimum(np.minimum(gains, query.total), totals) * (1 / query.total + 1 / (totals + 0.01))
        if len(estimate) > most:
            best = np.argpartition(-estimate, most - 1)[:most]
            best = best[np.lexsort((names[best], -estimate[best]))]
        else:
            best = np.lexsort((names, -estimate))
        return names[best], estimate[best]

    def _together(self, query: Name) -> list[tuple[float, tuple[Any, Any]]]:
        """Neighbors written together, and words written apart."""
        found = []
        tokens, weights = query.tokens, query.weights
        for at in range(len(tokens) - 1):
            for size in (2, 3):
                if at + size > len(tokens):
                    continue
                word = "".join(tokens[at : at + size])
                if len(word) >= 4 and (
                    word in self.ids or (size == 2 and len(word) >= 6 and self._skeletons.get(skeleton(word)))
                ):
                    found.append((sum(weights[at : at + size]), self.reach(word, query.by_sound)))
        for token, weight in zip(tokens, weights, strict=True):
            if len(token) >= 6 and token not in self.ids and token.isalpha():
                for cut in range(2, len(token) - 1):
                    one, two = self.ids.get(token[:cut]), self.ids.get(token[cut:])
                    if one is not None and two is not None and (cut > 2 or len(token) - cut > 2):
                        found.append((weight / 2, self._names([(one, 1.0)])))
                        found.append((weight / 2, self._names([(two, 1.0)])))
        return found


_NONE: Final = np.empty(0, dtype=np.int32)
_NO_VALUES: Final = np.empty(0, dtype=np.float64)
_TRUE: Final = np.array([True])


def _slips(word: str) -> Iterable[str]:
    """The word with one letter left out, each way."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}

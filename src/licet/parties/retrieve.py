"""Candidates for a query: the few names of many thousand that share its rare tokens, in some spelling.

Every name ever held is in one inverted index of tokens. A token of the query finds itself, tokens of the same
skeleton, tokens one slip away, its translations, and, joined with its neighbor or split in two, what is written
together elsewhere. A whole name that is a few slips away is found besides. There is no limit on a whole-string ratio,
which loses true matches.
"""

from __future__ import annotations

import collections
import itertools
import threading
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from licet.parties.compare import HALF, LEAST, Comparer, Name, minor
from licet.parties.slips import NearNames, WordSlips
from licet.parties.sounds import echo, skeleton, skeletons
from licet.parties.weights import Weights

#: A token in more names than this is only followed when nothing rarer is there.
_COMMON: Final = 2500
#: Postings followed for one query.
_MOST: Final = 12000
#: Candidates that promise less do not reach the alert line; the promise is the evidence as far as it follows from the
#: weights alone, fitted to the evidence of full comparisons.
_PROMISE: Final = -0.3
#: A candidate with less than this share of the query promises less in any case.
_LEAST_PROMISE: Final = 0.35
_NEAR: Final = 64
#: Words that begin with the same letters, this many, are looked at.
_STEM: Final = 5
#: Tokens that are remembered with the words near them, and the postings that are remembered in all.
_KEPT: Final = 1 << 14
_KEPT_POSTINGS: Final = 1 << 22
#: Gain of a candidate that is compared whatever its tokens, far above any other, and the estimate it is given.
_SURE: Final = 1e9
_NEARLY_ALL: Final = 1.95


class Names:
    """The names of an index in columns; each is made ready to be compared when it is first asked for."""

    def __init__(self, comparer: Comparer) -> None:
        self._comparer = comparer
        self.tokens: list[tuple[str, ...]] = []
        self.plain: list[str] = []
        self.by_sound: list[bool] = []
        self._ready: dict[int, Name] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, number: int) -> Name:
        found = self._ready.get(number)
        if found is None:
            found = self._ready[number] = self._comparer.name(
                self.tokens[number], self.plain[number], by_sound=self.by_sound[number]
            )
        return found

    def add(self, tokens: tuple[str, ...], plain: str, by_sound: bool) -> None:
        """One more name."""
        self.tokens.append(tokens)
        self.plain.append(plain)
        self.by_sound.append(by_sound)


class Postings:
    """The inverted index over the tokens of names."""

    def __init__(self, names: Names, comparer: Comparer) -> None:
        self.comparer = comparer
        self.weights: Weights = comparer.weights
        self.ids: dict[str, int] = {}
        ids = self.ids
        flat = np.fromiter((ids.setdefault(token, len(ids)) for tokens in names.tokens for token in tokens), np.int32)
        lengths = np.fromiter(map(len, names.tokens), dtype=np.int32, count=len(names))
        self.words = list(ids)
        owners = np.repeat(np.arange(len(names), dtype=np.int32), lengths)
        order = np.argsort(flat, kind="stable")
        self.owners = owners[order]
        self.starts: list[int] = np.searchsorted(flat[order], np.arange(len(ids) + 1)).tolist()
        each = np.fromiter(map(comparer.weight, self.words), dtype=np.float64, count=len(ids))
        self.totals = np.bincount(owners, weights=each[flat], minlength=len(names))
        self._skeletons: dict[str, list[int]] = collections.defaultdict(list)
        self._prefixes: dict[str, list[int]] = collections.defaultdict(list)
        for (word, number), key in zip(ids.items(), skeletons(self.words), strict=True):
            if len(word) >= 3 and not word[0].isdigit():
                self._skeletons[key].append(number)
                if len(word) >= _STEM:
                    self._prefixes[word[:_STEM]].append(number)
        self._slips = WordSlips(self.words)
        self._whole = NearNames(names.plain)
        self._acronyms = _acronyms(self.words, flat, owners, len(names))
        self._sounds: dict[str, list[int]] | None = None
        self._reach: dict[tuple[str, bool], tuple[Any, Any]] = {}
        self._held = 0
        self._near: dict[tuple[str, bool], list[tuple[int, float]]] = {}
        self._alike: dict[tuple[str, bool], frozenset[str]] = {}
        self._near_whole: dict[str, list[int]] = {}
        self._joins: dict[tuple[str, ...], list[tuple[float, str]]] = {}
        self._scratch = threading.local()

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
            self._find((token,), by_sound)
            found = self._near[key]
        return found

    def warm(self, queries: Sequence[Name]) -> None:
        """Look up at once what `candidates` will need for each of many names; that is quicker than one by one."""
        known, wanted, whole = self._near, dict[str, None](), dict[str, None]()
        self._joins = {}
        for query in queries:
            if not query.by_sound:
                whole[query.plain] = None
                joined = self._joins[query.tokens] = self._joined(query)
                words = itertools.chain(query.tokens, (word for _, word in joined))
                wanted.update((token, None) for token in words if (token, False) not in known and not minor(token))
        self._find(tuple(wanted), False)
        self._near_whole = dict(zip(whole, self._whole.near(list(whole)), strict=True))

    def _find(self, tokens: Sequence[str], by_sound: bool) -> None:
        """Remember the words near each token."""
        if len(self._near) + len(tokens) > _KEPT:
            self._near.clear()
        one: list[str] = []
        numbers: list[int] = []
        floors: list[float] = []
        ends = []
        for token, slipped in zip(tokens, self._slips.near(tokens), strict=True):
            if len(token) >= 3 and not token[0].isdigit():
                key, before = skeleton(token), len(numbers)
                same = self._skeletons.get(key, ())
                numbers += same
                floors += [0.74 if len(key) > 2 else 0.66] * len(same)
                numbers += slipped
                numbers += self._prefixes.get(token[:_STEM], ()) if len(token) >= _STEM else ()
                numbers += self._by_sound(token) if by_sound else ()
                one += [token] * (len(numbers) - before)
                floors += [0.0] * (len(numbers) - len(floors))
            ends.append(len(numbers))
        two = list(map(self.words.__getitem__, numbers))
        close = self._closeness(one, two, floors, by_sound)
        good = np.flatnonzero((close >= LEAST) if not by_sound else close)
        which, close = np.array(numbers, dtype=np.int64)[good], close[good]
        rows = np.searchsorted(ends, good, side="right")
        order = np.lexsort((which, -close, rows))
        cuts = np.searchsorted(rows[order], np.arange(len(tokens) + 1)).tolist()
        found = list(zip(which[order].tolist(), close[order].tolist(), strict=True))
        most = 4 * _NEAR if by_sound else _NEAR
        for row, token in enumerate(tokens):
            exact = self.ids.get(token, -1)
            each: dict[int, float] = {} if exact < 0 else {exact: 1.0}
            for number, alike in found[cuts[row] : cuts[row + 1]]:
                if len(each) > most:
                    break
                each.setdefault(number, alike)
            self._near[token, by_sound] = self._with_meanings(token, list(each.items()))

    def _closeness(self, one: list[str], two: list[str], floors: list[float], by_sound: bool) -> Any:
        """How alike words are, as the scorer sees it; `floors`: for words of one skeleton the least they are."""
        if not one:
            return _NO_VALUES
        if by_sound:
            return np.array([self.comparer.sounds(a, b)[0] for a, b in zip(one, two, strict=True)])
        jaro = cpdist(one, two, scorer=JaroWinkler.similarity)
        spelled = cpdist(one, two, scorer=OSA.normalized_similarity, score_cutoff=0.5)
        floor = np.array(floors)
        close = np.maximum(spelled, np.where(jaro >= 0.85, jaro - 0.12, 0.0))
        return np.where((floor > 0) & (spelled >= HALF), np.maximum(close, floor + 0.17 * jaro), close)

    def _with_meanings(self, token: str, found: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """What was found and the translations of the token, best first."""
        means = self.weights.means.get(token)
        if means:
            ids = self.ids
            found += [(ids[other], sure) for other, sure in means.items() if other in ids]
            found.sort(key=lambda one: (-one[1], one[0]))
        return found

    def _by_sound(self, token: str) -> Iterable[int]:
        if self._sounds is None:
            sounds: dict[str, list[int]] = collections.defaultdict(list)
            for word, number in self.ids.items():
                if len(word) >= 3 and not word[0].isdigit():
                    key = echo(word)
                    if len(key) >= 2:
                        sounds[key].append(number)
            self._sounds = sounds
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
        """Numbers of the names that hold the token or one like it, and how alike; the most alike come last."""
        key = (token, by_sound)
        found = self._reach.get(key)
        if found is None:
            found = self._names(self.near(token, by_sound))
            self._held += len(found[0])
            if self._held > _KEPT_POSTINGS:
                self._reach.clear()
                self._held = len(found[0])
            self._reach[key] = found
        return found

    def _names(self, near: list[tuple[int, float]]) -> tuple[Any, Any]:
        starts, every = self.starts, self.owners
        if len(near) == 1:
            number, close = near[0]
            first, last = starts[number], starts[number + 1]
            return every[first:last], np.full(last - first, close * close)
        owners, sizes, values, followed = [], [], [], 0
        for number, close in near:
            first, last = starts[number], starts[number + 1]
            if not followed or followed + last - first <= _MOST:
                followed += last - first
                owners.append(every[first:last])
                sizes.append(last - first)
                values.append(close * close)
        if not owners:
            return _NONE, _NO_VALUES
        return np.concatenate(owners[::-1]), np.repeat(values[::-1], sizes[::-1])

    def candidates(self, query: Name, most: int, *, promising: bool = False) -> tuple[Any, Any]:
        """Numbers of the names most likely to match, best first, and an estimate of how well each does, 0 to 2.

        Args:
            query: the name asked about.
            most: how many at most.
            promising: only those that could reach the alert line.
        """
        wanted = [
            (weight, self.reach(token, query.by_sound))
            for token, weight in zip(query.tokens, query.weights, strict=True)
            if query.size == 0 or not minor(token)
        ]
        wanted += self._together(query)
        wanted.sort(key=lambda one: (len(one[1][0]), -one[0]))
        gains, close = self._buffers()
        touched, followed = [], 0
        for weight, (names, alike) in wanted:
            size = len(names)
            if size and not (followed and (size > _COMMON or followed + size > _MOST)):
                followed += size
                touched.append(names)
                close[names] = alike  # of a name that stands there several times the last, most alike, stays
                gains[names] += close[names] * weight
        sure = self._sure(query)
        if sure:
            touched.append(np.array(sure, dtype=np.int32))
            gains[sure] = _SURE
        if not touched:
            return _NONE, _NO_VALUES
        names = touched[0] if len(touched) == 1 else np.concatenate(touched)
        gain = gains[names]
        gains[names] = 0.0
        return self._best(names, gain, query.total + 0.01, most, promising)

    def _sure(self, query: Name) -> list[int]:
        """Names a few slips away, and those that the query is the acronym of: candidates whatever their tokens."""
        if query.by_sound:
            return []
        found = self._near_whole.get(query.plain)
        if found is None:
            found = self._whole.near([query.plain])[0]
        if query.size == 1 and 3 <= len(query.core) <= 6:
            found = [*found, *self._acronyms.get(query.core, ())]
        return found

    def _best(self, names: Any, gain: Any, total: float, most: int, promising: bool) -> tuple[Any, Any]:
        if promising:
            good = np.flatnonzero(gain >= _LEAST_PROMISE * total)
            if not len(good):
                return _NONE, _NO_VALUES
            names, gain = names[good], gain[good]
        totals = self.totals[names] + 0.01
        sure = gain >= _SURE
        gain = np.minimum(np.minimum(gain, total), totals)
        mine, theirs = gain / total, gain / totals
        estimate = np.where(sure, _NEARLY_ALL, mine + theirs)
        if promising:
            promise = (
                4.47 * mine * theirs - 1.76 * mine - 2.32 * theirs + 0.5 * np.maximum(mine, theirs) ** 4
                + 0.042 * gain - 0.005 * totals
            )  # fmt: skip
            good = np.flatnonzero((promise >= _PROMISE) | sure)
            if not len(good):
                return _NONE, _NO_VALUES
            names, estimate = names[good], estimate[good]
        names, first = np.unique(names, return_index=True)
        estimate = estimate[first]
        if len(estimate) > most:
            best = np.argpartition(-estimate, most - 1)[:most]
            best = best[np.lexsort((names[best], -estimate[best]))]
        else:
            best = np.argsort(-estimate, kind="stable")
        return names[best], estimate[best]

    def _buffers(self) -> tuple[Any, Any]:
        """What each name has gained, all zero, and room for how alike it is; one of each for each thread."""
        held = getattr(self._scratch, "held", None)
        if held is None:
            held = self._scratch.held = (np.zeros(len(self.totals)), np.zeros(len(self.totals)))
        return held

    def _together(self, query: Name) -> list[tuple[float, tuple[Any, Any]]]:
        """Neighbors written together, and words written apart."""
        found = [(weight, self.reach(word, query.by_sound)) for weight, word in self._joined(query)]
        tokens, weights = query.tokens, query.weights
        for token, weight in zip(tokens, weights, strict=True):
            if len(token) >= 6 and token not in self.ids and token.isalpha():
                for cut in range(2, len(token) - 1):
                    one, two = self.ids.get(token[:cut]), self.ids.get(token[cut:])
                    if one is not None and two is not None and (cut > 2 or len(token) - cut > 2):
                        found.append((weight / 2, self._names([(one, 1.0)])))
                        found.append((weight / 2, self._names([(two, 1.0)])))
        return found

    def _joined(self, query: Name) -> list[tuple[float, str]]:
        """Neighbors that are one word on the list, with their weight."""
        tokens = query.tokens
        known = self._joins.get(tokens)
        if known is not None:
            return known
        found: list[tuple[float, str]] = []
        for at in range(len(tokens) - 1):
            for end in (at + 2, at + 3):
                if end <= len(tokens):
                    word = "".join(tokens[at:end])
                    if len(word) >= 4 and (
                        word in self.ids or (end == at + 2 and len(word) >= 6 and skeleton(word) in self._skeletons)
                    ):
                        found.append((sum(query.weights[at:end]), word))
        return found


def _acronyms(words: Sequence[str], flat: Any, owners: Any, many: int) -> dict[str, list[int]]:
    """Names of three to eight words by their first letters, legal forms and little words left out."""
    core = np.fromiter((not minor(word) for word in words), dtype=bool, count=len(words))[flat]
    letters = "".join(word[0] for word in words)
    firsts = "".join([letters[number] for number in flat[core].tolist()])
    found: dict[str, list[int]] = collections.defaultdict(list)
    end = 0
    for number, size in enumerate(np.bincount(owners[core], minlength=many).tolist()):
        start, end = end, end + size
        if 3 <= size <= 8:
            found[firsts[start:end]].append(number)
    return found


_NONE: Final = np.empty(0, dtype=np.int32)
_NO_VALUES: Final = np.empty(0, dtype=np.float64)

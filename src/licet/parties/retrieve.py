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
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from licet.parties.compare import Comparer, Name, minor
from licet.parties.nearby import NearWords
from licet.parties.slips import SHORT_NAME, NearNames
from licet.parties.sounds import learn, skeleton

#: A token in more names than this is only followed when nothing rarer is there.
_COMMON: Final = 2500
#: Postings followed for one query.
_MOST: Final = 12000
#: Candidates that promise less do not reach the alert line; the promise is the evidence as far as it follows from the
#: weights alone, fitted to the evidence of full comparisons.
_PROMISE: Final = -0.3
_BOTH, _MINE, _THEIRS, _WHOLE, _GAIN, _TOTAL = 4.47, -1.76, -2.32, 0.5, 0.042, -0.005
#: Postings that are remembered in all.
_KEPT_POSTINGS: Final = 1 << 22
#: Postings longer than this are kept as a number for every name besides.
_DENSE: Final = 1000
#: Gain of a candidate that is compared whatever its tokens, far above any other, and the estimate it is given.
_SURE: Final = 1e9
_FIRST: Final = 2.1


class Reach(NamedTuple):
    """The names that hold a word or one like it.

    Attributes:
        names: their numbers.
        alike: how alike each is, squared; one number where all are the same.
        dense: how alike every name of the index is, where `names` are many.
    """

    names: Any
    alike: Any
    dense: Any = None


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
        self.ids: dict[str, int] = {}
        ids = self.ids
        flat = np.fromiter((ids.setdefault(token, len(ids)) for tokens in names.tokens for token in tokens), np.int32)
        lengths = np.fromiter(map(len, names.tokens), dtype=np.int32, count=len(names))
        words = list(ids)
        owners = np.repeat(np.arange(len(names), dtype=np.int32), lengths)
        order = np.argsort(flat, kind="stable")
        held, holders = flat[order], owners[order]
        once = np.ones(len(held), dtype=bool)  # a name that has a token twice stands under it once
        once[1:] = (held[1:] != held[:-1]) | (holders[1:] != holders[:-1])
        self.owners = holders[once]
        self._first = np.searchsorted(held[once], np.arange(len(ids) + 1))
        self._sizes = np.diff(self._first)
        self.starts: list[int] = self._first.tolist()
        each = np.fromiter(map(comparer.weight, words), dtype=np.float64, count=len(ids))
        self.totals = np.bincount(owners, weights=each[flat], minlength=len(names))
        self.near_words = NearWords(ids, comparer)
        self._whole = NearNames(names.plain)
        self._short: dict[str, list[int]] = collections.defaultdict(list)
        for number, plain in enumerate(names.plain):
            if len(plain) < SHORT_NAME:
                self._short[plain].append(number)
        self._acronyms = _acronyms(words, flat, owners, len(names))
        self._reach: dict[tuple[str, bool], Reach] = {}
        self._held = 0
        self._near_whole: dict[str, list[int]] = {}
        self._joins: dict[tuple[str, ...], list[tuple[float, str]]] = {}
        self._scratch = threading.local()

    def warm(self, queries: Sequence[Name]) -> None:
        """Look up at once what `candidates` will need for each of many names; that is quicker than one by one."""
        near, wanted, whole = self.near_words, dict[str, None](), dict[str, None]()
        reached = dict[str, None]()
        learn({one + two for query in queries if not query.by_sound for one, two in itertools.pairwise(query.tokens)})
        self._joins = {}
        for query in queries:
            if not query.by_sound:
                whole[query.plain] = None
                joined = self._joins[query.tokens] = self._joined(query)
                for token in (*query.tokens, *[word for _, word in joined]):
                    if (token, False) not in self._reach and not minor(token):
                        reached[token] = None
                        if not near.known(token, False):
                            wanted[token] = None
        near.find(tuple(wanted), False)
        self._reach_all(tuple(reached))
        self._near_whole = dict(zip(whole, self._whole.near(list(whole)), strict=True))

    def reach(self, token: str, by_sound: bool) -> Reach:
        """The names that hold the token or one like it."""
        key = (token, by_sound)
        found = self._reach.get(key)
        if found is None:
            found = self._keep(key, self._names(self.near_words.near(token, by_sound)))
        return found

    def _keep(self, key: tuple[str, bool], found: Reach) -> Reach:
        """Remember what a token reaches."""
        size = len(found.names)
        if size > _DENSE:
            dense = np.zeros(len(self.totals), dtype=np.float32)
            dense[found.names] = found.alike
            found = found._replace(dense=dense)
            size += len(dense)
        self._held += size
        if self._held > _KEPT_POSTINGS:
            self._reach.clear()
            self._held = size
        self._reach[key] = found
        return found

    def _reach_all(self, tokens: Sequence[str]) -> None:
        """Look up at once what `reach` will be asked for; not what has more postings than one by one it may have."""
        near = [self.near_words.near(token, False) for token in tokens]
        words = np.array([number for each in near for number, _ in each], dtype=np.int64)
        close = np.array([alike for each in near for _, alike in each])
        token = np.repeat(np.arange(len(tokens)), [len(each) for each in near])
        sizes = self._sizes[words]
        total = np.bincount(token, weights=sizes, minlength=len(tokens))
        few = total[token] <= _MOST
        words, close, token, sizes = words[few], close[few], token[few], sizes[few]
        at = np.repeat(self._first[words] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        names, close = self.owners[at], np.repeat(close * close, sizes)
        key = np.repeat(token, sizes) * len(self.totals) + names
        order = np.argsort(key, kind="stable")  # the most alike word comes first
        key = key[order]
        order = order[np.concatenate(([True], key[1:] != key[:-1]))] if len(order) else order
        names, close = names[order], close[order]
        cuts = np.repeat(token, sizes)[order].searchsorted(np.arange(len(tokens) + 1)).tolist()
        for word, size, start, end in zip(tokens, total.tolist(), cuts, cuts[1:], strict=False):
            if size <= _MOST:
                self._keep((word, False), Reach(names[start:end], close[start:end]))

    def _names(self, near: list[tuple[int, float]]) -> Reach:
        starts, every = self.starts, self.owners
        if len(near) == 1:
            number, close = near[0]
            return Reach(every[starts[number] : starts[number + 1]], close * close)
        owners, sizes, values, followed = [], [], [], 0
        for number, close in near:
            first, last = starts[number], starts[number + 1]
            if not followed or followed + last - first <= _MOST:
                followed += last - first
                owners.append(every[first:last])
                sizes.append(last - first)
                values.append(close * close)
        if not owners:
            return Reach(_NONE, 0.0)
        names = np.concatenate(owners[::-1])
        _, place = self._buffers()
        places = np.arange(len(names))
        place[names] = places  # of a name that stands there several times the last, most alike, stays
        once = np.flatnonzero(place[names] == places)
        return Reach(names[once], np.repeat(values[::-1], sizes[::-1])[once])

    def _wanted(self, query: Name, least: float) -> tuple[list[tuple[float, Reach]], list[tuple[float, Reach]]]:
        """What is followed of a query, each with its weight: what finds names, and what only adds to those found.

        A name that has only what adds comes to less than `least`.
        """
        wanted = [
            (weight, self.reach(token, query.by_sound))
            for token, weight in zip(query.tokens, query.weights, strict=True)
            if query.size == 0 or not minor(token)
        ]
        wanted += self._together(query)
        wanted.sort(key=lambda one: (len(one[1].names), -one[0]))
        left = sum([weight for weight, _ in wanted])
        finds: list[tuple[float, Reach]] = []
        adds: list[tuple[float, Reach]] = []
        followed = 0
        for one in wanted:
            size = len(one[1].names)
            if size and not (followed and (size > _COMMON or followed + size > _MOST)):
                followed += size
                (finds if left >= least or one[1].dense is None else adds).append(one)
            left -= one[0]
        return finds, adds

    def candidates(self, query: Name, most: int, *, promising: bool = False) -> tuple[Any, Any]:
        """Numbers of the names most likely to match, best first, and an estimate of how well each does, 0 to 2.

        Args:
            query: the name asked about.
            most: how many at most.
            promising: only those that could reach the alert line.
        """
        gains, _ = self._buffers()
        total = query.total + 0.01
        least = _least(total) if promising else 0.0
        finds, adds = self._wanted(query, least)
        touched = [found.names for _, found in finds]
        for weight, found in finds:
            gains[found.names] += found.alike * weight
        sure = self._sure(query)
        if sure:
            touched.append(np.array(sure, dtype=np.int32))
            gains[sure] = _SURE
        names = np.concatenate(touched) if touched else _NONE
        gain = gains[names]
        gains[names] = 0.0
        for weight, found in adds:
            gain += found.dense[names] * weight
        good = np.flatnonzero(gain >= least)
        if not len(good):
            return _NONE, _NO_VALUES
        names, first = np.unique(names[good], return_index=True)
        estimate, good = self._estimate(names, gain[good][first], total)
        if promising:
            names, estimate = names[good], estimate[good]
        best = np.lexsort((names, -estimate))[:most]
        return names[best], estimate[best]

    def many(self, queries: Sequence[Name], most: int) -> list[list[int]]:
        """For each query the numbers that `candidates` gives when they have to be promising."""
        self.warm(queries)
        found: list[list[int]] = [[] for _ in queries]
        kept: list[tuple[int, float, float]] = []  # number of the query, its total and what a name has to gain
        parts: list[Any] = []
        rows, sizes, alikes, later = [], [], [], []
        for number, query in enumerate(queries):
            if query.by_sound:
                found[number] = self.candidates(query, most, promising=True)[0].tolist()
                continue
            total = query.total + 0.01
            finds, adds = self._wanted(query, _least(total))
            sure = self._sure(query)
            each = [(found.alike * weight, found.names) for weight, found in finds]
            for value, names in [*each, (_SURE, sure)] if sure else each:
                parts.append(names)
                rows.append(len(kept))
                sizes.append(len(names))
                alikes.append(value if isinstance(value, np.ndarray) else np.full(len(names), value))
            later += [(len(kept), weight, found.dense) for weight, found in adds]
            kept.append((number, total, _least(total)))
        if not parts:
            return found
        key = np.repeat(np.array(rows, dtype=np.int64), sizes) * len(self.totals) + np.concatenate(parts)
        order = np.argsort(key)
        key = key[order]
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        gain = np.add.reduceat(np.concatenate(alikes)[order], first)
        row, names = np.divmod(key[first], len(self.totals))
        for at, weight, dense in later:
            start, end = row.searchsorted((at, at + 1))
            gain[start:end] += dense[names[start:end]] * weight
        _, totals, least = (np.array(column) for column in zip(*kept, strict=True))
        good = np.flatnonzero(gain >= least[row])
        row, names, gain = row[good], names[good], gain[good]
        estimate, good = self._estimate(names, gain, totals[row])
        row, names, estimate = row[good], names[good], estimate[good]
        order = np.lexsort((names, -estimate, row))
        cuts = row[order].searchsorted(np.arange(len(kept) + 1)).tolist()
        best = names[order].tolist()
        for (number, _, _), start, end in zip(kept, cuts, cuts[1:], strict=False):
            found[number] = best[start : min(end, start + most)]
        return found

    def _sure(self, query: Name) -> list[int]:
        """Names a few slips away, and those that the query is the acronym of: candidates whatever their tokens."""
        if query.by_sound:
            return []
        near = self._near_whole.get(query.plain)
        if near is None:
            near = self._whole.near([query.plain])[0]
        found = [*self._short.get(query.plain, ()), *near]
        if query.size == 1 and 3 <= len(query.core) <= 6:
            found = [*found, *self._acronyms.get(query.core, ())]
        return found

    def _estimate(self, names: Any, gain: Any, total: Any) -> tuple[Any, Any]:
        """How well names do that gained so much of a query's total, 0 to 2, and the places of those that promise."""
        totals = self.totals[names] + 0.01
        sure = gain >= _SURE
        gain = np.minimum(np.minimum(gain, total), totals)
        mine, theirs = gain / total, gain / totals
        promise = (
            _BOTH * mine * theirs + _MINE * mine + _THEIRS * theirs + _WHOLE * np.maximum(mine, theirs) ** 4
            + _GAIN * gain + _TOTAL * totals
        )  # fmt: skip
        estimate = np.round(np.where(sure, _FIRST, mine + theirs), 9)
        return estimate, np.flatnonzero((promise >= _PROMISE) | sure)

    def _buffers(self) -> tuple[Any, Any]:
        """What each name has gained, all zero, and room for a place of each; one of each for each thread."""
        held = getattr(self._scratch, "held", None)
        if held is None:
            many = len(self.totals)
            held = self._scratch.held = (np.zeros(many), np.zeros(many, dtype=np.int64))
        return held

    def _together(self, query: Name) -> list[tuple[float, Reach]]:
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
                        word in self.ids
                        or (end == at + 2 and len(word) >= 6 and skeleton(word) in self.near_words.skeletons)
                    ):
                        found.append((sum(query.weights[at:end]), word))
        return found


def _least(total: float) -> float:
    """The gain below which no name promises enough for a query: what one of which nothing else is left would need."""
    return (_PROMISE - _THEIRS - _WHOLE) / (_BOTH + _MINE + (_GAIN + _TOTAL) * total) * total


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

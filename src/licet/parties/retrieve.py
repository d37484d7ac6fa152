"""Candidates for a query: the few names of many thousand that share its rare tokens, in some spelling.

Every name ever held is in one inverted index of tokens. A token of the query finds itself, tokens of the same
skeleton, tokens one slip away, its translations, and, joined with its neighbor or split in two, what is written
together elsewhere. A whole name that is a few slips away is found besides. There is no limit on a whole-string ratio,
which loses true matches.
"""

from __future__ import annotations

import collections
import functools
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, Final, NamedTuple

import numpy as np

from licet.parties.asking import Asked, Asking, Words
from licet.parties.compare import Comparer, Name, minor
from licet.parties.nearby import NearWords
from licet.parties.ragged import places, sort_with_places
from licet.parties.reach import Reach
from licet.parties.rules import RARE_WORD
from licet.parties.slips import SHORT_NAME, NearNames

#: A token in more names than this is only followed when nothing rarer is there.
_COMMON: Final = 2500
#: Postings followed for one query.
_MOST: Final = 12000
#: Candidates that promise less do not reach the alert line; the promise is the evidence as far as it follows from the
#: weights alone, fitted to the evidence of full comparisons.
_PROMISE: Final = -0.3
_BOTH, _MINE, _THEIRS, _WHOLE, _GAIN, _TOTAL = 4.47, -1.76, -2.32, 0.5, 0.042, -0.005
#: Tokens and postings that are remembered in all.
_KEPT_TOKENS: Final = 1 << 17
_KEPT_POSTINGS: Final = 1 << 22
#: Postings that are looked at together: no more than the cache of a processor holds.
_AT_ONCE: Final = 1 << 17
#: A word in no more names than this may as well find them: that is quicker than asking whether it is in others.
_SHORT: Final = 1000
#: Gain of a candidate that is compared whatever its tokens, far above any other, and the estimate it is given.
_SURE: Final = 1e9
_FIRST: Final = 2.1
#: A rare word that so many names have, or fewer, makes each of them a candidate.
_FEW: Final = 6
#: What sums of weights in another order may differ by.
_ROUNDING: Final = 1e-6


class Names:
    """The names of an index in columns; each is made ready to be compared when it is first asked for."""

    def __init__(self, comparer: Comparer) -> None:
        self._comparer = comparer
        self.tokens: list[tuple[str, ...]] = []
        self.plain: list[str] = []
        self.by_sound: list[str] = []
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

    def add(self, tokens: tuple[str, ...], plain: str, by_sound: str) -> None:
        """One more name."""
        self.tokens.append(tokens)
        self.plain.append(plain)
        self.by_sound.append(by_sound)


class Postings:
    """The inverted index over the tokens of names."""

    def __init__(self, names: Names, comparer: Comparer) -> None:
        ids = dict(zip(dict.fromkeys(itertools.chain.from_iterable(names.tokens)), itertools.count(), strict=False))
        self.ids = ids
        flat = np.fromiter(map(ids.__getitem__, itertools.chain.from_iterable(names.tokens)), np.int32)
        lengths = np.fromiter(map(len, names.tokens), dtype=np.int32, count=len(names))
        words = list(ids)
        self.flat, self.sizes = flat, lengths
        owners = np.repeat(np.arange(len(names), dtype=np.int32), lengths)
        order = np.argsort(flat, kind="stable")
        held, holders = flat[order], owners[order]
        once = np.ones(len(held), dtype=bool)  # a name that has a token twice stands under it once
        once[1:] = (held[1:] != held[:-1]) | (holders[1:] != holders[:-1])
        self._owners = holders[once]
        self._first = np.searchsorted(held[once], np.arange(len(ids) + 1))
        each = np.fromiter(map(comparer.weight, words), dtype=np.float64, count=len(ids))
        self.totals = np.bincount(owners, weights=each[flat], minlength=len(names))
        self._near = NearWords(ids, comparer)
        self._asking = Asking(ids, self._near.skeletons, comparer)
        self._whole = NearNames(names.plain)
        self._short: dict[str, list[int]] = collections.defaultdict(list)
        for number, plain in enumerate(names.plain):
            if len(plain) < SHORT_NAME:
                self._short[plain].append(number)
        self.families = _families(names.tokens, comparer)
        self._acronyms = _acronyms(words, flat, owners, len(names))
        self._reaches: dict[str, Reach] = {}
        self._heard: dict[tuple[str, str], dict[str, float]] = {}

    def words_near(self, token: str, by_sound: str) -> Set[str]:
        """The words of the index that a token may stand for."""
        found = self._heard.get((token, by_sound))
        return (self.heard(token, by_sound) if found is None else found).keys()

    def heard(self, token: str, by_sound: str) -> Mapping[str, float]:
        """The words of the index that a token may stand for, each with how alike they are."""
        key = (token, by_sound)
        found = self._heard.get(key)
        if found is None:
            if len(self._heard) > _KEPT_TOKENS:
                self._heard.clear()
            reach = self._reach(by_sound)
            words, alike = reach.words.row(reach.numbers((token,))[0])
            words = map(self._near.words.__getitem__, words.tolist())
            found = self._heard[key] = dict(zip(words, alike.tolist(), strict=True))
        return found

    def _reach(self, by_sound: str) -> Reach:
        """What tokens reach; begun anew where too much is remembered."""
        found = self._reaches.get(by_sound)
        if found is None or len(found) > _KEPT_TOKENS or found.names.size > _KEPT_POSTINGS:
            near = functools.partial(self._near.find, by_sound=by_sound)
            found = self._reaches[by_sound] = Reach(near, self.ids, self._first, self._owners, _MOST)
        return found

    def candidates(self, query: Asked, most: int, *, promising: bool = False) -> tuple[Any, Any]:
        """Numbers of the names most likely to match, best first, and an estimate of how well each does, 0 to 2.

        Args:
            query: the name asked about.
            most: how many at most.
            promising: only those that could reach the alert line.
        """
        _, names, estimates = self._best([query], by_sound=query.by_sound, promising=promising)
        return names[:most], estimates[:most]

    def many(
        self,
        queries: Sequence[Asked],
        most: int,
        may_alert: Callable[[Sequence[Asked], Any, Any, Reach], Any] | None = None,
    ) -> list[list[int]]:
        """For each query the numbers that `candidates` gives when they have to be promising.

        Args:
            queries: the names asked about.
            most: how many for each at most.
            may_alert: says which of these could alert, as `Ceiling` does; the others are left out.
        """
        found: list[list[int]] = [[] for _ in queries]
        for by_sound in dict.fromkeys(query.by_sound for query in queries):
            which = [number for number, query in enumerate(queries) if query.by_sound == by_sound]
            part = [queries[number] for number in which]
            rows, names, _ = self._best(part, by_sound=by_sound, promising=True)
            first = np.arange(len(rows)) - rows.searchsorted(rows) < most
            rows, names = rows[first], names[first]
            if may_alert is not None and not by_sound:
                may = may_alert(part, rows, names, self._reach(by_sound))
                rows, names = rows[may], names[may]
            for row, name in zip(rows.tolist(), names.tolist(), strict=True):
                found[which[row]].append(name)
        return found

    def _best(self, queries: Sequence[Asked], *, by_sound: str, promising: bool) -> tuple[Any, Any, Any]:
        """Candidates of each query: its place, the name and an estimate; sorted by place, the best first."""
        reach = self._reach(by_sound)
        words = self._asking.words(queries)
        totals = words.totals + 0.01
        least = _least(totals) if promising else np.zeros(len(queries))
        finds, adds = _followed(words, reach, least)
        sure = _Entries(_NONE, _NONE, _NO_VALUES) if by_sound else self._sure(queries, words)
        found = [(_NONE, _NONE, _NO_VALUES)]
        for start, end in _parts(finds.rows, reach.names.where(finds.numbers)[1], len(queries)):
            finding, adding, surely = (_between(entries, start, end) for entries in (finds, adds, sure))
            rows, names, gain = self._gains(reach, finding, adding, surely, least)
            estimate, good = self._estimate(names, gain, totals[rows])
            good = good if promising else slice(None)
            found.append((rows[good], names[good], estimate[good]))
        rows, names, estimate = map(np.concatenate, zip(*found, strict=True))
        order = np.lexsort((names, -estimate, rows))
        return rows[order], names[order], estimate[order]

    def _gains(self, reach: Reach, finds: _Entries, adds: _Entries, sure: _Entries, least: Any) -> tuple[Any, Any, Any]:
        """The names that are found for queries, and how much each gains of its query, where that is the least or more.

        A row, a name, a gain: for each pair, sorted.
        """
        bits = len(self.totals).bit_length()
        first, sizes = reach.names.where(finds.numbers)
        at = places(first, sizes)
        names, alike = reach.names.columns
        key = np.concatenate((np.repeat(finds.rows << bits, sizes) | names[at], (sure.rows << bits) | sure.numbers))
        gain = np.concatenate((np.repeat(finds.weights, sizes) * alike[at], sure.weights))
        key, order = sort_with_places(key)
        once = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))[: len(key)])
        gain = np.add.reduceat(gain[order], once) if len(once) else gain
        rows, found = key[once] >> bits, key[once] & ((1 << bits) - 1)
        needed = least - np.bincount(adds.rows, weights=adds.weights, minlength=len(least)) - _ROUNDING
        good = np.flatnonzero(gain >= needed[rows])
        rows, found, gain = rows[good], found[good], gain[good]
        begin = adds.rows.searchsorted(rows)
        many = adds.rows.searchsorted(rows, side="right") - begin
        pair, add = np.repeat(np.arange(len(rows)), many), places(begin, many)
        held = reach.names.among(adds.numbers[add], found[pair])
        more = np.where(held >= 0, alike[held] * adds.weights[add], 0.0)
        gain = gain + np.bincount(pair, weights=more, minlength=len(rows))
        good = np.flatnonzero(gain >= least[rows])
        return rows[good], found[good], gain[good]

    def _sure(self, queries: Sequence[Asked], words: Words) -> _Entries:
        """Names a few slips away, those that a query is the acronym of, and those that have its very rare words.

        They are candidates whatever else is in them.
        """
        plain = [query.plain or "".join(query.tokens) for query in queries]
        rows, names = self._whole.near(plain)
        more = [(row, name) for row, letters in enumerate(plain) if len(letters) < SHORT_NAME
                for name in self._short.get(letters, ())]  # fmt: skip
        more += [(row, name) for row, query in enumerate(queries) for token in query.tokens if token in self.families
                 for name in self.families[token][:_FEW]]  # fmt: skip
        for row in np.flatnonzero(words.sizes == 1).tolist():
            (core,) = [token for token in queries[row].tokens if not minor(token)]
            if 3 <= len(core) <= 6:
                more += [(row, name) for name in self._acronyms.get(core, ())]
        if more:
            rows, names = np.concatenate((np.stack((rows, names), axis=1), np.array(more))).T
        numbers = np.fromiter((self.ids.get(word, -1) for word in words.words), dtype=np.int64, count=len(words.words))
        first, many = self._first[numbers], self._first[numbers + 1] - self._first[numbers]
        rare = np.flatnonzero((numbers >= 0) & (words.weights >= RARE_WORD) & (many <= _FEW))
        rows = np.concatenate((rows, np.repeat(words.rows[rare], many[rare])))
        names = np.concatenate((names, self._owners[places(first[rare], many[rare])]))
        order = np.argsort(rows, kind="stable")
        return _Entries(rows[order], names[order], np.full(len(order), _SURE))

    def _estimate(self, names: Any, gain: Any, total: Any) -> tuple[Any, Any]:
        """How well names do that gained so much of a query's total, 0 to 2, and the places of those that promise."""
        totals = self.totals[names] + 0.01
        sure = gain >= _SURE
        gain = np.minimum(np.minimum(np.mod(gain, _SURE), total), totals)
        mine, theirs = gain / total, gain / totals
        promise = (
            _BOTH * mine * theirs + _MINE * mine + _THEIRS * theirs + _WHOLE * np.maximum(mine, theirs) ** 4
            + _GAIN * gain + _TOTAL * totals
        )  # fmt: skip
        estimate = np.round(np.where(sure, _FIRST + (mine + theirs) / 10, mine + theirs), 6)
        return estimate, np.flatnonzero((promise >= _PROMISE) | sure)


class _Entries(NamedTuple):
    """Words that are followed: the places of their queries, ascending, their numbers and what each tells."""

    rows: Any
    numbers: Any
    weights: Any


def _followed(words: Words, reach: Reach, least: Any) -> tuple[_Entries, _Entries]:
    """What finds names, rare words first, and what only adds to those found: alone it comes to less than `least`."""
    numbers = reach.numbers(words.words)
    sizes = reach.names.where(numbers)[1]
    order = np.lexsort((-words.weights, sizes, words.rows))
    rows, numbers, weights, sizes = words.rows[order], numbers[order], words.weights[order], sizes[order]
    before = np.concatenate(([0], np.cumsum(sizes)))
    followed = before[1:] - before[rows.searchsorted(rows)]  # of this query, this word and all before it
    first = followed == sizes
    good = (sizes > 0) & (first | ((sizes <= _COMMON) & (followed <= _MOST)))
    left = np.cumsum(weights[::-1])[::-1]
    left = left - np.append(left, 0.0)[rows.searchsorted(rows, side="right")]  # this word and all behind it
    finds = (left >= least[rows] - _ROUNDING) | (sizes <= _SHORT)
    entries = _Entries(rows, numbers, weights)
    return _Entries(*(each[good & finds] for each in entries)), _Entries(*(each[good & ~finds] for each in entries))


def _parts(rows: Any, sizes: Any, many: int) -> Iterator[tuple[int, int]]:
    """Cuts `many` queries where a part has postings enough."""
    each = np.cumsum(np.bincount(rows, weights=sizes, minlength=many))
    start = 0
    while start < many:
        done = each[start - 1] if start else 0.0
        end = max(start + 1, int(each.searchsorted(done + _AT_ONCE, side="right")))
        yield start, end
        start = end


def _between(entries: _Entries, start: int, end: int) -> _Entries:
    """Those of the queries from `start` to `end`."""
    cut = slice(*entries.rows.searchsorted((start, end)).tolist())
    return _Entries(*(each[cut] for each in entries))


def _least(total: float) -> float:
    """The gain below which no name promises enough for a query: what one of which nothing else is left would need."""
    return (_PROMISE - _THEIRS - _WHOLE) / (_BOTH + _MINE + (_GAIN + _TOTAL) * total) * total


def _families(names: Sequence[tuple[str, ...]], comparer: Comparer) -> dict[str, list[int]]:
    """The names that are the word of a family and nothing else, legal forms and "group" aside."""
    found: dict[str, list[int]] = {}
    families = comparer.weights.families
    for number, tokens in enumerate(names):
        if not families.isdisjoint(tokens):
            core = [token for token in tokens if token != "group" and not minor(token)]
            if len(core) == 1:
                found.setdefault(core[0], []).append(number)
    return found


def _acronyms(words: Sequence[str], flat: Any, owners: Any, many: int) -> dict[str, list[int]]:
    """Names of three to eight words by their first letters, legal forms and little words left out."""
    core = ~np.fromiter(map(minor, words), dtype=bool, count=len(words))[flat]
    letters = np.fromiter((ord(word[0]) for word in words), dtype=np.uint32, count=len(words))
    firsts = str(letters[flat[core]].tobytes(), "utf-32-le", "surrogatepass")
    found: dict[str, list[int]] = collections.defaultdict(list)
    end = 0
    for number, size in enumerate(np.bincount(owners[core], minlength=many).tolist()):
        start, end = end, end + size
        if 3 <= size <= 8:
            found[firsts[start:end]].append(number)
    return found


_NONE: Final = np.empty(0, dtype=np.int32)
_NO_VALUES: Final = np.empty(0, dtype=np.float64)

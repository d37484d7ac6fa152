"""What the comparison of two names can come to at most, told for thousands of pairs before any is made.

Most candidates of a batch share one word with the query and nothing else. Which tokens could match is known without
aligning them, and with it a bound for each number that the scorer weighs; where even the best of all these numbers
leaves a pair under the alert line, it need not be compared. Pairs of which a rule of its own could make more, as of
names a few slips apart, are always compared. A test holds the bound against what comparisons come to.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

from licet.parties.asking import Asked
from licet.parties.compare import may_be_joined, minor
from licet.parties.features import FATHER, FEATURES
from licet.parties.ragged import places, sort_with_places
from licet.parties.reach import Reach
from licet.parties.retrieve import Names, Postings
from licet.parties.rules import RARE_WORD
from licet.parties.scorer import Scorer
from licet.parties.slips import slack
from licet.parties.weights import kinds

#: What a country that agrees may add, and what rounding may.
_MORE: Final = 0.3 + 1e-6
#: No name may have more slips than this and still be taken for the other.
_SLIPS: Final = slack(1 << 20)
#: How far the length of a word may be from that of two or three written together.
_JOINED: Final = 2
_LENGTHS: Final = 64
#: Single words of a company's own shorter than this are never taken for each other but by what can match.
_LONG: Final = 8


class _Tokens(NamedTuple):
    """Tokens of many names, one after the other.

    Attributes:
        first: where those of each name begin, and the last end.
        weights: weight of each.
        rows: the name of each.
        core: which are neither legal form nor little word.
        again: which stand in the name before.
        words: codes of first letter and length of each, of it with the next, and of it with the next two; 0: no such.
        single: which names have a token of one letter.
        cores: of each name how many tokens are in `core`, and `letters`: of how many letters.
        letters: see `cores`.
        own: of each name the letters of the one token that is neither legal form nor trade; 0: it has none, or more.
    """

    first: Any
    weights: Any
    rows: Any
    core: Any
    again: Any
    words: tuple[Any, Any, Any]
    single: Any
    cores: Any
    letters: Any
    own: Any


def _tokens(words: Sequence[str], flat: Any, sizes: Any, weigh: Callable[[str], float]) -> _Tokens:
    """Names from their words: `flat` has the numbers of the words of all names, `sizes` how many each has."""
    weights = np.array(list(map(weigh, words)))[flat]
    core = ~np.array(list(map(minor, words)), dtype=bool)[flat]
    length = np.array(list(map(len, words)), dtype=np.int64)[flat]
    letter = np.array([ord(word[0]) for word in words], dtype=np.int64)[flat] % _LENGTHS * _LENGTHS
    rows = np.repeat(np.arange(len(sizes)), sizes)
    codes = [letter + np.minimum(length, _LENGTHS - 1)]
    for size in (2, 3):
        run, inside = length.copy(), np.zeros(len(flat), dtype=bool)
        for more in range(1, size):
            run[: len(flat) - more] += length[more:]
        inside[: max(len(flat) - size + 1, 0)] = rows[: len(flat) - size + 1] == rows[size - 1 :]
        codes.append(np.where(inside, letter + np.minimum(run, _LENGTHS - 1), 0))
    single, cores, letters = (
        np.bincount(rows, weights=each, minlength=len(sizes)) for each in (length == 1, core, length * core)
    )
    own = np.array([word not in kinds() for word in words], dtype=bool)[flat]
    named, called = (np.bincount(rows, weights=each, minlength=len(sizes)) for each in (own, length * own))
    first = np.append(0, np.cumsum(sizes))
    again = np.ones(len(flat), dtype=bool)
    again[np.unique(rows * len(words) + flat, return_index=True)[1]] = False
    return _Tokens(first, weights, rows, core, again, (codes[0], codes[1], codes[2]), single > 0, cores, letters,
                   np.where(named == 1, called, 0))  # fmt: skip


class _Range(NamedTuple):
    """Between what and what numbers may be."""

    low: Any
    high: Any

    def most(self, most: float, unit: float) -> _Range:
        """The same, cut off at `most`, in units."""
        return _Range(np.minimum(self.low, most) / unit, np.minimum(self.high, most) / unit)


class _Side(NamedTuple):
    """One side of pairs: what could match, and what surely does.

    Attributes:
        many: how many tokens could match.
        matched: what they weigh, `heaviest`: what the heaviest weighs.
        heaviest: see `matched`.
        sure: what those weigh that surely match, `surest`: what the heaviest weighs.
        surest: see `sure`.
        left: what those weigh that could not match, `rarest`: what the heaviest weighs.
        rarest: see `left`.
        unsure: what the heaviest weighs of those that do not surely match.
        total: what all weigh.
        core: how many that could not match are neither legal form nor little word.
        begins: whether the first could match.
    """

    many: Any
    matched: Any
    heaviest: Any
    sure: Any
    surest: Any
    left: Any
    rarest: Any
    unsure: Any
    total: Any
    core: Any
    begins: Any


def _side(tokens: _Tokens, at: Any, pair: Any, could: Any, surely: Any) -> _Side:
    """What the tokens at these places come to for each pair; `pair` ascends, and each has a token."""
    weights, surely = tokens.weights[at], surely & ~tokens.again[at]
    first = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))

    def total(which: Any) -> Any:
        return np.add.reduceat(np.where(which, weights, 0.0), first)

    def most(which: Any) -> Any:
        return np.maximum.reduceat(np.where(which, weights, 0.0), first)

    return _Side(
        np.add.reduceat(could.astype(np.int64), first), total(could), most(could), total(surely), most(surely),
        total(~could), most(~could), most(~surely), total(True),
        np.add.reduceat((tokens.core[at] & ~could).astype(np.int64), first), could[first],
    )  # fmt: skip


def _core(tokens: tuple[str, ...]) -> str:
    return "".join(token for token in tokens if not minor(token)) or "".join(tokens)


class Ceiling:
    """Tells which pairs of a query and a listed name could alert.

    Args:
        names: the listed names.
        postings: the index over their words.
        people: for each name whether it is a person's.
        weigh: how much a token tells.
        scorer: what weighs the numbers.
    """

    def __init__(
        self, names: Names, postings: Postings, people: Sequence[bool], weigh: Callable[[str], float], scorer: Scorer
    ) -> None:
        self._names, self._ids, self._weigh = names, postings.ids, weigh
        self._words = postings.flat
        self._listed = _tokens(list(postings.ids), postings.flat, postings.sizes, weigh)
        self._people = np.array(people, dtype=bool)
        self._by_sound = np.array(list(map(bool, names.by_sound)), dtype=bool)
        self._cores: dict[int, str] = {}
        self._family = np.zeros(len(names), dtype=bool)
        self._family[[number for held in postings.families.values() for number in held]] = True
        self._weights = np.array([scorer.organization, scorer.person])
        self._lines = np.array([scorer.lines["organization"], scorer.lines["person"]])

    def may_alert(self, queries: Sequence[Asked], rows: Any, names: Any, reach: Reach) -> Any:
        """Which pairs could reach the alert line.

        Args:
            queries: the queries.
            rows: of each pair the place of its query.
            names: of each pair the number of the listed name.
            reach: the words that tokens of the queries may stand for.
        """
        if not len(rows):
            return np.empty(0, dtype=bool)
        which, rows = np.unique(rows, return_inverse=True)
        asked = [queries[row] for row in which.tolist()]
        tokens = list(itertools.chain.from_iterable(query.tokens for query in asked))
        words = {word: number for number, word in enumerate(dict.fromkeys(tokens))}
        sizes = np.array([len(query.tokens) for query in asked])
        mine = _tokens(list(words), np.array(list(map(words.__getitem__, tokens))), sizes, self._weigh)
        theirs = self._listed
        sides = self._sides(tokens, mine, reach, rows, names)
        query, listed = sides
        hopeful = self._highest(asked, rows, names, mine, sides) >= -_MORE
        hopeful |= (mine.cores < 1)[rows] | self._by_sound[names] | mine.single[rows] | theirs.single[names]
        hopeful |= (listed.surest >= RARE_WORD) | self._family[names]
        hopeful |= (query.core == 0) & ((listed.core == 0) | (mine.cores < 2)[rows])
        hopeful |= (mine.cores == 1)[rows] & (theirs.cores == 1)[names]
        hopeful |= (listed.core == 0) & (theirs.first[names + 1] - theirs.first[names] > 1)
        for may in (self._slipped, self._called_alike, self._joined):
            left = np.flatnonzero(~hopeful)
            hopeful[left] = may(asked, rows[left], names[left], mine)
        return hopeful

    def _sides(self, tokens: Sequence[str], mine: _Tokens, reach: Reach, rows: Any, names: Any) -> tuple[_Side, _Side]:
        """For each pair what of the query and what of the listed name could match, and what surely does."""
        theirs = self._listed
        own = np.array([self._ids.get(token, -1) for token in tokens])
        first, sizes = reach.words.where(reach.numbers(tokens))
        words = reach.words.columns[0][places(first, sizes)]
        keys, order = sort_with_places(np.repeat(mine.rows * len(self._ids), sizes) + words)
        token = np.repeat(np.arange(len(own)), sizes)[order]
        same = words[order] == own[token]
        before = np.append(0, np.cumsum(same))
        start, many = theirs.first[names], theirs.first[names + 1] - theirs.first[names]
        at, pair = places(start, many), np.repeat(np.arange(len(names)), many)
        wanted = rows[pair] * len(self._ids) + self._words[at]
        begin, end = keys.searchsorted(wanted), keys.searchsorted(wanted, side="right")
        listed = _side(theirs, at, pair, end > begin, before[end] > before[begin])
        start, many = mine.first[rows], mine.first[rows + 1] - mine.first[rows]
        each = places(begin, end - begin)
        touched = (np.cumsum(many) - many - start)[np.repeat(pair, end - begin)] + token[each]
        at, pair = places(start, many), np.repeat(np.arange(len(rows)), many)
        could, surely = np.zeros((2, len(at)), dtype=bool)
        could[touched] = True
        surely[touched[same[each]]] = True
        return _side(mine, at, pair, could, surely), listed

    def _highest(self, asked: Sequence[Asked], rows: Any, names: Any, mine: _Tokens, sides: tuple[_Side, _Side]) -> Any:
        """More than the evidence of pairs of which tokens match one by one, and only those that could."""
        query, listed = sides
        one = (query.many < 2) | (listed.many < 2)
        most, least = np.where(one, listed.heaviest, listed.matched), listed.sure
        father = np.where(one, 1.0, FATHER)
        out = _Range(query.left * father, query.total - query.sure), _Range((listed.total - most) * father,
                                                                            listed.total - least)  # fmt: skip
        rarest = _Range(query.rarest * father, query.unsure), _Range(listed.rarest * father, listed.unsure)
        every = _Range(out[0].low + out[1].low, out[0].high + out[1].high)
        loose = most - least
        covered = [
            _Range(least / (least + loose + each.high + 0.01), most / (most + each.low + 0.01))
            for each in (*out, every)
        ]
        evidence = _Range(np.minimum(least, 30.0) / 10, np.minimum(most, 30.0) / 10)
        cores, theirs = mine.cores[rows], self._listed.cores[names]
        acronym = (theirs == 1) & (self._listed.letters[names] == cores)
        acronym |= (cores == 1) & (mine.letters[rows] == theirs)
        whole = (query.core == 0) | (listed.core == 0)
        ranges = dict.fromkeys(FEATURES, _Range(0.0, 1.0)) | {
            "bias": _Range(1.0, 1.0), "query covered": covered[0], "name covered": covered[1],
            "both covered": covered[2], "evidence": evidence,
            "left of query": out[0].most(30, 10), "left of name": out[1].most(30, 10),
            "rarest left of query": rarest[0].most(30, 10), "rarest left of name": rarest[1].most(30, 10),
            "loosely matched": _Range(0.0, np.minimum(loose, 10.0) / 5),
            "rarest match": _Range(listed.surest / 10, listed.heaviest / 10),
            "one word in query": _Range(cores == 1, cores == 1),
            "one word in name": _Range(theirs == 1, theirs == 1),
            "letters alike": _Range(0.0, self._letters(asked, rows, names) ** 2),
            "first words match": _Range(0.0, query.begins & listed.begins),
            "equal": _Range(0.0, covered[2].high > 0.985),
            "acronym": _Range(0.0, acronym),
            "covered twice": _Range(covered[0].low * covered[1].low, covered[0].high * covered[1].high),
            "evidence times covered": _Range(evidence.low * covered[2].low, evidence.high * covered[2].high),
            "contained": _Range(np.maximum(covered[0].low, covered[1].low) ** 4,
                                np.maximum(covered[0].high, covered[1].high) ** 4),
            "left on both sides": _Range(np.minimum(out[0].low, out[1].low),
                                         np.minimum(out[0].high, out[1].high)).most(20, 10),
            "rarest left on both sides": _Range(np.minimum(rarest[0].low, rarest[1].low),
                                                np.minimum(rarest[0].high, rarest[1].high)).most(30, 10),
            "slips apart": _Range(0.0, 0.0), "slips per letter": _Range(0.0, 0.0),
            "begins with the other": _Range(0.0, whole), "heard": _Range(0.0, 0.0),
        }  # fmt: skip
        total = -self._lines[:, None] + np.zeros(len(names))
        for feature, weight in zip(FEATURES, self._weights.T, strict=True):
            low, high = ranges[feature]
            total += np.maximum(weight[:, None] * low, weight[:, None] * high)
        highest: Any = np.where(self._people[names], total[1], total[0])
        return highest

    def _letters(self, asked: Sequence[Asked], rows: Any, names: Any) -> Any:
        """How alike the letters of the core tokens of pairs are."""
        cores = [_core(query.tokens) for query in asked]
        known, held = self._cores, names.tolist()
        known.update((name, _core(self._names.tokens[name])) for name in held if name not in known)
        listed = list(map(known.__getitem__, held))
        alike: Any = cpdist([cores[row] for row in rows.tolist()], listed, scorer=ratio) / 100 + 1e-6
        return alike

    def _joined(self, asked: Sequence[Asked], rows: Any, names: Any, mine: _Tokens) -> Any:
        """Which pairs may have neighbors on one side that are one word on the other."""
        theirs = self._listed
        of = mine.rows
        there = np.zeros((2, len(mine.first) - 1, _LENGTHS * _LENGTHS), dtype=bool)  # single words, words joined
        for more in range(-_JOINED, _JOINED + 1):
            there[0, of, np.maximum(mine.words[0] + more, 0)] = True
            for run in mine.words[1:]:
                there[1, of, np.maximum(run + more, 0)] = True
        there[:, :, 0] = False
        start, many = theirs.first[names], theirs.first[names + 1] - theirs.first[names]
        at, row, pair = places(start, many), np.repeat(rows, many), np.repeat(np.arange(len(names)), many)
        hit = (
            there[1, row, theirs.words[0][at]] | there[0, row, theirs.words[1][at]] | there[0, row, theirs.words[2][at]]
        )
        hits = np.bincount(pair, weights=hit, minlength=len(names)) > 0
        for each in np.flatnonzero(hits).tolist():
            hits[each] = may_be_joined(asked[rows[each]].tokens, self._names.tokens[names[each]])
        return hits

    def _called_alike(self, asked: Sequence[Asked], rows: Any, names: Any, mine: _Tokens) -> Any:
        """Which pairs may have one long word of their own each, and these a few slips apart."""
        one, two = mine.own[rows], self._listed.own[names]
        alike = (np.minimum(one, two) >= _LONG) & (np.abs(one - two) <= _SLIPS)
        for each in np.flatnonzero(alike).tolist():
            words = [
                next(token for token in tokens if token not in kinds())
                for tokens in (asked[rows[each]].tokens, self._names.tokens[names[each]])
            ]
            alike[each] = OSA.distance(*words) <= _SLIPS
        return alike

    def _slipped(self, asked: Sequence[Asked], rows: Any, names: Any, _: _Tokens) -> Any:
        """Which pairs may be a few slips apart as a whole."""
        plain = [query.plain or "".join(query.tokens) for query in asked]
        one, two = [plain[row] for row in rows.tolist()], [self._names.plain[name] for name in names.tolist()]
        return cpdist(one, two, scorer=OSA.distance, score_cutoff=_SLIPS) <= _SLIPS

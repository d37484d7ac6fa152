"""How well a word written by its sound in another script goes with words in Latin letters.

Each script has a table of pieces that stand for each other (``data/sounds.json.xz``), learned by
``benchmarks/screening/learn_sounds.py``: that v is b in Korean and f or w in Chinese, that kana puts u after a lone
consonant, that Arabic leaves out short vowels. Two words are cut into pieces so that the sum of their log odds is
greatest: how much more often the pieces meet in one name than they would by chance.
"""

from __future__ import annotations

import functools
import json
import lzma
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, Final, NamedTuple

import numpy as np

FILE: Final = "data/sounds.json.xz"
#: Letters of a piece in Latin and in the other spelling.
UNITS: Final = ((1, 1), (1, 0), (0, 1), (2, 1), (3, 1), (1, 2), (2, 2))
#: Pieces by their logarithm.
Pieces = Mapping[tuple[str, str], float]

#: Letters that are one sound, under a letter of their own.
_ONE: Final = {
    "latin": ("sch S", "sh S", "tch C", "ch C", "zh Z", "kh K", "th T", "gh G", "ph f", "ck k"),
    "arabic": ("sh S", "ch C", "zh Z", "kh K", "th T", "gh G", "dh D"),
    "hebrew": ("sh S", "ts C", "kh K"),
    "kana": ("sh S", "ch C", "ts T"),
    "hangul": ("kk k", "tt t", "pp p", "ss s", "jj j", "ng N", "ch C", "eo O", "eu U", "ae A", "ll L"),
    "han": ("sh S", "ch C", "zh Z", "ng N"),
    "cyrillic": ("shch SC", "sh S", "ch C", "zh Z", "kh K", "ts T"),
}
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyzSCZKTGD0"
_CODE: Final = np.zeros(128, dtype=np.int32)
_CODE[[ord(letter) for letter in _ALPHABET]] = np.arange(1, len(_ALPHABET) + 1)
_BASE: Final = len(_ALPHABET) + 1
_LONGEST: Final = 20
_SIZES: Final = (1, 2, 3)
#: Beginnings of one length that are followed.
_BEAM: Final = 2000
#: Odds that say nothing.
_LITTLE: Final = np.float32(0.5)
_NEVER: Final = np.float32(-1e6)


def squeezed(word: str, script: str) -> str:
    """A word in lower-case letters with one letter for each sound, as `script` spells it; "latin": a Latin word."""
    for each in _ONE[script]:
        letters, put = each.split(" ")
        if letters in word:
            word = word.replace(letters, put)
    return word[:_LONGEST]


def loosened(word: str, script: str) -> str:
    """What `squeezed` makes a word of, in lower-case letters again."""
    for each in _ONE[script]:
        letters, put = each.split(" ")
        if len(put) == 1 and put.isupper():
            word = word.replace(put, letters)
    return word


class _Level(NamedTuple):
    """The beginnings of one length that words have.

    Attributes:
        parent: the place of each in the level before.
        codes: number of its last letter, of its last two and of its last three.
        ends: the beginnings that are a whole word; `words`: the number of that word.
        words: see `ends`.
    """

    parent: Any
    codes: tuple[Any, Any, Any]
    ends: Any
    words: Any


class Lexicon:
    """Latin words by their beginnings, so that words which begin alike are heard once.

    Args:
        words: the words; a word is known by its place.
    """

    def __init__(self, words: Sequence[str]) -> None:
        short = [squeezed(word, "latin") for word in words]
        order = np.array(sorted(range(len(short)), key=short.__getitem__), dtype=np.int64)
        sizes = np.array([len(short[at]) for at in order], dtype=np.int64)
        width = int(sizes.max(initial=0))
        text = np.array([short[at] for at in order], dtype=f"<U{width or 1}").view(np.uint32)
        letters = _CODE[np.minimum(text.reshape(len(short), width or 1), 127)]
        self.levels: list[_Level] = []
        new = np.zeros(len(short), dtype=bool)
        new[:1] = True
        before = np.zeros(len(short), dtype=np.int64)
        codes = [np.zeros(len(short), dtype=np.int64)] * 3
        for at in range(width):
            column = letters[:, at].astype(np.int64)
            new[1:] |= column[1:] != column[:-1]
            codes = [column, codes[0] * _BASE + column, codes[1] * _BASE + column]
            there = sizes > at
            first = new & there
            place = np.cumsum(first) - 1
            done = np.flatnonzero(sizes == at + 1)
            self.levels.append(_Level(before[first], (codes[0][first], codes[1][first], codes[2][first]),
                                      place[done], order[done]))  # fmt: skip
            before = place


class Hearing:
    """One script: the log odds of its pieces, and the words that may have been heard."""

    def __init__(self, raw: Mapping[str, Mapping[str, float]]) -> None:
        latin, native = raw["latin"], raw["native"]
        self.pieces: dict[tuple[str, str], float] = {}
        odds: dict[str, dict[str, float]] = {}
        for piece, value in raw["pieces"].items():
            one, two = piece.split(" ")
            self.pieces[one, two] = value
            odds.setdefault(two, {})[one] = value - sum(latin[a] for a in one) - sum(native[b] for b in two)
        self._ids = {size: np.zeros(_BASE**size, dtype=np.int32) for size in _SIZES}
        known = sorted({one for each in odds.values() for one in each if one})
        self._place: dict[str, int] = {}
        self._many = dict.fromkeys(_SIZES, 1)  # 0: no such piece
        for one in known:
            size = len(one)
            self._place[one] = self._ids[size][_number(one)] = self._many[size]
            self._many[size] += 1
        self._odds = {two: {size: self._row(each, size) for size in _SIZES} for two, each in odds.items()}
        self._more = {two: each[""] for two, each in odds.items() if "" in each}
        self._most = {two: max(each.values()) for two, each in odds.items() if two}
        none = {size: self._row({}, size) for size in _SIZES}
        self._none = none
        self._best = {size: np.max([each[size] for each in self._odds.values()], axis=0) for size in _SIZES}

    def _row(self, odds: Mapping[str, float], size: int) -> Any:
        """Odds by the place of the Latin piece, for pieces of one size."""
        row = np.full(self._many[size], _NEVER, dtype=np.float32)
        for one, value in odds.items():
            if len(one) == size:
                row[self._place[one]] = value
        return row

    def most(self, heard: str) -> list[float]:
        """The greatest odds that any Latin word could have with a word from each of its letters on."""
        size = len(heard)
        best = [float(_NEVER)] * size + [0.0]
        for at in range(size - 1, -1, -1):
            for step in (1, 2):
                if at + step <= size:
                    best[at] = max(best[at], self._most.get(heard[at : at + step], float(_NEVER)) + best[at + step])
        return best

    def likely(self, heard: str, lexicon: Lexicon, least: float) -> tuple[Any, Any]:
        """The words that may be the one that was heard (`squeezed`).

        How well a word goes with it is the sum of the odds, as a share of the greatest sums that both could have.

        Returns:
            The words by their number, and how well each goes with it, `least` to 1.
        """
        size = len(heard)
        rest = np.array(self.most(heard), dtype=np.float32)
        if rest[0] < _LITTLE:  # letters that the script does not have
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        gains = {
            (letters, step): np.stack(
                [self._odds.get(heard[at : at + step], self._none)[letters] for at in range(size + 1 - step)]
            )
            for letters, step in UNITS if letters and (step < 2 or size > 1)
        }  # fmt: skip
        more = [np.float32(self._more.get(heard[at : at + 1], _NEVER)) for at in range(size)]
        start = np.full((size + 1, 1), _NEVER, dtype=np.float32)
        start[0] = 0.0
        self._insert(start, more)
        #: for the last three levels: the sums so far, the greatest that the Latin words could have, and where the
        #: beginnings of the next are in them (of the first of them all beginnings, of the others those not given up)
        past = [(start, np.zeros(1, dtype=np.float32), np.zeros(1, dtype=np.int64))]
        found, alike = [], []
        for level in lexicon.levels:
            where = past[0][2][level.parent]
            kept = np.flatnonzero(where >= 0)
            if not len(kept):
                break
            up = [where[kept]]
            for _, _, parents in past[1:]:
                up.append(parents[up[-1]])
            reach = np.full((size + 1, len(kept)), _NEVER, dtype=np.float32)
            top = np.full(len(kept), _NEVER, dtype=np.float32)
            for letters, (sums, tops, _) in enumerate(past, 1):
                piece = self._ids[letters][level.codes[letters - 1][kept]]
                some = np.flatnonzero(piece)
                piece, before = piece[some], up[letters - 1][some]
                top[some] = np.maximum(top[some], tops[before] + self._best[letters][piece])
                before, after = sums[:, before], reach[:, some]
                for step in (0, 1, 2):
                    if (letters, step) in gains:
                        gain = before[: size + 1 - step] + gains[letters, step][:, piece]
                        np.maximum(after[step:], gain, out=after[step:])
                reach[:, some] = after
            self._insert(reach, more)
            place = np.full(len(level.parent), -1, dtype=np.int64)
            place[kept] = np.arange(len(kept))
            ends = place[level.ends]
            whole = np.flatnonzero(ends >= 0)
            at = ends[whole]
            share = 2 * reach[size, at] / np.maximum(rest[0] + top[at], _LITTLE)
            good = np.flatnonzero(share >= least)
            found.append(level.words[whole[good]])
            alike.append(share[good])
            could = ((reach + rest[:, None]) / np.maximum(rest[0] + top + rest[:, None], _LITTLE)).max(axis=0)
            enough = max(least / 2, np.partition(could, -_BEAM)[-_BEAM] if len(could) > _BEAM else 0.0)
            place[kept[could < enough]] = -1  # even if the rest fits best
            past = [(reach, top, place), (past[0][0], past[0][1], up[0]), *past[1:2]]
        if not found:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        return np.concatenate(found), np.minimum(np.concatenate(alike), 1.0)

    @staticmethod
    def _insert(reach: Any, more: Sequence[Any]) -> None:
        """Letters that were heard and that nothing in the Latin word stands for."""
        for at, odds in enumerate(more):
            np.maximum(reach[at + 1], reach[at] + odds, out=reach[at + 1])


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _BASE + int(_CODE[ord(letter)])
    return number


@functools.cache
def _raw() -> dict[str, Any]:
    packed = resources.files("licet.parties").joinpath(FILE).read_bytes()
    found: dict[str, Any] = json.loads(lzma.decompress(packed))
    return found


@functools.cache
def hearing(script: str) -> Hearing:
    """The table of a script that ships with the package."""
    return Hearing(_raw()[script])


#: The script of a Korean's name cut into syllables: no foreign word is looked for in them.
KOREAN: Final = "korean"
#: How alike two spellings of Korean are that are one once the habits of spelling are taken away.
SAME_KOREAN: Final = 0.95
#: Words that go less well with one that was heard are others.
LEAST: Final = 0.3


def likely(token: str, script: str, lexicon: Lexicon) -> list[tuple[int, float]]:
    """The words that a token may be which a script spells by its sound, best first, each with how alike they are."""
    numbers, share = hearing(script).likely(squeezed(token, script), lexicon, LEAST)
    order = np.lexsort((numbers, -share))
    alike = np.round(1 - (1 - share[order].astype(np.float64)) ** 2, 6)
    return list(zip(numbers[order].tolist(), alike.tolist(), strict=True))

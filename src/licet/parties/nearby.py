"""Words of an index that a token may stand for: misspelled, spelled for the same sound, or translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from licet.parties.compare import HALF, LEAST, Comparer
from licet.parties.foreign import english
from licet.parties.hearing import KOREAN, SAME_KOREAN, Lexicon, likely
from licet.parties.ragged import places, sort_with_places
from licet.parties.slips import WordSlips
from licet.parties.sounds import korean, learn, skeleton, skeletons
from licet.parties.weights import kinds

#: Words kept for one token, beside itself and its translations; four times as many by sound.
_NEAR: Final = 64
#: Pairs of words worth a look at the letters that they have in common.
_MANY: Final = 1000
#: Words that begin with the same letters, this many, are looked at.
_STEM: Final = 5
#: From here on the beginning that two words share makes them more alike; below, it takes much of the rest to agree.
_ALIKE: Final = 0.85
_CLOSE: Final = 1e-3


class NearWords:
    """The words of an index, found by their spelling, their sound and their meaning.

    Args:
        ids: each word with its number, which are 0, 1, 2, ... in order.
        comparer: says how alike two words are.
    """

    def __init__(self, ids: Mapping[str, int], comparer: Comparer) -> None:
        self.ids, self.words = ids, list(ids)
        self._comparer = comparer
        keys = skeletons(self.words)
        spelled = [number for number, word in enumerate(self.words) if _is_spelled(word)]
        self.skeletons = _Groups([keys[number] for number in spelled], spelled)
        long = [number for number in spelled if len(self.words[number]) >= _STEM]
        self._stems = _Groups([self.words[number][:_STEM] for number in long], long)
        self._slips = WordSlips(self.words)
        self._letters = _letters(self.words)
        self._lexicon: Lexicon | None = None
        self._by_korean: dict[str, list[int]] = {}

    def find(self, tokens: Sequence[str], by_sound: str) -> tuple[Any, Any, Any]:
        """The words that stand for tokens: places in `tokens`, ascending, numbers of words, and how alike they are.

        A token that is a word of the index stands for itself. A word may stand there twice.
        """
        if by_sound:
            heard = [self._heard(token, by_sound) for token in tokens]
            rows = np.repeat(np.arange(len(tokens)), [len(each) for each in heard])
            words = np.array([word for each in heard for word, _ in each], dtype=np.int64)
            return rows, words, np.array([close for each in heard for _, close in each])
        exact = np.array([self.ids.get(token, -1) for token in tokens], dtype=np.int64)
        rows, which, close = self._most_alike(*self._alike(tokens, exact), _NEAR)
        same = np.flatnonzero(exact >= 0)
        meant = [
            (at, self.ids[other], sure)
            for at, token in enumerate(tokens)
            for other, sure in self._comparer.weights.means.get(token, {}).items()
            if other in self.ids
        ]
        by, meaning, sure = (np.array(column) for column in zip(*meant, strict=True)) if meant else [_NONE] * 3
        rows, order = sort_with_places(np.concatenate((rows, same, by)))
        which, close = np.concatenate((which, exact[same], meaning)), np.concatenate((close, np.ones(len(same)), sure))
        return rows, which[order], close[order]

    def _most_alike(self, rows: Any, which: Any, close: Any, most: int) -> tuple[Any, Any, Any]:
        """At most so many words for each token; `rows` ascend."""
        if np.any(np.bincount(rows) > most):
            order = np.lexsort((which, -close, rows))
            order = order[np.arange(len(rows)) - rows.searchsorted(rows) < most]
            rows, which, close = rows[order], which[order], close[order]
        return rows, which, close

    def _alike(self, tokens: Sequence[str], exact: Any) -> tuple[Any, Any, Any]:
        """Other words that look like tokens."""
        learn(tokens)
        spelled = [at for at, token in enumerate(tokens) if _is_spelled(token)]
        long = [at for at in spelled if len(tokens[at]) >= _STEM]
        keys = [skeleton(tokens[at]) for at in spelled]
        of = np.array(spelled, dtype=np.int64)
        same, fellows = self.skeletons.find(keys)
        slipped, others = self._slips.near([tokens[at] for at in spelled])
        begun, stems = self._stems.find([tokens[at][:_STEM] for at in long])
        parts = [(of[same], fellows), (of[slipped], others), (np.array(long, dtype=np.int64)[begun], stems)]
        rows, which = (np.concatenate(column) for column in zip(*parts, strict=True))
        key, first = sort_with_places(rows * len(self.words) + which)
        first = first[np.concatenate(([True], key[1:] != key[:-1]))[: len(key)]]
        first = first[which[first] != exact[rows[first]]]
        floors = np.zeros(len(rows))
        floors[: len(same)] = np.where(np.array([len(key) for key in keys], dtype=np.int64) > 2, 0.74, 0.66)[same]
        rows, which, floors = rows[first], which[first], floors[first]
        if len(rows) > _MANY:
            may = self._may_be_alike(tokens, rows, which, floors)
            rows, which, floors = rows[may], which[may], floors[may]
        close = self._closeness([tokens[at] for at in rows.tolist()], which, floors)
        good = np.flatnonzero(close >= LEAST)
        return rows[good], which[good], close[good]

    def _may_be_alike(self, tokens: Sequence[str], rows: Any, which: Any, floors: Any) -> Any:
        """Which pairs have letters enough in common to be alike, in whatever order these are."""
        held, more, size = _letters(tokens)
        theirs, their_more, their_size = self._letters
        one, two = size[rows], their_size[which]
        common = np.bitwise_count(held[rows] & theirs[which]) + np.minimum(more[rows], their_more[which]) + _CLOSE
        jaro = (common / one + common / two + 1) / 3
        least = np.where(floors > 0, HALF, LEAST)
        return np.flatnonzero((common >= least * np.maximum(one, two)) | (0.4 + 0.6 * jaro >= _ALIKE))

    def _closeness(self, one: list[str], which: Any, floors: Any) -> Any:
        """How alike words are, as the scorer sees it; `floors`: for words of one skeleton the least they are."""
        if not one:
            return _NO_VALUES
        two = [self.words[number] for number in which.tolist()]
        jaro = cpdist(one, two, scorer=JaroWinkler.similarity)
        spelled = cpdist(one, two, scorer=OSA.normalized_similarity, score_cutoff=HALF)
        close = np.maximum(spelled, np.where(jaro >= _ALIKE, jaro - 0.12, 0.0))
        return np.where((floors > 0) & (spelled >= HALF), np.maximum(close, floors + 0.17 * jaro), close)

    def _heard(self, token: str, script: str) -> list[tuple[int, float]]:
        """The words that a token may be which a script spells by its sound, each with how alike they are."""
        if token in kinds() or token in english() or not token.isalpha():  # translated, not spelled
            _, which, close = self.find((token,), "")
            return list(zip(which.tolist(), close.tolist(), strict=True))
        if self._lexicon is None:
            self._lexicon = Lexicon([word if word.isalpha() else "" for word in self.words])
        found = {} if script == KOREAN else dict(likely(token, script, self._lexicon)[: 4 * _NEAR])
        if script in (KOREAN, "hangul"):
            found |= {
                number: max(found.get(number, 0.0), SAME_KOREAN) for number in self._koreans().get(korean(token), ())
            }
        if (same := self.ids.get(token)) is not None:
            found[same] = 1.0
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))

    def _koreans(self) -> dict[str, list[int]]:
        """Words by how Korean is spelled in them."""
        if not self._by_korean:
            for number, word in enumerate(self.words):
                self._by_korean.setdefault(korean(word), []).append(number)
        return self._by_korean


class _Groups:
    """Numbers under keys."""

    def __init__(self, keys: Sequence[str], numbers: Sequence[int]) -> None:
        self._places: dict[str, int] = {}
        at = self._places
        group = np.fromiter((at.setdefault(key, len(at)) for key in keys), dtype=np.int64, count=len(keys))
        order = np.argsort(group, kind="stable")
        self._numbers = np.array(numbers, dtype=np.int64)[order]
        self._first = np.searchsorted(group[order], np.arange(len(at) + 1))

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def find(self, keys: Sequence[str]) -> tuple[Any, Any]:
        """Places in `keys`, each with a number held under that key."""
        at = np.array([self._places.get(key, -1) for key in keys], dtype=np.int64)
        rows = np.flatnonzero(at >= 0)
        first = self._first[at[rows]]
        sizes = self._first[at[rows] + 1] - first
        return np.repeat(rows, sizes), self._numbers[places(first, sizes)]


def _is_spelled(token: str) -> bool:
    """Whether a token may be misspelled: shorter ones and numerals may not."""
    return len(token) >= 3 and not token[0].isdigit()


def _letters(words: Sequence[str]) -> tuple[Any, Any, Any]:
    """Which letters are in each word, once and twice, as bits; how many more there are; and its length.

    Two words have at most those letters in common whose bits both have, and the fewer of those that are more.
    """
    size = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    letters = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    kind = np.where((letters >= _A) & (letters < _A + 26), letters - _A, 26 + letters % 6).astype(np.int64)
    times = np.bincount(np.repeat(np.arange(len(words)), size) * 32 + kind, minlength=32 * len(words)).reshape(-1, 32)
    bits = (times > 0) @ _BITS[:32] | (times > 1) @ _BITS[32:]
    return bits, np.maximum(times - 2, 0).sum(axis=1), size


_A: Final = ord("a")
_BITS: Final = np.uint64(1) << np.arange(64, dtype=np.uint64)
_NONE: Final = np.empty(0, dtype=np.int64)
_NO_VALUES: Final = np.empty(0, dtype=np.float64)

"""Words of an index that a token may stand for: misspelled, spelled for the same sound, or translated."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from licet.parties.compare import HALF, LEAST, Comparer
from licet.parties.slips import WordSlips
from licet.parties.sounds import echo, learn, skeleton, skeletons

#: Words kept for one token, beside itself and its translations; four times as many by sound.
_NEAR: Final = 64
#: Words that begin with the same letters, this many, are looked at.
_STEM: Final = 5
#: Tokens that are remembered with the words near them.
_KEPT: Final = 1 << 14
_NO_VALUES: Final = np.empty(0, dtype=np.float64)


class NearWords:
    """The words of an index, found by their spelling, their sound and their meaning.

    Args:
        ids: each word with its number, which are 0, 1, 2, ... in order.
        comparer: says how alike two words are.
    """

    def __init__(self, ids: Mapping[str, int], comparer: Comparer) -> None:
        self.ids, self.words = ids, list(ids)
        self._comparer = comparer
        self.skeletons: dict[str, list[int]] = collections.defaultdict(list)
        self._prefixes: dict[str, list[int]] = collections.defaultdict(list)
        for (word, number), key in zip(ids.items(), skeletons(self.words), strict=True):
            if len(word) >= 3 and not word[0].isdigit():
                self.skeletons[key].append(number)
                if len(word) >= _STEM:
                    self._prefixes[word[:_STEM]].append(number)
        self._slips = WordSlips(self.words)
        self._sounds: dict[str, list[int]] | None = None
        self._near: dict[tuple[str, bool], list[tuple[int, float]]] = {}
        self._alike: dict[tuple[str, bool], frozenset[str]] = {}

    def known(self, token: str, by_sound: bool) -> bool:
        """Whether the words near a token are remembered."""
        return (token, by_sound) in self._near

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
            self.find((token,), by_sound)
            found = self._near[key]
        return found

    def find(self, tokens: Sequence[str], by_sound: bool) -> None:
        """Remember the words near each token."""
        if len(self._near) + len(tokens) > _KEPT:
            self._near.clear()
        learn(tokens)
        one: list[str] = []
        numbers: list[int] = []
        floors: list[float] = []
        ends = []
        for token, slipped in zip(tokens, self._slips.near(tokens), strict=True):
            if len(token) >= 3 and not token[0].isdigit():
                key, before = skeleton(token), len(numbers)
                same = self.skeletons.get(key, ())
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
        exact = np.array([self.ids.get(token, -1) for token in tokens], dtype=np.int64)
        order = np.lexsort((-close, which, rows))
        rows, which, close = rows[order], which[order], close[order]
        once = which != exact[rows]
        once[1:] &= (which[1:] != which[:-1]) | (rows[1:] != rows[:-1])
        rows, which, close = rows[once], which[once], close[once]
        order = np.lexsort((which, -close, rows))
        cuts = np.searchsorted(rows[order], np.arange(len(tokens) + 1)).tolist()
        found = list(zip(which[order].tolist(), close[order].tolist(), strict=True))
        most = 4 * _NEAR if by_sound else _NEAR
        for token, same, first, last in zip(tokens, exact.tolist(), cuts, cuts[1:], strict=False):
            near = found[first : min(last, first + most)]
            self._near[token, by_sound] = self._with_meanings(token, [(same, 1.0), *near] if same >= 0 else near)

    def _closeness(self, one: list[str], two: list[str], floors: list[float], by_sound: bool) -> Any:
        """How alike words are, as the scorer sees it; `floors`: for words of one skeleton the least they are."""
        if not one:
            return _NO_VALUES
        if by_sound:
            return np.array([self._comparer.sounds(a, b)[0] for a, b in zip(one, two, strict=True)])
        jaro = cpdist(one, two, scorer=JaroWinkler.similarity)
        spelled = cpdist(one, two, scorer=OSA.normalized_similarity, score_cutoff=0.5)
        floor = np.array(floors)
        close = np.maximum(spelled, np.where(jaro >= 0.85, jaro - 0.12, 0.0))
        return np.where((floor > 0) & (spelled >= HALF), np.maximum(close, floor + 0.17 * jaro), close)

    def _with_meanings(self, token: str, found: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """What was found and the translations of the token, best first."""
        means = self._comparer.weights.means.get(token)
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

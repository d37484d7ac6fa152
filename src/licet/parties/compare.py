"""Two names token by token: what matches what, how well, and why.

The result is an `Alignment`: the matched pairs, what is left over on either side, and the numbers that the scorer
weighs. Nothing here knows thresholds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from licet.parties import features
from licet.parties.foreign import english
from licet.parties.hearing import KOREAN, SAME_KOREAN, Lexicon, likely
from licet.parties.sounds import korean, same_vowels, skeleton
from licet.parties.weights import Weights, kinds

#: Tokens less alike than this do not match.
LEAST: Final = 0.68
_SHORT: Final = 3
#: Words of one skeleton that share less than this of their letters are different words.
HALF: Final = 0.5
#: How alike two spellings of the same consonants and vowels are at least.
_SAME_VOWELS: Final = 0.94
#: Words at least this alike are one, once only their sound is known.
_SAME_SOUND: Final = 0.85
#: How alike a place and its adjective in Russian are, and how the adjective ends.
_OF_A_PLACE: Final = 0.92
_ADJECTIVE: Final = frozenset({"iy", "ii", "yi", "yy", "ky", "ki", "ya", "ia", "oe", "ye", "go"})
_ENDING: Final = re.compile(r"(?:sk|tsk)(?:i?[iy]{1,2}|a[iy]a|oy?e|ogo)$")
_CACHE: Final = 1 << 18


class Name(NamedTuple):
    """A name ready to be compared.

    Attributes:
        tokens: comparable tokens in order.
        weights: weight of each.
        total: sum of the weights.
        core: the tokens without legal forms and little words, as one string.
        numbers: the numerals in it.
        initials: first letters of the core tokens.
        legal: legal forms in it.
        size: number of core tokens.
        own: the tokens that are neither legal form nor trade, as one string.
        by_sound: the script whose sounds it spells, where its letters are only good for those.
        bare: the tokens that are neither legal form nor a word like "of".
        plain: letters and digits of the whole name as it was written, in one string.
        family: the word by which a family of listed companies is called, where it is one of the name's.
    """

    tokens: tuple[str, ...]
    weights: tuple[float, ...]
    total: float
    core: str
    numbers: frozenset[str]
    initials: str
    legal: frozenset[str]
    size: int
    own: str
    by_sound: str = ""
    plain: str = ""
    bare: tuple[str, ...] = ()
    family: str = ""


_MINOR: Final = frozenset({"legal", "stop", "particle"})


def minor(token: str) -> bool:
    """Whether a token is a legal form or a little word."""
    return kinds().get(token) in _MINOR


class Pair(NamedTuple):
    """Tokens of the query and of the listed name that match.

    Attributes:
        query: tokens of the query, as written together.
        listed: tokens of the listed name.
        alike: from 0 to 1.
        weight: what the match counts for at most.
        why: ``equal``, ``spelling``, ``same sound``, ``translation``, ``joined``, ``initial``.
    """

    query: str
    listed: str
    alike: float
    weight: float
    why: str


class Alignment(NamedTuple):
    """What matches between two names, and what is left."""

    pairs: tuple[Pair, ...]
    left_query: tuple[tuple[str, float], ...]
    left_listed: tuple[tuple[str, float], ...]
    features: tuple[float, ...]


class Comparer:
    """Compares names under one set of weights; remembers how alike two tokens are."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        #: which words can be like a token at all; None: any
        self.near: Callable[[str, str], Set[str]] | None = None
        self._alike: dict[tuple[str, str], tuple[float, str]] = {}
        #: the words that a token may be which a script spells by its sound
        self.heard: Callable[[str, str], Mapping[str, float]] | None = None
        self._by_sound: dict[tuple[str, str, str], float] = {}
        self._rarity: dict[tuple[str, str], float] = {}
        self._weights: dict[str, float] = {}

    def weight(self, token: str) -> float:
        """Weight of a token."""
        found = self._weights.get(token)
        if found is None:
            if len(self._weights) > _CACHE:
                self._weights.clear()
            found = self._weights[token] = self.weights.of(token)
        return found

    def name(self, tokens: tuple[str, ...], plain: str = "", *, by_sound: str = "") -> Name:
        """Tokens with their weights and the parts that comparing needs."""
        known = kinds()
        each = tuple([self.rarity(token, by_sound) for token in tokens] if by_sound else map(self.weight, tokens))
        core, own, legal, bare = [], [], [], []
        for token in tokens:
            kind = known.get(token)
            if kind not in _MINOR:
                core.append(token)
                bare.append(token)
                if kind != "generic":
                    own.append(token)
            elif kind == "legal":
                legal.append(token)
            elif kind != "stop":
                bare.append(token)
        return Name(
            tokens, each, sum(each), "".join(core) or "".join(tokens), frozenset(filter(str.isdigit, tokens)),
            "".join([token[0] for token in core]), frozenset(legal), len(core), "".join(own), by_sound,
            plain or "".join(tokens), tuple(bare), next(filter(self.weights.families.__contains__, own), ""),
        )  # fmt: skip

    def rarity(self, heard: str, script: str) -> float:
        """Weight of a token that a script spells by its sound: that of all the words together that it sounds like."""
        plain = self.weight(heard)
        if self.heard is None or heard in kinds() or heard in english():
            return plain
        key = (heard, script)
        found = self._rarity.get(key)
        if found is None:
            if len(self._rarity) > _CACHE:
                self._rarity.clear()
            same = [word for word, close in self.heard(heard, script).items() if close >= _SAME_SOUND]
            times = sum(self.weights.count.get(word, 1.5) for word in same)
            found = self._rarity[key] = min(plain, math.log(self.weights.names / times)) if times else plain
        return found

    def alike(self, one: str, two: str) -> tuple[float, str]:
        """How alike two different tokens are, and why; 0 when they are not."""
        key = (one, two)
        found = self._alike.get(key)
        if found is None:
            if len(self._alike) > _CACHE:
                self._alike.clear()
            found = self._alike[key] = self._look(one, two)
        return found

    def _look(self, one: str, two: str) -> tuple[float, str]:
        if one.isdigit() or two.isdigit():
            return 0.0, ""
        sure = self.weights.means.get(one, {}).get(two)
        if sure:
            spelled = self._spelled(one, two)
            return spelled if spelled[0] > sure else (sure, "translation")
        return self._spelled(one, two)

    def _spelled(self, one: str, two: str) -> tuple[float, str]:
        if len(one) < _SHORT or len(two) < _SHORT:
            return 0.0, ""
        longest = max(len(one), len(two))
        close = OSA.normalized_similarity(one, two, score_cutoff=0.5)
        if longest <= 4 and close < 1:
            close -= 0.08  # one letter of four is another word more often than a slip
        key = skeleton(one)
        if len(key) >= 2 and close >= HALF and min(len(one), len(two)) > _SHORT and key == skeleton(two):
            best = max(close, (0.74 if len(key) > 2 else 0.66) + 0.17 * JaroWinkler.similarity(one, two))
            return max(best, _SAME_VOWELS if same_vowels(one) == same_vowels(two) else 0.0), "same sound"
        jaro = JaroWinkler.similarity(one, two, score_cutoff=0.85)
        close = max(close, jaro - 0.12)
        if close < _OF_A_PLACE and (one[-2:] in _ADJECTIVE or two[-2:] in _ADJECTIVE) and _root(one) == _root(two):
            return _OF_A_PLACE, "spelling"
        return (close, "spelling") if close >= LEAST else (0.0, "")

    def sounds(self, heard: str, word: str, script: str, *, asked: bool = True) -> tuple[float, str]:
        """How alike a token that a script spells by its sound and a token in Latin letters are.

        Args:
            heard: the token by its sound.
            word: the other.
            script: the script of the first.
            asked: whether the first is of the query, so that the words of the index that it may be are known.
        """
        if heard in kinds() or heard in english() or word in kinds():
            return self.alike(heard, word)
        if asked and self.heard is not None:
            close = self.heard(heard, script).get(word, 0.0)
        else:
            key = (heard, word, script)
            found = self._by_sound.get(key)
            if found is None:
                if len(self._by_sound) > _CACHE:
                    self._by_sound.clear()
                found = self._by_sound[key] = _alone(heard, word, script)
            close = found
        return (close, "same sound") if close else (0.0, "")

    def align(self, query: Name, listed: Name) -> Alignment:
        """The best matching of the tokens of two names, rarest and most alike first."""
        slips = features.slips_apart(query, listed)
        pairs: list[Pair] = []
        left: list[int] = []
        taken = [False] * len(listed.tokens)
        for at, token in enumerate(query.tokens):
            other = _untaken(token, listed.tokens, taken) if token in listed.tokens else -1
            if other >= 0:
                taken[other] = True
                pairs.append(Pair(token, token, 1.0, listed.weights[other], "equal"))
            else:
                left.append(at)
        rest = [other for other, used in enumerate(taken) if not used]
        if left and rest:
            left, rest = self._joined(query, listed, left, rest, pairs)
        if left and rest:
            near = None if slips >= 0 or query.by_sound else self.near  # a slip may make any word of another
            left, rest = self._fuzzy((query, listed), left, rest, pairs, near)
        if left and rest:
            left, rest = _initials(query, listed, left, rest, pairs)
        return Alignment(
            tuple(pairs),
            tuple([(query.tokens[at], query.weights[at]) for at in left]),
            tuple([(listed.tokens[at], listed.weights[at]) for at in rest]),
            features.of(query, listed, pairs, (left, rest), slips),
        )

    def _fuzzy(
        self,
        names: tuple[Name, Name],
        left: list[int],
        rest: list[int],
        pairs: list[Pair],
        words_near: Callable[[str, str], Set[str]] | None,
    ) -> tuple[list[int], list[int]]:
        """Tokens that are alike, of those that the index holds for alike."""
        query, listed = names
        plain = query.by_sound == listed.by_sound
        theirs = [listed.tokens[other] for other in rest]
        found = []
        for at in left:
            near = None if words_near is None else words_near(query.tokens[at], query.by_sound)
            if near is not None and near.isdisjoint(theirs):
                continue
            for other in rest:
                if near is not None and listed.tokens[other] not in near:
                    continue
                one, two = query.tokens[at], listed.tokens[other]
                close, why = self.alike(one, two) if plain else self._measure(query, listed, one, two)
                if close:
                    weight = listed.weights[other] if plain else min(listed.weights[other], query.weights[at])
                    found.append((close * weight, close, at, other, why, weight))
        if not found:
            return left, rest
        found.sort(key=lambda one: (-one[0], one[2], one[3]))
        gone_query: set[int] = set()
        gone_listed: set[int] = set()
        for _, close, at, other, why, weight in found:
            if at not in gone_query and other not in gone_listed:
                gone_query.add(at)
                gone_listed.add(other)
                pairs.append(Pair(query.tokens[at], listed.tokens[other], close, weight, why))
        return [at for at in left if at not in gone_query], [other for other in rest if other not in gone_listed]

    def _measure(self, query: Name, listed: Name, one: str, two: str) -> tuple[float, str]:
        """How alike a token of the query and one of the listed name are, one of which is spelled by its sound."""
        if query.by_sound:
            return self.sounds(one, two, query.by_sound)
        return self.sounds(two, one, listed.by_sound, asked=False)

    def _joined(
        self, query: Name, listed: Name, left: list[int], rest: list[int], pairs: list[Pair]
    ) -> tuple[list[int], list[int]]:
        """Neighbors on one side that are one word on the other: hua wei, huawei."""
        for mine, yours, flip in ((left, rest, False), (rest, left, True)):
            if len(mine) < 2:
                continue
            source, target = (listed, query) if flip else (query, listed)
            first = {target.tokens[place][0] for place in yours}
            index = 0
            while index + 1 < len(mine):
                for size in (3, 2) if source.tokens[mine[index]][0] in first else ():
                    run = mine[index : index + size]
                    if len(run) == size and run[-1] - run[0] == size - 1:
                        word = "".join([source.tokens[at] for at in run])
                        other = _written_as(word, yours, target.tokens)
                        if other >= 0:
                            token = target.tokens[other]
                            weight = sum(source.weights[at] for at in run)
                            weight = max(target.weights[other], min(weight, 1.5 * target.weights[other]))
                            text = " ".join(source.tokens[at] for at in run)
                            one, two = (token, text) if flip else (text, token)
                            pairs.append(Pair(one, two, 1.0 if token == word else 0.9, weight, "joined"))
                            yours.remove(other)
                            del mine[index : index + size]
                            break
                else:
                    index += 1
        return left, rest


def _root(token: str) -> str:
    """A word without the ending that makes an adjective of a place's name: Murom, Muromskiy."""
    found = _ENDING.sub("", token)
    return found.rstrip("aeiouy") if len(found) > _SHORT else token


def _alone(heard: str, word: str, script: str) -> float:
    """How alike a token by its sound and one word are."""
    if script == KOREAN:
        return SAME_KOREAN if korean(heard) == korean(word) else 0.0
    each = likely(heard, script, Lexicon([word])) if word.isalpha() else []
    return each[0][1] if each else 0.0


def _untaken(token: str, tokens: tuple[str, ...], taken: list[bool]) -> int:
    """The first place of a token that is not taken; -1: there is none."""
    for place, theirs in enumerate(tokens):
        if theirs == token and not taken[place]:
            return place
    return -1


def _written_as(word: str, places: Sequence[int], tokens: tuple[str, ...]) -> int:
    """The place of the token that is the word, or nearly; -1: none is."""
    size = len(word)
    if size >= 4:
        for place in places:
            token = tokens[place]
            if abs(len(token) - size) > 2 or token[0] != word[0]:
                continue
            if token == word or (size >= 6 and _nearly(token, word)):
                return place
    return -1


def may_be_joined(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether neighbors in one name may be one word in the other."""
    return any(
        _written_as("".join(source[at : at + size]), range(len(target)), target) >= 0
        for source, target in ((one, two), (two, one))
        for size in (2, 3)
        for at in range(len(source) - size + 1)
    )


def _initials(
    query: Name, listed: Name, left: list[int], rest: list[int], pairs: list[Pair]
) -> tuple[list[int], list[int]]:
    """A single letter for a word that begins with it."""
    for at in list(left):
        token = query.tokens[at]
        for other in rest:
            theirs = listed.tokens[other]
            if (
                (len(token) == 1) != (len(theirs) == 1)
                and token[0] == theirs[0]
                and not token.isdigit()
                and not theirs.isdigit()
            ):
                pairs.append(Pair(token, theirs, 0.6, min(query.weights[at], listed.weights[other]), "initial"))
                left.remove(at)
                rest.remove(other)
                break
    return left, rest


def _nearly(one: str, two: str) -> bool:
    """One slip apart, or spelled for the same sound."""
    if OSA.distance(one, two, score_cutoff=1) <= 1:
        return True
    return skeleton(one) == skeleton(two) and OSA.normalized_similarity(one, two) >= 0.6

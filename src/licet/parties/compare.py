"""Two names token by token: what matches what, how well, and why.

The result is an `Alignment`: the matched pairs, what is left over on either side, and the numbers that the scorer
weighs. Nothing here knows thresholds.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import ratio

from licet.parties.sounds import echo, skeleton, sound
from licet.parties.weights import Weights, kinds

#: Tokens less alike than this do not match.
LEAST: Final = 0.68
_LEAST_SOUND: Final = 0.62
_SHORT: Final = 3
#: Words of one skeleton that share less than this of their letters are different words.
_HALF: Final = 0.5
_CACHE: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Name:
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
    by_sound: bool = False


_MINOR: Final = frozenset({"legal", "stop", "particle"})


def name(tokens: tuple[str, ...], weights: Weights, *, by_sound: bool = False) -> Name:
    """Tokens with their weights and the parts that comparing needs."""
    known = kinds()
    each = tuple(map(weights.of, tokens))
    core = [token for token in tokens if known.get(token) not in _MINOR]
    return Name(
        tokens, each, sum(each), "".join(core) or "".join(tokens), frozenset(t for t in tokens if t.isdigit()),
        "".join(token[0] for token in core), frozenset(t for t in tokens if known.get(t) == "legal"), len(core),
        "".join(token for token in core if known.get(token) != "generic"), by_sound,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
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


@dataclass(frozen=True, slots=True)
class Alignment:
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
        self.near: Callable[[str, bool], Set[str]] | None = None
        self._alike: dict[tuple[str, str], tuple[float, str]] = {}
        self._by_sound: dict[tuple[str, str], tuple[float, str]] = {}

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
            return sure, "translation"
        if len(one) < _SHORT or len(two) < _SHORT:
            return 0.0, ""
        longest = max(len(one), len(two))
        close = OSA.normalized_similarity(one, two, score_cutoff=0.5)
        if longest <= 4 and close < 1:
            close -= 0.08  # one letter of four is another word more often than a slip
        key = skeleton(one)
        if len(key) >= 2 and close >= _HALF and key == skeleton(two):
            best = max(close, (0.74 if len(key) > 2 else 0.66) + 0.17 * JaroWinkler.similarity(one, two))
            return best, "same sound"
        jaro = JaroWinkler.similarity(one, two, score_cutoff=0.85)
        close = max(close, jaro - 0.12)
        return (close, "spelling") if close >= LEAST else (0.0, "")

    def sounds(self, one: str, two: str) -> tuple[float, str]:
        """How alike a transcription and a token sound."""
        key = (one, two)
        found = self._by_sound.get(key)
        if found is None:
            if len(self._by_sound) > _CACHE:
                self._by_sound.clear()
            found = self._by_sound[key] = self._listen(one, two)
        return found

    def _listen(self, one: str, two: str) -> tuple[float, str]:
        plain = self._look(one, two)
        if one.isdigit() or two.isdigit():
            return plain
        fine, coarse, rough = (skeleton(one), skeleton(two)), (sound(one), sound(two)), (echo(one), echo(two))
        if min(map(len, coarse)) < 2:
            return plain
        like = [OSA.normalized_similarity(*pair) for pair in (coarse, rough, fine)]
        best = 0.35 * like[0] + 0.3 * like[1] + 0.15 * like[2] + 0.2 * JaroWinkler.similarity(one, two)
        return (best, "same sound") if best >= max(_LEAST_SOUND, plain[0]) else plain

    def align(self, query: Name, listed: Name) -> Alignment:
        """The best matching of the tokens of two names, rarest and most alike first."""
        pairs: list[Pair] = []
        left: list[int] = []
        taken = [False] * len(listed.tokens)
        for at, token in enumerate(query.tokens):
            for other, theirs in enumerate(listed.tokens):
                if theirs == token and not taken[other]:
                    taken[other] = True
                    pairs.append(Pair(token, token, 1.0, listed.weights[other], "equal"))
                    break
            else:
                left.append(at)
        rest = [other for other, used in enumerate(taken) if not used]
        if left and rest:
            left, rest = self._joined(query, listed, left, rest, pairs)
        if left and rest:
            left, rest = self._fuzzy(query, listed, left, rest, pairs)
        if left and rest:
            left, rest = _initials(query, listed, left, rest, pairs)
        return Alignment(
            tuple(pairs),
            tuple((query.tokens[at], query.weights[at]) for at in left),
            tuple((listed.tokens[at], listed.weights[at]) for at in rest),
            _features(query, listed, pairs, left, rest),
        )

    def _fuzzy(
        self, query: Name, listed: Name, left: list[int], rest: list[int], pairs: list[Pair]
    ) -> tuple[list[int], list[int]]:
        by_sound = query.by_sound or listed.by_sound
        measure = self.sounds if by_sound else self.alike
        found = []
        for at in left:
            near = self.near(query.tokens[at], query.by_sound) if self.near is not None else None
            for other in rest:
                if near is not None and listed.tokens[other] not in near:
                    continue
                close, why = measure(query.tokens[at], listed.tokens[other])
                if close:
                    found.append((close * listed.weights[other], close, at, other, why))
        if not found:
            return left, rest
        found.sort(key=lambda one: (-one[0], one[2], one[3]))
        gone_query: set[int] = set()
        gone_listed: set[int] = set()
        for _, close, at, other, why in found:
            if at not in gone_query and other not in gone_listed:
                gone_query.add(at)
                gone_listed.add(other)
                pairs.append(Pair(query.tokens[at], listed.tokens[other], close, listed.weights[other], why))
        return [at for at in left if at not in gone_query], [other for other in rest if other not in gone_listed]

    def _joined(
        self, query: Name, listed: Name, left: list[int], rest: list[int], pairs: list[Pair]
    ) -> tuple[list[int], list[int]]:
        """Neighbors on one side that are one word on the other: hua wei, huawei."""
        for mine, yours, flip in ((left, rest, False), (rest, left, True)):
            if len(mine) < 2:
                continue
            source, target = (listed, query) if flip else (query, listed)
            index = 0
            while index + 1 < len(mine):
                done = False
                for size in (3, 2):
                    run = mine[index : index + size]
                    if len(run) < size or run[-1] - run[0] != size - 1:
                        continue
                    word = "".join(source.tokens[at] for at in run)
                    if len(word) < 4:
                        continue
                    for other in yours:
                        token = target.tokens[other]
                        if token == word or (
                            len(word) >= 6 and abs(len(token) - len(word)) <= 2 and _nearly(token, word)
                        ):
                            weight = sum(source.weights[at] for at in run)
                            weight = max(target.weights[other], min(weight, 1.5 * target.weights[other]))
                            close = 1.0 if token == word else 0.9
                            text = " ".join(source.tokens[at] for at in run)
                            pairs.append(
                                Pair(token if flip else text, text if flip else token, close, weight, "joined")
                            )
                            yours.remove(other)
                            del mine[index : index + size]
                            done = True
                            break
                    if done:
                        break
                if not done:
                    index += 1
        return left, rest


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


#: What `_features` computes, in order.
FEATURES: Final = (
    "bias", "query covered", "name covered", "both covered", "evidence", "left of query", "left of name",
    "rarest left of query", "rarest left of name", "loosely matched", "rarest match", "numbers differ",
    "number missing",
    "one word in query", "one word in name", "legal forms differ", "letters alike", "first words match", "equal",
    "acronym", "covered twice", "evidence times covered", "left of query is legal", "contained",
)  # fmt: skip


def _features(
    query: Name, listed: Name, pairs: list[Pair], at_query: list[int], at_listed: list[int]
) -> tuple[float, ...]:
    left_query = [query.weights[at] for at in at_query]
    left_listed = [listed.weights[at] for at in at_listed]
    matched = loose = rarest = 0.0
    for pair in pairs:
        gain = pair.weight * pair.alike
        matched += gain
        loose += pair.weight - gain
        if pair.alike > 0.8 and gain > rarest:
            rarest = gain
    out_query, out_listed = sum(left_query), sum(left_listed)
    of_query = matched / (matched + loose + out_query + 0.01)
    of_listed = matched / (matched + loose + out_listed + 0.01)
    both = matched / (matched + loose + out_query + out_listed + 0.01)
    evidence = min(matched, 30.0) / 10
    differ = missing = 0.0
    if query.numbers != listed.numbers:
        ours, theirs = query.numbers, listed.numbers
        if ours and theirs and not ours <= theirs and not theirs <= ours:
            differ = 1.0
        else:
            missing = 1.0
    letters = ratio(query.core, listed.core) / 100
    acronym = 0.0
    if not matched or both < 0.5:
        acronym = float(
            (query.size == 1 and 3 <= len(query.core) <= 6 and query.core == listed.initials)
            or (listed.size == 1 and 3 <= len(listed.core) <= 6 and listed.core == query.initials)
        )
    legal = float(bool(query.legal and listed.legal and not query.legal & listed.legal))
    return (
        1.0, of_query, of_listed, both, evidence, min(out_query, 30.0) / 10, min(out_listed, 30.0) / 10,
        max(left_query, default=0.0) / 10, max(left_listed, default=0.0) / 10, min(loose, 10.0) / 5, rarest / 10,
        differ, missing, float(query.size == 1), float(listed.size == 1), legal, letters * letters,
        float(0 not in at_query and 0 not in at_listed), float(both > 0.985), acronym, of_query * of_listed,
        evidence * both,
        float(bool(at_query) and out_query < 1.2), max(of_query, of_listed) ** 4,
    )  # fmt: skip

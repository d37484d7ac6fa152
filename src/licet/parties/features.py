"""What the scorer weighs in an alignment: how much matches, how much is left, on which side, and how rare it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from licet.parties.slips import slack

if TYPE_CHECKING:
    from licet.parties.compare import Name, Pair

#: What a name a few slips away may have left on one side and not on the other.
_SLIPPED: Final = 1.0
#: Endings of East Slavic patronymics, and the share of its weight that one keeps when only one name has it.
_FATHERS: Final = ("ovich", "evich", "ovych", "yovych", "ovna", "evna", "ivna", "yevna", "ichna")
FATHER: Final = 0.25
#: What `of` computes, in order.
FEATURES: Final = (
    "bias", "query covered", "name covered", "both covered", "evidence", "left of query", "left of name",
    "rarest left of query", "rarest left of name", "loosely matched", "rarest match", "numbers differ",
    "number missing",
    "one word in query", "one word in name", "legal forms differ", "letters alike", "first words match", "equal",
    "acronym", "covered twice", "evidence times covered", "left of query is legal", "contained",
    "left on both sides", "rarest left on both sides", "slips apart", "slips per letter", "begins with the other",
    "heard",
)  # fmt: skip


def slips_apart(query: Name, listed: Name) -> int:
    """How many slips the two whole names are apart; -1: too many."""
    if query.by_sound or listed.by_sound:
        return -1
    size = min(len(query.plain), len(listed.plain))
    most = slack(size)
    if not most or abs(len(query.plain) - len(listed.plain)) > most or query.numbers != listed.numbers:
        return -1
    found = OSA.distance(query.plain, listed.plain, score_cutoff=most)
    return found if found <= most else -1


def _at_most(weights: list[float], total: float) -> list[float]:
    """Weights cut down in proportion, so that they come to no more than a total."""
    share = total / (sum(weights) or 1.0)
    return weights if share >= 1 else [weight * share for weight in weights]


def _without_fathers(name: Name, places: list[int], weights: list[float]) -> list[float]:
    """Weights of what is left over, less for patronymics, which are left out more often than not."""
    return [
        weight * FATHER if name.tokens[at].endswith(_FATHERS) else weight
        for at, weight in zip(places, weights, strict=True)
    ]


def _begins(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether a name of several words is the beginning of the other: a unit named after the whole."""
    size = min(len(one), len(two))
    return size > 1 and len(one) != len(two) and one[:size] == two[:size]


def of(
    query: Name, listed: Name, pairs: Sequence[Pair], over: tuple[list[int], list[int]], slips: int
) -> tuple[float, ...]:
    """The numbers of one alignment.

    Args:
        query: the name asked about.
        listed: the name on the list.
        pairs: what matches.
        over: places of the tokens left over, of the query and of the listed name.
        slips: what `slips_apart` says of them.
    """
    at_query, at_listed = over
    left_query = [query.weights[at] for at in at_query]
    left_listed = [listed.weights[at] for at in at_listed]
    if len(pairs) > 1 and bool(at_query) != bool(at_listed):
        left_query = _without_fathers(query, at_query, left_query)
        left_listed = _without_fathers(listed, at_listed, left_listed)
    if slips >= 0:  # what is left on one side is what slips made of what is left on the other
        left_query = _at_most(left_query, sum(left_listed) + _SLIPPED)
        left_listed = _at_most(left_listed, sum(left_query) + _SLIPPED)
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
    most_query, most_listed = max(left_query, default=0.0), max(left_listed, default=0.0)
    differ = missing = 0.0
    if query.numbers != listed.numbers:
        ours, theirs = query.numbers, listed.numbers
        if ours and theirs and not ours <= theirs and not theirs <= ours:
            differ = 1.0
        else:
            missing = 1.0
    by_sound = query.by_sound != listed.by_sound
    heard = sum([pair.alike**2 * len(pair.listed) for pair in pairs]) if by_sound else 0.0
    letters = 2 * heard / (len(query.core) + len(listed.core)) if by_sound else ratio(query.core, listed.core) / 100
    acronym = 0.0
    if not matched or both < 0.5:
        acronym = float(
            (query.size == 1 and 3 <= len(query.core) <= 6 and query.core == listed.initials)
            or (listed.size == 1 and 3 <= len(listed.core) <= 6 and listed.core == query.initials)
        )
    legal = float(bool(query.legal and listed.legal and not query.legal & listed.legal))
    return (
        1.0, of_query, of_listed, both, evidence, min(out_query, 30.0) / 10, min(out_listed, 30.0) / 10,
        most_query / 10, most_listed / 10, min(loose, 10.0) / 5, rarest / 10,
        differ, missing, float(query.size == 1), float(listed.size == 1), legal, letters * letters,
        float(0 not in at_query and 0 not in at_listed), float(both > 0.985), acronym, of_query * of_listed,
        evidence * both,
        float(bool(at_query) and out_query < 1.2), max(of_query, of_listed) ** 4,
        min(out_query, out_listed, 20.0) / 10,
        min(most_query, most_listed) / 10,
        float(slips >= 0), 10 * max(slips, 0) / len(query.plain), float(_begins(query.bare, listed.bare)),
        min(heard, 30.0) / 10,
    )  # fmt: skip

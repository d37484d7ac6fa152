"""The matchers that are measured beside Licet, each as one function from a name to the records it may be.

All but the baseline look at the 20 best candidates of Licet's search: nomenklatura compares, it does not retrieve.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sets
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist

from licet.parties.index import Index

Best = Callable[[str], list[tuple[int, float]]]  #: positions of records with scores, best first


@dataclass(frozen=True)
class Peer:
    """One matcher.

    Attributes:
        title: what the table calls it.
        over: the search over an index.
        pair: how alike two names are; the last argument says whether they are of people.
        most: names asked of each set, so that a slow one ends; None: all.
    """

    title: str
    over: Callable[[Index], Best]
    pair: Callable[[str, str, bool], float]
    most: int | None


def _licet(index: Index) -> Best:
    return lambda name: [(hit.position, hit.score) for hit in index.search(name, limit=20)]


def _licet_pair(one: str, two: str, person: bool) -> float:
    kind = "Individual" if person else "Entity"
    hits = Index([{"name": two, "source": "sdn", "type": kind}]).search(one)
    return hits[0].score if hits else 0.0


def _sorted(index: Index) -> Best:
    names = [" ".join(sets.tokens(name)) for name in index.spelled]
    owners = np.array(index.owners)

    def best(name: str) -> list[tuple[int, float]]:
        scores = cdist([" ".join(sets.tokens(name))], names, scorer=token_sort_ratio, score_cutoff=40)[0]
        top = np.argpartition(-scores, 60)[:60]
        found: dict[int, float] = {}
        for number in top[np.argsort(-scores[top])].tolist():
            found.setdefault(int(owners[number]), float(scores[number]) / 100)
        return list(found.items())[:20]

    return best


def _sorted_pair(one: str, two: str, person: bool) -> float:
    return token_sort_ratio(" ".join(sets.tokens(one)), " ".join(sets.tokens(two))) / 100


def _nomenklatura(title: str) -> Peer | None:
    try:
        from followthemoney import model
        from nomenklatura.matching import get_algorithm
        from nomenklatura.matching.types import ScoringConfig
    except ImportError:
        return None
    algorithm: Any = get_algorithm(title)
    config = ScoringConfig.defaults()
    made = 0

    def entity(person: bool, names: Sequence[str]) -> Any:
        nonlocal made
        made += 1  # it remembers names by id: an id must never come back
        entity = model.make_entity("Person" if person else "Organization")
        entity.id = f"{title}-{made}"
        for name in names:
            entity.add("name", name)
        return entity

    def over(index: Index) -> Best:
        known: dict[int, Any] = {}

        def best(name: str) -> list[tuple[int, float]]:
            asked = {person: entity(person, [name]) for person in (True, False)}
            found = []
            for hit in index.search(name, limit=20):
                person = index.is_person(hit.position)
                other = known.get(hit.position)
                if other is None:
                    other = known[hit.position] = entity(person, hit.record.names())
                found.append((hit.position, float(algorithm.compare(asked[person], other, config).score)))
            return sorted(found, key=lambda one: -one[1])

        return best

    def pair(one: str, two: str, person: bool) -> float:
        return float(algorithm.compare(entity(person, [one]), entity(person, [two]), config).score)

    return Peer(f"nomenklatura {title}", over, pair, 300)


def all_peers() -> tuple[list[Peer], list[str]]:
    """Licet and every peer that is installed, and the titles of those that are not."""
    found = [Peer("licet", _licet, _licet_pair, None), Peer("token_sort", _sorted, _sorted_pair, 500)]
    lacking = []
    for title in ("logic-v2", "logic-v1"):
        peer = _nomenklatura(title)
        if peer is None:
            lacking.append(f"nomenklatura {title}")
        else:
            found.append(peer)
    return found, lacking


def line(best: Best, index: Index, person: bool, share: float, most: int | None) -> float:
    """The score that only `share` of the unrelated names of the `tune` part reach, for one class of entries."""
    names = sets.sample(sets.unrelated("person" if person else "company", "tune"), most)
    tops = [max((s for at, s in best(name) if index.is_person(at) == person), default=0.0) for name in names]
    return float(np.quantile(tops, 1 - share)) + 1e-9


def alarms(best: Best, index: Index, lines: dict[bool, float], names: Sequence[str]) -> float:
    """The share of unrelated names that reach the line of either class."""
    over = [any(s >= lines[index.is_person(at)] for at, s in best(name)) for name in names]
    return float(np.mean(over))

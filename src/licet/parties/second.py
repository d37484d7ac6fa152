"""A second opinion on a possible match: logic-v2 of nomenklatura, where the extra `opensanctions` is installed.

It stands beside Licet's own score and takes nothing away: no alert is lowered and nobody is cleared by it. A candidate
that Licet holds just below its line and that the other matcher holds above its own is left to a person.
"""

from __future__ import annotations

import functools
import importlib.metadata
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from licet.errors import LicetError, QuestionError, did_you_mean

if TYPE_CHECKING:
    from licet.parties.hit import Hit
    from licet.parties.record import Record

#: Names under which `second` knows a matcher.
KNOWN: Final = ("logic-v2",)
#: So far below Licet's line a candidate is still shown to the other matcher.
MARGIN: Final = 0.10
#: Entries whose names the other matcher has analysed already.
_KEPT: Final = 4096

_IDS: Final = itertools.count()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What another matcher says of one hit.

    Attributes:
        matcher: its name and version.
        score: its score, from 0 to 1.
        line: from here on it takes the names for those of one party.
    """

    matcher: str
    score: float
    line: float

    @property
    def above(self) -> bool:
        """Whether the other matcher would raise an alert."""
        return self.score >= self.line

    def __str__(self) -> str:
        return f"{self.matcher} {self.score:.2f}, {'above' if self.above else 'below'} its line {self.line:.2f}"

    def to_dict(self) -> dict[str, Any]:
        """The opinion as plain data, for JSON."""
        return {"matcher": self.matcher, "score": self.score, "line": self.line, "above": self.above}


class Matcher(Protocol):
    """Another matcher: what it is called, its line, and how alike it finds a party and an entry.

    Attributes:
        title: its name and version, quoted with every opinion.
        line: its alert line.
    """

    title: str
    line: float

    def compare(self, name: str, country: str | None, entry: Record, person: bool) -> float:
        """From 0 to 1, how alike a name (and its country, where known) and an entry are."""


def matcher(name: str | Matcher) -> Matcher:
    """The matcher of that name; one that is given is taken as it is.

    Raises:
        QuestionError: there is none of that name.
        LicetError: it needs the extra `opensanctions`, which is not installed.
    """
    if not isinstance(name, str):
        return name
    if name not in KNOWN:
        raise QuestionError(f"there is no second opinion called {name!r}", why=f"known is {', '.join(KNOWN)}",
                            next=did_you_mean(name, KNOWN))  # fmt: skip
    return logic_v2()


def heard(hits: Iterable[Hit], other: Matcher, country: str | None, is_person: Callable[[int], bool]) -> Sequence[Hit]:
    """The hits at Licet's line or at most `MARGIN` below it, each with what the other matcher says.

    Of ships and aircraft it is not asked: it compares people and organizations.

    Args:
        hits: what Licet finds, best first.
        other: the other matcher.
        country: the party's country, ISO 3166 alpha-2, where known.
        is_person: whether the record at this place of the index is a person.
    """

    def asked(hit: Hit) -> Hit:
        if hit.record.kind in ("vessel", "aircraft"):
            return hit
        score = other.compare(hit.query, country, hit.record, is_person(hit.position))
        return replace(hit, second=Opinion(other.title, round(score, 4), other.line))

    return [asked(hit) for hit in hits if hit.score >= hit.threshold - MARGIN]


@functools.cache
def logic_v2() -> Matcher:
    """The matcher logic-v2.

    Raises:
        LicetError: nomenklatura is not installed, or does not work here.
    """
    try:
        return _LogicV2()
    except ImportError as error:
        absent = isinstance(error, ModuleNotFoundError) and error.name in ("nomenklatura", "followthemoney")
        raise LicetError(
            "the second opinion logic-v2 " + ("is not installed" if absent else "cannot be loaded"),
            why="" if absent else str(error),
            next="install Licet as licet[opensanctions]; its PyICU is built from source, which takes a C++ compiler, "
            "pkg-config and the headers of ICU (libicu-dev)",
        ) from None


class _LogicV2:
    """nomenklatura's rule-based matcher, with names and countries only.

    It remembers names by the id of an entity, so an id never comes back; it tells the query from the listed party.
    """

    line = 0.70

    def __init__(self) -> None:
        from followthemoney import model
        from nomenklatura.matching import get_algorithm
        from nomenklatura.matching.types import ScoringConfig

        algorithm: Any = get_algorithm("logic-v2")
        if algorithm is None:
            raise ImportError("this nomenklatura has no logic-v2", name="nomenklatura.matching")
        self._compare, self._config, self._model = algorithm.compare, ScoringConfig.defaults(), model
        self._listed = functools.lru_cache(_KEPT)(self._of)
        self._asked = functools.lru_cache(16)(self._entity)
        self.title = f"logic-v2 (nomenklatura {importlib.metadata.version('nomenklatura')})"

    def compare(self, name: str, country: str | None, entry: Record, person: bool) -> float:
        query = self._asked(person, (name,), (country,) if country else ())
        return min(max(float(self._compare(query, self._listed(entry, person), self._config).score), 0.0), 1.0)

    def _of(self, entry: Record, person: bool) -> Any:
        return self._entity(person, entry.names(), entry.countries)

    def _entity(self, person: bool, names: Sequence[str], countries: Sequence[str]) -> Any:
        entity = self._model.make_entity("Person" if person else "Organization")
        entity.id = f"licet-{next(_IDS)}"
        for name in names:
            entity.add("name", name)
        for code in countries:  # Hong Kong is China here as in the EAR
            entity.add("country", "cn" if code == "HK" else code.casefold())
        return entity

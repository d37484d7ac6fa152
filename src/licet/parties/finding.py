"""What a look-up says about a party, in the words of the law's facts; here without lists, names and numbers.

The engine calls a `Look` with the name of a party. It needs nothing of the extra `parties` for that, so that whoever
names nobody loads no list.
"""

from __future__ import annotations

import datetime
import functools
import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from licet import facts
from licet.unknown import Among

#: Endings of the facts that a look-up can give, in the order in which they are looked up.
LISTED, HQ, OWNED, MAJORITY = "listed", "hq", "owned_by_listed_percent", "majority_d5"
ENDINGS: Final = (LISTED, HQ, OWNED, MAJORITY)
#: What the extra `parties` needs and a bare installation lacks.
_NEEDS: Final = ("numpy", "rapidfuzz", "anyascii", "pypinyin", "opencc", "sqlalchemy")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one fact of a party.

    Attributes:
        value: the value of the fact; None: the look-up does not settle it.
        why: where that comes from, in one sentence; recorded with the answer.
        doubtful: a person has to decide first, so that nothing may be taken for granted.
        warnings: what the reader of the answer has to know.
        flags: red flags.
        detail: the whole result behind it, for programs.
    """

    value: Any = None
    why: str = ""
    doubtful: bool = False
    warnings: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    detail: Any = None

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain data."""
        return {
            "value": None if self.value is None else facts.shown(self.value), "why": self.why,
            "decide_first": self.doubtful,
            **({} if self.detail is None else {"screening": self.detail.to_dict()}),
        }  # fmt: skip


def any_more(certain: frozenset[str]) -> Among:
    """What is certain of a ``..._listed`` fact, where further listings are still to be decided."""
    more = (certain | {value} for value in facts.LISTS if value != "none")
    return Among({certain, *more}, f"{facts.shown(certain)}, and perhaps more")


def written(value: Any) -> str:
    """The value of a finding as text that `read` understands."""
    if isinstance(value, Among):
        return f"{facts.shown(frozenset.intersection(*value.values))}{_MORE}"
    return str(facts.shown(value))


def read(name: str, text: str) -> Any:
    """The value of fact `name` that `written` put into words."""
    value = facts.parse(name, text.removesuffix(_MORE))
    return any_more(value) if text.endswith(_MORE) else value


_MORE: Final = "+?"

#: Looks up a party: name, country (if known), day, and the endings of the facts that are wanted.
Look = Callable[[str, str | None, datetime.date, frozenset[str]], Mapping[str, Finding]]


def is_name(value: object) -> bool:
    """Whether the value of a role is the name of somebody: not "nobody", and no stand-in such as "(any other)".

    A bracket alone makes no stand-in: "(株)" stands before the names of Japanese companies.
    """
    return isinstance(value, str) and value.strip().casefold() not in _NOBODY


_NOBODY: Final = frozenset(
    {*facts.NO_ONE, "n/a", "", "(any other)", "(known)", "(nobody a letter was written to)"}
)  # fmt: skip


def look(screen: bool | Look | None) -> Look | None:
    """The look-up that a question wants.

    Args:
        screen: a look-up of one's own; True: the lists held, whose silence counts as "on no list"; None: the lists
            held, whose silence counts for nothing; False: no look-up.
    """
    if screen is False:
        return None
    if screen is None or screen is True:
        return _Held(screen is True)
    return screen


def prepare(look: Look, parties: Iterable[tuple[str, str | None, datetime.date]]) -> None:
    """Tell a look-up which names, countries and days it will be asked for, if it can make use of that."""
    ready = getattr(look, "prepare", None)
    if ready is not None:
        ready(parties)


@dataclass(frozen=True, slots=True)
class _Held:
    """A look-up in the lists held, which are opened when somebody is named."""

    clears: bool

    def __call__(
        self, name: str, country: str | None, on: datetime.date, wanted: frozenset[str]
    ) -> Mapping[str, Finding]:
        if LISTED not in wanted:
            return {}
        if not installed():
            return {LISTED: _NOT_SCREENED}
        from licet.parties.screener import default

        return default(clears=self.clears)(name, country, on, wanted)

    def prepare(self, parties: Iterable[tuple[str, str | None, datetime.date]]) -> None:
        if installed():
            from licet.parties.screener import default

            default(clears=self.clears).prepare(parties)


@functools.cache
def installed() -> bool:
    """Whether the extra `parties` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDS)


_NOT_SCREENED: Final = Finding(
    why="not screened", warnings=("was not screened: names are held against the lists by licet[parties], "
                                  "which is not installed",)
)  # fmt: skip

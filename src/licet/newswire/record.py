"""The record claims are held against: events of the timeline with who did what, provisions, and checked statements."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from licet.errors import LawError
from licet.lex.history import FILE
from licet.lex.load import shipped
from licet.lex.source import read
from licet.newswire import gazetteer

Day = datetime.date


@dataclass(frozen=True)
class Known:
    """An event of the timeline, with who acts in it, what is done, and to what.

    Attributes:
        id, day, what: of the event in the lawbook.
        who: ids of all who can be said to have done it.
        does: actions it can be called by.
        to: ids of the things it is about.
        but: what a bare report of it leaves out.
    """

    id: str
    day: Day
    what: str
    source: str
    who: frozenset[str]
    does: frozenset[str]
    to: frozenset[str]
    but: str = ""


@dataclass(frozen=True)
class Statement:
    """A statement that reports get wrong, and what the record says."""

    id: str
    verdict: str
    record: str
    source: str
    objects: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    says: tuple[re.Pattern[str], ...] = ()
    unless: re.Pattern[str] | None = None
    since: Day | None = None
    until: Day | None = None


@dataclass(frozen=True)
class Stands:
    """A thing that stands for provisions of the lawbook, from one day to another."""

    of: frozenset[str]
    with_: frozenset[str]
    since: Day
    until: Day | None
    to: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """All of it."""

    events: tuple[Known, ...]
    statements: tuple[Statement, ...]
    provisions: tuple[Stands, ...]
    proposals: tuple[Mapping[str, Any], ...] = field(hash=False)
    made_from: Mapping[str, tuple[frozenset[str], str]] = field(hash=False)
    version_of: re.Pattern[str] = re.compile("(?!)")
    by_object: Mapping[str, tuple[Known, ...]] = field(default_factory=dict, hash=False)


@functools.cache
def record() -> Record:
    """The record that comes with Licet.

    Raises:
        LawError: an event or a provision that ``ties.yaml`` names is not in the lawbook.
    """
    raw = gazetteer.table("ties")
    known = tuple(sorted((_event(row) for row in raw["events"]), key=lambda event: (event.day, event.id)))
    by_object: dict[str, list[Known]] = {}
    for event in known:
        for id_ in event.to:
            by_object.setdefault(id_, []).append(event)
    return Record(
        events=known,
        statements=tuple(_statement(row) for row in raw["statements"]),
        provisions=tuple(
            Stands(
                frozenset(row["of"]),
                frozenset(row.get("with", ())),
                Day.fromisoformat(row["from"]),
                Day.fromisoformat(row["until"]) if "until" in row else None,
                tuple(row["to"]),
            )
            for row in raw["provisions"]
        ),
        proposals=tuple(raw["proposals"]),
        made_from={row["chip"]: (frozenset(row["from"]), row["but"]) for row in raw["made_from"]},
        version_of=re.compile(raw["version_of"], re.IGNORECASE),
        by_object={id_: tuple(found) for id_, found in by_object.items()},
    )


@functools.cache
def _happened() -> tuple[tuple[str, Day, str, str], ...]:
    """Id, day, what and source of every event of the lawbook's timeline; a month is its first day.

    The law itself, which takes longer to read, is not needed for that.
    """
    blocks = read((shipped() / FILE).read_text(encoding="utf-8"), FILE)
    return tuple((b["id"], Day.fromisoformat(f"{b['date']}-01"[:10]), b["what"], b["source"]) for b in blocks)


def _event(row: list[Any]) -> Known:
    day, word, who, does, to, *rest = row
    for id_, date, what, source in _happened():
        if id_.startswith(day) and word in id_:
            but = rest[0] if rest else ""
            return Known(id_, date, what, source, frozenset(who), frozenset(does), frozenset(to), but)
    raise LawError(f"the timeline has no event of {day} with {word!r} in its id", where="newswire/data/ties.yaml")


def _statement(row: Mapping[str, Any]) -> Statement:
    patterns = [*row["says"], *([row["also"]] if "also" in row else [])]
    return Statement(
        row["id"],
        row["verdict"],
        row["record"],
        row["source"],
        frozenset(row.get("objects", ())),
        frozenset(row.get("actions", ())),
        frozenset(row.get("actors", ())),
        tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns),
        re.compile(row["unless"], re.IGNORECASE) if "unless" in row else None,
        Day.fromisoformat(row["from"]) if "from" in row else None,
        Day.fromisoformat(row["until"]) if "until" in row else None,
    )

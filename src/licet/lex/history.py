"""What happened when, what changed between two days, and what is to come.

`timeline` merges the public record (``lawbook/timeline.yaml``) with the first and last days that the lawbook itself
holds; `diff` says in words how the law of one day differs from that of another; `calendar` writes the deadlines as an
iCalendar that any calendar program reads.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from licet.errors import LawError, QuestionError, did_you_mean
from licet.lex.ical import calendar
from licet.lex.law import Law, current
from licet.lex.model import Clause, Provision, Version
from licet.lex.source import Block, read
from licet.lex.words import sentence
from licet.logic.nodes import Applies, Within, walk

__all__ = ["Change", "Deadline", "Event", "calendar", "diff", "events", "timeline"]

Day = datetime.date
FILE = "timeline.yaml"
_KEYS = {
    "id", "date", "jurisdiction", "instrument", "who", "what", "effective", "source", "confidence", "doubt", "touches",
    "deadlines",
}  # fmt: skip
_NEEDED = ("id", "date", "jurisdiction", "instrument", "who", "what", "source", "confidence")
#: What a deadline is: the words of the calendar.
DEADLINES = {
    "compliance": "compliance begins", "lapse": "something ends unless it is extended", "report": "a report is due",
    "truce": "a truce ends", "comment": "comments close",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that follows from an event."""

    on: Day
    kind: str
    what: str

    def to_dict(self) -> dict[str, str]:
        """The deadline as plain data."""
        return {"on": self.on.isoformat(), "kind": self.kind, "what": self.what}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or that the law makes happen, on a day.

    Attributes:
        id: stable, begins with the day.
        date: the day; the first of the month where only the month is known.
        kind: ``event`` for the public record, ``law`` for a first or last day that the lawbook holds.
        jurisdiction, instrument, who, what: in our own words.
        effective: when it took effect and when it ends, in words.
        source: where it is to be read.
        confidence: P primary text seen, S good secondary source, M from memory (provisions marked unverified).
        doubt: what in the entry is not certain.
        touches: ids of the provisions it made, changed or bears on.
        deadlines: days that follow from it.
        month_only: the day within the month is not known.
    """

    id: str
    date: Day
    kind: str
    jurisdiction: str
    instrument: str
    who: str
    what: str
    source: str
    confidence: str
    effective: str = ""
    doubt: str = ""
    touches: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    month_only: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The event as plain data."""
        day = self.date.isoformat()
        return {
            "id": self.id, "date": day[:7] if self.month_only else day, "kind": self.kind,
            "jurisdiction": self.jurisdiction, "instrument": self.instrument, "who": self.who, "what": self.what,
            "effective": self.effective, "source": self.source, "confidence": self.confidence, "doubt": self.doubt,
            "touches": list(self.touches), "deadlines": [each.to_dict() for each in self.deadlines],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the law of two days.

    Attributes:
        kind: ``entered``, ``ended``, ``changed``, ``enforcement`` or ``membership``.
        subject: id of the provision or of the country group.
        title: its title.
        said: the difference in one sentence.
        by: the instrument behind it.
        on: the day of the change, the last one where there were several.
        before, after: the condition or the posture in words, or the countries that left and joined.
    """

    kind: str
    subject: str
    title: str
    said: str
    by: str = ""
    on: Day | None = None
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.subject}: {self.said}"

    def to_dict(self) -> dict[str, str | None]:
        """The change as plain data."""
        return {
            "kind": self.kind, "subject": self.subject, "title": self.title, "said": self.said, "by": self.by,
            "on": self.on.isoformat() if self.on else None, "before": self.before, "after": self.after,
        }  # fmt: skip


# --- what happened ----------------------------------------------------------------------------------------------------


def timeline(
    start: Day | None = None, end: Day | None = None, touching: str | None = None, *, law: Law | None = None
) -> tuple[Event, ...]:
    """The events from `start` to `end`, both included, oldest first.

    Args:
        start: the first day; the beginning of the record by default.
        end: the last day; by default what lies in the future is included.
        touching: only what made, changed or bears on this provision or country group, or on what it is made of.
        law: the lawbook; by default the one that comes with Licet.

    Raises:
        QuestionError: there is no provision or group `touching`, or `end` lies before `start`.
        LawError: the record breaks its own rules.
    """
    book = law or current()
    if start and end and end < start:
        raise QuestionError(f"{end} lies before {start}", next="name the earlier day first")
    wanted = _with_what_it_asks(book, touching) if touching is not None else None
    found = [*events(book.files.get(FILE, ""), book.provisions), *_events_of(book), *_moves_between_groups(book)]
    return tuple(
        event
        for event in sorted(found, key=lambda each: (each.date, each.kind, each.id))
        if (start is None or event.date >= start) and (end is None or event.date <= end)
        and (wanted is None or not wanted.isdisjoint(event.touches))
    )  # fmt: skip


def _with_what_it_asks(law: Law, id_: str) -> set[str]:
    """`id_` with all provisions it asks and all groups it looks into, however far down."""
    found: set[str] = set()
    stack = [id_ if id_ in law.groups else law.provision(id_).id]
    while stack:
        each = stack.pop()
        if each in found:
            continue
        found.add(each)
        if group := law.groups.get(each):
            stack += [*group.union, *group.less]
        for version in law.provisions[each].versions if each in law.provisions else ():
            for part in walk(version.when):
                stack += [part.provision] if isinstance(part, Applies) else []
                stack += [part.group] if isinstance(part, Within) else []
    return found


def events(text: str, provisions: Mapping[str, Provision], file: str = FILE) -> tuple[Event, ...]:
    """The events that `text` holds, each proved.

    Raises:
        LawError: a missing source, a day that does not exist, an unknown provision and the like, with file and line.
    """
    tree = read(text, file)
    if tree is None:
        return ()
    if not isinstance(tree, list) or not all(isinstance(block, Block) for block in tree):
        raise LawError("a timeline is a list of events, each with an `id`", where=file)
    found: dict[str, Event] = {}
    for block in tree:
        event = _event(block, provisions)
        if event.id in found:
            raise LawError(f"two events are called {event.id}", where=block.where)
        found[event.id] = event
    return tuple(found.values())


def _event(block: Block, provisions: Mapping[str, Provision]) -> Event:
    for key in block:
        if key not in _KEYS:
            raise LawError(f"an event has no key {key!r}", where=block.where, next=did_you_mean(key, _KEYS))
    for key in _NEEDED:
        if not isinstance(block.get(key), str) or not block[key].strip():
            raise LawError(f"an event without `{key}`", where=block.where, next=f"add `{key}:`")
    if block["confidence"] not in ("P", "S"):
        raise LawError(f"confidence is P or S, not {block['confidence']!r}", where=block.where,
                       next="what rests on memory alone stays out of the record")  # fmt: skip
    touches = block.get("touches", [])
    if not isinstance(touches, list):
        raise LawError("`touches` is a list", where=block.where)
    for id_ in touches:
        if id_ not in provisions:
            raise LawError(f"there is no provision {id_!r}", where=block.where, next=did_you_mean(id_, provisions))
    month_only = re.fullmatch(r"\d{4}-\d{2}", block["date"]) is not None
    return Event(
        block["id"], _day(block["date"] + ("-01" if month_only else ""), block), "event", block["jurisdiction"],
        block["instrument"], block["who"], block["what"], block["source"], block["confidence"],
        block.get("effective", ""), block.get("doubt", ""), tuple(touches),
        tuple(_deadline(part, block) for part in block.get("deadlines", [])), month_only,
    )  # fmt: skip


def _deadline(part: object, block: Block) -> Deadline:
    if not isinstance(part, Block) or set(part) != {"on", "kind", "what"}:
        raise LawError("a deadline has `on`, `kind` and `what`", where=getattr(part, "where", block.where))
    if part["kind"] not in DEADLINES:
        hint = did_you_mean(part["kind"], DEADLINES, otherwise=f"one of {', '.join(DEADLINES)}")
        raise LawError(f"{part['kind']!r} is no kind of deadline", where=part.where, next=hint)
    return Deadline(_day(part["on"], part), part["kind"], part["what"])


def _day(text: str, block: Block) -> Day:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError("a day is written YYYY-MM-DD")
        return Day.fromisoformat(text)
    except ValueError as error:
        raise LawError(f"{text!r} is no day", where=block.where, why=str(error)) from None


def _events_of(law: Law) -> Iterator[Event]:
    """What the lawbook itself says happened: each version's first day, its end, and its enforcement."""
    for provision in law.provisions.values():
        for place, version in enumerate(provision.versions):
            make = functools.partial(_law_event, provision, version)
            if version.since > law.first or place:  # what stood when the lawbook opens did not happen on that day
                yield make(version.since, "changed" if place else "entered", _deadlines(provision, version))
            if version.until and place + 1 == len(provision.versions):
                yield make(version.until + datetime.timedelta(1), "no longer in force")
            for entry in version.enforcement:
                yield replace(make(entry.since, f"enforced: {entry.state}"), instrument=entry.by)


def _moves_between_groups(law: Law) -> Iterator[Event]:
    """Places that joined or left a country group since the lawbook opens."""
    for group in law.groups.values():
        for member in group.members:
            moves = [(member.since, "joined")] if member.since > law.first else []
            moves += [(member.until + datetime.timedelta(1), "left")] if member.until else []
            for day, word in moves:
                who = ", ".join(sorted(member.of))
                yield Event(
                    id=f"{day}-{word}-{group.id}-{'-'.join(sorted(member.of))}"[:80], date=day, kind="law",
                    jurisdiction="US", instrument=member.by, who="BIS", what=f"{who} {word} {group.title}",
                    source=group.cite, confidence="M" if member.unverified else "P", touches=(group.id,),
                )  # fmt: skip


def _law_event(
    provision: Provision, version: Version, day: Day, word: str, deadlines: tuple[Deadline, ...] = ()
) -> Event:
    return Event(
        id=f"{day}-{word.replace(': ', '-').replace(' ', '-')}-{provision.id}", date=day, kind="law", jurisdiction="US",
        instrument=version.by, who="BIS", what=f"{provision.title} ({word})", source=version.cite or provision.cite,
        confidence="M" if version.unverified else "P", touches=(provision.id,), deadlines=deadlines,
    )  # fmt: skip


def _deadlines(provision: Provision, version: Version) -> tuple[Deadline, ...]:
    found = []
    if version.comply_from and version.comply_from > version.since:
        found.append(Deadline(version.comply_from, "compliance", f"{provision.id}: compliance begins"))
    later = next((each for each in provision.versions if each.since > version.since), None)
    if version.until and (later is None or later.by == version.by):
        # an end that its own instrument gives; the end that a later rule gave to an older text was no deadline
        found.append(Deadline(version.until, "lapse", f"{provision.id}: last day ({version.by})"))
    return tuple(found)


# --- what changed -----------------------------------------------------------------------------------------------------


def diff(day1: Day, day2: Day, law: Law | None = None) -> tuple[Change, ...]:
    """How the law of `day2` differs from the law of `day1`, in words; the earlier day may stand second.

    Raises:
        QuestionError: a day lies before the first day of the lawbook.
    """
    book = law or current()
    earlier, later = sorted((day1, day2))
    before, after = book.on(earlier), book.on(later)
    found: list[Change] = []
    for id_ in book.provisions:
        old, new = before.written.get(id_), after.written.get(id_)
        if old is None and new is not None:
            found.append(_entered(new, after.enforced[id_]))
        elif old is not None and new is None:
            found.append(_ended(old, earlier))
        elif old is not None and new is not None:
            found.extend(_changed(old, new, earlier))
            found.extend(_enforcement(before.enforced[id_], after.enforced[id_], (earlier, later)))
    return (*found, *_memberships(book, earlier, later))


def _entered(new: Clause, enforced: Clause) -> Change:
    version = new.version
    said = f"entered into force on {version.since} by {version.by}"
    said += f", {_posture(enforced)}" if enforced.enforcement else ""
    return _change("entered", new, said, by=version.by, on=version.since, after=sentence(new.node))


def _ended(old: Clause, earlier: Day) -> Change:
    last = old.version.until or earlier
    return _change("ended", old, f"its last day was {last}", by=old.version.by, on=last, before=sentence(old.node))


def _change(kind: str, clause: Clause, said: str, **rest: Any) -> Change:
    return Change(kind, clause.provision.id, clause.provision.title, said, **rest)


def _changed(old: Clause, new: Clause, earlier: Day) -> Iterator[Change]:
    if old.version is new.version and old.node == new.node:
        return
    by, on = new.version.by, new.version.since
    if old.version is new.version:  # another provision that stands instead of it came or went
        by, on = " and ".join(sorted(_asked(old) ^ _asked(new))), earlier
    pairs = (
        ("condition", sentence(old.node), sentence(new.node)),
        ("lifts", ", ".join(old.lifts), ", ".join(new.lifts)),
        ("conclusion", _plain(old.concludes), _plain(new.concludes)),
        ("duties", "; ".join(map(str, old.version.duties)), "; ".join(map(str, new.version.duties))),
        ("citation", old.cite, new.cite),
    )
    moved = [each for each in pairs if each[1] != each[2]]
    for what, before, after in moved:
        said = f"it now stands in {after}" if what == "citation" else f"its {what} changed by {by}"
        yield _change("changed", new, said, by=by, on=None if on == earlier else on, before=before, after=after)
    if not moved:  # an instrument touched it and left its words as they were: it moved a day, say
        yield _change("changed", new, f"restated by {by}. {new.version.note}".rstrip(". "), by=by, on=on)


def _asked(clause: Clause) -> set[str]:
    return {part.provision for part in walk(clause.node) if isinstance(part, Applies)}


def _plain(concludes: Mapping[str, Any]) -> str:
    return "; ".join(f"{key}: {', '.join(v) if isinstance(v, list) else v}" for key, v in concludes.items())


def _enforcement(old: Clause, new: Clause, days: tuple[Day, Day]) -> Iterator[Change]:
    before, after = _posture(old), _posture(new)
    if before != after:
        entries = [entry for entry in new.version.enforcement if days[0] < entry.since <= days[1]]
        on, by = (entries[-1].since, entries[-1].by) if entries else (new.version.since, new.version.by)
        said = f"as enforced it was {before} and is {after}"
        yield _change("enforcement", new, said, by=by, on=on, before=before, after=after)


def _posture(clause: Clause) -> str:
    entry = clause.enforcement
    if entry is None:
        return "enforced as written"
    return "not enforced" if entry.when is None else f"enforced only where {sentence(entry.when)}"


def _memberships(law: Law, earlier: Day, later: Day) -> Iterator[Change]:
    for id_, group in law.groups.items():
        before, after = law.members(id_, earlier), law.members(id_, later)
        joined, left = ", ".join(sorted(after - before)), ", ".join(sorted(before - after))
        if joined or left:
            by = "; ".join(dict.fromkeys(_moves(law, id_, after ^ before, earlier, later)))
            said = " and ".join(part for part in (joined and f"{joined} joined", left and f"{left} left") if part)
            yield Change("membership", id_, group.title, said, by=by, before=left, after=joined)


def _moves(law: Law, id_: str, codes: Iterable[str], earlier: Day, later: Day) -> Iterator[str]:
    """The instruments by which `codes` came to, or left, the group (or one it is made of) between the days."""
    group, wanted = law.groups[id_], set(codes)
    for member in group.members:
        begins = earlier < member.since <= later
        ends = member.until is not None and earlier <= member.until < later
        if (begins or ends) and not wanted.isdisjoint(member.of):
            yield member.by
    for other in (*group.union, *group.less):
        yield from _moves(law, other, wanted, earlier, later)

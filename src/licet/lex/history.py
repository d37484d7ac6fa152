"""What happened when, what changed between two days, and what is to come.

`timeline` merges the public record (``lawbook/timeline.yaml``) with the first and last days that the lawbook itself
holds; `diff` says in words how the law of one day differs from that of another; `calendar` writes the deadlines as an
iCalendar that any calendar program reads.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from licet.errors import LawError, QuestionError, did_you_mean
from licet.lex.law import Law, current
from licet.lex.model import Clause, Provision, Version
from licet.lex.source import Block, read
from licet.lex.words import sentence
from licet.logic.nodes import Applies, walk

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
        touching: only what made, changed or bears on this provision (its id) or on what it asks.
        law: the lawbook; by default the one that comes with Licet.

    Raises:
        QuestionError: there is no provision `touching`, or `end` lies before `start`.
        LawError: the record breaks its own rules.
    """
    book = law or current()
    if start and end and end < start:
        raise QuestionError(f"{end} lies before {start}", next="name the earlier day first")
    wanted = _with_what_it_asks(book, touching) if touching is not None else None
    found = [*events(book.files.get(FILE, ""), book.provisions), *_events_of(book)]
    return tuple(
        event
        for event in sorted(found, key=lambda each: (each.date, each.kind, each.id))
        if (start is None or event.date >= start) and (end is None or event.date <= end)
        and (wanted is None or not wanted.isdisjoint(event.touches))
    )  # fmt: skip


def _with_what_it_asks(law: Law, id_: str) -> set[str]:
    found, stack = set(), [law.provision(id_).id]
    while stack:
        each = stack.pop()
        if each not in found:
            found.add(each)
            nodes = [version.when for version in law.provisions[each].versions]
            stack += [part.provision for node in nodes for part in walk(node) if isinstance(part, Applies)]
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
        raise LawError(f"{part['kind']!r} is no kind of deadline", where=part.where,
                       next=did_you_mean(part["kind"], DEADLINES, otherwise=f"one of {', '.join(DEADLINES)}"))  # fmt: skip
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
            if version.since > law.first or place:  # what stood when the lawbook opens did not happen on that day
                word = "changed" if place else "entered"
                yield _law_event(provision, version, version.since, f"{provision.title} ({word})", version.by, "starts")
            last = place + 1 == len(provision.versions)
            if version.until and last:
                ended = version.until + datetime.timedelta(1)
                yield _law_event(provision, version, ended, f"{provision.title} (no longer in force)", version.by, "ended")
            for entry in version.enforcement:
                said = f"{provision.title} (enforced: {entry.state})"
                yield _law_event(provision, version, entry.since, said, entry.by, "enforcement")


def _law_event(provision: Provision, version: Version, day: Day, what: str, by: str, tag: str) -> Event:
    deadlines = []
    if tag == "starts" and version.comply_from and version.comply_from > version.since:
        deadlines.append(Deadline(version.comply_from, "compliance", f"{provision.id}: compliance begins"))
    if tag == "starts" and version.until and provision.versions[-1] is version:
        deadlines.append(Deadline(version.until, "lapse", f"{provision.id}: last day"))
    return Event(
        f"{day}-{tag}-{provision.id}", day, "law", "US", by, "BIS", what, version.cite or provision.cite,
        "M" if version.unverified else "P", touches=(provision.id,), deadlines=tuple(deadlines),
    )  # fmt: skip


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
    for id_, provision in book.provisions.items():
        old, new = before.written.get(id_), after.written.get(id_)
        if old is None and new is not None:
            said = f"entered into force on {new.version.since} by {new.version.by}"
            found.append(_change("entered", new, said, new.version.since, "", sentence(new.node)))
        elif old is not None and new is None:
            gone = old.version.until or earlier
            found.append(_change("ended", old, f"its last day was {gone}", gone, sentence(old.node), ""))
        elif old is not None and new is not None:
            found.extend(_changed(old, new, earlier))
            found.extend(_enforcement(before.enforced[id_], after.enforced[id_], provision, (earlier, later)))
    for id_, group in book.groups.items():
        joined, left = after.groups[id_] - before.groups[id_], before.groups[id_] - after.groups[id_]
        if joined or left:
            parts = [f"{', '.join(sorted(joined))} joined"] if joined else []
            parts += [f"{', '.join(sorted(left))} left"] if left else []
            by = "; ".join(dict.fromkeys(_moves(book, id_, joined | left, earlier, later)))
            said = " and ".join(parts)
            found.append(
                Change("membership", id_, group.title, said, by, None, ", ".join(sorted(left)), ", ".join(sorted(joined)))
            )
    return tuple(found)


def _change(kind: str, clause: Clause, said: str, on: Day, before: str, after: str) -> Change:
    return Change(kind, clause.provision.id, clause.provision.title, said, clause.version.by, on, before, after)


def _changed(old: Clause, new: Clause, earlier: Day) -> Iterator[Change]:
    if old.version is new.version and old.node == new.node:
        return
    by, on = new.version.by, new.version.since
    if on <= earlier:  # another provision that stands instead of it came or went
        on, by = earlier, "a provision that stands instead of it"
    before, after = sentence(old.node), sentence(new.node)
    if before != after:
        yield Change("changed", new.provision.id, new.provision.title, f"its condition changed by {by}", by, on, before, after)
    for what, a, b in (
        ("lifts", ", ".join(old.lifts), ", ".join(new.lifts)),
        ("conclusion", _plain(old.concludes), _plain(new.concludes)),
        ("duties", "; ".join(old.version.duties), "; ".join(new.version.duties)),
    ):
        if a != b:
            yield Change("changed", new.provision.id, new.provision.title, f"its {what} changed by {by}", by, on, a, b)
    if old.cite != new.cite:
        said = f"it now stands in {new.cite}"
        yield Change("changed", new.provision.id, new.provision.title, said, by, on, old.cite, new.cite)


def _plain(concludes: Mapping[str, Any]) -> str:
    return "; ".join(f"{key}: {', '.join(v) if isinstance(v, list) else v}" for key, v in concludes.items())


def _enforcement(old: Clause, new: Clause, provision: Provision, days: tuple[Day, Day]) -> Iterator[Change]:
    before, after = _posture(old), _posture(new)
    if before == after:
        return
    entries = [e for e in new.version.enforcement if days[0] < e.since <= days[1]]
    on, by = (entries[-1].since, entries[-1].by) if entries else (new.version.since, new.version.by)
    said = f"as enforced it was {before} and is {after}"
    yield Change("enforcement", provision.id, provision.title, said, by, on, before, after)


def _posture(clause: Clause) -> str:
    entry = clause.enforcement
    if entry is None:
        return "enforced as written"
    return "not enforced" if entry.when is None else f"enforced only where {sentence(entry.when)}"


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


# --- what is to come --------------------------------------------------------------------------------------------------


def calendar(found: Iterable[Event], *, after: Day | None = None) -> str:
    """The deadlines of `found` as an iCalendar (RFC 5545), one all-day entry each, for any calendar program.

    Args:
        found: events, as `timeline` gives them.
        after: leave out deadlines before this day.
    """
    entries: dict[tuple[Day, str], tuple[Deadline, Event]] = {}
    for event in found:
        for deadline in event.deadlines:
            if after is None or deadline.on >= after:
                entries.setdefault((deadline.on, deadline.what), (deadline, event))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Licet//Deadlines of export control//EN", "CALSCALE:GREGORIAN"]
    for (day, _), (deadline, event) in sorted(entries.items(), key=lambda each: each[0]):
        about = f"{event.what}. Source: {event.source}"
        about += f". Provisions: {', '.join(event.touches)}" if event.touches else ""
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_slug(f'{day}-{deadline.kind}-{deadline.what}')}@licet",
            f"DTSTAMP:{event.date:%Y%m%d}T000000Z",  # RFC 5545 asks for a moment; the day of the event never changes
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + datetime.timedelta(1):%Y%m%d}",
            f"SUMMARY:{_escaped(deadline.what)}",
            f"DESCRIPTION:{_escaped(about)}",
            f"CATEGORIES:{deadline.kind.upper()}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


@lru_cache(1024)
def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:120]


def _escaped(text: str) -> str:
    plain = " ".join(text.split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """`line` in pieces of at most 75 octets, no character cut in two; the later ones begin with a space."""
    piece, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 75:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + width
    yield piece

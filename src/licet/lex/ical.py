"""Deadlines as an iCalendar (RFC 5545): whole days, no clock and no time zone, folded as the standard asks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from licet.lex.history import Day, Deadline, Event

__all__ = ["calendar"]


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

"""The clock of a duty: a line such as ``30 days after the shipment``, and the day that follows from it.

    before the shipment                 with the application            25 days before the shipment
    30 days after the shipment          5 years after the shipment      60 days after the difference is found
    15 days after each 30 June and 31 December                          each 1 February and 1 August

Days are calendar days; the day of the event is not counted; no day is moved for a weekend or a holiday, so that the day
given is never too late. A month or a year later is the same day of the month, or its last. Of the days that return each
year the first one on or after the shipment counts. An event other than the shipment has no day in a question: then the
clock is told in words alone.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Final

from licet.errors import LawError

#: What the rounding comes to, in a line for the reader of an answer.
ROUNDING: Final = "calendar days, the day of the event not counted, none moved for weekends or holidays"
#: The event whose day a question gives.
SHIPMENT: Final = "the shipment"
_LINE: Final = re.compile(
    r"((?P<count>\d{1,3}) (?P<unit>day|month|year)s? )?((?P<way>after|before) )?(?P<each>each )?(?P<event>.+)"
)
_HOW: Final = (
    "write it like `30 days after the shipment`, `before the shipment`, `with the application`, or "
    "`15 days after each 30 June and 31 December`"
)
_MONTHS: Final = {name: number for number, name in enumerate(calendar.month_name) if name}


@dataclass(frozen=True, slots=True)
class Clock:
    """When a duty is due.

    Attributes:
        text: the line as the law has it.
        count: how many units lie between the event and the day due, negative before it.
        unit: day, month or year.
        event: what the clock runs from; empty where it runs from days of each year.
        each: those days, as (month, day).
    """

    text: str
    count: int
    unit: str
    event: str
    each: tuple[tuple[int, int], ...] = ()

    def due(self, shipment: datetime.date) -> datetime.date | None:
        """The day due for a shipment of that day; None where the clock runs from an event no question gives."""
        if self.each:
            ends = (_day(year, *each) for year in (shipment.year, shipment.year + 1) for each in self.each)
            return self._from(min(end for end in ends if end >= shipment))
        return self._from(shipment) if self.event == SHIPMENT else None

    def _from(self, event: datetime.date) -> datetime.date:
        if self.unit == "day":
            return event + datetime.timedelta(self.count)
        months = event.month - 1 + self.count * (12 if self.unit == "year" else 1)
        return _day(event.year + months // 12, months % 12 + 1, event.day)


def _day(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def clock(text: str, where: str = "") -> Clock:
    """The clock that a line of the lawbook tells.

    Raises:
        LawError: the line is no clock.
    """
    match = _LINE.fullmatch(" ".join(text.split()))
    bare = re.fullmatch(r"(at|with|on|before) .+", text.strip())
    if match is None or not (bare or match["each"] or (match["count"] and match["way"])):
        raise LawError(f"{text!r} is no clock of a duty", where=where, next=_HOW)
    count = int(match["count"] or 0) * (-1 if match["way"] == "before" else 1)
    if match["each"]:
        days = tuple(_yearly(part, where) for part in re.split(r", | and ", match["event"]))
        return Clock(text, count, match["unit"] or "day", "", days)
    event = match["event"] if match["way"] else match["event"].partition(" ")[2]
    return Clock(text, count, match["unit"] or "day", event)


def _yearly(text: str, where: str) -> tuple[int, int]:
    day, _, month = text.strip().partition(" ")
    if month not in _MONTHS or not day.isdigit() or not 1 <= int(day) <= calendar.monthrange(2024, _MONTHS[month])[1]:
        raise LawError(f"{text!r} is no day of a year", where=where, next="write 30 June")
    return _MONTHS[month], int(day)

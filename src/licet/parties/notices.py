"""Federal Register citations, and what they say about the day a listing began.

The lists give a chain of citations rather than dates: "84 FR 22961, 85 FR 29852". The first one added the entry. Its
day is known for the citations in ``data/notices.csv``; for the others the volume gives the year, and no more is
claimed than that.
"""

from __future__ import annotations

import csv
import datetime
import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Final

_CITE: Final = re.compile(r"\b(\d{1,3})\s*F\.?\s?R\.?\s*(\d{1,6})")
_VOLUME: Final = re.compile(r"\bVol\.?\s*(\d{1,3}),\s*No\.?\s*(\d{1,3})", re.IGNORECASE)
_DAY: Final = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")
#: Volume 1 of the Federal Register is 1936.
_BEFORE_VOLUME_1: Final = 1935


@dataclass(frozen=True, slots=True)
class Since:
    """When a listing began, as far as is known.

    Attributes:
        earliest: not before this day; None: nothing is known.
        latest: on this day at the latest it was listed.
        why: where that comes from.
    """

    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    why: str = "the list gives no date"

    @property
    def day(self) -> datetime.date | None:
        """The exact first day, where it is known."""
        return self.earliest if self.earliest == self.latest else None

    def listed(self, on: datetime.date) -> bool | None:
        """Whether the listing had begun on that day; None where that is not known."""
        if self.latest is not None and on >= self.latest:
            return True
        if self.earliest is not None and on < self.earliest:
            return False
        return None

    def __str__(self) -> str:
        if self.day is not None:
            return f"since {self.day} ({self.why})"
        parts = [f"not before {self.earliest}" if self.earliest else "", f"by {self.latest}" if self.latest else ""]
        known = ", ".join(part for part in parts if part)
        return f"since an unknown day, {known} ({self.why})" if known else f"since an unknown day ({self.why})"


UNKNOWN_SINCE: Final = Since()


@functools.cache
def known_days() -> dict[str, datetime.date]:
    """The day of each citation in the table, as ``84 FR 22961``."""
    text = resources.files("licet.parties").joinpath("data/notices.csv").read_text(encoding="utf-8")
    return {row["cite"]: datetime.date.fromisoformat(row["day"]) for row in csv.DictReader(text.splitlines())}


def cites(notice: str) -> list[str]:
    """The citations in a notice, oldest first, as ``84 FR 22961``."""
    found = {(int(volume), int(page)) for volume, page in _CITE.findall(notice)}
    return [f"{volume} FR {page}" for volume, page in sorted(found)]


def years(volume: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of the year of a volume of the Federal Register."""
    year = volume + _BEFORE_VOLUME_1
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def day_of(cite: str) -> tuple[datetime.date, datetime.date]:
    """The day of one citation, or the first and last day of its year."""
    known = known_days().get(cite)
    return (known, known) if known else years(int(cite.split(maxsplit=1)[0]))


@functools.lru_cache(maxsize=8192)
def since(notice: str) -> Since:
    """What a chain of citations says about the first day of the listing."""
    chain = cites(notice)
    if chain:
        earliest, latest = day_of(chain[0])
        if earliest == latest:
            return Since(earliest, latest, chain[0])
        written = _first_day(notice)
        if written and earliest <= written <= latest:
            return Since(written, written, f"day written beside {chain[0]}")
        return Since(earliest, latest, f"year of {chain[0]}")
    written = _first_day(notice)
    if written:
        return Since(written, written, "day of the notice")
    volume = _VOLUME.search(notice)
    if volume and 40 <= int(volume[1]) <= 150:
        earliest, latest = years(int(volume[1]))
        return Since(earliest, latest, f"year of volume {volume[1]} of the Federal Register")
    return UNKNOWN_SINCE


def _first_day(notice: str) -> datetime.date | None:
    """The earliest American date in the text, as 12/7/2022 or 6/27/03."""
    days = []
    for month, day, year in _DAY.findall(notice):
        full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 40 else 2000)
        try:
            days.append(datetime.date(full, int(month), int(day)))
        except ValueError:
            continue
    return min(days, default=None)

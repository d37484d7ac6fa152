"""When a report was published: what its file says, else what its text says, else what the record says of its story."""

from __future__ import annotations

import datetime
import email.utils
import re
from collections.abc import Sequence
from typing import Final

from licet.newswire.dates import When, dates
from licet.newswire.model import Published

_ISO: Final = re.compile(r"(19|20)\d\d-\d\d-\d\d")
_COMPACT: Final = re.compile(r"^(20\d\d)(\d\d)(\d\d)(?:T|\d{6}|$)")
#: A day this near the beginning of a text is the day of its dateline.
_HEAD: Final = 220


def stated(text: str, language: str = "en") -> datetime.date | None:
    """The day in the date field of a page, a feed or a record."""
    text = text.strip()
    if not text:
        return None
    try:
        if _ISO.match(text):
            return datetime.date.fromisoformat(text[:10])
        if compact := _COMPACT.match(text):
            return datetime.date(int(compact[1]), int(compact[2]), int(compact[3]))
        if re.fullmatch(r"1\d{9}(\d{3})?(\.\d+)?", text):
            seconds = float(text[:10])
            return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
        if re.match(r"[A-Za-z]{3},? \d|\d{1,2} [A-Za-z]{3} \d{4} \d", text):
            return email.utils.parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError):
        return None
    found = [when for when in dates(text, language, None) if when.first is not None and when.grain == "day"]
    return found[0].first if found else None


def published(field: str, text: str, language: str) -> Published:
    """The day of publication from the file's own field, or from a dateline in `text`."""
    day = stated(field, language)
    if day is not None:
        return Published(day, "stated")
    for when in dates(text[:_HEAD], language, None):
        if when.first is not None and when.grain == "day" and when.basis == "stated" and _is_dateline(text, when):
            return Published(when.first, "text", f"dateline {text[when.start : when.end]!r}")
    return Published(None, "unknown")


def _is_dateline(text: str, when: When) -> bool:
    """At the beginning of a line or in brackets, not inside a sentence."""
    before, after = text[: when.start], text[when.end : when.end + 30]
    line = before.rpartition("\n")[2].strip()
    return (
        bool(re.match(r"\s*(?:[-–—:|,)\]]|\d{1,2}:\d\d|\n|$|\((?:Reuters|AFP|AP)|UTC|GMT|T\d)", after))
        and len(line) <= 40
    )


def latest(found: Sequence[When]) -> datetime.date | None:
    """The latest full day a text states, which it cannot have been published before."""
    days = [when.last for when in found if when.basis == "stated" and when.grain == "day" and when.last is not None]
    return max(days, default=None)

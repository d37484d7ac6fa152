"""Instruments that a sentence tells of without their name: by what was done, to what, by whom and when.

``rules.yaml`` says under ``told`` what such a sentence holds: one of the things `with`, a word of one of the actions
`acts`, one of those `who`, and a date `on` which it was done (a day, a month, or a year given as such); what is left
out is not asked for. Where there is a date, the things may stand in the sentence before. So *the limits that Washington
set in October 2022* is the rule of that month in every language.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from licet.newswire import gazetteer
from licet.newswire.dates import When
from licet.newswire.find import Mention, Word
from licet.newswire.gazetteer import Entry
from licet.newswire.sentences import Sentence

_YEAR = 4


@dataclass(frozen=True, slots=True)
class Telling:
    """One way in which a sentence tells of an instrument."""

    entry: Entry
    things: frozenset[str]
    acts: frozenset[str]
    who: frozenset[str]
    on: tuple[str, ...]

    def day(self, when: When) -> bool:
        """Whether `when` is a day, month or year the instrument is of."""
        first = str(when.first)
        return any(first.startswith(on) and (len(on) > _YEAR or when.grain == "year") for on in self.on)


@functools.cache
def tellings() -> tuple[Telling, ...]:
    """All ways of telling, of all instruments."""
    return tuple(
        Telling(
            gazetteer.entries()[row["id"]],
            frozenset(told.get("with", "").split()),
            frozenset(f"do:{action}" for action in told.get("acts", "").split()),
            frozenset(told.get("who", "").split()),
            tuple(told.get("on", "").split()),
        )
        for row in gazetteer.table("rules")
        for told in row.get("told", ())
    )


@functools.cache
def _about() -> frozenset[str]:
    return frozenset(thing for telling in tellings() for thing in telling.things)


def told(
    text: str, mentions: Sequence[Mention], words: Sequence[Word], dates: Sequence[When], parts: Sequence[Sentence]
) -> list[Mention]:
    """A mention of each instrument that a sentence tells of and none names; `text` is the repaired text."""
    starts = [part.start for part in parts]
    things: dict[int, set[str]] = {}
    done: dict[int, set[str]] = {}
    when: dict[int, list[When]] = {}
    for mention in mentions:
        things.setdefault(bisect.bisect_right(starts, mention.start), set()).add(mention.entry.id)
    for word in words:
        at = bisect.bisect_right(starts, word.start)
        if word.what.startswith("do:"):
            done.setdefault(at, set()).add(word.what)
        elif word.what.startswith("topic:"):
            things.setdefault(at, set()).add(word.what[6:])
    for date in dates:
        if date.first is not None:
            when.setdefault(bisect.bisect_right(starts, date.start), []).append(date)
    named = {mention.entry.id for mention in mentions if mention.entry.kind == "rule"}
    open_ = [telling for telling in tellings() if telling.entry.id not in named]
    found: dict[str, Mention] = {}
    for at in sorted(done):
        own = things.get(at, set())
        near = own | things.get(at - 1, set())
        if _about().isdisjoint(near):
            continue
        for telling in open_:
            id_ = telling.entry.id
            about = near if telling.on else own
            if telling.acts.isdisjoint(done[at]) or telling.things.isdisjoint(about) or id_ in found:
                continue
            if telling.who and telling.who.isdisjoint(about):
                continue
            if telling.on:
                days = [date for date in when.get(at, ()) if telling.day(date)]
                if not days:
                    continue
                start, end = days[0].start, days[0].end
            else:
                start, end = next(
                    (word.start, word.end)
                    for word in words
                    if word.what in telling.acts and bisect.bisect_right(starts, word.start) == at
                )
            found[id_] = Mention(telling.entry, start, end, text[start:end], "told")
    return list(found.values())

"""The words that carry a claim, at their place in the original, and the bare claim of a sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from licet.newswire.model import Claim, Evidence, Named, Report
from licet.newswire.sentences import Sentence
from licet.newswire.source import Source

#: The first sentences of a report, which say what it is about.
LEAD: Final = 3
_PREFIX: Final = 32


def evidence(source: Source, start: int, end: int) -> Evidence:
    """The words of the original between two places, with what stands around them and how they read repaired."""
    exact = source.original[start:end]
    repaired = ""
    if source.touched(start, end):
        repaired = "".join(_repaired_part(source, start, end))
    return Evidence(
        start,
        end,
        exact,
        source.original[max(0, start - _PREFIX) : start],
        source.original[end : end + _PREFIX],
        repaired,
    )


def _repaired_part(source: Source, start: int, end: int) -> Iterator[str]:
    at = start
    for change in source.changes:
        if start <= change.start and change.end <= end:
            yield source.original[at : change.start] + change.now
            at = change.end
    yield source.original[at:end]


def stating(report: Report, sentence: Sentence) -> Claim | None:
    """The bare claim that a sentence makes a statement about the chips and parties it names, or None for none."""
    named = [
        m
        for m in report.mentions
        if sentence.start <= m.start < sentence.end and m.entry.kind in {"company", "chip", "item"}
    ]
    if not named:
        return None
    things = tuple({m.entry.id: Named(m.entry.id, m.entry.kind, m.entry.name, m.surface) for m in named}.values())
    found = evidence(report.source, *report.source.span(sentence.start, sentence.end))
    number = hashlib.sha256(f"{report.id}|{found.start}|says".encode()).hexdigest()
    return Claim(
        number[:12],
        None,
        "says",
        "",
        things[0],
        things,
        (),
        (),
        None,
        None,
        report.relies_on,
        (),
        sentence.number < LEAD,
        sentence.number,
        found,
    )

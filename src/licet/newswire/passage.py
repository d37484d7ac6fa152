"""One sentence of a report with what stands in it: who can act, what it can be about, its dates and actions."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from licet.newswire import roles
from licet.newswire.dates import When
from licet.newswire.evidence import evidence
from licet.newswire.find import Mention, Word
from licet.newswire.model import Evidence, Named
from licet.newswire.sentences import Sentence
from licet.newswire.source import Source

#: Rules that "the rule" does not stand for.
_LISTS: Final = frozenset({"entity-list", "ndaa", "congressional-review-act", "section-232", "section-301"})


@dataclass
class Context:
    """What is known of a report while its claims are read."""

    id: str
    source: Source
    language: str
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    words: Sequence[Word]
    dates: Sequence[When]
    relies_on: tuple[str, ...]


class Line:
    """One sentence with what stands in it, worked out when it is asked for."""

    def __init__(self, context: Context, sentence: Sentence, mentions: list[Mention], words: list[Word]) -> None:
        self.context, self.sentence, self.mentions, self.words = context, sentence, mentions, words

    #: The rule or bill last named before this sentence, which ``the rule`` stands for.
    rule: Named | None = None
    #: Who does what the first claim of this sentence says.
    doer: Named | None = None
    #: The sentences before this one.
    earlier: Sequence[Line] = ()

    @functools.cached_property
    def objects(self) -> list[roles.Thing]:
        return roles.things(self.mentions, self.words, self.rule)

    @functools.cached_property
    def core(self) -> list[roles.Thing]:
        return [thing for thing in self.objects if thing.rank <= roles.CORE]

    @functools.cached_property
    def own(self) -> list[roles.Actor]:
        return roles.actors(self.context.source.text, self.mentions, self.words, self.context.language)

    @functools.cached_property
    def span(self) -> tuple[int, int]:
        return self.context.source.span(self.sentence.start, self.sentence.end)

    @functools.cached_property
    def said(self) -> str:
        return self.context.source.text[self.sentence.start : self.sentence.end]

    @functools.cached_property
    def evidence(self) -> Evidence:
        return evidence(self.context.source, *self.span)

    @functools.cached_property
    def dates(self) -> list[When]:
        start, end = self.sentence.start, self.sentence.end
        return [when for when in self.context.dates if start <= when.start < end and when.first is not None]


def sentences_of(context: Context) -> Iterator[Line]:
    """The sentences of a report in which anything is named or done, in order."""
    mentions, words = context.mentions, context.words
    rule: Named | None = None
    starts = [mention.start for mention in mentions]
    word_starts = [word.start for word in words]
    for sentence in context.sentences:
        first, last = bisect.bisect_left(starts, sentence.start), bisect.bisect_left(starts, sentence.end)
        at, end = bisect.bisect_left(word_starts, sentence.start), bisect.bisect_left(word_starts, sentence.end)
        if first < last or at < end:
            line = Line(context, sentence, list(mentions[first:last]), list(words[at:end]))
            line.rule = rule
            yield line
            named = [m.entry for m in mentions[first:last] if m.entry.kind == "rule" and m.entry.id not in _LISTS]
            if named:
                rule = Named(named[-1].id, str(named[-1].more.get("kind", "rule")), named[-1].name)

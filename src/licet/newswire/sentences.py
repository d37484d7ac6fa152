"""A text in sentences, with their places, and without what stands around a report: menus, notices, other headlines."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        start, end: where it stands in the repaired text.
        number: its place among the sentences of the report, from 0.
        part: 0 for the report itself; a later number for the headline of another story below it.
    """

    start: int
    end: int
    number: int
    part: int = 0


_END: Final = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[¿¡]*[^\sa-zа-яёіїєґα-ω])|[。！？｡]+[」』”’）]*|[؟۔।]+[\"”»]*|\n+|(?<=\S)\s•\s"
)
_NOT_END: Final = re.compile(
    r"(?:\b(?:U\.S|U\.K|U\.N|E\.U|D\.C|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Jr|Sr|St|No|Nr|Inc|Ltd|Co|Corp|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|"
    r"Oct|Nov|Dec|Abs|bzw|ca|z\.B|art|Art|EE\.UU|EE|UU|Sr|Sra|М|г|гг|млн|млрд|тыс|т\.д|т\.е|им|пр|proc|dr|hr|tzn|m\.in|bl\.a|t\.ex|[A-ZА-Я])"
    r"|\d)\.$"
)
#: A time stamp as news sites print it between headlines of other stories.
_STAMP: Final = re.compile(r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s*\d{1,2}:\d{2}(?::\d{2})?")


@functools.lru_cache(16)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order; what is empty or has no letters is left out."""
    found: list[Sentence] = []
    start = 0
    stamps = [stamp.start() for stamp in _STAMP.finditer(text)]
    foreign = stamps[0] if stamps and stamps[0] > 400 and stamps[0] > len(text) // 2 else len(text) + 1
    cuts = [match.end() for match in _END.finditer(text) if not _abbreviated(text, match)]
    cuts += [stamp for stamp in stamps if stamp >= foreign]
    for end in [*sorted(set(cuts)), len(text)]:
        first, last = _trimmed(text, start, end)
        if last - first > 1 and any(char.isalpha() for char in text[first:last]):
            part = 0 if first < foreign else 1 + sum(stamp <= first for stamp in stamps if stamp > foreign)
            found.append(Sentence(first, last, len(found), part))
        start = max(start, end)
    return tuple(found)


def _abbreviated(text: str, match: re.Match[str]) -> bool:
    if not match[0].startswith(".") or len(match[0]) > 1:
        return False
    head = text[max(0, match.start() - 8) : match.start() + 1]
    if head[-2:-1].isdigit():
        return not re.match(r"\s+[\"'“«]?[^\W\d_]", text[match.end() : match.end() + 4])
    return _NOT_END.search(head) is not None and not text[match.end() : match.end() + 2].startswith("\n")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\r\n\u3000•·-–—*":
        start += 1
    while end > start and text[end - 1] in " \t\r\n\u3000":
        end -= 1
    return start, end

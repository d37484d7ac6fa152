"""A text as it came, the same text repaired, and the way back from one to the other."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Change:
    """One repair: what stood in the original, and what stands there now.

    Attributes:
        start, end: the place in the original, in characters.
        was, now: the words before and after.
        why: the kind of damage.
        inferred: something was lost, and what stands there now is the best guess.
    """

    start: int
    end: int
    was: str
    now: str
    why: str
    inferred: bool = False


@dataclass(frozen=True)
class Source:
    """The text of one report.

    Attributes:
        original: the text before any repair; offsets of evidence count in it.
        text: the text after repair, equal to `original` where nothing was damaged.
        changes: every repair, in order, none overlapping another.
    """

    original: str
    text: str
    changes: tuple[Change, ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _shifts: tuple[int, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, original: str, changes: Iterable[Change] = ()) -> Source:
        """`original` with `changes` made."""
        ordered = tuple(sorted(changes, key=lambda c: (c.start, c.end)))
        if not ordered:
            return cls(original, original)
        parts: list[str] = []
        starts, shifts, at, length = [], [], 0, 0
        for change in ordered:
            if change.start < at:
                raise ValueError(f"two changes overlap at {change.start}")
            parts += [original[at : change.start], change.now]
            length += change.start - at
            starts.append(length)
            length += len(change.now)
            at = change.end
            shifts.append(at - length)
        return cls(original, "".join([*parts, original[at:]]), ordered, tuple(starts), tuple(shifts))

    def restored(self) -> str:
        """The original, rebuilt from the repaired text and the changes alone."""
        text = self.text
        for change, start in zip(reversed(self.changes), reversed(self._starts), strict=True):
            text = text[:start] + change.was + text[start + len(change.now) :]
        return text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of a span of the repaired text."""
        if not self.changes:
            return start, end
        return self._back(start, False), max(self._back(start, False), self._back(end, True))

    def touched(self, start: int, end: int) -> bool:
        """Whether a span of the original holds a repair."""
        return any(change.start < end and change.end > start for change in self.changes)

    def _back(self, at: int, is_end: bool) -> int:
        index = (bisect.bisect_left if is_end else bisect.bisect_right)(self._starts, at) - 1
        if index < 0:
            return at
        change, start = self.changes[index], self._starts[index]
        if at < start + len(change.now) or (is_end and at == start + len(change.now) and change.now):
            return change.end if is_end else change.start
        return at + self._shifts[index]

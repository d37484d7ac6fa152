"""What happened when, and what changed between two days, as a person reads it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from licet.cli import paint
from licet.cli.paint import dim, join
from licet.decision.determination import Outcome
from licet.lex.history import Change, Event

_KINDS = {
    "entered": ("New", "green"), "ended": ("Ended", "red"), "changed": ("Changed", "yellow"),
    "enforcement": ("Enforced otherwise", "cyan"), "membership": ("Country groups", "magenta"),
}  # fmt: skip


def timeline(events: Sequence[Event]) -> Iterator[RenderableType]:
    """One entry for each event, oldest first."""
    for event in events:
        day = f"{event.date:%Y-%m}" if event.month_only else event.date.isoformat()
        yield paint.rows(
            (Text(day, style="bold"), Text(event.what, style="cyan" if event.kind == "law" else "")), widths=[10]
        )
        source = [event.instrument] if event.instrument == event.source else [event.instrument, event.source]
        below = [dim("; ".join(part for part in source if part))]
        below += [dim(f"touches {', '.join(event.touches)}")] if event.touches and event.kind != "law" else []
        below += [Text(f"{each.on} {each.what}", style="yellow") for each in event.deadlines]
        below += [Text(f"doubtful: {event.doubt}", style="yellow")] if event.doubt else []
        for text in below:
            yield paint.rows((text,), indent=11)
    yield ""
    yield dim(f"{len(events)} entries; --format ics writes the deadlines as a calendar.")


def diff(changes: Sequence[Change], moved: Moved | None) -> Iterator[RenderableType]:
    """The differences by kind, then the orders whose answer they change."""
    for kind, (title, style) in _KINDS.items():
        chosen = [each for each in changes if each.kind == kind]
        if chosen:
            yield Text(title.upper(), style=f"bold {style}")
        for each in chosen:
            yield from _change(each)
        if chosen:
            yield ""
    if not changes:
        yield "Nothing in this lawbook differs between the two days."
    if moved is not None:
        yield from _moved(moved)


def _change(each: Change) -> Iterator[RenderableType]:
    yield paint.rows((join(Text(each.subject, style="bold"), each.title, sep=": "),), indent=2)
    yield paint.rows((each.said,), indent=4)
    if each.kind != "membership":
        sides = (("was", each.before), ("is", each.after))
        yield from (paint.rows((dim(label), dim(_short(text))), widths=[3], indent=4) for label, text in sides if text)


def _short(text: str) -> str:
    return text if len(text) <= 400 else f"{text[:399]}…"


@dataclass(frozen=True, slots=True)
class Moved:
    """What the law of one day or of another makes of an order file.

    Attributes:
        lines: how many were compared.
        errors: how many could not be read.
        changed: id or number of each line whose outcome differs, with the outcome on either day and what makes it so.
    """

    lines: int
    errors: int
    changed: tuple[tuple[str, str, str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data."""
        changed = [dict(zip(("line", "before", "after", "why"), each, strict=True)) for each in self.changed]
        return {"lines": self.lines, "errors": self.errors, "changed": changed}


def moved(path: Path, first: datetime.date, second: datetime.date) -> Moved:
    """The lines of an order file whose outcome differs when all of it took place on the one day or on the other."""
    from licet.batch import RESULTS, check, lines

    answered = lines(path)
    inputs = answered.select(answered.columns[: -len(RESULTS) - 2]).drop("on", strict=False)
    sides = [check(inputs, on=day.isoformat()) for day in (first, second)]
    errors, changed = 0, []
    for number, (old, new) in enumerate(zip(*(side.iter_rows(named=True) for side in sides), strict=True), 1):
        before, after = old["outcome"], new["outcome"]
        if before is None or after is None:
            errors += 1
        elif before != after:
            changed.append((paint.plain(old.get("id") or f"line {number}"), before, after, _why(old, new)))
    return Moved(inputs.height, errors, tuple(changed))


def _why(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """What came, went and is asked for between two answers to one line."""

    def both(name: str, ending: str = "") -> tuple[list[str], list[str]]:
        was, now = ([each for each in (side[name] or "").split("; ") if each.endswith(ending)] for side in (old, new))
        return [each for each in now if each and each not in was], [each for each in was if each and each not in now]

    said = []
    for name, ending, words in (
        ("requirements", "", ("now required by {}", "no longer by {}")),
        ("exceptions", ": yes", ("overcome by {}", "no longer overcome by {}")),
        ("eccn", "", ("now {}", "no longer {}")),
        ("missing", "", ("now asks for {}", "no longer asks for {}")),
    ):  # fmt: skip
        for word, found in zip(words, both(name, ending), strict=True):
            said += [word.format(", ".join(each.removesuffix(ending) for each in found))] if found else []
    return "; ".join(said)


def _moved(moved: Moved) -> Iterator[RenderableType]:
    yield Text("ORDERS", style="bold")
    for line, before, after, why in moved.changed:
        yield paint.rows(
            (line, join(paint.outcome(Outcome(before)), paint.outcome(Outcome(after)), sep=" → ")),
            widths=[16],
            indent=2,
        )
        yield paint.rows((dim(why),), indent=19)
    yield dim(f"  {len(moved.changed)} of {moved.lines} lines are answered otherwise.")
    if moved.errors:
        yield Text(f"  {moved.errors} lines have an error; `licet check` says which.", style="magenta")

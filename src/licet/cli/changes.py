"""What happened when, and what changed between two days, as a person reads it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
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


def diff(changes: Sequence[Change], moved: Sequence[dict[str, str]] | None) -> Iterator[RenderableType]:
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


def moved(path: Path, first: datetime.date, second: datetime.date) -> list[dict[str, str]]:
    """The lines of an order file whose outcome differs when all of it took place on the one day or on the other."""
    import polars

    import licet
    from licet.facts import SHORT

    frame = licet.check(path, on=first.isoformat())
    days = [name for name in frame.columns if SHORT.get(name, name) == "on"]
    sides = []
    for day in (first, second):
        asked = polars.DataFrame(frame.select(_inputs(path, frame))).drop(days)
        sides.append(licet.check(asked, on=day.isoformat()))
    found = []
    for number, (old, new) in enumerate(zip(*(side.iter_rows(named=True) for side in sides), strict=True), 1):
        if old["outcome"] != new["outcome"]:
            found.append(
                {"line": str(old.get("id") or number), "before": str(old["outcome"]), "after": str(new["outcome"])}
            )
    return found


def _inputs(path: Path, frame: Any) -> list[str]:
    raise NotImplementedError(path, frame)


def _moved(moved: Sequence[dict[str, str]]) -> Iterator[RenderableType]:
    yield Text("ORDERS", style="bold")
    for each in moved:
        before, after = (paint.outcome(Outcome(each[side])) for side in ("before", "after"))
        yield paint.rows((paint.plain(each["line"]), join(before, after, sep=" → ")), widths=[16], indent=2)
    yield dim(f"  {len(moved)} orders are answered otherwise" if moved else "  No order is answered otherwise.")

"""The restricted-party lists that are held, and what changed between two of them: for people, and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from licet.cli import paint
from licet.parties.archive import Change
from licet.parties.lists import all_lists
from licet.parties.record import Record
from licet.parties.snapshot import Snapshot

#: Entries of one kind of change that are shown.
_MOST = 10


def counts(made: Snapshot) -> Counter[str]:
    """Entries by list, those that have left not among them."""
    return Counter(entry.list.id for entry in made.records if entry.gone_by is None)


def held(found: Sequence[Snapshot]) -> list[dict[str, Any]]:
    """The lists held, as plain data."""
    return [{"day": str(each.day), "version": each.version, "entries": sum(counts(each).values()),
             "origin": each.origin} for each in found]  # fmt: skip


def held_parts(found: Sequence[Snapshot]) -> Iterator[RenderableType]:
    """The lists held, one row each."""
    table = paint.table("day", ("entries", {"justify": "right"}), "version", "from")
    for each in found:
        table.add_row(str(each.day), f"{sum(counts(each).values()):,}", each.version, paint.plain(each.origin))
    yield table


def gone(made: Snapshot) -> int:
    """How many entries of earlier lists had left by then."""
    return sum(entry.gone_by is not None for entry in made.records)


def day(made: Snapshot) -> dict[str, Any]:
    """The list of one day, as plain data."""
    return {"day": str(made.day), "version": made.version, "origin": made.origin, "lists": dict(counts(made)),
            "gone": gone(made)}  # fmt: skip


def day_parts(made: Snapshot) -> Iterator[RenderableType]:
    """The list of one day: how many entries of which list, and what each means."""
    table = paint.table(("entries", {"justify": "right"}), "list", "fact", "rule")
    for which, count in counts(made).most_common():
        entry = all_lists()[which]
        table.add_row(f"{count:,}", entry.title, entry.value or "red flag only", entry.cite)
    yield table
    yield ""
    yield paint.dim(f"{gone(made):,} entries of earlier lists that had left by then")
    yield paint.dim(f"version {made.version}; {paint.plain(made.origin)}")


def entry(each: Record) -> dict[str, Any]:
    """An entry with everything that is held of it, as plain data."""
    return {
        "id": each.id, "version": each.version, "list": each.list.id, "name": each.name,
        "aliases": list(each.alt_names), "kind": each.kind, "countries": list(each.countries),
        "addresses": list(each.addresses), "programs": list(each.programs), "notice": each.notice,
        "requirement": each.requirement, "policy": each.policy, "born": list(each.born),
        "since": {"earliest": each.since.earliest, "latest": each.since.latest, "why": each.since.why},
        "until": each.until, "seen": each.seen, "gone_by": each.gone_by,
    }  # fmt: skip


def changes(change: Change) -> dict[str, Any]:
    """What changed, as plain data."""
    return {
        "added": [_short(each) for each in change.added], "removed": [_short(each) for each in change.removed],
        "modified": [{**_short(after), "before": before.version} for before, after in change.modified],
    }  # fmt: skip


def _short(each: Record) -> dict[str, Any]:
    return {"id": each.id, "list": each.list.id, "name": each.name, "version": each.version}


def change_parts(change: Change) -> Iterator[RenderableType]:
    """What changed: the first entries of each kind."""
    groups: Sequence[tuple[str, str, Sequence[Record]]] = (
        ("+", "green", change.added), ("-", "red", change.removed),
        ("~", "yellow", [after for _, after in change.modified]),
    )  # fmt: skip
    for mark, style, entries in groups:
        for each in entries[:_MOST]:
            name = Text(paint.plain(each.name))
            yield paint.rows((Text(mark, style=style), name, paint.dim(each.list.title)), widths=[1, 48], indent=2)
        if len(entries) > _MOST:
            yield paint.dim(f"  {mark} and {len(entries) - _MOST:,} more; --format json lists them all")

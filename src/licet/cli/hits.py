"""What screening found, as a person reads it: what came of it first, then each hit with what would clear it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from licet import facts
from licet.cli import paint
from licet.cli.paint import dim, join

if TYPE_CHECKING:
    from licet.batch.names import Tally
    from licet.parties.hit import Hit
    from licet.parties.record import Record
    from licet.parties.screening import Screening

#: Mark and color of what a screening comes to.
STATUS = {
    "listed": ("✗", "bold red"),
    "possible": ("?", "bold yellow"),
    "clear": ("✓", "bold green"),
    "problem": ("!", "bold magenta"),
}
_WORDS = {"listed": "LISTED", "possible": "POSSIBLE MATCH", "clear": "NO MATCH"}
_LABEL = 12
#: Rows of a file that are shown.
_MOST = 20


def parts(
    found: Screening, *, limit: int, explain: bool, nearest: Callable[[Screening], Hit | None]
) -> Iterator[RenderableType]:
    """One name: what came of it, its hits, and what it was held against."""
    mark, style = STATUS[str(found.status)]
    place = f", {found.country}" if found.country else ""
    head = Text(f"{mark} {_WORDS[str(found.status)]}: ", style=style)
    yield join(head, Text(paint.plain(found.name), style="bold"), dim(f"{place}, on {found.on}"), sep="")
    if found.listed:
        yield Text(f"  {facts.shown(found.listed)}")
    for each in found.places:
        source = "a listed address" if each.record is None else f"the address of {each.record.name}"
        text = f"its address may be {source}: {each.address} (score {each.score:.2f})"
        yield paint.rows((Text(paint.plain(text), style="yellow"),), indent=2)
    hits = (*found.certain, *found.others, *found.possible)
    for hit in hits[:limit]:
        yield ""
        if explain:
            yield from map(_line, hit.explain().splitlines())
        else:
            yield from _hit(hit)
    if len(hits) > limit:
        yield dim(f"  and {len(hits) - limit} more; --limit shows them")
    for decision in found.cleared:
        yield dim(f"  cleared: {decision.entry_name}, by {decision.who} on {decision.at[:10]}: {decision.why}")
    if not hits:
        below = found.near[0] if found.near else nearest(found)
        if below is not None:
            said = f"; {below.second}" if below.second else ""
            text = f"nearest: {paint.plain(below.matched)} ({below.source}), score {below.score:.2f}{said}"
            yield paint.rows((dim(text),), indent=2)
    if hits:
        yield ""
    asked = f", second opinion {found.second}" if found.second else ""
    yield paint.rows((dim(f"lists {found.list_version}, scorer {found.scorer_version}{asked}"),), indent=2)
    yield from (paint.rows((Text(text, style="yellow"),), indent=2) for text in found.warnings)


def _hit(hit: Hit) -> Iterator[RenderableType]:
    same = ", same name" if hit.exact else ""
    head = join(Text(paint.plain(hit.name), style="bold"), dim(f"{hit.source}{same}"))
    yield paint.rows((Text(f"{hit.score:.3f}"), head), widths=[5], indent=2)
    as_ = f"as {hit.matched}; " if hit.matched != hit.name else ""
    how = "" if hit.how == "as written" else f"read as {hit.form} ({hit.how}); "
    state = "" if hit.listed else "perhaps listed on this day; "
    yield paint.rows((Text(paint.plain(f"{as_}{how}{state}{hit.record.since}; entry {hit.id}")),), indent=8)
    if hit.second:
        under = f"under Licet's line {hit.threshold:.2f}; " if hit.score < hit.threshold else ""
        yield paint.rows((Text(paint.plain(f"{under}second opinion: {hit.second}")),), indent=8)
    if not hit.exact:
        yield paint.rows((dim(f"would clear it: {'; '.join(hit.clears())}"),), indent=8)


def _line(text: str) -> RenderableType:
    """A line of an explanation, its indent kept where it wraps."""
    bare = text.lstrip()
    return paint.rows((Text(paint.plain(bare)),), indent=2 + len(text) - len(bare))


def record_parts(entry: Record) -> Iterator[RenderableType]:
    """An entry of a list with everything that is held of it."""
    yield join(Text(paint.plain(entry.name), style="bold"), dim(f"{entry.list.title}, {entry.list.cite}"))
    rows = [
        ("Entry", f"{entry.id}, version {entry.version}"), ("Aliases", "; ".join(entry.alt_names)),
        ("Countries", ", ".join(entry.countries)), ("Addresses", "; ".join(entry.addresses)),
        ("Born", ", ".join(entry.born)), ("Listed", str(entry.since)), ("Until", str(entry.until or "")),
        ("Gone", f"on the list of {entry.seen}, gone by {entry.gone_by}" if entry.gone_by else ""),
        ("Programs", ", ".join(entry.programs)), ("Notice", entry.notice), ("Requires", entry.requirement),
        ("Review", entry.policy),
    ]  # fmt: skip
    shown = [(Text(label, style="bold"), Text(paint.plain(text))) for label, text in rows if text]
    yield paint.rows(*shown, widths=[_LABEL], indent=2)


def tally_parts(tally: Tally, file: Path) -> Iterator[RenderableType]:
    """A file of names: counts, and the first alerts."""
    count = f"{tally.rows:,} row{'' if tally.rows == 1 else 's'}"
    how = "" if tally.careful else "by the quick way, "
    yield join(Text(f"{count} of {paint.plain(file.name)}", style="bold"), dim(f"{how}in {tally.seconds:.1f} s"))
    if tally.resumed:
        yield dim(f"  {tally.resumed:,} of them were done by an earlier run")
    for name, (mark, style) in STATUS.items():
        if tally.results.get(name):
            yield join(Text(f"  {mark} {name:<9}", style=style), Text(f"{tally.results[name]:>12,}"))
    if tally.alerts:
        yield ""
        yield from (_row(row, tally) for row in tally.alerts[:_MOST])
        if sum(tally.results[each] for each in ("listed", "possible")) > _MOST:
            yield dim("  and more; --out writes them all")
    yield ""
    second = f", second opinion {tally.second}" if tally.second else ""
    yield dim(f"lists {tally.list_version}, scorer {tally.scorer_version}{second}")
    yield from (Text(text, style="yellow") for text in tally.warnings)


def _row(row: Mapping[str, Any], tally: Tally) -> RenderableType:
    def part(name: str) -> Any:
        return row[tally.columns[name]]

    mark, style = STATUS[str(part("screening"))]
    score = part("score")
    hit = f"{part('entry_name')} ({part('list')}, {score:.3f})" if score is not None else part("why") or ""
    return paint.rows((Text(mark, style=style), Text(paint.plain(row.get(tally.column) or ""), style="bold"),
                       dim(paint.plain(hit))), widths=[1, 28], indent=2)  # fmt: skip

"""The register of what the lawbook covers, for people: each system with its state, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from licet.cli import paint
from licet.cli.paint import dim
from licet.lex.coverage import STATES, Row

_STYLES = {"encoded": "green", "partly": "yellow", "out of scope": "magenta"}


def parts(rows: Sequence[Row]) -> Iterator[RenderableType]:
    """One entry for each system, by area, and a count at the end."""
    for area in dict.fromkeys(row.area for row in rows):
        yield Text(area.upper(), style="bold")
        for row in rows:
            if row.area == area:
                yield from _row(row)
        yield ""
    counts = ", ".join(f"{sum(row.state == state for row in rows)} {state}" for state in STATES)
    provisions = sum(len(row.provisions) for row in rows)
    yield dim(f"{len(rows)} systems: {counts}; {provisions} provisions, each under one of them.")


def _row(row: Row) -> Iterator[RenderableType]:
    count = len(row.provisions)
    held = dim("; ".join(filter(None, (row.cite, f"{count} provision{'s' if count != 1 else ''}" if count else ""))))
    yield paint.rows((Text(row.state, style=_STYLES[row.state]), Text(row.system, style="bold")), widths=[12], indent=2)
    if held:
        yield paint.rows((held,), indent=15)
    if row.said:
        yield paint.rows((row.said,), indent=15)

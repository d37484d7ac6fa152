"""A batch for a person at a terminal: stories, what each report claims, and how it stands to the record."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from licet.newswire import asked, gazetteer
from licet.newswire.listed import Listing, listings
from licet.newswire.model import Batch, Claim, Report
from licet.newswire.wording import said

_COLORS: Final = {"confirmed": "green", "partly": "yellow", "contradicted": "bold red", "not in the record": "dim"}
_SIGNS: Final = {"confirmed": "✓", "partly": "~", "contradicted": "✗", "not in the record": "·"}
_MOST: Final = 12


def print_digest(batch: Batch, console: Console, *, full: bool = False) -> None:
    """Prints `batch` on `console`.

    Args:
        batch: what was read.
        console: where to.
        full: every claim of every report; otherwise the main ones and those the record speaks to.
    """
    by_id = {report.id: report for report in batch.reports}
    for story in batch.stories:
        day = story.day.isoformat() if story.day else "no date"
        console.print(
            f"\n[bold]{escape(story.title)}[/bold]  [dim]{day} · {_count(len(story.reports), 'report')}[/dim]"
        )
        for id_ in story.reports:
            _print_report(by_id[id_], console, full)
        for tie in story.ties:
            console.print(f"  [dim]{escape(tie.one)} and {escape(tie.other)}: {escape('; '.join(tie.why))}[/dim]")
        for other, why in story.related:
            console.print(f"  [dim]see also {escape(other)}: {escape(why)}[/dim]")
    for error in batch.errors:
        console.print(Text(f"not read: {error}", style="red"))
    console.print(f"\n[dim]{_count(len(batch.reports), 'report')}, {_count(len(batch.stories), 'story')}[/dim]")


def on_lists(report: Report) -> list[str]:
    """Who of those named stands on which screening list, a line each."""
    found: dict[tuple[str, str], list[Listing]] = {}
    for one in listings(report):
        found.setdefault((one.party, one.list), []).append(one)
    names = gazetteer.entries()
    rows = []
    for (party, list_), entries in found.items():
        since = min((one.since for one in entries if one.since), default=None)
        began = f" since {since}" if since else ""
        more = f" and {len(entries) - 1} more" if len(entries) > 1 else ""
        rows.append(f"{names[party].name}: on the {list_.replace('_', ' ')}{began} ({entries[0].record}{more})")
    return rows


def _count(number: int, word: str) -> str:
    many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word if number == 1 else many}"


def _print_report(report: Report, console: Console, full: bool) -> None:
    day = report.published.day.isoformat() if report.published.day else "day unknown"
    sources = f", relies on {', '.join(report.relies_on)}" if report.relies_on else ""
    repaired = f", {len(report.source.changes)} repairs" if report.source.changes else ""
    console.print(f"  [cyan]{escape(report.id)}[/cyan] [dim]{report.language}, {day}{sources}{repaired}[/dim]")
    if not report.relevant:
        console.print("    [dim]not about controls on chips[/dim]")
        return
    for line in on_lists(report):
        console.print(f"    [dim]{escape(line)}[/dim]")
    shown = [
        claim
        for claim in report.claims
        if full or claim.main or claim.verdict in {"contradicted", "partly", "confirmed"}
    ]
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    table.add_column(width=5)
    table.add_column(ratio=3)
    table.add_column(ratio=4, style="dim")
    for claim in shown if full else shown[:_MOST]:
        sign = Text(f"    {_SIGNS[claim.verdict]}", style=_COLORS[claim.verdict])
        table.add_row(sign, Text(said(claim)), Text(_record(claim)))
    console.print(table)
    if len(shown) > _MOST and not full:
        console.print(f"    [dim]and {len(shown) - _MOST} more[/dim]")


def _record(claim: Claim) -> str:
    proposal = f"{asked.in_words(claim.proposal)}. " if claim.proposal else ""
    verdict = claim.verdict if claim.verdict != "not in the record" else ""
    record = claim.record if len(claim.record) < 240 else claim.record[:237] + "…"
    return f"{proposal}{verdict}{': ' if verdict and record else ''}{record}"

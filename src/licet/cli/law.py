"""`licet law`: the lawbook itself. Show a provision, check the book, what changed when, two days compared."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.options import Format, print_json
from licet.errors import QuestionError

if TYPE_CHECKING:
    import datetime

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Read, check and compare the law.")


class Calendar(StrEnum):
    """How a timeline is printed."""

    TEXT = "text"
    JSON = "json"
    ICS = "ics"


def _day(text: str | None) -> datetime.date | None:
    from licet.facts import parse

    return parse("on", text) if text else None


@app.command()
def show(
    provision: Annotated[str | None, typer.Argument(help="A provision or a country group; all if left out.")] = None,
    on: Annotated[str | None, typer.Option(help="Only the version in force on this day.", metavar="YYYY-MM-DD")] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Print a provision, or a country group, with its history.

    \b
    licet law show 3A090.a --on 2023-11-17
    licet law show D5
    """
    from licet.cli import provision as page
    from licet.lex.law import current

    book = current()
    wanted = _day(on)
    if wanted is not None:
        book.on(wanted)
    if format_ is Format.JSON:
        print_json(page.plain(book, provision, wanted))
        return
    from licet.cli import paint

    paint.show(paint.console(), page.parts(book, provision, wanted))


@app.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(help="A lawbook folder; the one that comes with Licet if left out.")
    ] = None,
) -> None:
    """Prove that a lawbook keeps its own rules.

    \b
    licet law check my-lawbook/
    """
    from licet.lex.check import report
    from licet.lex.law import Law, current

    book = current() if path is None else Law.load(path)
    findings = [str(finding) for finding in report(book)]
    for finding in findings:
        print(finding)
    tests = sum(len(each.tests) for each in book.provisions.values())
    print(f"{len(book.provisions)} provisions, {tests} tests, {len(findings)} findings")
    if findings:
        raise typer.Exit(2)


@app.command()
def coverage(
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """List the systems of the regime: encoded, encoded in part and what is missing, or out of scope and why.

    \b
    licet law coverage
    licet law coverage --format json
    """
    from licet.cli import register
    from licet.lex.coverage import register as rows
    from licet.lex.law import current

    found = rows(current())
    if format_ is Format.JSON:
        print_json([row.to_dict() for row in found])
        return
    from licet.cli import paint

    paint.show(paint.console(), register.parts(found))


@app.command()
def book(
    folder: Annotated[Path, typer.Argument(help="A new folder, an empty one, or an older book.", metavar="OUT_DIR")],
    path: Annotated[
        Path | None, typer.Argument(help="A lawbook folder; the one that comes with Licet if left out.")
    ] = None,
) -> None:
    """Write the lawbook as a book: a page for each provision, as a static site that works offline.

    \b
    licet law book build/lawbook
    """
    from licet.book import write
    from licet.lex.law import Law, current

    count = write(current() if path is None else Law.load(path), folder)
    print(f"{count} pages; begin with {folder / 'index.html'}")


@app.command()
def timeline(
    from_: Annotated[str | None, typer.Option("--from", help="First day.", metavar="YYYY-MM-DD")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last day.", metavar="YYYY-MM-DD")] = None,
    touching: Annotated[
        str | None, typer.Option(help="Only what touches this provision or group.", metavar="ID")
    ] = None,
    format_: Annotated[Calendar, typer.Option("--format", help="ics is for calendars.")] = Calendar.TEXT,
) -> None:
    """List what happened when, and the days to come.

    \b
    licet law timeline --from 2025-01-01 --touching "742.6(a)(6)(iii)(A)"
    licet law timeline --from 2026-01-01 --format ics > deadlines.ics
    """
    from licet.cli import changes
    from licet.lex import history

    events = history.timeline(_day(from_), _day(to), touching)
    if format_ is Calendar.ICS:
        print(history.calendar(events, after=_day(from_)), end="")
    elif format_ is Calendar.JSON:
        print_json([event.to_dict() for event in events])
    else:
        from licet.cli import paint

        paint.show(paint.console(), changes.timeline(events))


@app.command()
def diff(
    day1: Annotated[str, typer.Argument(metavar="DAY1")],
    day2: Annotated[str, typer.Argument(metavar="DAY2")],
    orders: Annotated[Path | None, typer.Option(help="Also: which lines of this file change.", metavar="FILE")] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Compare the law of two days.

    \b
    licet law diff 2024-12-01 2024-12-02
    licet law diff 2025-01-12 2025-05-13 --orders orders.csv
    """
    from licet.cli import changes
    from licet.lex import history

    first, second = _day(day1), _day(day2)
    if first is None or second is None:
        raise QuestionError("two days are compared", next="write both as YYYY-MM-DD")
    found = history.diff(first, second)
    moved = changes.moved(orders, first, second) if orders else None
    if format_ is Format.JSON:
        print_json({"changes": [each.to_dict() for each in found], **({"orders": moved.to_dict()} if moved else {})})
        return
    from licet.cli import paint

    paint.show(paint.console(), changes.diff(found, moved))

"""`licet law`: the lawbook itself. Show a provision, check the book, what changed when, two days compared."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licet.cli.options import Format, print_json

if TYPE_CHECKING:
    import datetime

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Read, check and compare the law.")


class Calendar(StrEnum):
    """How a timeline is printed."""

    TEXT = "text"
    JSON = "json"
    ICS = "ics"


def day(text: str | None, otherwise: datetime.date) -> datetime.date:
    """The day that `text` writes.

    Raises:
        QuestionError: it is no day.
    """
    from licet.facts import parse

    found = parse("on", text) if text is not None else None
    return otherwise if found is None else found  # type: ignore[no-any-return]


@app.command()
def show(
    provision: Annotated[str | None, typer.Argument(help="A provision or a country group; all if left out.")] = None,
    on: Annotated[str | None, typer.Option(help="Only the version in force on this day.", metavar="YYYY-MM-DD")] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Print a provision with all its versions: licet law show 3A090.a"""
    from licet.cli import provision as page
    from licet.facts import parse
    from licet.lex.law import current

    book = current()
    wanted = parse("on", on) if on else None
    if wanted is not None:
        book.on(wanted)
    if format_ is Format.JSON:
        print_json(page.plain(book, provision, wanted))
        return
    from licet.cli import paint

    paint.show(paint.console(), page.parts(book, provision, wanted))


@app.command()
def check(
    path: Annotated[Path | None, typer.Argument(help="A lawbook folder; the one that comes with Licet if left out.")] = None,
) -> None:
    """Prove that a lawbook keeps its own rules: licet law check my-lawbook/"""
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
def timeline(
    from_: Annotated[str | None, typer.Option("--from", help="First day.", metavar="YYYY-MM-DD")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last day.", metavar="YYYY-MM-DD")] = None,
    touching: Annotated[str | None, typer.Option(help="Only what touches this provision or group.", metavar="ID")] = None,
    format_: Annotated[Calendar, typer.Option("--format", help="ics is for calendars.")] = Calendar.TEXT,
) -> None:
    """List what changed when: licet law timeline --from 2025-01-01 --touching 742.6"""
    import datetime

    from licet.lex import history
    from licet.lex.law import current

    start, end = day(from_, current().first), day(to, datetime.date(9999, 12, 31))
    if format_ is Calendar.ICS:
        print(history.calendar(start, end, touching=touching), end="")
        return
    events = list(history.timeline(start, end, touching=touching))
    if format_ is Calendar.JSON:
        print_json([event.to_dict() for event in events])
        return
    for event in events:
        print(event)


@app.command()
def diff(
    day1: Annotated[str, typer.Argument(metavar="DAY1")],
    day2: Annotated[str, typer.Argument(metavar="DAY2")],
    orders: Annotated[Path | None, typer.Option(help="Also: which lines of this file change.", metavar="FILE")] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Compare the law of two days: licet law diff 2025-05-12 2025-05-14"""
    from licet.facts import parse
    from licet.lex import history

    first, second = parse("on", day1), parse("on", day2)
    found: Any = history.diff(first, second) if orders is None else history.diff(first, second, orders=orders)
    if format_ is Format.JSON:
        print_json(found.to_dict())
    else:
        print(found)

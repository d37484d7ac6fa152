"""`licet review`: what reviewers decide about possible matches, and what they decided."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licet.cli.options import Format, Lists, Reviews, Second, country_of, day_of, held, need_parties, print_json
from licet.errors import FileError, QuestionError, did_you_mean

if TYPE_CHECKING:
    from licet.parties.reviews import Decision
    from licet.parties.reviews import Reviews as Book
    from licet.parties.screener import Screener

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Decide possible matches, and look at decisions.")

Json = Annotated[Format, typer.Option("--format", help="For people or for programs.")]
Country = Annotated[str | None, typer.Option(help="The party's country, where it was part of the question.")]


@app.command()
def decide(  # noqa: PLR0917 - typer passes them by name
    name: Annotated[str, typer.Argument(help="The party, as it was screened.")],
    entry: Annotated[str, typer.Argument(help="Id of the entry, as `licet screen` shows it.")],
    clear: Annotated[bool, typer.Option("--clear", help="It is another party.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="It is the listed party.")] = False,
    why: Annotated[str, typer.Option(help="The reason, for whoever reads it years later.")] = "",
    who: Annotated[str | None, typer.Option(help="The reviewer; the user of this computer.")] = None,
    country: Country = None,
    lists: Lists = None,
    reviews: Reviews = None,
    format_: Json = Format.TEXT,
) -> None:
    """Record that a match is another party, or the listed one. Nothing is ever deleted; a later decision counts.

    \b
    licet review decide "Sugon Bakery" entity_list-1a2b --clear --why "a bakery in Rome, VAT IT01"
    """
    need_parties()
    from licet.cli import paint
    from licet.parties import store
    from licet.parties.reviews import CLEARED, CONFIRMED
    from licet.parties.screener import index_of

    if clear == confirm:
        raise QuestionError("a match is either cleared or confirmed", next="say --clear or --confirm")
    index = index_of(held(lists).newest())
    place = country_of(country)
    hits = index.search(name, None, place, limit=None)
    hit = next((each for each in hits if each.id == entry), None)
    if hit is None:
        near = [each.id for each in hits if each.alert]
        hint = did_you_mean(entry, near) or (f"it may be {', '.join(near[:3])}" if near else "it matches no entry")
        raise QuestionError(f"{name!r} does not match an entry {entry!r}", next=hint)
    book = store.reviews(reviews, make=True)
    assert book is not None
    made = book.decide(hit, CLEARED if clear else CONFIRMED, who=who or getpass.getuser(), why=why, country=place)
    if format_ is Format.JSON:
        print_json(_plain(made))
    else:
        print(paint.plain(f"decision {made.number}: {_words(made)}"))


@app.command()
def history(
    name: Annotated[str | None, typer.Argument(help="One party; all if left out.")] = None,
    reviews: Reviews = None,
    format_: Json = Format.TEXT,
) -> None:
    """Show what was decided, by whom, when and why; oldest first.

    \b
    licet review history "Sugon Bakery"
    """
    found = _book(reviews).history(name)
    if format_ is Format.JSON:
        print_json([_plain(each) for each in found])
        return
    from rich.text import Text

    from licet.cli import paint

    if not found:
        print("Nothing was decided yet." if name is None else f"Nothing was decided about {paint.plain(name)}.")
    shown = [(Text(str(each.number)), Text(each.at[:10]), Text(paint.plain(_words(each)))) for each in found]
    if shown:
        paint.show(paint.console(), [paint.rows(*shown, widths=[5, 10])])


@app.command("open")
def open_(  # noqa: PLR0917 - typer passes them by name
    file: Annotated[
        Path | None, typer.Argument(help="A file of names; without it the decisions that a changed list reopens.")
    ] = None,
    on: Annotated[str | None, typer.Option(help="The day; today if left out.", metavar="YYYY-MM-DD")] = None,
    column: Annotated[str, typer.Option(help="The column with the names.")] = "name",
    country_column: Annotated[str | None, typer.Option(help="The column with the countries.")] = None,
    lists: Lists = None,
    reviews: Reviews = None,
    second_opinion: Second = None,
    format_: Json = Format.TEXT,
) -> None:
    """List the matches that a person still has to decide.

    \b
    licet review open customers.csv
    licet review open
    """
    need_parties()
    from licet.cli.options import screener

    unread = False
    if file is None:
        found = _reopened(lists, reviews)
    else:
        found, unread = _undecided(file, on, (column, country_column), screener(lists, reviews, second=second_opinion))
    if unread:
        print("Some rows could not be screened; `licet screen FILE --out OUT` says which.", file=sys.stderr)
    if format_ is Format.JSON:
        print_json(found)
        return
    from rich.text import Text

    from licet.cli import paint

    if not found:
        print("Nothing is left to decide.")
        return
    shown = [
        (
            Text(paint.plain(each["name"]), style="bold"),
            Text(paint.plain(f"{each['entry_name']}; {each['entry']}; {each['why']}")),
        )
        for each in found
    ]
    paint.show(paint.console(), [paint.rows(*shown, widths=[28])])


def _undecided(
    file: Path, on: str | None, columns: tuple[str, str | None], desk: Screener
) -> tuple[list[dict[str, Any]], bool]:
    """The matches of a file, and whether it has rows that could not be screened."""
    from licet.batch import files
    from licet.batch.names import Desk

    rows = Desk(desk, day_of(on), *columns)
    return [match for chunk in files.read(file, rows=50_000) for match in rows.open(chunk)], rows.unread


def _reopened(lists: Path | None, reviews: str | None) -> list[dict[str, Any]]:
    """The decisions that count for an entry as it was, where the entry is another one now."""
    entries = {entry.id: entry for entry in held(lists).newest().records}
    last: dict[tuple[str, str, str], Decision] = {}
    for each in _book(reviews).history():
        last[each.party, each.entry, each.country] = each
    found = []
    for each in last.values():
        entry = entries.get(each.entry)
        if entry is not None and entry.version != each.entry_version:
            why = f"{each.verdict} by {each.who} on {each.at[:10]}; the entry has changed since"
            found.append({"name": each.name, "country": each.country or None, "entry": each.entry,
                          "entry_name": entry.name, "why": why})  # fmt: skip
    return found


def _book(reviews: str | None) -> Book:
    need_parties()
    from licet.parties import store

    missing = reviews is not None and "://" not in reviews and not Path(reviews).exists()
    book = None if missing else store.reviews(reviews)
    if book is None:
        raise FileError("there are no decisions yet", where=reviews or str(store.decisions()),
                        next="`licet review decide` makes the first one")  # fmt: skip
    return book


def _plain(each: Decision) -> dict[str, Any]:
    import dataclasses

    return dataclasses.asdict(each)


def _words(each: Decision) -> str:
    what = "is not" if each.verdict == "cleared" else "is"
    place = f" ({each.country})" if each.country else ""
    return f"{each.name}{place} {what} {each.entry_name} ({each.entry}), says {each.who}: {each.why}"

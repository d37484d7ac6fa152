"""`licet lists`: the restricted-party lists that are held. Import, update, show and compare them; screen again."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licet.cli.options import Format, Lists, Reviews, Second, held, need_parties, print_json
from licet.errors import FileError, QuestionError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from licet.parties.archive import Archive, Change
    from licet.parties.record import Record
    from licet.parties.snapshot import Snapshot

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Hold, update and compare the party lists.")

Json = Annotated[Format, typer.Option("--format", help="For people or for programs.")]
Smaller = Annotated[
    bool, typer.Option("--accept-smaller", help="Take a list that lost more than a tenth of its entries.")
]


def _day(text: str | None) -> datetime.date | None:
    from licet.facts import parse

    return parse("on", text) if text else None


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSL (JSON or CSV), Entity List table, or FollowTheMoney JSON lines.")],
    day: Annotated[
        str | None, typer.Option(help="The day of the list; by default the day in its name, or today.")
    ] = None,
    lists: Lists = None,
    accept_smaller: Smaller = False,
    format_: Json = Format.TEXT,
) -> None:
    """Bring in an official list file: whole, or not at all.

    \b
    licet lists import consolidated.json --day 2026-11-20
    """
    need_parties()
    from licet.parties import store

    archive = store.lists(lists)
    made, change = archive.add(file, _day(day) or _named_day(file) or _today(), anyway=accept_smaller)
    _report(archive, made, change, format_)


def _named_day(file: Path) -> datetime.date | None:
    found = re.search(r"\d{4}-\d{2}-\d{2}", file.name)
    try:
        return datetime.date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


@app.command()
def update(
    lists: Lists = None,
    accept_smaller: Smaller = False,
    url: Annotated[str | None, typer.Option(help="Where the list is fetched, over https.", metavar="URL")] = None,
    format_: Json = Format.TEXT,
) -> None:
    """Fetch the official Consolidated Screening List and say what changed.

    A broken download, or one that is much smaller than the list held, changes nothing.

    \b
    licet lists update
    """
    need_parties()
    from licet.parties import archive as archives
    from licet.parties import store

    archive = store.lists(lists)
    made, change = archive.update(url or archives.OFFICIAL, day=_today(), anyway=accept_smaller)
    _report(archive, made, change, format_)


def _report(archive: Archive, made: Snapshot, change: Change, format_: Format) -> None:
    from licet.cli import listing

    ahead = made.day > _today() + datetime.timedelta(days=1)
    notes = [f"{made.day} lies in the future: until then nothing will be said to be missing"] if ahead else []
    if format_ is Format.JSON:
        folder = str(archive.folder)
        print_json({"day": str(made.day), "version": made.version, "folder": folder, "warnings": notes,
                    **listing.changes(change)})  # fmt: skip
        return
    from rich.text import Text

    from licet.cli import paint

    head = Text(f"list of {made.day}: {sum(listing.counts(made).values()):,} entries, {change}", style="bold")
    parts = [head, *listing.change_parts(change), paint.dim(f"held in {paint.plain(archive.folder)}"),
             *(Text(note, style="yellow") for note in notes)]  # fmt: skip
    paint.show(paint.console(), parts)


@app.command()
def show(
    what: Annotated[str | None, typer.Argument(help="A day that is held, an entry, or a name.")] = None,
    lists: Lists = None,
    limit: Annotated[int, typer.Option(help="Entries shown for a name.", min=1)] = 5,
    format_: Json = Format.TEXT,
) -> None:
    """Show which lists are held, one of them, or an entry.

    \b
    licet lists show
    licet lists show 2026-07-31
    licet lists show "Huawei Technologies Co., Ltd."
    """
    need_parties()
    archive = held(lists)
    from licet.cli import listing, paint
    from licet.cli.hits import record_parts

    data: Any
    parts: list[RenderableType]
    if what is None:
        found = [archive.get(day) for day in _days(archive)]
        data, parts = listing.held(found), [*listing.held_parts(found)]
    elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", what):
        day = _day(what)
        assert day is not None
        made = _open(archive, day)
        data, parts = listing.day(made), [*listing.day_parts(made)]
    else:
        entries = _entries(archive.newest(), what, limit)
        data = [listing.entry(each) for each in entries]
        parts = [part for each in entries for part in ("", *record_parts(each))][1:]
    if format_ is Format.JSON:
        print_json(data)
    else:
        paint.show(paint.console(), parts)


def _open(archive: Archive, day: datetime.date) -> Snapshot:
    days = _days(archive)
    if day not in days:
        raise FileError(f"no list of {day} is held", why=f"held are {', '.join(map(str, days))}",
                        next="`licet lists import FILE --day DAY` brings one in")  # fmt: skip
    return archive.get(day)


def _days(archive: Archive) -> list[datetime.date]:
    from licet.parties import bundled

    return sorted({*archive.days(), bundled().day})


def _entries(newest: Snapshot, what: str, limit: int) -> list[Record]:
    """The entry with this id, or those with a name like it."""
    from licet.parties.screener import index_of

    found = [entry for entry in newest.records if entry.id == what]
    if not found:
        found = [hit.record for hit in index_of(newest).search(what, limit=limit) if hit.alert]
    if not found:
        raise QuestionError(f"no entry is called {what!r}", next="`licet screen NAME` shows what is nearest")
    return found


@app.command()
def diff(
    first: Annotated[str | None, typer.Argument(help="A day that is held; the one before the newest.")] = None,
    second: Annotated[str | None, typer.Argument(help="A later day that is held; the newest.")] = None,
    lists: Lists = None,
    format_: Json = Format.TEXT,
) -> None:
    """Compare two of the lists that are held.

    \b
    licet lists diff 2026-07-31 2026-11-20
    """
    need_parties()
    from licet.cli import listing
    from licet.parties.archive import change

    before, after = _pair(held(lists), first, second)
    found = change(before.records, after.records)
    if format_ is Format.JSON:
        print_json({"from": str(before.day), "to": str(after.day), **listing.changes(found)})
        return
    from rich.text import Text

    from licet.cli import paint

    head = Text(f"from {before.day} to {after.day}: {found}", style="bold")
    paint.show(paint.console(), [head, *listing.change_parts(found)])


def _pair(archive: Archive, first: str | None, second: str | None) -> tuple[Snapshot, Snapshot]:
    """Two lists that are held, the earlier one first."""
    days = _days(archive)
    one, other = _day(first), _day(second)
    if len(days) < 2:
        raise FileError(f"only the list of {days[0]} is held", next="`licet lists update` fetches the newest one")
    other = other or days[-1]
    if one is None:
        one = max((day for day in days if day < other), default=other)
    if one >= other:
        raise QuestionError(f"{one} does not lie before {other}", why=f"held are {', '.join(map(str, days))}")
    return _open(archive, one), _open(archive, other)


@app.command()
def rescreen(  # noqa: PLR0917 - typer passes them by name
    customers: Annotated[Path, typer.Argument(help="CSV, JSON Lines, Parquet or Excel.", metavar="FILE")],
    since: Annotated[
        str | None, typer.Option(help="The list they were screened against; the one before the newest.")
    ] = None,
    column: Annotated[str, typer.Option(help="The column with the names.")] = "name",
    country_column: Annotated[str | None, typer.Option(help="The column with the countries.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write each row with what was found.", metavar="FILE")] = None,
    lists: Lists = None,
    reviews: Reviews = None,
    second_opinion: Second = None,
    format_: Json = Format.TEXT,
) -> None:
    """Screen a customer file against the entries that changed since an earlier list, and no others.

    \b
    licet lists rescreen customers.csv --since 2026-07-31
    """
    need_parties()
    from licet.batch.names import screen_file
    from licet.parties import store
    from licet.parties.archive import change
    from licet.parties.index import Index
    from licet.parties.screener import Screener

    before, after = _pair(held(lists), since, None)
    changed = change(before.records, after.records).touched()
    index = Index(changed, version=f"{after.version}, what changed since {before.day}")
    desk = Screener(index=index, reviews=store.reviews(reviews), second=second_opinion)
    tally = screen_file(customers, screener=desk, on=after.day, out=out, column=column, country=country_column)
    if format_ is Format.JSON:
        print_json({"from": str(before.day), "to": str(after.day), "entries": len(changed), **tally.to_dict()})
        return
    from rich.text import Text

    from licet.cli import paint
    from licet.cli.hits import tally_parts

    head = Text(f"{len(changed):,} entries added or modified from {before.day} to {after.day}", style="bold")
    paint.show(paint.console(), [head, *tally_parts(tally, customers)])
    if out is not None:
        print(f"written to {paint.plain(out)}")

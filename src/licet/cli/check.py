"""`licet check`: a file of orders, one answer for each line."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.options import Assume, Format, Lists, Owners, Reviews, Screen

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from licet.cli.progress import Report

#: A file of at most this many lines is also shown line by line.
SMALL = 200
#: From this width on each line of the file has a line of its own.
WIDE = 100


def check(  # noqa: PLR0917 - typer passes them by name
    file: Annotated[Path, typer.Argument(help="CSV, JSON Lines, Parquet or Excel.", metavar="FILE")],
    out: Annotated[
        Path | None, typer.Option(help="Write each line with its answer; the ending says the format.", metavar="FILE")
    ] = None,
    on: Annotated[str | None, typer.Option(help="The day for lines that have none.", metavar="YYYY-MM-DD")] = None,
    assume: Annotated[
        Assume,
        typer.Option(help="strict: nothing that was not given. ordinary: an ordinary party, each assumption listed."),
    ] = Assume.STRICT,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help="What a column is called in the vocabulary.", metavar="COLUMN=FACT"),
    ] = None,
    keep: Annotated[
        list[str] | None, typer.Option(help="A column that is no fact and is only kept; repeatable.", metavar="COLUMN")
    ] = None,
    fail_on: Annotated[
        list[str] | None, typer.Option(help="Exit with 1 when a line has this outcome; repeatable.", metavar="OUTCOME")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="json: the summary for programs.")] = Format.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no table, no summary.")] = False,
    screen: Screen = True,
    lists: Lists = None,
    reviews: Reviews = None,
    owners: Owners = None,
) -> None:
    """Answer every line of a file.

    \b
    licet check orders.csv
    licet check orders.csv --out answers.xlsx --fail-on prohibited
    licet check sap.csv --map Material=item --map ShipTo=to --keep Plant
    """
    from licet.batch import check_file
    from licet.cli.options import looker, outcomes, pairs, print_json
    from licet.facts import fact

    watched = outcomes(fail_on or ())
    rename = {column: fact(name).name for column, name in pairs(map_ or (), "--map").items()}
    look = looker(screen, lists, reviews, owners)
    kept = [name.strip() for word in keep or () for name in word.split(",") if name.strip()]
    with _progress(quiet or format_ is Format.JSON) as report:
        summary = check_file(
            file, out=out, assume=assume.value, on=on, rename=rename, keep=kept, progress=report, screen=look
        )
    if format_ is Format.JSON:
        print_json(summary.to_dict())
    elif not quiet:
        from licet.cli import paint
        from licet.cli import summary as page

        console = paint.console()
        if out is None and summary.lines <= SMALL:
            from licet.batch import lines

            frame = lines(file, assume=assume.value, on=on, rename=rename, keep=kept, screen=look)
            paint.show(console, [*page.lines(frame, rename, wide=console.width >= WIDE), ""])
        paint.show(console, page.parts(summary, file))
        if out is not None:
            print(f"written to {paint.plain(out)}")
    if any(summary.outcomes.get(outcome) for outcome in watched):
        raise typer.Exit(1)


def _progress(silent: bool) -> AbstractContextManager[Report]:
    from licet.cli.progress import nothing, shown

    return nothing() if silent or not sys.stderr.isatty() else shown()

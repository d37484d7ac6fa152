"""`licet screen`: names, or a file of names, held against the restricted-party lists of a day."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licet.cli.options import Explain, Format, Lists, Reviews, Second
from licet.errors import FileError, LicetError, QuestionError, did_you_mean

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from licet.cli.progress import Report
    from licet.parties.screener import Screener
    from licet.parties.screening import Screening

#: What ``--fail-on`` can name.
_WATCHED = ("listed", "possible", "problem")


def screen(  # noqa: PLR0917 - typer passes them by name
    names: Annotated[list[str], typer.Argument(help="Names in any script, or one file of names.", metavar="NAME|FILE")],
    on: Annotated[str | None, typer.Option(help="The day; today if left out.", metavar="YYYY-MM-DD")] = None,
    country: Annotated[str | None, typer.Option(help="The party's country; it can only lower or confirm.")] = None,
    address: Annotated[str | None, typer.Option(help="The party's street address.")] = None,
    explain: Annotated[
        Explain | None, typer.Option(help="Show why each hit matches, and what would clear it.", metavar="[all]")
    ] = None,
    limit: Annotated[int, typer.Option(help="Hits shown for one name.", min=1)] = 5,
    column: Annotated[str, typer.Option(help="In a file: the column with the names.")] = "name",
    country_column: Annotated[str | None, typer.Option(help="In a file: the column with the countries.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="In a file: write each row with what was found.", metavar="FILE")
    ] = None,
    careful: Annotated[
        bool | None,
        typer.Option("--careful/--quick", help="In a file: as single names (default up to 10,000 rows), or quicker."),
    ] = None,
    lists: Lists = None,
    reviews: Reviews = None,
    second_opinion: Second = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(help="Exit with 1 when a name is listed, possible, or a problem.", metavar="WHAT"),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    json_: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="In a file: no progress, no summary.")] = False,
) -> None:
    """Say on which restricted-party lists a party is.

    A killed run over a file goes on where it was when it is started again with the same --out.

    \b
    licet screen "Sugon" --on 2024-06-01 --country CN --explain
    licet screen 寒武纪 "Harmless Bakery"
    licet screen customers.csv --column company --out screened.csv
    """
    from licet.cli.options import country_of, day_of, print_json, screener

    watched = _watched(fail_on or ())
    desk = screener(lists, reviews, second=second_opinion)
    day = day_of(on)
    plain = json_ or format_ is Format.JSON
    file = _file(names)
    if file is not None:
        if country is not None or address is not None:
            raise QuestionError("--country and --address are about one name", next="for a file: --country-column")
        seen = _screen_file(file, desk, day, (column, country_column), out, careful=careful, plain=plain, quiet=quiet)
    else:
        if out is not None or country_column is not None:
            raise QuestionError("--out and --country-column are about a file of names", next="name one file")
        place = country_of(country)
        found = [_screen(desk, name, day, place, address) for name in names]
        seen = {"problem" if isinstance(each, LicetError) else str(each.status) for each in found}
        if plain:
            print_json([_to_dict(name, each) for name, each in zip(names, found, strict=True)])
        else:
            _show(names, found, desk, limit=limit, explain=explain)
        if all(isinstance(each, LicetError) for each in found):
            raise typer.Exit(2)
    if watched & seen:
        raise typer.Exit(1)


def _watched(wanted: Iterable[str]) -> frozenset[str]:
    given = [part.strip().casefold() for text in wanted for part in text.split(",") if part.strip()]
    for name in given:
        if name not in _WATCHED:
            raise QuestionError(f"--fail-on cannot be {name!r}", why=f"it is {', '.join(_WATCHED)}",
                                next=did_you_mean(name, _WATCHED))  # fmt: skip
    return frozenset(given)


def _file(names: Sequence[str]) -> Path | None:
    """The file that is meant, if the only word names one.

    Raises:
        FileError: it looks like a file that is not there; nobody is called "orders.csv".
    """
    from licet.batch.files import known

    likely = [name for name in names if name.casefold().endswith(known())]
    if not likely:
        return None
    if len(names) > 1:
        raise QuestionError("one file at a time, and no names beside it", next=f"licet screen {likely[0]}")
    path = Path(likely[0])
    if not path.exists():
        siblings = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        raise FileError("there is no such file", where=str(path), next=did_you_mean(path.name, siblings))
    return path


def _screen(
    desk: Screener, name: str, day: datetime.date, country: str | None, address: str | None
) -> Screening | LicetError:
    try:
        return desk.screen(name, day, country, address=address)
    except LicetError as error:
        return error


def _to_dict(name: str, found: Screening | LicetError) -> dict[str, Any]:
    if isinstance(found, LicetError):
        return {"name": name, "status": "problem", "problem": str(found)}
    return found.to_dict()


def _show(
    names: Sequence[str],
    found: Sequence[Screening | LicetError],
    desk: Screener,
    *,
    limit: int,
    explain: Explain | None,
) -> None:
    from rich.text import Text

    from licet.cli import paint
    from licet.cli.hits import parts

    console = paint.console()
    for number, (name, each) in enumerate(zip(names, found, strict=True)):
        if number:
            print()
        if isinstance(each, LicetError):
            paint.show(console, [Text(f"! {paint.plain(name)[:80]}: {paint.plain(each)}", style="magenta")])
        else:
            paint.show(console, parts(each, limit=limit, explain=bool(explain), nearest=desk.nearest))


def _screen_file(
    file: Path, desk: Screener, day: datetime.date, columns: tuple[str, str | None], out: Path | None, *,
    careful: bool | None, plain: bool, quiet: bool,
) -> set[str]:  # fmt: skip
    from licet.batch.names import screen_file
    from licet.cli.options import print_json

    with _progress(plain or quiet) as report:
        tally = screen_file(
            file, screener=desk, on=day, out=out, column=columns[0], country=columns[1], careful=careful,
            progress=report,
        )  # fmt: skip
    if plain:
        print_json(tally.to_dict())
    elif not quiet:
        from licet.cli import paint
        from licet.cli.hits import tally_parts

        paint.show(paint.console(), tally_parts(tally, file))
        if out is not None:
            print(f"written to {paint.plain(out)}")
    return {str(each) for each, count in tally.results.items() if count}


def _progress(silent: bool) -> AbstractContextManager[Report]:
    from licet.cli.progress import nothing, shown

    return nothing() if silent or not sys.stderr.isatty() else shown()

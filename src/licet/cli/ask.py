"""`licet ask`: one question."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from licet.cli.options import Assume, Explain, Format, Lists, Owners, Reviews, Screen


def ask(  # noqa: PLR0917 - typer passes them by name
    item: Annotated[str | None, typer.Option(help="Catalog id, name, alias or part number.", metavar="NAME")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Country of ultimate destination.", metavar="COUNTRY")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="Country it is shipped from.", metavar="COUNTRY")] = None,
    on: Annotated[str | None, typer.Option(help="Day of the act; today if left out.", metavar="YYYY-MM-DD")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Any fact of `licet facts`; repeatable.", metavar="FACT=VALUE")
    ] = None,
    assume: Annotated[
        Assume,
        typer.Option(help="strict: nothing that was not given. ordinary: an ordinary party, each assumption listed."),
    ] = Assume.STRICT,
    explain: Annotated[
        Explain | None,
        typer.Option(help="Show every step that bears on the answer; with `all`, all of the law.", metavar="[all]"),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    file: Annotated[
        Path | None, typer.Option(help="A question as a JSON object; - reads it from standard input.", metavar="FILE")
    ] = None,
    fail_on: Annotated[
        list[str] | None, typer.Option(help="Exit with 1 when this is the outcome; repeatable.", metavar="OUTCOME")
    ] = None,
    screen: Screen = True,
    lists: Lists = None,
    reviews: Reviews = None,
    owners: Owners = None,
) -> None:
    """Answer one question.

    \b
    licet ask --item nvidia-h20 --to CN --on 2025-05-01 --set end_user_hq=CN
    """
    from licet.api import ask as answer
    from licet.cli.options import looker, outcomes, pairs, print_json, question

    watched = outcomes(fail_on or ())
    named = {"item": item, "to": to, "from": from_, "on": on}
    asked = question(file, pairs(set_ or ()), named)
    found = answer(asked, assume=assume.value, screen=looker(screen, lists, reviews, owners))
    if format_ is Format.JSON:
        print_json(found.to_dict(trace=bool(explain)))
    else:
        from licet.cli.answer import show

        show(found, explain=explain)
    if found.outcome.value in watched:
        raise typer.Exit(1)

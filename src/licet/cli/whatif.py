"""`licet whatif`: a file of orders under the law, and as it would be under a proposal."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.options import Assume, Format, pairs, print_json
from licet.errors import QuestionError

if TYPE_CHECKING:
    from licet.lex.amend import Amendment


def whatif(  # noqa: PLR0917 - typer passes them by name
    name: Annotated[
        str | None,
        typer.Argument(help="A proposal, or after --supply a scenario; listed if left out.", metavar="[NAME]"),
    ] = None,
    orders: Annotated[
        Path | None, typer.Argument(help="CSV, JSON Lines, Parquet or Excel.", metavar="[ORDERS]")
    ] = None,
    variant: Annotated[
        str | None, typer.Option(help="Which variant; the first that can be applied if left out.", metavar="NAME")
    ] = None,
    on: Annotated[str | None, typer.Option(help="A day on which all orders take place.", metavar="YYYY-MM-DD")] = None,
    amendment: Annotated[
        Path | None, typer.Option(help="An amendment of your own, instead of NAME.", metavar="FILE")
    ] = None,
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
    out: Annotated[
        Path | None, typer.Option(help="Write each line with both answers; the ending says the format.", metavar="FILE")
    ] = None,
    check: Annotated[
        Path | None, typer.Option("--check", help="Prove an amendment, and run its tests.", metavar="FILE")
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="Print an amendment to begin with.")] = False,
    supply: Annotated[
        bool,
        typer.Option(
            "--supply", help="How many accelerators are made: NAME is a scenario, a file, published, cost or clusters."
        ),
    ] = False,
    plot: Annotated[Path | None, typer.Option(help="With --supply: draw it.", metavar="FILE.svg")] = None,
    seed: Annotated[int | None, typer.Option(help="With --supply: names the draws.", metavar="NUMBER")] = None,
    draws: Annotated[int | None, typer.Option(help="With --supply: how many draws.", metavar="NUMBER")] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Answer a file of orders before and after an amendment.

    \b
    licet whatif
    licet whatif relax-hbm
    licet whatif relax-hbm orders.csv --variant A1 --on 2026-08-01
    licet whatif --template > mine.yaml
    licet whatif --check mine.yaml
    licet whatif --amendment mine.yaml orders.csv --out both.xlsx

    With --supply, how many accelerators a supply chain makes in a year.

    \b
    licet whatif --supply
    licet whatif --supply published --plot published.svg
    licet whatif --supply clusters
    licet whatif --supply --template > mine.yaml
    licet whatif --supply mine.yaml
    """
    if supply:
        given = {"ORDERS": orders, "--variant": variant, "--on": on, "--amendment": amendment, "--map": map_,
                 "--keep": keep, "--out": out, "--check": check}  # fmt: skip
        _supply(name, given, template=template, seed=seed, draws=draws, plot=plot, format_=format_)
        return
    for option, value in (("--plot", plot), ("--seed", seed), ("--draws", draws)):
        if value is not None:
            raise QuestionError(f"{option} is about supply", next=f"write `licet whatif --supply {option} {value}`")
    from licet.scenarios import shelf as book

    if template:
        print(book.template(), end="")
        return
    if check is not None:
        _check(book.read(check), format_)
        return
    if amendment is not None:
        if name is not None and orders is not None:
            raise QuestionError("both a proposal and --amendment are named", next="leave one of them out")
        chosen, orders = book.read(amendment), orders or (Path(name) if name else None)
    elif name is None:
        _list(list(book.proposals().values()), format_)
        return
    else:
        chosen = book.find(name)
    if orders is None:
        _show(chosen, variant, format_)
        return
    from licet.facts import fact
    from licet.scenarios import whatif as compare

    rename = {column: fact(word).name for column, word in pairs(map_ or (), "--map").items()}
    kept = [word.strip() for words in keep or () for word in words.split(",") if word.strip()]
    found = compare(orders, chosen, variant, on=on, assume=assume.value, rename=rename, keep=kept, out=out)
    if format_ is Format.JSON:
        print_json(found.to_dict())
        return
    from licet.cli import comparison, paint

    paint.show(paint.console(), comparison.parts(found, orders))
    if out is not None:
        print(f"written to {paint.plain(out)}")


def _supply(
    name: str | None,
    given: Mapping[str, object],
    *,
    template: bool,
    seed: int | None,
    draws: int | None,
    plot: Path | None,
    format_: Format,
) -> None:
    """The supply model instead of an amendment; what belongs to an amendment is refused, not passed over."""
    for word, value in given.items():
        if value:
            raise QuestionError(f"{word} is about amendments and has no place beside --supply", next="leave it out")
    if template:
        from licet.supply import scenario

        print(scenario.text("ascend"), end="")
        return
    from licet.cli.supply import supply
    from licet.supply import model

    supply(
        name, seed=model.SEED if seed is None else seed, draws=model.DRAWS if draws is None else draws, plot=plot,
        format_=format_,
    )  # fmt: skip


def _list(known: list[Amendment], format_: Format) -> None:
    from licet.cli import comparison, paint

    if format_ is Format.JSON:
        print_json([comparison.plain(each) for each in known])
    else:
        paint.show(paint.console(), comparison.listed(known))


def _show(chosen: Amendment, variant: str | None, format_: Format) -> None:
    from licet.cli import comparison, paint
    from licet.lex.law import current

    if format_ is Format.JSON:
        print_json(comparison.plain(chosen))
    else:
        paint.show(paint.console(), comparison.described(chosen, variant, current()))


def _check(chosen: Amendment, format_: Format) -> None:
    from licet.lex.law import current
    from licet.scenarios.proof import report

    found = report(chosen, current())
    if format_ is Format.JSON:
        print_json([each.to_dict() for each in found])
    else:
        for each in found:
            print(each)
    if any(each.failures for each in found):
        raise typer.Exit(2)

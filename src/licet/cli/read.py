"""`licet read`: reports in any language, held against the record, and what they ask for tried on a file of orders."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

import enum
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from licet.newswire import Batch
    from licet.scenarios import Comparison


class Shape(enum.StrEnum):
    """How a batch of reports is shown."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def read(  # noqa: PLR0917 - typer passes them by name
    files: Annotated[list[Path], typer.Argument(help="Texts, web pages, RSS or Atom feeds, JSON Lines, or folders.")],
    on: Annotated[str | None, typer.Option(help="The day of reports that state none.", metavar="DATE")] = None,
    format_: Annotated[Shape, typer.Option("--format", help="A digest, JSON Lines, or one HTML page.")] = Shape.TEXT,
    out: Annotated[Path | None, typer.Option(help="Write there instead of printing.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Every claim of every report.")] = False,
    whatif: Annotated[
        Path | None, typer.Option(help="Answer these orders under each change the reports ask for.", metavar="ORDERS")
    ] = None,
    orders_on: Annotated[str | None, typer.Option(help="A day on which all orders take place.", metavar="DATE")] = None,
) -> None:
    """Say what reports claim, and whether the record confirms it.

    \b
    licet read reports/
    licet read reports/ --format html --out reports.html
    licet read reports/ --whatif orders.csv
    """
    from licet.errors import LicetError
    from licet.facts import parse

    try:
        from licet import newswire
    except ModuleNotFoundError as error:
        raise LicetError(
            f"`licet read` needs the package {error.name}", next="install Licet as licet[newswire]"
        ) from None
    batch = newswire.read(files, on=None if on is None else parse("on", on))
    tried = [] if whatif is None else list(_tried(batch, whatif, orders_on))
    if format_ is Shape.TEXT and out is None:
        _print(batch, tried, whatif, full=full)
    else:
        _write(_text(batch, tried, format_, whatif), out)
    if not batch.reports:
        raise typer.Exit(2)


def _tried(batch: Batch, orders: Path, on: str | None) -> Iterator[tuple[str, Comparison | None]]:
    """Each change asked for, once, with what it makes of the orders; None where no amendment models it."""
    from licet.newswire.asked import modelled
    from licet.scenarios import whatif

    for name in dict.fromkeys(c.proposal for report in batch.reports for c in report.claims if c.proposal):
        chosen, variant = modelled(name)
        yield name, None if variant.cannot else whatif(orders, chosen, variant.name or None, on=on)


def _print(batch: Batch, tried: list[tuple[str, Comparison | None]], orders: Path | None, *, full: bool) -> None:
    from rich.console import Console

    from licet.cli import comparison, paint
    from licet.newswire.asked import in_words
    from licet.newswire.digest import print_digest

    print_digest(batch, Console(highlight=False), full=full)
    for name, found in tried:
        print()
        if found is None:
            print(in_words(name))
        else:
            paint.show(paint.console(), comparison.parts(found, orders or Path()))
    if orders is not None and not tried:
        print("\nNo claim asks for a change that could be tried on the orders.")


def _text(batch: Batch, tried: list[tuple[str, Comparison | None]], shape: Shape, orders: Path | None) -> str:
    from licet.newswire import lines, page
    from licet.newswire.asked import in_words

    if shape is Shape.HTML:
        rows = [(in_words(name), _short(found)) for name, found in tried]
        return page.page(batch, tried=rows)
    records = [
        json.dumps({"type": "WhatIf", "proposal": name, "orders": str(orders), "what": in_words(name)}
                   | ({} if found is None else {"comparison": found.to_dict()}), ensure_ascii=False)
        for name, found in tried
    ]  # fmt: skip
    return "".join(f"{line}\n" for line in (*lines.lines(batch), *records))


def _short(found: Comparison | None) -> str:
    if found is None:
        return ""
    counts = [
        ", ".join(f"{n:,} {o.replace('_', ' ')}" for o, n in side.items()) for side in (found.before, found.after)
    ]
    return f"{found.moved:,} of {found.lines:,} orders are answered otherwise. Before: {counts[0]}. After: {counts[1]}."


def _write(text: str, out: Path | None) -> None:
    from licet.errors import FileError

    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FileError("the file cannot be written", where=str(out), why=error.strerror or "") from None

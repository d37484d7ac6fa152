"""`licet read`: reports in any language, held against the record."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer


class Shape(enum.StrEnum):
    """How a batch of reports is shown."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def read(
    files: Annotated[list[Path], typer.Argument(help="Texts, web pages, RSS or Atom feeds, JSON Lines, or folders.")],
    on: Annotated[str | None, typer.Option(help="The day of reports that state none.", metavar="DATE")] = None,
    format_: Annotated[Shape, typer.Option("--format", help="A digest, JSON Lines, or one HTML page.")] = Shape.TEXT,
    out: Annotated[Path | None, typer.Option(help="Write there instead of printing.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Every claim of every report.")] = False,
) -> None:
    """Say what reports claim, and whether the record confirms it.

    \b
    licet read reports/ --format html --out reports.html
    """
    from rich.console import Console

    from licet.errors import FileError, LicetError
    from licet.facts import parse

    try:
        from licet import newswire
        from licet.newswire import digest, lines, page
    except ModuleNotFoundError as error:
        raise LicetError(
            f"`licet read` needs the package {error.name}", next="install Licet as licet[newswire]"
        ) from None
    batch = newswire.read(files, on=None if on is None else parse("on", on))
    if format_ is Shape.TEXT and out is None:
        digest.print_digest(batch, Console(highlight=False), full=full)
    else:
        text = page.page(batch) if format_ is Shape.HTML else "".join(f"{line}\n" for line in lines.lines(batch))
        if out is None:
            typer.echo(text, nl=False)
        else:
            try:
                out.write_text(text, encoding="utf-8")
            except OSError as error:
                raise FileError("the file cannot be written", where=str(out), why=error.strerror or "") from None
    if not batch.reports:
        raise typer.Exit(2)

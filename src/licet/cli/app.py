"""The commands of `licet`, each in a module of its own; none of them is imported deeper than its options need."""

from __future__ import annotations

from typing import Annotated

import typer

from licet.cli import ask, catalog, check, classify, facts, law

HELP = """
US export-control law for AI chips, as executable, dated law.

Is a license needed, under which words of the law, what overcomes it, what is still unknown?

    licet ask --item nvidia-h100-sxm --to DE --on 2024-06-01
"""

app = typer.Typer(
    name="licet", help=HELP, no_args_is_help=True, add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
app.command("ask")(ask.ask)
app.command("check")(check.check)
app.command("classify")(classify.classify)
app.command("catalog")(catalog.catalog)
app.command("facts")(facts.facts)
app.add_typer(law.app, name="law")


def _version(wanted: bool) -> None:
    if wanted:
        from licet import __version__
        from licet.lex.law import current

        book = current()
        print(f"licet {__version__}, lawbook {book.version} ({book.sha256[:12]}), verified through {book.verified_through}")
        raise typer.Exit


@app.callback()
def licet(
    version: Annotated[
        bool, typer.Option("--version", help="Print the versions of Licet and of its lawbook.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Shared by all commands."""


licet.__doc__ = HELP

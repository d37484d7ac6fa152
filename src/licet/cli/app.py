"""The commands of `licet`, each in a module of its own; none of them is imported deeper than its options need."""

from __future__ import annotations

from typing import Annotated

import typer

from licet.cli import ask, catalog, check, classify, facts, law, lists, read, review, screen, whatif

HELP = """
US export-control law for AI chips, as executable, dated law.

Is a license needed, under which words of the law, what overcomes it, how would an application be reviewed, and what is
still unknown? Not legal advice.

\b
Examples:
  licet ask --item nvidia-h100-sxm --to DE --on 2024-06-01
  licet check orders.csv --out answers.xlsx --fail-on prohibited
  licet classify nvidia-rtx-4090 --on 2024-06-01
  licet catalog h20
  licet law show 3A090.a --on 2023-11-17
  licet facts end_user_hq
  licet whatif relax-hbm orders.csv --on 2026-08-01
  licet read reports/ --format html --out reports.html
  licet screen "Sugon" --on 2024-06-01 --explain

\b
Exit status: 0 answered; 1 --fail-on found its outcome;
2 the call or the input is at fault.
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
app.command("whatif")(whatif.whatif)
app.command("read")(read.read)
app.command("screen")(screen.screen)
app.add_typer(law.app, name="law")
app.add_typer(lists.app, name="lists")
app.add_typer(review.app, name="review")


def _version(wanted: bool) -> None:
    if wanted:
        from licet import __version__
        from licet.lex.law import current

        book = current()
        print(f"licet {__version__}")
        print(f"lawbook {book.version} ({book.sha256[:12]}), verified through {book.verified_through}")
        raise typer.Exit


@app.callback()
def licet(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the versions of Licet and of its lawbook.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Shared by all commands."""


licet.__doc__ = HELP

"""`licet classify`: under which paragraph an item falls, and why."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licet.cli.options import Explain, Format

if TYPE_CHECKING:
    from rich.console import RenderableType

    from licet.decision.determination import Determination


def classify(
    item: Annotated[str, typer.Argument(help="Catalog id, name, alias or part number; - for none.", metavar="ITEM")],
    on: Annotated[str | None, typer.Option(help="Day of the law; today if left out.", metavar="YYYY-MM-DD")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="A fact of the item; repeatable.", metavar="FACT=VALUE")
    ] = None,
    explain: Annotated[Explain | None, typer.Option(help="Show every step.", metavar="[all]")] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Find the ECCN of an item, and why.

    \b
    licet classify nvidia-rtx-4090 --on 2024-06-01 --explain
    licet classify - --set tpp=5000 --set datacenter=yes
    """
    from licet.api import ask
    from licet.cli.options import pairs, print_json, question

    named = {"item": None if item == "-" else item, "on": on}
    answer = ask(question(None, pairs(set_ or ()), named))
    if format_ is Format.JSON:
        print_json(described(answer, trace=bool(explain)))
        return
    from licet.cli import paint

    paint.show(paint.console(), _parts(answer, explain))


def missing(answer: Determination) -> list[str]:
    """The facts about the item that keep the classification open."""
    from licet.decision.question import GUESSES
    from licet.facts import FACTS, Subject

    if answer.eccn and not answer.eccn_possible:
        return []
    return [name for name in answer.missing if FACTS[name].of is Subject.ITEM and name not in GUESSES]


def described(answer: Determination, *, trace: bool) -> dict[str, Any]:
    """The classification as plain data."""
    from licet.facts import FACTS, Subject, shown

    plain: dict[str, Any] = {
        "item": answer.question.item or None, "on": answer.question.on.isoformat(), "eccn": list(answer.eccn),
        "eccn_possible": list(answer.eccn_possible), "missing": missing(answer),
        "facts": {
            name: shown(value) for name, value in answer.question.known.items()
            if name in FACTS and FACTS[name].of is Subject.ITEM
        },
        "unverified": list(answer.question.doubts), "law": answer.law,
    }  # fmt: skip
    if trace:
        plain["trace"] = [finding.to_dict() for finding in answer.trace if finding.kind == "eccn"]
    return plain


def _parts(answer: Determination, explain: Explain | None) -> Iterator[RenderableType]:
    from rich.text import Text

    from licet.cli import paint

    known = answer.question.known
    name = answer.question.item or paint.plain(known.get("item", "this item"))
    eccn = ", ".join(answer.eccn) or f"not settled: {', '.join(answer.eccn_possible) or 'too little is known'}"
    yield paint.join(Text(eccn, style="bold"), f"  {name}, on {answer.question.on}", sep="")
    if answer.eccn and answer.eccn_possible:
        yield f"  may also be {', '.join(answer.eccn_possible)}"
    yield ""
    yield from _facts(answer)
    yield from _why(answer, explain)


def _facts(answer: Determination) -> Iterator[RenderableType]:
    from rich.text import Text

    from licet.cli import paint
    from licet.cli.catalog import short
    from licet.facts import FACTS, Subject

    for name, value in answer.question.known.items():
        entry = FACTS.get(name)
        if entry and entry.of is Subject.ITEM and not entry.derived and name != "item":
            doubt = Text("unverified", style="yellow") if name in answer.question.doubts else ""
            yield paint.rows((name, paint.join(short(value), entry.unit, doubt)), widths=[24], indent=2)
    lacking = missing(answer)
    if lacking:
        yield ""
        yield Text("  To settle it, find out", style="bold")
        yield paint.rows(*((Text(name, style="bold"), FACTS[name].question) for name in lacking), widths=[24], indent=4)


def _why(answer: Determination, explain: Explain | None) -> Iterator[RenderableType]:
    from licet.cli import paint
    from licet.cli.outline import Page
    from licet.unknown import Truth

    ranked = [each for each in answer.trace if each.kind == "eccn"]
    kept = [each for each in ranked if explain is Explain.ALL or each.enforced is not Truth.NO]
    if explain:
        page = Page(
            {each.provision: each for each in answer.trace}, explain is Explain.ALL, {each.provision for each in kept}
        )
        for finding in kept:
            yield ""
            yield from page.provision(finding)
        return
    yield ""
    for finding in kept:
        yield paint.rows((paint.truth(finding.enforced), f"{finding.provision}: {finding.title}"), widths=[1], indent=2)
        yield paint.rows((paint.dim(f"{finding.cite}; {finding.by}, from {finding.since}"),), indent=4)

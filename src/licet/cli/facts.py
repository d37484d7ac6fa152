"""`licet facts`: the vocabulary."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from licet.cli.options import Format

if TYPE_CHECKING:
    from rich.console import RenderableType

    from licet.facts import Fact


def facts(
    name: Annotated[
        str | None, typer.Argument(help="A fact, or a part of the names to list.", metavar="[NAME]")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of a question.")] = False,
) -> None:
    """List the facts a question can hold, or show one.

    \b
    licet facts end_user_hq
    licet facts --schema
    """
    from licet.cli.options import print_json

    if schema:
        from licet.facts import schema as made

        print_json(made())
        return
    chosen = _chosen(name)
    if format_ is Format.JSON:
        print_json([described(each) for each in chosen])
        return
    from licet.cli import paint

    out = paint.console()
    paint.show(out, _card(chosen[0]) if len(chosen) == 1 else _list(chosen))


def _chosen(name: str | None) -> list[Fact]:
    from licet.facts import FACTS, SHORT, fact

    if name is None:
        return list(FACTS.values())
    if name in FACTS or name in SHORT:
        return [fact(name)]
    return [each for each in FACTS.values() if name.casefold() in each.name] or [fact(name)]


def described(each: Fact) -> dict[str, Any]:
    """One entry of the vocabulary as plain data."""
    from licet.facts import shown

    return {
        "name": each.name, "kind": each.kind.value, "of": each.of.value, "question": each.question, "unit": each.unit,
        "values": dict(each.values) if each.values else None, "ratio": list(each.ratio) if each.ratio else None,
        "ordinary": shown(each.ordinary) if each.ordinary is not None else None, "role": each.role, "cite": each.cite,
        "derived": each.derived,
    }  # fmt: skip


def _list(chosen: list[Fact]) -> list[RenderableType]:
    from rich.text import Text

    from licet.cli import paint

    parts: list[RenderableType] = []
    for subject in dict.fromkeys(each.of for each in chosen):
        table = paint.table(
            (subject.value.upper(), {"no_wrap": True, "min_width": 26}), ("kind", {"no_wrap": True}), "question"
        )
        for each in chosen:
            if each.of is subject:
                table.add_row(Text(each.name, style="bold"), each.unit or each.kind.value, each.question)
        parts += [table, ""]
    return [
        *parts,
        paint.dim("licet facts NAME shows one with its values; --format json and --schema are for programs."),
    ]


def _card(each: Fact) -> list[RenderableType]:
    from rich.text import Text

    from licet.cli import paint
    from licet.facts import SHORT, shown

    short = [name for name, full in SHORT.items() if full == each.name]
    lines = [("kind", each.kind.value), ("unit", each.unit), ("about", each.of.value), ("short", ", ".join(short))]
    lines += [("quotient of", " over ".join(each.ratio or ())), ("source", each.cite)]
    lines += [("given", "cannot be given; it follows from other facts" if each.derived else "")]
    ordinary = shown(each.ordinary) if each.ordinary is not None else None
    if isinstance(ordinary, dict):
        ordinary = f"{', '.join(map(str, ordinary['among']))} ({ordinary.get('why', 'any of these')})"
    lines += [("ordinary", str(ordinary) if ordinary is not None else "")]
    card: list[RenderableType] = [Text(each.name, style="bold"), paint.rows((each.question,), indent=2), ""]
    card += [paint.rows((paint.dim(label), value), widths=[12], indent=2) for label, value in lines if value]
    if each.values:
        card += ["", paint.rows(*((Text(k, style="bold"), v) for k, v in each.values.items()), widths=[26], indent=2)]
    return card

"""`licet catalog`: what is known of chips, memory and systems."""

# ruff: noqa: D301 - \b keeps the lines of an example apart in --help
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licet.cli.options import Format

if TYPE_CHECKING:
    from rich.console import RenderableType

    from licet.catalog import Item


#: Kinds of items in few letters.
KINDS = {"integrated_circuit": "chip", "assembly": "board", "computer": "system"}


def catalog(
    text: Annotated[
        str | None, typer.Argument(help="A name, alias or part number, or a piece of one.", metavar="[TEXT]")
    ] = None,
    vendor: Annotated[str | None, typer.Option(help="Only items of this maker.", metavar="NAME")] = None,
    kind: Annotated[str | None, typer.Option(help="Only items of this item_kind.", metavar="KIND")] = None,
    format_: Annotated[Format, typer.Option("--format", help="For people or for programs.")] = Format.TEXT,
) -> None:
    """List the items Licet knows, or show one.

    \b
    licet catalog h20
    licet catalog --vendor huawei --kind computer
    """
    from licet.cli.options import print_json

    chosen = choose(text, vendor, kind)
    if format_ is Format.JSON:
        print_json([described(item) for item in chosen])
        return
    from licet.cli import paint

    out = paint.console()
    if len(chosen) == 1:
        paint.show(out, card(chosen[0]))
    else:
        paint.show(
            out, [_table(chosen), "", paint.dim(f"{len(chosen)} items; licet catalog ID shows one with its sources")]
        )


def choose(text: str | None, vendor: str | None, kind: str | None) -> list[Item]:
    """The items that fit; the one that bears the name, when one does.

    Raises:
        QuestionError: no item fits.
    """
    from licet.catalog import items
    from licet.errors import UnknownItem, did_you_mean
    from licet.facts import parse

    wanted = parse("item_kind", kind) if kind else None
    pool = [item for item in items() if wanted in (None, item.kind)]
    if vendor:
        makers = sorted({item.vendor for item in pool})
        pool = [item for item in pool if vendor.casefold() in item.vendor.casefold()]
        if not pool:
            raise UnknownItem(f"the catalog holds no item of {vendor!r}", next=did_you_mean(vendor, makers))
    if not text:
        return pool
    return _named(text, pool)


def _named(text: str, pool: list[Item]) -> list[Item]:
    from licet.catalog import find
    from licet.errors import UnknownItem

    if text.casefold() in {item.id for item in pool}:
        return [find(text)]
    from licet.catalog.names import key

    piece = key(text)
    found = [item for item in pool if any(piece in key(name) for name in (item.id, item.name, *item.aliases))]
    if found:
        return found
    try:
        item = find(text)
    except UnknownItem as error:
        raise UnknownItem(error.what, why=error.why, next=error.next) from None
    if item not in pool:
        raise UnknownItem(f"{item.id} is not among the items chosen", next="leave out --vendor or --kind")
    return [item]


def described(item: Item) -> dict[str, Any]:
    """One item as plain data."""
    from licet.facts import shown

    return {
        "id": item.id, "name": item.name, "vendor": item.vendor, "kind": item.kind, "aliases": list(item.aliases),
        "facts": {name: shown(value) for name, value in item.facts.items()}, "source": item.source,
        "confidence": item.confidence, "unverified": list(item.unverified), "notes": item.notes,
        "tpp_by_format": {name: shown(value) for name, value in item.tpp_by_format.items()},
    }  # fmt: skip


def short(value: Any) -> str:
    """A value in few letters; a range of candidates as its two ends."""
    from decimal import Decimal

    from licet.facts import shown
    from licet.unknown import Among

    if value is None:
        return ""
    if isinstance(value, Among):
        if all(isinstance(each, Decimal) for each in value.values):
            return f"{short(min(value.values))} or {short(max(value.values))}"
        return " or ".join(sorted(str(shown(each)) for each in value.values))
    if isinstance(value, Decimal):
        return f"{value.quantize(Decimal('0.01')).normalize():,f}" if value < 10**9 else f"{value:,}"
    return str(shown(value))


def density(known: Any) -> Any:
    """The performance density, from both sides where they are single numbers."""
    from decimal import Decimal

    tpp, area = known.get("tpp"), known.get("die_area_mm2")
    if isinstance(tpp, Decimal) and isinstance(area, Decimal) and area:
        return tpp / area
    return known.get("performance_density")


def _table(chosen: Iterable[Item]) -> RenderableType:
    from rich.text import Text

    from licet.cli import paint

    number: dict[str, Any] = {"justify": "right", "no_wrap": True}
    table = paint.table(
        "id", ("kind", {"no_wrap": True}), ("TPP", number), ("TPP/mm2", number), ("DRAM GB/s", number),
        ("data center", {"max_width": 6}),
    )  # fmt: skip
    for item in chosen:
        known = item.facts
        bandwidth = known.get("dram_bandwidth_gbs", known.get("memory_bandwidth_gbs"))
        table.add_row(
            Text(item.id, style="bold"), KINDS.get(item.kind, item.kind), short(known.get("tpp")),
            short(density(known)), short(bandwidth), short(known.get("datacenter")),
        )  # fmt: skip
    return table


def card(item: Item) -> list[RenderableType]:
    """Everything about one item."""
    from rich.text import Text

    from licet.cli import paint
    from licet.facts import FACTS

    parts: list[RenderableType] = [
        Text(item.name, style="bold"),
        f"  {item.id}, {item.vendor}, {paint.words(item.kind)}",
        "",
    ]
    for name, value in item.facts.items():
        doubt = Text("  unverified", style="yellow") if name in item.unverified else Text()
        why = paint.dim(f"  {value.why}") if getattr(value, "why", "") else Text()
        unit = FACTS[name].unit
        text = paint.join(f"{short(value)} {unit}".rstrip(), why, doubt, sep="")
        parts.append(paint.rows((name, text), widths=[24], indent=2))
    if item.tpp_by_format:
        rates = ", ".join(f"{name} {short(value)}" for name, value in item.tpp_by_format.items())
        parts.append(paint.rows(("TPP by format, dense", rates), widths=[24], indent=2))
    parts.append("")
    confidence = {"P": "a primary document was read", "S": "a secondary source was read", "M": "unverified"}
    lines = [("also called", "; ".join(item.aliases)), ("source", item.source), ("notes", item.notes),
             ("confidence", f"{item.confidence}: {confidence.get(item.confidence, '')}")]  # fmt: skip
    return [*parts, *(paint.rows((paint.dim(label), text), widths=[24], indent=2) for label, text in lines if text)]

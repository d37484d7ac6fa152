"""How proposals and what they would change look on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from licet.cli import paint
from licet.cli.paint import dim, join
from licet.decision.determination import Outcome
from licet.lex.words import sentence

if TYPE_CHECKING:
    from licet.lex.amend import Amendment, Patch, Variant
    from licet.lex.law import Law
    from licet.scenarios import Comparison, Move

_BAR, _MOST = 24, 40


def plain(each: Amendment) -> dict[str, Any]:
    """A proposal as plain data."""
    variants = [
        {
            "name": one.name, "title": one.title, "note": one.note, "cannot": one.cannot,
            "since": one.since.isoformat() if one.since else None,
            "provisions": [patch.provision for patch in one.patches],
        }
        for one in each.variants.values()
    ]  # fmt: skip
    return {
        "id": each.id, "title": each.title, "status": each.status, "source": each.source, "note": each.note,
        "variants": variants,
    }  # fmt: skip


def listed(known: Sequence[Amendment]) -> Iterator[RenderableType]:
    """Every proposal with its status and variants."""
    for each in known:
        yield join(Text(each.id, style="bold"), Text(each.status, style="cyan"), sep="  ")
        yield paint.rows((each.title,), indent=2)
        yield from (_variant(one) for one in each.variants.values() if one.name or one.cannot)
    yield ""
    yield dim("licet whatif NAME shows what changes, licet whatif NAME ORDERS what comes of it.")


def _variant(one: Variant) -> RenderableType:
    title = one.title if one.name else "as a whole"
    text = dim(f"{title} (not written as patches: {one.cannot})") if one.cannot else Text(title)
    return paint.rows((Text(one.name, style="bold"), text), widths=[4], indent=4)


def described(chosen: Amendment, variant: str | None, law: Law) -> Iterator[RenderableType]:
    """A proposal in full: its source, and each patch of one variant (or of all) in words."""
    yield join(Text(chosen.title, style="bold"), Text(chosen.status, style="cyan"), sep="  ")
    for label, text in (("source", chosen.source), ("note", chosen.note)):
        if text:
            yield paint.rows((dim(label), text), widths=[6])
    wanted = [chosen.variant(variant)] if variant else list(chosen.variants.values())
    for one in wanted:
        yield ""
        if one.name or one.cannot:
            yield _variant(one)
        if one.note:
            yield paint.rows((dim(one.note),), indent=9 if one.name else 4)
        for patch in one.patches:
            yield from _patch(chosen, one, patch, law)


def _patch(chosen: Amendment, one: Variant, patch: Patch, law: Law) -> Iterator[RenderableType]:
    from licet.lex.amend import amend

    new = amend(law, chosen, one.name or None).provisions[patch.provision].version(patch.since)
    old = law.provisions[patch.provision].version(patch.since) if patch.provision in law.provisions else None
    word = {"replace": "changed", "add": "new", "remove": "removed", "restore": "restored"}[patch.act]
    days = f"from {patch.since}" + (f" to {patch.until}" if patch.until else " on")
    yield paint.rows(
        (join(Text(patch.provision, style="bold"), Text(word, style="yellow"), dim(days), sep=", "),), indent=4
    )
    sides = [("was", sentence(old.when) if old else ""), ("is", sentence(new.when) if new else "")]
    if sides[0][1] == sides[1][1]:
        sides = [("is", f"{', '.join(patch.what)} changed" if isinstance(patch.what, dict) else "as before")]
    yield from (paint.rows((dim(label), dim(text)), widths=[3], indent=6) for label, text in sides if text)


def parts(found: Comparison, file: Path) -> Iterator[RenderableType]:
    """A comparison from top to bottom."""
    name = f"{found.amendment}/{found.variant}" if found.variant else found.amendment
    yield join(Text(f"What if: {found.title}", style="bold"), Text(f"{name}, {found.status}", style="cyan"), sep="  ")
    when = f"all on {found.on}" if found.on else "each line on its own day"
    yield dim(f"{found.lines:,} lines of {paint.plain(file.name)}, {when}; the amendment counts from {found.since} on")
    yield ""
    yield from _counts(found)
    if found.early:
        count = "1 line takes" if found.early == 1 else f"{found.early:,} lines take"
        yield Text(
            f"{count} place before {found.since}, where nothing changes; --on puts all on one day.", style="yellow"
        )
    if found.errors:
        count = "1 line has an error" if found.errors == 1 else f"{found.errors:,} lines have an error"
        yield Text(f"{count} and no part in this; `licet check` says which.", style="magenta")
    moved = [each for each in found.moves if not each.held]
    held = [each for each in found.moves if each.held]
    yield ""
    yield Text(
        f"{_lines(found.moved)} answered otherwise" if found.moved else "No line is answered otherwise.", style="bold"
    )
    yield from (_move(each) for each in moved[:_MOST])
    yield from _more(found.moved, len(moved[:_MOST]))
    if found.held:
        yield ""
        yield Text(f"{_lines(found.held)} touched and answered as before", style="bold")
        yield from (_move(each) for each in held[:_MOST])
        yield from _more(found.held, len(held[:_MOST]))
    if found.binding:
        yield ""
        yield Text("What still binds the lines that the amendment touches", style="bold")
        yield paint.rows(
            *((Text(f"{count:,}", justify="right"), id_) for id_, count in found.binding.items()), widths=[7], indent=2
        )
    yield ""
    law = found.law_after
    yield dim(f"lawbook {law['version']} ({law['sha256'][:12]}), verified through {law['verified_through']}; no law")


def _lines(count: int) -> str:
    return "1 line is" if count == 1 else f"{count:,} lines are"


def _more(count: int, shown: int) -> Iterator[RenderableType]:
    if count > shown:
        yield dim(f"  and {count - shown:,} more; --out writes all")


def _counts(found: Comparison) -> Iterator[RenderableType]:
    most = max([*found.before.values(), *found.after.values(), 1])
    made = paint.table(
        "", ("before", {"justify": "right"}), ("", {"no_wrap": True}), ("after", {"justify": "right"}),
        ("", {"no_wrap": True}),
    )  # fmt: skip
    for outcome in Outcome:
        sides = (found.before.get(outcome.value, 0), found.after.get(outcome.value, 0))
        if any(sides):
            style = paint.OUTCOMES[outcome][1].replace("bold ", "")
            cells = [
                cell
                for count in sides
                for cell in (Text(f"{count:,}"), Text("█" * -(-_BAR * count // (2 * most)), style=style))
            ]
            made.add_row(paint.outcome(outcome), *cells)
    yield made


def _move(each: Move) -> RenderableType:
    name = paint.plain(each.id or f"line {each.line}")
    what = paint.plain(" to ".join(part for part in (each.item, each.destination) if part))
    said = [_said(each.before, each.policy_before), _said(each.after, each.policy_after)]
    change = said[1] if each.held else join(*said, sep=" → ")
    if not each.held and (each.before, each.policy_before) == (each.after, each.policy_after):
        written = (paint.outcome(Outcome(side)) for side in (each.written_before, each.written_after))
        change = join(said[1], dim("as written"), join(*written, sep=" → "), sep=", ")
    below = [join(change)]
    below += [dim(f"no longer: {', '.join(each.fell)}")] if each.fell else []
    below += [dim(f"new: {', '.join(each.came)}")] if each.came else []
    below += [dim(f"still binds: {', '.join(x for x in each.binds if x not in each.came)}")] if each.binds else []
    return paint.rows((name, join(dim(what), *below, sep="\n")), widths=[10], indent=2)


def _said(outcome: str, policy: str | None) -> Text:
    return join(paint.outcome(Outcome(outcome)), f"({paint.words(policy)})" if policy else "")

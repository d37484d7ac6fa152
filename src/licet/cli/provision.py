"""A provision of the law as a page to read: its versions, their outline, who changed it and how it is enforced."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from licet.cli import paint
from licet.cli.outline import JOINTS
from licet.cli.paint import dim, join
from licet.lex.law import Law
from licet.lex.model import CONCLUSIONS, Group, Membership, Provision, Version
from licet.lex.words import render
from licet.logic.nodes import All, Node, Not
from licet.logic.nodes import Any as AnyOf

Day = datetime.date


def parts(book: Law, name: str | None, on: Day | None) -> Iterator[RenderableType]:
    """The page for one provision or group, or the list of all."""
    if name is None:
        yield from _contents(book, on)
    elif name in book.groups and name not in book.provisions:
        yield from _group(book, book.groups[name], on)
    else:
        yield from _provision(book.provision(name), on)


def plain(book: Law, name: str | None, on: Day | None) -> Any:
    """The same as plain data."""
    if name is None:
        return [
            described(each, on, versions=False) for each in book.provisions.values() if on is None or each.version(on)
        ]
    if name in book.groups and name not in book.provisions:
        group = book.groups[name]
        return {
            "group": group.id, "title": group.title, "cite": group.cite, "union": list(group.union),
            "less": list(group.less), "on": (on or book.verified_through).isoformat(),
            "members": sorted(book.members(group.id, on or book.verified_through)),
            "history": [{"of": sorted(each.of), **_span(each), "by": each.by} for each in group.members],
        }  # fmt: skip
    return described(book.provision(name), on, versions=True)


def described(each: Provision, on: Day | None, *, versions: bool) -> dict[str, Any]:
    """One provision as plain data."""
    found: dict[str, Any] = {
        "id": each.id, "title": each.title, "cite": each.cite, "kind": each.kind, "concludes": dict(each.concludes),
        "unless": list(each.unless), "lifts": list(each.lifts), "instead": list(each.instead), "tests": len(each.tests),
        "file": each.file, "line": each.line,
    }  # fmt: skip
    chosen = _chosen(each, on)
    found["versions"] = [_version(version) for version in chosen] if versions else len(chosen)
    return found


def _version(version: Version) -> dict[str, Any]:
    return {
        **_span(version), "by": version.by, "cite": version.cite, "when": outline(version.when),
        "published": version.published and version.published.isoformat(),
        "comply_from": version.comply_from and version.comply_from.isoformat(),
        "enforcement": [
            {"from": each.since.isoformat(), "is": each.state, "by": each.by} for each in version.enforcement
        ],
        "duties": [{"duty": each.text, "clock": each.clock.text} for each in version.duties],
        "unverified": version.unverified, "note": version.note,
    }  # fmt: skip


def _span(each: Version | Membership) -> dict[str, str | None]:
    return {"from": each.since.isoformat(), "until": each.until.isoformat() if each.until else None}


def outline(node: Node, label: str = "") -> Any:
    """A condition as nested data: text, or a joint with its parts."""
    if isinstance(node, Not) and node.text in JOINTS:
        return {"label": label, "text": node.text, "parts": [outline(node.part)]}
    if isinstance(node, (All, AnyOf)) and node.text in JOINTS:
        return {"label": label, "text": node.text, "parts": [outline(part, name) for name, part in node.parts]}
    return {"label": label, "text": node.text}


def _chosen(each: Provision, on: Day | None) -> tuple[Version, ...]:
    if on is None:
        return each.versions
    version = each.version(on)
    return (version,) if version else ()


def _contents(book: Law, on: Day | None) -> Iterator[RenderableType]:
    kinds: dict[str, list[Provision]] = {}
    for each in book.provisions.values():
        if on is None or each.version(on):
            kinds.setdefault(each.kind, []).append(each)
    for kind, provisions in kinds.items():
        yield join(Text(kind.upper(), style="bold"), dim(CONCLUSIONS[kind]), sep="  ")
        for each in provisions:
            count = len(each.versions)
            many = dim(f"  {count} versions" if count > 1 else "")
            yield paint.rows((Text(each.id, style="bold"), join(each.title, many, sep="")), widths=[26], indent=2)
        yield ""
    yield join(Text("GROUPS", style="bold"), ", ".join(book.groups), sep="  ")
    yield ""
    when = f" in force on {on}" if on else ""
    total = sum(map(len, kinds.values()))
    mark = f"lawbook {book.version} ({book.sha256[:12]}), verified through {book.verified_through}"
    yield dim(f"{total} provisions{when}; {mark}")


def _provision(each: Provision, on: Day | None) -> Iterator[RenderableType]:
    yield join(Text(each.id, style="bold"), each.title, sep=": ")
    concludes = {name: value for name, value in each.concludes.items() if name not in ("text", "rank", "as")}
    lines = [(each.kind if name == each.kind else name, _listed(value)) for name, value in concludes.items()]
    lines = [("cite", each.cite), *lines, ("unless", ", ".join(each.unless)), ("lifts", ", ".join(each.lifts)),
             ("instead of", ", ".join(each.instead)), ("tests", str(len(each.tests))),
             ("file", f"{each.file}, line {each.line}")]  # fmt: skip
    yield paint.rows(*((dim(label), paint.plain(value)) for label, value in lines if value), widths=[12], indent=2)
    chosen = _chosen(each, on)
    for version in chosen:
        yield ""
        yield from _page(version)
    if not chosen:
        yield ""
        yield Text(f"  no version of it is in force on {on}", style="yellow")


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _page(version: Version) -> Iterator[RenderableType]:
    until = f" until {version.until}" if version.until else ""
    yield join("  ", Text(f"from {version.since}{until}", style="bold"), f", {version.by}", sep="")
    days = [("published", version.published), ("compliance from", version.comply_from)]
    notes: list[RenderableType] = [dim(f"{label} {found}") for label, found in days if found]
    notes += [dim(version.cite)] if version.cite else []
    notes += [Text("unverified: not checked against the text", style="yellow")] if version.unverified else []
    notes += [
        Text(f"enforced from {each.since}: {each.state}, {each.by}", style="cyan") for each in version.enforcement
    ]
    for note in notes:
        yield paint.rows((note,), indent=4)
    for line in render(version.when):
        yield paint.rows((line.lstrip(),), indent=4 + len(line) - len(line.lstrip()))
    for duty in version.duties:
        yield paint.rows((dim("duty"), f"{duty.text} ({duty.clock.text})"), widths=[5], indent=4)
    if version.note:
        yield paint.rows((dim(f"Note: {version.note}"),), indent=4)


def _group(book: Law, group: Group, on: Day | None) -> Iterator[RenderableType]:
    yield join(Text(group.id, style="bold"), group.title, sep=": ")
    made = (
        f"{' and '.join(group.union)}{' without ' + ', '.join(group.less) if group.less else ''}" if group.union else ""
    )
    day = on or book.verified_through
    members = sorted(book.members(group.id, day))
    lines = [("cite", group.cite), ("made of", made), (f"on {day}", f"{', '.join(members)} ({len(members)})")]
    yield paint.rows(*((dim(label), value) for label, value in lines if value), widths=[14], indent=2)
    changes = [each for each in group.members if each.until or each.since > book.first or each.note]
    if changes and on is None:
        yield ""
        yield Text("  Changes", style="bold")
    for each in changes if on is None else ():
        span = f"from {each.since}" + (f" until {each.until}" if each.until else "")
        yield paint.rows((f"{', '.join(sorted(each.of))} {span}; {each.by}",), indent=4)

"""From YAML files to a checked `Law`. Loading proves the form; `licet.lex.check` proves more, and takes longer."""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections.abc import Collection, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from licet import facts
from licet.errors import BadValue, LawError, LicetError, did_you_mean
from licet.lex.cite import prove_citations
from licet.lex.clock import clock
from licet.lex.entries import chart_groups, paragraph_sets
from licet.lex.model import (
    CONCLUSIONS,
    POLICIES,
    Case,
    Duty,
    Enforcement,
    Group,
    Membership,
    Provision,
    Version,
)
from licet.lex.names import prove_names
from licet.lex.source import Block, read
from licet.logic.nodes import Node
from licet.logic.parse import outline

_PROVISION = {
    "id", "title", "cite", "concludes", "versions", "unless", "lifts", "instead", "tests", "verified_through", "note",
}  # fmt: skip
_VERSION = {
    "from", "until", "by", "when", "cite", "published", "comply_from", "enforcement", "concludes", "unless", "lifts",
    "duties", "unverified", "note", "confidence",
}  # fmt: skip
_BESIDE = {"as", "rank", "for", "only", "text", "claim", "deadline", "why"}


def texts(root: Traversable | Path) -> dict[str, str]:
    """Every file of a lawbook folder, YAML and tables: path below `root` to text."""
    found: dict[str, str] = {}
    stack: list[tuple[str, Traversable | Path]] = [("", root)]
    while stack:
        prefix, folder = stack.pop()
        for entry in folder.iterdir():
            name = f"{prefix}{entry.name}"
            if entry.is_dir():
                stack.append((f"{name}/", entry))
            elif name.endswith((".yaml", ".yml", ".csv")):
                found[name] = entry.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def shipped() -> Traversable:
    """The folder of the lawbook inside the package."""
    return resources.files("licet") / "lawbook"


def digest(files: Mapping[str, str]) -> str:
    """sha256 over names and texts, the mark that every answer carries."""
    mark = hashlib.sha256()
    for name, text in sorted(files.items()):
        mark.update(f"{name}\0{len(text.encode())}\0".encode() + text.encode())
    return mark.hexdigest()


def about(files: Mapping[str, str]) -> tuple[str, datetime.date, datetime.date]:
    """Version, first day and last verified day of a lawbook, from its ``lawbook.yaml``.

    Raises:
        LawError: the file is missing, or does not say all three.
    """
    name = "lawbook.yaml"
    if name not in files:
        raise LawError(f"the lawbook has no {name}", next="write its version, first_day and verified_through there")
    block = read(files[name], name)
    if not isinstance(block, Block):
        raise LawError("this is no mapping", where=name, next="write version, first_day and verified_through")
    _keys(block, {"version", "first_day", "verified_through", "note"}, "the lawbook")
    return _text(block, "version"), _day(block, "first_day"), _day(block, "verified_through")


def groups_from(tree: Any, file: str) -> list[Group]:
    """The groups of one file."""
    result = []
    for block in _blocks(tree.get("groups") if isinstance(tree, Block) else tree, file):
        _keys(block, {"id", "title", "cite", "members", "set", "note"}, f"group {block.get('id')}")
        members = tuple(_membership(part) for part in block.get("members", []))
        made = block.get("set", {})
        minus = made.get("minus", {})
        union = tuple(made.get("union", ())) or tuple(minus.get("from", ()))
        if bool(members) == bool(union):
            raise LawError(f"group {block.get('id')} needs members, or a set of union or minus", where=block.where)
        result.append(
            Group(
                _text(block, "id"),
                _text(block, "title"),
                block.get("cite", ""),
                members,
                union,
                tuple(minus.get("less", ())),
            )
        )
    return result


def _membership(block: Block) -> Membership:
    _keys(block, {"of", "from", "until", "by", "confidence", "unverified", "note"}, "a membership")
    of = block.get("of") or []
    for code in of:
        if len(code) != 2 or not code.isupper():
            raise LawError(f"{code!r} is no country code", where=block.where)
    until = _day(block, "until") if "until" in block else None
    since = _day(block, "from")
    if until and until < since:
        raise LawError("a membership ends before it begins", where=block.where)
    return Membership(
        frozenset(of), since, until, block.get("by", ""), _flag(block, "unverified"), block.get("note", "")
    )


def provisions_from(tree: Any, file: str, groups: Collection[str]) -> list[Provision]:
    """The provisions of one file, each proved for form."""
    return [_provision(block, groups) for block in _blocks(tree, file)]


def _provision(block: Block, groups: Collection[str]) -> Provision:
    name = _text(block, "id")
    try:
        _keys(block, _PROVISION, "a provision")
        concludes = _concludes(block.get("concludes"), block)
        versions = tuple(_version(part, groups) for part in block.get("versions") or [])
        _in_order(versions, block)
        cite = block.get("cite", "")
        if not cite and not all(version.cite for version in versions):
            raise LawError("a provision without a citation", where=block.where, next="add `cite:`")
        return Provision(
            name, _text(block, "title"), cite, concludes, versions, _names(block, "unless"), _names(block, "lifts"),
            _names(block, "instead"), tuple(_case(part) for part in block.get("tests") or []),
            _day(block, "verified_through") if "verified_through" in block else None, block.file, block.line,
        )  # fmt: skip
    except LicetError as error:
        error.where = f"{name}: {error.where}" if error.where else f"{name}, {block.where}"
        raise


def _version(block: Block, groups: Collection[str]) -> Version:
    if not isinstance(block, Block):
        raise LawError("a version is a mapping with `from`, `by` and `when`")
    _keys(block, _VERSION, "a version")
    since = _day(block, "from")
    until = _day(block, "until") if "until" in block else None
    if until and until < since:
        raise LawError("a version ends before it begins", where=block.where)
    return Version(
        since, until, _text(block, "by"), _condition(block, groups), block.get("cite", ""),
        _day(block, "published") if "published" in block else None,
        _day(block, "comply_from") if "comply_from" in block else None,
        tuple(_enforcement(part, groups) for part in block.get("enforcement") or []),
        _concludes(block["concludes"], block) if "concludes" in block else None,
        _names(block, "unless") if "unless" in block else None,
        _names(block, "lifts") if "lifts" in block else None,
        _duties(block), _flag(block, "unverified") or block.get("confidence") == "M",
        block.get("note", ""), block.line,
    )  # fmt: skip


def _condition(block: Block, groups: Collection[str]) -> Node:
    if "when" not in block:
        raise LawError("no `when`", where=block.where, next="write `when: always` if it has no condition")
    try:
        return outline(block["when"], groups)
    except LicetError as error:
        raise error.at(f"version of {block.get('from')} ({block.where})") from None


def _enforcement(block: Block, groups: Collection[str]) -> Enforcement:
    _keys(block, {"from", "is", "by", "when", "note"}, "an enforcement entry")
    state = _text(block, "is")
    if state not in ("yes", "no", "partly") or (state == "partly") != ("when" in block):
        raise LawError("enforcement is yes, no, or partly with `when`", where=block.where)
    when = outline(block["when"], groups) if "when" in block else None
    return Enforcement(_day(block, "from"), state, _text(block, "by"), when)


def _concludes(tree: Any, block: Block) -> dict[str, Any]:
    if not isinstance(tree, Mapping):
        raise LawError("no `concludes`", where=block.where, next=f"one of {', '.join(CONCLUSIONS)}")
    kinds = [key for key in tree if key in CONCLUSIONS]
    odd = [key for key in tree if key not in CONCLUSIONS and key not in _BESIDE]
    if odd or len(kinds) != 1:
        hint = did_you_mean(odd[0], [*CONCLUSIONS, *_BESIDE]) if odd else f"one of {', '.join(CONCLUSIONS)}"
        raise LawError(f"a provision concludes one thing, not {', '.join(tree)}", where=block.where, next=hint)
    if kinds[0] == "duty":
        if "deadline" not in tree:
            raise LawError(
                "a duty without a clock", where=block.where, next="add `deadline: 30 days after the shipment`"
            )
        clock(str(tree["deadline"]), block.where)
    if kinds[0] == "review" and tree["review"] not in POLICIES:
        raise LawError(
            f"{tree['review']!r} is no review policy", where=block.where, next=f"one of {', '.join(POLICIES)}"
        )
    return dict(tree)


def _case(block: Block) -> Case:
    _keys(block, {"on", "facts", "expect", "ask", "why", "enforced"}, "a test")
    expect = _text(block, "expect")
    if expect not in ("yes", "no", "unknown"):
        raise LawError(f"a test expects yes, no or unknown, not {expect!r}", where=block.where)
    given = dict(block.get("facts") or {})
    for name, raw in given.items():
        try:
            facts.parse(name, raw)
        except LicetError as error:
            raise LawError(error.what, where=f"a test ({block.where})", why=error.why, next=error.next) from None
    return Case(
        _day(block, "on"),
        given,
        expect,
        _names(block, "ask"),
        block.get("why", ""),
        _flag(block, "enforced"),
        block.line,
    )


def _in_order(versions: tuple[Version, ...], block: Block) -> None:
    if not versions:
        raise LawError("a provision without versions", where=block.where)
    for earlier, later in itertools.pairwise(versions):
        place = f"{block.file}, line {later.line}"
        if later.since <= earlier.since:
            raise LawError(f"the version of {later.since} follows that of {earlier.since}", where=place,
                           next="oldest first")  # fmt: skip
        if earlier.until is None or earlier.until >= later.since:
            if earlier.until is not None:
                raise LawError(f"the versions of {earlier.since} and {later.since} overlap", where=place,
                               next=f"end the first on {later.since - datetime.timedelta(1)}")  # fmt: skip
        elif earlier.until + datetime.timedelta(1) < later.since and not earlier.note:
            raise LawError(f"nothing is in force between {earlier.until} and {later.since}", where=place,
                           next="write a `note` on the earlier version that says why")  # fmt: skip


def close(versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """Versions with the end that the next one's beginning gives them."""
    from dataclasses import replace

    ends = [later.since - datetime.timedelta(1) for later in versions[1:]]
    return tuple(
        replace(version, until=version.until or end) for version, end in zip(versions, [*ends, None], strict=True)
    )


def _blocks(tree: Any, file: str) -> list[Block]:
    if tree is None:
        return []
    if not isinstance(tree, list) or not all(isinstance(block, Block) for block in tree):
        raise LawError("a file of the lawbook is a list of blocks, each with an `id`", where=file)
    return tree


def _keys(block: Mapping[str, Any], known: Collection[str], what: str) -> None:
    for key in block:
        if key not in known:
            where = block.where if isinstance(block, Block) else ""
            raise LawError(f"{what} has no key {key!r}", where=where,
                           next=did_you_mean(key, known, otherwise=f"known: {', '.join(sorted(known))}"))  # fmt: skip


def _text(block: Block, key: str) -> str:
    value = block.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LawError(f"no `{key}`", where=block.where, next=f"add `{key}:`")
    return value


def _names(block: Block, key: str) -> tuple[str, ...]:
    value = block.get(key, [])
    if not isinstance(value, list):
        raise LawError(f"`{key}` is a list", where=block.where)
    return tuple(value)


def _duties(block: Block) -> tuple[Duty, ...]:
    made = []
    for part in block.get("duties") or ():
        if not isinstance(part, Block):
            raise LawError(
                "a duty without a clock", where=block.where, next="write {do: what, by: 30 days after the shipment}"
            )
        _keys(part, {"do", "by"}, "a duty")
        made.append(Duty(_text(part, "do"), clock(_text(part, "by"), part.where)))
    return tuple(made)


def _flag(block: Block, key: str) -> bool:
    value = block.get(key, "false")
    if value not in ("true", "false", "yes", "no"):
        raise LawError(f"`{key}` is true or false, not {value!r}", where=block.where)
    return value in ("true", "yes")


def _day(block: Block, key: str) -> datetime.date:
    try:
        return facts.parse("on", _text(block, key))  # type: ignore[no-any-return]
    except BadValue as error:
        raise LawError(f"`{key}` is no day", where=block.where, why=error.why) from None


def load_files(
    files: Mapping[str, str],
) -> tuple[dict[str, Provision], dict[str, Group], dict[str, frozenset[str]], str]:
    """Read, prove and index a lawbook.

    Returns:
        provisions by id, groups by id, sets of paragraphs of the Commerce Control List by name, and the sha256 of the
        texts.

    Raises:
        LawError: the first rule of the lawbook's form that a file breaks.
    """
    from dataclasses import replace

    groups: dict[str, Group] = {}
    for name, text in files.items():
        if name == "places/groups.yaml":
            for group in groups_from(read(text, name), name):
                if group.id in groups:
                    raise LawError(f"two groups are called {group.id}", where=name)
                groups[group.id] = group
    groups |= {group.id: group for group in chart_groups(files, about(files)[1])}
    sets = paragraph_sets(files)
    named = {**groups, **sets}
    provisions: dict[str, Provision] = {}
    for name, text in files.items():
        if name.startswith("us/"):
            for provision in provisions_from(read(text, name), name, named):
                if provision.id in provisions:
                    other = provisions[provision.id]
                    raise LawError(
                        f"two provisions are called {provision.id}", where=f"{name}, line {provision.line}",
                        why=f"the other stands in {other.file}, line {other.line}",
                    )  # fmt: skip
                provisions[provision.id] = replace(provision, versions=close(provision.versions))
    prove_citations(provisions.values(), groups.values())
    prove_names(provisions, groups)
    return provisions, groups, sets, digest(files)

"""Amendments: a proposal, a bill or a what-if as patches over a law, which is shared and never copied.

    law = amend(current(), read_amendment(text, "mine.yaml"), "A1")

The new law holds the same provisions, the very objects, except those that a patch names. It says in its version whose
amendment it is (``2026.11+relax-hbm/A1``), and so does every answer under it.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from licet import facts
from licet.errors import BadValue, LawError, LicetError, did_you_mean
from licet.lex.law import Law
from licet.lex.model import Group, Provision
from licet.lex.moves import Move, moved, places
from licet.lex.names import prove_names
from licet.lex.patch import ACTS, Patch, added, patched
from licet.lex.source import Block, read
from licet.logic.nodes import Applies, walk

__all__ = ["STATUSES", "Amendment", "Patch", "Variant", "amend", "read_amendment"]

Day = datetime.date
STATUSES = {
    "proposal": "asked for or drafted by somebody",
    "bill": "before Congress",
    "what-if": "a thought experiment",
}
_AMENDMENT = {"id", "title", "status", "source", "by", "note", "variants", "patches", "cannot"}
_VARIANT = {"title", "note", "patches", "cannot"}
_PATCH = {"provision", "from", "until", "by", "at", "note", *ACTS}
_MOVE = {"group", "from", "until", "by", "note", "enter", "leave"}
_MOST = 500
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which a proposal could become law.

    Attributes:
        name: ``A1``; empty for the only one of an amendment without variants.
        patches: what it does.
        cannot: why it cannot be said as patches of provisions; empty where it can.
        moves: which places enter or leave a country group.
    """

    name: str
    title: str
    patches: tuple[Patch, ...]
    note: str = ""
    cannot: str = ""
    moves: tuple[Move, ...] = ()

    @property
    def since(self) -> Day | None:
        """The first day on which it changes anything."""
        days = [*(patch.since for patch in self.patches), *(move.since for move in self.moves)]
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A proposal with its variants, read and proved for form, not yet held against any law."""

    id: str
    title: str
    status: str
    source: str
    variants: Mapping[str, Variant]
    note: str = ""
    file: str = ""
    text: str = ""

    def variant(self, name: str | None = None) -> Variant:
        """The variant of that name; without a name the first one that can be applied.

        Raises:
            LawError: there is none, or it cannot be said as patches, and why.
        """
        if name is None:
            able = [each for each in self.variants.values() if not each.cannot]
            chosen = able[0] if able else next(iter(self.variants.values()))
        else:
            known = {each.casefold(): each for each in self.variants if each}
            if name.casefold() not in known:
                names = ", ".join(known.values())
                hint = did_you_mean(name, known.values(), otherwise=f"it has {names}" if names else "it has none")
                raise LawError(f"{self.id} has no variant {name!r}", next=hint)
            chosen = self.variants[known[name.casefold()]]
        if chosen.cannot:
            raise LawError(f"{self.mark(chosen)} cannot be applied", where=self.file, why=chosen.cannot)
        return chosen

    def mark(self, variant: Variant) -> str:
        """``relax-hbm/A1``."""
        return f"{self.id}/{variant.name}" if variant.name else self.id


def read_amendment(text: str, file: str) -> Amendment:
    """The amendment that `text` holds.

    Args:
        text: YAML.
        file: its name, for messages.

    Raises:
        LawError: it is no YAML, or not in the form of an amendment, with file and line.
    """
    block = read(text, file)
    if not isinstance(block, Block):
        raise LawError("an amendment is a mapping with `id`, `title`, `status`, `source` and `patches`", where=file,
                       next="`licet whatif --template` prints one")  # fmt: skip
    _keys(block, _AMENDMENT, "an amendment")
    id_ = _text(block, "id")
    if not id_.replace("-", "").replace(".", "").isalnum() or not id_.isascii():
        raise LawError(f"{id_!r} is no id", where=block.where, next="use letters, digits and hyphens, as in relax-hbm")
    status = _text(block, "status")
    if status not in STATUSES:
        hint = did_you_mean(status, STATUSES, otherwise=f"one of {', '.join(STATUSES)}")
        raise LawError(f"{status!r} is no status", where=block.where, next=hint)
    title = _text(block, "title")
    return Amendment(
        id_, title, status, _text(block, "source"), _variants(block, title), _optional(block, "note"), file, text
    )


def _variants(block: Block, title: str) -> dict[str, Variant]:
    if ("variants" in block) == ("patches" in block or "cannot" in block):
        raise LawError("an amendment has either `variants` or `patches`", where=block.where)
    by = _optional(block, "by")
    if "variants" not in block:
        return {"": _variant("", title, block, by)}
    parts = block["variants"]
    if not isinstance(parts, Block) or not parts:
        raise LawError("`variants` is a mapping from a name to a variant", where=getattr(parts, "where", block.where))
    found = {}
    for name, part in parts.items():
        if not isinstance(part, Block):
            raise LawError(f"variant {name} is no mapping", where=parts.where, next="write `title` and `patches`")
        _keys(part, _VARIANT, "a variant")
        if not name.replace("-", "").isalnum():
            raise LawError(f"{name!r} is no name of a variant", where=part.where, next="use letters and digits")
        found[name] = _variant(name, _text(part, "title"), part, by)
    return found


def _variant(name: str, title: str, block: Block, by: str) -> Variant:
    if ("patches" in block) == ("cannot" in block):
        raise LawError("a variant has either `patches` or `cannot`", where=block.where,
                       next="`cannot` says why it cannot be written as patches")  # fmt: skip
    if "cannot" in block:
        return Variant(name, title, (), _optional(block, "note"), _text(block, "cannot"))
    parts = block["patches"]
    if not isinstance(parts, list) or not all(isinstance(part, Block) for part in parts):
        raise LawError("`patches` is a list of mappings", where=block.where, next="`licet whatif --template` shows one")
    if len(parts) > _MOST:
        raise LawError(f"a variant with {len(parts)} patches", where=block.where, why=f"the limit is {_MOST}")
    moves = tuple(_move(part, by) for part in parts if "group" in part)
    patches = tuple(_patch(part, by) for part in parts if "group" not in part)
    for place, patch in enumerate(patches):
        for other in patches[:place]:
            if patch.overlaps(other):
                raise LawError(f"two patches change {patch.provision} on the same days", where=patch.where,
                               why=f"the other stands in {other.where}",
                               next="join them, or end one with `until`")  # fmt: skip
    return Variant(name, title, patches, _optional(block, "note"), moves=moves)


def _move(block: Block, by: str) -> Move:
    _keys(block, _MOVE, "a move between country groups")
    if ("enter" in block) == ("leave" in block):
        raise LawError("a move has either `enter` or `leave`", where=block.where, next="as in `enter: [SA]`")
    since, until = _days(block)
    by = by if "by" not in block else _text(block, "by")
    if not by.strip():
        raise LawError("a move without an instrument", where=block.where, next="add `by:` to it or to the amendment")
    enter, leave = (places(block[key], block.where) if key in block else frozenset() for key in ("enter", "leave"))
    return Move(_text(block, "group"), since, until, by, enter, leave, block.where)


def _days(block: Block) -> tuple[Day, Day | None]:
    since = _day(block, "from")
    until = _day(block, "until") if "until" in block else None
    if until and until < since:
        raise LawError("a patch ends before it begins", where=block.where)
    return since, until


def _patch(block: Block, by: str) -> Patch:
    _keys(block, _PATCH, "a patch")
    acts = [act for act in ACTS if act in block]
    if len(acts) != 1:
        raise LawError("a patch does one thing", where=block.where, next=f"write one of {', '.join(ACTS)}")
    act, what = acts[0], block[acts[0]]
    since, until = _days(block)
    at = _optional(block, "at")
    if at and act != "replace":
        raise LawError("`at` goes with `replace`", where=block.where)
    if act in ("replace", "add") and not at and not isinstance(what, Block):
        raise LawError(f"`{act}` is a mapping", where=block.where,
                       next="as in `replace: {when: ...}`; one line goes with `at`")  # fmt: skip
    if act == "remove" and what not in ("yes", "true"):
        raise LawError(f"`remove` is yes, not {what!r}", where=block.where)
    if act == "restore":
        what = _day(block, "restore")
    if act == "add":
        if "provision" in block:
            raise LawError("`add` names its provision itself", where=block.where, next="write its `id` under `add`")
        id_ = _text(what, "id")
    else:
        id_ = _text(block, "provision")
    return Patch(id_, since, until, by if "by" not in block else _text(block, "by"), act, what, at, block.where)


def amend(law: Law, amendment: Amendment, variant: str | None = None) -> Law:
    """`law` as it would be under `amendment`; what no patch names is shared with it.

    Args:
        law: the law to amend, which stays as it is; it may be an amended one itself.
        amendment: from `read_amendment`.
        variant: its name; the first one that can be applied by default.

    Raises:
        LawError: a patch that matches nothing, or that the loader would refuse, with file and line.
    """
    chosen = amendment.variant(variant)
    mark = amendment.mark(chosen)
    provisions: dict[str, Provision] = dict(law.provisions)
    groups: dict[str, Group] = dict(law.groups)
    for move in chosen.moves:
        groups[move.group] = moved(groups, move, law.first)
    for patch in chosen.patches:
        provisions[patch.provision] = _applied(law, provisions, patch, mark)
    for patch in chosen.patches:
        _formed(functools.partial(_prove, provisions[patch.provision], law, provisions, patch), patch)
    try:
        prove_names(provisions, groups)
    except LicetError as error:
        near = [patch.where for patch in chosen.patches if patch.provision in error.what]
        raise error.at((near or [amendment.file or amendment.id])[0]) from None
    seal = hashlib.sha256(f"{law.sha256}\0{mark}\0{amendment.text}".encode()).hexdigest()
    return Law.of(
        provisions, groups, version=f"{law.version}+{mark}", first=law.first,
        verified_through=law.verified_through, sha256=seal, files=law.files, sets=law.sets,
    )  # fmt: skip


def _applied(law: Law, provisions: Mapping[str, Provision], patch: Patch, mark: str) -> Provision:
    if patch.since < law.first:
        raise LawError(f"{patch.since} lies before the first day of the lawbook", where=patch.where,
                       why=f"it begins on {law.first}")  # fmt: skip
    if not patch.by.strip():
        raise LawError("a patch without an instrument", where=patch.where, next="add `by:` to it or to the amendment")
    old = provisions.get(patch.provision)
    if patch.act == "add":
        if old is not None:
            raise LawError(f"there is a provision {patch.provision} already", where=patch.where,
                           why=f"it stands in {old.file}, line {old.line}",
                       next="replace it, or take another id")  # fmt: skip
        return _formed(lambda: added(patch, law.names), patch)
    if old is None:
        near = [known for known in provisions if patch.provision.casefold() in known.casefold()]
        hint = (
            f"did you mean {' or '.join(map(repr, near[:4]))}?" if near else did_you_mean(patch.provision, provisions)
        )
        raise LawError(f"there is no provision {patch.provision!r}: the patch matches nothing", where=patch.where,
                       next=hint or "`licet law show` lists all")  # fmt: skip
    versions = _formed(lambda: patched(old, patch, law.names, mark), patch)
    return replace(old, versions=versions)


def _formed(make: Callable[[], _Made], patch: Patch) -> _Made:
    """What `make` makes of a patch; a list where the loader looks for text, and the like, are told as errors of law."""
    try:
        return make()
    except LicetError:
        raise
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        raise LawError("this is not in the form of law", where=patch.where, why=str(error),
                       next="`licet whatif --template` shows the form") from None  # fmt: skip


def _prove(new: Provision, law: Law, provisions: Mapping[str, Provision], patch: Patch) -> None:
    """Every provision that the new versions name exists."""
    old = law.provisions.get(new.id)
    for version in new.versions:
        if old is not None and version in old.versions:
            continue
        named = [part.provision for part in walk(version.when) if isinstance(part, Applies)]
        for each in (version, new):
            named += [*(each.unless or ()), *(each.lifts or ())]
        targets = (version.concludes or new.concludes).get("for", [])
        for id_ in [*named, *new.instead, *(targets if isinstance(targets, list) else [targets])]:
            if id_ not in provisions:
                raise LawError(f"there is no provision {id_!r}", where=patch.where, why=f"{new.id} names it",
                               next=did_you_mean(id_, provisions))  # fmt: skip


def _keys(block: Block, known: set[str], what: str) -> None:
    for key in block:
        if key not in known:
            hint = did_you_mean(key, known, otherwise=f"known: {', '.join(sorted(known))}")
            raise LawError(f"{what} has no key {key!r}", where=block.where, next=hint)


def _text(block: Block, key: str) -> str:
    value: Any = block.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LawError(f"no `{key}`", where=block.where, next=f"add `{key}:`")
    return value.strip()


def _optional(block: Block, key: str) -> str:
    return _text(block, key) if key in block else ""


def _day(block: Block, key: str) -> Day:
    try:
        return facts.parse("on", _text(block, key))  # type: ignore[no-any-return]
    except BadValue as error:
        raise LawError(f"`{key}` is no day", where=block.where, why=error.why) from None

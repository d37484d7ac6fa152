"""One patch of an amendment: how it changes the versions of one provision from its first day on.

What a patch does not name stays as it was, version by version. A patch never counts for a single day: it counts from
its first day on, through its last day if it has one, and then the versions of before stand again.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from licet.errors import LawError, LicetError, did_you_mean
from licet.lex.load import provisions_from
from licet.lex.model import Provision, Version
from licet.lex.source import Block
from licet.logic.nodes import IN_TURN, All, Node, Not
from licet.logic.nodes import Any as AnyOf
from licet.logic.parse import outline

Day = datetime.date
_ONE = datetime.timedelta(1)
#: The four things that a patch can do.
ACTS = ("replace", "add", "remove", "restore")
#: What `replace` may name: the keys of a version, but its days and its instrument, which the patch itself gives.
FIELDS = {
    "when": "when", "cite": "cite", "concludes": "concludes", "unless": "unless", "lifts": "lifts",
    "duties": "duties", "enforcement": "enforcement", "note": "note", "unverified": "unverified",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Patch:
    """What an amendment does to one provision.

    Attributes:
        provision: its id; for `add` the id of the new one.
        since, until: the first and the last day; None is forever.
        by: the instrument.
        act: one of `ACTS`.
        what: the text of the act as it was read: keys of a version, a whole provision, a line, or a day.
        at: the place in the outline that `replace` changes; empty for the whole version.
        where: file and line.
    """

    provision: str
    since: Day
    until: Day | None
    by: str
    act: str
    what: Any
    at: str = ""
    where: str = ""

    def overlaps(self, other: Patch) -> bool:
        """Whether both change the same thing on some day."""
        apart = (self.until is not None and self.until < other.since) or (
            other.until is not None and other.until < self.since
        )
        inside = f"{self.at}.".startswith(f"{other.at}.") or f"{other.at}.".startswith(f"{self.at}.")
        return self.provision == other.provision and not apart and (inside or not self.at or not other.at)


def added(patch: Patch, groups: Collection[str]) -> Provision:
    """The provision that an `add` makes.

    Raises:
        LawError: whatever the loader refuses in a provision.
    """
    block = _like(patch.what, patch.what)
    version = _like(patch.what, {"from": str(patch.since), "by": patch.by, "when": block.pop("when", None)})
    version.update({"until": str(patch.until)} if patch.until else {})
    version.update({key: block.pop(key) for key in ("enforcement", "duties", "unverified") if key in block})
    if version["when"] is None:
        del version["when"]
    if "versions" in block:
        raise LawError("an added provision has no `versions`", where=patch.where,
                       next="write `when` at once; `from`, `until` and `by` stand in the patch")  # fmt: skip
    if "note" in block:
        version["note"] = block.pop("note")
    block["versions"] = [version]
    return provisions_from([block], patch.what.file, groups)[0]


def patched(provision: Provision, patch: Patch, groups: Collection[str], mark: str) -> tuple[Version, ...]:
    """The versions of `provision` after a patch that replaces, removes or restores.

    Args:
        provision: as it was.
        patch: what is done to it.
        groups: ids of the country groups.
        mark: the name of the amendment, for the citations.

    Raises:
        LawError: the patch matches nothing, or what it writes is no law.
    """
    since, until = patch.since, patch.until
    stands = provision.version(since)
    if stands is None and patch.act != "restore":
        spans = ", ".join(f"{each.since} to {each.until or 'now'}" for each in provision.versions)
        raise LawError(f"nothing of {provision.id} is in force on {since}", where=patch.where,
                       why=f"it was in force: {spans or 'never'}",
                       next="begin within one of these, or restore the text of a day on which it stood")  # fmt: skip
    before = [_until(each, since - _ONE) for each in provision.versions if each.since < since]
    after = [
        replace(each, since=max(each.since, until + _ONE))
        for each in provision.versions
        if until is not None and (each.until is None or each.until > until)
    ]
    return (*before, *_within(provision, patch, groups, mark), *after)


def _within(provision: Provision, patch: Patch, groups: Collection[str], mark: str) -> Iterator[Version]:
    """The versions from the first to the last day of the patch."""
    if patch.act == "remove":
        return
    base: dict[str, Any] = {"by": patch.by, "published": None, "comply_from": None, "line": 0}
    if patch.act == "restore":
        found = provision.version(patch.what)
        if found is None:
            raise LawError(f"nothing of {provision.id} was in force on {patch.what}", where=patch.where,
                           next="restore the text of a day on which it stood, or `remove: yes`")  # fmt: skip
        cite = _cite(found.cite or provision.cite, mark)
        yield replace(found, since=patch.since, until=patch.until, enforcement=(), cite=cite, **base)
        return
    if patch.at:
        part = _parsed(lambda: outline(patch.what, groups), patch)
        for since, until, each in _pieces(provision, patch, whole=False):
            cite = _cite(each.cite or provision.cite, mark)
            yield replace(each, since=since, until=until, when=_put(each, part, patch), cite=cite, **base)
        return
    named = _named(provision, patch, groups)
    for since, until, each in _pieces(provision, patch, whole="when" in named):
        cite = named.get("cite") or _cite(each.cite or provision.cite, mark)
        yield replace(each, since=since, until=until, **{**base, **named, "cite": cite})


def _pieces(provision: Provision, patch: Patch, *, whole: bool) -> Iterator[tuple[Day, Day | None, Version]]:
    """The versions that the patch meets, each with the days they share; `whole`: days between them and after them too.

    A text that the patch writes anew stands for all of its days; what it inherits there comes from the version before.
    """
    end = patch.until
    met = [
        each
        for each in provision.versions
        if (each.until is None or each.until >= patch.since) and (end is None or each.since <= end)
    ]
    for place, each in enumerate(met):
        later = met[place + 1].since - _ONE if place + 1 < len(met) else end
        last = later if whole else _earlier(each.until, end)
        yield max(each.since, patch.since), last, each


def _named(provision: Provision, patch: Patch, groups: Collection[str]) -> dict[str, Any]:
    """What a `replace` names, as the fields of a version, proved by the loader."""
    text: Block = patch.what
    for key in text:
        if key not in FIELDS:
            hint = did_you_mean(key, FIELDS, otherwise=f"known: {', '.join(FIELDS)}")
            raise LawError(f"`replace` has no key {key!r}", where=text.where, next=hint)
    if not text:
        raise LawError("`replace` names nothing", where=patch.where, next=f"one of {', '.join(FIELDS)}")
    version = _like(text, {"from": str(patch.since), "by": patch.by, "when": "always", **text})
    block = _like(text, {"id": provision.id, "title": provision.title, "cite": provision.cite or "none"})
    block.update({"concludes": provision.concludes, "versions": [version]})
    made = provisions_from([block], text.file, groups)[0].versions[0]
    if made.concludes is not None and provision.kind not in made.concludes:
        raise LawError(f"{provision.id} concludes `{provision.kind}`", where=text.where,
                       next="remove it and add another provision that concludes something else")  # fmt: skip
    return {FIELDS[key]: getattr(made, FIELDS[key]) for key in text}


def _put(version: Version, part: Node, patch: Patch) -> Node:
    """The condition of `version` with `part` at the place that the patch names."""
    head, _, rest = patch.at.partition(".")
    found = _placed(version.when, rest, part) if head == "when" else None
    if found is None:
        known = ["when", *(f"when.{path}" for path in places(version.when))]
        hint = did_you_mean(patch.at, known, otherwise=f"known: {', '.join(known[:12])}")
        raise LawError(f"the version of {version.since} of {patch.provision} has no place {patch.at!r}",
                       where=patch.where, next=hint)  # fmt: skip
    return found


def _placed(node: Node, path: str, part: Node) -> Node | None:
    if not path:
        return part
    kind, _, rest = path.partition(".")
    if isinstance(node, Not) and isinstance(node.part, AnyOf) and node.text == "none of" and kind == "none":
        inner = _placed(node.part, f"any.{rest}", part)
        return None if inner is None else replace(node, part=inner)
    if not isinstance(node, (All, AnyOf)) or kind != _kind(node):
        return None
    for place, (label, each) in enumerate(node.parts):
        if label and (rest == label or rest.startswith(f"{label}.")):
            new = _placed(each, rest[len(label) + 1 :], part)
            if new is not None:
                return replace(node, parts=(*node.parts[:place], (label, new), *node.parts[place + 1 :]))
    return None


def places(node: Node) -> Iterator[str]:
    """Every place of an outline that has a label, as `at` writes it."""
    if isinstance(node, Not) and node.text == "none of" and isinstance(node.part, AnyOf):
        yield from (f"none.{path.removeprefix('any.')}" for path in places(node.part))
    elif isinstance(node, (All, AnyOf)):
        for label, each in node.parts:
            if label:
                yield f"{_kind(node)}.{label}"
                yield from (f"{_kind(node)}.{label}.{path}" for path in places(each))


def _kind(node: All | AnyOf) -> str:
    if node.text in ("some party", "every party"):
        return node.text.split()[0]  # never a place: what is said of one party is said of all
    return "any" if isinstance(node, AnyOf) else "in_turn" if node.text == IN_TURN else "all"


def _parsed(make: Callable[[], Node], patch: Patch) -> Node:
    try:
        return make()
    except LicetError as error:
        raise error.at(patch.where) from None


def _cite(cite: str, mark: str) -> str:
    return f"{cite}, if amended by {mark}"


def _until(version: Version, last: Day) -> Version:
    end = _earlier(version.until, last)
    return version if end == version.until else replace(version, until=end)


def _earlier(one: Day | None, other: Day | None) -> Day | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _like(model: Block, content: Mapping[str, Any]) -> Block:
    """A block that stands where `model` stands."""
    made = Block(content)
    made.file, made.line = model.file, model.line
    return made

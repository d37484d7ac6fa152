"""What provisions and groups name exists, and nothing depends on itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from licet.errors import LawError, did_you_mean
from licet.lex.model import Group, Provision
from licet.logic.nodes import Applies, Node, walk


def prove_names(provisions: Mapping[str, Provision], groups: Mapping[str, Group]) -> None:
    """Every id that a provision or a group names exists, and nothing depends on itself.

    Raises:
        LawError: a name that nothing bears, or a cycle, spelled out.
    """
    for provision in provisions.values():
        named = [*provision.unless, *provision.lifts, *provision.instead]
        for version in provision.versions:
            named += [*(version.unless or ()), *(version.lifts or ())]
        named += [id_ for node in _conditions(provision) for id_ in _asked(node)]
        named += _for(provision)
        for id_ in named:
            if id_ not in provisions:
                raise LawError(
                    f"there is no provision {id_!r}", where=f"{provision.id}, {provision.file}, line {provision.line}",
                    next=did_you_mean(id_, provisions),
                )  # fmt: skip
    for group in groups.values():
        for id_ in (*group.union, *group.less):
            if id_ not in groups:
                raise LawError(f"group {group.id} names {id_!r}, which is no group", next=did_you_mean(id_, groups))
    _prove_acyclic({id_: _depends(provision, provisions) for id_, provision in provisions.items()}, provisions)
    _prove_acyclic({id_: {*group.union, *group.less} for id_, group in groups.items()}, {})


def _for(provision: Provision) -> list[str]:
    targets = provision.concludes.get("for", [])
    return list(targets) if isinstance(targets, list) else [str(targets)]


def _conditions(provision: Provision) -> Iterable[Node]:
    for version in provision.versions:
        yield version.when
        yield from (entry.when for entry in version.enforcement if entry.when is not None)


def _asked(node: Node) -> list[str]:
    return [part.provision for part in walk(node) if isinstance(part, Applies)]


def _depends(provision: Provision, provisions: Mapping[str, Provision]) -> set[str]:
    asked = {id_ for node in _conditions(provision) for id_ in _asked(node)}
    unless = {id_ for version in provision.versions for id_ in (version.unless or provision.unless)}
    return asked | unless | {other.id for other in provisions.values() if provision.id in other.instead}


def _prove_acyclic(edges: Mapping[str, set[str]], provisions: Mapping[str, Provision]) -> None:
    done: set[str] = set()

    def visit(id_: str, path: tuple[str, ...]) -> None:
        if id_ in path:
            circle = " -> ".join([*path[path.index(id_) :], id_])
            place = f"{provisions[id_].file}, line {provisions[id_].line}" if id_ in provisions else ""
            raise LawError(f"a cycle: {circle}", where=place, next="no provision may depend on itself")
        if id_ not in done:
            for next_ in edges[id_]:
                visit(next_, (*path, id_))
            done.add(id_)

    for id_ in edges:
        visit(id_, ())

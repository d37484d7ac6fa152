"""Would a wrong constant be noticed? Each one in each condition is changed, and some test of the lawbook must fail.

A test notices a change when it belongs to the changed provision or to one that depends on it, and lies on a day on
which the changed version is in force. What nobody notices is a survivor: a number, a country group or a value that
could be mistyped tomorrow and would pass every check.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from licet import facts
from licet.decision.question import Question, prepare
from licet.errors import LicetError
from licet.lex.check import Finding, place
from licet.lex.entries import CHART_GROUP as CHART
from licet.lex.law import Day, DayLaw, Law
from licet.lex.model import Case, Provision, Version, clause
from licet.logic.evaluate import Raw, Test, test
from licet.logic.nodes import All, Always, Any, Applies, Compare, Equals, Holds, Is, Node, Not, Within, walk
from licet.unknown import Truth

_FLIPPED = {">=": (">", "<"), ">": (">=", "<="), "<=": ("<", ">"), "<": ("<=", ">="), "==": ("!=",), "!=": ("==",)}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One version of a provision with one constant of its condition changed.

    Attributes:
        kind: what was changed: ``number``, ``operator``, ``value``, ``group``, ``fact`` or ``provision``.
        said: the change in words.
    """

    provision: Provision
    version: Version
    node: Node
    kind: str
    said: str


def survivors(law: Law) -> Iterator[Finding]:
    """The changed constants that no test of the lawbook notices."""
    bench = _Bench(law)
    for provision in law.provisions.values():
        for mutant in mutants(law, provision):
            if not bench.notices(mutant):
                where = place(provision, mutant.version)
                said = f"version of {mutant.version.since}: {mutant.said}"
                yield Finding(f"untested {mutant.kind}", provision.id, where, said)


def mutants(law: Law, provision: Provision) -> Iterator[Mutant]:
    """Every version of `provision`, with each constant of its condition changed in turn."""
    for version in provision.versions:
        groups = law.on(max(version.since, law.first)).groups
        change = functools.partial(_changed, groups=groups, day=version.since)
        for node, kind, said in _one_changed(version.when, change):
            yield Mutant(provision, version, node, kind, said)


# --- changing one constant ----------------------------------------------------------------------------------------

#: A node with one constant changed, the kind of the constant, and the change in words.
Changed = tuple[Node, str, str]
Change = Callable[[Node], Iterable[Changed]]


def _one_changed(node: Node, change: Change) -> Iterator[Changed]:
    """Copies of `node` in each of which one leaf is changed."""
    if isinstance(node, Not):
        for part, kind, said in _one_changed(node.part, change):
            yield replace(node, part=part), kind, said
    elif isinstance(node, (All, Any)) and node.text in ("some party", "every party"):
        columns = [list(_one_changed(part, change)) for _, part in node.parts]
        for row in zip(*columns, strict=True):  # the law says it once, for every role
            parts = tuple((label, part) for (label, _), (part, _, _) in zip(node.parts, row, strict=True))
            yield replace(node, parts=parts), row[0][1], row[0][2]
    elif isinstance(node, (All, Any)):
        for place_, (label, part) in enumerate(node.parts):
            for other, kind, said in _one_changed(part, change):
                parts = (*node.parts[:place_], (label, other), *node.parts[place_ + 1 :])
                yield replace(node, parts=parts), kind, f"{label}: {said}" if label else said
    else:
        yield from change(node)


def _changed(node: Node, *, groups: Mapping[str, frozenset[str]], day: Day) -> Iterator[Changed]:
    match node:
        case Compare():
            yield from _numbers(node)
        case Equals(text=text, named=named) if named:
            yield replace(node, values=frozenset({"5A001.z"})), "value", f"{text!r} with another set"
        case Equals(fact=fact, values=values):
            yield from (
                (replace(node, values=frozenset(other)), "value", said) for other, said in _values(fact, values)
            )
        case Holds(fact=fact, values=values):
            for other, said in _values(fact, frozenset(values)):
                yield replace(node, values=frozenset(map(str, other))), "value", said
        case Within(group=group, text=text):
            for near in _near_groups(group, groups):
                yield replace(node, group=near), "group", f"{text!r} with {near} in place of {group}"
        case Is(text=text):
            yield Not(node), "fact", f"{text!r} turned into its opposite"
        case Applies(text=text):
            yield Always(False), "provision", f"{text!r} taken as never"
            yield Always(True), "provision", f"{text!r} taken as always"


def _numbers(leaf: Compare) -> Iterator[Changed]:
    for op in _FLIPPED[leaf.op]:
        yield replace(leaf, op=op), "operator", f"{leaf.text!r} with {op} in place of {leaf.op}"
    for name, value in (("plus", leaf.plus), ("times", leaf.times)):
        if name == "plus" and leaf.other and not value:
            continue  # ``a >= b`` has no constant
        if name == "times" and (not leaf.other or value == 1):
            continue
        last = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))  # one in the last digit that the law gives
        for other in (value + last, value - last, value * 2):
            if other != value:
                changed = replace(leaf, plus=other) if name == "plus" else replace(leaf, times=other)
                yield changed, "number", f"{leaf.text!r} with {other} in place of {value}"


def _values(fact: str, values: frozenset[object]) -> Iterator[tuple[set[object], str]]:
    """`values` with each one left out in turn, or the only one exchanged for another."""
    if len(values) > 1:
        for value in sorted(values, key=str):
            yield set(values - {value}), f"{fact} without {value}"
        return
    (value,) = values
    entry = facts.FACTS[fact]
    others: Iterable[str]
    if entry.kind is facts.Kind.COUNTRY:
        others = ["FR" if value != "FR" else "JP", "CN" if value != "CN" else "SA"]
    elif entry.values:
        others = [*(other for other in entry.values if other != value)][:3]
    else:
        others = ["5A001.z" if entry.kind is facts.Kind.ECCN else "Somebody Else"]
    for other in others:
        yield {other}, f"{fact} {other} in place of {value}"


def _near_groups(group: str, groups: Mapping[str, frozenset[str]]) -> Iterable[str]:
    """The groups whose members on that day are most like those of `group`, and most unlike."""
    members = groups[group]

    def likeness(id_: str) -> float:
        return len(members & groups[id_]) / max(1, len(members | groups[id_]))

    kin = [id_ for id_ in groups if id_.startswith(CHART) == group.startswith(CHART)]
    others = sorted((id_ for id_ in kin if groups[id_] != members), key=likeness)
    return [others[-1], others[0]] if len(others) > 1 else others


# --- running the tests against it ---------------------------------------------------------------------------------


class _Bench:
    """The tests of a lawbook, their questions prepared once."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.cases: dict[str, list[tuple[Case, Question]]] = {}
        for provision in law.provisions.values():
            for case in provision.tests:
                try:
                    question = prepare({**case.facts, "on": case.on})
                except LicetError:
                    continue  # a failing test: `report` says so
                self.cases.setdefault(provision.id, []).append((case, question))
        self.askers = _askers(law)

    def notices(self, mutant: Mutant) -> bool:
        """Whether a test of the provision, or of one that asks it, comes out otherwise."""
        id_, version = mutant.provision.id, mutant.version
        made: dict[tuple[Day, bool], Test] = {}
        for asker in (id_, *sorted(self.askers.get(id_, ()))):
            for case, question in self.cases.get(asker, ()):
                if not version.covers(question.on):
                    continue
                day = self.law.on(question.on)
                key = (day.first, case.enforced)
                changed = made.get(key) or made.setdefault(key, self._compiled(mutant, day, case.enforced))
                tests = {**(day.tests_enforced if case.enforced else day.tests_written), id_: changed}
                if str(Truth.of(_ask(asker, question, tests))) != case.expect:
                    return True
        return False

    def _compiled(self, mutant: Mutant, day: DayLaw, enforced: bool) -> Test:
        provision = mutant.provision
        versions = tuple(
            replace(each, when=mutant.node) if each is mutant.version else each for each in provision.versions
        )
        replacing = tuple(
            other.id for other in self.law.provisions.values()
            if provision.id in other.instead and other.version(day.first)
        )  # fmt: skip
        made = clause(replace(provision, versions=versions), day.first, enforced, replacing)
        assert made is not None
        return test(made.node, day.groups)


def _ask(wanted: str, question: Question, tests: Mapping[str, Test]) -> Raw:
    truths: dict[str, Raw] = {}

    def ask(id_: str) -> Raw:
        if id_ not in truths:
            decide_ = tests.get(id_)
            truths[id_] = False if decide_ is None else decide_(question.known, ask)
        return truths[id_]

    return ask(wanted)


def _askers(law: Law) -> dict[str, set[str]]:
    """For each provision, those whose answer can change with its own."""
    direct: dict[str, set[str]] = {}
    for provision in law.provisions.values():
        for id_ in provision.instead:
            direct.setdefault(provision.id, set()).add(id_)
        for version in provision.versions:
            asked = {part.provision for part in walk(version.when) if isinstance(part, Applies)}
            for entry in version.enforcement:
                if entry.when is not None:
                    asked |= {part.provision for part in walk(entry.when) if isinstance(part, Applies)}
            for id_ in (*asked, *(version.unless or provision.unless)):
                direct.setdefault(id_, set()).add(provision.id)
    reached: dict[str, set[str]] = {}
    for id_, askers in direct.items():
        found, stack = set(askers), list(askers)
        while stack:
            for more in direct.get(stack.pop(), set()) - found:
                found.add(more)
                stack.append(more)
        reached[id_] = found
    return reached

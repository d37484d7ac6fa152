"""One question: from a node to a function of the facts, three-valued.

Truth inside the engine is True, False or None for unknown. A fact that is missing is None; a fact known only to be
among candidates decides a leaf when all candidates agree. `test` makes the fast function, `steps` the full trace.
"""

from __future__ import annotations

import decimal
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any as Anything
from typing import NamedTuple

from licet import facts
from licet.logic.nodes import IN_TURN, All, Always, Any, Applies, Compare, Equals, Holds, Is, Node, Not, Present, Within
from licet.unknown import Among, Truth

Facts = Mapping[str, Anything]
Raw = bool | None
#: Asks whether the provision of that id applies.
Ask = Callable[[str], Raw]
Test = Callable[[Facts, Ask], Raw]
Groups = Mapping[str, frozenset[str]]

_OPERATORS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
#: Products and sums of quantities, never rounded: no fact has more than 60 digits.
EXACT = decimal.Context(prec=160)
_FORMS = {
    "corporation", "corp", "incorporated", "inc", "company", "co", "limited", "ltd", "llc", "plc", "ag", "gmbh", "sa",
    "nv", "bv", "kk", "pte", "pty", "srl", "spa", "the", "group", "holdings", "holding",
}  # fmt: skip


def test(node: Node, groups: Groups) -> Test:
    """The function that decides `node` on a day with these country groups."""
    match node:
        case Always(truth=truth):
            return lambda _facts, _ask: truth
        case Applies(provision=id_):
            return lambda _facts, ask: ask(id_)
        case Not(part=part):
            return _not(test(part, groups))
        case All(parts=parts):
            return _all(tuple(test(part, groups) for _, part in parts))
        case Any(parts=parts):
            return _any(tuple(test(part, groups) for _, part in parts))
    return _leaf(node, groups)


def _not(part: Test) -> Test:
    def not_(known: Facts, ask: Ask) -> Raw:
        truth = part(known, ask)
        return None if truth is None else not truth

    return not_


def _all(parts: tuple[Test, ...]) -> Test:
    def all_(known: Facts, ask: Ask) -> Raw:
        result: Raw = True
        for part in parts:
            truth = part(known, ask)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return all_


def _any(parts: tuple[Test, ...]) -> Test:
    def any_(known: Facts, ask: Ask) -> Raw:
        result: Raw = False
        for part in parts:
            truth = part(known, ask)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return any_


def _leaf(node: Node, groups: Groups) -> Test:
    if isinstance(node, Compare):
        return _compare(node)
    if isinstance(node, Present):
        name = f"{node.role} present"
        return lambda known, _ask: known.get(name)
    assert isinstance(node, (Is, Equals, Within, Holds))
    name, decide = node.fact, decider(node, groups)

    def leaf_(known: Facts, _ask: Ask) -> Raw:
        value = known.get(name)
        if value is None:
            return None
        return agreed(decide, value) if value.__class__ is Among else decide(value)

    return leaf_


def agreed(decide: Callable[[Anything], Raw], value: Among) -> Raw:
    """What all candidates say, or None when they differ."""
    answers = {decide(candidate) for candidate in value.values}
    return answers.pop() if len(answers) == 1 else None


def decider(node: Is | Equals | Within | Holds, groups: Groups) -> Callable[[Anything], Raw]:
    """What a leaf says of one known value of its fact."""
    if isinstance(node, Is):
        return lambda value: value is True
    if isinstance(node, Within):
        members = groups[node.group]
        return members.__contains__
    if isinstance(node, Holds):
        wanted = node.values
        return lambda value: not wanted.isdisjoint(value)
    kind = facts.FACTS[node.fact].kind
    if kind is facts.Kind.ECCN:
        return _paragraphs(frozenset(map(str, node.values)))
    if kind is facts.Kind.TEXT:
        keys = [name_key(str(wanted)) for wanted in node.values]
        return lambda value: any(name_key(value)[: len(key)] == key for key in keys)
    return node.values.__contains__


def _paragraphs(wanted: frozenset[str]) -> Callable[[Anything], Raw]:
    """Whether an asserted paragraph lies in one of `wanted`; unknown when it is only an entry around one of them."""
    around = frozenset(_above(each) for paragraph in wanted for each in _steps(paragraph))

    def paragraph_(asserted: Anything) -> Raw:
        if not wanted.isdisjoint(_steps(asserted)):
            return True
        return None if asserted in around else False

    return paragraph_


@lru_cache(4096)
def _steps(paragraph: str) -> tuple[str, ...]:
    """The paragraph and all around it: 3A090.a.1, 3A090.a, 3A090."""
    steps = paragraph.split(".")
    return tuple(".".join(steps[:count]) for count in range(len(steps), 0, -1))


def _above(paragraph: str) -> str:
    return paragraph.rpartition(".")[0]


@lru_cache(4096)
def name_key(name: str) -> tuple[str, ...]:
    """A party name without case, punctuation and legal form: the words by which a letter's addressee is known."""
    words = re.findall(r"\w+", name.casefold())
    return tuple(word for word in words if word not in _FORMS) or tuple(words)


def _compare(node: Compare) -> Test:
    entry, compare, plus = facts.FACTS[node.fact], _OPERATORS[node.op], node.plus
    if entry.ratio:
        return _quotient(node, *entry.ratio)
    name, other, times = node.fact, node.other, node.times

    def constant_(known: Facts, _ask: Ask) -> Raw:
        value = known.get(name)
        if value is None:
            return None
        if value.__class__ is Among:
            return agreed(lambda each: compare(each, plus), value)
        return compare(value, plus)  # type: ignore[no-any-return]

    def linear_(known: Facts, _ask: Ask) -> Raw:
        answers = {
            compare(a, EXACT.add(EXACT.multiply(times, b), plus))
            for a in _each(known.get(name))
            for b in _each(known.get(other))
        }
        return answers.pop() if len(answers) == 1 else None

    return linear_ if other else constant_


def _quotient(node: Compare, above: str, below: str) -> Test:
    """``above / below op plus`` decided as ``above op plus * below``: exact on the line."""
    name, compare, plus = node.fact, _OPERATORS[node.op], node.plus

    def quotient_(known: Facts, _ask: Ask) -> Raw:
        tops, bottoms = _each(known.get(above)), _each(known.get(below))
        if tops and bottoms:
            answers = {compare(top, EXACT.multiply(plus, bottom)) for top in tops for bottom in bottoms}
        else:
            answers = {compare(value, plus) for value in _each(known.get(name))}
        return answers.pop() if len(answers) == 1 else None

    return quotient_


def _each(value: Anything) -> tuple[Anything, ...]:
    if value is None:
        return ()
    return tuple(value.values) if value.__class__ is Among else (value,)


class Step(NamedTuple):
    """One line of a trace: label and words of the law, the truth, the values seen, and the steps below.

    A part that is decided stops where it was decided: behind the first "no" of an `all`, nothing is looked at.
    """

    label: str
    text: str
    truth: Truth
    facts: tuple[tuple[str, Anything], ...] = ()
    provision: str = ""
    steps: tuple[Step, ...] = ()

    def to_dict(self) -> dict[str, Anything]:
        """The step as plain data."""
        plain: dict[str, Anything] = {"label": self.label, "text": self.text, "truth": str(self.truth)}
        if self.facts:
            plain["facts"] = {name: facts.shown(value) for name, value in self.facts}
        if self.provision:
            plain["provision"] = self.provision
        if self.steps:
            plain["steps"] = [step.to_dict() for step in self.steps]
        return plain


Tracer = Callable[[Facts, Ask], Step]
_TRUTH = {True: Truth.YES, False: Truth.NO, None: Truth.UNKNOWN}
_OPPOSITE = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def tracer(node: Node, groups: Groups, label: str = "") -> Tracer:
    """The function that decides `node` as `test` does and shows how."""
    if isinstance(node, (All, Any)):
        return _traced_parts(node, groups, label)
    text = node.text
    if isinstance(node, Not):
        part = tracer(node.part, groups)

        def not_(known: Facts, ask: Ask) -> Step:
            below = part(known, ask)
            return Step(label, text, _OPPOSITE[below.truth], (), "", (below,))

        return not_
    if isinstance(node, Applies):
        provision = node.provision
        shown = {raw: Step(label, text, truth, (), provision) for raw, truth in _TRUTH.items()}
        return lambda _known, ask: shown[ask(provision)]
    decide, names = test(node, groups), inputs(node)
    if isinstance(node, (Is, Equals, Within, Holds)):
        return _traced_value(node.fact, decide, label, text)

    def leaf_(known: Facts, ask: Ask) -> Step:
        return Step(label, text, _TRUTH[decide(known, ask)], tuple([(name, known.get(name)) for name in names]))

    return leaf_


#: Values for which a step is kept; names of parties are many.
_KEPT = 64


def _traced_value(name: str, decide: Test, label: str, text: str) -> Tracer:
    """The tracer of a leaf that looks at one value, and no number: the same value makes the same step."""
    made: dict[Anything, Step] = {}

    def value_(known: Facts, ask: Ask) -> Step:
        value = known.get(name)
        step = made.get(value) if value.__class__ is not Among else None  # candidates are shown with their reason
        if step is None:
            step = Step(label, text, _TRUTH[decide(known, ask)], ((name, value),))
            if value.__class__ is not Among:
                if len(made) >= _KEPT:
                    made.clear()
                made[value] = step
        return step

    return value_


def _traced_parts(node: All | Any, groups: Groups, label: str) -> Tracer:
    parts = tuple(tracer(part, groups, name) for name, part in node.parts)
    text, decisive = node.text, Truth.NO if isinstance(node, All) else Truth.YES
    otherwise = _OPPOSITE[decisive]

    def parts_(known: Facts, ask: Ask) -> Step:
        below, truth = [], otherwise
        for part in parts:
            step = part(known, ask)
            below.append(step)
            if step.truth is decisive:
                truth = decisive
                break
            if step.truth is Truth.UNKNOWN:
                truth = Truth.UNKNOWN
        return Step(label, text, truth, (), "", tuple(below))

    return parts_


_made: dict[tuple[int, int], tuple[Node, Groups, Test]] = {}


def node_test(node: Node, groups: Groups) -> Test:
    """`test`, made once for each node and set of groups."""
    key = (id(node), id(groups))
    found = _made.get(key)
    if found is None:
        found = _made[key] = (node, groups, test(node, groups))  # holds both, so the ids stay theirs
    return found[2]


def inputs(node: Node) -> tuple[str, ...]:
    """The facts a leaf looks at, the sides of a quotient in place of the quotient."""
    if isinstance(node, Present):
        return (node.role,)
    if isinstance(node, Compare):
        entry = facts.FACTS[node.fact]
        return entry.ratio or ((node.fact, node.other) if node.other else (node.fact,))
    return (node.fact,) if isinstance(node, (Is, Equals, Within, Holds)) else ()


#: Decides a node and tells the leaves, and the questions to other provisions, that keep it open.
Opener = Callable[[Facts, Ask], tuple[Raw, list[Node]]]
_CLOSED: list[Node] = []


def opener(node: Node, groups: Groups) -> Opener:
    """The function that decides `node` as `test` does and tells why it is open, if it is."""
    if isinstance(node, Not):
        part = opener(node.part, groups)

        def not_(known: Facts, ask: Ask) -> tuple[Raw, list[Node]]:
            truth, leaves = part(known, ask)
            return (None if truth is None else not truth), leaves

        return not_
    if isinstance(node, (All, Any)):
        parts = tuple(opener(part, groups) for _, part in node.parts)
        return _opened_parts(parts, decisive=isinstance(node, Any), in_turn=node.text == IN_TURN)
    decide = test(node, groups)
    itself: list[Node] = [node]

    def leaf_(known: Facts, ask: Ask) -> tuple[Raw, list[Node]]:
        truth = decide(known, ask)
        return truth, itself if truth is None else _CLOSED

    return leaf_


def _opened_parts(parts: tuple[Opener, ...], *, decisive: bool, in_turn: bool) -> Opener:
    def parts_(known: Facts, ask: Ask) -> tuple[Raw, list[Node]]:
        open_: list[Node] = []
        result: Raw = not decisive
        for part in parts:
            truth, leaves = part(known, ask)
            if truth is decisive:
                return decisive, _CLOSED
            if truth is None:
                open_ += () if in_turn and result is None else leaves
                result = None
        return result, open_

    return parts_

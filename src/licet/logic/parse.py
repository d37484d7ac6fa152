"""From text to nodes: the small language of conditions, in Python spelling.

    tpp >= 1600 and performance_density >= 5.92
    2400 <= tpp < 4800
    destination in D5 or destination == MO
    end_use in (military, wmd)          activity != deemed_export
    footnote_4 in end_user_listed       applies("3A090.a")

Allowed are names, literals, ``and or not``, comparisons (chained too), ``in``, a fact times and plus a constant, and
``applies("id")``. Nothing else: no calls, attributes, division or text built at run time, so a stranger's
lawbook is safe to load. An outline (``all``, ``any``, ``none``, ``some``/``every`` party) nests such lines; ``in_turn``
is an ``all`` whose later parts are asked for only once the earlier ones are known.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any as Anything

from licet import facts
from licet.errors import ExpressionError, LicetError, did_you_mean
from licet.logic.nodes import IN_TURN, All, Always, Any, Applies, Compare, Equals, Holds, Is, Node, Not, Present, Within

_OPS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_PARTY = ("name", "country", "hq", "listed", "military", "majority_d5", "owned_by_listed_percent")
_LONGEST = 2_000


def expression(text: str, groups: Collection[str], *, role: str = "") -> Node:
    """Parse one line of the language.

    Args:
        text: the line.
        groups: what may stand behind ``in``: ids of country groups, or a mapping that also holds named sets of
            paragraphs of the Commerce Control List.
        role: inside ``some: party``, the role whose attributes ``hq``, ``country``, … mean.

    Raises:
        ExpressionError: anything that is not in the language, with the column and what to write instead.
    """
    if len(text) > _LONGEST:
        raise ExpressionError(f"a condition of {len(text)} characters", why=f"the limit is {_LONGEST}")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None)
        raise ExpressionError(
            f"{text.strip()!r} is no condition", where=f"column {column}" if column else "",
            why=getattr(error, "msg", "") or str(error),
        ) from None  # fmt: skip
    return _Reader(text.strip(), groups, role).read(tree.body)


def outline(tree: object, groups: Collection[str], *, role: str = "", depth: int = 0) -> Node:
    """Parse an outline: a line, or a mapping with one of ``all any none some every``.

    Args:
        tree: text, or nested mappings and lists as they stand in the YAML.
        groups: as in `expression`.
        role: as in `expression`.
        depth: how deep this part lies (limited to 12).

    Raises:
        ExpressionError: as in `expression`, or a key the outline does not know.
    """
    if depth > 12:
        raise ExpressionError("an outline nested more than 12 deep")
    if isinstance(tree, str):
        return expression(tree, groups, role=role)
    if not isinstance(tree, Mapping):
        raise ExpressionError(f"a condition is a line or an outline, not {tree!r}")
    if "some" in tree or "every" in tree:
        return _quantified(tree, groups, depth)
    if len(tree) != 1 or (key := next(iter(tree))) not in ("all", "in_turn", "any", "none"):
        known = ("all", "in_turn", "any", "none", "some", "every")
        odd = next((k for k in tree if k not in known), "")
        raise ExpressionError(
            f"an outline has one of {', '.join(known)}, not {', '.join(map(str, tree))}",
            next=did_you_mean(str(odd), known),
        )
    parts = tuple((label, outline(part, groups, role=role, depth=depth + 1)) for label, part in _labelled(tree[key]))
    if key == "in_turn":
        return All(parts, IN_TURN)
    return All(parts) if key == "all" else Any(parts) if key == "any" else Not(Any(parts), "none of")


def _labelled(parts: object) -> Iterable[tuple[str, object]]:
    if isinstance(parts, Mapping):
        return [(str(label), part) for label, part in parts.items()]
    if isinstance(parts, list):
        return [("", part) for part in parts]
    raise ExpressionError(f"all, any and none hold a list or labelled parts, not {parts!r}")


def _quantified(tree: Mapping[str, Anything], groups: Collection[str], depth: int) -> Node:
    every = "every" in tree
    who = tree["every" if every else "some"]
    extra = [key for key in tree if key not in ("some", "every", "is")]
    if extra or "is" not in tree:
        raise ExpressionError("a quantifier is written {some: party, is: condition}", why=f"found {', '.join(tree)}")
    roles = facts.PARTIES if who == "party" else tuple(who) if isinstance(who, list) else (who,)
    for role in roles:
        if role not in facts.ROLES:
            raise ExpressionError(f"{role!r} is no role", next=did_you_mean(str(role), ["party", *facts.ROLES]))
    parts = []
    for role in roles:
        there = Present(role, f"there is {'an' if role[0] in 'aeiou' else 'a'} {role.replace('_', ' ')}")
        part = outline(tree["is"], groups, role=role, depth=depth + 1)
        node: Node = Any((("", Not(there)), ("", part))) if every else All((("", there), ("", part)))
        parts.append((role, part if role == "end_user" else node))
    return All(tuple(parts), "every party") if every else Any(tuple(parts), "some party")


class _Reader:
    """One pass over the tree that Python's own parser made of a line."""

    def __init__(self, text: str, groups: Collection[str], role: str) -> None:
        self.text, self.groups, self.role = text, groups, role

    def fail(self, node: ast.AST, what: str, next: str = "") -> ExpressionError:
        column = getattr(node, "col_offset", 0) + 1
        return ExpressionError(what, where=f"column {column} of {self.text!r}", next=next)

    def source(self, node: ast.AST) -> str:
        return ast.get_source_segment(self.text, node) or self.text

    def read(self, node: ast.AST) -> Node:
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = tuple(("", self.read(value)) for value in values)
                return All(parts) if isinstance(op, ast.And) else Any(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.read(operand), self.source(node))
            case ast.Compare(left=left, ops=ops, comparators=rights):
                lefts = [left, *rights]
                parts = tuple(
                    ("", self.pair(a, op, b, node if len(ops) == 1 else None))
                    for a, op, b in zip(lefts, ops, rights, strict=False)
                )
                return parts[0][1] if len(parts) == 1 else All(parts, self.source(node))
            case ast.Name(id=name):
                if name in ("always", "never"):
                    return Always(name == "always", name)
                entry = self.fact(node, name)
                if entry.kind is not facts.Kind.BOOLEAN:
                    raise self.fail(node, f"{name} is no yes-or-no fact", "compare it with something")
                return Is(entry.name, self.source(node))
            case ast.Call(func=ast.Name(id="applies"), args=[ast.Constant(value=str(id_))], keywords=[]):
                return Applies(id_, f"{id_} applies")
            case ast.Call():
                raise self.fail(node, 'the only call is applies("id")')
            case ast.BinOp(op=ast.Div() | ast.FloorDiv()):
                raise self.fail(node, "a condition cannot divide", "write a >= 5.92 * b, or use a density fact")
        raise self.fail(node, f"{type(node).__name__} is not in the language of conditions")

    def fact(self, node: ast.AST, name: str) -> facts.Fact:
        if self.role and name in _PARTY:
            name = self.role if name == "name" else f"{self.role}_{name}"
        found = facts.FACTS.get(name)
        if found is None:
            known = [*facts.FACTS, *self.groups, *(_PARTY if self.role else ())]
            raise self.fail(node, f"{name!r} is no fact", did_you_mean(name, known))
        return found

    def is_fact(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and (node.id in facts.FACTS or bool(self.role and node.id in _PARTY))

    def pair(self, left: ast.AST, op: ast.cmpop, right: ast.AST, whole: ast.AST | None) -> Node:
        text = self.source(whole) if whole is not None else f"{self.source(left)} {_spell(op)} {self.source(right)}"
        if isinstance(op, (ast.In, ast.NotIn)):
            node = self.member(left, right, text.replace(" not in ", " in "))
            return node if isinstance(op, ast.In) else Not(node, text)
        if type(op) not in _OPS:
            raise self.fail(left, "facts are compared with < <= > >= == != and in")
        spelled = _OPS[type(op)]
        if not self.mentions_number(left) and self.mentions_number(right):
            left, right, spelled = right, left, _TURNED[spelled]
        entry = self.fact(left, left.id) if isinstance(left, ast.Name) and self.is_fact(left) else None
        if entry is not None and entry.kind is facts.Kind.NUMBER:
            return self.number(entry, spelled, right, text)
        if entry is None:
            for side in (left, right):
                if isinstance(side, ast.Name):
                    self.fact(side, side.id)  # says which name is no fact, with a hint
            raise self.fail(left, "a comparison starts with a fact")
        if entry.kind is facts.Kind.SET:
            raise self.fail(left, f"{entry.name} is a set", f"write VALUE in {entry.name}")
        if spelled not in ("==", "!="):
            raise self.fail(left, f"{entry.name} has no order", "compare it with == or !=")
        equal = Equals(entry.name, frozenset({self.value(entry, right)}), text.replace("!=", "=="))
        return equal if spelled == "==" else Not(equal, text)

    def mentions_number(self, node: ast.AST) -> bool:
        return any(
            isinstance(n, ast.Name) and self.is_fact(n) and self.fact(n, n.id).kind is facts.Kind.NUMBER
            for n in ast.walk(node)
        ) or self.is_fact(node)

    def number(self, entry: facts.Fact, op: str, right: ast.AST, text: str) -> Node:
        times, other, plus = self.linear(right)
        if other == entry.name:
            raise self.fail(right, f"{other} is compared with itself")
        return Compare(entry.name, op, times, other, plus, text)

    def linear(self, node: ast.AST) -> tuple[Decimal, str, Decimal]:
        """`node` as times * fact + plus."""
        match node:
            case ast.Constant() | ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
                return Decimal(0), "", self.decimal(node)
            case ast.Name(id=name):
                entry = self.fact(node, name)
                if entry.kind is not facts.Kind.NUMBER or entry.ratio:
                    raise self.fail(node, f"{name} is no plain number")
                return Decimal(1), entry.name, Decimal(0)
            case ast.BinOp(left=ast.Constant() | ast.UnaryOp() as c, op=ast.Mult(), right=ast.Name() as n):
                return self.decimal(c), self.linear(n)[1], Decimal(0)
            case ast.BinOp(left=ast.Name() as n, op=ast.Mult(), right=ast.Constant() as c):
                return self.decimal(c), self.linear(n)[1], Decimal(0)
            case ast.BinOp(left=sum_, op=ast.Add(), right=ast.Constant() as c):
                times, other, plus = self.linear(sum_)
                return times, other, plus + self.decimal(c)
            case ast.BinOp(op=ast.Div() | ast.FloorDiv()):
                raise self.fail(node, "a condition cannot divide", "write a >= 5.92 * b, or use a density fact")
        raise self.fail(node, "a number is compared with a constant, or with a constant times a fact plus a constant")

    def decimal(self, node: ast.Constant | ast.UnaryOp) -> Decimal:
        if isinstance(node, ast.UnaryOp):
            if not (isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)):
                raise self.fail(node, f"{self.source(node)} is no number")
            return -self.decimal(node.operand)
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            raise self.fail(node, f"{node.value!r} is no number")
        digits = self.source(node).replace("_", "")  # as written, not the float behind them
        if not re.fullmatch(r"\d{1,45}(\.\d{1,30})?([eE]\+?\d{1,2})?", digits):
            raise self.fail(node, f"{digits} is no plain number", "write digits, such as 4800, 5.92 or 1e26")
        return Decimal(digits)

    def member(self, left: ast.AST, right: ast.AST, text: str) -> Node:
        if isinstance(right, ast.Name) and self.is_fact(right):
            entry = self.fact(right, right.id)
            if entry.kind is not facts.Kind.SET:
                raise self.fail(right, f"{entry.name} is no set")
            wanted = left.elts if isinstance(left, ast.Tuple) else [left]
            return Holds(entry.name, frozenset(str(self.value(entry, each)) for each in wanted), text)
        if not isinstance(left, ast.Name):
            raise self.fail(left, "`in` starts with a fact, or with a value of a set fact")
        entry = self.fact(left, left.id)
        if entry.kind is facts.Kind.SET:
            raise self.fail(left, f"{entry.name} is a set", f"write VALUE in {entry.name}")
        if isinstance(right, ast.Tuple):
            return Equals(entry.name, frozenset(self.value(entry, each) for each in right.elts), text)
        if not isinstance(right, ast.Name) or entry.kind not in (facts.Kind.COUNTRY, facts.Kind.ECCN):
            raise self.fail(right, f"{entry.name} is looked up in a list (a, b) of its values")
        if entry.kind is facts.Kind.ECCN:
            return Equals(entry.name, self.paragraphs(right), text, right.id)
        if right.id not in self.groups:
            raise self.fail(right, f"there is no country group {right.id}", did_you_mean(right.id, self.groups))
        return Within(entry.name, right.id, text)

    def paragraphs(self, node: ast.Name) -> frozenset[object]:
        """The paragraphs of the set that `node` names."""
        sets = {name: each for name, each in _sets(self.groups) if isinstance(each, frozenset)}
        if node.id not in sets:
            raise self.fail(node, f"there is no set of paragraphs {node.id}", did_you_mean(node.id, sets))
        return sets[node.id]

    def value(self, entry: facts.Fact, node: ast.AST) -> object:
        """The literal `node`, proved to be a value the fact can take."""
        if isinstance(node, ast.Name):
            raw: object = node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            raw = node.value
        else:
            raise self.fail(node, f"{self.source(node)} is no value of {entry.name}")
        try:
            if entry.kind is facts.Kind.SET:
                (parsed,) = facts.parse(entry.name, raw)
            else:
                parsed = facts.parse(entry.name, raw)
        except LicetError as error:
            raise self.fail(node, error.what, error.next or error.why) from None
        if parsed is None or isinstance(parsed, Decimal):
            raise self.fail(node, f"{self.source(node)} is no value of {entry.name}")
        return parsed


def _sets(names: Collection[str]) -> Iterable[tuple[str, object]]:
    return names.items() if isinstance(names, Mapping) else ()


def _spell(op: ast.cmpop) -> str:
    return "in" if isinstance(op, ast.In) else "not in" if isinstance(op, ast.NotIn) else _OPS.get(type(op), "?")

"""Conditions as frozen nodes: what the law's `when` becomes after parsing, and all that any evaluator sees.

A leaf looks at facts of the question; `All`, `Any` and `Not` combine; `Applies` asks another provision. Labels of the
outline (``a.1``) stand in the combining nodes, so that a trace reads like the regulation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Is:
    """The boolean fact is yes."""

    fact: str
    text: str


@dataclass(frozen=True, slots=True)
class Compare:
    """``fact op times * other + plus``; without `other`, `plus` is the threshold.

    For a quotient such as performance density the engine multiplies out, so that values on the line stay exact.
    """

    fact: str
    op: str
    times: Decimal
    other: str
    plus: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Equals:
    """The fact is one of `values` (choices, days, texts, ECCN paragraphs, or single countries).

    `named` is the set of paragraphs that the text names, where it names one in place of listing values.
    """

    fact: str
    values: frozenset[object]
    text: str
    named: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """The country belongs to the group on the day of the act."""

    fact: str
    group: str
    text: str


@dataclass(frozen=True, slots=True)
class Holds:
    """The set-valued fact holds at least one of `values`."""

    fact: str
    values: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody has the role in the transaction."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Applies:
    """Another provision applies."""

    provision: str
    text: str


@dataclass(frozen=True, slots=True)
class Always:
    """The condition that is always met."""

    truth: bool
    text: str = "always"


@dataclass(frozen=True, slots=True)
class Not:
    """The condition is not met."""

    part: Node
    text: str = "not"


@dataclass(frozen=True, slots=True)
class All:
    """Every part is met."""

    parts: tuple[tuple[str, Node], ...]
    text: str = "all of"


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part is met."""

    parts: tuple[tuple[str, Node], ...]
    text: str = "any of"


#: The text of an `All` of which a part is asked for only once those before it are known.
IN_TURN = "in turn"

Leaf = Is | Compare | Equals | Within | Holds | Present | Always
Node = Leaf | Applies | Not | All | Any


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it, outline order."""
    yield node
    if isinstance(node, Not):
        yield from walk(node.part)
    elif isinstance(node, (All, Any)):
        for _, part in node.parts:
            yield from walk(part)


def facts_of(node: Node) -> Iterator[str]:
    """The names of all facts that `node` looks at itself (not through other provisions)."""
    for part in walk(node):
        if isinstance(part, (Is, Compare, Equals, Within, Holds)):
            yield part.fact
            if isinstance(part, Compare) and part.other:
                yield part.other
        elif isinstance(part, Present):
            yield part.role

"""What missing facts could do: exact answers where Kleene's logic is too shy, and what each fact could lead to.

A law of thresholds distinguishes only finitely many cells of each fact: below, at and above every number it names, each
choice, each class of countries that share their groups. One value per cell stands for the whole cell.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from licet import facts
from licet.errors import LicetError
from licet.lex.law import DayLaw
from licet.logic.nodes import Compare, Equals, Node, Within, walk

if TYPE_CHECKING:
    from licet.decision.determination import Determination

#: More worlds than this are not tried; the answer then rests on Kleene's logic alone.
MOST_WORLDS = 64
#: Named first where a class of countries is named by one of them.
_KNOWN_BEST = ("China", "Russia", "Japan", "Singapore")
#: Facts whose cells are tried together: those of the item, where two paragraphs can meet without a gap.
_ITEM = frozenset(name for name, entry in facts.FACTS.items() if entry.of is facts.Subject.ITEM)


@lru_cache(1024)
def cells(day: DayLaw, name: str, die_area: Decimal | None = None) -> tuple[tuple[str, Any], ...]:
    """The cells of fact `name` under the law of `day`: a label for people, and a value that stands for the cell.

    Args:
        day: the law.
        name: the fact.
        die_area: for TPP, the applicable die area when it is known: the lines of the density then cut TPP too.
    """
    entry = facts.FACTS[name]
    if entry.kind is facts.Kind.BOOLEAN:
        return (("yes", True), ("no", False))
    if entry.kind is facts.Kind.CHOICE:
        return tuple((value, value) for value in entry.values or ())
    if entry.kind is facts.Kind.SET:
        return tuple((value, frozenset({value})) for value in entry.values or ())
    if entry.kind is facts.Kind.NUMBER:
        return _numbers(_lines(day, name, die_area))
    if entry.kind is facts.Kind.COUNTRY:
        return _countries(day, name)
    named = sorted(
        {str(value) for node in _leaves(day) if isinstance(node, Equals) and node.fact == name for value in node.values}
    )
    return (*((value, value) for value in named), ("any other", "(any other)")) if entry.kind is facts.Kind.TEXT else ()


def _leaves(day: DayLaw) -> list[Node]:
    return [node for clause in day.enforced.values() for node in walk(clause.node)]


def _lines(day: DayLaw, name: str, die_area: Decimal | None) -> list[Decimal]:
    lines: set[Decimal] = set()
    for node in _leaves(day):
        if not isinstance(node, Compare):
            continue
        if node.fact == name and not node.other:
            lines.add(node.plus)
        elif node.fact == "performance_density" and name == "tpp" and die_area:
            lines.add(node.plus * die_area)
    return sorted(line for line in lines if line >= 0)


def _numbers(lines: list[Decimal]) -> tuple[tuple[str, Any], ...]:
    if not lines:
        return ()
    found: list[tuple[str, Any]] = [(f"below {lines[0].normalize():f}", lines[0] / 2)]
    for line, above in itertools.zip_longest(lines, lines[1:]):
        found.append((f"exactly {line.normalize():f}", line))
        between = (line + above) / 2 if above is not None else line * 2 + 1
        label = (
            f"between {line.normalize():f} and {above.normalize():f}"
            if above is not None
            else f"above {line.normalize():f}"
        )
        found.append((label, between))
    return tuple(each for each in found if each[1] > 0 or each[0].startswith("exactly"))


def _countries(day: DayLaw, name: str) -> tuple[tuple[str, Any], ...]:
    """One country for each class that the law of the day tells apart by this fact, the largest class last."""
    from licet.places import codes
    from licet.places import name as place

    groups = {node.group for node in _leaves(day) if isinstance(node, Within) and node.fact == name}
    single = {v for node in _leaves(day) if isinstance(node, Equals) and node.fact == name for v in node.values}
    classes: dict[tuple[Any, ...], list[str]] = {}
    for code in codes():
        key = (code if code in single else "", *(code in day.groups[group] for group in sorted(groups)))
        classes.setdefault(key, []).append(code)
    ordered = sorted(classes.values(), key=lambda members: (len(members), members))
    return tuple((_label([place(code) for code in members]), members[0]) for members in ordered)


def _label(names: list[str]) -> str:
    first = sorted(names, key=lambda name: (name not in _KNOWN_BEST, name))
    return ", ".join(first) if len(first) <= 3 else f"{first[0]} and {len(first) - 1} more"


#: The law asks for an area only under a quotient, so the cells of the quotient stand for those of the area.
_THROUGH = {"die_area_mm2": "performance_density", "package_area_mm2": "memory_bandwidth_density"}


def _axis(answer: Determination, name: str) -> tuple[str, tuple[tuple[str, Any], ...]]:
    """The fact to vary for the missing fact `name`, and its cells."""
    through = _THROUGH.get(name, name)
    area = answer.question.known.get("die_area_mm2") if name == "tpp" else None
    found = cells(answer.day, through, area if isinstance(area, Decimal) else None)
    if through != name:
        found = tuple((f"{through} {label}", value) for label, value in found)
    return through, found


def could_become(answer: Determination) -> dict[str, dict[str, list[str]]]:
    """For each missing fact, the outcomes that its cells lead to, all else taken as ordinary."""
    found: dict[str, dict[str, list[str]]] = {}
    base = answer.if_ordinary or answer
    for name in (*answer.missing, *answer.missing_as_written):
        if name == "other_parties" or name in facts.ROLES:
            continue  # who they are would be the next question, so no value of these settles anything
        through, values = _axis(base, name)
        outcomes: dict[str, list[str]] = {}
        for label, value in values:
            world = _world(base, {through: value})
            if world is not None:
                outcomes.setdefault(str(world.outcome), []).append(label)
        if outcomes:
            found[name] = outcomes
    return found


def _world(answer: Determination, values: dict[str, Any]) -> Determination | None:
    """The answer with these facts known; None when they contradict the others, so that there is no such world."""
    from licet.decision.decide import decide

    try:
        return decide(answer.question.with_facts(**values), answer.day.law, exact=False)
    except LicetError:
        return None


def axes(answer: Determination) -> list[tuple[str, tuple[tuple[str, Any], ...]]]:
    """The missing facts to vary, each with its cells; empty where no worlds are tried.

    Worlds are tried only where the outcome is open, nothing but item facts is missing, and there are at most
    `MOST_WORLDS`.
    """
    if str(answer.outcome) != "undetermined" or not answer.missing or not _ITEM.issuperset(answer.missing):
        return []
    found = [_axis(answer, name) for name in answer.missing]
    return found if 0 < math.prod(len(values) for _, values in found) <= MOST_WORLDS else []


def settled(answer: Determination) -> Determination:
    """`answer`, or, where every world of its missing item facts agrees on the outcome, that outcome."""
    varied = axes(answer)
    outcomes = set()
    for values in itertools.product(*(values for _, values in varied)) if varied else ():
        world = _world(answer, {name: value for (name, _), (_, value) in zip(varied, values, strict=True)})
        if world is not None:
            outcomes.add(world.outcome)
            if len(outcomes) > 1:
                return answer
    if not outcomes or outcomes == {answer.outcome}:  # still open in every world: what is missing stays missing
        return answer
    note = f"Whatever the {', '.join(answer.missing)}, the outcome is the same; every case was tried."
    return replace(answer, outcome=outcomes.pop(), missing=(), warnings=(*answer.warnings, note))

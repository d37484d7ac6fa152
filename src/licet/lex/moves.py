"""A move of an amendment: places that enter or leave a dated country group.

    - {group: A5, from: 2026-12-01, enter: [SA]}
    - {group: D4, from: 2026-12-01, leave: [SA]}

A move counts from its first day through its last, if it has one; then the membership of before stands again. Groups
that are made of other groups follow by themselves.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from licet.errors import BadValue, LawError, did_you_mean
from licet.lex.model import Group, Membership
from licet.places import country

Day = datetime.date
_ONE = datetime.timedelta(1)


@dataclass(frozen=True, slots=True)
class Move:
    """What an amendment does to the members of one group.

    Attributes:
        group: its id.
        since, until: the first and the last day; None is forever.
        by: the instrument.
        enter, leave: codes of places; only one of the two is filled.
        where: file and line.
    """

    group: str
    since: Day
    until: Day | None
    by: str
    enter: frozenset[str]
    leave: frozenset[str]
    where: str = ""


def places(text: object, where: str) -> frozenset[str]:
    """The codes of a list of places.

    Raises:
        LawError: it is no list, or one of them is no place.
    """
    if not isinstance(text, list) or not text or not all(isinstance(each, str) for each in text):
        raise LawError("a move names places in a list", where=where, next="as in `enter: [SA]`")
    try:
        return frozenset(country(each) for each in text)
    except BadValue as error:
        raise LawError(error.what, where=where, next=error.next) from None


def moved(groups: Mapping[str, Group], move: Move, first: Day) -> Group:
    """The group that `move` names, with its members after the move.

    Raises:
        LawError: there is no such group, it has no members of its own, or the move changes nothing.
    """
    group = groups.get(move.group)
    if group is None:
        raise LawError(f"there is no country group {move.group!r}", where=move.where,
                       next=did_you_mean(move.group, groups))  # fmt: skip
    if group.union or group.less:
        raise LawError(f"{group.id} is made of other groups", where=move.where,
                       next=f"move places in {', '.join((*group.union, *group.less))}")  # fmt: skip
    if move.since < first:
        raise LawError(f"{move.since} lies before the first day of the lawbook", where=move.where,
                       why=f"it begins on {first}")  # fmt: skip
    inside = {place for each in group.members if _covers(each, move.since) for place in each.of}
    idle = (move.enter & inside) | (move.leave - inside)
    if idle:
        said = "is in it already" if move.enter else "is not in it"
        raise LawError(f"{', '.join(sorted(idle))} {said}: {group.id} on {move.since}", where=move.where)
    if move.enter:
        new = Membership(move.enter, move.since, move.until, move.by)
        return replace(group, members=(*group.members, new))
    return replace(group, members=tuple(part for each in group.members for part in _without(each, move)))


def _covers(member: Membership, day: Day) -> bool:
    return member.since <= day and (member.until is None or day <= member.until)


def _without(member: Membership, move: Move) -> Iterator[Membership]:
    """`member` without the places that leave, for as long as they are away."""
    away = member.of & move.leave
    ended = member.until is not None and member.until < move.since
    if not away or ended or (move.until is not None and move.until < member.since):
        yield member
        return
    if member.of - away:
        yield replace(member, of=member.of - away)
    if member.since < move.since:
        yield replace(member, of=away, until=move.since - _ONE)
    if move.until is not None and (member.until is None or member.until > move.until):
        yield replace(member, of=away, since=move.until + _ONE)

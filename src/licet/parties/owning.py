"""Owners and seats become facts: the share in listed hands, the headquarters, a majority owner in a strict place."""

from __future__ import annotations

import datetime

from licet.errors import BadValue, LicetError
from licet.parties.finding import HQ, MAJORITY, OWNED, Finding
from licet.parties.ownership import HALF, Graph, Listed, Ownership, Stake, Standing


def owned(graph: Graph, name: str, on: datetime.date, wanted: frozenset[str], listed: Listed) -> dict[str, Finding]:
    """What a graph of owners says of a party on a day, as findings by ending; nothing of a party it does not hold.

    Args:
        graph: who owns whom.
        name: the party.
        on: the day.
        wanted: the endings that are asked for.
        listed: whether the listing of a party passes down to what it owns.
    """
    try:
        if not graph.knows(name, on):
            return {}
    except BadValue:
        return {}  # a name that holds nothing to compare is nobody's that the file could hold
    found: dict[str, Finding] = {}
    if OWNED in wanted:
        found[OWNED] = _share(graph.ownership(name, on, listed))
    strict = _strict(on)
    if strict is not None:
        for ending, settle in ((HQ, _headquarters), (MAJORITY, _majority)):
            finding = settle(graph, name, on, strict) if ending in wanted else None
            if finding is not None:
                found[ending] = finding
    return found


def _share(result: Ownership) -> Finding:
    """The share in listed hands, where every share that is not known leaves the answer on one side of the half."""
    held = "; ".join(map(shown, result.owners))
    part = (f"partly in listed hands: {held or 'a listed party holds a part further up'}",)
    flags = part if result.standing is Standing.MINORITY or (result.low < HALF and result.owners) else ()
    if result.low >= HALF:
        return Finding(result.low, f"from the file of owners: {held}")
    if result.most < HALF:
        why = f"from the file of owners: {held or 'no listed owner'}"
        return Finding(result.low if result.low or not result.owners else result.most, why, flags=flags)
    lost = f", and of {result.unaccounted.normalize():f} percent no owner is known" if result.unaccounted else ""
    note = f"from {result.low.normalize():f} to {result.most.normalize():f} percent may be in listed hands"
    return Finding(None, "the shares known leave it open", doubtful=True, warnings=(f"{note}{lost}",), flags=flags)


def shown(stake: Stake) -> str:
    """A stake in words."""
    low, high = (f"{side.normalize():f}" for side in (stake.low, stake.high))
    share = low if low == high else f"{low} to {high}"
    return f"{stake.owner} {share} percent" + (f" ({stake.source})" if stake.source else "")


def _strict(on: datetime.date) -> frozenset[str] | None:
    """Macau and Country Group D:5 on that day; None before the lawbook."""
    from licet.lex.law import current

    try:
        return current().on(on).groups["D5_or_Macau"]
    except LicetError:
        return None


def _headquarters(graph: Graph, name: str, on: datetime.date, strict: frozenset[str]) -> Finding | None:
    """The seat that the headquarters tests count: the party's own or its ultimate parent's, whichever is strict.

    A seat elsewhere is taken only where both are known; else either could still be strict.
    """
    own, parent = graph.seat(name), graph.ultimate_parent(name, on)
    above = None if parent is None else graph.seat(parent)
    for seat in (above, own):
        if seat in strict:
            whose = f"the ultimate parent {parent}" if seat == above and parent != name else "its own seat"
            return Finding(seat, f"from the file of owners: {whose}")
    if own is None or above is None:
        return None
    return Finding(above, f"from the file of owners: the ultimate parent {parent}, and its own seat {own}")


def _majority(graph: Graph, name: str, on: datetime.date, strict: frozenset[str]) -> Finding | None:
    """Whether a majority owner, direct or further up, has its seat in a strict place; None where that is not known."""
    chain, whole = graph.majority_owners(name, on)
    seats = [(owner, graph.seat(owner)) for owner in chain]
    for owner, seat in seats:
        if seat in strict:
            return Finding(True, f"from the file of owners: {owner} ({seat})")
    if whole and all(seat is not None for _, seat in seats):
        return Finding(False, "from the file of owners: no majority owner there")
    return None

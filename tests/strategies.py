"""Random questions over the whole vocabulary, biased to where answers turn: the lines, the days, the lists.

One pool for every property: a fact or a law that is added joins by itself.
"""

from __future__ import annotations

import datetime
import functools
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from licet.facts import FACTS, Fact, Kind
from licet.lex.law import current
from licet.logic.nodes import Compare, Equals, walk

Question = dict[str, Any]

#: A question about a chip of no tier to a friendly place, with every fact that the first part of the law looks at.
CLEAR: Question = {
    "activity": "export", "shipped_from": "US", "destination": "FR", "subject_to_ear": "yes", "end_use": "consumer",
    "other_parties": "no", "exception_claimed": "none", "notice_days": "0", "notice_answer": "none",
    "purchase_order": "yes", "sample": "no", "item_kind": "integrated_circuit", "eccn": "EAR99",
    "item_vendor": "Somebody", "tpp": "100",
    "die_area_mm2": "800", "datacenter": "no", "io_bandwidth_gbs": "100", "processing_tops": "7",
    "dram_bandwidth_gbs": "100", "process_node_nm": "28", "exporter": "Somebody", "exporter_listed": "none",
    "exporter_hq": "US", "end_user": "Someone", "end_user_hq": "FR", "end_user_country": "FR",
    "end_user_listed": "none", "end_user_military": "no", "end_user_majority_d5": "no", "uae_beneficiary": "none",
    "equivalent_foreign_item": "no", "exporter_is_fab_or_osat": "no",
}  # fmt: skip
_COUNTRIES = (
    "CN", "HK", "MO", "US", "FR", "JP", "SG", "SA", "AE", "VN", "RU", "IR", "KP", "CU", "SY", "ET", "KH", "CY", "TW",
    "IL", "IN", "NI", "BY", "MM",
)  # fmt: skip
_PARAGRAPHS = ("EAR99", "3A090", "5A992.c", "3A001.b", "9A001", "3B001", "3D001", "3E001", "4E091")


def names() -> tuple[str, ...]:
    """Every fact that can be given."""
    return tuple(name for name, entry in FACTS.items() if not entry.derived)


@functools.cache
def named() -> dict[str, frozenset[Any]]:
    """The constants of the law, by the fact they are compared with."""
    found: dict[str, set[Any]] = {}
    for provision in current().provisions.values():
        for version in provision.versions:
            for node in walk(version.when):
                if isinstance(node, Compare):
                    found.setdefault(node.fact, set()).add(node.plus)
                elif isinstance(node, Equals):
                    found.setdefault(node.fact, set()).update(node.values)
    return {name: frozenset(values) for name, values in found.items()}


@functools.cache
def items() -> tuple[str, ...]:
    """Ids of the catalog, a sample of every kind."""
    from licet import catalog

    return tuple(sorted({each.id for each in catalog.items()}))


@functools.cache
def value(name: str) -> st.SearchStrategy[Any]:
    """Values of one fact, near the lines that the law draws."""
    entry = FACTS[name]
    if entry.kind is Kind.NUMBER:
        lines = sorted(named().get(name, {Decimal(10)}))
        near = {
            str(max(Decimal(0), line + step)) for line in lines for step in (Decimal(-1), Decimal(0), Decimal(1), line)
        }
        return st.sampled_from(["0", *sorted(near)])
    if entry.kind is Kind.BOOLEAN:
        return st.sampled_from(["yes", "no"])
    return st.sampled_from(_choices(entry))


def _choices(entry: Fact) -> list[Any]:
    law = current()
    if entry.kind in (Kind.CHOICE, Kind.SET):
        return list(entry.values or ())
    if entry.kind is Kind.COUNTRY:
        return list(_COUNTRIES)
    if entry.kind is Kind.DATE:
        step = datetime.timedelta(1)
        return sorted({str(day) for start in law.starts for day in (start, start - step) if day >= law.first})
    if entry.kind is Kind.ECCN:
        return sorted({*_PARAGRAPHS, *map(str, named().get("eccn", ()))})
    if entry.name == "item":
        return list(items())
    return [*sorted(map(str, named().get(entry.name, ()))), "Somebody"]


@st.composite
def questions(draw: st.DrawFn, *, start: Question | None = None, most: int = 5) -> Question:
    """A question: the clear one (or `start`) with a few facts changed, added and taken away, or one from nothing."""
    base = dict(CLEAR if start is None else start) if draw(st.integers(0, 4)) else {}
    changed = draw(st.lists(st.sampled_from(names()), min_size=1, max_size=most if base else 25, unique=True))
    question = {**base, **{name: draw(value(name)) for name in changed}}
    for name in draw(st.lists(st.sampled_from(sorted(question)), max_size=2, unique=True)):
        del question[name]
    return {**question, "on": draw(value("on"))}

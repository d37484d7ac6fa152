"""What loading cannot prove of a lawbook: its own tests, its thresholds to the last digit, and that no day is silent.

`report` takes seconds and finds, in this order: tests beside the provisions that fail; thresholds that are not met
exactly; versions without a citation; and, over every span of days since October 2022 and representative cells of
item, destination and headquarters, questions that cannot be answered, requirements without a review policy, and
provisions that conclude differently about one thing. Whether the tests would notice a changed constant is the business
of `licet.lex.mutants`.
"""

from __future__ import annotations

import datetime
import decimal
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from licet import facts
from licet.decision.decide import decide
from licet.decision.determination import Determination
from licet.decision.question import prepare
from licet.errors import LicetError
from licet.lex.cases import failures
from licet.lex.law import DayLaw, Law
from licet.lex.model import Provision, Version
from licet.logic.evaluate import test
from licet.logic.nodes import Compare, Equals, Node, walk
from licet.places import codes
from licet.unknown import Truth

_SINCE = datetime.date(2022, 10, 1)
#: Far closer to a line than any data sheet comes, and still exact in a Decimal.
_STEP = Decimal("1e-9")
#: Areas for which ``TPP / area`` has no finite decimal, beside plain ones.
_BELOW_THE_LINE = tuple(map(Decimal, ("1", "0.3", "7", "400", "813.7", "814", "1600.1")))
#: Below, at and above the threshold.
_TRUTHS = {
    "<": (True, False, False), "<=": (True, True, False), ">": (False, False, True), ">=": (False, True, True),
    "==": (False, True, False), "!=": (True, False, True),
}  # fmt: skip
#: Says of a requirement that its law publishes no review policy.
_NO_POLICY = "no review policy"

_ITEMS: Mapping[str, Mapping[str, str]] = {
    "upper tier, data center": {"item_kind": "integrated_circuit", "tpp": "5000", "datacenter": "yes"},
    "upper tier, other": {"item_kind": "integrated_circuit", "tpp": "5000", "datacenter": "no"},
    "lower tier": {"item_kind": "computer", "tpp": "3000", "die_area_mm2": "800", "datacenter": "yes"},
    "neither tier": {"item_kind": "integrated_circuit", "tpp": "700", "die_area_mm2": "800", "datacenter": "no"},
    "high-bandwidth memory": {"item_kind": "hbm", "memory_bandwidth_density": "5"},
    "an asserted .z": {"eccn": "5A992.z.1", "item_kind": "computer", "tpp": "5000", "datacenter": "yes"},
}
_SEATS = ("US", "JP", "VN", "CN", "MO", "RU")
#: What else can make a license necessary; each is asked with an item of either end.
_TROUBLES: Mapping[str, Mapping[str, str]] = {
    **{use: {"end_use": use} for use in (facts.FACTS["end_use"].values or ())},
    **{mark: {"end_user_listed": mark} for mark in facts.LISTS if mark != "none"},
    **{act: {"activity": act} for act in ("reexport", "transfer")},
    **{act: {"activity": act, "shipped_from": ""} for act in ("deemed_export", "use", "support")},
    "military end user": {"end_user_military": "yes"},
}
_COMPLETE: Mapping[str, str] = {
    "activity": "export", "shipped_from": "US", "exporter": "Somebody", "exporter_listed": "none",
    "end_use": "consumer", "end_user_listed": "none", "end_user_military": "no", "end_user_majority_d5": "no",
    "other_parties": "no",
    "io_bandwidth_gbs": "900", "dram_bandwidth_gbs": "3000", "processing_tops": "400", "item_vendor": "Somebody",
    "exception_claimed": "none", "notice_days": "0", "notice_answer": "none", "purchase_order": "no", "sample": "no",
    "equivalent_foreign_item": "no", "uae_beneficiary": "none", "subject_to_ear": "yes", "available_in_us": "yes",
    "us_supply_certified": "yes", "foundry_capacity_certified": "yes", "share_of_us_percent": "10",
    "end_use_certified": "yes", "know_your_customer": "yes", "us_lab_tested": "yes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the lawbook that a person must look at.

    Attributes:
        kind: ``test``, ``threshold``, ``citation``, ``error``, ``gap`` or ``conflict``.
        provision: whose it is, empty where it is nobody's alone.
        where: file and line, or the day and the cell.
        said: what was found.
    """

    kind: str
    provision: str
    where: str
    said: str

    def __str__(self) -> str:
        return f"{self.where}: {self.kind}: {self.provision + ': ' if self.provision else ''}{self.said}"

    def to_dict(self) -> dict[str, str]:
        """The finding as plain data."""
        return {"kind": self.kind, "provision": self.provision, "where": self.where, "said": self.said}


def report(law: Law) -> Iterator[Finding]:
    """Everything that is wrong with `law`, nothing when all is well."""
    for failure in failures(law):
        yield Finding("test", failure.provision, failure.where, failure.said)
    yield from thresholds(law)
    yield from citations(law)
    yield from coverage(law)


def place(provision: Provision, version: Version | None = None) -> str:
    """File and line of a provision or of one of its versions."""
    return f"{provision.file}, line {version.line if version else provision.line}"


def conditions(version: Version) -> Iterator[Node]:
    """The condition of a version, and the narrower ones under which it is enforced."""
    yield version.when
    yield from (entry.when for entry in version.enforcement if entry.when is not None)


# --- thresholds -------------------------------------------------------------------------------------------------------


def thresholds(law: Law) -> Iterator[Finding]:
    """Each numeric threshold, just below, at and above, on the first and the last day of its version."""
    for provision in law.provisions.values():
        for version in provision.versions:
            first = max(version.since, law.first)
            last = max(first, version.until or provision.verified_through or law.verified_through)
            leaves = [node for part in conditions(version) for node in walk(part) if isinstance(node, Compare)]
            for leaf, day in itertools.product(leaves, dict.fromkeys((first, last))):
                for said in _off_the_line(leaf, law.on(day)):
                    yield Finding("threshold", provision.id, place(provision, version), f"on {day}: {said}")


def _off_the_line(leaf: Compare, day: DayLaw) -> Iterator[str]:
    decide_ = test(leaf, day.groups)
    for raw, expected in _around(leaf):
        known = {name: facts.parse(name, str(value)) for name, value in raw.items()}
        got = decide_(known, lambda _: None)
        if got is not expected:
            shown = ", ".join(f"{name} {value}" for name, value in raw.items())
            yield f"{leaf.text!r} with {shown} is {Truth.of(got)} and should be {Truth.of(expected)}"


def _around(leaf: Compare) -> Iterator[tuple[dict[str, Decimal], bool]]:
    """Facts around the line of `leaf`, each with the truth its operator asks for."""
    with decimal.localcontext(prec=80):  # operations are counted by the 1e26, and the step is one billionth
        yield from list(_points(leaf))


def _points(leaf: Compare) -> Iterator[tuple[dict[str, Decimal], bool]]:
    steps = list(zip((-_STEP, Decimal(0), _STEP), _TRUTHS[leaf.op], strict=True))
    if leaf.other:
        lines = [({leaf.other: other}, leaf.times * other + leaf.plus) for other in _BELOW_THE_LINE]
    else:
        lines = [({}, leaf.plus)]
    for given, line in lines:
        yield from (({leaf.fact: line + step, **given}, truth) for step, truth in steps if line + step >= 0)
    if ratio := facts.FACTS[leaf.fact].ratio:
        above, below = ratio
        for area in _BELOW_THE_LINE:
            line = leaf.plus * area
            yield from (({above: line + step, below: area}, truth) for step, truth in steps if line + step >= 0)


# --- citations --------------------------------------------------------------------------------------------------------


def citations(law: Law) -> Iterator[Finding]:
    """Versions and memberships that do not say where they stand or which instrument made them."""
    for provision in law.provisions.values():
        for version in provision.versions:
            if not (version.cite or provision.cite) or not version.by:
                said = f"the version of {version.since} cites nothing"
                yield Finding("citation", provision.id, place(provision, version), said)
    for group in law.groups.values():
        if not group.cite or not all(member.by for member in group.members):
            yield Finding("citation", "", f"group {group.id}", "a group or a membership cites nothing")


# --- coverage ---------------------------------------------------------------------------------------------------------


def coverage(law: Law, since: datetime.date = _SINCE) -> Iterator[Finding]:
    """Every span of days since `since`, asked about representative items, destinations and seats.

    Within a span the law does not change, so its first day stands for all of them; a walk by months would see less.
    Each finding is given once, for the first cell that shows it.
    """
    seen: set[tuple[str, str, str]] = set()
    spans = {law.on(max(day, law.first)).first: None for day in (since, *(day for day in law.starts if day >= since))}
    for day in (max(start, since) for start in spans):
        for where, raw in _cells(destinations(law, day)):
            for kind, provision, said in _cell(law, {**raw, "on": day}):
                if (kind, provision, said) not in seen:
                    seen.add((kind, provision, said))
                    yield Finding(kind, provision, f"{day}, {where}", said)


def _cells(places: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for to, (item, given), seat in itertools.product(places, _ITEMS.items(), _SEATS):
        if seat in ("US", "CN") or to in ("CN", "SG", "SA", "FR", "AE"):  # the other seats, at a few destinations
            yield f"{item} to {to} for {seat}", {**_COMPLETE, **given, **_parties(to, seat)}
    for to, (trouble, more), item in itertools.product(("CN", "SA", "FR"), _TROUBLES.items(), _ITEMS):
        given = {**_COMPLETE, **_ITEMS[item], **_parties(to, to), **more}
        yield f"{item} to {to}, {trouble}", given


def _parties(to: str, seat: str) -> dict[str, str]:
    return {"destination": to, "end_user_hq": seat, "end_user_country": to}


def destinations(law: Law, day: datetime.date) -> tuple[str, ...]:
    """One country for each class that the law of `day` tells apart: by its groups, and by its own name."""
    now = law.on(day)
    named = {
        str(value)
        for part in now.written.values() for node in walk(part.node) if isinstance(node, Equals)
        for value in node.values if facts.FACTS[node.fact].kind is facts.Kind.COUNTRY
    }  # fmt: skip
    classes: dict[tuple[bool, ...], str] = {}
    for code in ("FR", "SG", "SA", "VN", *codes()):
        if code not in named:
            classes.setdefault(tuple(code in members for members in now.groups.values()), code)
    return (*sorted(named), *classes.values())


def _cell(law: Law, raw: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    try:
        answer = decide(prepare(raw), law)
    except LicetError as error:
        yield "error", "", str(error)
        return
    except Exception as error:  # whatever it is, the person who wrote the law must hear of it and not of a traceback
        yield "error", "", f"{type(error).__name__}: {error}"
        return
    yield from faults(answer)


def faults(answer: Determination) -> Iterator[tuple[str, str, str]]:
    """What the law leaves open or says twice in one answer: ``gap`` or ``conflict``, the provision, and in words."""
    yield from _gaps(answer)
    yield from _conflicts(answer)


def _gaps(answer: Determination) -> Iterator[tuple[str, str, str]]:
    clauses = answer.day.enforced
    for each in answer.requirements:
        note = f"{clauses[each.provision].version.note} {each.title}".casefold()
        if each.reason == "letter" or _NO_POLICY in note:  # what a letter says of review was never published
            continue
        if each.enforced is Truth.YES and not (each.lifted_by or each.review_policy or each.possible_policies):
            yield "gap", each.provision, "the requirement stands without a review policy"


def _conflicts(answer: Determination) -> Iterator[tuple[str, str, str]]:
    day = answer.day
    for truths in (answer.written.truths, answer.enforced.truths):
        policies: dict[str, dict[str, str]] = {}
        for id_ in day.kinds.get("review", ()):
            if truths[id_] is True:
                concludes = day.enforced[id_].concludes
                for target in _listed(concludes.get("for", ())):
                    policies.setdefault(target, {})[str(concludes["review"])] = id_
        for target, found in policies.items():
            if len(found) > 1 and truths.get(target) is True:
                yield "conflict", target, f"{' and '.join(sorted(found.values()))} conclude different review policies"
        sure = [id_ for id_ in day.kinds.get("eccn", ()) if truths[id_] is True]
        ranks = {str(day.enforced[id_].concludes.get("rank", id_)) for id_ in sure}
        if len(ranks) < len(sure):
            yield "conflict", sure[0], f"{' and '.join(sure)} apply at once and have the same rank"
        if truths.get("limits of 3A090.a") is True and truths.get("limits of 3A090.b") is True:
            yield "conflict", "limits of 3A090.b", "both tiers at once"


def _listed(raw: object) -> Iterable[str]:
    return [str(each) for each in raw] if isinstance(raw, (list, tuple)) else [str(raw)]

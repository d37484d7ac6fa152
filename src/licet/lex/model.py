"""The law as it is kept: provisions with their dated versions, and dated groups of countries."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from licet.lex.clock import Clock
from licet.logic.nodes import All, Always, Applies, Node, Not
from licet.logic.nodes import Any as AnyOf

Day = datetime.date
#: What a provision may conclude, and what the value says.
CONCLUSIONS = {
    "means": "a term that other provisions use",
    "eccn": "the paragraph that the item falls under",
    "requires": "a license requirement: its reason for control",
    "exception": "a license exception: its symbol",
    "review": "a review policy",
    "prohibits": "an act that no ordinary license answers",
    "confines": "the only license exceptions that may be used",
    "flag": "a red flag to resolve",
    "warns": "something the reader must know",
    "duty": "a notice, certificate, report or record",
    "beyond": "a question that this lawbook does not answer yet",
}
#: From the mildest to the strictest.
POLICIES = ("approval", "presumption_of_approval", "case_by_case", "presumption_of_denial", "denial")


@dataclass(frozen=True, slots=True)
class Enforcement:
    """From a day on, whether (or how far) the agency applies what is written."""

    since: Day
    state: str  #: yes, no, or partly
    by: str
    when: Node | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What the user of an exception, or whoever a duty falls on, must do, and by when."""

    text: str
    clock: Clock

    def __str__(self) -> str:
        return f"{self.text} ({self.clock.text})"


@dataclass(frozen=True, slots=True)
class Version:
    """One dated version of a provision; `until` is its last day, None while it is in force."""

    since: Day
    until: Day | None
    by: str
    when: Node
    cite: str = ""
    published: Day | None = None
    comply_from: Day | None = None
    enforcement: tuple[Enforcement, ...] = ()
    concludes: Mapping[str, Any] | None = None
    unless: tuple[str, ...] | None = None
    lifts: tuple[str, ...] | None = None
    duties: tuple[Duty, ...] = ()
    unverified: bool = False
    note: str = ""
    line: int = 0

    def covers(self, day: Day) -> bool:
        """Whether the version is in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)

    def enforced(self, day: Day) -> Enforcement | None:
        """The enforcement posture on `day`, None where the law is applied as it is written."""
        current = None
        for entry in self.enforcement:
            if entry.since <= day:
                current = entry
        return None if current is None or current.state == "yes" else current


@dataclass(frozen=True, slots=True)
class Case:
    """A test that stands beside its provision."""

    on: Day
    facts: Mapping[str, str]
    expect: str
    ask: tuple[str, ...] = ()
    why: str = ""
    enforced: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision with its whole history, oldest version first."""

    id: str
    title: str
    cite: str
    concludes: Mapping[str, Any]
    versions: tuple[Version, ...]
    unless: tuple[str, ...] = ()
    lifts: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    tests: tuple[Case, ...] = ()
    verified_through: Day | None = None
    file: str = ""
    line: int = 0

    @property
    def kind(self) -> str:
        """The kind of conclusion, a key of `CONCLUSIONS`."""
        return next(key for key in self.concludes if key in CONCLUSIONS)

    def version(self, day: Day) -> Version | None:
        """The version in force on `day`, if any."""
        for version in reversed(self.versions):
            if version.covers(day):
                return version
        return None


@dataclass(frozen=True, slots=True)
class Membership:
    """Countries that belong to a group from one day to another."""

    of: frozenset[str]
    since: Day
    until: Day | None
    by: str = ""
    unverified: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A dated group of countries, given by members or by other groups."""

    id: str
    title: str
    cite: str
    members: tuple[Membership, ...] = ()
    union: tuple[str, ...] = ()
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision on one day, as written or as enforced: what is asked when it is asked to apply."""

    provision: Provision
    version: Version
    node: Node
    enforcement: Enforcement | None = None
    concludes: Mapping[str, Any] = field(default_factory=dict)
    lifts: tuple[str, ...] = ()
    cite: str = ""


def clause(provision: Provision, day: Day, enforced: bool, replacing: tuple[str, ...]) -> Clause | None:
    """`provision` on `day`; `replacing` are the ids that stand instead of it when they apply."""
    version = provision.version(day)
    if version is None:
        return None
    unless = provision.unless if version.unless is None else version.unless
    node = version.when
    excluded = [*unless, *replacing]
    if excluded:
        not_ = Not(AnyOf(tuple(("", Applies(id_, f"{id_} applies")) for id_ in excluded)), "unless")
        node = All((("", node), ("unless", not_)))
    posture = version.enforced(day) if enforced else None
    if posture is not None:
        limb: Node = Always(False, f"not enforced since {posture.since}") if posture.when is None else posture.when
        node = All((("as written", node), ("as enforced", limb)))
    lifts = provision.lifts if version.lifts is None else version.lifts
    cite = version.cite or provision.cite
    return Clause(provision, version, node, posture, version.concludes or provision.concludes, lifts, cite)

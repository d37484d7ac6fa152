"""What Licet answers: a determination, frozen, the same words for people and for programs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from licet import facts
from licet.unknown import Truth

if TYPE_CHECKING:
    from licet.decision.question import Assumption, Question
    from licet.decision.reading import Reading
    from licet.decision.trace import Finding
    from licet.lex.law import DayLaw
    from licet.lex.model import Duty


class Outcome(StrEnum):
    """The five answers. Equal to their plain strings; never a bool."""

    PROHIBITED = "prohibited"
    LICENSE_REQUIRED = "license_required"
    LICENSE_EXCEPTION = "license_exception"
    NO_LICENSE_REQUIRED = "no_license_required"
    UNDETERMINED = "undetermined"

    def __bool__(self) -> NoReturn:
        raise TypeError("an outcome is no bool: compare it, as in `x.outcome == 'no_license_required'`")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A license requirement that applies, or may apply.

    Attributes:
        provision, title, cite: where it stands.
        reason: the reason for control, or the kind of end-use control.
        applies: as written.
        enforced: as enforced.
        lifted_by: symbols of the available license exceptions that overcome it.
        review_policy: how an application would be reviewed; None when no policy is known, or not enough facts.
        possible_policies: the policies that missing facts leave open.
        by, since: the instrument and the first day of the version that applied.
        unverified: the version rests on a source that was not checked against the text.
    """

    provision: str
    title: str
    cite: str
    reason: str
    applies: Truth
    enforced: Truth
    lifted_by: tuple[str, ...] = ()
    review_policy: str | None = None
    possible_policies: tuple[str, ...] = ()
    by: str = ""
    since: datetime.date | None = None
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a license exception, with its label in the law."""

    label: str
    text: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class DatedDuty:
    """Something that must be done, and by when.

    Attributes:
        text: what.
        clock: the clock of the law in words, such as ``30 days after the shipment``.
        due: the day it comes to for the day asked about; None where it runs from an event of another day. Days are
            calendar days, the day of the event is not counted, and none is moved for a weekend or a holiday.
    """

    text: str
    clock: str
    due: datetime.date | None

    def __str__(self) -> str:
        return f"{self.text} ({f'{self.due}: ' if self.due else ''}{self.clock})"

    def to_dict(self) -> dict[str, str | None]:
        """The duty as plain data."""
        return {"duty": self.text, "clock": self.clock, "due": self.due.isoformat() if self.due else None}


def dated(duties: Iterable[Duty], on: datetime.date) -> tuple[DatedDuty, ...]:
    """The duties with the days they come to for a shipment on `on`."""
    return tuple(DatedDuty(each.text, each.clock.text, each.clock.due(on)) for each in duties)


@dataclass(frozen=True, slots=True)
class LicenseException:
    """A license exception that could overcome a requirement of this question.

    Attributes:
        symbol: the code used in AES, such as NAC.
        available: whether every condition is met.
        met, failed, open: the conditions by truth.
        duties: what its user must do.
    """

    symbol: str
    provision: str
    title: str
    cite: str
    available: Truth
    lifts: tuple[str, ...]
    met: tuple[Condition, ...] = ()
    failed: tuple[Condition, ...] = ()
    open: tuple[Condition, ...] = ()
    duties: tuple[DatedDuty, ...] = ()
    missing: tuple[str, ...] = ()


class Offer(NamedTuple):
    """A license exception in short: what it lifts here, and whether it is available."""

    provision: str
    symbol: str
    lifts: tuple[str, ...]
    available: bool | None
    #: The provisions that decide whether it is available.
    asks: tuple[str, ...]
    #: It counts while it is open: a claim that nobody makes does not.
    hopeful: bool


@dataclass(frozen=True)
class Determination:
    """The answer to one question.

    `outcome` is as enforced, `outcome_as_written` per the text of the CFR. See the fields of `to_dict` for the words
    programs read.
    """

    outcome: Outcome
    outcome_as_written: Outcome
    eccn: tuple[str, ...]
    eccn_possible: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    possible_requirements: tuple[Requirement, ...]
    offers: tuple[Offer, ...]
    review_policy: str | None
    possible_policies: tuple[str, ...]
    missing: tuple[str, ...]
    #: Facts that leave only the answer as written open.
    missing_as_written: tuple[str, ...]
    prohibitions: tuple[str, ...]
    red_flags: tuple[str, ...]
    duties: tuple[DatedDuty, ...]
    warnings: tuple[str, ...]
    citations: tuple[str, ...]
    beyond: tuple[str, ...]
    question: Question
    day: DayLaw
    written: Reading
    enforced: Reading

    @cached_property
    def exceptions(self) -> tuple[LicenseException, ...]:
        """The license exceptions that could overcome a requirement here, with their conditions."""
        from licet.decision.trace import exceptions

        return exceptions(self)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What was taken without being given."""
        return self.question.assumptions

    @property
    def law(self) -> dict[str, str]:
        """The lawbook that answered."""
        law = self.day.law
        return {
            "version": law.version, "sha256": law.sha256, "verified_through": law.verified_through.isoformat(),
            "in_force_from": self.day.first.isoformat(),
        }  # fmt: skip

    @cached_property
    def if_ordinary(self) -> Determination | None:
        """The answer for an ordinary transaction, when the strict one is open; its `assumptions` say what was taken."""
        from licet.decision.decide import decide_ordinary

        return decide_ordinary(self) if self.missing or self.missing_as_written else None

    @cached_property
    def could_become(self) -> dict[str, dict[str, list[str]]]:
        """For each missing fact: outcome to the values of the fact that would lead there, all else ordinary."""
        from licet.decision.worlds import could_become

        return could_become(self)

    @cached_property
    def trace(self) -> tuple[Finding, ...]:
        """Every provision in force with its full outline, in the order of the stages."""
        from licet.decision.trace import trace

        return trace(self)

    def to_dict(self, *, trace: bool = False, alternatives: bool = True) -> dict[str, Any]:
        """The determination as plain data, ready for JSON.

        Args:
            trace: with the full trace.
            alternatives: with `if_ordinary` and `could_become` when the answer is open.
        """
        plain: dict[str, Any] = {
            "outcome": str(self.outcome),
            "outcome_as_written": str(self.outcome_as_written),
            "eccn": list(self.eccn),
            "eccn_possible": list(self.eccn_possible),
            "requirements": [_requirement(each) for each in self.requirements],
            "possible_requirements": [_requirement(each) for each in self.possible_requirements],
            "exceptions": [_exception(each) for each in self.exceptions],
            "review_policy": self.review_policy,
            "possible_policies": list(self.possible_policies),
            "missing": [
                {"fact": name, "question": facts.FACTS[name].question, "unit": facts.FACTS[name].unit}
                for name in self.missing
            ],
            "missing_as_written": list(self.missing_as_written),
            "prohibitions": list(self.prohibitions),
            "red_flags": list(self.red_flags),
            "duties": [each.to_dict() for each in self.duties],
            "warnings": list(self.warnings),
            "citations": list(self.citations),
            "assumptions": [
                {"fact": each.fact, "value": facts.shown(each.value), "why": each.why} for each in self.assumptions
            ],
            "facts": {name: facts.shown(value) for name, value in self.question.known.items() if name in facts.FACTS},
            "looked_up": {name: finding.to_dict() for name, finding in self.question.looked.items()},
            "law": self.law,
        }
        if alternatives and self.missing:
            ordinary = self.if_ordinary
            if ordinary is not None:
                plain["if_ordinary"] = ordinary.to_dict(alternatives=False)
            plain["could_become"] = self.could_become
        if trace:
            plain["trace"] = [finding.to_dict() for finding in self.trace]
        return plain


def _requirement(each: Requirement) -> dict[str, Any]:
    return {
        "provision": each.provision, "cite": each.cite, "why": each.title, "reason": each.reason,
        "applies": str(each.applies), "enforced": str(each.enforced), "lifted_by": list(each.lifted_by),
        "review_policy": each.review_policy, "possible_policies": list(each.possible_policies), "by": each.by,
        "since": each.since.isoformat() if each.since else None, "unverified": each.unverified,
    }  # fmt: skip


def _exception(each: LicenseException) -> dict[str, Any]:
    def plain(conditions: tuple[Condition, ...]) -> list[dict[str, str]]:
        return [{"label": part.label, "text": part.text} for part in conditions]

    return {
        "symbol": each.symbol, "provision": each.provision, "cite": each.cite, "title": each.title,
        "available": str(each.available), "lifts": list(each.lifts), "met": plain(each.met),
        "failed": plain(each.failed), "open": plain(each.open), "duties": [duty.to_dict() for duty in each.duties],
        "missing": list(each.missing),
    }  # fmt: skip

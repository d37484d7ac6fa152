"""Every step shown: each provision in force, its outline with the law's labels, values and truths, and its citation."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from licet.decision.determination import Condition, LicenseException, dated
from licet.logic.evaluate import Step
from licet.logic.nodes import All, Node, Not
from licet.logic.nodes import Any as AnyOf
from licet.unknown import Truth

if TYPE_CHECKING:
    from licet.decision.determination import Determination

_TRUTH = {True: Truth.YES, False: Truth.NO, None: Truth.UNKNOWN}
#: The kinds of conclusions in the order of the stages.
STAGES = (
    "eccn",
    "requires",
    "confines",
    "exception",
    "review",
    "prohibits",
    "duty",
    "flag",
    "warns",
    "beyond",
    "means",
)


class Finding(NamedTuple):
    """One provision as it was applied.

    Attributes:
        written, enforced: whether it applies under each reading.
        step: its outline, as enforced where the readings differ.
    """

    provision: str
    title: str
    cite: str
    kind: str
    by: str
    since: datetime.date
    written: Truth
    enforced: Truth
    step: Step
    unverified: bool
    note: str

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain data."""
        return {
            "provision": self.provision, "title": self.title, "cite": self.cite, "kind": self.kind, "by": self.by,
            "since": self.since.isoformat(), "as_written": str(self.written), "as_enforced": str(self.enforced),
            "unverified": self.unverified, "note": self.note, "outline": self.step.to_dict(),
        }  # fmt: skip


def trace(determination: Determination) -> tuple[Finding, ...]:
    """The findings of `determination`, all provisions in force, by stage."""
    day, known = determination.day, determination.question.known
    ask, ask_written = determination.enforced.ask, determination.written.ask
    tracers, clauses = day.tracers, day.enforced
    found = []
    for kind in STAGES:
        for id_ in day.kinds.get(kind, ()):
            clause = clauses[id_]
            provision, version = clause.provision, clause.version
            found.append(
                Finding(
                    id_, provision.title, clause.cite, kind, version.by, version.since, _TRUTH[ask_written(id_)],
                    _TRUTH[ask(id_)], tracers[id_](known, ask), version.unverified, version.note,
                )
            )  # fmt: skip
    return tuple(found)


def exceptions(determination: Determination) -> tuple[LicenseException, ...]:
    """The license exceptions offered, with every condition sorted into met, failed and open."""
    reading, result = determination.enforced, []
    for offer in determination.offers:
        clause = reading.clauses[offer.provision]
        parts = clause.node.parts if isinstance(clause.node, All) else (("", clause.node),)
        sorted_: dict[Truth, list[Condition]] = {truth: [] for truth in Truth}
        for label, part in parts:
            truth = Truth.of(determination.day.test(part)(reading.known, reading.ask))
            sorted_[truth].append(Condition(label, describe(part), truth))
        result.append(
            LicenseException(
                symbol=offer.symbol,
                provision=offer.provision,
                title=clause.provision.title,
                cite=clause.cite,
                available=Truth.of(offer.available),
                lifts=offer.lifts,
                met=tuple(sorted_[Truth.YES]),
                failed=tuple(sorted_[Truth.NO]),
                open=tuple(sorted_[Truth.UNKNOWN]),
                duties=dated(clause.version.duties, determination.question.on),
                missing=reading.missing(offer.asks),
            )
        )
    return tuple(result)


def describe(node: Node) -> str:
    """A condition in one line."""
    if isinstance(node, Not):
        return node.text if node.text not in ("not", "unless", "none of") else f"not ({describe(node.part)})"
    if isinstance(node, (All, AnyOf)):
        word = " and " if isinstance(node, All) else " or "
        shown = [describe(part) for _, part in node.parts]
        return word.join(f"({each})" if " or " in each and word == " and " else each for each in shown)
    return node.text

"""Every step shown: each provision in force, its outline with the law's labels, values and truths, and its citation."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from licet.logic.evaluate import Step
from licet.unknown import Truth

if TYPE_CHECKING:
    from licet.decision.determination import Determination

_TRUTH = {True: Truth.YES, False: Truth.NO, None: Truth.UNKNOWN}
#: The kinds of conclusions in the order of the stages.
STAGES = ("eccn", "requires", "confines", "exception", "review", "prohibits", "duty", "flag", "warns", "beyond", "means")


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
    written, enforced = determination.truths
    ask = enforced.__getitem__
    tracers, clauses = day.tracers, day.enforced
    found = []
    for kind in STAGES:
        for id_ in day.kinds.get(kind, ()):
            clause = clauses[id_]
            provision, version = clause.provision, clause.version
            found.append(
                Finding(
                    id_, provision.title, clause.cite, kind, version.by, version.since, _TRUTH[written[id_]],
                    _TRUTH[enforced[id_]], tracers[id_](known, ask), version.unverified, version.note,
                )
            )  # fmt: skip
    return tuple(found)

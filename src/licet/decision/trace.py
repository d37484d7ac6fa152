"""Every step shown: each provision in force, its outline with the law's labels, values and truths, and its citation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from licet.lex.model import Clause
from licet.logic.evaluate import Raw, Step, steps
from licet.unknown import Truth

if TYPE_CHECKING:
    from licet.decision.determination import Determination

#: The kinds of conclusions in the order of the stages.
STAGES = ("eccn", "requires", "confines", "exception", "review", "prohibits", "duty", "flag", "warns", "beyond", "means")


@dataclass(frozen=True, slots=True)
class Finding:
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
    since: str
    written: Truth
    enforced: Truth
    step: Step
    unverified: bool
    note: str

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain data."""
        return {
            "provision": self.provision, "title": self.title, "cite": self.cite, "kind": self.kind, "by": self.by,
            "since": self.since, "as_written": str(self.written), "as_enforced": str(self.enforced),
            "unverified": self.unverified, "note": self.note, "outline": self.step.to_dict(),
        }  # fmt: skip


def trace(determination: Determination) -> tuple[Finding, ...]:
    """The findings of `determination`, all provisions in force, by stage."""
    day, known = determination.day, determination.question.known
    written, enforced = determination.truths
    found: list[Finding] = []
    for kind in STAGES:
        for id_ in day.kinds.get(kind, ()):
            found.append(_finding(id_, day.enforced[id_], known, day.groups, written, enforced))
    return tuple(found)


def _finding(
    id_: str, clause: Clause, known: Mapping[str, Any], groups: Mapping[str, frozenset[str]],
    written: Mapping[str, Raw], enforced: Mapping[str, Raw],
) -> Finding:  # fmt: skip
    provision, version = clause.provision, clause.version
    step = steps(clause.node, groups, known, lambda asked: enforced.get(asked, False), id_)
    return Finding(
        id_, provision.title, clause.cite, provision.kind, version.by, version.since.isoformat(),
        Truth.of(written[id_]), Truth.of(enforced[id_]), step, version.unverified, version.note,
    )  # fmt: skip

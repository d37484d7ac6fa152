"""Running the tests that stand beside the provisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from licet.decision.question import Question, prepare
from licet.decision.reading import Reading
from licet.errors import LicetError
from licet.lex.law import DayLaw, Law
from licet.lex.model import Case, Provision
from licet.unknown import Truth


@dataclass(frozen=True, slots=True)
class Failure:
    """A test beside a provision that does not come out as it says."""

    provision: str
    where: str
    said: str

    def __str__(self) -> str:
        return f"{self.where}: {self.provision}: {self.said}"


def readings(question: Question, day: DayLaw) -> tuple[Reading, Reading]:
    """`question` under the law as written and as enforced."""
    written = Reading(question.known, day)
    return written, Reading(question.known, day, written)


def outcome(
    law: Law, provision: str, facts: Mapping[str, Any], on: Any, *, enforced: bool = False
) -> tuple[Truth, tuple[str, ...]]:
    """Whether `provision` applies to raw `facts` on a day, and the facts that leave it open."""
    question = prepare({**facts, "on": on})
    reading = readings(question, law.on(question.on))[enforced]
    truth = Truth.of(reading.ask(provision))
    return truth, reading.missing([provision]) if truth is Truth.UNKNOWN else ()


def failures(law: Law) -> Iterator[Failure]:
    """Every test of the lawbook that fails, in the order of the files."""
    for provision in law.provisions.values():
        for case in provision.tests:
            said = _run(law, provision, case)
            if said:
                why = f" ({case.why})" if case.why else ""
                yield Failure(provision.id, f"{provision.file}, line {case.line}", said + why)


def _run(law: Law, provision: Provision, case: Case) -> str:
    try:
        truth, missing = outcome(law, provision.id, case.facts, case.on, enforced=case.enforced)
    except LicetError as error:
        return str(error)
    if str(truth) != case.expect:
        return f"on {case.on} with {dict(case.facts)}: expected {case.expect}, is {truth}"
    lost = [name for name in case.ask if name not in missing]
    return f"on {case.on}: should ask for {', '.join(lost)}, asks for {', '.join(missing) or 'nothing'}" if lost else ""

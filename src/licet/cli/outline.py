"""The trace as an outline: each provision with the law's own labels, a mark on each line, the values and the citation.

By default it holds what bears on the answer: the provisions that apply or may apply, and of each the parts that decide
it. A term of the law is spelled out where it is first used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rich.console import RenderableType
from rich.text import Text

from licet import facts
from licet.cli import paint
from licet.cli.paint import dim, join
from licet.decision.determination import Determination, Outcome
from licet.decision.trace import Finding
from licet.logic.evaluate import Step
from licet.unknown import Truth

#: What each kind of conclusion is called above its provisions.
TITLES = {
    "eccn": "Classification", "requires": "License requirements", "confines": "Limits on license exceptions",
    "exception": "License exceptions", "review": "Review policy", "prohibits": "Prohibitions", "duty": "Duties",
    "flag": "Red flags", "warns": "Warnings of the law", "beyond": "Beyond this lawbook", "means": "Terms used",
}  # fmt: skip
#: The words of a group that only joins its parts; any other text says all that its parts do.
JOINTS = frozenset({"all of", "any of", "not", "unless", "none of", "some party", "every party"})


def outline(answer: Determination, *, everything: bool = False) -> Iterator[RenderableType]:
    """The findings by stage: those that bear on the answer, or every provision in force."""
    kept = answer.trace if everything else tuple(each for each in answer.trace if bears(answer, each))
    page = Page({each.provision: each for each in answer.trace}, everything, {each.provision for each in kept})
    heading = ""
    for finding in kept:
        if finding.kind != heading:
            heading = finding.kind
            yield ""
            yield Text(TITLES.get(heading, heading).upper(), style="bold")
        yield ""
        yield from page.provision(finding)
    if not everything:
        yield ""
        yield dim("Only what bears on the answer; --explain all shows every provision in force and every part of it.")


def bears(answer: Determination, finding: Finding) -> bool:
    """Whether `finding` belongs into the explanation of `answer`."""
    kind, truths = finding.kind, (finding.written, finding.enforced)
    open_ = Truth.UNKNOWN in truths and answer.outcome is Outcome.UNDETERMINED
    if kind == "means":
        return False
    if kind == "exception":
        return _offered(answer, finding)
    if kind in ("review", "confines"):
        clause = answer.day.enforced[finding.provision]
        applying = {each.provision for each in answer.requirements or answer.possible_requirements}
        return (Truth.YES in truths or open_) and not applying.isdisjoint(clause.concludes.get("for", ()))
    if kind == "requires" and answer.outcome is Outcome.NO_LICENSE_REQUIRED:
        return True
    if kind == "eccn":
        return Truth.YES in truths or Truth.UNKNOWN in truths
    return Truth.YES in truths or (open_ and kind not in ("duty", "flag", "warns"))


def _offered(answer: Determination, finding: Finding) -> bool:
    """Whether the exception would be of use for a requirement; one that nobody invoked is not."""
    if finding.provision in answer.day.claims and finding.enforced is not Truth.YES:
        return False
    return any(each.provision == finding.provision for each in answer.exceptions)


@dataclass
class Page:
    """What has been printed so far, so that each term is spelled out once.

    Attributes:
        findings: every provision in force, by id.
        everything: every part of each provision, not only those that decide it.
        heads: the provisions that have an entry of their own.
    """

    findings: dict[str, Finding]
    everything: bool
    heads: set[str]
    spelled: set[str] = field(default_factory=set)

    def provision(self, finding: Finding) -> Iterator[RenderableType]:
        """One provision: its mark, id and title, its source, and its outline."""
        name = join(Text(finding.provision, style="bold"), finding.title, sep=": ")
        yield paint.rows((paint.truth(finding.enforced), name), widths=[1])
        source = [f"{finding.by}, from {finding.since}"]
        if finding.cite not in (finding.provision, finding.by):
            source.insert(0, finding.cite)
        yield paint.rows((dim("; ".join(source)),), indent=2)
        if finding.written is not finding.enforced:
            split = f"as written: {finding.written}; as enforced: {finding.enforced}"
            yield paint.rows((Text(split, style="yellow"),), indent=2)
        if finding.unverified:
            yield paint.rows((Text("unverified: not checked against the text", style="yellow"),), indent=2)
        self.spelled.add(finding.provision)
        yield from self.below(finding.step, 1) if finding.step.steps else self.steps(finding.step, 1, label="")
        if finding.note and (self.everything or Truth.NO not in (finding.written, finding.enforced)):
            yield paint.rows((dim(f"Note: {finding.note}"),), indent=2)

    def steps(self, step: Step, depth: int, *, label: str | None = None) -> Iterator[RenderableType]:
        """The lines of a step and of those below it; a joint with one part left is that part."""
        label = step.label if label is None else label
        while step.text in JOINTS and len(parts := self.parts(step)) == 1:
            if parts[0].label or parts[0].truth is not step.truth:
                break
            step = parts[0]
        yield line(step, depth, label=label)
        if step.text in JOINTS:
            yield from self.below(step, depth + 1)
        for name in asked(step):
            yield from self.term(name, depth + 1)

    def parts(self, step: Step) -> tuple[Step, ...]:
        """The parts of a joint that are shown."""
        return step.steps if self.everything else deciding(step)

    def below(self, step: Step, depth: int) -> Iterator[RenderableType]:
        """The parts of a joint; a joint directly under "not" or "unless" gets no line of its own."""
        for part in self.parts(step):
            if len(step.steps) == 1 and not part.label and part.text in JOINTS:
                yield from self.below(part, depth)
            else:
                yield from self.steps(part, depth)

    def term(self, name: str, depth: int) -> Iterator[RenderableType]:
        """The outline of a term of the law, below the step that uses it first."""
        finding = self.findings.get(name)
        if finding is None or name in self.spelled or finding.kind not in ("means", "eccn") or name in self.heads:
            return
        self.spelled.add(name)
        if finding.step.steps and finding.step.text in JOINTS:
            yield from self.below(finding.step, depth)
        else:
            yield from self.steps(finding.step, depth, label="")


def deciding_lines(answer: Determination, provision: str, truth: Truth) -> Iterator[str]:
    """The conditions, each on a line, because of which `provision` does not apply, or is open."""
    findings = {each.provision: each for each in answer.trace}
    if provision in findings:
        yield from _deciding_lines(findings, findings[provision].step, truth, (), frozenset({provision}))


def _deciding_lines(
    findings: dict[str, Finding], step: Step, truth: Truth, labels: tuple[str, ...], above: frozenset[str]
) -> Iterator[str]:
    below = findings.get(step.provision) if step.provision not in above else None
    if below is not None and below.kind == "means" and below.step.truth is truth:
        yield from _deciding_lines(findings, below.step, truth, labels, above | {step.provision})
        return
    parts = tuple(part for part in step.steps if part.truth is truth) if step.text in JOINTS else ()
    if not parts:
        values = "; ".join(f"{name}: {_seen(value)}" for name, value in seen(step).items())
        yield f"{' '.join(labels)}{': ' if labels else ''}{step.text}{f' [{values}]' if values else ''}"
    for part in parts:
        label = (part.label,) if part.label and part.label != part.text else ()
        yield from _deciding_lines(findings, part, truth, (*labels, *label), above)


def deciding(step: Step) -> tuple[Step, ...]:
    """The parts that make a joint what it is: those that are met in an "any", those that fail in an "all"."""
    if step.truth is Truth.UNKNOWN or len(step.steps) < 2:
        return step.steps
    return tuple(part for part in step.steps if part.truth is step.truth) or step.steps


def asked(step: Step) -> tuple[str, ...]:
    """The provisions that the line of `step` asks itself."""
    if step.provision:
        return (step.provision,)
    return () if step.text in JOINTS else tuple(name for part in step.steps for name in asked(part))


def line(step: Step, depth: int, *, label: str) -> RenderableType:
    """One step: mark, label, the words of the law, and the values they met."""
    text = "" if step.text == label else step.text
    values = [f"{name}: {_seen(value)}" for name, value in seen(step).items()]
    shown = join(text, dim(f"[{'; '.join(values)}]") if values else "", sep="  ")
    return paint.rows(
        (paint.truth(step.truth), join(Text(label, style="bold"), shown, sep="  ")), widths=[1], indent=2 * depth
    )


def seen(step: Step) -> dict[str, object]:
    """The values that the line of `step` was decided on."""
    values = {name: value for name, value in step.facts if value is not None or step.truth is Truth.UNKNOWN}
    if step.text not in JOINTS:
        for part in step.steps:
            values.update(seen(part))
    return values


def _seen(value: object) -> str:
    if value is None:
        return "not known"
    shown = facts.shown(value)
    return " or ".join(map(str, shown["among"])) if isinstance(shown, dict) else paint.plain(shown)

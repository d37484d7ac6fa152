"""What a text is known to claim, and how a reading of it is held against that.

A claim of a key is written ``actors action objects``: alternatives after a bar, ``-`` for nobody, ``*`` for anything,
``asks:eases`` for asking to ease. ``+ft`` at the end: the sentence must name that as well. ``@2025-05`` at the end: the
words date it so, which is counted apart. Where a key has a ministry or a president, their government is right too.
``&`` before it: the claim that meets it may meet another one too, as one sentence can say two things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from licet.newswire.gazetteer import entries
from licet.newswire.model import Claim, Report

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Wanted:
    """One claim of a key."""

    name: str
    actors: frozenset[str]
    actions: frozenset[str]
    objects: frozenset[str]
    named: frozenset[str]
    shared: bool = False
    day: str = ""

    @classmethod
    def of(cls, name: str, text: str) -> Wanted:
        shared, text = text.startswith("& "), text.removeprefix("& ")
        actors, actions, objects, *rest = text.split()
        parts = [frozenset(part.split("|")) for part in (actors, actions, objects)]
        named = frozenset(one[1:] for one in rest if one.startswith("+"))
        return cls(name, *parts, named, shared, next((one[1:] for one in rest if one.startswith("@")), ""))

    def met_by(self, claim: Claim, report: Report) -> bool:
        actor = claim.actor.id if claim.actor else "-"
        states = {entries()[one].country for one in self.actors if one in entries() and _acts_for(one)}
        done = {claim.action, f"{claim.action}:{claim.of}"}
        about = {thing.id for thing in claim.objects} | {one.id for one in claim.recipients}
        return (
            (bool(self.actors & {actor, "*"}) or actor in states or "*" in self.actors)
            and bool(self.actions & done or "*" in self.actions)
            and bool(self.objects & about or "*" in self.objects)
            and self.named <= _named(claim, report)
        )


def _acts_for(id_: str) -> bool:
    """Whether an entry is a ministry, or one who speaks for a state as such."""
    entry = entries()[id_]
    return entry.kind == "agency" or entry.more.get("acts_for") == entry.country


def _named(claim: Claim, report: Report) -> set[str]:
    start, end = claim.evidence.start, claim.evidence.end
    spans = ((mention.entry.id, *report.source.span(mention.start, mention.end)) for mention in report.mentions)
    return {id_ for id_, first, last in spans if start <= first and last <= end}


def found(wanted: Sequence[Wanted], report: Report) -> dict[str, Claim]:
    """Which claims of a key the report's own claims meet; each of these serves once."""
    options = {one.name: [c for c in report.claims if one.met_by(c, report)] for one in wanted}
    given: dict[str, str] = {}

    def placed(name: str, seen: set[str]) -> bool:
        for claim in options[name]:
            if claim.id not in seen:
                seen.add(claim.id)
                if claim.id not in given or placed(given[claim.id], seen):
                    given[claim.id] = name
                    return True
        return False

    for one in wanted:
        if not one.shared:
            placed(one.name, set())
    by_id = {claim.id: claim for claim in report.claims}
    also = {one.name: options[one.name][0] for one in wanted if one.shared and options[one.name]}
    return {name: by_id[id_] for id_, name in given.items()} | also


def invented(wanted: Sequence[Wanted], also: Sequence[Wanted], report: Report) -> list[Claim]:
    """The claims that nothing in the key says, nor what else the text is known to say; without an actor they count only
    by what is done and to what."""
    result = []
    for claim in report.claims:
        nobody = claim.actor is None
        known = [*wanted, *also]
        if nobody:
            known = [Wanted(k.name, frozenset("*"), k.actions, k.objects, k.named) for k in known]
        if not any(one.met_by(claim, report) for one in known):
            result.append(claim)
    return result


def five() -> dict[str, tuple[list[Wanted], list[Wanted]]]:
    """The keys of the five real reports, by language."""
    raw: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "five.yaml").read_text("utf-8"))
    return {
        language: (
            [Wanted.of(name, text) for name, text in rows.items() if name != "also"],
            [Wanted.of(f"also {number}", text) for number, text in enumerate(rows.get("also", ()))],
        )
        for language, rows in raw.items()
    }


def of_row(row: dict[str, Any]) -> tuple[list[Wanted], list[Wanted]]:
    """The key of a labelled text."""
    return (
        [Wanted.of(f"{row['id']}/{number}", text) for number, text in enumerate(row.get("claims", ()))],
        [Wanted.of(f"{row['id']}/also {number}", text) for number, text in enumerate(row.get("also", ()))],
    )

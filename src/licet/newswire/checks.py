"""Faults that can be found without an event: a company given a wrong country, a chip a wrong origin, a garbled statement."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from licet.newswire import gazetteer
from licet.newswire.find import Mention
from licet.newswire.model import Claim, Report
from licet.newswire.record import Statement, record

Day = datetime.date


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a claim: how bad, what the record says, and what was looked at."""

    id: str
    verdict: str
    record: str
    why: str


_FIRM: Final = re.compile(
    r"compan|firm|startup|start-up|giant|maker|compañ|empresa|unternehmen|konzern|hersteller|entreprise|soci[ée]t[ée]|géant|fabri[ck]ant|"
    r"компани|стартап|производител|гигант|фирм|компані|виробник|شرك|企業|会社|メーカー|公司|企业|企業|厂商|巨头|기업|업체|회사|azienda|società|bedrijf|"
    r"spółk|producent|şirket|công ty|tập đoàn|perusahaan|บริษัท|कंपनी|חברת|חברה|شرکت|společnost|firma|företag|bolag|operator|developer|champion",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(
    r"[.;:!?。；！？]|\bfor\b|\bagainst\b|\bto\b|\bfrom\b|\bwith\b|\band\b|против|для|对|對|contra|pour|gegen|に対"
)
_REACH: Final = 42
_SAME: Final = {("HK", "CN"), ("EU", "NL"), ("EU", "DE"), ("EU", "FR")}
#: Firms that more than one country is called home of.
_MANY: Final = frozenset({"siemens-eda", "nexperia", "arm", "asm-international", "meta", "reuters"})


def fault(claim: Claim, report: Report, day: Day | None) -> Fault | None:
    """The worst fault found in the words of `claim`, or None."""
    mentions, words = _inside(claim, report)
    return _origin(mentions, words, report) or _country(mentions, report) or _stated(claim, report, day)


def _inside(claim: Claim, report: Report) -> tuple[list[Mention], str]:
    start, end = claim.evidence.start, claim.evidence.end
    if not report.source.changes:
        inside = [mention for mention in report.mentions if start <= mention.start and mention.end <= end]
    else:
        spans = ((mention, report.source.span(mention.start, mention.end)) for mention in report.mentions)
        inside = [mention for mention, raw in spans if start <= raw[0] and raw[1] <= end]
    return inside, claim.evidence.repaired or claim.evidence.exact


def _country(mentions: Sequence[Mention], report: Report) -> Fault | None:
    text = report.source.text
    places = [m for m in mentions if m.entry.kind in {"adjective", "place"}]
    for party in mentions:
        home = party.entry.country
        if party.entry.kind != "company" or party.entry.id in _MANY or not home:
            continue
        near = _described_as(text, party, places)
        if near is not None and near.entry.country != home and (near.entry.country, home) not in _SAME:
            right = gazetteer.entries().get(home)
            name = right.name if right is not None else home
            return Fault(
                f"country of {party.entry.id}", "contradicted",
                f"{party.entry.name} is a firm of {name}, not of {near.entry.name}.",
                f"{text[near.start : party.end]!r} calls it one of {near.entry.name}",
            )  # fmt: skip
    return None


def _described_as(text: str, party: Mention, places: Sequence[Mention]) -> Mention | None:
    """The place whose firm the words right before or after the name say it is."""
    for place in reversed(places):
        between = text[place.end : party.start]
        if (
            0 <= party.start - place.end <= _REACH
            and _FIRM.search(between)
            and not _BREAK.search(between)
            and not re.search(r"[,、，].*\w", between)
        ):
            if any(place.end <= other.start < party.start for other in places):
                continue
            return place
    for place in places:
        between = text[party.end : place.start]
        if re.match(
            r"^\s?,\s?(?:a|an|the|une?|la|el|una?|eine?|ein)\s\w*\s?$", between, re.IGNORECASE
        ) and _FIRM.search(text[place.end : place.end + 24]):
            return place
    return None


def _origin(mentions: Sequence[Mention], words: str, report: Report) -> Fault | None:
    chips = [m for m in mentions if m.entry.id in record().made_from or m.entry.kind == "chip"]
    if len(chips) < 2 or not record().version_of.search(words):
        return None
    text = report.source.text
    for made in chips:
        if made.entry.id not in record().made_from:
            continue
        right, but = record().made_from[made.entry.id]
        others = [
            o
            for o in chips
            if o.entry.id != made.entry.id and o.entry.id.partition("-")[0] == made.entry.id.partition("-")[0]
        ]
        for other in sorted(others, key=lambda o: abs(o.start - made.start)):
            between = text[min(made.end, other.end) : max(made.start, other.start)]
            if len(between) <= 90 and (
                record().version_of.search(between)
                or record().version_of.search(
                    text[max(0, min(made.start, other.start) - 40) : max(made.end, other.end) + 25]
                )
            ):
                if other.entry.id in right:
                    return None
                return Fault(f"origin of {made.entry.id}", "contradicted", but,
                             f"{made.surface} is called a version of {other.surface}")  # fmt: skip
    return None


def _stated(claim: Claim, report: Report, day: Day | None) -> Fault | None:
    words = claim.evidence.repaired or claim.evidence.exact
    ids = {thing.id for thing in claim.objects}
    actors = {one.id for one in (claim.actor, claim.said_by) if one is not None}
    for statement in record().statements:
        if _meets(statement, words, ids, actors, claim, day):
            return Fault(statement.id, statement.verdict, statement.record, statement.source)
    return None


def _meets(statement: Statement, words: str, ids: set[str], actors: set[str], claim: Claim, day: Day | None) -> bool:
    if not statement.objects & ids or (statement.actions and not {claim.action, claim.of} & statement.actions):
        return False
    if statement.actors and not statement.actors & actors:
        return False
    if day is not None and ((statement.since and day < statement.since) or (statement.until and day > statement.until)):
        return False
    if statement.unless is not None and statement.unless.search(words):
        return False
    return all(pattern.search(words) for pattern in statement.says)

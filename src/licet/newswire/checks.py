"""Faults found without an event: a firm given a wrong country, a chip a wrong origin, a garbled statement."""

from __future__ import annotations

# ruff: noqa: PLR0917, E501 - lists of words and patterns read best on one line
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
#: Letters that show a clause, not a description, in Chinese, Japanese and Korean.
_VERBAL: Final = re.compile(r"[をはがにへ对對向令让讓要避使禁限允从由、，。]|から|에|를|을|는|은")
_EASTERN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
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
    for party in mentions:
        home = party.entry.country
        if party.entry.kind != "company" or party.entry.id in _MANY or not home:
            continue
        near = _described_as(text, party, mentions)
        if near is not None and near.entry.country != home and (near.entry.country, home) not in _SAME:
            right = gazetteer.entries().get(home)
            name = right.name if right is not None else home
            return Fault(
                f"country of {party.entry.id}",
                "contradicted",
                f"{party.entry.name} is a firm of {name}, not of {near.entry.name}.",
                f"{text[near.start : party.end]!r} calls it one of {near.entry.name}",
            )
    return None


def _described_as(text: str, party: Mention, named: Sequence[Mention]) -> Mention | None:
    """The place whose firm the words around the name say it is: ``British AI firm X``, ``l'entreprise britannique X``."""
    for place in reversed(named):
        if place.entry.kind not in {"adjective", "place"}:
            continue
        between = text[place.end : party.start]
        eastern = _EASTERN.search(text[place.start : place.end]) is not None
        if place.entry.kind == "place" and not eastern:
            continue
        if any(place.end <= other.start < party.start for other in named if other is not place):
            continue
        if 0 <= party.start - place.end <= _REACH and _leads(between, eastern):
            return place
        before = text[max(0, place.start - 30) : place.start].split()
        if between == " " and not eastern and any(_FIRM.search(word) for word in before[-2:]):
            return place
        after = text[party.end : place.start]
        if after == " " and _FIRM.search(" ".join(text[max(0, party.start - 14) : party.start].split()[-1:])):
            return place
    return None


def _leads(between: str, eastern: bool) -> bool:
    """Whether the words between a place and a name end in a word for a firm, and say nothing else."""
    if eastern:
        found = list(_FIRM.finditer(between))
        return bool(found) and len(between) - found[-1].end() <= 5 and _VERBAL.search(between) is None
    words = between.split()
    return (
        0 < len(words) <= 4
        and _FIRM.match(words[-1]) is not None
        and _BREAK.search(between) is None
        and "," not in between
    )


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
                return Fault(
                    f"origin of {made.entry.id}",
                    "contradicted",
                    but,
                    f"{made.surface} is called a version of {other.surface}",
                )
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

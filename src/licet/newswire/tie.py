"""Claims held against the record: confirmed, partly right, contradicted, or not in it, with what the record says."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from licet.newswire import asked, checks, gazetteer
from licet.newswire.evidence import stating
from licet.newswire.model import Claim, Link, Report
from licet.newswire.record import Known, record
from licet.newswire.sentences import sentences

Day = datetime.date
#: Actions that reports use for one another.
_ALIKE: Final = (
    frozenset({"issues", "announces", "tightens", "bans", "requires_license"}),
    frozenset({"rescinds", "suspends", "eases", "revokes"}),
    frozenset({"licenses", "eases", "agrees"}),
    frozenset({"asks", "objects", "plans", "proposes", "negotiates"}),
    frozenset({"warns", "objects", "says"}),
    frozenset({"advances", "proposes", "plans", "asks"}),
    frozenset({"charges", "investigates"}),
    frozenset({"offers", "announces", "discloses", "says"}),
)
_NAMED: Final = 3.0
_TOPICAL: Final = 1.2
#: A link is made from this score on; a claim is confirmed from the second on.
_LINKED: Final = 5.0
_CONFIRMED: Final = 6.0
_GENERAL: Final = frozenset(
    {"ai-chips", "chips", "export-controls", "talks", "summit", "tariffs", "huawei", "lithography"}
)
_MOST_LINKS: Final = 3
#: A general subject (AI chips) points to an event only so many days back, unless the report gives the day.
_RECENT: Final = 120


def tied(report: Report) -> Report:
    """`report` with every claim held against the record, and the provisions it is about."""
    day = report.published.day
    claims = [_judged(claim, report, day) for claim in report.claims]
    claims += _faulty(report, {claim.evidence.start for claim in claims})
    claims.sort(key=lambda claim: (claim.evidence.start, claim.sentence))
    provisions = dict.fromkeys(
        p for claim in claims for link in claim.links if link.kind == "provision" for p in (link.to,)
    )
    provisions |= dict.fromkeys(_named_provisions(report, day))
    return dataclasses.replace(report, claims=tuple(claims), provisions=tuple(sorted(provisions)))


def _faulty(report: Report, told: set[int]) -> Iterator[Claim]:
    """Sentences that claim nothing else and yet say what the record contradicts."""
    if not report.relevant:
        return
    for sentence in sentences(report.source.text):
        span = report.source.span(sentence.start, sentence.end)
        if span[0] in told:
            continue
        claim = stating(report, sentence)
        found = checks.fault(claim, report, report.published.day) if claim is not None else None
        if claim is not None and found is not None:
            link = Link(found.id, "check", found.why, 9.0)
            yield dataclasses.replace(claim, verdict=found.verdict, record=found.record, links=(link,))


def _named_provisions(report: Report, day: Day | None) -> Iterator[str]:
    if not report.relevant:
        return
    for mention in report.mentions:
        if mention.entry.kind == "rule":
            yield from mention.entry.more.get("provisions", ())


def _judged(claim: Claim, report: Report, day: Day | None) -> Claim:
    links = [*_events(claim, day), *_provisions(claim, day, report)]
    verdict, says = _verdict(claim, links, day)
    fault = checks.fault(claim, report, day)
    if fault is not None:
        verdict, says, link = fault.verdict, fault.record, Link(fault.id, "check", fault.why, 9.0)
        links.insert(0, link)
    return dataclasses.replace(claim, verdict=verdict, record=says, links=tuple(links), proposal=asked.proposal(claim))


#: Actions that say too little to be held against an event where their words do not say what they are about.
_LOOSE: Final = frozenset({"asks", "says", "warns", "negotiates", "announces", "plans", "declines_comment"})


def _events(claim: Claim, day: Day | None) -> list[Link]:
    if claim.carried and not claim.of and claim.action in _LOOSE:
        return []
    candidates: dict[str, Known] = {}
    for thing in claim.objects:
        for event in record().by_object.get(thing.id, ()):
            if day is not None and not -3 <= (day - event.day).days <= (_RECENT if thing.id in _GENERAL else 5000):
                continue
            candidates[event.id] = event
    scored = []
    for event in candidates.values():
        score, why = score_of(claim, event, day)
        if score >= _LINKED:
            scored.append(Link(event.id, "event", "; ".join(why), round(score, 2)))
    scored.sort(key=lambda link: (-link.score, link.to))
    return scored[:_MOST_LINKS]


def score_of(claim: Claim, event: Known, day: Day | None, *, dated: bool = True) -> tuple[float, list[str]]:
    """How well `claim` fits `event`, and why."""
    score, why = 0.0, []
    named = [thing for thing in claim.objects if thing.id in event.to]
    special = [thing for thing in named if thing.id not in _GENERAL]
    if special:
        score += _NAMED + 0.3 * (len(special) - 1)
        why.append("the same " + ", ".join(thing.name for thing in special[:2]))
    elif named:
        score += _TOPICAL + (0.4 if len(named) > 1 else 0)
        why.append("the same subject")
    action = claim.action if not claim.of or claim.action not in {"says", "announces"} else claim.of
    if action in event.does:
        score += 2.0
        why.append(f"the same action ({action})")
    elif any(action in alike and alike & event.does for alike in _ALIKE):
        score += 1.0
        why.append(f"a like action ({action})")
    elif action in {"says", "announces", "discloses"}:
        score += 0.3
    else:
        score -= 1.5
    acting = _standing(claim.actor.id if claim.actor else "") | _standing(claim.said_by.id if claim.said_by else "")
    if acting & event.who:
        score += 1.5
        why.append("the same actor")
    elif acting:
        score -= 1.0
    if dated:
        near, reason = _nearness(claim, event, day)
        score += near
        if reason:
            why.append(reason)
    return score, why


def _nearness(claim: Claim, event: Known, day: Day | None) -> tuple[float, str]:
    when = claim.when
    if when is not None and when.first is not None and when.last is not None and when.grain in {"day", "week"}:
        gap = min(abs((event.day - when.first).days), abs((event.day - when.last).days))
        if gap <= 3:
            return 2.0, f"the day given is {'that day' if not gap else f'{gap} days off'}"
    if when is not None and when.first is not None and when.last is not None and when.first <= event.day <= when.last:
        return 1.5, f"in the {when.grain} given"
    if day is None:
        return 0.0, ""
    gap = (day - event.day).days
    if when is not None and when.grain in {"month", "year"} and when.last is not None and when.last < event.day:
        return -1.5, ""
    if -1 <= gap <= 4:
        return 2.0, "within days of the report"
    if gap <= 12:
        return 1.2, "within two weeks of the report"
    return (0.5, "within two months of the report") if gap <= 60 else (-0.3, "")


@functools.cache
def _standing(id_: str) -> frozenset[str]:
    """Those who act where this one acts: a minister acts for the ministry, the ministry for the country."""
    if not id_:
        return frozenset()
    ids = {id_}
    entry = gazetteer.entries().get(id_)
    if entry is not None:
        acts_for = str(entry.more.get("acts_for", ""))
        ids |= {acts_for} if acts_for else set()
        if entry.kind in {"agency", "person"} and entry.country:
            ids.add(entry.country)
    if id_ == "US":
        ids |= {"us-commerce", "bis", "trump", "biden"}
    if id_ in {"trump", "biden", "white-house"}:
        ids |= {"US", "us-commerce", "bis"}
    if id_ == "CN":
        ids |= {"mofcom", "cac", "gacc"}
    return frozenset(ids)


def _provisions(claim: Claim, day: Day | None, report: Report) -> list[Link]:
    found: dict[str, Link] = {}
    ids = {thing.id for thing in claim.objects} | {one.id for one in claim.recipients}
    if claim.actor is not None:
        ids.add(claim.actor.id)
    about_control = (
        claim.action not in {"offers", "discloses", "says"} or bool(ids & {"export-controls"}) or bool(claim.of)
    )
    at = day or Day(2026, 9, 25)
    for stands in record().provisions:
        hit = stands.of & ids
        if hit and about_control and (not stands.with_ or stands.with_ & ids) and stands.since <= at:
            if stands.until is not None and at > stands.until:
                continue
            for id_ in stands.to:
                found.setdefault(id_, Link(id_, "provision", f"{', '.join(sorted(hit))} on {at}", 1.0))
    for thing in claim.objects:
        entry = gazetteer.entries().get(thing.id)
        if entry is not None and entry.kind == "rule":
            for id_ in entry.more.get("provisions", ()):
                found.setdefault(id_, Link(id_, "provision", f"{entry.name} is named", 1.0))
    return list(found.values())


def _verdict(claim: Claim, links: Sequence[Link], day: Day | None) -> tuple[str, str]:
    events = [link for link in links if link.kind == "event"]
    if not events:
        return "not in the record", ""
    best = next(event for event in record().events if event.id == events[0].to)
    told = f"{best.day}: {best.what}"
    if "negated" in claim.modes and claim.action in best.does and claim.action not in {"objects", "denies", "asks"}:
        return "partly", f"{told} The report denies what the record has."
    special = {thing.id for thing in claim.objects} & best.to - _GENERAL
    if not special and claim.action in {"objects", "warns"} and claim.action not in best.does:
        return "not in the record", ""
    if not special and (claim.action in {"says", "offers", "discloses", "announces"} or claim.actor is None):
        return "not in the record", ""
    if events[0].score < _CONFIRMED or (not special and claim.action not in best.does and claim.of not in best.does):
        return "partly", told
    if best.but and (
        claim.action in {"bans", "rescinds", "eases", "advances", "licenses", "requires_license"} or claim.figures
    ):
        return "partly", f"{told}. {best.but}"
    off = _day_off(claim, best)
    return ("partly", f"{told}. {off}") if off else ("confirmed", told)


def _day_off(claim: Claim, event: Known) -> str:
    when = claim.when
    if when is None or when.first is None or when.grain != "day" or claim.action not in event.does:
        return ""
    gap = abs((when.first - event.day).days)
    return f"The report gives {when.first}; the record has {event.day}" if 0 < gap <= 3 else ""


def story_day(reports: Iterable[Report]) -> dict[str, tuple[Day, str]]:
    """For reports without a day: the day of the event in the record that they tell, and which that is."""
    found = {}
    for report in reports:
        day = _told(report)
        if day is not None:
            found[report.id] = day
    return found


#: An event tells the day of a report where it fits so much better than any more than so many days off.
_CLEAR: Final = 1.5
_APART: Final = 7


def _told(report: Report) -> tuple[Day, str] | None:
    total: dict[str, float] = {}
    floor = _floor(report)
    for claim in report.claims:
        weight = 2.0 if claim.main else 1.0
        if "future" in claim.modes:
            continue
        best: dict[str, tuple[float, Known]] = {}
        for thing in claim.objects:
            for event in record().by_object.get(thing.id, ()):
                score, _ = score_of(claim, event, None, dated=False)
                if score >= 4.0 and (floor is None or event.day >= floor):
                    best[event.id] = (score, event)
        for score, event in best.values():
            total[event.id] = total.get(event.id, 0.0) + weight * (score - 3.0)
    if not total:
        return None
    days = {event.id: event.day for event in record().events}
    windows = {
        id_: sum(points for other, points in total.items() if 0 <= (days[id_] - days[other]).days <= 3) for id_ in total
    }
    last = max(windows, key=lambda one: (windows[one], total[one], one))
    near = [id_ for id_ in total if 0 <= (days[last] - days[id_]).days <= 3]
    chief = max(near, key=lambda one: (total[one], one))
    rival = max((points for id_, points in windows.items() if abs((days[id_] - days[last]).days) > _APART), default=0.0)
    return (days[chief], chief) if windows[last] >= max(4.0, _CLEAR * rival) else None


def _floor(report: Report) -> Day | None:
    """The first day the report can be of: it speaks of this year or day as past."""
    days = [when.first for when in report.dates if when.basis == "stated" and when.first is not None]
    return max(days, default=None)

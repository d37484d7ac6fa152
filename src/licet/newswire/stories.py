"""Reports on one event, in any language, put together, with the reason for every tie.

Two reports tie when what they name and claim is alike enough for the days between them. Only the claims and the lead
weigh fully; an outlet they rely on weighs nothing, and the countries every report names weigh little. Reports join a
story that they are, on the whole, near to, so that one link does not pull two stories together.
"""

from __future__ import annotations

import dataclasses
import datetime
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from licet.newswire import gazetteer
from licet.newswire.model import Claim, Report, Story, Tie
from licet.newswire.wording import done

#: Reports further apart than this are of different stories.
_WINDOW: Final = 6
_CUT: Final = 0.36
_COMMON: Final = {
    "US": 0.1,
    "CN": 0.1,
    "nvidia": 0.5,
    "us-commerce": 0.4,
    "bis": 0.5,
    "trump": 0.35,
    "export-controls": 0.1,
    "ai-chips": 0.12,
    "chips": 0.05,
    "biden": 0.4,
    "huawei": 0.6,
    "tariffs": 0.3,
    "talks": 0.3,
}
_KINDS: Final = {
    "chip": 1.6,
    "rule": 1.8,
    "item": 1.0,
    "model": 1.2,
    "company": 1.2,
    "agency": 0.8,
    "person": 1.0,
    "group": 0.9,
    "place": 0.5,
    "seat": 0.0,
    "adjective": 0.0,
}
_TOPIC: Final = 0.8


@dataclasses.dataclass(frozen=True)
class _Key:
    """What a report is known by when it is compared."""

    day: datetime.date | None
    weights: Mapping[str, float]
    norm: float
    acts: frozenset[tuple[str, str]]
    events: frozenset[str]
    soft: bool


def stories(reports: Sequence[Report]) -> tuple[Story, ...]:
    """The stories of `reports`; the order in which they come changes nothing."""
    ordered = sorted(reports, key=lambda report: (report.published.day or datetime.date.max, report.id))
    keys = {report.id: _key(report) for report in ordered}
    pairs: dict[tuple[str, str], Tie] = {}
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if not _near(keys[one.id], keys[other.id]):
                if keys[one.id].day and keys[other.id].day and not keys[one.id].soft and not keys[other.id].soft:
                    break
                continue
            tie = _tie(one, other, keys)
            if tie is not None:
                pairs[one.id, other.id] = tie
    groups = _grouped([report.id for report in ordered], pairs)
    by_id = {report.id: report for report in ordered}
    told = [_story([by_id[id_] for id_ in group], pairs) for group in groups]
    return tuple(_related(told, by_id))


def _key(report: Report) -> _Key:
    weights: dict[str, float] = {}
    lead = max(300, len(report.source.text) // 4)
    seen: set[str] = set()
    for mention in report.mentions:
        entry = mention.entry
        if entry.kind in {"media", "seat", "adjective", "bare"} or not report.relevant:
            continue
        value = _KINDS.get(entry.kind, 0.6) * _COMMON.get(entry.id, 1.0)
        if mention.start < lead:
            weights[entry.id] = max(weights.get(entry.id, 0.0), value)
        elif entry.id not in seen:
            weights[entry.id] = max(weights.get(entry.id, 0.0), 0.45 * value)
        seen.add(entry.id)
    acts: set[tuple[str, str]] = set()
    for claim in report.claims:
        share = 1.0 if claim.main else 0.5
        thing = claim.object
        if thing is None:
            continue
        does = _deed(claim)
        if claim.main:
            acts.add((does, thing.id))
        act = f"{does} {thing.id}"
        weights[act] = max(weights.get(act, 0.0), share * 1.3 * (_COMMON.get(thing.id, 1.0) + 0.25))
        if thing.kind == "topic":
            weights[thing.id] = max(weights.get(thing.id, 0.0), share * _TOPIC * _COMMON.get(thing.id, 1.0))
    events = frozenset(
        link.to
        for claim in report.claims
        if claim.main or len(report.claims) < 4
        for link in claim.links[:1]
        if link.kind == "event" and link.score >= 6.5
    )
    norm = math.sqrt(math.fsum(value * value for value in weights.values())) or 1.0
    soft = report.published.basis in {"record", "unknown"}
    return _Key(report.published.day, weights, norm, frozenset(acts), events, soft)


def _deed(claim: Claim) -> str:
    """One word for actions that different outlets call differently."""
    if claim.of and claim.action in {"asks", "plans", "proposes", "warns", "objects"}:
        return claim.action
    return {
        "announces": "issues",
        "tightens": "bans",
        "requires_license": "bans",
        "revokes": "rescinds",
        "suspends": "suspends",
        "eases": "eases",
    }.get(claim.action, claim.action)


def _near(one: _Key, other: _Key) -> bool:
    if one.day is None or other.day is None:
        return True
    return abs((one.day - other.day).days) <= _WINDOW


def _tie(one: Report, other: Report, keys: Mapping[str, _Key]) -> Tie | None:
    a, b = keys[one.id], keys[other.id]
    if one.relevant != other.relevant or not one.relevant:
        return None
    shared = {id_: a.weights[id_] * b.weights[id_] for id_ in a.weights if id_ in b.weights}
    score = math.fsum(shared[id_] for id_ in sorted(shared)) / (a.norm * b.norm)
    both = a.events & b.events
    if both:
        score += 0.18
    elif a.events and b.events:
        score -= 0.08
    apart = abs((a.day - b.day).days) if a.day and b.day else 0
    score -= 0.035 * max(0, apart - 1)
    if a.day is None or b.day is None:
        score -= 0.1
    score -= 0.3 if _opposed(a, b) else 0.0
    if score < _CUT:
        return None
    top = sorted(shared, key=lambda id_: (-shared[id_], id_))[:4]
    why = [f"both {_said(id_)}" for id_ in top]
    why += [f"both tell the event {id_}" for id_ in sorted(both)]
    why.append(
        "published on the same day"
        if a.day and not apart
        else f"{apart} days apart"
        if a.day and b.day
        else "no day known"
    )
    return Tie(one.id, other.id, round(score, 3), tuple(why))


def _said(id_: str) -> str:
    deed, _, thing = id_.partition(" ")
    entry = gazetteer.entries().get(thing or deed)
    name = entry.name if entry is not None else (thing or deed).replace("-", " ")
    return f"tell that somebody {deed} {name}" if thing else f"name {name}"


_OPPOSED: Final = (("issues", "rescinds"), ("licenses", "bans"), ("bans", "rescinds"), ("eases", "bans"))


def _opposed(a: _Key, b: _Key) -> bool:
    """The same instrument, and opposite things done to it."""
    for left, right in _OPPOSED:
        for x, y in ((a, b), (b, a)):
            things = {thing for deed, thing in x.acts if deed == left} & {
                thing for deed, thing in y.acts if deed == right
            }
            things -= {"export-controls", "ai-chips", "chips", "tariffs", "truce"}
            if any((right, thing) not in x.acts and (left, thing) not in y.acts for thing in things):
                return True
    return False


def _grouped(ids: Sequence[str], pairs: Mapping[tuple[str, str], Tie]) -> list[list[str]]:
    """Average linkage: the two nearest groups are joined while they are near enough on the average."""
    score = {frozenset(pair): tie.score for pair, tie in pairs.items()}
    parent = {id_: id_ for id_ in ids}

    def root(id_: str) -> str:
        while parent[id_] != id_:
            parent[id_] = parent[parent[id_]]
            id_ = parent[id_]
        return id_

    members = {id_: [id_] for id_ in ids}
    for pair, tie in sorted(pairs.items(), key=lambda item: (-item[1].score, item[0])):
        left, right = root(pair[0]), root(pair[1])
        if left == right:
            continue
        across = [score.get(frozenset((x, y)), 0.0) for x in members[left] for y in members[right]]
        if math.fsum(across) / len(across) < _CUT * 0.75:
            continue
        parent[right] = left
        members[left] += members.pop(right)
        assert tie.score >= _CUT
    order = {id_: place for place, id_ in enumerate(ids)}
    return sorted(
        (sorted(group, key=order.__getitem__) for group in members.values()), key=lambda group: order[group[0]]
    )


def _story(group: Sequence[Report], pairs: Mapping[tuple[str, str], Tie]) -> Story:
    inside = {report.id for report in group}
    ties = tuple(tie for (one, other), tie in sorted(pairs.items()) if one in inside and other in inside)
    days = [report.published.day for report in group if report.published.day is not None]
    sources = {report.relies_on[:1] or (report.outlet or report.id,) for report in group}
    return Story(
        f"story-{group[0].id}",
        tuple(report.id for report in group),
        min(days, default=None),
        _title(group),
        ties,
        independent=len(sources),
    )


#: Kinds of things that tell more of a story than a topic does.
_TELLING: Final = frozenset({"rule", "bill", "chip", "item", "model"})


def _title(group: Sequence[Report]) -> str:
    """What most of the reports say first, and of what."""
    counted: Counter[str] = Counter()
    for report in group:
        for claim in report.claims[:4]:
            if claim.actor is not None and claim.object is not None:
                weight = (3 if claim.main else 1) + (claim.object.kind in _TELLING) + (claim.action != "says")
                counted[done(claim)] += weight
    return min(counted, key=lambda key: (-counted[key], key)) if counted else group[0].title


def _related(told: Sequence[Story], by_id: Mapping[str, Report]) -> list[Story]:
    """Each story with the others that are about the same instrument, and what is done to it there."""
    about: dict[str, dict[str, str]] = {}
    for story in told:
        found: dict[str, str] = {}
        for id_ in story.reports:
            for claim in by_id[id_].claims:
                if claim.object is not None and (
                    claim.object.kind in {"rule", "bill", "chip"} and claim.object.id != "entity-list"
                ):
                    found.setdefault(claim.object.id, _deed(claim))
        about[story.id] = found
    result = []
    for story in told:
        links = []
        for other in told:
            shared = sorted(about[story.id].keys() & about[other.id].keys())
            if other.id != story.id and shared:
                entry = gazetteer.entries().get(shared[0])
                name = entry.name if entry is not None else shared[0]
                links.append(
                    (other.id, f"{name}: {about[story.id][shared[0]]} here, {about[other.id][shared[0]]} there")
                )
        result.append(dataclasses.replace(story, related=tuple(links)))
    return result

"""A batch as plain data and as JSON Lines: one line a report, one a story, one an error.

The article is a schema.org NewsArticle and each claim a schema.org Claim; its evidence is a W3C Web Annotation target
with a TextQuoteSelector and a TextPositionSelector; ``plover`` is the nearest PLOVER event type. A ClaimReview stands
only where the claim was held against the record and something was found. In schema.org's context ``type`` and ``id``
are those of JSON-LD. ``listed`` has the entries of screening lists that parties of the report are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from licet.newswire import asked
from licet.newswire.dates import When
from licet.newswire.listed import listings
from licet.newswire.model import Batch, Claim, Named, Report, Story

_PLOVER: Final = {
    "asks": "REQUEST",
    "plans": "CONSULT",
    "proposes": "CONSULT",
    "announces": "CONCEDE",
    "issues": "SANCTION",
    "amends": "SANCTION",
    "suspends": "CONCEDE",
    "extends": "AGREE",
    "rescinds": "CONCEDE",
    "revokes": "SANCTION",
    "requires_license": "SANCTION",
    "licenses": "COOPERATE",
    "eases": "CONCEDE",
    "tightens": "SANCTION",
    "bans": "SANCTION",
    "warns": "THREATEN",
    "objects": "REJECT",
    "agrees": "AGREE",
    "advances": "CONSULT",
    "charges": "COERCE",
    "investigates": "ACCUSE",
    "denies": "REJECT",
    "negotiates": "CONSULT",
}


def lines(batch: Batch) -> Iterator[str]:
    """The batch as lines of JSON, each ending without its line break; the same batch gives the same lines."""
    for report in batch.reports:
        yield _json(article(report))
    for story in batch.stories:
        yield _json(of_story(story))
    for error in batch.errors:
        yield _json({"type": "Error", "what": error.what, "where": error.where, "why": error.why, "next": error.next})


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(", ", ": "))


def article(report: Report) -> dict[str, Any]:
    """A report as plain data."""
    return {
        "@context": "https://schema.org",
        "type": "NewsArticle",
        "id": report.id,
        "headline": report.title,
        "inLanguage": report.language,
        "datePublished": report.published.day.isoformat() if report.published.day else None,
        "dateBasis": report.published.basis,
        "dateWhy": report.published.why,
        "publisher": report.outlet or None,
        "url": report.url or None,
        "isBasedOn": list(report.relies_on),
        "relevant": report.relevant,
        "encoding": report.encoding,
        "mentions": {kind: list(ids) for kind, ids in _mentions(report).items()},
        "listed": [
            {
                "party": one.party,
                "list": one.list,
                "record": one.record,
                "name": one.name,
                "since": one.since.isoformat() if one.since else None,
                "source": one.source,
            }
            for one in listings(report)
        ],
        "provisions": list(report.provisions),
        "dates": [_when(when) for when in report.dates],
        "repairs": [
            {"start": c.start, "end": c.end, "was": c.was, "now": c.now, "why": c.why, "inferred": c.inferred}
            for c in report.source.changes
        ],
        "claims": [claim(one) for one in report.claims],
    }


def _mentions(report: Report) -> dict[str, tuple[str, ...]]:
    kinds = {
        "chips": ("chip", "model", "item"),
        "parties": ("company", "agency", "person", "group"),
        "media": ("media",),
        "rules": ("rule",),
    }
    return {name: report.named(*sort) for name, sort in kinds.items()} | {"places": report.places()}


def claim(one: Claim) -> dict[str, Any]:
    """A claim as plain data."""
    evidence = one.evidence
    selector: dict[str, Any] = {
        "type": "TextQuoteSelector",
        "exact": evidence.exact,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
        "refinedBy": {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end},
    }
    record: dict[str, Any] = {
        "type": "Claim",
        "id": one.id,
        "actor": _named(one.actor),
        "action": one.action,
        "of": one.of or None,
        "object": _named(one.object),
        "objects": [_named(thing) for thing in one.objects],
        "recipients": [_named(other) for other in one.recipients],
        "modes": list(one.modes),
        "when": _when(one.when) if one.when else None,
        "said_by": _named(one.said_by),
        "relies_on": list(one.relies_on),
        "figures": [{"value": str(figure.value), "unit": figure.unit} for figure in one.figures],
        "main": one.main,
        "evidence": {"selector": selector, "repaired": evidence.repaired or None},
        "verdict": one.verdict,
        "record": one.record or None,
        "links": [{"to": link.to, "kind": link.kind, "why": link.why, "score": link.score} for link in one.links],
        "proposal": one.proposal or None,
        "whatIf": asked.in_words(one.proposal) if one.proposal else None,
        "plover": _PLOVER.get(one.action),
    }
    if one.verdict != "not in the record":
        record["review"] = {"type": "ClaimReview", "reviewRating": one.verdict, "reviewBody": one.record}
    return record


def _named(one: Named | None) -> dict[str, str] | None:
    return None if one is None else {"id": one.id, "kind": one.kind, "name": one.name, "surface": one.surface}


def _when(when: When) -> dict[str, Any]:
    return {
        "start": when.first.isoformat() if when.first else None,
        "end": when.last.isoformat() if when.last else None,
        "grain": when.grain,
        "basis": when.basis,
    }


def of_story(story: Story) -> dict[str, Any]:
    """A story as plain data."""
    return {
        "type": "Story",
        "id": story.id,
        "title": story.title,
        "date": story.day.isoformat() if story.day else None,
        "reports": list(story.reports),
        "independentSources": story.independent,
        "ties": [{"one": tie.one, "other": tie.other, "score": tie.score, "why": list(tie.why)} for tie in story.ties],
        "related": [{"story": id_, "why": why} for id_, why in story.related],
    }

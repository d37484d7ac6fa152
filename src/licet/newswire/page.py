"""A batch as one HTML page that needs nothing else: the words as they came, the claims beside them, and a timeline."""

from __future__ import annotations

# ruff: noqa: E501 - lists of words and patterns read best on one line
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from licet.newswire import asked
from licet.newswire.digest import on_lists
from licet.newswire.model import Batch, Claim, Report, Story
from licet.newswire.record import record
from licet.newswire.wording import said

_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})
_CLASS: Final = {"confirmed": "yes", "partly": "partly", "contradicted": "no", "not in the record": "none"}
_STYLE: Final = """
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:80rem;padding:1rem}
.report{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:1.5rem;border-top:1px solid #8884;padding:1rem 0}
@media(max-width:50rem){.report{grid-template-columns:1fr}}.text{white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:#8882;color:inherit;border-bottom:2px solid #888}mark.yes{border-color:#2a8a3e}mark.partly{border-color:#b07d00}
mark.no{border-color:#c0262d;background:#c0262d22}.claims{list-style:none;margin:0;padding:0}.claims li{margin:0 0 .8rem;padding-left:.7rem;
border-left:4px solid #888}.claims .yes{border-color:#2a8a3e}.claims .partly{border-color:#b07d00}.claims .no{border-color:#c0262d}
.key span{border-left:4px solid #888;padding:0 .5rem;margin-right:.6rem}.key .yes{border-color:#2a8a3e}.key .partly{border-color:#b07d00}.key .no{border-color:#c0262d}
.small{font-size:.85rem;opacity:.8}table{border-collapse:collapse}td,th{padding:.15rem .6rem;text-align:left;vertical-align:top}
h2{margin:2rem 0 .3rem}:target{outline:2px solid #36c}
"""


def page(batch: Batch, *, title: str = "Reports held against the record", tried: Sequence[tuple[str, str]] = ()) -> str:
    """The page, as text. It holds no script and asks for nothing from elsewhere.

    Args:
        batch: what was read.
        title: its heading.
        tried: changes that reports ask for, each with what it makes of a file of orders.
    """
    return "".join(_parts(batch, title, tried))


def _parts(batch: Batch, title: str, tried: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
    )
    yield '<p class="small key">The words as they came stand left, what they claim right, held against the record: '
    yield from (f'<span class="{_CLASS[verdict]}">{verdict}</span>' for verdict in _CLASS)
    yield "</p>"
    yield from _timeline(batch)
    if tried:
        yield "<h2>What if</h2><ul>"
        yield from (f"<li>{escape(what)}<br><strong>{escape(then)}</strong></li>" for what, then in tried)
        yield "</ul>"
    by_id = {report.id: report for report in batch.reports}
    for story in batch.stories:
        yield from _story(story, by_id)
    if batch.errors:
        yield "<h2>Not read</h2><ul>" + "".join(f"<li>{escape(str(error))}</li>" for error in batch.errors) + "</ul>"
    yield "</body></html>\n"


def _timeline(batch: Batch) -> Iterator[str]:
    rows: dict[tuple[str, str], str] = {}
    known = {event.id: event for event in record().events}
    for story in batch.stories:
        day = story.day.isoformat() if story.day else "unknown"
        rows[day, f"b {story.id}"] = f'<a href="#{_anchor(story.id)}">{escape(story.title)}</a> ({len(story.reports)})'
    for report in batch.reports:
        for claim in report.claims:
            for link in claim.links[:1]:
                event = known.get(link.to)
                if link.kind == "event" and claim.verdict != "not in the record" and event is not None:
                    what = f'<span class="small">record: {escape(event.what)}</span>'
                    rows.setdefault((event.day.isoformat(), f"a {event.id}"), what)
    yield "<h2>Timeline</h2><table>"
    for (day, _), text in sorted(rows.items()):
        yield f"<tr><td><time>{escape(day)}</time></td><td>{text}</td></tr>"
    yield "</table>"


def _anchor(id_: str) -> str:
    return "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "-" for char in id_)


def _story(story: Story, by_id: dict[str, Report]) -> Iterator[str]:
    yield f'<section id="{_anchor(story.id)}"><h2>{escape(story.title)}</h2><p class="small">'
    yield f"{story.day or 'no date'}; {len(story.reports)} report(s), {story.independent} independent source(s)</p>"
    if story.ties:
        yield '<details class="small"><summary>Why these are one story</summary><ul>'
        for tie in story.ties:
            yield f"<li>{escape(tie.one)} and {escape(tie.other)} ({tie.score}): {escape('; '.join(tie.why))}</li>"
        yield "</ul></details>"
    for other, why in story.related:
        yield f'<p class="small">See also <a href="#{_anchor(other)}">{escape(other)}</a>: {escape(why)}</p>'
    for id_ in story.reports:
        yield from _report(by_id[id_])
    yield "</section>"


def _report(report: Report) -> Iterator[str]:
    direction = "rtl" if report.language in _RIGHT_TO_LEFT else "ltr"
    day = f"{report.published.day} ({report.published.basis})" if report.published.day else "day unknown"
    relies = f"; relies on {', '.join(report.relies_on)}" if report.relies_on else ""
    yield f'<div class="report"><div><h3 dir="auto">{escape(report.title)}</h3><p class="small">{escape(report.id)}; '
    yield f"{escape(report.language)}; {escape(day)}{escape(relies)}; {len(report.source.changes)} repair(s)</p>"
    yield f'<div class="text" lang="{escape(report.language)}" dir="{direction}">'
    yield from _marked(report)
    yield '</div></div><div><ol class="claims">'
    for claim in report.claims:
        yield from _claim(claim)
    yield "</ol>"
    yield from (f'<p class="small">{escape(line)}</p>' for line in on_lists(report))
    yield "</div></div>"


def _marked(report: Report) -> Iterator[str]:
    """The original text with the evidence of the claims marked; a span with two claims is marked as the worse one."""
    order = {"contradicted": 0, "partly": 1, "confirmed": 2, "not in the record": 3}
    spans: dict[tuple[int, int], Claim] = {}
    for claim in sorted(report.claims, key=lambda one: (order[one.verdict], one.id)):
        spans.setdefault((claim.evidence.start, claim.evidence.end), claim)
    at, text = 0, report.source.original
    for (start, end), claim in sorted(spans.items()):
        if start < at:
            continue
        yield escape(text[at:start])
        yield f'<mark class="{_CLASS[claim.verdict]}" title="{escape(said(claim))}">{escape(text[start:end])}</mark>'
        at = end
    yield escape(text[at:])


def _claim(claim: Claim) -> Iterator[str]:
    yield f'<li class="{_CLASS[claim.verdict]}">{escape(said(claim))}<br><span class="small">{escape(claim.verdict)}'
    yield f": {escape(claim.record)}" if claim.record else ""
    provisions = [link.to for link in claim.links if link.kind == "provision"]
    yield f"; provisions: {escape(', '.join(provisions))}" if provisions else ""
    yield f"<br>{escape(asked.in_words(claim.proposal))}" if claim.proposal else ""
    yield "</span></li>"

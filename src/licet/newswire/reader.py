"""From a sheet of text to a report: repaired, its language and day known, its mentions and claims found."""

from __future__ import annotations

# ruff: noqa: E501 - words of many languages read best on one line
import bisect
import dataclasses
import datetime
import re
from collections.abc import Sequence
from typing import Final

from licet.newswire import claims as finding
from licet.newswire import day
from licet.newswire.dates import dates
from licet.newswire.find import Mention, Word, mentions, words
from licet.newswire.fold import fold
from licet.newswire.language import identify
from licet.newswire.model import Claim, Published, Report
from licet.newswire.passage import Context
from licet.newswire.repair import repaired
from licet.newswire.sentences import Sentence, sentences
from licet.newswire.told import told
from licet.newswire.unpack import Sheet

#: Longer texts are read to here; no news report is longer.
_LONGEST: Final = 200_000
#: Words of saying: a paper named in a sentence with one is where the report has it from.
_REPORTING: Final = frozenset({"relies:", "do:says", "do:announces", "do:discloses", "do:warns"})
_OPEN, _CLOSE = frozenset({"(", "（", "【"}), frozenset({")", "）", "】"})
#: An agency in brackets before this letter of a report is its own outlet.
_DATELINE: Final = 200


def read(sheet: Sheet) -> Report:
    """`sheet`, read by itself; the record is not asked yet."""
    source = repaired(sheet.text[:_LONGEST])
    text = source.text
    language = identify(text)
    published = day.published(sheet.published, text, language)
    folded = fold(text)
    named = mentions(text, folded, language)
    lexicon = words(text, folded, language)
    about = relevant(named, lexicon)
    named = [
        mention for mention in named if mention.entry.kind != "rule" or (about and _could_be(mention, published.day))
    ]
    report = Report(
        id=sheet.id,
        title=sheet.title or _headline(text),
        language=language,
        published=published,
        outlet=sheet.site,
        url=sheet.url,
        encoding=sheet.encoding,
        source=source,
        mentions=tuple(named),
        claims=(),
        dates=(),
        relies_on=(),
        provisions=(),
        relevant=about,
        kind=sheet.kind,
    )
    return at_day(report, published, lexicon, folded.text)


#: So many days before it is issued a rule may be spoken of by its name.
_AHEAD: Final = datetime.timedelta(90)


def _could_be(mention: Mention, published: datetime.date | None) -> bool:
    """Whether the rule a mention names was there, or near, on the day of the report."""
    since = mention.entry.more.get("from")
    return not since or published is None or datetime.date.fromisoformat(since) - _AHEAD <= published


def at_day(report: Report, published: Published, lexicon: list[Word] | None = None, copy: str | None = None) -> Report:
    """`report` with its dates and claims worked out for the day it was published on.

    `lexicon`, its words, and `copy`, its matching copy, are made where they are not at hand.
    """
    text, language = report.source.text, report.language
    lexicon = words(text, fold(text), language) if lexicon is None else lexicon
    parts = sentences(text)
    found = dates(text, language, published.day, copy)
    outlets = relied_on(text, report.mentions, lexicon, parts, report.outlet)
    claims: list[Claim] = []
    named = [mention for mention in report.mentions if mention.by != "told"]
    if report.relevant:
        named += (m for m in told(text, named, lexicon, found, parts) if _could_be(m, published.day))
        named.sort(key=lambda mention: (mention.start, mention.end, mention.entry.id))
        context = Context(report.id, report.source, language, parts, named, lexicon, found, outlets)
        claims = finding.claims(context)
    return dataclasses.replace(
        report,
        published=published,
        mentions=tuple(named),
        claims=tuple(claims),
        dates=tuple(found),
        relies_on=outlets,
    )


_CHIPS: Final = frozenset({"topic:ai-chips", "topic:chips", "topic:location-verification"})
_CONTROL: Final = frozenset(
    {
        "topic:export-controls",
        "topic:smuggling",
        "topic:location-verification",
        "topic:remote-access",
        "do:requires_license",
        "topic:long-arm",
        "topic:revenue-share",
    }
)
_ACTS: Final = frozenset(
    {
        "do:bans",
        "do:eases",
        "do:tightens",
        "do:rescinds",
        "do:licenses",
        "do:charges",
        "do:investigates",
        "do:asks",
        "do:offers",
        "do:objects",
        "do:warns",
        "do:announces",
        "do:agrees",
        "do:discloses",
        "topic:tariffs",
        "topic:truce",
        "do:advances",
        "do:extends",
        "do:suspends",
    }
)
_LIMITS: Final = frozenset({"do:bans", "do:eases", "do:tightens", "do:licenses", "do:requires_license"})
_TRUCE: Final = frozenset({"do:extends", "do:negotiates", "do:suspends", "do:agrees"})
_MAKERS: Final = frozenset(
    {
        "nvidia",
        "amd",
        "huawei",
        "tsmc",
        "smic",
        "asml",
        "cxmt",
        "humain",
        "hbm",
        "bis",
        "intel",
        "supermicro",
        "cambricon",
        "deepseek",
        "samsung",
        "sk-hynix",
        "synopsys",
        "cadence",
        "applied-materials",
    }
)
_ALWAYS: Final = frozenset(
    {
        "ai-diffusion-rule",
        "chip-security-act",
        "gain-ai-act",
        "ai-overwatch-act",
        "affiliates-rule",
        "match-act",
        "remote-access-act",
        "safe-chips-act",
        "hbm-control",
        "foundry-rule",
        "eccn-3a090",
    }
)


#: Chips are what a report is about where they are named before this letter, or this often.
_LEAD: Final = 420
_OFTEN: Final = 5


def relevant(named: list[Mention], lexicon: list[Word]) -> bool:
    """Whether a report is about controls on chips: it speaks of chips or their makers, and of control or trade in them."""
    ids = {mention.entry.id for mention in named}
    kinds = {mention.entry.kind for mention in named}
    said = {word.what for word in lexicon}
    if ids & _ALWAYS:
        return True
    chips = bool(said & _CHIPS) or "chip" in kinds or bool(ids & {"eda", "lithography", "model-weights"})
    control = bool(said & _CONTROL) or "rule" in kinds or "bis" in ids
    if chips and control:
        return True
    makers = bool(ids & _MAKERS)
    places = [m.start for m in named if m.entry.kind == "chip" or m.entry.id in _MAKERS]
    places += [word.start for word in lexicon if word.what in _CHIPS]
    if min(places, default=_LEAD) >= _LEAD and len(places) < _OFTEN:
        return False
    if makers and (control or (chips and said & _ACTS and "CN" in ids)):
        return True
    if chips and said & _LIMITS and ids & {"US", "CN", "trump", "us-commerce", "mofcom"}:
        return True
    truce = bool(said & {"topic:truce", "topic:tariffs"}) and bool(ids & {"US", "trump", "bessent", "lutnick"})
    return truce and "CN" in ids and bool(said & _TRUCE) and (chips or control)


def relied_on(
    text: str, named: tuple[Mention, ...], lexicon: list[Word], parts: Sequence[Sentence], outlet: str
) -> tuple[str, ...]:
    """Ids of the media a report takes its news from: named in a sentence with a word of saying, or in brackets."""
    starts = [part.start for part in parts]
    reporting = {bisect.bisect_right(starts, word.start) for word in lexicon if word.what in _REPORTING}
    own = outlet.casefold()
    found: dict[str, None] = {}
    for mention in named:
        if mention.entry.kind != "media" or (own and mention.entry.name.casefold() in own):
            continue
        bracketed = text[mention.start - 1 : mention.start] in _OPEN and text[mention.end : mention.end + 1] in _CLOSE
        if bracketed and mention.start < _DATELINE:
            continue
        if bracketed or bisect.bisect_right(starts, mention.start) in reporting:
            found[mention.entry.id] = None
    return tuple(found)


def _headline(text: str) -> str:
    for line in text.split("\n"):
        clean = line.strip(" •·-\t")
        if len(clean) > 24 or (len(clean) > 10 and not clean.isascii()):
            return re.sub(r"\s+", " ", clean)[:200]
    return text.strip().split("\n")[0][:200]

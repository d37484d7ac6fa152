"""Who and what a report names, and where: every mention with its place in the repaired text."""

from __future__ import annotations

# ruff: noqa: E501 - lists of words and patterns read best on one line
import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from licet.newswire import gazetteer
from licet.newswire.fold import Folded
from licet.newswire.gazetteer import PARTIES, PLACES, Entry
from licet.newswire.patterns import Hit


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of an entry.

    Attributes:
        entry: who or what is named.
        start, end: where, in the repaired text.
        surface: the words themselves.
        by: ``name``, ``description`` (of a rule that is not named), ``context`` (a ministry whose country stands beside it),
            ``told`` (a rule told of by what it did, and when).
    """

    entry: Entry
    start: int
    end: int
    surface: str
    by: str = "name"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an action (``do:asks``), a topic (``topic:tariffs``), or a small word, in the repaired text."""

    what: str
    start: int
    end: int


_GROUPS: Final = (
    dict.fromkeys((*PARTIES, "bare"), "party") | dict.fromkeys(PLACES, "place") | {"rule": "rule", "sign": "sign"}
)
#: Of readings of the same letters the first: a country before its adjective.
_ORDER: Final = {"seat": 1, "adjective": 2, "town": 3}
#: How far from a ministry's name the name of its country may stand.
_BESIDE: Final = 14


def mentions(text: str, folded: Folded, language: str) -> list[Mention]:
    """Every mention in `text`, in order; of two in one place the longer one stands."""
    hits = [hit for hit in gazetteer.automaton().find(folded.text, language) if _cased(text, folded, hit)]
    kept = _longest(hits)
    placed = [
        Mention(hit.spelling.entry, *span, text[span[0] : span[1]])
        for hit in kept
        for span in (folded.back(hit.start, hit.end),)
    ]
    placed = _described(_in_context(text, _of_a_country(placed)))
    return placed


#: Languages in which the marks on short words are all that tells them apart.
_TONAL: Final = frozenset({"vi"})


def _as_written(text: str, folded: Folded, hit: Hit[str]) -> bool:
    start, end = folded.back(hit.start, hit.end)
    return text[start:end].lower() == hit.spelling.exact.lower()


_LICENSE: Final = "do:requires_license"


def words(text: str, folded: Folded, language: str) -> list[Word]:
    """Every word of the lexicon of `language`, in order; of overlapping words of one sort the longest stands."""
    automaton = gazetteer.words(language)
    if automaton is None:
        return []
    hits: Iterable[Hit[str]] = automaton.find(folded.text, language)
    if language in _TONAL:
        hits = [hit for hit in hits if not hit.spelling.exact or _as_written(text, folded, hit)]
    found = sorted({(hit.start, -hit.end, hit.spelling.entry) for hit in hits})
    ends: dict[str, int] = {}
    kept: list[Word] = []
    for start, minus_end, what in found:
        sort = what.partition(":")[0]
        if start >= ends.get(sort, 0):
            kept.append(Word(what, *folded.back(start, -minus_end)))
            ends[sort] = -minus_end
    topics = [(word.start, word.end) for word in kept if word.what.startswith("topic:")]
    return [word for word in kept if word.what[:3] != "do:" or word.what == _LICENSE or not _inside(word, topics)]


def _inside(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect.bisect_right(spans, (word.start, 1 << 60)) - 1
    return at >= 0 and spans[at][0] <= word.start and word.end <= spans[at][1] and spans[at] != (word.start, word.end)


def _cased(text: str, folded: Folded, hit: Hit[Entry]) -> bool:
    spelling = hit.spelling
    if not spelling.capital and not spelling.exact:
        return True
    start, end = folded.back(hit.start, hit.end)
    surface = text[start:end]
    if spelling.exact:
        return surface == spelling.exact or (not spelling.exact.isupper() and surface.lower() == spelling.exact.lower())
    return surface[:1].isupper() or not surface[:1].isalpha()


def _longest(hits: Iterable[Hit[Entry]]) -> list[Hit[Entry]]:
    unique: dict[tuple[int, int, int, str, str], Hit[Entry]] = {}
    for hit in hits:
        entry = hit.spelling.entry
        unique.setdefault((hit.start, -hit.end, _ORDER.get(entry.kind, 0), entry.kind, entry.id), hit)
    kept: list[Hit[Entry]] = []
    open_: list[Hit[Entry]] = []
    for key in sorted(unique):
        hit = unique[key]
        open_ = [other for other in open_ if other.end > hit.start]
        if not any(_covers(other, hit) for other in open_):
            kept.append(hit)
        open_.append(hit)
    return kept


def _covers(outer: Hit[Entry], inner: Hit[Entry]) -> bool:
    if outer.end < inner.end or (outer.start, outer.end) == (inner.start, inner.end):
        same = _group(outer) == _group(inner) and outer.start <= inner.start
        return same and (outer.end > inner.start) and outer.spelling.entry.kind != "sign"
    sort = _group(outer)
    if sort == "sign" or outer.spelling.entry.kind == "bare":
        return False
    return sort == _group(inner) or _group(inner) == "place"


def _group(hit: Hit[Entry]) -> str:
    return _GROUPS.get(hit.spelling.entry.kind, "item")


#: Scripts whose languages put a country before its ministry.
_EASTERN: Final = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")


def _of_a_country(found: list[Mention]) -> list[Mention]:
    """A ministry without a country gets that of the place beside it, or the one that is usually meant."""
    places = [mention for mention in found if mention.entry.kind in PLACES]
    result: list[Mention] = []
    for mention in found:
        if mention.entry.kind != "bare":
            result.append(mention)
            continue
        by = mention.entry.more["by"]
        after = 0 if _EASTERN.match(mention.surface) else _BESIDE
        inside = [
            p for p in places if p.start < mention.end + after and p.end > mention.start - 4 and p.entry.country in by
        ]
        inside.sort(key=lambda p: max(p.start - mention.end, mention.start - p.end, 0))
        country = inside[0].entry.country if inside else ""
        simplified = mention.surface.startswith("商务")
        id_ = by.get(country) or ("mofcom" if simplified else mention.entry.more["otherwise"])
        entry = gazetteer.entries().get(id_)
        if entry is not None:
            result.append(Mention(entry, mention.start, mention.end, mention.surface, "context"))
    return result


#: Words that show a report is about chips, and so what a short name of a model means in it.
_ABOUT_CHIPS: Final = frozenset(
    {"nvidia", "amd", "intel", "huawei", "hbm", "ascend", "tsmc", "smic", "nvidia-blackwell", "bis"}
)
_CHIP_WORDS: Final = (
    "chip",
    "gpu",
    "semicon",
    "чип",
    "микросхем",
    "процессор",
    "芯片",
    "晶片",
    "半导体",
    "半導體",
    "半導体",
    "チップ",
    "반도체",
    "칩",
    "رقائق",
    "رقاق",
    "شرائح",
    "أشباه الموصلات",
    "puce",
    "halbleiter",
    "תראשה",
    "تراشه",
    "שבב",
    "चिप",
    "ชิป",
    "çip",
    "układ",
    "ускорител",
    "прискорювач",
    "加速器",
    "čip",
    "τσιπ",
    "accelerat",
    "beschleuniger",
)


def _in_context(text: str, found: list[Mention]) -> list[Mention]:
    """Without the models whose short names mean something else where nobody speaks of chips or of their maker."""
    ids = {mention.entry.id for mention in found}
    small = text.lower()
    about = not ids.isdisjoint(_ABOUT_CHIPS) or any(word in small for word in _CHIP_WORDS)
    return [mention for mention in found if mention.entry.kind != "chip" or _meant(mention, ids, about)]


def _meant(mention: Mention, ids: set[str], about: bool) -> bool:
    more = mention.entry.more
    name = mention.surface
    vendor = str(more.get("vendor", ""))
    if not more.get("items"):
        return about or vendor in ids or not vendor
    short = len(name) <= 3 or name.isalpha() or (len(name) <= 4 and name[0] in "ABCDGKLMNPTRS" and name[1:].isdigit())
    return (vendor in ids and about) if short else about


def _described(found: list[Mention]) -> list[Mention]:
    """With a mention of a rule that is described by enough of its marks and not named; the marks themselves go."""
    named = {mention.entry.id for mention in found if mention.entry.kind == "rule"}
    signs: dict[str, dict[str, Mention]] = {}
    for mention in found:
        if mention.entry.kind == "sign":
            signs.setdefault(mention.entry.more["rule"], {}).setdefault(mention.entry.id, mention)
    result = [mention for mention in found if mention.entry.kind != "sign"]
    for rule, marks in signs.items():
        entry = gazetteer.entries()[rule]
        if rule not in named and len(marks) >= int(entry.more.get("need", 2)):
            first = min(marks.values(), key=lambda mark: mark.start)
            result.append(Mention(entry, first.start, first.end, first.surface, "description"))
    return sorted(result, key=lambda mention: (mention.start, mention.end, mention.entry.id))

"""Who does what a word of an action says: the one of those in its sentence, or nobody where that is not certain."""

from __future__ import annotations

# ruff: noqa: E501 - words of many languages read best on one line
import re
from collections.abc import Sequence
from typing import Final

from licet.newswire import grammar
from licet.newswire.find import Word
from licet.newswire.model import Named
from licet.newswire.roles import AND, TELLING, Actor

#: Pronouns that stand right before an action whose doer spoke just before.
_SELF: Final = re.compile(
    r"(?:他|她|(?<!\w)(?:he|she|они|он|она|il|elle|él|ella|ele|ela|er|sie|lui|hij|zij))\s?(?:also |\w{4,14} |也|将|將|还|還)?$",
    re.IGNORECASE,
)


def actor_of(text: str, found: Sequence[Actor], cue: Word, language: str, *, noun: bool, passive: bool) -> Actor | None:
    """Who does what `cue` says, or None where the sentence does not tell for certain."""
    able = [actor for actor in found if actor.named.kind != "media"]
    for actor in able:
        if text[actor.end : actor.end + 2] in {"'s", "’s"}:
            continue
        if 0 <= actor.start - cue.end <= 48 and grammar.BY.search(text[max(cue.end, actor.start - 48) : actor.start]):
            return _holder([actor], able) if actor.named.kind == "unnamed" else actor
    if noun:
        return _owner(text, able, cue)
    if cue.what == "do:says" and _SOURCE.match(text, cue.start, cue.end):
        return _source(text, able, cue)
    if cue.what == "do:says" and _REPORTS.match(text, cue.start, cue.end):
        media = [actor for actor in found if actor.named.kind == "media" and actor.end <= cue.start]
        if media:
            return None
    if cue.what in TELLING and _AFTER_QUOTE.search(text[max(0, cue.start - 6) : cue.start]):
        speakers = [actor for actor in able if cue.end <= actor.start <= cue.end + 110]
        speakers = [actor for actor in speakers if actor.oblique == 0 or text[actor.start - 2 : actor.start] == ", "]
        first = next((actor for actor in speakers if actor.named.kind == "person"), None)
        if first is not None:
            return first
    behind = any(actor.named.kind == "media" and 0 <= actor.start - cue.end <= 4 for actor in found)
    if behind and cue.what == "do:says" and _WRITES.match(text, cue.start, cue.end):
        return None
    if passive:
        return None
    for actor in able if language in grammar.VERB_FIRST else ():
        if cue.start < actor.start and actor.end <= cue.end:
            return actor
    before = [actor for actor in able if actor.end <= cue.start + 1]
    direct = [actor for actor in before if actor.oblique == 0]
    direct = [actor for actor in direct if not (_aside(text, actor, direct, cue) or _quoted(text, actor, cue))]
    if direct and language == "zh" and cue.what == "do:declines_comment":
        return direct[0] if direct[0].named.kind != "government" else direct[-1]
    if direct and _BY_DOING.search(text[max(0, cue.start - 4) : cue.start]):
        return direct[0]
    if language in grammar.VERB_FIRST:
        near = [a for a in direct if cue.start - a.end <= 14 and not _PAUSE.search(text, a.end, cue.start)]
        after = [actor for actor in able if cue.end <= actor.start <= cue.end + 45 and actor.oblique == 0]
        if any(actor.named.kind == "media" and cue.end <= actor.start < after[0].start for actor in found if after):
            after = []
        if any(
            actor.oblique == 1 and cue.end <= actor.start < after[0].start and after[0].start - actor.end > 1
            for actor in able
            if after
        ):
            after = []
        last = [actor for actor in direct if cue.start - actor.end <= 60 and _THAT.search(text[actor.end : cue.start])]
        if not near and not after and cue.what == "do:says":
            after = [actor for actor in able if cue.end <= actor.start and actor.named.kind == "person"][:1]
        return near[-1] if near else _holder(after, able) if after else last[-1] if last else None
    if (
        language == "ja"
        and direct
        and (
            text[max(0, cue.start - 1) : cue.start] in {"と", "う", "を"}
            or _JA_LAST.match(text[cue.end : cue.end + 12])
        )
    ):
        topics = [actor for actor in direct if _TOPIC_MARK.match(text, actor.end)]
        if topics:
            return topics[0]
    if (
        direct
        and direct[-1].end < cue.start - 2
        and _SELF.search(text[max(direct[-1].end, cue.start - 20) : cue.start])
    ):
        people = [actor for actor in direct if actor.named.kind in {"person", "agency", "group"}]
        return people[0] if people else None
    if direct:
        return _apposed(text, direct)
    after = [actor for actor in able if cue.end <= actor.start <= cue.end + 20 and actor.oblique == 0]
    if not before and after and language not in grammar.VERB_LAST and language != "zh":
        first = next(actor for actor in found if actor.start >= cue.end)
        if first is after[0] and not _CLAUSE.search(text[cue.end : first.start]):
            return first
    inside = [actor for actor in able if cue.start < actor.start and actor.end < cue.end and actor.oblique == 0]
    if inside:
        return inside[0]
    if language == "ja":
        heading = [actor for actor in before if actor.oblique == 3 and _TOPIC_MARK.match(text, actor.end)]
        if heading:
            return heading[-1]
    if cue.what == "do:requires_license":
        return None
    whose = [
        actor
        for actor in before
        if actor.oblique == 3 and cue.start - actor.end <= 60 and not _firm_beside(text, actor)
    ]
    return whose[0] if whose and not direct and len({actor.named.id for actor in whose}) == 1 else None


#: Words of saying that stand before the one who says it, and of what media do.
_SOURCE: Final = re.compile(
    r"(?:according to|selon|d'après|según|segundo|secondo|laut|nach angaben|согласно|по (?:словам|данным)|за (?:словами|даними)|volgens|według|podle|enligt|menurut|theo)\b",
    re.IGNORECASE,
)
_WRITES: Final = re.compile(
    r"schreib|bericht|meldet|reports|reported|пиш|сообща|informa|rapport|écrit|donosi|píš", re.I
)
_REPORTS: Final = re.compile(r"報じ|报道|報道|報導|보도")


def _source(text: str, able: Sequence[Actor], cue: Word) -> Actor | None:
    """Who stands right behind ``according to``; of analysts and their house, the house."""
    after = [a for a in able if 0 <= a.start - cue.end <= 20 and not _PAUSE.search(text, cue.end, a.start)]
    if not after:
        return None
    houses = (a for a in able if a.named.kind == "group" and 0 < a.start - after[0].end <= 8)
    return next(houses, after[0]) if after[0].named.kind == "unnamed" else after[0]


def _owner(text: str, able: Sequence[Actor], cue: Word) -> Actor | None:
    """Whose the noun is: ``China's request``, ``the American ban``, an adjective right behind it."""
    for actor in able:
        gap = text[actor.end : cue.start] if actor.end <= cue.start else text[cue.end : actor.start]
        if len(gap) <= 12 and gap.strip().lower() in _OWNING and (actor.end <= cue.start or actor.oblique in {0, 3}):
            return actor
    return None


#: What closes an aside, and what opens one that speaks of the name before it.
_MARK: Final = re.compile(r"[,，、،()（）–—]| - ")
_RELATIVE: Final = re.compile(
    r"\s*(?:whose|who|which|where|der|die|das|deren|dessen|qui|dont|où|que|quien|cuy[oa]s?|quem|cuj[oa]s?|che|cui|il cui|la cui|wiens|waar|котор\w+|чей|як(?:ий|а|е|і|ого|ої)|któr\w+|kter\w+|som|vars|yang|الذي|التي|که)\b",
    re.IGNORECASE,
)
_BY_DOING: Final = re.compile(r"\b(?:by|en)\s$")


#: A quotation that ends right before a word of saying: who said it stands behind.
_AFTER_QUOTE: Final = re.compile(r"[\"”»“’][,.]?\s?(?:[-–—]\s?)?$|[,.][\"”»“’]\s?(?:[-–—]\s?)?$")
_CLOSING: Final = {"”": "“„", "»": "«", "」": "「", "』": "『"}
_ANY_CLOSING: Final = frozenset(_CLOSING)


def _quoted(text: str, actor: Actor, cue: Word) -> bool:
    """Whether `actor` is named in a quotation that ends before `cue`."""
    between = text[actor.end : cue.start]
    if _ANY_CLOSING.isdisjoint(between):
        return False
    ends = ((between.find(mark), openers) for mark, openers in _CLOSING.items())
    return any(at >= 0 and not any(opener in between[:at] for opener in openers) for at, openers in ends)


def _aside(text: str, actor: Actor, direct: Sequence[Actor], cue: Word) -> bool:
    """Whether `actor` stands between commas that only tell more of another one: ``Sacks, the White House adviser, has``."""
    opened = None
    for other in direct:
        if other.end > actor.start:
            break
        marks = list(_MARK.finditer(text, other.end, actor.start))
        if marks and _MARK.search(text, actor.end, cue.start):
            opened = marks[-1]
            words = text[opened.end() : actor.start]
            adjoining = not text[other.end : opened.start()].strip()
            if _RELATIVE.match(words) or (adjoining and words.strip() and not AND.match(f" {words.strip()} ")):
                return True
    return False


_FIRM: Final = re.compile(
    r"компан|корпорац|фирм|производ|концерн|гигант|entrepri|firm|soci[eé]t|group|compan|konzern|unternehm|empresa|aziend|bedrijf|spółk|شرك|公司|企业|企業|기업|회사|şirket",
    re.IGNORECASE,
)


def _firm_beside(text: str, actor: Actor) -> bool:
    """Whether an adjective only says where a firm is at home: ``the American company``."""
    return _FIRM.search(text, actor.end, actor.end + 12) is not None or (
        _FIRM.search(text, max(0, actor.start - 14), actor.start) is not None
    )


_PAUSE: Final = re.compile(r"[،,؛:]")
_THAT: Final = re.compile(r"\b[أإا]نه?ا?\b")
#: Words that begin a clause of its own behind an action.
_CLAUSE: Final = re.compile(
    r"\b(?:se|che|that|whether|if|que|si|ob|dass|wie|что|чтобы|ли|dat|att|że|zda|rằng|bahwa|how)\b"
)
_JA_LAST: Final = re.compile(r"[^。、]{0,10}(?:。|$)")
_TOPIC_MARK: Final = re.compile(r"[^。、がをに]{0,12}?は")
_OWNING: Final = frozenset(
    {"", "'s", "’s", "的", "の", "의", "de", "du", "des", "von", "der", "export", "new", "'s new", "exports"}
)


def _holder(after: Sequence[Actor], able: Sequence[Actor]) -> Actor:
    """The first of those behind an action; of an office and its holder right behind it, the holder."""
    first = after[0]
    for actor in able:
        if actor.named.kind == "person" and 0 <= actor.start - first.end <= 16 and first.named.kind != "person":
            return actor
    return first


def _apposed(text: str, direct: Sequence[Actor]) -> Actor:
    """The nearest one; of an office and its holder side by side, the holder."""
    nearest = direct[-1]
    if (
        len(direct) > 1
        and direct[-2].named.kind == "person"
        and nearest.named.kind in {"government", "agency", "company"}
    ):
        between = text[direct[-2].end : nearest.start].strip()
        if not between or (between in {",", "，"} and nearest.named.kind != "government"):
            return direct[-2]
    return nearest


def speaker(found: Sequence[Actor], words: Sequence[Word], actor: Actor | None) -> Named | None:
    """Who the report says said it: a person or party before a word of saying, other than the actor."""
    for word in words:
        if word.what not in {"do:says", "do:announces", "do:warns"}:
            continue
        near = [one for one in found if one.end <= word.start and one.oblique == 0 and one.named.kind != "media"]
        if not near:
            near = [one for one in found if 0 <= one.start - word.end <= 25 and one.oblique == 0]
            near = [one for one in near if one.named.kind in {"person", "unnamed", "agency"}][:1]
        if near and (actor is None or near[-1].named.id != actor.named.id):
            return near[-1].named
    return None

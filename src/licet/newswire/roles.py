"""Who can act in a sentence, and what it can be about."""

from __future__ import annotations

# ruff: noqa: E501 - words of many languages read best on one line
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from licet.newswire import grammar, listed
from licet.newswire.find import Mention, Word
from licet.newswire.model import Named


@dataclass(slots=True)
class Actor:
    """Somebody in a sentence who can act.

    `oblique` is 1 where a preposition, a case or a particle says that another does, 3 for an adjective that only says
    whose something is.
    """

    named: Named
    start: int
    end: int
    oblique: int


@dataclass(slots=True)
class Thing:
    """Something in a sentence that a claim can be about; the lower its rank, the more it says."""

    named: Named
    start: int
    end: int
    rank: int


#: `oblique` of an adjective that only says whose something is.
WHOSE: Final = 3
#: Things up to this rank make a claim one about export control or chips; others only go with them.
CORE: Final = 5
_RANKS: Final = {"rule": 0, "chip": 1, "model": 2, "item": 2}
#: The rank of a rule that the sentence only tells of.
_TOLD_OF: Final = 4
_TOPICS: Final = {
    "location-verification": 2,
    "revenue-share": 2,
    "remote-access": 3,
    "smuggling": 2,
    "truce": 4,
    "tariffs": 5,
    "ai-chips": 3,
    "export-controls": 4,
    "chips": 5,
    "antitrust": 3,
    "long-arm": 4,
    "talks": 6,
    "summit": 6,
    "subsidy": 7,
}
_ACTING: Final = frozenset({"company", "agency", "person", "group", "media"})
#: Those without a name who are said to say things.
UNNAMED: Final = {
    "experts": "experts",
    "sources": "people familiar with the matter",
    "officials": "officials",
    "lawmakers": "lawmakers",
    "industry": "people in the industry",
    "companies": "companies",
}


def things(mentions: Sequence[Mention], words: Sequence[Word], rule: Named | None = None) -> list[Thing]:
    """All that a claim in this sentence can be about, in order; ``the rule`` stands for `rule`, where one was named."""
    found = []
    if rule is not None and any(mention.entry.id == rule.id for mention in mentions):
        rule = None
    for mention in mentions:
        entry = mention.entry
        rank = _RANKS.get(entry.kind) if mention.by != "told" else _TOLD_OF
        if rank is not None:
            named = Named(entry.id, str(entry.more.get("kind", entry.kind)), entry.name, mention.surface)
            found.append(Thing(named, mention.start, mention.end, rank))
        elif entry.kind == "company" and entry.country == "CN":
            rank = 5 if entry.id in listed.table() else 6
            found.append(Thing(_named(mention), mention.start, mention.end, rank))
    for word in words:
        if word.what.startswith("topic:"):
            topic = word.what[6:]
            if topic == "this-rule":
                if rule is not None:
                    found.append(Thing(rule, word.start, word.end, 1))
                    continue
                topic = "export-controls"
            named = Named(topic, "topic", topic.replace("-", " "))
            found.append(Thing(named, word.start, word.end, _TOPICS.get(topic, 7)))
    found.sort(key=lambda thing: (thing.start, thing.rank))
    return found


def about(found: Sequence[Thing], at: Word) -> list[Thing]:
    """The things of a sentence in the order of how much they say, then of how near they stand to the action."""
    start, end = at.start, at.end
    return sorted(
        found, key=lambda thing: (thing.rank, min(abs(thing.start - end), abs(start - thing.end)), thing.start)
    )


def _named(mention: Mention) -> Named:
    return Named(mention.entry.id, mention.entry.kind, mention.entry.name, mention.surface)


def _state(mention: Mention, surface: str) -> Named:
    return Named(mention.entry.country, "government", f"{mention.entry.name} (government)", surface)


def actors(text: str, mentions: Sequence[Mention], words: Sequence[Word], language: str) -> list[Actor]:
    """All in the sentence who can act, in order."""
    found: list[Actor] = []
    offices = [word for word in words if word.what == "offices:"]
    for at, mention in enumerate(mentions):
        kind, start, end = mention.entry.kind, mention.start, mention.end
        behind = mentions[at - 1].end if at else 0
        after = mentions[at + 1] if at + 1 < len(mentions) else None
        if kind == "place" and after is not None and after.start == end and after.entry.kind == "agency":
            continue
        if (
            kind in {"adjective", "place"}
            and found
            and found[-1].named.kind == "agency"
            and 0 <= start - found[-1].end <= 1
        ):
            continue
        if kind == "adjective":
            office = _office(text, mention, offices)
            if office is None:
                found.append(Actor(_state(mention, mention.surface), start, end, 3))
                continue
            start, end = min(start, office.start), max(end, office.end)
            named = _state(mention, text[start:end])
        elif kind in {"place", "seat"}:
            named = _state(mention, mention.surface)
            office = _office(text, mention, offices) if language in _EASTERN else _headed(text, start, offices)
            if office is not None and found and office.start < found[-1].end:
                office = None
            if office is not None:
                start, end = min(start, office.start), max(end, office.end)
            elif _whose(text, end, words) or (language == "ja" and _JA_WHOSE.match(text, end)):
                found.append(Actor(named, start, end, 3))
                continue
        elif kind in _ACTING:
            named = _named(mention)
            rules = kind == "agency" or mention.entry.more.get("acts_for") == mention.entry.country
            if rules and language not in _EASTERN:
                first = _FIRST_NAME.search(text, max(behind, start - 24), start) if kind == "person" else None
                office = _headed(text, first.start() if first is not None else start, offices)
                start = office.start if office is not None else start
        else:
            continue
        if kind == "person" and start == mention.start:
            first = _FIRST_NAME.search(text, max(behind, start - 24), start)
            start = first.start() if first is not None else start
        way = int(grammar.oblique(text, start, end, language))
        if (
            kind == "place"
            and at
            and mentions[at - 1].entry.kind == "town"
            and text[mentions[at - 1].end : start] == ", "
        ):
            way = 1
        if kind == "place" and language == "en" and _EN_WHOSE.match(text, end):
            way = WHOSE
        inverted = language in grammar.VERB_SECOND and all(actor.oblique for actor in found)
        if not (way or inverted or language in _SUBJECT_BEHIND) and _is_object(text, start, words):
            way = 1
        if (
            found
            and not way
            and found[-1].oblique == 1
            and (
                (AND.fullmatch(text, found[-1].end, start) and found[-1].named.kind != "media")
                or (kind in {"place", "seat"} and start == found[-1].end)
                or (kind == "person" and _title_of(text, found[-1], start, language))
            )
        ):
            way = 1
        found.append(Actor(named, start, end, way))
    if language in grammar.VERB_LAST:
        chained = False
        for at in range(len(found) - 2, -1, -1):
            joined = AND.fullmatch(text, found[at].end, found[at + 1].start)
            chained = joined is not None and (chained or joined[0] not in {", ", "、"})
            if chained and found[at + 1].oblique == 1:
                found[at].oblique = 1
    for office in offices if language == "en" else ():
        own = text[office.start : office.end].lower() == "administration"
        if own and not any(actor.end > office.start - 2 and actor.start < office.end for actor in found):
            way = int(grammar.oblique(text, office.start, office.end, language))
            found.append(Actor(_US, office.start, office.end, way))
    spans = [(actor.start, actor.end) for actor in found if actor.oblique != 3]
    for word in words:
        if word.what.startswith("who:") and not any(s <= word.start < e or s < word.end <= e for s, e in spans):
            who = word.what[4:]
            named = Named(who, "unnamed", UNNAMED.get(who, who), text[word.start : word.end])
            way = int(grammar.oblique(text, word.start, word.end, language))
            if any(0 <= word.start - other.end <= 12 and other.what == "relies:" for other in words):
                way = 1
            found.append(Actor(named, word.start, word.end, way))
    found.sort(key=lambda actor: (actor.start, actor.end))
    return found


#: Whose government *the administration* is, in English, where nobody is named with it.
_US: Final = Named("US", "government", "United States (government)", "administration")
#: Languages in which what stands right behind a verb may well be its subject.
_SUBJECT_BEHIND: Final = grammar.VERB_FIRST | {"ja"}
#: Names before a surname.
_FIRST_NAME: Final = re.compile(r"(?:\b(?:[A-ZÀ-ÖØ-Þ][\w'-]+|[A-Z]\.) ){1,2}$|(?:\b[А-ЯЁІЇЄҐ][а-яёіїєґ'-]+ ){1,2}$")
#: Nouns before which a country only says whose or where: ``China hawks``, ``China sales``.
_EN_WHOSE: Final = re.compile(
    r" (?:hawks?|watchers?|markets?|sales|business|revenue|units?|operations|demand|shares|trade|policy|chip|tech|"
    r"chip-?makers?|makers?|firms?|companies|buyers?|customers?)\b"
)
_LEADING: Final = re.compile(
    r"(?:leader|chef|líder|capo|fraktion\w*|whip|chair\w*|president\w*|vorsitzende\w*)\s+\S+\s*$", re.I
)


def _title_of(text: str, office: Actor, start: int, language: str) -> bool:
    """Whether the office right before a person is that person's, so that both stand in one case."""
    if office.named.kind == "person" or language in _EASTERN or not 0 <= start - office.end <= 1:
        return False
    return not _leads_it(text, office)


def _leads_it(text: str, office: Actor) -> bool:
    """Whether the words before an office speak of its leader: ``il leader al Senato``."""
    return _LEADING.search(text[max(0, office.start - 40) : office.start]) is not None


_EASTERN: Final = frozenset({"ja", "zh", "ko", "tr", "hi"})
_JA_WHOSE: Final = re.compile(r"\s?の[^。、はがを]{0,6}?(?:制限|規制|管理|措置|禁止|統制|技術|法)")
#: Between an office and whose it is: ``officials in Beijing``, ``la embajada de China``.
_OF: Final = re.compile(
    r" (?:of|in|at|for|de|du|des|de la|de l'|del|della|dell'|do|da|von|der|des|in|van|van de|van het|z|из|в) (?:the |la |el |o |a |le )?$|^ $",
    re.IGNORECASE,
)


def _whose(text: str, end: int, words: Sequence[Word]) -> bool:
    """Whether a name only says whose the controls right behind it are: ``US export controls``."""
    return any(
        0 <= word.start - end <= 2 and word.what.startswith("topic:") and not text[end : word.start].strip(" -の")
        for word in words
    )


def _headed(text: str, start: int, offices: Sequence[Word]) -> Word | None:
    """The office that the words before a name at `start` speak of: its leaders, its spokesman."""
    for office in offices:
        if 1 <= start - office.end <= 8 and _OF.search(text[office.end : start]):
            return office
    return None


#: What stands between the names of a list.
AND: Final = re.compile(
    r",? (?:and|or|und|et|y|e|en|och|i|и|a|ve|dan|và|та|і|o|или|और|و) (?:the |le |la |el |o |il |der |die |het )?|, |、|和|与|與|及|や|と",
    re.IGNORECASE,
)
_TOLD: Final = frozenset({"told", "tells", "tell"})
TELLING: Final = frozenset({"do:says", "do:announces"})


def _is_object(text: str, start: int, words: Sequence[Word]) -> bool:
    """Whether a word of an action stands right before, so that what begins at `start` is done to, not doing."""
    return any(
        0 <= start - word.end <= 5
        and word.what.startswith("do:")
        and text[word.end : start].strip().lower() in {"", "the"}
        and (word.what not in TELLING or text[word.start : word.end].lower() in _TOLD)
        for word in words
    )


def _office(text: str, mention: Mention, offices: Sequence[Word]) -> Word | None:
    """The office beside an adjective: the ministry, the officials."""
    for office in offices:
        gap = office.start - mention.end
        if (
            0 <= gap <= 16 and not _CUT.search(text[mention.end : office.start])
        ) or 0 <= mention.start - office.end <= 3:
            return office
    return None


_CUT: Final = re.compile(r"[,.;:，。、]")

"""Who can act in a sentence, and what it can be about."""

from __future__ import annotations

# ruff: noqa: E501 - lists of words and patterns read best on one line
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from licet.newswire import gazetteer
from licet.newswire.find import Mention, Word
from licet.newswire.model import Named


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Spanned = TypeVar("Spanned", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in a sentence who can act. `oblique` is 1 where a preposition or a particle says that another does."""

    named: Named
    start: int
    end: int
    oblique: int


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a sentence that a claim can be about; the lower its rank, the more it says."""

    named: Named
    start: int
    end: int
    rank: int


#: Things up to this rank make a claim one about export control or chips; others only go with them.
CORE: Final = 5
_RANKS: Final = {"rule": 0, "chip": 1, "model": 2, "item": 2}
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
#: Pronouns that stand right before an action whose doer spoke just before.
_SELF: Final = re.compile(
    r"(?:他|她|he|she|они|он|она|il|elle|él|ella|ele|ela|er|sie|lui|hij|zij)\s?(?:also |也|将|將|还|還)?$",
    re.IGNORECASE,
)
_ACTING: Final = frozenset({"company", "agency", "person", "group"})
#: Words after which a party is not the one who acts.
_BEFORE: Final = {
    "en": "to with in for of by from against on at between into over toward towards under including via through about than as",
    "ru": "к с в для от со из на у о об при через за между против про до вместо перед после включая",
    "uk": "до з із в у для від на про за між проти через щодо перед після",
    "fr": "à de du des d' avec pour par en vers aux au contre entre sur dans chez depuis comme selon envers",
    "es": "a al de del con para por en hacia contra entre sobre desde según ante como",
    "pt": "a à ao aos de do da dos das com para por pela pelo em no na nos nas contra entre sobre",
    "it": "a al alla di del della dei con per da dal dalla in nel nella contro tra fra su sul sulla verso",
    "de": "an mit in für von vom aus gegen nach zu zum zur bei zwischen über durch auf wie",
    "nl": "aan met in voor van uit tegen naar bij tussen over door op",
    "pl": "do z w dla od na przez o przeciw przeciwko między wobec ze we",
    "cs": "do z v pro od na proti o mezi k s se ze ve",
    "sv": "till med i för av från mot på mellan om vid över",
    "da": "til med i for af fra mod på mellem om",
    "nb": "til med i for av fra mot på mellom om",
    "id": "ke dengan di untuk dari oleh terhadap pada antara kepada bagi",
    "vi": "cho với ở tại từ sang tới đến vào về của cùng",
    "ro": "la cu în pentru de din către împotriva între pe spre",
    "el": "σε στο στη στην στον με για από προς κατά",
    "ar": "في من مع إلى على عن لدى ضد بين تجاه",
    "fa": "به با در برای از علیه بر بین",
    "he": "עם על מן של נגד בין אל",
    "fi": "",
    "hu": "",
    "tr": "",
    "hi": "",
    "th": "ต่อ กับ ใน ให้ จาก แก่ ไปยัง ของ",
}
_AFTER: Final = {
    "hi": "को से में पर के की का",
    "tr": "",
    "zh": "",
    "ja": "",
    "ko": "",
}
_ZH_BEFORE: Final = (
    "对",
    "對",
    "向",
    "与",
    "與",
    "和",
    "在",
    "给",
    "給",
    "从",
    "從",
    "受",
    "將",
    "将",
    "把",
    "为",
    "以",
    "让",
    "讓",
    "令",
    "使",
    "对向",
    "往",
    "至",
    "到",
)
_JA_ACTS: Final = re.compile(r"^[^。、はがもをにでと]{0,14}?(?:は|が|も)")
_JA_NOT: Final = re.compile(r"^\s?[^。、]{0,6}?(?:を|に|で|と|へ|の|から|向け|製|など)")
_KO_ACTS: Final = re.compile(r"^\s?(?:[가-힣]{0,6}\s?){0,3}?(?:은|는|이|가|도|께서)(?=[\s,.])|^(?:은|는|이|가|도)")
_ZH_AFTER: Final = re.compile(r"^(?:的|市场|市場|客户|客戶|境内|制造|製)")
_TR_CASES: Final = re.compile(r"^['’](?:y?[ea]|n?[ıiuü]n|d[ea]n?|t[ea]n?|n?d[ea]n?|y?l[ea]|y?[ıiuü])(?!\w)")
_VERB_FIRST: Final = frozenset({"ar"})
_PRONOUN: Final = {
    "ru": r"\b(он|она|они|ведомство|компания)\b",
    "en": r"\b(he|she|they|it|the (company|agency|department|ministry|bureau|official|administration))\b",
    "fr": r"\b(il|elle|ils|elles)\b",
    "es": r"\b(él|ella|ellos|la compañía)\b",
    "pt": r"\b(ele|ela|eles)\b",
    "de": r"\b(er|sie|es)\b",
    "it": r"\b(lui|lei|egli|l'azienda)\b",
    "uk": r"\b(він|вона|вони)\b",
    "zh": r"他|她|其|该公司|中方|美方",
    "ja": r"同社|同氏|同省|彼",
    "ko": r"그는|회사는|그녀는",
    "ar": r"وأضاف|وقال|وأشار|وأوضح",
    "nl": r"\b(hij|zij|het bedrijf)\b",
    "pl": r"\b(on|ona|firma)\b",
    "tr": r"\b(o|şirket)\b",
}
_PRONOUNS: Final = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _PRONOUN.items()}


def has_pronoun(sentence: str, language: str) -> bool:
    """Whether `sentence` may speak of the one the sentence before it spoke of."""
    pattern = _PRONOUNS.get(language)
    return pattern is not None and pattern.search(sentence) is not None


def things(mentions: Sequence[Mention], words: Sequence[Word]) -> list[Thing]:
    """All that a claim in this sentence can be about, in order."""
    found = []
    for mention in mentions:
        rank = _RANKS.get(mention.entry.kind)
        if rank is not None:
            kind = str(mention.entry.more.get("kind", mention.entry.kind))
            named = Named(mention.entry.id, kind, mention.entry.name, mention.surface)
            found.append(Thing(named, mention.start, mention.end, rank))
        elif mention.entry.kind == "company" and mention.entry.country == "CN":
            rank = 5 if mention.entry.more.get("listed") else 6
            found.append(Thing(_named(mention), mention.start, mention.end, rank))
    for word in words:
        sort, _, topic = word.what.partition(":")
        if sort == "topic":
            found.append(
                Thing(Named(topic, "topic", topic.replace("-", " ")), word.start, word.end, _TOPICS.get(topic, 7))
            )
    return sorted(found, key=lambda thing: (thing.start, thing.rank))


def about(found: Sequence[Thing], at: Word, start: int) -> list[Thing]:
    """The things of a sentence in the order of how much they say, then of how near they stand to the action."""
    return sorted(
        found, key=lambda thing: (thing.rank, min(abs(thing.start - at.end), abs(at.start - thing.end)), thing.start)
    )


def _named(mention: Mention) -> Named:
    return Named(mention.entry.id, mention.entry.kind, mention.entry.name, mention.surface)


def _controls(mention: Mention, words: Sequence[Word]) -> Word | None:
    """The controls that an adjective says whose they are: ``US export controls``."""
    for word in words:
        if word.what == "topic:export-controls" and (
            word.start - 3 <= mention.start <= word.end + 3 or 0 <= word.start - mention.end <= 3
        ):
            return word
    return None


def actors(text: str, mentions: Sequence[Mention], words: Sequence[Word], language: str) -> list[Actor]:
    """All in the sentence who can act, in order."""
    found = []
    offices = [word for word in words if word.what == "offices:"]
    for mention in mentions:
        kind, end = mention.entry.kind, mention.end
        if kind == "adjective":
            office = _office(mention, offices)
            if office is None:
                if _controls(mention, words) is not None:
                    named = Named(
                        mention.entry.country, "government", f"{mention.entry.name} (government)", mention.surface
                    )
                    found.append(Actor(named, mention.start, mention.end, 3))
                continue
            start, end = min(mention.start, office.start), max(end, office.end)
            named = Named(mention.entry.country, "government", f"{mention.entry.name} (government)", text[start:end])
        elif kind in {"place", "seat"}:
            start = mention.start
            named = Named(mention.entry.country, "government", f"{mention.entry.name} (government)", mention.surface)
        elif kind in _ACTING or kind == "media":
            start, named = mention.start, _named(mention)
        else:
            continue
        oblique = _oblique(text, start, end, language)
        if oblique == 0 and language not in _VERB_FIRST and language != "ja" and _is_object(text, start, words):
            oblique = 1
        if found and oblique == 0 and found[-1].oblique in {1, 2} and _AND.fullmatch(text[found[-1].end : start]):
            oblique = found[-1].oblique
        found.append(Actor(named, start, end, oblique))
    return found


_AND: Final = re.compile(r",? (?:and|or|und|et|y|e|en|и|i|a|ve|dan|và|och|та|і|o) |, |、|和|与|及|や|と", re.IGNORECASE)


def _is_object(text: str, start: int, words: Sequence[Word]) -> bool:
    """Whether a word of an action stands right before, so that what begins at `start` is done to, not doing."""
    return any(
        word.what.startswith("do:")
        and 0 <= start - word.end <= 2
        and not text[word.end : start].strip()
        and (word.what not in _TELLING or text[word.start : word.end].lower() in _TOLD)
        for word in words
    )


_TOLD: Final = frozenset({"told", "tells", "tell"})
_TELLING: Final = frozenset({"do:says", "do:announces"})


def _office(mention: Mention, offices: Sequence[Word]) -> Word | None:
    for office in offices:
        if 0 <= office.start - mention.end <= 16 or 0 <= mention.start - office.end <= 3:
            return office
    return None


def _oblique(text: str, start: int, end: int, language: str) -> int:
    before, after = text[max(0, start - 14) : start], text[end : end + 24]
    if language == "zh":
        return int(before.endswith(_ZH_BEFORE) or _ZH_AFTER.match(after) is not None)
    if language == "ja":
        return 0 if _JA_ACTS.match(after) else 2 if _JA_NOT.match(after) else 1
    if language == "ko":
        return 0 if _KO_ACTS.match(after) else 1
    if language == "tr" and _TR_CASES.match(after):
        return 1
    if language == "hi":
        return int(
            after.split()[:1] != []
            and after.split()[0] in _AFTER["hi"].split()
            and after.split()[0] not in {"ने", "की", "के", "का"}
        )
    if language == "ar":
        word = text[max(0, start - 4) : start]
        if re.search(r"(?:^|\s)(?:و|ف)?(?:ب|ل|ك|لل)$", word) or text[start : start + 2] in {"لل", "بال"}:
            return 1
    last = re.findall(r"[\w']+", before.lower())[-1:]
    if language == "fr" and before.lower().endswith(("d'", "d’")):
        return 1
    return int(
        bool(last) and before.rstrip()[-1:] not in {",", ".", ":", "—"} and last[0] in _BEFORE.get(language, "").split()
    )


_BY: Final = re.compile(
    r"(?:\bby|\bpar|\bpor|\bda|\bvon|\bdoor|\bpelo|\bpela|من قبل|由|によって|\bprzez|\bav|\bab|\boleh|\bbởi)\s*(?:the |la |le |los |el |o |a |der |die |den |)$",
    re.I,
)


def actor_of(text: str, found: Sequence[Actor], cue: Word, language: str) -> Actor | None:
    """Who does what `cue` says, or None where the sentence does not tell."""
    able = [actor for actor in found if actor.named.kind != "media"]
    for actor in able:
        if 0 <= actor.start - cue.end <= 40 and _BY.search(text[cue.end : actor.start]):
            return actor
    for actor in able if language in _VERB_FIRST else ():
        if cue.start < actor.start and actor.end <= cue.end:
            return actor
    before = [actor for actor in able if actor.end <= cue.start + 1 and actor.oblique < 3]
    direct = [actor for actor in before if actor.oblique == 0]
    if language in _VERB_FIRST:
        near = [actor for actor in direct if cue.start - actor.end <= 12]
        after = [actor for actor in able if cue.end <= actor.start <= cue.end + 90 and actor.oblique == 0]
        if near:
            return near[-1]
        if after:
            return after[0]
    if direct and _SELF.search(text[max(0, cue.start - 8) : cue.start]):
        people = [actor for actor in direct if actor.named.kind in {"person", "agency", "group"}]
        return (people or direct)[0]
    if direct:
        return _apposed(text, direct)
    if language == "ja":
        weak = [actor for actor in before if actor.oblique == 1]
        return weak[-1] if weak else None
    whose = [actor for actor in able if actor.oblique == 3]
    if whose:
        return whose[0]
    after = [actor for actor in able if actor.start >= cue.end and actor.oblique == 0]
    if (
        not before
        and after
        and language not in {"zh", "ko"}
        and after[0].start - cue.end <= 20
        and cue.start <= min(a.start for a in found)
    ):
        return after[0]
    return before[0] if before and cue.start - before[0].end < 60 and language not in {"zh", "ko"} else None


def _apposed(text: str, direct: Sequence[Actor]) -> Actor:
    """The nearest one; of an office and its holder side by side, the holder."""
    nearest = direct[-1]
    if (
        len(direct) > 1
        and nearest.named.kind == "government"
        and direct[-2].named.kind == "person"
        and not text[direct[-2].end : nearest.start].strip()
    ):
        return direct[-2]
    return nearest


def speaker(found: Sequence[Actor], words: Sequence[Word], actor: Actor | None) -> Named | None:
    """Who the report says said it: a person or party before a word of saying, other than the actor."""
    saying = [word for word in words if word.what in {"do:says", "do:announces", "do:warns"}]
    for word in saying:
        near = [
            one
            for one in found
            if one.end <= word.start and one.named.kind in {"person", "agency", "group", "company", "government"}
        ]
        if near and (actor is None or near[-1].named.id != actor.named.id):
            return near[-1].named
        after = [one for one in found if 0 <= one.start - word.end <= 25 and one.named.kind == "person"]
        if after and (actor is None or after[0].named.id != actor.named.id):
            return after[0].named
    return None


def entry_country(id_: str) -> str:
    """The country of the entry `id_`, or the id itself for a country."""
    entry = gazetteer.entries().get(id_)
    return entry.country if entry is not None and entry.country else id_

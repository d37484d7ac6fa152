"""Who can act in a sentence, and what it can be about."""

from __future__ import annotations

# ruff: noqa: E501 - words of many languages read best on one line
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from licet.newswire import gazetteer, grammar, listed
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
#: Pronouns that stand right before an action whose doer spoke just before.
_SELF: Final = re.compile(
    r"(?:他|她|(?<!\w)(?:he|she|они|он|она|il|elle|él|ella|ele|ela|er|sie|lui|hij|zij))\s?(?:also |\w{4,14} |也|将|將|还|還)?$",
    re.IGNORECASE,
)
_PRONOUN: Final = {
    "ru": r"\b(он|она|они|ведомство|компания)\b",
    "en": r"\b(he|she|they|it|the (company|agency|department|ministry|bureau|official|administration))\b",
    "fr": r"\b(il|elle|ils|elles)\b",
    "es": r"\b(él|ella|ellos|la compañía)\b",
    "pt": r"\b(ele|ela|eles)\b",
    "de": r"\b(er|sie|es)\b",
    "it": r"\b(lui|lei|egli|l'azienda)\b",
    "uk": r"\b(він|вона|вони)\b",
    "zh": r"他|她|其|该公司",
    "ja": r"同社|同氏|同省|彼",
    "ko": r"그는|(?:이|해당) 회사는|그녀는",
    "ar": r"^(وأضاف|وقال|وأشار|وأوضح)",
    "nl": r"\b(hij|zij|het bedrijf)\b",
    "pl": r"\b(on|ona|firma)\b",
    "tr": r"\b(o|şirket)\b",
}
_PRONOUNS: Final = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _PRONOUN.items()}


#: Nouns that stand at the head of a sentence for the ministry or firm named before.
_STANDS_FOR: Final = {
    "agency": {
        "en": "the (?:department|ministry|agency|bureau|commission|regulator)", "de": "(?:das ministerium|die behörde|die kommission)",
        "fr": "(?:le ministère|le département|la commission|l'agence)", "es": "(?:el ministerio|el departamento|la comisión|la agencia)",
        "it": "(?:il ministero|il dipartimento|la commissione|l'agenzia)", "pt": "(?:o ministério|o departamento|a comissão|a agência)",
        "nl": "(?:het ministerie|de commissie)", "ru": "(?:ведомство|министерство|комиссия)", "uk": "(?:міністерство|відомство|регулятор)",
        "pl": "(?:ministerstwo|resort)", "cs": "ministerstvo", "sv": "(?:ministeriet|departementet)", "tr": "bakanlık",
        "ar": "(?:و|ف)?(?:قالت |أضافت |ذكرت |كانت |أوضحت )?الوزارة", "fa": "این وزارتخانه", "he": "המשרד", "zh": "(?:该部|该局|该机构)",
        "ja": "(?:同省|同局|同庁)", "ko": "(?:이 부처|해당 부처)", "id": "(?:kementerian|departemen) itu", "vi": "(?:bộ|cơ quan) này", "th": "กระทรวง",
    },
    "company": {
        "en": "the (?:company|chipmaker|firm|group)", "de": "(?:der konzern|das unternehmen|die firma)", "fr": "(?:l'entreprise|le groupe|la société|la firme)",
        "es": "(?:la empresa|la compañía|la firma)", "it": "(?:l'azienda|la società|il gruppo)", "pt": "(?:a empresa|a companhia)", "nl": "het bedrijf",
        "ru": "(?:компания|в компании)", "uk": "компанія", "pl": "(?:firma|spółka)", "cs": "(?:společnost|firma)", "sv": "(?:bolaget|företaget)",
        "tr": "şirket", "ar": "(?:و|ف)?(?:قالت |أضافت |ذكرت |كانت |أوضحت )?الشركة", "fa": "این شرکت", "he": "החברה", "zh": "(?:该公司|该企业)", "ja": "同社",
        "ko": "(?:이|해당) 회사", "id": "perusahaan itu", "vi": "công ty", "th": "บริษัท", "hi": "कंपनी",
    },
}  # fmt: skip
_STAND: Final = {
    kind: {
        language: re.compile(rf"^\W*(?:\w+\W+){{0,3}}?{pattern}(?!\w)", re.IGNORECASE)
        for language, pattern in table.items()
    }
    for kind, table in _STANDS_FOR.items()
}


def stood_for(sentence: str, language: str) -> list[str]:
    """The kinds of those whom a noun at the head of `sentence` stands for: ``the ministry``, ``the company``."""
    return [kind for kind, table in _STAND.items() if language in table and table[language].match(sentence)]


def has_pronoun(sentence: str, language: str) -> bool:
    """Whether `sentence` may speak of the one the sentence before it spoke of."""
    pattern = _PRONOUNS.get(language)
    return pattern is not None and pattern.search(sentence) is not None


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
        if not way and language not in grammar.VERB_FIRST and language != "ja" and _is_object(text, start, words):
            way = 1
        if (
            found
            and not way
            and found[-1].oblique == 1
            and (
                (_AND.fullmatch(text, found[-1].end, start) and found[-1].named.kind != "media")
                or (kind in {"place", "seat"} and start == found[-1].end)
                or (kind == "person" and _title_of(text, found[-1], start, language))
            )
        ):
            way = 1
        found.append(Actor(named, start, end, way))
    if language in grammar.VERB_LAST:
        chained = False
        for at in range(len(found) - 2, -1, -1):
            joined = _AND.fullmatch(text, found[at].end, found[at + 1].start)
            chained = joined is not None and (chained or joined[0] not in {", ", "、"})
            if chained and found[at + 1].oblique == 1:
                found[at].oblique = 1
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


_AND: Final = re.compile(
    r",? (?:and|or|und|et|y|e|en|och|i|и|a|ve|dan|và|та|і|o|или|और|و) (?:the |le |la |el |o |il |der |die |het )?|, |、|和|与|與|及|や|と",
    re.IGNORECASE,
)
_TOLD: Final = frozenset({"told", "tells", "tell"})
_TELLING: Final = frozenset({"do:says", "do:announces"})


def _is_object(text: str, start: int, words: Sequence[Word]) -> bool:
    """Whether a word of an action stands right before, so that what begins at `start` is done to, not doing."""
    return any(
        0 <= start - word.end <= 5
        and word.what.startswith("do:")
        and text[word.end : start].strip().lower() in {"", "the"}
        and (word.what not in _TELLING or text[word.start : word.end].lower() in _TOLD)
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


def actor_of(text: str, found: Sequence[Actor], cue: Word, language: str, *, noun: bool, passive: bool) -> Actor | None:
    """Who does what `cue` says, or None where the sentence does not tell for certain."""
    able = [actor for actor in found if actor.named.kind != "media"]
    for actor in able:
        if 0 <= actor.start - cue.end <= 48 and grammar.BY.search(text[max(cue.end, actor.start - 16) : actor.start]):
            return actor
    if noun:
        return _owner(text, able, cue)
    if cue.what in _TELLING and _AFTER_QUOTE.search(text[max(0, cue.start - 6) : cue.start]):
        speakers = [actor for actor in able if cue.end <= actor.start <= cue.end + 110 and actor.oblique == 0]
        first = next((actor for actor in speakers if actor.named.kind == "person"), None)
        if first is not None:
            return first
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
        near = [actor for actor in direct if cue.start - actor.end <= 14]
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
    whose = [actor for actor in before if actor.oblique == 3 and cue.start - actor.end <= 60]
    return whose[0] if whose and not direct and len({actor.named.id for actor in whose}) == 1 else None


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
            if _RELATIVE.match(words) or (adjoining and words.strip() and not _AND.match(f" {words.strip()} ")):
                return True
    return False


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
        if actor.named.kind == "person" and 0 <= actor.start - first.end <= 14 and first.named.kind != "person":
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


def entry_country(id_: str) -> str:
    """The country of the entry `id_`, or the id itself for a country."""
    entry = gazetteer.entries().get(id_)
    return entry.country if entry is not None and entry.country else id_

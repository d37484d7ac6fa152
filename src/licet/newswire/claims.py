"""Claims: who does what to which rule, chip or party, sentence by sentence.

No parser and no model: words of actions from a list for each language, the nearest party that can act before them
(after them where the verb comes first, by its particle in Japanese and Korean), and what the words are about. A word
for asking, planning or warning takes the action it governs with it, so that ``asks to ease`` is not read as easing; a
noun such as *easing* does nothing by itself. Where the sentence leaves open who acts, nobody is named.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Final

from licet.newswire import doers, gazetteer, grammar, roles
from licet.newswire.actions import GOVERNING, POLICY, Cue
from licet.newswire.evidence import LEAD
from licet.newswire.figures import figures
from licet.newswire.find import Word
from licet.newswire.fold import fold
from licet.newswire.model import Claim, Named
from licet.newswire.passage import Context, Line, sentences_of
from licet.newswire.subject import actor as actor_of
from licet.newswire.subject import of_a_firm, speaks_for_a_state

#: Actions that only report others; they count where a sentence has no other.
_REPORTING: Final = ("announces", "says")
#: What is said or done about the matter of the whole report, however far back it was named.
_STANCES: Final = frozenset({"objects", "warns", "asks", "denies", "declines_comment", "agrees", "negotiates", "says"})
#: What firms do in matters of their own too.
_OWN: Final = frozenset({"announces", "offers", "discloses", "plans", "agrees", "suspends"})
#: Whose words are about the report's matter only where they say so, or it was named just before.
_LITTLE: Final = frozenset({"company", "unnamed", "media"})
#: Actions that count only with somebody who does them.
_NEEDS_ACTOR: Final = frozenset({"says", "offers", "announces", "agrees", "negotiates", "discloses", "denies", "plans"})
#: What states and their bodies do, and firms do not.
_RULING: Final = frozenset({"issues", "amends", "advances", "extends"})
#: What a state does or says it does.
_RULED: Final = POLICY | {"announces"}
#: Who can offer chips; a state or ministry does not.
_SELLERS: Final = frozenset({"company", "group"})
_MOST: Final = 3
_LONG: Final = 9


def claims(context: Context) -> list[Claim]:
    """The claims of a report, in order, each once."""
    found: dict[tuple[str, str, str, str], Claim] = {}
    lines = list(sentences_of(context))
    for at, line in enumerate(lines):
        line.earlier = lines[:at]
        for claim in _of(context, line, lines[max(0, at - 3) : at]):
            if (
                line.doer is None
                and claim.action in _RULED
                and claim.actor is not None
                and speaks_for_a_state(claim.actor)
            ):
                line.doer = claim.actor
            who = claim.actor.id if claim.actor else ""
            key = (line.said, who, claim.action, f"{claim.of} {claim.object.id if claim.object else ''}")
            found.setdefault(key, claim)
    return list(found.values())


def _of(context: Context, line: Line, before: Sequence[Line]) -> Iterator[Claim]:
    names = [(m.start, m.end) for m in line.mentions if m.by != "told"]
    cues = [
        word
        for word in line.words
        if word.what.startswith("do:")
        and not any(start <= word.start and word.end <= end for start, end in names)
        and not (word.what == "do:asks" and _UNNAMED.match(context.source.text, word.end))
    ]
    if not cues or not _possible(line, before):
        return
    acting = [Cue(context, cue) for cue in cues]
    if any(cue.action == "declines_comment" for cue in acting):
        acting = [cue for cue in acting if cue.action == "declines_comment"]
    governing = [cue for cue in acting if cue.action in GOVERNING]
    taken: set[int] = set()
    made = 0
    for cue in governing[:3]:
        if id(cue) in taken:
            continue
        inner = _governed(context, acting, cue, taken)
        claim = _claim(context, line, before, cue, inner)
        if claim is not None:
            taken |= {id(cue)} | ({id(inner)} if inner is not None else set())
            made += 1
            yield claim
    policies: set[tuple[str, str, str]] = set()
    moved: Named | None = None
    for cue in acting:
        if id(cue) in taken or cue.action in GOVERNING or cue.action in _REPORTING:
            continue
        if made >= _MOST or (governing and made and cue.action in {"offers", "negotiates", "discloses"}):
            break
        if cue.action == "offers" and policies and _SELLING.search(cue.surface):
            continue
        claim = _claim(context, line, before, cue, None)
        if claim is None:
            continue
        if cue.action == "advances":
            moved = claim.actor
        elif cue.action in POLICY and moved is not None and claim.actor in {None, moved}:
            continue
        if cue.action in POLICY:
            key = (claim.actor.id if claim.actor else "", claim.object.id if claim.object else "", _dated(line, cue))
            if key in policies or (policies and not key[0]) or (made and not key[0]):
                continue
            policies.add(key)
        made += 1
        yield claim
    if not made:
        for wanted in _REPORTING:
            for cue in acting:
                if cue.action == wanted and (claim := _claim(context, line, before, cue, None)) is not None:
                    yield claim
                    return
        if line.core and (claim := _reported(context, line, acting)) is not None:
            yield claim


#: What a firm is allowed or forbidden to do, which it does not do by that.
_SELLING: Final = re.compile(
    r"sell|ship|sale|verkauf|liefer|vend|vent|прода|постав|销售|銷售|出售|販売|出荷|판매|출하|수출|sat|بيع",
    re.IGNORECASE,
)
#: What is asked for by those who give their name to no paper.
_UNNAMED: Final = re.compile(r"[^.;,]{0,12}\b(?:named|identified|quoted|anonymous|anonymity)\b")


def _dated(line: Line, cue: Cue) -> str:
    """The date of an action, in a sentence that gives several."""
    near = min(line.dates, key=lambda when: abs(when.start - cue.word.start), default=None)
    return str(near.first) if near is not None and len(line.dates) > 1 else ""


def _reported(context: Context, line: Line, acting: Sequence[Cue]) -> Claim | None:
    """What a paper or an agency itself says or thinks, where nobody else is said to."""
    media = [one for one in line.own if one.named.kind == "media" and one.oblique == 0]
    cues = [cue for cue in acting if cue.action == "says"]
    if not media or not cues or len(line.own) > len(media) + 3:
        return None
    before = [one for one in media if one.end <= cues[0].word.start]
    return _made(context, line, cues[0], None, before[-1], line.objects) if before else None


def _possible(line: Line, before: Sequence[Line]) -> bool:
    """Whether the sentence, or one shortly before it, is about a chip, a rule or export control."""
    return (
        bool(line.core)
        or any(one.core for one in before)
        or any(word.what == "topic:talks" or word.what[3:] in _STANCES for word in line.words)
    )


def _governed(context: Context, cues: Sequence[Cue], governor: Cue, taken: set[int]) -> Cue | None:
    """The action that `governor` governs: the nearest one after it, or before it where the verb comes last."""
    open_ = [cue for cue in cues if id(cue) not in taken and cue is not governor and cue.action in POLICY]
    after = [cue for cue in open_ if cue.word.start >= governor.word.start]
    ahead = [cue for cue in reversed(open_) if cue.word.start < governor.word.start]
    late = context.language in grammar.VERB_LAST
    order = (ahead, after) if late else (after, ahead)
    for group, reach in zip(order, (160, 0 if late else 40), strict=True):
        for cue in group[:2]:
            gap = max(cue.word.start - governor.word.end, governor.word.start - cue.word.end)
            if gap < reach and (group is after or late or cue.noun) and not _apart(context, governor, cue):
                return cue
    return None


#: Words that begin a second statement.
_AND_THEN: Final = {
    "en": "and|but|while", "ru": "и|но|а", "uk": "і|та|але|й", "es": "y|e|pero", "pt": "e|mas", "fr": "et|mais",
    "it": "e|ma", "de": "und|aber", "nl": "en|maar", "pl": "i|oraz|ale", "cs": "a|ale", "sv": "och|men", "tr": "ve",
    "id": "dan|tetapi", "vi": "và|nhưng",
}  # fmt: skip
_AND: Final = {language: re.compile(rf" (?:{words}) ") for language, words in _AND_THEN.items()}


def _apart(context: Context, governor: Cue, cue: Cue) -> bool:
    """Whether an ``and`` makes a second statement of what follows the governing action."""
    if context.language in grammar.VERB_LAST:
        return "\u3000" in context.source.text[cue.word.end : governor.word.start]
    if cue.noun or cue.word.start < governor.word.end:
        return False
    between = context.source.text[governor.word.end : cue.word.start]
    pattern = _AND.get(context.language)
    return pattern is not None and pattern.search(between) is not None and not _INFINITIVE.search(between[-12:])


#: Signs that an action is still what is asked for.
_INFINITIVE: Final = re.compile(r"\b(?:to|de|d'|zu|om|te|a|чтобы|щоб|że|żeby|que|che)\s?$|要求|放|取|停")


def _claim(context: Context, line: Line, before: Sequence[Line], cue: Cue, inner: Cue | None) -> Claim | None:
    actor = actor_of(context, line, before, cue)
    halted = actor is not None and of_a_firm(actor) and cue.halts
    action = "suspends" if halted else cue.action
    if cue.noun and (actor is None or action not in POLICY | GOVERNING):
        return None
    if actor is None and action in _NEEDS_ACTOR:
        return None
    if action == "offers" and actor is not None:
        goods = any(thing.named.kind in {"chip", "model"} for thing in line.objects)
        if actor.named.kind not in _SELLERS or not goods:
            return None
    if action in _RULING and actor is not None and of_a_firm(actor):
        return None
    things, before_it = line.objects, False
    if not line.core and not (action == "negotiates" and any(thing.rank == roles.CORE + 1 for thing in things)):
        near = before if action not in _STANCES or actor is None or actor.named.kind in _LITTLE else line.earlier
        carried = next((one.core for one in reversed(near) if one.core), None)
        if carried and actor is not None and action in _OWN and not _concerned(context, actor, carried):
            return None
        if carried is None or ((actor is None or actor.oblique) and action != "requires_license"):
            return None
        things, before_it = [*things, *carried], True
    claim = _made(context, line, cue, inner, actor, things)
    return dataclasses.replace(claim, carried=True) if before_it else claim


def _concerned(context: Context, actor: roles.Actor, things: Sequence[roles.Thing]) -> bool:
    """Whether a firm can speak of what was named before: it makes it, or the report begins with the firm."""
    if actor.named.kind != "company":
        return True
    makers = {gazetteer.entries()[thing.named.id].more.get("vendor") for thing in things if thing.named.kind == "chip"}
    ends = context.sentences[min(LEAD, len(context.sentences) - 1)].end
    return actor.named.id in makers or any(m.entry.id == actor.named.id and m.start < ends for m in context.mentions)


def _made(  # noqa: PLR0917 - what a sentence holds comes in many parts
    context: Context,
    line: Line,
    cue: Cue,
    inner: Cue | None,
    actor: roles.Actor | None,
    things: list[roles.Thing],
) -> Claim:
    at = inner.word if inner is not None else cue.word
    things = roles.about(things, at)
    action = _settled(cue.action, things)
    if action == "bans" and cue.halts and actor is not None and of_a_firm(actor):
        action = "suspends"
    if action == "says" and things and things[0].named.id == "entity-list" and _ADDED.search(cue.surface):
        action = "tightens"
    if inner is not None and (cue.action, inner.action) == ("asks", "requires_license"):
        action, inner = "requires_license", None
    of = inner.action if inner is not None else _within(context, cue) if action in GOVERNING else ""
    named = tuple({thing.named.id: thing.named for thing in things}.values())
    others = {one.named.id: one.named for one in line.own if actor is None or one.named.id != actor.named.id}
    number = hashlib.sha256(
        f"{context.id}|{line.span[0]}|{action}|{actor.named.id if actor else ''}|{cue.word.start}".encode()
    ).hexdigest()
    return Claim(
        id=number[:12],
        actor=actor.named if actor else None,
        action=action,
        of=of,
        object=named[0] if named else None,
        objects=named,
        recipients=tuple(others.values()),
        modes=_modes(context.language, line, at),
        when=min(line.dates, key=lambda when: (abs(when.start - cue.word.start), when.start), default=None),
        said_by=doers.speaker(line.own, line.words, actor),
        relies_on=context.relies_on,
        figures=figures(line.said),
        main=line.sentence.number < LEAD,
        sentence=line.sentence.number,
        evidence=line.evidence,
    )


def _within(context: Context, cue: Cue) -> str:
    """The action that the words of the governing one hold themselves: ``wants relief``."""
    automaton = gazetteer.words(context.language)
    surface = context.source.text[cue.word.start : cue.word.end]
    if automaton is None or len(surface) < _LONG:
        return ""
    hits = automaton.find(fold(surface).text, context.language)
    return next((hit.spelling.entry[3:] for hit in hits if hit.spelling.entry[3:] in POLICY), "")


#: Words that say that something is said besides, or put on a list.
_ADDED: Final = re.compile(
    r"ajout|\badd|añad|aggiun|hinzu|dodal|dodał|добав|додал|添加|adicion|acrescent|追加|추가|voeg|tilføj|lagt", re.I
)


def _settled(action: str, things: Sequence[roles.Thing]) -> str:
    """A bill is advanced, not issued; a license is denied, not a claim."""
    chief = things[0].named.id if things else ""
    if action in {"issues", "proposes"} and things and things[0].named.kind == "bill":
        return "advances"
    if action in {"issues", "announces"} and things and things[0].named.kind == "model":
        return "offers"
    return "licenses" if action == "eases" and chief == "licenses" else action


_REACH: Final = {"not": 14, "future": 40, "hypothetical": 40}
_MODE: Final = {"not": "negated", "future": "future", "hypothetical": "hypothetical"}


def _modes(language: str, line: Line, cue: Word) -> tuple[str, ...]:
    late = language in grammar.VERB_LAST
    found: dict[str, None] = {}
    for word in line.words:
        sort = word.what[:-1]
        if sort in _REACH:
            gap = word.start - cue.end if late else cue.start - word.start
            if (-2 if late else 0) <= gap <= _REACH[sort]:
                found[_MODE[sort]] = None
    return tuple(mode for mode in _MODE.values() if mode in found)

"""Who acts, as far as a sentence and those before it tell: pronouns, firms that are done to, and who has no name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from licet.newswire import doers, gazetteer, pronouns, roles
from licet.newswire.actions import POLICY, Cue
from licet.newswire.find import Word
from licet.newswire.model import Named
from licet.newswire.passage import Context, Line

#: Actions whose subject, where it is a firm without more, is rather the one they are done to.
_DONE_TO_FIRMS: Final = frozenset(
    {"investigates", "charges", "bans", "tightens", "revokes", "eases", "licenses", "rescinds", "requires_license"}
)
#: Who has no name can say and fear things; rules are made by others.
_UNNAMED_DO: Final = {
    "sources": frozenset({"says"}),
    "experts": frozenset({"says", "warns", "objects", "asks"}),
    "officials": frozenset({"says", "warns", "denies"}),
    "companies": frozenset({"objects", "warns"}),
    "industry": frozenset({"says", "warns", "objects", "asks"}),
    "lawmakers": frozenset({"says", "warns", "objects", "asks", "proposes", "advances", "plans", "investigates"}),
}
#: Where an Arabic sentence names nobody for so long, it goes on about the one before.
_FAR: Final = 30
#: How many sentences back the subject of a sentence that names none may stand.
_BACK: Final = 2


def actor(context: Context, line: Line, before: Sequence[Line], cue: Cue) -> roles.Actor | None:
    """Who does what `cue` says; where a pronoun stands for one who was named shortly before, that one."""
    language, text = context.language, context.source.text
    own = line.own
    direct = [actor for actor in own if actor.oblique == 0]
    if not direct or (language == "ar" and direct[0].start - line.sentence.start > _FAR):
        carried = _spoken_of(context, line, before, cue.word)
        if carried is not None:
            own = [roles.Actor(carried.named, line.sentence.start, line.sentence.start, 0), *own]
    elif cue.action in POLICY and all(one.named.kind == "unnamed" for one in direct):
        carried = _stood_for(context, line, before)
        if carried is not None:
            own = [roles.Actor(carried.named, line.sentence.start, line.sentence.start, 0)]
    actor = doers.actor_of(text, own, cue.word, language, noun=cue.noun, passive=cue.passive)
    if actor is None:
        return _gone_on(language, line, before, cue) or _otherwise(line, cue)
    kind, action = actor.named.kind, cue.action
    if kind == "unnamed" and action not in _UNNAMED_DO.get(actor.named.id, ()):
        return None
    if (kind == "group" or of_a_firm(actor)) and action in _DONE_TO_FIRMS and not cue.halts:
        states = [one for one in own if one.named.kind not in {"group", "unnamed"} and not of_a_firm(one)]
        other = doers.actor_of(text, states, cue.word, language, noun=cue.noun, passive=cue.passive)
        done_to = action in {"investigates", "charges"} or other is None or other.oblique
        return _otherwise(line, cue) if done_to else other
    if actor.oblique == 3 and not cue.noun and action not in POLICY:
        return None
    return actor


def _otherwise(line: Line, cue: Cue) -> roles.Actor | None:
    """Who acts though no subject says so: the state in whose capital somebody is looked into, a firm agreed with."""
    if cue.action == "investigates":
        seats = [m for m in line.mentions if m.entry.kind == "seat"]
        return next((one for one in line.own if seats and one.start <= seats[0].start < one.end), None)
    if cue.action == "agrees":
        firms = [one for one in line.own if one.named.kind == "company" and one.oblique == 1]
        return firms[0] if firms else None
    return None


#: Languages that leave a subject away which the sentence before has.
_SILENT: Final = frozenset({"ja", "ko", "zh", "es", "pt", "it"})
#: Signs that something else is the subject.
_ROMANCE: Final = re.compile(r"\b(?:el|la|los|las|il|lo|gli|i|le|o|a|os|as|un|una|um|uma)\s+\w+", re.IGNORECASE)
_SUBJECT: Final = {
    "ja": re.compile(r"[^、。\s](?:は|が)"),
    "ko": re.compile(r"\w(?:은|는|이|가)\s"),
    "zh": re.compile(r"(?:该|此|这|這|新规|新規|规定|規定|措施|公司|企业|企業|双方|雙方|他|她)"),
} | dict.fromkeys(("es", "pt", "it"), _ROMANCE)


def _gone_on(language: str, line: Line, before: Sequence[Line], cue: Cue) -> roles.Actor | None:
    """The state that the sentence right before was about, where this one makes rules and names nobody at all."""
    if language not in _SILENT or cue.noun or cue.passive or cue.action not in POLICY or not before:
        return None
    last = before[-1]
    if last.doer is None or last.sentence.number != line.sentence.number - 1:
        return None
    ahead = line.said[: cue.word.start - line.sentence.start]
    if any(one.oblique == 0 for one in line.own) or _SUBJECT[language].search(ahead):
        return None
    return roles.Actor(last.doer, line.sentence.start, line.sentence.start, 0)


def _stood_for(context: Context, line: Line, before: Sequence[Line]) -> roles.Actor | None:
    """The one whom a noun at the head of the sentence stands for: ``the ministry``."""
    kinds = pronouns.stood_for(line.said, context.language)
    named = [actor for one in reversed(before) for actor in reversed(one.own) if actor.named.kind in kinds]
    return named[0] if named else None


def _spoken_of(context: Context, line: Line, before: Sequence[Line], cue: Word) -> roles.Actor | None:
    """The one of the sentence before whom a pronoun stands for."""
    if not before or line.sentence.number - before[-1].sentence.number > _BACK:
        return None
    if pronouns.stood_for(line.said, context.language):
        return _stood_for(context, line, before)
    last = [actor for actor in before[-1].own if actor.named.kind != "media"]
    ahead = line.said if context.language == "ar" else line.said[: cue.end - line.sentence.start]
    if not pronouns.has_pronoun(ahead, context.language):
        return None
    last = [actor for actor in last if actor.oblique == 0]
    people = [actor for actor in last if actor.named.kind == "person"]
    return (people or last)[-1] if last else None


def of_a_firm(actor: roles.Actor) -> bool:
    """Whether `actor` is a firm or somebody who speaks for one."""
    entry = gazetteer.entries().get(actor.named.id)
    boss = gazetteer.entries().get(str(entry.more.get("acts_for", ""))) if entry is not None else None
    return actor.named.kind == "company" or (boss is not None and boss.kind == "company")


def speaks_for_a_state(named: Named) -> bool:
    """Whether `named` is a government or ministry, or one who leads it."""
    entry = gazetteer.entries().get(named.id)
    boss = gazetteer.entries().get(str(entry.more.get("acts_for", ""))) if entry is not None else None
    leads = entry is not None and entry.more.get("acts_for") == entry.country
    return named.kind in {"government", "agency"} or leads or (boss is not None and boss.kind == "agency")

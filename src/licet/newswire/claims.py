"""Claims: who does what to which rule, chip or party, sentence by sentence.

No parser and no model: words of actions from a list for each language, the nearest party that can act before them
(after them where the verb comes first, by its particle in Japanese and Korean), and what the words are about. A word
for asking, planning or warning takes the action it governs with it, so that ``asks to ease`` is not read as easing.
"""

from __future__ import annotations

# ruff: noqa: PLR0917 - what a sentence holds comes in many parts
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from licet.newswire import roles
from licet.newswire.dates import When
from licet.newswire.figures import figures
from licet.newswire.find import Mention, Word
from licet.newswire.model import Claim, Evidence, Named, Report
from licet.newswire.sentences import Sentence
from licet.newswire.source import Source

#: Actions that say how another one is meant.
GOVERNING: Final = frozenset({"asks", "plans", "proposes", "warns", "objects", "denies"})
#: Actions on a rule or on a trade.
POLICY: Final = frozenset(
    {
        "eases",
        "tightens",
        "bans",
        "rescinds",
        "revokes",
        "suspends",
        "extends",
        "issues",
        "amends",
        "requires_license",
        "licenses",
    }
)
#: Actions that only report others; they count where a sentence has no other.
SPEAKING: Final = ("announces", "agrees", "discloses", "offers", "negotiates", "says")
#: Actions that need no chip or rule in their own sentence: the one before is taken.
_CARRIED: Final = frozenset({"objects", "declines_comment", "warns", "says", "negotiates", "extends", "asks"})
_MOST: Final = 3
_VERB_LAST: Final = frozenset({"ja", "ko", "tr", "hi", "fa"})
_PREFIX: Final = 32
_LEAD: Final = 3


@dataclass
class Context:
    """What is known of a report while its claims are read."""

    id: str
    source: Source
    language: str
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    words: Sequence[Word]
    dates: Sequence[When]
    relies_on: tuple[str, ...]


@dataclass
class _Line:
    """One sentence with what stands in it."""

    sentence: Sentence
    mentions: list[Mention]
    words: list[Word]
    dates: list[When]
    objects: list[roles.Thing]
    actors: list[roles.Actor]


def claims(context: Context) -> list[Claim]:
    """The claims of a report, in order, each once."""
    found: dict[tuple[str, str, str, str], Claim] = {}
    before: _Line | None = None
    for line in _lines(context):
        for claim in _of(context, line, before):
            key = (
                claim.actor.id if claim.actor else "",
                claim.action,
                claim.of,
                claim.object.id if claim.object else "",
            )
            found.setdefault(key, claim)
        if line.objects or line.actors:
            before = line
    return list(found.values())


def _lines(context: Context) -> Iterator[_Line]:
    last_actor: roles.Actor | None = None
    at_m = at_w = at_d = 0
    for sentence in context.sentences:
        mentions, at_m = _slice(context.mentions, at_m, sentence)
        words, at_w = _slice(context.words, at_w, sentence)
        dates, at_d = _slice(context.dates, at_d, sentence)
        if not mentions and not words:
            continue
        text = context.source.text
        objects = roles.things(mentions, words)
        actors = roles.actors(text, mentions, words, context.language)
        own = any(actor.oblique == 0 for actor in actors)
        said = text[sentence.start : sentence.end]
        goes_on = context.language == "ar" and roles.has_pronoun(said[:8], "ar")
        if (not own or goes_on) and last_actor is not None and roles.has_pronoun(said, context.language):
            actors = [roles.Actor(last_actor.named, sentence.start, sentence.start, 0), *actors]
        line = _Line(sentence, mentions, words, dates, objects, actors)
        if actors:
            people = [actor for actor in actors if actor.named.kind == "person" and actor.oblique == 0]
            last_actor = people[-1] if people else min(actors, key=lambda actor: (actor.oblique, actor.start))
        yield line


def _slice(items: Sequence[roles.Spanned], at: int, sentence: Sentence) -> tuple[list[roles.Spanned], int]:
    while at < len(items) and items[at].start < sentence.start:
        at += 1
    first = at
    while at < len(items) and items[at].start < sentence.end:
        at += 1
    return list(items[first:at]), at


def _of(context: Context, line: _Line, before: _Line | None) -> Iterator[Claim]:
    rules = [(m.start, m.end) for m in line.mentions if m.entry.kind in {"rule", "agency"}]
    cues = [
        word
        for word in line.words
        if word.what.startswith("do:") and not any(start <= word.start and word.end <= end for start, end in rules)
    ]
    if not cues:
        return
    taken: set[int] = set()
    made = 0
    policies: set[tuple[str, str]] = set()
    acting = [(index, cue, cue.what[3:]) for index, cue in enumerate(cues)]
    if any(action == "declines_comment" for _, _, action in acting):
        acting = [entry for entry in acting if entry[2] == "declines_comment"]
    governing = [entry for entry in acting if entry[2] in GOVERNING]
    for index, cue, action in governing[:2]:
        if index in taken:
            continue
        inner = _governed(context, cues, index, taken)
        taken |= {index} | ({inner} if inner is not None else set())
        claim = _claim(context, line, before, cue, action, cues[inner] if inner is not None else None)
        if claim is not None:
            made += 1
            yield claim
    others = [
        e for e in acting if e[0] not in taken and e[2] not in GOVERNING and e[2] not in {"announces", "says", "agrees"}
    ]
    for _, cue, action in others:
        if made >= _MOST or (governing and action in {"offers", "negotiates", "discloses"}):
            break
        claim = _claim(context, line, before, cue, action, None)
        if claim is not None:
            key = (claim.actor.id if claim.actor else "", claim.object.id if claim.object else "")
            if action in POLICY and (key in policies or (policies and not key[0])):
                continue
            policies |= {key} if action in POLICY else set()
            made += 1
            yield claim
    if not made:
        for wanted in ("agrees", "announces", "says"):
            for _, cue, action in acting:
                if action == wanted and (claim := _claim(context, line, before, cue, action, None)) is not None:
                    yield claim
                    return


def _governed(context: Context, cues: Sequence[Word], index: int, taken: set[int]) -> int | None:
    """The action that cue `index` governs: the nearest one after it, or before it where the verb comes last."""
    after = [i for i in range(index + 1, len(cues)) if i not in taken and cues[i].what[3:] in POLICY]
    ahead = [i for i in range(index - 1, -1, -1) if i not in taken and cues[i].what[3:] in POLICY]
    order = (ahead, after) if context.language in _VERB_LAST else (after, ahead)
    for group, reach in zip(order, (160, 0 if context.language in {"ja", "ko"} else 60), strict=True):
        if group and abs(cues[group[0]].start - cues[index].end) < reach:
            return group[0]
    return None


def _claim(
    context: Context, line: _Line, before: _Line | None, cue: Word, action: str, inner: Word | None
) -> Claim | None:
    language, text = context.language, context.source.text
    at = inner or cue
    actor = roles.actor_of(text, line.actors, cue, language)
    things = roles.about(line.objects, at, line.sentence.start)
    core = roles.CORE + (action == "negotiates")
    if not any(thing.rank <= core for thing in things):
        if action not in _CARRIED or before is None or line.sentence.number - before.sentence.number > 2:
            return None
        things = [*things, *(thing for thing in before.objects if thing.rank <= roles.CORE)]
        if not any(thing.rank <= roles.CORE for thing in things):
            return None
        if actor is None:
            return None
    if (
        actor is None
        and before is not None
        and (action in POLICY or action in GOVERNING)
        and before.actors
        and language in {"ja", "zh", "ko"}
    ):
        able = [one for one in before.actors if one.named.kind != "media"]
        actor = min(able, key=lambda one: (one.oblique, one.start), default=None)
    if actor is not None and action in {"investigates", "charges"} and actor.named.kind == "company":
        actor = None
    if actor is None and action in {"says", "offers", "announces", "agrees", "negotiates", "discloses"}:
        return None
    action = _settled(action, things)
    named = tuple({thing.named.id: thing.named for thing in things}.values())
    others = {one.named.id: one.named for one in line.actors if actor is None or one.named.id != actor.named.id}
    speaker = roles.speaker(line.actors, line.words, actor)
    span = context.source.span(line.sentence.start, line.sentence.end)
    evidence = _evidence(context.source, *span)
    number = hashlib.sha256(
        f"{context.id}|{span[0]}|{action}|{actor.named.id if actor else ''}|{cue.start}".encode()
    ).hexdigest()
    return Claim(
        id=number[:12],
        actor=actor.named if actor else None,
        action=action,
        of=inner.what[3:] if inner else "",
        object=named[0] if named else None,
        objects=named,
        recipients=tuple(others.values()),
        modes=_modes(context, line, at),
        when=_when(line, cue),
        said_by=speaker,
        relies_on=context.relies_on,
        figures=figures(text[line.sentence.start : line.sentence.end]),
        main=line.sentence.number < _LEAD,
        sentence=line.sentence.number,
        evidence=evidence,
    )


def _settled(action: str, things: Sequence[roles.Thing]) -> str:
    """A bill is advanced, not issued; a license is denied, not a claim."""
    chief = things[0].named.id if things else ""
    if action in {"issues", "proposes"} and things and things[0].named.kind == "bill":
        return "advances"
    if action in {"issues", "announces"} and things and things[0].named.kind == "model":
        return "offers"
    return "licenses" if action == "eases" and chief == "licenses" else action


def _when(line: _Line, cue: Word) -> When | None:
    dated = [when for when in line.dates if when.first is not None]
    return min(dated, key=lambda when: (abs(when.start - cue.start), when.start), default=None)


_REACH: Final = {"not": 14, "future": 40, "hypothetical": 40}
_MODE: Final = {"not": "negated", "future": "future", "hypothetical": "hypothetical"}


def _modes(context: Context, line: _Line, cue: Word) -> tuple[str, ...]:
    found = []
    late = context.language in _VERB_LAST
    for sort, mode in _MODE.items():
        reach = _REACH[sort]
        for word in line.words:
            if word.what != f"{sort}:":
                continue
            near = -2 <= word.start - cue.end <= reach if late else 0 <= cue.start - word.start <= reach
            if near:
                found.append(mode)
                break
    return tuple(found)


def _evidence(source: Source, start: int, end: int) -> Evidence:
    exact = source.original[start:end]
    repaired = ""
    if source.touched(start, end):
        repaired = "".join(_repaired_part(source, start, end))
    return Evidence(
        start,
        end,
        exact,
        source.original[max(0, start - _PREFIX) : start],
        source.original[end : end + _PREFIX],
        repaired,
    )


def _repaired_part(source: Source, start: int, end: int) -> Iterator[str]:
    at = start
    for change in source.changes:
        if start <= change.start and change.end <= end:
            yield source.original[at : change.start] + change.now
            at = change.end
    yield source.original[at:end]


def stating(report: Report, sentence: Sentence) -> Claim | None:
    """The bare claim that a sentence makes a statement about the chips and parties it names, or None for none."""
    named = [
        m
        for m in report.mentions
        if sentence.start <= m.start < sentence.end and m.entry.kind in {"company", "chip", "item"}
    ]
    if not named:
        return None
    things = tuple({m.entry.id: Named(m.entry.id, m.entry.kind, m.entry.name, m.surface) for m in named}.values())
    evidence = _evidence(report.source, *report.source.span(sentence.start, sentence.end))
    number = hashlib.sha256(f"{report.id}|{evidence.start}|says".encode()).hexdigest()
    return Claim(
        number[:12],
        None,
        "says",
        "",
        things[0],
        things,
        (),
        (),
        None,
        None,
        report.relies_on,
        (),
        sentence.number < _LEAD,
        sentence.number,
        evidence,
    )

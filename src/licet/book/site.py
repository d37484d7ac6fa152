"""What every page of the book needs to know: the law, where each page lies, and what refers to what."""

from __future__ import annotations

import datetime
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from licet import facts
from licet.book.html import Html, join, tag, text
from licet.errors import LawError
from licet.lex import history
from licet.lex.cite import Reference, parse
from licet.lex.history import Event
from licet.lex.law import Law
from licet.lex.model import Provision
from licet.logic.nodes import Applies, Equals, Node, Within, facts_of, walk
from licet.places import codes, name

Day = datetime.date
#: The pages that every page leads to.
MENU = (
    ("Contents", "index.html"), ("By part", "parts.html"), ("By kind", "kinds.html"), ("By date", "dates.html"),
    ("Country groups", "groups.html"), ("Entries", "entries.html"), ("Facts", "facts.html"),
    ("Coverage", "coverage.html"),
)  # fmt: skip
#: Signs of the language of conditions, and what people read for them.
_SIGNS = (("==", "is"), ("!=", "is not"), (">=", "≥"), ("<=", "≤"), ("*", "×"))


@dataclass(frozen=True)
class Site:
    """A law as pages that lead to each other."""

    law: Law

    @functools.cached_property
    def provisions(self) -> Mapping[str, str]:
        """The address of each provision, seen from the top folder."""
        return _addresses("provisions", self.law.provisions)

    @functools.cached_property
    def groups(self) -> Mapping[str, str]:
        """The address of each country group, seen from the top folder."""
        return _addresses("groups", self.law.groups)

    @functools.cached_property
    def events(self) -> tuple[Event, ...]:
        """All that happened: the public record, and the first and last days that the lawbook holds."""
        return history.timeline(law=self.law)

    @functools.cached_property
    def record(self) -> Mapping[str, tuple[Event, ...]]:
        """The events of the public record by the provision that they touch."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            for id_ in event.touches if event.kind == "event" else ():
                found.setdefault(id_, []).append(event)
        return {id_: tuple(events) for id_, events in found.items()}

    @functools.cached_property
    def asked_by(self) -> Mapping[str, tuple[str, ...]]:
        """The provisions whose conditions name a provision, a group, a set of entries or a fact, by its name."""
        found: dict[str, dict[str, None]] = {}
        for id_, provision in self.law.provisions.items():
            for node in conditions(provision):
                names = [*(name for part in walk(node) if (name := _names(part))), *facts_of(node)]
                for name in names:
                    found.setdefault(name, {})[id_] = None
        return {name: tuple(ids) for name, ids in found.items()}

    def related(self, id_: str) -> dict[str, tuple[str, ...]]:
        """Which provisions stand in which relation to a provision; both directions, over all versions."""
        law, own = self.law, self.law.provisions[id_]
        others = law.provisions.values()
        found: dict[str, Iterable[str]] = {
            "does not reach where": _all(own, "unless"),
            "bounds": (each.id for each in others if id_ in _all(each, "unless")),
            "stands instead of": own.instead,
            "gives way to": (each.id for each in others if id_ in each.instead),
            "lifts": _all(own, "lifts"),
            "lifted by": (each.id for each in others if id_ in _all(each, "lifts")),
            "for": targets(own),
            "review policy": (each.id for each in others if each.kind == "review" and id_ in targets(each)),
            "exceptions confined by": (each.id for each in others if each.kind == "confines" and id_ in targets(each)),
            "asks": dict.fromkeys(
                part.provision for node in conditions(own) for part in walk(node) if isinstance(part, Applies)
            ),
            "asked by": self.asked_by.get(id_, ()),
        }
        return {word: tuple(ids) for word, ids in found.items()}

    def to(self, id_: str, up: str) -> Html:
        """A link to a provision, a country group or a set of entries; the bare name where there is no such page."""
        for pages in (self.provisions, self.groups):
            if id_ in pages:
                return tag("a", id_, href=f"{up}{pages[id_]}")
        return tag("a", id_, href=f"{up}entries.html#{anchor(id_)}") if id_ in self.law.sets else text(id_)

    def all_to(self, ids: Iterable[str], up: str) -> Html:
        """Links to several, with commas."""
        return join([self.to(id_, up) for id_ in ids], ", ")

    def words(self, line: str, node: Node, up: str) -> Html:
        """The words of a condition, with each provision, group, set and fact that it names as a link."""
        ends = {f"{part.provision} applies": part.provision for part in walk(node) if isinstance(part, Applies)}
        ends |= {name: name for part in walk(node) if (name := _names(part)) and not isinstance(part, Applies)}
        looked = {name for name in facts_of(node) if name in facts.FACTS}
        places = {str(value) for part in walk(node) if isinstance(part, Equals) for value in part.values} & set(codes())
        names = sorted({*ends, *looked, *places}, key=lambda name: (-len(name), name))
        pieces = re.split(rf"(?<![\w.])({'|'.join(map(re.escape, names))})(?!\w)", line) if names else [line]
        return join(self._word(piece, ends, looked, up) for piece in pieces)

    def _word(self, piece: str, ends: Mapping[str, str], looked: set[str], up: str) -> Html:
        if piece in ends:
            return join((self.to(ends[piece], up), piece.removeprefix(ends[piece])))
        if piece not in looked:
            if piece in codes():
                return tag("abbr", piece, title=name(piece))
            for sign, word in _SIGNS:
                piece = piece.replace(f" {sign} ", f" {word} ")
            return text(piece)
        question = facts.FACTS[piece].question
        return tag("a", piece, href=f"{up}facts.html#{anchor(piece)}", title=question)


def _addresses(folder: str, names: Iterable[str]) -> dict[str, str]:
    """An address for each name that no file system takes for another's."""
    ids = list(names)
    counts = Counter(map(anchor, ids))
    marks = {id_: f"-{hashlib.sha256(id_.encode()).hexdigest()[:6]}" if counts[anchor(id_)] > 1 else "" for id_ in ids}
    return {id_: f"{folder}/{anchor(id_)}{marks[id_]}.html" for id_ in ids}


def anchor(name: str) -> str:
    """`name` as it may stand in an address: ``742.6(a)(6)(iii)`` is ``742.6-a-6-iii``."""
    return re.sub(r"[^a-z0-9.]+", "-", name.casefold()).strip("-.") or "x"


def conditions(provision: Provision) -> list[Node]:
    """Every condition of a provision: as written, and of what is enforced of it."""
    found: list[Node] = []
    for version in provision.versions:
        found += [version.when, *(entry.when for entry in version.enforcement if entry.when is not None)]
    return found


def _names(part: Node) -> str:
    if isinstance(part, Applies):
        return part.provision
    return part.group if isinstance(part, Within) else part.named if isinstance(part, Equals) else ""


def _all(provision: Provision, key: str) -> tuple[str, ...]:
    """What `key` names, in the provision or in any of its versions."""
    found = [*getattr(provision, key)]
    for version in provision.versions:
        found += getattr(version, key) or ()
    return tuple(dict.fromkeys(found))


def targets(provision: Provision) -> tuple[str, ...]:
    """The requirements that a review policy or a limit on exceptions is for."""
    found: dict[str, None] = {}
    for concludes in (provision.concludes, *(each.concludes or {} for each in provision.versions)):
        raw = concludes.get("for", [])
        found |= dict.fromkeys(map(str, raw if isinstance(raw, (list, tuple)) else [raw]))
    return tuple(found)


def cited(citation: str) -> Html:
    """A citation, each reference in it a link to the official site where one is known."""
    try:
        references = parse(citation).references
    except LawError:  # what an amendment or a user's timeline cites is free
        return text(citation)
    parts: list[str] = []
    at = 0
    for each in references:
        parts += [citation[at : each.start], out(each.text, each.url)]
        at = each.end
    return join([*parts, citation[at:]])


def out(words: str, url: str) -> Html:
    """A link that leaves the site."""
    return tag("a", words, href=url, class_="out", rel="noreferrer") if url else text(words)


def code_references(*citations: str) -> tuple[Reference, ...]:
    """What citations name of the Code of Federal Regulations."""
    found: dict[Reference, None] = {}
    for citation in filter(None, citations):
        try:
            found |= dict.fromkeys(each for each in parse(citation).references if each.kind == "cfr")
        except LawError:
            continue
    return tuple(found)

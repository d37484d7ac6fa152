"""Spellings as data files write them, made ready to be searched for all at once.

One automaton looks for the first letters of every spelling; where one is met, the spelling's own pattern decides.
What may stand beside a name depends on its script: no letter beside a Latin one, an article or a preposition before an
Arabic one, an ending after a Cyrillic one, anything around a Chinese, Japanese, Korean or Thai one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from licet.newswire.fold import fold

Entry = TypeVar("Entry")
_TOKEN: Final = re.compile(r"\(([^()]*)\)| \*(?= )| _(?= )|\*|(?:[^(*_ ]| (?![_*]))+|.")
_ENDING: Final = r"[^\W\d_]{0,8}"
_LATIN_ENDING: Final = r"(?:(?![\u0250-\uffff])[^\W\d_]){0,8}"
_ARABIC_BEFORE: Final = re.compile(r"(?:و|ف)?(?:ب|ك|ل|س)?(?:ال|لل|ل)?")
_HEBREW_BEFORE: Final = re.compile(r"[והבלמשכ]{0,3}")
#: Languages that put endings on foreign names without an apostrophe.
INFLECTING: Final = frozenset(
    [
        "pl",
        "cs",
        "sk",
        "fi",
        "hu",
        "et",
        "lv",
        "lt",
        "hr",
        "sr",
        "sl",
        "ro",
        "sv",
        "da",
        "nb",
        "de",
        "nl",
        "tr",
        "az",
        "el",
        "bg",
        "mk",
    ]
)
_LONGEST_TRIGGERS: Final = 64


@dataclass(frozen=True, slots=True)
class Spelling(Generic[Entry]):
    """One spelling of one entry.

    Attributes:
        entry: what it names.
        pattern: what matches it in the matching copy, from its first letter; empty where `plain` does.
        plain: the spelling itself.
        script: of its first letter: ``latin``, ``arabic``, ``hebrew``, ``letters`` (words with endings) or ``free``.
        last: the same of its last letter; ``open`` where the pattern ends in an ending of its own.
        length: letters of it, about.
        capital, exact: it must begin with a capital letter; it must stand as `exact` in the text.
        language: it counts in texts of this language only.
    """

    entry: Entry
    pattern: str
    plain: str
    script: str
    last: str
    length: int
    capital: bool = False
    exact: str = ""
    language: str = ""

    @property
    def size(self) -> int:
        return len(self.plain)


@dataclass(slots=True)
class Hit(Generic[Entry]):
    """A spelling met in the matching copy, at `start` to `end`."""

    start: int
    end: int
    spelling: Spelling[Entry]


def _script(char: str) -> str:
    code = ord(char)
    if code < 0x250:
        return "latin"
    if 0x370 <= code < 0x590 or 0x10A0 <= code < 0x1100 or 0x1E00 <= code < 0x2000:
        return "letters"
    if 0x590 <= code < 0x600:
        return "hebrew"
    if 0x600 <= code < 0x780:
        return "arabic"
    return "free"


def spellings(text: str, entry: Entry) -> Iterator[tuple[tuple[str, ...], Spelling[Entry]]]:
    """The spellings in one field of a data file, each with the letters the automaton looks for."""
    for raw in text.split(";"):
        name, language = raw.strip(), ""
        if "@" in name[-4:]:
            name, _, language = name.rpartition("@")
        bare = name.rstrip("~^!")
        marks, name = name[len(bare) :], bare.strip()
        if name:
            yield _made(name, marks, language, entry)


def _made(name: str, marks: str, language: str, entry: Entry) -> tuple[tuple[str, ...], Spelling[Entry]]:
    folded = _flat(fold(name).text)
    special = "*" in folded or "(" in folded or "_" in folded
    acronym = name.isascii() and name.isupper() and name.isalpha() and len(name) <= 5
    exact = name if ("!" in marks or (acronym and "~" not in marks)) else ""
    accented = not name.isascii() and _script(name[0]) == "latin" and len(name) <= 6 and not special
    first = folded.lstrip("(") or folded
    pattern = _regex(folded) if special else _spaced(folded) if " " in folded or "-" in folded else ""
    last = "open" if folded.endswith("*") else _script(folded.rstrip(")*|")[-1])
    triggers = tuple(sorted({t for t in _triggers(folded) if t})) if special else (_HEAD.split(folded, 1)[0],)
    return triggers, Spelling(
        entry,
        pattern,
        folded,
        _script(first[0]),
        last,
        len(folded),
        "^" in marks,
        exact or (name if accented else ""),
        language,
    )


_NESTED: Final = re.compile(r"\([^()]*\(")
#: An option of alternatives that holds alternatives itself.
_OPTION: Final = re.compile(r"(?<=[(|])([^()|]*)\(([^()]*)\)((?:[^()|]|\([^()]*\))*)(?=[|)])")


def _flat(folded: str) -> str:
    """Alternatives within alternatives written out: ``(licen(s|c)e|permit)`` as ``(license|licence|permit)``."""
    while (nested := _NESTED.search(folded)) is not None:
        option = _OPTION.search(folded, nested.start())
        if option is None:
            raise ValueError(f"the spelling {folded!r} has a bracket that is not closed")
        written = "|".join(f"{option[1]}{one}{option[3]}" for one in option[2].split("|"))
        folded = folded[: option.start()] + written + folded[option.end() :]
    return folded


_HEAD: Final = re.compile(r"(?<=...)[ \-]")
_GAPS: Final = re.compile(r"[ \-]+")


def _spaced(folded: str) -> str:
    """What matches a name of several words, with spaces or hyphens between them."""
    return r"[ \-]{1,2}".join(map(re.escape, _GAPS.split(folded)))


def _regex(folded: str) -> str:
    parts = []
    for found in _TOKEN.finditer(folded):
        token = found[0]
        if found[1] is not None:
            parts.append(
                "(?:" + "|".join(_regex(option) for option in sorted(found[1].split("|"), key=len, reverse=True)) + ")"
            )
        elif token == "*":
            latin = re.search(r"[a-z\u00c0-\u024f]\)?$", folded[: found.start()]) is not None
            parts.append(_LATIN_ENDING if latin else _ENDING)
        elif token == " *":
            parts.append(r"(?:[ \-]{1,2}[^\s.;]+){0,5}?")
        elif token == " _":
            parts.append(r"(?:[ \-]{1,2}[^\s.,;]+)?")
        else:
            parts.append(
                re.sub(
                    r"[ \-]+|\\ |\\-", lambda _: r"[ \-]{1,2}", re.escape(token).replace("\\ ", " ").replace("\\-", "-")
                )
            )
    return "".join(parts)


def _triggers(folded: str) -> list[str]:
    """The beginnings a text must hold for the spelling to match: at least four letters where there are so many."""
    heads = [""]
    for found in _TOKEN.finditer(folded):
        token = found[0]
        if token in {"*", " *", " _"}:
            break
        if found[1] is not None:
            options = [option.split("*")[0] for option in found[1].split("|")]
            if len(heads) * len(options) > _LONGEST_TRIGGERS:
                break
            closed = any("*" in option for option in found[1].split("|"))
            heads = [head + option for head in heads for option in options]
            if closed:
                break
        else:
            heads = [head + token for head in heads]
        if min(len(head) for head in heads) >= 4:
            break
    return [_HEAD.split(head, 1)[0] for head in heads]


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Automaton(Generic[Entry]):
    """All spellings of a table, searched for in one pass."""

    def __init__(self, table: Iterable[tuple[tuple[str, ...], Spelling[Entry]]]) -> None:
        by_trigger: dict[str, list[Spelling[Entry]]] = {}
        for triggers, spelling in table:
            for trigger in triggers:
                by_trigger.setdefault(trigger, []).append(spelling)
        self._spellings = [
            tuple(dict.fromkeys(group)) if len(group) > 1 else (group[0],) for group in by_trigger.values()
        ]
        #: Triggers before which no Latin letter or digit may stand; most hits fall there, inside other words.
        self._bound = [
            all(one.script == "latin" for one in group) and trigger[0].isalnum()
            for trigger, group in by_trigger.items()
        ]
        self._search = AhoCorasick(list(by_trigger), implementation=Implementation.ContiguousNFA)

    def find(self, copy: str, language: str) -> list[Hit[Entry]]:
        """Every spelling that stands in the matching copy of a text in `language`."""
        found = []
        bound, groups = self._bound, self._spellings
        for index, start, _ in self._search.find_matches_as_indexes(copy, overlapping=True):
            if bound[index] and start and (before := copy[start - 1]) < "\u0250" and before.isalnum():
                continue
            for spelling in groups[index]:
                if spelling.language and spelling.language != language:
                    continue
                if spelling.pattern:
                    match = _compiled(spelling.pattern).match(copy, start)
                    if match is None or (stop := match.end()) <= start:
                        continue
                elif copy.startswith(spelling.plain, start):
                    stop = start + spelling.size
                else:
                    continue
                while copy[stop - 1] in " -":
                    stop -= 1
                if _free_before(copy, start, spelling) and (
                    spelling.last in _FREE or _free_after(copy, stop, spelling, language)
                ):
                    found.append(Hit(start, stop, spelling))
        return found


#: Whether a letter is katakana, in which a name begins no word in its middle: ``バンス`` in ``アドバンスト``.
_KATAKANA: Final = re.compile(r"[\u30a1-\u30fa\u30fc]").match
_FREE: Final = frozenset({"open", "free"})


def _free_before(copy: str, start: int, spelling: Spelling[Entry]) -> bool:
    if start == 0:
        return True
    before = copy[start - 1]
    if spelling.script == "free":
        return not (_KATAKANA(before) and _KATAKANA(copy[start]))
    if spelling.script == "latin":
        return not (before < "\u0250" and before.isalnum()) or not copy[start].isalnum()
    if not before.isalpha():
        return True
    if spelling.script == "letters":
        return False
    first = start - 1
    while first > 0 and copy[first - 1].isalpha():
        first -= 1
    allowed = _ARABIC_BEFORE if spelling.script == "arabic" else _HEBREW_BEFORE
    return allowed.fullmatch(copy, first, start) is not None


def _free_after(copy: str, end: int, spelling: Spelling[Entry], language: str) -> bool:
    if end >= len(copy) or spelling.last in {"open", "free"}:
        return True
    after = copy[end]
    if spelling.last == "latin":
        if not (after < "\u0250" and after.isalnum()) or not copy[end - 1].isalnum():
            return True
        if language not in INFLECTING or spelling.length < 5 or after.isdigit():
            return False
        return _ending(copy, end) <= 3
    if not after.isalpha():
        return True
    if spelling.length < 5:
        return False
    return _ending(copy, end) <= (3 if spelling.last == "letters" else 2)


def _ending(copy: str, end: int) -> int:
    stop = end
    while stop < len(copy) and copy[stop].isalpha():
        stop += 1
    return stop - end

"""The Latin forms under which a name is compared, each with how it was made."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from licet.parties import chinese, normal, scripts, weights

#: Shorter words are not put right: too many are one letter apart.
_LONG: Final = 6
#: Words of long legal forms, beside the vocabulary.
_PHRASE_WORDS: Final = frozenset(
    {"liability", "publichnoe", "publichnoye", "otkrytoe", "otkrytoye", "zakrytoe", "zakrytoye", "aktsionernoe",
     "aktsionernoye", "aktsionernoy", "obshchestvo", "obschestvo", "ogranichennoy", "ogranichennoi", "otvetstvennostyu",
     "otvetstvennost", "unitary", "federal", "unitarnoe"}
)  # fmt: skip
#: Scripts that leave out vowels, or spell foreign names by sound: compared by sound besides.
BY_SOUND: Final = frozenset({"arabic", "hebrew", "hangul", "kana", "han"})


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name in Latin letters.

    Attributes:
        tokens: comparable tokens, in order.
        how: ``as written``, ``transliterated``, ``pinyin``, ``translated``, ``brand table``, ``Palladius``,
            ``look-alike letters``.
        by_sound: its letters are only good for the sound.
    """

    tokens: tuple[str, ...]
    how: str
    by_sound: bool = False

    @property
    def text(self) -> str:
        """The form as one string."""
        return " ".join(self.tokens)


@functools.lru_cache(maxsize=16384)
def forms(name: str) -> tuple[Form, ...]:
    """Every form of a name; the first is the plainest.

    Raises:
        BadValue: the name holds nothing to compare.
    """
    text = normal.cleaned(name)
    found = _respelled(normal.words(text))
    if text.isascii():
        return (Form(tuple(normal.canonical(found)), "as written"),)
    if all(word.isascii() for word in found):
        mixed = any(ord(char) > 0x24F and char.isalpha() for char in text)
        return (Form(tuple(normal.canonical(found)), "look-alike letters" if mixed else "as written"),)
    return _native(found)


@functools.cache
def _common() -> tuple[dict[str, str], frozenset[str]]:
    """Slips in the words of trade and legal form, and the words that are no slip."""
    known = {*normal.vocabulary(), *_PHRASE_WORDS}
    table: dict[str, str] = {}
    for word in sorted(known, key=lambda word: (len(word) < 7, word)):
        if len(word) >= _LONG:
            for at in range(len(word)):
                table.setdefault(word[:at] + word[at + 1 :], word)
    return table, frozenset(known | weights.bundled().count.keys())


def _respelled(found: list[str]) -> list[str]:
    """Words with the slips in legal forms and trades put right; names are left as they are."""
    table, known = _common()
    result = []
    for word in found:
        if len(word) < _LONG - 1 or word in known or not word.isascii() or not word.isalpha():
            result.append(word)
            continue
        near = table.get(word)
        for at in range(len(word)) if near is None else ():
            slip = word[:at] + word[at + 1 :]
            near = slip if slip in known and len(slip) >= _LONG and slip in _targets() else table.get(slip)
            if near is not None and OSA.distance(word, near) == 1:
                break
            near = None
        result.append(near or word)
    return result


@functools.cache
def _targets() -> frozenset[str]:
    return frozenset({*normal.vocabulary(), *_PHRASE_WORDS})


def _native(found: list[str]) -> tuple[Form, ...]:
    """Forms of words of which some are not Latin."""
    kinds = {normal.script(char) for word in found for char in word} - {"", "latin"}
    if "han" in kinds and "kana" not in kinds:
        return _chinese(found)
    first = [scripts.latin(word, _script(word)) if not word.isascii() else word for word in found]
    result = [_form(" ".join(first), "transliterated", by_sound=bool(kinds & BY_SOUND))]
    if "cyrillic" in kinds:
        read = [scripts.palladius(word) or plain for word, plain in zip(found, first, strict=True)]
        if read != first:
            result.append(_form(" ".join(read), "Palladius"))
    if kinds <= {"cyrillic", "greek"}:
        seen = [normal.lookalike(word) or plain for word, plain in zip(found, first, strict=True)]
        if seen != first and all(map(str.isascii, seen)):
            result.append(_form(" ".join(seen), "look-alike letters"))
    if "han" in kinds:  # Japanese with kana: readings of the characters are a guess
        result += [form for form in _chinese([w for w in found if _script(w) != "kana"]) if form.tokens]
    return tuple(dict.fromkeys(form for form in result if form.tokens))


def _chinese(found: list[str]) -> tuple[Form, ...]:
    joined = "".join(word for word in found if not word.isascii())
    latin = [word for word in found if word.isascii()]
    parts = [word for word in found if not word.isascii()]
    made = []
    if len(parts) > 1 and not any(kind != "name" for _, kind in chinese.segments(chinese.simplified(joined)) if kind):
        # 弗拉基米尔·普京: the dot divides a foreign name
        made.append(
            _form(" ".join("".join(chinese.pinyin(chinese.simplified(w))) for w in parts), "pinyin", by_sound=True)
        )
    for text, how in chinese.translations(joined):
        made.append(_form(" ".join([*latin, text]), how))
    return tuple(dict.fromkeys(form for form in made if form.tokens))


def _form(text: str, how: str, *, by_sound: bool = False) -> Form:
    plain = text.split()
    return Form(tuple(normal.canonical(plain)), how, by_sound)


def _script(word: str) -> str:
    for char in word:
        if found := normal.script(char):
            return found
    return ""

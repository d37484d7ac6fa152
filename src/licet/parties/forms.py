"""The Latin forms under which a name is compared, each with how it was made."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

from licet.parties import chinese, normal, scripts

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
    if text.isascii():
        return (Form(tuple(normal.tokens(text)), "as written"),)
    found = normal.words(text)
    if all(word.isascii() for word in found):
        mixed = any(ord(char) > 0x24F and char.isalpha() for char in text)
        return (Form(tuple(normal.canonical(found)), "look-alike letters" if mixed else "as written"),)
    return _native(found)


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

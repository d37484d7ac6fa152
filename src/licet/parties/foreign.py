"""Names in Arabic, Hebrew, Hangul and kana of which some words are translated: bank, company, university, Iran.

The English names on the lists translate trades, places and legal forms, and spell the rest by its sound. So words of
``data/foreign.csv`` are put in English, and what remains is left to the ear. Korean writes such words together, and a
person's name in one word of which the first syllable is the surname.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Final

from licet.parties import chinese, normal
from licet.parties.aloud import pinyin

#: Surnames of more than nine in ten Koreans, and those that the North spells otherwise.
_SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변"
    "염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용리림량려로라녀"
)
_LONG_SURNAMES: Final = frozenset(["남궁", "황보", "제갈", "선우", "독고", "사공", "서문"])
#: Written before a name without a space: the article, in Arabic and in Hebrew.
_ARTICLES: Final = {"arabic": "ال", "hebrew": "ה"}
_SAME_LETTER: Final = str.maketrans("أإآىیکةۀ", "اااييكهه")


@functools.cache
def terms(script: str) -> dict[str, str]:
    """Words of a script that are translated, and the English for each."""
    text = resources.files("licet.parties").joinpath("data/foreign.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {_plain(row["native"]): row["english"] for row in rows if row["script"] == script}


@functools.cache
def english() -> frozenset[str]:
    """Every word that stands in a name because it was translated, so that no sound is to be looked for in it.

    Not those of places: Iran may be an Ilan by his sound.
    """
    text = resources.files("licet.parties").joinpath("data/foreign.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return frozenset(token for row in rows if row["kind"] != "place"
                     for token in normal.canonical(row["english"].split()))  # fmt: skip


def _plain(word: str) -> str:
    """A word as Arabic and Persian may write it alike: their letters k and y, alif and ta marbuta."""
    return "".join(normal.words(normal.cleaned(word))).translate(_SAME_LETTER)


@functools.cache
def brands(script: str) -> dict[str, str]:
    """Names of firms as a script writes them, and as the lists do."""
    rows = ((_plain(native), latin) for native, (latin, *_) in chinese.brand_names().items())
    return {native: latin for native, latin in rows if normal.script(native[0]) == script}


def branded(words: Sequence[str], script: str) -> list[str] | None:
    """The words with brands and what else is known in Latin letters; None where no brand is among them."""
    known = brands(script)
    if not any(brand in _plain(word) for word in words if not word.isascii() for brand in known):
        return None
    found = _known(words, script, terms(script) | known)
    latin = set(known.values())
    return found if found is not None and latin & set(found) else None


def translated(words: Sequence[str], script: str) -> list[str] | None:
    """The words with those that are known in English, the rest as it was; None where none is known."""
    return _known(words, script, terms(script))


def _known(words: Sequence[str], script: str, known: Mapping[str, str]) -> list[str] | None:
    found: list[str] = []
    for word in words:
        if word.isascii():
            found.append(word)
        elif script in ("hangul", "kana"):
            found += _cut(word, script, known)
        else:
            plain = word.translate(_SAME_LETTER)
            english = known.get(plain) or known.get(plain.removeprefix(_ARTICLES.get(script, "")))
            found += english.split() if english else [word]
    return found if found != list(words) else None


def _cut(word: str, script: str, known: Mapping[str, str]) -> list[str]:
    """A word cut into those that are known, in English, and what is left between them: the least that can be left."""
    longest = max(map(len, known))
    best: list[tuple[int, int, tuple[tuple[str, bool], ...]]] = [(0, 0, ())]
    for end in range(1, len(word) + 1):
        left, parts, path = best[end - 1]
        if path and not path[-1][1]:
            option = (left + 1, parts, (*path[:-1], (path[-1][0] + word[end - 1], False)))
        else:
            option = (left + 1, parts + 1, (*path, (word[end - 1], False)))
        for start in range(max(0, end - longest), end):
            if word[start:end] in known:
                left, parts, path = best[start]
                option = min(option, (left, parts + 1, (*path, (word[start:end], True))), key=lambda one: one[:2])
        best.append(option)
    path = best[-1][2]
    if any(len(piece) < 2 and not is_term for piece, is_term in path):
        return [word]  # a single syllable left over is part of a name that looks like the word
    if not any(is_term for _, is_term in path):
        return _japanese(word) if script == "kana" else [word]
    return [put for piece, is_term in path for put in (known[piece].split() if is_term else [piece])]


def _japanese(word: str) -> list[str]:
    """Chinese characters that are all words of the dictionary, in English; else the word."""
    if normal.script(word[0]) != "han":
        return [word]
    pieces = chinese.segments(chinese.simplified(word))
    if any(kind in ("name", "brand") for _, kind in pieces):
        return [word]
    return [put for piece, _ in pieces for put in chinese.terms()[piece][0][0].split()]


def korean_person(words: Sequence[str]) -> list[str] | None:
    """A Korean name as surname and the syllables of the given name, as the lists write it; None: it is none."""
    text = "".join(words)
    cut = 2 if text[:2] in _LONG_SURNAMES and len(text) > 2 else 1
    if len(words) > 2 or not 2 <= len(text) <= 4 or (len(words) == 2 and len(words[0]) != cut):
        return None
    if cut == 1 and (text[0] not in _SURNAMES or len(text) > 3):
        return None
    return [text[:cut], *text[cut:]]


def by_ear(text: str) -> str:
    """A foreign name in Chinese characters, in pinyin as it sounds: q is ch and x is sh."""
    return "".join(pinyin(chinese.simplified(text))).replace("q", "ch").replace("x", "sh")

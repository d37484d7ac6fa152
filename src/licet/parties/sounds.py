"""Keys under which spellings of one sound meet.

`skeleton` joins the Latin spellings of a word (Mohammed, Muhamad; Yusuf, Youssef). `sound` is coarser and joins a word
with its transcription into another script and back (Vladimir, beulladimireu, fulajimier).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

#: Spellings of one sound, in the order in which they are put.
_RULES: Final = [
    (old, put)
    for put, olds in (
        ("s", "shch tsch sch sht"), ("j", "tch tj dzh dj dz zh ch"), ("h", "kh gh"), ("ks", "x"), ("f", "ph"),
        ("t", "th"), ("d", "dh"), ("s", "sh ts tz"), ("se", "ce"), ("si", "ci cy"), ("k", "ck q c"), ("s", "z"),
        ("v", "w"), ("s", "ks"),
    )
    for old in olds.split()
]  # fmt: skip
_SILENT: Final = re.compile(r"(?<=.)h(?![aeiouy])")
_VOWELS: Final = str.maketrans("", "", "aeiouyj")
_DOUBLE: Final = re.compile(r"(.)\1+")


def skeleton(token: str) -> str:
    """Consonants of a Latin word in one spelling, its first letter kept (all vowels under one)."""
    found = _KNOWN.get(token)
    if found is None:
        if len(_KNOWN) > _MOST:
            _KNOWN.clear()
        found = _KNOWN[token] = _skeleton(token)
    return found


_MOST: Final = 1 << 17
_KNOWN: Final[dict[str, str]] = {}


def learn(tokens: Iterable[str]) -> None:
    """Remember `skeleton` of each of many tokens; that is quicker than one by one."""
    new = [token for token in tokens if token not in _KNOWN]
    if len(_KNOWN) + len(new) > _MOST:
        _KNOWN.clear()
    _KNOWN.update(zip(new, skeletons(new), strict=True))


def _skeleton(token: str) -> str:
    text = _DOUBLE.sub(r"\1", token)
    for old, put in _RULES:
        if old in text:
            text = text.replace(old, put)
    if "h" in text:
        text = _SILENT.sub("", text)
    text = _DOUBLE.sub(r"\1", text[:1] + text[1:].translate(_VOWELS))
    return "a" + text[1:] if text[:1] in "aeiouy" else text


def skeletons(tokens: Sequence[str]) -> list[str]:
    """`skeleton` of each of many tokens, in one go over all their letters."""
    if len(tokens) < _FEW:
        return list(map(_skeleton, tokens))
    text = _text(_once(_letters("\n".join(tokens))))
    for old, put in _RULES:
        text = text.replace(old, put)
    letters = _letters(text)
    later = np.concatenate(([False], letters[:-1] != _END))
    vowel = _VOWEL[np.minimum(letters, 127)]
    silent = later & (letters == ord("h")) & ~np.append(vowel[1:] & (letters[1:] != ord("j")), False)
    letters = _once(letters[~(later & vowel | silent)])
    first = np.concatenate(([True], letters[:-1] == _END)) & _VOWEL[np.minimum(letters, 127)] & (letters != ord("j"))
    return _text(np.where(first, ord("a"), letters)).split("\n")


_FEW: Final = 32
_END: Final = ord("\n")
_VOWEL: Final = np.array([chr(code) in "aeiouyj" for code in range(128)])


def _letters(text: str) -> Any:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _text(letters: Any) -> str:
    return str(letters.astype(np.uint32).tobytes(), "utf-32-le", "surrogatepass")


def _once(letters: Any) -> Any:
    """Each letter once that stands there several times in a row."""
    return letters[np.concatenate(([True], (letters[1:] != letters[:-1]) | (letters[1:] == _END)))]


_VOWEL_RUNS: Final = ((re.compile(r"ae|ai|ay|ei|ey|ee|ie|[eiy]"), "i"), (re.compile(r"au|aw|ou|oo|ow|[ou]"), "u"))


@functools.lru_cache(maxsize=65536)
def same_vowels(token: str) -> str:
    """The word with the vowels that spellings of Arabic confuse under one: Qaeda, Qa'ida; Hodeida, Hudayda.

    They write three vowels in many ways and a letter doubled or not; the order of the consonants is kept.
    """
    for pattern, put in _VOWEL_RUNS:
        token = pattern.sub(put, token)
    return _DOUBLE.sub(r"\1", token)


#: Spellings of Korean, under the one that is put: the Revised Romanization, McCune-Reischauer as the lists write it
#: without its marks, and what people call themselves.
_KOREAN: Final = [
    (re.compile(pattern), put)
    for pattern, put in (
        (r"^(?:lee|rhee|yi|ri|li|i)$", "i"), (r"^(?:choi|choy|choe)$", "choe"), (r"^(?:woo|wu|u)$", "u"),
        (r"^park$", "pak"), (r"^(?:roh|noh|ro|no|rho)$", "no"), (r"^y[ou]+n?g$", "yong"),
        (r"hyun", "hyon"), (r"kyung", "kyong"), (r"jung|chung", "jong"), (r"sung", "song"), (r"^s[uo]h$", "so"),
        (r"^hu?e?o?r?$", "ho"), (r"^[ue]+m$", "om"), (r"yeo|you", "yo"), (r"eo", "o"), (r"eu|oo", "u"), (r"ee", "i"),
        (r"ui", "i"), (r"ck|kk|gg", "k"), (r"(?<=[ktpc])h", ""), (r"(?<=[aeiou])h(?![aeiouy])", ""), (r"sh", "s"),
        (r"ng(?![aeiouyw])", "N"), (r"g", "k"), (r"d", "t"), (r"b", "p"), (r"c|z", "j"), (r"^[rl](?=[iy])", ""),
        (r"^r", "n"), (r"r|ll", "l"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


@functools.lru_cache(maxsize=1 << 17)
def korean(token: str) -> str:
    """A Korean word in one spelling, whatever the romanization: Pyongyang is Pyeongyang, Pak is Bak or Park."""
    for pattern, put in _KOREAN:
        token = pattern.sub(put, token)
    return token

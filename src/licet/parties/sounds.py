"""Keys under which spellings of one sound meet.

`skeleton` joins the Latin spellings of a word (Mohammed, Muhamad; Yusuf, Youssef). `sound` is coarser and joins a word
with its transcription into another script and back (Vladimir, beulladimireu, fulajimier).
"""

from __future__ import annotations

import functools
import re
from typing import Final

_RULES: Final = [
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(.)\1+", r"\1"), (r"shch|sch|tsch|sht", "s"), (r"tch|tj|dj|dzh|dz|zh", "j"), (r"ch", "j"), (r"kh|gh",
        "h"), (r"x", "ks"),
        (r"ph", "f"), (r"th", "t"), (r"dh", "d"), (r"sh|ts|tz|c(?=[eiy])", "s"), (r"ck|q|c", "k"), (r"z", "s"),
        (r"w", "v"),
        (r"ou", "u"), (r"ks", "s"), (r"(?<!^)h(?![aeiouy])", ""),
    )
]  # fmt: skip
_VOWELS: Final = re.compile(r"(?<!^)[aeiouyj]")
_DOUBLE: Final = re.compile(r"(.)\1+")


@functools.lru_cache(maxsize=262144)
def skeleton(token: str) -> str:
    """Consonants of a Latin word in one spelling, its first letter kept (all vowels under one)."""
    text = token
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    text = _DOUBLE.sub(r"\1", _VOWELS.sub("", text))
    return "a" + text[1:] if text[:1] in "aeiouy" else text


_COARSE: Final = [
    (re.compile(pattern), put)
    for pattern, put in (
        (r"shch|sch|tsch|ks", "S"), (r"zh|ch|sh|dj|dzh|tch|ts|tz|dz", "S"), (r"th|dh", "T"), (r"ph", "F"),
        (r"kh|gh", "K"),
        (r"ng", "N"), (r"[sxzcj]", "S"), (r"q", "K"), (r"[gk]", "K"), (r"[td]", "T"), (r"[pb]", "P"), (r"[fv]", "F"),
        (r"[lr]", "L"), (r"n", "N"), (r"m", "M"), (r"w", "F"),
    )
]  # fmt: skip
_SOFT: Final = re.compile(r"[aeiouyh]+")


@functools.lru_cache(maxsize=262144)
def sound(token: str) -> str:
    """Coarse classes of consonants: what survives a trip through another script."""
    text = token
    for pattern, put in _COARSE:
        text = pattern.sub(put, text)
    return _DOUBLE.sub(r"\1", _SOFT.sub("", text))


_JOIN: Final = str.maketrans("SF", "TP")
_NASAL: Final = str.maketrans("M", "N")


@functools.lru_cache(maxsize=262144)
def echo(token: str) -> str:
    """Coarser still: what Chinese and Japanese leave of a foreign name, where di is ji and v is f or w."""
    return _DOUBLE.sub(r"\1", sound(token).translate(_JOIN).translate(_NASAL))

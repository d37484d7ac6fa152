"""The matching copy of a text: one form of each letter, with the way back to where it stood.

Every letter becomes one letter: small, without accent, half-width, simplified Chinese, one form of each Arabic
letter. So offsets stay what they are, except where points, vowel signs and spaces between East Asian characters
are left out; for those the copy remembers how far it has moved.
"""

from __future__ import annotations

# ruff: noqa: E501 - lists of words and patterns read best on one line
import bisect
import functools
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources
from typing import Final

_SAME: Final = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "„": '"',
    "″": '"',
    "״": '"',
    "׳": "'",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "−": "-",
    "־": "-",
    "\n": " ",
    "\t": " ",
    "\r": " ",
    "ı": "i",
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "ħ": "h",
    "ё": "е",
    "ς": "σ",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ة": "ه",
    "ہ": "ه",
    "ۀ": "ه",
    "ھ": "ه",
    "•": "·",
    "・": "·",
    "‧": "·",
    "∙": "·",
    "，": ",",
    "臺": "台",
}
_LEFT_OUT: Final = re.compile(
    "[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u093c\u200b-\u200f\u2060\ufeff]"
)
_EAST: Final = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_EASTERN: Final = re.compile(f"[{_EAST}]")
_SPACE: Final = re.compile(
    rf"(?<=[{_EAST}。、]) +(?=[a-z0-9{_EAST}「(])|(?<=[a-z0-9)」]) +(?=[{_EAST}])|(?<=(?<![a-z])[a-z]) (?=\d)|(?<=\d) (?=[a-z](?![a-z]))"
)
_LOOKALIKE: Final = re.compile(r"(?<![а-я])[авекмнорстх](?=\d{2,3})")
_LATIN_OF: Final = dict(zip("авекмнорстх", "abekmhopctx", strict=True))


class _Letters(dict[int, str]):
    """The table of `str.translate`, made letter by letter as they are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        letter = _SAME.get(char) or _simplified().get(char) or _plain(char)
        self[code] = letter
        return letter


def _plain(char: str) -> str:
    if "\uac00" <= char <= "\ud7a3":
        return char
    whole = unicodedata.normalize("NFKC", char)
    char = whole if len(whole) == 1 else char
    small = char.lower()
    char = small if len(small) == 1 else small[0]
    if char in _SAME:
        return _SAME[char]
    if "\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1fff" or "\u0370" <= char <= "\u03ff":
        base = unicodedata.normalize("NFD", char)[0]
        return _SAME.get(base, base)
    if char.isspace():
        return " "
    return _simplified().get(char, char)


@functools.cache
def _simplified() -> dict[str, str]:
    old, new = resources.files("licet.newswire").joinpath("data/simplified.txt").read_text("utf-8").split()
    return dict(zip(old, new, strict=True))


_LETTERS: Final = _Letters()


@dataclass(frozen=True, slots=True)
class Folded:
    """The matching copy of a text, and where each of its characters stood.

    Attributes:
        text: the copy.
        starts, shifts: from the position `starts[i]` in the copy on, `shifts[i]` characters have been left out.
    """

    text: str
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text for a span of the copy."""
        if not self.starts:
            return start, end
        first = bisect.bisect_right(self.starts, start) - 1
        last = bisect.bisect_right(self.starts, end - 1) - 1
        return start + (self.shifts[first] if first >= 0 else 0), end + (self.shifts[last] if last >= 0 else 0)


def fold(text: str) -> Folded:
    """The matching copy of `text`."""
    copy = text.translate(_LETTERS)
    if copy.isascii():
        return Folded(copy)
    copy = _LOOKALIKE.sub(lambda found: _LATIN_OF[found[0]], copy)
    gone = [found.span() for found in _LEFT_OUT.finditer(copy)]
    if _EASTERN.search(copy):
        gone = sorted([*gone, *(found.span() for found in _SPACE.finditer(copy))])
    if not gone:
        return Folded(copy)
    parts, starts, shifts, at, moved = [], [], [], 0, 0
    for start, end in gone:
        parts.append(copy[at:start])
        moved += end - start
        starts.append(end - moved)
        shifts.append(moved)
        at = end
    return Folded("".join([*parts, copy[at:]]), tuple(starts), tuple(shifts))

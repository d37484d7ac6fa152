"""Which language a text is in, offline: by its script where that decides, else by CLD2.

The language is a label, and settles small doubts (whether ``Mali`` is a country); names are looked for in all
languages whatever it says.
"""

from __future__ import annotations

import re
from typing import Final

import pycld2

#: Scripts one language alone is written in, among those news come in.
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("th", re.compile(r"[\u0e01-\u0e5b]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0391-\u03c9]")),
    ("hy", re.compile(r"[\u0561-\u0586]")),
    ("ka", re.compile(r"[\u10d0-\u10ff]")),
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_SAME: Final = {"iw": "he", "zh-Hant": "zh", "zh-TW": "zh", "no": "nb", "nn": "nb", "jw": "jv", "tl": "fil", "in": "id", "ms": "id",
                "bs": "hr", "sr-Latn": "sr"}  # fmt: skip
_MARKS: Final = (
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[ыэъЫЭЪ]")),
    ("fa", re.compile(r"[پچژگ]")),
    ("vi", re.compile(r"[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")),
)
_LONGEST: Final = 4000
_NOT_WORDS: Final = re.compile(r"https?://\S+|\S+@\S+|<[^>]{0,200}>|[^\S\n]+")


def identify(text: str) -> str:
    """The ISO 639 code of the language of `text`, or ``und`` where it cannot be told."""
    words = _NOT_WORDS.sub(" ", text[:_LONGEST]).strip()
    letters = {language: len(script.findall(words)) for language, script in _SCRIPTS}
    han, latin, cyrillic = (len(script.findall(words)) for script in (_HAN, _LATIN, _CYRILLIC))
    language, count = max(letters.items(), key=lambda pair: pair[1])
    if language == "ja" and count and (han + count) * 3 > latin and count * 12 > han:
        return "ja"
    if language != "ja" and count * 2 > latin:
        return language
    if han * 4 > latin:
        return "zh"
    marked = _marked(words)
    try:
        sure, _, guesses = pycld2.detect(words.encode("utf-8", "ignore"), isPlainText=True, bestEffort=True)
    except pycld2.error:
        return marked or "und"
    found = _SAME.get(guesses[0][1], guesses[0][1])
    if marked and (
        not sure or found == "un" or (marked in {"uk", "ru"} and cyrillic) or (marked == "fa" and found == "ar")
    ):
        return marked
    return "und" if found == "un" else found


def _marked(words: str) -> str:
    """The language whose own letters the text has, where they come often enough not to be in a name."""
    for language, letters in _MARKS:
        if len(letters.findall(words)) * 60 > len(words):
            return language
    return ""

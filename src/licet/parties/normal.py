"""Names made comparable: one form of each letter, words in lower case, abbreviations and legal forms under one word.

What cannot be compared is refused, not dropped: a name with no letter or digit in it, or one longer than any name.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from importlib import resources
from typing import Final

from licet.errors import BadValue

#: No listed name has more than 400 characters; longer text is a document, not a name.
LONGEST: Final = 1000

#: What colors a terminal, and comes along when text is copied from one.
_COLORS: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
#: From here on text is shown from right to left.
TURNED: Final = "\u202e"
#: Text whose direction is overridden: it is shown from right to left, whatever its letters are.
_RUN: Final = re.compile("\u202e([^\u202c\u202e]*)\u202c?")
#: Legal forms that Japanese and Korean names carry in one sign or in brackets.
_IN_BRACKETS: Final = {"(株)": " 株式会社 ", "(有)": " 有限会社 ", "(주)": " 주식회사 ", "(유)": " 유한회사 "}
_ASCII: Final = re.compile(r"[a-z0-9]+")
_DOTTED: Final = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_QUOTES: Final = re.compile(r"['`\"’ʼ‘´ʻʾʿ]")
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th)")
_NUMBERS: Final = {
    word: str(number)
    for number, words in enumerate(
        ("first one", "second two", "third three", "fourth four", "fifth five", "sixth six", "seventh seven",
         "eighth eight", "ninth nine", "tenth ten", "eleventh eleven", "twelfth twelve", "thirteenth",
         "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"), 1)
    for word in words.split()
} | {"ii": "2", "iii": "3", "vii": "7", "viii": "8"}  # fmt: skip
#: Letters that look like Latin ones, by the Latin letter they are taken for.
_LOOKALIKE: Final = {
    **{ord(a): b for a, b in zip("авсеһіјкморѕтухԁԛԝѵ", "abcehijkmopstyxdqwv", strict=True)},
    ord("н"): "h", ord("ӏ"): "l", ord("ԍ"): "g", ord("п"): "n", ord("г"): "r", ord("и"): "u", ord("ш"): "w",
    **{ord(a): b for a, b in zip("αβεικνορτυχωγηκ", "abeikvoptuxwynk", strict=True)},
    ord("μ"): "m", ord("ζ"): "z",
}  # fmt: skip
#: Cyrillic and Greek letters that pass for Latin in print. A word made of these alone may be either.
_PASSES: Final = frozenset("авсеһіјкмнорѕтухԁԛԝѵαβεικνορτυχ")
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ß": "ss",
     "ə": "a", "ŧ": "t", "ĸ": "k", "ſ": "s"}
)  # fmt: skip


def cleaned(name: str) -> str:
    """`name` in lower case and one normal form: no marks of direction, emoji or control characters, no accents.

    Raises:
        BadValue: nothing is left that could be compared, or it is longer than any name.
    """
    if len(name) > LONGEST:
        raise BadValue(f"a name of {len(name):,} characters cannot be screened",
                       why=f"no name has more than {LONGEST:,}", next="screen one party at a time")  # fmt: skip
    if "\x1b" in name:
        name = _COLORS.sub(" ", name)
    if name.isascii():
        text = name.lower()
    else:
        text = _plain(name)
    if not any(map(str.isalnum, text)):
        shown = repr(name) if len(name) <= 40 else repr(name[:40]) + "…"
        raise BadValue(f"{shown} holds no letter or digit to compare", next="give the name of the party")
    return text


def as_shown(name: str) -> str | None:
    """The name as a reader sees it where letters are shown in another order than they are stored; else None."""
    if TURNED not in name:
        return None
    shown = _RUN.sub(lambda found: found[1] if _runs_left(found[1]) else found[1][::-1], name)
    return None if cleaned(shown) == cleaned(name) else shown


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _plain(name: str) -> str:
    composed = unicodedata.normalize("NFKC", name).casefold()
    if "(" in composed:
        for sign, form in _IN_BRACKETS.items():
            composed = composed.replace(sign, form)
    folded = unicodedata.normalize("NFKD", composed)
    kept = []
    base = ""
    for char in folded:
        kind = unicodedata.category(char)
        if kind in ("Cf", "Cn", "Co", "Cs") or (kind in ("Mn", "Me") and _accent(char, base)):
            continue
        base = char if kind[0] == "L" else base
        kept.append(" " if kind in ("Cc", "So", "Sk", "Zs", "Zl", "Zp") else char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


def _accent(char: str, base: str) -> bool:
    """Accents, Hebrew points, Arabic vowels; the marks of Cyrillic, of Indic scripts and of kana are letters."""
    return not (
        "а" <= base <= "ԯ" or "\u0900" <= char <= "\u0dff" or "\u0e00" <= char <= "\u0eff" or char in "\u3099\u309a"
    )


def words(text: str) -> list[str]:
    """The words of cleaned text, punctuation gone, "S.A." as one word."""
    text = _QUOTES.sub("", text)
    text = undotted(text)
    if "&" in text:
        text = text.replace("&", " and ")
    if text.isascii():
        return _ASCII.findall(text)
    found = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text)
    return [one for word in found.split() for one in _unmixed(word)]


def undotted(text: str) -> str:
    """Text in which initials are one word: "s.a." is "sa"."""
    return _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text) if "." in text else text


def _unmixed(word: str) -> list[str]:
    """A word of one script; look-alike letters from another are read as what they look like."""
    if word.isascii():
        return [word]
    scripts = {script(char) for char in word} - {""}
    if len(scripts) == 1:
        return [word]
    if scripts <= {"latin", "cyrillic", "greek"}:
        return [word.translate(_LOOKALIKE)]
    parts: list[str] = []  # "tcl科技", "第7研究所", "トヨタ自動車"
    before = None
    for char in word:
        now = script(char) or ("latin" if char.isascii() else before)
        if parts and now == before:
            parts[-1] += char
        else:
            parts.append(char)
        before = now
    return parts


def lookalike(word: str) -> str:
    """The Latin word that a Cyrillic or Greek word could be printed for, or nothing."""
    return word.translate(_LOOKALIKE) if not word.isascii() and all(char in _PASSES for char in word) else ""


@functools.lru_cache(maxsize=8192)
def script(char: str) -> str:
    """Script of a letter, by its Unicode name; nothing for digits and marks."""
    if char.isascii():
        return "latin" if char.isalpha() else ""
    first = unicodedata.name(char, "").split(" ")[0].split("-")[0].lower()
    if first in ("cjk", "ideographic", "hangzhou", "kangxi"):
        return "han"
    if first in ("hiragana", "katakana"):
        return "kana"
    return first if char.isalpha() else ""


@functools.cache
def vocabulary() -> dict[str, tuple[str, str]]:
    """Known words: the one word that each stands for, and its kind (legal, generic, stop, particle, person)."""
    text = resources.files("licet.parties").joinpath("data/words.csv").read_text(encoding="utf-8")
    return {row["word"]: (row["canonical"] or row["word"], row["kind"]) for row in csv.DictReader(text.splitlines())}


@functools.cache
def _phrases() -> tuple[re.Pattern[str], re.Pattern[str], list[tuple[str, re.Pattern[str], str]]]:
    """What a name with a phrase in it holds, the first words of that, and each phrase: it, its pattern, what is put."""
    text = resources.files("licet.parties").joinpath("data/phrases.csv").read_text(encoding="utf-8")
    rows = [(row["holds"], re.compile(row["pattern"]), row["put"]) for row in csv.DictReader(text.splitlines())]
    held = dict.fromkeys(holds for holds, _, _ in rows)
    first = {("^" if holds[0] == " " else "") + holds.split()[0] + "$" for holds in held if len(holds.split()) > 1}
    return re.compile("|".join(map(re.escape, held))), re.compile("|".join(sorted(first))), rows


_SPELLED: Final = re.compile(r"\b[a-z](?: [a-z]){2,}\b")


def tokens(text: str) -> list[str]:
    """The comparable tokens of cleaned text in Latin letters, in order."""
    return canonical(words(text))


def canonical(found: list[str]) -> list[str]:
    """Tokens for words: legal forms under one word, abbreviations spelled out, numerals as digits."""
    joined = " ".join(found)
    if _SPELLED.search(joined):
        joined = _SPELLED.sub(lambda letters: letters[0].replace(" ", ""), joined)
        found = joined.split()
    maybe, _, phrases = _phrases()
    joined = f" {joined} "
    if maybe.search(joined):
        for holds, pattern, put in phrases:
            if holds in joined:
                joined = pattern.sub(put, joined)
        found = joined.split() or found
    return [each for word in found for each in token(word).split()]


def token(word: str) -> str:
    """The token for a word that is in no phrase; two with a blank between for one that is written together."""
    entry = vocabulary().get(word)
    if entry is not None:
        return entry[0]
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word[0].isdigit() and (ordinal := _ORDINAL.fullmatch(word)):
        return ordinal[1]
    if word[:3] == "abd" and (servant := _SERVANT.fullmatch(word)):
        return f"{SERVANT} " + _TWICE.sub("", servant[1])
    return word


def may_be_phrase(word: str) -> bool:
    """Whether words may no longer be one token each where this one is among them."""
    maybe, first, _ = _phrases()
    return first.search(word) is not None or maybe.search(f" {word} ") is not None or " " in token(word)


SERVANT: Final = "abd"
#: "Servant of the", written together with one of the names of God: Abdulkarim, Abdelnasser, Abderrahman; the l of the
#: article may have become the letter that follows. Abdullah and what is derived from it are names of their own.
_SERVANT: Final = re.compile(
    r"""abd[aeiou]{1,2}
        (?: l (?! l?ah | l?a[ey] | i$ )
          | (?= r+[ae]h | r+a[sz] | s+[ae]l | s+am | s+at | sh+[ae]k | n+[ao]s | n+ou?r | z+ah | t+aw | d+a ) )
        ([a-z]{3,})""",
    re.VERBOSE,
)
_TWICE: Final = re.compile(r"^(.)(?=\1)")

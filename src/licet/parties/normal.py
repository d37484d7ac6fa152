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


#: Forms of companies in full, after Annexes I and II of Directive (EU) 2017/1132, and those of Turkey, Japan and the
#: lists; first what holds another.
_PHRASES: Final = [
    (re.compile(pattern), put)
    for pattern, put in (
        (r"\bgesel+schaft mit beschra?e?nkter haftung\b", "gmbh"), (r"\bsociet\w+ europa?ea\b", "se"),
        (r"\bsociet\w+ cu raspundere limitata\b", "srl"), (r"\bsociet\w+ pe actiuni\b", "sa"),
        (r"\b(?:soci\w+ )(?:a|de|por) (?:responsab\w+|quotas de responsab\w+) lim\w+\b", "srl"),
        (r"\bsociet\w+ anonym[ei]\b", "sa"), (r"\bsocieta per azioni\b", "spa"),
        (r"\bbesloten vennootschap(?: met beperkte aansprakelijkheid)?\b", "bv"),
        (r"\bnaamloze vennootschap\b", "nv"), (r"\bspolka z o\w+ odpowiedzialnoscia\b", "spzoo"),
        (r"\bspolka akcyjna\b", "sa"), (r"\bspolecnost s rucenim omezenym\b", "sro"),
        (r"\bspolocnost s rucenim obmedzenym\b", "sro"), (r"\bakciova spolec?o?c?nost\b", "as"),
        (r"\bdru[sz]tvo s ograniceno\w+ odgovorno\w+\b", "doo"), (r"\bkorlatolt felelossegu tarsasag\b", "kft"),
        (r"\bkabushiki [kg]aisha\b", "kk"), (r"\bperseroan terbatas\b", "pt"),
        (r"\bpublic limited (?:liability )?company\b", "plc"),
        (r"\b(?:publichn\w+|otkryt\w+|zakryt\w+|nepublichn\w+) aktsionern\w+ ob\w{3,7}tvo\b", "jsc"),
        (r"\baktsionern\w+ ob\w{3,7}tvo\b", "jsc"),
        (r"\bob\w{3,7}tvo s ogranich\w+ otvetstv\w+\b", "llc"),
        (r"\b(?:tovarystvo|tovarishchestvo) [sz] \w+ \w+\b", "llc"),
        (r"\b(?:public|open|closed|private)? ?joint ?s\w{1,3}o?c\w?k\w? comp\w*\b", "jsc"),
        (r"\blimited liability (?:company|partnership)\b", "llc"),
        (r"\bcompany with limited liability\b", "llc"),
        (r"\bfederal\w* (?:state|gosudarstv\w+) (?:unitary|unitarn\w+) (?:enterprise|predpriyatie)\b", "fsue"),
        (r"\banonim sirketi?\b", "jsc"),
        (r"\b(?:limited|ltd) sirketi?\b", "ltd"),
        (r"\bsociedad anonima(?: de capital variable)?\b", "sa"),
        (r"\bs ?a de ?c ?v\b", "sa"),
        (r"\bs de r ?l(?: de c ?v)?\b", "srl"),
        (r"\bsp z o ?o\b", "spzoo"),
        (r"\bl l c\b", "llc"), (r"\bl t d\b", "ltd"), (r"\bg m b h\b", "gmbh"), (r"\bs r l\b", "srl"),
        (r"\bs a\b", "sa"),
        (r"\bfree zone (?:company|establishment|enterprise)\b", "fze"),
        (r"\bimport (?:and )?export\b", "importexport"), (r"\bimp (?:and )?exp\b", "importexport"),
        (r"\bresearch (?:and )?development\b", "rnd"), (r"\br (?:and )?d\b", "rnd"),
        (r"\bnumber (\d)", r"\1"), (r"\bno (\d)", r"\1"), (r"\bnr (\d)", r"\1"),
    )
]  # fmt: skip
_SPELLED: Final = re.compile(r"\b[a-z](?: [a-z]){2,}\b")
_MAYBE_PHRASE: Final = re.compile(
    r"haftung|societ|socied|vennoot|spol|dru[sz]tvo|korlatolt|kabush|perseroan|public limited|joint|"
    r"aktsion|ogranich|tovar|stock|liability|federal|sirket|free zone|import|imp |research|"
    r"\b(?:s|sp|l|g|r|number|no|nr) "
)


def tokens(text: str) -> list[str]:
    """The comparable tokens of cleaned text in Latin letters, in order."""
    return canonical(words(text))


def canonical(found: list[str]) -> list[str]:
    """Tokens for words: legal forms under one word, abbreviations spelled out, numerals as digits."""
    joined = " ".join(found)
    if _SPELLED.search(joined):
        joined = _SPELLED.sub(lambda letters: letters[0].replace(" ", ""), joined)
        found = joined.split()
    if _MAYBE_PHRASE.search(joined):
        for pattern, put in _PHRASES:
            joined = pattern.sub(put, joined)
        found = joined.split()
    return list(map(token, found))


def token(word: str) -> str:
    """The token for a word that is in no phrase."""
    entry = vocabulary().get(word)
    if entry is not None:
        return entry[0]
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word[0].isdigit() and (ordinal := _ORDINAL.fullmatch(word)):
        return ordinal[1]
    return word


def may_be_phrase(word: str) -> bool:
    """Whether words may no longer be one token each where this one is among them."""
    return word.endswith(_FIRST_OF_TWO) or _MAYBE_PHRASE.search(f"{word} ") is not None


#: First words of what has two words in `_MAYBE_PHRASE`.
_FIRST_OF_TWO: Final = ("public", "free")

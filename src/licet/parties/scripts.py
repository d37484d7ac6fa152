"""Words of other scripts in Latin letters.

Cyrillic follows the usage of the lists (BGN/PCGN), with Palladius read back into pinyin for Chinese names. Arabic and
Hebrew are written without short vowels and compared by their consonants. What has no rule here goes to anyascii.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from anyascii import anyascii

_CYRILLIC: Final = str.maketrans(
    {"а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
     "к": "k",
     "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
     "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
     "і": "i",
     "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "қ": "k", "ғ": "gh", "ң": "ng", "ұ": "u", "ү": "u", "ө": "o", "һ": "h",
     "ә": "a", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz"}
)  # fmt: skip
_AR: Final = str.maketrans(
    {"ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh",
     "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
     "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ى": "a",
     "ة": "a", "ء": "", "ؤ": "o", "ئ": "e", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ک": "k", "ی": "y", "ڤ": "v",
     "ہ": "h", "ھ": "h", "ں": "n", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ے": "y", "ې": "e", "ۍ": "y", "ځ": "z", "څ": "ts",
     "ړ": "r", "ډ": "d", "ټ": "t", "ښ": "sh", "ږ": "zh", "ګ": "g", "ڼ": "n", "\u200c": ""}
)  # fmt: skip
_HE: Final = str.maketrans(
    {"א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "kh", "ט": "t", "י": "y", "כ": "k",
     "ך": "k",
     "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "p", "ף": "f", "צ": "ts", "ץ": "ts",
     "ק": "k",
     "ר": "r", "ש": "sh", "ת": "t"}
)  # fmt: skip
_GREEK: Final = str.maketrans(
    {"α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
     "μ": "m",
     "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch",
     "ψ": "ps",
     "ω": "o"}
)  # fmt: skip
_GREEK_PAIRS: Final = (("ου", "ou"), ("γγ", "ng"), ("αυ", "av"), ("ευ", "ev"))
#: Pairs that are one sound where a word begins with them, and two within it.
_GREEK_FIRST: Final = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"))

#: Rendering of initials and finals of pinyin in the Palladius system.
_INITIALS: Final = {
    "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г", "k": "к", "h": "х",
    "zh": "чж", "ch": "ч", "sh": "ш", "r": "ж", "z": "цз", "c": "ц", "s": "с", "j": "цз", "q": "ц", "x": "с",
}  # fmt: skip
_FINALS: Final = {
    "a": "а", "o": "о", "e": "э", "ai": "ай", "ei": "эй", "ao": "ао", "ou": "оу", "an": "ань", "en": "энь",
     "ang": "ан",
    "eng": "эн", "ong": "ун", "i": "и", "ia": "я", "ie": "е", "iao": "яо", "iu": "ю", "ian": "янь", "in": "инь",
    "iang": "ян", "ing": "ин", "iong": "юн", "u": "у", "ua": "уа", "uo": "о", "uai": "уай", "ui": "уй", "uan": "уань",
    "un": "унь", "uang": "уан", "v": "юй", "ve": "юэ", "van": "юань", "vn": "юнь",
}  # fmt: skip
_WHOLE: Final = {
    "вэй": "wei", "вэн": "weng", "у": "wu", "и": "yi", "я": "ya", "е": "ye", "яо": "yao", "ю": "you", "янь": "yan",
    "инь": "yin", "ян": "yang", "ин": "ying", "юн": "yong", "юй": "yu", "юэ": "yue", "юань": "yuan", "юнь": "yun",
    "ва": "wa", "во": "wo", "вай": "wai", "вань": "wan", "вэнь": "wen", "ван": "wang", "эр": "er", "а": "a",
     "ань": "an",
    "ай": "ai", "ао": "ao", "хуэй": "hui", "хуй": "hui", "чжи": "zhi", "чи": "chi", "ши": "shi", "жи": "ri",
     "цзы": "zi",
    "цы": "ci", "сы": "si", "го": "guo", "бэй": "bei", "бей": "bei", "хэ": "he",
}  # fmt: skip
_PINYIN_OF: Final = {
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
     "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u", "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an ang eng ong i ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve",
    "l": "a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "zh": "a e ai ei ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "ch": "a e ai ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "sh": "a e ai ei ao ou an en ang eng i u ua uo uai ui uan un uang",
     "r": "e ao ou an en ang eng ong i u uo ui uan un",
    "z": "a e ai ei ao ou an en ang eng ong i u uo ui uan un", "c": "a e ai ao ou an en ang eng ong i u uo ui uan un",
    "s": "a e ai ao ou an en ang eng ong i u uo ui uan un", "j": "i ia ie iao iu ian in iang ing iong v ve van vn",
    "q": "i ia ie iao iu ian in iang ing iong v ve van vn", "x": "i ia ie iao iu ian in iang ing iong v ve van vn",
}  # fmt: skip


@functools.cache
def _palladius() -> dict[str, str]:
    table = dict(_WHOLE)
    for initial, finals in _PINYIN_OF.items():
        for final in finals.split():
            if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
                continue
            latin = initial + (final.replace("v", "u") if initial in "jqx" else final)
            table.setdefault(_INITIALS[initial] + _FINALS[final], latin.replace("v", "u"))
    return table


@functools.lru_cache(maxsize=16384)
def palladius(word: str) -> str:
    """Pinyin of a Cyrillic word that is made of Palladius syllables, or nothing."""
    table = _palladius()
    #: best[i]: reading of the first i letters in the fewest syllables
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            before, syllable = best[start], table.get(word[start:end])
            current = best[end]
            if before is not None and syllable and (current is None or len(before) + 1 < len(current)):
                best[end] = [*before, syllable]
    whole = best[-1]
    return "".join(whole) if whole else ""


@functools.lru_cache(maxsize=65536)
def latin(word: str, script: str) -> str:
    """A word of one script in Latin letters, lower case; may hold spaces."""
    if script == "cyrillic":
        return re.sub(r"[^a-z0-9 ]", "", anyascii(word.translate(_CYRILLIC)).lower())
    if script == "arabic":
        bare = re.sub(r"[\u064b-\u065f\u0670\u0640]", "", word)
        if bare.startswith("ال") and len(bare) > 4:
            return "al " + _vowels(bare[2:].translate(_AR))
        return re.sub(r"[^a-z0-9 ]", "", anyascii(_vowels(bare.translate(_AR))).lower())
    if script == "hebrew":
        last = "v" if len(word) > 2 and word[-1] == "ב" else ""  # never b at the end of a word
        text = anyascii((word[:-1] if last else word).translate(_HE)).lower()
        return re.sub(r"[^a-z0-9 ]", "", text[:1] + text[1:].replace("v", "u").replace("y", "i") + last)
    if script == "greek":
        for pair, put in _GREEK_FIRST:
            word = put + word[2:] if word.startswith(pair) else word
        for pair, put in _GREEK_PAIRS:
            word = word.replace(pair, put)
        return re.sub(r"[^a-z0-9 ]", "", anyascii(word.translate(_GREEK)).lower())
    if script == "hangul":
        return _hangul(word)
    if script == "kana":
        word = _SMALL_VOWEL.sub(_extended, word.replace("ッ", ""))  # it doubles a consonant
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(word).lower()))


_SMALL_VOWEL: Final = re.compile(r"([ヴチシジフテデトドツウ])([ァィゥェォャュョ])")


def _extended(found: re.Match[str]) -> str:
    """A sound that only foreign words have, as extended Hepburn writes it: ヴォ vo, チェ che, ティ ti."""
    stem = {"ヴ": "v", "ウ": "w"}.get(found[1]) or anyascii(found[1]).lower()[:-1]
    small = anyascii(found[2]).lower()
    return stem + (small[1:] if stem in ("ch", "sh", "j") and small[0] == "y" else small)


def _vowels(text: str) -> str:
    """Within a word w and y stand for u and i more often than not."""
    return text[:1] + text[1:].replace("w", "u").replace("y", "i")


_LEAD: Final = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWEL: Final = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_TAIL: Final = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]


def _hangul(word: str) -> str:
    """Revised romanization, one syllable after the other."""
    parts = []
    for char in word:
        code = ord(char) - 0xAC00
        if 0 <= code < 11172:
            lead, vowel, tail = code // 588, code % 588 // 28, code % 28
            parts.append(_LEAD[lead] + _VOWEL[vowel] + _TAIL[tail])
        else:
            parts.append(anyascii(char).lower())
    return "".join(parts).replace("lr", "ll")  # the rule of the Revised Romanization for two of this letter

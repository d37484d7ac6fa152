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
_SAME: Final = {
    "iw": "he",
    "zh-Hant": "zh",
    "zh-TW": "zh",
    "no": "nb",
    "nn": "nb",
    "jw": "jv",
    "tl": "fil",
    "in": "id",
    "ms": "id",
    "bs": "hr",
    "sr-Latn": "sr",
}
_MARKS: Final = (
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[ыэъЫЭЪ]")),
    ("fa", re.compile(r"[پچژگ]")),
    ("vi", re.compile(r"[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")),
)
#: Small words of the languages of Latin script, for texts too short or too full of names for CLD2.
_SMALL: Final = {
    "en": "the of to and for on in over with as after its it by from says will at is are was than that new",
    "fr": "le la les des du de et à aux sur dans pour par une un vers est sont au que qui ses ont",
    "es": "el la los las de del y a en por para con que un una su al más se es sobre lo unos ha",
    "pt": "o a os as de do da dos das e em no na para por com que um uma ao à mais se é sobre não foi",
    "it": "il lo la gli le di del della dei e in per con che un una al alla sui sulla è ha sul dal nel tratta non",
    "de": "der die das und den von zu mit für auf ist im ein eine nach dem des sich aus bei nicht wegen",
    "nl": "de het een van en voor op met in te aan naar uit is dat niet over bij tegen door",
    "pl": "w z na do i o od za się nie przez dla po jest oraz że",
    "cs": "v na a do se z pro že za o od je ve po k proti",
    "ro": "și în de la pe cu pentru din a care un o al",
    "sv": "och i att av för på med en ett till från som är om det vid",
    "da": "og i at af for på med en et til fra som er om det ved mod",
    "nb": "og i å av for på med en et til fra som er om det ved mot",
    "fi": "ja on ei se että ovat mukaan sekä",
    "hu": "a az és hogy nem egy is meg szerint",
    "tr": "ve bir bu için ile olarak da de yeni sonra göre çip",
    "id": "di ke dan yang untuk dari pada dengan ini akan ekspor kata",
    "vi": "và của cho việc các được với là trong sang",
    "fil": "ang ng sa mga na at",
    "gl": "o a os as do da dos das e en no na unha polo",
}
_WORDS_OF: Final = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_LANGUAGES_OF: Final = {
    word: tuple(language for language, words in _WORDS_OF.items() if word in words)
    for word in frozenset[str]().union(*_WORDS_OF.values())
}
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Up to this many words the small words are asked as well.
_SHORT: Final = 90
_MOST_ASKED: Final = 700
_LONGEST: Final = 1200
_NOT_WORDS: Final = re.compile(r"https?://\S+|\S+@\S+|<[^>]{0,200}>|[^\S\n]+")


def identify(text: str) -> str:
    """The ISO 639 code of the language of `text`, or ``und`` where it cannot be told."""
    words = _NOT_WORDS.sub(" ", text[:_LONGEST]).strip()
    some = words[:_MOST_ASKED]
    if some.isascii():
        letters, han, latin, cyrillic = {}, 0, len(some), 0
    else:
        letters = {language: len(script.findall(some)) for language, script in _SCRIPTS}
        han, latin, cyrillic = (len(script.findall(some)) for script in (_HAN, _LATIN, _CYRILLIC))
    language, count = max(letters.items(), key=lambda pair: pair[1], default=("", 0))
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
    if latin > 2 * cyrillic and not marked:
        found = _by_small_words(words, found, guesses[0][2] if sure else 0)
    if marked and (
        not sure or found == "un" or (marked in {"uk", "ru"} and cyrillic) or (marked == "fa" and found == "ar")
    ):
        return marked
    return "und" if found == "un" else found


def _by_small_words(words: str, found: str, percent: int) -> str:
    """`found`, unless a text is short and its small words are plainly those of another language."""
    said = _WORD.findall(words[:_MOST_ASKED].casefold())
    if len(said) > _SHORT and percent >= 80:
        return found
    votes = _votes(said)
    best = max(votes, key=lambda language: (votes[language], language == found))
    if found in votes and votes[best] <= votes[found] + (1 if percent >= 90 and found != "en" else 0):
        return found
    return best if votes[best] >= 2 else found


def _votes(said: list[str]) -> dict[str, int]:
    votes = dict.fromkeys(_WORDS_OF, 0)
    for word in said:
        for language in _LANGUAGES_OF.get(word, ()):
            votes[language] += 1
    return votes


def _marked(words: str) -> str:
    """The language whose own letters the text has, where they come often enough not to be in a name."""
    for language, letters in _MARKS:
        if len(letters.findall(words)) * 60 > len(words):
            return language
    return ""

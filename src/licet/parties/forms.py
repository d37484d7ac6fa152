"""The Latin forms under which a name is compared, each with how it was made."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz.distance import OSA

from licet.errors import BadValue
from licet.parties import chinese, foreign, normal, scripts, weights
from licet.parties.hearing import KOREAN

#: Shorter words are not put right: too many are one letter apart.
_LONG: Final = 6
#: Words of long legal forms, beside the vocabulary.
_PHRASE_WORDS: Final = frozenset(
    {"liability", "publichnoe", "publichnoye", "otkrytoe", "otkrytoye", "zakrytoe", "zakrytoye", "aktsionernoe",
     "aktsionernoye", "aktsionernoy", "obshchestvo", "obschestvo", "ogranichennoy", "ogranichennoi", "otvetstvennostyu",
     "otvetstvennost", "unitary", "federal", "unitarnoe", "societatea", "raspundere", "limitata"}
)  # fmt: skip
#: Scripts that leave out vowels, or spell foreign names by sound: compared by sound besides.
BY_SOUND: Final = ("arabic", "hebrew", "hangul", "kana", "han")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name in Latin letters.

    Attributes:
        tokens: comparable tokens, in order.
        how: ``as written``, ``transliterated``, ``pinyin``, ``translated``, ``brand table``, ``Palladius``,
            ``look-alike letters``.
        by_sound: the script whose sounds it spells, where its letters are only good for those: a key of `hearing`.
        plain: letters and digits of the name before anything was put right, in one string.
        part: it is only a part of the name.
    """

    tokens: tuple[str, ...]
    how: str
    by_sound: str = ""
    plain: str = ""
    part: bool = False

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
    meant = mended(name)
    if meant:
        told = (replace(form, how=f"encoding mended, {form.how}") for form in forms.__wrapped__(meant))
        return (*_spelled(name), *told)
    return _spelled(name)


def mended(name: str) -> str:
    """The text that was UTF-8 before it was read as Western European, or nothing."""
    if not name.isascii() and any("\u00c2" <= char <= "\u00f4" for char in name):
        for encoding in ("cp1252", "latin-1"):
            try:
                return name.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
    return ""


def _spelled(name: str) -> tuple[Form, ...]:
    text = normal.cleaned(name)
    written = normal.words(text)
    if text.isascii() or all(map(str.isascii, written)):
        mixed = not text.isascii() and any(ord(char) > 0x24F and char.isalpha() for char in text)
        how = "look-alike letters" if mixed else "as written"
        made = latin(written, how)
        if _MAYBE_DISGUISED.search(text):
            seen = [undisguised(word) for word in written]
            if seen != written:
                return made, latin(seen, "look-alike digits")
        if len(written) > 1 and not _SYLLABLES.isdisjoint(written):
            meant = chinese.from_pinyin(written)
            if meant is not None:
                return made, Form(tuple(normal.canonical(meant)), "pinyin translated")
        return (made,)
    return _native(list(map(respelled, written)))


def latin(written: list[str], how: str) -> Form:
    """The form of words in Latin letters."""
    return Form(tuple(normal.canonical(list(map(respelled, written)))), how, plain="".join(written))


def undisguised(word: str) -> str:
    """A word in which digits stand for letters, or two letters for one, as it is meant to look."""
    if "vv" in word:
        return word.replace("vv", "w")
    return word.translate(_DIGITS) if _DISGUISED.fullmatch(word) else word


def may_be_read_otherwise(word: str) -> bool:
    """Whether a name with this word may have more than one form though its letters are Latin."""
    return word in _SYLLABLES or undisguised(word) != word


#: Words, or the first syllables of words, that a name in pinyin has and others do not.
_SYLLABLES: Final = frozenset(
    {"gongsi", "gong", "youxian", "you", "keji", "jishu", "daxue", "xueyuan", "yanjiuyuan", "yanjiusuo", "yanjiu",
     "jituan", "gongye", "dianzi", "kexue", "xinxi", "gufen", "gongcheng", "zhizao", "shiyan", "ke", "ji", "da", "yan",
     "dian", "xin", "jia", "hangkong", "hangtian", "bandaoti", "maoyi", "shiye", "kongzhi", "shebei", "cailiao"}
)  # fmt: skip
_MAYBE_DISGUISED: Final = re.compile(r"vv|[013459]")
_DISGUISED: Final = re.compile(r"(?=(?:.*[a-z]){3})[a-z]+[013459][a-z013459]*|[013459][a-z][a-z013459]+")
_DIGITS: Final = str.maketrans("013459", "oieasg")
#: What stands behind a comma most often, and makes what stands before it no part but the whole.
INC: Final = frozenset({"inc", "llc", "l.l.c", "ltd", "limited", "l.p", "lp", "corp", "co", "s.a", "sa", "co., ltd"})
_BRACKETS: Final = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")


@functools.lru_cache(maxsize=16384)
def parts(name: str) -> tuple[Form, ...]:
    """Forms of parts of a name that may be a name of their own.

    What stands before the first comma ("Tianjin University, Shandong Research Institute"), outside brackets and within
    them. A part has at least two words beside its legal form, and less than the whole.
    """
    found: list[tuple[str, str]] = []
    bare = name
    if "(" in name or "[" in name or "（" in name:
        bare = " ".join(_BRACKETS.sub(" ", name).split())
        found.append((bare, "without what is in brackets"))
        found += [(inside, "in brackets") for inside in _BRACKETS.findall(name) if not chinese.is_word(inside)]
    if not name.isascii() and (unit := chinese.unit("".join(filter(_is_han, name)))):
        found.append((unit, "the unit"))
    for mark in (", ", "，", ";", " - ", " / "):
        head, _, tail = bare.partition(mark)
        if tail and tail.strip(" .,").casefold() not in INC:
            found.append((head, "first part"))
    if not found:
        return ()
    whole = {_core(form.tokens) for form in forms(name)}
    made: dict[tuple[str, ...], Form] = {}
    for text, how in found:
        for form in _some(text)[:2]:
            core = _core(form.tokens)
            if len(core) > 1 and core not in whole:
                made.setdefault(core, replace(form, how=f"{how}, {form.how}", part=True))
    return tuple(made.values())


def _is_han(char: str) -> bool:
    return normal.script(char) == "han"


def _some(name: str) -> tuple[Form, ...]:
    try:
        return forms(name)
    except BadValue:
        return ()


def _core(tokens: tuple[str, ...]) -> tuple[str, ...]:
    kinds = weights.kinds()
    return tuple(token for token in tokens if kinds.get(token) not in ("legal", "stop") and token != normal.SERVANT)


@functools.cache
def _common() -> tuple[dict[str, str], frozenset[str]]:
    """Slips in the words of trade and legal form, and the words that are no slip."""
    known = {*normal.vocabulary(), *_PHRASE_WORDS}
    table: dict[str, str] = {}
    for word in sorted(known, key=lambda word: (len(word) < 7, word)):
        if len(word) >= _LONG:
            for at in range(len(word)):
                table.setdefault(word[:at] + word[at + 1 :], word)
    return table, frozenset(known | weights.bundled().count.keys())


@functools.lru_cache(maxsize=65536)
def respelled(word: str) -> str:
    """The word, or the legal form or trade that it is a slip of; names are left as they are."""
    table, known = _common()
    if len(word) < _LONG - 1 or word in known or not word.isascii() or not word.isalpha():
        return word
    near = table.get(word)
    slips = [word[:at] + word[at + 1 :] for at in range(len(word))] if near is None else []
    if near is None and table.keys().isdisjoint(slips) and _targets().isdisjoint(slips):
        return word
    for slip in slips:
        near = slip if len(slip) >= _LONG and slip in _targets() else table.get(slip)
        if near is not None and OSA.distance(word, near) == 1:
            break
        near = None
    return near or word


@functools.cache
def _targets() -> frozenset[str]:
    return frozenset({*normal.vocabulary(), *_PHRASE_WORDS})


def _native(found: list[str]) -> tuple[Form, ...]:
    """Forms of words of which some are not Latin."""
    kinds = {normal.script(char) for word in found for char in word} - {"", "latin"}
    if "han" in kinds and "kana" not in kinds:
        return _chinese(found)
    heard = next((kind for kind in BY_SOUND if kind in kinds), "")
    brand = foreign.branded(found, heard or "cyrillic")
    if brand is not None:
        read = [word if word.isascii() else scripts.latin(word, _script(word)) for word in brand]
        return (_form(" ".join(read), "brand table"),)
    if heard:
        translated = foreign.translated(found, heard)
        result = [_heard(translated, "translated", heard)] if translated else []
        result.append(_heard(found, "transliterated", heard))
        if heard == "arabic":
            result.append(_heard(found, "transliterated", heard, article=False))
        if person := foreign.korean_person(found) if kinds == {"hangul"} else None:
            result.append(_heard(person, "transliterated", KOREAN))
        if "han" in kinds:  # Japanese with kana: readings of the characters are a guess
            result += _chinese([word for word in found if _script(word) != "kana"])
        return tuple(dict.fromkeys(form for form in result if form.tokens))
    first = [word if word.isascii() else scripts.latin(word, _script(word)) for word in found]
    result = [_form(" ".join(first), "transliterated")]
    if "cyrillic" in kinds:
        read = [scripts.palladius(word) or plain for word, plain in zip(found, first, strict=True)]
        if read != first:
            result.append(_form(" ".join(read), "Palladius"))
        if kinds == {"cyrillic"} and _may_be_foreign(found, result[0]):
            result.append(replace(result[0], by_sound="cyrillic"))
    if kinds <= {"cyrillic", "greek"}:
        seen = [normal.lookalike(word) or plain for word, plain in zip(found, first, strict=True)]
        if seen != first and all(map(str.isascii, seen)):
            result.append(_form(" ".join(seen), "look-alike letters"))
    return tuple(dict.fromkeys(form for form in result if form.tokens))


def _chinese(found: list[str]) -> tuple[Form, ...]:
    joined = "".join(word for word in found if not word.isascii())
    latin = [word for word in found if word.isascii()]
    parts = [word for word in found if not word.isascii()]
    made = []
    if len(parts) > 1 and not any(kind != "name" for _, kind in chinese.segments(chinese.simplified(joined)) if kind):
        # 弗拉基米尔·普京: the dot divides a foreign name
        made.append(Form(tuple(filter(None, map(foreign.by_ear, parts))), "pinyin", by_sound="han"))
    for text, how in chinese.translations(joined):
        made.append(_form(" ".join([*latin, text]), how))
    return tuple(dict.fromkeys(form for form in made if form.tokens))


def _form(text: str, how: str) -> Form:
    return Form(tuple(normal.canonical(text.split())), how)


def _may_be_foreign(words: list[str], form: Form) -> bool:
    """Whether words in Cyrillic letters may be a foreigner's name, of two to four words that are no trade."""
    return 2 <= len(words) <= 4 and all(map(str.isalpha, words)) and weights.kinds().keys().isdisjoint(form.tokens)


def _heard(words: list[str], how: str, script: str, *, article: bool = True) -> Form:
    """A form of words that a script spells by their sound, and of some in Latin letters, which alone are put right.

    What looks like the Arabic article may also be the beginning of a name: Alexander, Elvira.
    """
    tokens: list[str] = []
    for latin, run in itertools.groupby(words, str.isascii):
        if latin:
            tokens += normal.canonical(list(run))
        else:
            read = [scripts.latin(word, _script(word)) for word in run]
            tokens += [part for word in read for part in (word.split() if article else [word.replace(" ", "")])]
    return Form(tuple(tokens), how, script)


def _script(word: str) -> str:
    for char in word:
        if found := normal.script(char):
            return found
    return ""

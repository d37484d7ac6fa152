"""Names in Chinese characters: words that are translated, brands that have another name, and pinyin for the rest.

A company's name is place + brand + trade + legal form. The English name of a listed company translates all but the
brand, and the brand is pinyin or a name of its own: 上海寒武纪信息科技有限公司 is "Shanghai Cambricon Information
Technology Co., Ltd.". So words of ``data/terms.csv`` are translated, those of ``data/brands.csv`` replaced, and what
remains is spelled in pinyin.
"""

from __future__ import annotations

import csv
import functools
import itertools
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any, Final

from licet.parties.aloud import person, pinyin

_MOST_FORMS: Final = 6


def _table(name: str) -> list[dict[str, str]]:
    text = resources.files("licet.parties").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@functools.cache
def terms() -> dict[str, tuple[tuple[str, ...], str]]:
    """Words that are translated: the English of the lists, the usual one first, and the kind of word."""
    return {row["native"]: (tuple(row["english"].split("|")), row["kind"]) for row in _table("terms.csv")}


@functools.cache
def brand_names() -> dict[str, tuple[str, ...]]:
    """Brands as they are written in any script, and the ways in which the lists write each."""
    return {row["native"]: tuple(row["latin"].split("|")) for row in _table("brands.csv")}


@functools.cache
def brands() -> dict[str, tuple[tuple[str, ...], str]]:
    """Names that are not their pinyin: the Latin names in use, and where that comes from."""
    return {counted(row["native"]): (tuple(row["latin"].split("|")), row["source"]) for row in _table("brands.csv")}


@functools.cache
def _longest() -> int:
    return max(len(word) for word in itertools.chain(terms(), brands()))


@functools.cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@functools.lru_cache(maxsize=16384)
def simplified(text: str) -> str:
    """Traditional characters as simplified ones."""
    converted: str = _converter().convert(text)
    return converted


_DIGITS: Final = {char: str(number) for number, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "两": "2"}
#: A number that counts units of a whole; elsewhere such characters are parts of names (三一重工, 四川).
_COUNTED: Final = re.compile(
    r"(?:(?<=第)[〇零一二两三四五六七八九十百]+|[〇零一二三四五六七八九十百]{2,}(?=研究|所|院|厂|局|分院|部队|基地)"
    r"|[〇零一二三四五六七八九]{3,})"
)


def counted(text: str) -> str:
    """`text` with the numbers of institutes and works in digits: 第十四研究所 is the 14th, 七七一所 the 771st."""
    return _INSTITUTE.sub(r"\1研究所", _COUNTED.sub(lambda found: str(_number(found[0])), text))


_INSTITUTE: Final = re.compile(r"([0-9]+)所")


def _number(text: str) -> int:
    if not set(text) & {"十", "百"}:
        return int("".join(_DIGITS[char] for char in text))
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = int(_DIGITS[char])
    return total + digit


@functools.cache
def spelled_terms() -> dict[str, tuple[str, bool]]:
    """Words that are translated, by their pinyin in one word, and whether it is no other word; not places.

    Those of one character are left out.
    """
    found: dict[str, tuple[str, bool]] = {}
    for native, (english, kind) in terms().items():
        word = "".join(pinyin(native))
        if len(native) > 1 and kind != "place" and english[0] and len(word) >= _LONG_PINYIN:
            found.setdefault(word, (english[0], kind in ("legal", "org") or word in _SURE))
    return found


#: Trades in pinyin that are hardly ever part of what a company is called.
_SURE: Final = frozenset(
    {"keji", "jishu", "gongye", "dianzi", "kexue", "xinxi", "gongcheng", "zhizao", "shiyan", "hangkong", "hangtian",
     "bandaoti", "maoyi", "shiye", "kongzhi", "shebei", "cailiao"}
)  # fmt: skip


def from_pinyin(words: list[str]) -> list[str] | None:
    """Words of a name in pinyin with its trades and legal form translated; None where none is sure to be one.

    They may be written together or apart: "keji", "ke ji".
    """
    table = spelled_terms()
    found: list[str] = []
    at, sure = 0, False
    while at < len(words):
        for end in range(min(len(words), at + _MOST_SYLLABLES), at, -1):
            if term := table.get("".join(words[at:end])):
                found += term[0].split()
                at, sure = end, sure or term[1]
                break
        else:
            found.append(words[at])
            at += 1
    return found if sure and found != words else None


_LONG_PINYIN: Final = 4
_MOST_SYLLABLES: Final = 8


@functools.lru_cache(maxsize=16384)
def segments(text: str) -> tuple[tuple[str, str], ...]:
    """`text` (simplified) in pieces, each with its kind: ``brand``, a kind of term, or ``name`` for the rest.

    The reading that leaves the fewest characters unexplained wins, then the one with the fewest pieces; a brand goes
    before a term.
    """
    size = len(text)
    best: list[tuple[int, int, int, tuple[tuple[str, str], ...]]] = [(0, 0, 0, ())] * (size + 1)
    for end in range(1, size + 1):
        left, count, plain, path = best[end - 1]
        char = text[end - 1]
        if path and path[-1][1] == "name":
            option = (left + 1, count, plain, (*path[:-1], (path[-1][0] + char, "name")))
        else:
            option = (left + 1, count + 1, plain, (*path, (char, "name")))
        for start in range(max(0, end - _longest()), end):
            piece = text[start:end]
            kind = "brand" if piece in brands() else terms()[piece][1] if piece in terms() else ""
            if kind:
                left, count, plain, path = best[start]
                found = (left, count + 1, plain + (kind != "brand"), (*path, (piece, kind)))
                option = min(option, found, key=lambda reading: reading[:3])
        best[end] = option
    return best[size][3]


def translations(text: str) -> list[tuple[str, str]]:
    """Latin forms of a name in Chinese characters, each with the word for how it was made, best first."""
    plain = counted(simplified(text))
    pieces = segments(plain)
    known = [kind for _, kind in pieces if kind != "name"]
    forms: list[tuple[str, str]] = []
    options: list[list[str]] = []
    for piece, kind in pieces:
        if kind == "brand":
            options.append([*brands()[piece][0], "".join(pinyin(piece))])
        elif kind == "name":
            options.append([_spelled(piece)])
        else:
            options.append(list(terms()[piece][0]))
    brand = "brand" in known
    how = "brand table" if brand else "translated" if known else "pinyin"
    for choice, other in itertools.islice(_choices(options, [kind for _, kind in pieces]), _MOST_FORMS):
        forms.append((" ".join(part for part in choice if part), "translated" if other else how))
    if brand and pieces[0][1] == "place":  # the lists leave out where a firm sits that needs no place to be known
        forms.append((" ".join(words[0] for words in options[1:] if words[0]), "translated"))
    if not known or (len(plain) <= 4 and not brand):
        forms = [*((form, "pinyin") for form in person(plain)), *forms]
    if known:
        read = [_spelled(piece) if kind != "legal" else terms()[piece][0][0] for piece, kind in pieces]
        forms.append((" ".join(part for part in read if part), "pinyin"))
    return list(dict.fromkeys(forms))


def is_word(text: str) -> bool:
    """Whether `text` is no name: it is all places, legal forms and trades."""
    pieces = segments(simplified(text))
    return bool(pieces) and all(kind not in ("name", "brand") for _, kind in pieces)


def unit(text: str) -> str:
    """The institute behind the body it belongs to, or nothing: 南京 ... 研究所 of 中国科学院南京天文光学技术研究所.

    It must be called something, or lie somewhere and do something: an Institute of Microelectronics is anybody's.
    """
    pieces = segments(counted(simplified(text)))
    kinds = [kind for _, kind in pieces]
    ends = [at + 1 for at, (piece, kind) in enumerate(pieces[:-1]) if kind == "legal" or piece.endswith(_BODIES)]
    start = ends[-1] if ends else int(kinds[:2] == ["brand", "place"])
    rest = "".join(piece for piece, _ in pieces[start:])
    own = {kind for piece, kind in pieces[start:] if not piece.isdigit()}
    called = "name" in own or "brand" in own or {"place", "industry"} <= own
    return rest if start and kinds[-1] == "org" and called else ""


_BODIES: Final = ("科学院", "科院", "解放军", "大学", "中国工程物理研究院")


def _choices(options: list[list[str]], kinds: list[str]) -> Iterator[tuple[list[str], bool]]:
    """The usual words, then another one in one place each time, and whether that is another translation.

    Names come first, then what the lists write most variously.
    """
    usual = [words[0] for words in options]
    yield usual, False
    for kind in _VARIOUS:
        for at, words in enumerate(options):
            for word in words[1:] if kinds[at] == kind else ():
                yield [*usual[:at], word, *usual[at + 1 :]], kind != "brand"


_VARIOUS: Final = ("brand", "org", "legal", "place", "industry", "generic")


def _spelled(text: str) -> str:
    """Pinyin in one word, numbers in words of their own."""
    return " ".join(part if part.isdigit() else "".join(pinyin(part)) for part in _NUMBER.findall(text))


_NUMBER: Final = re.compile(r"[0-9]+|[^0-9]+")

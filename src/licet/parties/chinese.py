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
from importlib import resources
from typing import Any, Final

#: Surnames of two characters, split from the given name.
_LONG_SURNAMES: Final = frozenset(
    ["欧阳", "司马", "诸葛", "上官", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "长孙", "宇文"]
)
_MOST_FORMS: Final = 6


def _table(name: str) -> list[dict[str, str]]:
    text = resources.files("licet.parties").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@functools.cache
def terms() -> dict[str, tuple[str, str]]:
    """Words that are translated: the English, and the kind of word."""
    return {row["native"]: (row["english"], row["kind"]) for row in _table("terms.csv")}


@functools.cache
def brands() -> dict[str, tuple[tuple[str, ...], str]]:
    """Names that are not their pinyin: the Latin names in use, and where that comes from."""
    return {row["native"]: (tuple(row["latin"].split("|")), row["source"]) for row in _table("brands.csv")}


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


@functools.lru_cache(maxsize=16384)
def pinyin(text: str) -> tuple[str, ...]:
    """One syllable for each character, without tones; u for ü as the lists write it."""
    from pypinyin import Style, lazy_pinyin

    return tuple(
        syllable.replace("ü", "u").lower() for syllable in lazy_pinyin(text, style=Style.NORMAL, errors="ignore")
    )


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
    plain = simplified(text)
    pieces = segments(plain)
    known = [kind for _, kind in pieces if kind != "name"]
    forms: list[tuple[str, str]] = []
    options: list[list[str]] = []
    for piece, kind in pieces:
        if kind == "brand":
            options.append([*brands()[piece][0], "".join(pinyin(piece))])
        elif kind == "name":
            options.append(["".join(pinyin(piece))])
        else:
            options.append([terms()[piece][0]])
    brand = "brand" in known
    how = "brand table" if brand else "translated" if known else "pinyin"
    for choice in itertools.islice(itertools.product(*options), _MOST_FORMS):
        forms.append((" ".join(part for part in choice if part), how))
    if not known or (len(plain) <= 4 and not brand):
        forms = [*((form, "pinyin") for form in _person(plain)), *forms]
    if known:
        forms.append((" ".join("".join(pinyin(piece)) for piece, kind in pieces if kind != "legal"), "pinyin"))
    return list(dict.fromkeys(forms))


def _person(text: str) -> list[str]:
    """A short name as surname and given name."""
    syllables = pinyin(text)
    if not 2 <= len(syllables) <= 4:
        return []
    cut = 2 if text[:2] in _LONG_SURNAMES and len(syllables) > 2 else 1
    return [f"{''.join(syllables[:cut])} {''.join(syllables[cut:])}"]

"""Chinese characters as they are read in names of companies and people."""

from __future__ import annotations

import functools
from typing import Final

#: Characters that names read otherwise than most words do ...
_IN_NAMES: Final = {
    "长": "chang", "晟": "sheng", "厦": "xia", "都": "du", "曾": "zeng", "翟": "zhai", "覃": "qin", "缪": "miao",
}  # fmt: skip
#: ... and the words that stand in names all the same.
_AS_WORDS: Final = frozenset(["校长", "首长", "部长", "成长", "增长", "生长", "大厦", "广厦", "曾经"])
#: What a character is as a surname, where it is read otherwise elsewhere.
_SURNAMES: Final = {
    "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "区": "ou", "盖": "ge", "员": "yun", "种": "chong",
}  # fmt: skip
#: Surnames of two characters, split from the given name.
_LONG_SURNAMES: Final = frozenset(
    ["欧阳", "司马", "诸葛", "上官", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "长孙", "宇文"]
)


@functools.lru_cache(maxsize=16384)
def pinyin(text: str) -> tuple[str, ...]:
    """One syllable for each character of `text` (simplified), without tones; u for ü as the lists write it."""
    from pypinyin import Style, lazy_pinyin

    read = [part.replace("ü", "u").lower() for part in lazy_pinyin(text, style=Style.NORMAL, errors="ignore")]
    han = [char for char in text if "\u4e00" <= char <= "\u9fff"]
    if len(han) == len(read) and not _IN_NAMES.keys().isdisjoint(han):
        for at, char in enumerate(han):
            if char in _IN_NAMES and "".join(han[max(0, at - 1) : at + 1]) not in _AS_WORDS:
                read[at] = _IN_NAMES[char]
    return tuple(read)


def person(text: str) -> list[str]:
    """A name of two to four characters as surname and given name; nothing for a longer one."""
    syllables = pinyin(text)
    if not 2 <= len(syllables) <= 4:
        return []
    first = _SURNAMES.get(text[0], syllables[0])
    if text[:2] in _LONG_SURNAMES and len(syllables) > 2:
        return [f"{''.join(syllables[:2])} {''.join(syllables[2:])}"]
    return [f"{first} {''.join(syllables[1:])}"]

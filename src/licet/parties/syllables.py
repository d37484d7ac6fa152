"""Words in pinyin: which syllables they are made of, and when two of them cannot be spellings of one name.

A slip changes one letter, so it leaves a name of two syllables one of them: Haigang may be Haiguang. Jingfang and
Qingfeng, a letter apart in each syllable, are two names, though their letters are as alike as those of a slip.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import Final

_OPEN: Final = "a o e ai ei ao ou an en ang eng er"
#: The finals that each group of initials takes; the few that are not said do no harm.
_FINALS: Final = {
    "": _OPEN,
    "j q x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "y": "a ao e i in ing an ang o ong ou u ue uan un",
    "w": "a o ai ei an en ang eng u",
    "b p m f": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "d t n l": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing u ua uo ui uan un ue v",
    "g k h zh ch sh r z c s": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
}
SYLLABLES: Final = frozenset(
    initial + final
    for group, finals in _FINALS.items()
    for initial in (group.split() or [""])
    for final in finals.split()
)
_LONGEST: Final = 6
_MANY: Final = 4


@functools.lru_cache(maxsize=65536)
def readings(word: str, marks: bool = True) -> tuple[tuple[str, ...], ...]:
    """The ways to read a word in small letters as few syllables, up to four; none where it is no pinyin.

    With `marks` a syllable that begins with a vowel stands at the beginning alone, as in Xi'an it needs a mark.
    """
    ways: tuple[tuple[str, ...], ...] = ((),)
    for _ in range(_MANY):
        ways = tuple((*way, part) for way in ways for part in _next(word, sum(map(len, way)), marks))
        if whole := tuple(way for way in ways if sum(map(len, way)) == len(word)):
            return whole
    return ()


def read_otherwise(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether words that were read off characters cannot be those of a name that is all pinyin too.

    How characters are read is known to the letter, so what has other letters is another name, in whatever order.
    """
    return sorted("".join(ours)) != sorted("".join(theirs)) and all(readings(each, False) for each in (*ours, *theirs))


def _next(word: str, at: int, marks: bool) -> list[str]:
    ends = range(at + 1, min(len(word), at + _LONGEST) + 1)
    barred = at and marks and word[at : at + 1] in ("a", "o", "e")
    return [] if barred else [word[at:end] for end in ends if word[at:end] in SYLLABLES]


def nothing_shared(one: str, two: str) -> bool:
    """Whether both words are pinyin of several syllables, and no reading has one in the same place from either end."""
    ours, theirs = readings(one), readings(two)
    if not ours or not theirs or len(ours[0]) == 1 or len(theirs[0]) == 1:
        return False
    return not any(
        any(a == b for a, b in zip(left, right, strict=False))
        or any(a == b for a, b in zip(reversed(left), reversed(right), strict=False))
        for left, right in itertools.product(ours, theirs)
    )

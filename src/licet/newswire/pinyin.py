"""Chinese pages with pinyin notes in them, put there against copying, and the two ways they break the text.

Such a site turns simplified text into traditional characters and then, byte by byte in GBK, puts ``(pinyin)`` behind
certain characters. Where the last byte of one character and the first byte of the next happen to form such a
character the note lands between the two bytes of one character: a byte is lost (``?``), all that follows is read one
byte off, and pairs in the private area of GBK fall out, until the next ASCII character. All of that is undone here by
rule, every change is written down, and the change that fills in a lost byte is marked as inferred.
"""

from __future__ import annotations

import functools
import gzip
import itertools
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Final

from licet.newswire.source import Change

_MARKS: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_SYLLABLE: Final = rf"[a-z{_MARKS}]{{1,6}}"
_NOTE: Final = re.compile(rf"(?<=[\u3400-\u9fff])\(({_SYLLABLE})\)")
_BROKEN: Final = re.compile(rf"([\u3400-\u9fff])\?({_SYLLABLE})\)([^\x00-\x7f]{{1,24}})")
_AFTER: Final = re.compile(rf"([A-Za-z@\[-`{{-~]?)(?:\(({_SYLLABLE})\)|\?({_SYLLABLE})\))?")
_DOUBLE: Final = re.compile(r",(?=[，。、；：！？,])")
_NARROW: Final = re.compile(r"(?<=[\u3400-\u9fff）》”),]),(?=[\u3400-\u9fff（《“A-Za-z0-9])")
#: A page is of this kind when it has so many notes that give a true reading.
_FEWEST: Final = 3
#: Words of the field that general word lists lack.
_FIELD: Final = ("科創", "芯片", "創企", "對中", "對華", "管制", "進行", "中國", "美國", "出口", "先進", "輸華", "製造")


@dataclass(frozen=True)
class _Tables:
    readings: dict[str, str]
    weights: dict[str, float]
    followers: dict[str, frozenset[str]]


@functools.cache
def _tables() -> _Tables:
    packed = resources.files("licet.newswire").joinpath("data/pinyin.json.gz").read_bytes()
    raw = json.loads(gzip.decompress(packed))
    traditional = raw["traditional"]
    weights: dict[str, float] = {}
    for power, pairs in raw["pairs"].items():
        for left, right in zip(pairs[::2], pairs[1::2], strict=True):
            weights[left + right] = float(power)
            weights[traditional.get(left, left) + traditional.get(right, right)] = float(power)
    weights.update(dict.fromkeys(_FIELD, 16.0))
    followers: dict[str, set[str]] = {}
    for pair in weights:
        followers.setdefault(pair[0], set()).add(pair[1:])
    return _Tables(raw["readings"], weights, {first: frozenset(them) for first, them in followers.items()})


def repairs(text: str) -> Iterator[Change]:
    """The changes that undo the notes, if `text` is a page of this kind; none otherwise."""
    if ")" not in text or len(notes := list(_NOTE.finditer(text))) < _FEWEST:
        return
    readings = _tables().readings
    true = [found for found in notes if text[found.start() - 1] in readings.get(found[1], "")]
    if len(true) < _FEWEST or 2 * len(true) < len(notes):
        return
    changes: list[Change] = []
    for found in _BROKEN.finditer(text):
        change = _rebuilt(text, found)
        if change is not None:
            changes.append(change)
    covered = [(change.start, change.end) for change in changes]
    for found in true:
        if not any(start <= found.start() < end for start, end in covered):
            changes.append(Change(found.start(), found.end(), found[0], "", "a pinyin note had been put in"))
    for found in _DOUBLE.finditer(text):
        changes.append(Change(found.start(), found.end(), found[0], "", "a comma had been put before another mark"))
    for found in _NARROW.finditer(text):
        changes.append(Change(found.start(), found.end(), found[0], "，", "a full-width comma had become a narrow one"))
    yield from sorted(changes, key=lambda change: change.start)


def _rebuilt(text: str, found: re.Match[str]) -> Change | None:
    """The change that rebuilds one broken run, which begins with the character before the question mark."""
    lead = found[1].encode("gbk", "ignore")[1:2]
    after = _AFTER.match(text, found.end())
    if not lead or after is None:
        return None
    tail, reading, lost_reading = after[1], after[2], after[3]
    shifted = found[3].encode("gbk", "ignore")
    lost = [char.encode("gbk")[1:] for char in _tables().readings.get(found[2], "") if char.encode("gbk")[:1] == lead]
    end_bytes = [tail.encode()]
    if lost_reading and not tail:
        end_bytes = [char.encode("gbk")[1:] for char in _tables().readings.get(lost_reading, "")]
    last = _tables().readings.get(reading or lost_reading, "") if reading or lost_reading else None
    after_it = _NOTE.sub("", text[after.end() : after.end() + 6])[:1]
    bodies = (
        body
        for second in sorted(set(lost))
        for end in sorted(set(end_bytes))
        for body in _bodies(second + shifted + end, found[1], after_it, last)
    )
    best = max(bodies, default=(-1.0, ""))
    if not best[1]:
        return None
    start = found.start(1) + 1
    return Change(start, after.end(), text[start : after.end()], best[1], "a pinyin note had split a character", True)


def _bodies(data: bytes, before: str, after: str, last: str | None) -> Iterator[tuple[float, str]]:
    """`data` decoded, as it is or with one pair of bytes put back that GBK keeps for private use.

    Such a pair is read one byte off: its first byte ends one character, its second begins the next. With each text
    comes how often its characters stand side by side in Chinese, with what is before and after it. Of the many pairs
    that could be lost at one place only those are given that can be the best there. The text ends in one of `last`.
    """
    if len(data) % 2:
        return
    if (whole := _han(data)) and (last is None or whole[-1] in last):
        yield _chain(before + whole + after), whole
    for at in range(1, len(data), 2):
        stem, rest = _han(data[: at - 1]), _han(data[at + 1 :])
        if (at > 1 and not stem) or (at + 1 < len(data) and not rest):
            continue
        if last is not None and rest and rest[-1] not in last:
            continue
        around = _chain(before + stem) + _chain(rest + after)
        lasts = {
            char: _pair(char, (rest + after)[:1])
            for byte in range(0x40, 0xFF)
            if (char := _han(bytes((byte,)) + data[at : at + 1])) and (rest or last is None or char in last)
        }
        if not lasts:
            continue
        usual = max(lasts, key=lambda char: (lasts[char], char))
        for byte in _PRIVATE:
            first = _han(data[at - 1 : at] + bytes((byte,)))
            if first:
                left = around + _pair((before + stem)[-1:], first)
                for char in {usual} | (_tables().followers.get(first, _NONE) & lasts.keys()):
                    yield left + _pair(first, char) + lasts[char], stem + first + char + rest


#: First bytes of the pairs that GBK keeps for private use.
_PRIVATE: Final = (*range(0xF8, 0xFF), *range(0xAA, 0xB0))
_NONE: Final = frozenset[str]()


@functools.lru_cache(8192)
def _han(data: bytes) -> str:
    try:
        text = data.decode("gbk")
    except UnicodeDecodeError:
        return ""
    return text if all("\u4e00" <= char <= "\u9fff" or char in "，。、《》" for char in text) else ""


def _chain(text: str) -> float:
    """How often the characters of `text` stand side by side in Chinese."""
    return math.fsum(_pair(left, right) for left, right in itertools.pairwise(text))


def _pair(left: str, right: str) -> float:
    value = _tables().weights.get(left + right, 0.0)
    return value + 0.001 * value * value

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
    return _Tables(raw["readings"], weights)


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
    best: tuple[float, str] = (-1.0, "")
    end_bytes = [tail.encode()]
    if lost_reading and not tail:
        end_bytes = [char.encode("gbk")[1:] for char in _tables().readings.get(lost_reading, "")]
    for second in sorted(set(lost)):
        for end in sorted(set(end_bytes)):
            for body in _with_gaps(second + shifted + end):
                score = _score(text, found.start(1), body, after.end(), reading or lost_reading or "")
                best = max(best, (score, body))
    if not best[1]:
        return None
    start = found.start(1) + 1
    return Change(start, after.end(), text[start : after.end()], best[1], "a pinyin note had split a character", True)


def _with_gaps(data: bytes) -> Iterator[str]:
    """`data` decoded, as it is or with one pair of bytes put back that GBK keeps for private use."""
    if len(data) % 2 == 0:
        with_none = _han(data)
        if with_none:
            yield with_none
        for at in range(1, len(data), 2):
            yield from _filled(data, at)


def _filled(data: bytes, at: int) -> Iterator[str]:
    """A private pair read one byte off: its first byte ends one character, its second begins the next."""
    head, rest = data[:at], data[at:]
    firsts = [(byte, text) for byte in range(0xF8, 0xFF) if (text := _han(head + bytes((byte,))))]
    firsts += [(byte, text) for byte in range(0xAA, 0xB0) if (text := _han(head + bytes((byte,))))]
    lasts = [text for byte in range(0x40, 0xFF) if (text := _han(bytes((byte,)) + rest))]
    for (_, left), right in itertools.product(firsts, lasts):
        yield left + right


@functools.lru_cache(8192)
def _han(data: bytes) -> str:
    try:
        text = data.decode("gbk")
    except UnicodeDecodeError:
        return ""
    return text if all("\u4e00" <= char <= "\u9fff" or char in "，。、《》" for char in text) else ""


def _score(text: str, before: int, body: str, after: int, reading: str) -> float:
    """How often the characters of `body` stand side by side in Chinese, with what is before and after them."""
    if reading and body[-1] not in _tables().readings.get(reading, ""):
        return -1.0
    weights = _tables().weights
    whole = text[max(0, before) : before + 1] + body + _NOTE.sub("", text[after : after + 6])[:1]
    values = [weights.get(left + right, 0.0) for left, right in itertools.pairwise(whole)]
    return math.fsum(values) + 0.001 * math.fsum(value * value for value in values)

"""Text that was decoded with the wrong code page: found, undone, and every change written down.

UTF-8 read through a code page of one byte a character is undone whole. Where it was read as GBK or Shift-JIS some
bytes are lost for good; what is left is restored and the change is marked as inferred. Clean text is never touched:
a run is changed only where it is valid UTF-8 when encoded again, which words of a real language are not.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import ftfy.bad_codecs
from ftfy import fix_encoding
from ftfy.badness import is_bad

from licet.newswire.decode import plausible
from licet.newswire.source import Change

ftfy.bad_codecs.search_function("sloppy-windows-1252")
_PAGES: Final = (
    "sloppy-windows-1252",
    "sloppy-windows-1251",
    "sloppy-windows-1256",
    "koi8-r",
    "cp866",
    "cp852",
    "sloppy-windows-1255",
    "sloppy-windows-1250",
    "sloppy-windows-1253",
    "sloppy-windows-1254",
    "cp437",
    "iso-8859-1",
    "macroman",
    "iso-8859-2",
)
_LOSSY: Final = ("gb18030", "cp932")
#: A character of UTF-8 that was misread is two or more characters side by side, unless one of them was lost.
_PAIR: Final = re.compile(r"[^\x00-\x7f]{2}|[a-z][^\x00-\u024f\u2000-\u206f]|\ufffd")
_PARAGRAPH: Final = re.compile(r"[^\n]*[^\x00-\x7f\n][^\n]*")
_MANY_HAN: Final = re.compile(r"[\u3400-\u9fff\uff61-\uff9f\ufffd\x80?]{4}")
#: A Latin word with one or two East Asian characters inside it, as no language writes.
_IN_WORD: Final = re.compile(r"[a-z][\u3400-\u9fff\uff61-\uff9f]{1,2}[a-z]{2}")
LOST: Final = "\ufffd"
_LOST_BYTE: Final = b"\xff"
_GONE: Final = frozenset("\ufffd\x80")
_LOST_RUN: Final = re.compile(r"\ufffd+")


def repairs(text: str) -> Iterator[Change]:
    """The changes that undo a wrong decoding, paragraph by paragraph."""
    for found in _PARAGRAPH.finditer(text):
        was = found[0]
        if _PAIR.search(was) is None:
            continue
        now, why, inferred = _undone(was)
        if now != was:
            yield _narrow(found.start(), was, now, why, inferred)


@functools.cache
def _starts() -> dict[str, tuple[str, ...]]:
    """Pairs of characters that a character of UTF-8 begins with when it is read through a code page, with the pages."""
    found: dict[str, list[str]] = {}
    for page in _PAGES:
        low = [bytes((byte,)).decode(page, "ignore") for byte in range(0x80, 0xC0)]
        for lead in range(0xC2, 0xF5):
            first = bytes((lead,)).decode(page, "ignore")
            for second in low:
                if first and second:
                    found.setdefault(first + second, []).append(page)
    return {pair: tuple(pages) for pair, pages in found.items()}


#: Any character that writers of the scripts of the news do not use, and that a wrong code page makes of UTF-8 sooner or
#: later: signs such as § and †, letters such as Ã and Ђ, box drawing.
_SUSPECT: Final = re.compile(
    r"[^\x00-\x7f\u00c0\u00c1\u00c4-\u00d6\u00d8-\u017e\u0218-\u021b\u0386-\u03ce\u0401\u0404\u0406\u0407\u0410-\u044f"
    r"\u0451\u0454\u0456\u0457\u0490\u0491\u05d0-\u05ea\u060c\u061b\u061f-\u0652\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9\u200c"
    r"\u0900-\u097f\u0e01-\u0e5b\u1ea0-\u1ef9\u3001-\u3011\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff5e«»“”‘’„–—…№•·]"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff\uff61-\uff9f]")
_HIGH: Final = re.compile(r"[^\x00-\x7f]")
#: Letters that fill clean East Asian text, and that text read in a wrong code page rarely has.
_USUAL: Final = re.compile(
    "[\u3041-\u3096\uac00-\ud7a3的一是在不了有和人这這中大为為上个個国國我以要他时時用们們到作地于於出就分对對成会會可主发發年同工也能下过過子说說产產"
    "种種面而方后後多定行学學法所民得经經十三之进進着等部度美新公司业業将將月日及与與被其更向从從]"
)


def _undone(was: str) -> tuple[str, str, bool]:
    high = _HIGH.search(was)
    at = high.start() if high is not None else 0
    for page in _starts().get(was[at : at + 2], ()):
        now = _through(was, page)
        if now is not None:
            again = _through(now, page)
            return again or now, f"UTF-8 had been read as {page.removeprefix('sloppy-')}", False
    if 8 * len(_USUAL.findall(was)) > len(was) or (_SUSPECT.search(was) is None and _HAN.search(was) is None):
        return was, "", False
    fewest = 8 if _MANY_HAN.search(was) else 1 if _IN_WORD.search(was) else 0
    if fewest and (fewest == 1 or _GONE & set(was) or plausible(was[:400]) < 0.75):
        tried = ((part, page) for page in _LOSSY if (part := _partly(was, page, fewest)) is not None)
        best = min(tried, key=lambda pair: pair[0].count(LOST), default=None)
        if best is not None:
            return best[0], f"UTF-8 had been read as {best[1]}; what was lost shows as {LOST}", True
    if is_bad(was):
        now = fix_encoding(was)
        if now != was:
            return now, "text had been read in the wrong encoding", LOST in now
    return was, "", False


def _through(was: str, page: str) -> str | None:
    """`was` encoded in `page` and decoded as UTF-8, if that works and makes words of one script."""
    try:
        data = was.encode(page)
        now = data.decode("utf-8")
    except UnicodeError:
        return None
    high = [char for char in now if char >= "\x80"]
    if not high or any(unicodedata.category(char) in {"Cc", "Cn", "Co"} for char in high):
        return None
    bytes_high = sum(byte >= 0x80 for byte in data)
    if bytes_high < 2 * len(high):
        return None
    if len(high) < 3 and not all(char in _TYPICAL for char in high):
        return None
    return now


_TYPICAL: Final = frozenset("àâäáãåæçèéêëìíîïñòóôöõøùúûüßÀÉÈÇÖÜÄ’‘“”–—…«»€£°·•\u00a0ışğłąęśżćńóçãõ")


def _partly(was: str, page: str, fewest: int) -> str | None:
    """`was` encoded in `page` and decoded as UTF-8 as far as it goes, if that makes more sense than it loses."""
    data = b"".join(_LOST_BYTE if char in _GONE else char.encode(page, "replace") for char in was)
    now = _LOST_RUN.sub(LOST, data.decode("utf-8", "replace"))
    lost = now.count(LOST)
    good = [char for char in now if char >= "\x80" and char != LOST]
    if len(good) < fewest or 2 * lost > 3 * len(good) or plausible("".join(good)) < 0.8:
        return None
    if fewest == 1 and not all(char in _TYPICAL for char in good):
        return None
    odd = sum(unicodedata.category(char) in {"Cc", "Co", "Cn", "So"} for char in good)
    return now if odd <= len(good) // 20 else None


def _narrow(start: int, was: str, now: str, why: str, inferred: bool) -> Change:
    """The change without what both sides have in common."""
    left = 0
    while left < min(len(was), len(now)) and was[left] == now[left]:
        left += 1
    right = 0
    while right < min(len(was), len(now)) - left and was[-1 - right] == now[-1 - right]:
        right += 1
    return Change(
        start + left,
        start + len(was) - right,
        was[left : len(was) - right],
        now[left : len(now) - right],
        why,
        inferred,
    )

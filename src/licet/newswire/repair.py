"""Repair of damaged text: every change is recorded, and the original can be rebuilt from them."""

from __future__ import annotations

import re
from typing import Final

from licet.newswire import mojibake, pinyin
from licet.newswire.source import Source

#: Characters no writer puts in a text: control characters but tab and line ends, and a byte-order mark.
_NEEDED: Final = re.compile(r"[^\x00-\x7f]")


def repaired(original: str) -> Source:
    """`original`, and what it says when the damage known here is undone. Clean text comes back unchanged."""
    if not _NEEDED.search(original):
        return Source(original, original)
    changes = list(mojibake.repairs(original))
    if not changes:
        changes = list(pinyin.repairs(original))
    return Source.of(original, changes)

"""Forms of many names at once: of most of them in one go over all their letters, of the others one by one.

Nothing but time depends on it: the forms are those of `forms` and `parts`. To these a name is left that may have more
than one form, is not in plain Latin letters, or holds nothing to compare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from licet.errors import LicetError
from licet.parties import forms as spelling
from licet.parties import normal
from licet.parties.forms import Form

#: In the place of its token: a word whose name is left to `forms`, and one that may belong to a phrase.
_LEFT, _PHRASE = "?", "+"
_NO_TOKEN: Final = frozenset({_LEFT, _PHRASE})
#: Words that are remembered.
_KEPT: Final = 1 << 18
#: What each character comes to beside one with an accent; a name with one that is not here is left to `forms`.
_FOLDED: Final = {code: normal.cleaned(f"é{chr(code)}")[1:] for code in range(0x250) if chr(code) not in "\n\x1b"}
_SEPARATORS: Final = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_AND: Final = re.compile("&")
_INITIALS: Final = re.compile(r"\.[a-z]\.")
_MAY_DIVIDE: Final = re.compile(r"[,(\[;\x1b]| [-/] ")
#: What divides a name into parts, or colors it. From a comma behind a single first word, or before a legal form at the
#: end, no part follows.
_DIVIDED: Final = re.compile(
    rf"^[a-z0-9]+, |, (?:{'|'.join(map(re.escape, sorted(spelling.INC, key=len, reverse=True)))})[ .,]*$"
    r"|(?P<divided>[(\[;\x1b]|, | - | / )"
)
#: The tokens that are remembered; a new table takes the place of one that is full.
_KNOWN: Final[list[dict[str, str]]] = [{}]


def forms_of_many(names: Sequence[str]) -> list[tuple[Form, ...] | LicetError]:
    """For each name its forms and those of its parts, or what is wrong with it."""
    lines, left = _cleaned(names)
    text = "\n".join(lines)
    words, letters = text.split(), np.frombuffer(text.encode(), dtype=np.uint8)
    starts, rows = _places(letters)
    tokens = _tokens(words)
    cuts = rows.searchsorted(np.arange(len(names) + 1)).tolist()
    phrases = set(rows[_spelled_out(letters, starts, rows)].tolist())
    for at in [at for at, token in enumerate(tokens) if token in _NO_TOKEN]:
        (left if tokens[at] == _LEFT else phrases).add(int(rows[at]))
    found: list[tuple[Form, ...] | LicetError] = []
    for row, (plain, start, end) in enumerate(zip(text.replace(" ", "").split("\n"), cuts, cuts[1:], strict=False)):
        if start == end or row in left:
            found.append(_alone(names[row]))
        elif row in phrases:
            found.append((spelling.latin(words[start:end], "as written"),))
        else:
            found.append((Form(tuple(tokens[start:end]), "as written", plain=plain),))
    return found


def _alone(name: str) -> tuple[Form, ...] | LicetError:
    try:
        return (*spelling.forms(name), *spelling.parts(name))
    except LicetError as error:
        return error


def _cleaned(names: Sequence[str]) -> tuple[list[str], set[int]]:
    """Each name in small letters with blanks between its words, and the places of those that are left to `forms`."""
    lines, left = list(names), set()
    for row, name in enumerate(names):
        if not name.isascii() or "\n" in name or len(name) > normal.LONGEST:
            lines[row] = _folded(name)
            if not lines[row]:
                left.add(row)
    text = "\n".join(lines).lower()
    lines = text.split("\n")
    for row in _rows(_MAY_DIVIDE, text):
        if any(found["divided"] for found in _DIVIDED.finditer(lines[row])):
            left.add(row)
    for quote in "'`\"":
        text = text.replace(quote, "")
    lines = text.split("\n")
    for row in _rows(_INITIALS, text):
        lines[row] = normal.undotted(lines[row])
    for row in _rows(_AND, text):
        if not any(map(str.isalnum, lines[row])):
            left.add(row)
    text = "\n".join(lines).replace("&", " and ").translate(_SEPARATORS)
    return text.split("\n"), left


def _folded(name: str) -> str:
    """A name without accents; nothing where there is more to it."""
    if len(name) > normal.LONGEST or "\n" in name or spelling.mended(name):
        return ""
    folded = name.translate(_FOLDED)
    return folded if folded.isascii() else ""


def _rows(pattern: re.Pattern[str], text: str) -> list[int]:
    """The lines of a text in which a pattern is found."""
    at = np.array([found.start() for found in pattern.finditer(text)], dtype=np.int64)
    ends = np.flatnonzero(np.frombuffer(text.encode(), dtype=np.uint8) == _END) if len(at) else at
    found: list[int] = np.unique(ends.searchsorted(at)).tolist()
    return found


def _places(letters: Any) -> tuple[Any, Any]:
    """Where words begin, and in which line."""
    gap = letters <= ord(" ")
    starts = np.flatnonzero(~gap & np.concatenate(([True], gap[:-1]))[: len(gap)])
    return starts, np.flatnonzero(letters == _END).searchsorted(starts)


def _spelled_out(letters: Any, starts: Any, rows: Any) -> Any:
    """The places of words that are the first of three single letters."""
    after = np.append(letters, _END)[starts + 1]
    single = (after <= ord(" ")) & (letters[starts] >= ord("a"))
    return np.flatnonzero(single[:-2] & single[1:-1] & single[2:] & (rows[:-2] == rows[2:]))


def _tokens(words: Sequence[str]) -> list[str]:
    """The token of each word, `_LEFT` or `_PHRASE`."""
    known = _KNOWN[0] if len(_KNOWN[0]) < _KEPT else {}
    _KNOWN[0] = known
    for word in words:
        if word not in known:
            known[word] = _token(word)
    return list(map(known.__getitem__, words))


def _token(word: str) -> str:
    if spelling.may_be_read_otherwise(word):
        return _LEFT
    put_right = spelling.respelled(word)
    return _PHRASE if normal.may_be_phrase(put_right) else normal.token(put_right)


_END: Final = ord("\n")

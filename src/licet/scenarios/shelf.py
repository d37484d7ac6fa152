"""The proposals that come with Licet, one file each, and amendments that users write in the same form."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from licet.errors import FileError, LawError, QuestionError, did_you_mean
from licet.lex.amend import Amendment, read_amendment
from licet.lex.load import shipped

_FOLDER = "proposals"
_TEMPLATE = "template.yaml"


@functools.cache
def proposals() -> Mapping[str, Amendment]:
    """The proposals by id, in the order of their ids.

    Raises:
        LawError: one of them is not in the form of an amendment, or two have one id.
    """
    found: dict[str, Amendment] = {}
    for entry in sorted((shipped() / _FOLDER).iterdir(), key=lambda each: each.name):
        if not entry.name.endswith(".yaml") or entry.name == _TEMPLATE:
            continue
        each = read_amendment(entry.read_text(encoding="utf-8"), f"{_FOLDER}/{entry.name}")
        if each.id in found:
            raise LawError(f"two proposals are called {each.id}", where=each.file)
        found[each.id] = each
    return dict(sorted(found.items()))


def find(name: str) -> Amendment:
    """The proposal of that id.

    Raises:
        QuestionError: there is none; the message names near ids.
    """
    known = proposals()
    if name not in known:
        hint = did_you_mean(name, known, otherwise="`licet whatif` lists all")
        more = " A file is named with --amendment." if name.endswith((".yaml", ".yml")) else ""
        raise QuestionError(f"there is no proposal {name!r}", next=f"{hint}{more}")
    return known[name]


def read(path: str | Path) -> Amendment:
    """The amendment in a file.

    Raises:
        FileError: it cannot be read.
        LawError: it is not in the form of an amendment, with file and line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError("the amendment cannot be read", where=str(path), why=reason) from None
    return read_amendment(text, str(path))


def template() -> str:
    """An amendment to begin with, which can be applied as it stands."""
    return (shipped() / _FOLDER / _TEMPLATE).read_text(encoding="utf-8")

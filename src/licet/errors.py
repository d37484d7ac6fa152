"""What can go wrong, one class for each kind of mistake.

    LicetError
    ├── QuestionError (ValueError)      the question cannot be answered as it was put
    │   ├── UnknownFact (KeyError)          a fact the vocabulary does not hold
    │   ├── BadValue                        a value its fact cannot take
    │   ├── Contradiction                   two given facts exclude each other
    │   └── UnknownItem (LookupError)       an item the catalog does not hold
    ├── LawError (ValueError)           the lawbook is at fault, not the question
    │   └── ExpressionError                 a condition that is not in the language of conditions
    └── FileError (OSError)             a file that cannot be read or written as asked

Every error tells what is wrong, where, why, and what to do next; ``str(error)`` is fit to be shown to a person.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class LicetError(Exception):
    """Root of all errors Licet raises on purpose.

    Args:
        what: what is wrong, in one sentence without a full stop.
        where: the place: ``orders.csv, line 7, column to`` or ``3A090.a, version of 2023-11-17``.
        why: the reason, when the sentence does not give it already.
        next: what to do about it.
    """

    def __init__(self, what: str, *, where: str = "", why: str = "", next: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.why, self.next = what, where, why, next

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        said = [self.what, *(f"{part[0].upper()}{part[1:]}" for part in (self.why, self.next) if part)]
        return place + " ".join(part if part.endswith(("?", ".")) else f"{part}." for part in said)

    def at(self, where: str) -> LicetError:
        """The same error with the place put in front of what it knew already."""
        self.where = f"{where}, {self.where}" if self.where else where
        return self


class QuestionError(LicetError, ValueError):
    """The question cannot be answered as it was put."""


class UnknownFact(QuestionError, KeyError):
    """The vocabulary holds no such fact."""

    __str__ = LicetError.__str__


class BadValue(QuestionError):
    """The fact cannot take this value."""


class Contradiction(QuestionError):
    """Two given facts cannot both be true."""


class UnknownItem(QuestionError, LookupError):
    """The catalog holds no such item."""


class LawError(LicetError, ValueError):
    """The lawbook (or an amendment to it) breaks one of its own rules."""


class ExpressionError(LawError):
    """A condition is not written in the language of conditions."""


class FileError(LicetError, OSError):
    """A file cannot be read or written as asked."""

    __str__ = LicetError.__str__


def did_you_mean(given: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A hint that names up to three near spellings among `known`, or `otherwise`."""
    names = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(given.casefold(), names, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(repr(names[n]) for n in near)}?" if near else otherwise

"""Knowing and not knowing: the three truth values, and values that are not (fully) known.

Inside the engine a truth is ``True``, ``False`` or ``None``; what leaves it is a `Truth`, which refuses to be
taken for a bool, so that "not known" can never slip through an ``if`` as a "no".
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any, NoReturn, final


@final
class Truth(enum.Enum):
    """Yes, no, or unknown (Kleene's strong logic)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("a Truth may be unknown and is no bool: compare it, as in `x is Truth.YES`")

    def __str__(self) -> str:
        return self.value

    @classmethod
    def of(cls, raw: bool | None) -> Truth:
        """The truth for the engine's own True, False or None."""
        return cls.UNKNOWN if raw is None else cls.YES if raw else cls.NO


YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


@final
class Among:
    """A value of which only the candidates are known: two published die areas, or "any country but these".

    A comparison with it is decided when every candidate agrees, and unknown otherwise.
    """

    __slots__ = ("why", "values")

    def __init__(self, values: Iterable[Any], why: str = "") -> None:
        object.__setattr__(self, "values", frozenset(values))
        object.__setattr__(self, "why", why)
        if not self.values:
            raise ValueError("Among needs at least one candidate")

    values: frozenset[Any]
    why: str

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("Among is frozen")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Among) and self.values == other.values

    def __hash__(self) -> int:
        return hash(self.values)

    def __bool__(self) -> NoReturn:
        raise TypeError("a value that is only known to be among some candidates is no bool")

    def __repr__(self) -> str:
        return f"Among({sorted(map(str, self.values))})"

    def __str__(self) -> str:
        shown = sorted(map(str, self.values))
        return " or ".join(shown) if len(shown) <= 4 else f"one of {len(shown)} ({shown[0]} … {shown[-1]})"

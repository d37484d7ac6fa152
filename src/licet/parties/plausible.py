"""Whether a list can follow the one before it: a broken or partial file must not clear parties that are listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from licet.errors import FileError
from licet.parties.record import Record

#: A list may shrink by this share before a person has to say that it is right.
SHRINK: Final = 0.1


def plausible(before: Sequence[Record], after: Sequence[Record]) -> None:
    """Refuse a list that lost a whole list, or a good part of one, or what most of its entries said.

    Raises:
        FileError: it did.
    """
    old, new = _sizes(before), _sizes(after)
    for (which, what), size in old.items():
        left = new[which, what]
        if size >= 20 and left < size * (1 - SHRINK):
            raise FileError(
                f"the new file holds {left} {what} of the list {which} where the list held has {size}",
                why="a broken or partial file would clear parties that are listed",
                next="download it again; if the list really shrank, say --accept-smaller (in Python anyway=True)",
            )


def _sizes(records: Sequence[Record]) -> Counter[tuple[str, str]]:
    """For each list the number of its entries, and of those that have what a decision rests on."""
    found: Counter[tuple[str, str]] = Counter()
    for entry in records:
        if entry.gone_by is None:
            has = {"entries": True, "entries with aliases": entry.alt_names, "entries with countries": entry.countries,
                   "entries with license requirements": entry.requirement, "entries with programs": entry.programs,
                   "entries with notices": entry.notice}  # fmt: skip
            found.update((entry.list.id, what) for what, given in has.items() if given)
    return found

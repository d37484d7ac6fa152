"""The restricted-party lists: what each is called, what a listing means, and how its footnotes are read.

The table is ``data/lists.yaml``. A listing becomes values of the ``..._listed`` facts here and nowhere else.
"""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

import yaml

from licet.errors import FileError

NOBODY_LISTED: Final = frozenset({"none"})


@dataclass(frozen=True, slots=True)
class PartyList:
    """One official list.

    Attributes:
        id: the word Licet uses for it.
        title: what people call it.
        match: a part of the `source` field that names it.
        value: the value of a ``..._listed`` fact; None where the EAR attaches no requirement to the list.
        cite: the rule behind it.
        agency: who keeps it.
        began: nothing was on it before this day; None: not recorded.
    """

    id: str
    title: str
    match: str
    value: str | None
    cite: str
    agency: str
    began: datetime.date | None = None


@functools.cache
def _table() -> dict[str, Any]:
    text = resources.files("licet.parties").joinpath("data/lists.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@functools.cache
def all_lists() -> dict[str, PartyList]:
    """Every list by its id."""
    found = {}
    for row in _table()["lists"]:
        began = row.get("began")
        found[row["id"]] = PartyList(**{**row, "began": datetime.date.fromisoformat(began) if began else None})
    return found


#: What the trade department calls the lists for short.
_CODES: Final = {
    "el": "entity_list", "sdn": "sdn", "dpl": "denied_persons", "uvl": "unverified_list",
    "meu": "military_end_user_list", "cmic": "cmic", "ssi": "sectoral", "isn": "nonproliferation", "dtc": "debarred",
    "fse": "evaders", "plc": "legislative_council", "cap": "payable_through", "mbs": "menu_based",
}  # fmt: skip


@functools.cache
def list_of(source: str) -> PartyList:
    """The list that a `source` field names.

    Raises:
        FileError: no list is called so, which is how a new list or a new layout shows itself.
    """
    folded = source.casefold()
    found = all_lists().get(_CODES.get(folded, folded))
    if found is not None:
        return found
    # the most special name first: the CMIC list and the menu-based list also call themselves "Non-SDN"
    for entry in sorted(all_lists().values(), key=lambda entry: -len(entry.match)):
        if entry.match.casefold() in folded:
            return entry
    raise FileError(
        f"no restricted-party list is called {source[:80]!r}",
        why="a list that is not known cannot be given a meaning in the law",
        next="add it to lists.yaml, or leave its records out",
    )


@functools.cache
def _footnotes() -> tuple[tuple[int, datetime.date, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (
            row["footnote"],
            datetime.date.fromisoformat(row["from"]),
            tuple(re.compile(pattern, re.IGNORECASE) for pattern in row["patterns"]),
        )
        for row in _table()["footnotes"]
    )


@functools.lru_cache(maxsize=4096)
def footnotes(requirement: str) -> frozenset[int]:
    """The footnotes of the Entity List that the text of a license requirement carries.

    A superscript survives in the data as a bare digit, so "734.9(e)1 and 744.11 of the EAR2" carries footnotes 1
    (foreign direct products) and 2 (standards work): the last digit alone would mislead.
    """
    return frozenset(number for number, _, patterns in _footnotes() if any(p.search(requirement) for p in patterns))


@functools.cache
def footnote_from(number: int) -> datetime.date:
    """The first day on which footnote `number` existed."""
    return next(day for known, day, _ in _footnotes() if known == number)


@functools.cache
def _programs() -> dict[str, datetime.date]:
    return {row["program"]: datetime.date.fromisoformat(row["from"]) for row in _table()["programs_744_8"]}


def named_in_744_8(programs: tuple[str, ...], on: datetime.date) -> bool:
    """Whether 15 CFR 744.8 names one of these programs of OFAC on that day."""
    return any((start := _programs().get(program)) is not None and start <= on for program in programs)

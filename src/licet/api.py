"""The Python face: ask one question, check many, look at the law of a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from licet.decision.decide import decide, decide_ordinary
from licet.decision.determination import Determination
from licet.decision.question import prepare
from licet.errors import QuestionError, did_you_mean
from licet.lex.law import DayLaw, Law, current
from licet.parties.finding import Look, look

if TYPE_CHECKING:
    import polars

ASSUMPTIONS = ("strict", "ordinary")


def ask(
    question: Mapping[str, Any] | None = None, /, *, assume: str = "strict", lawbook: Law | None = None,
    screen: bool | Look | None = None, **more: Any,
) -> Determination:  # fmt: skip
    """Answer one question.

    Args:
        question: facts by name (see `licet facts`); ``from`` and ``to`` are short for shipped_from and destination.
        assume: ``strict`` takes nothing that was not given; ``ordinary`` takes what is missing as for an ordinary
            transaction, and the answer lists each assumption.
        lawbook: another lawbook than the one that comes with Licet.
        screen: parties that are named, and of whose listing nothing is said, are looked up in the restricted-party
            lists: a listing that is found counts, a possible one keeps the answer open. None (the default): a name that
            is not found says nothing. True: it is taken to be on no list, as an assumption. False: nobody is looked
            up. Or a `licet.parties.Screener` with lists, decisions and owners of its own.
        **more: further facts.

    Raises:
        QuestionError: the question cannot be answered as it was put; the message says what to change.
    """
    if assume not in ASSUMPTIONS:
        raise QuestionError(
            f"assume cannot be {assume!r}", next=did_you_mean(assume, ASSUMPTIONS, otherwise="strict or ordinary")
        )
    strict = decide(prepare({**(question or {}), **more}, look=look(screen)), lawbook)
    return strict if assume == "strict" else decide_ordinary(strict)


def check(
    source: polars.DataFrame | str | Path, /, *, assume: str = "strict", on: str | None = None,
    screen: bool | Look | None = None,
) -> polars.DataFrame:  # fmt: skip
    """Answer every line of a frame or a file; input columns are kept, results are added as columns.

    Args:
        source: a Polars frame, or the path of a CSV, JSON Lines, Parquet or Excel file.
        assume: as in `ask`.
        on: the day for lines that have none.
        screen: as in `ask`; each distinct party is looked up once.

    Raises:
        QuestionError: a column that is no fact (with a hint), or no line at all.
        FileError: the file cannot be read.
    """
    from licet.batch import check as check_

    return check_(source, assume=assume, on=on, screen=screen)


def law(on: str | datetime.date | None = None) -> DayLaw:
    """The law of a day (today by default).

    Raises:
        QuestionError: the day lies before the first day of the lawbook.
    """
    from licet.facts import parse

    day = parse("on", on) if on is not None else datetime.date.today()  # noqa: DTZ011 - the asker's own calendar
    return current().on(day)

"""What several commands take: the format, outcomes to fail on, facts written as ``name=value``."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licet.errors import FileError, LicetError, QuestionError, did_you_mean

if TYPE_CHECKING:
    from licet.parties.archive import Archive
    from licet.parties.finding import Look
    from licet.parties.screener import Screener

#: Options of the commands that look parties up.
Screen = Annotated[
    bool, typer.Option("--screen/--no-screen", help="Hold the parties named against the restricted-party lists.")
]
Lists = Annotated[Path | None, typer.Option(help="A folder of imported lists.", metavar="FOLDER")]
Reviews = Annotated[
    str | None, typer.Option(help="Decisions of reviewers: a SQLite file, or the URL of a database.", metavar="DB")
]
Second = Annotated[
    str | None,
    typer.Option("--second-opinion", help="Ask another matcher too: logic-v2 (the extra opensanctions).",
                 metavar="WHAT"),
]  # fmt: skip
Owners = Annotated[Path | None, typer.Option(help="Who owns whom: owner, owned, share (CSV).", metavar="FILE")]


class Format(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    JSON = "json"


class Assume(StrEnum):
    """What is taken for granted when a fact was not given."""

    STRICT = "strict"
    ORDINARY = "ordinary"


class Explain(StrEnum):
    """How much of the trace is shown."""

    STEPS = "steps"
    ALL = "all"


def print_json(data: Any) -> None:
    """Print plain data as JSON for programs and people."""
    print(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def outcomes(wanted: Iterable[str]) -> frozenset[str]:
    """The outcomes that ``--fail-on`` names, one by one or with commas.

    Raises:
        QuestionError: one of them is no outcome.
    """
    from licet.decision.determination import Outcome

    known = [each.value for each in Outcome]
    given = [part.strip().casefold().replace("-", "_") for text in wanted for part in text.split(",") if part.strip()]
    for name in given:
        if name not in known:
            raise QuestionError(
                f"--fail-on cannot be {name!r}",
                why=f"the outcomes are {', '.join(known)}",
                next=did_you_mean(name, known),
            )
    return frozenset(given)


def pairs(given: Iterable[str], option: str = "--set") -> dict[str, str]:
    """``name=value`` words as a mapping.

    Raises:
        QuestionError: a word without ``=``, or one name twice.
    """
    found: dict[str, str] = {}
    for word in given:
        name, equals, value = word.partition("=")
        name = name.strip()
        if not equals or not name:
            raise QuestionError(f"{option} {word!r} is not name=value", next=f"write it like {option} end_user_hq=CN")
        if name in found and found[name] != value:
            raise QuestionError(
                f"{option} gives {name} twice, as {found[name]!r} and as {value!r}", next="give it once"
            )
        found[name] = value
    return found


def question(file: Path | None, *given: Mapping[str, str | None]) -> dict[str, Any]:
    """The facts of a question file and those of the command line, which go before it.

    Raises:
        QuestionError: the command line gives one fact two values, or see `read_question`.
    """
    from licet.facts import fact

    typed: dict[str, Any] = {}
    for source in given:
        for name, value in source.items():
            if value is None:
                continue
            full = fact(name).name
            if typed.setdefault(full, value) != value:
                raise QuestionError(f"{full} is given twice, as {typed[full]!r} and as {value!r}", next="give it once")
    asked = {} if file is None else read_question(file)
    return {name: value for name, value in asked.items() if fact(name).name not in typed} | typed


def read_question(file: Path) -> dict[str, Any]:
    """One question as a JSON object: facts by name, numbers exact.

    Raises:
        FileError: the file cannot be read.
        QuestionError: it is not one JSON object, or a key stands in it twice.
    """
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError(f"cannot read {file}", why=error.strerror or "") from None
    except UnicodeDecodeError:
        raise FileError(f"cannot read {file}", why="it is not UTF-8 text", next="save it as UTF-8") from None
    try:
        asked = json.loads(text, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=_once)
    except RecursionError:
        raise QuestionError("it is nested too deeply for a question", where=str(file)) from None
    except QuestionError as error:
        raise error.at(str(file)) from None
    except json.JSONDecodeError as error:
        several = error.msg == "Extra data"
        hint = (
            "for several questions use `licet check`"
            if several
            else 'a question looks like {"item": "nvidia-h20", "to": "CN"}'
        )
        raise QuestionError(
            "this is not one JSON object", where=f"{file}, line {error.lineno}", why=error.msg, next=hint
        ) from None
    if not isinstance(asked, dict):
        raise QuestionError(
            "a question is a JSON object", where=str(file), next="for a list of questions use `licet check`"
        )
    return asked


def _once(items: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in items:
        if name in found:
            raise QuestionError(f"{name!r} stands twice in one object", next="keep one of them")
        found[name] = value
    return found


def looker(screen: bool, lists: Path | None, reviews: str | None, owners: Path | None) -> bool | Look:
    """What ``--screen`` and its kin ask for: no look-up, the usual one, or one with lists, decisions and owners.

    Raises:
        QuestionError: ``--no-screen`` beside an option that is about screening.
        FileError: one of the files is not there, or cannot be read.
    """
    named = [name for name, value in (("lists", lists), ("reviews", reviews), ("owners", owners)) if value is not None]
    if not screen and named:
        raise QuestionError(f"--no-screen and --{named[0]} exclude each other", next="leave one of them out")
    return screener(lists, reviews, owners) if named else screen


def screener(
    lists: Path | None = None, reviews: str | None = None, owners: Path | None = None, second: str | None = None
) -> Screener:
    """A screener over these lists, decisions and owners, or over those that the user keeps."""
    need_parties()
    from licet.parties import ownership, store
    from licet.parties.screener import Screener

    if reviews is not None and "://" not in reviews and not Path(reviews).exists():
        raise FileError("there are no decisions", where=reviews, next="`licet review decide` makes the first one")
    archive = held(lists)
    return Screener(
        lists=archive if archive.days() else None,
        reviews=store.reviews(reviews),
        owners=ownership.read(owners) if owners is not None else None,
        second=second,
    )


def held(lists: Path | None) -> Archive:
    """The lists held in a folder; one that is named has to hold some.

    Raises:
        FileError: it holds none.
    """
    from licet.parties import store

    archive = store.lists(lists)
    if lists is not None and not archive.days():
        raise FileError("no lists are held there", where=str(lists), next="`licet lists import FILE` brings one in")
    return archive


def country_of(written: str | None) -> str | None:
    """The code of a party's country; None where none was given, or it is not known.

    Raises:
        BadValue: there is no such country.
    """
    from licet import facts

    code = facts.parse("end_user_country", written)
    return code if isinstance(code, str) and code != facts.NOBODY else None


def day_of(written: str | None) -> datetime.date:
    """The day that is meant; today where none was given.

    Raises:
        QuestionError: it is no day.
    """
    from licet import facts

    if written is None:
        return datetime.date.today()  # noqa: DTZ011 - the asker's own calendar
    day = facts.parse("on", written)
    if not isinstance(day, datetime.date):
        raise QuestionError(f"{written!r} is no day", next="write it YYYY-MM-DD, or leave it out for today")
    return day


def need_parties() -> None:
    """Refuse when the extra `parties` is not installed.

    Raises:
        LicetError: it is not.
    """
    from licet.parties.finding import installed

    if not installed():
        raise LicetError("names are screened by the extra `parties`, which is not installed",
                         next="install Licet as licet[parties]")  # fmt: skip

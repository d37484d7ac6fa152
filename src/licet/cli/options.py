"""What several commands take: the format, outcomes to fail on, facts written as ``name=value``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from licet.errors import FileError, QuestionError, did_you_mean


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

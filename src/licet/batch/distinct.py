"""Deciding many distinct questions: one of each pattern in full, its answer for all."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import polars as pl

from licet.batch.ordinary import suppose
from licet.batch.patterns import Span
from licet.batch.questions import Questions
from licet.decision.decide import decide
from licet.decision.determination import Determination
from licet.decision.question import Question
from licet.decision.worlds import axes, settled
from licet.errors import LicetError
from licet.facts import FACTS, Fact, Kind, Subject
from licet.lex.law import Law
from licet.logic.columns import constant
from licet.unknown import Truth

#: The columns of an answer, in order; `law` and `error` follow.
RESULTS = (
    "outcome", "outcome_as_written", "eccn", "requirements", "exceptions", "review_policy", "missing", "red_flags",
    "warnings", "citations", "assumptions",
)  # fmt: skip
_Said = dict[str, str | None]
_Say = Callable[[Determination | LicetError], _Said]


def answer(
    raw: pl.DataFrame, law: Law, *, assume: str = "strict",
    more: Mapping[str, Callable[[Determination], str]] = MappingProxyType({}),
) -> pl.DataFrame:  # fmt: skip
    """The answers to distinct questions, one row each, in order.

    Args:
        raw: a column for each fact, values as a file wrote them.
        law: the lawbook.
        assume: ``strict`` or ``ordinary``.
        more: further columns by name, each from the answer that stands for all rows of a pattern.

    Returns:
        the columns of `RESULTS` as text (lists joined by "; "), and `error`.

    Raises:
        QuestionError: a column that is no fact, or two columns for one fact.
    """
    table = Questions(raw)
    _days(table, law)
    if assume == "ordinary":
        for _ in range(3):  # what is taken can bring further facts into play
            open_ = _spread(table, law, ("wanted",), _wanted)["wanted"].fill_null("")
            if not suppose(table, open_, law):
                break
    frame = _spread(table, law, (*RESULTS, *more, "error"), functools.partial(_told, more))
    said = frame.with_columns(
        pl.coalesce(table.errors, frame["error"]).alias("error"),
        table.remarks.alias("!remark"),
        pl.when(frame["outcome"].is_not_null()).then(table.taken).alias("assumptions"),
    )
    both = pl.concat_str(["warnings", "!remark"], separator="; ")
    remark, warnings = pl.col("!remark"), pl.col("warnings")
    joined = pl.when((remark == "") | pl.col("outcome").is_null()).then(warnings).when(warnings == "").then(remark)
    return said.with_columns(joined.otherwise(both).alias("warnings")).drop("!remark")


def _spread(table: Questions, law: Law, names: tuple[str, ...], say: _Say) -> pl.DataFrame:
    """What `say` says of one row of each pattern, for all rows of that pattern.

    Where worlds are tried, the very numbers count and not only which lines they reach: there, one row of each
    combination of numbers is decided.
    """
    answers: dict[str, list[str | None]] = {name: [None] for name in names}
    places = pl.repeat(0, table.rows, dtype=pl.Int32, eager=True)
    as_written = "wanted" in names

    def keep(found: Determination | LicetError) -> int:
        for name, value in say(found).items():
            answers[name].append(value)
        return len(answers[names[0]]) - 1

    for rows, span in _spans(table, law):
        words = Span(table, rows, law.on(law.starts[span]), as_written=as_written).patterns()
        alike = words.with_columns(rows.alias("!row")).group_by(words.columns, maintain_order=True).agg("!row")["!row"]
        kept = []
        for pattern, row in enumerate(alike.list.first().to_list()):
            found = _decided(table, row, law)
            if isinstance(found, LicetError) or not axes(found):
                kept.append(keep(found))
                continue
            kept.append(0)
            for part in _by_numbers(table, alike[pattern]):
                one = _decided(table, part[0], law)
                place = keep(one if isinstance(one, LicetError) else settled(one))
                places = places.scatter(part, pl.repeat(place, len(part), dtype=pl.Int32, eager=True))
        spread = pl.DataFrame({"row": alike, "place": pl.Series(kept, dtype=pl.Int32)})
        spread = spread.filter(pl.col("place") > 0).explode("row")
        places = places.scatter(spread["row"], spread["place"])
    return pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in answers.items()})[places]


def _by_numbers(table: Questions, rows: pl.Series) -> list[pl.Series]:
    """The rows in groups that share every number and every fact of the item."""
    looked = [name for name in table.codes if (fact := FACTS.get(name)) and _counts(fact)]
    frame = pl.DataFrame({"!row": rows, **{name: table.codes[name].gather(rows) for name in looked}})
    return [part["!row"] for part in frame.partition_by(looked, maintain_order=True)] if looked else [rows]


def _counts(fact: Fact) -> bool:
    return fact.kind is Kind.NUMBER or fact.of is Subject.ITEM


def _days(table: Questions, law: Law) -> None:
    """Refuse the rows that have no day, or one before the lawbook."""
    if "on" not in table.codes:
        table.fail(constant(True, table.rows), "no day is given. Add a column `on`, or say --on DATE.")
        return
    table.fail(table.codes["on"].is_null(), "column on: no day is given. Write YYYY-MM-DD, or say --on DATE.")
    early = [code for code, day in enumerate(table.values.get("on", [])) if day < law.first]
    if early:
        message = f"column on: the day lies before the first day of this lawbook, {law.first}."
        table.fail(table.codes["on"].is_in(early), message)


def _spans(table: Questions, law: Law) -> Iterable[tuple[pl.Series, int]]:
    """The rows that can be answered and the span of the law they fall in, split at the last verified day."""
    days = table.values.get("on", [])
    key = pl.DataFrame(
        {
            "code": pl.Series(range(len(days)), dtype=pl.Int32),
            "span": pl.Series([bisect.bisect_right(law.starts, day) - 1 for day in days], dtype=pl.Int32),
            "late": pl.Series([day > law.verified_through for day in days], dtype=pl.Boolean),
        }
    )
    rows = pl.int_range(table.rows, eager=True)
    frame = pl.DataFrame({"code": table.codes.get("on", rows.cast(pl.Int32)), "row": rows, "error": table.errors})
    frame = frame.filter(pl.col("error").is_null()).join(key, on="code", how="inner").sort("row")
    return [(part["row"], int(part["span"][0])) for part in frame.partition_by("span", "late", maintain_order=True)]


def _question(table: Questions, row: int) -> Question:
    known = table.known(row)
    return Question(known["on"], table.said(row), known)


def _decided(table: Questions, row: int, law: Law) -> Determination | LicetError:
    try:
        return decide(_question(table, row), law, exact=False)
    except LicetError as error:
        return error


def _told(more: Mapping[str, Callable[[Determination], str]], found: Determination | LicetError) -> _Said:
    if isinstance(found, LicetError):
        return {**dict.fromkeys((*RESULTS, *more)), "error": str(found)}
    return {**plain(found), **{name: tell(found) for name, tell in more.items()}, "error": None}


def _wanted(found: Determination | LicetError) -> _Said:
    if isinstance(found, LicetError):
        return {"wanted": None}
    return {"wanted": "; ".join((*found.missing, *found.missing_as_written))}


def plain(result: Determination) -> dict[str, str | None]:
    """A determination as the text of the columns of `RESULTS`."""
    return {
        "outcome": str(result.outcome),
        "outcome_as_written": str(result.outcome_as_written),
        "eccn": "; ".join(result.eccn),
        "requirements": "; ".join(each.provision for each in result.requirements),
        "exceptions": "; ".join(dict.fromkeys(f"{each.symbol}: {Truth.of(each.available)}" for each in result.offers)),
        "review_policy": result.review_policy,
        "missing": "; ".join(result.missing),
        "red_flags": "; ".join(result.red_flags),
        "warnings": "; ".join(each.replace("; ", ", ") for each in result.warnings),
        "citations": "; ".join(result.citations),
        "assumptions": "; ".join(each.fact for each in result.assumptions),
    }

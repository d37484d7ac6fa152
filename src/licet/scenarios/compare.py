"""An order file answered under the law and under an amended law, line by line."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from licet import facts
from licet.batch import RESULTS, check, files
from licet.batch.columns import Layout, layout
from licet.decision.decide import decide, decide_ordinary
from licet.decision.determination import Determination
from licet.decision.question import prepare
from licet.errors import LicetError, QuestionError
from licet.lex.amend import Amendment, amend
from licet.lex.law import Law, current
from licet.scenarios.shelf import find
from licet.unknown import Truth

#: The moves that a comparison names one by one; `Comparison.frame` holds all lines.
MOST = 1_000
#: What must differ for a line to move, and for the amendment to bear on it at all.
_MOVES = ("outcome", "outcome_as_written", "review_policy")
_PLACE = "__place"
_BEARS = (*_MOVES, "requirements", "exceptions", "missing", "citations")


@dataclass(frozen=True, slots=True)
class Move:
    """One line that the amendment bears on.

    Attributes:
        line: its number in the file (for CSV and JSON Lines that of the line).
        id: what the column `id` says, if there is one.
        item, destination: what moves, and where to.
        before, after: the outcome.
        written_before, written_after: the outcome as written.
        policy_before, policy_after: the review policy, None where there is none.
        fell: requirements that no longer stand in its way.
        came: requirements that newly do.
        binds: what still stands in its way after the amendment: requirements that no exception lifts, prohibitions.
    """

    line: int
    id: str
    item: str
    destination: str
    before: str
    after: str
    written_before: str
    written_after: str
    policy_before: str | None
    policy_after: str | None
    fell: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    binds: tuple[str, ...] = ()

    @property
    def held(self) -> bool:
        """Whether the answer stays although the amendment bears on it."""
        return (self.before, self.written_before, self.policy_before) == (
            self.after, self.written_after, self.policy_after,
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """The move as plain data."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an amendment makes of an order file.

    Attributes:
        amendment, variant, title, status: whose law it would be.
        since: the first day on which it changes anything.
        on: the day on which all lines were judged; None where each has its own.
        lines: how many were compared.
        early: how many of them take place before `since`, so that nothing can change.
        errors: how many could not be read or answered.
        before, after: lines by outcome.
        moved: how many lines have another outcome (as enforced or as written) or review policy.
        held: how many it bears on without moving them.
        binding: what still stands in the way of the lines it bears on, with their number, most first.
        moves: the first of these lines, those that move before those that are held.
        frame: every line with both answers.
        law_before, law_after: version, sha256 and last verified day of both.
        out: the file written, if any.
    """

    amendment: str
    variant: str
    title: str
    status: str
    since: datetime.date | None
    on: datetime.date | None
    assume: str
    lines: int
    early: int
    errors: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    moved: int
    held: int
    binding: Mapping[str, int]
    moves: tuple[Move, ...]
    law_before: Mapping[str, str]
    law_after: Mapping[str, str]
    frame: pl.DataFrame = field(repr=False, compare=False)
    out: Path | None = None

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data, without the frame."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in ("frame", "moves")}
        days = {name: plain[name].isoformat() if plain[name] else None for name in ("since", "on")}
        out = str(self.out) if self.out else None
        return {**plain, **days, "out": out, "moves": [each.to_dict() for each in self.moves]}


def whatif(
    source: pl.DataFrame | str | Path, amendment: Amendment | str, variant: str | None = None, *,
    on: str | None = None, assume: str = "strict", rename: Mapping[str, str] | None = None, keep: Sequence[str] = (),
    out: str | Path | None = None, law: Law | None = None,
) -> Comparison:  # fmt: skip
    """Answer every line under the law and under the amended law, and compare.

    Args:
        source: an order file, or a frame.
        amendment: the id of a proposal, or an amendment.
        variant: its name; the first that can be applied by default.
        on: a day on which all lines take place; without it each line needs its own.
        assume: ``strict``, or ``ordinary``.
        rename: columns of the file that hold a fact under another name.
        keep: columns that are no facts and are only carried along.
        out: a file for all lines with both answers.
        law: the law to amend; by default the one that comes with Licet.

    Raises:
        LawError: the amendment cannot be applied to this law.
        QuestionError: there is no such proposal, or a column is no fact.
        FileError: a file cannot be read or written.
    """
    chosen = find(amendment) if isinstance(amendment, str) else amendment
    base = law or current()
    new = amend(base, chosen, variant)
    how = chosen.variant(variant)
    rows, unread = _rows(source)
    rename, where = dict(rename or {}), "the frame" if isinstance(source, pl.DataFrame) else str(source)
    shape = layout(rows.columns[1:], rename, keep, base, where=where)
    inputs, day = _inputs(rows, shape, on)
    named = {column: fact for column, fact in rename.items() if column in inputs.columns}
    sides = [
        check(inputs, assume=assume, on=str(day) if day else None, rename=named, keep=keep, lawbook=book).select(
            pl.col(f"{name}_answer" if name in inputs.columns else name).alias(name)
            for name in (*RESULTS, "law", "error")
        )
        for book in (base, new)
    ]
    both = _both(rows, sides)
    good = both.filter(pl.col("error").is_null())
    asked = layout(inputs.columns, named, keep, new, where=where)
    questions = asked.questions(inputs, day)
    shown = _shown(inputs, asked)
    moves, binding = _moves(good, shown, questions, (base, new), assume)
    if out is not None:
        _write(both, rows, out, None if isinstance(source, pl.DataFrame) else source, str(day) if day else None)
    return Comparison(
        chosen.id, how.name, how.title, chosen.status, how.since, day, assume, good.height,
        _early(questions, how.since), unread + both.height - good.height,
        _counts(good["outcome_before"]), _counts(good["outcome_after"]),
        int(good["moves"].sum()), int((good["bears"] & ~good["moves"]).sum()), binding, moves,
        _words(base), _words(new), both.drop(_PLACE), Path(out) if out is not None else None,
    )  # fmt: skip


def _rows(source: pl.DataFrame | str | Path) -> tuple[pl.DataFrame, int]:
    """The rows that could be read, their line numbers in front, and how many could not."""
    parts = [files.numbered(source)] if isinstance(source, pl.DataFrame) else list(files.read(source))
    whole = pl.concat(parts)
    read = whole.filter(pl.col(files.ERROR).is_null()).drop(files.ERROR)
    if not read.height:
        raise QuestionError("no line could be read", next="`licet check` says why")
    return read.select(files.LINE, pl.exclude(files.LINE)), whole.height - read.height


def _inputs(rows: pl.DataFrame, shape: Layout, on: str | None) -> tuple[pl.DataFrame, datetime.date | None]:
    """The columns of the file, without its days when all lines take place on one; and that day."""
    inputs = rows.drop(files.LINE)
    if on is None:
        return inputs, None
    own = [column for column, fact in {**shape.asked, **shape.idle}.items() if fact == "on"]
    return inputs.drop(own), facts.parse("on", on)


def _answers(answered: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The columns of the answer under their own names, whatever `columns` the file has of the same name."""
    names = {name: f"{name}_answer" if name in columns else name for name in (*RESULTS, "law", "error")}
    return answered.select(pl.col(column).alias(name) for name, column in names.items())


def _both(rows: pl.DataFrame, sides: list[pl.DataFrame]) -> pl.DataFrame:
    """Line number, id, both answers side by side, and whether the amendment bears on the line and moves it."""
    before, after = (
        side.select(pl.exclude("error").name.suffix(f"_{word}"))
        for side, word in zip(sides, ("before", "after"), strict=True)
    )
    joined = pl.concat([rows.select(files.LINE), before, after], how="horizontal")
    error = pl.select(pl.coalesce(*(side["error"] for side in sides)).alias("error")).to_series()

    def differs(names: Sequence[str]) -> pl.Expr:
        return pl.any_horizontal(pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after")) for name in names)

    marks: list[pl.Expr | pl.Series] = [differs(_MOVES).alias("moves"), differs(_BEARS).alias("bears"), error]
    return joined.with_columns(*marks).with_row_index(_PLACE)


def _counts(outcomes: pl.Series) -> dict[str, int]:
    counted = outcomes.alias("outcome").value_counts(sort=True, name="rows").sort("rows", "outcome", descending=True)
    return {str(outcome): int(rows) for outcome, rows in counted.iter_rows()}


def _early(questions: pl.DataFrame, since: datetime.date | None) -> int:
    """How many lines take place before `since`."""
    if since is None or "on" not in questions.columns:
        return 0
    early = 0
    for value, count in questions["on"].drop_nulls().value_counts(name="rows").iter_rows():
        try:
            early += count if facts.parse("on", value) < since else 0
        except LicetError:
            continue  # such a line is an error already
    return early


def _words(law: Law) -> dict[str, str]:
    return {"version": law.version, "sha256": law.sha256, "verified_through": law.verified_through.isoformat()}


def _write(both: pl.DataFrame, rows: pl.DataFrame, out: str | Path, source: str | Path | None, on: str | None) -> None:
    names = [f"{name}_{side}" for name in (*RESULTS, "law") for side in ("before", "after")]
    added = [pl.col("moves"), *([pl.lit(on).alias("judged_on")] if on else []), *names, pl.col("error")]
    answers = both.select(added)
    taken = set(rows.columns)
    answers = answers.rename({name: f"{name}_whatif" for name in answers.columns if name in taken})
    with files.Writer(out, source=source) as sink:
        sink.write_all(iter([pl.concat([rows.drop(files.LINE), answers], how="horizontal")]))


def _shown(inputs: pl.DataFrame, shape: Layout) -> pl.DataFrame:
    """What names a line to a person: its id, its item and its destination."""
    columns = {fact: column for column, fact in shape.asked.items()}
    names = {"id": "id", "item": columns.get("item", ""), "destination": columns.get("destination", "")}
    if not names["item"] or inputs[names["item"]].null_count() == inputs.height:
        names["item"] = columns.get("eccn", columns.get("item_kind", ""))
    empty = pl.lit("")
    return inputs.select(
        (pl.col(column).cast(pl.String).fill_null("") if column in inputs.columns else empty).alias(name)
        for name, column in names.items()
    )


def _moves(
    good: pl.DataFrame, shown: pl.DataFrame, questions: pl.DataFrame, laws: tuple[Law, Law], assume: str
) -> tuple[tuple[Move, ...], dict[str, int]]:
    """The first lines that the amendment bears on, and what still binds all of them; one line of each kind is asked."""
    kinds = [f"{name}_{side}" for name in _BEARS for side in ("before", "after")]
    touched = good.filter(pl.col("bears"))
    binding: dict[str, int] = {}
    first: list[Move] = []
    for group in touched.partition_by(kinds, maintain_order=True) if touched.height else []:
        question = questions.row(int(group[_PLACE][0]), named=True)
        was, now = (_in_the_way(_asked(question, law, assume)) for law in laws)
        for each in now:
            binding[each] = binding.get(each, 0) + group.height
        fell = tuple(each for each in was if each not in now)
        came = tuple(each for each in now if each not in was)
        for row in group.head(MOST).iter_rows(named=True):
            id_, item, destination = shown.row(int(row[_PLACE]))
            said = [row[f"{name}_{side}"] for name in _MOVES for side in ("before", "after")]
            values = [int(row[files.LINE]), id_, item, destination, *said, fell, came, tuple(now)]
            first.append(Move(**dict(zip(Move.__dataclass_fields__, values, strict=True))))
    first.sort(key=lambda each: (each.held, each.line))
    return tuple(first[:MOST]), dict(sorted(binding.items(), key=lambda each: (-each[1], each[0])))


def _asked(question: Mapping[str, Any], law: Law, assume: str) -> Determination:
    strict = decide(prepare({name: value for name, value in question.items() if value is not None}), law)
    return strict if assume == "strict" else decide_ordinary(strict)


def _in_the_way(answer: Determination) -> list[str]:
    """The requirements that are enforced and not overcome, and the prohibitions."""
    prohibiting = [id_ for id_, _, truth in answer.enforced.kind("prohibits") if truth is True]
    standing = [each.provision for each in answer.requirements if each.enforced is Truth.YES and not each.lifted_by]
    return [*prohibiting, *standing]

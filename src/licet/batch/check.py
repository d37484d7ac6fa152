"""Order files answered line by line: input columns kept, answers added, bad rows named and the others unharmed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from licet import facts
from licet.batch import files
from licet.batch.columns import Layout, layout
from licet.batch.distinct import RESULTS
from licet.batch.memory import Memory
from licet.batch.parties import Parties, Said
from licet.batch.quantity import Quantities
from licet.batch.unique import Ids
from licet.errors import QuestionError
from licet.lex.law import Law, current
from licet.parties.finding import Look, look

#: Called with the rows done and the rows in all, if known.
Progress = Callable[[int, int | None], None]
_MOST_ERRORS = 100
#: Rows in a chunk: each chunk with new questions asks the law once more, and this many hold about 2 GB at the peak.
_ROWS = 2_000_000


@dataclass
class Summary:
    """What came of a file.

    Attributes:
        lines: rows read.
        outcomes: rows by outcome; rows with an error are not among them.
        missing: for each fact, the rows whose answer it would help to settle, most first.
        warnings: rows by warning, most first.
        errors: line, column or place, and message of the first 100 rows that could not be answered.
        error_lines: how many such rows there are.
        out: the file written, if any.
        seconds: time taken.
        law: the lawbook's version, sha256 and last verified day.
        parties: distinct parties looked up in the lists, by what came of it.
    """

    lines: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    error_lines: int = 0
    distinct: int = 0
    out: Path | None = None
    seconds: float = 0.0
    law: dict[str, str] = field(default_factory=dict)
    parties: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The summary as plain data."""
        return {
            "lines": self.lines,
            "outcomes": self.outcomes,
            "missing": self.missing,
            "warnings": self.warnings,
            "error_lines": self.error_lines,
            "errors": [{"line": line, "column": column, "message": message} for line, column, message in self.errors],
            "distinct": self.distinct,
            "out": str(self.out) if self.out else None,
            "seconds": round(self.seconds, 3),
            "law": self.law,
            "parties": self.parties,
        }


def check_file(
    path: str | Path, *, out: str | Path | None = None, assume: str = "strict", on: str | None = None,
    rename: Mapping[str, str] | None = None, keep: Sequence[str] = (), progress: Progress | None = None,
    lawbook: Law | None = None, screen: bool | Look | None = None,
) -> Summary:  # fmt: skip
    """Answer every line of a file.

    Args:
        path: CSV, JSON Lines, Parquet or Excel.
        out: where the rows go with their answers, in the format its name says; None only counts.
        assume: ``strict``, or ``ordinary``.
        on: the day for lines that have none.
        rename: columns of the file that hold a fact under another name.
        keep: columns that are no facts and are only carried along.
        progress: called after each chunk.
        lawbook: another lawbook than the one that comes with Licet.
        screen: as in `licet.ask`; each distinct party is looked up once.

    Raises:
        QuestionError: a column that is no fact, with a hint.
        FileError: the file cannot be read, or the answers cannot be written.
    """
    started = time.perf_counter()
    summary = Summary(out=Path(out) if out else None)
    total = files.count(path)
    run = _Run(lawbook or current(), assume, on, rename=rename or {}, keep=keep, where=str(path), screen=screen)

    def chunks() -> Iterator[pl.DataFrame]:
        for chunk in files.read(path, rows=_ROWS):
            answered = run.answer(chunk)
            _count_errors(answered, chunk[files.LINE], summary)
            summary.lines += chunk.height
            yield answered.drop(files.LINE, files.ERROR)
            if progress is not None:
                progress(summary.lines, total)

    if out is None:
        for _ in chunks():
            pass
    else:
        with files.Writer(out, source=path) as sink:
            sink.write_all(_as_text(chunks()) if Path(out).suffix.lower() != ".parquet" else chunks())
    run.count(summary)
    summary.law = run.law_words
    summary.seconds = time.perf_counter() - started
    return summary


def check(
    source: pl.DataFrame | str | Path, *, assume: str = "strict", on: str | None = None,
    rename: Mapping[str, str] | None = None, keep: Sequence[str] = (), lawbook: Law | None = None,
    screen: bool | Look | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Answer every row of a frame or a file; see `licet.check`."""
    if isinstance(source, pl.DataFrame):
        run = _Run(lawbook or current(), assume, on, rename=rename or {}, keep=keep, where="the frame", screen=screen)
        return _text(run.answer(files.numbered(source)).drop(files.LINE, files.ERROR))
    return lines(source, assume=assume, on=on, rename=rename, keep=keep, lawbook=lawbook, screen=screen)


def lines(
    path: str | Path, *, assume: str = "strict", on: str | None = None, rename: Mapping[str, str] | None = None,
    keep: Sequence[str] = (), lawbook: Law | None = None, screen: bool | Look | None = None,
) -> pl.DataFrame:  # fmt: skip
    """All rows of a file with their answers, in memory."""
    run = _Run(lawbook or current(), assume, on, rename=rename or {}, keep=keep, where=str(path), screen=screen)
    answered = [run.answer(chunk).drop(files.LINE, files.ERROR) for chunk in files.read(path)]
    return pl.concat(map(_text, answered))


def _text(frame: pl.DataFrame) -> pl.DataFrame:
    """Answers as plain text; inside a run they are categories, which are quick to repeat and to write."""
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String))


def _as_text(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    return map(_text, frames)


class _Run:
    """One pass over one source: its layout, the answers held, the ids seen."""

    def __init__(
        self, law: Law, assume: str, on: str | None, *, rename: Mapping[str, str], keep: Sequence[str], where: str,
        screen: bool | Look | None = None,
    ) -> None:  # fmt: skip
        if assume not in ("strict", "ordinary"):
            raise QuestionError(f"assume cannot be {assume!r}", next="strict or ordinary")
        self._on = facts.parse("on", on) if on is not None else None
        self._rename, self._keep, self._where = rename, keep, where
        self._lawbook, self.memory = law, Memory(law, assume)
        self._layout: Layout | None = None
        self._look = look(screen)
        self._parties: Parties | None = None
        self._ids, self._quantities = Ids(), Quantities(law)
        verified = law.verified_through.isoformat()
        self.law_words = {"version": law.version, "sha256": law.sha256, "verified_through": verified}
        self._law = f"{law.version} sha256:{law.sha256[:16]} verified through {verified}"

    def answer(self, chunk: pl.DataFrame) -> pl.DataFrame:
        """The chunk with the columns of the answer, `law` and `error` added."""
        if self._layout is None:
            columns = [name for name in chunk.columns if name not in (files.LINE, files.ERROR)]
            self._layout = layout(columns, self._rename, self._keep, self._lawbook, where=self._where)
            if self._look is not None:
                self._parties = Parties(self._look, {**self._layout.asked, **self._layout.idle})
        shape = self._layout
        questions, said = shape.questions(chunk, self._on), None
        if self._parties is not None:
            questions, said = self._parties.complete(questions, chunk, self._on)
        answers = _with(self.memory.answer(self._quantities.reduced(questions)), said)
        error = pl.coalesce(chunk[files.ERROR], self._ids.twice(chunk), shape.odd(chunk), answers["error"])
        broken = answers.select(error.alias("error"))["error"]
        if self._parties is not None and said is not None:
            self._parties.count(said, broken)
        if broken.null_count() < chunk.height:
            bad = broken.is_not_null()
            answers = answers.with_columns(
                pl.when(bad).then(None).otherwise(pl.col(name)).alias(name) for name in RESULTS
            )
            broken = pl.select(pl.when(bad).then(pl.format("line {}: {}", chunk[files.LINE], broken))).to_series()
            for column, fact in shape.asked.items():
                if column != fact:
                    broken = broken.str.replace(f"column {fact}:", f"column {column}:", literal=True)
            self.memory.forget(answers["!place"], bad)
        added = answers.select(*RESULTS, pl.lit(self._law, pl.Categorical).alias("law"), broken.alias("error"))
        return chunk.hstack(added.rename({name: shape.answer_name(name) for name in added.columns}))

    def count(self, summary: Summary) -> None:
        """Fill in the counts of a summary."""
        self.memory.count(summary)
        if self._parties is not None:
            summary.parties = dict(self._parties.counts)
            both = Counter(summary.warnings) + self._parties.warned
            summary.warnings = dict(both.most_common())


def _with(answers: pl.DataFrame, said: Said | None) -> pl.DataFrame:
    """The answers with what the look-ups say put behind their warnings and red flags."""
    if said is None:
        return answers
    made = []
    for name, more in (("warnings", said.warnings), ("red_flags", said.flags)):
        if more.null_count() < len(more):
            own, text = pl.col(name).cast(pl.String), pl.lit(more)
            joined = pl.when(own == "").then(text).otherwise(pl.concat_str([own, text], separator="; "))
            kept = pl.when(text.is_null() | own.is_null()).then(own).otherwise(joined)
            made.append(kept.cast(pl.Categorical).alias(name))
    return answers.with_columns(made)


def _count_errors(answered: pl.DataFrame, numbers: pl.Series, summary: Summary) -> None:
    error = answered["error" if "error_answer" not in answered.columns else "error_answer"]
    if error.null_count() == len(error):
        return
    bad = pl.DataFrame({"line": numbers, "error": error}).filter(pl.col("error").is_not_null())
    summary.error_lines += bad.height
    for line, message in bad.head(_MOST_ERRORS - len(summary.errors)).iter_rows():
        text = str(message).removeprefix(f"line {line}: ")
        column = text[7:].split(":", 1)[0] if text.startswith("column ") else ""
        summary.errors.append((int(line), column, text))

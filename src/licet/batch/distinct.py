"""Deciding many distinct questions: the law over columns, one decision for each pattern of its truths.

Two questions under the same law for which every provision has the same truth, kept open by the same conditions,
get the same answer. So the columns of truths sort the questions into patterns, and `decide` answers one question of each.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from licet import facts
from licet.batch.table import Facts, is_open
from licet.decision.decide import LIMITS, decide, decide_ordinary
from licet.decision.determination import Determination
from licet.decision.question import Question
from licet.errors import LicetError
from licet.lex.law import DayLaw, Law
from licet.lex.model import Clause
from licet.logic.columns import Column, column, constant
from licet.logic.evaluate import inputs, node_test
from licet.logic.nodes import Compare, Node, Present, Within, walk

#: The columns of an answer, in order; `law` and `error` follow.
RESULTS = (
    "outcome", "outcome_as_written", "eccn", "requirements", "exceptions", "review_policy", "missing", "red_flags",
    "warnings", "citations", "assumptions",
)  # fmt: skip
_EMPTY: dict[str, None] = dict.fromkeys(RESULTS)


def answer(raw: pl.DataFrame, law: Law, *, assume: str = "strict") -> pl.DataFrame:
    """The answers to distinct questions, one row each, in order.

    Args:
        raw: a column for each fact, values as a file wrote them.
        law: the lawbook.
        assume: ``strict`` or ``ordinary``.

    Returns:
        the columns of `RESULTS` as text (lists joined by "; "), and `error`.
    """
    table = Facts(raw)
    _days(table, law)
    patterns: list[tuple[pl.Series, pl.DataFrame]] = []
    for span, rows in _spans(table, law):
        day = law.on(law.starts[span])
        patterns.append((rows, _Span(table, rows, day, assume).patterns()))
    return _decided(table, patterns, law, assume)


def _days(table: Facts, law: Law) -> None:
    if "on" not in table.codes:
        table.fail(constant(True, table.rows), "no day is given: add a column `on`, or say --on DATE")
        return
    table.fail(table.codes["on"].is_null(), "column on: no day is given; write YYYY-MM-DD, or say --on DATE")
    early = [code for code, day in enumerate(table.values.get("on", [])) if day < law.first]
    if early:
        table.fail(table.codes["on"].is_in(early), f"column on: the day lies before the first day of this lawbook, {law.first}")


def _spans(table: Facts, law: Law) -> Iterable[tuple[int, pl.Series]]:
    """The rows that can be answered, by the span of the law they fall in (split at the last verified day)."""
    if "on" not in table.codes:
        return []
    late = law.verified_through
    spans = [bisect.bisect_right(law.starts, day) - 1 for day in table.values.get("on", [])]
    lates = [day > late for day in table.values.get("on", [])]
    frame = pl.DataFrame({"code": table.codes["on"], "row": pl.int_range(table.rows, eager=True), "error": table.errors})
    key = pl.DataFrame({"code": pl.Series(range(len(spans)), dtype=pl.Int32), "span": pl.Series(spans, dtype=pl.Int32),
                        "late": pl.Series(lates, dtype=pl.Boolean)})  # fmt: skip
    frame = frame.filter(pl.col("error").is_null()).join(key, on="code", how="inner").sort("row")
    return [(int(part["span"][0]), part["row"]) for part in frame.partition_by("span", "late", maintain_order=True)]


@dataclass
class _Span:
    """The rows that fall in one span of the law."""

    table: Facts
    rows: pl.Series
    day: DayLaw
    assume: str

    def __post_init__(self) -> None:
        self._codes: dict[str, pl.Series] = {}
        self._leaves: dict[Any, pl.Series] = {}
        self.nothing = pl.repeat(None, len(self.rows), dtype=pl.Int32, eager=True)

    def codes(self, name: str) -> pl.Series:
        found = self._codes.get(name)
        if found is None:
            whole = self.table.codes.get(name)
            found = self._codes[name] = self.nothing if whole is None else whole.gather(self.rows)
        return found

    def leaf(self, node: Node) -> pl.Series:
        key = (node, self.day.groups[node.group]) if isinstance(node, Within) else node
        found = self._leaves.get(key)
        if found is None:
            found = self._leaves[key] = self._decide(node, _looked_at(node))
        return found

    def _decide(self, node: Node, names: tuple[str, ...]) -> pl.Series:
        test = node_test(node, self.day.groups)
        values = [self.table.values.get(name, []) for name in names]
        if len(names) == 1:
            truths = pl.Series([test({names[0]: value}, _nothing) for value in values[0]], dtype=pl.Boolean)
            return truths.gather(self.codes(names[0])) if len(truths) else constant(None, len(self.rows))
        frame = pl.DataFrame({name: self.codes(name) for name in names})
        combos = frame.unique()
        truths = pl.Series(
            [
                test({n: table[code] for n, table, code in zip(names, values, combo, strict=True) if code is not None}, _nothing)
                for combo in combos.iter_rows()
            ],
            dtype=pl.Boolean,
        )  # fmt: skip
        spread = frame.join(combos.with_columns(__truth=truths), on=names, how="left", nulls_equal=True, maintain_order="left")
        return spread["__truth"]

    def columns(self, clauses: Mapping[str, Clause], done: dict[str, Column]) -> dict[str, Column]:
        def ask(id_: str) -> pl.Series:
            if id_ not in done:
                clause = clauses.get(id_)
                done[id_] = (
                    Column(constant(False, len(self.rows)))
                    if clause is None
                    else column(clause.node, len(self.rows), self.leaf, ask)
                )
            return done[id_].truth

        for id_ in clauses:
            ask(id_)
        return done

    def patterns(self) -> pl.DataFrame:
        """For each row, the words in which the truths of the law are packed."""
        written = self.columns(self.day.written, {})
        enforced = self.columns(
            self.day.enforced, {id_: made for id_, made in written.items() if id_ not in self.day.split}
        )
        trits = [made.truth for made in written.values()]
        trits += [enforced[id_].truth for id_ in self.day.split]
        bits = [bit for made in written.values() for bit in made.undecided()]
        bits += [bit for id_ in self.day.split for bit in enforced[id_].undecided()]
        if self.table.codes.get("eccn") is not None and self.codes("eccn").null_count() < len(self.rows):
            trits += self._by_numbers()
        bits += [is_open(self.table.values.get(name, []), self.codes(name)) for name in _JOINT]
        packed = _pack([_trit(each) for each in trits], 2) + _pack([_bit(each) for each in bits], 1)
        return pl.DataFrame({**{f"w{i}": word for i, word in enumerate(packed)}, **self._context()})

    def _by_numbers(self) -> list[pl.Series]:
        """What the numbers alone say of an item whose classification is asserted."""
        bare = _Span(self.table, self.rows, self.day, self.assume)
        bare._codes = {**self._codes, "eccn": self.nothing}
        no = self.table.code("classified", False)
        bare._codes["classified"] = pl.repeat(no, len(self.rows), dtype=pl.Int32, eager=True)
        wanted = {id_: self.day.written[id_] for id_ in LIMITS if id_ in self.day.written}
        done: dict[str, Column] = {}

        def ask(id_: str) -> pl.Series:
            if id_ not in done:
                clause = self.day.written.get(id_)
                done[id_] = (
                    Column(constant(False, len(self.rows)))
                    if clause is None
                    else column(clause.node, len(self.rows), bare.leaf, ask)
                )
            return done[id_].truth

        return [ask(id_) for id_ in wanted]

    def _context(self) -> dict[str, pl.Series]:
        """What the answer shows or takes besides the truths."""
        names = ["eccn", "subject_to_ear", "other_parties", *(f"{role} present" for role in facts.PARTIES)]
        found = {f"c {name}": self.codes(name) for name in names if name in self.table.codes}
        found["c item_kind?"] = self.codes("item_kind").is_null()
        if {"die_area_mm2", "tpp"} & self.table.codes.keys():
            missing = self.codes("tpp").is_null()
            area = pl.DataFrame({"a": self.codes("die_area_mm2"), "m": missing})
            found["c die_area_mm2"] = area.select(pl.when("m").then("a")).to_series()
        if self.assume == "ordinary":
            found["c destination"] = self._place_class()
            found["c activity?"] = self.codes("activity").is_null()
            found["c item_vendor"] = self._vendor_class()
        return found

    def _place_class(self) -> pl.Series:
        """Destinations that no test of a headquarters or a location tells apart have one class."""
        groups = sorted({
            node.group for clause in (*self.day.written.values(), *self.day.enforced.values())
            for node in walk(clause.node) if isinstance(node, Within) and node.fact != "destination"
        })  # fmt: skip
        classes = [
            str([place in self.day.groups[group] for group in groups]) + (place if place in _SINGLED else "")
            for place in self.table.values.get("destination", [])
        ]
        return pl.Series(classes, dtype=pl.String).gather(self.codes("destination")) if classes else self.nothing

    def _vendor_class(self) -> pl.Series:
        tests = [
            node_test(node, self.day.groups) for clause in self.day.enforced.values() for node in walk(clause.node)
            if getattr(node, "fact", "") == "exporter" and not isinstance(node, Compare)
        ]  # fmt: skip
        classes = [
            str([test({"exporter": vendor}, _nothing) for test in tests]) for vendor in self.table.values.get("item_vendor", [])
        ]
        return pl.Series(classes, dtype=pl.String).gather(self.codes("item_vendor")) if classes else self.nothing


#: Places that conditions on headquarters or location name one by one.
_SINGLED = {"US", "CN", "MO"}
#: Facts that leaves look at together, so that an open leaf does not say by itself which of them is missing.
_JOINT = (
    "tpp", "die_area_mm2", "performance_density", "memory_bandwidth_gbs", "package_area_mm2", "memory_bandwidth_density",
    "dram_bandwidth_gbs", "io_bandwidth_gbs", "activity",
)  # fmt: skip


def _nothing(_id: str) -> None:
    return None


def _looked_at(node: Node) -> tuple[str, ...]:
    if isinstance(node, Present):
        return (f"{node.role} present",)
    names = inputs(node)
    if isinstance(node, Compare) and facts.FACTS[node.fact].ratio:
        return (node.fact, *names)
    return names


def _trit(truth: pl.Series) -> pl.Series:
    return truth.cast(pl.UInt64).fill_null(2)


def _bit(truth: pl.Series) -> pl.Series:
    return truth.cast(pl.UInt64)


def _pack(parts: list[pl.Series], width: int) -> list[pl.Series]:
    """The parts side by side in as few 64-bit words as hold them."""
    words = []
    for start in range(0, len(parts), 62 // width):
        word = parts[start]
        for shift, part in enumerate(parts[start + 1 : start + 62 // width], 1):
            word = word + part * (1 << (shift * width))
        words.append(word)
    return words


def _decided(table: Facts, patterns: list[tuple[pl.Series, pl.DataFrame]], law: Law, assume: str) -> pl.DataFrame:
    """Answer one question of each pattern and spread the answers over the rows."""
    answers: dict[str, list[Any]] = {name: [None] for name in (*RESULTS, "error")}
    places = pl.repeat(0, table.rows, dtype=pl.Int32, eager=True)
    for rows, words in patterns:
        marked = words.with_columns(__row=rows).group_by(words.columns, maintain_order=True).agg("__row")
        first = len(answers["outcome"])
        for row in marked["__row"].list.first().to_list():
            for name, value in _one(table, row, law, assume).items():
                answers[name].append(value)
        spread = marked.select(pl.int_range(first, first + marked.height, dtype=pl.Int32).alias("place"), "__row").explode("__row")
        places = places.scatter(spread["__row"], spread["place"])
    frame = pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in answers.items()})[places]
    return frame.with_columns(
        error=pl.coalesce(table.errors, frame["error"]),
        warnings=_joined(frame["warnings"], table.remarks, frame["outcome"]),
    )


def _joined(warnings: pl.Series, remarks: pl.Series, outcome: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"w": warnings, "r": remarks, "o": outcome})
    said = pl.when(pl.col("r") == "").then("w").when(pl.col("w").fill_null("") == "").then("r")
    return frame.select(pl.when(pl.col("o").is_null()).then("w").otherwise(said.otherwise(pl.col("w") + "; " + pl.col("r")))).to_series()


def _one(table: Facts, row: int, law: Law, assume: str) -> dict[str, str | None]:
    known = table.known(row)
    given = {name: value for name, value in known.items() if name in table.given}
    question = Question(known["on"], given, known)
    try:
        strict = decide(question, law)
        result = strict if assume == "strict" else decide_ordinary(strict)
    except LicetError as error:
        return {**_EMPTY, "error": str(error)}
    return {**plain(result), "error": None}


def plain(result: Determination) -> dict[str, str | None]:
    """A determination as the text of the columns of `RESULTS`."""
    return {
        "outcome": str(result.outcome),
        "outcome_as_written": str(result.outcome_as_written),
        "eccn": "; ".join(result.eccn),
        "requirements": "; ".join(each.provision for each in result.requirements),
        "exceptions": "; ".join(f"{each.symbol}: {each.available}" for each in result.exceptions),
        "review_policy": result.review_policy,
        "missing": "; ".join(result.missing),
        "red_flags": "; ".join(result.red_flags),
        "warnings": "; ".join(result.warnings),
        "citations": "; ".join(result.citations),
        "assumptions": "; ".join(each.fact for each in result.assumptions),
    }


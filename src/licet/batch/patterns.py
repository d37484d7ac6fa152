"""Questions under one law sorted into patterns: two of one pattern get the same answer.

A pattern is the truth of every provision that the answer shows, the conditions that keep it open, and the few facts
that the answer repeats. Only one question of each pattern needs to be decided in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from licet import facts
from licet.batch.questions import Questions, is_open
from licet.decision.decide import LIMITS, PRESUMED
from licet.decision.question import GUESSES
from licet.lex.law import DayLaw
from licet.lex.model import Clause
from licet.logic.columns import Column, column, constant
from licet.logic.evaluate import inputs, node_test
from licet.logic.nodes import Always, Applies, Compare, Node, Present, Within


class Span:
    """The rows of some questions that fall in one span of the law.

    Args:
        table: the questions.
        rows: the positions of the rows.
        day: the law of the span.
        as_written: whether what keeps the answer as written open belongs to the pattern, too.
    """

    def __init__(self, table: Questions, rows: pl.Series, day: DayLaw, *, as_written: bool = False) -> None:
        self._table, self._rows, self._day, self._as_written = table, rows, day, as_written
        self._cut: dict[str, pl.Series] = {}
        self._leaves: dict[Any, pl.Series] = {}
        self._nothing = pl.repeat(None, len(rows), dtype=pl.Int32, eager=True)
        self._no, self._yes = constant(False, len(rows)), constant(True, len(rows))

    def patterns(self) -> pl.DataFrame:
        """For each row, the words that make its pattern."""
        written = self._columns(self._day.written, {})
        same = {id_: made for id_, made in written.items() if id_ not in self._day.split}
        enforced = self._columns(self._day.enforced, same)
        trits = list(self._shown(written, enforced))
        bits = list(self._open(enforced))
        if self._as_written:
            bits += self._open(written)
        if self._codes("eccn").null_count() < len(self._rows):
            trits += self._by_numbers()
        if PRESUMED not in self._table.codes or self._codes(PRESUMED).null_count():
            trits += self._unpresumed()
        packed = _pack([truth.cast(pl.UInt64).fill_null(2) for truth in trits], 2)
        packed += _pack([bit.cast(pl.UInt64) for bit in bits], 1)
        return pl.DataFrame({**{f"w{i}": word for i, word in enumerate(packed)}, **self._repeated()})

    def _codes(self, name: str) -> pl.Series:
        found = self._cut.get(name)
        if found is None:
            whole = self._table.codes.get(name)
            found = self._cut[name] = self._nothing if whole is None else whole.gather(self._rows)
        return found

    def _values(self, name: str) -> list[Any]:
        return self._table.values.get(name, [])

    def _leaf(self, node: Node) -> pl.Series:
        key = (node, self._day.groups[node.group]) if isinstance(node, Within) else node
        found = self._leaves.get(key)
        if found is None:
            found = self._leaves[key] = self._decided(node, _looked_at(node))
        return found

    def _decided(self, node: Node, names: tuple[str, ...]) -> pl.Series:
        """The truth of a leaf, decided once for each distinct value or combination of values."""
        test = node_test(node, self._day.groups)
        if len(names) == 1:
            truths = [test({names[0]: value}, _unasked) for value in self._values(names[0])]
            if not truths:
                return constant(None, len(self._rows))
            return pl.Series(truths, dtype=pl.Boolean).gather(self._codes(names[0]))
        frame = pl.DataFrame({name: self._codes(name) for name in names})
        combos = frame.unique()
        tables = [self._values(name) for name in names]
        truths = [
            test(
                {n: table[code] for n, table, code in zip(names, tables, combo, strict=True) if code is not None},
                _unasked,
            )
            for combo in combos.iter_rows()
        ]
        key = combos.with_columns(pl.Series("!truth", truths, pl.Boolean))
        return frame.join(key, on=names, how="left", nulls_equal=True, maintain_order="left")["!truth"]

    def _columns(
        self, clauses: Mapping[str, Clause], done: dict[str, Column], wanted: Iterable[str] = ()
    ) -> dict[str, Column]:
        """The truth of every provision (or of those wanted), each after those it asks."""

        def ask(id_: str) -> pl.Series:
            if id_ not in done:
                clause = clauses.get(id_)
                node = Always(False) if clause is None else clause.node
                done[id_] = column(node, len(self._rows), self._leaf, ask)
            return done[id_].truth

        for id_ in wanted or clauses:
            ask(id_)
        return done

    def _shown(self, written: Mapping[str, Column], enforced: Mapping[str, Column]) -> Iterator[pl.Series]:
        """The truths that a line of the answer shows: exceptions and reviews only where what they serve may apply.

        Duties stand in no line.
        """
        kinds = self._day.kinds
        applying = {
            id_: written[id_].truth.fill_null(True) | enforced[id_].truth.fill_null(True)
            for id_ in kinds.get("requires", ())
        }
        for kind, ids in kinds.items():
            for id_ in ids if kind not in ("means", "duty") else ():
                if kind in ("flag", "warns"):  # what is not certain is not shown
                    yield enforced[id_].truth.fill_null(False)
                    continue
                truths = [written[id_].truth, *([enforced[id_].truth] if id_ in self._day.split else [])]
                if kind in ("exception", "review", "confines"):
                    served = self._some(applying[each] for each in self._serves(id_) if each in applying)
                    truths = [_where(served, truth) for truth in truths]
                yield from truths

    def _serves(self, id_: str) -> tuple[str, ...]:
        """The requirements that an exception lifts, or that a review or a limit on exceptions is about."""
        clause = self._day.enforced[id_]
        return (*clause.lifts, *clause.concludes.get("for", ()))

    def _some(self, columns: Iterable[pl.Series]) -> pl.Series:
        result = self._no
        for each in columns:
            result = result | each
        return result

    def _open(self, made: Mapping[str, Column]) -> Iterator[pl.Series]:
        """For each fact a person would be asked for: the rows that a condition on it keeps open."""
        live = self._alive(made)
        for id_ in reversed(list(made)):
            if id_ not in live:
                continue
            for node, rows in made[id_].undecided(live[id_]):
                if isinstance(node, Applies):
                    before = live.get(node.provision)
                    live[node.provision] = rows if before is None else before | rows
                else:
                    yield from self._asked(node, rows)

    def _alive(self, made: Mapping[str, Column]) -> dict[str, pl.Series]:
        """The rows in which the answer asks each provision at all; a superset will do."""
        kinds, day = self._day.kinds, self._day
        exceptions, claimed = kinds.get("exception", ()), self._codes("exception_claimed").is_not_null()
        standing = {id_: made[id_].truth.fill_null(False) for id_ in kinds.get("requires", ())}
        hopeful = {
            id_: self._some(
                made[each].truth.fill_null(True) & (claimed if each in day.claims else self._yes)
                for each in exceptions
                if id_ in self._serves(each)
            )
            for id_ in standing
        }
        certain = self._some(
            [
                *(stands & ~hopeful[id_] for id_, stands in standing.items()),
                *(made[id_].truth.fill_null(False) for id_ in kinds.get("prohibits", ())),
            ]
        )
        live = {id_: ~certain for kind in ("prohibits", "requires", "beyond") for id_ in kinds.get(kind, ())}
        for id_ in (*exceptions, *kinds.get("confines", ()), *kinds.get("review", ())):
            live[id_] = self._some(standing[each] for each in self._serves(id_) if each in standing)
        return live

    def _asked(self, node: Node, rows: pl.Series) -> Iterator[pl.Series]:
        names = _looked_at(node)
        if len(names) == 1:
            yield rows
        else:
            yield from (rows & is_open(self._values(name), self._codes(name)) for name in names)

    def _by_numbers(self) -> Iterator[pl.Series]:
        """What the numbers alone say of an item whose classification is asserted."""
        bare = Span(self._table, self._rows, self._day)
        no = self._table.code("classified", False)
        unclassified = pl.repeat(no, len(self._rows), dtype=pl.Int32, eager=True)
        bare._cut = {**self._cut, "eccn": self._nothing, "classified": unclassified}
        made = bare._columns(self._day.written, {}, LIMITS)
        return (made[id_].truth for id_ in LIMITS if id_ in made)

    def _unpresumed(self) -> Iterator[pl.Series]:
        """The paragraphs of the list that apply where the exporter need not presume any."""
        bare = Span(self._table, self._rows, self._day)
        no = self._table.code(PRESUMED, False)
        bare._cut = {**self._cut, PRESUMED: pl.repeat(no, len(self._rows), dtype=pl.Int32, eager=True)}
        bare._leaves = {key: made for key, made in self._leaves.items() if getattr(key, "fact", "") != PRESUMED}
        made: dict[str, Column] = {}
        wanted = self._day.kinds.get("eccn", ())
        bare._columns(self._day.written, made, wanted)
        return (made[id_].truth for id_ in wanted)

    def _repeated(self) -> dict[str, pl.Series]:
        """The facts that the answer repeats or takes as they are."""
        codes = self._table.codes
        names = ["eccn", "subject_to_ear", "other_parties", *(f"{role} present" for role in facts.PARTIES)]
        names += [f"{name} guessed" for name in GUESSES]
        found = {f"c {name}": self._codes(name) for name in names if name in codes}
        found["c item_kind?"] = self._codes("item_kind").is_null()
        return found


def _unasked(_id: str) -> None:
    return None


def _looked_at(node: Node) -> tuple[str, ...]:
    """All facts that the test of a leaf reads."""
    if isinstance(node, Present):
        return (f"{node.role} present",)
    names = inputs(node)
    return (node.fact, *names) if isinstance(node, Compare) and facts.FACTS[node.fact].ratio else names


def _where(rows: pl.Series, truth: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"rows": rows, "truth": truth})
    return frame.select(pl.when("rows").then("truth").otherwise(pl.lit(False))).to_series()


def _pack(parts: list[pl.Series], width: int) -> list[pl.Series]:
    """The parts, `width` bits each, side by side in as few 64-bit words as hold them."""
    words, most = [], 62 // width
    for start in range(0, len(parts), most):
        word = parts[start]
        for shift, part in enumerate(parts[start + 1 : start + most], 1):
            word = word + part * (1 << (shift * width))
        words.append(word)
    return words

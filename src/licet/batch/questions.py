"""Many questions as columns of codes: each fact has a table of its distinct values, each row points into it.

What one question goes through (parsing, the catalog, the derivations) is done here once for each distinct value, or for
each distinct combination of what a step looks at, by the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from licet import facts
from licet.batch.parties import DOUBTFUL, FOUND
from licet.decision.question import DERIVATIONS, Assumption, Derivation, about, from_catalog
from licet.errors import BadValue, LicetError, QuestionError
from licet.parties.finding import read
from licet.unknown import Among

#: Stands for "known, whatever its value" where a step only looks at presence.
_KNOWN = "(known)"
#: What a step concludes: facts, an error, a remark.
Conclusion = tuple[dict[str, Any], str | None, str]


class Questions:
    """The facts of many questions.

    Attributes:
        rows: how many questions.
        values: by fact, its distinct values.
        codes: by fact, the position of each row's value among them; null where it is unknown.
        given: by fact that stands in the file, the codes as they stand there, before anything was derived.
        errors: by row, why the question cannot be put; null where it can.
        remarks: by row, what is to be said about the catalog's figures.
        taken: by row, the facts taken as ordinary, joined by "; ".
    """

    def __init__(self, raw: pl.DataFrame) -> None:
        self.rows = raw.height
        self.values: dict[str, list[Any]] = {}
        self._index: dict[str, dict[Any, int]] = {}
        self.codes: dict[str, pl.Series] = {}
        self.errors = pl.repeat(None, self.rows, dtype=pl.String, eager=True)
        self.remarks = pl.repeat("", self.rows, dtype=pl.String, eager=True)
        self.taken = pl.repeat("", self.rows, dtype=pl.String, eager=True)
        looked = [name for name in raw.columns if name.endswith((FOUND, DOUBTFUL))]
        for name in raw.columns:
            if name not in looked:
                self._parse(name, raw[name])
        self.given = dict(self.codes)
        for name in looked:
            self._found(name, raw[name])
        self._catalog()
        for each in DERIVATIONS:
            self._derive(each)

    def code(self, name: str, value: Any) -> int | None:
        """The code of `value` in the table of `name`, made when it is new; None for the unknown."""
        if value is None:
            return None
        index = self._index.setdefault(name, {})
        found = index.get(value)
        if found is None:
            found = index[value] = len(index)
            self.values.setdefault(name, []).append(value)
        return found

    def known(self, row: int) -> dict[str, Any]:
        """The facts of one row."""
        found = {}
        for name, codes in self.codes.items():
            code = codes[row]
            if code is not None:
                found[name] = self.values[name][code]
        return found

    def said(self, row: int) -> dict[str, Any]:
        """The facts of one row that stand in the file."""
        return {name: self.values[name][codes[row]] for name, codes in self.given.items() if codes[row] is not None}

    def take(self, name: str, codes: pl.Series, *, replace: bool = False) -> bool:
        """Fill a fact where it is unknown, or put `codes` in its place where they are known; say whether it changed."""
        old = self.codes.get(name)
        if old is None:
            old = pl.repeat(None, self.rows, dtype=pl.Int32, eager=True)
        self.codes[name] = new = _first(codes, old) if replace else _first(old, codes)
        fresh = new.ne_missing(old) if replace else old.is_null() & new.is_not_null()
        label = name.removesuffix(" guessed")
        if label in facts.FACTS and name != "activity" and fresh.any():
            frame = pl.DataFrame({"taken": self.taken, "fresh": fresh})
            more = pl.when(pl.col("taken") == "").then(pl.lit(label)).otherwise(pl.col("taken") + f"; {label}")
            self.taken = frame.select(pl.when("fresh").then(more).otherwise("taken")).to_series()
        return bool(new.ne_missing(old).any())

    def fail(self, rows: pl.Series, message: str) -> None:
        """Note an error for the rows where `rows` is true, unless they have one."""
        frame = pl.DataFrame({"rows": rows, "errors": self.errors})
        noted = pl.when(pl.col("rows") & pl.col("errors").is_null()).then(pl.lit(message)).otherwise("errors")
        self.errors = frame.select(noted).to_series()

    def _parse(self, name: str, raw: pl.Series) -> None:
        full = facts.fact(name).name
        if full in self.codes:
            raise QuestionError(f"two columns hold the fact {full}", next="keep one of them")
        distinct = raw.unique()
        parsed = [self._parsed(full, name, value) for value in distinct.to_list()]
        key = pl.DataFrame(
            {
                "raw": distinct,
                "code": pl.Series([code for code, _ in parsed], dtype=pl.Int32),
                "message": pl.Series([message for _, message in parsed], dtype=pl.String),
            }
        )
        spread = pl.DataFrame({"raw": raw}).join(key, on="raw", how="left", nulls_equal=True, maintain_order="left")
        self.codes[full] = spread["code"]
        self.errors = _first(self.errors, spread["message"])

    def _parsed(self, full: str, column: str, value: Any) -> tuple[int | None, str | None]:
        try:
            if facts.FACTS[full].derived:
                raise BadValue(f"{full} cannot be given", why="it follows from other facts")
            return self.code(full, facts.parse(full, value)), None
        except LicetError as error:
            return None, str(error.at(f"column {column}"))

    def _found(self, name: str, raw: pl.Series) -> None:
        """What looking up the parties gave: a value for a fact that is not given, or the mark that a person decides."""
        fact = name.removesuffix(FOUND)
        if name == fact:
            doubt = self.code(name, True)
            self.codes[name] = pl.select(pl.when(raw).then(pl.lit(doubt, pl.Int32))).to_series()
            return
        distinct = raw.drop_nulls().unique()
        codes = [self.code(fact, read(fact, text)) for text in distinct.to_list()]
        key = pl.DataFrame({"raw": distinct, "code": pl.Series(codes, dtype=pl.Int32)})
        spread = pl.DataFrame({"raw": raw}).join(key, on="raw", how="left", maintain_order="left")
        self.take(fact, spread["code"])

    def _catalog(self) -> None:
        """Complete the item facts from the catalog, for each distinct item and set of facts given beside it."""
        if not self.values.get("item"):
            return
        from licet.catalog import find

        items: dict[str, Any] = {}
        for name in self.values["item"]:
            try:
                items[name] = find(name)
            except LicetError as error:
                items[name] = str(error.at("column item"))
        beside = {fact for item in items.values() if not isinstance(item, str) for fact in item.facts}
        beside |= {"tpp", "die_area_mm2", "performance_density"}
        self._over(["item"], sorted(beside & self.codes.keys()), lambda known: _completed(items, known))

    def _derive(self, derivation: Derivation) -> None:
        def step(known: dict[str, Any]) -> Conclusion:
            before = dict(known)
            taken: list[Assumption] = []
            try:
                derivation.step(known, taken)
            except LicetError as error:
                return {}, str(error), ""
            return {name: value for name, value in known.items() if before.get(name) is not value}, None, ""

        self._over(derivation.values, derivation.presence, step)

    def _over(
        self, values: Iterable[str], presence: Iterable[str], step: Callable[[dict[str, Any]], Conclusion]
    ) -> None:
        """Run `step` once for each distinct combination of values and presence, and spread what it concludes."""
        looked = {name: self._reduced(name) for name in values if name in self.codes}
        flags = {f"{name}?": self.codes[name].is_not_null() for name in presence if name in self.codes}
        frame = pl.DataFrame({**looked, **flags, "": pl.repeat(0, self.rows, dtype=pl.Int8, eager=True)})
        combos = frame.unique()
        results = [step(self._combination(combo)) for combo in combos.to_dicts()]
        named = list(dict.fromkeys(name for added, _, _ in results for name in added))
        made = [pl.Series(f"+{n}", [self.code(n, added.get(n)) for added, _, _ in results], pl.Int32) for n in named]
        key = combos.with_columns(
            *made,
            pl.Series("!error", [error for _, error, _ in results], pl.String),
            pl.Series("!remark", [remark for _, _, remark in results], pl.String),
        )
        spread = frame.join(key, on=combos.columns, how="left", nulls_equal=True, maintain_order="left")
        for name in named:
            old, new = self.codes.get(name), spread[f"+{name}"]
            self.codes[name] = new if old is None else _first(new, old)
        self.errors = _first(self.errors, spread["!error"])
        self.remarks = self.remarks + spread["!remark"].fill_null("")

    def _reduced(self, name: str) -> pl.Series:
        """The codes of `name`, with the names of parties that are somebody made one."""
        codes = self.codes[name]
        if name not in facts.ROLES:
            return codes
        nobody = [code for code, value in enumerate(self.values[name]) if str(value).casefold() in facts.NO_ONE]
        somebody = self.code(name, _KNOWN)
        kept = pl.col("code").is_null() | pl.col("code").is_in(nobody)
        frame = pl.DataFrame({"code": codes})
        return frame.select(pl.when(kept).then("code").otherwise(pl.lit(somebody, pl.Int32))).to_series()

    def _combination(self, combo: Mapping[str, Any]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for name, code in combo.items():
            if name.endswith("?"):
                if code:
                    known.setdefault(name[:-1], _KNOWN)
            elif name and code is not None:
                known[name] = self.values[name][code]
        return known


def _completed(items: Mapping[str, Any], known: dict[str, Any]) -> Conclusion:
    if "item" not in known:
        return {}, None, ""
    item = items[known["item"]]
    if isinstance(item, str):
        return {}, item, ""
    added = {name: value for name, value in from_catalog(item, known) if name not in known}
    doubts, notes = about(item, {**known, **added})
    remarks = [f"The catalog's {', '.join(doubts)} of {item.id} rest on unverified sources."] if doubts else []
    noted = [f"Sources differ on {note}." for note in notes]
    return added, None, "; ".join(each.replace("; ", ", ") for each in [*remarks, *noted])


def _first(one: pl.Series, other: pl.Series) -> pl.Series:
    return pl.select(pl.coalesce(one, other)).to_series()


def is_open(values: Sequence[Any], codes: pl.Series) -> pl.Series:
    """Where the fact is unknown, or known only to be among candidates."""
    among = [code for code, value in enumerate(values) if isinstance(value, Among)]
    return codes.is_null() | codes.is_in(among).fill_null(False) if among else codes.is_null()

"""A scenario of supply: a YAML file in which every figure has a distribution, a source and a mark.

A file with `base` takes over another scenario and says only what differs.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from licet.errors import FileError, LawError, QuestionError, did_you_mean
from licet.lex.source import read as read_yaml
from licet.supply.inputs import MARKS, QUANTITIES, SPREADS, Input, Quantity, Spread

_KEYS = {"id", "title", "unit", "note", "base", "years", "inputs"}
_BESIDE = {"source", "mark", "note", "unknown"}
_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is known of a supply chain.

    Attributes:
        id: its short name.
        title: what it is about.
        unit: what is counted: ``910C``.
        note: what a careful reader should know.
        years: the years, without a gap.
        inputs: every figure, by `Input.key`.
    """

    id: str
    title: str
    unit: str
    note: str
    years: tuple[int, ...]
    inputs: Mapping[str, Input]

    def input(self, name: str, year: int | None = None) -> Input:
        """The figure `name`, of that year where each year has its own."""
        return self.inputs[f"{name} {year}" if QUANTITIES[name].yearly else name]


class _File:
    """The text of one scenario: parsed, and with the line on which each key stands."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        try:
            self.tree = read_yaml(text, name)
        except LawError as error:
            raise QuestionError(error.what, where=error.where, why=error.why, next=error.next) from None
        self._lines: dict[_Path, int] = {}
        self._number(yaml.compose(text, Loader=yaml.BaseLoader), ())

    def _number(self, node: yaml.Node | None, path: _Path) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._lines[*path, str(key.value)] = key.start_mark.line + 1
                self._number(value, (*path, str(key.value)))

    def wrong(self, path: _Path, what: str, *, why: str = "", next: str = "") -> QuestionError:
        """An error that names the file, the line and the key."""
        while path and path not in self._lines:
            path = path[:-1]
        line = f", line {self._lines[path]}" if path else ""
        key = f", {'.'.join(path)}" if path else ""
        return QuestionError(what, where=f"{self.name}{line}{key}", why=why, next=next)

    def mapping(self, tree: Any, path: _Path, known: Iterable[str]) -> dict[str, Any]:
        """`tree` as a mapping of which every key is among `known`."""
        if not isinstance(tree, dict):
            raise self.wrong(path, "keys with values are expected here", next=f"such as {', '.join(sorted(known))}")
        for key in tree:
            if key not in known:
                listed = f"known are {', '.join(sorted(known))}"
                raise self.wrong((*path, key), f"unknown key {key!r}", next=did_you_mean(key, known, otherwise=listed))
        return tree


def parse(text: str, name: str) -> Scenario:
    """The scenario in `text`; `name` is that of its file.

    Raises:
        QuestionError: it is not in the form of a scenario, with file, line and key.
    """
    file = _File(text, name)
    tree = file.mapping(file.tree, (), _KEYS)
    base = find(str(tree["base"])) if "base" in tree else None
    for key in ("id", "title") if base else ("id", "title", "unit", "years", "inputs"):
        if key not in tree:
            raise file.wrong((), f"the key {key!r} is missing")
    years = _years(tree["years"], file) if "years" in tree else base.years if base else ()
    inputs = dict(base.inputs) if base else {}
    given = file.mapping(tree.get("inputs", {}), ("inputs",), QUANTITIES)
    for each in given:
        for one in _inputs(each, given[each], years, file):
            inputs[one.key] = one
    for each, quantity in QUANTITIES.items():
        for year in years if quantity.yearly else (None,):
            key = each if year is None else f"{each} {year}"
            if key not in inputs and quantity.needed:
                raise file.wrong(("inputs",), f"{key} is missing", why=f"it is {quantity.help}, in {quantity.unit}")
            inputs.setdefault(key, Input(each, year, None, "nothing published", "A"))
    texts = {key: " ".join(str(tree.get(key, getattr(base, key, ""))).split()) for key in ("id", "title", "unit")}
    note = " ".join(str(tree.get("note", "")).split())
    kept = {key: one for key, one in inputs.items() if one.year is None or one.year in years}
    return Scenario(**texts, note=note, years=years, inputs=kept)


def _years(tree: Any, file: _File) -> tuple[int, ...]:
    words = tree if isinstance(tree, list) else [tree]
    if not all(isinstance(word, str) and word.isdecimal() and len(word) == 4 for word in words) or not words:
        raise file.wrong(("years",), "these are no years", next="write them like [2025, 2026, 2027]")
    years = tuple(int(word) for word in words)
    if years != tuple(range(years[0], years[0] + len(years))):
        raise file.wrong(("years",), "the years have a gap or are out of order", why="stocks are carried from one on")
    return years


def _inputs(name: str, tree: Any, years: tuple[int, ...], file: _File) -> list[Input]:
    path = ("inputs", name)
    if not QUANTITIES[name].yearly:
        return [_input(name, None, tree, path, file)]
    known = [str(year) for year in years]
    given = file.mapping(tree, path, known)
    return [_input(name, int(year), given[year], (*path, year), file) for year in given]


def _input(name: str, year: int | None, tree: Any, path: _Path, file: _File) -> Input:
    given = file.mapping(tree, path, SPREADS.keys() | _BESIDE)
    kinds = [key for key in given if key in SPREADS or key == "unknown"]
    if len(kinds) != 1:
        raise file.wrong(path, f"one distribution is expected, {len(kinds)} are given",
                         next=f"write one of {', '.join(SPREADS)}, or unknown with the reason")  # fmt: skip
    if "unknown" in given:
        if QUANTITIES[name].needed:
            raise file.wrong((*path, "unknown"), f"{name} cannot be unknown", why="nothing can be computed without it")
        return Input(name, year, None, str(given["unknown"]), "A")
    mark = str(given.get("mark", "A"))
    if mark not in MARKS:
        listed = "; ".join(f"{letter}: {text}" for letter, text in MARKS.items())
        raise file.wrong((*path, "mark"), f"{mark!r} is no mark", next=listed)
    if mark != "A" and not given.get("source"):
        raise file.wrong(path, "the source is missing", next="name it, or mark the figure A, an assumption")
    spread = _spread(kinds[0], given[kinds[0]], QUANTITIES[name], (*path, kinds[0]), file)
    source, note = (" ".join(str(given.get(key, "")).split()) for key in ("source", "note"))
    return Input(name, year, spread, source or "assumption", mark, note)


def _spread(kind: str, tree: Any, quantity: Quantity, path: _Path, file: _File) -> Spread:
    made, names = SPREADS[kind]
    if names:
        given = file.mapping(tree, path, names)
        lost = [name for name in names if name not in given]
        if lost:
            raise file.wrong(path, f"{' and '.join(lost)} missing", next=f"{kind} takes {', '.join(names)}")
        values = [_number(given[name], (*path, name), file) for name in names]
    else:
        values = [_number(tree, path, file)]
    if values != sorted(values):
        raise file.wrong(path, f"{', '.join(names)} do not rise", why=f"they are {', '.join(map(str, values))}")
    if kind == "lognormal" and not 0 < values[0] < values[1]:
        raise file.wrong(path, "a lognormal needs 0 < median < p99")
    spread = made(*values)
    low, high = spread.ends()
    if low < 0 or (quantity.positive and low <= 0) or (high > quantity.most and quantity.most < math.inf):
        limits = f"{'above' if quantity.positive else 'from'} 0" + (
            f" to {quantity.most:g}" if quantity.most < math.inf else " on"
        )
        raise file.wrong(
            path, f"out of range: {spread}", why=f"{quantity.help} is a number {limits}, in {quantity.unit}"
        )
    return spread


def _number(word: Any, path: _Path, file: _File) -> float:
    try:
        value = float(str(word).replace("_", "").replace(",", ""))
    except ValueError:
        value = math.nan
    if isinstance(word, (dict, list)) or not math.isfinite(value):
        raise file.wrong(path, f"{word!r} is no number" if isinstance(word, str) else "one number is expected here")
    return value


def named() -> tuple[str, ...]:
    """The ids of the scenarios that come with Licet."""
    folder = resources.files("licet.supply") / "scenarios"
    return tuple(sorted(each.name.removesuffix(".yaml") for each in folder.iterdir() if each.name.endswith(".yaml")))


@functools.cache
def find(name: str) -> Scenario:
    """The scenario of that id.

    Raises:
        QuestionError: there is none.
    """
    if name not in named():
        hint = did_you_mean(name, named(), otherwise=f"there are {', '.join(named())}; a file ends in .yaml")
        raise QuestionError(f"there is no scenario {name!r}", next=hint)
    return parse(text(name), f"supply/{name}.yaml")


def text(name: str) -> str:
    """A scenario that comes with Licet as it is written, to begin one's own with."""
    return (resources.files("licet.supply") / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")


def read(path: str | Path) -> Scenario:
    """The scenario in a file.

    Raises:
        FileError: it cannot be read.
        QuestionError: it is not in the form of a scenario.
    """
    try:
        return parse(Path(path).read_text(encoding="utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise FileError("the scenario cannot be read", where=str(path), why="it is not UTF-8 text") from None
    except OSError as error:
        why = error.strerror or str(error)
        raise FileError("the scenario cannot be read", where=str(path), why=why) from None

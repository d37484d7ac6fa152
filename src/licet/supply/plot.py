"""Pictures of supply as SVG, written by hand: a few bars, lines and words need no library."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from licet.errors import FileError
from licet.supply.clusters import CAPACITIES, MEASURES, Comparison
from licet.supply.cost import Cost
from licet.supply.model import Estimate
from licet.supply.published import Published, rows

_WIDTH, _ROW, _LEFT, _RIGHT, _TOP = 760, 26, 240, 60, 64
_COLORS = {"dice": "#4c78a8", "memory": "#e45756", "packaging": "#72b7b2"}
_INK, _PALE, _BAR, _DOT = "#222222", "#c7d3e3", "#4c78a8", "#e45756"
_PARTS = ("#4c78a8", "#72b7b2", "#e45756", "#bab0ac")


class _Sheet:
    """A drawing that grows downwards; `x` is where it says where a value lies."""

    def __init__(self, title: str, note: str) -> None:
        self.y = _TOP
        self._parts: list[str] = []
        self.text(16, 26, title, size=16, bold=True)
        self.text(16, 44, note, size=11)

    def text(self, x: float, y: float, words: str, *, size: int = 12, bold: bool = False, end: bool = False) -> None:
        more = (' font-weight="bold"' if bold else "") + (' text-anchor="end"' if end else "")
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{_INK}"{more}>{escape(words)}</text>'
        )

    def bar(self, left: float, right: float, color: str, *, height: float = 14, hint: str = "") -> None:
        """A bar in the row at hand; `hint` shows when the mouse rests on it."""
        top, width = self.y + (_ROW - height) / 2, max(right - left, 1)
        self._parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{color}">'
            f"<title>{escape(hint)}</title></rect>"
        )

    def dot(self, x: float, number: int, hint: str) -> None:
        """A numbered dot in the row at hand."""
        middle = self.y + _ROW / 2
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="7" fill="{_DOT}"><title>{escape(hint)}</title></circle>'
            f'<text x="{x:.1f}" y="{middle + 3:.1f}" font-size="9" fill="white" text-anchor="middle">{number}</text>'
        )

    def label(self, words: str) -> None:
        """The name of the row at hand, left of it."""
        self.text(_LEFT - 8, self.y + _ROW / 2 + 4, words, end=True)

    def rule(self, x: float, words: str, bottom: float) -> None:
        """An upright line with its value at the foot."""
        self._parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom:.1f}" stroke="#dddddd"/>')
        self.text(x - 8, bottom + 14, words, size=10)

    def done(self) -> str:
        height = self.y + 40
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
            f'viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">\n'
            f'<rect width="{_WIDTH}" height="{height}" fill="white"/>\n' + "\n".join(self._parts) + "\n</svg>\n"
        )


def estimate(found: Estimate) -> str:
    """Quantiles of each year, the printed estimates of that year as dots, and the share in which each link binds."""
    name = found.scenario.title
    sheet = _Sheet(
        name, f"thousands of {found.scenario.unit} a year; bar 5 to 95%, dark 25 to 75%, dots printed estimates"
    )
    printed = {year.year: _dots(year.year) for year in found.years}
    most = max(
        [year.chips.values[-1] for year in found.years] + [x for dots in printed.values() for _, x in dots] + [1]
    )
    x = _linear(most)
    legend: list[str] = []
    for value in _ticks(most):
        sheet.rule(x(value), f"{value / 1000:,.0f}", _TOP + _ROW * len(found.years))
    for year in found.years:
        low, q1, median, q3, high = year.chips.values
        hint = f"{year.year}: median {median:,.0f}, 5% {low:,.0f}, 95% {high:,.0f}"
        sheet.label(str(year.year))
        sheet.bar(x(low), x(high), _PALE, hint=hint)
        sheet.bar(x(q1), x(q3), _BAR, hint=hint)
        sheet.bar(x(median) - 1, x(median) + 1, _INK, height=20, hint=hint)
        for words, value in printed[year.year]:
            legend.append(words)
            sheet.dot(x(value), len(legend), words)
        sheet.y += _ROW
    sheet.y += 36
    sheet.text(_LEFT, sheet.y - 6, "which link binds, share of draws", size=11)
    for year in found.years:
        _stack(sheet, str(year.year), [(link, share, _COLORS[link]) for link, share in year.binds.items()])
    sheet.y += 8
    for number, words in enumerate(legend, 1):
        sheet.text(16, sheet.y + 14, f"{number}  {words}", size=10)
        sheet.y += 16
    return sheet.done()


def published(found: Sequence[Published]) -> str:
    """Ours over what was printed, on a logarithmic scale: the range of nine draws of ten, and the median."""
    shown = [each for each in found if each.ours is not None]
    sheet = _Sheet("Our estimate over the printed one", "bar 5 to 95% of draws, line the median; 1 is what was printed")
    ends = [value / each.middle for each in shown if each.ours for value in each.ours.ends]
    x = _logarithmic(min([0.1, *ends]), max([10, *ends]))
    for value in (0.1, 0.2, 0.5, 1, 2, 5, 10):
        sheet.rule(x(value), f"{value:g}x", _TOP + _ROW * len(shown))
    for each in shown:
        if each.ours is None:
            continue
        low, high = (value / each.middle for value in each.ours.ends)
        ratio = each.ours.median / each.middle
        sheet.label(each.id)
        sheet.bar(x(low), x(high), _BAR if each.agrees else _DOT, height=10, hint=f"{each.source}: {each.note}")
        sheet.bar(x(ratio) - 1, x(ratio) + 1, _INK, height=18, hint=f"ratio {ratio:.2f}")
        sheet.y += _ROW
    return sheet.done()


def cost(found: Iterable[Cost]) -> str:
    """The parts of component cost, medians, as shares of the whole."""
    sheet = _Sheet("What an accelerator's parts cost", "shares of component cost, medians")
    for each in found:
        whole = sum(part.median for part in each.usd.values())
        parts = [(name, part.median / whole, color)
                 for (name, part), color in zip(each.usd.items(), _PARTS, strict=True)]  # fmt: skip
        _stack(sheet, each.item, parts)
    return sheet.done()


def clusters(found: Sequence[Comparison]) -> str:
    """The ratios of each comparison on a logarithmic scale: what the first has, and what it takes."""
    sheet = _Sheet(
        "One system over another", "blue what it has, red what it takes; 1 is equal; no bar where a figure is unknown"
    )
    ends = [
        end for each in found for ratio in each.ratios.values() if ratio for end in (ratio.low, ratio.high) if end > 0
    ]
    x = _logarithmic(min([0.1, *ends]), max([10, *ends]))
    lines = sum(1 + len(MEASURES) for _ in found)
    for value in (0.01, 0.1, 1, 10, 100):
        if min([0.1, *ends]) <= value <= max([10, *ends]):
            sheet.rule(x(value), f"{value:g}x", _TOP + _ROW * lines)
    for each in found:
        sheet.text(16, sheet.y + 17, f"{each.first.name} over {each.second.name}", bold=True)
        sheet.y += _ROW
        for measure, (_, words) in MEASURES.items():
            ratio = each.ratios[measure]
            sheet.label(words.partition(",")[0])
            if ratio is None or ratio.high <= 0:
                sheet.text(x(1) + 6, sheet.y + 17, "unknown" if ratio is None else "none", size=10)
            else:
                color = _BAR if measure in CAPACITIES else _DOT
                left, right = sorted((x(1), x(ratio.high)))
                sheet.bar(left, right, color, hint=f"{words}: {ratio.low:.2f} to {ratio.high:.2f}")
            sheet.y += _ROW
    return sheet.done()


def write(drawing: str, path: Path) -> None:
    """Write a drawing.

    Raises:
        FileError: it cannot be written, or the name does not end in ``.svg``.
    """
    if path.suffix.casefold() != ".svg":
        raise FileError("a plot is written as SVG", where=str(path), next="give a name that ends in .svg")
    try:
        path.write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise FileError("the plot cannot be written", where=str(path), why=error.strerror or str(error)) from None


def _stack(sheet: _Sheet, name: str, parts: Iterable[tuple[str, float, str]]) -> None:
    sheet.label(name)
    x, at = _linear(1), 0.0
    for words, share, color in parts:
        if share >= 0.005:
            sheet.bar(x(at), x(at + share), color, hint=f"{words} {share:.0%}")
        if share >= 0.12:
            sheet.text(x(at) + 4, sheet.y + 17, f"{words} {share:.0%}", size=10)
        at += share
    sheet.y += _ROW


def _dots(year: int) -> list[tuple[str, float]]:
    """The printed estimates of a year's accelerators."""
    found = []
    for row in rows():
        if row["figure"] == f"chips {year}" and row["factor"] == "1" and row["scenario"] == "ascend":
            ends = [float(row[end]) for end in ("low", "high") if row[end]]
            found.append((f"{row['source']}: {row['note']}", sum(ends) / len(ends)))
    return found


class _Scale:
    """From a value to a place on the sheet."""

    def __init__(self, low: float, high: float, *, logs: bool) -> None:
        self._logs = logs
        self._low, self._high = (math.log(low), math.log(high)) if logs else (low, high)

    def __call__(self, value: float) -> float:
        at = math.log(value) if self._logs else value
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (at - self._low) / (self._high - self._low)


def _linear(most: float) -> _Scale:
    return _Scale(0.0, most, logs=False)


def _logarithmic(low: float, high: float) -> _Scale:
    return _Scale(low, high, logs=True)


def _ticks(most: float) -> list[float]:
    """Round values from zero up to `most`, three to eight of them."""
    step = 10.0 ** math.floor(math.log10(most))
    step = next((step / part for part in (1, 2, 5, 10) if most / (step / part) >= 3), step / 10)
    return [step * index for index in range(int(most / step) + 1)]

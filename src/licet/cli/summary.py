"""What a person reads after a batch: the lines of a small file, then counts, what is missing, warnings and errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from licet import facts
from licet.cli import paint
from licet.cli.paint import dim, join
from licet.decision.determination import Outcome

if TYPE_CHECKING:
    import polars

    from licet.batch import Summary

_BAR = 30
_MOST = 12


def parts(summary: Summary, file: Path) -> Iterator[RenderableType]:
    """The summary from top to bottom."""
    seconds = f"{summary.seconds:.1f}" if summary.seconds >= 0.1 else f"{summary.seconds:.2f}"
    yield ""
    yield join(Text(f"{summary.lines:,} lines of {paint.plain(file.name)}", style="bold"), dim(f"in {seconds} s"))
    yield paint.rows(*_outcomes(summary), widths=[22, 9], indent=2)
    yield from _missing(summary.missing)
    yield from _warnings(summary.warnings)
    yield from _errors(summary, file)
    if summary.out is not None:
        yield ""
        yield f"Written to {paint.plain(summary.out)}"


def _outcomes(summary: Summary) -> Iterator[tuple[RenderableType, ...]]:
    most = max([*summary.outcomes.values(), summary.error_lines, 1])
    for outcome in Outcome:
        count = summary.outcomes.get(outcome.value, 0)
        if count:
            style = paint.OUTCOMES[outcome][1].replace("bold ", "")
            yield paint.outcome(outcome), Text(f"{count:,}", justify="right"), Text(_bar(count, most), style=style)
    if summary.error_lines:
        yield Text("! error", style="bold magenta"), Text(f"{summary.error_lines:,}", justify="right"), Text(
            _bar(summary.error_lines, most), style="magenta"
        )  # fmt: skip


def _bar(count: int, most: int) -> str:
    return "█" * max(1, round(_BAR * count / most))


def _missing(missing: Mapping[str, int]) -> Iterator[RenderableType]:
    if not missing:
        return
    yield ""
    yield Text("What would settle most lines", style="bold")
    for name, count in list(missing.items())[:_MOST]:
        question = facts.FACTS[name].question if name in facts.FACTS else ""
        yield paint.rows(
            (Text(f"{count:,}", justify="right"), Text(name, style="bold"), question), widths=[7, 20], indent=2
        )
    if len(missing) > _MOST:
        yield dim(f"  and {len(missing) - _MOST} more facts")


def _warnings(warnings: Mapping[str, int]) -> Iterator[RenderableType]:
    if not warnings:
        return
    yield ""
    yield Text("Warnings", style="bold")
    for text, count in list(warnings.items())[:_MOST]:
        yield paint.rows(
            (Text(f"{count:,}", justify="right"), Text(paint.plain(text), style="yellow")), widths=[7], indent=2
        )
    if len(warnings) > _MOST:
        yield dim(f"  and {len(warnings) - _MOST} more kinds")


def _errors(summary: Summary, file: Path) -> Iterator[RenderableType]:
    if not summary.error_lines:
        return
    yield ""
    yield Text("Lines that could not be read", style="bold")
    for line, column, message in summary.errors:
        place = f"line {line}, {column}" if column else f"line {line}"
        yield paint.rows((Text(place, style="magenta"), paint.plain(message)), widths=[22], indent=2)
    if summary.error_lines > len(summary.errors):
        yield dim(f"  and {summary.error_lines - len(summary.errors):,} more")
    yield dim(f"The other lines of {paint.plain(file.name)} were answered; correct these and run again.")


def lines(frame: polars.DataFrame, rename: Mapping[str, str]) -> Iterator[RenderableType]:
    """A table with one row for each line."""
    shown = _columns(frame.columns, rename)
    table = paint.table(
        ("", {"no_wrap": True}), ("item", {"max_width": 18, "overflow": "fold"}), ("to", {"no_wrap": True}),
        ("on", {"no_wrap": True}), ("ECCN", {"no_wrap": True}), ("answer", {"ratio": 1}),
    )  # fmt: skip
    for number, row in enumerate(frame.iter_rows(named=True), 1):
        cells = [paint.plain(row[name]) if name and row[name] is not None else "" for name in shown]
        first = cells[0] or str(number)
        table.add_row(first, *cells[1:4], _first(row.get("eccn")), _answer(row))
    yield table


def _columns(names: Iterable[str], rename: Mapping[str, str]) -> list[str]:
    """The columns of the file that hold the id, the item, the destination and the day; empty where there is none."""
    full = {facts.SHORT.get(rename.get(name, name), rename.get(name, name)): name for name in reversed(list(names))}
    return [full.get(name, "") for name in ("id", "item", "destination", "on")]


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return (
        [part.strip() for part in value.split(";") if part.strip()]
        if isinstance(value, str)
        else [str(each) for each in value]
    )


def _first(value: Any) -> str:
    return next(iter(_listed(value)), "")


def _answer(row: Mapping[str, Any]) -> Text:
    """The outcome of a line and what a reader wants to know next, in one cell."""
    if row.get("error"):
        return join(Text("! error", style="bold magenta"), dim(paint.plain(row["error"])), sep="\n")
    outcome = Outcome(row["outcome"])
    text = paint.outcome(outcome)
    written = row.get("outcome_as_written")
    notes = []
    if outcome is Outcome.LICENSE_EXCEPTION:
        notes.append(", ".join(_listed(row.get("exceptions"))))
    if outcome in (Outcome.LICENSE_REQUIRED, Outcome.UNDETERMINED) and row.get("review_policy"):
        notes.append(paint.words(str(row["review_policy"])))
    if outcome is Outcome.UNDETERMINED and _listed(row.get("missing")):
        missing = _listed(row.get("missing"))
        notes.append(
            f"missing {', '.join(missing[:3])}" + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
        )
    if written and written != outcome.value:
        notes.append(f"as written {paint.words(written)}")
    cite = _first(row.get("citations"))
    return join(text, "; ".join(part for part in notes if part), dim(cite), sep="\n")

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
_MOST = 8


def parts(summary: Summary, file: Path) -> Iterator[RenderableType]:
    """The summary from top to bottom."""
    seconds = f"{summary.seconds:.1f}" if summary.seconds >= 0.1 else f"{summary.seconds:.2f}"
    count = f"{summary.lines:,} line{'' if summary.lines == 1 else 's'}"
    yield join(Text(f"{count} of {paint.plain(file.name)}", style="bold"), dim(f"in {seconds} s"))
    yield paint.rows(*_outcomes(summary), widths=[22, 9], indent=2)
    yield from _parties(summary.parties)
    yield from _missing(summary.missing)
    yield from _warnings(summary.warnings)
    yield from _errors(summary, file)
    yield ""
    law = summary.law
    yield dim(f"lawbook {law['version']} ({law['sha256'][:12]}), verified through {law['verified_through']}")


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


def _parties(parties: Mapping[str, int]) -> Iterator[RenderableType]:
    """How many parties were held against the lists, and what came of it."""
    if parties:
        total = sum(parties.values())
        parts = [f"{count:,} {name}" for name, count in sorted(parties.items(), key=lambda each: -each[1])]
        yield dim(f"  {total:,} part{'y' if total == 1 else 'ies'} screened: {', '.join(parts)}")


def _missing(missing: Mapping[str, int]) -> Iterator[RenderableType]:
    if not missing:
        return
    yield ""
    yield Text("What would settle most lines", style="bold")
    shown = list(missing.items())[:_MOST]
    width = max(len(name) for name, _ in shown) + 1
    for name, count in shown:
        question = facts.FACTS[name].question if name in facts.FACTS else ""
        yield paint.rows(
            (Text(f"{count:,}", justify="right"), Text(name, style="bold"), question), widths=[7, width], indent=2
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
        text = paint.plain(message).removeprefix(f"column {column}: ")
        place = f"line {line}, {column}" if column else f"line {line}"
        yield paint.rows((Text(place, style="magenta"), text), widths=[22], indent=2)
    if summary.error_lines > len(summary.errors):
        yield dim(f"  and {summary.error_lines - len(summary.errors):,} more")
    count = "1 line has an error" if summary.error_lines == 1 else f"{summary.error_lines:,} lines have an error"
    yield dim(f"{count}; the others were answered. Correct {paint.plain(file.name)} and run it again.")


def lines(frame: polars.DataFrame, rename: Mapping[str, str], *, wide: bool) -> Iterator[RenderableType]:
    """A table with one row for each line; on a narrow terminal what follows the outcome stands below it."""
    shown = _columns(frame.columns, rename)
    table = paint.table(
        ("", {"no_wrap": True}), ("item", {"max_width": 19}), ("to", {"max_width": 9}), ("on", {"no_wrap": True}),
        ("ECCN", {"no_wrap": True}), ("answer", {"no_wrap": True} if wide else {"ratio": 1}),
        *([("", {"ratio": 1})] if wide else []),
    )  # fmt: skip
    for number, row in enumerate(frame.iter_rows(named=True), 1):
        cells = [_text(row.get(name)) for name in shown]
        item = cells[1] or paint.words(cells[4])
        outcome, rest = _answer(row)
        answer = [outcome, rest] if wide else [join(outcome, rest, sep="\n")]
        table.add_row(cells[0] or str(number), item, cells[2], cells[3], _first(_part(row, "eccn")), *answer)
    yield table


def _columns(names: Iterable[str], rename: Mapping[str, str]) -> list[str]:
    """The columns of the file that hold the id, the item, the destination, the day and the kind; "" where none does."""
    full = {facts.SHORT.get(rename.get(name, name), rename.get(name, name)): name for name in reversed(list(names))}
    return [full.get(name, "") for name in ("id", "item", "destination", "on", "item_kind")]


def _part(row: Mapping[str, Any], name: str) -> Any:
    """A part of the answer, whose column has another name where the file has one of that name itself."""
    return row.get(f"{name}_answer", row.get(name))


def _text(value: Any) -> str:
    return "" if value is None else paint.plain(value)


def _listed(value: Any) -> list[str]:
    if not isinstance(value, str):
        return [str(each) for each in value or ()]
    return [part.strip() for part in value.split("; ") if part.strip()]


def _first(value: Any) -> str:
    return next(iter(_listed(value)), "")


def _answer(row: Mapping[str, Any]) -> tuple[Text, Text]:
    """The outcome of a line, and what a reader wants to know next."""
    if _part(row, "error"):
        return join(Text("! error", style="bold magenta"), dim("see below")), Text()
    outcome = Outcome(_part(row, "outcome"))
    written, missing = _part(row, "outcome_as_written"), _listed(_part(row, "missing"))
    notes = []
    if outcome is Outcome.LICENSE_EXCEPTION:
        notes += [part.removesuffix(": yes") for part in _listed(_part(row, "exceptions")) if part.endswith(": yes")]
    if _part(row, "review_policy") and outcome is not Outcome.PROHIBITED:
        notes.append(paint.words(str(_part(row, "review_policy"))))
    if outcome is Outcome.UNDETERMINED and missing:
        notes.append(
            f"missing {', '.join(missing[:2])}" + (f" and {len(missing) - 2} more" if len(missing) > 2 else "")
        )
    if written and written != outcome.value:
        notes.append(f"as written {paint.words(str(written))}")
    return paint.outcome(outcome), join("; ".join(notes), dim(_cite(row, outcome)), sep="; ")


def _cite(row: Mapping[str, Any], outcome: Outcome) -> str:
    """The first provision behind an answer that asks for something."""
    if outcome is Outcome.PROHIBITED:
        cites = [each for each in _listed(_part(row, "citations")) if not each.startswith("15 CFR 774")]
        return next(iter(cites), "").removeprefix("15 CFR ")
    return _first(_part(row, "requirements"))

"""How an answer looks on a terminal: the console, and one mark and one color for each kind of answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from licet.decision.determination import Outcome
from licet.unknown import Truth

#: Lines longer than this are hard to read, however wide the window.
WIDEST = 110
OUTCOMES = {
    Outcome.PROHIBITED: ("✗", "bold red"),
    Outcome.LICENSE_REQUIRED: ("▲", "bold red"),
    Outcome.LICENSE_EXCEPTION: ("◆", "bold cyan"),
    Outcome.NO_LICENSE_REQUIRED: ("✓", "bold green"),
    Outcome.UNDETERMINED: ("?", "bold yellow"),
}
TRUTHS = {Truth.YES: ("✓", "green"), Truth.NO: ("✗", "red"), Truth.UNKNOWN: ("?", "yellow")}


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the window, within reason; without color where nobody sees it."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False, safe_box=True)
    made.width = min(made.width, WIDEST)
    return made


def show(out: Console, parts: Iterable[RenderableType]) -> None:
    """Print `parts` one below the other, with no blanks at the end of a line."""
    for part in parts:
        for line in out.render_lines(part, pad=False):
            out.print(Segments([*_trimmed(line), Segment("\n")]), end="", soft_wrap=True)


def _trimmed(line: list[Segment]) -> list[Segment]:
    while line and not line[-1].text.strip():
        line = line[:-1]
    if line:
        last = line[-1]
        line = [*line[:-1], Segment(last.text.rstrip(), last.style, last.control)]
    return line


def plain(value: object) -> str:
    """`value` on one line, fit to print: control characters, which could move the cursor, are taken out."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(value))


def words(name: str) -> str:
    """``presumption_of_denial`` as a person writes it."""
    return name.replace("_", " ")


def outcome(value: Outcome, *, loud: bool = False) -> Text:
    """An outcome with its mark and color."""
    mark, style = OUTCOMES[value]
    text = words(value.value)
    return Text(f"{mark} {text.upper() if loud else text}", style=style)


def truth(value: Truth) -> Text:
    """The mark of a truth in its color."""
    mark, style = TRUTHS[value]
    return Text(mark, style=style)


def join(*parts: str | Text, sep: str = " ") -> Text:
    """The parts that are not empty, in one text."""
    return Text(sep).join(part if isinstance(part, Text) else Text(part) for part in parts if part)


def dim(text: str) -> Text:
    """Text that stands back."""
    return Text(text, style="dim")


def rows(*lines: Iterable[RenderableType], widths: Iterable[int] = (), indent: int = 0) -> Padding:
    """Lines of cells without a frame: columns of the given widths, the last one takes the rest and wraps."""
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    for width in widths:
        grid.add_column(min_width=width, max_width=width, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for cells in lines:
        grid.add_row(*cells)
    return Padding(grid, (0, 0, 0, indent))


def table(*names: str | tuple[str, dict[str, Any]]) -> Table:
    """A table with a rule under its head and no other lines; a name with options sets up its column."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for each in names:
        name, options = each if isinstance(each, tuple) else (each, {})
        made.add_column(name, **{"overflow": "fold", **options})
    return made

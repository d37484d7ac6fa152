"""The bar that shows how far a batch has come; on standard error, and only for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int, int | None], None]


@contextmanager
def nothing() -> Iterator[Report]:
    """Say nothing."""
    yield lambda _done, _total: None


@contextmanager
def shown() -> Iterator[Report]:
    """A bar with the lines done and the time left; it goes away when the work is done."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from licet.cli.paint import console

    columns = (BarColumn(), TextColumn("{task.completed:,.0f} lines"), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield report

"""What all scripts here share: the state of the machine, tables for people, the same figures as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table


def median(samples: Sequence[float]) -> float:
    """The middle of the samples."""
    return statistics.median(samples)


def p95(samples: Sequence[float]) -> float:
    """What nineteen of twenty samples stay below."""
    return sorted(samples)[int(len(samples) * 0.95)]


def installed(distribution: str) -> str:
    """The version of an installed distribution, or nothing."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def machine() -> dict[str, Any]:
    """Processor, cores, load averages and Python of this moment."""
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        processor = names[0] if names else processor
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "load": [round(each, 2) for each in os.getloadavg()],
        "python": platform.python_version(),
        "polars": installed("polars"),
    }


class Report:
    """Tables printed as they are made, and kept for the JSON twin."""

    def __init__(self, title: str) -> None:
        self._console = Console(width=None if os.isatty(1) else 120)
        self._found: dict[str, Any] = {"title": title, "before": machine(), "tables": []}
        before = self._found["before"]
        self._console.print(f"[bold]{title}[/]")
        self.say(
            f"{before['processor']}, {before['cores']} cores, Python {before['python']}, Polars {before['polars']}; "
            f"load before: {before['load'][0]}"
        )

    def say(self, text: str) -> None:
        """A line of text."""
        self._console.print(text, style="dim", highlight=False)

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, note: str = "") -> None:
        """Print a table: the first column left, all others right; None is a dash."""
        shown = Table(title=title, title_justify="left", caption=note or None, caption_justify="left", box=box.SIMPLE)
        for place, column in enumerate(columns):
            shown.add_column(column, justify="right" if place else "left", overflow="fold")
        for row in rows:
            shown.add_row(*map(_cell, row))
        self._console.print(shown)
        made = [dict(zip(columns, row, strict=True)) for row in rows]
        self._found["tables"].append({"title": title, "rows": made, "note": note})

    def finish(self, path: Path | None) -> None:
        """Print the load at the end and write the JSON twin, if one is wanted."""
        self._found["after"] = machine()
        self.say(
            f"load after: {self._found['after']['load'][0]} (1 minute; above {os.cpu_count()} the figures are noisy)"
        )
        if path is not None:
            path.write_text(json.dumps(self._found, indent=2) + "\n", encoding="utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) else str(value)
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def arguments(about: str | None) -> argparse.ArgumentParser:
    """A parser with the option all scripts have."""
    parser = argparse.ArgumentParser(description=(about or "").split("\n", 1)[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser

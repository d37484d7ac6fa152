"""The texts of the tests: labelled ones, and where real reports lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from licet.newswire import Sheet

HERE = Path(__file__).parent
#: Real reports, where a checkout has them beside it; their words are not part of the project.
REPORTS = HERE.parents[1] / ".." / "shared" / "reports"


def labelled() -> list[dict[str, Any]]:
    """Short texts, each a headline and a few sentences."""
    paths = sorted((HERE / "labelled").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def news(sort: str = "news") -> list[dict[str, Any]]:
    """Texts as long as news reports are, written with their key before the rules were changed for them; those of the
    second set, `wire`, have a key for their claims alone."""
    paths = sorted((HERE / "labelled").glob(f"{sort}-*.yaml"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = [row for path in paths for row in yaml.load(path.read_text("utf-8"), loader)]
    return [{**row, "published": row["date"] if row.get("given", True) else ""} for row in rows]


def sheet(row: dict[str, Any]) -> Sheet:
    return Sheet(row["id"], f"{row['title']}\n\n{row['text']}", row["title"], row["published"])

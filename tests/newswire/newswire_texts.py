"""The texts of the tests: labelled ones, and where real reports lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from licet.newswire import Sheet

HERE = Path(__file__).parent
#: Real reports, where a checkout has them beside it; their words are not part of the project.
REPORTS = HERE.parents[1] / ".." / "shared" / "reports"


def labelled() -> list[dict[str, Any]]:
    paths = sorted((HERE / "labelled").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def sheet(row: dict[str, Any]) -> Sheet:
    return Sheet(row["id"], f"{row['title']}\n\n{row['text']}", row["title"], row["published"])

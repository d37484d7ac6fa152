from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from licet.newswire import Report, Sheet, read_one

HERE = Path(__file__).parent
#: Real reports, where a checkout has them beside it; their words are not part of the project.
REPORTS = HERE.parents[1] / ".." / "shared" / "reports"


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the newswire must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.fixture
def one() -> Callable[..., Report]:
    """Reads one text, published on a day."""

    def read(text: str, day: str = "2025-05-14", id: str = "text") -> Report:
        return read_one(Sheet(id, text, published=day))

    return read


def labelled() -> list[dict[str, Any]]:
    paths = sorted((HERE / "labelled").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def sheet(row: dict[str, Any]) -> Sheet:
    return Sheet(row["id"], f"{row['title']}\n\n{row['text']}", row["title"], row["published"])

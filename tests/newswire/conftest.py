from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from licet.newswire import Report, Sheet, read_one


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

"""The official download without a network, and the database of decisions without a server."""

import contextlib
import datetime
import gzip
import http.client
import io
import json
import urllib.error
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from made_up_list import EL, RECORDS
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from licet.errors import FileError
from licet.parties import Archive, Index, Record, Reviews, bundled
from licet.parties.archive import OFFICIAL
from licet.parties.record import record


def as_json(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps({"total": len(rows), "results": rows}).encode()


# --- the official download, without a network -------------------------------------------------------------------------


@pytest.fixture
def download(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes | Exception]:
    """What each address answers; no other is asked."""
    answers: dict[str, bytes | Exception] = {}

    def urlopen(url: str, timeout: float) -> io.BytesIO:
        assert timeout > 0
        answer = answers[url]
        if isinstance(answer, Exception):
            raise answer
        return io.BytesIO(answer)

    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    return answers


def official(records: Iterable[Record]) -> bytes:
    """Entries in the official field names."""
    rows = [
        {"name": each.name, "source": each.list.id, "alt_names": list(each.alt_names), "programs": list(each.programs),
         "addresses": [{"country": code} for code in each.countries], "federal_register_notice": each.notice,
         "license_requirement": each.requirement, "license_policy": each.policy, "entity_number": each.number}
        for each in records
    ]  # fmt: skip
    return as_json(rows)


LATER = datetime.date(2026, 11, 20)


def test_the_download_is_held_and_what_changed_is_said(tmp_path: Path, download: dict[str, bytes | Exception]) -> None:
    held = [entry for entry in bundled().records if entry.gone_by is None]
    fresh = record({"name": "Brand New Listed Works", "source": EL, "addresses": [{"country": "CN"}]})
    download[OFFICIAL] = gzip.compress(official([*held[1:], fresh]))
    archive = Archive(tmp_path / "lists")
    made, difference = archive.update(day=LATER)
    assert str(difference).startswith("1 added, 1 removed, ")
    assert (archive.days(), archive.newest().version) == ([LATER], made.version)
    assert f"{OFFICIAL}" in made.origin


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (urllib.error.URLError("no route to host"), "cannot be fetched"),
        (http.client.IncompleteRead(b"{"), "cannot be fetched"),
        (TimeoutError("timed out"), "cannot be fetched"),
        (b"", "the file is empty"),
        (b"<html>Service unavailable</html>", "no list that is known"),
        (b'{"results": [{"name"', "broken or ends too early"),
        (gzip.compress(b'{"results": []}', mtime=0)[:-5], "broken or ends too early"),
        (as_json(RECORDS), "where the list held has"),
    ],
)
def test_a_bad_download_never_replaces_a_good_list(
    tmp_path: Path, download: dict[str, bytes | Exception], answer: bytes | Exception, said: str
) -> None:
    download[OFFICIAL] = answer
    archive = Archive(tmp_path / "lists")
    with pytest.raises(FileError, match=said):
        archive.update(day=LATER)
    assert archive.days() == []
    assert archive.newest().version == bundled().version


def test_a_much_smaller_download_is_taken_when_told(tmp_path: Path, download: dict[str, bytes | Exception]) -> None:
    download[OFFICIAL] = as_json(RECORDS)
    archive = Archive(tmp_path / "lists")
    _, difference = archive.update(day=LATER, anyway=True)
    assert len(difference.removed) > 20_000
    assert archive.days() == [LATER]


# --- decisions under PostgreSQL ---------------------------------------------------------------------------------------


def test_the_statements_for_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a server: the dialect is PostgreSQL's, and what would be sent is kept."""
    sent: list[str] = []

    class Link:
        def exec_driver_sql(self, text: str) -> None:
            sent.append(text)

    class Engine:
        dialect = postgresql.dialect()

        @contextlib.contextmanager
        def begin(self) -> Iterator[Link]:
            yield Link()

    monkeypatch.setattr(sa, "create_engine", lambda url: Engine())
    monkeypatch.setattr(
        sa.MetaData, "create_all",
        lambda meta, link: sent.extend(str(CreateTable(table).compile(dialect=Engine.dialect)) for table in meta.tables.values()),
    )  # fmt: skip
    Reviews("postgresql+psycopg://licet@db/licet")
    table, function, _, trigger = sent
    assert "id SERIAL NOT NULL" in table
    assert "verdict IN ('cleared', 'confirmed')" in table
    assert "LANGUAGE plpgsql" in function
    assert "BEFORE UPDATE OR DELETE ON party_decisions" in trigger


def test_a_database_without_its_driver_is_a_clear_error() -> None:
    with pytest.raises(FileError, match="the decisions cannot be opened"):
        Reviews("nosuchdatabase://licet@db/licet")


def test_a_country_of_a_decision_may_be_written_in_full(tmp_path: Path) -> None:
    reviews, index = Reviews(tmp_path / "reviews.db"), Index(RECORDS)
    hit = index.search("Blue Sky Chips")[0]
    reviews.decide(hit, "cleared", who="A. Reviewer", why="another company", country="Germany")
    assert reviews.standing("Blue Sky Chips", hit.record, "DE") is not None
    assert reviews.standing("Blue Sky Chips", hit.record, "GE") is None

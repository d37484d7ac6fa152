"""What reviewers decided about possible matches: kept forever, valid for the version of the entry they looked at.

SQLite by default, PostgreSQL by URL (SQLAlchemy Core). Rows are only ever added; the database itself refuses to change
or delete one. A decision is on the disk when `decide` returns.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from licet import places
from licet.errors import BadValue, FileError
from licet.parties.forms import forms
from licet.parties.hit import Hit
from licet.parties.record import Record

CLEARED, CONFIRMED = "cleared", "confirmed"

_META: Final = sa.MetaData()
_DECISIONS: Final = sa.Table(
    "party_decisions",
    _META,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("party", sa.Text, nullable=False),
    sa.Column("country", sa.String(2), nullable=False, default=""),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("entry", sa.Text, nullable=False),
    sa.Column("entry_name", sa.Text, nullable=False),
    sa.Column("entry_version", sa.String(16), nullable=False),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("list_version", sa.Text, nullable=False),
    sa.Column("scorer_version", sa.Text, nullable=False),
    sa.CheckConstraint("verdict IN ('cleared', 'confirmed')"),
    sa.Index("party_decisions_by_party", "party", "entry"),
)
_SQLITE_GUARD: Final = [
    f"CREATE TRIGGER IF NOT EXISTS party_decisions_no_{verb} BEFORE {verb.upper()} ON party_decisions "
    "BEGIN SELECT RAISE(ABORT, 'decisions are kept: record a new one'); END"
    for verb in ("update", "delete")
]
_POSTGRES_GUARD: Final = [
    "CREATE OR REPLACE FUNCTION party_decisions_kept() RETURNS trigger AS $$ BEGIN "
    "RAISE EXCEPTION 'decisions are kept: record a new one'; END $$ LANGUAGE plpgsql",
    "DROP TRIGGER IF EXISTS party_decisions_kept ON party_decisions",
    "CREATE TRIGGER party_decisions_kept BEFORE UPDATE OR DELETE ON party_decisions "
    "FOR EACH ROW EXECUTE FUNCTION party_decisions_kept()",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one party and one entry.

    Attributes:
        number: its number in the order of writing.
        party: the party's name in comparable form.
        country: country of the party, where it was part of the question.
        name: the name as it was asked about.
        entry: id of the entry.
        entry_name: its name at the time.
        entry_version: version of the entry that was looked at.
        verdict: ``cleared`` (another party) or ``confirmed`` (the listed one).
        who: the reviewer.
        why: the reason given.
        at: moment in UTC, ISO 8601.
    """

    number: int
    party: str
    country: str
    name: str
    entry: str
    entry_name: str
    entry_version: str
    verdict: str
    who: str
    why: str
    at: str


def party_key(name: str) -> str:
    """The comparable form under which a party's decisions are kept."""
    return forms(name)[0].text


class Reviews:
    """The decisions in one database.

    Args:
        where: a file for SQLite, or the URL of a database.

    Raises:
        FileError: the database cannot be opened.
    """

    def __init__(self, where: str | Path) -> None:
        url = str(where) if "://" in str(where) else f"sqlite:///{where}"
        try:
            self._engine = sa.create_engine(url)
            if self._engine.dialect.name == "sqlite":
                sa.event.listen(self._engine, "connect", _careful)
            with self._engine.begin() as link:
                _META.create_all(link)
                guards = _SQLITE_GUARD if self._engine.dialect.name == "sqlite" else _POSTGRES_GUARD
                for guard in guards if self._engine.dialect.name in ("sqlite", "postgresql") else ():
                    link.exec_driver_sql(guard)
        except (sa.exc.SQLAlchemyError, ImportError) as error:
            raise FileError("the decisions cannot be opened", where=url, why=str(error).split("\n")[0]) from None

    def decide(
        self,
        hit: Hit,
        verdict: str,
        *,
        who: str,
        why: str,
        country: str | None = None,
        at: datetime.datetime | None = None,
    ) -> Decision:
        """Record a decision about a hit; it is on the disk when this returns.

        Raises:
            BadValue: there is no such verdict, or who or why is missing.
        """
        if verdict not in (CLEARED, CONFIRMED):
            raise BadValue(f"a match is {CLEARED} or {CONFIRMED}, not {verdict!r}")
        if not who.strip() or not why.strip():
            raise BadValue("a decision needs who took it and why", next="give both")
        moment = (at or datetime.datetime.now(datetime.UTC)).astimezone(datetime.UTC).isoformat(timespec="seconds")
        row = {
            "party": party_key(hit.query), "country": _place(country), "name": hit.query, "entry": hit.record.id,
            "entry_name": hit.record.name, "entry_version": hit.record.version, "verdict": verdict, "who": who.strip(),
            "why": why.strip(), "at": moment,
        }  # fmt: skip
        more = {"score": hit.score, "list_version": hit.list_version, "scorer_version": hit.scorer_version}
        with self._engine.begin() as link:
            made = link.execute(_DECISIONS.insert().values(**row, **more)).inserted_primary_key
        return Decision(number=int(made[0]) if made else 0, **row)

    def standing(self, name: str, entry: Record, country: str | None = None) -> Decision | None:
        """The last decision about this party and entry, if the entry is still the one that was looked at."""
        last = self.last(name, entry.id, country)
        return last if last is not None and last.entry_version == entry.version else None

    def last(self, name: str, entry: str, country: str | None = None) -> Decision | None:
        """The last decision about this party and entry, whatever has changed since."""
        query = (
            sa.select(_DECISIONS)
            .where(
                _DECISIONS.c.party == party_key(name),
                _DECISIONS.c.entry == entry,
                _DECISIONS.c.country == _place(country),
            )
            .order_by(_DECISIONS.c.id.desc())
            .limit(1)
        )
        with self._engine.connect() as link:
            row = link.execute(query).mappings().first()
        return None if row is None else _decision(dict(row))

    def confirmed(self, name: str, country: str | None = None) -> frozenset[str]:
        """The entries of which the last decision says that they are this party, whatever has changed since."""
        query = (
            sa.select(_DECISIONS.c.entry, _DECISIONS.c.verdict)
            .where(_DECISIONS.c.party == party_key(name), _DECISIONS.c.country == _place(country))
            .order_by(_DECISIONS.c.id)
        )
        with self._engine.connect() as link:
            last = {row.entry: row.verdict for row in link.execute(query)}
        return frozenset(entry for entry, verdict in last.items() if verdict == CONFIRMED)

    def history(self, name: str | None = None) -> list[Decision]:
        """Every decision, oldest first; of one party, if one is named."""
        query = sa.select(_DECISIONS).order_by(_DECISIONS.c.id)
        if name is not None:
            query = query.where(_DECISIONS.c.party == party_key(name))
        with self._engine.connect() as link:
            return [_decision(dict(row)) for row in link.execute(query).mappings()]

    def count(self) -> int:
        """How many decisions there are."""
        with self._engine.connect() as link:
            return int(link.execute(sa.select(sa.func.count()).select_from(_DECISIONS)).scalar_one())

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _decision(row: dict[str, Any]) -> Decision:
    number = row.pop("id")
    for extra in ("score", "list_version", "scorer_version"):
        row.pop(extra)
    return Decision(number=number, **row)


def _place(country: str | None) -> str:
    return places.country(country) if country and country.strip() else ""


def _careful(link: Any, _: Any) -> None:
    """Every commit reaches the disk; readers do not wait for writers."""
    cursor = link.cursor()
    for setting in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()

"""What reviewers decided about possible matches: kept forever, valid for the version of the entry they looked at.

SQLite by default, PostgreSQL by URL (SQLAlchemy Core). Rows are only ever added; the database itself refuses to change
or delete one. A decision is on the disk when `decide` returns.
"""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from licet import places
from licet.errors import BadValue, FileError
from licet.parties import database
from licet.parties.forms import forms
from licet.parties.hit import Hit
from licet.parties.record import Record

CLEARED, CONFIRMED = "cleared", "confirmed"
#: So many seconds may pass until it is seen that another process confirmed something of a party for the first time.
_FRESH: Final = 1.0

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
        self._where = database.shown(where)
        self._known: tuple[float, frozenset[str]] | None = None
        with self._told("the decisions cannot be opened"):
            fixed = database.read_only(where)
            self._engine = sa.create_engine(fixed or (str(where) if "://" in str(where) else f"sqlite:///{where}"))
            if self._engine.dialect.name == "sqlite" and not fixed:
                sa.event.listen(self._engine, "connect", database.careful)
            try:
                self._open(make=not fixed)
            except sa.exc.DatabaseError as error:
                if "already exists" not in str(error):
                    raise
                self._open(make=True)  # another process made the table at the same moment

    def _open(self, *, make: bool) -> None:
        with self._engine.begin() as link:
            if self._engine.dialect.name == "sqlite":
                database.check_whole(link)
            if make:
                _META.create_all(link)
                guards = _SQLITE_GUARD if self._engine.dialect.name == "sqlite" else _POSTGRES_GUARD
                for guard in guards if self._engine.dialect.name in ("sqlite", "postgresql") else ():
                    link.exec_driver_sql(guard)

    @contextlib.contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Whatever the database says, as an error for people.

        Raises:
            FileError: it said something.
        """
        try:
            yield
        except (sa.exc.SQLAlchemyError, ImportError, OverflowError) as error:
            why = str(getattr(error, "orig", None) or error).split("\n")[0]
            room = "is there room on the disk, and may the folder be written to?" if "I/O" in why else ""
            raise FileError(what, where=self._where, why=why, next=room) from None

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
            FileError: it could not be recorded.
        """
        if verdict not in (CLEARED, CONFIRMED):
            raise BadValue(f"a match is {CLEARED} or {CONFIRMED}, not {verdict!r}")
        who, why = _text(who), _text(why)
        if not who or not why:
            raise BadValue("a decision needs who took it and why", next="give both")
        moment = (at or datetime.datetime.now(datetime.UTC)).astimezone(datetime.UTC).isoformat(timespec="seconds")
        row = {
            "party": party_key(hit.query), "country": _place(country), "name": _text(hit.query), "entry": hit.record.id,
            "entry_name": hit.record.name, "entry_version": hit.record.version, "verdict": verdict, "who": who,
            "why": why, "at": moment,
        }  # fmt: skip
        more = {"score": hit.score, "list_version": hit.list_version, "scorer_version": hit.scorer_version}
        with self._told("the decision was not recorded"), self._engine.begin() as link:
            key = link.execute(_DECISIONS.insert().values(**row, **more)).inserted_primary_key
            number = int(key[0]) if key else 0
            kept = link.execute(sa.select(_DECISIONS).where(_DECISIONS.c.id == number)).mappings()
            made = [_decision(dict(each)) for each in kept]
            if made != [Decision(number=number, **row)]:  # a damaged file takes it and gives nothing back
                raise sa.exc.DatabaseError("", None, ValueError("the database does not give back what it was given"))
        self._known = None
        return made[0]

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
        with self._read() as link:
            row = link.execute(query).mappings().first()
        return None if row is None else _decision(dict(row))

    def confirmed(self, name: str, country: str | None = None) -> frozenset[str]:
        """The entries of which the last decision says that they are this party, whatever has changed since."""
        if party_key(name) not in self._ever_confirmed():
            return frozenset()
        query = (
            sa.select(_DECISIONS.c.entry, _DECISIONS.c.verdict)
            .where(_DECISIONS.c.party == party_key(name), _DECISIONS.c.country == _place(country))
            .order_by(_DECISIONS.c.id)
        )
        with self._read() as link:
            last = {row.entry: row.verdict for row in link.execute(query)}
        return frozenset(entry for entry, verdict in last.items() if verdict == CONFIRMED)

    def _ever_confirmed(self) -> frozenset[str]:
        """Parties of which anything was ever confirmed: few, so that a batch need not ask for each of its names."""
        now = time.monotonic()
        if self._known is None or now - self._known[0] > _FRESH:
            with self._read() as link:
                query = sa.select(_DECISIONS.c.party).distinct().where(_DECISIONS.c.verdict == CONFIRMED)
                self._known = now, frozenset(link.execute(query).scalars())
        return self._known[1]

    def history(self, name: str | None = None) -> list[Decision]:
        """Every decision, oldest first; of one party, if one is named."""
        query = sa.select(_DECISIONS).order_by(_DECISIONS.c.id)
        if name is not None:
            query = query.where(_DECISIONS.c.party == party_key(name))
        with self._read() as link:
            return [_decision(dict(row)) for row in link.execute(query).mappings()]

    def count(self) -> int:
        """How many decisions there are."""
        with self._read() as link:
            return int(link.execute(sa.select(sa.func.count()).select_from(_DECISIONS)).scalar_one())

    @contextlib.contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with self._told("the decisions cannot be read"), self._engine.connect() as link:
            yield link

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _decision(row: dict[str, Any]) -> Decision:
    number = row.pop("id")
    for extra in ("score", "list_version", "scorer_version"):
        row.pop(extra)
    return Decision(number=number, **row)


def _text(given: str) -> str:
    """Text that every database can hold: half characters and zero bytes are shown, not stored."""
    return given.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode().strip()


def _place(country: str | None) -> str:
    return places.country(country) if country and country.strip() else ""

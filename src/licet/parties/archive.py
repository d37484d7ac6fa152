"""Snapshots held beside the bundled one: imported whole or not at all, and never replaced by less without a word.

One file per day, `YYYY-MM-DD.json.xz`. A file is written under another name, flushed to the disk and renamed, so that
a process killed in the middle leaves the old state or the new one.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from licet.errors import FileError
from licet.parties import snapshot, sources
from licet.parties.notices import Since
from licet.parties.plausible import plausible
from licet.parties.record import Record
from licet.parties.snapshot import Snapshot

#: Where the agencies publish the Consolidated Screening List.
OFFICIAL: Final = "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json"
_FILE: Final = re.compile(r"(\d{4}-\d{2}-\d{2})\.json\.xz")


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two lists."""

    added: tuple[Record, ...]
    removed: tuple[Record, ...]
    modified: tuple[tuple[Record, Record], ...]

    def __str__(self) -> str:
        return f"{len(self.added)} added, {len(self.removed)} removed, {len(self.modified)} modified"

    def touched(self) -> list[Record]:
        """The entries that a file of customers must be screened against again."""
        return [*self.added, *(after for _, after in self.modified)]


def change(before: Sequence[Record], after: Sequence[Record]) -> Change:
    """What differs, entry by entry; entries that had left already do not count."""
    old = {entry.id: entry for entry in before if entry.gone_by is None}
    new = {entry.id: entry for entry in after if entry.gone_by is None}
    return Change(
        tuple(entry for key, entry in new.items() if key not in old),
        tuple(entry for key, entry in old.items() if key not in new),
        tuple((old[key], entry) for key, entry in new.items() if key in old and old[key].version != entry.version),
    )


def succeed(before: Snapshot, records: Iterable[Record], day: datetime.date, origin: str = "") -> Snapshot:
    """The snapshot of a later day: what the earlier one knew stays known, what has left stays as having left."""
    old = {entry.id: entry for entry in before.records}
    covered = {entry.list.id for entry in before.records}
    result = []
    held = set()
    for entry in records:
        held.add(entry.id)
        known = old.get(entry.id)
        since = entry.since
        if since.day is None and known is not None and known.gone_by is None:
            since = known.since
        elif since.latest is None:
            first = before.day + datetime.timedelta(days=1) if entry.list.id in covered else None
            since = Since(first, day, f"not on the list of {before.day}" if first else f"on the list of {day}")
        result.append(_held(entry, since, day, known))
    for entry in before.records:
        if entry.id not in held:
            left = entry if entry.gone_by else replace(entry, seen=before.day, gone_by=day)
            result.append(left)
    return snapshot.snapshot(result, day, origin)


def precede(after: Snapshot, records: Iterable[Record], day: datetime.date, origin: str = "") -> Snapshot:
    """The snapshot of a day before all lists held: what the later one knows of the time before counts here too."""
    later = {entry.id: entry for entry in after.records}
    result, held = [], set()
    for entry in records:
        held.add(entry.id)
        known = later.get(entry.id)
        since = known.since if known is not None and entry.since.day is None else entry.since
        result.append(_held(entry, since, day, known))
    for entry in after.records:
        if entry.id not in held and entry.seen is not None and entry.seen < day:
            result.append(replace(entry, gone_by=day))
    return snapshot.snapshot(result, day, origin)


def _held(entry: Record, since: Since, day: datetime.date, known: Record | None) -> Record:
    """An entry of the list of a day: it is listed on that day, whatever dates are written beside it."""
    if since.latest is None or since.latest > day:
        first = since.earliest if since.earliest is not None and since.earliest <= day else None
        since = Since(first, day, f"on the list of {day}")
    until = entry.until if entry.until is not None and entry.until > day else None
    return replace(entry, since=since, until=until, addresses=entry.addresses or (known.addresses if known else ()))


class Archive:
    """The snapshots in one folder.

    Args:
        folder: where they are; made when the first one is written.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def days(self) -> list[datetime.date]:
        """The days held, oldest first.

        Raises:
            FileError: something else than a folder stands in its place.
        """
        if not self.folder.is_dir():
            if self.folder.exists():
                raise FileError("this is no folder of lists", where=str(self.folder))
            return []
        return sorted(day for path in self.folder.iterdir() if (day := _day(path.name)) is not None)

    def open(self, day: datetime.date) -> Snapshot:
        """The snapshot of one of the days held.

        Raises:
            FileError: it is not held, or its file is broken.
        """
        path = self.folder / f"{day}.json.xz"
        try:
            made = snapshot.unpack(path.read_bytes())
        except FileNotFoundError:
            raise FileError(f"no list of {day} is held", where=str(self.folder)) from None
        except FileError as error:
            error.at(str(path))
            raise
        except OSError as error:
            raise FileError("the list cannot be read", where=str(path), why=error.strerror or str(error)) from None
        if made.day != day:
            raise FileError(f"the file holds the list of {made.day}", where=str(path), next="import the list again")
        return made

    def newest(self) -> Snapshot:
        """The newest snapshot, the bundled one among them."""
        bundled = snapshot.bundled()
        days = self.days()
        return self.open(days[-1]) if days and days[-1] >= bundled.day else bundled

    def for_day(self, day: datetime.date) -> tuple[Snapshot, str]:
        """The snapshot that tells most about a day, and a warning where the day lies outside what is held."""
        bundled = snapshot.bundled()
        held = sorted({*self.days(), bundled.day})
        later = [known for known in held if known >= day]
        pick = later[0] if later else held[-1]
        found = self.get(pick)
        if not later:
            return found, f"the newest list held is of {pick}: listings after it are not known"
        return found, ""

    def add(self, path: str | Path, day: datetime.date, *, anyway: bool = False) -> tuple[Snapshot, Change]:
        """Import an official file.

        Args:
            path: the file.
            day: the day it was published or downloaded.
            anyway: take it although it is much smaller than the list it follows.

        Raises:
            FileError: it cannot be read whole, or is much smaller than the list it follows.
        """
        return self.add_records(sources.read(path), day, str(Path(path).name), anyway=anyway)

    def add_records(
        self, records: Sequence[Record], day: datetime.date, origin: str, *, anyway: bool = False
    ) -> tuple[Snapshot, Change]:
        """Import records that were read already; see `add`."""
        before = self._last(day)
        if before is not None and not anyway:
            plausible(before.records, records)  # what is refused leaves no trace
        with self._alone():
            before = self._last(day)
            if before is None:
                made = precede(self._first_after(day), records, day, origin)
                self._write(made)
                return made, change((), made.records)
            made = succeed(before, records, day, origin)
            self._write(made)
            return made, change(before.records, made.records)

    def _last(self, day: datetime.date) -> Snapshot | None:
        """The last list held of that day or before it; a broken one of the day itself is about to be replaced."""
        for known in sorted({*self.days(), snapshot.bundled().day}, reverse=True):
            if known <= day:
                try:
                    return self.get(known)
                except FileError:
                    if known != day:
                        raise
        return None

    def _first_after(self, day: datetime.date) -> Snapshot:
        return self.get(min(known for known in {*self.days(), snapshot.bundled().day} if known > day))

    def get(self, day: datetime.date) -> Snapshot:
        """The snapshot of a day held here, or the one inside the package.

        Raises:
            FileError: there is none of that day, or its file is broken.
        """
        bundled = snapshot.bundled()
        if day == bundled.day and day not in self.days():
            return bundled
        return self.open(day)

    def update(self, url: str = OFFICIAL, *, day: datetime.date, anyway: bool = False) -> tuple[Snapshot, Change]:
        """Fetch the official download and import it.

        Raises:
            FileError: there is no network, or the download is broken or much smaller than the list held.
        """
        import http.client
        import urllib.request

        if not url.startswith("https://"):
            raise FileError("a list is only fetched over https", where=url)
        try:
            with urllib.request.urlopen(url, timeout=120) as answer:
                raw = answer.read(sources.LARGEST + 1)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise FileError("the list cannot be fetched", where=url, why=str(error),
                            next="download it by hand and import the file") from None  # fmt: skip
        return self.add_records(sources.read_bytes(raw), day, url, anyway=anyway)

    def _write(self, made: Snapshot) -> None:
        """Put a snapshot on the disk; nobody else is writing here."""
        target = self.folder / f"{made.day}.json.xz"
        temporary = self.folder / f".{made.day}.{os.getpid()}.part"
        try:
            with temporary.open("wb") as file:
                file.write(snapshot.pack(made))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        with contextlib.suppress(OSError):  # not every system can flush a folder
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other process is importing here, and clear away what a killed one left behind.

        Raises:
            FileError: the folder cannot be written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with contextlib.ExitStack() as held:
                with contextlib.suppress(ImportError):  # where there is none, two imports may meet
                    import fcntl

                    folder = os.open(self.folder, os.O_RDONLY)
                    held.callback(os.close, folder)
                    fcntl.flock(folder, fcntl.LOCK_EX)
                    for left in self.folder.glob(".*.part"):
                        left.unlink(missing_ok=True)
                yield
        except OSError as error:
            if isinstance(error, FileError):
                raise
            raise FileError("the list cannot be kept", where=str(self.folder), why=error.strerror or str(error),
                            next="what was held before is still held") from None  # fmt: skip


def _day(name: str) -> datetime.date | None:
    """The day of a file of that name, if it is one of ours."""
    match = _FILE.fullmatch(name)
    try:
        return datetime.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None

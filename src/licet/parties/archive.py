"""Snapshots held beside the bundled one: imported whole or not at all, and never replaced by less without a word.

One file per day, `YYYY-MM-DD.json.xz`. A file is written under another name, flushed to the disk and renamed, so that
a process killed in the middle leaves the old state or the new one.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from licet.errors import FileError
from licet.parties import snapshot, sources
from licet.parties.notices import Since
from licet.parties.record import Record
from licet.parties.snapshot import Snapshot

#: Where the agencies publish the Consolidated Screening List.
OFFICIAL: Final = "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json"
#: A list may shrink by this share before a person has to say that it is right.
SHRINK: Final = 0.1
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
        kept = entry.addresses or (known.addresses if known else ())
        result.append(replace(entry, since=since, addresses=kept))
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
        if since.latest is None or since.latest > day:
            since = Since(since.earliest, day, f"on the list of {day}")
        result.append(replace(entry, since=since, addresses=entry.addresses or (known.addresses if known else ())))
    for entry in after.records:
        if entry.id not in held and entry.seen is not None and entry.seen < day:
            result.append(replace(entry, gone_by=day))
    return snapshot.snapshot(result, day, origin)


class Archive:
    """The snapshots in one folder.

    Args:
        folder: where they are; made when the first one is written.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def days(self) -> list[datetime.date]:
        """The days held, oldest first."""
        if not self.folder.is_dir():
            return []
        found = (_FILE.fullmatch(path.name) for path in self.folder.iterdir())
        return sorted(datetime.date.fromisoformat(match[1]) for match in found if match)

    def open(self, day: datetime.date) -> Snapshot:
        """The snapshot of one of the days held.

        Raises:
            FileError: it is not held, or its file is broken.
        """
        path = self.folder / f"{day}.json.xz"
        try:
            return snapshot.unpack(path.read_bytes())
        except FileNotFoundError:
            raise FileError(f"no list of {day} is held", where=str(self.folder)) from None
        except FileError as error:
            error.at(str(path))
            raise

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
        if before is None:
            after = self._first_after(day)
            made = precede(after, records, day, origin)
            self._write(made)
            return made, change((), made.records)
        if not anyway:
            _plausible(before.records, records)
        made = succeed(before, records, day, origin)
        self._write(made)
        return made, change(before.records, made.records)

    def _last(self, day: datetime.date) -> Snapshot | None:
        """The last list held of that day or before it."""
        bundled = snapshot.bundled()
        held = [known for known in {*self.days(), bundled.day} if known <= day]
        return None if not held else self.get(max(held))

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
                raw = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise FileError("the list cannot be fetched", where=url, why=str(error),
                            next="download it by hand and import the file") from None  # fmt: skip
        return self.add_records(sources.read_bytes(raw), day, url, anyway=anyway)

    def _write(self, made: Snapshot) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(".*.part"):
            _clean(left)
        target = self.folder / f"{made.day}.json.xz"
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                _hold(handle)
                file.write(snapshot.pack(made))
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        with contextlib.suppress(OSError):  # not every system can flush a folder
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _hold(handle: int) -> bool:
    """Mark an open file as being written, for as long as the process lives; False where another one has."""
    try:
        import fcntl
    except ImportError:  # there such files are left where they are
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _clean(left: Path) -> None:
    """Remove what a killed import left behind; not what another process is writing at this moment."""
    with contextlib.suppress(OSError), left.open("rb") as file:
        if _hold(file.fileno()):
            left.unlink(missing_ok=True)


def _plausible(before: Sequence[Record], after: Sequence[Record]) -> None:
    """Refuse a list that lost a whole list, or a good part of one.

    Raises:
        FileError: it did.
    """
    old, new = _sizes(before), _sizes(after)
    for which, size in old.items():
        left = new.get(which, 0)
        if size >= 20 and left < size * (1 - SHRINK):
            raise FileError(
                f"the new file holds {left} entries of the list {which} where the list held has {size}",
                why="a broken or partial file would clear parties that are listed",
                next="download it again; if the list really shrank, say --accept-smaller (in Python anyway=True)",
            )


def _sizes(records: Sequence[Record]) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in records:
        if entry.gone_by is None:
            found[entry.list.id] = found.get(entry.list.id, 0) + 1
    return found

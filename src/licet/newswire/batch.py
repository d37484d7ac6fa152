"""Many files read together: every report, the stories they tell, and what could not be read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from licet.errors import FileError, LicetError
from licet.newswire import tie
from licet.newswire.model import Batch, Published, Report
from licet.newswire.reader import at_day, read
from licet.newswire.stories import stories
from licet.newswire.unpack import Sheet, sheets


def read_files(paths: Iterable[str | Path], *, on: datetime.date | None = None) -> Batch:
    """Reads every report in the files at `paths`.

    Args:
        paths: plain text, HTML, RSS or Atom, or JSON Lines; a folder stands for its files.
        on: the day of publication of reports that do not tell theirs; otherwise the record's day of their story.

    A file that cannot be read gives an error in the batch, and the others are read.
    """
    found: list[Sheet] = []
    errors: list[LicetError] = []
    for path, name in _named(paths):
        try:
            found.extend(sheets(path, name))
        except (LicetError, RecursionError, MemoryError) as error:
            known = (
                error if isinstance(error, LicetError) else FileError("the file is too deep or too large", where=name)
            )
            errors.append(known)
    batch = read_sheets(found, on=on)
    return Batch(batch.reports, batch.stories, tuple(sorted([*batch.errors, *errors], key=str)))


def _named(paths: Iterable[str | Path]) -> list[tuple[Path, str]]:
    """Every file with a name of its own: its file name, with its folder where two share one."""
    files: list[Path] = []
    for path in map(Path, paths):
        files += (
            sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith(".")) if path.is_dir() else [path]
        )
    files = sorted(dict.fromkeys(files), key=lambda path: (path.name, str(path)))
    names = [path.name for path in files]
    return [(path, path.name if names.count(path.name) == 1 else f"{path.parent.name}/{path.name}") for path in files]


def read_sheets(found: Iterable[Sheet], *, on: datetime.date | None = None) -> Batch:
    """Reads `found`, ties every claim to the record, and puts reports on one event together."""
    reports: list[Report] = []
    errors: list[LicetError] = []
    taken: dict[str, int] = {}
    for sheet in found:
        taken[sheet.id] = taken.get(sheet.id, 0) + 1
        if not sheet.text.strip():
            errors.append(FileError("the report is empty", where=sheet.id))
        elif taken[sheet.id] == 1:
            reports.append(read_one(sheet, on=on))
        else:
            errors.append(FileError("two reports have this id", where=sheet.id, next="give each its own"))
    reports.sort(key=lambda report: report.id)
    return Batch(tuple(reports), stories(reports), tuple(errors))


def read_one(sheet: Sheet, *, on: datetime.date | None = None) -> Report:
    """One report, read and tied to the record."""
    report = read(sheet)
    if report.published.day is None:
        if on is not None:
            report = at_day(report, Published(on, "stated", "as told"))
        elif report.id in (told := tie.story_day([report])):
            day, event = told[report.id]
            report = at_day(report, Published(day, "record", f"tells the event {event}"))
    return tie.tied(report)

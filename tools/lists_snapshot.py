"""Writes the restricted-party lists that ship inside the package, and the days of their notices.

    python tools/lists_snapshot.py CSL.json.gz OLDER_CSL.csv.gz ENTITIES.csv

CSL is the Consolidated Screening List of the day to ship, as JSON. The older list, as CSV, has start dates and street
addresses that the newer copy lacks; it also tells which entries were already there, and holds those that left since.
ENTITIES is a table of Entity List entries with the first day and the chain of citations of each.

A notice's day is only believed where at least two thirds of the entries that it began agree on it.
"""

from __future__ import annotations

import collections
import csv
import datetime
import re
import sys
from dataclasses import replace
from pathlib import Path

from licet.parties import notices, snapshot, sources
from licet.parties.notices import Since
from licet.parties.record import Record

DATA = Path(__file__).parents[1] / "src" / "licet" / "parties" / "data"
ORIGIN = (
    "Consolidated Screening List of the U.S. government, bulk download of {new}; start dates, street addresses and "
    "entries that have left since from the bulk download of {old}"
)
#: Rules that took effect before they were published; the list gives the day of publication.
CORRECTED = {"84 FR 22961": "2019-05-16", "84 FR 22962": "2019-05-16", "84 FR 22963": "2019-05-16"}
#: Lists whose street addresses are kept: a listed address is evidence in the export rules.
STREETS = {"entity_list", "military_end_user_list", "unverified_list"}


def day_in(path: Path) -> datetime.date:
    """The day in a file's name."""
    found = re.search(r"\d{4}-\d{2}-\d{2}", path.name)
    if not found:
        raise SystemExit(f"{path}: the name holds no day")
    return datetime.date.fromisoformat(found[0])


def learn_days(old: list[Record], table: Path) -> dict[str, tuple[datetime.date, str]]:
    """The day of each citation that began at least one dated entry."""
    votes: dict[str, collections.Counter[datetime.date]] = collections.defaultdict(collections.Counter)
    for entry in old:
        chain = notices.cites(entry.notice)
        if chain and entry.since.why == "start date in the list" and entry.since.day:
            votes[chain[0]][entry.since.day] += 1
    later: dict[str, collections.Counter[datetime.date]] = collections.defaultdict(collections.Counter)
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            chain = notices.cites(row["citation"].split("(")[0])
            if chain and row["listed_on"] and row["list"].startswith("BIS"):
                later[chain[0]][datetime.date.fromisoformat(row["listed_on"])] += 1
    days: dict[str, tuple[datetime.date, str]] = {}
    for cite in votes.keys() | later.keys():
        counts, source = (
            (votes[cite], "start dates of the older list") if cite in votes else (later[cite], "table of entities")
        )
        day, count = counts.most_common(1)[0]
        first, last = notices.years(int(cite.split()[0]))
        # A final rule may take effect a little after the turn of its year
        if count * 3 >= 2 * sum(counts.values()) and first <= day <= last + datetime.timedelta(days=60):
            days[cite] = (day, f"{source}, {count} of {sum(counts.values())} entries")
    for cite, corrected in CORRECTED.items():
        days[cite] = (datetime.date.fromisoformat(corrected), "effective date in the rule")
    return days


def key(entry: Record) -> tuple[str, str]:
    """What an entry is recognized by in another list of another day."""
    return entry.list.id, entry.number or re.sub(r"\W+", "", entry.name.casefold())


def merged(new: list[Record], old: list[Record], today: datetime.date, before: datetime.date) -> list[Record]:
    """The new list with what the old one knows besides, and the entries that have left."""
    earlier: dict[tuple[str, str], list[Record]] = collections.defaultdict(list)
    for entry in old:
        earlier[key(entry)].append(entry)
    covered = {entry.list.id for entry in old}
    result = []
    for entry in new:
        known = earlier.get(key(entry), [])
        streets = tuple(dict.fromkeys(s for past in known for s in past.addresses)) if entry.list.id in STREETS else ()
        result.append(replace(entry, since=since(entry, known, today, before, covered), addresses=streets,
                              born=tuple(dict.fromkeys(b for past in known for b in past.born))))  # fmt: skip
    held = {key(entry) for entry in new}
    for entry in old:
        if key(entry) not in held:
            start = entry.since if entry.since.day else Since(entry.since.earliest, before, f"on the list of {before}")
            streets = entry.addresses if entry.list.id in STREETS else ()
            result.append(replace(entry, id=f"{entry.id}-{before.year}", since=start, seen=before, gone_by=today,
                                  until=entry.until, addresses=streets))  # fmt: skip
    return result


def since(entry: Record, known: list[Record], today: datetime.date, before: datetime.date, covered: set[str]) -> Since:
    """The first day as well as the two lists and the notices tell it."""
    dated = notices.since(entry.notice)
    if dated.day:
        return dated
    past = min((past.since.day for past in known if past.since.day), default=None)
    if past:
        return Since(past, past, f"start date in the list of {before}")
    if known:
        latest = min(dated.latest or before, before)
        return Since(
            dated.earliest,
            latest,
            f"{dated.why}; on the list of {before}" if dated.latest else f"on the list of {before}",
        )
    if dated.latest:
        return dated
    if entry.list.id in covered:
        return Since(before + datetime.timedelta(days=1), today, f"not on the list of {before}")
    return Since(None, today, f"on the list of {today}")


def main(new: Path, old: Path, table: Path) -> None:
    """Write notices.csv and lists.json.xz."""
    today, before = day_in(new), day_in(old)
    older = sources.read(old)
    days = learn_days(older, table)
    with (DATA / "notices.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["cite", "day", "source"])
        for cite in sorted(days, key=lambda cite: tuple(map(int, cite.split(" FR ")))):
            writer.writerow([cite, *days[cite]])
    notices.known_days.cache_clear()
    notices.since.cache_clear()
    records = merged(sources.read(new), older, today, before)
    made = snapshot.snapshot(records, today, ORIGIN.format(new=today, old=before))
    packed = snapshot.pack(made)
    (DATA / "lists.json.xz").write_bytes(packed)
    print(f"{len(records)} records, {len(packed):,} bytes, {len(days)} notices, {made.version}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

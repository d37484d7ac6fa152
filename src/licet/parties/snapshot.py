"""A list as it stood on a day, and the compact form it is kept in.

The packed form is xz over one JSON document of columns; texts that repeat (license requirements, notices) are stored
once. The snapshot inside the package also holds entries that an older official list had and this one no longer has.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import lzma
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any, Final

from licet.errors import FileError
from licet.parties import lists, notices
from licet.parties.notices import Since
from licet.parties.record import Record

FORMAT: Final = "licet parties 1"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The lists as they stood on one day.

    Attributes:
        day: day of the official download.
        records: every entry, with those that were on an earlier list.
        origin: where it came from, in words.
    """

    day: datetime.date
    records: tuple[Record, ...]
    origin: str = ""
    digest: str = field(default="", compare=False)

    @property
    def version(self) -> str:
        """Day and short content hash: what an answer quotes."""
        return f"{self.day}/{self.digest[:8]}" if self.digest else f"{self.day}"

    def on(self, day: datetime.date) -> list[Record]:
        """The records that were listed that day, or may have been."""
        return [entry for entry in self.records if entry.listed(day) is not False]


@functools.cache
def bundled() -> Snapshot:
    """The snapshot inside the package."""
    return unpack(resources.files("licet.parties").joinpath("data/lists.json.xz").read_bytes())


def snapshot(records: Iterable[Record], day: datetime.date, origin: str = "") -> Snapshot:
    """The records as a snapshot, with its digest."""
    made = Snapshot(day, tuple(records), origin)
    return replace(made, digest=hashlib.sha256(_content(made)).hexdigest())


def pack(made: Snapshot) -> bytes:
    """The compact form; the same records give the same bytes."""
    return lzma.compress(_content(made), preset=9 | lzma.PRESET_EXTREME)


def unpack(packed: bytes) -> Snapshot:
    """The snapshot that `pack` wrote.

    Raises:
        FileError: it is broken, or of another format.
    """
    again = "import the official file again"
    try:
        content = lzma.decompress(packed)
        data = json.loads(content)
    except (lzma.LZMAError, EOFError, ValueError, RecursionError) as error:
        raise FileError("the packed list is broken", why=str(error), next=again) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise FileError("this is no packed list of a format that is known", next=again)
    try:
        day, records = datetime.date.fromisoformat(data["day"]), tuple(_records(data))
    except (LookupError, TypeError, ValueError) as error:
        raise FileError("the packed list is broken", why=f"{type(error).__name__}: {error}", next=again) from None
    return Snapshot(day, records, str(data.get("origin", "")), hashlib.sha256(content).hexdigest())


# --- columns -------------------------------------------------------------------------------------------------------

_SHARED: Final = ("countries", "programs", "notice", "requirement", "policy", "since", "gone")
_OWN: Final = ("id", "name", "alt_names", "kind", "list", "number", "addresses", "born", "until")


def _content(made: Snapshot) -> bytes:
    columns: dict[str, list[Any]] = {name: [] for name in (*_OWN, *_SHARED)}
    shared: dict[str, dict[str, int]] = {name: {} for name in _SHARED}
    for entry in made.records:
        row = _row(entry)
        for name in _OWN:
            columns[name].append(row[name])
        for name in _SHARED:
            text = json.dumps(row[name], ensure_ascii=False)
            columns[name].append(shared[name].setdefault(text, len(shared[name])))
    data = {
        "format": FORMAT, "day": f"{made.day}", "origin": made.origin,
        "shared": {name: [json.loads(text) for text in texts] for name, texts in shared.items()}, **columns,
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _row(entry: Record) -> dict[str, Any]:
    derived = entry.id == f"{entry.list.id}-{entry.number}"
    known = notices.since(entry.notice) == entry.since
    return {
        "id": "" if derived else entry.id, "name": entry.name, "alt_names": list(entry.alt_names), "kind": entry.kind,
        "list": entry.list.id, "number": entry.number, "addresses": list(entry.addresses), "born": list(entry.born),
        "until": _iso(entry.until), "countries": list(entry.countries), "programs": list(entry.programs),
        "notice": entry.notice, "requirement": entry.requirement, "policy": entry.policy,
        "since": None if known else [_iso(entry.since.earliest), _iso(entry.since.latest), entry.since.why],
        "gone": [_iso(entry.seen), _iso(entry.gone_by)] if entry.seen or entry.gone_by else None,
    }  # fmt: skip


def _records(data: Mapping[str, Any]) -> Iterable[Record]:
    shared: dict[str, list[Any]] = data["shared"]
    tuples = {name: [tuple(value) for value in shared[name]] for name in ("countries", "programs")}
    spans = [None if span is None else Since(_date(span[0]), _date(span[1]), span[2]) for span in shared["since"]]
    gone = [(None, None) if span is None else (_date(span[0]), _date(span[1])) for span in shared["gone"]]
    notice: list[str] = shared["notice"]
    from_notice = [notices.since(text) for text in notice]
    which = lists.all_lists()
    columns: list[Sequence[Any]] = [data[name] for name in (*_OWN, *_SHARED)]
    for (ident, name, alts, kind, party_list, number, addresses, born, until,
         countries, programs, chain, requirement, policy, since, left) in zip(*columns, strict=True):  # fmt: skip
        seen, gone_by = gone[left]
        yield Record(
            ident or f"{party_list}-{number}", which[party_list], name, tuple(alts), kind,
            tuples["countries"][countries], tuple(addresses), tuples["programs"][programs], notice[chain],
            shared["requirement"][requirement], shared["policy"][policy], tuple(born),
            spans[since] or from_notice[chain], _date(until), seen, gone_by, number,
        )  # fmt: skip


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


_date: Callable[[str | None], datetime.date | None] = functools.lru_cache(maxsize=8192)(
    lambda text: None if text is None else datetime.date.fromisoformat(text)
)

"""One entry of one list, in Licet's own words, and how it is read from the official field names."""

from __future__ import annotations

import datetime
import functools
import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from licet.errors import FileError
from licet.parties import lists, notices
from licet.parties.lists import PartyList
from licet.parties.notices import Since

#: What the `type` field says, in Licet's words.
KINDS: Final = {"individual": "person", "entity": "organization", "vessel": "vessel", "aircraft": "aircraft"}
_ADDRESS_ONLY: Final = re.compile(r"Address \d+", re.IGNORECASE)
#: The Entity List stores affiliates of Huawei as "Huawei ... Affiliated Entity: X".
_AFFILIATED: Final = re.compile(r"(?:affiliated entity|subordinate institution)s?\s*[:\-–]\s*(.+)$", re.IGNORECASE)
#: The last alias of a row often keeps the word before it.
_AND: Final = re.compile(r"^and\s+")
#: Where another name begins within one: "Kreig; a.k.a. Cow Craig", "Eric Fru a/k/a Ngi Nji", "(aka Northern Trade)".
_ALSO: Final = re.compile(
    r"(?<=\S)\s*[\[(,;]?\s*\b(?:[afn]\.\s?k\.\s?a\b\.?|[afn]/k/a\b)\s*|(?<=\S)\s*[\[(,;]\s*[afn]ka\s", re.IGNORECASE
)
_NAMED: Final = re.compile(r"^\s*[afn]\.\s?k\.\s?a\.?\s+", re.IGNORECASE)
#: What the nonproliferation list adds to a name.
_REMARK: Final = re.compile(r"\s*\(\w+ (?:entity|individual|national)\)|[;,]? and any successor.*$", re.IGNORECASE)
#: A name of two words or more before a stroke: "Al-Qa'ida/Islamic Army", but not "Import/Export".
_OR: Final = re.compile(r"(?!.*\bimport/export)(\S+[ -].*?[\w'’]{4,})\s?/\s?\w{4,}", re.IGNORECASE)
_KNOWN_AS: Final = re.compile(r"\s*\(([^()]{2,60})\)\s*")


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of one list.

    Attributes:
        id: stable within one list as long as the name and the countries of the entry stay.
        list: which list.
        name: the name of the entry, as officially written.
        alt_names: aliases of the entry.
        kind: ``person``, ``organization``, ``vessel``, ``aircraft``, ``address``, or ``party`` where the list does
            not say.
        countries: of its addresses and citizenships, ISO 3166 alpha-2, as written.
        addresses: street addresses where the list gives them.
        programs: sanctions programs of OFAC.
        notice: chain of Federal Register citations.
        requirement: license requirement of the Entity List.
        policy: license review policy.
        born: dates of birth, as written.
        since: when the listing began, as far as is known.
        until: first day on which it is no longer listed.
        seen: last list that held it, for an entry that a later list no longer holds.
        gone_by: the first list that no longer held it; when it went in between is not known.
        number: number of the entry in its list, where it has one.
    """

    id: str
    list: PartyList
    name: str
    alt_names: tuple[str, ...] = ()
    kind: str = "party"
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    notice: str = ""
    requirement: str = ""
    policy: str = ""
    born: tuple[str, ...] = ()
    since: Since = notices.UNKNOWN_SINCE
    until: datetime.date | None = None
    seen: datetime.date | None = None
    gone_by: datetime.date | None = None
    number: str = ""

    @property
    def version(self) -> str:
        """Short hash of everything a reviewer relies on; a cleared match is reopened when it changes."""
        return version(self)

    def listed(self, on: datetime.date) -> bool | None:
        """Whether it is listed on that day; None where the list does not tell."""
        if self.until is not None and on >= self.until:
            return False
        if self.list.began is not None and on < self.list.began:
            return False
        if self.gone_by is not None and on >= self.gone_by:
            return False
        if self.seen is not None and on > self.seen:
            return None  # between the last list that held it and the first that did not
        return self.since.listed(on)

    def values(self, on: datetime.date) -> frozenset[str]:
        """The values of a ``..._listed`` fact that this listing brings about on that day; may be empty."""
        if self.list.value is None:
            return frozenset()
        if self.list.id == "sdn":
            return frozenset({"sdn_744_8" if lists.named_in_744_8(self.programs, on) else "sdn"})
        if self.list.id != "entity_list":
            return frozenset({self.list.value})
        notes = (n for n in lists.footnotes(self.requirement) if n != 2 and footnote_day(self, n) <= on)
        return frozenset({self.list.value, *(f"footnote_{n}" for n in notes)})

    def names(self) -> tuple[str, ...]:
        """Every name of the entry: the main one, what it holds in brackets, and the aliases."""
        return _names(self.name, self.alt_names)


def footnote_day(record: Record, number: int) -> datetime.date:
    """The day from which an entry is taken to carry a footnote.

    The list shows today's footnotes only. A footnote cannot be older than the rule that made it; an entry that is
    older got it by a later notice of its chain, the first of which counts.
    """
    made = lists.footnote_from(number)
    later = [day for cite in notices.cites(record.notice) if (day := notices.day_of(cite))[1] >= made]
    return max(made, min(later)[0]) if later else made


@functools.lru_cache(maxsize=65536)
def version(record: Record) -> str:
    """Short hash of the content of a record, dates of snapshots left out."""
    parts = (record.list.id, record.name, *sorted(record.alt_names), "|", *sorted(record.countries), "|",
             *sorted(record.programs), record.requirement, record.policy, record.notice)  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _names(name: str, alt_names: tuple[str, ...]) -> tuple[str, ...]:
    found = [name]
    affiliate = _AFFILIATED.search(name) if ":" in name or "-" in name or "–" in name else None
    if affiliate:
        found.append(affiliate[1])
    for inside in _KNOWN_AS.findall(name):
        # "Semiconductor Manufacturing International Corporation (SMIC)"; a place in brackets is no name of its own
        short = len(inside) >= 3 and inside[0].isalpha() and re.sub("[ -]", "", inside).isalnum()
        if short and (inside.isupper() or name.casefold().startswith(f"{inside.casefold()} ")):
            found += [inside, _KNOWN_AS.sub(" ", name).strip()]
    told = [_told(part) for several in (*found, *alt_names) for part in several.split(";")]
    others = [part for one in told if _may_tell_another(one) and _ALSO.search(one) for part in _ALSO.split(one)]
    each = [_AND.sub("", part) if part.startswith("and") else part for part in map(str.strip, told)]
    each += [part for one in others if " " in (part := one.strip(" ,.;()[]"))]
    each += [before[1] for one in told if "/" in one and (before := _OR.match(one))]
    return tuple(dict.fromkeys(part for part in (name, *each) if part))


def _told(part: str) -> str:
    """A name without remarks; most have none, and a look is quicker than a pattern."""
    small = part.lower()
    if "(" in small or "successor" in small:
        part = _REMARK.sub("", part)
    return _NAMED.sub("", part) if "k." in small else part


def _may_tell_another(name: str) -> bool:
    small = name.lower()
    return "k." in small or "k/a" in small or "ka" in small


def record(raw: Mapping[str, Any]) -> Record:
    """The entry that a row of the official list describes, in the official field names.

    Only `name` is needed. `source` names the list; without it the row counts as one of the Entity List, so that a
    list of one's own can be screened.

    Raises:
        FileError: it has no name, or names a list that is not known.
    """
    name = _text(raw.get("name"))
    if not name:
        raise FileError("a record has no name", why=f"its fields are {', '.join(map(str, raw)) or 'none'}")
    which = lists.list_of(_text(raw.get("source")) or "entity_list")
    notice = _text(raw.get("federal_register_notice"))
    countries, streets = _places(raw.get("addresses"))
    for extra in ("country", "countries", "citizenships", "nationalities"):
        countries += [code for part in _several(raw.get(extra)) if len(code := _code(part)) == 2]
    number = _text(raw.get("entity_number"))
    key = f"{which.id}-{number}" if number else f"{which.id}-{_digest(name, countries)}"
    kind = KINDS.get(_text(raw.get("type")).casefold(), "party")
    return Record(
        id=_text(raw.get("id")) or key,
        list=which,
        name=name,
        alt_names=tuple(dict.fromkeys(_several(raw.get("alt_names")))),
        kind="address" if _ADDRESS_ONLY.fullmatch(name) else kind,
        countries=tuple(dict.fromkeys(countries)),
        addresses=tuple(dict.fromkeys(streets)),
        programs=tuple(_several(raw.get("programs"))),
        notice=notice,
        requirement=_text(raw.get("license_requirement")),
        policy=_text(raw.get("license_policy")),
        born=tuple(_several(raw.get("dates_of_birth"))),
        since=_since(_text(raw.get("start_date")), notice),
        until=_day(_text(raw.get("end_date"))),
        number=number,
    )


def _since(written: str, notice: str) -> Since:
    day = _day(written)
    return Since(day, day, "start date in the list") if day else notices.since(notice)


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year >= 1930 else None  # the official file has days in the year 97


def _digest(name: str, countries: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join([name.casefold(), *sorted(countries)]).encode()).hexdigest()[:10]


def _text(value: object) -> str:
    return "" if missing(value) else " ".join(str(value).split())


def missing(value: object) -> bool:
    """Whether there is no value: None, or the NaN that tables put in its place."""
    return value is None or (isinstance(value, float) and math.isnan(value))


@functools.lru_cache(maxsize=1024)
def _code(country: str) -> str:
    """The code of a country; what is none is kept as it is written."""
    from licet import places

    if len(country) == 2 and country.isupper():
        return country
    try:
        return places.country(country) if country else ""
    except places.UnknownCountry:
        return country


def _several(value: object) -> list[str]:
    """A field that holds several values: a JSON array, or text with semicolons as in the CSV."""
    if missing(value):
        return []
    parts = value if isinstance(value, (list, tuple, set, frozenset)) else str(value).split(";")
    return [text for part in parts if (text := _text(part))]


def _places(value: object) -> tuple[list[str], list[str]]:
    """Countries and street addresses, from JSON objects or from the CSV's text."""
    countries: list[str] = []
    streets: list[str] = []
    parts = value if isinstance(value, (list, tuple)) else [value] if isinstance(value, Mapping) else _several(value)
    for part in parts:
        if isinstance(part, Mapping):
            country = _code(_text(part.get("country")))
            lines = (part.get("address"), part.get("city"), part.get("state"), part.get("postal_code"))
            street = ", ".join(text for line in lines if (text := _text(line)))
        else:
            street = _text(part)
            tail = street.rsplit(",", 1)[-1].strip()
            country = tail if len(tail) == 2 and tail.isupper() else ""
        if country and country not in countries:
            countries.append(country)
        if street and street != country:
            streets.append(street)
    return countries, streets

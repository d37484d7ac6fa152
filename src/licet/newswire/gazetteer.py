"""One list of all that can be named in a report: chips, parties, people, places and rules, in any language.

Models of chips come from the catalog, names of countries from the Unicode CLDR and ``places.yaml``; companies,
agencies, people, media and groups from ``parties.yaml``, families of items from ``items.yaml``, instruments from
``rules.yaml``.
"""

from __future__ import annotations

import functools
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Final

import yaml

from licet import catalog
from licet.newswire.patterns import Automaton, Spelling, spellings


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody or something that can be named.

    Attributes:
        id: unique among all entries: ``nvidia``, ``nvidia-h20``, ``CN``, ``entity-list``.
        kind: ``chip``, ``model``, ``item``, ``company``, ``agency``, ``person``, ``media``, ``group``, ``bare`` (a
            ministry that needs a country), ``place``, ``seat`` (a capital or administration), ``adjective``,
            ``town`` or ``rule``.
        name: in English.
        country: where it belongs.
        more: what else its table says.
    """

    id: str
    kind: str
    name: str
    country: str = ""
    more: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)


#: Kinds that are parties: somebody who acts.
PARTIES: Final = frozenset({"company", "agency", "person", "group", "media"})
PLACES: Final = frozenset({"place", "seat", "adjective", "town"})
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
#: Names of countries that are ordinary words or given names elsewhere, and count in texts of their language only.
_SHORT: Final = 5


def table(name: str) -> Any:
    """The content of the data file `name`, all scalars as text."""
    return yaml.load(resources.files("licet.newswire").joinpath(f"data/{name}.yaml").read_text("utf-8"), _LOADER)  # noqa: S506 - a base loader, and our own file


@functools.cache
def entries() -> dict[str, Entry]:
    """All entries by id; the three kinds of place share the country's code and stand under the first of them."""
    found: dict[str, Entry] = {}
    for entry, _ in _rows():
        found.setdefault(entry.id, entry)
    return found


@functools.cache
def automaton() -> Automaton[Entry]:
    """The automaton over all names in all languages."""
    return Automaton(pair for entry, names in _rows() for pair in spellings(names, entry))


@functools.cache
def _rows() -> tuple[tuple[Entry, str], ...]:
    return (*_listed("items"), *_listed("parties"), *_rules(), *_catalog(), *_places())


def _listed(name: str) -> Iterator[tuple[Entry, str]]:
    for row in table(name):
        more = {key: value for key, value in row.items() if key not in {"id", "kind", "name", "country", "names"}}
        yield Entry(row["id"], row["kind"], row["name"], row.get("country", ""), more), row["names"]


def _rules() -> Iterator[tuple[Entry, str]]:
    for row in table("rules"):
        entry = Entry(
            row["id"],
            "rule",
            row["name"],
            row.get("country", "US"),
            {key: value for key, value in row.items() if key not in {"names", "told", "signs"}},
        )
        yield entry, row["names"]
        for number, sign in enumerate(row.get("signs", ())):
            yield Entry(f"{row['id']}/{number}", "sign", row["name"], "US", {"rule": row["id"]}), sign


_NOT_NAMES: Final = re.compile(r"^\W*$")
_GENERIC: Final = frozenset({"orin", "matrix", "thor", "journey", "renegade", "atom", "rebel", "grace blackwell"})


def _catalog() -> Iterator[tuple[Entry, str]]:
    """The models of the catalog that ``items.yaml`` does not name, those that share a name as one."""
    known = {
        spelling.plain.replace("-", " ") for row in table("items") for _, spelling in spellings(row["names"], None)
    }
    bearers: dict[str, list[catalog.Item]] = {}
    for item in catalog.items():
        for name in dict.fromkeys((re.sub(r"\s*\([^()]*\)", "", item.name), *item.aliases)):
            plain = name.casefold().replace("-", " ").strip()
            if len(plain) > 1 and plain not in known and plain not in _GENERIC and not _NOT_NAMES.match(plain):
                bearers.setdefault(name, []).append(item)
    for name, items in bearers.items():
        first = items[0]
        id_ = (
            first.id
            if len(items) == 1
            else f"{first.vendor.casefold().replace(' ', '-')}-{name.casefold().replace(' ', '-')}"
        )
        if first.kind == "computer" and name[:1].isdigit():
            continue
        vendor = first.vendor.casefold().replace(" ", "-")
        more = {"vendor": vendor, "items": tuple(item.id for item in items)}
        spaced = re.sub(r"(?<=[A-Za-z])[ -](?=\d)", " ", re.sub(r"[()*_;|@]", "", name))
        closed = re.sub(r"(?<=[A-Za-z]) (?=\d)", "", spaced)
        yield Entry(id_, "chip", name, "", more), "; ".join(dict.fromkeys((spaced, closed)))


_COLUMNS: Final = (("names", "place"), ("seats", "seat"), ("adjectives", "adjective"), ("towns", "town"))


def _places() -> Iterator[tuple[Entry, str]]:
    packed = resources.files("licet.newswire").joinpath("data/places.json.gz").read_bytes()
    english: dict[str, str] = {}
    names = json.loads(gzip.decompress(packed))
    for code, by_name in names.items():
        english[code] = next(name for name, languages in by_name.items() if "en" in languages)
    for row in table("places"):
        id_ = row["id"]
        for column, kind in _COLUMNS:
            if row.get(column):
                yield Entry(id_, kind, english.get(id_, id_), id_), row[column]
    for code, by_name in names.items():
        entry = Entry(code, "place", english[code], code)
        for name, languages in by_name.items():
            clean = re.sub(r"[()*_;|@]", " ", name).strip()
            short = name.isascii() and len(name) <= _SHORT + 3 and len(languages) < 12
            for language in languages if short else ("",):
                mark = "^" if name[0].isascii() or "\u0370" <= name[0] <= "\u04ff" else ""
                yield entry, f"{clean}{mark}@{language}" if language else f"{clean}{mark}"


@functools.cache
def words(language: str) -> Automaton[str] | None:
    """The automaton over the words of actions and topics in `language`, or None where there is no list for it."""
    lexicon = _lexicon(language)
    if lexicon is None:
        return None
    pairs: list[tuple[tuple[str, ...], Spelling[str]]] = []
    for action, text in lexicon.get("actions", {}).items():
        pairs += spellings(text, f"do:{action}")
    for topic, text in lexicon.get("topics", {}).items():
        pairs += spellings(text, f"topic:{topic}")
    for who, text in lexicon.get("unnamed", {}).items():
        pairs += spellings(text, f"who:{who}")
    for field_ in ("offices", "not", "future", "hypothetical", "relies"):
        pairs += spellings(lexicon.get(field_, ""), f"{field_}:")
    return Automaton(pairs)


@functools.cache
def _lexicon(language: str) -> dict[str, Any] | None:
    path = resources.files("licet.newswire").joinpath(f"data/lexicon/{language}.yaml")
    return table(f"lexicon/{language}") if path.is_file() else None


def times(language: str) -> Mapping[str, str]:
    """The words for yesterday, last, week and the like in `language`."""
    found: Mapping[str, str] = (_lexicon(language) or {}).get("times", {})
    return found

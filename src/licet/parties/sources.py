"""Readers of the official list files: what is not understood is an error, never a shorter list.

`read` looks at the content of a file, not at its name: the Consolidated Screening List as JSON or CSV, the Entity
List table of Supplement No. 4 to part 744, and FollowTheMoney JSON lines as OpenSanctions publishes them. Each may
be gzipped.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from licet.errors import FileError
from licet.parties import ftm, layout
from licet.parties.record import Record, record

#: More than this is no list of parties; a gzip bomb stops here.
LARGEST: Final = 1 << 30
#: The columns that tell the Consolidated Screening List.
_CSV_TELL: Final = frozenset({"name", "source"})
#: How a column of aliases may be called when it is not `alt_names`.
_ALIASES: Final = re.compile(r"alias|a\.?k\.?a|alt(?:ernate|ernative)?[ _]?name|other[ _]?name")
#: Columns of the Entity List table as the eCFR and BIS write them, and the official field each one is.
_TABLE: Final = {
    "country": "country", "entity": "name", "entity name": "name", "aliases": "alt_names",
    "license requirement": "license_requirement", "license review policy": "license_policy",
    "federal register citation": "federal_register_notice", "federal register notice": "federal_register_notice",
    "address": "address", "addresses": "address",
}  # fmt: skip


def read(path: str | Path) -> list[Record]:
    """Every record of a list file.

    Raises:
        FileError: it cannot be read, ends in the middle, or is in a layout that is not known.
    """
    where = str(path)
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise FileError("the file cannot be read", where=where, why=error.strerror or str(error)) from None
    try:
        return read_bytes(raw)
    except FileError as error:
        error.at(where)
        raise


def read_bytes(raw: bytes) -> list[Record]:
    """Every record of the content of a list file."""
    text = _decode(_unzip(raw))
    head = text.lstrip()[:1]
    if not head:
        raise FileError("the file is empty", next="download the list again")
    if head in "{[":
        rows = ftm.rows(text, _parsed) if ftm.is_lines(text) else _json(text)
    else:
        rows = _csv(text)
    found = [_record(row, where) for where, row in rows]
    if not found:
        raise FileError("the file holds no records", next="download the list again")
    return _distinct(found)


def _record(row: Mapping[str, Any], where: str) -> Record:
    try:
        layout.check_fields(row)
        entry = record(row)
        layout.check_names(entry)
    except FileError as error:
        error.at(where)
        raise
    return entry


def _distinct(found: list[Record]) -> list[Record]:
    """The records with ids of their own: the list itself holds some names twice."""
    from dataclasses import replace

    seen: dict[str, int] = {}
    result = []
    for entry in found:
        count = seen[entry.id] = seen.get(entry.id, 0) + 1
        result.append(entry if count == 1 else replace(entry, id=f"{entry.id}-{count}"))
    return result


def _unzip(raw: bytes) -> bytes:
    if raw[:2] != b"\x1f\x8b":
        return raw
    try:
        with gzip.open(io.BytesIO(raw)) as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FileError("the compressed file is broken or ends too early", why=str(error),
                        next="download the list again") from None  # fmt: skip
    if len(content) > LARGEST:
        raise FileError("the file is far larger than any list of parties")
    return content


def _decode(raw: bytes) -> str:
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileError(
            f"byte {error.start} is no {encoding.removesuffix('-sig').upper()}", where=f"line {line}",
            why="the official lists are UTF-8; a file in mixed encodings would hide names",
            next="download the list again, or convert it to UTF-8",
        ) from None  # fmt: skip
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FileError("the file holds zero bytes", where=f"line {line}",
                        why="so do damaged files, and UTF-16 or UTF-32 without its mark",
                        next="download the list again, or convert it to UTF-8")  # fmt: skip
    return text


def _parsed(text: str) -> Any:
    """The JSON of a text.

    Raises:
        ValueError: it is none, or a key stands twice in one object, where only the last one would count.
    """
    return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for at, (key, _) in enumerate(pairs) if any(key == other for other, _ in pairs[:at]))
        raise ValueError(f"{twice!r} stands twice in one object")
    return made


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def _json(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        data = _parsed(text)
    except (ValueError, RecursionError) as error:
        raise FileError(
            "the JSON is broken or ends too early", why=str(error), next="download the list again"
        ) from None
    if isinstance(data, dict):
        rows = data.get("results")
        total = data.get("total")
        if not isinstance(rows, list):
            raise FileError("the JSON has no `results`", why=f"it has {', '.join(list(data)[:8])}",
                            next="this is not the Consolidated Screening List as it is known")  # fmt: skip
        if total is not None and str(total).removesuffix(".0") != str(len(rows)):
            raise FileError(f"the file says it holds {total} records and holds {len(rows)}",
                            next="download the whole list")  # fmt: skip
    else:
        rows = data
    for number, row in enumerate(rows, 1):
        where = f"record {number}"
        if not isinstance(row, dict):
            raise FileError("a record is no object", where=where)
        if not row.get("source"):
            raise FileError("a record does not say which list it is on", where=where, why="it has no `source`")
        yield where, {key: value for key, value in row.items() if key not in ("id", "_id")}


def _csv(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    csv.field_size_limit(1 << 24)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = [(name or "").strip() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise FileError("the first line is no CSV", why=str(error)) from None
    low = [name.casefold() for name in columns]
    table = not set(low) >= _CSV_TELL
    if table and not ({"entity", "entity name"} & set(low) and "license requirement" in low):
        raise FileError(
            f"the columns {', '.join(columns[:8])[:120] or '(none)'} are those of no list that is known",
            next="expected the Consolidated Screening List (name, source, ...) or the Entity List table "
            "(Country, Entity, License requirement, ...)",
        )
    names = [_TABLE.get(name, name) for name in low] if table else low
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise FileError(f"two columns mean {' and '.join(twice)}", why="only one of them would be read")
    strange = [name for name in names if not table and "alt_names" not in names and _ALIASES.search(name)]
    if strange:
        raise FileError(f"there is a column {strange[0]!r} and no `alt_names`", why=layout.NEW)
    rows = iter(reader)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileError("the CSV is broken or ends too early", where=f"line {reader.line_num}", why=str(error),
                            next="download the list again") from None  # fmt: skip
        where = f"line {reader.line_num}"
        values = list(row.values())
        if None in row or None in values:
            more = "more" if None in row else "fewer"
            raise FileError(f"the row has {more} fields than the first line", where=where,
                            why="the file is cut off or its layout has changed")  # fmt: skip
        fields: dict[str, Any] = {
            name: value for name, value in zip(names, values, strict=True) if name not in ("_id", "id")
        }
        if not table and not (fields["source"] or "").strip():
            raise FileError("a row does not say which list it is on", where=where, why="its `source` is empty")
        try:
            made = _table_row(fields) if table else fields
        except FileError as error:
            error.at(where)
            raise
        yield where, made


def _table_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the Entity List table in the official field names: "Name, a.k.a., the following two aliases: —A; —B"."""
    from licet.places import country

    name, _, rest = (row.get("name") or "").partition("a.k.a.")
    aliases = [part.strip(" ,;.—–-") for part in rest.split("—")[1:]] if "—" in rest else [rest.split(":", 1)[-1]]
    place = str(row.get("country") or "").strip()
    try:
        code = country(place) if place else ""
    except LookupError:
        raise FileError(f"there is no country called {place!r}") from None
    written = row.get("alt_names")
    return {
        **row,
        "source": "entity_list",
        "name": name.strip(" ,;"),
        "alt_names": written if written else [part for alias in aliases if (part := alias.strip(" ,;"))],
        "addresses": [{"country": code, "address": row.get("address")}],
    }

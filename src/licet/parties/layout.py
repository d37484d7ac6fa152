"""What a record of a list file has to look like: a new layout is an error, never fewer names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licet.errors import BadValue, FileError
from licet.parties.normal import LONGEST, cleaned
from licet.parties.record import Record

NEW: Final = "the list seems to be written in a new way, which Licet does not know"
#: Fields that are read, of one text and of several; others may hold anything.
_ONE: Final = (
    "id", "name", "source", "type", "entity_number", "federal_register_notice", "license_requirement",
    "license_policy", "start_date", "end_date",
)  # fmt: skip
_SEVERAL: Final = (
    "alt_names", "programs", "country", "countries", "citizenships", "nationalities", "dates_of_birth", "addresses",
)  # fmt: skip
_ADDRESS: Final = ("address", "city", "state", "postal_code", "country")


def check_fields(row: Mapping[str, Any]) -> None:
    """Refuse a record that is written in another way than the lists are: it would be read as something else.

    Raises:
        FileError: a field that is read holds what is no text, or half a character.
    """
    for field in _ONE:
        _check(field, row.get(field))
    for field in _SEVERAL:
        value = row.get(field)
        for part in value if isinstance(value, list) else [value]:
            if field == "addresses" and isinstance(part, dict):
                for name in _ADDRESS:
                    _check(field, part.get(name))
            else:
                _check(field, part)


def _check(field: str, value: object) -> None:
    if value is not None and not isinstance(value, str) and not (field == "entity_number" and isinstance(value, int)):
        raise FileError(f"the field {field} holds {str(value)[:40]!r}, which is no text", why=NEW)
    if isinstance(value, str) and not (value.isascii() or _encodes(value)):
        raise FileError(f"the field {field} holds half a character", why="a surrogate stands alone",
                        next="download the list again")  # fmt: skip
    if isinstance(value, str) and "\0" in value:
        raise FileError(f"the field {field} holds a zero byte", next="download the list again")


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_names(entry: Record) -> None:
    """Refuse an entry that no query could ever find.

    Raises:
        FileError: its name holds nothing to compare, or a name is longer than any that can be compared.
    """
    try:
        if entry.kind != "address":
            cleaned(entry.name)
        longest = max(entry.names(), key=len)
        if len(longest) > LONGEST:
            cleaned(longest)
    except BadValue as error:
        raise FileError("nobody would ever match this entry", why=str(error).rstrip("."), next=NEW) from None

"""FollowTheMoney JSON lines, as OpenSanctions publishes them, in the official field names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from licet.errors import FileError, did_you_mean

#: The lists behind the datasets; the Consolidated Screening List as a whole is of several.
_LISTS: Final = {
    "us_bis_denied": "denied_persons", "us_trade_csl": "entity_list", "us_dod_chinese_milcorps": "entity_list",
    "us_ofac_sdn": "sdn", "us_ofac_cons": "menu_based",
}  # fmt: skip
_KINDS: Final = {
    "Person": "individual", "Organization": "entity", "Company": "entity", "LegalEntity": "", "PublicBody": "entity",
    "Vessel": "vessel", "Airplane": "aircraft",
}  # fmt: skip
#: Things with a name that are no party; those without one (sanctions, ownership) need not be known.
_THINGS: Final = frozenset(
    {"Address", "Article", "Asset", "BankAccount", "Contract", "CourtCase", "CryptoWallet", "Document", "Event",
     "License", "Position", "Project", "RealEstate", "Security", "Territory", "Trip", "UserAccount", "Vehicle"}
)  # fmt: skip


def is_lines(text: str) -> bool:
    """Whether a text that begins with an object is one object on each line."""
    first, _, rest = text.lstrip().partition("\n")
    return (rest.lstrip()[:1] == "{" and first.rstrip().endswith("}")) or (
        '"schema"' in first and first.lstrip()[0] == "{"
    )


def rows(text: str, parse: Callable[[str], Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each party with the line it stands on; what is no party (addresses, sanctions, ownership) is passed over.

    Args:
        text: the file.
        parse: the JSON of a line, or a ValueError.

    Raises:
        FileError: a line is no entity, or one of a kind or list that is not known.
    """
    for number, line in enumerate(text.split("\n"), 1):  # splitlines() also breaks at U+2028, inside of names
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            entity = parse(line)
        except (ValueError, RecursionError) as error:
            raise FileError(
                "the line is no JSON", where=where, why=str(error), next="download the list again"
            ) from None
        schema = entity.get("schema") if isinstance(entity, dict) else None
        if not isinstance(schema, str) or not isinstance(entity.get("properties"), dict):
            raise FileError(
                "the line is no FollowTheMoney entity", where=where, why="it has no `schema` or `properties`"
            )
        if schema in _KINDS:
            yield where, _row(entity, schema, where)
        elif schema not in _THINGS and entity["properties"].get("name"):
            raise FileError(f"a {schema} with a name is no kind of entity that is known", where=where,
                            why="it may be a party", next=did_you_mean(schema, _KINDS))  # fmt: skip


def _row(entity: Mapping[str, Any], schema: str, where: str) -> dict[str, Any]:
    given: Mapping[str, Any] = entity["properties"]

    def of(*names: str) -> list[Any]:
        return [value for name in names for value in _list(given.get(name))]

    names = of("name")
    caption = entity.get("caption") or (names[0] if names else "")
    return {
        "id": entity.get("id"),
        "name": caption,
        "alt_names": [name for name in of("name", "alias", "weakAlias", "previousName") if name != caption],
        "type": _KINDS[schema],
        "source": _list_of(entity, where),
        "countries": [code.upper() if isinstance(code, str) else code
                      for code in of("country", "jurisdiction", "nationality", "citizenship")],
        "addresses": of("address"),
        "programs": of("program", "programId"),
        "dates_of_birth": of("birthDate"),
    }  # fmt: skip


def _list_of(entity: Mapping[str, Any], where: str) -> str:
    """The list of its datasets; without any it counts as one of the Entity List, as a row without a source does.

    Raises:
        FileError: it names datasets, and none is a list that is known.
    """
    datasets = [str(data) for data in _list(entity.get("datasets"))]
    found = [_LISTS[data] for data in datasets if data in _LISTS]
    if datasets and not found:
        raise FileError(f"the entity is of {', '.join(datasets[:5])}, which are no U.S. lists that are known",
                        where=where, why="a list that is not known cannot be given a meaning in the law",
                        next=f"known are {', '.join(_LISTS)}")  # fmt: skip
    return found[0] if found else "entity_list"


def _list(value: object) -> Iterable[Any]:
    return value if isinstance(value, (list, tuple)) else [] if value is None else [value]

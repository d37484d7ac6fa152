"""The register of what the lawbook covers: every system of the regime, how far it is encoded, and by which provisions.

    - area: License exceptions
      system: License Exception HBM
      cite: 15 CFR 740.25
      state: encoded
      holds: [HBM, HBM count]            provisions, by id
      rest of: us/ear/740-25-hbm.yaml    and those of a file that no row names

A row that is `partly` encoded says what is missing; one that is `out of scope` says why, and names the provisions that
say so in an answer where there are any. Each provision stands in exactly one row: a new one cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from licet.errors import LawError, did_you_mean
from licet.lex.cite import parse
from licet.lex.law import Law
from licet.lex.source import Block, read

FILE: Final = "coverage.yaml"
STATES: Final = ("encoded", "partly", "out of scope")
_KEYS: Final = ("area", "system", "cite", "state", "holds", "rest of", "missing", "why")


@dataclass(frozen=True, slots=True)
class Row:
    """One system of the regime.

    Attributes:
        area, system: what it is about, in words.
        cite: where it stands; may be empty for what is out of scope.
        state: one of `STATES`.
        said: what is missing, or why it is out of scope.
        provisions: ids of those that hold it.
        line: of the register.
    """

    area: str
    system: str
    cite: str
    state: str
    said: str
    provisions: tuple[str, ...]
    line: int = 0

    def to_dict(self) -> dict[str, object]:
        """The row as plain data."""
        said = {"missing": self.said} if self.state == "partly" else {"why": self.said} if self.said else {}
        return {"area": self.area, "system": self.system, "cite": self.cite, "state": self.state, **said,
                "provisions": list(self.provisions)}  # fmt: skip


def register(law: Law) -> tuple[Row, ...]:
    """The register of `law`; empty where the lawbook has none.

    Raises:
        LawError: a row that is not in the form, names a provision that does not exist, or one that another row names;
            or a provision that no row names.
    """
    text = law.files.get(FILE)
    if text is None:
        return ()
    blocks = read(text, FILE)
    if not isinstance(blocks, list) or not all(isinstance(block, Block) for block in blocks):
        raise LawError("the register is a list of rows, each with an `area` and a `system`", where=FILE)
    named: dict[str, Block] = {}
    files: dict[str, Block] = {}
    for block in blocks:
        _proved(block)
        for id_ in _list(block, "holds"):
            if id_ not in law.provisions:
                raise LawError(f"there is no provision {id_!r}", where=block.where,
                               next=did_you_mean(id_, law.provisions))  # fmt: skip
            _once(named, id_, block)
        for file in _list(block, "rest of"):
            if file not in law.files:
                raise LawError(f"there is no file {file!r}", where=block.where, next=did_you_mean(file, law.files))
            _once(files, file, block)
    own = {id_: each for id_, each in law.provisions.items() if each.file in law.files}  # not what an amendment added
    homes = {id_: named.get(id_) or files.get(each.file) for id_, each in own.items()}
    for id_, home in homes.items():
        if home is None:
            each = law.provisions[id_]
            raise LawError(f"no row of the register names {id_!r}", where=f"{FILE}: {each.file}, line {each.line}",
                           next=f"add it to the `holds` of a row, or {each.file} to `rest of`")  # fmt: skip
    return tuple(_row(block, homes) for block in blocks)


def _row(block: Block, homes: Mapping[str, Block | None]) -> Row:
    held = tuple(id_ for id_, home in homes.items() if home is block)
    if not held and block["state"] != "out of scope":
        raise LawError(f"the row of {block['system']} names no provision", where=block.where,
                       next="name those that hold it, or say why it is out of scope")  # fmt: skip
    return Row(block["area"], block["system"], block.get("cite", ""), block["state"],
               block.get("missing") or block.get("why") or "", held, block.line)  # fmt: skip


def _proved(block: Block) -> None:
    for key in block:
        if key not in _KEYS:
            raise LawError(f"a row has no key {key!r}", where=block.where, next=did_you_mean(key, _KEYS))
    for key in ("area", "system", *(["cite"] if block.get("state") != "out of scope" else []), "state"):
        if not isinstance(block.get(key), str) or not block[key].strip():
            raise LawError(f"a row without `{key}`", where=block.where, next=f"add `{key}:`")
    if "cite" in block:
        parse(block["cite"], block.where)
    state = block["state"]
    if state not in STATES:
        raise LawError(f"{state!r} is no state", where=block.where,
                       next=did_you_mean(state, STATES, otherwise=f"one of {', '.join(STATES)}"))  # fmt: skip
    for key, wanted in (("missing", "partly"), ("why", "out of scope")):
        if (key in block) != (state == wanted):
            raise LawError(f"`{key}` goes with {wanted}, and {wanted} with `{key}`", where=block.where)


def _list(block: Block, key: str) -> list[str]:
    value = block.get(key, [])
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise LawError(f"`{key}` is a list", where=block.where)
    return value


def _once(found: dict[str, Block], name: str, block: Block) -> None:
    if name in found:
        raise LawError(f"two rows name {name!r}", where=block.where, why=f"the other stands in {found[name].where}")
    found[name] = block

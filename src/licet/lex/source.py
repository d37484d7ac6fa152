"""Reading YAML as law: everything is text, every mapping knows its line, nothing is overwritten in silence.

YAML's implicit types are off (``NO`` is Norway, ``2024-01-01`` is text until its reader says it is a day); duplicate
keys, anchors, deep nesting and huge files are refused.
"""

from __future__ import annotations

from typing import Any

import yaml

from licet.errors import LawError

_LARGEST, _DEEPEST = 4_000_000, 40
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Block(dict[str, Any]):
    """A mapping of the lawbook that knows where it stands."""

    file: str = ""
    line: int = 0

    @property
    def where(self) -> str:
        """``file, line n``, for messages."""
        return f"{self.file}, line {self.line}"


def read(text: str, file: str) -> Any:
    """`text` as nested blocks, lists and strings.

    Args:
        text: YAML.
        file: its name, for messages.

    Raises:
        LawError: not YAML, or YAML that the lawbook refuses.
    """
    if len(text) > _LARGEST:
        raise LawError(f"the file has {len(text)} characters", where=file, why=f"the limit is {_LARGEST}")
    loader = _Loader(text)
    try:
        depth = 0
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise LawError(f"nested more than {_DEEPEST} deep", where=f"{file}, line {event.start_mark.line + 1}")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = event.start_mark.line + 1
                raise LawError("anchors and aliases are refused", where=f"{file}, line {line}", next="write it out")
        tree = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}, line {mark.line + 1}, column {mark.column + 1}" if mark else file
        raise LawError("this is no YAML", where=place, why=str(getattr(error, "problem", "") or error)) from None
    except RecursionError:
        raise LawError("nested too deep", where=file) from None
    return None if tree is None else _plain(tree, file, 0)


def _plain(node: yaml.Node, file: str, depth: int) -> Any:
    place = f"{file}, line {node.start_mark.line + 1}"
    if depth > _DEEPEST:
        raise LawError(f"nested more than {_DEEPEST} deep", where=place)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part, file, depth + 1) for part in node.value]
    block = Block()
    block.file, block.line = file, node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in block:
            raise LawError(
                f"the key {key!r} stands twice", where=f"{file}, line {key_node.start_mark.line + 1}",
                next="keep one of them",
            )  # fmt: skip
        block[key] = _plain(value_node, file, depth + 1)
    return block

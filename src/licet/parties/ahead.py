"""Forms of the names on the bundled list, made ahead of time: an index over most of these names is ready sooner.

A name that is not among them is made ready when it is met, so that nothing depends on this table but time. It holds
names with one plain form only. A test makes every row anew; ``tools/names_ahead.py`` writes the table.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable
from importlib import resources
from typing import Final

from licet.parties.forms import Form

#: An index over fewer entries is not worth reading the table.
WORTH: Final = 2000
_FILE: Final = "data/names.xz"
_HOW: Final = "as written"


def table() -> dict[str, tuple[str, str]]:
    """For each name its tokens and its letters and digits, as strings; the second is empty where it says no more."""
    packed = resources.files("licet.parties").joinpath(_FILE).read_bytes()
    names, tokens, plain = lzma.decompress(packed).decode("utf-8").split("\0")
    return dict(zip(names.split("\n"), zip(tokens.split("\n"), plain.split("\n"), strict=True), strict=True))


def packed(made: Iterable[tuple[str, tuple[Form, ...]]]) -> bytes:
    """The table of names and their forms, as `table` reads it."""
    rows = [(name, form.text, "" if form.plain == "".join(form.tokens) else form.plain)
            for name, (form, *more) in made if not more and form.how == _HOW and not form.by_sound]  # fmt: skip
    text = "\0".join("\n".join(column) for column in zip(*rows, strict=True))
    return lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)

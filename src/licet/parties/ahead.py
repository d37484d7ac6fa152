"""Forms of the names on the bundled list, made ahead of time: an index over most of these names is ready sooner.

A name that is not among them is made ready when it is met, so that nothing depends on this table but time. It holds
no names that are known by their sound. A test makes every row anew; ``tools/names_ahead.py`` writes the table.
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
#: Divides the forms of one name.
FORMS: Final = "\x1f"


def table() -> dict[str, tuple[str, str]]:
    """For each name its tokens and its letters and digits, as strings; the second is empty where it says no more.

    Where a name has several forms, those of each, divided by `FORMS`.
    """
    packed = resources.files("licet.parties").joinpath(_FILE).read_bytes()
    names, tokens, plain = lzma.decompress(packed).decode("utf-8").split("\0")
    return dict(zip(names.split("\n"), zip(tokens.split("\n"), plain.split("\n"), strict=True), strict=True))


def packed(made: Iterable[tuple[str, tuple[Form, ...]]]) -> bytes:
    """The table of names and their forms, as `table` reads it."""
    rows = [(name, FORMS.join(form.text for form in forms), FORMS.join(map(_letters, forms)))
            for name, forms in made if not any(form.by_sound for form in forms)]  # fmt: skip
    text = "\0".join("\n".join(column) for column in zip(*rows, strict=True))
    return lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


def _letters(form: Form) -> str:
    return "" if form.plain == "".join(form.tokens) else form.plain

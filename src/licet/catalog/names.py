"""From what people write to an item: ids, names, aliases and part numbers, in any script.

Spaces, punctuation and case do not count, except that two groups of digits stay apart: ``HBM2 1.6`` is not
``HBM2 16``. Vendor names in other scripts (``brands.csv``) and Cyrillic letters that look Latin are read as
Latin. Nothing else is guessed: a near miss finds nothing, and a name that several items share finds none of
them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from licet.catalog import tables
from licet.catalog.item import Item
from licet.errors import UnknownItem, did_you_mean

_LOOKALIKES = str.maketrans("авекмнорстх", "abekmhopctx")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_APART = re.compile(r"[\W_]+")
_ASIDE = re.compile(r"\s*\([^()]*\)")


def latin(text: str) -> str:
    """`text` casefolded, in compatibility form, with known brand names in Latin letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for word, brand in _brands():
        folded = folded.replace(word, f"{brand} ")
    return folded.translate(_LOOKALIKES).strip()


def key(text: str) -> str:
    """The form in which two spellings of one name are equal."""
    return "-".join(_APART.sub("", part) for part in _BETWEEN_DIGITS.split(latin(text)))


@functools.cache
def _brands() -> tuple[tuple[str, str], ...]:
    pairs = [(row["word"].casefold(), row["latin"]) for row in tables.read("brands")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def spellings(item: Item) -> Iterator[str]:
    """Every name under which `item` is known, each with and without its vendor."""
    yield item.id
    for name in (item.name, *item.aliases):
        for form in {name, _ASIDE.sub("", name)}:
            yield form
            yield f"{item.vendor} {form}"


class Directory:
    """All names of a set of items.

    Args:
        items: what there is to find.
        preferred: names that mean one item though others could bear them, by name.
    """

    def __init__(self, items: Iterable[Item], preferred: Mapping[str, str]) -> None:
        self._items = {item.id: item for item in items}
        self._preferred = {key(name): id for name, id in preferred.items()}
        self._bearers: dict[str, dict[str, None]] = {}
        for item in self._items.values():
            for name in spellings(item):
                self._bearers.setdefault(key(name), {})[item.id] = None
        self._look_up = functools.lru_cache(maxsize=65536)(self._resolve)

    def find(self, text: str) -> Item:
        """The one item that `text` names.

        Raises:
            UnknownItem: it names none, or more than one.
        """
        found = self._look_up(text)
        if isinstance(found, Item):
            return found
        what, why, hint = found
        raise UnknownItem(what, why=why, next=hint)

    def shared(self) -> dict[str, tuple[str, ...]]:
        """Names (in the form of `key`) that several items bear and none is preferred for, with their ids."""
        return {name: tuple(ids) for name, ids in self._bearers.items() if len(ids) > 1 and name not in self._preferred}

    def _resolve(self, text: str) -> Item | tuple[str, str, str]:
        id = text.strip().casefold()
        if id in self._items:
            return self._items[id]
        name = key(text)
        if name in self._preferred:
            return self._items[self._preferred[name]]
        bearers = sorted(self._bearers.get(name, ()))
        if len(bearers) == 1:
            return self._items[bearers[0]]
        if bearers:
            return f"{text!r} names {len(bearers)} items", "", f"say which one: {', '.join(bearers)}"
        return f"the catalog holds no item called {text!r}", "", self._hint(text)

    def _hint(self, text: str) -> str:
        known = [name for item in self._items.values() for name in (item.id, item.name, *item.aliases)]
        return did_you_mean(latin(text[:80]), known, otherwise="`licet catalog` lists all items")

"""What the tokens of queries reach: the names that hold a word that a token may stand for, and how alike the word is.

Tokens are looked up as they come, many at once, and remembered: most tokens of a large file come again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from licet.parties.ragged import Ragged, places, sort_with_places

#: What stands before a token that only stands for itself.
ONLY: Final = "="
#: Tokens looked up at once, for the sake of memory.
_AT_ONCE: Final = 1 << 12


class Reach:
    """The names that tokens reach.

    Args:
        find: gives the words that tokens stand for, as `NearWords.find` does.
        ids: each word with its number.
        first: where the names of each word begin in `owners`, and where the last ends.
        owners: the names that hold each word, ascending.
        most: a token reaches no more names, unless its first word alone does.
    """

    def __init__(
        self,
        find: Callable[[Sequence[str]], tuple[Any, Any, Any]],
        ids: dict[str, int],
        first: Any,
        owners: Any,
        most: int,
    ) -> None:
        self._find, self._ids, self._first, self._owners, self._most = find, ids, first, owners, most
        self._end = int(owners.max(initial=-1)) + 1
        self._numbers: dict[str, int] = {}
        self._lock = threading.Lock()
        self.words = Ragged(np.int32, np.float64)
        self.names = Ragged(np.int32, np.float64)

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self, tokens: Sequence[str]) -> Any:
        """A number for each token: that of its row in `words` (with how alike each is) and `names` (and its square)."""
        with self._lock:
            new = list(dict.fromkeys(token for token in tokens if token not in self._numbers))
            for start in range(0, len(new), _AT_ONCE):
                self._add(new[start : start + _AT_ONCE])
        return np.fromiter(map(self._numbers.__getitem__, tokens), dtype=np.int64, count=len(tokens))

    def _add(self, tokens: Sequence[str]) -> None:
        rows, words, alike = self._find([token for token in tokens if token[0] != ONLY])
        alone = [token[0] == ONLY for token in tokens]
        if any(alone):
            rows = np.flatnonzero(np.logical_not(alone))[rows]
            more = np.flatnonzero(alone)
            rows = np.concatenate((rows, more))
            words = np.concatenate((words, [self._ids[tokens[at][1:]] for at in more.tolist()]))
            alike = np.concatenate((alike, np.ones(len(more))))
            order = np.argsort(rows, kind="stable")
            rows, words, alike = rows[order], words[order], alike[order]
        self.words.add(np.bincount(rows, minlength=len(tokens)), words, alike)
        self._add_names(len(tokens), *self._few(len(tokens), rows, words, alike))
        self._numbers.update(zip(tokens, range(len(self._numbers), len(self.names)), strict=True))

    def _few(self, many: int, rows: Any, words: Any, alike: Any) -> tuple[Any, Any, Any]:
        """Without the words that have more names than their token may reach in all, the most alike first."""
        sizes = self._first[words + 1] - self._first[words]
        total = np.bincount(rows, weights=sizes, minlength=many)
        if total.max(initial=0) <= self._most:
            return rows, words, alike
        kept = np.ones(len(rows), dtype=bool)
        best = np.lexsort((words, -alike, rows))
        for row in np.flatnonzero(total > self._most).tolist():
            followed = 0
            for at in best[slice(*rows.searchsorted((row, row + 1)).tolist())].tolist():
                kept[at] = not followed or followed + sizes[at] <= self._most
                followed += int(sizes[at]) if kept[at] else 0
        return rows[kept], words[kept], alike[kept]

    def _add_names(self, many: int, rows: Any, words: Any, alike: Any) -> None:
        first = self._first[words]
        sizes = self._first[words + 1] - first
        names = self._owners[places(first, sizes)]
        key, order = sort_with_places(np.repeat(rows * self._end, sizes) + names)
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))[: len(key)])
        alike = np.repeat(alike * alike, sizes)[order]
        if len(first):
            alike = np.maximum.reduceat(alike, first)  # a name may hold several such words
        order = order[first]
        self.names.add(np.bincount(np.repeat(rows, sizes)[order], minlength=many), names[order], alike)

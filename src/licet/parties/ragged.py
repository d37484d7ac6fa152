"""Rows of different lengths, one after the other in flat arrays that only grow."""

from __future__ import annotations

from typing import Any

import numpy as np


def places(first: Any, sizes: Any) -> Any:
    """The places of rows that begin at `first` and are `sizes` long, one after the other."""
    return np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())


def sort_with_places(keys: Any) -> tuple[Any, Any]:
    """Keys in order and where each stood; those that are equal in the order in which they stood.

    One number is sorted for both, which is far quicker than to sort places by their keys; the key and the place must
    fit in 63 bits.
    """
    bits = len(keys).bit_length()
    both = (keys << bits) | np.arange(len(keys))
    both.sort()
    return both >> bits, both & ((1 << bits) - 1)


class Ragged:
    """Rows of different lengths. What is there never changes, so that others may read while rows are added.

    Args:
        kinds: the type of each column.

    Attributes:
        columns: the values of all rows, with room behind them.
        size: how many values there are in each column.
    """

    def __init__(self, *kinds: Any) -> None:
        self.columns = [np.empty(1 << 10, dtype=kind) for kind in kinds]
        self.size = 0
        self._first = np.zeros(1 << 8, dtype=np.int64)
        self._rows = 0

    def __len__(self) -> int:
        return self._rows

    def add(self, sizes: Any, *columns: Any) -> None:
        """More rows: how long each is, and the values of all, column by column."""
        self.columns = [_longer(old, self.size, new) for old, new in zip(self.columns, columns, strict=True)]
        self._first = _longer(self._first, self._rows + 1, self.size + np.cumsum(sizes))
        self._rows += len(sizes)
        self.size += len(columns[0])

    def where(self, rows: Any) -> tuple[Any, Any]:
        """Where rows begin and how long they are."""
        first = self._first[rows]
        return first, self._first[rows + 1] - first

    def row(self, number: int) -> list[Any]:
        """The columns of a row."""
        return [column[self._first[number] : self._first[number + 1]] for column in self.columns]

    def among(self, rows: Any, values: Any) -> Any:
        """Where each value stands in its row, the first column of which ascends; -1: it is not there."""
        column = self.columns[0]
        low, size = self.where(rows)
        end = low + size
        high = end
        while np.any(low < high):
            middle = (low + high) // 2
            less = (low < high) & (column[middle] < values)
            low, high = np.where(less, middle + 1, low), np.where(less, high, middle)
        return np.where((low < end) & (column[np.minimum(low, len(column) - 1)] == values), low, -1)


def _longer(old: Any, used: int, more: Any) -> Any:
    """`more` behind what is used of an array, which is copied where there is no room."""
    end = used + len(more)
    if end > len(old):
        new = np.empty(max(2 * len(old), end), dtype=old.dtype)
        new[:used] = old[:used]
        old = new
    old[used:end] = more
    return old

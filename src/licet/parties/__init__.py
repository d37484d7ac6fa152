"""Who: restricted-party lists, name matching, decisions of reviewers, ownership and headquarters.

>>> import datetime
>>> from licet.parties import screen
>>> sorted(screen("Sugon", datetime.date(2024, 6, 1)).listed)
['entity_list', 'footnote_4']
"""

from typing import Any

_ROOMS = {
    "addresses": ("AddressIndex",),
    "archive": ("Archive",),
    "finding": ("Finding",),
    "hit": ("Hit",),
    "index": ("Index",),
    "ownership": ("Graph",),
    "record": ("Record",),
    "reviews": ("Decision", "Reviews"),
    "screener": ("Screener",),
    "screening": ("RoleFact", "Screening", "facts_for", "screen"),
    "snapshot": ("Snapshot", "bundled"),
}
_WHERE = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "AddressIndex", "Archive", "Decision", "Finding", "Graph", "Hit", "Index", "Record", "Reviews", "RoleFact",
    "Screener", "Screening", "Snapshot", "bundled", "facts_for", "screen",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Rooms are opened when they are asked for: the database and the index are not needed to read a list."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)

"""Who: restricted-party lists, name matching, decisions of reviewers, ownership and headquarters.

>>> import datetime
>>> from licet.parties import screen
>>> sorted(screen("Sugon", datetime.date(2024, 6, 1)).listed)
['entity_list', 'footnote_4']
"""

from typing import Any

__all__ = [
    "AddressIndex", "Archive", "Decision", "Graph", "Hit", "Index", "Record", "Reviews", "RoleFact", "Screening",
    "Snapshot", "bundled", "facts_for", "screen",
]  # fmt: skip

_WHERE = {
    "AddressIndex": "addresses", "Archive": "archive", "Decision": "reviews", "Graph": "ownership", "Hit": "hit",
    "Index": "index", "Record": "record", "Reviews": "reviews", "RoleFact": "screening", "Screening": "screening",
    "Snapshot": "snapshot", "bundled": "snapshot", "facts_for": "screening", "screen": "screening",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Rooms are opened when they are asked for: the database and the index are not needed to read a list."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)

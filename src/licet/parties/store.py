"""Where lists and decisions are kept when nobody names a place: one folder of the user's own.

``LICET_HOME`` names it; without that it is ``licet`` in the folder where the system keeps a user's data.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from licet.parties.archive import Archive
    from licet.parties.reviews import Reviews


def home() -> Path:
    """The folder; nothing is made there until something is kept."""
    named = os.environ.get("LICET_HOME")
    if named:
        return Path(named)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "licet"


def lists(folder: str | Path | None = None) -> Archive:
    """The lists held in a folder, or in that of the user."""
    from licet.parties.archive import Archive

    return Archive(home() / "lists" if folder is None else folder)


def decisions() -> Path:
    """The database in which the user's decisions are kept."""
    return home() / "reviews.db"


def reviews(where: str | Path | None = None, *, make: bool = False) -> Reviews | None:
    """The decisions in a database, or in that of the user; None where there is none yet and none is to be made."""
    from licet.parties.reviews import Reviews

    if where is None:
        where = decisions()
        if not make and not where.exists():
            return None
        where.parent.mkdir(parents=True, exist_ok=True)
    return Reviews(where)

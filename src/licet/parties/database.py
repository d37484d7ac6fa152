"""How the database of decisions is opened: written so that nothing is lost, read where it cannot be written to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa


def shown(where: str | Path) -> str:
    """The place of the decisions as it may be shown: a password in a URL may not."""
    if "://" not in str(where):
        return str(where)
    try:
        return sa.make_url(str(where)).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return "the URL of the decisions"


def read_only(where: str | Path) -> str:
    """The URL under which a file of decisions is read that cannot be written to; empty for all others."""
    path = Path(where) if "://" not in str(where) else None
    if path is None or not path.is_file() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return ""
    # what a killed writer left in the log counts too; without a log the file is all there is
    log = path.with_name(f"{path.name}-wal")
    mode = "mode=ro" if log.is_file() and log.stat().st_size else "mode=ro&immutable=1"
    return f"sqlite:///file:{quote(str(path.resolve()))}?{mode}&uri=true"


def check_whole(link: sa.Connection) -> None:
    """Refuse a damaged file: it may give fewer decisions back than it was given, without a word."""
    said = link.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if said != "ok":
        raise sa.exc.DatabaseError("", None, ValueError(f"the file is damaged: {str(said).splitlines()[-1]}"))


def careful(link: Any, _: Any) -> None:
    """Every commit reaches the disk; readers do not wait for writers."""
    cursor = link.cursor()
    for setting in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()

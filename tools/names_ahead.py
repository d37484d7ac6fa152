"""Writes the forms of the bundled names that ship inside the package; after a change of the list or of the forms.

python tools/names_ahead.py
"""

from __future__ import annotations

from pathlib import Path

from licet.parties import ahead, snapshot
from licet.parties.index import forms_of

FILE = Path(__file__).parents[1] / "src" / "licet" / "parties" / "data" / "names.xz"


def main() -> None:
    """Write the table."""
    names = dict.fromkeys(name for entry in snapshot.bundled().records for name in entry.names())
    FILE.write_bytes(ahead.packed((name, found) for name in names if (found := forms_of(name))))


if __name__ == "__main__":
    main()

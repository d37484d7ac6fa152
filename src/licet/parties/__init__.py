"""Who: restricted-party lists, name matching, ownership, headquarters."""

from licet.parties.hit import Hit
from licet.parties.index import Index
from licet.parties.record import Record, record
from licet.parties.snapshot import Snapshot, bundled

__all__ = ["Hit", "Index", "Record", "Snapshot", "bundled", "record"]

"""WHAT IS SAID: reports in any language, read, repaired, and tied to the law.

    >>> from licet import newswire
    >>> batch = newswire.read(["reports/"])                      # doctest: +SKIP
    >>> [claim.verdict for claim in batch.reports[0].claims]     # doctest: +SKIP

``digest`` prints a batch on a terminal, ``lines`` gives it as JSON Lines, ``page`` as one HTML page.
"""

from __future__ import annotations

from licet.newswire.batch import read_files as read
from licet.newswire.batch import read_one, read_sheets
from licet.newswire.model import Batch, Claim, Report, Story
from licet.newswire.unpack import Sheet

__all__ = ["Batch", "Claim", "Report", "Sheet", "Story", "read", "read_one", "read_sheets"]

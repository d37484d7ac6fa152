"""Many questions at once: order files and frames in, the same rows with their answers out."""

from licet.batch.check import Summary, check, check_file, lines
from licet.batch.distinct import RESULTS

__all__ = ["RESULTS", "Summary", "check", "check_file", "lines"]

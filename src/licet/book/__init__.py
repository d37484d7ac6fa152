"""The lawbook as a book: every provision a page, with indexes, as a static site that needs nothing else."""

from licet.book.write import pages, write

__all__ = ["pages", "write"]

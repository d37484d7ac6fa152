"""The fixture `licet`, for every test here."""

from command_line import licet

__all__ = ["licet"]

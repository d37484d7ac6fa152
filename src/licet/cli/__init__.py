"""The command line: `licet ask`, `licet check` and their kin. Thin: it reads words, calls the library and prints.

    >>> from licet.cli import main
    >>> main(["ask", "--item", "nvidia-h20", "--to", "DE", "--on", "2024-06-01", "--format", "json"])  # doctest: +SKIP

Exit status: 0 answered, 1 when ``--fail-on`` found its outcome, 2 when the call or the input is at fault.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from typing import TextIO

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status.

    Args:
        argv: the words after ``licet``; those of this process by default.
    """
    if argv is None and hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `licet ... | head` ends quietly, as other programs do
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_a_letter(stream)

    from licet.errors import LicetError

    try:
        from licet.cli.app import app

        try:
            app(args=spelled(sys.argv[1:] if argv is None else argv), prog_name="licet")
        finally:
            sys.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 2
    except LicetError as error:
        return _failed(str(error))
    except OSError as error:  # a full disk, a terminal that went away
        return _failed(f"{error.filename or 'output'}: {error.strerror or error}")
    return 0


def _failed(message: str) -> int:
    print(f"licet: {_printable(message)}", file=sys.stderr)
    return 2


def spelled(args: Sequence[str]) -> list[str]:
    """`args` with a bare ``--explain`` spelled out, so that its value can be left out."""
    words: list[str] = []
    rest = list(args)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return [*words, word, *rest]
        if word == "--explain":
            word = f"--explain={rest.pop(0) if rest and rest[0] in ('all', 'steps') else 'steps'}"
        words.append(word)
    return words


def _never_fail_on_a_letter(stream: TextIO) -> None:
    """A terminal that cannot show ✓ shows a question mark instead of a traceback."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _printable(text: str) -> str:
    """`text` without control characters, which a file could use to write over the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text)

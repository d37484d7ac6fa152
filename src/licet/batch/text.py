"""Text files in bounded pieces: compression, encoding, whole lines, and lines too long to hold.

A `Text` gives a file as UTF-8 in blocks of whole lines and never holds more of it than about twice `LONGEST`
bytes, whatever the file looks like. Lines are numbered as an editor shows them.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from dataclasses import dataclass
from io import BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from licet.errors import FileError

#: A line, or a quoted value over several lines, with more bytes than this is an error.
LONGEST = 10_000_000
_PIECE = 8 << 20

_NOT_TEXT = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "compressed with gzip",
    b"\xd0\xcf\x11\xe0": "an old or a password-protected Office file",
    b"%PDF": "a PDF file",
}
_MARKS = {codecs.BOM_UTF8: "", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_AS_UTF8 = "save the file as UTF-8 text"


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a file.

    Attributes:
        data: UTF-8 bytes that end with a line feed; empty when `overlong`.
        line: number of the first line.
        final: nothing comes after it.
        overlong: the next line is longer than `LONGEST`; `Text.skip_line` passes over it.
    """

    data: bytes
    line: int
    final: bool
    overlong: bool = False


class Text:
    """A text file, gzip or not, read from the beginning in blocks of whole lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 1
        self._buffer = b""
        self._ended = False
        self._mac = False
        self._decoder: codecs.IncrementalDecoder | None = None
        self._stream = _opened(path)
        try:
            self._begin()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def block(self, *, more: bool = False) -> Block | None:
        """The next whole lines, which stay until `take` takes them; None at the end of the file.

        Args:
            more: reach further than the last block did.

        Raises:
            FileError: the file cannot be read any further.
        """
        if more or b"\n" not in self._buffer:
            self._fill()
        while b"\n" not in self._buffer and not self._ended and len(self._buffer) <= LONGEST:
            self._fill()
        if not self._buffer:
            return None
        end = self._buffer.find(b"\n")
        if (end if end >= 0 else len(self._buffer)) > LONGEST:
            return Block(b"", self.line, final=False, overlong=True)
        if self._ended:
            if not self._buffer.endswith(b"\n"):
                self._buffer += b"\n"
            return Block(self._buffer, self.line, final=True)
        return Block(self._buffer[: self._buffer.rindex(b"\n") + 1], self.line, final=False)

    def take(self, size: int, lines: int) -> None:
        """Pass over `size` bytes of the last block, which are `lines` lines."""
        self._buffer = self._buffer[size:]
        self.line += lines

    def skip_line(self) -> None:
        """Pass over one line, however long it is, without holding it."""
        while (end := self._buffer.find(b"\n")) < 0:
            self._buffer = b""
            if self._ended:
                break
            self._fill()
        self._buffer = self._buffer[end + 1 :]
        self.line += 1

    def _begin(self) -> None:
        first = self._read()
        if not first:
            raise FileError("the file is empty", where=str(self.path), next="give a file with a header and rows")
        for magic, name in _NOT_TEXT.items():
            if first.startswith(magic):
                raise FileError("this is not a text file", where=str(self.path), why=f"it is {name}",
                                next="give it the extension of what it is, or save it as text")  # fmt: skip
        if first.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
            raise FileError("the file is written in UTF-32", where=str(self.path), next=_AS_UTF8)
        for mark, encoding in _MARKS.items():
            if first.startswith(mark):
                first = first[len(mark) :]
                self._decoder = codecs.getincrementaldecoder(encoding)("surrogatepass") if encoding else None
                break
        self._buffer = self._decoded(first)
        if b"\0" in self._buffer[: 1 << 16]:
            raise FileError("this is not a text file", where=str(self.path), next=_AS_UTF8,
                            why="it holds zero bytes, as binary files and UTF-16 without a mark do")  # fmt: skip
        self._mac = b"\n" not in self._buffer and b"\r" in self._buffer.rstrip(b"\r")
        if self._mac:
            self._buffer = self._buffer.replace(b"\r", b"\n")

    def _fill(self) -> None:
        """Add one piece to the buffer, or note that there is none."""
        if self._ended:
            return
        raw = self._read()
        piece = self._decoded(raw)
        self._ended = not raw
        self._buffer += piece.replace(b"\r", b"\n") if self._mac else piece

    def _read(self) -> bytes:
        try:
            return self._stream.read(_PIECE)
        except (OSError, EOFError, zlib.error) as error:
            raise FileError("the file cannot be read to its end", where=f"{self.path}, after line {self.line}",
                            why=_reason(error), next="get a whole copy of it") from error  # fmt: skip

    def _decoded(self, raw: bytes) -> bytes:
        """`raw` as UTF-8; half a surrogate pair stays invalid, so that its row is told apart later."""
        if self._decoder is None:
            return raw
        try:
            return self._decoder.decode(raw, final=not raw).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise FileError("the file is marked as UTF-16 and is not", where=f"{self.path}, after line {self.line}",
                            why=error.reason, next=_AS_UTF8) from error  # fmt: skip


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _opened(path: Path) -> IO[bytes] | gzip.GzipFile:
    try:
        return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")
    except OSError as error:
        raise FileError("the file cannot be read", where=str(path), why=_reason(error)) from error


class Output:
    """A new text file, compressed when its final name ends with ``.gz``; the bytes hold no name and no clock."""

    def __init__(self, path: Path, *, compress: bool) -> None:
        self._file: BufferedWriter = path.open("xb")
        self.stream: Any = gzip.GzipFile("", "wb", 6, self._file, mtime=0) if compress else self._file

    def close(self) -> None:
        """Finish the file."""
        try:
            self.stream.close()
        finally:
            self._file.close()


def count_lines(path: Path) -> int:
    """How many lines the file has, blank ones too."""
    total, last = 0, b"\n"
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            total += piece.count(b"\n")
            last = piece
    return total + (not last.endswith(b"\n"))

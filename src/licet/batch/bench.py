"""Parts of a file, each whole or not there, so that a killed run goes on where it was.

Beside the file to be written stands a folder with one part for each chunk that is done. A part is written under another
name, flushed and renamed. A new run with the same plan takes the parts that are there; with another it starts over. The
file itself appears when everything is done.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from licet.batch import files
from licet.errors import FileError


class Bench:
    """The folder in which the parts of one file are made; only one run at a time may work there.

    Args:
        out: the file.
        plan: everything that the parts depend on; parts made under another plan are thrown away.
    """

    def __init__(self, out: Path, plan: dict[str, Any]) -> None:
        self._out, self._plan = out, plan
        if not out.parent.is_dir():
            raise FileError("there is no such folder", where=str(out.parent), next="make it first")
        self._folder = out.with_name(f".{out.name}.screening")
        self._lock: int | None = None

    def __enter__(self) -> Bench:
        with self._told():
            self._folder.mkdir(exist_ok=True)
            self._lock = _locked(self._folder / "lock")
            plan = self._folder / "plan.json"
            try:
                same = json.loads(plan.read_text(encoding="utf-8")) == self._plan
            except (OSError, ValueError):
                same = False
            if not same:
                for old in self._folder.glob("*.parquet"):
                    old.unlink()
                _write(plan, json.dumps(self._plan).encode())
        for torn in (*self._folder.glob("*.part"), *self._out.parent.glob(f".{self._out.name}.*.part")):
            torn.unlink()
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            os.close(self._lock)

    def part(self, number: int) -> pl.DataFrame | None:
        """The chunk that an earlier run made, if it is there."""
        try:
            return pl.read_parquet(self._path(number))
        except (OSError, pl.exceptions.PolarsError):
            return None

    def keep(self, number: int, done: pl.DataFrame) -> None:
        """Put a chunk on the disk.

        Raises:
            FileError: it cannot be written.
        """
        torn = self._path(number).with_suffix(".part")
        with self._told():
            done.write_parquet(torn)
            with torn.open("rb+") as file:
                os.fsync(file.fileno())
            torn.replace(self._path(number))

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """A full or read-only disk, as an error that says where."""
        try:
            yield
        except (OSError, pl.exceptions.PolarsError) as error:
            if isinstance(error, FileError):
                raise
            why = getattr(error, "strerror", None) or str(error).splitlines()[0]
            raise FileError("what is done cannot be kept", where=str(self._folder), why=why,
                            next="once there is room, start again: it goes on where it was") from None  # fmt: skip

    def finish(self, source: Path, parts: int) -> None:
        """Join the parts to the file, and clear the folder away."""

        def frames() -> Iterator[pl.DataFrame]:
            for number in range(parts):
                yield pl.read_parquet(self._path(number))

        with files.Writer(self._out, source=source) as sink:
            sink.write_all(frames())
        shutil.rmtree(self._folder)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06}.parquet"


def _write(path: Path, content: bytes) -> None:
    torn = path.with_suffix(".part")
    with torn.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    torn.replace(path)


def _locked(path: Path) -> int:
    """An open file that no other run has; it is let go when it is closed, or when the process ends however."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with contextlib.suppress(ImportError):  # not every system has it; then nobody is kept out
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise FileError("another run is screening into this file", where=str(path.parent),
                            next="wait for it, or name another file") from None  # fmt: skip
    return handle


def digest(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        FileError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileError("the file cannot be read", where=str(path), why=error.strerror or str(error)) from None

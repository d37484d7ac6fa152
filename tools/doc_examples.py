"""The examples of README.md and docs/: found, run, and compared with what the page says.

    python tools/doc_examples.py            say which examples no longer come out as printed
    python tools/doc_examples.py --refresh  print today's output into the pages

A ```console block holds commands after ``$ `` and what they print. A line of ``...`` stands for any lines, and ``...``
within a line for any words. A ```python block is a doctest. Everything runs in a folder of its own that holds the
examples, on a terminal of 80 columns without color.
"""

from __future__ import annotations

import difflib
import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: What differs from one run or one edition of the lawbook to the next, and what stands for it on a page.
_VARIES = ((re.compile(r"\([0-9a-f]{12}\)"), "(...)"), (re.compile(r"\bin \d+\.\d+ s$", re.MULTILINE), "in ... s"))


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its text, and the line of the page where it begins."""

    language: str
    text: str
    line: int
    start: int


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page that have a language."""
    for match in _FENCE.finditer(page):
        yield Block(match[1], match[2], page.count("\n", 0, match.start()) + 1, match.start(2))


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output printed below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        count = 1
        while lines[count - 1].endswith("\\"):
            count += 1
        yield "\n".join(lines[:count]), "\n".join(lines[count:]).strip("\n")


def fits(expected: str, actual: str) -> bool:
    """Whether `actual` is what `expected` says, with its ellipses."""
    parts = []
    for line in expected.strip("\n").splitlines():
        if line.strip() == "...":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(re.escape(line.rstrip()).replace(r"\.\.\.", r"[^\n]*") + r"\n")
    said = "".join(f"{line.rstrip()}\n" for line in actual.strip("\n").splitlines())
    return re.fullmatch("".join(parts), said) is not None


class Shell:
    """A folder with the examples, in which `licet` is this source tree."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "examples", folder / "examples")
        bin_ = folder / ".bin"
        bin_.mkdir()
        program = bin_ / "licet"
        program.write_text(
            f"#!{sys.executable}\nimport sys\nfrom licet.cli import main\nsys.argv[0] = 'licet'\nsys.exit(main())\n"
        )
        program.chmod(0o755)
        source = os.environ.get("PYTHONPATH", str(ROOT / "src"))
        self.environ = {
            "PATH": f"{bin_}:{os.environ['PATH']}", "PYTHONPATH": source, "COLUMNS": "80", "NO_COLOR": "1",
            "LANG": "C.UTF-8", "HOME": str(folder), "PYTHONWARNINGS": "error",
        }  # fmt: skip

    def run(self, command: str) -> str:
        """What `command` prints on both streams."""
        done = subprocess.run(
            ["/bin/sh", "-c", command], cwd=self.folder, env=self.environ, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        return done.stdout.rstrip("\n")


def failures(page: Path) -> Iterator[str]:
    """The console examples of `page` that print something else than the page says."""
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Path(folder))
        for block in blocks(page.read_text(encoding="utf-8")):
            if block.language != "console":
                continue
            for command, expected in commands(block.text):
                actual = shell.run(command)
                if not fits(expected, actual):
                    lines = difflib.unified_diff(
                        expected.splitlines(), actual.splitlines(), "the page", "now", n=1, lineterm=""
                    )
                    yield "\n".join([f"{page.name}, line {block.line}: $ {command}", *lines, ""])


def python_failures(page: Path) -> Iterator[str]:
    """The Python examples of `page` that come out otherwise, all in one namespace and in a folder with the examples."""
    text = "\n".join(block.text for block in blocks(page.read_text(encoding="utf-8")) if block.language == "python")
    said: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        Shell(Path(folder))
        os.chdir(folder)
        try:
            runner.run(doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0), out=said.append)
        finally:
            os.chdir(here)
    if said:
        yield "".join(said)


def refresh(page: Path) -> bool:
    """Print today's output into the console blocks that no longer fit; the mark of the lawbook stays open."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Path(folder))
        new = _FENCE.sub(lambda match: _renewed(match, shell), text)
    page.write_text(new, encoding="utf-8")
    return new != text


def _renewed(match: re.Match[str], shell: Shell) -> str:
    if match[1] != "console":
        return match[0]
    parts = []
    for command, expected in commands(match[2]):
        actual = shell.run(command)
        said = expected
        if not fits(expected, actual):
            said = _lasting(actual)
        parts.append(f"$ {command}\n" + (f"{said}\n" if said else ""))
    return f"```{match[1]}\n{''.join(parts)}```"


def _lasting(actual: str) -> str:
    if "Traceback" in actual:
        raise SystemExit(f"a page shows no traceback:\n{actual}")
    for pattern, dots in _VARIES:
        actual = pattern.sub(dots, actual)
    return "\n".join(line.rstrip() for line in actual.splitlines())


if __name__ == "__main__":
    wrong = 0
    for each in PAGES:
        if "--refresh" in sys.argv[1:]:
            print(each.name, "refreshed" if refresh(each) else "as it was")
        for message in (*failures(each), *python_failures(each)):
            wrong += 1
            print(message)
    sys.exit(1 if wrong else 0)

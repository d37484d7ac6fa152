"""Making the pages and writing them into a folder; the same law gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from licet.book import html, indexes, provision, tables
from licet.book.site import MENU, Site
from licet.errors import FileError
from licet.lex.law import Law

#: The file by which a folder is known to hold a book, so that an older one can be replaced and nothing else.
MARK = "lawbook.txt"


def pages(law: Law) -> Iterator[tuple[str, str]]:
    """Every page of the book of `law`: its path below the folder, and its text."""
    site = Site(law)
    shelves = {
        "index.html": ("Lawbook", indexes.contents), "parts.html": ("By part", indexes.parts),
        "kinds.html": ("By kind", indexes.kinds), "dates.html": ("By date", indexes.dates),
        "groups.html": ("Country groups", tables.groups), "entries.html": ("Entries", tables.entries),
        "facts.html": ("Facts", tables.vocabulary), "coverage.html": ("Coverage", indexes.coverage),
    }  # fmt: skip
    for path, (title, make) in shelves.items():
        yield path, _page(law, title, make(site), "")
    for id_, path in site.provisions.items():
        each = law.provisions[id_]
        yield path, _page(law, f"{id_}: {each.title}", provision.body(site, each), "../")
    for id_, path in site.groups.items():
        yield path, _page(law, f"{id_}: {law.groups[id_].title}", tables.group(site, law.groups[id_]), "../")


def _page(law: Law, title: str, body: Iterable[str], up: str) -> str:
    foot = f"Lawbook {law.version} ({law.sha256[:12]}), checked through {law.verified_through}. Not legal advice."
    return html.page(title, body, up=up, menu=MENU, foot=foot)


def write(law: Law, folder: Path) -> int:
    """Write the book of `law` into `folder`, in place of an older book that is there.

    Returns:
        how many pages were written.

    Raises:
        FileError: the folder holds something else, or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).is_file())):
            raise FileError(f"{folder} is no book", why="it holds something else", next="name a new or an empty folder")
        old = (folder / MARK).read_text(encoding="utf-8").splitlines() if (folder / MARK).is_file() else []
        made: list[str] = []
        for path, text in pages(law):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
            made.append(path)
        for path in set(old) - set(made):
            if path.endswith(".html") and ".." not in Path(path).parts and not Path(path).is_absolute():
                (folder / path).unlink(missing_ok=True)
        (folder / MARK).write_text("\n".join(made) + "\n", encoding="utf-8", newline="\n")
    except FileError:
        raise
    except OSError as error:
        raise FileError(f"cannot write the book into {folder}", why=error.strerror or str(error)) from None
    return len(made)

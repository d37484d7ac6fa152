"""The lawbook as a book: every provision has a page, every link leads somewhere, and nothing hostile gets in."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from licet.book import pages, write
from licet.book.html import Html, join, tag
from licet.book.site import Site, anchor, cited
from licet.errors import FileError
from licet.lex.amend import amend, read_amendment
from licet.lex.law import Law, current

_EMPTY = {"meta", "br"}


class Page(HTMLParser):
    """Elements that are open, addresses, names of places in the page, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.links: list[str] = []
        self.names: list[str] = []
        self.elements: Counter[str] = Counter()
        self.words: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{name}> is never closed" for name in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        found = dict(attrs)
        self.links += [found["href"] or ""] if "href" in found else []
        self.names += [found["id"] or ""] if "id" in found else []
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return dict(pages(current()))


@pytest.fixture(scope="module")
def read(written: dict[str, str]) -> dict[str, Page]:
    return {path: Page(text) for path, text in written.items()}


def test_every_provision_and_every_group_has_one_page(read: dict[str, Page]) -> None:
    site = Site(current())
    for addresses in (site.provisions, site.groups):
        assert len(set(addresses.values())) == len(addresses)
        for id_, path in addresses.items():
            assert id_ in read[path].text


def test_a_page_shows_every_version_with_its_source_and_every_test(read: dict[str, Page]) -> None:
    site = Site(current())
    for id_, provision in current().provisions.items():
        page = read[site.provisions[id_]]
        text = page.text
        for version in provision.versions:
            assert f"From {version.since}" in text, id_
            assert all(word in text for word in version.by.split()[:2]), id_
            assert ("unverified: not checked" in text) >= version.unverified, id_
            assert all(duty.text in text for duty in version.duties), id_
        days = Counter(str(case.on) for case in provision.tests)
        assert all(page.words.count(day) >= count for day, count in days.items()), id_


def test_pages_are_well_formed(read: dict[str, Page]) -> None:
    assert {path: page.faults for path, page in read.items() if page.faults} == {}


def test_links_inside_the_book_lead_somewhere(read: dict[str, Page]) -> None:
    lost = [f"{path} -> {link}" for path, page in read.items() for link in inside(page) if not leads(read, path, link)]
    assert lost == []


def inside(page: Page) -> Iterator[str]:
    yield from (link for link in page.links if not link.startswith("https://"))


def leads(read: dict[str, Page], path: str, link: str) -> bool:
    address, _, name = link.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else path
    return target in read and (not name or name in read[target].names)


def test_names_inside_a_page_are_unique(read: dict[str, Page]) -> None:
    assert {path: page.names for path, page in read.items() if len(set(page.names)) < len(page.names)} == {}


def test_links_that_leave_lead_to_official_sites(read: dict[str, Page]) -> None:
    hosts = {link.split("/")[2] for page in read.values() for link in page.links if link.startswith("https://")}
    assert hosts >= {"www.ecfr.gov", "www.federalregister.gov"}
    assert not [
        host for host in hosts if not host.endswith(".gov") and host not in ("www.iso.org", "eur-lex.europa.eu")
    ]


def test_the_book_needs_nothing_else(written: dict[str, str], read: dict[str, Page]) -> None:
    assert not [path for path, page in read.items() if page.elements.keys() & {"script", "img", "link", "iframe"}]
    assert not [path for path, text in written.items() if "url(" in text or "@import" in text]


def test_two_books_of_one_law_are_the_same(written: dict[str, str]) -> None:
    assert dict(pages(Law.load())) == written


def test_the_pages_of_the_law_of_chips_are_joined(read: dict[str, Page]) -> None:
    site = Site(current())
    page = read[site.provisions["742.6(a)(6)(iii)(B)"]]
    assert "lifted by" in page.text
    assert "../" + site.provisions["NAC"] in page.links
    assert "https://www.federalregister.gov/citation/90-FR-4544" in page.links
    assert "Framework for AI Diffusion" in page.text, "the public record that touches it"
    assert "HBM" in read["coverage.html"].text


# --- text is never markup ---------------------------------------------------------------------------------------------


def test_text_is_escaped() -> None:
    assert tag("a", "<b>&", href='"x"') == '<a href="&quot;x&quot;">&lt;b&gt;&amp;</a>'
    assert join(["<", Html("<br>"), "&"], ", ") == "&lt;, <br>, &amp;"
    assert cited('<script>alert("x")</script>') == "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"


HOSTILE = """\
id: hostile
title: hostile
status: what-if
source: nobody
by: "<i>me</i>"
variants:
  one:
    title: one
    patches:
    - from: 2026-09-25
      add:
        id: "<script>x</script>/../evil"
        title: "<img src=x onerror=alert(1)>"
        cite: '"><script>'
        concludes: {means: "<b>bold</b>"}
        when: tpp > 1
        note: "</section></main>"
        tests:
        - {on: 2026-09-26, facts: {tpp: 2}, expect: yes, why: "<u>"}
        - {on: 2026-09-26, facts: {tpp: 1}, expect: no}
"""


def test_a_hostile_amendment_stays_text() -> None:
    amendment = read_amendment(HOSTILE, "hostile.yaml")
    made = dict(pages(amend(current(), amendment)))
    assert not [path for path in made if ".." in path.split("/") or path.startswith("/")]
    (path,) = [path for path in made if "evil" in path]
    page = Page(made[path])
    assert page.faults == []
    assert page.elements.keys().isdisjoint({"script", "img", "i", "u"})
    assert "<img src=x onerror=alert(1)>" in page.text


@pytest.mark.parametrize(
    ("name", "address"),
    [("742.6(a)(6)(iii)", "742.6-a-6-iii"), ("D:5 or Macau", "d-5-or-macau"), ("..", "x"), ("§", "x")],
)
def test_addresses(name: str, address: str) -> None:
    assert anchor(name) == address


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_book_replaces_an_older_one_and_nothing_else(tmp_path: Path, written: dict[str, str]) -> None:
    folder = tmp_path / "book"
    assert write(current(), folder) == len(written)
    assert (folder / "index.html").read_text(encoding="utf-8") == written["index.html"]
    (folder / "lawbook.txt").write_text((folder / "lawbook.txt").read_text() + "provisions/gone.html\n../kept.html\n")
    (folder / "provisions" / "gone.html").write_text("old")
    (folder / "mine.txt").write_text("mine")
    (tmp_path / "kept.html").write_text("mine")
    write(current(), folder)
    assert not (folder / "provisions" / "gone.html").exists()
    assert (folder / "mine.txt").exists()
    assert (tmp_path / "kept.html").exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FileError, match="is no book"):
        write(current(), tmp_path)
    with pytest.raises(FileError, match="is no book"):
        write(current(), tmp_path / "thesis.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

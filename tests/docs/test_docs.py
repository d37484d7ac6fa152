"""Documentation cannot go stale: every example on a page comes out as printed there."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from licet.lex.cases import failures as failed_cases
from licet.lex.law import Law
from licet.lex.load import shipped, texts

ROOT = Path(__file__).parents[2]


def tool(name: str) -> ModuleType:
    """A script of tools/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


examples = tool("doc_examples")
PAGES = [pytest.param(page, id=page.name) for page in examples.PAGES]


@pytest.mark.parametrize("page", PAGES)
def test_commands_print_what_the_page_says(page: Path) -> None:
    assert not list(examples.failures(page)), "python tools/doc_examples.py --refresh renews the pages"


@pytest.mark.parametrize("page", PAGES)
def test_python_says_what_the_page_says(page: Path) -> None:
    assert not list(examples.python_failures(page))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))
    lost = [link for link in links if not (page.parent / link).exists() and link != "docs/design.md"]
    assert not lost


@pytest.mark.parametrize("page", PAGES)
def test_blocks_are_of_a_language_that_is_run(page: Path) -> None:
    languages = {block.language for block in examples.blocks(page.read_text(encoding="utf-8"))}
    assert page.name == "design.md" or languages <= {"console", "python", "yaml"}


def test_law_on_the_page_loads_and_its_tests_pass() -> None:
    page = (ROOT / "docs" / "writing-law.md").read_text(encoding="utf-8")
    written = "\n".join(block.text for block in examples.blocks(page) if block.language == "yaml")
    book = Law({**texts(shipped()), "us/example.yaml": written})
    mine = [failure for failure in failed_cases(book) if failure.provision.startswith("example of")]
    assert sum(len(each.tests) for each in book.provisions.values() if each.id.startswith("example of")) == 7
    assert not mine


def test_facts_page_is_current() -> None:
    pages = tool("document_facts")
    assert pages.PAGE.read_text(encoding="utf-8") == pages.page(), "run python tools/document_facts.py"


def test_make_targets_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make (\w+)`", readme):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize(
    ("expected", "actual", "fit"),
    [
        ("a\nb", "a\nb\n", True),
        ("a\nb", "a\nc", False),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a\n...", "a", True),
        ("...\nd", "c", False),
        ("law (...), x", "law (1a2b), x", True),
        ("law (...), x", "law (1a2b)\n, x", False),
        ("", "", True),
        ("", "something", False),
    ],
)
def test_ellipses(expected: str, actual: str, fit: bool) -> None:
    assert examples.fits(expected, actual) is fit

"""Mistakes we know, banned."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import licet
from licet.facts import FACTS
from licet.lex.law import current
from licet.lex.source import read

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "licet"
MODULES = sorted(path for path in SOURCE.rglob("*.py"))
LAW = sorted((SOURCE / "lawbook").rglob("*.yaml"))
DOCS = sorted((ROOT / "docs").rglob("*.md")) if (ROOT / "docs").is_dir() else []
#: What people write and read; generated tables and locks are looked at elsewhere.
TEXTS = sorted(
    path
    for folder in ("src", "tests", "docs", "examples", "benchmarks", "tools", ".ci")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".yaml", ".md", ".toml", ".csv", ".txt", ".cfg", ".json", ".html", ""} and path.is_file()
) + [path for path in ROOT.iterdir() if path.is_file() and path.suffix in {".md", ".toml", ".lock", ""}]

#: Provisions so plain that a test beside them would say the same words again, and the reason.
SIMPLE = {
    "744.21(e)": "always, for whatever 744.21 and 744.22 require",
    "744.8 denial": "always, for whatever 744.8 requires",
    "part 746 denial": "always, for whatever part 746 requires",
}
#: Modules over 400 lines, each with the reason why it is still one idea.
LONG = {"facts.py": "the vocabulary: one entry after the other", "csv_file.py": "to be split"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- the law ----------------------------------------------------------------------------------------------------------


def conditions(tree: object) -> list[str]:
    """Every line of a condition in a parsed file, however deep in an outline."""
    if isinstance(tree, dict):
        return [
            line for key, part in tree.items() for line in (lines(part) if key in ("when", "is") else conditions(part))
        ]
    return [line for part in tree for line in conditions(part)] if isinstance(tree, list) else []


def lines(tree: object) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    parts = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [line for part in parts for line in lines(part)]


@pytest.mark.parametrize("path", [path for path in LAW if "us" in path.parts], ids=lambda path: path.name)
def test_no_condition_divides(path: Path) -> None:
    """A quotient loses its last digit; a product does not."""
    found = conditions(read(path.read_text(encoding="utf-8"), path.name))
    assert found
    assert [line for line in found if "/" in re.sub(r'"[^"]*"', "", line)] == []


def test_every_provision_is_cited_and_tested() -> None:
    law = current()
    bare = [id_ for id_, each in law.provisions.items() if not each.tests and id_ not in SIMPLE]
    assert bare == [], "write a test beside each, from the text of the law"
    assert [id_ for id_ in SIMPLE if id_ not in law.provisions or law.provisions[id_].tests] == [], "no longer simple"
    assert [id_ for id_, each in law.provisions.items() if not (each.cite or all(v.cite for v in each.versions))] == []


def test_every_version_is_tested_on_a_day_of_its_own() -> None:
    """A version no test looks at could say anything."""
    law = current()
    askers: dict[str, list[object]] = {}
    for each in law.provisions.values():
        for case in each.tests:
            askers.setdefault(each.id, []).append(case.on)
    untested = [
        f"{id_}, version of {version.since}"
        for id_, each in law.provisions.items()
        if id_ not in SIMPLE
        for version in each.versions
        if not any(version.covers(day) for day in askers.get(id_, ()))  # type: ignore[arg-type]
    ]
    assert untested == []


def test_every_instrument_is_named() -> None:
    """`by` names what made a version: a page of the Federal Register, a section, a letter, a statement with its day."""
    named = re.compile(
        r"\d+ FR \d+|FR Doc\. \d{4}-\d+|\d+ CFR|letters? of|press release of|guidance of|FAQ of|Pub\. L\.|GAO|disclosed"
        r"|[Aa]nnounce|[Ss]tatement"
    )
    odd = {
        version.by
        for each in current().provisions.values()
        for version in each.versions
        if not named.search(version.by)
    }
    assert odd == set()


# --- the code ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_one_idea_on_a_few_screens(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= 400 or path.name in LONG, f"{length} lines: split it"


def test_no_comparison_with_bounds_that_may_be_null() -> None:
    """`is_between` answers null where a bound is null and the other already fails; so does a hidden `fill_null`."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr != "is_between", f"{name(path)}, line {node.lineno}: two comparisons joined by &"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_is_run_or_unpickled(path: Path) -> None:
    banned = {"eval", "exec", "compile", "__import__"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in banned, f"{name(path)}, line {node.lineno}"
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            modules = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            assert not {"pickle", "marshal", "shelve"} & set(modules), f"{name(path)}, line {node.lineno}"


FACES = ("cli", "web", "api.py", "__init__.py", "__main__.py")


BELOW = [path for path in MODULES if path.relative_to(SOURCE).parts[0] not in FACES]


@pytest.mark.parametrize("path", BELOW, ids=name)
def test_nothing_below_imports_a_face(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert not re.match(r"licet\.(cli|web|api)\b", node.module), f"{name(path)}, line {node.lineno}"


def test_the_law_and_its_logic_know_nothing_of_faces_files_and_frames() -> None:
    for folder in ("logic", "lex"):
        for path in (SOURCE / folder).glob("*.py"):
            text = path.read_text(encoding="utf-8")
            if path.name != "columns.py":  # the one that compiles conditions for frames
                assert "polars" not in text, name(path)


def test_the_public_surface_is_what_it_says() -> None:
    assert set(licet.__all__) == {
        "NO", "UNKNOWN", "YES", "Among", "LicetError", "Truth", "__version__", "ask", "catalog", "check", "law",
    }  # fmt: skip
    for each in licet.__all__:
        assert getattr(licet, each) is not None
    with pytest.raises(AttributeError, match="no attribute 'answer'"):
        _ = licet.answer


def test_a_version_stands_in_one_place() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{licet.__version__}"' in text


# --- the tree ---------------------------------------------------------------------------------------------------------

#: Paths of one machine, and hosts that only one network knows.
PRIVATE = re.compile(
    r"(?<![\w.])/(?:work|home/\w+|Users/\w+|root|tmp)/(?!folder)[\w.]+"
    r"|https?://(?:localhost|127\.0\.0\.1|10\.\d+|192\.168\.|[\w.-]*\.(?:internal|corp|local|lan)\b)[^\s)\"']*"
    r"|(?:index-url|extra-index-url|registry|proxy)\s*[=:]\s*https?://\S+"
)


def test_no_path_of_a_machine_and_no_private_host_is_in_the_tree() -> None:
    found = []
    for path in TEXTS:
        if path == Path(__file__) or "__pycache__" in path.parts:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}: {hit.group()}" for hit in PRIVATE.finditer(text)]
    assert found == []


# --- the documentation ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not DOCS, reason="there is no documentation yet")
def test_every_outcome_is_explained() -> None:
    from licet.decision.determination import Outcome

    text = "\n".join(path.read_text(encoding="utf-8") for path in [*DOCS, ROOT / "README.md"])
    assert [str(each) for each in Outcome if str(each) not in text] == []


def test_every_review_policy_is_explained() -> None:
    from licet.lex.model import POLICIES

    text = "\n".join(path.read_text(encoding="utf-8") for path in [*DOCS, ROOT / "README.md"])
    assert [each for each in POLICIES if each not in text] == []


@pytest.mark.skipif(not DOCS, reason="there is no documentation yet")
def test_every_fact_is_in_the_documentation() -> None:
    """Facts of a party by their pattern: one role stands for all."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*DOCS, ROOT / "README.md"])
    roles = ("consignee", "purchaser", "intermediate", "exporter")
    wanted = [each for each, entry in FACTS.items() if not entry.derived and entry.role not in roles]
    assert [each for each in wanted if each not in text] == []

"""The tables themselves: complete, clean, and of the vocabulary's kinds."""

import doctest
import re
import subprocess
import sys

import pytest

import licet.catalog
import licet.errors
from licet import facts
from licet.catalog import find, items
from licet.catalog.chips import DOUBTS, RATES
from licet.catalog.names import Directory
from licet.catalog.tables import parts, read

ALL = items()


def test_the_tables_hold_what_they_should() -> None:
    counts = {name: len(read(name)) for name in ("chips", "memory")}
    assert counts == {"chips": 259, "memory": 50}
    assert len(ALL) == 259 + 50 + len(read("systems"))


def test_ids_are_unique_and_plain() -> None:
    ids = [item.id for item in ALL]
    assert len(set(ids)) == len(ids)
    assert [id for id in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", id)] == []


def test_every_item_has_a_source_a_confidence_and_a_vendor() -> None:
    assert [item.id for item in ALL if not (item.source and item.name and item.vendor)] == []
    assert {item.confidence for item in ALL} <= {"P", "S", "M"}


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.id)
def test_every_fact_is_of_the_vocabulary_and_of_its_kind(item: licet.catalog.Item) -> None:
    assert {name: facts.parse(name, value) for name, value in item.facts.items()} == dict(item.facts)
    assert item.kind == item.facts["item_kind"]
    assert set(item.unverified) <= set(item.facts)


def test_every_column_named_as_unverified_exists() -> None:
    for row in read("chips"):
        named = set(parts(row["unverified_fields"])) - {"all"}
        assert named <= set(row), row["id"]
    assert set(DOUBTS) | set(RATES.values()) <= set(read("chips")[0])


def test_every_row_has_as_many_cells_as_its_table_has_columns() -> None:
    for name in ("chips", "memory", "systems", "aliases", "brands"):
        for row in read(name):
            assert None not in row
            assert None not in row.values()


def test_no_private_mark_is_left() -> None:
    """No path of a machine, no index number in place of a source."""
    private = re.compile(r"(?<![\w.])/(work|home|tmp|root)/|\bid \d{4}|production\.md|\bteam\b")
    for name in ("chips", "memory", "systems", "aliases"):
        for row in read(name):
            assert not [cell for cell in row.values() if private.search(cell)], row["source"]


def test_preferred_names_lead_to_items_and_shared_names_are_refused() -> None:
    ids = {item.id for item in ALL}
    assert [row["alias"] for row in read("aliases") if row["id"] not in ids or not row["source"]] == []
    shared = Directory(ALL, {row["alias"]: row["id"] for row in read("aliases")}).shared()
    assert {"h100", "a100", "h200", "v100", "gaudi2", "gh100"} <= set(shared)
    for name in shared:
        with pytest.raises(licet.errors.UnknownItem, match="Say which one"):
            find(name)


def test_brand_names_are_unique() -> None:
    words = [row["word"].casefold() for row in read("brands")]
    assert len(set(words)) == len(words)


def test_items_are_frozen() -> None:
    item = find("nvidia-h20")
    with pytest.raises(AttributeError):
        item.name = "H21"  # type: ignore[misc]
    with pytest.raises(TypeError):
        item.facts["tpp"] = 0  # type: ignore[index]
    assert item in {item}


def test_the_example_in_the_documentation_runs() -> None:
    assert doctest.testmod(licet.catalog).failed == 0


def test_importing_the_catalog_loads_no_heavy_package() -> None:
    code = "import sys, licet.catalog; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"polars", "yaml"} & set(run.stdout.split())

"""A scenario file: what it may say, and what it is told when it says something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from licet.errors import FileError, QuestionError
from licet.supply import find, named, parse, read
from licet.supply.inputs import MARKS, Fixed, Triangular
from licet.supply.scenario import text

ASCEND = text("ascend")


def mine(*lines: str) -> str:
    """A scenario that takes over ascend and changes what `lines` say."""
    return "\n".join(["id: mine", "title: Mine", "base: ascend", "inputs:", *(f"  {line}" for line in lines)])


def refused(written: str) -> str:
    with pytest.raises(QuestionError) as error:
        parse(written, "mine.yaml")
    return str(error.value)


def test_a_scenario_says_only_what_differs_from_its_base() -> None:
    found = parse(mine("die_yield: {fixed: 0.6, source: a teardown, mark: S}"), "mine.yaml")
    assert found.input("die_yield").spread == Fixed(0.6)
    assert found.input("memory_stock") == find("ascend").input("memory_stock")


def test_the_ranges_of_the_shipped_scenario_are_those_of_the_sources() -> None:
    """The founders' table of ranges, row by row."""
    found = find("ascend")
    assert found.input("die_yield").spread == Triangular(0.20, 0.30, 0.50)
    assert found.input("packaging_yield").spread == Triangular(0.60, 0.75, 1.00)
    assert found.input("die_stock").spread == Triangular(2.0e6, 2.9e6, 3.0e6)
    assert found.input("memory_stock").spread == Triangular(6e6, 13e6, 13e6)
    assert found.input("dice_used_before").spread == Triangular(200e3, 507e3, 507e3)


@pytest.mark.parametrize("name", named())
def test_every_figure_has_a_source_and_a_mark(name: str) -> None:
    for each in find(name).inputs.values():
        assert each.source
        assert each.mark in MARKS
        assert each.mark != "A" or "assum" in each.source or "publish" in each.source


def test_what_nobody_published_is_unknown_and_not_zero() -> None:
    assert find("ascend").input("packaging_capacity", 2026).spread is None
    assert "cannot be unknown" in refused(mine("die_yield: {unknown: nobody says}"))


def test_an_unknown_key_is_named_with_file_line_and_a_near_one() -> None:
    said = refused(mine("die_yeild: {fixed: 0.3}"))
    assert said.startswith("mine.yaml, line 5, inputs.die_yeild: ")
    assert "id you mean 'die_yield'?" in said
    said = refused(mine("die_yield:", "  triangel: {low: 0.2, mode: 0.3, high: 0.5}"))
    assert said.startswith("mine.yaml, line 6, inputs.die_yield.triangel: ")
    assert "id you mean 'triangular'?" in said


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("die_yield: {fixed: 1.2}", "a number from 0 to 1"),
        ("die_yield: {fixed: -0.1}", "out of range"),
        ("die_yield: {fixed: high}", "'high' is no number"),
        ("die_yield: {fixed: nan}", "is no number"),
        ("die_yield: {fixed: [1, 2]}", "one number is expected"),
        ("die_yield: {uniform: {low: 0.5, high: 0.2}}", "do not rise"),
        ("die_yield: {triangular: {low: 0.2, high: 0.5}}", "mode missing"),
        ("die_yield: {fixed: 0.2, uniform: {low: 0, high: 1}}", "one distribution is expected, 2 are given"),
        ("die_yield: {mark: S}", "one distribution is expected, 0 are given"),
        ("die_yield: {fixed: 0.2, mark: S}", "the source is missing"),
        ("die_yield: {fixed: 0.2, mark: Q}", "'Q' is no mark"),
        ("die_yield: 0.2", "keys with values are expected here"),
        ("dice_per_chip: {fixed: 0}", "above 0"),
        ("domestic_stacks: {2026: {lognormal: {median: 0, p99: 5}}}", "0 < median < p99"),
        ("wafers_per_month: {2031: {fixed: 1}}", "unknown key '2031'"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused(line: str, reason: str) -> None:
    said = refused(mine(line))
    assert "mine.yaml, line 5" in said
    assert reason in said


def test_a_scenario_without_a_base_has_to_say_everything() -> None:
    assert "'id' is missing" in refused("title: nothing else")
    without = re.sub(r"(?m)^  memory_stock:\n(    .*\n)+", "", ASCEND)
    assert "memory_stock is missing" in refused(without)
    assert "keys with values are expected" in refused("- a list")
    assert "keys with values are expected" in refused("")


@pytest.mark.parametrize("years", ["[2025, 2027]", "[2026, 2025]", "[soon]", "[]", "{a: 1}"])
def test_years_without_a_gap(years: str) -> None:
    assert ", years: " in refused(re.sub(r"(?m)^years: .*$", f"years: {years}", ASCEND))


def test_more_years_need_their_figures() -> None:
    said = refused(ASCEND.replace("years: [2025, 2026, 2027]", "years: [2025, 2026, 2027, 2028]"))
    assert "wafers_per_month 2028 is missing" in said


def test_fewer_years_are_a_scenario_too() -> None:
    short = parse("id: short\ntitle: Short\nbase: ascend\nyears: [2025]", "short.yaml")
    assert [each.year for each in short.inputs.values() if each.year] == [2025, 2025, 2025]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("title: \xe9".encode("latin-1"))
    with pytest.raises(FileError, match="not UTF-8"):
        read(tmp_path / "latin.yaml")
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(QuestionError, match=r"broken\.yaml, line"):
        read(tmp_path / "broken.yaml")


def test_a_scenario_that_is_not_there() -> None:
    with pytest.raises(QuestionError, match="id you mean 'ascend'"):
        find("ascent")

"""licet whatif --supply: what it prints, draws and refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from licet.cli import main


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Supply = Callable[..., Ran]
VIEWS = ("ascend", "published", "cost", "clusters")
FEW = ("--draws", "1000")


@pytest.fixture
def supply(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Supply:
    """`licet whatif --supply ...` on 80 columns without color."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*words: str | Path) -> Ran:
        capsys.readouterr()
        status = main(["whatif", "--supply", *map(str, words)])
        return Ran(status, *capsys.readouterr())

    return run


def test_the_estimate_names_the_binding_link_and_every_source(supply: Supply) -> None:
    ran = supply(*FEW)
    assert ran.status == 0
    assert "memory 100%" in ran.out
    assert "SemiAnalysis (8 Sep 2025)" in ran.out
    assert "Nothing is published on packaging capacity" in ran.out


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_fits_a_terminal(supply: Supply, view: str) -> None:
    ran = supply(view, *FEW)
    assert ran.status == 0
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_twin_for_programs(supply: Supply, view: str) -> None:
    data = json.loads(supply(view, *FEW, "--format", "json").out)
    assert data
    assert "NaN" not in json.dumps(data)


def test_the_twin_says_what_the_page_says(supply: Supply) -> None:
    data = json.loads(supply(*FEW, "--format", "json").out)
    medians = [f"{year['chips']['p50'] / 1000:,.0f}" for year in data["years"]]
    lines = [line for line in supply(*FEW).out.splitlines() if line.startswith("202")]
    shown = [line.split()[3] for line in lines[: len(medians)]]
    assert medians == shown
    by_name = {(each["name"], each["year"]): each for each in data["inputs"]}
    assert by_name["die_yield", None]["parameters"] == {"low": 0.2, "mode": 0.3, "high": 0.5}
    assert by_name["packaging_capacity", 2025]["distribution"] is None


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_drawn(supply: Supply, view: str, tmp_path: Path) -> None:
    """The drawing is XML, and nothing of it lies outside its frame."""
    picture = tmp_path / "picture.svg"
    assert supply(view, *FEW, "--plot", picture).status == 0
    root = ElementTree.parse(picture).getroot()
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    assert len(list(root.iter())) > 10
    for each in root.iter():
        left, top = (float(each.get(name, "0")) for name in ("x", "y"))
        assert 0 <= left <= left + float(each.get("width", "0")) <= width
        assert 0 <= top <= top + float(each.get("height", "0")) <= height


def test_a_picture_is_svg_and_has_a_folder(supply: Supply, tmp_path: Path) -> None:
    assert "ends in .svg" in supply("clusters", "--plot", tmp_path / "picture.png").err
    assert "cannot be written" in supply("clusters", "--plot", tmp_path / "none" / "picture.svg").err


def test_one_seed_prints_one_page(supply: Supply) -> None:
    assert supply(*FEW, "--seed", "5") == supply(*FEW, "--seed", "5")
    assert supply(*FEW, "--seed", "5") != supply(*FEW, "--seed", "6")


def test_a_scenario_of_ones_own_begins_with_the_template(supply: Supply, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(supply("--template").out, encoding="utf-8")
    assert supply(mine, *FEW).out == supply(*FEW).out


def test_a_wrong_key_is_named_with_file_line_and_a_near_one(supply: Supply, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(supply("--template").out.replace("die_yield:", "die_yeild:"), encoding="utf-8")
    line = mine.read_text(encoding="utf-8").splitlines().index("  die_yeild:") + 1
    ran = supply(mine)
    assert ran.status == 2
    assert f"mine.yaml, line {line}, inputs.die_yeild: " in ran.err
    assert "id you mean 'die_yield'?" in ran.err


def test_what_is_refused(supply: Supply, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "id you mean 'clusters'" in supply("cluster").err
    assert "cannot be read" in supply(tmp_path / "none.yaml").err
    assert "out of range" in supply("--draws", "1").err
    assert "--variant is about amendments" in supply("--variant", "A1").err
    assert "ORDERS is about amendments" in supply("ascend", "orders.csv").err
    assert main(["whatif", "--seed", "3"]) == 2
    assert "--seed is about supply" in capsys.readouterr().err

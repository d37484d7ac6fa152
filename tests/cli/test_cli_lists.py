"""`licet lists`: import, update, show, compare, and screen customers again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from command_line import Licet, rows

from licet.parties import bundled

NEW = "Brand New Listed Works Co., Ltd."


def official(*, without: int = 0) -> list[dict[str, Any]]:
    """The bundled list in the official field names, some entries left out, one added and one changed."""
    held = [entry for entry in bundled().records if entry.gone_by is None]
    found = [
        {"name": each.name, "source": each.list.id, "alt_names": list(each.alt_names),
         "addresses": [{"country": code} for code in each.countries], "programs": list(each.programs),
         "federal_register_notice": each.notice, "license_requirement": each.requirement,
         "license_policy": each.policy, "entity_number": each.number}
        for each in held[: len(held) - without]
    ]  # fmt: skip
    return [*found, {"name": NEW, "source": "entity_list", "addresses": [{"country": "CN"}], "alt_names": []}]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("download") / "csl-2026-11-20.json"
    path.write_text(json.dumps({"results": official()}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def held(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the list was imported by the command, in a process of its own."""
    folder = tmp_path_factory.mktemp("lists")
    command = "import sys; from licet.cli import main; sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", command, "lists", "import", str(file), "--lists", str(folder), "--format", "json"]
    data = json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)
    assert data["day"] == "2026-11-20"
    assert NEW in [each["name"] for each in data["added"]]
    return folder


def test_the_bundled_list_is_held_from_the_start(licet: Licet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    (only,) = licet("lists", "show", "--format", "json").data
    assert (only["day"], only["entries"]) == ("2026-07-31", 25_921)
    assert "Entity List" in licet("lists", "show", "2026-07-31").out
    assert licet("lists", "show", "2026-07-31", "--format", "json").data["lists"]["entity_list"] == 3420
    assert "Dawning Information Industry" in licet("lists", "show", "Sugon").out
    assert licet("lists", "show", "2020-01-01").status == 2
    assert licet("lists", "show", "Harmless Bakery").status == 2
    assert "only the list of 2026-07-31 is held" in licet("lists", "diff").err


def test_an_imported_list_is_shown_compared_and_screened_against(licet: Licet, held: Path) -> None:
    days = [each["day"] for each in licet("lists", "show", "--lists", held, "--format", "json").data]
    assert days == ["2026-07-31", "2026-11-20"]
    assert NEW in licet("lists", "diff", "--lists", held).out
    assert NEW in [each["name"] for each in licet("lists", "diff", "--lists", held, "--format", "json").data["added"]]
    words = ("screen", NEW, "--country", "CN", "--json")
    assert licet(*words, "--lists", held, "--on", "2026-11-20").data[0]["status"] == "listed"
    assert licet(*words, "--lists", held, "--on", "2026-11-01").data[0]["status"] == "possible", "added in between"
    assert licet(*words, "--lists", held, "--on", "2026-07-31").data[0]["status"] == "clear"
    assert licet(*words, "--on", "2026-11-20").data[0]["status"] == "clear", "the bundled list does not know it"


def test_customers_are_screened_again_against_what_changed(licet: Licet, held: Path, tmp_path: Path) -> None:
    customers, out = tmp_path / "customers.csv", tmp_path / "again.csv"
    customers.write_text(f'name\n"{NEW}"\nSugon\nHarmless Bakery\n', encoding="utf-8")
    data = licet("lists", "rescreen", customers, "--lists", held, "--out", out, "--format", "json").data
    assert (data["from"], data["to"]) == ("2026-07-31", "2026-11-20")
    assert [row["screening"] for row in rows(out)] == ["listed", "clear", "clear"]
    assert "entries added or modified" in licet("lists", "rescreen", customers, "--lists", held).out


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "empty"), ('{"results": [', "broken or ends too early"), ("name,what\na,b\n", "")],
)
def test_a_broken_file_changes_nothing(licet: Licet, tmp_path: Path, content: str, said: str) -> None:
    file, folder = tmp_path / "list.json", tmp_path / "lists"
    file.write_text(content, encoding="utf-8")
    ran = licet("lists", "import", file, "--day", "2026-11-20", "--lists", folder)
    assert (ran.status, said in ran.err) == (2, True)
    assert not folder.exists()


def test_a_much_smaller_list_is_taken_only_when_told(licet: Licet, tmp_path: Path) -> None:
    file, folder = tmp_path / "small.json", tmp_path / "lists"
    file.write_text(json.dumps({"results": official(without=20_000)}), encoding="utf-8")
    words = ("lists", "import", file, "--day", "2026-11-20", "--lists", folder)
    ran = licet(*words)
    assert (ran.status, "--accept-smaller" in ran.err) == (2, True)
    assert not folder.exists()
    assert licet(*words, "--accept-smaller").status == 0


def test_a_list_of_a_day_to_come_is_said_to_be_one(licet: Licet, tmp_path: Path) -> None:
    file = tmp_path / "early.json"
    file.write_text(json.dumps({"results": official()[:5]}), encoding="utf-8")
    words = ("lists", "import", file, "--accept-smaller", "--lists", tmp_path / "lists")
    assert "lies in the future" in licet(*words, "--day", "9999-12-31").out
    assert licet(*words, "--day", "2021-01-01", "--format", "json").data["warnings"] == []


def test_without_a_network_nothing_changes(licet: Licet, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    ran = licet("lists", "update", "--url", "https://lists.invalid/csl.json", "--lists", folder)
    assert (ran.status, "cannot be fetched" in ran.err, folder.exists()) == (2, True, False)
    assert (
        "only fetched over https" in licet("lists", "update", "--url", "http://lists.invalid/", "--lists", folder).err
    )


def test_a_killed_import_leaves_the_old_lists_or_the_new_one(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    command = "import sys; from licet.cli import main; print('ready', flush=True); sys.exit(main(sys.argv[1:]))"
    words = [sys.executable, "-c", command, "lists", "import", str(file), "--lists", str(folder)]
    child = subprocess.Popen(words, stdout=subprocess.PIPE)
    until = time.monotonic() + 120
    while not list(folder.glob(".*.part")) and child.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    from licet.parties import Archive

    archive = Archive(folder)
    for day in archive.days():
        assert len([entry for entry in archive.open(day).records if entry.gone_by is None]) == len(official())
    (folder / ".left.part").write_bytes(b"half a list")
    again = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    assert again.returncode == 0
    assert [str(day) for day in archive.days()] == ["2026-11-20"]
    assert [path.name for path in folder.iterdir()] == ["2026-11-20.json.xz"], "nothing half there is left"

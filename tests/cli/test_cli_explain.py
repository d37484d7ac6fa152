"""`--explain`: the outline of the law, with marks, values and citations."""

from __future__ import annotations

from command_line import Licet

import licet as library
from licet.cli.outline import bears, deciding, deciding_lines
from licet.logic.evaluate import Step
from licet.unknown import NO, UNKNOWN, YES

H20 = ("ask", "--item", "nvidia-h20", "--to", "CN", "--on", "2025-05-01", "--set", "exporter=NVIDIA")


def leaf(label: str, truth: object) -> Step:
    return Step(label, label, truth)  # type: ignore[arg-type]


def test_deciding_parts_of_an_all_that_fails_are_those_that_fail() -> None:
    step = Step("", "all of", NO, steps=(leaf("a", YES), leaf("b", NO), leaf("c", UNKNOWN)))
    assert [part.label for part in deciding(step)] == ["b"]


def test_deciding_parts_of_an_any_that_is_met_are_those_met() -> None:
    step = Step("", "any of", YES, steps=(leaf("a", YES), leaf("b", NO), leaf("c", YES)))
    assert [part.label for part in deciding(step)] == ["a", "c"]


def test_of_what_is_open_all_parts_are_shown() -> None:
    step = Step("", "all of", UNKNOWN, steps=(leaf("a", YES), leaf("b", UNKNOWN)))
    assert [part.label for part in deciding(step)] == ["a", "b"]


def test_a_negation_shows_what_it_negates() -> None:
    step = Step("", "unless", YES, steps=(leaf("a", NO),))
    assert [part.label for part in deciding(step)] == ["a"]


def test_the_outline_reads_like_the_law(licet: Licet) -> None:
    text = licet(*H20, "--explain").out
    assert "LICENSE REQUIREMENTS" in text
    assert "✓ letter to NVIDIA of 2025-04-09:" in text
    assert "    ✓ memory  dram_bandwidth_gbs >= 4000  [dram_bandwidth_gbs: 4000]" in text
    assert "unverified: not checked against the text" in text
    assert "✗ a.1  tpp >= 4800  [tpp: 2368]" in text
    assert "MI308" not in text


def test_everything_means_every_provision_in_force(licet: Licet) -> None:
    answer = library.ask(item="nvidia-h20", to="CN", on="2025-05-01", exporter="NVIDIA")
    text = " ".join(licet(*H20, "--explain", "all").out.split())
    assert [each.provision for each in answer.trace if f"{each.provision}: " not in text] == []


def test_spellings_of_explain(licet: Licet) -> None:
    assert licet(*H20, "--explain").out == licet(*H20, "--explain=steps").out
    assert licet(*H20, "--explain", "all").out == licet(*H20, "--explain=all").out
    assert licet("ask", "--explain", "--item", "nvidia-h20").status == 0


def test_both_readings_in_the_outline(licet: Licet) -> None:
    words = ("--from", "US", "--to", "CH", "--on", "2025-07-01", "--assume", "ordinary", "--explain")
    assert "as written: yes; as enforced: no" in licet("ask", "--item", "nvidia-h100-sxm", *words).out


def test_a_clearance_shows_why_each_requirement_does_not_apply(licet: Licet) -> None:
    answer = library.ask(item="nvidia-h100-sxm", to="DE", on="2024-06-01", assume="ordinary")
    wanted = {each.provision for each in answer.trace if each.kind == "requires"}
    assert wanted <= {each.provision for each in answer.trace if bears(answer, each)}


def test_lines_that_decide() -> None:
    answer = library.ask(
        item="nvidia-rtx-4090", to="CN", on="2024-06-01", notice_days=3, activity="export", end_user_hq="CN"
    )
    assert "notice: notice_days >= 25 [notice_days: 3]" in list(deciding_lines(answer, "NAC", NO))

"""licet whatif: list, show, compare, template and check."""

from __future__ import annotations

from pathlib import Path

from command_line import EXAMPLES, Licet

ORDERS = EXAMPLES / "orders.csv"


def test_the_list_names_status_and_variants(licet: Licet) -> None:
    ran = licet("whatif")
    assert ran.status == 0
    assert "relax-hbm  proposal" in ran.out
    assert "A1   Case by case to China and Macau" in ran.out


def test_a_proposal_is_shown_with_what_it_changes(licet: Licet) -> None:
    ran = licet("whatif", "relax-hbm", "--variant", "A2")
    assert "3A090.c, changed, from 2026-08-01 on" in ran.out
    assert "memory_bandwidth_density > 5" in ran.out


def test_before_and_after(licet: Licet) -> None:
    ran = licet("whatif", "relax-hbm", ORDERS, "--variant", "A4", "--on", "2026-08-01")
    assert ran.status == 0
    assert "no longer: 742.6(a)(6)(i)(B)" in ran.out
    assert "+relax-hbm/A4" in ran.out


def test_json(licet: Licet) -> None:
    data = licet("whatif", "relax-hbm", ORDERS, "--variant", "A4", "--on", "2026-08-01", "--format", "json").data
    assert data["moved"] == len([each for each in data["moves"] if each["fell"] or each["before"] != each["after"]])


def test_the_template_is_checked_and_applied(licet: Licet, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(licet("whatif", "--template").out, encoding="utf-8")
    checked = licet("whatif", "--check", mine)
    assert (checked.status, "3 tests, 0 failed" in checked.out) == (0, True)
    assert licet("whatif", "--amendment", mine, ORDERS, "--out", tmp_path / "both.csv").status == 0


def test_a_failed_test_is_the_amendments_fault(licet: Licet, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    text = licet("whatif", "--template").out.replace("eccn: 3A090.b}, expect: yes", "eccn: 3A090.b}, expect: no")
    mine.write_text(text, encoding="utf-8")
    ran = licet("whatif", "--check", mine)
    assert ran.status == 2
    assert "expected no, is yes" in ran.out


def test_errors_name_the_next_step(licet: Licet, tmp_path: Path) -> None:
    unknown = licet("whatif", "relax-hmb")
    assert (unknown.status, "'relax-hbm'" in unknown.err) == (2, True)
    assert "cannot be read" in licet("whatif", "--check", tmp_path / "none.yaml").err

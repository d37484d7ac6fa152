"""Order files before and after an amendment: what moves, what is held, and what still binds it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from test_amend import HEAD, MEMORY

from licet.errors import LawError
from licet.lex.amend import read_amendment
from licet.scenarios import Comparison, whatif

ROOT = Path(__file__).parents[2]
FREE = {**MEMORY, "id": "free", "end_user_listed": "none"}
HUAWEI = {**MEMORY, "id": "Huawei", "end_user_listed": "footnote_1"}
SMIC = {**MEMORY, "id": "SMIC", "end_user_listed": "entity_list", "end_use": "advanced_node_fab"}
ORDERS = pl.DataFrame([FREE, HUAWEI, SMIC])


def compared(variant: str, **more: str) -> Comparison:
    return whatif(ORDERS, "relax-hbm", variant, on="2026-08-01", **more)  # type: ignore[arg-type]


def test_relaxing_3a090_c_alone_frees_nothing_for_listed_parties() -> None:
    found = compared("A4")
    moves = {each.id: each for each in found.moves}
    assert found.moved == 1
    assert (moves["free"].fell, moves["free"].binds) == (("742.6(a)(6)(i)(B)",), ())
    for name, binds in (("Huawei", ("744.11",)), ("SMIC", ("744.23(a)(2)", "744.11"))):
        assert (moves[name].before, moves[name].after) == ("license_required", "license_required")
        assert moves[name].held
        assert moves[name].fell == ("742.6(a)(6)(i)(B)",)
        assert moves[name].binds == binds
    assert found.binding == {"744.11": 2, "744.23(a)(2)": 1}


def test_another_review_moves_a_line_and_no_license_falls() -> None:
    found = compared("A1")
    moves = {each.id: each for each in found.moves}
    assert found.before == found.after
    assert (moves["free"].policy_before, moves["free"].policy_after) == ("presumption_of_denial", "case_by_case")
    assert moves["free"].binds == ("742.6(a)(6)(i)(B)",)
    assert {name: each.policy_after for name, each in moves.items() if each.held} == {
        "Huawei": "presumption_of_denial", "SMIC": "presumption_of_denial",
    }  # fmt: skip


def test_a_higher_line_frees_the_older_grade() -> None:
    assert compared("A2").moved == 1
    fast = ORDERS.with_columns(memory_bandwidth_density=pl.lit("9"))
    assert whatif(fast, "relax-hbm", "A2", on="2026-08-01").moved == 0


def test_the_snapback() -> None:
    days = {day: whatif(ORDERS, "relax-hbm", "A5", on=day).moved for day in ("2026-07-31", "2027-01-09", "2027-01-10")}
    assert days == {"2026-07-31": 0, "2027-01-09": 1, "2027-01-10": 0}


def test_lines_keep_their_own_days_and_the_early_ones_are_counted() -> None:
    days = ("2026-07-31", "2026-08-01", "2030-01-01")
    orders = pl.concat([ORDERS.with_columns(on=pl.lit(day), id=pl.col("id") + day) for day in days])
    found = whatif(orders, "relax-hbm", "A4")
    assert (found.lines, found.early, found.moved, found.held) == (9, 3, 2, 4)
    assert [each.line for each in found.moves if not each.held] == [4, 7]


def test_bad_lines_are_counted_and_the_others_unharmed(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    pl.concat([ORDERS, ORDERS.head(1).with_columns(id=pl.lit("bad"), destination=pl.lit("Atlantis"))]).write_csv(path)
    found = whatif(path, "relax-hbm", "A4", on="2026-08-01")
    assert (found.lines, found.errors, found.moved) == (3, 1, 1)


def test_both_answers_are_written(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    found = compared("A4", out=str(path))
    written = pl.read_csv(path)
    assert found.out == path
    assert written["moves"].to_list() == ["yes", "no", "no"]
    assert written["judged_on"].unique().to_list() == ["2026-08-01"]
    assert {"outcome_before", "outcome_after", "requirements_before", "requirements_after"} <= set(written.columns)
    assert all("+relax-hbm/A4" in law for law in written["law_after"])


def test_the_example_orders_under_every_variant() -> None:
    found = whatif(ROOT / "examples" / "orders.csv", "country-caps", "H1", on="2026-08-01", assume="ordinary")
    assert sum(found.before.values()) == sum(found.after.values()) == found.lines
    assert found.after["license_required"] > found.before["license_required"], "a license worldwide"


def test_an_amendment_of_ones_own() -> None:
    mine = read_amendment(f"{HEAD}patches:\n- {{provision: 744.11, from: 2026-08-01, remove: yes}}", "mine.yaml")
    found = whatif(ORDERS, mine, on="2026-08-01")
    assert found.binding == {"742.6(a)(6)(i)(B)": 2, "744.23(a)(2)": 1}


def test_a_variant_that_cannot_be_written_says_why() -> None:
    with pytest.raises(LawError, match="running count"):
        compared("A3")


def test_plain_data() -> None:
    plain = compared("A4").to_dict()
    assert plain["law_after"]["version"].endswith("+relax-hbm/A4")
    assert plain["moves"][0]["fell"] == ["742.6(a)(6)(i)(B)"]

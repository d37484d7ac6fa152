"""A claim that asks for a change names the amendment that models it, or why none does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from licet.cli import main
from licet.newswire import Report
from licet.newswire.asked import in_words, modelled
from licet.newswire.record import record

Reader = Callable[..., Report]
ORDERS = Path(__file__).parents[2] / "examples" / "orders.csv"


@pytest.mark.parametrize("name", sorted({str(row["proposal"]) for row in record().proposals}))
def test_every_name_is_one_of_the_lawbook(name: str) -> None:
    chosen, variant = modelled(name)
    assert chosen.id == name.partition("/")[0]
    assert name.startswith("not-written/") == bool(variant.cannot)


@pytest.mark.parametrize(
    ("text", "day", "proposal"),
    [
        ("China asked the United States to ease export controls on HBM chips.", "2025-08-10", "relax-hbm"),
        ("Senator Tom Cotton introduced the Chip Security Act.", "2025-05-09", "chip-security/D1"),
        ("Ricketts introduced the MATCH Act on chip tools.", "2026-04-14", "not-written/I"),
        ("Nvidia asked the US to license sales of its B30A chip to China.", "2025-11-04", "thresholds/B1"),
        ("The Commerce Department rescinded the AI diffusion rule.", "2025-05-14", ""),
    ],
)
def test_a_claim_names_its_proposal(one: Reader, text: str, day: str, proposal: str) -> None:
    assert proposal in [claim.proposal for claim in one(text, day).claims]


def test_where_no_amendment_models_it_the_reason_is_said() -> None:
    assert in_words("not-written/G").startswith("no amendment models this")
    assert "because" in in_words("not-written/G")


def test_read_runs_what_is_asked_for_on_orders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.txt"
    report.write_text("China asked the United States to ease export controls on HBM chips.", encoding="utf-8")
    assert main(["read", str(report), "--whatif", str(ORDERS), "--orders-on", "2026-08-15"]) == 0
    shown = capsys.readouterr().out
    assert "relax-hbm/A1" in shown
    assert "before" in shown

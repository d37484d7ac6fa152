"""What missing facts could do: an outcome is settled only where every case of them has the same one."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

import licet
from licet.catalog import items
from licet.places import codes

PLACES = [code for code in codes() if code != "US"]


def asked(item: str, to: str, on: str, **more: object) -> licet.Determination:
    given = {"from": "US", "to": to, "end_user_country": to, "end_user_hq": to, "on": on, **more}
    return licet.ask(given, screen=False) if not item else licet.ask({"item": item, **given}, screen=False)


def test_an_outcome_that_every_case_shares_is_given() -> None:
    """4,800 TPP reaches 3A090.a whatever the die area, for which only the second limit and 3A090.b would ask."""
    found = asked("", "CN", "2024-06-01", tpp=4800, datacenter=True, item_kind="integrated_circuit")
    assert found.outcome == "license_required"


def test_what_stays_open_in_every_case_stays_missing() -> None:
    """Two die areas, two paragraphs: the one bars NAC in a data center, the other waits for NAC's notice."""
    found = asked("huawei-910b4", "AE", "2023-11-30", end_use="datacenter", other_parties=False,
                  end_user_listed="none", end_user_military=False, exporter_listed="none")  # fmt: skip
    assert found.outcome == "undetermined"
    assert "die_area_mm2" in found.missing
    assert not [warning for warning in found.warnings if "every case was tried" in warning]


@settings(deadline=None, max_examples=300)
@given(
    item=st.sampled_from([each.id for each in items()]),
    to=st.sampled_from(PLACES),
    on=st.dates(datetime.date(2022, 10, 1), datetime.date(2026, 11, 30)),
    assume=st.sampled_from(["strict", "ordinary"]),
)
def test_an_open_answer_says_what_is_missing_or_what_was_not_looked_at(
    item: str, to: str, on: datetime.date, assume: str
) -> None:
    question = {"item": item, "from": "US", "to": to, "end_user_country": to, "end_user_hq": to, "on": on}
    found = licet.ask(question, assume=assume, screen=False)
    if found.outcome == "undetermined":
        assert found.missing or any("Not looked at" in warning for warning in found.warnings)

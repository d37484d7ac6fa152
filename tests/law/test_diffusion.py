"""The framework of January 2025, memory, model weights and foundries: whole answers, as written and as enforced."""

from __future__ import annotations

from typing import Any

import pytest

import licet
from licet.lex.law import Law, current

H100 = {"item": "nvidia-h100-sxm5"}
GIVEN = {
    "activity": "export", "shipped_from": "US", "exporter": "Somebody", "exporter_is_fab_or_osat": "no",
    "end_use": "datacenter", "end_user_listed": "none", "end_user_military": "no", "other_parties": "no",
    "exception_claimed": "none", "consignee_certified": "yes", "designer_cleared": "yes",
}  # fmt: skip


def to(place: str, **more: Any) -> dict[str, Any]:
    """A question about an end user located and headquartered in `place`."""
    return {"destination": place, "end_user_country": place, "end_user_hq": place, **more}


def ask(*parts: dict[str, Any], on: str, assume: str = "ordinary", lawbook: Law | None = None) -> licet.Determination:
    question: dict[str, Any] = {"on": on}
    for part in parts:
        question |= part
    return licet.ask(question, assume=assume, lawbook=lawbook)


def both(answer: licet.Determination) -> tuple[str, str]:
    return str(answer.outcome), str(answer.outcome_as_written)


def availability(answer: licet.Determination, symbol: str) -> str:
    return next((str(each.available) for each in answer.exceptions if each.symbol == symbol), "not offered")


# --- AIA --------------------------------------------------------------------------------------------------------------


def test_an_h100_to_a_japanese_firm_in_japan_goes_under_aia_as_written() -> None:
    answer = ask(H100, to("JP"), on="2025-07-01")
    assert both(answer) == ("no_license_required", "license_exception")
    assert availability(answer, "AIA") == "yes"
    assert {"consignee_certified", "trains_4e091_for_outsiders", "designer_cleared"} <= {
        each.fact for each in answer.question.assumptions
    }


def test_the_day_before_the_rule_needs_no_exception() -> None:
    assert both(ask(H100, to("JP"), on="2025-01-12")) == ("no_license_required", "no_license_required")


@pytest.mark.parametrize("place", ["CH", "PL", "IL", "SG", "IN"])
def test_2000_h100_to_the_middle_tier_need_a_license_as_written(place: str) -> None:
    answer = ask(H100, to(place, quantity=2000), on="2025-07-01")
    assert both(answer) == ("no_license_required", "license_required")
    assert (availability(answer, "AIA"), availability(answer, "LPP")) == ("no", "no")


def test_aia_certificates_beyond_253_million_tpp_go_to_bis() -> None:
    answer = ask(H100, to("JP", quantity=1000, aia_tpp_received=250_000_000), on="2025-07-01")
    assert any("AIA: send the certification" in duty.text for duty in answer.duties)


# --- LPP --------------------------------------------------------------------------------------------------------------


def lpp(place: str, quantity: int, received: int = 0, **more: Any) -> licet.Determination:
    return ask(H100, to(place, quantity=quantity, lpp_tpp_this_year=received), more, on="2025-07-01")


def test_1699_h100_fit_a_year_of_lpp_and_1700_do_not() -> None:
    assert both(lpp("IN", 1699)) == ("no_license_required", "license_exception")
    assert both(lpp("IN", 1700)) == ("no_license_required", "license_required")


def test_what_was_received_before_counts() -> None:
    assert both(lpp("IN", 100, 26_000_000))[1] == "license_required"
    assert both(lpp("IN", 50, 26_000_000))[1] == "license_exception"


def test_lpp_asks_what_was_received_this_year() -> None:
    answer = ask(H100, to("IN", quantity=100), on="2025-07-01")
    assert str(answer.outcome_as_written) == "undetermined"
    assert "lpp_tpp_this_year" in answer.missing_as_written


@pytest.mark.parametrize(("quantity", "notice"), [(202, False), (203, True)])
def test_shipments_of_3_200_000_tpp_are_announced(quantity: int, notice: bool) -> None:
    assert any("3,200,000" in duty.text for duty in lpp("IN", quantity).duties) is notice


def test_lpp_to_saudi_arabia_has_two_readings_and_the_strict_one_is_taken() -> None:
    answer = lpp("SA", 100)
    assert both(answer) == ("license_required", "license_required")
    assert any("Two readings: 740.29(c)" in line for line in answer.warnings)


def test_lpp_and_5a002_z_has_two_readings() -> None:
    item = {"eccn": "5A002.z.1.a", "item_kind": "computer", "tpp": "15800", "datacenter": "yes"}
    answer = ask(item, to("IN", quantity=100, lpp_tpp_this_year=0), on="2025-07-01")
    assert any("740.29(b) does not list 5A002.z" in line for line in answer.warnings)
    assert availability(answer, "LPP") == "no"


# --- ACM and validated end users --------------------------------------------------------------------------------------

ACM = {"exception_claimed": "ACM", "acm_purpose": "yes", "acm_for_d5_customers": "no", "private_sector": "yes"}


def test_acm_counts_only_when_it_is_invoked() -> None:
    assert both(ask(H100, GIVEN, to("VN"), ACM, on="2025-07-01")) == ("license_exception", "license_exception")
    assert both(ask(H100, GIVEN, to("VN"), on="2025-07-01")) == ("license_required", "license_required")


def test_acm_for_customers_in_d5_is_no_acm() -> None:
    answer = ask(H100, GIVEN, to("VN"), ACM, {"acm_for_d5_customers": "yes"}, on="2025-07-01")
    assert str(answer.outcome) == "license_required"


NVEU = {
    "exception_claimed": "NVEU", "veu_authorized": "yes", "veu_own_facility": "yes", "veu_necessary": "yes",
    "veu_guidelines_met": "yes", "government_arrangement": "yes", "veu_security_certified": "yes",
}  # fmt: skip


@pytest.mark.parametrize(
    ("on", "installed", "outcome"),
    [
        ("2025-06-30", 949_000_000, "license_required"),  # 949,000,000 + 100 x 15,831.2 is beyond 949,500,000
        ("2025-07-01", 949_000_000, "license_exception"),  # the next quarter has room
        ("2025-06-30", 900_000_000, "license_exception"),
    ],
)
def test_a_national_validated_end_user_is_capped_by_quarter(on: str, installed: int, outcome: str) -> None:
    answer = ask(H100, GIVEN, to("SA", quantity=100, nveu_installed_tpp=installed), NVEU, on=on)
    assert both(answer) == (outcome, outcome)


def test_both_report_calendars_stand() -> None:
    answer = ask(H100, GIVEN, to("SA", quantity=100, nveu_installed_tpp=0), NVEU, on="2025-06-30")
    duties = " ".join(map(str, answer.duties))
    assert "15 July" in duties
    assert "1 February and 1 August" in duties


# --- the country allocation -------------------------------------------------------------------------------------------


def test_beyond_the_allocation_the_text_denies_and_bis_does_not_apply_it() -> None:
    answer = ask(H100, to("SA", quantity=2000, country_allocation_used_tpp=780_000_000), on="2025-07-01")
    assert (str(answer.outcome), answer.review_policy) == ("license_required", "presumption_of_approval")
    assert any("allocation of 790,000,000 TPP for 2025 to 2027 is exceeded" in line for line in answer.warnings)


def test_a_u_s_firm_in_india_beyond_the_allocation_has_two_readings() -> None:
    facts = {"destination": "IN", "end_user_country": "IN", "end_user_hq": "US", "quantity": 2000}
    answer = ask(H100, facts, {"country_allocation_used_tpp": 780_000_000}, on="2025-07-01")
    assert any("does not order them" in line for line in answer.warnings)


def test_supplement_5b_doubles_the_allocation_of_what_is_put_in_it() -> None:
    files = dict(current().files)
    empty = "{of: [], from: 2025-01-13, by: 90 FR 4544, confidence: P}"
    assert files["places/groups.yaml"].count(empty) == 1
    files["places/groups.yaml"] = files["places/groups.yaml"].replace(empty, empty.replace("[]", "[IN]"))
    law = Law(files)
    for used, denied in ((1_570_000_000, False), (1_570_000_001, True)):
        facts = to("IN", tpp=15800, item_kind="computer", shipment_tpp=10_000_000, country_allocation_used_tpp=used)
        answer = ask(GIVEN, facts, on="2025-07-01", assume="strict", lawbook=law)
        assert truth_as_written(answer, "742.6(b)(10)(iii)(B)(2)") is denied


def truth_as_written(answer: licet.Determination, provision: str) -> bool | None:
    from licet.lex.cases import readings

    return readings(answer.question, answer.day)[0].ask(provision)


# --- model weights ----------------------------------------------------------------------------------------------------


DERIVED = {"derived_from_published": "yes"}


def weights(on: str, place: str = "IN", **facts: Any) -> licet.Determination:
    return ask({"item_kind": "model_weights", "weights_published": "no"}, to(place), facts, on=on)


@pytest.mark.parametrize(
    ("facts", "written"),
    [
        ({"training_operations": "1e26"}, "license_required"),
        ({"training_operations": "9.99e25"}, "no_license_required"),
        ({"training_operations": "1e27", "weights_published": "yes"}, "no_license_required"),
        ({"training_operations": "2e26", "below_best_published": "yes"}, "no_license_required"),
        ({"training_operations": "2e26", **DERIVED, "additional_operations": "5e25"}, "no_license_required"),
        ({"training_operations": "2e26", **DERIVED, "additional_operations": "5.1e25"}, "license_required"),
        ({"training_operations": "4e25", **DERIVED, "additional_operations": "2e25"}, "no_license_required"),
        ({}, "undetermined"),
    ],
)
def test_weights_as_written_and_never_enforced(facts: dict[str, Any], written: str) -> None:
    for on in ("2025-03-01", "2025-09-01", "2026-08-01"):
        assert both(weights(on, **facts)) == ("no_license_required", written)


def test_weights_before_the_rule_are_ear99() -> None:
    answer = weights("2025-01-12", training_operations="2e26")
    assert both(answer) == ("no_license_required", "no_license_required")
    assert answer.eccn == ("EAR99",)


def test_weights_of_4e091_to_a_japanese_headquarters_may_go_under_aia_if_stored_safely() -> None:
    safe = weights("2025-07-01", "JP", training_operations="2e26", weights_storage_compliant="yes")
    assert both(safe) == ("no_license_required", "license_exception")
    unsafe = weights("2025-07-01", "JP", training_operations="2e26", weights_storage_compliant="no")
    assert both(unsafe) == ("no_license_required", "license_required")


# --- high-bandwidth memory --------------------------------------------------------------------------------------------

HBM = {
    "item_kind": "hbm", "exporter_hq": "KR", "hbm_bought_by_designer": "yes", "hbm_direct_to_packager": "yes",
    "packager_hq": "TW", "packager_d5_parent": "no", "hbm_confirmation": "yes", "packaged_exceeds_3a090": "no",
    "packager_advanced_node": "no", "end_use": "hbm_packaging",
}  # fmt: skip


@pytest.mark.parametrize(
    ("density", "outcome"),
    [
        ("2", "no_license_required"), ("2.01", "license_exception"), ("3.29", "license_exception"),
        ("3.3", "license_required"),
    ],
)  # fmt: skip
def test_the_three_bands_of_memory(density: str, outcome: str) -> None:
    answer = ask(HBM, {"memory_bandwidth_density": density, "destination": "CN", "end_user_hq": "CN"}, on="2025-02-01")
    assert both(answer) == (outcome, outcome)


def test_memory_for_a_chinese_firm_in_malaysia_may_use_the_exception_too() -> None:
    facts = {"memory_bandwidth_density": "3", "destination": "MY", "end_user_hq": "CN"}
    assert both(ask(HBM, facts, on="2025-02-01")) == ("license_exception", "license_exception")


def test_a_difference_of_more_than_one_percent_is_a_red_flag_with_sixty_days() -> None:
    facts = {"memory_bandwidth_density": "3", "destination": "CN", "end_user_hq": "CN", "hbm_units_sent": 10_000}
    flagged = ask(HBM, facts, {"hbm_units_returned": 9_899}, on="2025-02-01")
    assert any("more than 1 percent" in line for line in flagged.red_flags)
    assert any("within 60 days" in duty.text for duty in flagged.duties)
    clean = ask(HBM, facts, {"hbm_units_returned": 9_900}, on="2025-02-01")
    assert not clean.red_flags


# --- the foundry presumption ------------------------------------------------------------------------------------------

DIE = {
    "item_kind": "integrated_circuit", "process_node_nm": 7, "exporter_is_fab_or_osat": "yes", "tpp": 1000,
    "datacenter": "no", "die_area_mm2": 500, "designer_approved": "no", "designer_hq": "CN", "packaged_by": "other",
    "has_hbm": "no",
}  # fmt: skip
CHINA = {"destination": "CN", "end_user_hq": "CN", "shipped_from": "TW", "activity": "reexport"}


@pytest.mark.parametrize(
    ("on", "outcomes"),
    [
        ("2025-01-15", ("no_license_required", "no_license_required")),
        ("2025-01-16", ("no_license_required", "license_required")),
        ("2025-01-31", ("license_required", "license_required")),
    ],
)
def test_the_presumption_starts_and_is_due_two_weeks_later(on: str, outcomes: tuple[str, str]) -> None:
    assert both(ask(DIE, CHINA, on=on)) == outcomes


def test_the_presumption_leads_to_3a090_a_denial_and_no_nac() -> None:
    answer = ask(DIE, CHINA, {"notice_days": 30, "purchase_order": "yes"}, on="2025-02-15")
    assert answer.eccn[0] == "3A090.a"
    assert answer.review_policy == "presumption_of_denial"
    assert availability(answer, "NAC") == "no"


def test_the_presumption_binds_nobody_but_fabricators_and_osats() -> None:
    answer = ask(DIE, CHINA, {"exporter_is_fab_or_osat": "no"}, on="2025-02-15")
    assert str(answer.outcome) == "no_license_required"


@pytest.mark.parametrize(
    "way_out",
    [
        {"designer_approved": "yes", "designer_attested": "yes"},
        {"designer_hq": "JP", "designer_country": "JP", "designer_parent_hq": "JP", "designer_agreed": "yes",
         "designer_attested": "yes"},
        {"packaged_by": "fab", "transistors_attested": "yes", "transistors_billion": "29.9"},
        {"packaged_by": "approved_osat", "transistors_attested": "yes", "transistors_billion": "29.9"},
    ],
)  # fmt: skip
def test_the_ways_out(way_out: dict[str, Any]) -> None:
    assert str(ask(DIE, CHINA, way_out, on="2025-02-15").outcome) == "no_license_required"


@pytest.mark.parametrize(
    ("on", "count", "cleared"),
    [
        ("2026-06-01", "31", False), ("2027-06-01", "34", True), ("2027-06-01", "35", False),
        ("2028-06-01", "34", False), ("2029-06-01", "39", True), ("2029-06-01", "40", False),
    ],
)  # fmt: skip
def test_transistors_without_memory_by_year(on: str, count: str, cleared: bool) -> None:
    facts = {"packaged_by": "approved_osat", "transistors_attested": "yes", "transistors_billion": count}
    answer = ask(DIE, CHINA, facts, on=on)
    assert (str(answer.outcome) == "no_license_required") is cleared
    assert any("names no limit for 2028" in line for line in answer.warnings) is on.startswith("2028")

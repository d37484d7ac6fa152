"""General Prohibition 10, the papers of 2025-05-13, the Affiliates Rule, 744.6, red flags and reach: whole answers."""

from __future__ import annotations

from typing import Any

import pytest

import licet

ASCEND = {"item": "huawei-910c", "activity": "use", "destination": "MY"}
H100 = {"item": "nvidia-h100-sxm5"}
SMALL = {
    "item_kind": "integrated_circuit", "tpp": "100", "die_area_mm2": "800", "datacenter": "no",
    "io_bandwidth_gbs": "10", "processing_tops": "7", "item_vendor": "Somebody", "exporter_is_fab_or_osat": "no",
}  # fmt: skip
TO_FRANCE = {"shipped_from": "US", "destination": "FR", "end_user_hq": "FR", "end_user_country": "FR"}
FLAGS = (
    "red_flag_end_use_refused", "red_flag_business_mismatch", "red_flag_delivery_unclear", "red_flag_forwarder",
    "red_flag_shared_leaders", "red_flag_bought_since_2022", "red_flag_residential_or_unknown",
    "red_flag_data_center_unable", "red_flag_headquarters_withheld", "red_flag_cloud_users_unknown",
)  # fmt: skip


def ask(*parts: dict[str, Any], on: str, assume: str = "ordinary", **more: Any) -> licet.Determination:
    question: dict[str, Any] = {"on": on}
    for part in (*parts, more):
        question |= part
    return licet.ask(question, assume=assume)


def reasons(answer: licet.Determination) -> set[str]:
    return {each.provision for each in answer.requirements}


# --- General Prohibition 10 and the chips of the guidance -------------------------------------------------------------


@pytest.mark.parametrize("on", ["2025-05-13", "2025-05-20", "2026-06-15"])
def test_use_of_an_ascend_is_presumed_to_need_authority(on: str) -> None:
    answer = ask(ASCEND, on=on, moved_in_violation="no")
    assert str(answer.outcome) == "license_required"
    assert "chip presumed made in violation" in reasons(answer)


def test_before_the_guidance_nothing_was_presumed() -> None:
    assert str(ask(ASCEND, on="2025-05-12", moved_in_violation="no").outcome) == "no_license_required"


@pytest.mark.parametrize("way_out", ["authorization_confirmed", "for_technical_analysis"])
def test_proof_or_technical_analysis_rebuts_the_presumption(way_out: str) -> None:
    answer = ask(ASCEND, on="2025-06-15", moved_in_violation="no", **{way_out: "yes"})
    assert str(answer.outcome) == "no_license_required"


def test_silence_does_not_rebut_the_presumption() -> None:
    answer = ask(ASCEND, on="2025-06-15", assume="strict", end_user_hq="MY", moved_in_violation="no")
    assert str(answer.outcome) == "undetermined"
    assert {"authorization_confirmed", "for_technical_analysis"} <= set(answer.missing)


def test_a_named_chip_without_figures_is_reached() -> None:
    answer = ask({"item_vendor": "Huawei", "item_kind": "integrated_circuit", "ascend_910": "yes"}, on="2025-06-15",
                 activity="use", destination="MY")  # fmt: skip
    assert "chip presumed made in violation" in reasons(answer)


def test_the_presumption_does_not_reach_makers_elsewhere() -> None:
    answer = ask(H100, on="2025-06-15", activity="use", destination="MY", end_user_hq="MY", moved_in_violation="no")
    assert str(answer.outcome) == "no_license_required"


def test_use_asks_whether_the_item_moved_in_violation() -> None:
    answer = ask(H100, on="2025-06-15", activity="use", destination="MY", end_user_hq="MY")
    assert (str(answer.outcome), "moved_in_violation" in answer.missing) == ("undetermined", True)


def test_an_item_that_moved_in_violation_may_not_be_used() -> None:
    answer = ask(H100, on="2024-06-15", activity="use", destination="MY", end_user_hq="MY", moved_in_violation="yes")
    assert str(answer.outcome) == "license_required"
    assert "General Prohibition 10" in reasons(answer)
    assert any("earlier violation" in each for each in answer.red_flags)


def test_a_known_violation_reaches_a_shipment_too() -> None:
    """15 CFR 736.2(b)(10): sell, transfer, export, reexport, forward, or otherwise service."""
    answer = ask(H100, TO_FRANCE, on="2024-06-15", moved_in_violation="yes")
    assert str(answer.outcome) == "license_required"
    assert "General Prohibition 10, other acts" in reasons(answer)
    assert answer.review_policy is None


@pytest.mark.parametrize("assume", ["strict", "ordinary"])
def test_silence_about_a_violation_says_that_none_is_known(assume: str) -> None:
    rest = {"end_user_listed": "none", "end_user_military": "no", "other_parties": "no", "end_use": "consumer",
            "exporter_listed": "none"}  # fmt: skip
    answers = [
        ask(SMALL, TO_FRANCE, rest, on="2024-06-15", assume=assume, eccn="EAR99", exporter="Somebody", **more)
        for more in ({}, {"moved_in_violation": "no"})
    ]
    assert [str(each.outcome) for each in answers] == ["no_license_required"] * 2
    assert all("moved_in_violation" not in each.missing for each in answers)
    assert all(not each.possible_requirements for each in answers)


@pytest.mark.parametrize(
    ("on", "words"),
    [("2025-05-14", "anywhere in the world"), ("2025-05-20", "a risk of using"), ("2026-06-15", "risk")],
)
def test_both_wordings_of_the_press_release(on: str, words: str) -> None:
    """First that using Ascend chips anywhere violates the rules; replaced within days by a warning of the risks."""
    answer = ask(ASCEND, on=on, moved_in_violation="no")
    (clause,) = [part for id_, part, _ in answer.enforced.kind("requires") if id_ == "chip presumed made in violation"]
    assert words in clause.concludes["text"]


@pytest.mark.parametrize(
    ("footnote", "outcome"), [("footnote_1", "license_required"), ("none", "no_license_required")]
)  # fmt: skip
def test_what_goes_into_a_product_of_a_footnote_party(footnote: str, outcome: str) -> None:
    """15 CFR 734.9(e)(1)(ii)(A): incorporation into what Huawei makes, buys or orders, Huawei being no party."""
    module = {"shipped_from": "TW", "destination": "VN", "end_user_hq": "VN", "us_origin": "no"}
    answer = ask(SMALL, module, on="2024-06-15", eccn="EAR99", direct_product="yes", goes_into_listed=footnote)
    assert str(answer.outcome) == outcome


def test_what_goes_into_a_product_of_a_footnote_party_asks_whether_it_is_a_direct_product() -> None:
    answer = ask(SMALL, TO_FRANCE, on="2024-06-15", eccn="EAR99", goes_into_listed="footnote_1")
    assert (str(answer.outcome), "direct_product" in answer.missing) == ("undetermined", True)


# --- training ---------------------------------------------------------------------------------------------------------


TRAINING = {"destination": "MY", "end_user_hq": "MY", "shipped_from": "SG", "end_use": "ai_training"}


@pytest.mark.parametrize(
    ("seat", "knowledge", "outcome"),
    [("CN", "yes", "license_required"), ("CN", "no", "no_license_required"), ("FR", "yes", "no_license_required"),
     ("CN", "unknown", "undetermined")],
)  # fmt: skip
def test_training_for_a_party_of_d5(seat: str, knowledge: str, outcome: str) -> None:
    answer = ask(H100, TRAINING, on="2025-06-15", training_for_hq=seat, training_knowledge=knowledge)
    assert str(answer.outcome) == outcome
    assert any("training AI models" in each for each in answer.red_flags) == (seat == "CN")


# --- the Affiliates Rule ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "enforced", "written"),
    [
        ("2025-09-28", "no_license_required", "no_license_required"),
        ("2025-09-29", "license_required", "license_required"),
        ("2025-11-09", "license_required", "license_required"),
        ("2025-11-10", "no_license_required", "no_license_required"),
        ("2026-11-09", "no_license_required", "no_license_required"),
        ("2026-11-10", "undetermined", "license_required"),
    ],
)
def test_a_party_that_listed_parties_own_by_half(on: str, enforced: str, written: str) -> None:
    answer = ask(SMALL, TO_FRANCE, on=on, end_user_owned_by_listed_percent=50)
    assert (str(answer.outcome), str(answer.outcome_as_written)) == (enforced, written)


@pytest.mark.parametrize("on", ["2025-10-15", "2026-11-20"])
def test_just_below_half_is_a_red_flag_alone(on: str) -> None:
    answer = ask(SMALL, TO_FRANCE, on=on, end_user_owned_by_listed_percent="49.9")
    assert str(answer.outcome) == "no_license_required"
    assert any("Red flag 29" in each for each in answer.red_flags)


def test_ownership_is_asked_in_the_window() -> None:
    answer = ask(SMALL, TO_FRANCE, on="2025-10-15", assume="strict", other_parties="no")
    assert "end_user_owned_by_listed_percent" in answer.missing


# --- U.S. persons -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "place", "more", "outcome"),
    [
        ("2022-10-11", "CN", {}, "no_license_required"),
        ("2022-10-12", "CN", {}, "license_required"),
        ("2022-10-12", "JP", {}, "no_license_required"),
        ("2024-06-01", "CN", {}, "license_required"),
        ("2024-06-01", "CN", {"employed_by_friendly_company": "yes"}, "no_license_required"),
        ("2024-06-01", "CN", {"subject_to_ear": "no"}, "prohibited"),
        ("2024-06-01", "CN", {"support_for": "other"}, "no_license_required"),
        ("2024-06-01", "CN", {"support_for": "unknown"}, "undetermined"),
        ("2024-06-01", "JP", {"support_for": "wmd"}, "license_required"),
    ],
)
def test_support_by_a_us_person(on: str, place: str, more: dict[str, Any], outcome: str) -> None:
    question = {"activity": "support", "support_for": "advanced_node_facility", "destination": place, **more}
    assert str(ask(SMALL, question, on=on).outcome) == outcome


# --- red flags and reach ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FLAGS)
def test_a_red_flag_speaks_and_changes_no_outcome(name: str) -> None:
    silent, said = (ask(SMALL, TO_FRANCE, on="2025-06-15", **more) for more in ({}, {name: "yes"}))
    assert str(silent.outcome) == str(said.outcome) == "no_license_required"
    assert len(said.red_flags) == len(silent.red_flags) + 1
    assert name not in silent.missing


@pytest.mark.parametrize(
    ("more", "warned", "outcome"),
    [
        ({"us_origin": "yes"}, True, "no_license_required"),
        ({"us_content_percent": "25.5"}, True, "no_license_required"),
        ({"direct_product": "yes", "end_user_listed": "footnote_4"}, True, "license_required"),
        ({}, False, "no_license_required"),
        ({"end_user_listed": "entity_list"}, False, "no_license_required"),
        ({"end_user_listed": "entity_list", "us_origin": "yes"}, True, "license_required"),
    ],
)
def test_said_to_be_outside_the_ear(more: dict[str, str], warned: bool, outcome: str) -> None:
    """15 CFR 734.3(a): what the facts bring under the EAR no word takes out; without such facts the word counts."""
    question = {"shipped_from": "SG", "destination": "MY", "end_user_hq": "MY", "subject_to_ear": "no", **more}
    answer = ask(SMALL, question, on="2025-06-15")
    assert str(answer.outcome) == outcome
    assert any("is not subject to the EAR; by the other facts" in each for each in answer.warnings) is warned


@pytest.mark.parametrize("more", [{}, {"in_us": "yes"}, {"us_origin": "yes"}])
@pytest.mark.parametrize("place", ["CN", "MO", "RU", "SA"])
def test_a_word_takes_no_chip_in_the_united_states_out_of_the_ear(place: str, more: dict[str, str]) -> None:
    answer = ask(H100, more, on="2025-06-15", shipped_from="US", destination=place, subject_to_ear="no")
    assert str(answer.outcome) == "license_required"


# --- where parties are ------------------------------------------------------------------------------------------------

TO_SINGAPORE = {**H100, "shipped_from": "US", "destination": "SG"}


@pytest.mark.parametrize("role", ["end_user", "consignee", "purchaser", "intermediate"])
@pytest.mark.parametrize("place", ["CN", "HK", "MO"])
def test_who_is_in_china_is_not_taken_to_have_its_seat_elsewhere(role: str, place: str) -> None:
    answer = ask(TO_SINGAPORE, {f"{role}_country": place}, on="2026-03-01")
    assert (str(answer.outcome), f"{role}_hq" in answer.missing) == ("undetermined", True)


def test_an_end_user_in_china_keeps_a_shipment_elsewhere_from_being_cleared() -> None:
    """15 CFR 748.5(f): the end user is who receives and uses the item; its country is the ultimate destination."""
    there = ask(TO_SINGAPORE, on="2026-03-01", end_user_country="CN", end_user_hq="SG")
    here = ask(TO_SINGAPORE, on="2026-03-01", end_user_country="SG", end_user_hq="SG")
    assert (str(there.outcome), str(here.outcome)) == ("undetermined", "no_license_required")


@pytest.mark.parametrize(("place", "outcome"), [("VN", "license_required"), ("JP", "no_license_required")])
def test_passage_through_a_place_of_general_prohibition_8(place: str, outcome: str) -> None:
    assert str(ask(TO_SINGAPORE, on="2026-03-01", end_user_hq="SG", via=place).outcome) == outcome


# --- manufacturing items ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("eccn", "end_use", "outcome"),
    [
        ("3B991", "ic_production_unknown_node", "license_required"),
        ("3C992", "ic_production_unknown_node", "license_required"),
        ("3B993", None, "undetermined"),
        ("3B993", "ic_production", "no_license_required"),
        ("EAR99", "ic_production_unknown_node", "no_license_required"),
    ],
)
def test_equipment_for_a_facility_in_china(eccn: str, end_use: str | None, outcome: str) -> None:
    """15 CFR 744.23(a)(2)(ii): Category 3, groups B to E, for a facility of which the node is not known."""
    more = {"end_use": end_use} if end_use else {}
    answer = ask(more, on="2026-08-15", eccn=eccn, shipped_from="US", destination="CN", end_user_hq="CN")
    assert str(answer.outcome) == outcome


# --- territories ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["PR", "Guam", "US Virgin Islands", "American Samoa", "MP"])
def test_what_goes_to_a_territory_of_the_united_states_is_no_export(place: str) -> None:
    """15 CFR 772.1, United States; with 734.13, an export leaves the United States."""
    answer = ask(H100, on="2026-08-01", shipped_from="US", destination=place)
    assert str(answer.outcome) == str(answer.outcome_as_written) == "no_license_required"


@pytest.mark.parametrize("place", ["CN", "RU", "SG"])
def test_what_leaves_a_territory_of_the_united_states_is_an_export(place: str) -> None:
    from_guam = ask(H100, on="2026-08-01", shipped_from="Guam", destination=place, end_user_hq=place)
    from_us = ask(H100, on="2026-08-01", shipped_from="US", destination=place, end_user_hq=place)
    assert (from_guam.outcome, from_guam.review_policy) == (from_us.outcome, from_us.review_policy)

"""Three-valued logic, candidates, quotients on the line, paragraphs and names."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any as Anything

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet import facts
from licet.logic.evaluate import name_key, opener, tracer
from licet.logic.evaluate import test as compiled
from licet.logic.nodes import All, Always, Any, Node, Not
from licet.logic.parse import expression, outline
from licet.places import codes
from licet.unknown import NO, UNKNOWN, YES, Among, Truth

GROUPS = {"D5": frozenset({"CN", "RU"}), "D1": frozenset({"CN", "VN"})}
RAW = (True, False, None)


def truth(text: str, known: Mapping[str, Anything], applies: Mapping[str, bool | None] | None = None) -> bool | None:
    return compiled(expression(text, GROUPS), GROUPS)(known, lambda id_: (applies or {})[id_])


# --- Kleene's strong logic --------------------------------------------------------------------------------------------

TWO = ("datacenter", "has_hbm")
KLEENE_AND = {
    (True, True): True, (True, False): False, (True, None): None,
    (False, True): False, (False, False): False, (False, None): False,
    (None, True): None, (None, False): False, (None, None): None,
}  # fmt: skip


def given_(a: bool | None, b: bool | None) -> dict[str, bool]:
    return {name: value for name, value in zip(TWO, (a, b), strict=True) if value is not None}


@pytest.mark.parametrize(("a", "b"), list(itertools.product(RAW, RAW)))
def test_and(a: bool | None, b: bool | None) -> None:
    assert truth("datacenter and has_hbm", given_(a, b)) is KLEENE_AND[a, b]


@pytest.mark.parametrize(("a", "b"), list(itertools.product(RAW, RAW)))
def test_or_is_and_seen_from_the_other_side(a: bool | None, b: bool | None) -> None:
    def deny(x: bool | None) -> bool | None:
        return None if x is None else not x

    assert truth("datacenter or has_hbm", given_(a, b)) is deny(KLEENE_AND[deny(a), deny(b)])


@pytest.mark.parametrize(("a", "expected"), [(True, False), (False, True), (None, None)])
def test_not(a: bool | None, expected: bool | None) -> None:
    assert truth("not datacenter", given_(a, None)) is expected


@pytest.mark.parametrize("raw", RAW)
def test_applies_passes_on_what_the_other_provision_says(raw: bool | None) -> None:
    assert truth('applies("x")', {}, {"x": raw}) is raw


def test_nothing_asked_of_all_is_yes_and_of_any_is_no() -> None:
    assert compiled(All(()), GROUPS)({}, lambda _: None) is True
    assert compiled(Any(()), GROUPS)({}, lambda _: None) is False


@pytest.mark.parametrize(
    "text",
    ["tpp >= 0", "tpp < 0", "tpp != 1", "destination in D5", "destination == CN", "end_use != military", "datacenter",
     "not datacenter", "entity_list in end_user_listed", 'eccn == "3A090"', "exporter == NVIDIA",
     "tpp >= 2 * die_area_mm2", "performance_density < 1"],
)  # fmt: skip
def test_a_missing_fact_is_unknown_and_never_zero_false_or_none(text: str) -> None:
    assert truth(text, {}) is None


NODES = st.recursive(
    st.sampled_from(["datacenter", "has_hbm", "sample", "purchase_order"]).map(lambda name: expression(name, GROUPS))
    | st.booleans().map(Always),
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, max_size=4).map(lambda nodes: All(tuple(("", node) for node in nodes))),
        st.lists(parts, max_size=4).map(lambda nodes: Any(tuple(("", node) for node in nodes))),
    ),
    max_leaves=12,
)
KNOWN = st.dictionaries(st.sampled_from(["datacenter", "has_hbm", "sample", "purchase_order"]), st.booleans())


@given(NODES, KNOWN, st.sampled_from(["datacenter", "has_hbm", "sample", "purchase_order"]), st.booleans())
def test_what_is_decided_stays_decided_when_more_is_known(
    node: Node, known: dict[str, bool], name: str, value: bool
) -> None:
    before = compiled(node, GROUPS)(known, lambda _: None)
    if before is not None:
        assert compiled(node, GROUPS)({name: value, **known}, lambda _: None) is before


@given(NODES, KNOWN)
def test_the_trace_says_what_the_fast_function_says(node: Node, known: dict[str, bool]) -> None:
    raw = compiled(node, GROUPS)(known, lambda _: None)
    assert tracer(node, GROUPS)(known, lambda _: None).truth is Truth.of(raw)


PLACES = st.lists(
    st.sampled_from([None, *sorted(codes()), Among({"CN", "FR"}, "one"), Among({"CN", "RU"}, "two")]), max_size=200
)


@given(PLACES)
def test_a_tracer_shows_each_question_its_own_value(places: list[Anything]) -> None:
    """Steps are kept for values seen before, and made anew when there are too many."""
    node = expression("destination in D5", GROUPS)
    trace, decide = tracer(node, GROUPS), compiled(node, GROUPS)
    for place in places:
        known = {} if place is None else {"destination": place}
        step = trace(known, lambda _: None)
        assert step.truth is Truth.of(decide(known, lambda _: None))
        assert step.facts[0][1] is place


def test_a_trace_stops_where_the_answer_was_found() -> None:
    node = outline({"all": {"i": "datacenter", "ii": "has_hbm"}}, GROUPS)
    step = tracer(node, GROUPS)({"datacenter": False}, lambda _: None)
    assert [part.label for part in step.steps] == ["i"]


@given(NODES, KNOWN)
def test_what_is_open_names_leaves_and_what_is_decided_names_none(node: Node, known: dict[str, bool]) -> None:
    raw = compiled(node, GROUPS)(known, lambda _: None)
    truth, leaves = opener(node, GROUPS)(known, lambda _: None)
    assert truth is raw
    if raw is None:
        assert leaves
        assert all(compiled(leaf, GROUPS)(known, lambda _: None) is None for leaf in leaves)


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [("<", 1, 0, 0), ("<=", 1, 1, 0), (">", 0, 0, 1), (">=", 0, 1, 1), ("==", 0, 1, 0), ("!=", 1, 0, 1)],
)
def test_a_threshold_is_met_to_the_last_digit(op: str, below: int, at: int, above: int) -> None:
    for value, expected in (("5.919999999999", below), ("5.92", at), ("5.920000000001", above)):
        known = {"memory_bandwidth_density": Decimal(value)}
        assert truth(f"memory_bandwidth_density {op} 5.92", known) is bool(expected)


def on_the_line(cut: str) -> list[tuple[Decimal, Decimal]]:
    """TPP and die area whose quotient is exactly `cut`: areas in tenths of a square millimeter."""
    return [(Decimal(cut) * area, area) for area in (Decimal(tenths) / 10 for tenths in range(10, 8600))]


LINES = {cut: on_the_line(cut) for cut in ("1.6", "3.2", "5.92")}


def test_the_lines_are_those_that_were_measured() -> None:
    assert sum(map(len, LINES.values())) == 25_770


@pytest.mark.parametrize("cut", LINES)
def test_no_quotient_exactly_on_a_line_falls_off_it(cut: str) -> None:
    at_least, below = (compiled(expression(f"performance_density {op} {cut}", ()), {}) for op in (">=", "<"))
    for tpp, area in LINES[cut]:
        known = {"tpp": tpp, "die_area_mm2": area}
        assert at_least(known, lambda _: None) is True
        assert below(known, lambda _: None) is False


@pytest.mark.parametrize("cut", LINES)
def test_a_product_exactly_on_a_line_does_not_fall_off_it_either(cut: str) -> None:
    decide = compiled(expression(f"tpp >= {cut} * die_area_mm2", ()), {})
    assert all(decide({"tpp": tpp, "die_area_mm2": area}, lambda _: None) for tpp, area in LINES[cut])


def test_the_smallest_step_off_the_line_counts() -> None:
    decide = compiled(expression("performance_density >= 5.92", ()), {})
    tpp, area = Decimal("4818.88"), Decimal(814)
    assert decide({"tpp": tpp, "die_area_mm2": area}, lambda _: None) is True
    assert decide({"tpp": tpp - Decimal("1e-12"), "die_area_mm2": area}, lambda _: None) is False


def test_the_two_sides_of_a_quotient_go_before_the_quotient() -> None:
    """A rounded density from a data sheet does not move a chip over the line when both sides are known."""
    known = {"performance_density": Decimal("5.92"), "tpp": Decimal(4736), "die_area_mm2": Decimal("800.1")}
    assert truth("performance_density >= 5.92", known) is False


def test_a_float_from_a_caller_is_the_number_its_digits_say() -> None:
    assert facts.parse("performance_density", 5.92) == Decimal("5.92")
    assert facts.parse("tpp", 4818.88) == Decimal("4818.88")


# --- candidates -------------------------------------------------------------------------------------------------------


def test_candidates_that_agree_decide() -> None:
    area = Among({Decimal(600), Decimal(814)}, "two sources")
    assert truth("die_area_mm2 < 900", {"die_area_mm2": area}) is True
    assert truth("die_area_mm2 < 500", {"die_area_mm2": area}) is False
    assert truth("die_area_mm2 < 700", {"die_area_mm2": area}) is None


def test_candidates_of_both_sides_of_a_quotient_are_all_tried() -> None:
    known = {"tpp": Among({Decimal(4000), Decimal(4100)}), "die_area_mm2": Among({Decimal(600), Decimal(700)})}
    assert truth("performance_density >= 5.92", known) is None
    assert truth("performance_density >= 5", known) is True
    assert truth("performance_density >= 7", known) is False


def test_candidate_countries_meet_a_group_when_all_are_in_it() -> None:
    assert truth("destination in D5", {"destination": Among({"CN", "RU"})}) is True
    assert truth("destination in D5", {"destination": Among({"FR", "DE"})}) is False
    assert truth("destination in D5", {"destination": Among({"CN", "FR"})}) is None


def test_among_refuses_to_be_a_bool_to_change_and_to_be_empty() -> None:
    value = Among({1, 2}, "why")
    with pytest.raises(TypeError, match="among some candidates"):
        bool(value)
    with pytest.raises(AttributeError, match="frozen"):
        value.why = "other"  # type: ignore[misc]
    with pytest.raises(ValueError, match="at least one"):
        Among(())


def test_among_is_equal_by_its_candidates() -> None:
    assert Among({1, 2}) == Among({2, 1}, "another reason")
    assert hash(Among({1, 2})) == hash(Among({2, 1}))
    assert str(Among(range(10, 20))) == "one of 10 (10 … 19)"


@pytest.mark.parametrize("value", [YES, NO, UNKNOWN])
def test_a_truth_refuses_to_be_a_bool(value: Truth) -> None:
    with pytest.raises(TypeError, match="a Truth may be unknown and is no bool"):
        bool(value)
    with pytest.raises(TypeError, match="no bool"):
        _ = "cleared" if value else "not cleared"


# --- paragraphs, names, sets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asserted", "wanted", "expected"),
    [
        ("3A090.a", "3A090.a", True),
        ("3A090.a.1", "3A090.a", True),
        ("3A090", "3A090.a", None),
        ("3A090.b", "3A090.a", False),
        ("3A090.ab", "3A090.a", False),
        ("5A992.z", "5A992.z.1", None),
        ("5A992.c", "5A992.z", False),
        ("EAR99", "3A090", False),
    ],
)
def test_a_paragraph_holds_what_is_below_it(asserted: str, wanted: str, expected: bool | None) -> None:
    """An asserted entry around the paragraph asked for leaves it open; one below it meets it."""
    assert truth(f'eccn == "{wanted}"', {"eccn": asserted}) is expected


def test_one_sure_paragraph_in_a_list_settles_an_open_one() -> None:
    assert truth('eccn in ("3A090.a", "3A090")', {"eccn": "3A090"}) is True
    assert truth('eccn in ("3A090.a", "4A090")', {"eccn": "3A090"}) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("3a090a", "3A090.a"), ("3A090.A.1", "3A090.a.1"), (" 5a992.Z.1 ", "5A992.z.1"), ("ear99", "EAR99"),
        ("3A090a1", "3A090.a.1"),
    ],
)  # fmt: skip
def test_a_paragraph_may_be_written_in_many_ways(raw: str, expected: str) -> None:
    assert facts.parse("eccn", raw) == expected


@pytest.mark.parametrize(
    ("exporter", "expected"),
    [
        ("NVIDIA", True), ("nvidia corporation", True), ("NVIDIA Corp.", True), ("NVIDIA Singapore Pte. Ltd.", True),
        ("The NVIDIA Group", True), ("Envidia", False), ("Super Micro", False), ("NVIDIAN", False),
        ("Distributor of NVIDIA", False),
    ],
)  # fmt: skip
def test_a_letter_finds_its_addressee_and_its_subsidiaries(exporter: str, expected: bool) -> None:
    assert truth("exporter == NVIDIA", {"exporter": exporter}) is expected


def test_a_name_made_of_nothing_but_a_legal_form_keeps_it() -> None:
    assert name_key("Company Ltd") == ("company", "ltd")


def test_a_set_holds_any_of_the_values_asked_for() -> None:
    known = {"end_user_listed": frozenset({"entity_list", "footnote_4"})}
    assert truth("footnote_4 in end_user_listed", known) is True
    assert truth("(footnote_5, sdn) in end_user_listed", known) is False


def test_a_party_that_is_not_there_meets_no_quantifier_and_one_that_may_be_leaves_it_open() -> None:
    some = compiled(outline({"some": "party", "is": "hq in D5"}, GROUPS), GROUPS)
    others = ("consignee", "purchaser", "intermediate")
    alone = {f"{role} present": False for role in others}
    assert some({"end_user_hq": "FR", **alone}, lambda _: None) is False
    assert some({"end_user_hq": "CN"}, lambda _: None) is True
    assert some({"end_user_hq": "FR"}, lambda _: None) is None
    assert some({"end_user_hq": "FR", **alone, "consignee present": True}, lambda _: None) is None
    assert some({"end_user_hq": "FR", **alone, "consignee present": True, "consignee_hq": "CN"}, lambda _: None) is True


def test_every_party_is_the_opposite_question() -> None:
    every = compiled(outline({"every": "party", "is": "not (hq in D5)"}, GROUPS), GROUPS)
    alone = {f"{role} present": False for role in ("consignee", "purchaser", "intermediate")}
    assert every({"end_user_hq": "FR", **alone}, lambda _: None) is True
    assert every({"end_user_hq": "FR"}, lambda _: None) is None
    assert every({"end_user_hq": "CN"}, lambda _: None) is False


def test_the_trace_shows_the_values_each_leaf_saw() -> None:
    node = outline({"all": {"a.1": "tpp >= 4800", "a.2": "performance_density >= 5.92"}}, GROUPS)
    step = tracer(node, GROUPS, "3A090.a")({"tpp": Decimal(5000)}, lambda _: None)
    assert step.to_dict() == {
        "label": "3A090.a", "text": "all of", "truth": "unknown",
        "steps": [
            {"label": "a.1", "text": "tpp >= 4800", "truth": "yes", "facts": {"tpp": 5000}},
            {"label": "a.2", "text": "performance_density >= 5.92", "truth": "unknown",
             "facts": {"tpp": 5000, "die_area_mm2": None}},
        ],
    }  # fmt: skip

"""The language of conditions: what it says, and everything it refuses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from licet.errors import ExpressionError
from licet.logic.nodes import All, Always, Any, Applies, Compare, Equals, Holds, Is, Node, Not, Present, Within, walk
from licet.logic.parse import expression, outline

GROUPS = ("D5", "D1", "D5_or_Macau")


def parse(text: str, role: str = "") -> Node:
    return expression(text, GROUPS, role=role)


# --- what it says -----------------------------------------------------------------------------------------------------


def test_a_number_keeps_the_digits_that_were_written() -> None:
    assert parse("performance_density >= 5.92") == Compare(
        "performance_density", ">=", Decimal(0), "", Decimal("5.92"), "performance_density >= 5.92"
    )


def test_a_threshold_may_stand_on_either_side() -> None:
    node = parse("4800 > tpp")
    assert isinstance(node, Compare)
    assert (node.fact, node.op, node.plus) == ("tpp", "<", Decimal(4800))


def test_a_fact_may_be_compared_with_a_constant_times_a_fact_plus_a_constant() -> None:
    node = parse("dram_bandwidth_gbs >= -1 * io_bandwidth_gbs + 1700")
    assert isinstance(node, Compare)
    assert (node.times, node.other, node.plus) == (Decimal(-1), "io_bandwidth_gbs", Decimal(1700))


def test_a_chain_becomes_its_pairs() -> None:
    node = parse("2400 <= tpp < 4800")
    assert isinstance(node, All)
    assert [(part.op, part.plus) for _, part in node.parts if isinstance(part, Compare)] == [
        (">=", Decimal(2400)), ("<", Decimal(4800)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("datacenter", Is("datacenter", "datacenter")),
        ("always", Always(True, "always")),
        ("never", Always(False, "never")),
        ("destination in D5", Within("destination", "D5", "destination in D5")),
        ("destination == HK", Equals("destination", frozenset({"CN"}), "destination == HK")),
        ("destination in (NO, MO)", Equals("destination", frozenset({"NO", "MO"}), "destination in (NO, MO)")),
        ("end_use in (military, wmd)", Equals("end_use", frozenset({"military", "wmd"}), "end_use in (military, wmd)")),
        ("activity != use", Not(Equals("activity", frozenset({"use"}), "activity == use"), "activity != use")),
        ('eccn == "3a090A"', Equals("eccn", frozenset({"3A090.a"}), 'eccn == "3a090A"')),
        (
            "(footnote_4, footnote_5) in end_user_listed",
            Holds(
                "end_user_listed",
                frozenset({"footnote_4", "footnote_5"}),
                "(footnote_4, footnote_5) in end_user_listed",
            ),
        ),
        ('applies("3A090.a")', Applies("3A090.a", "3A090.a applies")),
        ("not datacenter", Not(Is("datacenter", "datacenter"), "not datacenter")),
        (
            "destination not in D5",
            Not(Within("destination", "D5", "destination in D5"), "destination not in D5"),
        ),
    ],
)  # fmt: skip
def test_a_line_becomes_a_node(text: str, expected: Node) -> None:
    assert parse(text) == expected


def test_and_binds_closer_than_or() -> None:
    node = parse("datacenter or has_hbm and sample")
    assert isinstance(node, Any)
    assert isinstance(node.parts[1][1], All)


def test_inside_a_quantifier_the_attributes_of_a_party_have_short_names() -> None:
    assert parse("hq in D5", role="consignee") == Within("consignee_hq", "D5", "hq in D5")
    assert parse("name == NVIDIA", role="exporter") == Equals("exporter", frozenset({"NVIDIA"}), "name == NVIDIA")


def test_an_outline_keeps_the_labels_of_the_law() -> None:
    node = outline({"any": {"a.1": "tpp >= 4800", "a.2": "tpp >= 1600"}}, GROUPS)
    assert isinstance(node, Any)
    assert [label for label, _ in node.parts] == ["a.1", "a.2"]


def test_none_of_is_the_opposite_of_any() -> None:
    node = outline({"none": ["datacenter", "sample"]}, GROUPS)
    assert isinstance(node, Not)
    assert isinstance(node.part, Any)


def test_some_party_asks_every_role_and_whether_somebody_has_it() -> None:
    node = outline({"some": "party", "is": "hq in D5"}, GROUPS)
    assert isinstance(node, Any)
    assert [role for role, _ in node.parts] == ["end_user", "consignee", "purchaser", "intermediate"]
    assert [part.role for part in walk(node) if isinstance(part, Present)] == ["consignee", "purchaser", "intermediate"]


# --- what it refuses --------------------------------------------------------------------------------------------------

REFUSED = {
    "a call": ("len(item) > 3", "starts with a fact"),
    "import": ("__import__('os').system('id')", "call"),
    "a name of Python": ("__builtins__", "no fact"),
    "an attribute": ("tpp.real >= 1", "comparison starts with a fact"),
    "an attribute on the right": ("tpp >= tpp.real", "compared with a constant"),
    "division": ("tpp / die_area_mm2 >= 5.92", "cannot divide|starts with a fact"),
    "division on the right": ("tpp >= 5.92 / die_area_mm2", "cannot divide"),
    "floor division": ("tpp >= 10 // die_area_mm2", "cannot divide"),
    "a power": ("tpp >= 2 ** 4", "compared with a constant"),
    "a huge power": ("tpp >= 9 ** 9 ** 9", "compared with a constant"),
    "lambda": ("lambda: 1", "Lambda"),
    "a comprehension": ("[x for x in (1,)]", "ListComp"),
    "a generator": ("any(x for x in (1,))", "call"),
    "an f-string": ('eccn == f"{tpp}"', "no value of eccn"),
    "a walrus": ("(x := 3) >= 2", "starts with a fact"),
    "a conditional": ("datacenter if sample else has_hbm", "IfExp"),
    "a subscript": ("tpp[0] >= 1", "starts with a fact"),
    "await": ("await tpp", "no condition|Await"),
    "a statement": ("tpp = 3", "no condition"),
    "two lines": ("tpp >= 3\ndatacenter", "no condition"),
    "a star": ("destination in (*D5,)", "no value of destination"),
    "a bare number": ("4800", "Constant"),
    "a bare text": ("'always'", "Constant"),
    "True": ("True", "Constant"),
    "nothing": ("", "no condition"),
    "an empty comparison": ("tpp >=", "no condition"),
    "a null byte": ("tpp >= 1\0", "no condition"),
    "applies without an id": ("applies()", "only call"),
    "applies of a name": ("applies(tpp)", "only call"),
    "applies with a keyword": ('applies("a", b=1)', "only call"),
    "is": ("datacenter is sample", "compared with"),
    "bitwise and": ("datacenter & sample", "BinOp"),
    "minus": ("tpp >= io_bandwidth_gbs - 3", "compared with a constant"),
    "two facts times each other": ("tpp >= tpp * die_area_mm2", "compared with a constant"),
    "itself": ("tpp >= 2 * tpp", "compared with itself"),
    "a quotient on the right": ("tpp >= performance_density", "no plain number"),
    "a number as a condition": ("tpp", "no yes-or-no fact"),
    "a text as a number": ("tpp >= '4800'", "is no number"),
    "a bool as a number": ("tpp >= True", "is no number"),
    "a choice as a number": ("tpp >= end_use", "no plain number"),
    "an order of choices": ("end_use > military", "has no order"),
    "an impossible choice": ("end_use == gardening", "end_use cannot be 'gardening'"),
    "an impossible country": ("destination == Atlantis", "destination cannot be 'Atlantis'"),
    "a group that does not exist": ("destination in D6", "no country group D6"),
    "a group of a choice": ("end_use in D5", "looked up in a list"),
    "a number among choices": ("end_use in (1, 2)", "is no value of end_use"),
    "an impossible set value": ("footnote_9 in end_user_listed", "end_user_listed cannot be 'footnote_9'"),
    "in something that is no set": ("military in end_use", "end_use is no set"),
    "an impossible paragraph": ('eccn == "XYZ"', "eccn cannot be 'XYZ'"),
    "a fact that does not exist": ("datacentre", "'datacentre' is no fact. Did you mean 'datacenter'"),
    "a party's attribute outside a quantifier": ("hq in D5", "'hq' is no fact"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses(name: str) -> None:
    text, said = REFUSED[name]
    with pytest.raises(ExpressionError, match=said):
        parse(text)


def test_a_refusal_names_the_column_and_the_line() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("datacenter and smaple")
    assert str(caught.value) == "column 16 of 'datacenter and smaple': 'smaple' is no fact. Did you mean 'sample'?"


@pytest.mark.parametrize("text", ["tppp >= 4800", "4800 <= tppp", "end_usee == military"])
def test_a_mistyped_fact_in_a_comparison_gets_a_hint_too(text: str) -> None:
    with pytest.raises(ExpressionError, match=r"is no fact\. Did you mean"):
        parse(text)


@pytest.mark.parametrize("text", ["tpp >= 0x10", "tpp >= 0b11", "tpp >= 0o7"])
def test_a_number_is_written_in_decimal_digits(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_a_threshold_is_a_quantity_that_a_fact_can_have() -> None:
    with pytest.raises(ExpressionError):
        parse("tpp >= 1e999999999")


@pytest.mark.parametrize("text", ["end_user_listed == entity_list", "end_user_listed in (entity_list, sdn)"])
def test_a_set_is_asked_what_it_holds_and_not_what_it_equals(text: str) -> None:
    with pytest.raises(ExpressionError, match="end_user_listed"):
        parse(text)


def test_an_unknown_group_gets_a_hint() -> None:
    with pytest.raises(ExpressionError, match="Did you mean 'D5_or_Macau'"):
        parse("destination in D5_or_Macao")


def test_an_impossible_value_lists_the_possible_ones() -> None:
    with pytest.raises(ExpressionError, match="military"):
        parse("end_use == militray")


def test_a_very_long_line_is_refused_unread() -> None:
    with pytest.raises(ExpressionError, match="a condition of 26000 characters"):
        parse("datacenter or" * 2000)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(ExpressionError, match="no condition"):
        parse("(" * 900 + "sample" + ")" * 900)


def test_an_outline_has_a_depth() -> None:
    tree: object = "datacenter"
    for _ in range(14):
        tree = {"all": [tree]}
    with pytest.raises(ExpressionError, match="more than 12 deep"):
        outline(tree, GROUPS)


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ({"alll": ["datacenter"]}, "Did you mean 'all'"),
        ({"all": ["datacenter"], "any": ["sample"]}, "an outline has one of"),
        ({"all": "datacenter"}, "hold a list or labelled parts"),
        ({}, "an outline has one of"),
        (["datacenter"], "a line or an outline"),
        (None, "a line or an outline"),
        ({"some": "party"}, "a quantifier is written"),
        ({"some": "party", "is": "hq in D5", "or": "x"}, "a quantifier is written"),
        ({"some": "partie", "is": "hq in D5"}, "'partie' is no role. Did you mean 'party'"),
        ({"every": ["end_user", "friend"], "is": "hq in D5"}, "'friend' is no role"),
        ({"some": "party", "is": "hq > D5"}, "no order"),
    ],
)
def test_an_outline_refuses(tree: object, said: str) -> None:
    with pytest.raises(ExpressionError, match=said):
        outline(tree, GROUPS)

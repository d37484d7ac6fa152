"""The deep checks find what they are made for, and find nothing in the lawbook that comes with Licet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

import pytest

from licet.lex.check import Finding, citations, coverage, destinations, report, thresholds
from licet.lex.law import Law, current
from licet.lex.mutants import mutants, survivors

Book = Callable[..., Law]
Day = datetime.date

#: Constants that no test can pin, because another condition beside them makes the same cut.
IDLE = {
    ("limits of 3A090.b", "tpp < 4800"): "the whole paragraph ends at 4800 already, beside b.1",
    ("limits of 3A090.b", "performance_density < 5.92"): "b.2 reaches what a lower b.1 would leave out",
    ("742.6(b)(10)(iii)(B)(2)", "allocation: C"): "Supp. 5(b) to part 740 has no entry yet, so no destination is in it",
    ("744.23(d) approval", "end_user_hq in A5' with A1"): "what A:1 has more is in A:6, or the United States",
    ("equipment for friendly end users", "hq in A5' with A1"): "what A:1 has more is in A:6, or the United States",
    ("authorized designer", "designer_hq in A5' with A1"): "A:1 stands beside it, and held all of A:5 until 2026-07-10",
    ("734.9(d)", "destination in D4'"): "all of D:4 is in D:1, D:3 or D:5",
    ("734.9(d)", "destination in D5' with D5_or_Macau"): "Macau is in D:1",
    ("734.9(d)", "destination in E1'"): "all of E:1 is in D:5",
    ("734.9(d)", "destination in E2'"): "all of E:2 is in D:5",
    ("744.23(d) case by case", "end_user_hq in A5' with A1"): "what A:1 has more is in A:6, or the United States",
    ("744.23(d) case by case", "ii: item: 'items of the lower tier"): "i takes every item of the lower tier already",
}
#: Constants that still want a test beside them.
WANTED = {("HBM", "exporter_hq in D5_or_Macau' with D5"): "an exporter with its seat in Macau"}


def said(findings: Iterator[Finding]) -> list[str]:
    return [f"{each.kind}: {each.provision}: {each.said}" for each in findings]


# --- the lawbook that comes with Licet --------------------------------------------------------------------------------


def test_the_shipped_lawbook_has_no_fault() -> None:
    assert [str(each) for each in report(current())] == []


def test_every_constant_of_the_shipped_lawbook_is_pinned_by_a_test_beside_it() -> None:
    """Or, for lists of paragraphs, by test_paragraphs.py."""
    found = [str(each) for each in survivors(current()) if not re.search(r"\b(eccn|technology_for) without", each.said)]
    known = {**IDLE, **WANTED}
    assert [each for each in found if not any(id_ in each and part in each for id_, part in known)] == []
    assert [key for key in known if not any(key[0] in each and key[1] in each for each in found)] == [], "pinned by now"


def test_the_cells_of_the_coverage_reach_every_class_of_countries() -> None:
    law, day = current(), Day(2026, 8, 1)
    chosen = destinations(law, day)
    assert {"CN", "MO", "RU", "CU", "AE"} <= set(chosen)
    groups = law.on(day).groups
    for members in groups.values():
        if members:
            assert not members.isdisjoint(chosen), sorted(members)
    assert len(chosen) < 80


# --- each check on a small lawbook with one fault ---------------------------------------------------------------------


def test_a_sound_lawbook_has_no_finding(book: Book) -> None:
    assert said(report(book())) == []


def test_a_failing_test_is_found_with_its_line(book: Book) -> None:
    (finding,) = report(book("{tpp: 4799}, expect: no", "{tpp: 4799}, expect: yes"))
    assert (finding.kind, finding.provision, finding.where) == ("test", "limit", "us/law.yaml, line 14")
    assert "expected yes, is no" in finding.said
    assert finding.to_dict()["kind"] == "test"


def test_thresholds_are_met_exactly_in_the_shipped_lawbook() -> None:
    assert said(thresholds(current())) == []


def test_a_threshold_that_is_not_met_exactly_is_found(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it would be with floats, or with a comparison that forgets the line itself."""
    from licet.logic import evaluate

    monkeypatch.setitem(evaluate._OPERATORS, ">=", lambda a, b: float(a) >= float(b))
    (first, *_) = thresholds(book("    when: tpp >= 4800", "    when: tpp >= 48000000000000"))
    assert "with tpp 47999999999999.999999999 is yes and should be no" in first.said
    monkeypatch.setitem(evaluate._OPERATORS, ">=", lambda a, b: a > b)
    assert any("'tpp >= 4800' with tpp 4800 is no and should be yes" in each for each in said(thresholds(book())))


def test_citations_of_groups_are_asked_for(book: Book) -> None:
    assert said(citations(book("  cite: 88 FR 2821\n", ""))) == ["citation: : a group or a membership cites nothing"]


def test_a_requirement_without_review_policy_is_a_gap(book: Book) -> None:
    (finding, *_) = coverage(book("when: always", "when: never"))
    assert (finding.kind, finding.provision) == ("gap", "requirement")
    assert finding.said == "the requirement stands without a review policy"
    assert "upper tier, data center to CN" in finding.where


def test_a_requirement_may_say_that_no_policy_is_published(book: Book) -> None:
    law = book("when: always", "when: never")
    noted = '    note: There is no review policy in the text.\n    when: applies("limit") and destination in D5\n'
    law = Law({**law.files, "us/law.yaml": law.files["us/law.yaml"].replace(
        "    when: applies(\"limit\") and destination in D5\n", noted)})  # fmt: skip
    assert said(coverage(law)) == []


MILD = """\
- id: mild
  title: Presumption of approval
  cite: 15 CFR 742.6(b)
  concludes: {review: presumption_of_approval, for: [requirement]}
  versions:
  - {from: 2024-12-02, by: 89 FR 96790, when: not datacenter}
"""


def test_two_policies_at_once_without_an_order_are_a_conflict(book: Book) -> None:
    (finding,) = coverage(book(more=MILD))
    assert (finding.kind, finding.provision) == ("conflict", "requirement")
    assert finding.said == "denial and mild conclude different review policies"
    assert finding.where.startswith("2024-12-02")


def test_an_order_between_them_settles_it(book: Book) -> None:
    ordered = MILD.replace("  versions:", "  instead: [denial]\n  versions:")
    assert said(coverage(book(more=ordered))) == []


def test_two_paragraphs_of_the_same_rank_at_once_are_a_conflict(book: Book) -> None:
    paragraph = """\
- id: {0}
  title: A paragraph
  cite: 15 CFR 774
  concludes: {{eccn: 3A090.{0}, rank: '20'}}
  versions:
  - {{from: 2022-10-21, by: 87 FR 62186, when: applies("limit")}}
"""
    (finding,) = coverage(book(more=paragraph.format("a") + paragraph.format("b")))
    assert finding.said == "a and b apply at once and have the same rank"


def test_a_question_that_breaks_the_engine_is_a_finding(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from licet.lex import check

    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(check, "decide", broken)
    (finding,) = coverage(book())
    assert (finding.kind, finding.said) == ("error", "ZeroDivisionError: by nothing")


# --- mutants ----------------------------------------------------------------------------------------------------------


def test_each_constant_is_changed_and_the_version_named(book: Book) -> None:
    law = book()
    changes = [f"{each.version.since} {each.kind} {each.said}" for each in mutants(law, law.provisions["limit"])]
    assert changes == [
        "2022-10-21 operator rate: 'io_bandwidth_gbs >= 600' with > in place of >=",
        "2022-10-21 operator rate: 'io_bandwidth_gbs >= 600' with < in place of >=",
        "2022-10-21 number rate: 'io_bandwidth_gbs >= 600' with 601 in place of 600",
        "2022-10-21 number rate: 'io_bandwidth_gbs >= 600' with 599 in place of 600",
        "2022-10-21 number rate: 'io_bandwidth_gbs >= 600' with 1200 in place of 600",
        "2022-10-21 operator a.1: 'tpp >= 4800' with > in place of >=",
        "2022-10-21 operator a.1: 'tpp >= 4800' with < in place of >=",
        "2022-10-21 number a.1: 'tpp >= 4800' with 4801 in place of 4800",
        "2022-10-21 number a.1: 'tpp >= 4800' with 4799 in place of 4800",
        "2022-10-21 number a.1: 'tpp >= 4800' with 9600 in place of 4800",
        "2023-11-17 operator 'tpp >= 4800' with > in place of >=",
        "2023-11-17 operator 'tpp >= 4800' with < in place of >=",
        "2023-11-17 number 'tpp >= 4800' with 4801 in place of 4800",
        "2023-11-17 number 'tpp >= 4800' with 4799 in place of 4800",
        "2023-11-17 number 'tpp >= 4800' with 9600 in place of 4800",
    ]


def test_what_no_test_notices_survives_and_what_one_notices_does_not(book: Book) -> None:
    alive = [each.said for each in survivors(book()) if each.provision == "limit"]
    assert alive == [
        "version of 2022-10-21: rate: 'io_bandwidth_gbs >= 600' with 599 in place of 600",
        "version of 2022-10-21: a.1: 'tpp >= 4800' with 4799 in place of 4800",
        "version of 2023-11-17: 'tpp >= 4800' with > in place of >=",
        "version of 2023-11-17: 'tpp >= 4800' with 4801 in place of 4800",
    ]


def test_a_test_of_a_provision_that_asks_counts(book: Book) -> None:
    """5000 to China is a test of the requirement, and notices a limit that was doubled."""
    alive = [each.said for each in survivors(book()) if each.provision == "limit"]
    assert not any("9600" in each and "2023" in each for each in alive)


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("datacenter", {"'datacenter' turned into its opposite"}),
        ("destination == CN", {"destination FR in place of CN", "destination SA in place of CN"}),
        ("destination in (CN, RU)", {"destination without CN", "destination without RU"}),
        ("destination in D5", {f"'destination in D5' with {x} in place of D5" for x in ("D5_or_Macau", "Macau")}),
        ('applies("limit")', {"'limit applies' taken as never", "'limit applies' taken as always"}),
        (
            "sdn in end_user_listed",
            {f"end_user_listed {x} in place of sdn" for x in ("none", "entity_list", "footnote_1")},
        ),
        ("{some: party, is: hq in D5}", {f"'hq in D5' with {x} in place of D5" for x in ("D5_or_Macau", "Macau")}),
        ("always", set()),
    ],
)
def test_each_kind_of_constant_has_its_changes(book: Book, condition: str, changes: set[str]) -> None:
    head = "- id: x\n  title: x\n  cite: 15 CFR 1\n  concludes: {means: x}\n"
    head += "  versions:\n  - from: 2022-10-21\n    by: 87 FR 62186\n"
    law = book(more=f"{head}    when: {condition}\n")
    assert {each.said for each in mutants(law, law.provisions["x"])} == changes


def test_a_party_quantifier_is_one_constant_and_not_four(book: Book) -> None:
    more = """\
- id: seat
  title: Seat
  cite: 15 CFR 744.23
  concludes: {means: a seat}
  versions:
  - {from: 2022-10-21, by: 87 FR 62186, when: {some: party, is: hq in D5_or_Macau}}
  tests:
  - {on: 2024-01-01, facts: {end_user_hq: MO}, expect: yes}
  - {on: 2024-01-01, facts: {end_user_hq: CN}, expect: yes}
"""
    assert [each for each in survivors(book(more=more)) if each.provision == "seat"] == []

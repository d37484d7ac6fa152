"""Amendments: the form, what a patch changes and from when, what stays shared, and what is refused."""

from __future__ import annotations

import datetime

import pytest

import licet
from licet.errors import LawError, QuestionError
from licet.lex.amend import amend, read_amendment
from licet.lex.law import Law, current
from licet.lex.load import shipped, texts
from licet.scenarios import find, proposals, template
from licet.scenarios.proof import report

HEAD = "id: mine\ntitle: Mine\nstatus: what-if\nsource: my own\nby: what if\n"
DAY = datetime.date(2026, 8, 1)
CHIP = {"item_kind": "integrated_circuit", "destination": "CN", "tpp": "5000", "activity": "export"}
MEMORY = {
    "item_kind": "hbm", "memory_bandwidth_density": "4", "shipped_from": "KR", "activity": "reexport",
    "exporter_hq": "KR",
    "destination": "CN", "end_user_hq": "CN", "end_user_military": "no", "other_parties": "no", "end_use": "datacenter",
    "exception_claimed": "none", "hbm_direct_to_packager": "no", "processing_dominant": "no",
}  # fmt: skip


def amended(patches: str, law: Law | None = None) -> Law:
    return amend(law or current(), read_amendment(f"{HEAD}patches:\n{patches}", "mine.yaml"))


def applies(law: Law, id_: str, day: str, **facts: str) -> bool:
    answer = licet.ask({**CHIP, **facts}, on=day, lawbook=law)
    return answer.written.ask(id_) is True


def refused(text: str) -> str:
    with pytest.raises(LawError) as caught:
        amend(current(), read_amendment(text, "mine.yaml"))
    return str(caught.value)


REMOVE = "- {provision: '742.6(a)(6)(iii)(A)', from: 2026-08-01, remove: yes}"


def test_untouched_provisions_are_the_same_objects() -> None:
    base, new = current(), amended(REMOVE)
    assert [id_ for id_ in base.provisions if new.provisions[id_] is not base.provisions[id_]] == [
        "742.6(a)(6)(iii)(A)"
    ]
    assert all(new.groups[id_] is group for id_, group in base.groups.items())
    assert base.provisions["742.6(a)(6)(iii)(A)"].version(DAY) is not None, "the law itself stays as it is"


def test_an_answer_says_whose_law_it_is() -> None:
    base, new = current(), amended(REMOVE)
    assert new.version == f"{base.version}+mine"
    assert new.verified_through == base.verified_through
    assert new.sha256 != base.sha256
    assert licet.ask(CHIP, on="2026-08-01", lawbook=new).law["version"] == f"{base.version}+mine"


def test_it_counts_from_its_day_on_in_every_later_year() -> None:
    new = amended(REMOVE)
    days = ("2025-06-01", "2026-07-31", "2026-08-01", "2027-08-01", "2036-01-01", "2099-12-31")
    assert [applies(new, "742.6(a)(6)(iii)(A)", day) for day in days] == [True, True, False, False, False, False]


def test_until_brings_the_old_text_back() -> None:
    new = amended("- {provision: '742.6(a)(6)(iii)(A)', from: 2026-08-01, until: 2026-12-31, remove: yes}")
    days = ("2026-07-31", "2026-08-01", "2026-12-31", "2027-01-01", "2030-01-01")
    assert [applies(new, "742.6(a)(6)(iii)(A)", day) for day in days] == [True, False, False, True, True]


def test_a_new_text_stands_through_the_later_versions_of_the_old_one() -> None:
    """The provision had a version of its own from 2026-07-10 on; a patch of 2026-01-01 is not lost there."""
    new = amended("- {provision: before 2025, from: 2026-01-01, replace: {when: destination == FR}}")
    versions = new.provisions["before 2025"].versions
    assert [each.since.isoformat() for each in versions] == ["2025-01-13", "2026-01-01", "2026-07-10"]
    assert applies(new, "before 2025", "2026-09-01", destination="FR")
    assert not applies(new, "before 2025", "2030-09-01", destination="CN")


def test_what_a_patch_does_not_name_stays() -> None:
    new = amended("- {provision: '742.6(a)(6)(iii)(A)', from: 2026-08-01, replace: {when: applies(\"shipment\")}}")
    old = current().provisions["742.6(a)(6)(iii)(A)"].version(DAY)
    now = new.provisions["742.6(a)(6)(iii)(A)"].version(DAY)
    assert old is not None
    assert now is not None
    assert now.enforcement == old.enforcement
    assert now.cite == "15 CFR 742.6(a)(6)(iii)(A), if amended by mine"


def test_one_place_of_an_outline() -> None:
    place = "when.any.parameters.all.limits.any.a.1"
    new = amended(f"- {{provision: limits of 3A090.a, from: 2026-08-01, at: {place}, replace: tpp >= 9600}}")
    more = {"datacenter": "yes", "performance_density": "3", "exporter_is_fab_or_osat": "no"}
    assert applies(new, "limits of 3A090.a", "2026-07-31", **more)
    assert not applies(new, "limits of 3A090.a", "2026-08-01", **more)
    assert applies(new, "limits of 3A090.a", "2028-08-01", **{**more, "tpp": "9600"})


def test_the_text_of_a_day_comes_back() -> None:
    new = amended("- {provision: 742.6(a)(6)(iii), from: 2026-08-01, restore: 2024-12-31}")
    days = ("2024-12-31", "2025-06-01", "2026-08-01", "2031-01-01")
    assert [applies(new, "742.6(a)(6)(iii)", day) for day in days] == [True, False, True, True]


def test_amendments_stack() -> None:
    both = amend(amended(REMOVE), find("relax-hbm"), "A1")
    assert both.version.endswith("+mine+relax-hbm/A1")


@pytest.mark.parametrize(
    ("patches", "said"),
    [
        ("- {provision: 742.6, from: 2026-08-01, remove: yes}", "mine.yaml, line 7: there is no provision '742.6'"),
        ("- {provision: limits of 3A090.aa, from: 2026-08-01, remove: yes}", "did you mean 'limits of 3a090.a'"),
        ("- {provision: 742.6(a)(6)(iii), from: 2026-08-01, remove: yes}", "nothing of 742.6(a)(6)(iii) is in"),
        ("- {provision: 3A090.c, from: 2026-08-01, at: when.any.parameters.all.densty, replace: always}", "density"),
        ("- {provision: 3A090.c, from: 2020-08-01, remove: yes}", "before the first day"),
        ("- {provision: 3A090.c, from: 2026-08-01, until: 2026-07-01, remove: yes}", "ends before it begins"),
        ("- {provision: 3A090.c, from: 2026-13-01, remove: yes}", "`from` is no day"),
        ("- {provision: 3A090.c, from: 2026-08-01}", "does one thing"),
        ("- {provision: 3A090.c, from: 2026-08-01, remove: yes, restore: 2025-01-01}", "does one thing"),
        ("- {provision: 3A090.c, form: 2026-08-01, remove: yes}", "did you mean 'from'"),
        ("- {provision: 3A090.c, from: 2026-08-01, replace: {wen: always}}", "did you mean 'when'"),
        ("- {provision: 3A090.c, from: 2026-08-01, replace: {when: tppp > 1}}", "'tppp' is no fact"),
        ("- {provision: 3A090.c, from: 2026-08-01, replace: {when: applies(\"nothing\")}}", "no provision 'nothing'"),
        ("- {provision: 3A090.c, from: 2026-08-01, replace: {when: applies(\"3A090.c\")}}", "a cycle"),
        ("- {provision: 3A090.c, from: 2026-08-01, replace: {concludes: {requires: RS}}}", "concludes `eccn`"),
        ("- {from: 2026-08-01, add: {id: 3A090.c, title: x, cite: x, concludes: {means: x}, when: always}}", "already"),
        ("- {from: 2026-08-01, add: {id: new, title: x, cite: x, concludes: {means: x}}}", "no `when`"),
        (f"{REMOVE}\n{REMOVE}", "on the same days"),
    ],
)  # fmt: skip
def test_refused_with_file_and_line(patches: str, said: str) -> None:
    message = refused(f"{HEAD}patches:\n{patches}")
    assert said.casefold() in message.casefold()
    assert "mine.yaml, line" in message


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "just words", "{", "id: [1]\ntitle: x", f"{HEAD}patches: 3", f"{HEAD}patches: [3]", HEAD,
        f"{HEAD}variants: {{}}", f"{HEAD}variants: {{A: 3}}",
        f"{HEAD}patches: []\nvariants: {{A: {{title: x, patches: []}}}}",
        f"{HEAD}patches: []\nid: twice", f"{HEAD}patches: &a []", HEAD.replace("what-if", "law") + "patches: []",
        f"{HEAD}patches:\n- {{provision: [3A090.c], from: 2026-08-01, remove: yes}}",
        f"{HEAD}patches:\n- {{provision: 3A090.c, from: 2026-08-01, replace: {{enforcement: [[{{a: b}}]]}}}}",
        f"{HEAD}patches:\n- {{provision: 3A090.c, from: 2026-08-01, replace: {{concludes: [eccn]}}}}",
        f"{HEAD}patches:\n- {{provision: 3A090.c, from: 2026-08-01, replace: {{unless: [[x]]}}}}",
        f"{HEAD}patches:\n- {{provision: 3A090.c, from: 2026-08-01, replace: {{when: __import__('os')}}}}",
        f"{HEAD}patches:\n- {{provision: 3A090.c, from: 2026-08-01, replace: {{when: {{all: {{}}, any: {{}}}}}}}}",
        f"{HEAD}patches:\n- {{provision: 3A090.c, from: 2026-08-01, replace: !!python/object/apply:os.system [ls]}}",
        f"{HEAD}patches: {'[' * 60}{']' * 60}",
        HEAD.replace("mine", "../mine") + "patches: []",
    ],
)  # fmt: skip
def test_hostile_files_are_errors_of_law(text: str) -> None:
    refused(text)


def test_variants() -> None:
    relax = find("relax-hbm")
    assert relax.variant().name == "A1", "the first that can be applied"
    assert relax.variant("a4").name == "A4"
    with pytest.raises(LawError, match="no variant 'B9'"):
        relax.variant("B9")
    with pytest.raises(LawError, match="no running count"):
        relax.variant("A3")
    with pytest.raises(QuestionError, match="relax-hbm"):
        find("relax-hmb")


@pytest.mark.parametrize("name", sorted(proposals()))
def test_every_proposal_can_be_applied_and_its_tests_pass(name: str) -> None:
    for proof in report(find(name), current()):
        assert proof.failures == ()
        assert bool(proof.patches) != bool(proof.cannot)


def test_the_template_can_be_applied_as_it_stands() -> None:
    proofs = report(read_amendment(template(), "template.yaml"), current())
    assert [(each.mark, each.failures) for each in proofs] == [("my-amendment/A1", ()), ("my-amendment/A2", ())]


def test_proposals_are_no_law() -> None:
    files = texts(shipped())
    assert any(name.startswith("proposals/") for name in files)
    assert Law(files).sha256 == Law({n: t for n, t in files.items() if not n.startswith("proposals/")}).sha256
    assert not any(provision.file.startswith("proposals") for provision in current().provisions.values())


# --- moves between country groups -------------------------------------------------------------------------------------

UPGRADE = "- {group: A5, from: 2026-08-01, until: 2026-12-31, enter: [Saudi Arabia]}\n"
RIYADH = {"tpp": "5000", "destination": "SA", "end_user_hq": "SA", "item_vendor": "NVIDIA", "datacenter": "yes"}


def outcome(law: Law, day: str) -> str:
    return str(licet.ask({**CHIP, **RIYADH, "shipped_from": "US"}, on=day, lawbook=law, assume="ordinary").outcome)


def test_a_place_that_enters_a_group_is_in_it_for_the_days_of_the_move() -> None:
    law = amended(UPGRADE)
    members = {day: "SA" in law.on(datetime.date.fromisoformat(day)).groups["A5"]
               for day in ("2026-07-31", "2026-08-01", "2026-12-31", "2027-01-01")}  # fmt: skip
    assert list(members.values()) == [False, True, True, False]
    assert (outcome(law, "2026-07-31"), outcome(law, "2026-08-01")) == ("license_required", "no_license_required")
    assert law.groups["D4"] is current().groups["D4"]


def test_a_place_that_leaves_a_group_is_out_of_it_and_the_others_stay() -> None:
    law = amended("- {group: D5, from: 2026-08-01, until: 2026-08-31, leave: [CN]}\n")
    for day, away in (("2026-07-31", set()), ("2026-08-01", {"CN"}), ("2026-08-31", {"CN"}), ("2026-09-01", set())):
        on = datetime.date.fromisoformat(day)
        assert current().on(on).groups["D5"] - law.on(on).groups["D5"] == away
        assert current().on(on).groups["D5_or_Macau"] - law.on(on).groups["D5_or_Macau"] == away


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ("{group: A9, from: 2026-08-01, enter: [SA]}", "there is no country group 'A9'"),
        ("{group: D5_or_Macau, from: 2026-08-01, leave: [CN]}", "is made of other groups"),
        ("{group: A5, from: 2026-08-01, enter: [JP]}", "JP is in it already"),
        ("{group: A5, from: 2026-08-01, leave: [CN]}", "CN is not in it"),
        ("{group: A5, from: 2026-08-01, enter: [Atlantis]}", "there is no country called 'Atlantis'"),
        ("{group: A5, from: 2026-08-01, enter: SA}", "a move names places in a list"),
        ("{group: A5, from: 2026-08-01}", "either `enter` or `leave`"),
        ("{group: A5, from: 2020-08-01, enter: [SA]}", "before the first day of the lawbook"),
        ("{group: A5, from: 2026-08-01, until: 2026-07-01, enter: [SA]}", "ends before it begins"),
    ],
)
def test_moves_that_are_refused(patch: str, said: str) -> None:
    assert said in refused(f"{HEAD}patches:\n- {patch}\n")


# --- the proposals of this kind ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variant", "outcomes"),
    [
        ("prolonged", ("no_license_required", "no_license_required")),
        ("applied", ("license_required", "no_license_required")),
        ("quarter", ("license_required", "license_required")),
    ],
)
def test_the_affiliates_rule_as_it_may_go_on(variant: str, outcomes: tuple[str, str]) -> None:
    law = amend(current(), find("affiliates"), variant)
    for share, wanted in zip(("50", "25"), outcomes, strict=True):
        facts = {"item": "nvidia-rtx-4060", "shipped_from": "US", "destination": "FR", "end_user_hq": "FR"}
        answer = licet.ask({**facts, "end_user_owned_by_listed_percent": share}, on="2026-12-01", lawbook=law,
                           assume="ordinary")  # fmt: skip
        assert str(answer.outcome) == wanted


def test_saudi_arabia_like_the_emirates() -> None:
    assert outcome(current(), "2026-08-01") == "license_required"
    assert outcome(amend(current(), find("country-upgrades"), "SA"), "2026-08-01") == "no_license_required"


def test_malaysia_by_destination() -> None:
    law = amend(current(), find("country-upgrades"), "MY-TH")
    question = {
        **CHIP,
        "destination": "MY",
        "end_user_hq": "MY",
        "shipped_from": "US",
        "item_vendor": "NVIDIA",
        "datacenter": "yes",
    }
    answers = [licet.ask(question, on="2026-08-01", lawbook=each, assume="ordinary") for each in (current(), law)]
    assert [str(each.outcome) for each in answers] == ["no_license_required", "license_required"]

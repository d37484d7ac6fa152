"""What the loader refuses, each with a message that names the place and the way out; and what a law is made of."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from licet.errors import LawError, LicetError, QuestionError
from licet.lex.law import Law, current
from licet.lex.load import digest
from licet.lex.source import read

Book = Callable[..., Law]
Day = datetime.date

EXTRA = """\
- id: extra
  title: Another
  cite: 15 CFR 1
  concludes: {means: nothing}
  versions:
  - {from: 2022-10-21, by: 87 FR 62186, when: always}
"""


def test_the_small_lawbook_itself_is_sound(book: Book) -> None:
    law = book(more=EXTRA)
    assert list(law.provisions) == ["limit", "requirement", "denial", "extra"]
    assert law.members("D5_or_Macau", Day(2024, 1, 1)) == {"CN", "RU", "KH", "MO"}


#: What is changed, and what the message says. Every place is the file, with its line.
REFUSED = {
    "duplicate key": (
        "  title: License to D:5",
        "  title: License to D:5\n  title: Again",
        r"us/law\.yaml, line 17: the key 'title' stands twice\. Keep one of them",
    ),
    "duplicate key of an outline": (
        "{rate: io_bandwidth_gbs >= 600, a.1: tpp >= 4800}",
        "{a.1: io_bandwidth_gbs >= 600, a.1: tpp >= 4800}",
        r"us/law\.yaml, line 8: the key 'a\.1' stands twice",
    ),
    "unknown key of a provision": (
        "  title: License to D:5",
        "  titel: License to D:5",
        r"us/law\.yaml, line 15: .*no key 'titel'\. Did you mean 'title'",
    ),
    "unknown key of a version": (
        "    by: 88 FR 73458",
        "    bye: 88 FR 73458",
        r"us/law\.yaml, line 9: .*no key 'bye'\. Did you mean 'by'",
    ),
    "unknown key of a test": (
        "expect: no}",
        "expects: no}",
        r"us/law\.yaml, line 14: .*no key 'expects'\. Did you mean 'expect'",
    ),
    "anchor": (
        "    when: tpp >= 4800\n",
        "    when: &x tpp >= 4800\n",
        r"us/law\.yaml, line 11: anchors and aliases are refused",
    ),
    "alias": (
        "    when: tpp >= 4800\n",
        "    when: *x\n",
        r"us/law\.yaml, line 11: anchors and aliases are refused",
    ),
    "tabs": (
        "  title: License to D:5",
        "\ttitle: License to D:5",
        r"us/law\.yaml, line \d+, column \d+: this is no YAML",
    ),
    "overlap": (
        "    by: 87 FR 62186\n    when: {all",
        "    until: 2023-11-20\n    by: 87 FR 62186\n    when: {all",
        r"us/law\.yaml, line 10: the versions of 2022-10-21 and 2023-11-17 overlap\. End the first on 2023-11-16",
    ),
    "silent gap": (
        "    by: 87 FR 62186\n    when: {all",
        "    until: 2023-10-31\n    by: 87 FR 62186\n    when: {all",
        r"us/law\.yaml, line 10: nothing is in force between 2023-10-31 and 2023-11-17\. Write a `note`",
    ),
    "not ascending": (
        "  - from: 2023-11-17",
        "  - from: 2022-10-20",
        r"us/law\.yaml, line 9: the version of 2022-10-20 follows that of 2022-10-21\. Oldest first",
    ),
    "the same day twice": ("  - from: 2023-11-17", "  - from: 2022-10-21", r"us/law\.yaml, line 9: .*Oldest first"),
    "ends before it begins": (
        "    by: 87 FR 62186\n    when: {all",
        "    until: 2022-10-20\n    by: 87 FR 62186\n    when: {all",
        r"us/law\.yaml, line 6: a version ends before it begins",
    ),
    "missing citation": (
        "  cite: 15 CFR 742.6\n",
        "",
        r"us/law\.yaml, line 15: a provision without a citation\. Add `cite:`",
    ),
    "missing instrument": ("    by: 88 FR 73458\n", "", r"us/law\.yaml, line 9: no `by`"),
    "missing condition": ("    when: tpp >= 4800\n", "", r"us/law\.yaml, line 9: no `when`\. Write `when: always`"),
    "missing first day": (
        "  - from: 2023-11-17\n    by: 88 FR 73458",
        "  - by: 88 FR 73458",
        r"us/law\.yaml, line 9: no `from`",
    ),
    "missing title": ("  title: License to D:5\n", "", r"us/law\.yaml, line 15: no `title`"),
    "missing id": ("- id: requirement\n  title", "- title", r"us/law\.yaml, line 15: no `id`"),
    "no versions": (
        "  versions:\n  - {from: 2022-10-21, by: 87 FR 62186, when: always}\n",
        "",
        r"us/law\.yaml, line \d+: a provision without versions",
    ),
    "a bad day": (
        "from: 2023-11-17",
        "from: 2023-11-31",
        r"us/law\.yaml, line 9: `from` is no day\. Day is out of range",
    ),
    "a day in another spelling": (
        "from: 2023-11-17",
        "from: 17/11/2023",
        r"line 9: `from` is no day\. A day is written YYYY-MM-DD",
    ),
    "nothing concluded": ("  concludes: {requires: RS}\n", "", r"us/law\.yaml, line 15: no `concludes`"),
    "two conclusions": (
        "{requires: RS}",
        "{requires: RS, prohibits: it}",
        r"us/law\.yaml, line 15: a provision concludes one thing, not requires, prohibits",
    ),
    "an unknown conclusion": ("{requires: RS}", "{require: RS}", r"Did you mean 'requires'"),
    "an unknown review policy": (
        "presumption_of_denial",
        "presumption_of_denail",
        r"'presumption_of_denail' is no review policy.*presumption_of_denial",
    ),
    "a mistyped fact": (
        "when: tpp >= 4800",
        "when: datacentre",
        r"line 9.*'datacentre' is no fact\. Did you mean 'datacenter'",
    ),
    "code": ("when: tpp >= 4800", "when: __import__('os').system('id')", r"line 9.*the only call is applies"),
    "division": ("when: tpp >= 4800", "when: tpp >= 4800 / die_area_mm2", r"line 9.*cannot divide"),
    "an impossible literal": (
        "when: tpp >= 4800",
        "when: end_use == gardening",
        r"line 9.*end_use cannot be 'gardening'",
    ),
    "a number where a choice stands": ("when: tpp >= 4800", "when: end_use == 3", r"line 9.*is no value of end_use"),
    "an unknown group": ("destination in D5\n", "destination in D6\n", r"line 20.*no country group D6"),
    "a provision that does not exist": (
        'applies("limit")',
        'applies("limits")',
        r"requirement, us/law\.yaml, line 15: there is no provision 'limits'\. Did you mean 'limit'",
    ),
    "a test without expectation": (", expect: no}", "}", r"us/law\.yaml, line 14: no `expect`"),
    "a test that expects maybe": (
        "expect: no}",
        "expect: maybe}",
        r"us/law\.yaml, line 14: a test expects yes, no or unknown",
    ),
    "a test on no day": (
        "{on: 2024-01-01, facts: {tpp: 4799}",
        "{on: 2024-02-30, facts: {tpp: 4799}",
        r"line 14: `on` is no day",
    ),
    "a list that is no list": (
        "  cite: 15 CFR 742.6\n",
        "  cite: 15 CFR 742.6\n  unless: limit\n",
        r"line 15: `unless` is a list",
    ),
    "a country that is none": (
        "of: [CN, RU]",
        "of: [CN, RUS]",
        r"places/groups\.yaml, line 6: 'RUS' is no country code",
    ),
    "a group of nothing": (
        "  set: {union: [D5, Macau]}\n",
        "",
        r"places/groups\.yaml, line 13: group D5_or_Macau needs members",
    ),
    "a group of an unknown group": (
        "[D5, Macau]",
        "[D5, Macao]",
        r"group D5_or_Macau names 'Macao'.*Did you mean 'Macau'",
    ),
    "a membership that ends before it begins": (
        "until: 2026-02-02",
        "until: 2021-02-02",
        r"places/groups\.yaml, line 7: a membership ends before it begins",
    ),
    "a file that is no list": ("- id: limit\n  title", "id: limit\ntitle", r"us/law\.yaml"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_loader_refuses(book: Book, name: str) -> None:
    old, new, said = REFUSED[name]
    with pytest.raises(LawError, match=said):
        book(old, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{tpp: 4799}", "{tppp: 4799}", r"line 14.*no fact called 'tppp'"),
        ("{tpp: 4799}", "{tpp: many}", r"line 14.*tpp cannot be 'many'"),
    ],
)
def test_a_test_with_facts_that_cannot_be_is_an_error_of_the_law(book: Book, old: str, new: str, said: str) -> None:
    with pytest.raises(LawError, match=said):
        book(old, new)


@pytest.mark.parametrize("key", ["unless", "lifts", "instead"])
def test_an_unknown_id_is_refused_wherever_it_is_named(book: Book, key: str) -> None:
    with pytest.raises(
        LawError, match=r"extra, us/law\.yaml, line 31: there is no provision 'limmit'\. Did you mean 'limit'"
    ):
        book(more=EXTRA.replace("  versions", f"  {key}: [limmit]\n  versions"))


def test_an_unknown_id_is_refused_in_a_version_and_in_a_conclusion(book: Book) -> None:
    with pytest.raises(LawError, match="there is no provision 'limmit'"):
        book(more=EXTRA.replace("when: always", "when: always, unless: [limmit]"))
    with pytest.raises(LawError, match="there is no provision 'limmit'"):
        book(more=EXTRA.replace("{means: nothing}", "{review: denial, for: [limmit]}"))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{from: 2023-01-01, is: maybe, by: press}", "enforcement is yes, no, or partly with `when`"),
        ("{from: 2023-01-01, is: partly, by: press}", "enforcement is yes, no, or partly with `when`"),
        ("{from: 2023-01-01, is: no, by: press, when: sample}", "enforcement is yes, no, or partly with `when`"),
        ("{from: 2023-01-01, is: no}", "no `by`"),
        ("{from: 2023-13-01, is: no, by: press}", "`from` is no day"),
        ("{since: 2023-01-01, is: no, by: press}", "no key 'since'"),
        ("{from: 2023-01-01, is: partly, by: press, when: smaple}", "'smaple' is no fact"),
    ],
)
def test_enforcement_is_dated_and_says_how_far(book: Book, entry: str, said: str) -> None:
    with pytest.raises(LawError, match=said):
        book("    when: tpp >= 4800\n", f"    when: tpp >= 4800\n    enforcement: [{entry}]\n")


def test_a_cycle_is_refused_and_spelled_out(book: Book) -> None:
    circle = EXTRA.replace("when: always", 'when: applies("other")')
    other = circle.replace("extra", "other").replace('applies("other")', 'applies("extra")')
    with pytest.raises(
        LawError, match=r"line 31: a cycle: extra -> other -> extra\. No provision may depend on itself"
    ):
        book(more=circle + other)


@pytest.mark.parametrize("key", ["unless", "instead"])
def test_a_cycle_through_an_exception_is_a_cycle(book: Book, key: str) -> None:
    one = EXTRA.replace("  versions", f"  {key}: [other]\n  versions")
    other = EXTRA.replace("extra", "other").replace("  versions", f"  {key}: [extra]\n  versions")
    with pytest.raises(LawError, match="a cycle: "):
        book(more=one + other)


def test_a_provision_cannot_ask_itself(book: Book) -> None:
    with pytest.raises(LawError, match="a cycle: extra -> extra"):
        book(more=EXTRA.replace("when: always", 'when: applies("extra")'))


def test_two_provisions_with_one_id_are_refused(book: Book) -> None:
    with pytest.raises(
        LawError,
        match=r"us/law\.yaml, line 31: two provisions are called limit\. The other stands in us/law\.yaml, line 1",
    ):
        book(more=EXTRA.replace("extra", "limit"))


def test_two_provisions_with_one_id_in_two_files_are_refused(book: Book) -> None:
    with pytest.raises(
        LawError,
        match=r"us/other\.yaml, line 1: two provisions are called limit\. The other stands in us/law\.yaml, line 1",
    ):
        book(us__other=EXTRA.replace("extra", "limit"))


def test_a_gap_with_a_reason_is_allowed(book: Book) -> None:
    law = book(
        "    by: 87 FR 62186\n    when: {all",
        "    until: 2023-10-31\n    by: 87 FR 62186\n    note: vacated\n    when: {all",
    )
    assert law.provisions["limit"].version(Day(2023, 10, 31)) is not None
    assert law.provisions["limit"].version(Day(2023, 11, 1)) is None
    assert "limit" not in law.on(Day(2023, 11, 1)).written


# --- reading YAML -----------------------------------------------------------------------------------------------------


def test_yaml_has_no_types_of_its_own() -> None:
    assert read("- {a: no, b: 2024-01-01, c: 1e3, d: null, e: 010, f: ~, g: NO}", "x") == [
        {"a": "no", "b": "2024-01-01", "c": "1e3", "d": "null", "e": "010", "f": "~", "g": "NO"}
    ]


def test_a_huge_or_deep_file_is_refused() -> None:
    with pytest.raises(LawError, match=r"x\.yaml: the file has 4000001 characters\. The limit is 4000000"):
        read("a" * 4_000_001, "x.yaml")
    with pytest.raises(LawError, match=r"x\.yaml.*nested"):
        read("[" * 60 + "]" * 60, "x.yaml")


def test_depth_is_refused_as_soon_as_it_is_met() -> None:
    with pytest.raises(LawError, match="nested"):
        read("[" * 5_000, "x.yaml")


def test_a_stranger_cannot_make_objects() -> None:
    assert read("a: !!python/object/apply:os.system ['id']", "x") == {"a": ["id"]}


# --- the law of a day -------------------------------------------------------------------------------------------------


def test_a_day_before_the_first_is_refused(book: Book) -> None:
    with pytest.raises(
        QuestionError, match=r"2022-09-30 lies before the first day of this lawbook\. It begins on 2022-10-01"
    ):
        book().on(Day(2022, 9, 30))


def test_a_version_is_in_force_from_its_first_day_to_the_day_before_the_next(book: Book) -> None:
    law = book()
    assert "limit" not in law.on(Day(2022, 10, 20)).written
    old, new = (law.on(day).written["limit"].version.by for day in (Day(2023, 11, 16), Day(2023, 11, 17)))
    assert (old, new) == ("87 FR 62186", "88 FR 73458")


def test_a_member_belongs_through_its_last_day(book: Book) -> None:
    law = book()
    assert "KH" in law.on(Day(2026, 2, 2)).groups["D5_or_Macau"]
    assert "KH" not in law.on(Day(2026, 2, 3)).groups["D5_or_Macau"]


def test_days_between_two_changes_share_one_compiled_law(book: Book) -> None:
    law = book()
    assert law.on(Day(2024, 1, 1)) is law.on(Day(2025, 6, 30))
    assert law.on(Day(2024, 1, 1)) is not law.on(Day(2023, 11, 16))


def test_the_hash_changes_with_every_file_and_with_its_name(book: Book) -> None:
    base = book()
    assert book().sha256 == base.sha256 == digest(base.files)
    assert book("87 FR 62186", "87 FR 62187").sha256 != base.sha256
    assert book(about="version: 2\nfirst_day: 2022-10-01\nverified_through: 2026-09-25\n").sha256 != base.sha256
    renamed = {name.replace("law.yaml", "rule.yaml"): text for name, text in base.files.items()}
    assert digest(renamed) != base.sha256
    moved = {"a": "bc", "b": ""}
    assert digest(moved) != digest({"a": "b", "b": "c"})


def test_a_lawbook_is_loaded_from_a_folder(book: Book, tmp_path: Path) -> None:
    for name, text in book().files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert Law.load(tmp_path).sha256 == book().sha256
    assert Law.load(str(tmp_path)).provisions == book().provisions


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"there is no lawbook folder .*nowhere"):
        Law.load(tmp_path / "nowhere")


def test_an_unknown_provision_gets_near_ids(book: Book) -> None:
    with pytest.raises(QuestionError, match=r"there is no provision 'limt'\. Did you mean 'limit'"):
        book().provision("limt")
    with pytest.raises(QuestionError, match="Did you mean requirement"):
        book().provision("REQUIRE")


def test_law_errors_and_question_errors_are_told_apart() -> None:
    assert issubclass(LawError, LicetError)
    assert not issubclass(LawError, QuestionError)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("version: 1\nfirst_day: 2022-10-32\nverified_through: 2026-09-25\n", "first_day"),
        ("version: 1\nfirst_day: 2022-10-01\nverified_through: soon\n", "verified_through"),
        ("- version: 1\n", "lawbook.yaml"),
        ("version: 1\nfirst_day: 2022-10-01\nverified_throuhg: 2026-09-25\n", "verified_throuhg"),
    ],
    ids=["bad first day", "bad last day", "no mapping", "mistyped key"],
)
def test_the_lawbooks_own_page_is_proved(book: Book, about: str, said: str) -> None:
    with pytest.raises(LawError, match=said):
        book(about=about)


def test_the_shipped_lawbook_loads() -> None:
    law = current()
    assert law.first <= Day(2022, 10, 7)
    assert len(law.sha256) == 64

"""Citations: what may stand in `cite` and `by`, what it links to, and what is refused when a lawbook is loaded."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.errors import LawError
from licet.lex import cite
from licet.lex.cite import FORMS, Reference, parse
from licet.lex.law import Law, current

Book = Callable[..., Law]
ECFR = "https://www.ecfr.gov/current/title-15"
EAR = f"{ECFR}/subtitle-B/chapter-VII/subchapter-C"


def only(text: str) -> Reference:
    (found,) = parse(text).references
    return found


def test_a_section_comes_apart() -> None:
    found = only("15 CFR 742.6(a)(6)(iii)")
    assert (found.kind, found.title, found.part, found.section) == ("cfr", "15", "742", "742.6")
    assert found.paragraphs == ("a", "6", "iii")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("15 CFR 742.6", f"{ECFR}/section-742.6"),
        ("15 CFR 742.6(a)(6)(iii)", f"{ECFR}/section-742.6#p-742.6(a)(6)(iii)"),
        ("15 CFR 740 Supp. 1", f"{EAR}/part-740/appendix-Supplement%20No.%201%20to%20Part%20740"),
        ("Supp. 2 to part 748", f"{EAR}/part-748/appendix-Supplement%20No.%202%20to%20Part%20748"),
        ("15 CFR part 746", f"{EAR}/part-746"),
        ("15 CFR 774", f"{EAR}/part-774"),
        ("22 CFR 126.1(d)", "https://www.ecfr.gov/current/title-22/section-126.1#p-126.1(d)"),
        ("31 CFR part 560", "https://www.ecfr.gov/current/title-31/part-560"),
        ("31 CFR chapter V", "https://www.ecfr.gov/current/title-31/chapter-V"),
        ("90 FR 4544", "https://www.federalregister.gov/citation/90-FR-4544"),
        ("FR Doc. 2026-02262", "https://www.federalregister.gov/d/2026-02262"),
        ("50 U.S.C. 4813", "https://www.govinfo.gov/link/uscode/50/4813"),
        ("Pub. L. 115-232", "https://www.govinfo.gov/link/plaw/115/public/232"),
        ("E.O. 14105", "https://www.federalregister.gov/executive-order/14105"),
        ("H.R. 6875 (119th Congress)", "https://www.congress.gov/bill/119th-congress/house-bill/6875"),
        ("S. 2296 (119th Congress)", "https://www.congress.gov/bill/119th-congress/senate-bill/2296"),
        ("GAO B-337935 of 2026-05-12", "https://www.gao.gov/products/b-337935"),
        ("ISO 3166-1", "https://www.iso.org/iso-3166-country-codes.html"),
        (
            "NVIDIA, Form 8-K of 2022-08-31",
            "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=1045810&type=8-K",
        ),
        ("letter of BIS to AMD of April 2025", ""),
        ("BIS guidance of 2025-05-13", ""),
    ],
)
def test_a_citation_leads_to_the_official_site(text: str, url: str) -> None:
    assert only(text).url == url


def test_a_later_reference_may_leave_out_the_title() -> None:
    found = parse("15 CFR 742.2(a)(1); 738 Supp. 1; part 754; 22 CFR parts 120 to 130").references
    assert [(each.title, each.part) for each in found] == [("15", "742"), ("15", "738"), ("15", "754"), ("22", "120")]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("15 CFR 742.2(a)(2), (a)(3)", ("a", "3")),
        ("15 CFR 734.3(a)(1) and (2)", ("a", "2")),
        ("15 CFR 734.4(c) and (d)", ("d",)),
        ("15 CFR 742.6(b)(10)(iii) and (iv)", ("b", "10", "iv")),
        ("15 CFR 742.6(b)(10)(iii)(B)(2) and (C)", ("b", "10", "iii", "C")),
        ("15 CFR 748.15(a)(2)(iii) and (b)(2)(ii)", ("b", "2", "ii")),
    ],
)
def test_a_paragraph_alone_belongs_to_the_section_before_it(text: str, paragraphs: tuple[str, ...]) -> None:
    last = parse(text).references[-1]
    assert last.paragraphs == paragraphs
    assert last.url.endswith("".join(f"({sign})" for sign in paragraphs))


def test_a_reference_knows_its_words() -> None:
    text = "15 CFR 744.11, 744.16 and Supp. 4 to part 744"
    found = parse(text).references
    assert [text[each.start : each.end] for each in found] == ["15 CFR 744.11", "744.16", "Supp. 4 to part 744"]


def test_the_text_of_a_day_is_linked_since_2017() -> None:
    section = only("15 CFR 744.23(d)")
    assert section.url_on(datetime.date(2022, 10, 21)) == (
        "https://www.ecfr.gov/on/2022-10-21/title-15/section-744.23#p-744.23(d)"
    )
    assert section.url_on(datetime.date(2014, 1, 1)) == ""
    assert only("90 FR 4544").url_on(datetime.date(2025, 1, 15)) == ""


@pytest.mark.parametrize("text", FORMS)
def test_the_forms_that_messages_show_are_citations(text: str) -> None:
    assert parse(text).references


def test_everything_the_lawbook_cites_is_understood() -> None:
    law = current()
    cite.prove_citations(law.provisions.values(), law.groups.values())
    linked = [any(each.url for each in parse(found.cite).references) for found in law.provisions.values() if found.cite]
    assert sum(linked) >= 0.85 * len(linked), "papers and letters have no address; the Code and the Register have"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("x", "write it like '15 CFR 742.6"),
        ("742.6(a)", "did you mean '15 CFR 742.6(a)'"),
        ("15 C.F.R. § 742.6(a)", "did you mean '15 CFR 742.6(a)'"),
        ("88 Fed. Reg. 73,458", "did you mean '88 FR 73458'"),
        ("15 CFR Supplement No. 1 to part 740", "did you mean '15 CFR Supp. 1 to part 740'"),
        ("50 USC 4813", "did you mean '50 U.S.C. 4813'"),
        ("Executive Order 14105", "did you mean 'E.O. 14105'"),
        ("Public Law 115-232", "did you mean 'Pub. L. 115-232'"),
        ("15 CFR 742.6 (a)(6)(iii)", "did you mean '15 CFR 742.6(a)(6)(iii)'"),
        ("99 CFR 742.6", "write it like"),
        ("15 CFR 742.6, and so on", ""),
        ("BIS guidance", "did you mean 'BIS guidance of 2025-05-13'"),
        ("BIS guidance of 2025-02-30", "did you mean 'BIS guidance of 2025-05-13'"),
        ("88 FR", "did you mean '88 FR 73458'"),
        ("88 FR 73458,", ""),
        ("88 FR 73458 and 5", ""),
        ("(a)(1)", ""),
        ("", ""),
    ],
)
def test_what_is_no_citation_is_refused_with_the_way_out(text: str, hint: str) -> None:
    with pytest.raises(LawError) as refused:
        parse(text, "law.yaml, line 3")
    said = str(refused.value)
    assert said.startswith("law.yaml, line 3: the citation ")
    assert hint.casefold() in said.casefold()
    assert "'" in refused.value.next, "the message shows a citation that does parse"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("  cite: 15 CFR 742.6\n", "  cite: 15 CRF 742.6\n", "us/law.yaml, line 15"),
        ("    by: 88 FR 73458\n", "    by: 88 FR 73458x\n", "us/law.yaml, line 9"),
        ("    by: 88 FR 73458\n", "    by: 88 FR 73458\n    cite: somewhere\n", "us/law.yaml, line 9"),
        ("  cite: 88 FR 2821\n", "  cite: 88 F 2821\n", "places/groups.yaml, group Macau"),
        ("by: FR Doc. 2026-02262}", "by: a notice}", "places/groups.yaml, group D5"),
    ],
)
def test_a_lawbook_with_another_citation_is_refused_at_load(book: Book, old: str, new: str, place: str) -> None:
    with pytest.raises(LawError, match="does not parse") as refused:
        book(old, new)
    assert place in str(refused.value)


def test_who_enforces_it_is_cited_too(book: Book) -> None:
    entry = "    by: 88 FR 73458\n    enforcement: [{from: 2024-01-01, is: no, by: hearsay}]\n"
    with pytest.raises(LawError, match="line 9: the citation 'hearsay' does not parse"):
        book("    by: 88 FR 73458\n", entry)


@given(st.text(max_size=60))
def test_any_text_is_a_citation_or_refused(text: str) -> None:
    try:
        found = parse(text)
    except LawError:
        return
    assert found.references
    assert all(text[each.start : each.end] == each.text for each in found.references)


@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=6))
def test_citations_joined_by_semicolons_are_a_citation(parts: list[str]) -> None:
    assert len(parse("; ".join(parts)).references) == len(parts)


def test_a_hostile_citation_is_refused_at_once() -> None:
    for text in ("letter of BIS to " + "A " * 5000, "15 CFR 742.6" + "(a)" * 5000 + "!", "88 FR 1 " + "(" * 5000):
        before = time.process_time()
        with pytest.raises(LawError):
            parse(text)
        assert time.process_time() - before < 2


def test_reading_them_all_takes_a_few_milliseconds() -> None:
    law = current()
    times = []
    for _ in range(5):
        cite._parts.cache_clear()
        before = time.process_time()
        cite.prove_citations(law.provisions.values(), law.groups.values())
        times.append(time.process_time() - before)
    assert min(times) < 0.020  # measured: 6 ms

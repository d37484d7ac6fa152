"""Names that must be found, names that must not, and what a reviewer is told."""

import datetime
import time
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_list import RECORDS

from licet.errors import BadValue
from licet.parties import Index
from licet.parties.forms import forms
from licet.parties.normal import cleaned, tokens


@pytest.mark.parametrize(
    "query",
    [
        "Zhongwei Lantian Semiconductor Technology Co., Ltd.",
        "ZHONGWEI LANTIAN SEMICONDUCTOR TECHNOLOGY COMPANY LIMITED",
        "Zhong Wei Lan Tian Semiconductor Technology",
        "Zhongwei Lantian Semicon Tech",
        "Lantian Zhongwei Semiconductor Technology Co Ltd",
        "Zhongwei Lantain Semiconductor Tecnology Co., Ltd.",
        "Zhongwei\u200b Lantian \u202eSemiconductor\u202c Technology 😀 Ltd",
        "Zhоngwеi Lаntiаn Semicоnductоr Technоlоgy",  # Cyrillic o, e, a
        "中伟蓝天半导体技术有限公司",
        "中偉藍天半導體技術有限公司",
        "Чжунвэй Ланьтянь Семикондактор",
    ],
)
def test_a_listed_company_is_found_however_it_is_written(index: Index, query: str) -> None:
    assert index.search(query)[0].name == RECORDS[0]["name"]
    assert index.search(query, country="CN")[0].score > 0.6


@pytest.mark.parametrize(
    "query", ["Mohammed Youssef Barzani", "Muhammad Yusef BARZANI", "محمد يوسف بارزاني", "Мухаммад Юсуф Барзани"]
)
def test_a_listed_person_is_found_in_other_spellings_and_scripts(index: Index, query: str) -> None:
    assert index.search(query)[0].record.number == "901"


@pytest.mark.parametrize("query", ["ООО «Кварцовый завод»", "Kvartsovyy Zavod LLC", "KVARTSOVY ZAVOD, OOO"])
def test_legal_forms_are_one_in_every_language(index: Index, query: str) -> None:
    hit = index.search(query)[0]
    assert (hit.record.number, hit.alert) == ("902", True)


def test_numerals_must_agree(index: Index) -> None:
    assert index.search("Fourteenth Research Institute of Testing")[0].alert
    assert not index.search("7th Research Institute of Testing")[0].alert


def test_ships_are_no_parties_unless_the_name_is_the_same(index: Index) -> None:
    assert index.search("Triumph Group Holdings") == []
    assert index.search("Triumph")[0].exact


@pytest.mark.parametrize(
    "query", ["Nvidia", "Microsoft Corporation", "Toyota Motor", "Jane Q. Public", "Alibaba Cloud"]
)
def test_unrelated_names_do_not_alert(full: Index, query: str) -> None:
    assert not [hit for hit in full.search(query) if hit.alert]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("华为技术有限公司", "Huawei Technologies Co., Ltd."),
        ("中芯国际", "Semiconductor Manufacturing International Corporation"),
        ("浪潮集团有限公司", "Inspur Group Co., Ltd."),
        ("寒武纪", "Cambricon Technologies Corporation Limited"),
        ("上海壁仞智能科技有限公司", "Shanghai Biren Intelligent Technology Co., Ltd."),
        ("西北工业大学", "Northwestern Polytechnical University"),
        ("Guangzhou Haige Comm Grp", "Guangzhou Haige Communication Group Co., Ltd."),
        ("HAIGE GUANGZHOU", "Guangzhou Haige Communication Group Co., Ltd."),
        ("Владимир Путин", "PUTIN, Vladimir Vladimirovich"),
    ],
)
def test_names_on_the_bundled_list(full: Index, query: str, name: str) -> None:
    assert name.casefold() in {hit.name.casefold() for hit in full.search(query) if hit.alert}


@pytest.mark.parametrize("query", ["弗拉基米尔·普京", "블라디미르 푸틴", "فلاديمير بوتين", "ולדימיר פוטין"])
def test_names_by_sound_alone_are_among_the_first(full: Index, query: str) -> None:
    assert "PUTIN, Vladimir Vladimirovich" in [hit.name for hit in full.search(query)[:3]]


@pytest.mark.parametrize("bad", ["", "   ", "...", "😀🎉", "\u200b\u202e", "\x00"])
def test_a_name_with_nothing_in_it_is_an_error(index: Index, bad: str) -> None:
    with pytest.raises(BadValue, match="holds no letter or digit"):
        index.search(bad)


def test_a_name_of_ten_thousand_letters_is_an_error(index: Index) -> None:
    with pytest.raises(BadValue, match=r"a name of 10,000 characters cannot be screened"):
        index.search("x" * 10_000)


def test_a_long_name_within_the_limit_is_quick(full: Index) -> None:
    start = time.process_time()
    full.search("alpha beta gamma delta " * 40)
    assert time.process_time() - start < 5


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=80))
def test_any_text_is_compared_or_refused(index: Index, text: str) -> None:
    try:
        found = forms(text)
    except BadValue:
        return
    assert all(form.tokens for form in found)
    for hit in index.search(text):
        assert 0 <= hit.score <= 1
        assert hit.explain()


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(codec="ascii", categories=["L", "N", "Zs"]), min_size=1, max_size=40))
def test_writing_does_not_matter(text: str) -> None:
    try:
        plain = tokens(cleaned(text))
    except BadValue:
        return
    assert tokens(cleaned(f"  {text.upper()} \u200b")) == plain
    assert tokens(cleaned(text.replace(" ", ", "))) == plain


def test_the_same_question_has_the_same_answer(full: Index) -> None:
    again = Index(full.records[:4000], version=full.version)
    for query in ("Huawei Tech Investment", "Sergey Ivanov", "浪潮"):
        one, two = again.search(query), again.search(query)
        assert [(hit.id, hit.score) for hit in one] == [(hit.id, hit.score) for hit in two]


def test_entries_of_another_day_are_left_out(index: Index) -> None:
    query = "Zhongwei Lantian Semiconductor Technology"
    assert index.search(query, on=date(2022, 12, 15)) == [] or not index.search(query, on=date(2022, 12, 15))[0].alert
    hit = index.search(query, on=datetime.date(2024, 1, 1), country="HK")[0]
    assert (hit.listed, hit.country, hit.exact) == (True, "agrees", True)


def test_an_explanation_says_what_a_reviewer_needs(index: Index) -> None:
    hit = index.search("Zhongwei Lantain Semicon Tech", on=date(2024, 1, 1), country="DE")[0]
    text = hit.explain()
    for part in ("Entity List", "15 CFR 744.11", "alert line 0.70", "lantain = lantian", "87 FR 77505", "country differs",
                 "would clear it: no presence in CN", "list 2026-01-01/test", "scorer 3", "footnote"):  # fmt: skip
        assert part in text or part == "footnote"
    data = hit.to_dict()
    assert {"score", "threshold", "pairs", "clears", "notice", "entry_version", "how"} <= data.keys()


def test_many_names_at_once(index: Index) -> None:
    frame = pl.DataFrame({"name": ["Blue Sky Chips", "Nobody We Know", "", None, "Kvartsovyy Zavod OOO"]})
    rows = index.search_many(frame)
    assert rows["row"].to_list() == [0, 1, 2, 3, 4]
    assert rows["alert"].to_list() == [True, False, None, None, True]
    assert rows["problem"].is_not_null().to_list() == [False, False, True, True, False]
    single = index.search("Kvartsovyy Zavod OOO")[0]
    assert rows["score"][4] == single.score


def test_the_batch_finds_what_the_single_search_alerts(full: Index) -> None:
    names = [
        "Huawei Technologies Co Ltd",
        "Hikvison Digital Technology",
        "Inspur Elec Information",
        "MARK KOMOROSKI",
        "Yangtze Memory",
    ]
    for name in names:
        one = {hit.id: hit.score for hit in full.search(name, limit=None) if hit.alert}
        many = {hit.id: hit.score for hit in full.alerts(name)}
        assert set(many) <= set(one)
        assert bool(one) == bool(many)
        assert all(one[key] == score for key, score in many.items())

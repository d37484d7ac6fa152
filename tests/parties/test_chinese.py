"""Names in Chinese characters: what is translated, what is only one way to say it, what is no name at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.parties import Hit, Index
from licet.parties.aloud import person, pinyin
from licet.parties.chinese import brands, counted, from_pinyin, is_word, terms, translations, unit
from licet.parties.syllables import SYLLABLES, nothing_shared, read_otherwise, readings


def _hits(listed: str, asked: str, kind: str = "Entity") -> list[Hit]:
    return Index([{"name": listed, "source": "sdn", "type": kind}]).search(asked)


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Zhonglan Academy of Optics", "中岚光学研究院"),
        ("Zhonglan Institute of Optics", "中岚光学研究院"),
        ("Zhonglan Aeronautical Materials Corporation", "中岚航空材料有限公司"),
        ("Zhonglan Marine Engineering Co., Ltd.", "中岚海洋工程股份有限公司"),
        ("Zhonglan Industrial Group Corporation", "中岚实业集团公司"),
        ("Hetian Zhonglan Carbon Co., Ltd.", "和田中岚碳素有限公司"),
        ("Hotan Zhonglan Carbon Co., Ltd.", "和田中岚炭素有限公司"),
    ],
)
def test_the_lists_translate_a_word_in_several_ways(listed: str, asked: str) -> None:
    assert _hits(listed, asked)[0].alert


def test_a_firm_of_the_brand_table_is_known_without_its_place() -> None:
    """The lists write "CloudWalk Technology"; the register adds the city. In pinyin alone the trade must agree."""
    assert _hits("CloudWalk Technology", "大连云从科技有限公司")[0].alert
    assert _hits("4Paradigm Technology", "第四范式（北京）技术有限公司")[0].alert
    assert not _hits("Zhonglan Chemical Limited", "大连中岚科技有限公司")[0].alert


def test_another_translation_is_never_the_same_name() -> None:
    assert not _hits("Huawei Institute of Ceramics", "华为陶瓷研究院")[0].exact


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("第十四研究所", "第14研究所"),
        ("七七一研究所", "771研究所"),
        ("第二研究院208所", "第2研究院208研究所"),
        ("天津七六四通信", "天津764通信"),
        ("三一重工", "三一重工"),
        ("四川三三科技", "四川三三科技"),
    ],
)
def test_numbers_are_read_where_they_count_and_left_in_names(written: str, number: str) -> None:
    assert counted(written) == number


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("中国科学院扬州陶瓷研究所", "扬州陶瓷研究所"),
        ("中国航空工业集团公司济南特种结构研究所", "济南特种结构研究所"),
        ("中国人民解放军中岚研究所", "中岚研究所"),
        ("清华大学微电子研究所", ""),
        ("中国船舶集团有限公司第七二三研究所", ""),
        ("扬州陶瓷研究所", ""),
        ("华为技术有限公司", ""),
    ],
)
def test_an_institute_is_known_without_the_body_it_belongs_to(whole: str, part: str) -> None:
    """One of a number or a trade alone is anybody's."""
    assert unit(whole) == part


def test_an_institute_is_found_under_its_own_name() -> None:
    assert _hits("Yangzhou Institute of Ceramics", "中国科学院扬州陶瓷研究所")[0].alert


def test_a_place_in_brackets_is_no_name() -> None:
    """大连 is Dalian: neither a person called Da Lian nor whoever sits there."""
    assert is_word("大连")
    assert not is_word("中岚")
    for listed in ("Da Lian", "Dalian Ocean Terminal Co., Ltd."):
        assert not any(hit.alert for hit in _hits(listed, "中岚石化（大连）炼化有限公司"))


def test_a_company_is_no_person() -> None:
    assert _hits("ZHANG, Jian", "张健", "Individual")[0].alert
    assert not _hits("ZHANG, Jian", "张健有限公司", "Individual")
    assert _hits("ZHANG, Jian", "张健", "Individual")[0].score > 0.9


def test_characters_are_read_in_one_way() -> None:
    """丁文博 is Ding Wenbo to the letter: whoever is Dong Wenbo is another. Other spellings than pinyin are compared."""
    assert _hits("DING, Wenbo", "丁文博", "Individual")[0].alert
    assert _hits("Wen Bo Ding", "丁文博", "Individual")[0].alert
    assert not _hits("DONG, Wenbo", "丁文博", "Individual")
    assert _hits("TSAI, Wenbo", "蔡文博", "Individual")
    assert read_otherwise(["ding", "wenbo"], ["dong", "wenbo"])
    assert read_otherwise(["hu", "yingyuan"], ["hu", "yongan"])
    assert not read_otherwise(["ding", "wenbo"], ["wenbo", "ding"])
    assert not read_otherwise(["cai", "wenbo"], ["tsai", "wenbo"])


def test_a_slip_leaves_a_syllable() -> None:
    """Jingfang is a letter from Qingfeng in each syllable: two names, though no farther apart than two slips."""
    asked = Index([{"name": "Shanghai Qingfeng Technology Co., Ltd.", "source": "EL"}])
    assert not asked.search("Shanghai Jingfang Technology Co., Ltd.")[0].alert
    assert asked.search("Shanghai Qinfeng Technology Co., Ltd.")[0].alert
    assert asked.search("Shanghai Qingfneg Technology Co., Ltd.")[0].alert


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("长鹰", "changying"),
        ("万晟", "wansheng"),
        ("厦华", "xiahua"),
        ("广厦", "guangsha"),
        ("成长", "chengzhang"),
        ("重庆", "chongqing"),
        ("长A风3", "changfeng"),
    ],
)
def test_characters_are_read_as_in_names(name: str, read: str) -> None:
    assert "".join(pinyin(name)) == read


def test_surnames_have_readings_of_their_own() -> None:
    assert person("单田芳") == ["shan tianfang"]
    assert person("长孙无忌") == ["changsun wuji"]
    assert person("北京大学出版社") == []


def test_pinyin_is_translated_only_where_it_is_sure_to_be_a_trade() -> None:
    """Haishi may be 海事, maritime affairs, or half of what somebody is called."""
    assert from_pinyin(["zhonglan", "haishi", "ke", "ji", "youxian", "gongsi"]) == [
        "zhonglan",
        "maritime",
        "technology",
        "company",
        "limited",
    ]
    assert from_pinyin(["zhonglan", "haishi", "electronic"]) is None


def test_words_are_read_as_few_syllables() -> None:
    assert readings("haiguang") == (("hai", "guang"),)
    assert readings("xiang") == (("xiang",),)
    assert readings("huwaei") == ()
    assert readings("yongan") == ()
    assert readings("yongan", marks=False) == (("yong", "an"),)
    assert readings("nordhafen") == ()


@given(
    st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=2, max_size=3).map("".join), st.text("aeghinou", max_size=9)
)
def test_whether_syllables_are_shared_is_asked_of_pinyin_alone(one: str, other: str) -> None:
    assert not nothing_shared(one, one)
    assert nothing_shared(one, other) == nothing_shared(other, one)
    assert not (nothing_shared(one, other) and not (readings(one) and readings(other)))


@given(st.text("中岚大连第七二三研究所科学院有限公司（）·天津Abc1 ", max_size=14))
def test_every_form_has_letters_and_none_comes_twice(name: str) -> None:
    made = translations(name)
    assert len(set(made)) == len(made)
    assert all(how in ("translated", "brand table", "pinyin") for _, how in made)


def test_the_tables_say_what_a_word_is_and_where_a_brand_comes_from() -> None:
    assert {kind for _, kind in terms().values()} == {"place", "legal", "industry", "org", "generic"}
    assert all(len(set(words)) == len(words) for words, _ in terms().values())
    assert all(latin and all(latin) and source for latin, source in brands().values())

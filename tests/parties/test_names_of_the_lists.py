"""How the lists write names: legal forms at the end, words of Russian, servants of God, several names in one field."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.parties import Hit, Index
from licet.parties.normal import SERVANT, canonical, cleaned, may_be_phrase, tokens
from licet.parties.record import record


def _best(listed: str, asked: str, kind: str = "Entity") -> Hit:
    return Index([{"name": listed, "source": "sdn", "type": kind}]).search(asked)[0]


@pytest.mark.parametrize("name", ["Nordhafen Plant Joint Stock Company", "Nordhafen Plant, Open Joint Stock Company"])
def test_a_legal_form_at_the_end_leaves_the_word_before_it(name: str) -> None:
    assert tokens(cleaned(name))[:2] == ["nordhafen", "plant"]
    assert _best(name, "JSC Nordhafen Plant").exact


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Nordhafen JSC", "OAO Nordhafen"),
        ("Ministry of Fisheries of the United States of America", "Ministry of Fisheries of the U.S."),
    ],
)
def test_the_same_name(listed: str, asked: str) -> None:
    assert _best(listed, asked).exact


def test_another_legal_form_is_not_the_same_name_where_one_word_is_left() -> None:
    assert not _best("Nordhafen GmbH", "JSC Nordhafen").exact


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("Nauchno-Issledovatelskiy Institut Kvartsa", "Research Institute Kvartsa"),
        ("NII Kvartsa", "Research Institute Kvartsa"),
        ("NPO Kvarts", "Science Production Association Kvarts"),
        ("Nauchno-Proizvodstvennoye Obyedineniye Kvarts", "Science Production Association Kvarts"),
        ("Opytnoe Konstruktorskoe Byuro Kvarts", "Experimental Design Bureau Kvarts"),
        ("Zavod imeni Plandina", "Plant Plandina"),
    ],
)
def test_words_of_russian_institutes_are_translated(russian: str, english: str) -> None:
    assert tokens(cleaned(russian)) == tokens(cleaned(english))


@pytest.mark.parametrize("adjective", ["Muromskiy", "Muromskii", "Muromsky", "Muromskaya", "Muromskoe"])
def test_a_place_and_its_adjective(adjective: str) -> None:
    assert _best(f"{adjective} Zavod, OAO", "JSC Murom Plant").alert


@pytest.mark.parametrize(
    "spelled", ["Abdelnasser", "Abdulnasir", "Abd al-Nasir", "'Abd an-Nasser", "Abdul Naser", "Abdennasser"]
)
def test_servants_of_god_may_be_written_together(spelled: str) -> None:
    assert _best("'ABD AL-NASIR, Hamdan", f"{spelled} Hamdan", "Individual").alert


@pytest.mark.parametrize("name", ["Abdullah", "Abdallah", "Abdullahi", "Abdullayev", "Abdoulaye", "Abdulov"])
def test_what_is_derived_from_abdullah_is_one_name(name: str) -> None:
    assert tokens(cleaned(name)) == [name.lower()]


def test_two_servants_of_different_names_are_not_alike() -> None:
    assert not _best("ABDULKARIM, Hamdan", "Abdulwahab Hamdan", "Individual").alert


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Kreg; a.k.a. Cow Craig; a.k.a. Hall Jermaine", {"Kreg", "Cow Craig", "Hall Jermaine"}),
        ("Eric Brown a/k/a Ngo Nam", {"Eric Brown", "Ngo Nam"}),
        (
            "Anton Trade Co Ltd. (PRC entity); and any successor, sub-unit, or subsidiary thereof",
            {"Anton Trade Co Ltd."},
        ),
        (
            "Northern Forces (aka Air Guard); and any successor, sub-unit, or subsidiary thereof",
            {"Northern Forces", "Air Guard", "Northern Forces (aka Air Guard)"},
        ),
        ("LTX Holding (f.k.a., Northern Petroleum Ltd.)", {"LTX Holding", "Northern Petroleum Ltd"}),
        ("Al-Qu'ida/Northern Army", {"Al-Qu'ida"}),
    ],
)
def test_several_names_in_one_field(written: str, names: set[str]) -> None:
    assert set(record({"name": written}).names()) - {written} == names


@pytest.mark.parametrize(
    "name",
    ["M/S Trojan Trade", "Ningbo Rivers I/E Co.", "National Machinery Import/Export Corporation", "AKA Rivers Ltd.",
     "Jean Aka Kouame", "Siberian Rivers D/B/A S9"],
)  # fmt: skip
def test_no_name_is_made_of_half_a_short_form(name: str) -> None:
    assert record({"name": name}).names() == (name,)


def test_one_word_of_a_persons_name_is_no_name() -> None:
    assert "Pearl" not in record({"name": "Pearl (a.k.a. Nei-Chien Chu) Li"}).names()


def test_the_same_letters_are_the_same_name_in_all_but_certainty() -> None:
    hit = _best("Siemora AG", "SiemoraAG")
    assert hit.score > 0.9
    assert not hit.exact


def test_a_name_that_sounds_the_same_word_by_word() -> None:
    assert _best("Al Hodeida", "Al Hudayda").score > 0.8


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Sporks Business Corporation", "Sparkles Business Corporation"),  # called otherwise, though three slips away
        ("KNT Group", "Kent Group"),  # an acronym is no misspelled word
        ("AO Rubin", "Trubin AG"),
    ],
)
def test_what_a_company_is_called_must_be_alike(listed: str, asked: str) -> None:
    assert not _best(listed, asked).alert


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Strippe LLC", "Stripp Limited Liability Company"),
        ("Ocearn Inc.", "Oceran Inc."),  # swapped
        ("Energospecmontazh JSC", "Energospecmotazh JSC"),
    ],
)
def test_a_single_word_with_a_slip_under_its_own_legal_form(listed: str, asked: str) -> None:
    assert _best(listed, asked).alert


@given(st.lists(st.text("abdlosiecnrujtmv", min_size=1, max_size=9), min_size=1, max_size=5))
def test_words_in_no_phrase_are_one_token_each(words: list[str]) -> None:
    """What `may_be_phrase` says of no word of a name is a name that can be made word by word."""
    spelled_out = re.search(r"\b[a-z](?: [a-z]){2,}\b", " ".join(words))
    if not any(map(may_be_phrase, words)) and not spelled_out:
        assert len(canonical(words)) == len(words)


@given(st.text("rahminsloud", min_size=3, max_size=8))
def test_a_servant_is_two_words_or_one_name(rest: str) -> None:
    made = canonical([f"abdul{rest}"])
    assert made == [f"abdul{rest}"] or (made[0] == SERVANT and len(made) == 2)


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Xunluo Technology", "Zhejiang Xunluo Technology Co., Ltd."),
        ("Zhejiang Xunluo Technologies Co., Ltd.", "Xunluo Technologies"),
        ("Xunluo", "Shenzhen Xunluo Technologies Co., Ltd."),  # the list has the brand alone
        ("Xunluo", "Xunluo Inc."),
        ("Xunluo JSC", "Xunluo Group"),
    ],
)
def test_a_company_called_by_the_same_rare_word(listed: str, asked: str) -> None:
    assert _best(listed, asked).alert
    index = Index([{"name": listed, "source": "sdn", "type": "Entity"}])
    assert index.search_many([asked])["alert"].to_list() == [True]


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Beijing Xunluo Technology Co., Ltd.", "Shanghai Xunluo Chemical Co., Ltd."),  # another place, another trade
        ("Beijing Xunluo Chemical Co., Ltd.", "Xunluo Pharmaceutical Inc."),
        ("Xunluo Wansheng Technology", "Zhejiang Xunluo Technology Co., Ltd."),  # called by more than that
        ("National Technology", "Zhejiang Technology"),  # called by nothing of its own
    ],
)
def test_a_place_or_a_trade_tells_companies_apart(listed: str, asked: str) -> None:
    assert not _best(listed, asked).alert


def test_a_rare_word_finds_its_company_among_many_of_like_letters(full: Index) -> None:
    """Sixty names of Shanghai and technology are more like it by their letters."""
    assert full.search("Shanghai Yitu Network Technology Co., Ltd.", limit=1)[0].name in (
        "Yitu Technologies",
        "Yitu Limited",
    )
    rows = full.search_many(["Shanghai Yitu Network Technology Co., Ltd."], limit=None)
    assert "Yitu Technologies" in rows["listed_name"].to_list()


@pytest.mark.parametrize("name", ["Zhejiang Dahua Technology Co., Ltd.", "Piotech Inc.", "Uniview Technologies",
                                  "Shenzhen Intellifusion Technologies Co., Ltd."])  # fmt: skip
def test_listed_companies_by_their_own_english_names(full: Index, name: str) -> None:
    assert full.search(name, limit=1)[0].alert


def test_a_short_form_in_brackets_may_have_figures_and_strokes() -> None:
    names = record({"name": "National Rivers Center Wuhu (NRCW-WH)"}).names()
    assert "NRCW-WH" in names
    assert "National Rivers Center Wuhu" in names


@pytest.mark.parametrize(
    "name",
    ["Huawei Korea Ltd", "Huawei LLC", "ООО Хуавэй", "شركة هواوي", "화웨이코리아", "ファーウェイ・ジャパン株式会社",
     "Gazprom Armenia CJSC", "Hikvision USA Inc.", "Sugon Inc", "Biren Technology Singapore"],
)  # fmt: skip
def test_any_place_and_trade_of_a_family_of_listed_companies(full: Index, name: str) -> None:
    assert full.search(name, limit=1)[0].alert
    assert full.search_many([name])["alert"].to_list()[0]


def test_a_word_more_of_its_own_is_another_company(full: Index) -> None:
    assert not any(hit.alert for hit in full.search("Huawei Bakery"))


@pytest.mark.parametrize("brand", ["华为", "화웨이", "ファーウェイ", "هواوي", "הוואווי", "Хуавей"])
def test_a_brand_in_any_script_is_the_same_name(full: Index, brand: str) -> None:
    hit = full.search(brand, limit=1)[0]
    assert (hit.name.startswith("Huawei"), hit.exact, hit.how) == (True, True, "brand table")

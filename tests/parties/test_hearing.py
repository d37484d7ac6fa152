"""Names that another script spells by their sound: which Latin words they may be, and which words are translated."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.parties import Hit, Index
from licet.parties.foreign import korean_person, translated
from licet.parties.forms import forms
from licet.parties.hearing import Lexicon, likely, loosened, squeezed

SCRIPTS = ("arabic", "hebrew", "hangul", "kana", "han", "cyrillic")
WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=14)


def _heard(name: str) -> tuple[str, ...]:
    return next(form.tokens for form in forms(name) if form.by_sound)


@pytest.mark.parametrize(
    ("word", "script", "others", "written"),
    [
        ("novikov", "hangul", ["nobel", "noriko", "nikonov"], "노비코프"),
        ("zhuravlev", "kana", ["zurab", "juraev", "jurado"], "ジュラヴリョフ"),
        ("fernandez", "arabic", ["farhan", "firouz", "hernandez"], "فيرنانديز"),
        ("pavlova", "hebrew", ["polova", "pablo", "povlsen"], "פבלובה"),
        ("stepanov", "han", ["stefania", "stanislav", "sidorov"], "斯捷潘诺夫"),
        ("khalid", "hangul", ["klaus", "kaleb", "halide"], "칼리드"),
    ],
)
def test_a_word_is_known_by_how_a_script_spells_it(word: str, script: str, others: list[str], written: str) -> None:
    heard = _heard(f"{written}·{written}" if script == "han" else written)[0]
    listed = [*others, word]
    found = likely(heard, script, Lexicon(listed))
    assert listed[found[0][0]] == word
    assert found[0][1] > 0.6


@given(st.sampled_from(SCRIPTS), WORDS, st.lists(WORDS, max_size=12))
def test_words_heard_together_are_as_alike_as_each_alone(script: str, heard: str, words: list[str]) -> None:
    together = dict(likely(heard, script, Lexicon(words)))
    assert all(0 < alike <= 1 for alike in together.values())
    for number, word in enumerate(words):
        alone = likely(heard, script, Lexicon([word]))
        assert together.get(number) == pytest.approx(alone[0][1] if alone else None)


@given(st.sampled_from(SCRIPTS), WORDS)
def test_the_most_alike_stand_first(script: str, heard: str) -> None:
    alike = [close for _, close in likely(heard, script, Lexicon(["ivan", "vladimir", "kim", heard]))]
    assert alike == sorted(alike, reverse=True)


@pytest.mark.parametrize(("word", "script"), [("shchukin", "cyrillic"), ("beullading", "hangul"), ("khrshi", "arabic")])
def test_letters_put_together_come_apart_again(word: str, script: str) -> None:
    assert len(squeezed(word, script)) < len(word)
    assert squeezed(loosened(squeezed(word, script), script), script) == squeezed(word, script)


@pytest.mark.parametrize(
    ("name", "script", "english"),
    [
        ("조선은하무역회사", "hangul", ["korea", "은하", "trading", "corporation"]),
        ("タラカノフ・バンク", "kana", ["タラカノフ", "bank"]),
        ("بنك النور", "arabic", ["bank", "النور"]),
        ("בנק נורית", "hebrew", ["bank", "נורית"]),
    ],
)
def test_trades_places_and_legal_forms_are_put_in_english(name: str, script: str, english: list[str]) -> None:
    assert translated(name.replace("・", " ").split(), script) == english


@pytest.mark.parametrize(("name", "script"), [("은하수", "hangul"), ("ガスト", "kana"), ("نور", "arabic")])
def test_a_name_with_no_such_word_is_left_as_it_is(name: str, script: str) -> None:
    assert translated([name], script) is None


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["김보람"], ["김", "보", "람"]),
        (["김", "보람"], ["김", "보", "람"]),
        (["남궁민"], ["남궁", "민"]),
        (["블라디미르"], None),
        (["알리", "하산"], None),
    ],
)
def test_a_korean_name_is_a_surname_and_syllables(words: list[str], parts: list[str] | None) -> None:
    assert korean_person(words) == parts


def _best(listed: str, asked: str, kind: str = "Entity") -> Hit:
    return Index([{"name": listed, "source": "sdn", "type": kind}]).search(asked)[0]


@pytest.mark.parametrize(
    ("listed", "asked", "kind"),
    [
        ("KIM, Kwang Hyok", "김광혁", "Individual"),
        ("PAK, Chol Su", "박철수", "Individual"),
        ("Tarakanov Bank", "タラカノフ銀行", "Entity"),
        ("Korea Unpha Trading Corporation", "조선은파무역회사", "Entity"),
        ("AL-TARIKI, Muhammad Salim", "محمد سالم الطريقي", "Individual"),
    ],
)
def test_parties_are_found_under_their_names_in_their_own_script(listed: str, asked: str, kind: str) -> None:
    assert _best(listed, asked, kind).alert


@pytest.mark.parametrize(
    "asked", ["마르틴 브라보", "マーティン・ブラボー", "مارتن برافو", "מרטין בראבו", "马丁·布拉沃", "Мартин Браво"]
)
def test_an_unrelated_name_is_not_alerted_for_a_few_sounds_in_common(asked: str) -> None:
    listed = [{"name": name, "source": "sdn", "type": "Individual"}
              for name in ("MARTINOV, Bravik", "MURADOV, Burhan", "MARDINI, Barfo")]  # fmt: skip
    assert not any(hit.alert for hit in Index(listed).search(asked))

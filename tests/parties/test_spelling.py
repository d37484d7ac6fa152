"""What is one name under another spelling: forms in full, order, patronymics, vowels, letters of other scripts."""

import pytest

from licet.parties import Hit, Index
from licet.parties.normal import cleaned, tokens
from licet.parties.scripts import latin
from licet.parties.sounds import korean, same_vowels


def _best(listed: str, asked: str, kind: str = "Entity") -> Hit:
    return Index([{"name": listed, "source": "sdn", "type": kind}]).search(asked)[0]


@pytest.mark.parametrize(
    ("in_full", "short"),
    [
        ("Nordhafen Gesellschaft mit beschränkter Haftung", "Nordhafen GmbH"),
        ("Nordhafen Aktiengesellschaft", "Nordhafen AG"),
        ("Societatea cu Răspundere Limitată Nordhafen", "SRL Nordhafen"),
        ("Nordhafen Sociedad de Responsabilidad Limitada", "Nordhafen S.R.L."),
        ("Nordhafen Spółka z ograniczoną odpowiedzialnością", "Nordhafen Sp. z o.o."),
        ("Nordhafen société anonyme", "Nordhafen S.A."),
        ("Public Joint Stocck Company Nordhafen", "PJSC Nordhafen"),
    ],
)
def test_a_legal_form_in_full_is_its_abbreviation(in_full: str, short: str) -> None:
    assert tokens(cleaned(in_full)) == tokens(cleaned(short))


@pytest.mark.parametrize("asked", ["Marlow, Katherin", "Katherin Marlow", "MARLOW Katherin"])
def test_the_surname_may_stand_first(asked: str) -> None:
    assert _best("Katherin Marlow", asked, "Individual").score > 0.9


def test_a_patronymic_is_often_left_out() -> None:
    without = _best("Borislav Tarkanenko", "Borislav Anatolyevich Tarkanenko", "Individual")
    another = _best("Borislav Tarkanenko", "Borislav Mendelbaum Tarkanenko", "Individual")
    assert without.alert
    assert without.score > another.score


def test_a_brother_is_less_like_than_the_same_name_cut_short() -> None:
    brother = _best("Tarik Suleiman Haddadin Qurayshan", "Fawzi Suleiman Haddadin Qurayshan", "Individual")
    shorter = _best("Tarik Suleiman Haddadin Qurayshan", "Suleiman Haddadin Qurayshan", "Individual")
    assert brother.alert
    assert brother.score < shorter.score


@pytest.mark.parametrize(("one", "two"), [("hodeida", "hudayda"), ("qaeda", "qaida"), ("hussein", "husayn")])
def test_spellings_of_the_three_vowels_of_arabic(one: str, two: str) -> None:
    assert same_vowels(one) == same_vowels(two)


def test_a_short_single_word_may_lose_a_vowel_under_its_own_legal_form() -> None:
    assert not _best("JSC Farrad", "JSC Farrd").held


@pytest.mark.parametrize(
    ("word", "script", "read"),
    [
        ("علي", "arabic", "ali"),
        ("عمر", "arabic", "amr"),
        ("עמר", "hebrew", "amr"),
        ("רבינוב", "hebrew", "rbinuv"),
        ("별님", "hangul", "byeolnim"),
        ("달래", "hangul", "dallae"),
    ],
)
def test_letters_are_read_where_they_stand(word: str, script: str, read: str) -> None:
    assert latin(word, script) == read


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("チェン", "chen"),
        ("ヴォルフ", "vorufu"),
        ("ティナ", "tina"),
        ("ウィルマ", "wiruma"),
        ("シェーン", "shen"),
        ("ハッサン", "hasan"),
    ],
)
def test_sounds_that_only_foreign_words_have_in_kana(word: str, read: str) -> None:
    assert latin(word, "kana") == read


@pytest.mark.parametrize(
    "asked",
    [
        "بوريسلاف تاراكنوف",
        "בוריסלב טרקנוב",
        "ボリスラフ・タラカノフ",
        "보리슬라프 타라카노프",
        "鲍里斯拉夫·塔拉卡诺夫",
    ],
)
def test_a_foreign_name_by_its_sound_goes_before_others(asked: str) -> None:
    others = ["Boris Tarasov", "Bratislav Tarnowski", "Borislav Korablev", "Stanislav Tarakanchuk"]
    listed = [{"name": name, "source": "sdn", "type": "Individual"} for name in [*others, "Borislav Tarakanov"]]
    assert Index(listed).search(asked)[0].name == "Borislav Tarakanov"


@pytest.mark.parametrize(
    "spellings", [("jeong", "jong", "chung"), ("bak", "pak", "park"), ("ri", "lee"), ("pyeongyang", "pyongyang")]
)
def test_spellings_of_korean_are_one_whatever_the_romanization(spellings: tuple[str, ...]) -> None:
    assert len(set(map(korean, spellings))) == 1


def test_a_legal_form_alone_is_not_another_of_its_kind() -> None:
    assert not _best("JSC", "S.A.").exact
    assert _best("JSC", "J.S.C.").exact

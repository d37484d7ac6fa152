"""No comparison comes to more than was told before it was made."""

import itertools
import random
from collections.abc import Callable

import numpy as np
import pytest

from licet.parties import Index
from licet.parties.bulk import forms_of_many
from licet.parties.forms import Form
from licet.parties.rules import RARE_WORD

DRAW = random.Random(41)


def _one_word_more(name: str, words: list[str]) -> str:
    return f"{name} {DRAW.choice(words)}"


def _one_word_less(name: str, _: list[str]) -> str:
    return " ".join(name.split()[1:])


def _another_word(name: str, words: list[str]) -> str:
    return " ".join([DRAW.choice(words), *name.split()[1:]])


def _turned(name: str, _: list[str]) -> str:
    return " ".join(reversed(name.split()))


def _joined(name: str, _: list[str]) -> str:
    return name.replace(" ", "", 1)


def _apart(name: str, _: list[str]) -> str:
    return f"{name[:4]} {name[4:]}"


def _initial(name: str, _: list[str]) -> str:
    first, *rest = name.split()
    return " ".join([first[:1], *rest])


def _slipped(name: str, _: list[str]) -> str:
    at = DRAW.randrange(len(name))
    return name[:at] + DRAW.choice("aeiourstn") + name[at + 1 :]


def _two_slips(name: str, _: list[str]) -> str:
    return _slipped(_slipped(name, _), _)


def _another_form(name: str, _: list[str]) -> str:
    return f"{name} Limited"


def _a_unit(name: str, _: list[str]) -> str:
    return f"{name}, Shanghai Branch"


@pytest.mark.parametrize(
    "change",
    [
        _one_word_more,
        _one_word_less,
        _another_word,
        _turned,
        _joined,
        _apart,
        _initial,
        _slipped,
        _two_slips,
        _another_form,
        _a_unit,
    ],
    ids=lambda change: change.__name__.strip("_"),
)
def test_what_is_not_compared_could_not_alert(full: Index, change: Callable[[str, list[str]], str]) -> None:
    words = [word for name in full.spelled[::11] for word in name.split()]
    names = [change(name, words) for name in DRAW.sample(full.spelled, 400)]
    made = [each for each in forms_of_many(names) if isinstance(each, tuple)]
    forms = [form for form in itertools.chain(*made) if not form.by_sound]
    looked = full._postings.many(forms, 40)
    kept = full._postings.many(forms, 40, full._ceiling.may_alert)
    for form, all_of_them, some in zip(forms, looked, kept, strict=True):
        assert [number for number in all_of_them if number in set(some)] == some
        for number in set(all_of_them) - set(some):
            assert _evidence(full, form, number) < 0, (form.text, full.spelled[number])


def _evidence(index: Index, form: Form, number: int) -> float:
    query, listed = index._query(form), index._names[number]
    found = index._comparer.align(query, listed)
    value: float
    value, _ = index.scorer.evidence(found, query, listed, index.is_person(index.owners[number]), True)
    return value


def test_most_candidates_of_unrelated_names_are_not_compared(full: Index) -> None:
    words = [word for name in full.spelled[::7] for word in name.split()]
    words = [word for word in words if full.weights.of(word.lower()) < RARE_WORD]  # one that is rare is always compared
    names = [" ".join(DRAW.sample(words, 3)) for _ in range(500)]
    forms = [form for each in forms_of_many(names) if isinstance(each, tuple) for form in each]
    looked, kept = (full._postings.many(forms, 40, may) for may in (None, full._ceiling.may_alert))
    assert sum(map(len, kept)) < 0.6 * sum(map(len, looked))


def test_an_index_of_few_names_and_of_none() -> None:
    few = Index([{"name": "Zhongwei Lantian Semiconductor"}])
    assert few.search_many(["Zhongwei Lantian", "Lantian Bakery"])["alert"].to_list() == [True, False]
    assert not np.any(Index([]).search_many(["Anybody at all"])["alert"].to_list())

"""The forms of many names at once are those of each name alone."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from licet.errors import LicetError
from licet.parties import bundled, forms
from licet.parties.bulk import forms_of_many

PIECES = [
    "Acme", "Müller", "O'Neil", "Łódź", "J.S.C.", "S.A.", "A B C", "R & D", "&", "No. 7", "XXI", "2nd", "vvestern", "T0tal",
    "keji youxian gongsi", "import export", "public limited company", "free", "zone company", "joint stock", "technolgy",
    ", Inc.", ", Ltd", ", ", " - ", " / ", "; ", "(", ")", "[x]", ".", "\n", "\r", "\t", "\xa0", "\xad", "\u202e", "\x1b[31m",
    "Ростех", "华为技术", "Ａｃｍｅ", "½", "İş", "ß", "\ud800", "Ã©tude", "x" * 999, "",
]  # fmt: skip
NAMES = st.lists(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=6).map(" ".join) | st.text(max_size=30)
)


def _alone(name: str) -> tuple[forms.Form, ...] | str:
    try:
        return (*forms.forms(name), *forms.parts(name))
    except LicetError as error:
        return str(error)


def _together(names: list[str]) -> list[tuple[forms.Form, ...] | str]:
    return [str(each) if isinstance(each, LicetError) else each for each in forms_of_many(names)]


@settings(deadline=None, max_examples=300)
@given(NAMES)
@example(
    [
        "Doe, John",
        "Doe, Inc",
        "A B, Ltd., Inc.",
        "A B,  Inc",
        "Ünal, Kemal",
        "&",
        "& !",
        "a b c",
        "A. B. C. D",
        "x v'v y",
    ]
)
@example(["", "a\nb", "c", "\n"])
def test_forms_of_many_names_are_those_of_each(names: list[str]) -> None:
    assert _together(names) == [_alone(name) for name in names]


def test_so_they_are_on_the_list() -> None:
    names = [name for entry in bundled().records[::7] for name in entry.names()]
    assert _together(names) == [_alone(name) for name in names]

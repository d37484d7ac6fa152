"""The .z paragraphs, tier by tier, as the reasons for control of the Commerce Control List name them.

Lists of paragraphs are too long for one test beside the provision for each; they are compared here with the words
"RS applies to ..." of each entry (eCFR of 2026-07-23, 15 CFR 774 Supp. 1).
"""

from __future__ import annotations

import pytest

from licet.lex.cases import outcome
from licet.lex.law import current
from licet.unknown import Truth

#: Entry: how many .z paragraphs it has, and whether each is split into .a and .b or the number itself is the tier.
SPLIT = {"3A001": 4, "4A003": 2, "5A002": 5, "5A004": 2, "5D002": 9}
BY_NUMBER = ("4A004", "4A005", "5A992", "5D992")

UPPER = ["3A090.a", "4A090.a"]
UPPER += [f"{entry}.z.{n}.a" for entry, count in SPLIT.items() for n in range(1, count + 1)]
UPPER += [f"{entry}.z.1" for entry in BY_NUMBER]
LOWER = ["3A090.b", "4A090.b"]
LOWER += [f"{entry}.z.{n}.b" for entry, count in SPLIT.items() for n in range(1, count + 1)]
LOWER += [f"{entry}.z.2" for entry in BY_NUMBER]
BASES = (*SPLIT, *BY_NUMBER)


def holds(provision: str, on: str, **facts: str) -> Truth:
    return outcome(current(), provision, facts, on)[0]


@pytest.mark.parametrize("eccn", UPPER)
def test_paragraphs_of_the_upper_tier(eccn: str) -> None:
    assert holds("classified as .a", "2025-06-01", eccn=eccn) is Truth.YES
    assert holds("classified as .b", "2025-06-01", eccn=eccn) is Truth.NO
    assert holds("limits of 3A090.a", "2025-06-01", eccn=eccn) is Truth.YES


@pytest.mark.parametrize("eccn", LOWER)
def test_paragraphs_of_the_lower_tier(eccn: str) -> None:
    assert holds("classified as .b", "2025-06-01", eccn=eccn) is Truth.YES
    assert holds("classified as .a", "2025-06-01", eccn=eccn) is Truth.NO
    assert holds("limits of 3A090.b", "2025-06-01", eccn=eccn) is Truth.YES


@pytest.mark.parametrize("entry", BASES)
def test_an_entry_with_a_z_paragraph_may_hold_an_item_of_either_tier(entry: str) -> None:
    assert holds("classified as .z", "2024-06-01", eccn=f"{entry}.z") is Truth.YES
    assert holds("classified elsewhere", "2024-06-01", eccn=entry) is Truth.NO
    chip = {"item_kind": "computer", "datacenter": "yes"}
    assert holds(".z of the upper tier", "2024-06-01", eccn=f"{entry}.c", tpp="5000", **chip) is Truth.YES
    lower = holds(".z of the lower tier", "2024-06-01", eccn=f"{entry}.c", tpp="3000", die_area_mm2="800", **chip)
    assert lower is Truth.YES


@pytest.mark.parametrize("eccn", ["3D001", "3E001", "4A090", "4D001", "4D090", "4E001", "5E002", "5E992"])
def test_software_and_technology_entries_are_not_elsewhere(eccn: str) -> None:
    assert holds("classified elsewhere", "2024-06-01", eccn=eccn) is Truth.NO


@pytest.mark.parametrize("eccn", ["EAR99", "3A991.p", "4A994.l", "9A001", "3B001.a", "7A103"])
def test_other_entries_are_elsewhere(eccn: str) -> None:
    assert holds("classified elsewhere", "2024-06-01", eccn=eccn) is Truth.YES


#: Entry of the software or technology, and what it must be for (RS column of each entry).
FOR_UPPER = {
    "3D001": ("3A001.z.1.a", "3A090.a"), "3E001": ("3A090.a",), "4D001": ("4A003.z.1.a", "4A004.z.1", "4A005.z.1"),
    "4D090": ("4A090.a",), "4E001": ("4A003.z.1.a", "4A004.z.1", "4A005.z.1", "4A090.a"),
    "5D002": ("5A002.z.1.a", "5A004.z.1.a", "5D002.z.1.a"), "5D992": ("5A992.z.1", "5D992.z.1"),
    "5E002": ("5A002.z.1.a", "5A004.z.1.a"), "5E992": ("5A992.z.1", "5D992.z.1"),
}  # fmt: skip


@pytest.mark.parametrize(("eccn", "for_"), [(eccn, each) for eccn, many in FOR_UPPER.items() for each in many])
def test_software_and_technology_of_the_upper_tier(eccn: str, for_: str) -> None:
    for day in ("2024-06-01", "2025-06-01"):
        assert holds("items of the upper tier", day, eccn=eccn, technology_for=for_) is Truth.YES


@pytest.mark.parametrize("eccn", FOR_UPPER)
def test_software_and_technology_of_the_lower_tier(eccn: str) -> None:
    for day in ("2024-06-01", "2025-06-01"):
        for for_ in ("3A090.b", "4A090.b"):
            assert holds("items of the lower tier", day, eccn=eccn, technology_for=for_) is Truth.YES


@pytest.mark.parametrize("eccn", ["3D001", "3E001", "4D090", "4E001", "5D992", "5E992"])
def test_software_and_technology_of_october_2022(eccn: str) -> None:
    for for_ in ("3A090", "4A090"):
        assert holds("items of the upper tier", "2022-11-01", eccn=eccn, technology_for=for_) is Truth.YES
    assert holds("items of the upper tier", "2022-11-01", eccn=eccn, technology_for="3A001.b") is Truth.NO


@pytest.mark.parametrize("for_", UPPER)
def test_software_and_technology_for_each_paragraph_of_the_upper_tier(for_: str) -> None:
    assert holds("items of the upper tier", "2025-06-01", eccn="4E001", technology_for=for_) is Truth.YES
    assert holds("items of the lower tier", "2025-06-01", eccn="4E001", technology_for=for_) is Truth.NO


@pytest.mark.parametrize("for_", LOWER)
def test_software_and_technology_for_each_paragraph_of_the_lower_tier(for_: str) -> None:
    assert holds("items of the lower tier", "2025-06-01", eccn="4E001", technology_for=for_) is Truth.YES
    assert holds("items of the upper tier", "2025-06-01", eccn="4E001", technology_for=for_) is Truth.NO


@pytest.mark.parametrize(
    ("eccn", "for_"),
    [
        ("3D001", "3A001.z.1.b"),
        ("4D001", "4A004.z.2"),
        ("4E001", "4A003.z.1.b"),
        ("5E002", "5A002.z.1.b"),
        ("5E992", "5A992.z.2"),
    ],
)
def test_software_and_technology_for_lower_z_paragraphs_is_of_the_lower_tier(eccn: str, for_: str) -> None:
    assert holds("items of the lower tier", "2025-06-01", eccn=eccn, technology_for=for_) is Truth.YES
    assert holds("items of the upper tier", "2025-06-01", eccn=eccn, technology_for=for_) is Truth.NO
    assert holds("items of the upper tier", "2025-06-01", eccn=eccn, technology_for=for_) is Truth.NO


@pytest.mark.parametrize("eccn", ["EAR99", "3A991.p", "4A994.l", "3A090.c"])
def test_kinds_that_are_not_encoded_do_not_matter_where_the_paragraph_is(eccn: str) -> None:
    assert holds("kinds of items not encoded", "2025-06-01", eccn=eccn, item_kind="other") is Truth.NO


@pytest.mark.parametrize("eccn", ["3A090.a", "4A090.a", "3A991.p", "4A994.l", "5D992.c", "4E091"])
def test_entries_that_are_encoded(eccn: str) -> None:
    assert holds("entries unknown", "2025-06-01", eccn=eccn) is Truth.NO

"""Conditions in words."""

from __future__ import annotations

import pytest

from licet.lex.law import current
from licet.lex.words import render, sentence
from licet.logic.parse import outline

GROUPS = ("D5",)


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ("tpp >= 4800", "tpp >= 4800"),
        ("datacenter or has_hbm and sample", "datacenter or (has_hbm and sample)"),
        ({"all": ["datacenter or has_hbm", "sample"]}, "(datacenter or has_hbm) and sample"),
        ({"all": ["datacenter and has_hbm", "sample"]}, "datacenter and has_hbm and sample"),
        ("not (datacenter or sample)", "not (datacenter or sample)"),
        ({"none": ["datacenter", "sample"]}, "not (datacenter or sample)"),
        ({"some": "party", "is": "hq in D5"}, "some party: hq in D5"),
        ({"every": "party", "is": "not (hq in D5)"}, "every party: not (hq in D5)"),
        ({"some": ["exporter"], "is": "hq in D5"}, "some exporter: hq in D5"),
    ],
)
def test_a_condition_on_one_line(tree: object, said: str) -> None:
    assert sentence(outline(tree, GROUPS)) == said


def test_an_outline_keeps_its_labels() -> None:
    where = {"any": {"i": "destination in D5", "ii": {"some": "party", "is": "hq in D5"}}}
    tree = {"all": {"item": "tpp >= 4800", "where": where}}
    assert render(outline(tree, GROUPS)) == [
        "all of",
        "  item: tpp >= 4800",
        "  where: any of",
        "    i: destination in D5",
        "    ii: some party: hq in D5",
    ]


def test_every_provision_can_be_put_into_words() -> None:
    for provision in current().provisions.values():
        for version in provision.versions:
            assert sentence(version.when)
            assert "\n".join(render(version.when))

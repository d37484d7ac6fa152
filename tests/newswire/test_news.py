"""Texts as long as news reports are, against the key that was written before any rule was changed for them."""

from __future__ import annotations

from functools import cache
from typing import Any

import keys
import newswire_texts
import pytest

from licet import newswire

ROWS = newswire_texts.news()
KINDS = {
    "chips": ("chip",),
    "parties": ("company", "agency", "person", "group"),
    "provisions": ("rule",),
}
ITEMS = {"seven-nm", "lithography", "eda", "rare-earths", "gallium", "model-weights"}


@cache
def reports() -> dict[str, newswire.Report]:
    return {row["id"]: newswire.read_one(newswire_texts.sheet(row)) for row in ROWS}


def named(row: dict[str, Any], what: str) -> set[str]:
    report = reports()[row["id"]]
    found = set(report.named(*KINDS[what]))
    return found | (ITEMS & set(report.named("item"))) if what == "chips" else found


def test_there_are_enough_of_them_in_enough_languages() -> None:
    assert len(ROWS) >= 50
    assert len({row["language"] for row in ROWS}) >= 20
    assert sum(len(row["text"]) for row in ROWS) / len(ROWS) > 1000


@pytest.mark.parametrize("what", sorted(KINDS))
def test_nine_of_ten_names_are_found_and_nine_of_ten_found_are_right(what: str) -> None:
    pairs = [(set(row[what]), named(row, what)) for row in ROWS]
    hit = sum(len(truth & found) for truth, found in pairs)
    assert hit / sum(len(truth) for truth, _ in pairs) >= 0.9
    assert hit / sum(len(found) for _, found in pairs) >= 0.9


def test_the_language_is_right_and_the_day_where_it_is_given() -> None:
    assert [row["id"] for row in ROWS if reports()[row["id"]].language != row["language"]] == []
    stated = [row for row in ROWS if row["published"]]
    assert [row["id"] for row in stated if str(reports()[row["id"]].published.day) != row["date"]] == []


def test_three_claims_of_four_are_found_and_few_are_not_in_the_key() -> None:
    met = wanted = extra = made = 0
    for row in ROWS:
        key, also = keys.of_row(row)
        report = reports()[row["id"]]
        met, wanted = met + len(keys.found(key, report)), wanted + len(key)
        extra, made = extra + len(keys.invented(key, also, report)), made + len(report.claims)
    assert met / wanted >= 0.75
    assert extra / made <= 0.16


def test_a_text_on_wine_is_not_about_chips() -> None:
    assert not reports()["w-wine-en"].relevant
    assert not reports()["w-wine-en"].claims


@pytest.mark.parametrize(
    ("text", "day", "rule"),
    [
        ("The curbs on AI chips that Washington imposed in October 2022 remain.", "2025-08-29", "october-2022-rule"),
        (
            "Im April hatte die US-Regierung für den KI-Chip H20 eine Genehmigungspflicht eingeführt.",
            "2025-07-15",
            "h20-letter",
        ),
        ("今年4月，美国政府要求H20芯片对华出口须获得许可证。", "2025-07-31", "h20-letter"),
        ("В октябре 2022 года США запретили поставки передовых чипов в Китай.", "2025-12-05", "october-2022-rule"),
        (
            "米商務省は9月29日、半導体企業などが載るエンティティー・リストの対象を子会社に拡大した。",
            "2025-09-30",
            "affiliates-rule",
        ),
    ],
)
def test_a_rule_is_known_by_what_it_did_and_when(text: str, day: str, rule: str) -> None:
    report = newswire.read_one(newswire.Sheet("told", text, "", day))
    told = [mention for mention in report.mentions if mention.entry.id == rule]
    assert [mention.by for mention in told] == ["told"]
    assert text[told[0].start : told[0].end] == told[0].surface


def test_another_month_is_another_rule() -> None:
    text = "The curbs on AI chips that Washington imposed in March 2021 remain."
    report = newswire.read_one(newswire.Sheet("told", text, "", "2025-08-29"))
    assert "october-2022-rule" not in report.named("rule")


def test_towns_count_as_places_and_stand_for_nobody() -> None:
    text = "The US Commerce Department banned AI chip exports to China, Jensen Huang told reporters in Madrid."
    report = newswire.read_one(newswire.Sheet("town", text, "", "2025-09-15"))
    assert "ES" in report.places()
    assert "ES" not in {claim.actor.id for claim in report.claims if claim.actor}

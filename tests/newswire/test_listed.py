"""Parties of a report that stand on a screening list are told with the record to look up."""

from __future__ import annotations

import datetime
import json

import pytest

from licet import newswire
from licet.newswire import gazetteer, listed
from licet.newswire.digest import on_lists
from licet.newswire.lines import article

DAY = datetime.date(2025, 5, 14)


def _read(text: str) -> newswire.Report:
    return newswire.read_one(newswire.Sheet("r", text, "", DAY.isoformat()))


def test_a_listed_party_comes_with_its_entry() -> None:
    report = _read(
        "The Bureau of Industry and Security warned that using Huawei's Ascend chips may breach US controls."
    )
    entries = [one for one in listed.listings(report) if one.list == "entity_list"]
    assert "Huawei Technologies Co., Ltd. (Huawei)" in {one.name for one in entries}
    assert min(one.since for one in entries if one.since) == datetime.date(2019, 5, 16)
    assert any(line.startswith("Huawei: on the entity list since 2019-05-16") for line in on_lists(report))
    assert json.loads(json.dumps(article(report)))["listed"][0]["party"] == "huawei"


def test_who_was_listed_later_is_not_yet_told() -> None:
    text = "GMC Semiconductor bought chipmaking equipment, and the US Commerce Department banned chip exports to it."
    assert not listed.listings(_read(text))
    later = newswire.read_one(newswire.Sheet("r", text, "", "2025-10-01"))
    assert [one.party for one in listed.listings(later)] == ["gmc-semiconductor"]


def test_a_party_on_no_list_says_nothing() -> None:
    assert not listed.listings(_read("Nvidia said the US had banned its H20 chip from export to China."))


def test_the_table_fits_the_names_and_the_bundled_lists() -> None:
    parties = pytest.importorskip("licet.parties")
    records = {record.id: record.name for record in parties.bundled().records}
    rows = [one for entries in listed.table().values() for one in entries]
    assert len(rows) > 50
    assert {one.party for one in rows} <= set(gazetteer.entries())
    assert [one for one in rows if records.get(one.record) != one.name] == []


def test_every_party_says_where_its_name_is_from() -> None:
    assert [row["id"] for row in gazetteer.table("parties") if row["kind"] != "bare" and not row.get("source")] == []

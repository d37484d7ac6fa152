"""docs/outcomes.md and its table: what they say of a month is what the law says."""

from __future__ import annotations

import csv
import datetime
import random
import re
from pathlib import Path

import pytest

import licet

DOCS = Path(__file__).parents[2] / "docs"
with (DOCS / "outcomes.csv").open(encoding="utf-8", newline="") as file:
    BLOCKS = list(csv.DictReader(file))


def last_day(month: str) -> datetime.date:
    year, number = map(int, month.split("-"))
    return datetime.date(year + number // 12, number % 12 + 1, 1) - datetime.timedelta(days=1)


def said(item: str, place: str, day: datetime.date) -> tuple[str, str, str]:
    found = licet.ask(
        {"item": item, "from": "US", "to": place, "end_user_country": place, "end_user_hq": place, "on": day},
        assume="ordinary", screen=False,
    )  # fmt: skip
    return str(found.outcome), str(found.outcome_as_written), found.review_policy or ""


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_block_moved_in_its_month(number: int) -> None:
    """One cell of each block, drawn at random: the answers at the end of the month before and of the month."""
    block, draw = BLOCKS[number], random.Random(number)
    item, place = draw.choice(block["items"].split()), draw.choice(block["destinations"].split())
    day = last_day(block["month"])
    before = day.replace(day=1) - datetime.timedelta(days=1)
    names = ("outcome", "outcome_as_written", "review_policy")
    assert said(item, place, before) == tuple(block[f"{name}_before"] for name in names), (item, place, before)
    assert said(item, place, day) == tuple(block[name] for name in names), (item, place, day)


def test_the_blocks_are_counted_right() -> None:
    assert all(
        int(block["cells"]) == len(block["items"].split()) * len(block["destinations"].split()) for block in BLOCKS
    )


def test_every_month_counts_every_question() -> None:
    page = (DOCS / "outcomes.md").read_text(encoding="utf-8")
    items, places = map(int, re.findall(r"\((\d+)\)", page)[:2])
    rows = re.findall(r"^\| (?:\d{4}-\d{2}|as written) \|((?: [\d,]+ \|)+)$", page, re.MULTILINE)
    counts = [[int(cell.replace(",", "")) for cell in row.split("|") if cell.strip()] for row in rows]
    assert len(re.findall(r"^\| \d{4}-\d{2} \| [\d,]+ \|", page, re.MULTILINE)) == 50, "months"
    assert {sum(row) for row in counts} == {items * places}
    assert min(places, items) >= 200

"""The clocks of duties: what a line says, and the day it comes to."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import licet
from licet.errors import LawError
from licet.lex.clock import clock
from licet.lex.law import Law

Day = datetime.date
Book = Callable[..., Law]


@pytest.mark.parametrize(
    ("line", "shipped", "due"),
    [
        ("before the shipment", "2025-07-03", "2025-07-03"),
        ("with the shipment", "2025-07-03", "2025-07-03"),
        ("30 days after the shipment", "2025-01-31", "2025-03-02"),
        ("25 days before the shipment", "2024-03-10", "2024-02-14"),  # through a leap day
        ("6 months after the shipment", "2025-08-31", "2026-02-28"),  # or the last of the month
        ("5 years after the shipment", "2024-02-29", "2029-02-28"),
        ("15 days after each 30 June and 31 December", "2025-06-30", "2025-07-15"),
        ("15 days after each 30 June and 31 December", "2025-07-01", "2026-01-15"),
        ("each 1 February and 1 August", "2025-08-01", "2025-08-01"),
        ("each 1 February and 1 August", "2025-08-02", "2026-02-01"),
    ],
)
def test_the_day_a_clock_comes_to(line: str, shipped: str, due: str) -> None:
    assert clock(line).due(Day.fromisoformat(shipped)) == Day.fromisoformat(due)


@pytest.mark.parametrize("line", ["60 days after the difference is found", "with the application", "on receipt of it"])
def test_an_event_that_a_question_does_not_give_has_no_day(line: str) -> None:
    assert clock(line).due(Day(2025, 1, 1)) is None


@pytest.mark.parametrize(
    "line", ["", "soon", "30 days", "after the shipment", "each 31 June", "each Juli 3", "1e3 days"]
)
def test_what_is_no_clock_is_refused(line: str) -> None:
    with pytest.raises(LawError, match=r"no clock|no day of a year"):
        clock(line)


@given(st.integers(0, 999), st.dates(Day(2022, 10, 1), Day(2030, 1, 1)))
def test_days_are_calendar_days(count: int, shipped: Day) -> None:
    assert clock(f"{count} days after the shipment").due(shipped) == shipped + datetime.timedelta(count)
    assert clock(f"{count} days before the shipment").due(shipped) == shipped - datetime.timedelta(count)


@given(st.integers(0, 60), st.dates(Day(2022, 10, 1), Day(2030, 1, 1)))
def test_a_month_later_is_never_in_the_month_after_that(count: int, shipped: Day) -> None:
    due = clock(f"{count} months after the shipment").due(shipped)
    assert due is not None
    assert (due.year * 12 + due.month) - (shipped.year * 12 + shipped.month) == count
    assert due.day <= shipped.day


@pytest.mark.parametrize(
    ("concludes", "duties"),
    [
        ("{duty: tell BIS}", ""),
        ("{duty: tell BIS, deadline: soon}", ""),
        ("{means: a thing}", ", duties: [tell BIS]"),
        ("{means: a thing}", ", duties: [{do: tell BIS, by: soon}]"),
    ],
)
def test_a_duty_without_a_clock_is_refused_with_file_and_line(book: Book, concludes: str, duties: str) -> None:
    more = f"""\
- id: a duty
  title: A duty
  cite: 15 CFR 740.1
  concludes: {concludes}
  versions:
  - {{from: 2024-01-01, by: 87 FR 62186, when: always{duties}}}
"""
    with pytest.raises(LawError, match=r"us/law\.yaml, line \d+"):
        book(more=more)


def test_an_answer_gives_the_days() -> None:
    """NAC: the notice lies with BIS 25 calendar days before the first export (740.8)."""
    answer = licet.ask(
        {
            "item": "nvidia-rtx-4090", "from": "US", "to": "CN", "on": "2024-01-15", "notice_days": 25,
            "notice_answer": "cleared", "end_use": "consumer",
        },
        assume="ordinary",
    )  # fmt: skip
    assert answer.outcome == "license_exception"
    notice = next(each for each in answer.duties if "SNAP-R" in each.text)
    assert notice.due == Day(2023, 12, 21)
    assert notice.to_dict()["clock"] == "25 days before the shipment"
    assert answer.to_dict()["duties"][0].keys() == {"duty", "clock", "due"}

"""What happened when, what changed between two days, and the calendar of what is to come."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable

import pytest

from licet.errors import LawError, QuestionError
from licet.lex.history import Change, Deadline, Event, calendar, diff, events, timeline
from licet.lex.law import Law, current

Book = Callable[..., Law]
Day = datetime.date

EVENT = """\
- id: 2022-10-07-rule
  date: 2022-10-07
  jurisdiction: US
  instrument: interim final rule
  who: BIS
  what: A limit for circuits; a license to D:5
  effective: 2022-10-21
  source: 87 FR 62186
  confidence: P
  doubt: the hour
  touches: [limit, requirement]
  deadlines:
  - {on: 2022-10-21, kind: compliance, what: 'the limit takes effect; see the rule, part one'}
- id: 2022-11-truce
  date: 2022-11
  jurisdiction: US/CN
  instrument: truce
  who: both
  what: A pause
  source: Reuters, November 2022
  confidence: S
"""


# --- the record -------------------------------------------------------------------------------------------------------


def test_an_event_is_read_whole(book: Book) -> None:
    rule, truce = events(EVENT, book().provisions)
    assert rule == Event(
        "2022-10-07-rule", Day(2022, 10, 7), "event", "US", "interim final rule", "BIS",
        "A limit for circuits; a license to D:5", "87 FR 62186", "P", "2022-10-21", "the hour",
        ("limit", "requirement"),
        (Deadline(Day(2022, 10, 21), "compliance", "the limit takes effect; see the rule, part one"),),
    )  # fmt: skip
    assert (truce.date, truce.month_only, truce.to_dict()["date"]) == (Day(2022, 11, 1), True, "2022-11")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "[limit, requirement]",
            "[limmit]",
            r"timeline\.yaml, line 1: there is no provision 'limmit'\. Did you mean 'limit'",
        ),
        ("date: 2022-10-07", "date: 2022-10-32", r"timeline\.yaml, line 1: '2022-10-32' is no day"),
        ("date: 2022-11\n", "date: 2022-13\n", r"timeline\.yaml, line 14: '2022-13-01' is no day"),
        ("date: 2022-10-07", "date: October", r"'October' is no day\. A day is written YYYY-MM-DD"),
        ("  source: 87 FR 62186\n", "", r"timeline\.yaml, line 1: an event without `source`\. Add `source:`"),
        ("source: 87 FR 62186", "source: ''", "an event without `source`"),
        ("confidence: S", "confidence: M", r"line 14: confidence is P or S, not 'M'\. What rests on memory"),
        ("doubt: the hour", "doubts: the hour", r"no key 'doubts'\. Did you mean 'doubt'"),
        (
            "kind: compliance",
            "kind: complience",
            r"line 13: 'complience' is no kind of deadline\. Did you mean 'compliance'",
        ),
        ("on: 2022-10-21", "on: 2022-10-41", r"line 13: '2022-10-41' is no day"),
        (", what: 'the limit takes effect; see the rule, part one'", "", "a deadline has `on`, `kind` and `what`"),
        ("[limit, requirement]", "limit", "`touches` is a list"),
        ("id: 2022-11-truce", "id: 2022-10-07-rule", "line 14: two events are called 2022-10-07-rule"),
        ("- id: 2022-10-07-rule\n  date", "id: 2022-10-07-rule\ndate", r"timeline\.yaml"),
    ],
)
def test_the_record_refuses(book: Book, old: str, new: str, said: str) -> None:
    assert old in EVENT
    with pytest.raises(LawError, match=said):
        events(EVENT.replace(old, new, 1), book().provisions)


def test_the_timeline_merges_the_record_with_the_lawbook(book: Book) -> None:
    law = book(timeline=EVENT)
    found = [(str(event.date), event.kind, event.what) for event in timeline(law=law)]
    assert found == [
        ("2022-10-07", "event", "A limit for circuits; a license to D:5"),
        ("2022-10-21", "law", "Presumption of denial (entered)"),
        ("2022-10-21", "law", "Reaches the limit (entered)"),
        ("2022-10-21", "law", "License to D:5 (entered)"),
        ("2022-11-01", "event", "A pause"),
        ("2023-11-17", "law", "Reaches the limit (changed)"),
        ("2026-02-03", "law", "KH left Arms-embargoed countries"),
    ]


def test_the_timeline_is_cut_by_days_and_by_what_it_touches(book: Book) -> None:
    law = book(timeline=EVENT)
    assert [event.id for event in timeline(Day(2022, 10, 7), Day(2022, 10, 20), law=law)] == ["2022-10-07-rule"]
    assert {event.what for event in timeline(touching="limit", law=law)} == {
        "A limit for circuits; a license to D:5", "Reaches the limit (entered)", "Reaches the limit (changed)",
    }  # fmt: skip


def test_what_touches_a_provision_touches_what_asks_it_and_a_group_what_looks_into_it(book: Book) -> None:
    law = book(timeline=EVENT)
    asked = [event.what for event in timeline(Day(2023, 1, 1), touching="requirement", law=law)]
    assert asked == ["Reaches the limit (changed)", "KH left Arms-embargoed countries"]
    assert [event.what for event in timeline(touching="D5_or_Macau", law=law)] == ["KH left Arms-embargoed countries"]


def test_a_provision_that_does_not_exist_gets_a_hint(book: Book) -> None:
    with pytest.raises(QuestionError, match="there is no provision 'limmit'"):
        timeline(touching="limmit", law=book())
    with pytest.raises(QuestionError, match="2022-01-01 lies before 2023-01-01"):
        timeline(Day(2023, 1, 1), Day(2022, 1, 1), law=book())


def test_the_shipped_record_is_large_sourced_and_plain() -> None:
    found = timeline()
    assert sum(event.kind == "event" for event in found) >= 150
    assert len({event.id for event in found}) == len(found)
    assert all(event.source and event.what and event.who for event in found)
    assert [event.date for event in found] == sorted(event.date for event in found)
    assert json.loads(json.dumps([event.to_dict() for event in found]))
    touched = Counter(id_ for event in found for id_ in event.touches)
    assert touched["742.6(a)(6)(iii)(A)"] > 1


@pytest.mark.parametrize(
    ("day", "id_"),
    [
        (Day(2022, 10, 7), "742.6(a)(6)(iii)"),
        (Day(2023, 10, 17), "limits of 3A090.a"),
        (Day(2024, 4, 4), "ACA"),
        (Day(2024, 12, 2), "3A090.c"),
        (Day(2025, 1, 13), "742.6(a)(6)(iii)(A)"),
        (Day(2025, 4, 9), "letter to NVIDIA of 2025-04-09"),
        (Day(2025, 5, 13), "742.6(a)(6)(iii)(A)"),
        (Day(2026, 1, 13), "742.6(b)(10) case by case of January 2026"),
        (Day(2026, 7, 10), "UAE beneficiary"),
    ],
)
def test_the_turning_points_are_linked_to_what_they_made(day: Day, id_: str) -> None:
    assert any(event.kind == "event" and id_ in event.touches for event in timeline(day, day))


# --- what changed -----------------------------------------------------------------------------------------------------


def test_nothing_changes_within_a_span(book: Book) -> None:
    assert diff(Day(2023, 12, 1), Day(2024, 12, 1), book()) == ()


def test_a_provision_that_entered_and_one_that_changed(book: Book) -> None:
    entered = diff(Day(2022, 10, 20), Day(2022, 10, 21), book())
    assert [str(change) for change in entered] == [
        "limit: entered into force on 2022-10-21 by 87 FR 62186",
        "requirement: entered into force on 2022-10-21 by 87 FR 62186",
        "denial: entered into force on 2022-10-21 by 87 FR 62186",
    ]
    assert diff(Day(2023, 11, 16), Day(2023, 11, 17), book()) == (
        Change("changed", "limit", "Reaches the limit", "its condition changed by 88 FR 73458", "88 FR 73458",
               Day(2023, 11, 17), "io_bandwidth_gbs >= 600 and tpp >= 4800", "tpp >= 4800"),
    )  # fmt: skip


def test_a_provision_that_ended(book: Book) -> None:
    law = book(
        "{from: 2022-10-21, by: 87 FR 62186, when: always}",
        "{from: 2022-10-21, until: 2024-01-01, by: 87 FR 62186, when: always}",
    )
    (change,) = diff(Day(2024, 1, 1), Day(2024, 1, 2), law)
    assert (change.kind, str(change)) == ("ended", "denial: its last day was 2024-01-01")


def test_enforcement_that_changed(book: Book) -> None:
    first_, second_ = (
        "{from: 2024-01-01, is: no, by: BIS press release of 2025-05-13}",
        "{from: 2025-01-01, is: partly, by: BIS guidance of 2026-05-31, when: destination in D5}",
    )
    law = book("    when: tpp >= 4800\n", f"    when: tpp >= 4800\n    enforcement: [{first_}, {second_}]\n")
    (first,) = diff(Day(2023, 12, 31), Day(2024, 1, 1), law)
    assert (first.said, first.by, first.on) == (
        "as enforced it was enforced as written and is not enforced",
        "BIS press release of 2025-05-13", Day(2024, 1, 1),
    )  # fmt: skip
    (second,) = diff(Day(2024, 6, 1), Day(2025, 1, 1), law)
    assert second.after == "enforced only where destination in D5"


def test_members_that_left_with_the_instrument_and_in_the_groups_above(book: Book) -> None:
    changes = diff(Day(2026, 2, 2), Day(2026, 2, 3), book())
    assert [(change.subject, change.said, change.by) for change in changes] == [
        ("D5", "KH left", "FR Doc. 2026-02262"),
        ("D5_or_Macau", "KH left", "FR Doc. 2026-02262"),
    ]


def test_a_rule_that_stands_instead_is_named(book: Book) -> None:
    more = """\
- id: carve-out
  title: Case by case
  cite: 15 CFR 742.6(b)
  concludes: {review: case_by_case, for: [requirement]}
  instead: [denial]
  versions:
  - {from: 2024-12-02, by: 89 FR 96790, when: not datacenter}
"""
    changed, entered = diff(Day(2024, 12, 1), Day(2024, 12, 2), book(more=more))
    assert str(changed) == "denial: its condition changed by carve-out"
    assert (changed.before, changed.after) == ("always", "always and not (carve-out applies)")
    assert entered.kind == "entered"


def test_the_days_may_stand_in_either_order_and_lie_in_the_lawbook(book: Book) -> None:
    law = book()
    assert diff(Day(2023, 11, 17), Day(2022, 10, 20), law) == diff(Day(2022, 10, 20), Day(2023, 11, 17), law)
    with pytest.raises(QuestionError, match="before the first day"):
        diff(Day(2020, 1, 1), Day(2024, 1, 1), law)


def test_the_shipped_law_from_december_2024_to_january_2025() -> None:
    changes = {(change.kind, change.subject) for change in diff(Day(2024, 12, 1), Day(2025, 1, 31))}
    assert {
        ("entered", "3A090.c"), ("entered", "742.6(a)(6)(iii)(A)"), ("ended", "742.6(a)(6)(iii)"), ("changed", "ACA"),
    } <= changes  # fmt: skip


def test_the_emirates_move_between_groups_in_july_2026() -> None:
    said = {(c.subject, c.said) for c in diff(Day(2026, 7, 9), Day(2026, 7, 10)) if c.kind == "membership"}
    assert {("A5", "AE joined"), ("D3", "AE left"), ("D4", "AE left")} <= said


def test_every_pair_of_neighboring_spans_can_be_compared_and_says_something() -> None:
    law = current()
    for day in law.starts[1:]:
        changes = diff(day - datetime.timedelta(1), day, law)
        assert changes, f"the law starts anew on {day} and nothing changed"
        assert all(change.to_dict()["said"] for change in changes)


# --- the calendar -----------------------------------------------------------------------------------------------------


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_deadline_is_an_all_day_entry(book: Book) -> None:
    assert unfolded(calendar(events(EVENT, book().provisions))) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Licet//Deadlines of export control//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:2022-10-21-compliance-the-limit-takes-effect-see-the-rule-part-one@licet",
        "DTSTAMP:20221007T000000Z",
        "DTSTART;VALUE=DATE:20221021",
        "DTEND;VALUE=DATE:20221022",
        "SUMMARY:the limit takes effect\\; see the rule\\, part one",
        "DESCRIPTION:A limit for circuits\\; a license to D:5. Source: 87 FR 62186. Provisions: limit\\, requirement",
        "CATEGORIES:COMPLIANCE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_lines_are_folded_at_75_octets_and_never_inside_a_character(book: Book) -> None:
    text = calendar(
        events(EVENT.replace("A limit for circuits", "Grenzwert für Schaltkreise, 芯片 " * 9), book().provisions)
    )
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert any("芯片 Grenzwert für" in line for line in unfolded(text))


def test_past_deadlines_are_left_out_on_request_and_doubles_always(book: Book) -> None:
    found = events(EVENT, book().provisions)
    assert "VEVENT" not in calendar(found, after=Day(2022, 10, 22))
    assert calendar(found * 2) == calendar(found)


def test_the_days_to_come_are_in_the_shipped_calendar() -> None:
    text = calendar(timeline(), after=Day(2026, 11, 21))
    for day in ("20261127", "20261231", "20270110", "20270406"):
        assert f"DTSTART;VALUE=DATE:{day}" in text
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT")
    uids = [line for line in unfolded(text) if line.startswith("UID:")]
    assert len(uids) == len(set(uids))

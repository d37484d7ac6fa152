"""A lawbook small enough to break in one place at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from licet.lex.law import Law

ABOUT = """\
version: 1
first_day: 2022-10-01
verified_through: 2026-09-25
"""
GROUPS = """\
groups:
- id: D5
  title: Arms-embargoed countries
  cite: 15 CFR 740 Supp. 1
  members:
  - {of: [CN, RU], from: 2022-01-01, by: 15 CFR 740 Supp. 1}
  - {of: [KH], from: 2022-01-01, until: 2026-02-02, by: FR Doc. 2026-02262}
- id: Macau
  title: Macau
  cite: 88 FR 2821
  members:
  - {of: [MO], from: 2022-01-01, by: ISO 3166-1}
- id: D5_or_Macau
  title: Both
  cite: 15 CFR 744.23
  set: {union: [D5, Macau]}
"""
PROVISIONS = """\
- id: limit
  title: Reaches the limit
  cite: 15 CFR 774 Supp. 1
  concludes: {means: a circuit reaches the limit}
  versions:
  - from: 2022-10-21
    by: 87 FR 62186
    when: {all: {rate: io_bandwidth_gbs >= 600, a.1: tpp >= 4800}}
  - from: 2023-11-17
    by: 88 FR 73458
    when: tpp >= 4800
  tests:
  - {on: 2022-10-21, facts: {tpp: 4800, io_bandwidth_gbs: 600}, expect: yes}
  - {on: 2024-01-01, facts: {tpp: 4799}, expect: no}
- id: requirement
  title: License to D:5
  cite: 15 CFR 742.6
  concludes: {requires: RS}
  versions:
  - from: 2022-10-21
    by: 87 FR 62186
    when: applies("limit") and destination in D5
  tests:
  - {on: 2024-01-01, facts: {tpp: 5000, destination: CN}, expect: yes}
- id: denial
  title: Presumption of denial
  cite: 15 CFR 742.6(b)
  concludes: {review: presumption_of_denial, for: [requirement]}
  versions:
  - {from: 2022-10-21, by: 87 FR 62186, when: always}
"""


@pytest.fixture
def book() -> Callable[..., Law]:
    """Makes a law of the small lawbook: ``book(old, new)`` changes one place in it, ``more`` adds provisions."""

    def make(old: str = "", new: str = "", *, more: str = "", about: str = ABOUT, **files: str) -> Law:
        texts = {
            "lawbook.yaml": about,
            "places/groups.yaml": GROUPS,
            "us/law.yaml": PROVISIONS + more,
            **{name.replace("__", "/") + ".yaml": text for name, text in files.items()},
        }
        if old:
            assert sum(text.count(old) for text in texts.values()) >= 1, f"{old!r} stands nowhere"
            texts = {name: text.replace(old, new, 1) if old in text else text for name, text in texts.items()}
        return Law(texts)

    return make

"""Published outcomes: what agencies, companies and counsel said in public must be what Licet answers.

The cases were written from public sources only, without sight of the lawbook or of the engine, so that
they are an independent check of both. A failure means that one of three is wrong: the law as encoded, the
reading of the source, or the source. The message quotes the source so that a person can tell which.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import licet
from licet.facts import fact

HERE = Path(__file__).parent
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays text: NO is Norway
OUTCOMES = {"prohibited", "license_required", "license_exception", "no_license_required", "undetermined"}
REVIEWS = {"approval", "presumption_of_approval", "case_by_case", "presumption_of_denial", "denial", "none"}
TRUTHS = {"yes", "no", "unknown"}
CONFIDENCE = {
    "P": "primary text seen",
    "S": "good secondary source seen",
    "M": "memory only",
}
KEYS = {"id", "source", "confidence", "says", "facts", "assume", "expect", "conflict"}
EXPECTATIONS = {
    "outcome", "outcome_as_written", "requires", "eccn", "review_policy", "exception", "missing"
}  # fmt: skip

Case = dict[str, Any]


def load() -> list[Case]:
    """All cases of all files here, each with the name of its file."""
    cases = []
    for path in sorted(HERE.glob("cases-*.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or []:
            cases.append({**case, "file": path.name})
    return cases


CASES = load()


def any_of(value: Any) -> set[str]:
    """The texts that satisfy an expectation: one, or any of a list."""
    return set(value) if isinstance(value, list) else {value}


def quoted(case: Case) -> str:
    """The source and what it says, for the message of a failed check."""
    facts = ", ".join(f"{name}={value}" for name, value in case["facts"].items())
    text = f"\n  {case['source']}\n  says: {case['says']}\n  asked: {facts} ({case['assume']})"
    return text + (f"\n  conflict: {case['conflict']}" if "conflict" in case else "")


@pytest.mark.parametrize("case", CASES, ids=[case.get("id", "?") for case in CASES])
def test_published_outcome(case: Case) -> None:
    answer = licet.ask(dict(case["facts"]), assume=case["assume"])
    expect, source = case["expect"], quoted(case)
    wrong = []

    def check(name: str, wanted: Any, got: str) -> None:
        if got not in any_of(wanted):
            wrong.append(f"{name} is {got}, published: {' or '.join(sorted(any_of(wanted)))}")

    for name in ("outcome", "outcome_as_written"):
        if name in expect:
            check(name, expect[name], str(getattr(answer, name)))
    if "requires" in expect:
        check("a license requirement applies:", expect["requires"], str(bool(answer.requirements)).lower())
    if "eccn" in expect and not any_of(expect["eccn"]) & set(map(str, answer.eccn)):
        found = ", ".join(map(str, answer.eccn)) or "nothing"
        wrong.append(f"classified as {found}, published: {' or '.join(sorted(any_of(expect['eccn'])))}")
    if "review_policy" in expect:
        review = "none" if answer.review_policy is None else str(answer.review_policy)
        check("review policy", expect["review_policy"], review)
    for symbol, wanted in expect.get("exception", {}).items():
        offered = {str(each.symbol): str(each.available) for each in answer.exceptions}
        check(f"License Exception {symbol}", wanted, offered.get(symbol, "no"))
    for name in expect.get("missing", []):
        if not any_of(name.split("|")) & set(map(str, answer.missing)):
            named = ", ".join(map(str, answer.missing)) or "nothing"
            wrong.append(f"asks for {named}, and should ask for {name.replace('|', ' or ')}")

    assert not wrong, "\n  ".join(["", *wrong]) + source


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 590


def test_every_id_is_used_once() -> None:
    twice = [name for name, count in Counter(case.get("id") for case in CASES).items() if count > 1]
    assert not twice


@pytest.mark.parametrize("case", CASES, ids=[case.get("id", "?") for case in CASES])
def test_every_case_is_well_formed(case: Case) -> None:
    where = f"{case['file']}: {case.get('id')}"
    assert set(case) - {"file"} <= KEYS, f"{where}: a key that no case has"
    for key in KEYS - {"conflict"}:
        assert case.get(key), f"{where}: no {key}"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", case["id"]), where
    assert case["confidence"] in CONFIDENCE, where
    assert case["assume"] in {"ordinary", "strict"}, where
    datetime.date.fromisoformat(case["facts"]["on"])
    expect = case["expect"]
    assert set(expect) <= EXPECTATIONS, f"{where}: an expectation that is not checked"
    for name in ("outcome", "outcome_as_written"):
        assert any_of(expect.get(name, "undetermined")) <= OUTCOMES, f"{where}: {name}"
    assert expect.get("requires", "true") in {"true", "false"}, where
    assert any_of(expect.get("review_policy", "none")) <= REVIEWS, where
    for symbol, truth in expect.get("exception", {}).items():
        assert any_of(truth) <= TRUTHS, f"{where}: {symbol}"
    assert isinstance(expect.get("missing", []), list), where
    for name in [*case["facts"], *(part for each in expect.get("missing", []) for part in each.split("|"))]:
        assert fact(name).name == name, where

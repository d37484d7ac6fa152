"""What must hold of every answer, whatever is asked.

The first is the one that counts: leaving a fact out never turns another answer into a clearance.

What is never left out here:

* ``on``: without it the question is about today, which is another question and not less of the same one;
* what the asker knows (``SAID``): it counts when it is said, and silence says that nothing of the kind is known;
* a fact that overrides the catalog: without it the catalog's own value counts again, so that nothing is left out but a
  correction is taken back.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

import licet
from licet import facts
from licet.catalog import find
from licet.decision.determination import Determination, Outcome
from licet.errors import QuestionError
from licet.facts import FACTS
from licet.lex.law import current
from licet.unknown import Among, Truth
from strategies import CLEAR, Question, names, questions, value

CLEARED = Outcome.NO_LICENSE_REQUIRED
UPPER: Question = {**CLEAR, "eccn": "3A090.a", "tpp": "5000", "datacenter": "yes", "destination": "CN"}
EXAMPLES = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

#: Facts whose silence the engine reads as the usual case; a clearance asks for them all the same.
READ_WHEN_SILENT = {"activity", "item_kind", "eccn"}
#: Facts of the asker's own knowledge, and those whose silence says: straight there, to an end user who is there; see
#: `claim` in docs/writing-law.md.
SAID = {"moved_in_violation", "goes_into_listed", "via", "end_user_country"}


def answer(question: Question, assume_: str = "strict") -> Determination | None:
    """The answer, or None for a question that contradicts itself."""
    try:
        return licet.ask(question, assume=assume_)
    except QuestionError:
        return None


def guessed(question: Question) -> bool:
    """Whether the kind of the item is guessed from which facts were given; see `test_silence_about_the_kind`."""
    return "item_kind" not in question and any(
        name.startswith(("memory_", "package_", "training_")) for name in question
    )


def left_out(question: Question) -> list[str]:
    """The facts that a question can do without; see the head of this page."""
    filled = set(find(question["item"]).facts) if "item" in question else set()
    return [name for name in question if name not in {"on", *SAID, *filled}]


# --- (i) no wrong clearance -------------------------------------------------------------------------------------------


@settings(EXAMPLES, max_examples=2_000)
@given(questions(), st.data())
def test_leaving_out_a_fact_never_clears(question: Question, data: st.DataObject) -> None:
    """As enforced and as written."""
    full = answer(question)
    assume(full is not None)
    assert full is not None
    able = left_out(question)
    if (full.outcome is CLEARED and full.outcome_as_written is CLEARED) or not able:
        return
    for name in data.draw(st.lists(st.sampled_from(able), max_size=4, unique=True)):
        less = answer({key: raw for key, raw in question.items() if key != name})
        if less is not None:
            note(f"left out: {name}")
            assert less.outcome is not CLEARED or full.outcome is CLEARED
            assert less.outcome_as_written is not CLEARED or full.outcome_as_written is CLEARED


@settings(EXAMPLES, max_examples=300)
@given(questions(most=2), st.data())
def test_leaving_out_several_facts_never_clears(question: Question, data: st.DataObject) -> None:
    full = answer(question)
    able = left_out(question)
    assume(full is not None and full.outcome is not CLEARED and len(able) > 2)
    out = data.draw(st.lists(st.sampled_from(able), min_size=2, max_size=6, unique=True))
    less = answer({key: raw for key, raw in question.items() if key not in out})
    assert less is None or less.outcome is not CLEARED


@pytest.mark.parametrize(
    "given_",
    [
        {"activity": "use"}, {"activity": "deemed_export"}, {"activity": "support"},
        {"item_kind": "technology"}, {"item_kind": "other"}, {"item_kind": "model_weights"},
        {"eccn": "3A001.b"}, {"eccn": "5A002"},
    ],
    ids=str,
)  # fmt: skip
def test_silence_is_no_clearance(given_: Question) -> None:
    """An act, a kind of item or a classification that leaves the answer open may not clear by being kept back."""
    (name,) = given_
    question = {**CLEAR, "on": "2024-06-01", **given_}
    if name == "activity":
        del question[
            "shipped_from"
        ]  # what is shipped from one country to another is neither used nor serviced where it is
    if name == "item_kind":
        del question["eccn"]  # an asserted EAR99 settles what the kind leaves open
    full, less = answer(question), answer({key: raw for key, raw in question.items() if key != name})
    assert full is not None
    assert less is not None
    assert full.outcome is not CLEARED
    assert less.outcome is not CLEARED


@pytest.mark.parametrize("on", ["2024-06-01", "2025-06-01"])
def test_silence_about_the_kind_is_no_clearance(on: str) -> None:
    """A chip with 5000 TPP and some memory needs a license to China; keeping its TPP back may not make it a stack."""
    chip = {name: raw for name, raw in UPPER.items() if name in ("tpp", "datacenter") or FACTS[name].of.value != "item"}
    question = {**chip, "on": on, "memory_bandwidth_density": "1"}
    full, less = answer(question), answer({name: raw for name, raw in question.items() if name != "tpp"})
    assert full is not None
    assert less is not None
    assert full.outcome is Outcome.LICENSE_REQUIRED
    assert less.outcome is not CLEARED


def test_an_item_outside_the_ear_does_not_clear_a_blocked_person() -> None:
    found = answer({**CLEAR, "on": "2024-06-01", "subject_to_ear": "no", "end_user_listed": "sdn"})
    assert found is not None
    assert found.outcome is not CLEARED


# --- (ii) a clearance rests on facts that were given ------------------------------------------------------------------


@settings(EXAMPLES, max_examples=300)
@given(questions(most=3))
def test_a_strict_clearance_leaves_nothing_open(question: Question) -> None:
    found = answer(question)
    assume(found is not None and found.outcome is CLEARED and question.get("subject_to_ear") != "no")
    assert found is not None
    assert found.missing == ()
    assert found.beyond == ()
    truths = found.enforced.truths
    for kind in ("requires", "prohibits", "beyond"):
        for id_ in found.day.kinds.get(kind, ()):
            unsaid = found.enforced.clauses[id_].concludes.get("claim", "") in SAID - set(question)
            assert truths[id_] is False or unsaid, f"{id_} is open or applies"


@settings(EXAMPLES, max_examples=300)
@given(questions(most=3), st.data())
def test_whatever_a_missing_fact_turns_out_to_be_a_clearance_stands(question: Question, data: st.DataObject) -> None:
    """The first property from its other side: a clearance survives every further fact that does not contradict it."""
    found = answer(question)
    assume(found is not None and found.outcome is CLEARED)
    absent = [name for name in names() if name not in question and name not in {"item", *SAID}]
    name = data.draw(st.sampled_from(absent))
    more = answer({**question, name: data.draw(value(name))})
    assert more is None or more.outcome is CLEARED


# --- (iii) more facts never change what was decided -------------------------------------------------------------------

#: Provisions that look at the item, the place or the parties alone.
DECIDED = (
    "limits of 3A090.a", "limits of 3A090.b", "3A090 Note 2", "3A090.c", "3A090.a", "4A090.a", "shipment",
    "D:5 or Macau, by place or headquarters", "military end use or end user", "744.11", "744.23(a)(3)(i)", "NAC", "ACA",
)  # fmt: skip


@settings(EXAMPLES, max_examples=500)
@given(questions(start={**UPPER}), st.data())
def test_a_decided_provision_stays_decided(question: Question, data: st.DataObject) -> None:
    before = answer(question)
    assume(before is not None and not guessed(question))
    assert before is not None
    absent = [name for name in names() if name not in question and name not in {"item", *READ_WHEN_SILENT}]
    absent = [name for name in absent if not guessed({**question, name: ""})]
    name = data.draw(st.sampled_from(absent))
    after = answer({**question, name: data.draw(value(name))})
    if after is None:
        return
    for id_ in DECIDED:
        old = before.enforced.truths[id_] if id_ in before.day.enforced else None
        if old is not None:
            assert after.enforced.truths[id_] is old, f"{id_} was {Truth.of(old)} before {name} was known"


# --- (iv) answers are determined, plain and honest about what they assume ---------------------------------------------


@settings(EXAMPLES, max_examples=200)
@given(questions())
def test_the_same_question_has_the_same_answer_in_any_order(question: Question) -> None:
    first, second = answer(question), answer(dict(reversed(list(question.items()))))
    if first is None or second is None:
        assert first is second
        return
    plain = json.dumps(first.to_dict(alternatives=False), sort_keys=True)
    turned = json.dumps(second.to_dict(alternatives=False), sort_keys=True)
    assert plain == turned


@settings(EXAMPLES, max_examples=100)
@given(questions())
def test_an_answer_is_plain_data_with_its_trace_and_alternatives(question: Question) -> None:
    found = answer(question)
    assume(found is not None)
    assert found is not None
    plain = found.to_dict(trace=True)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain["law"]["sha256"] == current().sha256


def agrees(taken: Any, given_: Any) -> bool:
    return taken == given_ or (isinstance(taken, Among) and given_ in taken.values)


@settings(EXAMPLES, max_examples=300)
@given(questions(start={**UPPER}))
def test_what_is_assumed_never_contradicts_what_was_given(question: Question) -> None:
    found = answer(question, "ordinary")
    assume(found is not None)
    assert found is not None
    given_ = found.question.given
    for each in found.assumptions:
        assert each.fact not in given_ or agrees(each.value, given_[each.fact]), str(each)
    for name, raw in given_.items():
        assert found.question.known[name] == raw, f"{name} was given and is taken otherwise"


@settings(EXAMPLES, max_examples=300)
@given(questions(start={**UPPER}))
def test_assuming_the_ordinary_only_settles_what_was_open(question: Question) -> None:
    """Where the strict answer is closed, the ordinary one is the same."""
    strict, ordinary = answer(question), answer(question, "ordinary")
    assume(strict is not None and ordinary is not None)
    assert strict is not None
    assert ordinary is not None
    if not strict.missing and not strict.missing_as_written:
        assert (ordinary.outcome, ordinary.review_policy) == (strict.outcome, strict.review_policy)


# --- (v) an ordinary party is an answer -------------------------------------------------------------------------------


@settings(EXAMPLES, max_examples=300)
@given(questions(start={**UPPER}))
def test_no_party_is_asked_for_when_parties_are_ordinary(question: Question) -> None:
    found = answer(question, "ordinary")
    assume(found is not None and "destination" in question)
    assert found is not None
    asked = [name for name in found.missing if FACTS[name].of in (facts.Subject.PARTY, facts.Subject.EXPORTER)]
    assert asked == []


def test_a_bare_question_is_open_strictly_and_useful_for_an_ordinary_party() -> None:
    question = {"item": "nvidia-h100-sxm", "to": "DE", "on": "2024-06-01"}
    strict, ordinary = answer(question), answer(question, "ordinary")
    assert strict is not None
    assert ordinary is not None
    assert strict.outcome is Outcome.UNDETERMINED
    assert "end_user_hq" in strict.missing
    assert ordinary.outcome is CLEARED
    assert {"end_user_hq", "end_user_listed"} <= {each.fact for each in ordinary.assumptions}


def test_the_pools_reach_every_outcome() -> None:
    """Random questions that never met a requirement would prove nothing."""
    seen = {
        outcome.outcome
        for question in (
            CLEAR, UPPER, {**CLEAR, "end_user_listed": "sdn"}, {**CLEAR, "end_user_listed": None},
            {**UPPER, "datacenter": "no", "notice_days": "25", "notice_answer": "cleared"},
        )
        if (outcome := answer({**question, "on": "2024-06-01"})) is not None
    }  # fmt: skip
    assert seen == set(Outcome)

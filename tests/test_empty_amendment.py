"""An amendment without patches is the law itself: no answer changes, whatever is asked."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

import licet
from licet.errors import QuestionError
from licet.lex.amend import Amendment, Variant, amend
from licet.lex.law import Law, current
from strategies import Question, questions

EMPTY = amend(current(), Amendment("empty", "Empty", "what-if", "none", {"": Variant("", "Empty", ())}))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(questions())
def test_an_empty_amendment_changes_no_answer(question: Question) -> None:
    def answer(law: Law) -> object:
        try:
            said = licet.ask(question, lawbook=law).to_dict(alternatives=False)
        except QuestionError as error:
            return str(error)
        return {name: value for name, value in said.items() if name != "law"}

    assert answer(EMPTY) == answer(current())

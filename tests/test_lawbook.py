"""The lawbook that comes with Licet: its own tests, beside each provision, all pass."""

from __future__ import annotations

from licet.lex.cases import failures
from licet.lex.law import current


def test_every_test_beside_a_provision_passes() -> None:
    assert [str(each) for each in failures(current())] == []

"""Proving an amendment: every variant is applied, and the tests that it brings are run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from licet.lex.amend import Amendment, amend
from licet.lex.cases import failures
from licet.lex.law import Law


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of applying one variant.

    Attributes:
        mark: ``relax-hbm/A1``.
        patches: how many it has.
        tests: how many stand beside what it adds.
        failures: those that do not come out as they say.
        broken: tests of the lawbook that the amendment turns, which is what amendments do; each is worth a look.
        cannot: why it cannot be applied, where it says so itself.
    """

    mark: str
    patches: int = 0
    tests: int = 0
    failures: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    cannot: str = ""

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.cannot:
            yield f"{self.mark}: not written as patches: {self.cannot}"
            return
        words = [
            f"{count} {name}{'' if count == 1 else 's'}"
            for count, name in ((self.patches, "patch" if self.patches == 1 else "patche"), (self.tests, "test"))
        ]
        yield f"{self.mark}: {', '.join(words)}, {len(self.failures)} failed"
        yield from (f"  {each}" for each in self.failures)
        if self.broken:
            yield f"  it turns {len(self.broken)} test{'' if len(self.broken) == 1 else 's'} of the lawbook:"
            yield from (f"    {each}" for each in self.broken[:8])
            yield from [f"    and {len(self.broken) - 8} more"] if len(self.broken) > 8 else []

    def to_dict(self) -> dict[str, Any]:
        """The proof as plain data."""
        return {
            "mark": self.mark, "patches": self.patches, "tests": self.tests, "failures": list(self.failures),
            "broken": list(self.broken), "cannot": self.cannot,
        }  # fmt: skip


def report(amendment: Amendment, law: Law) -> tuple[Proof, ...]:
    """What comes of applying each variant of `amendment` to `law`.

    Raises:
        LawError: a variant that cannot be applied, with file and line.
    """
    return tuple(_proof(amendment, name, law) for name in amendment.variants)


def _proof(amendment: Amendment, name: str, law: Law) -> Proof:
    variant = amendment.variants[name]
    mark = amendment.mark(variant)
    if variant.cannot:
        return Proof(mark, cannot=variant.cannot)
    amended = amend(law, amendment, name or None)
    own = {id_ for id_ in amended.provisions if id_ not in law.provisions}
    known = {str(each) for each in failures(law)}
    found = [each for each in failures(amended) if str(each) not in known]
    return Proof(
        mark, len(variant.patches) + len(variant.moves), sum(len(amended.provisions[id_].tests) for id_ in own),
        tuple(str(each) for each in found if each.provision in own),
        tuple(str(each) for each in found if each.provision not in own),
    )  # fmt: skip

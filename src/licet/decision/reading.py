"""One reading of the law (as written, or as enforced) of one question: every provision decided once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, final

from licet import facts
from licet.logic.evaluate import Raw, inputs
from licet.logic.nodes import Applies, Equals, Node
from licet.unknown import Among

if TYPE_CHECKING:
    from licet.lex.law import DayLaw
    from licet.lex.model import Clause


@final
class Reading:
    """The truths of the provisions under one reading, each decided when it is first asked for, and once."""

    __slots__ = ("_decided", "_tests", "_written", "clauses", "day", "enforced", "known")

    def __init__(self, known: Mapping[str, Any], day: DayLaw, written: Reading | None = None) -> None:
        """As written; or, with `written`, as enforced: then only what can differ is decided anew."""
        self.known, self.day, self.enforced = known, day, written is not None
        self.clauses: Mapping[str, Clause] = day.enforced if self.enforced else day.written
        self._tests = day.tests_enforced if self.enforced else day.tests_written
        self._written = written
        self._decided: dict[str, Raw] = {}

    def ask(self, id_: str) -> Raw:
        """Whether the provision applies; one that is not in force does not."""
        decided = self._decided
        if id_ in decided:
            return decided[id_]
        if self._written is not None and id_ not in self.day.split:
            truth = self._written.ask(id_)
        else:
            test = self._tests.get(id_)
            truth = False if test is None else test(self.known, self.ask)
        decided[id_] = truth
        return truth

    @property
    def truths(self) -> dict[str, Raw]:
        """The truth of every provision in force, by id."""
        return {id_: self.ask(id_) for id_ in self.clauses}

    def supposing(self, **facts_: Any) -> dict[str, Raw]:
        """The truths of the paragraphs of the list if these facts were known, each decided anew."""
        known, tests = {**self.known, **facts_}, self._tests
        truths: dict[str, Raw] = {}

        def ask(id_: str) -> Raw:
            if id_ not in truths:
                decide = tests.get(id_)
                truths[id_] = False if decide is None else decide(known, ask)
            return truths[id_]

        return {id_: ask(id_) for id_ in self.day.kinds.get("eccn", ())}

    def kind(self, kind: str) -> list[tuple[str, Clause, Raw]]:
        """The provisions that conclude `kind`: id, clause, truth."""
        clauses, ask = self.clauses, self.ask
        return [(id_, clauses[id_], ask(id_)) for id_ in self.day.kinds.get(kind, ())]

    def serving(self, kind: str, requirements: Iterable[str]) -> list[tuple[str, Clause, Raw]]:
        """The provisions of `kind` that lift, confine or review one of `requirements`; the others are not asked."""
        clauses, ask, serving = self.clauses, self.ask, self.day.serving
        ids = {id_ for each in requirements for id_ in serving.get((kind, each), ())}
        return [(id_, clauses[id_], ask(id_)) for id_ in self.day.kinds.get(kind, ()) if id_ in ids]

    def missing(self, ids: Iterable[str], besides: Iterable[str] = ()) -> tuple[str, ...]:
        """The facts that leave these provisions open, and those `besides`, in the order a person is asked."""
        openers, known, ask = self.day.openers, self.known, self.ask
        seen: set[str] = set()
        found: set[str] = set(besides)
        stack = [id_ for id_ in ids if id_ in self.clauses]
        while stack:
            id_ = stack.pop()
            if id_ in seen or ask(id_) is not None:
                continue
            seen.add(id_)
            for leaf in openers[id_, self.enforced](known, ask)[1]:
                if isinstance(leaf, Applies):
                    if leaf.provision in self.clauses:
                        stack.append(leaf.provision)
                else:
                    found.update(wanted(leaf, known))
        return tuple(sorted(found, key=_ORDER.__getitem__))


_ORDER = {name: place for place, name in enumerate(facts.FACTS)}
#: Roles that somebody may have or not.
_OTHERS = facts.PARTIES[1:]


def wanted(leaf: Node, known: Mapping[str, Any]) -> list[str]:
    """The facts a person is asked for to decide an open leaf."""
    found = []
    for name in inputs(leaf):
        role = facts.FACTS[name].role
        if role and role in _OTHERS and f"{role} present" not in known:
            spoken = known.get("other_parties") or any(f"{each} present" in known for each in _OTHERS)
            found.append(role if spoken else "other_parties")
        elif (role != name or role == "exporter") and (
            name not in known or isinstance(known[name], Among) or isinstance(leaf, Equals)
        ):  # what is known and yet leaves a leaf open is an entry whose paragraph was not given
            found.append(name)
    return found

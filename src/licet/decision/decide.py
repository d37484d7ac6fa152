"""From a question to a determination: derive, classify, require, lift, review, prohibit and warn.

The law says what applies; here is only the order of the stages and what follows when an answer to one of them is open.
A clearance needs everything known: no requirement may apply, none may be open, and the question must lie inside
what the lawbook holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from licet import facts
from licet.decision.determination import Condition, Determination, Exception_, Outcome, Requirement
from licet.decision.question import Question, ordinary
from licet.errors import Contradiction
from licet.lex.law import DayLaw, Law, current
from licet.lex.model import POLICIES, Clause
from licet.logic.evaluate import Raw, Test, inputs, unknowns
from licet.logic.nodes import All, Applies, Node, Not
from licet.unknown import Among, Truth

#: The terms that an asserted classification and the numbers given must agree on.
LIMITS = ("limits of 3A090.a", "limits of 3A090.b", "3A090.c")


def decide(question: Question, law: Law | None = None, *, exact: bool = True) -> Determination:
    """Answer `question` under `law` (the one that comes with Licet by default), taking nothing that was not given.

    Args:
        question: from `licet.decision.question.prepare`.
        law: the lawbook.
        exact: where Kleene's logic leaves the outcome open, try every case of the missing item facts.

    Raises:
        QuestionError: the day lies before the lawbook, or the asserted classification contradicts the item facts.
    """
    day = (law or current()).on(question.on)
    written = Reading(question, day, day.written, day.tests_written, None)
    enforced = Reading(question, day, day.enforced, day.tests_enforced, written)
    _contradictions(written)
    answer = _assemble(question, day, written, enforced)
    if exact and answer.outcome is Outcome.UNDETERMINED:
        from licet.decision.worlds import settled

        return settled(answer)
    return answer


def decide_ordinary(strict: Determination) -> Determination:
    """The answer when what is missing is taken as for an ordinary transaction; see `ordinary`."""
    answer = strict
    for _ in range(3):  # what is taken can bring further facts into play
        filled = ordinary(answer.question, (*answer.missing, *answer.missing_as_written))
        if filled.known == answer.question.known:
            break
        answer = decide(filled, answer.day.law)
    return answer


class Reading:
    """The truths of all provisions under one reading of the law, each decided once."""

    def __init__(
        self, question: Question, day: DayLaw, clauses: Mapping[str, Clause], tests: Mapping[str, Test],
        other: Reading | None,
    ) -> None:  # fmt: skip
        self.known, self.day, self.clauses, self.tests = question.known, day, clauses, tests
        self.truths: dict[str, Raw] = {}
        if other is not None:
            split = day.split
            self.truths.update((id_, truth) for id_, truth in other.truths.items() if id_ not in split)
        for id_ in clauses:
            self.ask(id_)

    def ask(self, id_: str) -> Raw:
        truths = self.truths
        if id_ in truths:
            return truths[id_]
        decide_ = self.tests.get(id_)
        truth = truths[id_] = False if decide_ is None else decide_(self.known, self.ask)
        return truth

    def kind(self, kind: str) -> Iterable[tuple[str, Clause, Raw]]:
        clauses, truths = self.clauses, self.truths
        return [(id_, clauses[id_], truths[id_]) for id_ in self.day.kinds.get(kind, ())]

    def missing(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The facts that leave these provisions open, in the order a person is asked."""
        seen: set[str] = set()
        found: set[str] = set()
        stack = [id_ for id_ in ids if self.truths.get(id_) is None and id_ in self.clauses]
        while stack:
            id_ = stack.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            for leaf in unknowns(self.clauses[id_].node, self.day.groups, self.known, self.ask):
                if isinstance(leaf, Applies):
                    if leaf.provision in self.clauses:
                        stack.append(leaf.provision)
                else:
                    found.update(self._ask_for(leaf))
        return tuple(name for name in facts.FACTS if name in found)

    def _ask_for(self, leaf: Node) -> Iterable[str]:
        for name in inputs(leaf):
            entry = facts.FACTS[name]
            if entry.role and self.known.get(f"{entry.role} present") is None:
                others = self.known.get("other_parties") or any(
                    f"{role} present" in self.known for role in facts.PARTIES[1:]
                )
                yield entry.role if others else "other_parties"
            elif name in facts.ROLES and name == entry.name and entry.kind is facts.Kind.TEXT and name != "exporter":
                continue
            elif isinstance(self.known.get(name), Among) or name not in self.known:
                yield name


def _contradictions(reading: Reading) -> None:
    """Refuse an asserted classification that the numbers given rule out, or rule in elsewhere."""
    known = reading.known
    if not known.get("classified"):
        return
    bare = {name: value for name, value in known.items() if name != "eccn"} | {"classified": False}
    memo: dict[str, Raw] = {}

    def ask(id_: str) -> Raw:
        if id_ not in memo:
            decide_ = reading.tests.get(id_)
            memo[id_] = False if decide_ is None else decide_(bare, ask)
        return memo[id_]

    for id_ in LIMITS:
        by_numbers, asserted = ask(id_), reading.truths.get(id_, False)
        if by_numbers is None or asserted is None or by_numbers == asserted:
            continue
        said = "reach" if by_numbers else "do not reach"
        raise Contradiction(
            f"eccn {known['eccn']} is asserted, but the facts given about the item {said} the {id_}",
            next="correct the classification or the facts, or leave one of them out",
        )


def _assemble(question: Question, day: DayLaw, written: Reading, enforced: Reading) -> Determination:
    exceptions = _exceptions(written, enforced)
    both = _requirements(written, enforced, exceptions)
    scope = question.known.get("subject_to_ear")
    outcome, open_ids = _outcome(enforced, exceptions, scope)
    as_written, open_written = _outcome(written, exceptions, scope)
    sure = tuple(each for each in both if Truth.YES in (each.applies, each.enforced))
    maybe = tuple(each for each in both if each not in sure)
    standing = [each for each in both if each.enforced is Truth.YES and not each.lifted_by]
    policy, policies = _overall(standing)
    review_ids = [
        id_ for id_, clause, truth in enforced.kind("review")
        if truth is None and policy is None and any(each.provision in _targets(clause) for each in standing)
    ]  # fmt: skip
    missing = enforced.missing([*open_ids, *(review_ids if outcome is not Outcome.NO_LICENSE_REQUIRED else ())])
    if outcome is Outcome.PROHIBITED or scope is False:
        missing = ()
    missing_written = tuple(name for name in written.missing(open_written) if name not in missing)
    beyond = tuple(str(clause.concludes["beyond"]) for _, clause, truth in enforced.kind("beyond") if truth is not False)
    eccn, possible = _eccns(question, enforced)
    relied = [
        (id_, clause) for kind in ("requires", "review", "exception", "eccn", "prohibits")
        for id_, clause, truth in enforced.kind(kind)
        if truth is True and (kind != "review" or any(each.provision in _targets(clause) for each in standing))
    ]  # fmt: skip
    return Determination(
        outcome=outcome,
        outcome_as_written=as_written,
        eccn=eccn,
        eccn_possible=possible,
        requirements=sure if scope is not False else (),
        possible_requirements=maybe if scope is not False else (),
        exceptions=tuple(each for each in exceptions if _relevant(each, both)),
        review_policy=policy,
        possible_policies=policies,
        missing=missing,
        missing_as_written=missing_written,
        prohibitions=tuple(
            f"{clause.provision.title}: {clause.concludes['prohibits']}"
            for _, clause, truth in enforced.kind("prohibits") if truth is True
        ),
        red_flags=tuple(clause.provision.title for _, clause, truth in enforced.kind("flag") if truth is True),
        duties=_duties(enforced, exceptions, both),
        warnings=_warnings(question, day, enforced, relied, beyond, outcome, as_written),
        citations=tuple(dict.fromkeys(clause.cite for _, clause in relied if clause.cite)),
        beyond=beyond,
        question=question,
        day=day,
        truths=(written.truths, enforced.truths),
    )  # fmt: skip


def _targets(clause: Clause) -> tuple[str, ...]:
    return tuple(clause.concludes.get("for", ()))


def _exceptions(written: Reading, enforced: Reading) -> tuple[Exception_, ...]:
    result = []
    confining = [(clause, truth) for _, clause, truth in enforced.kind("confines") if truth is not False]
    for id_, clause, truth in enforced.kind("exception"):
        symbol = str(clause.concludes["exception"])
        lifts = tuple(
            id_ for id_ in clause.lifts
            if not any(symbol not in each.concludes["only"] and id_ in _targets(each) for each, _ in confining)
        )  # fmt: skip
        if not clause.lifts:
            continue
        met, failed, open_ = _conditions(enforced, clause)
        result.append(
            Exception_(
                symbol, id_, clause.provision.title, clause.cite, Truth.of(truth), lifts, met, failed, open_,
                clause.version.duties, enforced.missing([id_]) if truth is None else (),
            )
        )  # fmt: skip
    return tuple(result)


def _conditions(reading: Reading, clause: Clause) -> tuple[tuple[Condition, ...], ...]:
    parts = clause.node.parts if isinstance(clause.node, All) else (("", clause.node),)
    sorted_: dict[Truth, list[Condition]] = {truth: [] for truth in Truth}
    for label, part in parts:
        truth = Truth.of(reading.day.test(part)(reading.known, reading.ask))
        sorted_[truth].append(Condition(label, describe(part), truth))
    return tuple(sorted_[Truth.YES]), tuple(sorted_[Truth.NO]), tuple(sorted_[Truth.UNKNOWN])


def describe(node: Node) -> str:
    """A condition in one line."""
    if isinstance(node, Not):
        return node.text if node.text not in ("not", "unless", "none of") else f"not ({describe(node.part)})"
    if hasattr(node, "parts"):
        word = " and " if isinstance(node, All) else " or "
        shown = [describe(part) for _, part in node.parts]
        return word.join(f"({each})" if " or " in each and word == " and " else each for each in shown)
    return node.text


def _relevant(exception: Exception_, requirements: Iterable[Requirement]) -> bool:
    return any(each.provision in exception.lifts for each in requirements)


def _lifting(exceptions: Iterable[Exception_], id_: str, day: DayLaw) -> tuple[list[str], bool]:
    """Symbols of the available exceptions that lift `id_`, and whether one is open (a mere claim is not)."""
    available, open_ = [], False
    for each in exceptions:
        if id_ in each.lifts:
            if each.available is Truth.YES:
                available.append(each.symbol)
            elif each.available is Truth.UNKNOWN and each.provision not in day.claims:
                open_ = True
    return available, open_


def _requirements(
    written: Reading, enforced: Reading, exceptions: tuple[Exception_, ...]
) -> tuple[Requirement, ...]:
    result = []
    for id_, clause, applied in enforced.kind("requires"):
        as_written = written.truths.get(id_, False)
        if applied is False and as_written is False:
            continue
        available, _ = _lifting(exceptions, id_, enforced.day)
        policy, policies = _review(enforced, id_)
        result.append(
            Requirement(
                id_, clause.provision.title, clause.cite, str(clause.concludes["requires"]), Truth.of(as_written),
                Truth.of(applied), tuple(available), policy, policies, clause.version.by, clause.version.since,
                clause.version.unverified,
            )
        )  # fmt: skip
    return tuple(result)


def _review(reading: Reading, id_: str) -> tuple[str | None, tuple[str, ...]]:
    """The policy for one requirement, and the policies that are open when facts are missing."""
    sure: set[str] = set()
    maybe: set[str] = set()
    for _, clause, truth in reading.kind("review"):
        if truth is not False and id_ in _targets(clause):
            (sure if truth else maybe).add(str(clause.concludes["review"]))
    strictest = max(sure, key=POLICIES.index) if sure else None
    stricter = {each for each in maybe if strictest is None or POLICIES.index(each) > POLICIES.index(strictest)}
    if not stricter:
        return strictest, ()
    return None, tuple(each for each in POLICIES if each in stricter | sure)


def _overall(standing: list[Requirement]) -> tuple[str | None, tuple[str, ...]]:
    """The strictest policy over the requirements that stand."""
    known = [each.review_policy for each in standing if each.review_policy]
    strictest = max(known, key=POLICIES.index) if known else None
    open_ = {policy for each in standing for policy in each.possible_policies}
    if strictest is not None:
        open_ = {each for each in open_ if POLICIES.index(each) > POLICIES.index(strictest)}
    if not open_:
        return strictest, ()
    return None, tuple(each for each in POLICIES if each in open_ or each == strictest)


def _outcome(
    reading: Reading, exceptions: tuple[Exception_, ...], scope: bool | None
) -> tuple[Outcome, list[str]]:
    """The outcome under one reading, and the provisions that keep it open."""
    if scope is False:
        return Outcome.NO_LICENSE_REQUIRED, []
    open_ids = [id_ for id_, _, truth in reading.kind("prohibits") if truth is None]
    if any(truth is True for _, _, truth in reading.kind("prohibits")):
        return Outcome.PROHIBITED, []
    lifted = False
    for id_, _, truth in reading.kind("requires"):
        if truth is False:
            continue
        available, open_ = _lifting(exceptions, id_, reading.day)
        if available:
            lifted = lifted or truth is True
        elif truth is True and not open_:
            return Outcome.LICENSE_REQUIRED, []
        else:
            open_ids.append(id_)
            if truth is True:
                open_ids += [each.provision for each in exceptions if id_ in each.lifts]
    beyond = [id_ for id_, _, truth in reading.kind("beyond") if truth is not False]
    item = [] if reading.known.get("item_kind") or reading.known.get("classified") else ["limits of 3A090.a"]
    if open_ids or beyond or item:
        return Outcome.UNDETERMINED, [*open_ids, *beyond, *item]
    return (Outcome.LICENSE_EXCEPTION if lifted else Outcome.NO_LICENSE_REQUIRED), []


def _eccns(question: Question, reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ranked = sorted(reading.kind("eccn"), key=lambda each: int(each[1].concludes.get("rank", 50)))
    asserted = str(question.known.get("eccn", ""))

    def spelled(clause: Clause) -> str:
        return str(clause.concludes["eccn"]).replace("{entry}", asserted.split(".")[0])

    sure = [spelled(clause) for _, clause, truth in ranked if truth is True]
    maybe = [spelled(clause) for _, clause, truth in ranked if truth is None]
    if asserted and not any(each == asserted or each.startswith(asserted + ".") for each in sure):
        sure = [each for each in sure if not asserted.startswith(each + ".")]
        sure.insert(0, asserted)
    return tuple(dict.fromkeys(sure)), tuple(dict.fromkeys(maybe))


def _duties(
    reading: Reading, exceptions: tuple[Exception_, ...], requirements: tuple[Requirement, ...]
) -> tuple[str, ...]:
    used = {symbol for each in requirements for symbol in each.lifted_by}
    own = [str(clause.concludes["duty"]) for _, clause, truth in reading.kind("duty") if truth is True]
    return tuple(dict.fromkeys([*own, *(duty for each in exceptions if each.symbol in used for duty in each.duties)]))


def _warnings(
    question: Question, day: DayLaw, reading: Reading, relied: list[tuple[str, Clause]], beyond: tuple[str, ...],
    outcome: Outcome, as_written: Outcome,
) -> tuple[str, ...]:  # fmt: skip
    law = day.law
    lines = [f"Not looked at: {each}." for each in beyond]
    if question.on > law.verified_through:
        lines.append(
            f"The law was checked through {law.verified_through}; the day asked about lies later, and a newer rule may apply."
        )
    if outcome is not as_written:
        lines.append(f"As written the answer is {as_written}; as enforced it is {outcome}.")
    lines += [str(clause.concludes["warns"]) for _, clause, truth in reading.kind("warns") if truth is True]
    lines += [f"Unverified: {id_} ({clause.version.by})." for id_, clause in relied if clause.version.unverified]
    if question.doubts:
        lines.append(f"The catalog's {', '.join(question.doubts)} of {question.item} rest on unverified sources.")
    lines += [f"Sources differ on {note}." for note in question.notes]
    if question.known.get("subject_to_ear") is None and outcome is not Outcome.UNDETERMINED:
        lines.append("The item is taken to be subject to the EAR.")
    return tuple(dict.fromkeys(lines))


"""From a question to a determination: derive, classify, require, lift, review, prohibit and warn.

The law says what applies; here is only the order of the stages and what follows when an answer to one of them is open.
A clearance needs everything known: no requirement may apply, none may be open, and the question must lie inside
what the lawbook holds.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from licet.decision.determination import DatedDuty, Determination, Offer, Outcome, Requirement, dated
from licet.decision.question import GUESSES, Question, ordinary
from licet.decision.reading import Reading
from licet.errors import Contradiction
from licet.lex.clock import clock
from licet.lex.law import DayLaw, Law, current
from licet.lex.model import POLICIES, Clause, Duty
from licet.logic.evaluate import Raw
from licet.unknown import Truth

#: The fact by which a fabricator must presume an ECCN; see Note 1 to 3A090.a.
PRESUMED = "exporter_is_fab_or_osat"
#: Holds where the facts given bring under the EAR what is said not to be.
OUTSIDE = "said to be outside the EAR"
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
    written = Reading(question.known, day)
    enforced = Reading(question.known, day, written)
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
        wanted = (*answer.missing, *answer.missing_as_written)
        filled = ordinary(answer.question, wanted, strict_places(answer.day))
        if filled.known == answer.question.known:
            break
        answer = decide(filled, answer.day.law)
    return answer


def strict_places(day: DayLaw) -> frozenset[str]:
    """The places that the headquarters tests of the day look for, on any reading."""
    return day.groups["D5_or_Macau"] | day.groups["D5_State_list_only"]


def _contradictions(reading: Reading) -> None:
    """Refuse an asserted classification that the numbers given rule out, or rule in elsewhere."""
    known = reading.known
    if not known.get("classified"):
        return
    bare = {name: value for name, value in known.items() if name != "eccn"} | {"classified": False}
    memo: dict[str, Raw] = {}

    def ask(id_: str) -> Raw:
        if id_ not in memo:
            decide_ = reading.day.tests_written.get(id_)
            memo[id_] = False if decide_ is None else decide_(bare, ask)
        return memo[id_]

    for id_ in LIMITS:
        by_numbers, asserted = ask(id_), reading.ask(id_)
        if by_numbers is None or asserted is None or by_numbers == asserted:
            continue
        said = "reach" if by_numbers else "do not reach"
        raise Contradiction(
            f"eccn {known['eccn']} is asserted, but the facts given about the item {said} the {id_}",
            next="correct the classification or the facts, or leave one of them out",
        )


def _assemble(question: Question, day: DayLaw, written: Reading, enforced: Reading) -> Determination:
    applying = [
        id_ for id_ in day.kinds.get("requires", ()) if enforced.ask(id_) is not False or written.ask(id_) is not False
    ]
    offers = _offers(enforced, applying)
    scope = question.known.get("subject_to_ear")
    if scope is False and OUTSIDE in enforced.clauses and enforced.ask(OUTSIDE) is True:
        scope = None  # the other facts given bring it under the EAR, and no word undoes that
    outcome, open_ids = _outcome(enforced, offers, scope)
    as_written, open_written = _outcome(written, offers, scope)
    required = () if scope is False else _requirements(written, enforced, offers)
    sure = tuple(each for each in required if each.applies is Truth.YES or each.enforced is Truth.YES)
    standing = [each for each in sure if each.enforced is Truth.YES and not each.lifted_by]
    policy, policies = _overall(standing)
    names = {each.provision for each in standing}
    reviews = enforced.serving("review", names)
    if policy is None:
        open_ids += [id_ for id_, _, truth in reviews if truth is None]
    guessed = guesses(question.known) if scope is not False else ()
    missing = enforced.missing(open_ids, guessed if outcome is Outcome.UNDETERMINED else ())
    missing_written = tuple(
        name
        for name in written.missing(open_written, guessed if as_written is Outcome.UNDETERMINED else ())
        if name not in missing
    )
    beyond = tuple(str(clause.concludes["beyond"]) for _, clause, truth in enforced.kind("beyond") if truth is True)
    eccn, possible = _eccns(question, enforced)
    offered = [each for each in offers if any(one.provision in each.lifts for one in required)]
    useful = dict.fromkeys(each.provision for each in offered)
    relied = [(id_, clause) for kind in _RELIED for id_, clause, truth in enforced.kind(kind) if truth is True]
    relied += [(id_, enforced.clauses[id_]) for id_ in useful if enforced.ask(id_) is True]
    relied += [(id_, clause) for id_, clause, truth in reviews if truth is True]
    return Determination(
        outcome=outcome,
        outcome_as_written=as_written,
        eccn=eccn,
        eccn_possible=possible,
        requirements=sure,
        possible_requirements=tuple(each for each in required if each not in sure),
        offers=tuple(offered),
        review_policy=policy,
        possible_policies=policies,
        missing=missing,
        missing_as_written=missing_written,
        prohibitions=tuple(
            f"{clause.provision.title}: {clause.concludes['prohibits']}"
            for _, clause, truth in enforced.kind("prohibits")
            if truth is True
        ),
        red_flags=(
            *(_flag(clause) for _, clause, truth in enforced.kind("flag") if truth is True),
            *question.flags,
        ),
        duties=_duties(question.on, enforced, offers, required),
        warnings=_warnings(question, enforced, relied, beyond, (outcome, as_written)),
        citations=tuple(dict.fromkeys(clause.cite for _, clause in relied if clause.cite)),
        beyond=beyond,
        question=question,
        day=day,
        written=written,
        enforced=enforced,
    )


def _flag(clause: Clause) -> str:
    """A red flag with what resolves it, where the lawbook says so."""
    text = clause.concludes.get("text")
    return f"{clause.provision.title}; {text}" if text else clause.provision.title


#: The kinds of conclusions whose citations an answer gives, besides exceptions and reviews.
_RELIED = ("prohibits", "requires", "eccn")


def _for(clause: Clause) -> tuple[str, ...]:
    return tuple(clause.concludes.get("for", ()))


def _offers(enforced: Reading, applying: list[str]) -> list[Offer]:
    """The license exceptions for these requirements: what each one lifts here, and whether it is available."""
    limits = enforced.serving("confines", applying)
    confining = [(id_, clause, truth) for id_, clause, truth in limits if truth is not False]
    claimed = "exception_claimed" in enforced.known
    result = []
    for id_, clause, truth in enforced.serving("exception", applying):
        symbol, lifts = str(clause.concludes["exception"]), list(clause.lifts)
        hopeful = truth is None and (claimed or id_ not in enforced.day.claims)
        doubtful: dict[tuple[str, ...], list[str]] = {}
        for limit, each, confined in confining:
            barred = [one for one in lifts if one in _for(each) and symbol not in each.concludes["only"]]
            lifts = [one for one in lifts if one not in barred]
            if confined is None and truth is not False and (truth or hopeful):
                doubtful[limit,] = barred  # open for as long as the limit is
        if lifts:
            result.append(Offer(id_, symbol, tuple(lifts), truth, (id_,), hopeful))
        result += [Offer(id_, symbol, tuple(one), None, (id_, *limit), True) for limit, one in doubtful.items() if one]
    return result


def _requirements(written: Reading, enforced: Reading, offers: list[Offer]) -> tuple[Requirement, ...]:
    result = []
    for id_, clause, applied in enforced.kind("requires"):
        as_written = written.ask(id_)
        if (applied is False and as_written is False) or _unsaid(enforced, clause):
            continue
        policy, policies = _review(enforced, id_)
        result.append(
            Requirement(
                provision=id_,
                title=clause.provision.title,
                cite=clause.cite,
                reason=str(clause.concludes["requires"]),
                applies=Truth.of(as_written),
                enforced=Truth.of(applied),
                lifted_by=tuple(each.symbol for each in offers if each.available and id_ in each.lifts),
                review_policy=policy,
                possible_policies=policies,
                by=clause.version.by,
                since=clause.version.since,
                unverified=clause.version.unverified,
            )
        )
    return tuple(result)


def _unsaid(reading: Reading, clause: Clause) -> bool:
    """Whether a requirement rests on what the asker knows, and nothing was said of it; silence says: no knowledge."""
    return clause.concludes.get("claim", "") not in ("", *reading.known)


def _review(reading: Reading, id_: str) -> tuple[str | None, tuple[str, ...]]:
    """The policy for one requirement, and the policies that are open when facts are missing."""
    sure: set[str] = set()
    maybe: set[str] = set()
    for _, clause, truth in reading.serving("review", (id_,)):
        if truth is not False:
            (sure if truth else maybe).add(str(clause.concludes["review"]))
    return _strictest(sure, maybe)


def _overall(standing: list[Requirement]) -> tuple[str | None, tuple[str, ...]]:
    """The strictest policy over the requirements that stand."""
    known = {each.review_policy for each in standing if each.review_policy}
    return _strictest(known, {policy for each in standing for policy in each.possible_policies})


def _strictest(sure: set[str], maybe: set[str]) -> tuple[str | None, tuple[str, ...]]:
    """The strictest of `sure`, unless something in `maybe` is stricter: then all that are possible."""
    strictest = max(sure, key=POLICIES.index) if sure else None
    stricter = {each for each in maybe if strictest is None or POLICIES.index(each) > POLICIES.index(strictest)}
    if not stricter:
        return strictest, ()
    return None, tuple(each for each in POLICIES if each in stricter or each == strictest)


def _outcome(reading: Reading, offers: list[Offer], scope: bool | None) -> tuple[Outcome, list[str]]:
    """The outcome under one reading, and the provisions that keep it open."""
    prohibitions = [(id_, truth) for id_, _, truth in reading.kind("prohibits") if truth is not False]
    if any(truth for _, truth in prohibitions):
        return Outcome.PROHIBITED, []
    open_ids = [id_ for id_, _ in prohibitions]
    if scope is False:  # part 736 and what it prohibits do not reach the item; other law may still block a party
        return (Outcome.UNDETERMINED if open_ids else Outcome.NO_LICENSE_REQUIRED), open_ids
    lifted = False
    for id_, clause, truth in reading.kind("requires"):
        if truth is False or _unsaid(reading, clause):
            continue
        lifting = [each for each in offers if id_ in each.lifts]
        if any(each.available for each in lifting):
            lifted = lifted or truth is True
            continue
        hopes = [id_ for each in lifting if each.hopeful for id_ in each.asks]
        if truth is True and not hopes:
            return Outcome.LICENSE_REQUIRED, []
        open_ids += [id_, *(hopes if truth is True else ())]
    open_ids += [
        id_ for id_, clause, truth in reading.kind("beyond") if truth is not False and not _unsaid(reading, clause)
    ]
    if open_ids or guesses(reading.known):
        return Outcome.UNDETERMINED, open_ids
    return (Outcome.LICENSE_EXCEPTION if lifted else Outcome.NO_LICENSE_REQUIRED), []


def guesses(known: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts that were guessed, or left out where nothing could be guessed; no clearance rests on them."""
    found = [name for name in GUESSES if known.get(f"{name} guessed")]
    return (*found, *(["item_kind"] if "item_kind" not in known and not known["classified"] else []))


def _eccns(question: Question, reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ranked = sorted(reading.kind("eccn"), key=lambda each: int(each[1].concludes.get("rank", 50)))
    asserted = str(question.known.get("eccn", ""))

    def spelled(clause: Clause) -> str:
        return str(clause.concludes["eccn"]).replace("{entry}", asserted.split(".", 1)[0])

    truths = {id_: truth for id_, _, truth in ranked}
    if None in truths.values() and PRESUMED not in reading.known:
        # Note 1 to 3A090.a tells fabricators what to presume; what the item is does not hang on who ships it.
        truths = reading.supposing(**{PRESUMED: False})
    sure = [spelled(clause) for id_, clause, _ in ranked if truths[id_] is True]
    maybe = [spelled(clause) for _, clause, truth in ranked if truth is None]
    if asserted and not any(each == asserted or each.startswith(asserted + ".") for each in sure):
        sure = [asserted, *(each for each in sure if not asserted.startswith(each + "."))]
    return tuple(dict.fromkeys(sure)), tuple(dict.fromkeys(maybe))


def _duties(
    on: datetime.date, reading: Reading, offers: list[Offer], required: tuple[Requirement, ...]
) -> tuple[DatedDuty, ...]:
    used = {symbol for each in required for symbol in each.lifted_by}
    own = [
        Duty(str(clause.concludes["duty"]), clock(str(clause.concludes["deadline"])))
        for _, clause, truth in reading.kind("duty")
        if truth is True
    ]
    theirs = [
        duty for each in offers if each.symbol in used for duty in reading.clauses[each.provision].version.duties
    ]  # fmt: skip
    return dated(dict.fromkeys([*own, *theirs]), on)


def _warnings(
    question: Question,
    reading: Reading,
    relied: list[tuple[str, Clause]],
    beyond: tuple[str, ...],
    outcomes: tuple[Outcome, Outcome],
) -> tuple[str, ...]:
    law, (outcome, as_written) = reading.day.law, outcomes
    lines = [f"Not looked at: {each}." for each in beyond]
    if question.on > law.verified_through:
        lines.append(f"The law was checked through {law.verified_through}; the day asked about lies later, and a newer "
                     "rule may apply.")  # fmt: skip
    if outcome is not as_written:
        lines.append(f"As written the answer is {as_written}; as enforced it is {outcome}.")
    lines += [str(clause.concludes["warns"]) for _, clause, truth in reading.kind("warns") if truth is True]
    lines += [f"Unverified: {id_} ({clause.version.by})." for id_, clause in relied if clause.version.unverified]
    if question.doubts:
        lines.append(f"The catalog's {', '.join(question.doubts)} of {question.item} rest on unverified sources.")
    lines += [f"Sources differ on {note}." for note in question.notes]
    lines += question.warnings
    if question.known.get("subject_to_ear") is None and outcome is not Outcome.UNDETERMINED:
        lines.append("The item is taken to be subject to the EAR.")
    return tuple(dict.fromkeys(lines))

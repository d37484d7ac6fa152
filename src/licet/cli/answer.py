"""A determination as a person reads it: the outcome first, then why, what overcomes it, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from licet import facts
from licet.cli import paint
from licet.cli.options import Explain
from licet.cli.outline import deciding_lines, outline
from licet.cli.paint import dim, join
from licet.decision.determination import Determination, LicenseException, Outcome, Requirement
from licet.decision.question import Assumption
from licet.unknown import Among, Truth

Row = tuple[RenderableType, RenderableType]
_LABEL = 12
#: More conditions of one exception than these are left to --explain.
_MOST = 4


def show(answer: Determination, *, explain: Explain | None = None) -> None:
    """Print `answer`, with its steps where wanted."""
    out = paint.console()
    paint.show(out, parts(answer))
    if explain:
        paint.show(out, outline(answer, everything=explain is Explain.ALL))


def parts(answer: Determination) -> Iterator[RenderableType]:
    """The answer from top to bottom."""
    yield headline(answer)
    yield Text(f"  {subject(answer)}")
    if answer.missing and answer.if_ordinary is not None:
        yield join("  for an ordinary transaction: ", _ordinarily(answer.if_ordinary), sep="")
    yield ""
    yield paint.rows(*_body(answer), widths=[_LABEL], indent=2)
    yield from _open(answer)
    yield ""
    yield paint.rows(*_foot(answer), widths=[_LABEL], indent=2)


def headline(answer: Determination) -> Text:
    """The outcome, and the other one where the law as written says otherwise."""
    text = paint.outcome(answer.outcome, loud=True)
    if answer.outcome is Outcome.UNDETERMINED and answer.missing:
        count = len(answer.missing)
        text = join(text, f": {count} fact{'s are' if count > 1 else ' is'} missing", sep="")
    if answer.outcome_as_written is not answer.outcome:
        text = join(text, " as enforced; ", paint.outcome(answer.outcome_as_written), " as written", sep="")
    return text


def subject(answer: Determination) -> str:
    """What was asked, in one line."""
    known = answer.question.known
    item = answer.question.item or known.get("item") or known.get("item_kind") or "an item"
    words = [_value(item) if not isinstance(item, str) else paint.words(item) if item in _kinds() else item]
    for name, word in (("shipped_from", "from"), ("destination", "to")):
        if known.get(name) is not None:
            words.append(f"{word} {_place(known[name])}")
    return paint.plain(f"{' '.join(words)}, on {answer.question.on}")


def _kinds() -> Iterable[str]:
    return facts.FACTS["item_kind"].values or ()


def _place(code: object) -> str:
    from licet.places import name

    return f"{name(code)} ({code})" if isinstance(code, str) else _value(code)


def _value(value: object) -> str:
    if isinstance(value, Among):
        return value.why or str(Among(map(facts.shown, value.values)))
    return paint.plain(facts.shown(value))


def _body(answer: Determination) -> Iterator[Row]:
    yield from _labeled("ECCN", list(_eccn(answer)))
    yield from _labeled("Prohibited", [Text(text, style="red") for text in answer.prohibitions])
    yield from _labeled("Required by", [requirement(each) for each in answer.requirements])
    if answer.outcome is Outcome.UNDETERMINED:
        yield from _labeled("May apply", list(_possible(answer.possible_requirements)))
    yield from _labeled("Exceptions", list(_exceptions(answer)))
    yield from _labeled("Review", [_review(answer)] if _review(answer) else [])
    yield from _labeled("Duties", [_point(str(each)) for each in answer.duties])
    yield from _labeled("Red flags", [_point(text, "yellow") for text in answer.red_flags])


def _labeled(label: str, values: Sequence[RenderableType]) -> Iterator[Row]:
    for number, value in enumerate(values):
        yield (Text("" if number else label, style="bold"), value)


def _point(text: str, style: str = "") -> RenderableType:
    return paint.rows(("•", Text(text, style=style)), widths=[1])


def _eccn(answer: Determination) -> Iterator[Text]:
    sure = Text(", ".join(answer.eccn), style="bold")
    maybe = dim(f"may also be {', '.join(answer.eccn_possible)}") if answer.eccn_possible else ""
    if answer.eccn:
        yield join(sure, maybe, sep="; ")
    elif answer.eccn_possible:
        yield Text(f"not settled: {', '.join(answer.eccn_possible)}")


def requirement(each: Requirement) -> Text:
    """A requirement: its place in the law, what it is about, and the instrument behind it."""
    marks = [f"enforced: {each.enforced}, as written: {each.applies}"] if each.enforced is not each.applies else []
    marks += [f"overcome by {', '.join(each.lifted_by)}"] if each.lifted_by else []
    marks += ["unverified"] if each.unverified else []
    since = f"{each.by}, from {each.since}" if each.since else each.by
    source = since if each.cite in (each.provision, each.by, "") else f"{each.cite}; {since}"
    return join(Text(each.provision, style="bold"), f": {each.title}\n", dim(source), _marks(marks), sep="")


def _marks(marks: Iterable[str]) -> Text:
    return Text("".join(f" [{mark}]" for mark in marks), style="yellow")


def _possible(requirements: Sequence[Requirement]) -> Iterator[RenderableType]:
    for each in requirements:
        yield paint.rows((paint.truth(Truth.UNKNOWN), join(each.provision, dim(each.title), sep=": ")), widths=[1])


def _exceptions(answer: Determination) -> Iterator[RenderableType]:
    needed = [each for each in answer.exceptions if any(r.provision in each.lifts for r in _wanting(answer))]
    claims = [each for each in needed if each.provision in answer.day.claims and each.available is Truth.UNKNOWN]
    for each in needed:
        if each not in claims and (each.provision not in answer.day.claims or each.available is Truth.YES):
            yield exception(each, answer)
    if claims:
        symbols = ", ".join(each.symbol for each in claims)
        terms = join(Text(f"{symbols}:", style="bold"), dim("only if the exporter invokes it and meets its terms"))
        yield paint.rows((paint.truth(Truth.UNKNOWN), terms), widths=[1])


def _wanting(answer: Determination) -> tuple[Requirement, ...]:
    """The requirements that an exception would be of use for."""
    if answer.outcome is Outcome.UNDETERMINED:
        return (*answer.requirements, *answer.possible_requirements)
    return answer.requirements


def exception(each: LicenseException, answer: Determination) -> RenderableType:
    """A license exception: whether it is available, and the conditions that fail or are open."""
    title = each.title.removeprefix("License Exception ")
    head = join(Text(f"{each.symbol}:", style="bold"), dim(f"{title}, {each.cite}"))
    lines: list[RenderableType] = [paint.rows((paint.truth(each.available), head), widths=[1])]
    if each.available is not Truth.YES:
        reasons = list(dict.fromkeys(deciding_lines(answer, each.provision, each.available)))
        style = paint.TRUTHS[each.available][1]
        for reason in reasons[:_MOST]:
            lines.append(paint.rows((paint.truth(each.available), Text(reason, style=style)), widths=[1], indent=2))
        if len(reasons) > _MOST:
            lines.append(paint.rows((dim(f"and {len(reasons) - _MOST} more; --explain shows them"),), indent=4))
    return Group(*lines)


def _review(answer: Determination) -> Text | str:
    if answer.outcome is Outcome.PROHIBITED:
        return ""
    if answer.review_policy:
        return Text(paint.words(answer.review_policy))
    return Text(f"open: {paint.words(' or '.join(answer.possible_policies))}") if answer.possible_policies else ""


def _open(answer: Determination) -> Iterator[RenderableType]:
    """What is missing, what each missing fact could lead to, and what an ordinary transaction is taken to be."""
    missing = answer.missing or answer.missing_as_written
    if not missing:
        return
    yield ""
    yield _heading(answer)
    width = max(map(len, missing)) + 1
    for name in missing:
        yield paint.rows((Text(name, style="bold"), facts.FACTS[name].question), widths=[width], indent=4)
        if answer.outcome is Outcome.UNDETERMINED:
            yield from _leads(answer.could_become.get(name, {}), indent=width + 5)
    ordinary = answer.if_ordinary
    if answer.missing and ordinary is not None:
        yield ""
        yield join(Text("  An ordinary transaction: ", style="bold"), _ordinarily(ordinary), sep="")
        yield paint.rows(*_ordinary(answer, ordinary), widths=[width], indent=4)


def _heading(answer: Determination) -> Text:
    if not answer.missing:
        return Text("  Only the answer as written depends on", style="bold")
    if answer.outcome is not Outcome.UNDETERMINED:
        return Text("  How an application is reviewed depends on", style="bold")
    return join(Text("  To be certain, find out", style="bold"), dim("(and what it could lead to, all else ordinary)"))


def _ordinarily(ordinary: Determination) -> Text:
    review = f", {paint.words(ordinary.review_policy)}" if ordinary.review_policy else ""
    return join(paint.outcome(ordinary.outcome), review, sep="")


def _ordinary(answer: Determination, ordinary: Determination) -> Iterator[tuple[Text, Text]]:
    yield from (assumption(each) for each in ordinary.assumptions if each not in answer.assumptions)
    if ordinary.outcome_as_written is not ordinary.outcome:
        yield Text("as written"), paint.outcome(ordinary.outcome_as_written)
    if ordinary.outcome is Outcome.LICENSE_EXCEPTION:
        used = dict.fromkeys(symbol for each in ordinary.requirements for symbol in each.lifted_by)
        yield Text("overcome by"), Text(", ".join(used))
    if ordinary.missing:
        yield Text("still missing", style="yellow"), Text(", ".join(ordinary.missing))


def assumption(each: Assumption) -> tuple[Text, Text]:
    """A fact that nobody gave, what it was taken to be, and why."""
    value = _value(each.value)
    return Text(each.fact), join(value, "" if each.why in (value, "ordinary") else dim(f"({each.why})"))


def _leads(outcomes: dict[str, list[str]], *, indent: int) -> Iterator[RenderableType]:
    """What the values of one missing fact lead to, the strictest first."""
    for wanted in Outcome:
        values = outcomes.get(wanted.value)
        if values:
            said = "whatever it is" if len(outcomes) == 1 else _some(values)
            yield paint.rows((join(paint.outcome(wanted), dim(said), sep=": "),), indent=indent)


def _some(values: Sequence[str]) -> str:
    """The first values, as many as fit on a line or two."""
    shown: list[str] = []
    for value in values:
        if shown and len(", ".join([*shown, value])) > 70:
            return f"{', '.join(shown)} and {len(values) - len(shown)} more"
        shown.append(value)
    return ", ".join(shown)


def _foot(answer: Determination) -> Iterator[Row]:
    taken = [join(each.fact, "=", assumption(each)[1]) for each in answer.assumptions]
    yield from _labeled("Taken as", taken)
    yield from _labeled("Warnings", [_point(text, "yellow") for text in answer.warnings])
    law = answer.law
    book = f"lawbook {law['version']} ({law['sha256'][:12]}), verified through {law['verified_through']}"
    yield from _labeled("Law", [dim(book)])

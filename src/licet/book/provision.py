"""The page of a provision: what it says and said, what refers to it, who enforces it, and the tests that pin it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any as Anything

from licet.book.html import Html, join, listed, table, tag, terms
from licet.book.site import Day, Site, cited, code_references, out
from licet.lex.cite import Reference
from licet.lex.model import CONCLUSIONS, Case, Enforcement, Provision, Version
from licet.lex.words import sentence
from licet.logic.nodes import IN_TURN, All, Any, Node, Not

_UP = "../"
_UNVERIFIED = tag("span", "unverified: not checked against the text", class_="mark")
#: How the words of a conclusion are called on its page; those left out say nothing to a reader.
_BESIDE = {"text": "in words", "only": "only", "claim": "counts only when said", "deadline": "deadline", "why": "why"}
_STATES = {"yes": "enforced as written", "no": "not enforced", "partly": "enforced only where"}


def body(site: Site, provision: Provision) -> Iterator[Html]:
    """The parts of the page of `provision`."""
    day = site.law.verified_through
    yield tag("h1", provision.id)
    yield tag("p", provision.title)
    yield tag("p", *_standing(provision, day))
    yield terms(_particulars(site, provision))
    related = [(word, site.all_to(ids, _UP)) for word, ids in site.related(provision.id).items() if ids]
    if related:
        yield tag("h2", "How it is joined to the rest")
        yield terms(related)
    yield tag("h2", "History" if len(provision.versions) > 1 else "Text")
    for version in provision.versions:
        yield tag("section", *_version(site, provision, version), id=f"v{version.since}")
    if provision.tests:
        yield tag("h2", "Tests beside it")
        yield tag("p", "Written from the text of the law. Facts that are not named are not known.", class_="small")
        yield table(("day", "facts", "applies", "why"), (_case(case) for case in provision.tests))
    if events := site.record.get(provision.id):
        yield tag("h2", "What happened")
        rows = ((tag("a", f"{each.date:%Y-%m}" if each.month_only else str(each.date),
                     href=f"{_UP}dates.html#{each.id}"), each.what, cited(each.instrument), cited(each.source))
                for each in events)  # fmt: skip
        yield table(("day", "what", "instrument", "source"), rows)


def _standing(provision: Provision, day: Day) -> Iterator[str]:
    version = provision.version(day)
    yield tag("span", f"{provision.kind}: {CONCLUSIONS[provision.kind]}", class_="small")
    yield " "
    if version is None:
        later = [each.since for each in provision.versions if each.since > day]
        said = f"in force from {later[0]}" if later else f"no longer in force on {day}"
        yield tag("span", said, class_="mark")
        return
    yield tag("span", f"in force on {day}", class_="mark now")
    posture = version.enforced(day)
    if posture is not None:
        yield " "
        yield tag("span", "not enforced" if posture.state == "no" else "partly enforced", class_="mark")
    if any(each.unverified for each in provision.versions):
        yield " "
        yield tag("span", "rests in part on memory", class_="mark")


def _particulars(site: Site, provision: Provision) -> Iterator[tuple[str, str]]:
    yield "stands in", cited(provision.cite)
    yield from _concludes(provision.concludes)
    checked = provision.verified_through or site.law.verified_through
    yield "checked through", str(checked)
    yield "in the lawbook", f"{provision.file}, line {provision.line}"


def _concludes(concludes: Anything) -> Iterator[tuple[str, str]]:
    for key, value in concludes.items():
        said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if key in CONCLUSIONS:
            yield f"concludes: {key}", said.replace("_", " ") if key == "review" else said
        elif key in _BESIDE:
            yield _BESIDE[key], said


def _version(site: Site, provision: Provision, version: Version) -> Iterator[str]:
    end = f" until {version.until}" if version.until else ""
    yield tag("h3", tag("a", f"From {version.since}{end}", href=f"#v{version.since}"))
    yield terms(_marks(site, provision, version))
    if version.unverified:
        yield tag("p", _UNVERIFIED)
    yield tag("ul", condition(site, version.when), class_="when")
    for entry in version.enforcement:
        yield tag("p", *_enforcement(entry))
        if entry.when is not None:
            yield tag("ul", condition(site, entry.when), class_="when")
    if version.duties:
        yield tag("p", "Who uses it must:")
        yield listed(f"{duty.text} ({duty.clock.text})" for duty in version.duties)
    if version.note:
        yield tag("p", tag("em", "Note: "), version.note)


def _marks(site: Site, provision: Provision, version: Version) -> Iterator[tuple[str, str]]:
    yield "by", cited(version.by)
    yield "stands in", cited(version.cite)
    yield "published", str(version.published or "")
    yield "comply from", str(version.comply_from or "")
    yield from _concludes(version.concludes or {})
    if version.concludes and "for" in version.concludes:
        yield "for", site.all_to(map(str, version.concludes["for"]), _UP)
    for key, word in (("unless", "does not reach where"), ("lifts", "lifts")):
        ids = getattr(version, key)
        yield word, site.all_to(ids, _UP) if ids else "nothing, in this version" if ids is not None else ""
    if version.since <= site.law.verified_through:
        places = code_references(version.cite or provision.cite)
        links = [out(_place(each), each.url_on(version.since)) for each in places if each.url_on(version.since)]
        yield f"the Code on {version.since}", join(links, ", ")


def _place(each: Reference) -> str:
    if each.section:
        return each.section + "".join(f"({sign})" for sign in each.paragraphs)
    return f"Supp. {each.supplement} to part {each.part}" if each.supplement else f"part {each.part}"


def _enforcement(entry: Enforcement) -> Iterator[str]:
    yield tag("strong", f"From {entry.since}: {_STATES[entry.state]}")
    yield ", by "
    yield cited(entry.by)


def condition(site: Site, node: Node, label: str = "") -> Html:
    """`node` as an item of an outline, with the labels of the law and links to all that it names."""
    head = join((tag("b", f"{label}: "),)) if label else Html("")
    if isinstance(node, Not) and node.text in ("unless", "none of"):
        inner = node.part.parts if isinstance(node.part, Any) else (("", node.part),)
        return tag("li", head, "none of", _outline(site, inner))
    if isinstance(node, (All, Any)) and _opens(node):
        word = "any of" if isinstance(node, Any) else "all of, in this order" if node.text == IN_TURN else "all of"
        return tag("li", head, word, _outline(site, node.parts))
    return tag("li", head, site.words(sentence(node), node, _UP))


def _outline(site: Site, parts: tuple[tuple[str, Node], ...]) -> Html:
    return tag("ul", *(condition(site, part, name) for name, part in parts))


def _opens(node: All | Any) -> bool:
    """Whether a node is set out line by line: it has labels, or it would not fit on one."""
    if node.text in ("some party", "every party") or len(node.parts) < 2:
        return False
    return any(name for name, _ in node.parts) or len(sentence(node)) > 110


def _case(case: Case) -> Iterator[str]:
    yield str(case.on)
    yield join([tag("code", f"{name} = {shown(value)}") for name, value in case.facts.items()], ", ") or "none"
    asks = f", ask for {', '.join(case.ask)}" if case.ask else ""
    yield f"{case.expect}{asks}" + (" (as enforced)" if case.enforced else "")
    yield case.why


def shown(value: object) -> str:
    """A value of a test as people write it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

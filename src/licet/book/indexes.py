"""The ways into the book: by part of the Code, by kind, by date, and the register of what it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licet.book.html import Html, join, listed, table, tag
from licet.book.site import Site, anchor, cited, code_references
from licet.lex.coverage import STATES, Row, register
from licet.lex.history import Event
from licet.lex.model import CONCLUSIONS, Provision

#: What the parts of the regulations are about.
_PARTS = {
    ("15", "732"): "steps, and red flags", ("15", "734"): "what is subject to the EAR",
    ("15", "736"): "general prohibitions", ("15", "738"): "the Commerce Country Chart",
    ("15", "740"): "license exceptions and country groups", ("15", "742"): "license requirements and review policies",
    ("15", "743"): "special reporting", ("15", "744"): "end uses and end users",
    ("15", "745"): "the Chemical Weapons Convention", ("15", "746"): "embargoes", ("15", "748"): "applications",
    ("15", "750"): "what becomes of applications", ("15", "754"): "short supply", ("15", "762"): "records",
    ("15", "764"): "violations", ("15", "772"): "definitions", ("15", "774"): "the Commerce Control List",
    ("22", "126"): "the ITAR: general policies",
}  # fmt: skip


def contents(site: Site) -> Iterator[Html]:
    """The first page: what the book is, and every provision in the order of the lawbook."""
    law = site.law
    tests = sum(len(each.tests) for each in law.provisions.values())
    yield tag("h1", "The lawbook")
    yield tag("p", "US export-control law for AI chips, as it is written in this lawbook and applied by Licet.")
    yield tag(
        "p", f"{len(law.provisions)} provisions with {tests} tests, {len(law.groups)} country groups and "
        f"{len(law.sets)} sets of entries. The lawbook begins on {law.first} and was checked through "
        f"{law.verified_through}. Facts of the law are restated in words of its own: where they differ, the Code of "
        "Federal Regulations and the Federal Register decide. Not legal advice."
    )  # fmt: skip
    files: dict[str, list[Provision]] = {}
    for each in law.provisions.values():
        files.setdefault(each.file, []).append(each)
    for file, provisions in files.items():
        yield tag("h2", file, id=anchor(file))
        yield _rows(site, provisions)


def parts(site: Site) -> Iterator[Html]:
    """Every provision under each part of the Code that it cites; the others under what they rest on."""
    found: dict[tuple[int, int], list[Provision]] = {}
    others = []
    for each in site.law.provisions.values():
        citations = (each.cite, *(version.cite for version in each.versions))
        places = {(int(one.title), int(one.part)): None for one in code_references(*citations) if one.part}
        for place in places:
            found.setdefault(place, []).append(each)
        if not places:
            others.append(each)
    yield tag("h1", "By part")
    yield tag("p", "Each provision under every part of the Code of Federal Regulations that it cites.")
    for (title, part), provisions in sorted(found.items()):
        about = _PARTS.get((str(title), str(part)), "")
        yield tag("h2", f"{title} CFR part {part}" + (f": {about}" if about else ""), id=f"p{title}-{part}")
        yield _rows(site, provisions)
    if others:
        yield tag("h2", "Outside the Code: rules, papers, letters and statements", id="outside")
        yield _rows(site, others)


def kinds(site: Site) -> Iterator[Html]:
    """Every provision under what it concludes."""
    yield tag("h1", "By kind")
    yield tag("p", "Each provision under what follows when it applies.")
    for kind, about in CONCLUSIONS.items():
        provisions = [each for each in site.law.provisions.values() if each.kind == kind]
        if provisions:
            yield tag("h2", f"{kind}: {about} ({len(provisions)})", id=kind)
            yield _rows(site, provisions)


def _rows(site: Site, provisions: Iterable[Provision]) -> Html:
    return table(("provision", "title", "stands in"), (
        (site.to(each.id, ""), join((each.title, _now(site, each))), cited(each.cite)) for each in provisions
    ))  # fmt: skip


def _now(site: Site, each: Provision) -> Html:
    day = site.law.verified_through
    version = each.version(day)
    if version is None:
        return join((" ", tag("span", f"not in force on {day}", class_="mark")))
    posture = version.enforced(day)
    if posture is None:
        return Html("")
    said = "not enforced" if posture.state == "no" else "partly enforced"
    return join((" ", tag("span", said, class_="mark")))


def dates(site: Site) -> Iterator[Html]:
    """All that happened and is to come, oldest first: the public record and the changes that the lawbook holds."""
    yield tag("h1", "By date")
    yield tag(
        "p", "The public record, and the first and last days that this lawbook itself holds, with what they touch."
    )
    years: dict[int, list[Event]] = {}
    for event in site.events:
        years.setdefault(event.date.year, []).append(event)
    yield tag("p", *join([tag("a", str(year), href=f"#y{year}") for year in years], " "), class_="small")
    seen: set[str] = set()
    for year, events in years.items():
        yield tag("h2", str(year), id=f"y{year}")
        yield tag("div", tag("table", tag("tbody", *(_event(site, each, seen) for each in events))), class_="table")


def _event(site: Site, event: Event, seen: set[str]) -> Html:
    day = f"{event.date:%Y-%m}" if event.month_only else str(event.date)
    sources = (
        [cited(event.instrument)]
        if event.instrument == event.source
        else [cited(event.instrument), cited(event.source)]
    )
    said: list[str] = [event.what, tag("br"), tag("span", *join(sources, "; "), class_="small")]
    if event.doubt:
        said += [tag("br"), tag("span", f"doubtful: {event.doubt}", class_="mark")]
    if event.deadlines:
        said.append(listed(f"{each.on}: {each.what}" for each in event.deadlines))
    name = "" if event.id in seen else event.id
    seen.add(event.id)
    known = [id_ for id_ in event.touches if id_ in site.provisions or id_ in site.groups]
    return tag("tr", tag("td", tag("time", day)), tag("td", *said), tag("td", site.all_to(known, "")), id=name)


def coverage(site: Site) -> Iterator[Html]:
    """The register of what is encoded, encoded in part, and out of scope."""
    yield tag("h1", "Coverage")
    rows = register(site.law)
    if not rows:
        yield tag("p", "This lawbook has no register of what it covers.")
        return
    counts = ", ".join(f"{sum(row.state == state for row in rows)} {state}" for state in STATES)
    yield tag("p", f"The systems of the regime, and how far this lawbook holds each: {counts}.")
    for area in dict.fromkeys(row.area for row in rows):
        yield tag("h2", area, id=anchor(area))
        chosen = [row for row in rows if row.area == area]
        yield table(("system", "stands in", "state", "provisions"), (
            (row.system, cited(row.cite), _state(row), site.all_to(row.provisions, "") or "none") for row in chosen
        ))  # fmt: skip


def _state(row: Row) -> Html:
    said = (tag("br"), row.said) if row.said else ()
    return join((tag("strong", row.state), *said))

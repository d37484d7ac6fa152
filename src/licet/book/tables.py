"""The pages about what conditions name: country groups with their members by date, sets of entries, facts."""

from __future__ import annotations

from collections.abc import Iterator

from licet import facts
from licet.book.html import Html, join, table, tag, terms
from licet.book.site import Site, anchor, cited
from licet.lex.model import Group
from licet.places import codes, name

_UP = "../"
#: What the sets of entries say of a column; see `licet.lex.entries`.
_PREFIXES = {
    "entries": "controlled under", "exempt": "not controlled though their entry is, under",
    "partly": "controlled as far as words say, under",
}  # fmt: skip


def groups(site: Site) -> Iterator[Html]:
    """All country groups, with how many places each has on the last verified day."""
    day = site.law.verified_through
    yield tag("h1", "Country groups")
    yield tag("p", f"Groups are dated law: who is a member depends on the day. Counts are for {day}.")
    yield table(("group", "title", "places", "stands in"), (
        (site.to(each.id, ""), each.title, str(len(site.law.members(each.id, day))), cited(each.cite))
        for each in site.law.groups.values()
    ))  # fmt: skip


def group(site: Site, entry: Group) -> Iterator[Html]:
    """The page of a country group: its members, since when, and who names it."""
    law, day = site.law, site.law.verified_through
    yield tag("h1", entry.id)
    yield tag("p", entry.title)
    within = [each.id for each in law.groups.values() if entry.id in (*each.union, *each.less)]
    yield terms((
        ("stands in", cited(entry.cite)),
        ("made of", site.all_to(entry.union, _UP) if entry.union else ""),
        ("without", site.all_to(entry.less, _UP) if entry.less else ""),
        ("part of", site.all_to(within, _UP) if within else ""),
        ("named by", site.all_to(site.asked_by.get(entry.id, ()), _UP)),
    ))  # fmt: skip
    members = sorted(law.members(entry.id, day))
    yield tag("h2", f"On {day}: {len(members)} places")
    yield tag("p", ", ".join(map(_place, members)) or "none")
    rows = [
        (
            ", ".join(map(_place, sorted(each.of))), str(each.since), str(each.until or ""), cited(each.by),
            " ".join(filter(None, ("unverified." if each.unverified else "", each.note))),
        )
        for each in entry.members
    ]  # fmt: skip
    if rows:
        yield tag("h2", "Members by date")
        first = f"A member from before {law.first} was one on the first day that the lawbook holds."
        yield tag("p", first, class_="small")
        yield table(("places", "from", "until", "by", "note"), rows)


def _place(code: str) -> str:
    return f"{name(code)} ({code})" if code in codes() else code


def entries(site: Site) -> Iterator[Html]:
    """The sets of entries of the Commerce Control List: how many, which, and who asks for them."""
    yield tag("h1", "Entries of the Commerce Control List")
    yield tag("p", "The entries and paragraphs by the column or section that controls them, as sets that conditions "
              "name. What lies below a paragraph of a set is in the set.")  # fmt: skip
    for set_, members in sorted(site.law.sets.items()):
        prefix, _, column = set_.partition("_")
        yield tag("h2", set_, id=anchor(set_))
        said = f"{_PREFIXES[prefix]} {column.replace('_', ' ')}" if prefix in _PREFIXES else ""
        yield terms((
            ("entries and paragraphs", f"{len(members)}, {said}" if said else str(len(members))),
            ("named by", site.all_to(site.asked_by.get(set_, ()), "")),
        ))  # fmt: skip
        yield tag("details", tag("summary", "which"), tag("p", ", ".join(sorted(members))))


def vocabulary(site: Site) -> Iterator[Html]:
    """The facts that conditions look at, each with its question and the provisions that ask it."""
    yield tag("h1", "Facts")
    yield tag("p", "What conditions look at. A fact that is not given is unknown: not zero, and not false.")
    for each in facts.FACTS.values():
        asked = site.asked_by.get(each.name, ())
        if not asked:
            continue
        yield tag("h3", each.name, id=anchor(each.name))
        values = [join((tag("code", value), f": {about}")) for value, about in (each.values or {}).items()]
        yield terms((
            ("question", each.question), ("kind", each.kind.value + (f", in {each.unit}" if each.unit else "")),
            ("values", join(values, "; ") if values else ""), ("source", cited(each.cite)),
            ("looked at by", site.all_to(asked, "")),
        ))  # fmt: skip

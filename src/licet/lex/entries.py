"""The Commerce Control List as sets of paragraphs, and the Commerce Country Chart as groups of countries.

A column has up to three sets: `entries_` are controlled, `exempt_` are paragraphs that are not though their entry is,
and `partly_` are controlled as far as words say that are no paragraph numbers. Conditions name sets like any group:
``eccn in entries_NS1 and eccn not in exempt_NS1 and destination in chart_NS1``.
``entries_known`` are all entries of the table, ``entries_military`` those of the 600 series and 9x515.
A set holds entries and paragraphs; what lies below a paragraph of the set is in it, and of an entry of which only some
paragraphs are in it, nothing is known until the paragraph is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from licet.errors import LawError
from licet.lex.model import Group, Membership

#: The table of entries and columns, and the chart, in the folder of a lawbook.
CONTROLS: Final = "entries/controls.csv"
CHART: Final = "places/chart.yaml"
#: How the names of the groups of the chart begin.
CHART_GROUP: Final = "chart_"
_COLUMNS: Final = ["entry", "column", "only", "but", "words"]
_PARAGRAPH: Final = re.compile(r"[a-z]{1,2}(\.[a-z0-9]{1,3})*")


def set_name(prefix: str, column: str) -> str:
    """The name of a set as conditions write it: ``entries_742_6_a_7`` for the column ``742.6(a)(7)``."""
    return f"{prefix}_{re.sub('[^A-Za-z0-9]+', '_', column).strip('_')}"


def paragraph_sets(files: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The sets of paragraphs that conditions may name, from the table of entries; none without such a table.

    Raises:
        LawError: a row that is no row of the table, with its line.
    """
    text = files.get(CONTROLS)
    if text is None:
        return {}
    found: dict[str, set[str]] = {"entries_known": set(), "entries_military": set()}
    rows = csv.DictReader(io.StringIO(text))
    if rows.fieldnames != _COLUMNS:
        raise LawError(f"the columns are {', '.join(rows.fieldnames or ())}", where=f"{CONTROLS}, line 1",
                       next=f"write {', '.join(_COLUMNS)}")  # fmt: skip
    for row in rows:
        entry, only, but = row["entry"], (row["only"] or "").split(), (row["but"] or "").split()
        odd = [each for each in (*only, *but) if not _PARAGRAPH.fullmatch(each)]
        if odd or not re.fullmatch(r"\d[A-E]\d{3}", entry) or not row["column"] or None in row or (only and but):
            what = f"{odd[0]!r} is no paragraph" if odd else "a row names an entry, a column, and `only` or `but`"
            raise LawError(
                what, where=f"{CONTROLS}, line {rows.line_num}", next="write a.1 b c.2.a, with spaces between"
            )
        named = {f"{entry}.{each}" for each in only} or {entry}
        prefix = "partly" if row["words"] else "entries"
        found.setdefault(set_name(prefix, row["column"]), set()).update(named)
        if but:
            found.setdefault(set_name("exempt", row["column"]), set()).update(f"{entry}.{each}" for each in but)
        found["entries_known"].add(entry)
        if entry[2] == "6" or entry[2:] == "515":
            found["entries_military"].add(entry)
    return {name: frozenset(members) for name, members in found.items()}


def chart_groups(files: Mapping[str, str], since: date) -> list[Group]:
    """One group of countries for each column of the Commerce Country Chart: the places that bear its mark.

    Args:
        files: the lawbook.
        since: the first day of the lawbook; the chart is one day's, and stands for all of them.
    """
    from licet.lex.source import read

    text = files.get(CHART)
    if text is None:
        return []
    chart = read(text, CHART)
    marks: Mapping[str, list[str]] = chart["marks"]
    return [
        Group(
            f"{CHART_GROUP}{column}",
            f"{column[:-1]} column {column[-1]} of the Commerce Country Chart of {chart['as_of']}",
            chart["cite"],
            (Membership(frozenset(c for c, own in marks.items() if column in own), since, None, chart["cite"]),),
        )
        for column in chart["columns"]
    ]  # fmt: skip

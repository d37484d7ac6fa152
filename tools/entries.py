"""Makes `lawbook/entries/controls.csv` from a copy of the Commerce Control List: which column controls which entry.

    python tools/entries.py ccl-headings-2026-07-23.json

The copy is JSON: `entries` with `eccn`, `heading`, `reason` and `chart`, the rows of the table "Reason for control" as
`control` ("NS applies to 3B001.a.1 to a.3") and `countryChart` ("NS Column 2."). A row of the result says for one entry
and one column whether the whole entry is controlled, only some paragraphs (`only`), all but some (`but`), or some of it
by words that are no paragraphs (`words`, with the paragraphs they speak of in `only`). What this script cannot read, it
refuses; the readings by hand stand below.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

OUT = Path(__file__).resolve().parents[1] / "src" / "licet" / "lawbook" / "entries" / "controls.csv"
#: Columns that are no column of the chart, by what the second column of the table says.
SPECIAL = (
    (r"See § 7[46]6?4?\.1(\(b\))?", "UN"),
    (r"China, Russia,? or Venezuela", "742.6(a)(7)"),
    (r"Worldwide control\. See § 742\.4\(a\)\(5\)", "742.4(a)(5)"),
    (r"Worldwide control\. See § 742\.6\(a\)\(10\)", "742.6(a)(10)"),
    (r"Macau.*§ 742\.4\(a\)\(4\)", "742.4(a)(4)"),
    (r"Macau.*§ 742\.6\(a\)\(6\)(\(i\))? ", "742.6(a)(6)(i)"),
    (r"Macau.*§ 742\.6\(a\)\((12|13)\)", "742.6(a)(12)"),
    (r"See § 742\.6\(a\)\(11\)", "742.6(a)(11)"),
    (r"Iraq or Pakistan", "Iraq or Pakistan"),
    (r"to Iraq|export or reexport to Iraq", "Iraq"),
    (r"to Pakistan", "Pakistan"),
    (r"to North Korea", "North Korea"),
    (r"746\.8", "Russia"),
    (r"742\.15", "EI"),
    (r"742\.13", "SL"),
    (r"742\.14", "SI"),
    (r"ALL destinations, except Canada", "CC all"),
    (r"CWC non-States", "CW"),
)
#: Rows that other provisions of the lawbook hold.
ELSEWHERE = r"742\.6\(a\)\(6\)\((iii|i\)\(B)\)|742\.6\(a\)\(13\)\.$|by 3A090\.c"
#: Entries whose table the copy garbles or lacks: (column, only, but, words).
BY_HAND: dict[str, list[tuple[str, str, str, str]]] = {
    "0A980": [("SS", "", "", "")],
    "0A981": [("CC all", "", "", "")],
    "0A982": [("CC all", "", "", "")],
    "0A983": [("CC all", "", "", "")],
    "1A231": [("NP1", "", "", ""), ("AT1", "", "", "")],
    "1C350": [("CB2", "", "", ""), ("CW", "", "", ""), ("AT1", "", "", "")],
    "1C355": [("CW", "", "", ""), ("AT1", "", "", "")],
    "1C395": [("CB2", "", "", ""), ("CW", "", "", ""), ("AT1", "", "", "")],
    "2A994": [("AT1", "", "", "")],
    "2D994": [("AT1", "", "", "")],
    "2E994": [("AT1", "", "", "")],
    # The copy says "NS applies to entire entry" and nothing of MT, NP and RS, which it names: not relied on.
    "3E001": [
        ("NS1", "", "", "technology for 3A001 to 3A003, 3B001, 3B002 and 3C001 to 3C006; the copy has all of it"),
        ("MT1", "", "", "technology for what is controlled for MT reasons; not in the copy"),
        ("NP1", "", "", "technology for what is controlled for NP reasons; not in the copy"),
        ("742.4(a)(5)", "", "", "technology for equipment controlled worldwide; not in the copy"),
        ("742.6(a)(10)", "", "", "technology for equipment controlled worldwide; not in the copy"),
        ("AT1", "", "", ""),
    ],
    "5A980": [("SL", "", "", ""), ("AT1", "", "", "")],
    "5D980": [("SL", "", "", ""), ("AT1", "", "", "")],
    "5E980": [("SL", "", "", ""), ("AT1", "", "", "")],
}
#: What the copy leaves out of a table that it otherwise has.
ADDED = {"1C351": [("CW", "", "", "some toxins"), ("AT1", "", "", "")]}
#: Paragraphs that rows in words speak of, where they do not speak of the whole entry.
SPOKEN = {
    "1A002": "b.1", "1A004": "c", "1A007": "a b", "1C002": "b.3 b.4", "1C007": "c", "1C010": "a b e.1", "1C011": "a b",
    "2B001": "a b c d", "2B006": "a b.1 b.3 c", "2B116": "a b c d", "3A001 NS1": "b.2 b.3", "3A001 RS1": "b.2 b.3",
    "3A001 MT1": "a.1.a a.5.a z.2", "3A001 NP1": "e.2 e.3 z.3", "3A002": "h", "4A001": "a", "5A001": "b c d f g j",
    "5D002": "a.1 a.3 b c.1 c.3", "5E002": "a b", "6A002 MT1": "a.1 a.3", "6A002 RS1": "a.1 a.2 a.3 c f",
    "6A002 CC1": "c", "6A003 NP1": "a.3 a.4 a.6", "6A003 RS1": "b.3 b.4", "6A003 RS2": "b.4.b", "6A007": "b c",
    "7A003": "d", "7A005": "b", "7A611": "a", "7B611": "a", "7D611": "a", "7E611": "a", "9A515": "d e.2 h",
    "9B515": "a", "9B604": "a b d", "9D515": "y", "9E515": "y",
}  # fmt: skip


class Row(NamedTuple):
    """One line of the table."""

    entry: str
    column: str
    only: str = ""
    but: str = ""
    words: str = ""


def paragraphs(entry: str, text: str) -> list[str] | None:
    """The paragraphs of `entry` that `text` lists, ranges written out; None where it says anything else."""
    text = text.strip().rstrip(". ")
    text = re.sub(r"^(the )?(items|commodities|paragraphs?|equipment|“?software”?|“?technology”?)"
                  r"( (controlled|specified))?( (by|in))? ?(?=[\d.]|paragraphs? )", "", text)  # fmt: skip
    text = re.sub(r"^paragraphs? | (of|in) this entry$| only$", "", text)
    text = text.replace(entry, "").replace(" and ", ", ").replace(" or ", ", ").replace(" through ", " to ")
    found: list[str] = []
    last: list[str] = []
    for part in filter(None, map(str.strip, text.split(","))):
        ends = []
        for end in part.split(" to "):
            steps = end.replace(" ", "").strip(".").split(".")
            if not re.fullmatch(r"[a-z]{1,2}(\.\d{1,2}(\.[a-z](\.\d{1,2}(\.[a-z])?)?)?)?|\d{1,2}", ".".join(steps)):
                return None
            if steps[0].isdigit():  # ".16" after "d.15"
                if not last or not any(step.isdigit() for step in last):
                    return None
                steps = last[: max(n for n, step in enumerate(last) if step.isdigit())] + steps
            ends.append(steps)
            last = steps
        if len(ends) == 1:
            found.append(".".join(ends[0]))
            continue
        first, until = ends
        if first[:-1] != until[:-1]:
            return None
        if first[-1].isdigit():
            steps = [str(n) for n in range(int(first[-1]), int(until[-1]) + 1)]
        else:
            steps = [chr(n) for n in range(ord(first[-1]), ord(until[-1]) + 1)]
        found += [".".join([*first[:-1], step]) for step in steps]
    return found or None


def column(control: str, chart: str) -> str | None:
    """The column a row names; None where another provision holds it."""
    if re.search(ELSEWHERE, f"{control} {chart}"):
        return None
    if match := re.fullmatch(r"([A-Z]{2}) Column (\d)\.?(, See.*)?", chart):
        return match[1] + match[2]
    if chart == "Column 1.":
        return control[:2] + "1"
    if chart.startswith("MT applies"):
        return "MT1"
    for pattern, name in SPECIAL:
        if re.search(pattern, chart):
            return name
    raise SystemExit(f"no column: {control!r}, {chart!r}")


def rows_of(entry: str, heading: str, table: list[dict[str, str]]) -> Iterator[Row]:
    """The rows of one entry."""
    if entry in BY_HAND:
        yield from (Row(entry, *cells) for cells in BY_HAND[entry])
        return
    if not table:
        yield Row(entry, without_table(entry, heading))
    for cell in table:
        control, chart = cell["control"].strip(), cell["countryChart"].strip()
        if chart == "N/A." or (name := column(control, chart)) is None:
            if chart == "N/A.":
                yield Row(entry, "NP1", words=control)
            continue
        match = re.match(r"([A-Z]{2}|Russian industry sector sanctions?) (controls? )?appl(y|ies)( to)?( |$)", control)
        rest = control[match.end() :].strip().rstrip(".") if match else control
        if re.match(r"(the )?entire entry(\.| \(refer|$)", rest):
            yield Row(entry, name)
        elif (but := re.match(r"(the )?entire entry,? except ", rest)) and (
            left := paragraphs(entry, rest[but.end() :])
        ):
            yield Row(entry, name, but=" ".join(left))
        elif only := paragraphs(entry, rest):
            yield Row(entry, name, only=" ".join(only))
        else:
            spoken = SPOKEN.get(f"{entry} {name}") or SPOKEN.get(entry, "")
            yield Row(entry, name, only=spoken, words=" ".join(rest.split()))
    yield from (Row(entry, *cells) for cells in ADDED.get(entry, ()))


def without_table(entry: str, heading: str) -> str:
    """What is to be done with an entry that has no table."""
    if "ITAR" in heading:
        return "ITAR"
    if entry[2:] == "521":
        return "0Y521"
    if entry.startswith("1C98"):
        return "SS"
    return "North Korea" if entry.endswith("999") else "elsewhere"


def main() -> None:
    """Writes the table."""
    copy = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    found = [row for each in copy["entries"] for row in rows_of(each["eccn"], each["heading"], each["chart"])]
    known = {row.entry for row in found}
    found += [Row(each["eccn"], "elsewhere") for each in copy["entries"] if each["eccn"] not in known]
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Row._fields)
        writer.writerows(sorted(dict.fromkeys(found)))
    print(f"{len(found)} rows of {len({row.entry for row in found})} entries, as of {copy['as_of']}")


if __name__ == "__main__":
    main()

"""The rows of the list of targets that need no labelled text: code pages, the five reports, the same answer twice."""

from __future__ import annotations

import datetime
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from licet import newswire
from licet.newswire import read_one
from licet.newswire.lines import lines
from licet.newswire.model import Report
from licet.newswire.repair import repaired
from licet.newswire.unpack import Sheet

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "newswire"))
import newswire_texts  # noqa: E402 - the texts lie with the tests

Row = tuple[str, str, str, str]
#: The dates that the five real reports give, by language; a time of publication counts as its day.
DATES = {
    "ru": ["2025-08-12", "2022", "2024"],
    "fr": ["2025-07"],
    "ar": ["2025-08-12", "2022", "2024"],
    "ja": ["2025-05-13", "2025-05-13", "2025-04", "2025-05-15", "2025-05-09"],
    "zh": ["2024", "2024-11-11", "2024-11-11", "2024-11-12"],
}
#: The two runs of characters that are broken in the Chinese report, as they were (see the founders' key).
RUNS = ("域對中國進行", "是因為中國科創企業")
_NOTE = re.compile(r"[\u3400-\u9fff]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
_GRAINS = {"day": 10, "month": 7, "year": 4}


def lossy(texts: Sequence[str]) -> Row:
    """UTF-8 misread as GBK and as Shift-JIS, which loses characters: whether that is noticed."""
    noticed = []
    for page in ("gbk", "cp932"):
        broken = [(text, text.encode().decode(page, "replace")) for text in texts if not text.isascii()]
        odd = [one for text, one in broken if sum(char > "\u024f" for char in text) > 40 and one != text]
        flagged = sum(any(change.inferred for change in repaired(one).changes) for one in odd)
        noticed.append(f"{flagged / len(odd):.0%}")
    return ("UTF-8 misread as GBK, Shift-JIS: noticed", " / ".join(noticed), "2 of 2", "0 of 2")


def five(reports: Sequence[Report]) -> list[Row]:
    """Dates of the five reports and what is left of the damage in one of them."""
    right = wrong = 0
    for report in reports:
        given = [str(when.first)[: _GRAINS.get(when.grain, 10)] for when in report.dates if when.first is not None]
        hit = sum((Counter(given) & Counter(DATES[report.language])).values())
        right, wrong = right + hit, wrong + len(given) - hit
    damaged = next(report for report in reports if report.language == "zh")
    text = damaged.source.text
    whole = sum(run in text for run in RUNS)
    return [
        ("dates in the five reports (16), right / wrong", f"{right} / {wrong}", "16 / 0", "9 / 9"),
        (
            "Chinese report: notes left / broken runs exact",
            f"{len(_NOTE.findall(text))} / {whole} of {len(RUNS)}",
            "0 / 2 of 2",
            "0 / 1",
        ),
    ]


def undated(rows: Sequence[dict[str, object]]) -> Row:
    """Texts whose day is taken away: how often the event of the record they are said to tell is of their days."""
    told = right = 0
    for row in rows:
        sheet = Sheet(str(row["id"]), f"{row['title']}\n\n{row['text']}", str(row["title"]), "")
        published = read_one(sheet).published
        if published.basis == "record" and published.day is not None:
            told += 1
            day = datetime.date.fromisoformat(str(row.get("date") or row["published"]))
            right += -1 <= (day - published.day).days <= 7
    share = right / told if told else 1.0
    return ("timeline row of texts without a day, exact", f"{share:.2f} ({right} of {told})", "0.80", "none")


def twice(sheets: Sequence[Sheet]) -> Row:
    """Whether the same texts, in another order, give the same bytes."""
    first = "\n".join(lines(newswire.read_sheets(sheets)))
    again = "\n".join(lines(newswire.read_sheets(list(reversed(sheets)))))
    return ("same bytes twice, in another order", "yes" if first == again else "no", "always", "not measured")


def table(labelled: Sequence[dict[str, object]], reports: Sequence[Report]) -> list[Row]:
    """All these rows; `reports` are the five real ones, or none where they do not lie beside the checkout."""
    texts = [str(row["text"]) for row in newswire_texts.news()]
    rows = [lossy(texts), undated([*labelled, *newswire_texts.news()])]
    rows.append(twice([newswire_texts.sheet(dict(row)) for row in newswire_texts.news()]))
    if reports:
        rows += five(reports)
    else:
        rows += [
            ("dates in the five reports (16), right / wrong", "reports not here", "16 / 0", "9 / 9"),
            ("Chinese report: notes left / broken runs exact", "report not here", "0 / 2 of 2", "0 / 1"),
        ]
    rows.append(("no network", "tests block sockets", "always", "not measured"))
    return rows

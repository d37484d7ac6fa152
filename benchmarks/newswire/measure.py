"""Measures the newswire on the labelled texts of the test suite and prints each figure beside its target and baseline.

    python benchmarks/newswire/measure.py [--missed]

The texts were written for this project, by those who wrote the word lists. Those of `before.jsonl` were written before
the rules that now read them; what they scored on their first reading stands beside what they score now, and is the
nearer guess at how it does on reports nobody here has seen. Where the five real reports lie beside the checkout
(../shared/reports), their claims are held against their key too. Baselines are those measured before the newswire was
written, on other texts (89 public news texts in 25 languages), with a plain list of names and off-the-shelf libraries.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from licet.newswire import read_one
from licet.newswire.decode import decode
from licet.newswire.language import identify
from licet.newswire.model import Report
from licet.newswire.repair import repaired
from licet.newswire.stories import stories
from licet.newswire.unpack import Sheet, unpack

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "newswire"))
import keys  # noqa: E402 - the keys of the texts lie with the tests
import news  # noqa: E402
import newswire_texts  # noqa: E402
import targets  # noqa: E402

from licet import newswire  # noqa: E402

#: What the texts written before the rules scored when they were first read, on 2026-11-21.
FIRST = {
    "chips": "0.947 / 1.000",
    "parties": "0.933 / 0.970",
    "provisions": "0.889 / 1.000",
    "claims": "36 of 67; 22 of 80",
}
REPORTS = ROOT.parent / "shared" / "reports"
LABELLED = ROOT / "tests" / "newswire" / "labelled"
PAGES = ("cp1252", "latin-1", "cp1251", "cp1256", "koi8-r", "cp866", "cp852", "cp437")


def rows() -> list[dict[str, object]]:
    """The labelled texts."""
    return [
        json.loads(line) for path in sorted(LABELLED.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]


def sheet(row: dict[str, object]) -> Sheet:
    """A labelled text as a report."""
    return Sheet(str(row["id"]), f"{row['title']}\n\n{row['text']}", str(row["title"]), str(row["published"]))


def found(report: Report, what: str) -> set[str]:
    """What the reader found of the sort `what`."""
    if what == "chips":
        return set(report.named("chip")) | ({"seven-nm", "lithography"} & set(report.named("item")))
    if what == "parties":
        return set(report.named("company", "agency", "person", "group"))
    return set(report.named("rule"))


def precision_recall(pairs: Iterable[tuple[set[str], set[str]]]) -> tuple[float, float]:
    """Precision and recall over all texts together; `pairs` of what is right and what was found."""
    right = hit = given = 0
    for truth, answer in pairs:
        right, given, hit = right + len(truth), given + len(answer), hit + len(truth & answer)
    return hit / given if given else 1.0, hit / right if right else 1.0


def b_cubed(truth: dict[str, str], answer: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping."""
    precision = recall = 0.0
    for id_, own in truth.items():
        same_answer = {other for other in truth if answer[other] == answer[id_]}
        same_truth = {other for other in truth if truth[other] == own}
        both = len(same_answer & same_truth)
        precision += both / len(same_answer) / len(truth)
        recall += both / len(same_truth) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def speed(work: Callable[[], object], count: int) -> float:
    """Pieces of work a second of processor time, the best of three runs."""
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        work()
        best = max(best, count / (time.process_time() - start))
    return best


def html(row: dict[str, object]) -> bytes:
    """A labelled text as a news page with a menu around it."""
    menu = "".join(f'<li><a href="/section/{number}">Section {number}</a></li>' for number in range(60))
    return (
        f'<html><head><meta charset="utf-8"><title>{row["title"]}</title><meta property="article:published_time" '
        f'content="{row["published"]}T08:00:00Z"></head><body><nav><ul>{menu}</ul></nav><article><h1>{row["title"]}</h1>'
        f"<p>{row['text']}</p></article><footer>About us</footer></body></html>"
    ).encode()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", action="store_true", help="also print what was missed and what was invented")
    options = parser.parse_args()
    labelled = rows()
    start = time.perf_counter()
    read_one(sheet(labelled[0]))
    cold = time.perf_counter() - start
    reports = [read_one(sheet(row)) for row in labelled]
    table: list[tuple[str, str, str, str]] = []
    fresh = [row.get("set") == "before" for row in labelled]
    for what, target, baseline in (
        ("chips", "0.97 / 0.97", "0.95 / 0.91"),
        ("parties", "0.92 / 0.95", "0.73 / 0.94"),
        ("provisions", "0.90 / 0.90", "none"),
    ):
        pairs = [(set(row[what]), found(report, what)) for row, report in zip(labelled, reports, strict=True)]  # type: ignore[call-overload]
        for early, name in ((False, "after the rules"), (True, "before the rules")):
            some = [pair for pair, is_fresh in zip(pairs, fresh, strict=True) if is_fresh == early]
            precision, recall = precision_recall(some)
            beside = f"{FIRST[what]} at first" if early else baseline
            table.append((f"{what}, recall / precision ({name})", f"{recall:.3f} / {precision:.3f}", target, beside))
        if options.missed:
            for row, (truth, answer) in zip(labelled, pairs, strict=True):
                if truth != answer:
                    print(row["id"], what, "missed", sorted(truth - answer), "invented", sorted(answer - truth))
    table += claims_found(labelled, reports)
    told = {id_: story.id for story in stories(reports) for id_ in story.reports}
    truth_of = {str(row["id"]): str(row["story"]) for row in labelled}
    precision, recall, f1 = b_cubed(truth_of, told)
    table.append(("stories, B-cubed F1 (P, R)", f"{f1:.3f} ({precision:.3f}, {recall:.3f})", "0.90", "0.84"))
    if options.missed:
        for story in stories(reports):
            if len({truth_of[id_] for id_ in story.reports}) > 1:
                print("mixed", story.reports)
        for name in sorted(set(truth_of.values())):
            parts = {told[id_] for id_, other in truth_of.items() if other == name}
            if len(parts) > 1:
                print("split", name, sorted(parts))
    relevant = [(bool(row["relevant"]), report.relevant) for row, report in zip(labelled, reports, strict=True)]
    hit = sum(a and b for a, b in relevant)
    kept = sum(b and not a for a, b in relevant)
    f1 = 2 * hit / (sum(a for a, _ in relevant) + sum(b for _, b in relevant))
    negatives = sum(not a for a, _ in relevant)
    table.append(("relevance, F1; negatives kept", f"{f1:.3f}; {kept} of {negatives}", "0.95; 1 of 12", "0.70; 0"))
    whole = sum(identify(report.source.text) == row["language"] for row, report in zip(labelled, reports, strict=True))
    head = sum(
        identify(report.source.text[:60]) == row["language"] for row, report in zip(labelled, reports, strict=True)
    )
    n = len(labelled)
    table.append(("language, whole / first 60", f"{whole / n:.3f} / {head / n:.3f}", "0.98 / 0.95", "0.99 / 0.99"))
    if options.missed:
        for row, report in zip(labelled, reports, strict=True):
            if identify(report.source.text[:60]) != row["language"]:
                print(row["id"], "first 60 read as", identify(report.source.text[:60]))
    clean = sum(not report.source.changes for report in reports)
    table.append(("clean texts left as they are", f"{clean} of {n}", f"{n} of {n}", "not measured"))
    table.append(("UTF-8 misread, 8 code pages", misread(labelled), "8 of 8", "4 of 8"))
    table.append(("legacy bytes decoded", legacy(labelled), "13 of 13", "12 of 13"))
    claims = [(report, claim) for report in reports for claim in report.claims]
    verbatim = sum(r.source.original[c.evidence.start : c.evidence.end] == c.evidence.exact for r, c in claims)
    table.append(("claims with verbatim evidence", f"{verbatim} of {len(claims)}", "all", "none"))
    sheets_ = [sheet(row) for row in labelled]
    pages = [html(row) for row in labelled]
    plain = speed(lambda: [read_one(one) for one in sheets_], n)
    paged = speed(lambda: [read_one(one) for page in pages for one in unpack(page, "page.html")], n)
    chars = sum(len(one.text) for one in sheets_) / n
    table.append(
        (f"plain texts a second (of {chars:.0f} characters)", f"{plain:,.0f}", "1,000", "3,800 to mentions only")
    )
    long_ = [
        Sheet(f"long-{at}", "\n\n".join(one.text for one in sheets_[at : at + 8]), "", "2025-08-11")
        for at in range(0, n, 8)
    ]
    size = sum(len(one.text) for one in long_) / len(long_)
    rate = speed(lambda: [read_one(one) for one in long_ * 4], 4 * len(long_))
    table.append(
        (f"plain texts a second (of {size:,.0f} characters)", f"{rate:,.0f}", "1,000", "3,800 to mentions only")
    )
    table.append(("HTML pages a second", f"{paged:,.0f}", "200", "360 extraction alone"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.append(("memory at its highest, MiB", f"{peak:,.0f}", "200", "not measured"))
    table.append(("first report, seconds", f"{cold:.2f}", "1", "none"))
    real = newswire.read([REPORTS]).reports if REPORTS.is_dir() else ()
    table += targets.table(labelled, real)
    read = news.readings()
    full = [newswire_texts.sheet(one.row) for one in read]
    size = sum(len(one.text) for one in full) / len(full)
    rate = speed(lambda: [read_one(one) for one in full * 2], 2 * len(full))
    table.append(
        (f"news texts a second (of {size:,.0f} characters)", f"{rate:,.0f}", "1,000", "3,800 to mentions only")
    )
    pages = [html(one.row) for one in read]
    rate = speed(lambda: [read_one(one) for page in pages for one in unpack(page, "page.html")], len(pages))
    table.append(("the same as HTML pages a second", f"{rate:,.0f}", "200", "360 extraction alone"))
    lead = [keys.of_row(one.row)[0][:1] for one in read]
    acted = sum(bool(keys.found(key, one.report)) for key, one in zip(lead, read, strict=True) if key)
    asked = sum(bool(key) for key in lead)
    table.append(("event action: first claim of a news text", f"{acted / asked:.2f}", "0.80", "none"))
    print(f"{n} short texts in {len({row['language'] for row in labelled})} languages, and the five real reports")
    print(f"{'':52} {'measured':>22} {'target':>16}   baseline")
    for name, value, target, baseline in table:
        print(f"{name:52} {value:>22} {target:>16}   {baseline}")
    print(f"\n{len(read)} news texts of full length in {len({one.row['language'] for one in read})} languages")
    news.show(read)


def claims_found(labelled: list[dict[str, object]], reports: list[Report]) -> list[tuple[str, str, str, str]]:
    """Claims found and claims made up, of the texts that have a key and of the five real reports where they are."""
    given = [(keys.of_row(row), report) for row, report in zip(labelled, reports, strict=True) if "claims" in row]
    rows_ = [("claims found; made up (before the rules)", given, f"{FIRST['claims']} at first")]
    if REPORTS.is_dir():
        five = [(keys.five()[report.language], report) for report in newswire.read([REPORTS]).reports]
        rows_.append(("claims found; made up (five real reports)", five, "55 of 70; 7 of 86 at first"))
    table = []
    for name, pairs, beside in rows_:
        wanted = sum(len(key) for (key, _), _ in pairs)
        met = sum(len(keys.found(key, report)) for (key, _), report in pairs)
        made_up = sum(len(keys.invented(key, also, report)) for (key, also), report in pairs)
        made = sum(len(report.claims) for _, report in pairs)
        table.append((name, f"{met} of {wanted}; {made_up} of {made}", "90 %; none", beside))
    return table


def misread(labelled: list[dict[str, object]]) -> str:
    """How many code pages are undone in every text that they can misread."""
    import ftfy.bad_codecs  # registers the code pages as browsers read them

    assert ftfy.bad_codecs
    good = 0
    for page in PAGES:
        name = f"sloppy-windows-{page[2:]}" if page in {"cp1252", "cp1251", "cp1256"} else page
        right = tried = 0
        for row in labelled:
            text = str(row["text"])
            try:
                broken = text.encode().decode(name)
            except UnicodeDecodeError:
                continue
            if sum(char >= "\x80" for char in text) >= 8:
                tried += 1
                right += repaired(broken).text == text
        good += tried > 0 and right == tried
    return f"{good} of {len(PAGES)}"


def legacy(labelled: list[dict[str, object]]) -> str:
    """How many legacy encodings are read right, tried on a text of a language that was written in them."""
    written = {
        "ru": ("cp1251", "koi8-r", "cp866", "iso-8859-5"),
        "ar": ("cp1256", "iso-8859-6"),
        "zh": ("gb18030",),
        "ja": ("cp932", "euc_jp"),
        "ko": ("cp949",),
        "pl": ("cp1250", "iso-8859-2"),
        "fr": ("cp1252",),
    }
    right = tried = 0
    for language, encodings in written.items():
        text = next(
            str(row["text"]) for row in labelled if row["language"] == language and str(row["id"]) != "n2"
        ).replace("،", ",")
        for encoding in encodings:
            data = text.encode(encoding, "ignore")
            tried += 1
            right += decode(data)[0] == data.decode(encoding)
    return f"{right} of {tried}"


if __name__ == "__main__":
    main()

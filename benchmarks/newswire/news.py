"""Measures the newswire on the news texts of full length (`tests/newswire/labelled/news-*.yaml`).

They were written with their key before any rule was changed for them; `FIRST` is what they scored then. Some
are kept back: what is missed in them is never printed, so that their figures, in a column of their own, stay a fair
guess. Only their names of parties were seen when names were added.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from licet.newswire import read_one
from licet.newswire.model import Claim, Report

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "newswire"))
import keys  # noqa: E402 - the keys of the texts lie with the tests
import newswire_texts  # noqa: E402

#: What the texts scored when they were first read, on 2026-11-21.
FIRST = {
    "chips": "0.911 / 0.989",
    "parties": "0.824 / 0.984",
    "provisions": "0.481 / 0.951",
    "places": "0.927 / 0.995",
    "outlets": "0.781",
    "claims": "152 of 313",
    "made up": "108 of 354",
    "days": "23 of 51",
    "language": "53 of 53",
    "day": "52 of 53; 4 of 5",
    "relevant": "52 of 53",
}
#: The texts kept back, of which nothing but the figures is looked at.
KEPT_BACK = frozenset(
    {
        "w-nexperia-zh",
        "w-japan-ja",
        "w-chip-ko",
        "w-malaysia-id",
        "w-h20-ar",
        "w-chip-fa",
        "w-h20-ru",
        "w-share-uk",
        "w-kommentar-de",
        "w-nvidia-fr",
        "w-venta-es",
        "w-asml-nl",
        "w-diff-pl",
        "w-wine-en",
        "w-malaysia-en",
        "w-wassenaar-en",
    }
)
#: Kinds of names behind each figure.
KINDS = {
    "chips": ("chip",),
    "parties": ("company", "agency", "person", "group"),
    "provisions": ("rule",),
}
#: Things of the lists that a text may name beside chips, counted where its key has them.
ITEMS = {"seven-nm", "lithography", "eda", "rare-earths", "gallium", "model-weights"}
TARGETS = {
    "chips": "0.97 / 0.97",
    "parties": "0.92 / 0.95",
    "provisions": "0.90 / 0.90",
    "places": "0.92 / -",
    "outlets": "0.95",
    "claims": "high; none",
}


@dataclass(frozen=True)
class Reading:
    """A text with its key, and what was read in it."""

    row: dict[str, Any]
    report: Report

    def found(self, what: str) -> set[str]:
        """What the reader found of the sort `what`."""
        if what == "outlets":
            return set(self.report.relies_on)
        if what == "places":
            return set(self.report.places())
        names = set(self.report.named(*KINDS[what]))
        return names | (ITEMS & set(self.report.named("item"))) if what == "chips" else names

    def claims(self) -> tuple[int, int, list[str], list[Claim]]:
        """Claims found, claims of the key, those missed, those made up."""
        wanted, also = keys.of_row(self.row)
        met = keys.found(wanted, self.report)
        missed = [text for text, one in zip(self.row["claims"], wanted, strict=True) if one.name not in met]
        return len(met), len(wanted), missed, keys.invented(wanted, also, self.report)

    def days(self) -> tuple[int, int, list[str]]:
        """Of the claims found that the key dates: how many have that day, and how many there are."""
        wanted, _ = keys.of_row(self.row)
        met = keys.found(wanted, self.report)
        right, wrong = 0, []
        for one in wanted:
            if one.day and one.name in met:
                when = met[one.name].when
                if when is not None and str(when.first).startswith(one.day):
                    right += 1
                else:
                    wrong.append(f"{one.name} {one.day} read as {when.first if when else None}")
        return right, right + len(wrong), wrong


def readings() -> list[Reading]:
    """All news texts, read."""
    return [Reading(row, read_one(newswire_texts.sheet(row))) for row in newswire_texts.news()]


#: The second set of texts: on their first reading, on 2026-11-21, before any rule was changed for them.
FIRST_WIRE = {
    "claims": "115 of 182; kept back 46 of 73",
    "made up": "28 of 186; kept back 11 of 72",
    "days": "12 of 21; kept back 6 of 11",
}
#: Those of the second set whose misses nobody looks at.
WIRE_KEPT_BACK = frozenset(
    {"x-oct23-en", "x-rasa-en", "x-samr-zh", "x-h20stop-ja", "x-h200-de", "x-oct23-fr", "x-h200-ru", "x-anniv-pt"}
)


def wire() -> list[Reading]:
    """The texts of the second set, read."""
    return [Reading(row, read_one(newswire_texts.sheet(row))) for row in newswire_texts.news("wire")]


def precision_recall(pairs: Iterable[tuple[set[str], set[str]]]) -> tuple[float, float]:
    """Precision and recall over all texts together; `pairs` of what is right and what was found."""
    right = hit = given = 0
    for truth, answer in pairs:
        right, given, hit = right + len(truth), given + len(answer), hit + len(truth & answer)
    return hit / given if given else 1.0, hit / right if right else 1.0


def kept_back(read: Sequence[Reading]) -> list[Reading]:
    """The texts that nobody looks at while rules are changed."""
    return [one for one in read if one.row["id"] in KEPT_BACK]


def table(read: Sequence[Reading], *, missed: bool = False) -> list[tuple[str, str, str, str]]:
    """The figures: what, measured, target, at the first reading."""
    rows = []
    for what in (*KINDS, "places", "outlets"):
        pairs = [(set(one.row[what]), one.found(what)) for one in read]
        precision, recall = precision_recall(pairs)
        f1 = 2 * precision * recall / (precision + recall)
        rows.append((f"{what}, recall / precision", f"{recall:.3f} / {precision:.3f}", what))
        if what == "outlets":
            rows[-1] = (f"{what}, F1", f"{f1:.3f}", what)
        for one, (truth, answer) in zip(read, pairs, strict=True):
            if missed and truth != answer:
                print(one.row["id"], what, "missed", sorted(truth - answer), "invented", sorted(answer - truth))
    rows += _claim_rows(read, missed=missed)
    n = len(read)
    language = sum(one.report.language == one.row["language"] for one in read)
    day = sum(str(one.report.published.day) == one.row["date"] for one in read)
    hidden = [one for one in read if not one.row["published"]]
    day_hidden = sum(str(one.report.published.day) == one.row["date"] for one in hidden)
    rows.append(("language", f"{language} of {n}", "language"))
    rows.append(("day; where only the text tells", f"{day} of {n}; {day_hidden} of {len(hidden)}", "day"))
    kept = [one.row["id"] for one in read if one.report.relevant != one.row["relevant"]]
    rows.append(("relevant or not", f"{n - len(kept)} of {n}", "relevant"))
    if missed and kept:
        print("relevance wrong", kept)
    return [(name, value, TARGETS.get(key, ""), FIRST.get(key, "")) for name, value, key in rows]


def _claim_rows(read: Sequence[Reading], *, missed: bool = False) -> list[tuple[str, str, str]]:
    """What was found of the claims, what was made up, and the days."""
    met = all_ = made = made_up = dated = days = 0
    for one in read:
        hit, total, lost, invented = one.claims()
        met, all_, made, made_up = met + hit, all_ + total, made + len(one.report.claims), made_up + len(invented)
        right, with_day, wrong = one.days()
        dated, days = dated + right, days + with_day
        if missed:
            _print_missed(one, lost, invented, wrong)
    return [
        ("claims found", f"{met} of {all_}", "claims"),
        ("claims made up", f"{made_up} of {made}", "made up"),
        ("days of claims found, right", f"{dated} of {days}", "days"),
    ]


def _print_missed(one: Reading, lost: list[str], invented: list[Claim], wrong: list[str]) -> None:
    for text in lost:
        print(one.row["id"], "MISSED", text)
    for claim in invented:
        actor = claim.actor.id if claim.actor else "-"
        about = [thing.id for thing in (*claim.objects, *claim.recipients)]
        print(one.row["id"], "MADE UP", actor, claim.action, claim.of, about, "<<", claim.evidence.exact.strip()[:300])
    for text in wrong:
        print("DAY", text)


def show(read: Sequence[Reading]) -> None:
    """Prints the figures, those of the texts kept back beside them."""
    print(f"{'':42} {'measured':>16} {'kept back':>16} {'target':>14}   at the first reading")
    for row, (_, value, _, _) in zip(table(read), table(kept_back(read)), strict=True):
        name, measured, target, first = row
        print(f"{name:42} {measured:>16} {value:>16} {target:>14}   {first}")


def show_wire(read: Sequence[Reading], *, missed: bool = False) -> None:
    """Prints the figures of the second set."""
    back = [one for one in read if one.row["id"] in WIRE_KEPT_BACK]
    if missed:
        _claim_rows([one for one in read if one not in back], missed=True)
    for (name, value, key), (_, kept, _) in zip(_claim_rows(read), _claim_rows(back), strict=True):
        print(f"second set: {name:30} {value:>16} {kept:>16} {'':>14}   {FIRST_WIRE[key]}")


def main() -> None:
    """Prints the table."""
    show_wire(wire(), missed="--missed" in sys.argv)
    read = readings()
    if "--missed" in sys.argv:
        back = {one.row["id"] for one in kept_back(read)}
        table([one for one in read if one.row["id"] not in back], missed=True)
    show(read)


if __name__ == "__main__":
    main()

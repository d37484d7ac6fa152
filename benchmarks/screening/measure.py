"""Measures the screening of names: what is found, what is wrongly alerted, how fast; Licet beside its peers.

    python benchmarks/screening/measure.py [--entities FILE] [--older FILE] [--name-bench FILE] [--sounds FOLDER]

`--entities` is a table with names in Chinese characters (the entities of interest), `--older` an older Consolidated
Screening List for names that were added later, `--name-bench` the file ``contrib/name_bench/cases.csv`` of
nomenklatura (MIT), `--sounds` the pairs of words that ``learn_sounds.py`` describes. Lines are chosen on the `tune`
part of the unrelated names, and reported on the other parts. A row whose file is not given is told as not measured.
Peers see samples; times are processor time of one core.
"""

from __future__ import annotations

import csv
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import sets
from peers import Best, Peer, alarms, all_peers, line

from licet.parties import snapshot
from licet.parties.index import Index
from licet.parties.scorer import ALERT

sys.path.append(str(Path(__file__).parents[1] / "engine"))
from report import Report, arguments

FALSE_ALARMS = 0.005


class Table:
    """One line for each figure: its targets, and what each matcher reaches."""

    def __init__(self, peers: Sequence[Peer]) -> None:
        self.peers = peers
        self.rows: list[list[Any]] = []

    def add(self, what: str, must: str, stretch: str, figure: Callable[[Peer], float | None]) -> None:
        """Measure a figure with each peer; None where it does not apply."""
        self.rows.append([what, must, stretch, *(figure(peer) for peer in self.peers)])

    def told(self, what: str, must: str, stretch: str) -> None:
        """A figure for which there is no data here."""
        self.rows.append([f"{what}: not measured", must, stretch, *(None for _ in self.peers)])


def hold_out(table: Table, index: Index, held: sets.HoldOut) -> dict[str, tuple[Best, dict[bool, float]]]:
    """Recall of held-out aliases at a fixed rate of false alarms, and whether they are among the first 20."""
    ready = {}
    for peer in table.peers:
        best = peer.over(index)
        ready[peer.title] = best, {who: line(best, index, who, FALSE_ALARMS, peer.most) for who in (True, False)}
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for which in sets.SETS:
        for peer in table.peers:
            best, lines = ready[peer.title]
            over = twenty = 0
            asked = sets.sample([one for one in held.asked if one[0] == which], peer.most)
            for _, position, alias in asked:
                scores = dict(best(alias))
                twenty += position in scores
                over += scores.get(position, 0.0) >= lines[which == "SDN-P"]
            found[which, peer.title] = over / len(asked), twenty / len(asked)
    for which, must, stretch in (("EL", "0.40", "0.48"), ("SDN-P", "0.65", "0.72"), ("SDN-E", "0.45", "0.52")):
        table.add(f"alias hold-out {which}, recall at 0.5 % alarms", must, stretch,
                  lambda peer, which=which: found[which, peer.title][0])  # fmt: skip
    for which, must, stretch in (("EL", "0.78", "0.82"), ("SDN-P", "0.87", "0.90"), ("SDN-E", "0.75", "0.80")):
        table.add(f"alias hold-out {which}, among the first 20", must, stretch,
                  lambda peer, which=which: found[which, peer.title][1]
                  if not peer.title.startswith("nomenklatura") else None)  # fmt: skip
    for what, kind, split in (
        ("SEC companies", "company", "report"), ("made-up Chinese companies", "company", "report-chinese"),
        ("made-up companies", "company", "report-invented"), ("made-up people", "person", "report"),
    ):  # fmt: skip
        names = sets.unrelated(kind, split)

        def wrong(peer: Peer, names: list[str] = names) -> float:
            best, lines = ready[peer.title]
            return alarms(best, index, lines, sets.sample(names, peer.most))

        table.add(f"false alarms, {what}, at that line", "0.005", "0.002", wrong)
    return ready


def shipped(table: Table, index: Index) -> None:
    """False alarms of the whole list at the line that ships: 0.70 for Licet and, as usual there, for nomenklatura."""
    for what, names in (
        ("SEC companies", sets.unrelated("company", "report")),
        ("made-up Chinese companies", sets.unrelated("company", "report-chinese")),
        ("made-up companies in Chinese characters", sets.made_up_in_characters()),
        ("made-up companies", sets.unrelated("company", "report-invented")),
        ("made-up people", sets.unrelated("person", "report")),
        ("made-up people in Chinese characters", sets.made_up_people_in_characters()),
    ):

        def figure(peer: Peer, names: list[str] = names) -> float | None:
            if peer.title == "token_sort":
                return None
            if peer.title == "licet":
                return float(index.search_many(names, limit=1)["alert"].fill_null(False).mean())
            best = peer.over(index)
            asked = sets.sample(names, 500)
            return sum(any(score >= ALERT for _, score in best(name)) for name in asked) / len(asked)

        table.add(f"false alarms, {what}, as shipped", "0.005", "0.002", figure)


def found_again(table: Table, index: Index, lines: dict[str, dict[bool, float]]) -> None:
    """Main names with one or two slips: the entry, or one of the same name, reaches the line of the hold-out."""
    for which in ("SDN-P", "SDN-E", "EL"):
        pool = [at for at, r in enumerate(index.records) if sets.set_of(r) == which and 10 <= len(r.name) <= 60
                and r.kind != "address" and r.gone_by is None]  # fmt: skip
        draw = random.Random(5)
        asked = [(at, sets.slips(index.records[at].name, draw)) for at in draw.sample(pool, 1500)]

        def figure(peer: Peer, asked: list[tuple[int, str]] = asked) -> float:
            best, part = peer.over(index), sets.sample(asked, peer.most)
            return sum(_names_one(best(name), index, at, lines[peer.title]) for at, name in part) / len(part)

        table.add(f"main names with slips, {which}", "0.99", "0.998", figure)


def _names_one(found: list[tuple[int, float]], index: Index, at: int, lines: dict[bool, float]) -> bool:
    same = index.records[at].name.casefold()
    return any(
        score >= lines[index.is_person(other)] and index.records[other].name.casefold() == same
        for other, score in found
    )


def later(table: Table, index: Index, older: Path, lines: dict[str, dict[bool, float]]) -> None:
    """Names that an entry was given after the older list, asked of the older list."""
    then, asked = sets.given_later(older)
    old = Index(then, learned=index.weights)

    def figure(peer: Peer) -> float:
        best, part = peer.over(old), sets.sample(asked, peer.most)
        return sum(dict(best(name)).get(at, 0.0) >= lines[peer.title][old.is_person(at)] for at, name in part) / len(
            part
        )

    table.add(f"names given later (n {len(asked)})", "0.65", "0.75", figure)


def chinese(table: Table, index: Index, entities: Path | None) -> None:
    """Names in Chinese characters of listed organizations; those of the same name on several lists are one."""
    rows = sets.chinese()
    same = {entry.name: sets.tokens(entry.name) for entry in index.records}
    asked = {
        "names": rows,
        "of these, with a source": [row for row in rows if row.sourced],
        "of these, held back": [row for row in rows if row.held_back],
    }
    if entities:
        asked["entities of interest"] = _of_interest(index, entities)
    for what, names in asked.items():
        pairs = [({sets.tokens(each) for each in row.listed}, row.name) for row in names]
        found = {}
        for peer in table.peers:
            best = peer.over(index)
            found[peer.title] = [(meant, best(name)) for meant, name in sets.sample(pairs, peer.most)]

        def share(peer: Peer, depth: int, line: float, found: dict[str, Any] = found) -> float:
            hits = [any(score > line and same[index.records[at].name] in meant for at, score in top[:depth])
                    for meant, top in found[peer.title]]  # fmt: skip
            return sum(hits) / len(hits)

        def twenty(peer: Peer, share: Callable[..., float] = share) -> float | None:
            return None if peer.title.startswith("nomenklatura") else share(peer, 20, 0.0)

        def alert(peer: Peer, share: Callable[..., float] = share) -> float | None:
            return None if peer.title == "token_sort" else share(peer, 20, ALERT - 1e-9)

        title = f"Chinese {what} (n {len(pairs)})"
        table.add(f"{title}, first", "0.70", "0.85", lambda peer, share=share: share(peer, 1, 0.0))
        table.add(f"{title}, among the first 20", "0.90", "0.97", twenty)
        table.add(f"{title}, alert", "-", "-", alert)
        alerts = index.search_many([name for _, name in pairs]).filter("alert").select("row", "listed_name").rows()
        batch = len({row for row, listed in alerts if same[listed] in pairs[row][0]}) / len(pairs)
        table.add(f"{title}, alert in a batch", "-", "-",
                  lambda peer, batch=batch: batch if peer.title == "licet" else None)  # fmt: skip


def _of_interest(index: Index, entities: Path) -> list[sets.Characters]:
    """The names in Chinese characters of a table of entities."""
    listed = {entry.name.casefold() for entry in index.records if sets.set_of(entry) == "EL"}
    with entities.open(encoding="utf-8", newline="") as file:
        return [
            sets.Characters((row["name"],), alias, sourced=True, held_back=False)
            for row in csv.DictReader(file)
            if row["name"].casefold() in listed
            for alias in row["aliases"].split(";")
            if re.search(r"[\u4e00-\u9fff]", alias)
        ]


#: What must be found of people in a language, and what is hoped for.
LANGUAGES = {
    "ar": ("0.90", "0.93"), "zh": ("0.72", "0.85"), "he": ("0.86", "0.89"), "ja": ("0.92", "0.95"),
    "ko": ("0.83", "0.86"), "ru": ("0.99", "1.00"),
}  # fmt: skip


def transliterated(table: Table, index: Index, folder: Path | None) -> None:
    """People's names in other scripts, at the line that 1 % of unrelated people reach in the same script."""
    more = [row for row in sets.heard() if sets.held_back(row["latin"])]
    parts = (("", sets.in_scripts()), (", others", sets.heard()), (", others held back", more))
    for script, (must, stretch) in LANGUAGES.items():
        if folder is None:
            table.told(f"people in {script}", must, stretch)
            continue
        lines: dict[str, float] = {}
        for peer in table.peers:
            best = peer.over(index)
            tops = [best(name) for name in sets.sample(sets.unrelated_in(script, folder, "tune"), peer.most or 1000)]
            scores = [max((s for at, s in top if index.is_person(at)), default=0.0) for top in tops]
            lines[peer.title] = float(np.quantile(scores, 0.99)) + 1e-9
        for part, rows in parts:
            pairs = [(meant, row[script]) for row in rows if (meant := sets.named(index.records, row["latin"]))]

            def figure(
                peer: Peer, pairs: list[tuple[frozenset[int], str]] = pairs, lines: dict[str, float] = lines
            ) -> float:
                best = peer.over(index)
                hits = [any(s >= lines[peer.title] and at in meant for at, s in best(name)) for meant, name in pairs]
                return sum(hits) / len(hits)

            table.add(f"people in {script}{part} (n {len(pairs)}), 1 % alarms", must, stretch, figure)
        asked = sets.unrelated_in(script, folder, "report")

        def wrong(peer: Peer, asked: list[str] = asked) -> float:
            best, names = peer.over(index), sets.sample(asked, peer.most)
            return sum(any(score >= ALERT for _, score in best(name)) for name in names) / len(names)

        table.add(f"false alarms, people in {script} (n {len(asked)}), as shipped", "0.005", "0.002", wrong)


def native(table: Table, index: Index) -> None:
    """Names that were written down before anything was measured on them: the entry alerts, is first, among 20."""
    held_back = [row for row in sets.own() if sets.held_back(row["listed"])]
    for what, listed in (("", sets.native()), ("others, ", sets.own()), ("others held back, ", held_back)):
        meant = [(row, sets.named(index.records, row["listed"])) for row in listed]
        rows = [(row["kind"], entries, row["name"]) for row, entries in meant if entries]
        _native(table, index, what, rows)


def _native(table: Table, index: Index, what: str, rows: list[tuple[str, frozenset[int], str]]) -> None:
    found = {peer.title: [(kind, meant, peer.over(index)(name)) for kind, meant, name in rows] for peer in table.peers}

    def share(peer: Peer, good: Callable[[frozenset[int], list[tuple[int, float]]], bool], only: str = "") -> float:
        each = [good(meant, hits) for kind, meant, hits in found[peer.title] if kind == only or not only]
        return sum(each) / len(each)

    def alerts(meant: frozenset[int], hits: list[tuple[int, float]]) -> bool:
        return any(at in meant and score >= ALERT for at, score in hits)

    for kind in dict.fromkeys(kind for kind, _, _ in rows):
        many = sum(kind == one for one, _, _ in rows)
        table.add(f"{what}written in {kind} (n {many}), alert", "-", "-",
                  lambda peer, kind=kind: share(peer, alerts, kind))  # fmt: skip

    def first(meant: frozenset[int], hits: list[tuple[int, float]]) -> bool:
        return bool(hits) and hits[0][1] > 0 and hits[0][0] in meant

    table.add(f"{what}all of these (n {len(rows)}), alert", "-", "-", lambda peer: share(peer, alerts))
    table.add(f"{what}all of these, first", "-", "-", lambda peer: share(peer, first))
    table.add(f"{what}all of these, among the first 20", "-", "-",
              lambda peer: None if peer.title.startswith("nomenklatura")
              else share(peer, lambda meant, hits: any(at in meant for at, _ in hits)))  # fmt: skip


def name_bench(table: Table, cases: Path) -> None:
    """Pairs of names that nomenklatura is tested with: nothing here was learned from them."""
    with cases.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    truth = np.array([row["is_match"] == "true" for row in rows])
    strong = np.array([row["quality"] == "STRONG" for row in rows])
    scores: dict[str, Any] = {}
    for peer in table.peers:
        scores[peer.title] = np.array([_pair(peer, row) for row in rows])

    def curve(peer: Peer) -> tuple[Any, Any, Any]:
        order = np.argsort(-scores[peer.title], kind="stable")
        hits = np.cumsum(truth[order])
        last = np.flatnonzero(np.append(np.diff(scores[peer.title][order]) != 0, True))
        return hits[last] / (last + 1), hits[last] / truth.sum(), scores[peer.title][order][last]

    def average(peer: Peer) -> float:
        precision, recall, _ = curve(peer)
        return float(np.sum(precision * np.diff(recall, prepend=0.0)))

    def at_90(peer: Peer) -> tuple[float, float]:
        precision, recall, values = curve(peer)
        good = np.flatnonzero(precision >= 0.9)
        return (float(recall[good[-1]]), float(values[good[-1]])) if len(good) else (0.0, 1.0)

    def errors(peer: Peer) -> float:
        return float(np.sum(strong & ((scores[peer.title] >= at_90(peer)[1]) != truth)))

    table.add(f"name_bench (n {len(rows)}), average precision", "0.86", "0.90", average)
    table.add("name_bench, recall at precision 0.90", "0.68", "0.75", lambda peer: at_90(peer)[0])
    table.add("name_bench, STRONG errors there", "0", "0", errors)


def _pair(peer: Peer, row: dict[str, str]) -> float:
    try:
        return peer.pair(row["name1"], row["name2"], row["schema"] == "Person")
    except ValueError:
        return 0.0


def speed(table: Table, index: Index, ready: float) -> None:
    """The list from the file to the first answer, one query, a batch."""
    draw = random.Random(3)
    asked = [name for kind in ("company", "person") for name in draw.sample(sets.unrelated(kind, "report"), 1500)]
    asked += draw.sample([name for name in index.spelled if len(name) > 5], 1500)
    draw.shuffle(asked)
    cost = []
    for turn, name in enumerate(asked):
        start = time.process_time()
        index.search(name)
        cost += [(time.process_time() - start) * 1000] if turn >= 500 else []
    batch = sets.unrelated("company", "tune") + sets.unrelated("person", "tune")
    start = time.process_time()
    index.search_many(pl.Series("name", batch))
    each = (time.process_time() - start) / len(batch) * 1e6

    def own(value: float) -> Callable[[Peer], float | None]:
        return lambda peer: value if peer.title == "licet" else None

    table.add("list loaded and indexed, s", "1", "-", own(ready))
    table.add("one query, p50 ms", "2.5", "-", own(float(np.percentile(cost, 50))))
    table.add("one query, p95 ms", "5", "2", own(float(np.percentile(cost, 95))))
    table.add(f"batch, microseconds a name (n {len(batch):,})", "140", "50", own(each))


def main() -> None:
    """Run everything."""
    options = arguments(__doc__)
    for name in ("entities", "older", "name-bench", "sounds"):
        options.add_argument(f"--{name}", type=Path, metavar="FOLDER" if name == "sounds" else "FILE")
    given = options.parse_args()
    start = time.process_time()
    listed = snapshot.bundled()
    full = Index(listed.records, version=listed.version)
    ready = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report = Report(f"Screening: {len(listed.records):,} entries, {len(full.spelled):,} names, list {listed.version}")
    peers, lacking = all_peers()
    for title in lacking:
        report.say(f"{title} is not installed: its column is left out")
    held = sets.aliases()
    index = Index(held.records, learned=sets.learned(held.records))
    table = Table(peers)
    speed(table, full, ready)
    lines = {title: lines for title, (_, lines) in hold_out(table, index, held).items()}
    shipped(table, full)
    found_again(table, full, lines)
    later(table, index, given.older, lines) if given.older else table.told("names given later", "0.65", "0.75")
    transliterated(table, full, given.sounds)
    native(table, full)
    chinese(table, full, given.entities)
    if not given.entities:
        table.told("Chinese entities of interest", "0.70; 0.90", "0.85; 0.97")
    if given.name_bench:
        name_bench(table, given.name_bench)
    else:
        table.told("name_bench", "0.86; 0.68; 0", "0.90; 0.75; 0")
    report.table("", ["", "must", "stretch", *(peer.title for peer in peers)], table.rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report.say(
        f"memory: {memory:.0f} MB with the list indexed, {peak:.0f} MB at the end with all peers; must be below 1000"
    )
    report.finish(given.json)


if __name__ == "__main__":
    main()

"""Measures the screening of names: what is found, what is wrongly alerted, how fast; Licet beside its peers.

    python benchmarks/screening/measure.py [--peers] [--entities FILE] [--older FILE]

`--peers` adds nomenklatura's logic-v1 and logic-v2 where it is installed (slow: on a sample). `--entities` is a table
with names in Chinese characters (the entities of interest), `--older` an older Consolidated Screening List for names
that were added later. Times are of one core, as processor time.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import sets
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist

from licet.parties import snapshot, sources
from licet.parties.index import Index

FALSE_ALARMS = 0.005
Best = Callable[[str], list[tuple[int, float]]]  #: positions of records with scores, best first


def ours(index: Index) -> Best:
    """Licet's search."""
    return lambda name: [(hit.position, hit.score) for hit in index.search(name, limit=20)]


def token_sort(index: Index) -> Best:
    """The baseline: rapidfuzz token_sort_ratio over all names."""
    names = [" ".join(sets.tokens(name)) for name in index._spelled]
    owners = np.array(index._owners)

    def best(name: str) -> list[tuple[int, float]]:
        scores = cdist([" ".join(sets.tokens(name))], names, scorer=token_sort_ratio, score_cutoff=40)[0]
        top = np.argpartition(-scores, 60)[:60]
        top = top[np.argsort(-scores[top])]
        found: dict[int, float] = {}
        for number in top.tolist():
            found.setdefault(int(owners[number]), float(scores[number]))
        return list(found.items())[:20]

    return best


def peers(index: Index) -> dict[str, Best]:
    """Nomenklatura's matchers on the 20 best candidates of Licet's search, where it is installed."""
    try:
        from followthemoney import model
        from nomenklatura.matching import get_algorithm
        from nomenklatura.matching.types import ScoringConfig
    except ImportError:
        print("nomenklatura is not installed: its columns are left out")
        return {}
    entities = {}

    def entity(key: str, person: bool, names: Sequence[str]):  # type: ignore[no-untyped-def]
        made = model.make_entity("Person" if person else "Organization")
        made.id = key
        for name in names:
            made.add("name", name)
        return made

    def matcher(title: str) -> Best:
        algorithm = get_algorithm(title)
        assert algorithm is not None
        config = ScoringConfig.defaults()

        def best(name: str) -> list[tuple[int, float]]:
            found = []
            for hit in index.search(name, limit=20):
                person = index._people[hit.position]
                key = f"{title}-{hit.position}"
                if key not in entities:
                    entities[key] = entity(key, person, hit.record.names())
                query = entity(f"q-{title}-{name}-{person}", person, [name])
                found.append((hit.position, algorithm.compare(query, entities[key], config).score))
            return sorted(found, key=lambda one: -one[1])

        return best

    return {"logic-v1": matcher("logic-v1"), "logic-v2": matcher("logic-v2")}


def line(best: Best, index: Index, names: Sequence[str], share: float, person: bool) -> float:
    """The score that only `share` of unrelated names reach, for one class of entries."""
    tops = [max((s for at, s in best(name) if index._people[at] == person), default=0.0) for name in names]
    return float(np.quantile(tops, 1 - share)) + 1e-9


def hold_out(title: str, best: Best, index: Index, held: sets.HoldOut, most: int | None) -> None:
    """Recall of held-out aliases at a fixed rate of false alarms, with the line chosen on the report's negatives."""
    draw = random.Random(1)
    lines = {}
    for kind in ("company", "person"):
        pool = sets.unrelated(kind, "report")
        lines[kind == "person"] = line(
            best, index, draw.sample(pool, min(most or 2000, 2000)), FALSE_ALARMS, kind == "person"
        )
    cells = []
    for which in sets.SETS:
        asked = [one for one in held.asked if one[0] == which]
        if most:
            asked = draw.sample(asked, min(most, len(asked)))
        first = twenty = over = 0
        for _, position, alias in asked:
            found = best(alias)
            places = [at for at, _ in found]
            first += places[:1] == [position]
            twenty += position in places[:20]
            over += dict(found).get(position, 0.0) >= lines[which == "SDN-P"]
        size = len(asked)
        cells.append(f"{which} {over / size:.3f} (first {first / size:.3f}, in 20 {twenty / size:.3f}, n {size})")
    print(f"  {title:11} {'; '.join(cells)}")


def shipped(index: Index, held: sets.HoldOut) -> None:
    """Recall and false alarms at the line that ships."""
    for which in sets.SETS:
        asked = [one for one in held.asked if one[0] == which]
        found = sum(any(h.position == p and h.alert for h in index.search(a, limit=20)) for _, p, a in asked)
        print(f"  {which:22} held-out aliases that alert   {found / len(asked):.3f}")
    for kind, split in (
        ("company", "report"),
        ("company", "report-chinese"),
        ("company", "report-invented"),
        ("person", "report"),
    ):
        names = sets.unrelated(kind, split)
        rows = index.search_many(names, limit=1)
        alarms = rows["alert"].fill_null(False).sum()
        print(f"  {kind + ' ' + split:22} unrelated names that alert   {alarms / len(names):.4f} (n {len(names)})")


def typos(index: Index, most: int = 1500) -> None:
    """Main names with slips at the shipped line."""
    draw = random.Random(5)
    for which in sets.SETS:
        pool = [at for at, r in enumerate(index.records) if sets.set_of(r) == which and 10 <= len(r.name) <= 60]
        asked = draw.sample(pool, min(most, len(pool)))
        hits = [index.search(sets.slips(index.records[at].name, draw), limit=5) for at in asked]
        good = sum(any(h.alert and (h.position == at or h.name == index.records[at].name) for h in found)
                   for at, found in zip(asked, hits, strict=True))  # fmt: skip
        print(f"  {which:22} main names with slips        {good / len(asked):.3f} (n {len(asked)})")


def chinese(index: Index, table: Path) -> None:
    """Names in Chinese characters of listed companies."""
    ranks, alerts = [], 0
    position = {entry.name.casefold(): at for at, entry in enumerate(index.records) if sets.set_of(entry) == "EL"}
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            truth = position.get(row["name"].casefold())
            for alias in row["aliases"].split(";") if truth is not None else ():
                if re.search(r"[\u4e00-\u9fff]", alias):
                    found = index.search(alias, limit=20)
                    same = {truth} | {at for name, at in position.items() if name == row["name"].casefold()}
                    ranks.append(next((n for n, h in enumerate(found) if h.position in same), 99))
                    alerts += any(h.position in same and h.alert for h in found)
    got = np.array(ranks)
    print(f"  Chinese names          first {(got < 1).mean():.3f}, in 20 {(got < 20).mean():.3f}, "
          f"alert {alerts / len(got):.3f} (n {len(got)})")  # fmt: skip


def later(index: Index, older: Path) -> None:
    """Aliases that an entry was given after the older list, asked of the older list."""
    then = {(entry.list.id, entry.number): entry for entry in sources.read(older) if entry.number}
    old = Index(list(then.values()), learned=index.weights)
    place = {(entry.list.id, entry.number): at for at, entry in enumerate(old.records)}
    asked = []
    for entry in snapshot.bundled().records:
        at = place.get((entry.list.id, entry.number))
        if at is not None and entry.gone_by is None and entry.list.id == "sdn":
            before = {sets.tokens(name) for name in old.records[at].names()}
            asked += [(at, name) for name in entry.names() if sets.tokens(name) and sets.tokens(name) not in before]
    hits = sum(any(h.position == at and h.alert for h in old.search(name, limit=20)) for at, name in asked)
    print(f"  names given since {older.name[4:14]}   alert {hits / len(asked):.3f} (n {len(asked)})")


def speed(index: Index) -> None:
    """One query, and a batch."""
    draw = random.Random(3)
    mixed = draw.sample(sets.unrelated("company", "report"), 1500) + draw.sample(
        sets.unrelated("person", "report"), 1500
    )
    listed = draw.sample([name for name in index._spelled if len(name) > 5], 1500)
    asked = mixed + listed
    draw.shuffle(asked)
    for name in asked[:500]:
        index.search(name)
    cost = []
    for name in asked[500:]:
        start = time.process_time()
        index.search(name)
        cost.append((time.process_time() - start) * 1000)
    print(f"  one query              p50 {np.percentile(cost, 50):.2f} ms, p95 {np.percentile(cost, 95):.2f} ms")
    batch = sets.unrelated("company", "tune") + sets.unrelated("person", "tune")
    start = time.process_time()
    index.search_many(pl.Series("name", batch))
    each = (time.process_time() - start) / len(batch) * 1e6
    print(f"  batch                  {each:.0f} microseconds a name (n {len(batch)})")


def main() -> None:
    """Run everything."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peers", action="store_true")
    options.add_argument("--entities", type=Path)
    options.add_argument("--older", type=Path)
    given = options.parse_args()
    start = time.process_time()
    listed = snapshot.bundled()
    loaded = time.process_time() - start
    full = Index(listed.records, version=listed.version)
    built = time.process_time() - start - loaded
    print(f"bundled list {listed.version}: {len(listed.records)} entries, {len(full._names)} names")
    print(f"  list loaded in {loaded:.2f} s, index in {built:.2f} s")
    held = sets.aliases()
    index = Index(held.records, learned=sets.learned(held.records))
    print(f"recall of held-out aliases where {FALSE_ALARMS:.1%} of unrelated names alert")
    hold_out("licet", ours(index), index, held, None)
    hold_out("token_sort", token_sort(index), index, held, 500)
    for title, best in (peers(index) if given.peers else {}).items():
        hold_out(title, best, index, held, 300)
    print("at the shipped line")
    shipped(index, held)
    typos(full)
    if given.entities:
        chinese(full, given.entities)
    if given.older:
        later(full, given.older)
    print("speed")
    speed(full)
    print(f"  peak memory            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

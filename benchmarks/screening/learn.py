"""Learns the token weights and the scorer that ship with the package, and writes them.

    python benchmarks/screening/learn.py [--sounds FOLDER] [--only-sounds FOLDER]

Weights of features come from aliases of clusters that are not held out, against the nearest other entries and against
unrelated names of the `tune` part; the alert lines from the `tune` part alone. Takes about two minutes. What names
known by their sound weigh is learned with the pairs of words that `learn_sounds.py` learns from (FOLDER): listed and
unrelated people as others have written their names; without them it stays as it is.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sets

from licet.parties import weights
from licet.parties.features import FEATURES
from licet.parties.hearing import Lexicon, likely
from licet.parties.index import Index
from licet.parties.record import Record
from licet.parties.scorer import Scorer

DATA = Path(__file__).parents[2] / "src" / "licet" / "parties" / "data"
VERSION = "3"
#: How many aliases of each set teach, and how much an unrelated name weighs against an alias.
TEACH = {"EL": 2000, "SDN-E": 3000, "SDN-P": 2500}
SLIPS = 2500
#: Names of listed people, and of unrelated ones, for each script.
SOUNDS, UNRELATED_SOUNDS = 900, 900
#: How much an unrelated name written in another script weighs.
BY_SOUND = 2.5
UNRELATED = {"company": 7.0, "person": 8.0}
#: Share of the unrelated names of the tune part that may alert.
ALARMS = {"organization": 0.0018, "person": 0.002}
ALARMS_BY_SOUND = 0.003


class Lessons:
    """Features of pairs that match and pairs that do not, for each class."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.rows: dict[str, list[tuple[tuple[float, ...], int, float]]] = {
            "organization": [],
            "person": [],
            "sound": [],
        }

    def add(self, name: str, truth: int | None, weight: float, most: int) -> None:
        """The candidates for a name, right and wrong."""
        index = self.index
        form = sets.form(name)
        if form is None:
            return
        found = form.tokens
        query = index._comparer.name(found, form.plain, by_sound=form.by_sound)
        numbers, _ = index._postings.candidates(query, 60)
        candidates: dict[int, list[int]] = {}
        for number in numbers.tolist():
            position = index._owners[number]
            itself = position == truth and index._names[number].tokens == found
            if not itself and index.records[position].kind not in ("vessel", "aircraft"):
                candidates.setdefault(position, []).append(number)
        if truth is not None and truth not in candidates:
            return
        same = {index._names[number].tokens for number in candidates.get(truth or -1, ())} | {found}
        wrong = 0
        for position, places in candidates.items():
            if position != truth:
                if truth is not None and any(index._names[number].tokens in same for number in places):
                    continue  # the same party on another list
                wrong += 1
                if wrong > most:
                    continue
            for number in places[:3]:
                features = index._comparer.align(query, index._names[number]).features
                share = (1.0 if truth is not None else weight) / min(3, len(places))
                self.rows[self._class(position, form.by_sound)].append((features, int(position == truth), share))

    def _class(self, position: int, by_sound: str) -> str:
        return "sound" if by_sound else "person" if self.index._people[position] else "organization"

    def fit(self, kind: str) -> tuple[float, ...]:
        """Weights of the features: logistic regression, slightly held back."""
        x = np.array([row[0] for row in self.rows[kind]])
        y = np.array([row[1] for row in self.rows[kind]])
        w = np.array([row[2] for row in self.rows[kind]])
        beta, back = np.zeros(x.shape[1]), np.eye(x.shape[1]) * 3.0
        back[0, 0] = 0.01
        for _ in range(40):
            p = 1 / (1 + np.exp(-x @ beta))
            step = np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + back, x.T @ (w * (y - p)) - back @ beta)
            beta += step
            if abs(step).max() < 1e-7:
                break
        return tuple(float(round(value, 4)) for value in beta)


def teach(lessons: Lessons, records: list[Record]) -> None:
    """Aliases of the clusters that are not held out, and unrelated names."""
    draw = random.Random(7)
    pool = [
        (sets.set_of(entry), position, alias)
        for position, entry in enumerate(records)
        if sets.set_of(entry) and not sets.held_out(entry)
        for alias in draw.sample(entry.alt_names, min(2, len(entry.alt_names)))
        if alias.casefold() != entry.name.casefold()
    ]
    draw.shuffle(pool)
    left = dict(TEACH)
    for which, position, alias in pool:
        if left[which]:
            left[which] -= 1
            lessons.add(alias, position, 1.0, 10)
    main = [
        at
        for at, entry in enumerate(records)
        if sets.set_of(entry) and not sets.held_out(entry) and 8 <= len(entry.name) <= 60
    ]
    for position in draw.sample(main, SLIPS):
        lessons.add(sets.slips(records[position].name, draw), position, 1.0, 6)
    for kind, weight in UNRELATED.items():
        for name in sets.unrelated(kind, "tune")[:4000]:
            lessons.add(name, None, weight, 6)


def teach_sounds(lessons: Lessons, records: list[Record], folder: Path) -> None:
    """Listed people that are not held out and unrelated people, as their names have been written in five scripts."""
    draw, reserved = random.Random(11), sets.reserved()
    people = [entry for entry in enumerate(records) if sets.set_of(entry[1]) == "SDN-P" and not sets.held_out(entry[1])]
    draw.shuffle(people)
    for script in sets.BY_SOUND:
        left = SOUNDS
        for position, entry in people:
            words = sets.tokens(entry.name)
            name = sets.written(entry.name, script, folder, draw) if reserved.isdisjoint(words) and left else None
            if name and _may_be(name, words):
                left -= 1
                lessons.add(name, position, 1.0, 8)
        for name in sets.unrelated_in(script, folder, "tune")[:UNRELATED_SOUNDS]:
            lessons.add(name, None, BY_SOUND, 6)


def _may_be(name: str, words: Sequence[str]) -> bool:
    """Whether each word of a name written in another script can be one of these: not all pairs of words are right."""
    form = sets.form(name)
    lexicon = Lexicon(words)
    if form is None or not form.by_sound:
        return False
    return all(likely(token, form.by_sound, lexicon) for token in form.tokens)


def lines(index: Index, judge: Scorer) -> dict[str, float]:
    """The evidence that all but a few unrelated names of the tune part stay under, for each class."""
    best: dict[bool, list[float]] = {True: [], False: []}
    for kind in ("company", "person"):
        for name in sets.unrelated(kind, "tune"):
            top = {True: -99.0, False: -99.0}
            form = sets.form(name)
            assert form is not None
            query = index._comparer.name(form.tokens, form.plain)
            for number in index._postings.candidates(query, 20)[0].tolist():
                person, listed = index._people[index._owners[number]], index._names[number]
                if index.records[index._owners[number]].kind in ("vessel", "aircraft"):
                    continue
                pair = index._comparer.align(query, listed)
                top[person] = max(top[person], judge.evidence(pair, query, listed, person, None)[0])
            for person, value in top.items():
                if person == (kind == "person") or value > -99:
                    best[person].append(value)
    return {
        "organization": round(float(np.quantile(best[False], 1 - ALARMS["organization"])), 3),
        "person": round(float(np.quantile(best[True], 1 - ALARMS["person"])), 3),
    }


def sound_line(index: Index, judge: Scorer, folder: Path) -> float:
    """The evidence that all but a few unrelated people stay under when only the sound of the name is known."""
    tops = []
    names = [sets.unrelated_in(script, folder, "tune")[UNRELATED_SOUNDS:] for script in sets.BY_SOUND]
    for name in itertools.chain.from_iterable(names):
        form, top = sets.form(name), -99.0
        assert form is not None
        query = index._comparer.name(form.tokens, form.plain, by_sound=form.by_sound)
        for number in index._postings.candidates(query, 20)[0].tolist():
            listed, person = index._names[number], index._people[index._owners[number]]
            if index.records[index._owners[number]].kind not in ("vessel", "aircraft"):
                top = max(top, judge.evidence(index._comparer.align(query, listed), query, listed, person, None)[0])
        tops.append(top)
    return round(float(np.quantile(tops, 1 - ALARMS_BY_SOUND)), 3)


def sounds(folder: Path) -> dict[str, Any]:
    """What names known by their sound weigh, and the line, for the weights of words that ship."""
    data: dict[str, Any] = json.loads((DATA / "scorer.json").read_text(encoding="utf-8"))
    blank = tuple(0.0 for _ in FEATURES)
    start = Scorer("", blank, blank, {"organization": 0.0, "person": 0.0, "sound": 0.0}, blank)
    index = Index(sets.current(), judge=start)
    lessons = Lessons(index)
    teach_sounds(lessons, index.records, folder)
    found = lessons.fit("sound")
    judge = Scorer("", blank, blank, start.lines, found)
    data["sound"] = dict(zip(FEATURES, found, strict=True))
    data["lines"]["sound"] = sound_line(index, judge, folder)
    return data


def main() -> None:
    """Learn and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sounds", type=Path, metavar="FOLDER")
    options.add_argument("--only-sounds", type=Path, metavar="FOLDER")
    given = options.parse_args()
    if not given.only_sounds:
        everything_else()
    if folder := given.sounds or given.only_sounds:
        (DATA / "scorer.json").write_text(json.dumps(sounds(folder), indent=1) + "\n", encoding="utf-8")


def everything_else() -> None:
    """Token weights, and the classes that are known by their spelling."""
    records = sets.current()
    everything = sets.learned(records)
    (DATA / "weights.json.xz").write_bytes(weights.packed(everything))
    without = sets.aliases()
    blank = tuple(0.0 for _ in FEATURES)
    zero = {"organization": 0.0, "person": 0.0, "sound": 0.0}
    start = Scorer(VERSION, blank, blank, zero, blank)
    index = Index(sets.current(), learned=sets.learned(without.records), judge=start)
    lessons = Lessons(index)
    teach(lessons, index.records)
    judge = Scorer(VERSION, lessons.fit("organization"), lessons.fit("person"), zero, blank)
    before = json.loads((DATA / "scorer.json").read_text(encoding="utf-8"))
    found = lines(index, judge) | {"sound": before["lines"]["sound"]}
    data = {
        "version": VERSION, "lines": found,
        "organization": dict(zip(FEATURES, judge.organization, strict=True)),
        "person": dict(zip(FEATURES, judge.person, strict=True)),
        "sound": before["sound"],
    }  # fmt: skip
    (DATA / "scorer.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(found)


if __name__ == "__main__":
    main()

"""Learns the token weights and the scorer that ship with the package, and writes them.

    python benchmarks/screening/learn.py [--sounds FOLDER] [--only-sounds FOLDER]

Weights of features come from aliases of clusters that are not held out, against the nearest other entries and against
unrelated names of the `tune` part; the alert lines from the `tune` part alone. Takes about two minutes. What names
known by their sound weigh is learned with the pairs of words that `learn_sounds.py` learns from (FOLDER): listed and
unrelated people as others have written their names; without them it stays as it is.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sets

from licet.parties import weights
from licet.parties.features import FEATURES
from licet.parties.forms import Form
from licet.parties.hearing import Lexicon, likely
from licet.parties.index import Index
from licet.parties.record import Record
from licet.parties.scorer import Scorer

DATA = Path(__file__).parents[2] / "src" / "licet" / "parties" / "data"
VERSION = "3"
#: How many aliases of each set teach, and how much an unrelated name weighs against an alias.
TEACH = {"EL": 2000, "SDN-E": 3000, "SDN-P": 2500}
SLIPS = 2500
#: Names of listed people and companies, and of unrelated ones, for each script, and how much a company weighs.
SOUNDS, FIRM = 300, 0.5
#: Words that weigh no more are in too many names to be kept from learning.
COMMON = 5.0
#: How much an unrelated name written in another script weighs.
BY_SOUND = 2.5
UNRELATED = {"company": 7.0, "person": 8.0}
#: Share of the unrelated names of the tune part that may alert.
ALARMS = {"organization": 0.0018, "person": 0.002}
ALARMS_BY_SOUND = {"sound": 0.003, "sound_organization": 0.004}
SOUND = tuple(ALARMS_BY_SOUND)


class Lessons:
    """Features of pairs that match and pairs that do not, for each class."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.rows: dict[str, list[tuple[tuple[float, ...], int, float]]] = {
            "organization": [],
            "person": [],
            **{kind: [] for kind in SOUND},
        }

    def add(self, form: Form | None, truth: int | None, weight: float, most: int) -> None:
        """The candidates for a name, right and wrong."""
        index = self.index
        if form is None or not form.tokens:
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
        person = self.index._people[position]
        if by_sound:
            return "sound" if person else "sound_organization"
        return "person" if person else "organization"

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
            lessons.add(sets.form(alias), position, 1.0, 10)
    main = [
        at
        for at, entry in enumerate(records)
        if sets.set_of(entry) and not sets.held_out(entry) and 8 <= len(entry.name) <= 60
    ]
    for position in draw.sample(main, SLIPS):
        lessons.add(sets.form(sets.slips(records[position].name, draw)), position, 1.0, 6)
    for kind, weight in UNRELATED.items():
        for name in sets.unrelated(kind, "tune")[:4000]:
            lessons.add(sets.form(name), None, weight, 6)


def teach_sounds(lessons: Lessons, records: list[Record], folder: Path) -> None:
    """Listed parties that are not held out, and unrelated ones.

    People stand as their names have been written in five scripts, companies as the table of sounds would write them.
    """
    draw = random.Random(11)
    reserved = {word for word in sets.reserved() if lessons.index.weights.of(word) > COMMON}
    known = [entry for entry in enumerate(records) if sets.set_of(entry[1]) and not sets.held_out(entry[1])]
    draw.shuffle(known)
    people = [entry for entry in known if sets.set_of(entry[1]) == "SDN-P"]
    firms = [entry for entry in known if sets.set_of(entry[1]) != "SDN-P"]
    for script, sound in sets.BY_SOUND.items():
        left = SOUNDS
        for position, entry in people:
            words = sets.tokens(entry.name)
            name = sets.written(entry.name, script, folder, draw) if reserved.isdisjoint(words) and left else None
            form = sets.heard_form(name) if name else None
            if form and _may_be(form, words):
                left -= 1
                lessons.add(form, position, 1.0, 8)
        for position, entry in [one for one in firms if reserved.isdisjoint(sets.tokens(one[1].name))][:SOUNDS]:
            lessons.add(sets.by_rule(sets.tokens(entry.name), sound, draw), position, FIRM, 8)
        for name in sets.unrelated_in(script, folder, "tune")[:SOUNDS]:
            lessons.add(sets.heard_form(name), None, BY_SOUND, 6)
        for name in sets.sample(sets.unrelated("company", "tune"), 7 * SOUNDS)[:SOUNDS]:
            lessons.add(sets.by_rule(sets.tokens(name), sound, draw), None, BY_SOUND, 6)


def _may_be(form: Form, words: Sequence[str]) -> bool:
    """Whether each token can be one of these words: not all pairs of words are right."""
    return all(likely(token, form.by_sound, Lexicon(words)) for token in form.tokens)


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


def sound_lines(index: Index, judge: Scorer, folder: Path) -> dict[str, float]:
    """The evidence that all but a few unrelated parties stay under when only the sound of the name is known.

    Of people and of companies that share may pass it, over all scripts.
    """
    draw = random.Random(17)
    found: dict[str, list[float]] = {kind: [] for kind in SOUND}
    firms = sets.sample(sets.unrelated("company", "tune"), 7 * SOUNDS)[2 * SOUNDS :]
    people = [sets.heard_form(name) for script in sets.BY_SOUND
              for name in sets.unrelated_in(script, folder, "tune")[SOUNDS : 3 * SOUNDS]]  # fmt: skip
    made = [sets.by_rule(sets.tokens(name), draw.choice(list(sets.BY_SOUND.values())), draw) for name in firms]
    for forms in (people, made):
        tops = [_tops(index, judge, form) for form in forms if form is not None and form.tokens]
        for kind, each in zip(SOUND, zip(*tops, strict=True), strict=True):
            found[kind].append(float(np.quantile(each, 1 - ALARMS_BY_SOUND[kind])))
    return {kind: round(max(each), 3) for kind, each in found.items()}


def _tops(index: Index, judge: Scorer, form: Form) -> tuple[float, float]:
    """The best evidence that a name reaches with people and with organizations."""
    query, top = index._comparer.name(form.tokens, form.plain, by_sound=form.by_sound), {True: -99.0, False: -99.0}
    for number in index._postings.candidates(query, 30)[0].tolist():
        listed, person = index._names[number], index._people[index._owners[number]]
        if index.records[index._owners[number]].kind not in ("vessel", "aircraft"):
            pair = index._comparer.align(query, listed)
            top[person] = max(top[person], judge.evidence(pair, query, listed, person, None)[0])
    return top[True], top[False]


def sounds(folder: Path) -> dict[str, Any]:
    """What names known by their sound weigh, and the line, for the weights of words that ship."""
    blank = tuple(0.0 for _ in FEATURES)
    start = Scorer("", blank, blank, dict.fromkeys(("organization", "person", *SOUND), 0.0), blank, blank)
    index = Index(sets.current(), judge=start)
    lessons = Lessons(index)
    teach_sounds(lessons, index.records, folder)
    found = {kind: lessons.fit(kind) for kind in SOUND}
    judge = Scorer("", blank, blank, start.lines, found["sound"], found["sound_organization"])
    line = sound_lines(index, judge, folder)
    data: dict[str, Any] = json.loads((DATA / "scorer.json").read_text(encoding="utf-8"))
    for kind in SOUND:
        data[kind] = dict(zip(FEATURES, found[kind], strict=True))
        data["lines"][kind] = line[kind]
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
    zero = dict.fromkeys(("organization", "person", *SOUND), 0.0)
    start = Scorer(VERSION, blank, blank, zero, blank, blank)
    index = Index(sets.current(), learned=sets.learned(without.records), judge=start)
    lessons = Lessons(index)
    teach(lessons, index.records)
    judge = Scorer(VERSION, lessons.fit("organization"), lessons.fit("person"), zero, blank, blank)
    before = json.loads((DATA / "scorer.json").read_text(encoding="utf-8"))
    found = lines(index, judge) | {kind: before["lines"][kind] for kind in SOUND}
    data = {
        "version": VERSION, "lines": found,
        "organization": dict(zip(FEATURES, judge.organization, strict=True)),
        "person": dict(zip(FEATURES, judge.person, strict=True)),
        **{kind: before[kind] for kind in SOUND},
    }  # fmt: skip
    (DATA / "scorer.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(found)


if __name__ == "__main__":
    main()

"""Measures what Licet and logic-v2 find together: the means of their scores, and "either of them".

    python benchmarks/screening/together.py [--most 600]

The held-out aliases of `sets.aliases` are split in two: scores are calibrated (a logistic curve for each matcher and
class) on one half and on part of the unrelated names, the line that 0.5 % of them reach is chosen on the rest of the
`tune` names, and recall is reported for the other half. "Either" is what `--second-opinion` does: Licet's line, or
logic-v2's within a margin under it; its false alarms are those of the `report` names.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sets
from peers import all_peers

from licet.parties.index import Index
from licet.parties.scorer import ALERT

sys.path.append(str(Path(__file__).parents[1] / "engine"))
from report import Report, arguments

FALSE_ALARMS = 0.005
#: Score of Licet and of logic-v2 for one candidate, and whether it is a person.
Pair = tuple[float, float, bool]
Mix = Callable[[Pair], float]


def pairs(index: Index, names: Sequence[str], best: Callable[[str], list[tuple[int, float]]]) -> list[dict[int, Pair]]:
    """For each name its candidates with both scores."""
    found = []
    for name in names:
        other = dict(best(name))
        own = index.search(name, limit=20)
        found.append({hit.position: (hit.score, other[hit.position], index.is_person(hit.position)) for hit in own})
    return found


def logistic(rows: Sequence[Sequence[float]], truth: Sequence[bool]) -> Any:
    """Weights of a logistic regression, the constant last, by Newton's method."""
    x = np.column_stack([np.array(rows, dtype=float), np.ones(len(rows))])
    y, w = np.array(truth, dtype=float), np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + 1e-3 * np.eye(len(w)), x.T @ (y - p) - 1e-3 * w)
    return w


def odds(score: float) -> float:
    """Log-odds of a score, so that what is squeezed under 1 is spread again."""
    score = min(max(score, 0.001), 0.999)
    return math.log(score / (1 - score))


def mixes(learn: Sequence[tuple[Pair, bool]]) -> dict[str, Mix]:
    """Ways to make one score of two, calibrated on pairs and whether they are true."""
    alone: dict[tuple[int, bool], Any] = {}
    both: dict[bool, Any] = {}
    for person in (True, False):
        part = [(pair, true) for pair, true in learn if pair[2] == person]
        truth = [true for _, true in part]
        for which in (0, 1):
            alone[which, person] = logistic([[odds(pair[which])] for pair, _ in part], truth)
        both[person] = logistic([[odds(pair[0]), odds(pair[1])] for pair, _ in part], truth)

    def logit(pair: Pair, which: int) -> float:
        slope, constant = alone[which, pair[2]]
        return float(slope * odds(pair[which]) + constant)

    def probability(pair: Pair, which: int) -> float:
        return 1 / (1 + math.exp(-logit(pair, which)))

    return {
        "Licet alone": lambda pair: pair[0],
        "logic-v2 alone": lambda pair: pair[1],
        "plain mean": lambda pair: (pair[0] + pair[1]) / 2,
        "mean of calibrated scores": lambda pair: (probability(pair, 0) + probability(pair, 1)) / 2,
        "mean of calibrated log-odds": lambda pair: (logit(pair, 0) + logit(pair, 1)) / 2,
        "one regression on both": lambda pair: float(both[pair[2]] @ [odds(pair[0]), odds(pair[1]), 1.0]),
    }


def line(found: Sequence[dict[int, Pair]], mix: Mix, person: bool) -> float:
    """What only so many of the unrelated names reach."""
    tops = [max((mix(pair) for pair in each.values() if pair[2] == person), default=-99.0) for each in found]
    return float(np.quantile(tops, 1 - FALSE_ALARMS)) + 1e-9


def main() -> None:
    """Run everything."""
    options = arguments(__doc__)
    options.add_argument("--most", type=int, default=600, metavar="N", help="aliases of each set in the reported half")
    given = options.parse_args()
    peers, lacking = all_peers()
    if "nomenklatura logic-v2" in lacking:
        raise SystemExit("nomenklatura is not installed")
    peer = next(each for each in peers if each.title == "nomenklatura logic-v2")
    held = sets.aliases()
    index = Index(held.records, learned=sets.learned(held.records))
    best = peer.over(index)
    report = Report("Two matchers together: recall of held-out aliases at 0.5 % false alarms")

    def half(alias: str) -> int:
        return hashlib.sha1(alias.encode(), usedforsecurity=False).digest()[0] % 2

    def asked(which: str, part: int, most: int) -> list[tuple[str, int, str]]:
        return sets.sample([one for one in held.asked if one[0] == which and half(one[2]) == part], most)

    learn: list[tuple[Pair, bool]] = []
    for which in sets.SETS:
        rows = asked(which, 0, given.most)
        for (_, position, _), each in zip(rows, pairs(index, [alias for *_, alias in rows], best), strict=True):
            learn += [(pair, at == position) for at, pair in each.items()]
    tune = {}
    for kind in ("person", "company"):
        names = sets.unrelated(kind, "tune")
        first, rest = names[: len(names) // 3], names[len(names) // 3 :]
        learn += [(pair, False) for each in pairs(index, sets.sample(first, 500), best) for pair in each.values()]
        tune[kind == "person"] = pairs(index, rest, best)
    ways = mixes(learn)
    table: list[list[Any]] = [[title] for title in ways]
    reported = {}
    for which in sets.SETS:
        rows = asked(which, 1, given.most)
        reported[which] = [
            (position, each)
            for (_, position, _), each in zip(rows, pairs(index, [alias for *_, alias in rows], best), strict=True)
        ]
        for row, mix in zip(table, ways.values(), strict=True):
            edge = line(tune[which == "SDN-P"], mix, which == "SDN-P")
            over = [at in each and mix(each[at]) >= edge for at, each in reported[which]]
            row.append(float(np.mean(over)))
    report.table("at 0.5 % false alarms", ["", *(f"{which} (n {len(reported[which])})" for which in sets.SETS)], table)

    splits = {"SEC": ("company", "report"), "Chinese": ("company", "report-chinese"),
              "invented": ("company", "report-invented"), "people": ("person", "report")}  # fmt: skip
    wrong = {short: pairs(index, sets.sample(sets.unrelated(*which), 1500), best) for short, which in splits.items()}

    def recall(over: Callable[[Pair], bool]) -> list[float]:
        return [float(np.mean([at in each and over(each[at]) for at, each in reported[which]])) for which in sets.SETS]

    def alarms(over: Callable[[Pair], bool]) -> list[float]:
        every = [*tune.values(), *wrong.values()]
        return [float(np.mean([any(map(over, each.values())) for each in found])) for found in every]

    table = []
    for margin in (0.0, 0.05, 0.1, 0.15, 0.2, 0.3):

        def over(pair: Pair, margin: float = margin) -> bool:
            return pair[0] >= ALERT or (pair[0] >= ALERT - margin and pair[1] >= 0.70 and margin > 0)

        table.append([f"v2 from {ALERT - margin:.2f}", *recall(over), *alarms(over)])
    for lower in (0.69, 0.68, 0.67, 0.66, 0.65, 0.64, 0.62, 0.60):

        def under(pair: Pair, lower: float = lower) -> bool:
            return pair[0] >= lower

        table.append([f"line {lower:.2f}", *recall(under), *alarms(under)])
    tuned = ["tune, people" if person else "tune, firms" for person in tune]
    report.table("found and wrongly alerted: logic-v2 asked from this score on; Licet alone with this line",
                 ["", *sets.SETS, *tuned, *wrong], table)  # fmt: skip
    report.finish(given.json)


if __name__ == "__main__":
    main()

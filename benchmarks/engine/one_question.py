"""One question through the Python API, with and without its full trace, beside other engines on one provision.

Licet decides the whole law of the day in both readings; the peers decide one provision, the task of `task.py`. So the
second table puts Licet on that provision alone, for a ratio of like with like.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from report import Report, arguments, median, p95
from task import Engine, engines, rows

import licet

#: Chips, systems and bare figures; every version of the law; answered and open; parties named and left out.
QUIET: dict[str, Any] = {"end_user_listed": "none", "end_user_military": "no", "other_parties": "no", "to": "CN",
                         "end_user_hq": "CN", "end_use": "datacenter", "exporter_listed": "none"}  # fmt: skip
SPECIFIC: list[dict[str, Any]] = [
    {"item": "nvidia-h100-sxm", "to": "DE", "on": "2024-06-01"},
    {"item": "nvidia-a100-sxm4-80", "exporter": "NVIDIA", "to": "CN", "on": "2022-09-15"},
    {"item": "nvidia-a30", "exporter": "NVIDIA", "to": "CN", "on": "2022-09-15"},
    {"item": "nvidia-a100-sxm4-80", "to": "SG", "end_user_hq": "CN", "on": "2022-12-01"},
    {"item": "nvidia-h100-sxm5", "to": "SG", "end_user_hq": "CN", "on": "2023-11-17"},
    {"item": "nvidia-rtx-4090", "to": "CN", "on": "2024-01-15", "notice_days": 30, "notice_answer": "cleared"},
    {"item": "nvidia-rtx-4090", "to": "CN", "on": "2024-01-15", "notice_days": 24, "notice_answer": "none"},
    {"item": "nvidia-h200-sxm", "from": "US", "to": "CN", "end_user_hq": "CN", "on": "2026-02-01"},
    {"item": "nvidia-h20", "to": "CN", "on": "2025-05-01"},
    {"item": "amd-mi250", "exporter": "AMD", "to": "RU", "on": "2022-09-15"},
    {"tpp": 4800, "die_area_mm2": 800, "datacenter": "yes", "to": "CN", "on": "2023-12-01"},
    {"tpp": 2368, "die_area_mm2": 400, "to": "VN", "on": "2024-06-01"},
    {"eccn": "3A090.b", "from": "US", "to": "VN", "on": "2024-06-01"},
    {"eccn": "EAR99", "from": "US", "to": "FR", "on": "2025-03-01"},
    {"item": "nvidia-dgx-h100", "from": "TW", "to": "AE", "on": "2026-08-01"},
]
QUESTIONS = SPECIFIC + [QUIET | question for question in SPECIFIC]


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=60, help="how often each question is asked")
    options = parser.parse_args()
    report = Report("One question")
    _whole_law(report, options.rounds)
    _one_provision(report, options.rounds * 10)
    report.finish(options.json)


def _whole_law(report: Report, rounds: int) -> None:
    strict = [licet.ask(question) for question in QUESTIONS]
    in_force = [len(answer.day.written) for answer in strict]
    twice = [len(answer.day.written) + len(answer.day.split) for answer in strict]
    ways: dict[tuple[str, bool], list[tuple[str, float, float]]] = {}
    for _ in range(rounds + 1):  # the first round compiles the law of each day and is not counted
        for number, question in enumerate(QUESTIONS):
            state = "open" if strict[number].outcome == "undetermined" else "answered"
            for assume in ("strict", "ordinary"):
                for traced in (True, False):
                    before = time.thread_time()
                    spent = _timed(_trace if traced else _ask, question, assume)
                    cpu = time.thread_time() - before
                    ways.setdefault((assume, traced), []).append((state, spent * 1e3, cpu * 1e3))
    counted = {way: samples[len(QUESTIONS) :] for way, samples in ways.items()}
    table = []
    for traced in (True, False):
        name = "ask, with full trace" if traced else "ask"
        both = counted["strict", traced] + counted["ordinary", traced]
        table.append([f"licet.{name}: all", *_figures(both, rounds)])
        for assume in ("strict", "ordinary"):
            for state in ("answered", "open"):
                samples = [sample for sample in counted[assume, traced] if sample[0] == state]
                table.append([f"  {assume}, {state} when strict", *_figures(samples, rounds)])
    report.table(
        "Licet, the whole law of the day",
        ["way", "questions", "median ms", "95 % below, ms", "CPU ms, median"],
        table,
        note=f"{min(in_force)} to {max(in_force)} provisions in force, median {median(in_force):.0f}; those that differ"
        f" between the law as written and as enforced are decided twice, in all {median(twice):.0f} decisions a"
        f" question. Target: median below 1 ms with full trace.",
    )


def _figures(samples: list[tuple[str, float, float]], rounds: int) -> list[float]:
    spent = [each for _, each, _ in samples]
    return [len(samples) // rounds, median(spent), p95(spent), median([cpu for *_, cpu in samples])]


def _ask(question: dict[str, Any], assume: str) -> None:
    licet.ask(question, assume=assume)


def _trace(question: dict[str, Any], assume: str) -> None:
    assert licet.ask(question, assume=assume).trace


def _one_provision(report: Report, count: int) -> None:
    found, absent = engines()
    sample = rows(count)
    held = {engine.name: [engine.prepare(row) for row in sample] for engine in found}
    exact = [found[0].decide(each) for each in held[found[0].name]]
    samples: dict[str, list[float]] = {engine.name: [] for engine in found}
    differ = dict.fromkeys(samples, 0)
    step = 20
    for start in range(0, count, step):  # in turns, so that a busy moment meets all of them
        for engine in found:
            for place in range(start, min(start + step, count)):
                _turn(engine, held[engine.name][place], exact[place], samples, differ)
    empty = median([_timed(lambda: None) for _ in range(2000)]) * 1e6
    medians = {name: median(each) - empty for name, each in samples.items()}
    licets = medians[found[0].name]
    table = [
        [name, medians[name], p95(each) - empty, medians[name] / licets, differ[name]] for name, each in samples.items()
    ]
    table += [[f"{name}: not installed (make bench installs it)", None, None, None, None] for name in absent]
    report.table(
        "One provision in two versions, the common task",
        ["engine", "median µs", "95 % below, µs", "times Licet", "answers that differ"],
        table,
        note=f"{count} questions. All facts known. Licet counts in exact decimals and knows unknown; the function, CEL "
        "and OpenFisca count in floats, and their answers can differ exactly on a line of the law.",
    )


def _turn(
    engine: Engine, question: Any, exact: bool, samples: dict[str, list[float]], differ: dict[str, int]
) -> None:  # fmt: skip
    started = time.perf_counter()
    answer = engine.decide(question)
    samples[engine.name].append((time.perf_counter() - started) * 1e6)
    differ[engine.name] += bool(answer) != exact


def _timed(call: Callable[..., None], *given: Any) -> float:
    started = time.perf_counter()
    call(*given)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()

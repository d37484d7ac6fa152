"""A file of many order lines: Licet's answers beside what Polars needs merely to read, group and write the same file.

Every measurement runs in a process of its own, in turns; time counts from before the first import, memory is the peak
of the process. The peers decide one provision (see `task.py`) over fewer rows, extrapolated.
"""

from __future__ import annotations

import time

STARTED = time.perf_counter()

import json  # noqa: E402
import os  # noqa: E402
import resource  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

SEED = 20221007
#: The columns beside id; quantity is a fact too, but one that makes nearly every line distinct to a mere grouping.
FACTS = [
    "item", "shipped_from", "destination", "on", "end_user_hq", "end_use", "end_user_listed", "notice_days",
    "purchase_order", "other_parties", "quantity",
]  # fmt: skip


def make(path: str, rows: int, distinct: int) -> dict[str, Any]:
    """Write the order file: `distinct` questions, each drawn about equally often."""
    import polars as pl

    from licet.catalog import items
    from licet.places import codes

    many = distinct + distinct // 10 + 100

    def drawn(name: str, values: list[Any]) -> pl.Series:
        seed = SEED + FACTS.index(name)
        return pl.Series(name, values).sample(many, with_replacement=True, seed=seed)

    places = sorted(codes())
    days = pl.date_range(pl.date(2022, 10, 7), pl.date(2026, 9, 1), eager=True).to_list()
    kinds = ("integrated_circuit", "computer", "assembly")
    drawn_columns = [
        drawn("item", [item.id for item in items() if item.kind in kinds]),
        drawn("shipped_from", ["US"] * 7 + ["TW", "SG", "NL"]),
        drawn("destination", places),
        drawn("on", days),
        drawn("end_user_hq", places + [None] * 20),
        drawn("end_use", ["datacenter", "consumer", "ai_training", None]),
        drawn("end_user_listed", ["none", "none", "none", "entity_list", None]),
        drawn("notice_days", [0, 10, 25, 30, None]),
        drawn("purchase_order", ["yes", "no", None]),
        drawn("other_parties", ["no", "no", None]),
    ]
    questions = pl.DataFrame(drawn_columns).unique(maintain_order=True).head(distinct)
    lines = pl.int_range(questions.height, eager=True).sample(rows, with_replacement=True, seed=SEED)
    quantity = pl.int_range(1, 500, eager=True).sample(rows, with_replacement=True, seed=SEED + 1)
    frame = questions[lines].with_columns(pl.int_range(1, rows + 1, eager=True).alias("id"), quantity.alias("quantity"))
    frame.select("id", *FACTS).write_parquet(path)
    return {"megabytes": Path(path).stat().st_size / 1e6, "distinct": frame.select(FACTS[:-1]).n_unique()}


def polars(path: str, out: str, facts: list[str]) -> dict[str, Any]:
    """Read the file, group it by the facts, write it back."""
    import polars as pl

    frame = pl.read_parquet(path)
    groups = frame.group_by(facts).len().height
    frame.write_parquet(out)
    return {"groups": groups}


def licet(path: str, out: str) -> dict[str, Any]:
    """Answer every line."""
    from licet.batch import check_file

    summary = check_file(path, out=out)
    return {"groups": summary.distinct, "outcomes": summary.outcomes, "errors": summary.error_lines}


def peers(rows: int) -> dict[str, Any]:
    """Rows a second of each engine on one provision."""
    import task

    found, absent = task.engines()
    sample = task.rows(rows)
    speeds = []
    for engine in found:
        held = [engine.prepare(row) for row in sample]
        started = time.perf_counter()
        answers = engine.all(held)
        speeds.append([engine.name, len(answers) / (time.perf_counter() - started)])
    return {"speeds": speeds, "absent": absent}


def worker(job: str) -> None:
    """Do one job and print what came of it, with time and peak memory."""
    name, *given = json.loads(job)
    jobs: dict[str, Callable[..., dict[str, Any]]] = {"make": make, "polars": polars, "licet": licet, "peers": peers}
    found = jobs[name](*given)
    used = resource.getrusage(resource.RUSAGE_SELF)
    found["peak_mb"] = used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    found["cpu"] = used.ru_utime + used.ru_stime
    print(json.dumps({"seconds": time.perf_counter() - STARTED, **found}))


def run(*job: Any) -> dict[str, Any]:
    """Do a job in a fresh process."""
    os.sync()  # what the job before wrote must not slow this one
    command = [sys.executable, __file__, "--worker", json.dumps(job)]
    done: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return done


def main() -> None:
    """Measure and print."""
    from report import Report, arguments

    parser = arguments(__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--distinct", type=int, default=220_000, help="distinct questions, quantity apart")
    parser.add_argument("--repeat", type=int, default=3, help="how often each is measured")
    parser.add_argument("--peer-rows", type=int, default=20_000, help="rows for the peers")
    parser.add_argument("--dir", help="where the files go for the time being (about 100 bytes a line)")
    options = parser.parse_args()
    report = Report(f"A file of {options.rows:,} lines")
    with tempfile.TemporaryDirectory(dir=options.dir) as folder:
        _files(report, folder, options)
    _peers(report, options)
    report.finish(options.json)


def _files(report: Any, folder: str, options: Any) -> None:
    from report import median

    path, out = f"{folder}/orders.parquet", f"{folder}/out.parquet"
    made = run("make", path, options.rows, options.distinct)
    report.say(f"orders.parquet: {made['megabytes']:,.0f} MB, {made['distinct']:,} distinct questions, quantity apart")
    jobs = {
        "Polars: read, group by all facts, write": ("polars", path, out, FACTS),
        "Polars: the same, quantity left out of the grouping": ("polars", path, out, FACTS[:-1]),
        "Licet: every line answered": ("licet", path, out),
    }
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in jobs}
    for _ in range(options.repeat):
        for name, job in jobs.items():
            runs[name].append(run(*job))
            Path(out).unlink()
    seconds = {name: median([each["seconds"] for each in done]) for name, done in runs.items()}
    cpu = {name: median([each["cpu"] for each in done]) for name, done in runs.items()}
    licets = list(seconds)[-1]
    table = [
        [name, spent, cpu[name], options.rows / spent, max(each["peak_mb"] for each in runs[name]),
         runs[name][0]["groups"], seconds[licets] / spent, cpu[licets] / cpu[name]] for name, spent in seconds.items()
    ]  # fmt: skip
    answered = runs[licets][0]
    outcomes = ", ".join(f"{name} {lines:,}" for name, lines in answered["outcomes"].items())
    report.table(
        f"One file, median of {options.repeat}",
        ["way", "seconds", "CPU s", "rows/s", "peak MB", "groups", "Licet times this", "in CPU s"],
        table,
        note="Targets: Licet at most 3 times Polars, peak below 4,096 MB. On a busy machine the CPU seconds say more.\n"
        f"Outcomes: {outcomes}; lines with an error: {answered['errors']:,}.",
    )


def _peers(report: Any, options: Any) -> None:
    found = run("peers", options.peer_rows)
    table = [[name, speed, options.rows / speed] for name, speed in found["speeds"]]
    table += [[f"{name}: not installed (make bench installs it)", None, None] for name in found["absent"]]
    report.table(
        "One provision in two versions, the common task",
        ["engine", "rows/s", f"seconds for {options.rows:,} rows"],
        table,
        note=f"{options.peer_rows:,} rows held in memory in the types of the engine; reading and writing not counted. "
        "Above, Licet decides the whole law of each line's day, and reads and writes the file.",
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        worker(sys.argv[2])
    else:
        main()

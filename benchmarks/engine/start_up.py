"""How long a cold shell waits for an answer: `licet ask` beside Python itself and beside imports of other engines.

Every run is a new process, the commands in turns; the files are in the page cache and compiled to bytecode.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

from report import Report, arguments, median, p95

ASK = ["ask", "--item", "nvidia-h100-sxm", "--to", "DE", "--on", "2024-06-01"]
SCRIPT = Path(sys.executable).with_name("licet")
LICET = (
    [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-c", "from licet.cli import main; raise SystemExit(main())"]
)
PYTHON = [sys.executable, "-c"]


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    report = Report("Start-up")
    commands = {
        "python -c pass": [*PYTHON, "pass"],
        "licet --version": [*LICET, "--version"],
        " ".join(["licet", *ASK]): [*LICET, *ASK],
        "the same, --format json": [*LICET, *ASK, "--format", "json"],
    }
    for module in ("polars", "zen", "celpy", "openfisca_core.simulations"):
        if importlib.util.find_spec(module.partition(".")[0]):
            commands[f'python -c "import {module}"'] = [*PYTHON, f"import {module}"]
    samples: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        _wall(command)  # the first run may still have to compile bytecode
    for _ in range(options.runs):
        for name, command in commands.items():
            samples[name].append(_wall(command))
    bare = median(samples["python -c pass"])
    table = [[name, median(each), p95(each), min(each), median(each) / bare] for name, each in samples.items()]
    report.table(
        f"Wall time, {options.runs} runs each",
        ["command", "median s", "95 % below, s", "fastest s", "times bare Python"],
        table,
        note="Target: licet ask below 0.7 s at the median.",
    )
    report.table(
        "The ten modules that cost `licet ask` most",
        ["module", "itself ms", "with what it imports ms"],
        _slowest([*LICET, *ASK]),
        note="From python -X importtime, one run.",
    )
    report.finish(options.json)


def _wall(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _slowest(command: list[str], most: int = 10) -> list[list[str | float]]:
    if command[0] != sys.executable:
        command = [sys.executable, *command]
    timed = [sys.executable, "-X", "importtime", *command[1:]]
    shown = subprocess.run(timed, check=True, capture_output=True, text=True).stderr
    found: list[list[str | float]] = []
    for line in shown.splitlines():
        itself, _, rest = line.removeprefix("import time:").partition("|")
        both, _, module = rest.partition("|")
        if line.startswith("import time:") and itself.strip().isdigit():
            found.append([module.strip(), int(itself) / 1000, int(both) / 1000])
    return sorted(found, key=lambda each: -float(each[1]))[:most]


if __name__ == "__main__":
    main()

# Needs only Python 3.11+ and make. Another interpreter: make test PYTHON=python3.12
# An environment elsewhere: make test VENV=/some/where

PYTHON ?= python3
VENV   ?= .venv
UV     ?= uv
# Extra arguments for pytest, as in: make test PYTEST_ARGS='-k entity_list'
PYTEST_ARGS ?=

BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed-licet
BENCH_STAMP := $(VENV)/.installed-licet-bench
PIP   := $(BIN)/python -m pip --disable-pip-version-check

# Ruff looks only at folders that exist, so that the checks work in a partial tree too.
CODE := $(wildcard src tests benchmarks tools)

.DEFAULT_GOAL := help
.PHONY: help install demo docs test check lint format typecheck pytest build bench lock lock-upgrade clean distclean

help:
	@echo "make demo     set up .venv, then run licet check on examples/orders.csv"
	@echo "make test     set up .venv, then every check: ruff, mypy, pytest"
	@echo "make docs     the lawbook as a book, in build/lawbook"
	@echo "make install  set up .venv only (again only when the lock or pyproject.toml changed)"
	@echo "make lint     ruff and mypy, no tests        make format  let ruff rewrite the code"
	@echo "make build    sdist and wheel in dist/       make bench   run the benchmarks"
	@echo "make lock     renew the requirements*.lock files (needs uv)"
	@echo "make clean    remove caches and build output (make distclean: .venv too)"

# --- set-up -------------------------------------------------------------------

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "licet needs Python 3.11 or newer; say which with PYTHON=...")'
	@test -x "$(BIN)/python" || "$(PYTHON)" -m venv "$(VENV)"
	@echo "installing requirements.lock, then licet itself, into $(VENV)"
	$(PIP) install -qq --require-hashes -r requirements.lock
	$(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch "$@"

$(BENCH_STAMP): $(STAMP) requirements-bench.lock
	$(PIP) install -qq --require-hashes -r requirements-bench.lock
	@touch "$@"

# --- use ----------------------------------------------------------------------

demo: $(STAMP)
	"$(BIN)/licet" check examples/orders.csv

docs: $(STAMP)
	"$(BIN)/licet" law book build/lawbook

# --- checks -------------------------------------------------------------------

test: lint pytest

check: test

lint: $(STAMP)
	"$(BIN)/ruff" check $(CODE)
	"$(BIN)/ruff" format --check $(CODE)
	"$(BIN)/mypy"

format: $(STAMP)
	"$(BIN)/ruff" check --fix $(CODE)
	"$(BIN)/ruff" format $(CODE)

typecheck: $(STAMP)
	"$(BIN)/mypy"

pytest: $(STAMP)
	"$(BIN)/python" -m pytest -n 2 $(PYTEST_ARGS)

# --- artefacts ----------------------------------------------------------------

build: $(STAMP)
	"$(BIN)/python" -m build --no-isolation

# A quick look: make bench BATCH_ARGS='--rows 1000000 --distinct 22000 --repeat 1'
bench: $(BENCH_STAMP)
	"$(BIN)/python" benchmarks/engine/one_question.py
	"$(BIN)/python" benchmarks/engine/start_up.py
	"$(BIN)/python" benchmarks/engine/batch.py $(BATCH_ARGS)

# Renews all three locks from pyproject.toml. Versions already locked stay unless they no longer
# fit; 'make lock-upgrade' takes the newest of everything.
lock: LOCK_ARGS =
lock-upgrade: LOCK_ARGS = --upgrade
lock lock-upgrade:
	@command -v "$(UV)" >/dev/null || { echo "make lock needs uv (pip install uv), or UV=/path/to/uv" >&2; exit 1; }
	@set -e; for spec in requirements.lock:--extra=dev requirements-run.lock: requirements-bench.lock:--extra=bench; do \
	    file=$${spec%%:*}; extra=$${spec#*:}; \
	    "$(UV)" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	        --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	        $$extra $(LOCK_ARGS) $$([ "$$file" = requirements.lock ] || echo --constraint requirements.lock) \
        --output-file "$$file" pyproject.toml; \
	    "$(PYTHON)" -c 'import pathlib, sys; p = pathlib.Path(sys.argv[1]); h = sys.argv[2] + "\n"; p.write_text(h.replace("|", "\n") + p.read_text())' "$$file" \
	        "# $$file: pinned versions with sha256 hashes for CPython 3.11 to 3.13 on Linux and macOS.|# Made by 'make lock' from pyproject.toml; do not edit by hand.|# Renew: make lock (after a change in pyproject.toml) or make lock-upgrade (newest of everything).|# Install: python -m pip install --require-hashes -r $$file"; \
	    echo "$$file: $$(grep -c '==' "$$file") packages"; \
	done

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -path "./$(VENV)" -prune -o \( -name __pycache__ -o -name '*.egg-info' \) -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf "$(VENV)"

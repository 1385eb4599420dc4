# Two commands: `make run` and `make test`. Both need only python3, and a network the first time.

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
ARGS ?=
# How many tests run at a time. On two cores four are done soonest: many wait for servers and browsers.
TESTERS ?= 4
DATA ?= ../shared/data
BENCHMARKS ?= robots feeds addresses badservers extraction pipeline tampering politeness embedding \
	crosslingual charset attribution dates walls
# These make their own pages and dates; they take --data only for more of them, of another layout.
WITHOUT_DATA := dates walls
export PYTHON
# Bytecode is kept, whatever the environment says: the tests start some hundred programs of a thousand modules each.
unexport PYTHONDONTWRITEBYTECODE

PY := sh scripts/with_system.sh .venv/bin/python
# When make itself is killed, the kernel asks the workbench to stop: nothing is left running without a terminal.
WITH_MAKE := $(if $(shell command -v setpriv),setpriv --pdeathsig TERM)

.DEFAULT_GOAL := help
.PHONY: help run test tools lint types imports models unit bench contents clean

help:
	@echo "make run     start the workbench and say where it is (ADDRESS=$(ADDRESS), ARGS=--no-sample)"
	@echo "make test    check everything; its parts: make lint types imports models unit"
	@echo "make bench   take the promised figures (DATA=$(DATA), BENCHMARKS=robots)"
	@echo "make contents  write docs/contents.md from the docstrings of the modules"
	@echo "make clean   remove the environment and caches; the data in var/ stay"

run:
	@sh scripts/environment.sh run
	@exec $(WITH_MAKE) $(PY) manage.py up --address "$(ADDRESS)" $(ARGS)

# What is quick comes first. The types take one processor for a minute or more, and the tests wait for servers.
test: lint imports models
	@$(MAKE) --no-print-directory --jobs=2 types unit

tools:
	@sh scripts/environment.sh test

# The static checks read settings, but neither use nor make any data.
lint types imports models: export SECRET_KEY = static-checks
lint types imports models: export WORKBENCH_VAR = .venv/no-data

lint: tools
	@echo "== make lint: style"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

types: tools
	@echo "== make types"
	@$(PY) -m mypy workbench sources claims

imports: tools
	@echo "== make imports: the map of docs/architecture.md"
	@$(PY) .venv/bin/lint-imports

models: tools
	@echo "== make models: Django's own checks, and migrations for every model"
	@$(PY) manage.py check --fail-level WARNING
	@$(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

unit: tools
	@echo "== make unit: the tests (one of them: make unit ARGS='tests/test_house.py -k imports')"
	@$(PY) -m pytest -n $(TESTERS) --maxschedchunk=4 $(ARGS)

# One line of figures for each: `robots {"agreement": 1.0, ...}`; the last line of each command is JSON.
bench: tools
	@failed=; for name in $(BENCHMARKS); do \
		case " $(WITHOUT_DATA) " in *" $$name "*) set -- ;; *) set -- --data "$(DATA)" ;; esac; \
		figures=$$($(PY) -m benchmarks.$$name "$$@") || failed="$$failed $$name"; \
		printf '%s %s\n' "$$name" "$$(printf '%s\n' "$$figures" | tail -n 1)"; \
	done; \
	test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

contents:
	@$(PYTHON) scripts/contents.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Everything a fresh machine needs is Python 3.11 to 3.13 and make; the rest goes into .venv.
# For the strongest isolation install bubblewrap too; `grader doctor` says what works.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NOTEBOOK ?= docs/example.ipynb
REPORT ?= report.json
# More options for pytest, as in: make test TESTS="tests/formats -x"
TESTS ?=
# A test process on each core, as tests/scheduling.py divides them; `-n 0` in TESTS ends that.
SIDE_BY_SIDE := -n logical --dist loadscope

# Without compiled files every start costs ten seconds more, so a setting that forbids them
# does not count here.
unexport PYTHONDONTWRITEBYTECODE
# Settings of the shell's own Python environment have no say in this one.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.PHONY: help setup grade test quick nbgrader coverage attacks validate bench check format lock sbom site clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## install everything into .venv

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info[:2] < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed; name it: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	awk '/^uv==/ {on = 1; print; next} /^[^ ]/ {on = 0} on' requirements.lock > $(VENV)/uv.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r $(VENV)/uv.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

grade: $(STAMP) ## grade a notebook: make grade NOTEBOOK=path
	@$(BIN)/grader grade "$(NOTEBOOK)" -o "$(REPORT)"

test: $(STAMP) ## run the tests that need no extra service, one on each core
	$(BIN)/python -m pytest -m "not (hostile or nbgrader)" $(SIDE_BY_SIDE) $(TESTS)

quick: $(STAMP) ## the tests that need no sandbox, browser or cluster: less than two minutes of two cores
	$(BIN)/python -m pytest -m "not (hostile or nbgrader or wall or browser or cluster or slow)" $(SIDE_BY_SIDE) $(TESTS)

nbgrader: $(STAMP) ## install nbgrader too, and walk through a course of it
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r tests/classroom/exports/nbgrader.lock
	$(BIN)/python -m pytest -m nbgrader tests/classroom/exports $(TESTS)

coverage: $(STAMP) ## all the tests, and a floor for what they execute
	$(MAKE) test TESTS="--cov --cov-report=term:skip-covered $(TESTS)"

# A process more than there are cores: some attacks only wait, until they are ended.
attacks: $(STAMP) ## attack every wall that works here, side by side
	cores=$$(getconf _NPROCESSORS_ONLN); \
	$(BIN)/python -m pytest tests/hostile $(SIDE_BY_SIDE) -n $$((cores < 4 ? cores + 1 : 5)) $(TESTS)

validate: $(STAMP) ## reference 100, starter 0, right variants, known mistakes
	$(BIN)/grader validate --jobs "$$(getconf _NPROCESSORS_ONLN)"

bench: $(STAMP) ## measure the tables of docs/speed.md again
	$(BIN)/python -m tests.benchmarks $(if $(BEFORE),--before $(BEFORE))

check: $(STAMP) ## format, lint, types, import directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(STAMP) ## put the code into the form that `make check` wants
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(STAMP) ## choose newer packages, and pin them by hash
	$(BIN)/uv pip compile pyproject.toml --extra cluster --extra dev --extra docs --universal --generate-hashes \
	  --python-version 3.11 --no-header --upgrade --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra nbgrader --universal --generate-hashes \
	  --python-version 3.11 --no-header --upgrade --quiet -c requirements.lock -o tests/classroom/exports/nbgrader.lock
	$(BIN)/uv pip compile pyproject.toml --extra cpu --universal --generate-hashes --no-annotate \
	  --python-version 3.11 --no-header --upgrade --quiet -c requirements.lock -o grader/requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra cpu --extra cluster --universal --generate-hashes --no-annotate \
	  --python-version 3.11 --no-header --upgrade --quiet -c requirements.lock -o requirements-cluster.lock
	$(BIN)/python -m tests.package.pins

sbom: $(STAMP) ## list what an installation of the wheel is made of (CycloneDX)
	mkdir -p build
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --of JSON -o build/sbom.cdx.json grader/requirements.lock

site: $(STAMP) ## build the documentation into build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build

clean: ## remove what can be made again
	rm -rf $(VENV) .bench .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist

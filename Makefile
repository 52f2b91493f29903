# Plain commands, for systems without make: docs/windows.md.
.DEFAULT_GOAL := help
.PHONY: help demo test check fix sync docs build bench test-interpreters test-vscode chromium

PYTHON ?= python3
NOTEBOOK ?=
UV := $(shell command -v uv 2>/dev/null)
PIP := $(if $(UV),uv pip install --quiet --python .venv/bin/python,.venv/bin/python -m pip install -qq) -c constraints.txt
BIN := .venv/bin
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
NODE_BIN := node_modules/.bin
FRONT_END := $(shell find js -name node_modules -prune -o -type f -print) package.json hatch_build.py
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export UV_PYTHON_DOWNLOADS := never

help:  ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 20

demo: .venv/package  ## Write and open a page on a year of real flights; NOTEBOOK=1: the tour in JupyterLab
ifeq ($(NOTEBOOK),)
	$(BIN)/afterlaunch demo --output demo.html --open
else
	$(PIP) jupyterlab
	$(BIN)/jupyter lab $(AS_ROOT) notebooks/tour.ipynb
endif

test: check chromium  ## Run everything that CI runs
	$(NODE_BIN)/vitest run --root js
	$(BIN)/python -m pytest

check: .venv/built  ## Run the fast half: derived files, format, lint, types, layers
	$(BIN)/python tools/sync.py --check
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check
	$(NODE_BIN)/biome ci
	$(NODE_BIN)/tsc -p js
	$(NODE_BIN)/tsc -p js/tsconfig.tests.json
	$(NODE_BIN)/pyright
	$(BIN)/lint-imports

fix: node_modules/complete  ## Format, and mend what can be mended by itself
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format --quiet
	$(NODE_BIN)/biome check --write

sync: node_modules/complete  ## Write what is derived: export lists, js/src/contract, reference pages, golden vectors
	$(BIN)/python tools/sync.py

docs: sync  ## Write the reference pages and run the notebooks
	$(BIN)/python tools/run_notebooks.py

build: .venv/dev  ## Build a wheel and an sdist into dist/
	$(BIN)/python -m hatchling build --directory dist

bench: .venv/built  ## Measure what the figures in docs/evidence say
	for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

test-interpreters: .venv/built  ## Run the fast tests on the wheel, on every other interpreter at hand
	$(BIN)/python tools/try_interpreters.py

test-vscode: .venv/built chromium  ## Run the tests in VS Code, by code-server (fetched from npm; some minutes)
	$(BIN)/python -m pytest -m vscode tests/browser

# ---------------------------------------------------------------- what the targets above need

chromium:
	@test -x /usr/bin/chromium || if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
		echo "The browser tests need /usr/bin/chromium: sudo apt-get install chromium"; exit 1; \
	fi

.venv/bin/python:
	$(if $(UV),uv venv --quiet --python ">=3.11" .venv,$(PYTHON) -m venv .venv)
	$(if $(UV),,$(PIP) pip)

.venv/package: pyproject.toml constraints.txt $(FRONT_END) | .venv/bin/python
	$(PIP) --editable .
	@touch $@

.venv/dev: pyproject.toml constraints.txt tools/link_node.py | .venv/bin/python
	AFTERLAUNCH_JS=0 $(PIP) --group dev --editable ".[dask]"
	$(BIN)/python tools/link_node.py
	@touch $@

node_modules/complete: package-lock.json | .venv/dev
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

.venv/built: node_modules/complete $(FRONT_END)
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ .venv/package

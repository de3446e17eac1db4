# The commands of the project. `make help` lists them.

PYTHON ?= python3.11
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help install run test check bench pictures format

help:  ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

install: $(VENV)/.runtime  ## make the virtual environment with the pinned requirements

run: install  ## put the samples into an empty archive and serve the portal (PORT=8501)
	@$(BIN)/python -m portal samples
	@exec $(BIN)/python -m portal serve --port $(PORT)

check: $(VENV)/.tools  ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.tools  ## run all tests, with what they need installed first
	@tools/debian-packages chromium libatomic1 fonts-liberation fonts-dejavu-core poppler-utils libreoffice-calc libreoffice-writer rsync postgresql \
		dict-freedict-deu-eng dict-freedict-deu-rus dict-freedict-eng-deu dict-freedict-eng-rus mueller7-dict
	$(BIN)/python -m index.installed_dictionaries
	export TMPDIR=$$(tools/quick-folder); trap 'rm -rf "$$TMPDIR"' EXIT INT TERM; \
		$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

bench: $(VENV)/.tools  ## measure; docs/benchmarks.md has the results
	$(BIN)/python -m bench

pictures: $(VENV)/.tools  ## take the pictures of docs/ anew from a running portal
	@tools/debian-packages chromium
	$(BIN)/python -m tools.pictures

format: $(VENV)/.tools  ## let ruff format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/debian-packages python3.11-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m index.word_lists
	$(BIN)/python -m index.vocabulary
	$(BIN)/python -m index.installed_dictionaries
	@touch $@

$(VENV)/.tools: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

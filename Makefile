# Two commands: `make publish` writes the release into public/, `make test` runs every gate; `make bench` measures.
# Each makes the virtual environment that it needs in .venv.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: publish test bench clean

publish: .venv/installed
	$(BIN)/ssekg publish

test: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

bench: .venv/installed
	$(BIN)/python benchmarks/run.py

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[all]"
	touch $@

.venv/installed-dev: pyproject.toml .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

clean:
	rm -rf .venv public .public-releases

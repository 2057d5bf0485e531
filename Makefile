# Two commands: `make publish` writes the release into public/, `make test` runs every gate.
# Both make the virtual environment they need in .venv.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: publish test clean

publish: .venv/installed
	$(BIN)/ssekg publish

test: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

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

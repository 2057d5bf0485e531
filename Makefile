# Two commands: `make publish` writes the release into public/, `make test` runs every gate; `make bench` measures.
# Each makes the virtual environment that it needs in .venv.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: publish test programs bench clean

publish: .venv/installed
	$(BIN)/ssekg publish

test: .venv/installed-dev programs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# The tests look at pages in Chromium and follow permanent IRIs through Apache (its program alone: no service is set
# up or started). Where we may, they are installed; elsewhere their user is told.
programs:
	@if command -v chromium >/dev/null && command -v chromedriver >/dev/null && test -x /usr/sbin/apache2; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			apache2-bin chromium chromium-driver fonts-dejavu-core >/dev/null; \
	else echo "The tests need chromium, chromedriver and apache2 (Debian: apt-get install apache2-bin chromium chromium-driver)." >&2; exit 1; fi

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

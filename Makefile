# The two commands of the README are `make run` and `make test`; the rest serves who works on takhrij.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench soak screenshots clean

$(VENV)/run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "takhrij needs Python 3.11 or newer"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/dev: $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

run: $(VENV)/run  ## Set up, then trace the sample pages.
	$(BIN)/takhrij trace samples

test: $(VENV)/dev  ## Set up, then run the tests.
	$(BIN)/python -m pytest -n auto

check: $(VENV)/dev  ## Lint, types, layers, licences.
	$(BIN)/ruff check src tests bench training tools
	$(BIN)/ruff format --check src tests bench training tools
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_licences.py

bench: $(VENV)/dev  ## Every number in the README; see bench/README.md for the data each needs.
	$(BIN)/python -m bench

screenshots: $(VENV)/dev  ## Pictures of every page of the desk, both languages, desktop and phone, into build/screenshots.
	$(BIN)/python tools/screenshots.py build/screenshots

soak: $(VENV)/dev  ## Long chaos and load runs.
	$(BIN)/python -m pytest tests/soak --soak -n 0

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

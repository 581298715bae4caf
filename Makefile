# Each command sets up what it needs (an environment in .venv) and says what it does.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DEMO := OUTREACH_DEMO=1

.DEFAULT_GOAL := help

help: ## Show these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing the application into $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing the application and the tools of its tests into $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev,postgres]'
	@touch $@ $(VENV)/installed

demo: $(VENV)/installed ## Serve the fictional 한빛구 on SQLite and print the address and its accounts (PORT=8000)
	@$(BIN)/outreach init
	@test -f instance/demo-accounts.json || $(BIN)/outreach seed
	@$(BIN)/python -m json.tool --no-ensure-ascii instance/demo-accounts.json
	@echo "Open http://127.0.0.1:$(PORT)/ and sign in with one of these accounts."
	@$(DEMO) $(BIN)/outreach serve --port $(PORT)

# Journeys run by themselves: Playwright's event loop stays in the thread of its worker, where Flask ends no request.
test: $(VENV)/installed-dev ## Run all tests: unit, integration on SQLite and PostgreSQL, invariants, journeys in Chromium
	@.ci/browser
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not journey" $(ARGS) || [ $$? -eq 5 ]
	$(BIN)/python -m pytest -n auto --dist worksteal -m journey $(ARGS) || [ $$? -eq 5 ]

check: $(VENV)/installed-dev ## Check format, lint, types, templates and the order of imports
	$(BIN)/ruff format --check app tests migrations seed_data
	$(BIN)/ruff check app tests migrations seed_data
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

tidy: $(VENV)/installed-dev ## Format the code and fix what lint can fix
	$(BIN)/ruff check --fix app tests migrations seed_data
	$(BIN)/ruff format app tests migrations seed_data

bench: $(VENV)/installed-dev ## Print the measured figures (slow)
	@for script in tests/benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean: ## Remove the environment and the demo's database
	rm -rf $(VENV) instance

.PHONY: help demo test check tidy bench clean

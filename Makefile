# 善执 Shanzhi. Everything a developer types; `make` alone lists it.
PYTHON ?= python3
MATERIAL ?= ../shared/data
ARGS ?=
VENV := .venv/bin
COMPILE := $(VENV)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
THROWAWAY := $(VENV)/python -m enforcement.demo.throwaway

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo servers manage test whole check lint format types bench soak real pictures words lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Virtual environment, packages, front-end files, fonts
	@$(PYTHON) enforcement/installing.py

setup-dev:
	@$(PYTHON) enforcement/installing.py --dev

demo: setup ## The whole product with its demo court (PORT=8000)
	@exec $(VENV)/python -m enforcement.demo

servers: setup ## Only PostgreSQL and Valkey, for work by hand
	@exec $(VENV)/python -m enforcement.demo servers

manage: ## manage.py beside the running demo: make manage ARGS=verify_chain
	@exec $(VENV)/python -m enforcement.demo manage $(ARGS)

test: setup-dev ## The tests on a real PostgreSQL and Valkey (ARGS="tests/law -k fees")
	@$(VENV)/python -m pytest -n 2 --dist worksteal -m "not whole" $(ARGS)

whole: setup-dev ## The slow rest: the product as make demo starts it, the demo court, a browser
	@$(VENV)/python -m pytest -n 2 -m whole $(ARGS)

check: lint types test whole ## What CI runs: format, lint, floors, types, migrations, tests

lint: setup-dev ## Format, lint, floors, migrations, system checks
	$(VENV)/ruff format --check --quiet .
	$(VENV)/ruff check --quiet .
	$(VENV)/lint-imports
	$(VENV)/python -m law.coverage --check
	$(THROWAWAY) $(VENV)/python manage.py makemigrations --check --dry-run
	$(THROWAWAY) $(VENV)/python manage.py check --fail-level WARNING

types: setup-dev ## Types
	$(THROWAWAY) $(VENV)/mypy

format: setup-dev ## Put the code into shape
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .

bench: setup-dev ## Speed of the load-bearing acts, beside a peer and the raw limit
	$(VENV)/uv pip install -q --python $(VENV)/python --require-hashes -r requirements-bench.txt
	$(THROWAWAY) --durable $(VENV)/python -m benchmarks $(ARGS)

soak: setup-dev ## Random commands while everything is killed, for minutes (ARGS="--seed 7 --commands 3000")
	@$(VENV)/python -m tests.soak $(ARGS)

real: setup-dev ## Import real bank files (MATERIAL=../shared/data) and print the figures
	$(THROWAWAY) $(VENV)/python -m enforcement.demo.steps "migrate -v 0" "import_real $(MATERIAL)"

pictures: setup-dev ## Pictures of the running demo for the README (ARGS="--password … --party 案号,尾号")
	$(VENV)/python -m enforcement.demo.pictures $(ARGS)

words: setup-dev ## Gather new phrases into locale/en, to be translated there
	$(THROWAWAY) $(VENV)/python manage.py make_catalogue

lock: setup-dev ## Write the lock files anew
	$(COMPILE) -o requirements.txt pyproject.toml
	$(COMPILE) -o requirements-dev.txt --extra dev pyproject.toml
	$(COMPILE) -o requirements-bench.txt --extra dev --extra bench pyproject.toml
	npm install --package-lock-only

clean: ## Remove what set-up and the demo made, the demo's data included
	rm -rf .venv node_modules static_build var .mypy_cache .ruff_cache .pytest_cache

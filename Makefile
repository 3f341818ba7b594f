# `make` alone lists what there is. Each target is a script that can be read and run by itself.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench sample messages lock clean

help: ## this list
	@echo "make TARGET, where TARGET is one of:"
	@sed -nE 's/^([a-z]+):.*## (.*)/  \1\t\2/p' Makefile | expand -t 14

run: ## install what is missing and start the product (HOST=, PORT=, DATA_DIR= if you like)
	@exec scripts/run

test: ## run every check and test (ARGS='tests/events -k seat' goes to pytest)
	@scripts/test $(ARGS)

lint: ## run only the checks that read the code
	@scripts/lint

bench: ## measure the running product (BASE=file.json compares with an earlier run)
	@scripts/install requirements.txt requirements-dev.txt
	@.venv/bin/python -m bench $(if $(BASE),--base "$(BASE)")

sample: ## fill an empty database with sample data (SCALE=100 DATA_DIR=/tmp/big: a big province)
	@scripts/install requirements.txt
	@.venv/bin/flask --app app db upgrade
	@.venv/bin/flask --app app sample $(if $(SCALE),--scale "$(SCALE)")

messages: ## collect the texts of the interface and compile the translations
	@scripts/messages

lock: ## remake the lists of pinned libraries (ARGS=--upgrade takes newer versions)
	@scripts/lock $(ARGS)

clean: ## remove what can be made again: .venv and caches; never data
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find app.py kstthc_training migrations tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# One entry for everything. `make run` and `make test` set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
BENCH := $(VENV)/.bench

.PHONY: help run demo test reliability calibrate bench rules browser lint format lock schema sentences clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: $(READY) ## set up and start the bot
	@$(BIN)/tanya run

demo: $(READY) ## a short scripted conversation
	@$(BIN)/tanya chat --script docs/demo.txt

test: $(READY) ## set up and run all tests
	$(BIN)/pytest

$(BENCH): $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	@touch $@

calibrate: $(READY) ## learn how sure answers may be (QUESTIONS=file STORED=file)
	$(BIN)/python -m benchmarks.danger
	$(BIN)/python -m benchmarks.calibrate $(if $(QUESTIONS),--questions $(QUESTIONS)) $(if $(STORED),--stored $(STORED))

bench: $(BENCH) ## measure next to peers (QUESTIONS= MESSAGES= STORED= DANGER= DIALOGUES=file HUGE=1)
	$(BIN)/python -m benchmarks.peers $(if $(QUESTIONS),--questions $(QUESTIONS)) $(if $(MESSAGES),--messages $(MESSAGES)) \
		$(if $(STORED),--stored $(STORED)) $(if $(DANGER),--danger $(DANGER)) \
		$(if $(DIALOGUES),--dialogues $(DIALOGUES)) $(if $(HUGE),--huge)
	$(BIN)/python -m benchmarks.delivery --write

rules: $(READY) ## what each rule and word list is good for (MESSAGES= STORED= DANGER= DIALOGUES=files); takes 15 minutes
	$(BIN)/python -m benchmarks.rules $(if $(MESSAGES),--messages $(MESSAGES)) $(if $(STORED),--stored $(STORED)) \
		$(if $(DANGER),--danger $(DANGER)) $(if $(DIALOGUES),--dialogues $(DIALOGUES)) --write

reliability: $(READY) ## the promises of delivery with their full numbers; takes an hour
	$(BIN)/pytest -n 0 -m reliability tests/reliability tests/security

browser: $(READY) ## install Debian's Chromium and look at the published pages in it
	@command -v chromium >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium; }
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,browser]'
	$(BIN)/pytest -m browser tests/browser

lint: $(READY) ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## tidy the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schema: $(READY) ## renew knowledge/skema/ from the models
	$(BIN)/tanya schema

sentences: $(READY) ## renew the list of sentences that the code says
	$(BIN)/python -m tests.knowledge.said

lock: ## renew constraints.txt from pyproject.toml
	rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet --disable-pip-version-check --editable '.[dev,bench,browser]'
	$(VENV)/lock/bin/pip freeze --exclude-editable > constraints.txt
	rm -rf $(VENV)/lock

clean: ## remove what was set up
	rm -rf $(VENV) build dist *.egg-info

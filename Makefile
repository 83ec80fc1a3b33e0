# Thin targets: what they do stands in the files they call.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: cms site serve test quick fuzz bench check docs pictures texts sbom setup setup-test browser tools lint lock clean

site: setup ## set up what is needed and build the site into output/
	$(RUN) build.py build

serve: setup ## show the site in a browser and follow every save; SERVE="--drafts --port 8080" for more
	$(RUN) build.py serve --open $(SERVE)

check: setup ## check the content without building
	$(RUN) build.py check

test: setup-test browser tools ## set up the rest, browser included, and run every test
	$(RUN) -m pytest -n auto --dist worksteal -m "not alone"
	$(RUN) -m pytest -m alone

quick: setup-test browser ## run the tests without measuring the whole site
	$(RUN) -m pytest -n auto --dist worksteal -m "not quality"

fuzz: setup-test ## read 100,000 mutated files, for at most an hour; FUZZ="--inputs 5000 --seed 2" for other ones
	$(RUN) -m tests.fuzzing $(FUZZ)

bench: setup ## measure builds, ours and others', and renew docs/performance.md; BENCH="--only ours --sizes 100" for less
	$(RUN) -m benchmarks.run $(BENCH)

cms: ## bundle the form in the browser, which site.yaml may switch on
	sh .ci/cms

lint: setup-test ## style and types
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy

docs: setup ## renew the documents that are made from the program
	$(RUN) -m stadtnetz.diagnostics.table > docs/regeln.md
	$(RUN) -m stadtnetz.operating.pipelines.document > docs/pipelines.md
	$(RUN) -m stadtnetz.description.reference > docs/handbuch/felder.md
	$(RUN) build.py schema

texts: setup-test ## bring the interface catalogues up to date with code and templates
	sh .ci/texts

sbom: setup-test ## write a bill of materials of all that builds the site, as sbom.cdx.json (CycloneDX)
	sh .ci/sbom

pictures: setup-test browser ## renew the pictures of README and handbook
	$(RUN) -m docs.bilder.machen
	sh .ci/cms
	$(RUN) -m docs.handbuch.bilder.machen

setup: $(VENV)/.site ## the environment that builds, with the program compiled: not everybody lets Python do it by itself
	@$(RUN) -m compileall -q stadtnetz
setup-test: $(VENV)/.test ## the environment that tests
	@$(RUN) -m compileall -q stadtnetz

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(VENV)/.test: requirements-test.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@ $(VENV)/.site

browser: setup-test ## Chromium, unless there is one
	sh .ci/browser

tools: ## what tests/quality and tests/servers need: a Java, the checkers of package-lock.json, nginx and Apache
	sh .ci/java
	sh .ci/servers
	sh .ci/node
	sh .ci/cms

lock: ## renew both lock files from pyproject.toml
	sh .ci/lock

clean: ## remove what was generated
	rm -rf output .output.* .build .bench node_modules cms/node_modules cms/dist $(VENV)

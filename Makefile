# Set-up, the main job and the tests. Needs Python 3.11 or newer and make; with a C compiler rules are evaluated twice and compared.
PYTHON ?= python3
CASE ?= cases/xicheng-guangnei.yaml
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

OLD_PYTHON = Python 3.11 or newer is needed: name one, as in make PYTHON=python3.12 run / 需要 Python 3.11 以上，请指明，如 make PYTHON=python3.12 run
NO_ENGINE = durable-rules could not be built (is there a C compiler?), so the built-in evaluator serves alone; the reason is in $(VENV)/engine.log \
  / durable-rules 未能编译（是否缺 C 编译器），只用内置求值器；原因见 $(VENV)/engine.log

# durable-rules 2.0.28 is C that Python 3.13 and newer only load when it is built with this name replaced.
CPPFLAGS_313 := $(shell $(PYTHON) -c 'import sys; print("-DPyEval_CallObject=PyObject_CallObject" if sys.version_info >= (3, 13) else "")' 2>/dev/null)

.PHONY: run test test-documents test-logic test-newest lock bench generated picture clean
run: $(VENV)/.installed
	$(BIN)/child-impact assess $(CASE) --fail-on never

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/child-impact rules lint --lang en
	$(BIN)/child-impact rules test --lang en
	MALLOC_PERTURB_=165 $(BIN)/python -m pytest -n auto --dist loadfile   # memory that durable-rules did not set would show

# What the commands cost, as multiples of starting Python and doing nothing.
bench: $(VENV)/.installed
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/many.py 10

# Every shipped dossier in every document, format and language; EVERY=but-pdf leaves out the PDFs, which take most of the time.
EVERY ?= all
test-documents: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n auto --dist worksteal tests/formats/test_every_document.py --every=$(EVERY)

# Many random conditions on what dossiers deny, against brute force; a test run tries a sample.
CONDITIONS ?= 20000
test-logic: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n auto tests/logic --conditions=$(CONDITIONS)

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

# Versions and hashes of requirements/, and nothing else: what is installed today is installed tomorrow.
$(VENV)/.locked: requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "child-impact: $(OLD_PYTHON)" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes -r requirements/run.txt
	@touch $@

# A download that is not what was locked ends here; a build that fails does not.
$(VENV)/.engine: requirements/engine.txt $(VENV)/.locked
	$(PIP) download --require-hashes --no-deps --no-build-isolation --use-pep517 --dest $(VENV)/engine -r requirements/engine.txt
	@if CPPFLAGS="$(CPPFLAGS_313)" $(PIP) install --no-index --no-deps --no-build-isolation --use-pep517 $(VENV)/engine/* >$(VENV)/engine.log 2>&1 \
	    && $(BIN)/python -c 'import durable_rules_engine' 2>>$(VENV)/engine.log; then :; \
	  else $(PIP) uninstall --yes durable-rules >>$(VENV)/engine.log 2>&1; echo "child-impact: $(NO_ENGINE)" >&2; fi
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.engine
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# Renews what is locked, from the one list in pyproject.toml. `make lock UPGRADE=` only adds and drops what the list adds and drops.
UPGRADE ?= --upgrade
COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --system-certs \
  --custom-compile-command "make lock" $(UPGRADE)
lock:
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check --upgrade uv
	$(COMPILE) pyproject.toml --extra dev --group build --no-emit-package durable-rules --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --group build --no-emit-package durable-rules --constraint requirements/dev.txt --output-file requirements/run.txt
	$(COMPILE) --group engine --output-file requirements/engine.txt

# The same tests with the newest of everything that pyproject.toml allows: what breaks here breaks after the next `make lock`.
test-newest:
	$(PYTHON) -m venv --clear .venv-newest
	.venv-newest/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	CPPFLAGS="$(CPPFLAGS_313)" .venv-newest/bin/python -m pip install --quiet --editable '.[dev]' --group build
	touch $(addprefix .venv-newest/.,locked engine installed installed-dev)
	$(MAKE) VENV=.venv-newest test

clean:
	rm -rf .venv .venv-lock .venv-newest build dist

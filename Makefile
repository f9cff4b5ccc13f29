# The commands are `make demo`, `make serve` and `make test`; each begins with the set-up. See docs/setup.md.

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
BIN := .venv/bin

.PHONY: setup setup-dev demo serve test verify bench pages load lint lock editor clean
.DEFAULT_GOAL := setup

setup: python
	@$(PYTHON) scripts/setup.py

setup-dev: python
	@$(PYTHON) scripts/setup.py --dev

demo: setup  ## grade a right and a wrong submission of one task
	@$(BIN)/python scripts/demo.py $(TASK)

serve: setup  ## the web platform on 127.0.0.1:8000; `make serve ARGS="--port 8080"`
	@$(BIN)/assay serve $(ARGS)

test: setup-dev  ## all the tests; `make test ARGS="-k seccomp"` for some
	$(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder $(ARGS)

verify: setup  ## prove all the content, the suites of test-writing tasks included
	$(BIN)/assay verify $(ARGS)

bench: setup  ## how long a grading takes, beside plain pytest
	$(BIN)/python tests/benchmarks/bench.py $(ARGS)

pages: setup-dev  ## how long each page takes with 500 people of 20 attempts each
	$(BIN)/python tests/benchmarks/pages.py $(ARGS)

load: setup-dev  ## 300 candidates at once for two minutes: docs/benchmarks.md
	$(BIN)/python tests/load/run.py $(ARGS)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock:  ## compile the requirements files anew, with the newest versions
	@$(PYTHON) scripts/lock.py

editor:  ## build the editor of the task pages anew (needs Node.js); what it gives is kept with the code
	cd harness/web/editor && npm ci --ignore-scripts && node build.mjs

clean:
	rm -rf build .venv

.PHONY: python
python:
	@test -n "$(PYTHON)" || { echo "assay needs Python 3.11 or newer, and none is on the PATH." >&2; exit 1; }

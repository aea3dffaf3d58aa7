# Two commands do all the set-up: `make demo` and `make test`. Nothing is installed by hand.
PYTHON ?= python3
SAMPLE ?= malta
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WHAT_INSTALLS := requirements/dev.txt field_api/roads/engine.txt pyproject.toml package.json package-lock.json hatch_build.py tests/support/browser.mjs $(wildcard routing/cycle/core/*pp)

.PHONY: install demo serve test test-fast check bench format lock sample clean

install: $(STAMP)

$(STAMP): $(WHAT_INSTALLS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Callcycle needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 install")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@command -v c++ g++ clang++ >/dev/null || test -n "$$CXX" || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/compiler.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m tests.support.browser
	@$(BIN)/callcycle roads fetch || echo "*** NO ROAD ENGINE on this machine (why stands above). All else works; the demo plans by straight line, and the tests of roads will FAIL. ***"
	@touch $(STAMP)

demo: install ## The main job on a sample (malta, shandong): import, grade, plan, check, map, export
	$(BIN)/callcycle demo --sample $(SAMPLE)

serve: install ## The service on the demo's database
	$(BIN)/callcycle serve --demo --sample $(SAMPLE)

test: install ## Everything
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-fast: install ## Without browser, second database and the slow journeys
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser and not second_database and not slow"

check: install ## Format, lint, types, walls
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## Pin the dependencies again, with hashes and without a registry's host
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -c requirements/run.txt pyproject.toml --group dev -o requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -c requirements/dev.txt --group bench -o requirements/bench.txt
	echo osrm-bindings | uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-deps --no-annotate --no-header - -o field_api/roads/engine.txt
	echo ziglang | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header - -o requirements/compiler.txt

bench: install ## The planner against its goals and beside its peers; takes hours, can be resumed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/bench.txt
	$(BIN)/python -m bench peers
	$(BIN)/python -m bench planner --resume bench.jsonl --readme bench/README.md

sample: install ## Write the samples again from their sources
	$(BIN)/python -m field_api.sample.generate

clean:
	rm -rf $(VENV) node_modules build dist demo roads maps/assets/vendor field_api/web/static/vendor field_api/printing/vendor

# make run    a served site with the demo plans, on http://127.0.0.1:8000 (PORT=8001 for another port)
# make test   the whole suite on SQLite and in Chromium, and on PostgreSQL what depends on the database (ARGS="tests/aftaler -k delmaal" for a part)
# make test-alt  everything on both databases, also what is the same on every one
# make lint   style, templates, types, migrations
# make bench  ratios against bare Django and bare WeasyPrint
# make papirer  every paper of the demo plans and the hardest ones, judged by veraPDF and looked over (build/papirer)
# make setup  what all of these need, and no more
# make maal   what the house is made of, by room: lines, files, classes, tests (ARGS=junit.xml for seconds)
# make mutant damages the rules, queries and actions that have changed, and prints what no test noticed (ARGS="budget/rules/celler.py")
# make skader does the damages of tests/skader.toml one at a time, and asks that the test named notices (ARGS="11.A" for some)
# make saarbarheder  holds the packages against advisories that lie here already, without the network (ARGS=all.zip)
# make torture  kill -9 in the middle of every kind of write, fifty who write and two hundred who read, ten thousand bad inputs; figures of each (ARGS="drab --gange 5")
# make lock   new versions of the dependencies into the two lock files, and which they are

PORT ?= 8000
PYTHON ?= python3
export PORT PYTHON

.PHONY: run test test-alt lint bench papirer blokliste maal mutant skader saarbarheder torture setup setup-run lock

run: setup-run
	@scripts/run.sh

test: setup
	@scripts/test.sh $(ARGS)

test-alt: setup
	@ALT=1 scripts/test.sh $(ARGS)

lint: setup
	@scripts/lint.sh

bench: setup
	@.venv/bin/python -m bench $(ARGS)

papirer: setup
	@.venv/bin/python scripts/papirer.py

blokliste: setup
	@.venv/bin/python scripts/blokliste.py

maal: setup
	@.venv/bin/python scripts/maal.py $(ARGS)

mutant: setup
	@.venv/bin/python scripts/mutant.py $(ARGS)

skader: setup
	@.venv/bin/python scripts/skader.py $(ARGS)

saarbarheder: setup-run
	@.venv/bin/python scripts/saarbarheder.py $(ARGS)

torture: setup
	@.venv/bin/python -m tests.tortur $(ARGS)

setup:
	@scripts/setup.sh udvikling

setup-run:
	@scripts/setup.sh drift

UV_LOCK = .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header pyproject.toml

lock: setup
	@$(UV_LOCK) --output-file requirements.txt
	@$(UV_LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	@git diff --unified=0 -- requirements.txt requirements-dev.txt | grep -E '^[-+][a-z0-9]' | sed 's/ *[;\\].*//' | sort -u -k1.2 || echo "No new versions."

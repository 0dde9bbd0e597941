# The verbs of the project. bootstrap.py makes what is missing, so each of them works in a fresh clone.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
NOTES ?=
export PORT HOST NOTES

IN = .venv/bin/python
BOOTSTRAP = @$(PYTHON) bootstrap.py
TEMPLATES = $$(find templates therapies -name '*.html')

.DEFAULT_GOAL := help
.PHONY: help python tools run dev serve test test-postgres check fix publish bench content-report search-calibrate search-report

help: ## This list
	@sed -n 's/^\([a-z-]*\):[^#]*## /  make \1	/p' Makefile | expand -t 26

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "✗ Therapy Explorer needs Python 3.11 or newer; “$(PYTHON)” says: $$($(PYTHON) -V 2>&1 || true). Install a newer one, or name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }

tools: python
	$(BOOTSTRAP) tools

run: python ## The site on this machine, served as in production (PORT, HOST)
	$(BOOTSTRAP) run

dev: python ## The site with automatic reload, for development
	$(BOOTSTRAP) dev

serve: python ## The site as it is deployed, behind TLS (SECRET_KEY, ALLOWED_HOSTS; docs/operating.md)
	$(BOOTSTRAP) serve

test: python ## Every test, browser tests included
	$(BOOTSTRAP) tools browser
	$(IN) -m pytest -n 2 --dist loadgroup

test-postgres: tools ## The tests on a PostgreSQL server of their own (Debian's is installed when root)
	$(BOOTSTRAP) postgres
	$(IN) tests/with_postgres.py $(IN) -m pytest -n 2 --dist loadgroup --ignore=tests/browser

check: tools ## Linter, formatter, types, templates, migrations; changes nothing
	$(IN) -m ruff check .
	$(IN) -m ruff format --check .
	$(IN) -m mypy
	.venv/bin/djade --check --target-version 5.2 $(TEMPLATES)
	$(IN) manage.py makemigrations --check --dry-run

fix: tools ## What the linter and the formatters can mend
	$(IN) -m ruff check --fix .
	$(IN) -m ruff format .
	-.venv/bin/djade --target-version 5.2 $(TEMPLATES)

publish: python ## The working copy as a new release: make publish NOTES="what changed"
	$(BOOTSTRAP) ready
	@$(IN) manage.py publish --notes "$$NOTES"

bench: tools ## Speed of the browse page, side by side with Datasette
	@command -v wrk >/dev/null || { echo "✗ make bench needs wrk, the load generator. On Debian: apt-get install wrk" >&2; exit 1; }
	@test -x var/rival/bin/datasette || { $(PYTHON) -m venv var/rival && var/rival/bin/pip install -q -r benchmarks/requirements.txt; }
	$(BOOTSTRAP) ready
	$(IN) -m benchmarks

content-report: python ## What is written, sourced and checked, entry by entry
	$(BOOTSTRAP) ready
	@$(IN) manage.py content_report

search-calibrate: python ## The numbers of search, worked out again from the catalogue
	$(BOOTSTRAP) calibrate
	$(IN) -m tests.search.calibrate
	$(IN) -m tests.search.calibrate_danger

search-report: tools ## How well search answers the judged queries
	$(IN) -m tests.search.report

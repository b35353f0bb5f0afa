# Everything a person types. Each recipe is one plain line; what it does is in bin/.
# Works with no root, no compiler and no service: Python >= 3.11 is all that must be there.

SHELL = /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run test test-services test-browser lint format bench screenshots lock clean dev

# Extra arguments for pytest or the benchmarks, quoted as in a shell: make test ARGS='-k "walk"'
ARGS =

py = .venv/bin/python
pytest = $(py) -m pytest -n 2 $(ARGS)

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | while IFS='	' read -r name what; do \
		printf 'make %-15s %s\n' "$$name" "$$what"; done

setup: ## install everything into the checkout and migrate; starts nothing
	@bin/py bin/setup.py

run: ## set up, then serve on http://127.0.0.1:8000 (PORT=8001 for another port)
	@exec bin/py bin/run.py

dev:
	@bin/py bin/setup.py --dev

test: dev ## the whole suite on SQLite, browser tests included if Chromium is installed
	$(pytest)

test-services: dev ## the whole suite on PostgreSQL and Redis (PRIVATE=1 starts private ones)
	$(py) bin/services.py $(pytest)

test-browser: dev ## the browser tests alone; fails where Chromium is missing
	BROWSER_TESTS=required $(pytest) -m browser

lint: dev ## ruff, missing migrations, templates and scripts of the pages
	$(py) -m ruff check .
	$(py) -m ruff format --check .
	$(py) manage.py makemigrations --check --dry-run
	$(py) bin/lint_pages.py

format: dev ## let ruff put the code in order
	$(py) -m ruff check --fix .
	$(py) -m ruff format .

bench: dev ## time the pages on a big township
	$(py) -m benchmarks $(ARGS)

screenshots: dev ## take the README's pictures anew (needs Chromium)
	$(py) bin/screenshots.py

lock: dev ## rewrite the locked requirements from the .in files
	bin/lock $(ARGS)

clean: ## remove what can be made again; .env, database and uploads stay
	rm -rf .venv node_modules var/vendor var/fonts var/static var/static.stamp var/broker*

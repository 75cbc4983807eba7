# Everything here also works on a bare Debian or Ubuntu with Python 3.11+: `make help`.
.DEFAULT_GOAL := help
.PHONY: help run test check bench format lock

BIN := .venv/bin
# Compiled code is kept, whatever the shell says: it more than halves the time to start.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo 'Umong Welfare'
	@echo
	@echo '  make run     install what is missing, then serve everything at http://127.0.0.1:8000'
	@echo '               (PORT=8080 make run for another port); Ctrl-C ends it'
	@echo '  make test    install what the tests need too, then run all of them'
	@echo '               (make test ARGS="tests/unit -k thai" for some)'
	@echo '  make check   format, lint, types, import rules, templates, catalogues, migrations'
	@echo '  make bench   the benchmark: each figure of bench/README.md with its ratio'
	@echo
	@echo '  make format  put code and templates into the agreed form'
	@echo '  make lock    pin the newest allowed packages, with hashes'
	@echo
	@echo 'More commands: .venv/bin/flask --app wsgi --help'

run:
	@exec scripts/run

test:
	@scripts/bootstrap test
	@exec $(BIN)/python -m pytest $(if $(ARGS),$(ARGS),-n 2 --no-loadscope-reorder tests)

check:
	@scripts/bootstrap test
	@exec scripts/check

bench:
	@scripts/bootstrap test
	@exec $(BIN)/python -m bench

format:
	@scripts/bootstrap test
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

lock:
	@scripts/bootstrap test
	@exec scripts/lock --upgrade

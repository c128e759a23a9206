# The commands of Witness; `make` alone lists them. Works with GNU make 3.81 and any POSIX sh.

PYTHON ?=
PYTEST_FLAGS ?=
# Two files of tests at a time; a file's tests stay together, since they share what they set up.
IN_PARALLEL = -n 2 --dist loadfile
UPGRADE ?=
export PYTHON PROBE SETUP

.PHONY: help setup setup-dev figures test test-all lint lab check format lock clean
.NOTPARALLEL:

help:
	@echo 'make setup       build .venv with the versions of lock.txt (the others do it first)'
	@echo 'make figures     run the notebooks and draw every figure'
	@echo 'make test        check style, types and imports, and run the quick tests'
	@echo 'make test-all    the same with the slow tests: simulations, notebooks, browsers'
	@echo 'make lab         open the notebooks in JupyterLab'
	@echo 'make check       check the corpus: digests, nothing lost, overrides'
	@echo 'make format      put the code into the house style'
	@echo 'make lock        pin every package anew in lock.txt (maintainers; needs uv)'
	@echo 'make clean       remove .venv and caches'
	@echo 'PYTHON=/path/to/python with any of them chooses the interpreter of .venv.'

setup:
	@sh -c "$$SETUP" setup ''

setup-dev:
	@sh -c "$$SETUP" setup '[dev]'

figures: setup
	.venv/bin/witness figures

lab: setup
	.venv/bin/witness lab

check: setup
	.venv/bin/witness check

test: setup-dev lint
	.venv/bin/python -m pytest -m 'not slow' $(IN_PARALLEL) $(PYTEST_FLAGS)

test-all: setup-dev lint
	.venv/bin/python -m pytest $(IN_PARALLEL) $(PYTEST_FLAGS)

lint: setup-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

format: setup-dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# Keeps the versions of lock.txt that still fit; UPGRADE=--upgrade takes the newest of all.
lock:
	@command -v uv >/dev/null || { echo 'make lock needs uv: pip install uv' >&2; exit 2; }
	uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	    --no-header --no-annotate --extra dev --extra ldavis --extra learned \
	    $(UPGRADE) --output-file lock.txt pyproject.toml

clean:
	rm -rf .venv build dist .grimp_cache .hypothesis .import_linter_cache
	rm -rf .mypy_cache .pytest_cache .ruff_cache
	find analysis benchmarks notebooks tests -name __pycache__ -prune -exec rm -rf '{}' +

# Asked of every interpreter that is found, Python 2 included; prints "fits" or what is wrong.
define PROBE
import sys
version = "%d.%d" % sys.version_info[:2]
answer = "fits"
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    answer = "is version " + version
elif sys.implementation.name != "cpython":
    answer = "is " + sys.implementation.name + ", not CPython"
else:
    for module in ("venv", "ensurepip"):
        try:
            __import__(module)
        except ImportError:
            answer = "has no " + module + " (Debian, Ubuntu: install python" + version + "-venv)"
print(answer)
endef

# Brings .venv to the versions of lock.txt, with the extras of the first argument.
#   .venv/.place       the folder and version that .venv was made for, once it is made
#   .venv/.unfinished  while pip runs: an interrupted installation is begun anew
#   .venv/.ready*      the folder, pins and settings that are installed
define SETUP
set -eu
extras=$$1
wanted=$$(sed 1q .python-version)
place="$$wanted in $$(pwd -P)"
pins="$$place $$(cksum pyproject.toml lock.txt)"
identity='import sys; print(sys.base_prefix, sys.version)'

whole() {
    [ ! -e .venv/.unfinished ] || return 1
    [ "$$(cat .venv/.place 2>/dev/null)" = "$$place" ] || return 1
    has=$$(.venv/bin/python -E -c "$$identity" 2>/dev/null) || return 1
    [ -z "$$PYTHON" ] || [ "$$("$$PYTHON" -E -c "$$identity" 2>/dev/null)" = "$$has" ]
}

candidates() {
    if [ -n "$$PYTHON" ]; then
        printf '%s\n' "$$PYTHON"
        return
    fi
    for name in "python$$wanted" python3.13 python3.12 python3.11 python3 python; do
        IFS=:
        for folder in $$PATH; do
            [ -x "$$folder/$$name" ] && printf '%s\n' "$$folder/$$name"
        done
        unset IFS
    done
    for version in "$$wanted" 3.13 3.12 3.11; do
        for path in "$${PYENV_ROOT:-$${HOME:-}/.pyenv}/versions/$$version".*/bin/python; do
            [ -x "$$path" ] && printf '%s\n' "$$path"
        done
    done
    true
}

try_each() {
    while IFS= read -r path; do
        answer=$$("$$path" -E -c "$$PROBE" 2>/dev/null </dev/null) || answer='does not run'
        if [ "$$answer" = fits ]; then
            printf 'fits:%s\n' "$$path"
            break
        fi
        printf '  %s %s\n' "$$path" "$$answer"
    done
}

explain() {
    echo 'Witness needs Python 3.11, 3.12 or 3.13 with venv and ensurepip, and found none that fits:'
    printf '%s\n' "$${1:-  no python at all on the PATH}"
    echo 'Install one, then give the same command again:'
    echo "  Debian, Ubuntu  sudo apt install python$$wanted python$$wanted-venv"
    echo '                  (or 3.11 or 3.13, whichever your release has)'
    echo "  macOS           brew install python@$$wanted"
    echo "  Windows         winget install Python.Python.$$wanted, then the steps in README.md"
    echo '  any, by conda   conda env create -f environment.yml, instead of make'
    echo "One that is not on the PATH can be named: make setup PYTHON=/path/to/python$$wanted"
}

if whole && [ "$$(cat ".venv/.ready$$extras" 2>/dev/null)" = "$$pins" ]; then
    exit 0
fi
if ! whole; then
    answers=$$(candidates | try_each)
    python=$$(printf '%s\n' "$$answers" | sed -n 's/^fits://p')
    if [ -z "$$python" ]; then
        explain "$$answers" >&2
        exit 2
    fi
    echo "Building .venv with $$python. This is done once and downloads about 260 MB."
    "$$python" -m venv --clear .venv
    printf '%s\n' "$$place" >.venv/.place
fi
rm -f .venv/.ready*
: >.venv/.unfinished
[ -t 1 ] && quiet= || quiet=--quiet
PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 .venv/bin/python -m pip install \
    --disable-pip-version-check --use-pep517 $$quiet -c lock.txt -e ".$$extras"
rm -f .venv/.unfinished
for done in '' "$$extras"; do
    printf '%s\n' "$$pins" >".venv/.ready$$done"
done
echo '.venv is ready.'
endef

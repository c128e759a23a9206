"""One environment: pyproject.toml, lock.txt, environment.yml, .python-version, and the installed.

Versions stand in lock.txt alone; the other files may only agree with it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+))?")
DIRECT = [
    Requirement(line)
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
]
HEAVY = [
    "gensim",
    "IPython",
    "matplotlib",
    "nltk",
    "numpy",
    "pandas",
    "pyarrow",
    "scipy",
    "sklearn",
]


def lock_lines() -> list[str]:
    return (ROOT / "lock.txt").read_text(encoding="utf-8").splitlines()


def locked() -> dict[str, Version]:
    """Return the version of every package in the lock."""
    pins = [PIN.fullmatch(line) for line in lock_lines()]
    return {pin["name"]: Version(pin["version"]) for pin in pins if pin}


def python_version() -> str:
    return (ROOT / ".python-version").read_text(encoding="utf-8").strip()


def conda_environment() -> tuple[list[str], list[str]]:
    """Return what conda installs and what pip installs inside it."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    entries = yaml.safe_load(text)["dependencies"]
    (by_pip,) = [entry["pip"] for entry in entries if isinstance(entry, dict)]
    return [entry for entry in entries if isinstance(entry, str)], by_pip


def fresh_process(code: str) -> str:
    """Return what the code prints in an interpreter of its own, away from the checkout."""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=sys.prefix
    )
    return ran.stdout


def test_the_lock_has_one_version_a_package_for_all_systems():
    lines = lock_lines()
    assert [line for line in lines if not PIN.fullmatch(line)] == []
    names = [line.split("==")[0] for line in lines]
    assert names == sorted(set(names))
    # A marker leaves a package out where nothing needs it; what we ask for ourselves has none.
    marked = {name for name, line in zip(names, lines, strict=True) if ";" in line}
    assert marked & {canonicalize_name(requirement.name) for requirement in DIRECT} == set()


@pytest.mark.parametrize("name", ["lock.txt", "environment.yml"])
def test_versions_come_from_no_address(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "//" not in text
    assert " @ " not in text
    assert "--index" not in text


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda requirement: requirement.name)
def test_what_the_project_asks_for_is_locked_and_installed(requirement: Requirement):
    version = locked()[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version)
    assert Version(metadata.version(requirement.name)) == version


@pytest.mark.parametrize("unwanted", ["torch", "tensorflow", "cuda", "nvidia"])
def test_nothing_pulls_in_a_gpu(unwanted: str):
    assert [name for name in locked() if unwanted in name] == []


def test_python_version_is_the_same_everywhere():
    by_conda, _ = conda_environment()
    assert f"python={python_version()}" in by_conda
    assert PROJECT["requires-python"] == ">=3.11,<3.14"
    assert SpecifierSet(PROJECT["requires-python"]).contains(python_version())
    assert sys.version_info[:2] in {(3, 11), (3, 12), (3, 13)}


def test_conda_takes_every_package_from_the_lock():
    by_conda, by_pip = conda_environment()
    assert by_conda == [f"python={python_version()}", "pip"]
    assert by_pip == ["-c lock.txt", "-e .[dev]"]


def test_import_analysis_loads_nothing_heavy():
    printed = fresh_process("import analysis, json, sys; print(json.dumps(sorted(sys.modules)))")
    modules = json.loads(printed)
    assert "analysis" in modules
    assert set(HEAVY) & set(modules) == set()


def test_help_loads_nothing_heavy():
    printed = fresh_process(
        "import json, sys\n"
        "from analysis.cli import main\n"
        "sys.argv = ['witness', '--help']\n"
        "try:\n"
        "    sys.exit(main())\n"
        "except SystemExit as done:\n"
        "    print('\\n' + json.dumps([done.code or 0, sorted(sys.modules)]))\n"
    )
    *_, last = printed.splitlines()
    code, modules = json.loads(last)
    assert code == 0
    assert "witness" in printed
    assert set(HEAVY) & set(modules) == set()


def test_the_command_and_the_module_are_the_same():
    command = shutil.which("witness", path=sysconfig.get_path("scripts"))
    assert command is not None
    environment = {**os.environ, "COLUMNS": "80"}
    helps = [
        subprocess.run(
            [*call, "--help"],
            capture_output=True,
            check=True,
            text=True,
            cwd=sys.prefix,
            env=environment,
        ).stdout
        for call in ([command], [sys.executable, "-m", "analysis"])
    ]
    assert helps[0] == helps[1]
    assert helps[0].startswith("usage: witness")

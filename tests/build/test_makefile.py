"""The Makefile finds an interpreter that fits, or says in one message what to install.

No package is installed here: the interpreters are small scripts that answer as real ones do, up to
the making of .venv, where the one that was chosen writes down its name.
"""

import os
import shutil
import subprocess
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
COPIED = ["Makefile", ".python-version", "pyproject.toml", "lock.txt"]
TOOLS = ["cat", "cksum", "sed", "sh"]
BROKEN = "echo 'this version is not installed' >&2; exit 127"
FITS = 'if [ "$1" = -m ]; then echo "$0" >chosen; exit 3; fi; echo fits'
TOO_OLD = "echo 'is version 3.9'"
NO_ENSUREPIP = "echo 'has no ensurepip (Debian, Ubuntu: install python3.11-venv)'"

pytestmark = pytest.mark.skipif(
    os.name != "posix" or shutil.which("make") is None, reason="needs make, and links and scripts"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with a blank in its name and what the Makefile reads."""
    folder = tmp_path / "a new checkout"
    folder.mkdir()
    for name in COPIED:
        shutil.copy(ROOT / name, folder / name)
    return folder


def interpreter(path: Path, *, answer: str) -> Path:
    """Write a stand-in for an interpreter that runs the answer, a line of sh."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def make_setup(checkout: Path, *folders: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run ``make setup`` where the PATH holds only these folders and a few tools."""
    tools = checkout.parent / "tools"
    tools.mkdir(exist_ok=True)
    for name in TOOLS:
        if not (tools / name).exists():
            (tools / name).symlink_to(str(shutil.which(name)))
    path = os.pathsep.join(map(str, [*folders, tools]))
    return subprocess.run(
        [
            str(shutil.which("make")),
            "setup",
            *(f"{key}={value}" for key, value in settings.items()),
        ],
        capture_output=True,
        check=False,
        text=True,
        cwd=checkout,
        env={"PATH": path, "HOME": str(checkout.parent / "home")},
    )


def chosen(checkout: Path) -> Path:
    return Path((checkout / "chosen").read_text(encoding="utf-8").strip())


def test_the_wanted_version_is_taken_before_others(checkout: Path, tmp_path: Path):
    wanted = "python" + (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    for name in ["python", "python3", "python3.11", "python3.12", "python3.13"]:
        interpreter(tmp_path / "bin" / name, answer=FITS)
    make_setup(checkout, tmp_path / "bin")
    assert chosen(checkout) == tmp_path / "bin" / wanted


def test_one_that_does_not_run_is_passed_over(checkout: Path, tmp_path: Path):
    for name in ["python3.11", "python3.12", "python3.13", "python3"]:
        interpreter(tmp_path / "shims" / name, answer=BROKEN)
    interpreter(tmp_path / "bin" / "python3.12", answer=NO_ENSUREPIP)
    real = interpreter(tmp_path / "bin" / "python3.11", answer=FITS)
    make_setup(checkout, tmp_path / "shims", tmp_path / "bin")
    assert chosen(checkout) == real


def test_one_that_pyenv_hides_is_found(checkout: Path, tmp_path: Path):
    interpreter(tmp_path / "shims" / "python3.13", answer=BROKEN)
    hidden = tmp_path / "home" / ".pyenv" / "versions" / "3.13.9" / "bin" / "python"
    make_setup(checkout, tmp_path / "shims")
    assert not (checkout / "chosen").exists()
    interpreter(hidden, answer=FITS)
    make_setup(checkout, tmp_path / "shims")
    assert chosen(checkout) == hidden


def test_python_on_the_command_line_overrides(checkout: Path, tmp_path: Path):
    interpreter(tmp_path / "bin" / "python3.12", answer=FITS)
    mine = interpreter(tmp_path / "my python" / "python", answer=FITS)
    make_setup(checkout, tmp_path / "bin", PYTHON=str(mine))
    assert chosen(checkout) == mine


def test_where_none_fits_the_message_says_why_and_what_to_install(checkout: Path, tmp_path: Path):
    shim = interpreter(tmp_path / "bin" / "python3.12", answer=BROKEN)
    bare = interpreter(tmp_path / "bin" / "python3.11", answer=NO_ENSUREPIP)
    old = interpreter(tmp_path / "bin" / "python3", answer=TOO_OLD)
    ran = make_setup(checkout, tmp_path / "bin")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert f"  {shim} does not run\n" in ran.stderr
    assert f"  {bare} has no ensurepip (Debian, Ubuntu: install python3.11-venv)\n" in ran.stderr
    assert f"  {old} is version 3.9\n" in ran.stderr
    for step in ["sudo apt install", "brew install", "winget install", "conda env create"]:
        assert ran.stderr.count(step) == 1
    assert not (checkout / ".venv").exists()


def test_without_any_python_the_message_says_so(checkout: Path):
    ran = make_setup(checkout)
    assert ran.returncode == 2
    assert "no python at all" in ran.stderr


def test_a_python_that_was_named_and_does_not_fit_is_named_in_the_message(
    checkout: Path, tmp_path: Path
):
    interpreter(tmp_path / "bin" / "python3.12", answer=FITS)
    ran = make_setup(checkout, tmp_path / "bin", PYTHON="/nowhere/python3.12")
    assert ran.returncode == 2
    assert "  /nowhere/python3.12 does not run\n" in ran.stderr


@pytest.mark.parametrize("minor", range(8, 17))
def test_the_versions_that_fit_are_those_of_the_project(
    minor: int, capsys: pytest.CaptureFixture[str]
):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    probe = makefile.partition("define PROBE\nimport sys\n")[2].partition("endef")[0]
    stand_in = SimpleNamespace(
        version_info=(3, minor, 1), implementation=SimpleNamespace(name="cpython")
    )
    exec(probe, {"sys": stand_in})
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    fits = SpecifierSet(project["requires-python"]).contains(f"3.{minor}.1")
    assert capsys.readouterr().out == ("fits\n" if fits else f"is version 3.{minor}\n")

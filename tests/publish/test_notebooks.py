"""Notebooks run the same everywhere, and one that fails says where in a sentence."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import CorpusError
from analysis.publish.ipynb import read_notebook
from analysis.publish.kernel import kernel_environment, show_warning
from analysis.publish.notebooks import NotebookError, run_notebooks, try_notebooks
from analysis.publish.plan import find_notebooks

LOUD = """# %% [markdown]
# # A question

# %%
import os
import warnings

import numpy as np

print("one")
print("two")
print(object())
warnings.warn("for developers", DeprecationWarning)
warnings.warn("for the reader")
np.array([1.0]) / 0

# %%
{"threads": os.environ["OMP_NUM_THREADS"], "seed": os.environ["PYTHONHASHSEED"]}

# %% [markdown]
# The end.
"""


pytestmark = pytest.mark.slow


def write(root: Path, name: str, source: str) -> Path:
    """Write a notebook of the project."""
    path = root / "notebooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path


def run(root: Path, *paths: Path, stages: Path, jobs: int = 1):
    """Run notebooks and return them."""
    return asyncio.run(run_notebooks(list(paths), root=root, stages=stages, jobs=jobs))


def test_cells_are_numbered_and_paired(project):
    notebook = read_notebook(write(project, "00-loud.py", LOUD))
    assert [cell["id"] for cell in notebook.cells] == [f"cell-00{n}" for n in (1, 2, 3, 4)]
    assert notebook.metadata["jupytext"] == {"formats": "ipynb,py:percent"}
    assert notebook.metadata["kernelspec"]["name"] == "python3"


def test_what_is_written_is_for_the_reader_and_the_same_every_time(project, tmp_path, monkeypatch):
    path = write(project, "00-loud.py", LOUD)
    (first,) = run(project, path, stages=tmp_path / "one")
    for name, value in {
        "PYTHONHASHSEED": "77",
        "OMP_NUM_THREADS": "2",
        "TZ": "Asia/Tokyo",
        "COLUMNS": "20",
        "PYTHONWARNINGS": "error",
    }.items():
        monkeypatch.setenv(name, value)
    (second,) = run(project, path, stages=tmp_path / "two")
    assert first.content == second.content
    cells = json.loads(first.content)["cells"]
    streams = {one["name"]: "".join(one["text"]) for one in cells[1]["outputs"][:2]}
    assert streams["stdout"] == "one\ntwo\n<object object at 0x…>\n"
    assert streams["stderr"] == "Note: for the reader\n"
    assert cells[2]["outputs"][0]["data"]["text/plain"] == ["{'threads': '1', 'seed': '0'}"]
    assert cells[2]["execution_count"] == 2
    assert str(project).encode() not in first.content


def test_no_grammars_are_built_that_nobody_uses(project):
    path = write(project, "a.py", "# %%\n1\n")
    code = (
        "import sys; from pathlib import Path; "
        "import analysis.publish.notebooks; "
        "from analysis.publish.ipynb import read_notebook; "
        "read_notebook(Path(sys.argv[1])); "
        "assert 'jsonschema' in sys.modules; sys.exit('lark' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 0


@pytest.mark.slow
def test_each_notebook_has_a_python_of_its_own(project, tmp_path):
    paths = [
        write(project, "00-a.py", "# %%\nshared = 1\n"),
        write(project, "01-b.py", "# %%\n'shared' in globals()\n"),
    ]
    for jobs in (1, 2):
        done = run(project, *paths, stages=tmp_path / str(jobs), jobs=jobs)
        assert [one.path for one in done] == paths
        shown = json.loads(done[1].content)["cells"][0]["outputs"][0]
        assert shown["data"]["text/plain"] == ["False"]


def test_a_cell_that_fails_is_named_in_one_sentence(project, tmp_path):
    path = write(
        project,
        "03-bad.py",
        "# %%\nimport analysis as an\n\n# %%\n\nx = 1\nan.read_corpus('nowhere')\n\n# %%\nx = 2\n",
    )
    with pytest.raises(NotebookError) as caught:
        run(project, path, stages=tmp_path / "stages")
    sentence = str(caught.value)
    assert sentence.startswith("notebooks/03-bad.py: the cell that begins with “x = 1” stopped")
    assert "CorpusError: The corpus folder nowhere is not there" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("1 +", r"stopped with SyntaxError: invalid syntax \(line 1 of the cell\)"),
        ("word = input()", "stopped with StdinNotImplementedError: raw_input was called, but"),
    ],
)
def test_what_cannot_be_run_or_answered_is_told(project, tmp_path, cell, says):
    path = write(project, "00-asks.py", f"# %%\n{cell}\n")
    with pytest.raises(NotebookError, match=says):
        run(project, path, stages=tmp_path)


def test_who_interrupts_is_not_told_of_a_python_that_died(project, tmp_path):
    path = write(project, "00-long.py", "# %%\nimport time\ntime.sleep(60)\n")

    async def interrupted():
        running = run_notebooks([path], root=project, stages=tmp_path)
        await asyncio.wait_for(running, timeout=5)

    with pytest.raises(TimeoutError):
        asyncio.run(interrupted())


@pytest.mark.slow
def test_a_python_that_dies_is_told(project, tmp_path):
    path = write(project, "00-dies.py", "# %%\nimport os\nos._exit(3)\n")
    with pytest.raises(NotebookError, match=r"00-dies\.py: its Python ended without a word"):
        run(project, path, stages=tmp_path)


@pytest.mark.slow
def test_those_that_fail_do_not_stop_the_others_when_verifying(project, tmp_path):
    bad = write(project, "00-bad.py", "# %%\n1 / 0\n")
    good = write(project, "01-good.py", "# %%\nprint(1)\n")
    failed = asyncio.run(try_notebooks([bad, good], root=project, stages=tmp_path))
    assert list(failed) == [bad]
    assert "ZeroDivisionError: division by zero" in failed[bad]


def test_a_notebook_without_cells_and_a_project_without_notebooks_are_sentences(project):
    path = write(project, "00-empty.py", "\n\n")
    with pytest.raises(CorpusError, match="holds no cell"):
        read_notebook(path)
    path.unlink()
    with pytest.raises(CorpusError, match="no notebook"):
        find_notebooks(project)


def test_the_environment_of_a_kernel_is_not_the_users(tmp_path):
    mine = {
        "HOME": "/home/me",
        "TOMOTOPY_ISA": "avx512",
        "OPENBLAS_CORETYPE": "SkylakeX",
        "LC_ALL": "de_DE",
        "MATPLOTLIBRC": "/home/me/matplotlibrc",
        "SOURCE_DATE_EPOCH": "1",
    }
    given = kernel_environment(mine, scratch=tmp_path)
    assert given["HOME"] == "/home/me"
    assert "TOMOTOPY_ISA" not in given
    assert "SOURCE_DATE_EPOCH" not in given
    assert given["LC_ALL"] == "C.UTF-8"
    assert given["OPENBLAS_CORETYPE"] != "SkylakeX"
    assert given["MATPLOTLIBRC"].startswith(str(tmp_path))


def test_warnings_of_dependencies_are_not_shown(capsys):
    show_warning("old", DeprecationWarning, __file__, 1)
    show_warning("theirs", UserWarning, "/lib/python/pandas/core.py", 1)
    show_warning("ours", UserWarning, str(Path(kernel_environment.__code__.co_filename)), 1)
    assert capsys.readouterr().err == "Note: ours\n"

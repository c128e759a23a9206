"""The commands on the project around the texts: its figures, citations, notebooks, versions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.commands.given import DIFFERENCE, DONE, project_root
from analysis.errors import InputError


def figures(arguments: argparse.Namespace) -> int:
    """Make the figures that are stale."""
    from analysis.publish.figures import make_figures

    made = make_figures(
        project_root(arguments), arguments.names, jobs=_jobs(arguments), force=arguments.force
    )
    print("\n".join(made.lines()))
    for remark in made.remarks:
        print(f"Hard to read: {remark}", file=sys.stderr)
    return DONE


def _jobs(arguments: argparse.Namespace) -> int:
    if arguments.jobs < 1:
        raise InputError(f"--jobs is {arguments.jobs}; give a number from 1.")
    return int(arguments.jobs)


def status(arguments: argparse.Namespace) -> int:
    """Print which figures are fresh, and what changed where one is not."""
    from analysis.publish.status import figure_status

    found = figure_status(project_root(arguments))
    print("\n".join(found.lines()))
    return found.exit_code


def verify(arguments: argparse.Namespace) -> int:
    """Make the figures again in a temporary folder, and print where they differ."""
    from analysis.publish.verify import verify_figures

    found = verify_figures(project_root(arguments), arguments.names, jobs=_jobs(arguments))
    print("\n".join(found.lines()))
    return found.exit_code


def cite(arguments: argparse.Namespace) -> int:
    """Print how to cite the software, the texts and a figure; warn where that is stale."""
    from analysis.publish.cite import cite as how_to_cite
    from analysis.publish.status import figure_status

    root, name = project_root(arguments), arguments.name
    print(how_to_cite(root, name, form=arguments.format).rstrip("\n"))
    if name is not None and not (told := figure_status(root).of(name)).fresh:
        print(
            f"{told.line()}; what is printed here is of the figure as it was made. "
            f"Make it anew with witness figures {name} before you cite it.",
            file=sys.stderr,
        )
    return DONE


def doctor(arguments: argparse.Namespace) -> int:
    """Print what figures may depend on here; 1 where something is wrong."""
    from analysis.errors import CorpusError
    from analysis.publish.doctor import examine

    try:
        root: Path | None = project_root(arguments)
    except CorpusError:
        root = None
    found = examine(root)
    print("\n".join(one.line() for one in found))
    return DIFFERENCE if any(one.problem for one in found) else DONE


def lab(arguments: argparse.Namespace) -> int:
    """Open the notebooks in JupyterLab."""
    import subprocess

    notebooks = project_root(arguments) / "notebooks"
    if not notebooks.is_dir():
        raise InputError(f"There is no folder {notebooks}; make one, with a notebook in it.")
    return subprocess.call([sys.executable, "-m", "jupyterlab"], cwd=notebooks)

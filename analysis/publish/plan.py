"""Which notebooks have to be run again, and why.

What was made in this copy of the project is kept in ``.witness/``, which git ignores: in a new
clone everything is made once, so that each reader sees for himself that the figures are the ones
that his machine makes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import CorpusError, InputError
from analysis.files import write_text
from analysis.publish.digests import RESOURCE_FOLDERS, file_digest
from analysis.publish.imports import figures_in
from analysis.publish.inputs import (
    Inputs,
    changes,
    inputs_from,
    inputs_of,
    only_reworded,
    resource_folders,
)
from analysis.publish.record import FIGURES, PROVENANCE, read_record, recorded_figures

NOTEBOOKS = "notebooks"
STATE_FOLDER = ".witness"
STATE_FILE = "made.json"
_DEAD_AFTER = 5.0
"""Seconds after which a file under a temporary name is no longer being written."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A notebook, the figures that it is known to make, and why it has to run (empty: it has not).

    `saves` are the figures whose names are written in it, `figures` those that it made before too.
    `inputs` are those of now. `reworded` where no more than prose, captions and alternative texts
    have changed since it was last run here, and its figures are those that it made.
    """

    path: Path
    saves: tuple[str, ...]
    figures: tuple[str, ...]
    reasons: tuple[str, ...]
    inputs: Inputs
    reworded: bool = False


def plan(root: Path, names: Sequence[str] = (), *, force: bool = False) -> list[Planned]:
    """Return the notebooks of a project, each with the reasons why it has to run.

    Parameters
    ----------
    root : Path
        The project.
    names : sequence of str
        Figures or notebooks (``03-topics``); all if empty.
    force : bool
        Run them whether or not something changed.

    Raises
    ------
    InputError
        If no notebook makes a figure of such a name, or two make one of the same name.
    """
    made = read_made(root)
    recorded = figures_by_notebook(root)
    planned = [
        _planned(path, root=root, made=made, recorded=recorded, force=force)
        for path in find_notebooks(root)
    ]
    _check_names(planned)
    known = {name for one in planned for name in (*one.figures, one.path.stem)}
    for name in names:
        if name not in known:
            figures = ", ".join(name for one in planned for name in one.figures) or "none"
            raise InputError(f"No notebook makes a figure {name!r}; the figures are: {figures}.")
    wanted = set(names)
    return [one for one in planned if not wanted or wanted & {*one.figures, one.path.stem}]


def find_notebooks(root: Path) -> list[Path]:
    """Return the notebooks of a project in the order in which they are read and run.

    Raises
    ------
    CorpusError
        If there is none.
    """
    found = sorted((root / NOTEBOOKS).glob("*.py"))
    if not found:
        raise CorpusError(
            f"There is no notebook in {root / NOTEBOOKS}; write one as a .py file in cells "
            "that begin with # %%."
        )
    return found


def figures_by_notebook(root: Path) -> dict[str, list[str]]:
    """Return the figures that have a record, by the path of the notebook that made them."""
    found: dict[str, list[str]] = {}
    for name in recorded_figures(root / FIGURES):
        record = read_record(root / FIGURES, name) or {}
        path = (record.get("notebook") or {}).get("path", "")
        found.setdefault(path, []).append(name)
    return found


def read_made(root: Path) -> dict[str, Any]:
    """Return what was made in this place: by notebook, the inputs and the digests of the files."""
    try:
        made = json.loads((root / STATE_FOLDER / STATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    # A copy of the folder elsewhere has made nothing yet.
    if not isinstance(made, dict) or made.get("place") != str(root.resolve()):
        return {}
    notebooks = made.get("notebooks", {})
    return notebooks if isinstance(notebooks, dict) else {}


def write_made(root: Path, *, notebook: str, inputs: Inputs, outputs: Iterable[Path]) -> None:
    """Remember that a notebook was run: its inputs, and the digests of what it wrote."""
    made = read_made(root)
    made[notebook] = {
        "inputs": inputs.as_json(),
        "outputs": {path.relative_to(root).as_posix(): file_digest(path) for path in outputs},
    }
    folder = root / STATE_FOLDER
    if not (folder / ".gitignore").exists():
        write_text(folder / ".gitignore", "*\n")
    content = {"place": str(root.resolve()), "notebooks": made}
    write_text(folder / STATE_FILE, json.dumps(content, indent=1, sort_keys=True) + "\n")


def remove_leftovers(root: Path) -> None:
    """Remove files that a run which was killed left under temporary names."""
    now = time.time()
    folders = [root / FIGURES, root / FIGURES / PROVENANCE, root / NOTEBOOKS, root / STATE_FOLDER]
    for folder in folders:
        for path in folder.glob(".*.tmp"):
            if now - path.stat().st_mtime > _DEAD_AFTER:
                path.unlink(missing_ok=True)


def _check_names(planned: Sequence[Planned]) -> None:
    """Raise an InputError where one notebook would write over the figure of another."""
    first: dict[str, Path] = {}
    for one in planned:
        for name in one.saves:
            other = first.setdefault(name, one.path)
            if other != one.path:
                raise InputError(
                    f"{NOTEBOOKS}/{other.name} and {NOTEBOOKS}/{one.path.name} both save a figure "
                    f"{name!r}; give one of them another name."
                )


def _planned(
    path: Path,
    *,
    root: Path,
    made: Mapping[str, Any],
    recorded: Mapping[str, list[str]],
    force: bool,
) -> Planned:
    """Return a notebook with the reasons why it has to run."""
    name = path.relative_to(root).as_posix()
    entry = made.get(name, {})
    before = inputs_from(entry.get("inputs", {}))
    folders = resource_folders(before.resources) if before else RESOURCE_FOLDERS
    inputs = inputs_of(path, root=root, resources=folders)
    edited = _outputs_changed(entry, root=root)
    if force:
        reasons: tuple[str, ...] = ("asked for",)
    elif before is None:
        reasons = ("not made here yet",)
    else:
        reasons = changes(before, inputs, root=root) or tuple(edited.values())
    saves = tuple(figures_in(path.read_text(encoding="utf-8")))
    return Planned(
        path=path,
        saves=saves,
        figures=tuple(dict.fromkeys([*saves, *recorded.get(name, ())])),
        reasons=reasons,
        inputs=inputs,
        # Who edits in Jupyter writes the notebook with outputs as well; figures are as they were.
        reworded=not force
        and before is not None
        and only_reworded(before, inputs)
        and not any(path.startswith(f"{FIGURES}/") for path in edited),
    )


def _outputs_changed(entry: Mapping[str, Any], *, root: Path) -> dict[str, str]:
    """Return a phrase for each file that was written and is no longer as it was, by its path."""
    phrases = {}
    for name, digest in sorted(entry.get("outputs", {}).items()):
        path = root / name
        if not path.is_file():
            phrases[name] = f"{name} is missing"
        elif file_digest(path) != digest:
            phrases[name] = f"{name} was edited by hand"
    return phrases

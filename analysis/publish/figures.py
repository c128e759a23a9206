"""Make the figures: run the notebooks that are stale, and put their figures in place."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.files import sha256_of, write_together
from analysis.publish.digests import joint_digest
from analysis.publish.inputs import check_digests
from analysis.publish.made import FigureMade, Made, Outcome
from analysis.publish.plan import Planned, plan, remove_leftovers, write_made
from analysis.publish.reading_room.record import room_changes, write_room
from analysis.publish.record import (
    FIGURES,
    FORMS,
    NOT_COMPARED,
    PROVENANCE,
    Record,
    read_record,
    record_bytes,
    record_path,
    recorded_figures,
)

if TYPE_CHECKING:
    from analysis.publish.notebooks import Executed


def make_figures(
    root: Path, names: Sequence[str] = (), *, jobs: int = 1, force: bool = False
) -> Made:
    """Return what was made, after running every notebook whose inputs or outputs have changed.

    Figures come into ``figures/`` when their notebook has run to its end; one that fails changes
    nothing. Progress goes to standard error where that is a terminal.

    Parameters
    ----------
    root : Path
        The project.
    names : sequence of str
        Figures or notebooks; all if empty.
    jobs : int
        How many notebooks run at the same time.
    force : bool
        Run them whether or not something changed.

    Raises
    ------
    InputError
        If no notebook makes a figure of such a name.
    CorpusError
        If a text no longer fits its digest.
    NotebookError
        If a cell fails.
    """
    root = root.resolve()
    remove_leftovers(root)
    check_digests(root)
    planned = plan(root, names, force=force)
    stale = {one.path: one for one in planned if one.reasons}
    figures: list[FigureMade] = []
    if stale:
        figures += _run(stale, root=root, jobs=jobs)
    room = write_room(root) if any(room_changes(root)) else None
    return Made(
        ran=tuple(stale.values()),
        fresh=tuple(one for one in planned if not one.reasons),
        figures=tuple(sorted(figures, key=lambda one: one.name)),
        pages=room.written if room else (),
        lost=room.lost if room else (),
    )


def _run(stale: Mapping[Path, Planned], *, root: Path, jobs: int) -> list[FigureMade]:
    """Return the figures of the notebooks after running them and putting them in place."""
    from tqdm import tqdm

    from analysis.publish.ipynb import count_cells
    from analysis.publish.memory import write_memory
    from analysis.publish.notebooks import run_notebooks

    figures: list[FigureMade] = []
    total = sum(count_cells(path) for path in stale)
    with (
        tqdm(total=total, unit="cell", file=sys.stderr, disable=None, leave=False) as bar,
        tempfile.TemporaryDirectory(prefix="witness-") as stages,
    ):
        asyncio.run(
            run_notebooks(
                list(stale),
                root=root,
                stages=Path(stages),
                jobs=jobs,
                reworded=[path for path, one in stale.items() if one.reworded],
                on_cell=lambda _: bar.update(),
                on_done=lambda done: figures.extend(
                    publish(done, root=root, planned=stale[done.path])
                ),
            )
        )
    write_memory(root, figures=root / FIGURES)
    _forget_editions(root / FIGURES)
    remove_leftovers(root)
    return figures


def publish(executed: Executed, *, root: Path, planned: Planned) -> list[FigureMade]:
    """Return the figures of a notebook that was run, after putting them and it in place."""
    target = root / FIGURES
    outputs: list[Path] = []
    made: list[FigureMade] = []
    resources: dict[str, str] = {}
    new: dict[Path, bytes] = {}
    for name in recorded_figures(executed.stage):
        record = complete_record(executed.stage, name, planned=planned)
        resources |= record["corpus"]["resources"]
        outcome = _outcome(executed.stage, target, name=name)
        files = {
            target / f"{name}.{form}": (executed.stage / f"{name}.{form}").read_bytes()
            for form in FORMS
        }
        new |= {path: content for path, content in files.items() if _is_new(path, content)}
        if not _same_record(record, read_record(target, name)):
            new[record_path(target, name)] = record_bytes(record)
        outputs += [target / f"{name}.{form}" for form in FORMS] + [record_path(target, name)]
        made.append(
            FigureMade(name=name, outcome=outcome, remarks=tuple(record.get("remarks", ())))
        )
    notebook = executed.path.with_suffix(".ipynb")
    if _is_new(notebook, executed.content):
        new[notebook] = executed.content
    write_together(new)
    made += _remove_abandoned(planned, target=target, kept={one.name for one in made})
    inputs = replace(planned.inputs, resources=resources)
    write_made(root, notebook=planned.inputs.notebook, inputs=inputs, outputs=[*outputs, notebook])
    return made


def complete_record(stage: Path, name: str, *, planned: Planned) -> Record:
    """Return the record of a figure in a stage, with its notebook, modules and packages."""
    inputs = planned.inputs
    return {
        **(read_record(stage, name) or {}),
        "notebook": {
            "path": inputs.notebook,
            "digest": inputs.source,
            "settings": dict(inputs.settings),
        },
        "modules": dict(inputs.modules),
        "code": joint_digest(inputs.modules),
        "versions": dict(inputs.versions),
    }


def _outcome(stage: Path, target: Path, *, name: str) -> Outcome:
    """Return how a new figure compares with the one in place."""
    present = {form: target / f"{name}.{form}" for form in FORMS}
    there = {form: path.read_bytes() for form, path in present.items() if path.is_file()}
    if not there:
        return "new"
    if all(there.get(form) == (stage / f"{name}.{form}").read_bytes() for form in FORMS):
        return "identical"
    before = read_record(target, name) or {}
    recorded = before.get("files", {})
    untouched = {form: sha256_of(content) for form, content in there.items()} == recorded
    return "changed" if untouched else "mended"


def _same_record(one: Record, other: Record | None) -> bool:
    """Return whether two records say the same but for clock, commit and machine."""
    if other is None:
        return False
    return {key: value for key, value in one.items() if key not in NOT_COMPARED} == {
        key: value for key, value in other.items() if key not in NOT_COMPARED
    }


def _remove_abandoned(planned: Planned, *, target: Path, kept: set[str]) -> list[FigureMade]:
    """Return the figures that the notebook made once and makes no more, after removing them."""
    removed = []
    for name in recorded_figures(target):
        record = read_record(target, name) or {}
        if name in kept or (record.get("notebook") or {}).get("path") != planned.inputs.notebook:
            continue
        for path in (*(target / f"{name}.{form}" for form in FORMS), record_path(target, name)):
            path.unlink(missing_ok=True)
        removed.append(FigureMade(name=name, outcome="removed"))
    return removed


def _forget_editions(target: Path) -> None:
    """Remove the memories of editions that no figure was made from."""
    records = [read_record(target, name) or {} for name in recorded_figures(target)]
    from analysis.publish.memory import memory_path

    needed = {memory_path(target, record["corpus"]["digest"]) for record in records if record}
    for path in (target / PROVENANCE).glob("edition.*.json"):
        if path not in needed:
            path.unlink(missing_ok=True)


def _is_new(path: Path, content: bytes) -> bool:
    """Return whether a file does not hold this already: if it does, its date shall stay."""
    return not path.is_file() or path.read_bytes() != content

"""Prove that the figures are those that the corpus makes, or say why they are not."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.files import write_bytes
from analysis.publish.figures import complete_record
from analysis.publish.inputs import wrong_digests
from analysis.publish.likeness import png_pixels, svg_drawing
from analysis.publish.notebooks import NOTES
from analysis.publish.plan import Planned, plan
from analysis.publish.reading_room.shell import ROOM
from analysis.publish.record import (
    FIGURES,
    FORMS,
    Record,
    here_on,
    read_record,
    record_bytes,
    record_path,
    recorded_figures,
)
from analysis.publish.status import FigureStatus, Status, figure_status
from analysis.publish.verdicts import Level, Verdict, Verified

# What a record says of its inputs: where these alone differ, the figure is still proved.
_INPUTS = ("code", "corpus", "made", "modules", "notebook", "versions")


def verify_figures(root: Path, names: Sequence[str] = (), *, jobs: int = 1) -> Verified:
    """Return whether the figures, made again from the corpus on, are those in ``figures/``.

    Every notebook runs in a temporary folder; nothing of the project is changed. Where a figure
    differs, the reason is the input that changed, or a file that was edited by hand.

    Parameters
    ----------
    root : Path
        The project.
    names : sequence of str
        Figures or notebooks; all if empty.
    jobs : int
        How many notebooks run at the same time.

    Raises
    ------
    InputError
        If no notebook makes a figure of such a name.
    """
    root = root.resolve()
    planned = plan(root, names, force=True)
    status = figure_status(root)
    wrong = wrong_digests(root)
    with tempfile.TemporaryDirectory(prefix="witness-") as folder:
        stages = Path(folder)
        # Without a text that fits its digest no notebook can read the corpus.
        failed = {} if wrong else _make_again(planned, root=root, stages=stages, jobs=jobs)
        verdicts = [
            verdict
            for one in planned
            for verdict in _verdicts(
                one,
                root=root,
                stage=stages / one.path.stem,
                status=status,
                failure=failed.get(one.path, ""),
            )
            if not names or verdict.name in names or one.path.stem in names
        ]
        notes = _notes(stages)
        if not names and not wrong and not failed:
            verdicts.append(_room_verdict(planned, root=root, stages=stages, status=status))
    verdicts += [] if names else _without_notebook(planned, status=status)
    return Verified(figures=tuple(sorted(verdicts, key=lambda one: one.name)), notes=notes)


def _notes(stages: Path) -> tuple[str, ...]:
    """Return what was told of results that were made anew."""
    found = {path.read_text(encoding="utf-8").strip() for path in stages.glob(f"*/{NOTES}/*.txt")}
    return tuple(sorted(found))


def _make_again(
    planned: Sequence[Planned], *, root: Path, stages: Path, jobs: int
) -> dict[Path, str]:
    """Return what stopped each notebook that failed, after running all."""
    from tqdm import tqdm

    from analysis.publish.ipynb import count_cells
    from analysis.publish.notebooks import try_notebooks

    total = sum(count_cells(one.path) for one in planned)
    with tqdm(total=total, unit="cell", file=sys.stderr, disable=None, leave=False) as bar:
        return asyncio.run(
            try_notebooks(
                [one.path for one in planned],
                root=root,
                stages=stages,
                jobs=jobs,
                on_cell=lambda _: bar.update(),
            )
        )


def _verdicts(
    planned: Planned, *, root: Path, stage: Path, status: Status, failure: str
) -> list[Verdict]:
    """Return the verdict on each figure of a notebook."""
    again = recorded_figures(stage)
    names = dict.fromkeys([*again, *planned.figures])
    if failure and not names:
        return [Verdict(name=planned.path.stem, level="not made", reason=failure)]
    found = []
    for name in names:
        told = status.of(name)
        if name in again:
            record = complete_record(stage, name, planned=planned)
            level = _level(name, stage=stage, target=root / FIGURES, record=record)
            found.append(_verdict(told, level=level, root=root))
        elif failure:
            reason = "; ".join(filter(None, [told.reason(), failure]))
            found.append(Verdict(name=name, level="not made", reason=reason))
        elif told.inputs:
            found.append(Verdict(name=name, level="not made", reason=told.reason()))
        else:
            reason = f"{planned.inputs.notebook} makes it no more"
            found.append(Verdict(name=name, level="not made", reason=reason))
    return found


def _verdict(told: FigureStatus, *, level: Level, root: Path) -> Verdict:
    """Return the verdict on a figure that was made again."""
    reason = told.reason()
    if level != "identical" and not reason:
        record = read_record(root / FIGURES, told.name) or {}
        made_on = record.get("made", {}).get("on", "an unknown machine")
        if level == "record":
            reason = "provenance edited by hand: every input unchanged"
        elif made_on != here_on():
            reason = f"made on {made_on}, made again on {here_on()}: every input unchanged"
        else:
            reason = "not reproducible: every input and every file unchanged"
    return Verdict(name=told.name, level=level, reason=reason)


def _level(name: str, *, stage: Path, target: Path, record: Record) -> Level:
    """Return the level at which a figure made again is the same as the one in place."""
    again = {form: (stage / f"{name}.{form}").read_bytes() for form in FORMS}
    paths = {form: target / f"{name}.{form}" for form in FORMS}
    there = {form: path.read_bytes() if path.is_file() else b"" for form, path in paths.items()}
    if there["csv"] != again["csv"]:
        return "data"
    if svg_drawing(there["svg"]) != svg_drawing(again["svg"]):
        return "drawing"
    if png_pixels(there["png"]) != png_pixels(again["png"]):
        return "drawing"
    if there != again:
        return "file"
    return "identical" if _same_words(record, read_record(target, name)) else "record"


def _same_words(one: Mapping[str, object], other: Mapping[str, object] | None) -> bool:
    """Return whether two records say the same of a figure, whatever their inputs."""
    if other is None:
        return False
    kept = (one.keys() | other.keys()) - set(_INPUTS)
    return all(one.get(key) == other.get(key) for key in kept)


def _without_notebook(planned: Sequence[Planned], *, status: Status) -> list[Verdict]:
    """Return the verdict on figures that have a record and no notebook that makes them."""
    known = {name for one in planned for name in one.figures}
    return [
        Verdict(name=one.name, level="not made", reason=one.reason() or "no notebook makes it")
        for one in status.figures
        if one.name not in known and one.name != ROOM
    ]


def _room_verdict(
    planned: Sequence[Planned], *, root: Path, stages: Path, status: Status
) -> Verdict:
    """Return the verdict on the pages of the reading room, made again from the figures."""
    from analysis.publish.reading_room.pages import make_reading_room

    together = stages / FIGURES
    for one in planned:
        stage = stages / one.path.stem
        for name in recorded_figures(stage):
            record = complete_record(stage, name, planned=one)
            write_bytes(record_path(together, name), record_bytes(record))
            for form in FORMS:
                shutil.copy(stage / f"{name}.{form}", together)
    told = status.of(ROOM)
    pages = make_reading_room(root, figures=together).pages
    different = []
    for name, content in pages.items():
        path = root / FIGURES / ROOM / name
        if not path.is_file() or path.read_bytes() != content:
            different.append(name)
    if not different:
        return Verdict(name=ROOM, level="identical", reason=told.reason())
    reason = told.reason() or f"{', '.join(different)} made again differently"
    return Verdict(name=ROOM, level="pages", reason=reason)

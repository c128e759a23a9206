"""Which figures are still those that their inputs make, told from digests alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.publish.digests import edition_digest, edition_files, file_digest, joint_digest
from analysis.publish.imports import figures_in
from analysis.publish.inputs import Inputs, changes, inputs_of, resource_folders, wrong_digests
from analysis.publish.plan import find_notebooks
from analysis.publish.reading_room.record import room_changes
from analysis.publish.reading_room.shell import ROOM
from analysis.publish.record import FIGURES, FORMS, Record, read_record, recorded_figures


@dataclass(frozen=True, kw_only=True)
class FigureStatus:
    """A figure and why it is stale.

    `inputs` are what its notebook reads that has changed; `files` what was done to the figure's
    own files. Fresh if both are empty.
    """

    name: str
    inputs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def fresh(self) -> bool:
        """Return whether the figure is the one that its inputs make."""
        return not (self.inputs or self.files)

    def reason(self) -> str:
        """Return what changed, in one line; empty if nothing has."""
        if self.files and not self.inputs:
            return f"{', '.join(self.files)}: every input unchanged"
        return "; ".join((*_shortened(self.inputs), *self.files))

    def line(self) -> str:
        """Return the figure's line for a terminal; it begins with its name."""
        return f"{self.name}: fresh" if self.fresh else f"{self.name}: stale: {self.reason()}"


SHOWN_OF_A_KIND = 3
"""So many changes of a kind are named in a line, and the others counted."""


def _shortened(changes: Sequence[str]) -> list[str]:
    """Return changes with those of a kind (module, parameter) beyond the first few as a count."""
    by_kind: dict[str, list[str]] = {}
    for change in changes:
        kind = change.partition(" ")[0]
        by_kind.setdefault(kind if kind in ("module", "parameter") else change, []).append(change)
    shown = []
    for kind, members in by_kind.items():
        shown += members[:SHOWN_OF_A_KIND]
        more = len(members) - SHOWN_OF_A_KIND
        if more > 0:
            shown.append(f"and {more} more {kind}s")
    return shown


@dataclass(frozen=True, kw_only=True)
class Status:
    """The status of every figure of a project, and of its reading room."""

    figures: tuple[FigureStatus, ...]

    @property
    def exit_code(self) -> int:
        """Return 0 if every figure is fresh, else 1."""
        return 0 if all(one.fresh for one in self.figures) else 1

    def lines(self) -> list[str]:
        """Return a line for each figure."""
        return [one.line() for one in self.figures] or ["There are no figures yet."]

    def of(self, name: str) -> FigureStatus:
        """Return the status of a figure; fresh if it is not known."""
        return next((one for one in self.figures if one.name == name), FigureStatus(name=name))


def figure_status(root: Path) -> Status:
    """Return for each figure whether its inputs and files are what its record says.

    Nothing is run. A figure that no notebook makes, or that has never been made, is stale too. A
    text that no longer fits its digest is a change like any other.

    Parameters
    ----------
    root : Path
        The project.
    """
    root = root.resolve()
    here = _Here(
        root=root, notebooks={_relative(path, root=root): path for path in find_notebooks(root)}
    )
    named = {
        figure
        for path in here.notebooks.values()
        for figure in figures_in(path.read_text(encoding="utf-8"))
    }
    names = sorted({*recorded_figures(root / FIGURES), *named})
    found = [_status(name, here=here) for name in names]
    inputs, files = room_changes(root)
    found += [FigureStatus(name=ROOM, inputs=inputs, files=files)] if names else []
    return Status(figures=tuple(found))


@dataclass(frozen=True, kw_only=True)
class _Here:
    """What the status of all figures of a project is told from; looked up once."""

    root: Path
    notebooks: Mapping[str, Path]
    known: dict[Any, Any] = field(default_factory=dict)

    def inputs(self, notebook: str, *, resources: tuple[str, ...]) -> Inputs:
        """Return the inputs of a notebook as they are now."""
        key = (notebook, resources)
        if key not in self.known:
            path = self.notebooks[notebook]
            self.known[key] = inputs_of(path, root=self.root, resources=resources)
        found: Inputs = self.known[key]
        return found

    def edition_told(self, digest: str) -> dict[str, str]:
        """Return what changed in the passages of each text since the edition with a digest."""
        from analysis.publish.memory import passages_changed, read_as_it_is, read_memory

        if ("told", digest) not in self.known:
            memory = read_memory(self.root / FIGURES, digest)
            if memory and "corpus" not in self.known:
                self.known["corpus"] = read_as_it_is(self.root)
            corpus = self.known.get("corpus")
            told = passages_changed(memory, corpus) if memory and corpus else {}
            self.known["told", digest] = told
        found: dict[str, str] = self.known["told", digest]
        return found


def _status(name: str, *, here: _Here) -> FigureStatus:
    """Return the status of a figure."""
    record = read_record(here.root / FIGURES, name)
    if record is None:
        return FigureStatus(name=name, inputs=("not made yet",))
    files = _file_changes(record, root=here.root)
    made_by = record["notebook"]
    if made_by is None:
        reason = "saved by hand, not by `witness figures`"
        return FigureStatus(name=name, inputs=(reason,), files=files)
    if made_by["path"] not in here.notebooks:
        reason = f"{made_by['path']}, which made it, is gone"
        return FigureStatus(name=name, inputs=(reason,), files=files)
    return FigureStatus(name=name, inputs=_input_changes(record, here=here), files=files)


def _input_changes(record: Record, *, here: _Here) -> tuple[str, ...]:
    """Return what a figure's notebook reads that is no longer as the figure's record says."""
    before = _recorded_inputs(record, root=here.root)
    now = here.inputs(before.notebook, resources=resource_folders(before.resources))
    phrases = changes(before, now, root=here.root)
    digest = record["corpus"]["digest"]
    if edition_digest(here.root) == digest:
        return phrases
    if not before.edition:
        # Without the list of its files, the record still has the digest of the whole.
        return ("the corpus changed", *(one for one in phrases if "was added" not in one))
    wrong = wrong_digests(here.root)
    return _with_passages(phrases, told=here.edition_told(digest), wrong=wrong)


def _recorded_inputs(record: Record, *, root: Path) -> Inputs:
    """Return the inputs that a figure's record names."""
    from analysis.publish.memory import read_memory

    digest, edition = record["corpus"]["digest"], edition_files(root)
    if digest != joint_digest(edition):
        edition = (read_memory(root / FIGURES, digest) or {}).get("edition", {})
    return Inputs(
        notebook=record["notebook"]["path"],
        source=record["notebook"]["digest"],
        settings=record["notebook"]["settings"],
        edition=edition,
        resources=record["corpus"]["resources"],
        modules=record["modules"],
        versions=record["versions"],
        citation=record["citation"],
    )


def _file_changes(record: Record, *, root: Path) -> tuple[str, ...]:
    """Return what was done to a figure's files since they were written."""
    phrases = []
    for form in FORMS:
        path = root / FIGURES / f"{record['figure']}.{form}"
        if not path.is_file():
            phrases.append(f"{path.name} is missing")
        elif file_digest(path) != record["files"].get(form):
            phrases.append(f"{path.name} edited by hand")
    return tuple(phrases)


def _with_passages(
    phrases: tuple[str, ...], *, told: Mapping[str, str], wrong: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the phrases with the passages that changed after the text's name.

    `told` is what changed in the passages, `wrong` what to say of a text that no longer fits its
    digest, both by text.
    """
    found: list[str] = []
    left = dict(told)
    for phrase in phrases:
        words = [*phrase.split(), "", ""]
        doc_id = {"text": words[1], "corrections": words[2]}.get(words[0], "")
        named = wrong.get(doc_id, phrase) if words[0] == "text" else phrase
        found.append(f"{named}: {left.pop(doc_id)}" if doc_id in left else named)
    # An override or a setting may change the passages of a text that its file does not name.
    return (*found, *(f"text {doc_id} reads otherwise: {what}" for doc_id, what in left.items()))


def _relative(path: Path, *, root: Path) -> str:
    """Return a path from the root, with ``/``."""
    return path.relative_to(root).as_posix()

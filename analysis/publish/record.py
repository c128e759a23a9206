"""The record beside each figure: what it was made from, with what, and the digests of its files.

``figures/provenance/NAME.json`` holds, in this order of use: the caption, the alternative text and
the citation; the parameters and the seed; the digests of corpus, notebook, modules and files; the
versions of packages; and, under ``made``, the clock, the commit and the kind of machine, which are
never compared.
"""

from __future__ import annotations

import dataclasses
import json
import math
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.edition.sources import read_sources
from analysis.errors import InputError
from analysis.files import sha256_of
from analysis.project import CORPUS
from analysis.publish.citation import ProjectCitation, bibtex_authors, bibtex_entry
from analysis.publish.digests import RESOURCE_FOLDERS, file_digest, package_versions, resource_files
from analysis.publish.likeness import png_pixels, svg_drawing
from analysis.publish.opened import opened_below

if TYPE_CHECKING:
    from analysis.publish.drawing import Imprint

FIGURES = "figures"
PROVENANCE = "provenance"
FORMATS = ("svg", "pdf", "png")
FORMS = (*FORMATS, "csv")
DPI = 300
"""Pixels an inch of a figure's PNG."""

STAGE = "WITNESS_STAGE"
"""The environment variable that names a folder to receive figures instead of the project's."""
DRAWN = "WITNESS_DRAWN"
"""The environment variable that names where the figures are of a notebook that was only reworded:
those that come out the same are taken from there."""

NOT_COMPARED = ("made",)
DRAWN_WITH = ("matplotlib", "numpy", "pandas")

Record = dict[str, Any]


def make_record(
    imprint: Imprint,
    *,
    project: Path,
    settings: Any,
    seed: int | None,
    drawn: Mapping[str, bytes],
) -> Record:
    """Return the record of a figure that was drawn, without its citation.

    The notebook and its modules are added by who runs the notebook; a figure that was saved from
    elsewhere has none.
    """
    corpus = project / CORPUS
    return {
        "figure": imprint.name,
        "title": imprint.title,
        "caption": imprint.caption,
        "alt": imprint.alt,
        "citation": imprint.citation,
        "parameters": settings,
        "seed": seed,
        "corpus": {
            "digest": imprint.corpus,
            "documents": {
                source.id: file_digest(corpus / source.path) for source in read_sources(corpus)
            },
            "resources": resource_files(project, _resources_read(corpus)),
        },
        "notebook": None,
        "modules": {},
        "versions": package_versions(DRAWN_WITH),
        "files": {form: sha256_of(content) for form, content in drawn.items()},
        "drawing": {
            "svg": sha256_of(svg_drawing(drawn["svg"])),
            "png": png_pixels(drawn["png"]),
        },
        "made": {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": _commit(project),
            "on": here_on(),
        },
    }


def figure_bibtex(record: Mapping[str, Any], *, cited: ProjectCitation) -> str:
    """Return the BibTeX entry of a figure from its record and the project's citation."""
    note = f"Figure {record['figure']}, corpus sha256 {record['corpus']['digest'][:16]}"
    if record["seed"] is not None:
        note += f", seed {record['seed']}"
    software = f"{cited.title}, version {cited.version}" if cited.version else cited.title
    return bibtex_entry(
        "misc",
        f"figure-{record['figure']}",
        fields={
            "author": bibtex_authors(cited.authors),
            "title": record["title"],
            "howpublished": software,
            "note": note,
            "year": cited.year,
            "doi": cited.doi,
            "url": cited.url,
        },
    )


def record_path(folder: Path, name: str) -> Path:
    """Return where the record of a figure is, below the folder of figures."""
    return folder / PROVENANCE / f"{name}.json"


def record_bytes(record: Record) -> bytes:
    """Return the bytes of a record's file: keys are sorted, numbers plain."""
    text = json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False)
    return (text + "\n").encode("utf-8")


def read_record(folder: Path, name: str) -> Record | None:
    """Return the record of a figure; None if there is none, or none that can be read."""
    try:
        record = json.loads(record_path(folder, name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    needed = {"figure", "corpus", "files", "drawing", "modules", "versions", "notebook"}
    return record if isinstance(record, dict) and needed <= record.keys() else None


def recorded_figures(folder: Path) -> list[str]:
    """Return the names of the figures that have a record, in order."""
    # Names of figures have no dot; the memories of editions that lie there too have one.
    found = sorted(path.stem for path in (folder / PROVENANCE).glob("*.json"))
    return [name for name in found if "." not in name and read_record(folder, name) is not None]


def plain(value: Any) -> Any:
    """Return settings as JSON holds them: frozen dataclasses, mappings, sequences, numbers, text.

    Raises
    ------
    InputError
        If a value is none of these.
    """
    import numpy as np
    import pandas as pd

    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = dataclasses.asdict(value)
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | np.ndarray | pd.Series | pd.Index):
        return [plain(entry) for entry in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(entry) for entry in value), key=str)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, os.PathLike):
        raise InputError(
            f"The parameter {os.fspath(value)!r} is a path of this machine; give what it holds."
        )
    raise InputError(
        f"A parameter is a {type(value).__name__}, which no record can hold; "
        "give numbers, text, or a frozen dataclass of them."
    )


def here_on() -> str:
    """Return the kind of this machine: its system and its processor's architecture."""
    return f"{platform.system()} {platform.machine()}"


def one_line(text: str) -> str:
    """Return the text in one line, with single blanks."""
    return " ".join(text.split())


def one_line_json(value: Any) -> str:
    """Return the value as JSON in one line, keys sorted."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _resources_read(corpus: Path) -> tuple[str, ...]:
    """Return the resource folders that this run has read; all of them where nothing is known."""
    opened = opened_below(corpus)
    if opened is None:
        return RESOURCE_FOLDERS
    return tuple(sorted({name.split("/", 1)[0] for name in opened} & set(RESOURCE_FOLDERS)))


def _commit(project: Path) -> str | None:
    """Return the commit of the project, None outside git."""
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "HEAD"],
            cwd=project,
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()

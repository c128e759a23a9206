"""The reading room beside the figures: written when it is stale, watched like a figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.files import sha256_of, write_text
from analysis.publish.citation import read_citation
from analysis.publish.digests import edition_files, file_digest, joint_digest, own_version
from analysis.publish.imports import dependencies_of
from analysis.publish.record import FIGURES, PROVENANCE, Record, read_record, recorded_figures

if TYPE_CHECKING:
    from analysis.publish.reading_room.pages import ReadingRoom

ROOM = "reading-room"
# The dot tells it from the record of a figure.
_RECORD = "reading-room.pages.json"
_PAGES_MADE_BY = "import analysis.publish.reading_room.pages"
_TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "reading_room"
_SHOWN = ("alt", "bibtex", "caption", "corpus", "figure", "files", "notebook", "parameters")


def write_room(root: Path) -> ReadingRoom:
    """Return the reading room after writing its pages and the record that they are watched by."""
    from analysis.publish.reading_room.pages import write_reading_room

    room = write_reading_room(root)
    content = {
        "inputs": _inputs(root),
        "pages": {name: sha256_of(page) for name, page in room.pages.items()},
    }
    path = root / FIGURES / PROVENANCE / _RECORD
    text = json.dumps(content, indent=2, sort_keys=True) + "\n"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        write_text(path, text)
    return room


def room_changes(root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the pages are made from that has changed, and what was done to the pages.

    Both are empty where the reading room is the one that its inputs make.
    """
    try:
        record = json.loads((root / FIGURES / PROVENANCE / _RECORD).read_text(encoding="utf-8"))
        before, pages = record["inputs"], record["pages"]
    except (OSError, ValueError, KeyError, TypeError):
        return ("not made yet",), ()
    inputs = () if before == _inputs(root) else ("texts, figures or templates changed",)
    done = []
    for name, digest in sorted(pages.items()):
        path = root / FIGURES / ROOM / name
        if not path.is_file():
            done.append(f"{name} is missing")
        elif file_digest(path) != digest:
            done.append(f"{name} edited by hand")
    return inputs, tuple(done)


def _inputs(root: Path) -> str:
    """Return one digest of all that the pages are made from."""
    figures = root / FIGURES
    found = {**edition_files(root), **dependencies_of(_PAGES_MADE_BY).modules}
    found["citation"] = sha256_of(read_citation(root).text().encode("utf-8"))
    found["version"] = own_version()
    for path in sorted(_TEMPLATES.rglob("*")):
        if path.is_file():
            found[f"template {path.name}"] = file_digest(path)
    for name in recorded_figures(figures):
        record = read_record(figures, name) or {}
        found[f"figure {name}"] = _digest(record)
    return joint_digest(found)


def _digest(record: Record) -> str:
    """Return the digest of what the pages show of a figure."""
    shown = {key: record.get(key) for key in (*_SHOWN, "seed", "title", "versions")}
    return sha256_of(json.dumps(shown, sort_keys=True).encode("utf-8"))

"""The reading room beside the figures: written when it is stale, watched like a figure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from analysis.files import sha256_of, write_bytes, write_text
from analysis.publish.citation import read_citation
from analysis.publish.digests import edition_files, file_digest, joint_digest, own_version
from analysis.publish.imports import dependencies_of
from analysis.publish.record import FIGURES, PROVENANCE, Record, read_record, recorded_figures

ROOM = "reading-room"
# The dot tells it from the record of a figure.
_RECORD = "reading-room.pages.json"
_PAGES_MADE_BY = "import analysis.publish.reading_room.build"
_SHOWN = ("alt", "bibtex", "caption", "corpus", "figure", "files", "notebook", "parameters")


def room_pages(root: Path, *, figures: Path | None = None) -> dict[str, bytes]:
    """Return the pages of the reading room by name, made anew and not written.

    Parameters
    ----------
    root : Path
        The project.
    figures : Path, optional
        The folder of the figures; that of the project if not given.
    """
    from analysis.publish.reading_room.build import make_room

    pages = make_room(root, figures=figures).pages
    return {name: content.encode("utf-8") for name, content in pages.items()}


def write_room(root: Path) -> tuple[str, ...]:
    """Return the pages that were written because they were missing or not the same.

    Pages of texts that are no longer in the corpus are removed.
    """
    pages = room_pages(root)
    folder = root / FIGURES / ROOM
    written = []
    for name, content in pages.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            write_bytes(path, content)
            written.append(name)
    for path in folder.glob("*.html"):
        if path.name not in pages:
            path.unlink()
    _write_record(root, pages=pages)
    return tuple(written)


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


def _write_record(root: Path, *, pages: Mapping[str, bytes]) -> None:
    """Write what the pages were made from, and their digests."""
    content = {
        "inputs": _inputs(root),
        "pages": {name: sha256_of(content) for name, content in pages.items()},
    }
    path = root / FIGURES / PROVENANCE / _RECORD
    text = json.dumps(content, indent=2, sort_keys=True) + "\n"
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        write_text(path, text)


def _inputs(root: Path) -> str:
    """Return one digest of all that the pages are made from."""
    figures = root / FIGURES
    found = {**edition_files(root), **dependencies_of(_PAGES_MADE_BY).modules}
    found["citation"] = sha256_of(read_citation(root).text().encode("utf-8"))
    found["version"] = own_version()
    for name in recorded_figures(figures):
        record = read_record(figures, name) or {}
        found[f"figure {name}"] = _digest(record)
    return joint_digest(found)


def _digest(record: Record) -> str:
    """Return the digest of what the pages show of a figure."""
    shown = {key: record.get(key) for key in (*_SHOWN, "seed", "title", "versions")}
    return sha256_of(json.dumps(shown, sort_keys=True).encode("utf-8"))

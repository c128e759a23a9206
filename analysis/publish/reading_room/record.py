"""The reading room beside the figures: written when it is stale, watched like a figure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.files import sha256_of, write_text
from analysis.publish.citation import read_citation
from analysis.publish.digests import edition_files, file_digest, joint_digest, own_version
from analysis.publish.imports import dependencies_of
from analysis.publish.reading_room.shell import INDEX, ROOM, TOPICS
from analysis.publish.record import FIGURES, PROVENANCE, Record, read_record, recorded_figures

if TYPE_CHECKING:
    from analysis.publish.reading_room.pages import ReadingRoom

# The dot tells it from the record of a figure.
_RECORD = "reading-room.pages.json"
_PAGES_MADE_BY = "import analysis.publish.reading_room.pages"
_TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "reading_room"
_SHOWN = (
    "alt",
    "bibtex",
    "caption",
    "corpus",
    "figure",
    "files",
    "notebook",
    "parameters",
    "seed",
    "title",
    "versions",
)
_PARTS = {INDEX: "index", TOPICS: "topics"}
"""The parts of the pages that are made apart; all other pages are the part "texts"."""


def write_room(root: Path) -> ReadingRoom:
    """Return the reading room after writing its pages and the record that they are watched by.

    Pages of which nothing has changed are not made again: a new caption concerns the index alone.
    """
    from analysis.publish.reading_room.pages import write_reading_room

    before = _read_record(root) or {"inputs": {}, "lost": [], "pages": {}}
    common = _common_inputs(root)
    inputs = {"index": _all_inputs(root, common=common), **_inputs_of_parts(root, common=common)}
    kept = _kept(before, inputs=inputs, root=root)
    room = write_reading_room(root, kept=kept)
    if "texts" in map(_part_of, kept):
        room = replace(room, lost=tuple(before["lost"]))
    content = {
        "inputs": inputs,
        "lost": list(room.lost),
        "pages": {**kept, **{name: sha256_of(page) for name, page in room.pages.items()}},
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
    record = _read_record(root)
    if record is None:
        return ("not made yet",), ()
    same = record["inputs"]["index"] == _all_inputs(root, common=_common_inputs(root))
    inputs = () if same else ("texts, figures or templates changed",)
    return inputs, _done_to(record["pages"], root=root)


def _read_record(root: Path) -> dict[str, Any] | None:
    """Return the record that the pages are watched by; None if it cannot be read."""
    try:
        record = json.loads((root / FIGURES / PROVENANCE / _RECORD).read_text(encoding="utf-8"))
        inputs, lost, pages = record["inputs"], record["lost"], record["pages"]
        return {"inputs": {"index": inputs["index"], **inputs}, "lost": list(lost), "pages": pages}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _kept(before: Mapping[str, Any], *, inputs: Mapping[str, str], root: Path) -> dict[str, str]:
    """Return the digests of the pages that are there, as they were written, and right.

    The pages of the texts and of the persons are made from each other: all of them, or none.
    """
    kept: dict[str, str] = {}
    for part in ("texts", "topics"):
        pages = {name: digest for name, digest in before["pages"].items() if _part_of(name) == part}
        if before["inputs"].get(part) == inputs[part] and not _done_to(pages, root=root):
            kept |= pages
    return kept


def _part_of(page: str) -> str:
    """Return of which part a page is."""
    return _PARTS.get(page, "texts")


def _done_to(pages: Mapping[str, str], *, root: Path) -> tuple[str, ...]:
    """Return what was done to pages since they were written, given their digests then."""
    done = []
    for name, digest in sorted(pages.items()):
        path = root / FIGURES / ROOM / name
        if not path.is_file():
            done.append(f"{name} is missing")
        elif file_digest(path) != digest:
            done.append(f"{name} edited by hand")
    return tuple(done)


def _all_inputs(root: Path, *, common: Mapping[str, str]) -> str:
    """Return one digest of all that the pages are made from; the index shows something of all."""
    figures = root / FIGURES
    cited = read_citation(root).text()
    found = {**common, "citation": sha256_of(cited.encode("utf-8"))}
    for name in recorded_figures(figures):
        found[f"figure {name}"] = _digest(read_record(figures, name) or {}, keys=_SHOWN)
    return joint_digest(found)


def _inputs_of_parts(root: Path, *, common: Mapping[str, str]) -> dict[str, str]:
    """Return for the texts and for the topics one digest of all that these pages are made from."""
    from analysis.publish.reading_room.pages import records_in_order
    from analysis.publish.reading_room.places import named_places
    from analysis.publish.reading_room.topics import cards_of

    figures = root / FIGURES
    records = {record["figure"]: record for record in records_in_order(figures)}
    cards = cards_of(list(records.values()), figures=figures)
    # Pages of texts name figures beside their places, and lead to the topics if there are any.
    places = json.dumps([named_places(figures, list(records.values())), bool(cards)])
    captions = {
        f"figure {name}": _digest({**records[name], "cards": rows}, keys=("caption", "cards"))
        for name, rows in cards.items()
    }
    return {
        "texts": joint_digest({**common, "places": sha256_of(places.encode("utf-8"))}),
        "topics": joint_digest({**common, **captions}),
    }


def _common_inputs(root: Path) -> dict[str, str]:
    """Return the digests of what every page is made from: the edition, the code, its templates."""
    found = {**edition_files(root), **dependencies_of(_PAGES_MADE_BY).modules}
    found["version"] = own_version()
    for path in sorted(_TEMPLATES.rglob("*")):
        if path.is_file():
            found[f"template {path.name}"] = file_digest(path)
    return found


def _digest(record: Record, *, keys: Sequence[str]) -> str:
    """Return the digest of some of what a record says."""
    shown = {key: record.get(key) for key in keys}
    return sha256_of(json.dumps(shown, sort_keys=True).encode("utf-8"))

"""Figures that need not be drawn again, because their notebook was only reworded.

Drawing takes longer than most notebooks compute. Where nothing has changed that a figure is made
from, and it shall say what it says already, its files are right as they are.
"""

from __future__ import annotations

from pathlib import Path

from analysis.files import sha256_of
from analysis.publish.drawing import Imprint
from analysis.publish.record import FORMATS, Record, one_line_json, read_record


def drawn_before(
    folder: Path, imprint: Imprint, *, values: bytes
) -> tuple[dict[str, bytes], Record] | None:
    """Return the files of a figure by format, and its record, as they lie in a folder.

    None unless they say of themselves what `imprint` says, show `values`, and are as they were
    written.
    """
    record = read_record(folder, imprint.name)
    if record is None:
        return None
    said = (
        record.get("title"),
        record.get("caption"),
        record.get("alt"),
        record["corpus"]["digest"],
        record.get("citation"),
        one_line_json(record.get("parameters")),
        one_line_json(record.get("seed")),
    )
    now = (
        imprint.title,
        imprint.caption,
        imprint.alt,
        imprint.corpus,
        imprint.citation,
        imprint.parameters,
        imprint.seed,
    )
    files = {form: folder / f"{imprint.name}.{form}" for form in FORMATS}
    if said != now or not all(path.is_file() for path in files.values()):
        return None
    there = {"csv": values, **{form: path.read_bytes() for form, path in files.items()}}
    digests = {form: sha256_of(content) for form, content in there.items()}
    return (there, record) if digests == record["files"] else None

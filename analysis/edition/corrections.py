"""Corrections made by hand: read from ``corrections/DOC_ID.csv``, checked, kept to single words."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

from analysis.edition.blocks import Block
from analysis.edition.edits import CORRECTION, Edit
from analysis.edition.hand_lists import read_rows, read_span
from analysis.edition.word_edits import MAX_WORDS, by_word
from analysis.errors import CorpusError

__all__ = ["MAX_WORDS", "by_word", "check_places", "corrections_path", "read_corrections"]

CORRECTIONS = "corrections"
COLUMNS = ("char_start", "char_end", "before", "after", "reason")


def corrections_path(folder: Path, doc_id: str) -> Path:
    """Return where the list of corrections of a text is, if it has one."""
    return folder / CORRECTIONS / f"{doc_id}.csv"


def read_corrections(folder: Path, doc_id: str, *, raw: str) -> tuple[Edit, ...]:
    """Return the corrections made by hand for a text, in order; none where it has no file.

    A row that changes several words becomes an edit for each of them, so that the edits inside the
    span of a token turn the raw slice into the token.

    Raises
    ------
    CorpusError
        If a row has the wrong columns, its `before` does not stand at its place, it overlaps
        another, or it is longer than a few words.
    """
    path = corrections_path(folder, doc_id)
    rows = read_rows(path, columns=COLUMNS, what="The list of corrections")
    edits = sorted(_correction(row, raw=raw, where=where) for row, where in rows)
    for one, next_one in itertools.pairwise(edits):
        same_place = (one.char_start, one.char_end) == (next_one.char_start, next_one.char_end)
        if next_one.char_start < one.char_end or same_place:
            raise CorpusError(
                f"{path}: the corrections at {one.char_start} and {next_one.char_start} overlap; "
                "make them one."
            )
    return tuple(sorted(part for edit in edits for part in by_word(edit)))


def check_places(corrections: Sequence[Edit], blocks: Sequence[Block], *, listed_in: Path) -> None:
    """Raise a CorpusError for a correction that does not lie within one block, or empties it."""
    number = 0
    for edit in corrections:
        while number + 1 < len(blocks) and blocks[number + 1].char_start <= edit.char_start:
            number += 1
        block = blocks[number]
        if not block.char_start <= edit.char_start <= edit.char_end <= block.char_end:
            raise CorpusError(
                f"{listed_in}: the correction of {edit.before!r} at {edit.char_start} reaches over "
                f"the end of a block ({block.char_start}-{block.char_end}); keep it inside one, "
                "and join paragraphs with an override of continues."
            )
        whole = (edit.char_start, edit.char_end) == (block.char_start, block.char_end)
        if whole and not edit.after.strip():
            raise CorpusError(
                f"{listed_in}: the correction at {edit.char_start} takes the whole block "
                f"{edit.before!r} away; give it the layer page_furniture with an override."
            )


def _correction(row: dict[str, str], *, raw: str, where: str) -> Edit:
    """Return the edit of one row of a list of corrections."""
    start, end = read_span(row, where=where)
    before, after = row["before"], row["after"]
    found = raw[start:end] if 0 <= start <= end <= len(raw) else ""
    if found != before or end - start != len(before):
        at = _nearest(raw, before, place=start)
        hint = f"; the nearest is at {at}" if at >= 0 else ""
        raise CorpusError(
            f"{where}: {before!r} does not stand at {start}-{end}, but {found!r}{hint}; "
            "mend the offsets or take the correction out."
        )
    if before == after:
        raise CorpusError(f"{where} changes nothing: {before!r}; take it out.")
    if not row["reason"].strip():
        raise CorpusError(f"{where}: the correction of {before!r} has no reason; write one.")
    if max(len(before.split()), len(after.split())) > MAX_WORDS:
        raise CorpusError(
            f"{where}: a correction is {MAX_WORDS} words at most; {before!r} is longer, split it."
        )
    return Edit(
        char_start=start,
        char_end=end,
        before=before,
        after=after,
        rule=CORRECTION,
        reason=row["reason"],
    )


def _nearest(raw: str, text: str, *, place: int) -> int:
    """Return the place nearest to another where a text stands, or -1."""
    if not text:
        return -1
    place = min(max(place, 0), len(raw))
    found = [raw.rfind(text, 0, place + len(text)), raw.find(text, place)]
    return min((at for at in found if at >= 0), key=lambda at: abs(at - place), default=-1)

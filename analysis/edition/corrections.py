"""Corrections made by hand: read from ``corrections/DOC_ID.csv``, checked, kept to single words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from analysis.edition.blocks import Block
from analysis.edition.edits import CORRECTION, Edit, shared_ends
from analysis.edition.hand_lists import read_rows, read_span
from analysis.errors import CorpusError

CORRECTIONS = "corrections"
COLUMNS = ("char_start", "char_end", "before", "after", "reason")
MAX_WORDS = 6
"""An edit is a few words at most: a longer one would be a new text."""
_WORD = re.compile(r"\w+(?:['’‐-]\w+)*")
_SPACE = re.compile(r"(\s+)")


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


def by_word(edit: Edit) -> tuple[Edit, ...]:
    """Return an edit as one for each word that it changes; whole where it changes one.

    Words beside the change are left out of it. Where two words cannot be told apart ("xyz" that
    becomes "ab cd"), the edit stays whole.
    """
    if _tells_words(edit):
        return (edit,)
    parts = (_SPACE.split(edit.before), _SPACE.split(edit.after))
    pieces = [edit]
    if len(parts[0]) == len(parts[1]):
        starts = itertools.accumulate(map(len, parts[0]), initial=0)
        pieces = [
            _part(edit, start=start, before=before, after=after)
            for start, before, after in zip(starts, *parts, strict=False)
            if before != after
        ]
    narrow = [_without_neighbours(piece) for piece in pieces]
    found = [
        part for piece in narrow for part in ([piece] if _tells_words(piece) else _by_letter(piece))
    ]
    places = {(part.char_start, part.char_end) for part in found}
    return tuple(found) if len(places) == len(found) else (edit,)


def _tells_words(edit: Edit) -> bool:
    """Return whether each word of an edit's `after` is unchanged, or is all that the edit is."""
    head, tail = shared_ends(edit)
    n_before, n_after = len(edit.before), len(edit.after)

    def place(letter: int, *, ends: bool) -> int:
        if letter + (not ends) <= head:
            return letter
        if letter >= n_after - tail + ends:
            return n_before - (n_after - letter)
        return n_before - tail if ends else head

    for word in _WORD.finditer(edit.after):
        start, end = place(word.start(), ends=False), place(word.end(), ends=True)
        whole = (start, end) == (0, n_before)
        if (edit.after if whole else edit.before[start:end]) != word[0]:
            return False
    return True


def _without_neighbours(edit: Edit) -> Edit:
    """Return an edit without the unchanged words and marks before and behind the changed ones."""
    head, tail = shared_ends(edit)
    while head and edit.before[head - 1].isalnum():
        head -= 1
    while tail and edit.before[-tail].isalnum():
        tail -= 1
    n_before, n_after = len(edit.before), len(edit.after)
    return _part(
        edit,
        start=head,
        before=edit.before[head : n_before - tail],
        after=edit.after[head : n_after - tail],
    )


def _by_letter(edit: Edit) -> Iterator[Edit]:
    """Yield an edit in the runs of letters that it changes, blanks at their ends by themselves."""
    letters = SequenceMatcher(None, edit.before, edit.after, autojunk=False)
    for kind, start, end, after_start, after_end in letters.get_opcodes():
        if kind == "equal":
            continue
        before, after = edit.before[start:end], edit.after[after_start:after_end]
        inner = after.strip()
        if not before or not inner or inner == after:
            yield _part(edit, start=start, before=before, after=after)
            continue
        lead, trail = after[: after.index(inner)], after[after.index(inner) + len(inner) :]
        if lead:
            yield _part(edit, start=start, before="", after=lead)
        if before != inner:
            yield _part(edit, start=start, before=before, after=inner)
        if trail:
            yield _part(edit, start=end, before="", after=trail)


def _part(edit: Edit, *, start: int, before: str, after: str) -> Edit:
    """Return a part of an edit that begins at `start` of its `before`."""
    begin = edit.char_start + start
    return replace(edit, char_start=begin, char_end=begin + len(before), before=before, after=after)

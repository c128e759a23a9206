"""The edits that turn the XML of a TEI source into its text: tags, choices, and cut words."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from analysis.edition.blocks import Block
from analysis.edition.edits import Edit
from analysis.edition.line_ends import LineEnd
from analysis.edition.tei import TeiLayout
from analysis.edition.tei_pieces import MARKUP, REFERENCE, Piece, is_blank, is_content
from analysis.edition.tei_seams import WORD_SIGNS, plain, seams_between, seams_inside
from analysis.edition.word_edits import MAX_WORDS, by_word, narrow
from analysis.errors import CorpusError

_FEW_WORDS = re.compile(rf"\s*(?:\S+\s*){{1,{MAX_WORDS}}}|\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class TeiEdits:
    """What the markup of a file does to its words.

    `line_ends` are words whose hyphen the markup leaves open; `glued` are blocks that go on without
    a blank before them; `words` is the text before those are decided, to count its words.
    """

    edits: tuple[Edit, ...]
    line_ends: tuple[LineEnd, ...]
    glued: frozenset[int]
    words: str


def edits_of_tei(
    raw: str, layout: TeiLayout, *, blocks: Sequence[Block], corrections: Sequence[Edit]
) -> TeiEdits:
    """Return the edits of a TEI source, for the blocks that were made of its chunks.

    The rest of a word that a note cuts is moved to its beginning, so that the span of every token
    and the edits inside it give the token. Where a correction lies in such a rest it stays behind
    the note, and the token's span holds the note.
    """
    line_ends: list[LineEnd] = []
    edits: list[Edit] = []
    glued: set[int] = set()
    atoms = [list(_atoms(raw, chunk.pieces)) for chunk in layout.chunks]
    for pieces in atoms:
        covered: list[tuple[int, int]] = []
        for seam in seams_inside(raw, pieces):
            cut = seam.line_end(raw)
            if cut is not None:
                line_ends.append(cut)
            elif seam.is_closed(raw):
                edits += seam.closing(raw)
            else:
                continue
            covered.append(seam.gap)
        edits += _edits_inside(raw, pieces, covered=covered)
    for between in seams_between(raw, layout, blocks=blocks, atoms=atoms):
        seam = between.corrected(corrections)
        cut = seam.line_end(raw)
        if cut is not None:
            line_ends.append(cut)
        elif seam.is_closed(raw) and seam.block is not None:
            glued.add(seam.block)
            edits += seam.closing(raw)
    return TeiEdits(
        edits=tuple(edits),
        line_ends=tuple(sorted(line_ends, key=lambda one: one.hyphen)),
        glued=frozenset(glued),
        words="\n\n".join(plain(raw, pieces) for pieces in atoms),
    )


def check_corrections(corrections: Sequence[Edit], by_markup: TeiEdits, *, listed_in: Path) -> None:
    """Raise a CorpusError for a correction by hand that changes a tag or what stands for it."""
    edits = sorted(by_markup.edits)
    starts = [edit.char_start for edit in edits]
    for one in corrections:
        near = edits[
            max(0, bisect_right(starts, one.char_start) - 1) : bisect_left(starts, one.char_end)
        ]
        if any(edit.char_end > one.char_start and edit.char_start < one.char_end for edit in near):
            raise CorpusError(
                f"{listed_in}: the correction of {one.before!r} at {one.char_start} reaches into "
                "a tag; keep it to the words, or mend the TEI file and its digest."
            )


def _atoms(raw: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces, the white space at the ends of a piece of text as one of its own."""
    for piece in pieces:
        words = raw[piece.start : piece.end]
        if piece.kind != "text" or not words.strip():
            yield piece
            continue
        first = piece.start + len(words) - len(words.lstrip())
        last = piece.start + len(words.rstrip())
        for start, end in itertools.pairwise((piece.start, first, last, piece.end)):
            if start < end:
                yield replace(piece, start=start, end=end)


def _edits_inside(
    raw: str, pieces: Sequence[Piece], *, covered: Sequence[tuple[int, int]]
) -> Iterator[Edit]:
    """Yield the edits of a chunk's pieces but for those in places that are covered already."""
    starts = [start for start, _ in covered]
    for number, piece in enumerate(pieces):
        at = bisect_right(starts, piece.start) - 1
        if piece.kind == "text" or (at >= 0 and piece.start < covered[at][1]):
            continue
        edit = partial(_edit, raw, rule=piece.rule, why=piece.why)
        if piece.kind == "swap":
            swap = edit((piece.start, piece.end), after=piece.after)
            parts = (swap,) if piece.rule == REFERENCE else by_word(swap)
            close = _touches_word(raw, pieces, number=number)
            yield from map(narrow, parts) if close else parts
        elif piece.kind == "break" and not _is_parted(raw, pieces, number=number):
            yield _edit(raw, (piece.start, piece.end), rule=MARKUP, why="a line ends", after="\n")
        else:
            for part in _FEW_WORDS.finditer(raw, piece.start, piece.end):
                yield edit(part.span())


def _touches_word(raw: str, pieces: Sequence[Piece], *, number: int) -> bool:
    """Return whether the reading that a choice gives and a word beside it, tags aside, are one."""
    after = pieces[number].after
    for way, outer, inner in (
        (range(number - 1, -1, -1), -1, after[:1]),
        (range(number + 1, len(pieces)), 0, after[-1:]),
    ):
        beside = next((pieces[n] for n in way if pieces[n].kind in ("text", "swap")), None)
        words = plain(raw, [beside]) if beside is not None else ""
        if words and WORD_SIGNS.match(words[outer]) and (not inner or WORD_SIGNS.match(inner)):
            return True
    return False


def _is_parted(raw: str, pieces: Sequence[Piece], *, number: int) -> bool:
    """Return whether white space, or an earlier break, parts the words beside a break."""
    for way in (range(number - 1, -1, -1), range(number + 1, len(pieces))):
        for other in way:
            piece = pieces[other]
            if is_content(piece, raw) and piece.kind != "choice":
                break
            if is_blank(piece, raw) or (piece.kind == "break" and other < number):
                return True
    return False


def _edit(raw: str, span: tuple[int, int], *, rule: str, why: str, after: str = "") -> Edit:
    """Return the edit of a piece of the raw text."""
    start, end = span
    return Edit(
        char_start=start, char_end=end, before=raw[start:end], after=after, rule=rule, reason=why
    )

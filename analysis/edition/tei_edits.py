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
from analysis.edition.corrections import MAX_WORDS, by_word
from analysis.edition.edits import Edit
from analysis.edition.hyphens import Decision, HyphenBreak
from analysis.edition.line_ends import CUT_MARKS, LineEnd
from analysis.edition.tei import TeiLayout
from analysis.edition.tei_pieces import MARKUP, Piece, is_blank, is_content, stronger
from analysis.errors import CorpusError

PUT_TOGETHER = "word put together"
"""The rule of an edit that takes out what cuts a word without a hyphen."""
_WHY = "the markup cuts the word here"
_HYPHENS = f"-‐{CUT_MARKS}"
_LEFT = re.compile(r"(?P<part>[^\W_][\w’'-]*).\Z")
_RIGHT = re.compile(r"(?P<part>[^\W_](?:[\w’'-]*[\w’'])?)")
_FEW_WORDS = re.compile(rf"\s*(?:\S+\s*){{1,{MAX_WORDS}}}|\s+")
_NEAR = 6
"""How many pieces before a hyphen are looked at for the beginning of its word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TeiEdits:
    """What the markup of a file does to its words.

    `line_ends` are words cut at line ends, with the markup's decision on their hyphen if it has
    one; `glued` are blocks that go on without a blank before them; `words` is the text before the
    line ends are decided, to count its words.
    """

    edits: tuple[Edit, ...]
    line_ends: tuple[LineEnd, ...]
    glued: frozenset[int]
    words: str


def edits_of_tei(raw: str, layout: TeiLayout, *, blocks: Sequence[Block]) -> TeiEdits:
    """Return the edits of a TEI source, for the blocks that were made of its chunks."""
    line_ends: list[LineEnd] = []
    edits: list[Edit] = []
    glued: set[int] = set()
    atoms = [list(_atoms(raw, chunk.pieces)) for chunk in layout.chunks]
    for pieces in atoms:
        covered: list[tuple[int, int]] = []
        for seam in _seams_inside(raw, pieces):
            cut = seam.line_end(raw)
            if cut is not None:
                line_ends.append(cut)
            elif seam.breaks == "no":
                edits += seam.closing(raw)
            else:
                continue
            covered.append((seam.left.end, seam.right.start))
        edits += _edits_inside(raw, pieces, covered=covered)
    for number, seam in _seams_between(layout, blocks, atoms=atoms, raw=raw):
        chunk = layout.chunks[number]
        cut = seam.line_end(raw)
        if cut is not None:
            line_ends.append(cut)
        elif seam.breaks == "no" or not (seam.breaks or chunk.space_seen):
            glued.add(number)
            edits += seam.closing(raw)
    return TeiEdits(
        edits=tuple(edits),
        line_ends=tuple(sorted(line_ends, key=lambda one: one.hyphen)),
        glued=frozenset(glued),
        words="\n\n".join(_plain(raw, pieces) for pieces in atoms),
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seam:
    """Two pieces of text of one paragraph and what the breaks between them say of the word.

    `before` is the text up to the end of the first; `whole` says that the word which begins the
    second ends in it; `block` is that of the second where it is another one, and `free` is true
    where no words of another block lie between.
    """

    left: Piece
    right: Piece
    breaks: str
    before: str
    whole: bool
    block: int | None = None
    free: bool = True

    def line_end(self, raw: str) -> LineEnd | None:
        """Return the cut word, where a hyphen ends the first piece and a break follows."""
        if not self.breaks or self.left.kind != "text" or raw[self.left.end - 1] not in _HYPHENS:
            return None
        left = _LEFT.search(self.before)
        right = _RIGHT.match(raw, self.right.start, self.right.end)
        decided: Decision | None = None
        if self.left.hyphen_is_own:
            decided = {"no": "kept", "maybe": "doubtful"}.get(self.breaks)  # type: ignore[assignment]
        elif self.breaks == "no":
            decided = "joined"
        open_one = self.breaks in ("unsaid", "maybe") and not self.left.hyphen_is_own
        if decided is None and not (open_one and left and right):
            return None
        rest = self.right.start
        return LineEnd(
            hyphen=self.left.end - 1,
            rest=rest,
            rest_end=right.end() if right else min(rest + 1, self.right.end),
            parts=HyphenBreak(
                left=left["part"] if left else "-", right=right["part"] if right else "-"
            ),
            block=self.block,
            free=self.free,
            corrected=right is None or self.right.kind != "text" or not self.whole,
            decided=decided,
        )

    def closing(self, raw: str) -> Iterator[Edit]:
        """Yield the edits that leave nothing between the two parts of a word."""
        start, end = self.left.end, self.right.start
        edit = partial(_edit, raw, rule=PUT_TOGETHER, why=_WHY)
        right = _RIGHT.match(raw, self.right.start, self.right.end)
        if "left out" in (self.left.kind, self.right.kind):
            return
        if self.free and self.breaks == "no" and start < end:
            yield edit(start, end)
        elif right and self.before[-1:].isalnum() and self.block is not None:
            if self.free:
                yield edit(start, end)
            elif self.right.kind == "text" and self.whole:
                yield edit(start, start, after=right[0])
                yield edit(end, right.end())


def _seams_inside(raw: str, pieces: Sequence[Piece]) -> Iterator[_Seam]:
    """Yield the seams of a chunk: where a break stands between two pieces of text."""
    left: int | None = None
    breaks = ""
    for number, piece in enumerate(pieces):
        if piece.kind == "break":
            breaks = stronger(breaks, piece.breaks)
        if not is_content(piece, raw) or piece.kind == "choice":
            continue
        if breaks and left is not None and piece.kind != "left out":
            yield _Seam(
                left=pieces[left],
                right=piece,
                breaks=breaks,
                before=_plain(raw, pieces[max(0, left - _NEAR) : left + 1]),
                whole=_ends_with_piece(raw, pieces[number:]),
            )
        left, breaks = (number if piece.kind != "left out" else None), ""


def _seams_between(
    layout: TeiLayout, blocks: Sequence[Block], *, atoms: Sequence[Sequence[Piece]], raw: str
) -> Iterator[tuple[int, _Seam]]:
    """Yield the seams between the blocks of a paragraph, each with the number of the second."""
    for number, block in enumerate(blocks):
        chunk, before = layout.chunks[number], block.continues
        if before is None or before != chunk.continues:
            continue
        yield (
            number,
            _Seam(
                left=_words_of(atoms[before])[-1],
                right=_words_of(atoms[number])[0],
                breaks=chunk.break_seen,
                before=_plain(raw, atoms[before][-_NEAR:]),
                whole=_ends_with_piece(raw, _from_words(atoms[number])),
                block=number,
                free=all(
                    other.layer == "page_furniture" and len(one) == 1
                    for other, one in zip(
                        blocks[before + 1 : number], atoms[before + 1 : number], strict=True
                    )
                ),
            ),
        )


def _words_of(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without the tags of choices: a chunk begins and ends with one."""
    return [piece for piece in pieces if piece.kind != "choice"]


def _from_words(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces from the first that is no tag of a choice."""
    return list(itertools.dropwhile(lambda piece: piece.kind == "choice", pieces))


def _ends_with_piece(raw: str, pieces: Sequence[Piece]) -> bool:
    """Return whether the word that begins the first of some pieces ends in it."""
    first = pieces[0]
    word = _RIGHT.match(raw, first.start, first.end)
    if word is None or word.end() < first.end:
        return True
    after = next((piece for piece in pieces[1:] if is_content(piece, raw)), None)
    if after is None or any(is_blank(piece, raw) for piece in pieces[1 : pieces.index(after)]):
        return True
    return after.kind == "text" and not _RIGHT.match(raw, after.start, after.end)


def _plain(raw: str, pieces: Sequence[Piece]) -> str:
    """Return the words of some pieces; a line ends where a break stands."""
    words = []
    for piece in pieces:
        if piece.kind == "text":
            words.append(raw[piece.start : piece.end])
        elif piece.kind in ("swap", "break"):
            words.append(piece.after if piece.kind == "swap" else "\n")
    return "".join(words)


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
            yield from by_word(edit(piece.start, piece.end, after=piece.after))
        elif piece.kind == "break" and not _is_parted(raw, pieces, number=number):
            yield _edit(raw, piece.start, piece.end, rule=MARKUP, why="a line ends", after="\n")
        else:
            for part in _FEW_WORDS.finditer(raw, piece.start, piece.end):
                yield edit(part.start(), part.end())


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


def _edit(raw: str, start: int, end: int, *, rule: str, why: str, after: str = "") -> Edit:  # noqa: PLR0917
    """Return the edit of a piece of the raw text."""
    return Edit(
        char_start=start, char_end=end, before=raw[start:end], after=after, rule=rule, reason=why
    )

"""Where a word of a TEI source may be cut: at breaks inside its chunks, and between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from analysis.edition.blocks import Block
from analysis.edition.edits import Edit
from analysis.edition.hyphens import Decision, HyphenBreak
from analysis.edition.line_ends import CUT_MARKS, RULES, LineEnd
from analysis.edition.tei import TeiLayout
from analysis.edition.tei_pieces import REFERENCE, Piece, is_blank, is_content, stronger

PUT_TOGETHER = "word put together"
"""The rule of an edit that takes out what cuts a word without a hyphen."""
_WHY = "the markup cuts the word here"
_HYPHENS = f"-‐{CUT_MARKS}"
_LEFT = re.compile(r"(?P<part>[^\W_][\w’'-]*).\Z")
_RIGHT = re.compile(r"(?P<part>[^\W_](?:[\w’'-]*[\w’'])?)")
WORD_SIGNS = re.compile(r"[\w\u0300-\u036f\u00ad'’‐‑-]+")
"""Letters and whatever may stand between two letters of a word."""
_NEAR = 6
"""How many pieces on either side of a cut are looked at for the two parts of its word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seam:
    """Two pieces of text of one paragraph and what the breaks between them say of the word.

    `before` and `after` are the text on either side; `gap` is what may be taken out; `rest` are the
    pieces that hold the beginning of the second up to the end of its word (place, end, text), None
    where a correction or another cut lies in it. `block` is that of the second piece where it is
    another one, and `free` is true where no words of another block lie between.
    """

    left: Piece
    right: Piece
    before: str
    after: str
    gap: tuple[int, int]
    breaks: str
    spaced: bool
    rest: tuple[tuple[int, int, str], ...] | None
    block: int | None = None
    free: bool = True

    def decided(self, raw: str) -> Decision | None:
        """Return what the markup says of a hyphen that ends the first piece; None for nothing."""
        if not self._hyphen(raw):
            return None
        if not self.left.hyphen_is_own:
            return "joined" if self.breaks == "no" else None
        return {"no": "kept", "maybe": "doubtful"}.get(self.breaks)  # type: ignore[return-value]

    def is_closed(self, raw: str) -> bool:
        """Return whether no blank stands here, by the markup."""
        if self.before[-1:].isspace() or self.after[:1].isspace():
            return False  # a reading that is taken may end with a blank of its own
        by_break = self.breaks == "no" or self.decided(raw) is not None
        return by_break or not (self.breaks or self.spaced)

    def line_end(self, raw: str) -> LineEnd | None:
        """Return the word whose hyphen the markup leaves open; None where there is none."""
        if self.left.hyphen_is_own or self.breaks not in ("unsaid", "maybe"):
            return None
        left, judged = _LEFT.search(self.before), _RIGHT.match(self.after)
        right = _RIGHT.match(raw, self.right.start, self.right.end)
        if not self._hyphen(raw) or not (left and judged and right) or self.right.kind != "text":
            return None
        return LineEnd(
            hyphen=self.left.end - 1,
            rest=self.gap[1] if self.free else self.right.start,
            rest_end=right.end(),
            parts=HyphenBreak(left=left["part"], right=judged["part"]),
            block=self.block,
            free=self.free,
            corrected=self.rest is None or len(self.rest) != 1,
        )

    def closing(self, raw: str) -> Iterator[Edit]:
        """Yield the edits that put the two parts of a word together, as the markup says."""
        decision = self.decided(raw)
        edit = partial(_edit, raw, rule=RULES[decision] if decision else PUT_TOGETHER)
        last = self.left.end - 1
        joined = decision == "joined"
        in_word = decision or (WORD_SIGNS.match(self.before[-1:]) and WORD_SIGNS.match(self.after))
        if self.free:
            start = last if joined else self.gap[0]
            if (in_word or self.breaks == "no") and start < self.gap[1]:
                yield edit((start, self.gap[1]))
        elif in_word and self.rest and self.left.kind == "text":
            moved = "".join(text for *_, text in self.rest)
            yield edit((last, last + 1), after=moved if joined else f"{raw[last]}{moved}")
            for start, end, _ in self.rest:
                yield edit((start, end))
        elif joined:
            yield edit((last, last + 1))

    def corrected(self, corrections: Sequence[Edit]) -> Seam:
        """Return the seam, without the rest of its word where a correction by hand lies in it."""
        spans = [(self.left.end - 1, self.left.end), *((one[0], one[1]) for one in self.rest or ())]
        touched = any(
            start <= edit.char_end and edit.char_start <= end
            for edit in corrections
            for start, end in spans
        )
        return replace(self, rest=None) if touched else self

    def _hyphen(self, raw: str) -> bool:
        """Return whether a hyphen ends the first piece and a break follows."""
        hyphen = self.left.kind == "text" and raw[self.left.end - 1] in _HYPHENS
        return hyphen and bool(self.breaks)


def seams_inside(raw: str, pieces: Sequence[Piece]) -> Iterator[Seam]:
    """Yield the seams of a chunk: where a break stands between two pieces of text."""
    left: int | None = None
    breaks, spaced = "", False
    for number, piece in enumerate(pieces):
        if piece.kind == "break":
            breaks = stronger(breaks, piece.breaks)
        spaced = spaced or is_blank(piece, raw)
        if not is_content(piece, raw) or piece.kind == "choice":
            continue
        if breaks and left is not None and piece.kind != "left out":
            yield Seam(
                left=pieces[left],
                right=piece,
                before=_words_before(raw, pieces[: left + 1]),
                after=_words_after(raw, pieces[number:]),
                gap=(pieces[left].end, piece.start),
                breaks=breaks,
                spaced=spaced,
                rest=_rest(raw, pieces[number:]),
            )
        left, breaks, spaced = (number if piece.kind != "left out" else None), "", False


def seams_between(
    raw: str,
    layout: TeiLayout,
    *,
    blocks: Sequence[Block],
    atoms: Sequence[Sequence[Piece]],
) -> Iterator[Seam]:
    """Yield the seams between the blocks of a paragraph."""
    for number, block in enumerate(blocks):
        chunk, before = layout.chunks[number], block.continues
        if before is None or before != chunk.continues:
            continue
        between = zip(blocks[before + 1 : number], atoms[before + 1 : number], strict=True)
        yield Seam(
            left=[piece for piece in atoms[before] if piece.kind != "choice"][-1],
            right=next(piece for piece in atoms[number] if piece.kind != "choice"),
            before=_words_before(raw, atoms[before]),
            after=_words_after(raw, atoms[number]),
            gap=(atoms[before][-1].end, atoms[number][0].start),
            breaks=chunk.break_seen,
            spaced=chunk.space_seen,
            rest=_rest(raw, atoms[number]),
            block=number,
            free=all(one.layer == "page_furniture" and len(own) == 1 for one, own in between),
        )


def plain(raw: str, pieces: Sequence[Piece]) -> str:
    """Return the words of some pieces; a line ends where a break stands."""
    words = []
    for piece in pieces:
        if piece.kind == "text":
            words.append(raw[piece.start : piece.end])
        elif piece.kind in ("swap", "break"):
            words.append(piece.after if piece.kind == "swap" else "\n")
    return "".join(words)


def _words_before(raw: str, pieces: Sequence[Piece]) -> str:
    """Return the last words of some pieces."""
    backward = range(len(pieces), 0, -1)
    last = next((number for number in backward if plain(raw, pieces[number - 1 : number])), 0)
    return plain(raw, pieces[max(0, last - _NEAR) : last])


def _words_after(raw: str, pieces: Sequence[Piece]) -> str:
    """Return the first words of some pieces."""
    numbers = range(len(pieces))
    first = next((number for number in numbers if plain(raw, pieces[number : number + 1])), 0)
    return plain(raw, pieces[first : first + _NEAR])


def _rest(raw: str, pieces: Sequence[Piece]) -> tuple[tuple[int, int, str], ...] | None:
    """Return what some pieces begin with up to the end of a word; None where that is corrected."""
    found: list[tuple[int, int, str]] = []
    for piece in pieces:
        if piece.kind in ("markup", "choice", "left out"):
            continue
        if piece.kind == "text":
            word = WORD_SIGNS.match(raw, piece.start, piece.end)
            if word:
                found.append((word.start(), word.end(), word[0]))
            if not word or word.end() < piece.end:
                break
        elif piece.kind == "swap" and piece.rule == REFERENCE:
            if not WORD_SIGNS.fullmatch(piece.after):
                break
            found.append((piece.start, piece.end, piece.after))
        elif piece.kind == "break":
            cut_again = bool(found) and (piece.breaks == "no" or found[-1][2][-1] in _HYPHENS)
            return None if cut_again else tuple(found)
        else:
            return None
    return tuple(_without_hyphens(found))


def _without_hyphens(
    found: Sequence[tuple[int, int, str]],
) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a word without hyphens at its end, which may cut it once more."""
    left = len("".join(text for *_, text in found).rstrip(_HYPHENS))
    for start, end, text in found:
        kept = text[:left]
        left -= len(kept)
        if kept:
            yield start, end if kept == text else start + len(kept), kept


def _edit(raw: str, span: tuple[int, int], *, rule: str, after: str = "") -> Edit:
    """Return the edit of a piece of the raw text."""
    start, end = span
    return Edit(
        char_start=start, char_end=end, before=raw[start:end], after=after, rule=rule, reason=_WHY
    )

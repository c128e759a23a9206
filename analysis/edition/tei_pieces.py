"""The text of a TEI file in chunks, each a run of pieces without a gap: words and what is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.edition.speakers import Voice
from analysis.edition.tei_elements import Owner

MARKUP, REFERENCE = "markup", "reference"
PieceKind = Literal["text", "swap", "markup", "choice", "left out", "break"]
BREAKS_BY_STRENGTH = ("", "unsaid", "maybe", "yes", "no")
"""What a break may say of the word that it stands in, the weakest first; nothing where none is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """What stands at ``raw[start:end]`` inside a chunk, and in whose voice.

    `text` stands as it is; a `swap` is replaced by `after`; `markup` is taken out, and so are the
    tags of a `choice` with the reading that is swapped in, and words that are `left out`; a `break`
    ends a line, and `breaks` is what it says of the word around it. `rule` and `why` are those of
    the edit that a piece makes.
    """

    kind: PieceKind
    start: int
    end: int
    voice: Voice
    after: str = ""
    rule: str = MARKUP
    why: str = "a tag or comment"
    breaks: str = ""
    hyphen_is_own: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TeiChunk:
    """A run of text of one paragraph: ``raw[start:end]``, made of its pieces.

    `continues` is the chunk of the same paragraph before it, `break_seen` and `space_seen` what
    lies between the two; `opens` is true where a division begins or ended before it, `forced` where
    a milestone says that a section begins.
    """

    start: int
    end: int
    layer: str
    voice: Voice
    pieces: tuple[Piece, ...]
    page: str | None
    page_index: int
    continues: int | None
    break_seen: str
    space_seen: bool
    opens: bool
    forced: bool


def stronger(one: str, other: str) -> str:
    """Return which of two breaks says more of the word around it; an unknown value says nothing."""
    both = [kind if kind in BREAKS_BY_STRENGTH else "unsaid" for kind in (one, other)]
    return max(both, key=BREAKS_BY_STRENGTH.index)


def is_content(piece: Piece, raw: str) -> bool:
    """Return whether a piece is of the text: not white space, a tag, a comment or a break."""
    if piece.kind in ("swap", "choice"):
        return not is_blank(piece, raw)
    words = raw[piece.start : piece.end]
    return piece.kind in ("text", "left out") and bool(words) and not words.isspace()


def is_blank(piece: Piece, raw: str) -> bool:
    """Return whether a piece is white space, as it stands or as a reference (``&#13;``)."""
    if piece.kind == "swap":
        return piece.rule == REFERENCE and piece.after.isspace()
    return piece.kind == "text" and raw[piece.start : piece.end].isspace()


def finish(pieces: Sequence[Piece], *, raw: str, owner: Owner) -> tuple[Piece, ...]:
    """Return the pieces from the first to the last that is text, without the white space around.

    What that leaves out behind them is noted in the owner, for the chunk that may go on from here;
    so is white space before them.
    """
    numbers = [number for number, piece in enumerate(pieces) if is_content(piece, raw)]
    behind = pieces[numbers[-1] + 1 :] if numbers else pieces
    kept = list(pieces[numbers[0] : numbers[-1] + 1]) if numbers else []
    trailing = False
    if kept and kept[0].kind == "text":
        start = _first_letter(raw, kept[0])
        owner.space_seen = owner.space_seen or start > kept[0].start
        kept[0] = replace(kept[0], start=start)
    if kept and kept[-1].kind == "text":
        words = raw[kept[-1].start : kept[-1].end]
        trailing = words != words.rstrip()
        kept[-1] = replace(kept[-1], end=kept[-1].start + len(words.rstrip()))
    if trailing or any(is_blank(piece, raw) for piece in behind):
        owner.space_after = True
    for piece in behind:
        if piece.kind == "break":
            owner.break_after = stronger(owner.break_after, piece.breaks)
    return tuple(kept)


def _first_letter(raw: str, piece: Piece) -> int:
    """Return where the words of a piece of text begin."""
    words = raw[piece.start : piece.end]
    return piece.end - len(words.lstrip())

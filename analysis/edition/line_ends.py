"""Words cut by a hyphen at a line's end: where they are, and the edits that put them together.

A cut word may go on in the next line, on the next page, or behind the notes in between. Where only
white space or a page number lies between, one edit joins its parts; where notes do, the hyphen
alone is taken away, since an edit never holds a block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.edition.blocks import Block
from analysis.edition.edits import Edit, apply_edits
from analysis.edition.hyphens import HyphenBreak, HyphenDecision

_RULES = {
    "joined": "line-end hyphen removed",
    "kept": "line-end hyphen kept",
    "doubtful": "line-end hyphen kept, doubtful",
}
_REASONS = {
    "corpus": "the corpus writes the word so where no line ends",
    "dictionary": "the dictionary has the word so",
    "capital": "a capital follows a small letter",
    "no letters": "no letters on both sides",
    "none": "neither dictionary nor corpus knows the word",
}
_CUT = re.compile(
    r"(?P<left>[^\W_][\w’'-]*)-[^\S\r\n]*(?:\r\n|\r|\n)[^\S\r\n]*(?P<right>[^\W_][\w’'-]*)"
)
_LEFT = re.compile(r"(?P<left>[^\W_][\w’'-]*)-\Z")
_RIGHT = re.compile(r"(?P<right>[^\W_][\w’'-]*)")


@dataclass(frozen=True, kw_only=True, slots=True)
class LineEnd:
    """A hyphen at ``raw[hyphen]``, the last of a line, and where the rest of the word begins.

    `block` is the block with the rest of the word where that is another one, and `free` is true
    where only white space and page numbers lie between.
    """

    hyphen: int
    rest: int
    parts: HyphenBreak
    block: int | None = None
    free: bool = True


def find_line_ends(
    raw: str, blocks: Sequence[Block], *, corrections: Sequence[Edit]
) -> tuple[LineEnd, ...]:
    """Return the words cut at line ends: inside the blocks, and from block to block of a paragraph.

    The two parts of a word are given as the corrections leave them.
    """

    def corrected(cut: re.Match[str], name: str) -> str:
        return apply_edits(raw, corrections, start=cut.start(name), end=cut.end(name)).text

    found = []
    for block in blocks:
        for cut in _CUT.finditer(raw, block.char_start, block.char_end):
            parts = HyphenBreak(left=corrected(cut, "left"), right=corrected(cut, "right"))
            found.append(LineEnd(hyphen=cut.end("left"), rest=cut.start("right"), parts=parts))
    for number, block in enumerate(blocks):
        if block.continues is None:
            continue
        before = blocks[block.continues]
        left = _LEFT.search(raw, before.char_start, before.char_end)
        right = _RIGHT.match(raw, block.char_start, block.char_end)
        if left and right:
            between = blocks[block.continues + 1 : number]
            found.append(
                LineEnd(
                    hyphen=before.char_end - 1,
                    rest=block.char_start,
                    parts=HyphenBreak(
                        left=corrected(left, "left"), right=corrected(right, "right")
                    ),
                    block=number,
                    free=all(other.layer == "page_furniture" for other in between),
                )
            )
    return tuple(sorted(found, key=lambda one: one.hyphen))


def line_end_edits(
    raw: str, line_ends: Sequence[LineEnd], *, decisions: Sequence[HyphenDecision]
) -> tuple[Edit, ...]:
    """Return the edits that put cut words together, with or without their hyphen."""
    edits = []
    for one, decision in zip(line_ends, decisions, strict=True):
        joined = decision.decision == "joined"
        start = one.hyphen if joined else one.hyphen + 1
        end = one.rest if one.free else one.hyphen + 1
        if start == end:
            continue
        edits.append(
            Edit(
                char_start=start,
                char_end=end,
                before=raw[start:end],
                after="",
                rule=_RULES[decision.decision],
                reason=_REASONS[decision.evidence],
            )
        )
    return tuple(edits)


def join_edits(raw: str, blocks: Sequence[Block], *, cut_words: frozenset[int]) -> tuple[Edit, ...]:
    """Return the edits that join paragraphs over a gap of nothing but white space."""
    edits = []
    for number, block in enumerate(blocks):
        if block.continues is None or number in cut_words:
            continue
        start, end = blocks[block.continues].char_end, block.char_start
        if block.continues == number - 1 and not raw[start:end].strip():
            edits.append(
                Edit(
                    char_start=start,
                    char_end=end,
                    before=raw[start:end],
                    after=" ",
                    rule="join",
                    reason="the paragraph goes on",
                )
            )
    return tuple(edits)

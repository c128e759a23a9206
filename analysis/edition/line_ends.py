"""Words cut by a hyphen at a line's end: where they are, and the edits that put them together.

A cut word may go on in the next line, on the next page, or behind the notes in between. Where only
white space or a page number lies between, one edit joins its parts. Where notes do, two edits move
the rest of the word to its beginning, since an edit never holds a block of text: so the span of
every token and the edits inside it give the token. (A rest in which a correction lies, or that is
cut once more, stays in its place, and the hyphen alone goes.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.edition.blocks import Block
from analysis.edition.edits import Edit, apply_edits
from analysis.edition.hyphens import HyphenBreak, HyphenDecision

RULES = {
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
CUT_MARKS = "\u00ad¬"
"""Marks that only ever stand where a printer cut a word: they never belong to it."""
LONGEST_PART = 60
"""No part of a cut word is longer: a line without a blank would take the square of its length."""
_BEGIN = rf"(?<![^\W_])(?P<left>[^\W_][\w’'-]{{0,{LONGEST_PART}}})[-‐{CUT_MARKS}]"
_REST = rf"(?P<right>[^\W_](?:[\w’'-]{{0,{LONGEST_PART}}}[\w’'])?)"
_LINE_END = r"[^\S\r\n]*(?:\r\n|\r|\n)[^\S\r\n]*"
_CUT = re.compile(rf"{_BEGIN}{_LINE_END}(?={_REST})")
_CUT_AGAIN = re.compile(rf"[-‐{CUT_MARKS}]{_LINE_END}{_REST}")
_LEFT = re.compile(rf"{_BEGIN}\Z")
_RIGHT = re.compile(_REST)


@dataclass(frozen=True, kw_only=True, slots=True)
class LineEnd:
    """A hyphen at ``raw[hyphen]``, the last of a line, and where the rest of the word stands.

    `block` is the block with the rest of the word where that is another one; `free` is true where
    only white space and page numbers lie between, `corrected` where corrections or another cut lie
    in the rest.
    """

    hyphen: int
    rest: int
    rest_end: int
    parts: HyphenBreak
    block: int | None = None
    free: bool = True
    corrected: bool = False


def find_line_ends(
    raw: str, blocks: Sequence[Block], *, corrections: Sequence[Edit]
) -> tuple[LineEnd, ...]:
    """Return the words cut at line ends: inside the blocks, and from block to block of a paragraph.

    The two parts of a word are given as the corrections leave them.
    """
    found: list[LineEnd | None] = []
    for block in blocks:
        for cut in _CUT.finditer(raw, block.char_start, block.char_end):
            found.append(_line_end(raw, cut, rest=cut, corrections=corrections))
    for number, block in enumerate(blocks):
        if block.continues is None:
            continue
        before = blocks[block.continues]
        near = max(before.char_start, before.char_end - LONGEST_PART - 2)
        left = _LEFT.search(raw, near, before.char_end)
        right = _RIGHT.match(raw, block.char_start, block.char_end)
        if left and right:
            between = blocks[block.continues + 1 : number]
            one = _line_end(raw, left, rest=right, corrections=corrections)
            free = all(other.layer == "page_furniture" for other in between)
            found.append(one and replace(one, block=number, free=free))
    ends = sorted(filter(None, found), key=lambda one: one.hyphen)
    hyphens = {one.hyphen for one in ends}
    # A rest that is cut once more, by the end of its block.
    return tuple(replace(one, corrected=one.corrected or one.rest_end in hyphens) for one in ends)


def _line_end(
    raw: str, left: re.Match[str], *, rest: re.Match[str], corrections: Sequence[Edit]
) -> LineEnd | None:
    """Return a cut word from what was found of its parts, or None where a correction took one."""

    def corrected(part: re.Match[str], name: str) -> str:
        return apply_edits(raw, corrections, start=part.start(name), end=part.end(name)).text

    beginning, right = corrected(left, "left"), corrected(rest, "right")
    if not beginning or not right:
        return None
    judged = right
    again = _CUT_AGAIN.match(raw, rest.end("right"))
    while again:
        judged += corrected(again, "right")
        again = _CUT_AGAIN.match(raw, again.end())
    return LineEnd(
        hyphen=left.end("left"),
        rest=rest.start("right"),
        rest_end=rest.end("right"),
        parts=HyphenBreak(left=beginning, right=judged),
        corrected=judged != rest["right"],
    )


def line_end_edits(
    raw: str, line_ends: Sequence[LineEnd], *, decisions: Sequence[HyphenDecision]
) -> tuple[Edit, ...]:
    """Return the edits that put cut words together, with or without their hyphen."""
    edits = []
    for one, decision in zip(line_ends, decisions, strict=True):
        joined = decision.decision == "joined"
        rule, reason = RULES[decision.decision], _REASONS[decision.evidence]
        if raw[one.hyphen] in CUT_MARKS:
            joined, rule, reason = True, RULES["joined"], "a mark of a cut word and nothing else"
        first = one.hyphen if joined else one.hyphen + 1
        if one.free:
            spans = [(first, one.rest, "")]
        elif one.corrected:
            spans = [(one.hyphen, one.hyphen + 1, "")] if joined else []
        else:
            rest = raw[one.rest : one.rest_end]
            moved = rest if joined else f"{raw[one.hyphen]}{rest}"
            spans = [(one.hyphen, one.hyphen + 1, moved), (one.rest, one.rest_end, "")]
        edits += [
            Edit(
                char_start=start,
                char_end=end,
                before=raw[start:end],
                after=after,
                rule=rule,
                reason=reason,
            )
            for start, end, after in spans
        ]
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

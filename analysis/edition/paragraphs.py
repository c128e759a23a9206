"""Paragraphs put together again from blocks that pages, notes and stray gaps cut."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.edition.blocks import Block
from analysis.edition.edits import Edit, Placed, Places, apply_edits

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Paragraph:
    """A paragraph: its blocks (by index), and its text with lines joined by single spaces."""

    blocks: tuple[int, ...]
    placed: Placed


def put_together(
    raw: str, blocks: Sequence[Block], *, edits: Sequence[Edit], cut_words: frozenset[int]
) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text in the order in which they begin.

    `cut_words` are the blocks that begin with the rest of a word whose hyphen ended an earlier one.
    """
    chains: dict[int, list[int]] = {}
    head: dict[int, int] = {}
    for number, block in enumerate(blocks):
        first = number if block.continues is None else head[block.continues]
        head[number] = first
        chains.setdefault(first, []).append(number)
    return tuple(
        Paragraph(
            blocks=tuple(chain),
            placed=_joined(
                [(block_text(raw, blocks[n], edits=edits), n) for n in chain],
                cut_words=cut_words,
            ),
        )
        for chain in chains.values()
    )


def block_text(raw: str, block: Block, *, edits: Sequence[Edit]) -> Placed:
    """Return the text of a block after edits; a folio inside a cut word keeps what it has."""
    start, end = block.char_start, block.char_end
    if block.layer == "page_furniture":
        near = edits[bisect_left(edits, start, key=lambda edit: edit.char_start) :]
        edits = list(itertools.takewhile(lambda edit: edit.char_end <= end, near))
    return apply_edits(raw, edits, start=start, end=end)


def one_spaced(placed: Placed) -> Placed:
    """Return the text with each run of white space as one blank, and none at its ends.

    A dash that is set close to its words keeps close to them where a line ends beside it.
    """
    kept = np.ones(len(placed.text), dtype=bool)
    letters = list(placed.text)
    for space in _SPACE.finditer(placed.text):
        kept[space.start() : space.end()] = False
        inside = space.start() > 0 and space.end() < len(placed.text)
        if inside and not _beside_close_dash(placed.text, space=space):
            kept[space.start()] = True
            letters[space.start()] = " "
    return Placed(
        text="".join(letter for letter, keep in zip(letters, kept, strict=True) if keep),
        starts=placed.starts[kept],
        ends=placed.ends[kept],
    )


def _beside_close_dash(text: str, *, space: re.Match[str]) -> bool:
    """Return whether a line ends here beside a dash that has no blank on its other side."""
    start, end = space.span()
    if not set(space[0]) & set("\r\n"):
        return False
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] == "—" and not before[0].isspace()) or (
        after[:1] == "—" and not after[-1].isspace()
    )


def _joined(parts: Sequence[tuple[Placed, int]], *, cut_words: frozenset[int]) -> Placed:
    """Return the parts of a paragraph as one text: a blank between two, none inside a word.

    Where the rest of a cut word was moved over a note, its part begins with the blank behind it.
    """
    texts: list[str] = []
    starts: list[Places] = []
    ends: list[Places] = []
    for part, number in parts:
        spaced = one_spaced(part)
        if not spaced.text:
            continue
        if texts and (number not in cut_words or part.text[0].isspace()):
            texts.append(" ")
            starts.append(ends[-1][-1:])
            ends.append(spaced.starts[:1])
        texts.append(spaced.text)
        starts.append(spaced.starts)
        ends.append(spaced.ends)
    if not texts:
        return one_spaced(parts[0][0])
    return Placed(text="".join(texts), starts=np.concatenate(starts), ends=np.concatenate(ends))

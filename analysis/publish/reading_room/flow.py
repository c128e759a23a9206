"""A text in the order in which it is read: parts of its blocks, gathered by passage.

A part is what a block has of one passage. A word that the end of a page cuts stays whole in the
block where it begins. Notes, headings and what belongs to the page stand where the source has them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.edition.corpus import Text
from analysis.edition.edits import Edit, Places
from analysis.edition.voices import Voiced
from analysis.publish.reading_room.edits import Log
from analysis.tables import RUNNING_LAYERS
from analysis.text.running import running_text

FURNITURE = "page_furniture"
APART = ("title", "heading")
"""Layers that are never part of a passage, even between two parts of one."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Part:
    """Characters `begin` to `end` of a paragraph: what block `block` has of one passage.

    `passage` is the row of its passage in the passages table, None for what is in none. `by_edit`
    has for each character of the paragraph the index of the edit in `log` that put it there, -1 for
    none; `lost` are edits that left no character, with the character before which they stood.
    """

    voiced: Voiced
    block: int
    begin: int
    end: int
    passage: int | None
    by_edit: Places
    lost: tuple[tuple[int, Edit], ...]
    log: Sequence[Edit]

    @property
    def layer(self) -> str:
        """Return the layer."""
        return self.voiced.layer

    @property
    def text(self) -> str:
        """Return the characters."""
        return self.voiced.paragraph.placed.text[self.begin : self.end]

    @property
    def starts(self) -> Places:
        """Return the raw places of the characters."""
        return self.voiced.paragraph.placed.starts[self.begin : self.end]

    @property
    def ends(self) -> Places:
        """Return the raw ends of the characters."""
        return self.voiced.paragraph.placed.ends[self.begin : self.end]

    @property
    def edits(self) -> list[Edit]:
        """Return the edits of the part, in order."""
        behind = set(self.by_edit[self.begin : self.end].tolist()) - {-1}
        return sorted({*(self.log[number] for number in behind), *(edit for _, edit in self.lost)})

    @property
    def first(self) -> bool:
        """Return whether the paragraph begins here."""
        return self.begin == 0

    @property
    def last(self) -> bool:
        """Return whether the paragraph ends here."""
        return self.end == len(self.voiced.paragraph.placed.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Parts of one passage with what stands inside it, or parts between passages.

    `parts` are indices. `again` tells that the passage has begun in an earlier group.
    """

    passage: int | None
    parts: tuple[int, ...]
    again: bool = False


def parts_of(text: Text, passages: pd.DataFrame) -> tuple[Part, ...]:
    """Return the parts of a text in the order of its blocks.

    Parameters
    ----------
    text : Text
        A text of a corpus.
    passages : DataFrame
        The passages table of this text alone, in order.
    """
    ends = _ends_of_passages(text, passages)
    log = Log.of(text)
    found: list[Part] = []
    for one in text.paragraphs:
        if one.paragraph.placed.text:
            running = one.layer in RUNNING_LAYERS
            found += _parts(text, one, log=log, ends=next(ends) if running else None)
    found.sort(key=lambda part: (part.block, part.begin))
    return tuple(found)


def grouped(parts: Sequence[Part]) -> tuple[Group, ...]:
    """Return the parts by passage, in order; notes inside a passage stand with it."""
    following = _following_passages(parts)
    groups: list[tuple[int | None, list[int]]] = []
    for number, part in enumerate(parts):
        key = part.passage
        held = groups[-1][0] if groups else None
        if key is None and part.layer not in APART and following[number] == held:
            key = held
        if not groups or key != held:
            groups.append((key, []))
        groups[-1][1].append(number)
    seen: set[int | None] = {None}
    made = []
    for passage, members in groups:
        made.append(Group(passage=passage, parts=tuple(members), again=passage in seen - {None}))
        seen.add(passage)
    return tuple(made)


def _following_passages(parts: Sequence[Part]) -> list[int | None]:
    """Return for each part the passage of the next one that is in a passage, before a heading."""
    following: list[int | None] = [None] * len(parts)
    nearest: int | None = None
    for number in range(len(parts) - 1, -1, -1):
        following[number] = nearest
        part = parts[number]
        if part.passage is not None or part.layer in APART:
            nearest = part.passage
    return following


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Ends:
    """Where passages end inside a paragraph, as characters of it; `first` is a row."""

    first: int
    ends: Places
    total: int

    def rows(self, length: int) -> Places:
        """Return for each character the row of its passage; -1 behind the last passage."""
        rows = self.first + np.searchsorted(self.ends, np.arange(length), side="right")
        return np.where(rows < self.total, rows, -1)


def _ends_of_passages(text: Text, passages: pd.DataFrame) -> Iterator[_Ends]:
    """Yield for each paragraph of the running text where passages end in it."""
    running = running_text(text)
    found: list[int] = []
    place = 0
    for words in passages["text"]:
        place = running.text.index(words, place) + len(words)
        found.append(place)
    cuts = np.array(found, dtype=np.int64)
    for start, end in running.paragraphs:
        low, high = np.searchsorted(cuts, [start, end], side="right").tolist()
        yield _Ends(first=low, ends=cuts[low:high] - start, total=len(cuts))


def _parts(text: Text, one: Voiced, *, log: Log, ends: _Ends | None) -> Iterator[Part]:
    """Yield the parts of a paragraph: cut where its block or its passage changes."""
    length = len(one.paragraph.placed.text)
    since = text.blocks[one.paragraph.blocks[0]].char_start if one.layer == FURNITURE else 0
    by_edit = log.behind(one, since=since)
    lost = log.lost(text, one, by_edit=by_edit)
    blocks = _blocks_of(text, one, by_edit=by_edit)
    passages = _passages_of(one, ends=ends)
    borders = np.flatnonzero((np.diff(blocks) != 0) | (np.diff(passages) != 0)) + 1
    for begin, end in itertools.pairwise([0, *borders.tolist(), length]):
        closes = end == length or blocks[end] != blocks[begin]
        yield Part(
            voiced=one,
            block=int(blocks[begin]),
            begin=begin,
            end=end,
            passage=int(passages[begin]) if passages[begin] >= 0 else None,
            by_edit=by_edit,
            log=log.edits,
            lost=tuple(
                (at, edit) for at, edit in lost if begin <= at < end or (at == end and closes)
            ),
        )


def _passages_of(one: Voiced, *, ends: _Ends | None) -> Places:
    """Return for each character the row of its passage, -1 for what is in none.

    A blank between two passages goes with the first.
    """
    text = one.paragraph.placed.text
    if ends is None:
        return np.full(len(text), -1, dtype=np.int64)
    rows = ends.rows(len(text))
    blank = np.array([letter.isspace() for letter in text])
    blank[0] = False
    rows[blank] = rows[np.flatnonzero(blank) - 1]
    return rows


def _blocks_of(text: Text, one: Voiced, *, by_edit: Places) -> Places:
    """Return for each character of a paragraph its block; what an edit put there has the edit's."""
    own = np.array(one.paragraph.blocks, dtype=np.int64)
    begins = np.array([text.blocks[number].char_start for number in own], dtype=np.int64)
    places = one.paragraph.placed.starts.copy()
    edited = np.flatnonzero(by_edit >= 0)
    places[edited] = [text.edits[number].char_start for number in by_edit[edited].tolist()]
    found = own[np.maximum(np.searchsorted(begins, places, side="right") - 1, 0)]
    text_of = one.paragraph.placed.text
    for border in (np.flatnonzero(np.diff(found) != 0) + 1).tolist():
        # A word cut by a note too stays whole.
        stop = border
        while stop < len(text_of) and not (text_of[stop - 1].isspace() or text_of[stop].isspace()):
            stop += 1
        found[border:stop] = found[border - 1]
    return found

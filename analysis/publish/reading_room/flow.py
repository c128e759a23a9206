"""A text in the order in which it is read: passages, and what stands between them.

A paragraph of the running text is cut where a passage ends. Notes, headings and what belongs to
the page stand where they begin.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.edition.corpus import Text
from analysis.edition.edits import Edit, Places
from analysis.edition.voices import Voiced
from analysis.tables import RUNNING_LAYERS
from analysis.text.running import running_text


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Portion:
    """A part of a paragraph: characters ``begin`` to ``end`` of it, all of one passage.

    `passage` is the row of its passage in the passages table, None for what is in none. `first` and
    `last` tell whether the paragraph begins and ends here.
    """

    voiced: Voiced
    begin: int
    end: int
    passage: int | None

    @property
    def first(self) -> bool:
        """Return whether the paragraph begins here."""
        return self.begin == 0

    @property
    def last(self) -> bool:
        """Return whether the paragraph ends here."""
        return self.end >= len(self.voiced.paragraph.placed.text)

    @property
    def starts(self) -> Places:
        """Return the raw places of the characters."""
        return self.voiced.paragraph.placed.starts[self.begin : self.end]

    @property
    def ends(self) -> Places:
        """Return the raw ends of the characters."""
        return self.voiced.paragraph.placed.ends[self.begin : self.end]

    @property
    def text(self) -> str:
        """Return the characters."""
        return self.voiced.paragraph.placed.text[self.begin : self.end]

    @property
    def layer(self) -> str:
        """Return the layer of the paragraph."""
        return self.voiced.layer


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Run:
    """Characters of one voice that one edit, or none, has put there.

    `page` is the page that begins with them; `lost` are edits that took away what stood before
    them and put nothing in its place.
    """

    begin: int
    end: int
    text: str
    voice: str
    speaker: str | None
    edit: Edit | None
    lost: tuple[Edit, ...]
    page: str | None


def portions(text: Text, passages: pd.DataFrame) -> list[Portion]:
    """Return the parts of a text in the order in which it is read.

    Parameters
    ----------
    text : Text
        A text of a corpus.
    passages : DataFrame
        The passages table of this text alone.
    """
    running = list(_running_portions(text, passages))
    found: list[Portion] = []
    others = [
        Portion(voiced=one, begin=0, end=len(one.paragraph.placed.text), passage=None)
        for one in text.paragraphs
        if one.layer not in RUNNING_LAYERS and one.paragraph.placed.text
    ]
    others.sort(key=lambda portion: int(portion.starts[0]))
    for portion in running:
        while others and others[0].starts[0] < portion.starts[0]:
            found.append(others.pop(0))
        found.append(portion)
    return [*found, *others]


def runs(text: Text, portion: Portion, *, page: str | None) -> list[Run]:
    """Return the characters of a portion cut where voice, edit or page changes.

    `page` is the page that was told last; a new one is told with the run that begins it.
    """
    length = portion.end - portion.begin
    if not length:
        return []
    codes = portion.voiced.codes[portion.begin : portion.end]
    by_edit = _edits_of(text, portion)
    lost = _lost_in(text, portion, by_edit=by_edit)
    pages = _pages_of(text, portion)
    changed = (np.diff(codes) != 0) | (np.diff(by_edit) != 0)
    borders = {0, *(np.flatnonzero(changed) + 1).tolist(), *(at for at in lost if at < length)}
    borders |= {at for at in range(1, length) if pages[at] != pages[at - 1]}
    cuts = [*sorted(borders), length]
    found: list[Run] = []
    for begin, end in itertools.pairwise(cuts):
        voice = portion.voiced.kinds[int(codes[begin])]
        new_page = pages[begin] if pages[begin] != page else None
        page = pages[begin]
        found.append(
            Run(
                begin=begin,
                end=end,
                text=portion.text[begin:end],
                voice=voice.voice,
                speaker=voice.speaker,
                edit=text.edits[by_edit[begin]] if by_edit[begin] >= 0 else None,
                lost=tuple(lost.get(begin, ())),
                page=new_page,
            )
        )
    if length in lost:
        behind = tuple(lost[length])
        found.append(replace(found[-1], begin=length, text="", edit=None, lost=behind, page=None))
    return found


def last_page(text: Text, portion: Portion) -> str | None:
    """Return the page on which a portion ends."""
    return _pages_of(text, portion)[-1] if portion.end > portion.begin else None


def _running_portions(text: Text, passages: pd.DataFrame) -> Iterator[Portion]:
    """Yield the parts of the paragraphs of the running text, cut where a passage ends."""
    running = running_text(text)
    ends: list[int] = []
    place = 0
    for words in passages["text"]:
        place = running.text.index(words, place) + len(words)
        ends.append(place)
    paragraphs = [
        one for one in text.paragraphs if one.layer in RUNNING_LAYERS and one.paragraph.placed.text
    ]
    for one, (start, end) in zip(paragraphs, running.paragraphs, strict=True):
        begin = start
        while begin < end:
            number = int(np.searchsorted(ends, begin, side="right"))
            held = number < len(ends)
            stop = min(end, ends[number]) if held else end
            # A blank between two sentences goes with the first.
            while stop < end and running.text[stop].isspace():
                stop += 1
            yield Portion(
                voiced=one,
                begin=begin - start,
                end=stop - start,
                passage=number if held else None,
            )
            begin = stop


def _edits_of(text: Text, portion: Portion) -> Places:
    """Return for each character the number of the edit that it comes from, -1 for none."""
    first, last = _edit_bounds(text)
    found = np.full(portion.end - portion.begin, -1, dtype=np.int64)
    if not len(first):
        return found
    starts, ends = portion.starts, portion.ends
    candidate = np.searchsorted(first, starts, side="right") - 1
    known = np.maximum(candidate, 0)
    inside = (starts < last[known]) & (ends <= last[known])
    put_in = (starts == ends) & (starts <= last[known])
    chosen = (candidate >= 0) & (inside | put_in)
    found[chosen] = candidate[chosen]
    return found


def _lost_in(text: Text, portion: Portion, *, by_edit: Places) -> dict[int, list[Edit]]:
    """Return the edits that left no character, by the character before which they stood."""
    present = set(by_edit.tolist())
    first, _ = _edit_bounds(text)
    blocks = [text.blocks[number] for number in portion.voiced.paragraph.blocks]
    low, high = int(portion.starts[0]), int(portion.ends[-1])
    if portion.first:
        low = min(block.char_start for block in blocks)
    if portion.last:
        high = max(block.char_end for block in blocks)
    found: dict[int, list[Edit]] = {}
    for number in range(*np.searchsorted(first, [low, high]).tolist()):
        edit = text.edits[number]
        within = any(block.char_start <= edit.char_start < block.char_end for block in blocks)
        if number not in present and within:
            at = int(np.searchsorted(portion.starts, edit.char_start))
            found.setdefault(at, []).append(edit)
    return found


@lru_cache(maxsize=64)
def _edit_bounds(text: Text) -> tuple[Places, Places]:
    """Return the raw starts and ends of the edits of a text."""
    return (
        np.array([edit.char_start for edit in text.edits], dtype=np.int64),
        np.array([edit.char_end for edit in text.edits], dtype=np.int64),
    )


@lru_cache(maxsize=64)
def _block_starts(text: Text) -> Places:
    """Return the raw starts of the blocks of a text."""
    return np.array([block.char_start for block in text.blocks], dtype=np.int64)


def _pages_of(text: Text, portion: Portion) -> list[str | None]:
    """Return for each character the page that it stands on."""
    numbers = np.searchsorted(_block_starts(text), portion.starts, side="right") - 1
    return [text.blocks[max(0, number)].page for number in numbers.tolist()]

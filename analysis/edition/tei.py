"""A TEI P5 file as a source: its layout, read from the markup.

What the raw text of a TEI source is: **the XML file as it lies**, decoded from UTF-8. Its digest is
the file's, line numbers are those an editor shows, and a place (``novel@18432-19120``) is an offset
in the file, so it never changes when the way of reading does. ``raw[char_start:char_end]`` of a
block or token is what stands there, tags and all, and the edit log turns it into the text:

- A tag or comment inside a block is an edit that takes it out (rule ``markup``); between blocks it
  lies in the gap, like the header, which gives nothing to the text. A long one is several edits, so
  that none holds more than a few words.
- ``sic`` and ``corr`` in a ``choice`` are one edit that turns the words of the one, where they
  stand, into those of the other (rule ``choice``); so are ``orig`` and ``reg``, ``abbr`` and
  ``expan``. What the edition does not take (``del``, ``surplus``, a second reading) is
  ``left out``.
- A reference (``&amp;``, ``&#8217;``) becomes the character that it stands for (``reference``).
- A word that ``lb``, ``pb`` or ``cb`` with ``break="no"`` cuts is put together, without the hyphen
  at the line's end; a hyphen in ``pc`` is the word's own and stays. Where ``break`` is not said,
  the dictionary and the corpus decide, as in a scanned book. Any other break is white space.

What the markup says is taken as it is said; rules find nothing more, with one exception: where no
word of a file is marked as a quotation (``q``, ``said``, ``quote`` inside a paragraph) nor voices
are declared, as in much of ELTeC, quotation marks are read as in any other source.

A block is a run of text of one paragraph on one page: ``pb``, ``note``, ``fw``, ``figure``, a list
or ``space dim="vertical"`` inside a paragraph end it, and what follows goes on from it.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.edition.edits import Places
from analysis.edition.layout import Chunk
from analysis.edition.sources import Source
from analysis.edition.speakers import Voice
from analysis.edition.tei_people import People
from analysis.edition.tei_pieces import TeiChunk
from analysis.edition.tei_scan import Mark
from analysis.edition.tei_walk import Walk
from analysis.edition.tei_xml import TEI, read_marks
from analysis.errors import CorpusError

PROFILE = "tei"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TeiLayout:
    """What the markup of a TEI file says: its text in chunks, in order, and whose words they are.

    `quotations_by_rule` is true where the markup is silent on quotations; `loose` are the places of
    words of the text that are in no chunk, which there must not be.
    """

    chunks: tuple[TeiChunk, ...]
    quotations_by_rule: bool
    loose: tuple[int, ...]

    @property
    def joins(self) -> dict[int, int]:
        """Return, for each chunk that goes on with a paragraph, the chunk that it goes on from."""
        return {
            number: chunk.continues
            for number, chunk in enumerate(self.chunks)
            if chunk.continues is not None
        }

    @property
    def openings(self) -> frozenset[int]:
        """Return the chunks before which a division begins or ended."""
        return frozenset(number for number, chunk in enumerate(self.chunks) if chunk.opens)

    @property
    def new_sections(self) -> frozenset[int]:
        """Return the chunks before which a milestone says that a section begins."""
        return frozenset(number for number, chunk in enumerate(self.chunks) if chunk.forced)

    def as_chunks(self, raw: str) -> list[Chunk]:
        """Return the chunks as those of any other layout."""
        newlines = [place for place, letter in enumerate(raw) if letter == "\n"]
        return [_chunk(raw, chunk, newlines=newlines) for chunk in self.chunks]


@lru_cache(maxsize=8)
def lay_out_tei(raw: str, source: Source) -> TeiLayout:
    """Return the layout of a TEI file.

    Raises
    ------
    CorpusError
        If the file is no TEI P5, not well-formed, or holds what is not read for safety's sake.
    """
    root, marks = read_marks(raw, name=source.path)
    people = People.of(root, author=source.author)
    inside = _text_of(marks, root.find(f"{{{TEI}}}text"))
    walk = Walk(raw=raw, people=people)
    walk.through(inside)
    if not walk.chunks:
        raise CorpusError(f"{source.path}: its text element holds no words; give the whole file.")
    return TeiLayout(
        chunks=tuple(walk.chunks),
        quotations_by_rule=not walk.quotes and not people.marks_voices(),
        loose=tuple(_loose(raw, inside, walk=walk)),
    )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class MarkedVoices:
    """The voices that the markup gives: from ``starts[i]`` of the raw text on, ``voices[i]``.

    `of_chunk` is the voice of each chunk as a whole, by its start, and `layer_of_chunk` its layer.
    """

    starts: Places
    voices: tuple[Voice, ...]
    of_chunk: dict[int, Voice]
    layer_of_chunk: dict[int, str]
    quotations_by_rule: bool

    @classmethod
    def of(cls, layout: TeiLayout) -> MarkedVoices:
        """Return the voices of a layout."""
        pieces = [piece for chunk in layout.chunks for piece in chunk.pieces]
        return cls(
            starts=np.array([piece.start for piece in pieces], dtype=np.int64),
            voices=tuple(piece.voice for piece in pieces),
            of_chunk={chunk.start: chunk.voice for chunk in layout.chunks},
            layer_of_chunk={chunk.start: chunk.layer for chunk in layout.chunks},
            quotations_by_rule=layout.quotations_by_rule,
        )

    def spans(self, starts: Places, *, base: Voice) -> list[tuple[int, int, Voice]]:
        """Return the runs of another voice than the base among characters at these raw places."""
        numbers = np.searchsorted(self.starts, starts, side="right") - 1
        voices = [self.voices[number] for number in numbers.tolist()]
        runs = itertools.groupby(range(len(voices)), key=voices.__getitem__)
        spans = [(voice, list(places)) for voice, places in runs]
        return [(at[0], at[-1] + 1, voice) for voice, at in spans if voice != base]


def _text_of(marks: Sequence[Mark], element: object) -> Sequence[Mark]:
    """Return the marks from the start of an element to its end."""
    ends = [number for number, mark in enumerate(marks) if mark.element is element]
    return marks[ends[0] : ends[-1] + 1]


def _loose(raw: str, marks: Sequence[Mark], *, walk: Walk) -> list[int]:
    """Return the places of words that are in no chunk and not the encoder's."""
    starts = [chunk.start for chunk in walk.chunks]
    found = []
    for mark in marks:
        if mark.kind not in ("text", "reference") or mark.start in walk.silent:
            continue
        words = mark.stands_for or raw[mark.start : mark.end]
        if not words.strip():
            continue
        first = mark.start + len(words) - len(words.lstrip())
        number = bisect_right(starts, first) - 1
        if number < 0 or walk.chunks[number].end <= first:
            found.append(first)
    return found


def _chunk(raw: str, chunk: TeiChunk, *, newlines: Sequence[int]) -> Chunk:
    """Return a chunk as the other layouts make them."""
    return Chunk(
        char_start=chunk.start,
        char_end=chunk.end,
        line_start=bisect_right(newlines, chunk.start - 1) + 1,
        line_end=bisect_right(newlines, chunk.end - 1) + 1,
        indent=0,
        widths=tuple(len(line.strip()) for line in raw[chunk.start : chunk.end].split("\n")),
        page_index=chunk.page_index,
        page=chunk.page,
    )

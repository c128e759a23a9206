"""The running text of an edition: body, long quotations and lists, with all their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from analysis.edition.corpus import Text
from analysis.edition.voices import Voice
from analysis.tables import RUNNING_LAYERS
from analysis.text.sentences import split_sentences
from analysis.text.words import DEFAULT_WORD_RULE, word_spans

PARAGRAPH_GAP = "\n\n"
Codes = npt.NDArray[np.int64]
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class RunningText:
    """The running text of one document: paragraphs with a blank line between them.

    `starts` and `ends` are the raw places of each character; `voices` is the voice of each
    paragraph's characters by code, into `kinds`; `paragraphs` and `sentences` are spans of the
    text, `layers` and `sections` are one a paragraph; `words` are the spans of all running words.
    """

    doc_id: str
    text: str
    starts: Codes
    ends: Codes
    kinds: tuple[Voice, ...]
    voices: Codes
    paragraphs: tuple[Span, ...]
    layers: tuple[str, ...]
    sections: tuple[int, ...]
    sentences: tuple[Span, ...]
    words: Codes
    """Spans of the running words, one row a word: start, end."""
    sentence_starts: Codes
    paragraph_starts: Codes

    def n_words(self, start: int, end: int) -> int:
        """Return how many running words begin in a piece of the text."""
        return int(
            np.searchsorted(self.words[:, 0], end) - np.searchsorted(self.words[:, 0], start)
        )


@lru_cache(maxsize=64)
def running_text(text: Text) -> RunningText:
    """Return the running text of a document, with its sentences and words.

    The layers are body, blockquote and list; footnotes, notes, headings and what is not the text
    are left out. A paragraph that a note or page interrupts stands whole where it begins.
    """
    paragraphs = [one for one in text.paragraphs if one.layer in RUNNING_LAYERS]
    paragraphs = [one for one in paragraphs if one.paragraph.placed.text]
    kinds: dict[Voice, int] = {}
    pieces: list[str] = []
    starts: list[Codes] = []
    ends: list[Codes] = []
    voices: list[Codes] = []
    spans: list[Span] = []
    place = 0
    for number, one in enumerate(paragraphs):
        placed = one.paragraph.placed
        if number:
            pieces.append(PARAGRAPH_GAP)
            starts.append(np.repeat(ends[-1][-1], len(PARAGRAPH_GAP)))
            ends.append(np.repeat(placed.starts[0], len(PARAGRAPH_GAP)))
            voices.append(np.zeros(len(PARAGRAPH_GAP), dtype=np.int64))
            place += len(PARAGRAPH_GAP)
        codes = [kinds.setdefault(kind, len(kinds)) for kind in one.kinds]
        pieces.append(placed.text)
        starts.append(placed.starts)
        ends.append(placed.ends)
        voices.append(np.array(codes, dtype=np.int64)[one.codes])
        spans.append((place, place + len(placed.text)))
        place += len(placed.text)
    joined = "".join(pieces)
    sentences = split_sentences(
        joined, abbreviations=text.source.abbreviations, language=text.source.language
    )
    return RunningText(
        doc_id=text.doc_id,
        text=joined,
        starts=_one(starts),
        ends=_one(ends),
        kinds=tuple(kinds),
        voices=_one(voices),
        paragraphs=tuple(spans),
        layers=tuple(one.layer for one in paragraphs),
        sections=tuple(text.blocks[one.paragraph.blocks[0]].section for one in paragraphs),
        sentences=tuple(sentences),
        words=np.array(word_spans(joined, rule=DEFAULT_WORD_RULE), dtype=np.int64).reshape(-1, 2),
        sentence_starts=np.array([start for start, _ in sentences], dtype=np.int64),
        paragraph_starts=np.array([start for start, _ in spans], dtype=np.int64),
    )


def _one(arrays: Sequence[Codes]) -> Codes:
    """Return some arrays as one, empty where there are none."""
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int64)

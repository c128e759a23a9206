"""What part of an edition each chunk is: its layer, by the profile of its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.edition.layers_book import layers_of_book
from analysis.edition.layers_web import layers_of_transcription
from analysis.edition.layout import Chunk, chunks_of_pages, chunks_of_paragraphs
from analysis.edition.shapes import is_chapter_heading, is_in_capitals, same_words
from analysis.edition.sources import Source

_START = re.compile(r"\*{3} ?START OF TH(?:E|IS) PROJECT GUTENBERG")
_END = re.compile(r"(?:\*{3} ?)?END OF TH(?:E|IS) PROJECT GUTENBERG", re.IGNORECASE)


def lay_out(raw: str, *, source: Source) -> tuple[list[Chunk], list[str]]:
    """Return the chunks of a raw text and the layer of each, as its source's profile says."""
    if source.profile == "ocr-book":
        chunks = chunks_of_pages(raw)
        return chunks, layers_of_book(raw, chunks, title=source.title)
    chunks = chunks_of_paragraphs(raw)
    if source.profile == "web-transcription":
        return chunks, layers_of_transcription(raw, chunks, source=source)
    return chunks, _layers_of_plain_text(raw, chunks, title=source.title)


def _layers_of_plain_text(raw: str, chunks: Sequence[Chunk], *, title: str) -> list[str]:
    """Return title, heading, paratext or body for each chunk.

    Headings are in capitals or numbered. What stands before and after the marks that Project
    Gutenberg sets around a text is not of it: paratext.
    """
    texts = [raw[chunk.char_start : chunk.char_end] for chunk in chunks]
    first, last = _marked_text(texts)
    layers: list[str] = []
    for number, text in enumerate(texts):
        if not first <= number < last:
            layers.append("paratext")
        elif "body" not in layers and same_words(text, title):
            layers.append("title")
        elif is_in_capitals(text) or is_chapter_heading(text):
            layers.append("heading")
        else:
            layers.append("body")
    return layers


def _marked_text(texts: Sequence[str]) -> tuple[int, int]:
    """Return the first chunk of the text and the first behind it; all where no marks are set."""
    starts = [number for number, text in enumerate(texts) if _START.match(text)]
    ends = [number for number, text in enumerate(texts) if _END.match(text)]
    first = starts[0] + 1 if starts else 0
    last = next((number for number in ends if number >= first), len(texts))
    return first, last

"""What part of an edition each chunk is: its layer, by the profile of its source."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.edition.layers_book import layers_of_book
from analysis.edition.layers_web import layers_of_transcription
from analysis.edition.layout import Chunk, chunks_of_pages, chunks_of_paragraphs
from analysis.edition.shapes import is_chapter_heading, is_in_capitals, same_words
from analysis.edition.sources import Source


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
    """Return title, heading or body for each chunk: headings are in capitals or numbered."""
    layers: list[str] = []
    for number, chunk in enumerate(chunks):
        text = raw[chunk.char_start : chunk.char_end]
        if number == 0 and same_words(text, title):
            layers.append("title")
        elif is_in_capitals(text) or is_chapter_heading(text):
            layers.append("heading")
        else:
            layers.append("body")
    return layers

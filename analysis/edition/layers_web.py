"""Layers of a web transcription: paragraphs between blank lines, notes in brackets or behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.edition.layout import Chunk
from analysis.edition.shapes import has_words_of, is_closed, same_words
from analysis.edition.sources import Source

QUOTATION_WORDS = 40
"""A paragraph of at least so many words, all in quotation marks, is a quotation set off."""
HEADING_WORDS = 14
HEADING_LENGTH = 160
"""How many characters a heading has at most, in whatever script: not all set blanks."""
_PARATEXT = re.compile(
    r"(?:source|first published|published|translat(?:ed|ion)|transcri(?:bed|ption)|edited"
    r"|mark(?:ed)? ?up|html|public domain|copyright|online version|last updated)\b.*?[:(©]",
    re.IGNORECASE,
)
_RULE = re.compile(r"[*\s–—_=~-]+")
_NOTE = re.compile(r"(?:\[?\d{1,3}\]?[.)]|\[\d{1,3}\]|\*+|†+)\s")
_LIST_ITEM = re.compile(r"\s*(?:\d{1,3}|[a-z]|[ivx]+)[.)]\s|\s*[•–-]\s")
_OPENING = "“\"‘'«„"


def layers_of_transcription(raw: str, chunks: Sequence[Chunk], *, source: Source) -> list[str]:
    """Return the layer of each chunk of a web transcription.

    Titles, source lines and headings stand before the first paragraph; notes of an editor stand in
    square brackets by themselves; behind a rule at the end come numbered notes.
    """
    texts = [raw[chunk.char_start : chunk.char_end] for chunk in chunks]
    last_note = max((n for n, text in enumerate(texts) if _NOTE.match(text)), default=-1)
    layers: list[str] = []
    after_rule = False
    opening = True
    for number, text in enumerate(texts):
        before = layers[-1] if layers else ""
        opening = opening and before in {"", "title", "paratext", "heading"}
        if _RULE.fullmatch(text):
            after_rule = number < last_note
            layers.append("page_furniture")
        elif _PARATEXT.match(text) and (opening or number + 3 >= len(texts)):
            layers.append("paratext")
        elif after_rule and (_NOTE.match(text) or before == "footnote"):
            layers.append("footnote")
        elif opening and _is_title(text, source=source):
            layers.append("title")
        elif _is_heading(text, chunk=chunks[number]):
            layers.append("heading")
        elif text.startswith("[") and text.endswith("]"):
            layers.append("editor_note")
        elif len(chunks[number].widths) > 1 and all(map(_LIST_ITEM.match, text.splitlines())):
            layers.append("list")
        elif _is_set_off(text, introduced=bool(number) and texts[number - 1].endswith(":")):
            layers.append("blockquote")
        else:
            layers.append("body")
    return layers


def _is_title(text: str, *, source: Source) -> bool:
    """Return whether a text is the title, or names the author or what contains the text."""
    names = f"{source.author} {source.container or ''}"
    short = len(text.split()) <= HEADING_WORDS
    return same_words(text, source.title) or (short and has_words_of(text, names))


def _is_heading(text: str, *, chunk: Chunk) -> bool:
    """Return whether a text is short, has no stop at its end and no opening quotation mark."""
    return (
        len(text.split()) <= HEADING_WORDS
        and len(text) <= HEADING_LENGTH
        and len(chunk.widths) <= 2
        and not is_closed(text)
        and text[0] not in _OPENING + "(["
        and text[-1] not in ",—–-"
    )


def _is_set_off(text: str, *, introduced: bool) -> bool:
    """Return whether a paragraph that a colon introduces is a long quotation."""
    return introduced and text[0] in _OPENING and len(text.split()) >= QUOTATION_WORDS

"""Layers of a scanned book, told by where a chunk stands and how wide it is set.

Smaller type sets more characters a line: a long quotation has about 1.17 times the body's, a note
about 1.47 times. Where a chunk is one line alone, its neighbours decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from analysis.edition.layout import Chunk
from analysis.edition.shapes import is_closed, is_in_capitals, same_words

QUOTATION_FROM = 1.06
NOTE_FROM = 1.31
PLATE_SHARE = 0.2
"""A page with no more than this share of the usual number of lines is a plate with its caption."""
_ITEM = re.compile(r"\(\d{1,2}\)\s")
_SPEAKER = re.compile(r"[^\W\d_][\w-]+:\s")
_SIGNATURE = re.compile(r"[(\[].{1,80}[)\]]\.?")


def layers_of_book(raw: str, chunks: Sequence[Chunk], *, title: str) -> list[str]:
    """Return the layer of each chunk of a scanned book.

    What stands before the title is front matter: paratext, and headings where a page opens with a
    line of its own. Notes end a page and begin with an asterisk; a caption has a page of its own.
    """
    texts = [raw[chunk.char_start : chunk.char_end] for chunk in chunks]
    body = _body_measure(chunks)
    layers = [""] * len(chunks)
    for number in _notes(texts, chunks=chunks, body=body):
        layers[number] = "footnote"
    for number in _plates(chunks):
        layers[number] = "paratext"
    for number, chunk in enumerate(chunks):
        if chunk.folio:
            layers[number] = "page_furniture"
        elif not layers[number] and is_in_capitals(texts[number]):
            layers[number] = "heading"
    _front_matter(texts, chunks=chunks, layers=layers, title=title)
    _body_and_quotations(texts, chunks=chunks, layers=layers, body=body)
    return layers


def _body_measure(chunks: Sequence[Chunk]) -> float:
    """Return the usual number of characters of a line of the body: the median over all lines."""
    widths = [width for chunk in chunks for width in chunk.widths[:-1]]
    return float(median(widths)) if widths else float("inf")


def _notes(texts: Sequence[str], *, chunks: Sequence[Chunk], body: float) -> list[int]:
    """Return the chunks that are notes: the last of a page, from the first note mark on."""
    notes: list[int] = []
    for last, chunk in enumerate(chunks):
        if last + 1 < len(chunks) and chunks[last + 1].page_index == chunk.page_index:
            continue
        number = last - 1 if chunk.folio else last
        while number >= 0 and chunks[number].page_index == chunk.page_index:
            marked = texts[number].startswith("*")
            wide = chunks[number].measure >= NOTE_FROM * body
            # A note whose one asterisk was misread still stands before that with two.
            before_second = texts[number + 1 : number + 2] and texts[number + 1].startswith("**")
            first_lost = before_second and number + 1 in notes and len(chunks[number].widths) == 1
            if not (marked or first_lost or (wide and number + 1 in notes)):
                break
            notes.append(number)
            number -= 1
    return notes


def _plates(chunks: Sequence[Chunk]) -> list[int]:
    """Return the chunks on pages that have far fewer lines than the others and are not the last."""
    lines: dict[int, int] = {}
    for chunk in chunks:
        lines[chunk.page_index] = lines.get(chunk.page_index, 0) + len(chunk.widths)
    if len(lines) < 3:
        return []
    few = PLATE_SHARE * median(lines.values())
    inner = {page for page, n_lines in lines.items() if n_lines <= few} - {0, max(lines)}
    return [number for number, chunk in enumerate(chunks) if chunk.page_index in inner]


def _front_matter(
    texts: Sequence[str], *, chunks: Sequence[Chunk], layers: list[str], title: str
) -> None:
    """Set the layers of the title and of all that stands before it."""
    at = next((number for number, text in enumerate(texts) if same_words(text, title)), None)
    if at is None:
        return
    layers[at] = "title"
    for number in range(at):
        if layers[number] == "page_furniture":
            continue
        opens_page = number == 0 or chunks[number - 1].page_index < chunks[number].page_index
        alone = len(chunks[number].widths) == 1 and not is_closed(texts[number])
        layers[number] = "heading" if opens_page and alone else "paratext"


def _body_and_quotations(
    texts: Sequence[str], *, chunks: Sequence[Chunk], layers: list[str], body: float
) -> None:
    """Set body or blockquote where no layer is set: by measure; for one line, by context."""
    open_ones = [number for number, layer in enumerate(layers) if not layer]
    for number in open_ones:
        goes_on = bool(number) and texts[number][0].islower() and not is_closed(texts[number - 1])
        if goes_on and layers[number - 1] in {"body", "blockquote"}:
            layers[number] = layers[number - 1]
        elif len(chunks[number].widths) > 1:
            wide = chunks[number].measure >= QUOTATION_FROM * body
            layers[number] = "blockquote" if wide else "body"
    for number in _with_neighbour(texts, numbers=open_ones, pattern=_SPEAKER):
        layers[number] = "blockquote"
    for number in _with_neighbour(texts, numbers=open_ones, pattern=_ITEM):
        layers[number] = "list"
    for place, number in enumerate(open_ones):
        if layers[number]:
            continue
        before = open_ones[place - 1] if place else None
        after = next((later for later in open_ones[place + 1 :] if layers[later]), None)
        previous = layers[before] if before is not None else "body"
        following = layers[after] if after is not None else previous
        layers[number] = _layer_of_line(
            texts[number],
            width=chunks[number].widths[0] / body,
            previous=previous,
            following=following,
            introduced=before is not None and texts[before].rstrip().endswith(":"),
        )


def _with_neighbour(
    texts: Sequence[str], *, numbers: Sequence[int], pattern: re.Pattern[str]
) -> list[int]:
    """Return the chunks that a pattern begins and that have a neighbour with it: minutes, lists."""
    match = [bool(pattern.match(texts[number])) for number in numbers]
    return [
        number
        for place, number in enumerate(numbers)
        if match[place] and any(match[max(0, place - 1) : place] + match[place + 1 : place + 2])
    ]


def _layer_of_line(
    text: str, *, width: float, previous: str, following: str, introduced: bool
) -> str:
    """Return body or blockquote for a chunk of one line; `width` is in measures of the body."""
    if width >= QUOTATION_FROM:
        return "blockquote"
    if previous == "blockquote" and _SIGNATURE.fullmatch(text):
        return "blockquote"
    if text.endswith(":"):
        return "body"
    if previous == following:
        return previous
    if introduced and following == "blockquote":
        return "blockquote"
    return "body"

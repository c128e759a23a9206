"""Which chunk goes on with the paragraph of an earlier one, over a page, a note or a stray gap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from analysis.edition.layout import Chunk
from analysis.edition.shapes import is_closed
from analysis.tables import RUNNING_LAYERS

FULL_WIDTH = 0.95
"""A last line of at least this share of its layer's measure fills the page to its edge."""
OPEN_WIDTH = 0.8
_SPEAKER = re.compile(r"[^\W\d_][\w-]+:\s")
_PRONOUN = re.compile(r"(?:He|She|It|They|His|Her|Their)\b")


def continuations(raw: str, chunks: Sequence[Chunk], *, layers: Sequence[str]) -> dict[int, int]:
    """Return, for each chunk that goes on with a paragraph, the chunk that it goes on from.

    A paragraph goes on where its last line has no closing stop and the next chunk of its layer
    begins in lower case; over a page, also before a capital if that line is nearly full, and with a
    closing stop if it is quite full (which is right more often than not, and is a guess). After an
    editor's note that interrupts it, a paragraph goes on where the next begins with a pronoun.
    """
    found: dict[int, int] = {}
    measures = _measures(chunks, layers=layers)
    last: int | None = None
    for number, layer in enumerate(layers):
        if layer == "heading" or layer == "title":
            last = None
        if layer not in (*RUNNING_LAYERS, "paratext"):
            continue
        if layer == "paratext" and chunks[number].page is None:
            continue
        if last is not None and layers[last] == layer:
            noted = "editor_note" in layers[last + 1 : number]
            if _goes_on(
                raw, chunks[last], after=chunks[number], measure=measures[layer], noted=noted
            ):
                found[number] = last
        last = number
    return found


def _measures(chunks: Sequence[Chunk], *, layers: Sequence[str]) -> dict[str, float]:
    """Return the usual number of characters of a line, by layer."""
    widths: dict[str, list[int]] = {}
    for chunk, layer in zip(chunks, layers, strict=True):
        widths.setdefault(layer, []).extend(chunk.widths[:-1] or chunk.widths)
    return {layer: float(median(values)) for layer, values in widths.items()}


def _goes_on(raw: str, before: Chunk, *, after: Chunk, measure: float, noted: bool) -> bool:
    """Return whether the paragraph of one chunk goes on in the next of its layer."""
    ending = raw[before.char_start : before.char_end]
    opening = raw[after.char_start : after.char_end]
    is_open = not is_closed(ending)
    if is_open and opening[0].islower():
        return True
    if noted:
        return is_open or bool(_PRONOUN.match(opening))
    if before.page_index == after.page_index or _SPEAKER.match(opening):
        return False
    return before.widths[-1] >= (OPEN_WIDTH if is_open else FULL_WIDTH) * measure

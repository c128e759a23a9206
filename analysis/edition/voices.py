"""Whose words they are: the voice and speaker of each block, and of quotations inside paragraphs.

The layer says whose words a block holds as a rule: a long quotation is somebody else's, a note in
brackets the editor's. Inside the author's paragraphs, words in quotation marks are somebody
else's, but for his own remembered speech, titles of works, and a word or two quoted in passing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.edition.blocks import Block
from analysis.edition.edits import Placed
from analysis.edition.overrides import Override, stale
from analysis.edition.paragraphs import Paragraph
from analysis.edition.quotation_marks import opens_with_mark
from analysis.edition.quotations import find_quotations
from analysis.edition.shapes import same_words
from analysis.edition.sources import Source
from analysis.edition.speakers import VOICE_OF_LAYER, Voice, introduced, label_of
from analysis.edition.tei import MarkedVoices

__all__ = ["VOICE_OF_LAYER", "Voice", "Voiced", "voice_paragraphs"]

_QUOTING_LAYERS = ("body", "list", "footnote")
_EDITOR_SIGNS = re.compile(r"\((?:Tr|Trans|Ed|Eds)\.\)\s*\Z|[—–-]\s*(?:Tr|Trans|Ed|Eds)\.?\s*\Z")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Voiced:
    """A paragraph with the voice of each character: ``kinds[codes[i]]`` is that of character i."""

    paragraph: Paragraph
    layer: str
    kinds: tuple[Voice, ...]
    codes: np.ndarray[tuple[int], np.dtype[np.int64]]

    def at(self, place: int) -> Voice:
        """Return the voice of a character."""
        return self.kinds[int(self.codes[place])]

    def part(self, inside: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Voiced:
        """Return the characters that a mask chooses, with their voices."""
        placed = self.paragraph.placed
        letters = np.array(list(placed.text), dtype="<U1")[inside]
        chosen = Placed(
            text="".join(letters), starts=placed.starts[inside], ends=placed.ends[inside]
        )
        return Voiced(
            paragraph=Paragraph(blocks=self.paragraph.blocks, placed=chosen),
            layer=self.layer,
            kinds=self.kinds,
            codes=self.codes[inside],
        )

    def dominant(self) -> Voice:
        """Return the voice that most letters have.

        Of two voices that are equal it is that of the paragraph as a whole, else the one that comes
        first, as of two speakers. Where there is no letter, all signs count.
        """
        text = self.paragraph.placed.text
        counted = [place for place, letter in enumerate(text) if letter.isalpha()]
        counted = counted or [place for place, letter in enumerate(text) if not letter.isspace()]
        kinds = [self.at(place) for place in counted] or [self.kinds[0]]
        # A counter lists in the order of the text, and the first of equal counts is the largest.
        voices = Counter(kind.voice for kind in kinds)
        base = self.kinds[0].voice
        voice = max(voices, key=lambda name: (voices[name], name == base))
        return Counter(kind for kind in kinds if kind.voice == voice).most_common(1)[0][0]


def voice_paragraphs(
    paragraphs: Sequence[Paragraph],
    blocks: Sequence[Block],
    *,
    source: Source,
    overrides: Sequence[Override],
    marked: MarkedVoices | None = None,
) -> tuple[Voiced, ...]:
    """Return the paragraphs with the voice of each character, decisions by hand last.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
    blocks : sequence of Block
    source : Source
    overrides : sequence of Override
    marked : MarkedVoices, optional
        What the markup of the source says, where it has one: rules then add nothing to it.

    Raises
    ------
    CorpusError
        If a decision on a voice or speaker is about a piece that no paragraph has.
    """
    title_at = next((n for n, block in enumerate(blocks) if block.layer == "title"), None)
    found: list[Voiced] = []
    introduction = ""
    quoted: Voice | None = None
    carried: Voice | None = None
    for paragraph in paragraphs:
        first = paragraph.blocks[0]
        layer, text = blocks[first].layer, paragraph.placed.text
        front = title_at is not None and first < title_at
        base = _base_voice(text, layer=layer, front=front, source=source)
        if marked is not None:
            start = blocks[first].char_start
            base = marked.of_chunk[start] if layer == marked.layer_of_chunk[start] else base
        elif layer == "blockquote":
            label = label_of(text)
            named = label.speaker if label else introduced(introduction)
            quoted = (
                Voice(voice="other", speaker=named)
                if label or introduction or not quoted
                else quoted
            )
            base = quoted
        spans: list[Span] = []
        if marked is None or marked.quotations_by_rule:
            spans, carried = _quoted_spans(text, layer=layer, source=source, carried=carried)
        if marked is not None:
            spans = marked.spans(paragraph.placed.starts, base=base) + spans
        found.append(_voiced(paragraph, layer=layer, base=base, spans=spans))
        if layer in ("body", "list", "blockquote"):
            introduction = text if layer != "blockquote" else ""
    return _decided(found, overrides=overrides)


def _base_voice(text: str, *, layer: str, front: bool, source: Source) -> Voice:
    """Return the voice that a paragraph has by its layer."""
    if layer == "heading" and front:
        return Voice(voice="publisher")
    if layer == "title" and same_words(text, source.author):
        return Voice(voice="none")
    if layer == "footnote" and _EDITOR_SIGNS.search(text):
        return Voice(voice="editor")
    return Voice(voice=VOICE_OF_LAYER[layer])


Span = tuple[int, int, Voice]


def _quoted_spans(
    text: str, *, layer: str, source: Source, carried: Voice | None
) -> tuple[list[Span], Voice | None]:
    """Return the pieces of a paragraph that are another's words, and who speaks on behind it."""
    if layer not in _QUOTING_LAYERS:
        return [], carried if layer in ("page_furniture", "editor_note") else None
    marks: Literal["double", "single"] = (
        "single" if source.quotation_marks == "single" else "double"
    )
    if not opens_with_mark(text, marks=marks):
        carried = None  # a quotation that goes on opens each of its paragraphs with a mark
    quotations = find_quotations(text, marks=marks, carried=carried is not None)
    spans = [
        (
            quotation.start,
            quotation.end,
            Voice(
                voice="other", speaker=quotation.speaker or (carried.speaker if carried else None)
            ),
        )
        for quotation in quotations
        if quotation.kind == "speech"
    ]
    last = quotations[-1] if quotations else None
    goes_on = last is not None and not last.closed and last.kind == "speech"
    return spans, spans[-1][2] if goes_on and spans else None


def _voiced(paragraph: Paragraph, *, layer: str, base: Voice, spans: Sequence[Span]) -> Voiced:
    """Return a paragraph in its base voice, with some pieces in others."""
    kinds = [base]
    codes = np.zeros(len(paragraph.placed.text), dtype=np.int64)
    for start, end, voice in spans:
        if voice not in kinds:
            kinds.append(voice)
        codes[start:end] = kinds.index(voice)
    return Voiced(paragraph=paragraph, layer=layer, kinds=tuple(kinds), codes=codes)


def _decided(found: Sequence[Voiced], *, overrides: Sequence[Override]) -> tuple[Voiced, ...]:
    """Return the paragraphs after the decisions by hand on voices and speakers."""
    voiced = list(found)
    for override in overrides:
        if override.field not in ("voice", "speaker"):
            continue
        hit = False
        for number, one in enumerate(voiced):
            placed = one.paragraph.placed
            if not len(placed.starts) or placed.starts[-1] < override.char_start:
                continue
            if placed.starts[0] >= override.char_end:
                continue
            inside = (placed.starts >= override.char_start) & (placed.ends <= override.char_end)
            if inside.any():
                hit = True
                voiced[number] = _revoiced(one, inside=inside, override=override)
        if not hit:
            raise stale(override)
    return tuple(_blanks_like_neighbours(one) for one in voiced)


def _blanks_like_neighbours(one: Voiced) -> Voiced:
    """Return a paragraph in which a blank between two words of one voice has that voice too."""
    codes = one.codes.copy()
    if len(codes) > 2:
        # One blank stands between two words, never two, so all can be looked at at once.
        blank = np.array(list(one.paragraph.placed.text[1:-1]), dtype="<U1") == " "
        alike = blank & (codes[:-2] == codes[2:])
        codes[1:-1][alike] = codes[:-2][alike]
    return Voiced(paragraph=one.paragraph, layer=one.layer, kinds=one.kinds, codes=codes)


def _revoiced(
    one: Voiced, *, inside: np.ndarray[tuple[int], np.dtype[np.bool_]], override: Override
) -> Voiced:
    """Return a paragraph with a decision on a voice or speaker applied to some characters."""
    kinds = list(one.kinds)
    codes = one.codes.copy()
    for code in np.unique(codes[inside]):
        old = one.kinds[int(code)]
        if override.field == "voice":
            new = Voice(
                voice=override.value, speaker=old.speaker if override.value == "other" else None
            )
        else:
            new = Voice(voice=old.voice, speaker=override.value or None)
        if new not in kinds:
            kinds.append(new)
        codes[inside & (one.codes == code)] = kinds.index(new)
    return Voiced(paragraph=one.paragraph, layer=one.layer, kinds=tuple(kinds), codes=codes)

"""One passage to be read: its words with their voices, its lines in the source, its citation."""

from __future__ import annotations

import html
import itertools
import re
import textwrap
from dataclasses import dataclass

import numpy as np

from analysis.edition.corpus import Corpus, Text
from analysis.edition.voices import Voiced
from analysis.errors import InputError
from analysis.tables import PLACE, RUNNING_LAYERS
from analysis.text.passages import split_passages

_PASSAGE_ID = re.compile(r"(?P<doc>[a-z0-9-]+):(?P<index>\d+)")
COLOURS = {"other": "#0072b2", "author_earlier": "#a6572a", "editor": "#5b5b5b"}
"""The colour of each voice but the author's, told apart by colour-blind readers too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Some words of one layer and voice, of one paragraph, and the source line they begin in."""

    text: str
    layer: str
    voice: str
    speaker: str | None
    paragraph: int
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A passage to be read: pieces by voice, where they stand, and how to cite them.

    `page` is the page as printed, or the first and the last of several (``9-10``).
    """

    place: str
    pieces: tuple[Piece, ...]
    line_start: int
    line_end: int
    page: str | None
    citation: str

    def __str__(self) -> str:
        """Return the passage as plain text: source lines at the left, other voices in brackets."""
        lines = [f"{self.place}, {self.where}", ""]
        for paragraph in dict.fromkeys(piece.paragraph for piece in self.pieces):
            pieces = [piece for piece in self.pieces if piece.paragraph == paragraph]
            text = "".join(_bracketed(piece) for piece in pieces)
            gutter = f"{pieces[0].line:>6}  "
            if pieces[0].layer not in ("body", "blockquote"):
                gutter += f"({pieces[0].layer}) "
            lines += textwrap.wrap(
                text,
                width=88,
                initial_indent=gutter,
                subsequent_indent=" " * 8,
                break_on_hyphens=False,
                break_long_words=False,
            )
            lines.append("")
        return "\n".join([*lines, f"Cite: {self.citation}"])

    def _repr_html_(self) -> str:
        """Return what Jupyter shows: other voices in colour, with their speakers on hover."""
        paragraphs = []
        for paragraph in dict.fromkeys(piece.paragraph for piece in self.pieces):
            spans = [_coloured(piece) for piece in self.pieces if piece.paragraph == paragraph]
            paragraphs.append(f"<p style='max-width:40em;line-height:1.5'>{''.join(spans)}</p>")
        note = f"<p style='font-size:85%'>{html.escape(self.citation)}<br>{html.escape(self.where)}"
        return "\n".join([*paragraphs, f"{note}, <code>{self.place}</code></p>"])

    @property
    def where(self) -> str:
        """Return the lines of the source, and its page where known."""
        sign = "pp." if self.page and "-" in self.page else "p."
        page = f"{sign} {self.page}, " if self.page else ""
        if self.line_start == self.line_end:
            return f"{page}line {self.line_start} of the source"
        return f"{page}lines {self.line_start}-{self.line_end} of the source"


def read_passage(corpus: Corpus, passage: str) -> Reading:
    """Return a passage to be read, by its id or its place.

    Parameters
    ----------
    corpus : Corpus
        What `read_corpus` returns.
    passage : str
        An id of the default passages (``serge-memoirs:0007``) or a place in the raw text
        (``serge-memoirs@18432-19120``, or ``serge-memoirs@18432`` for the passage that holds it; a
        note, heading or title that stands there is shown alone).

    Raises
    ------
    InputError
        If there is no such text, passage or place, or no words stand there.
    """
    text, start, end = _span(corpus, passage)
    pieces = _pieces(text, start=start, end=end)
    if not pieces:
        raise InputError(f"No words stand at {passage}; give a place of the running text.")
    place = f"{text.doc_id}@{start}-{end}"
    return Reading(
        place=place,
        pieces=tuple(pieces),
        line_start=_line(text.raw, start),
        line_end=_line(text.raw, end - 1),
        page=_pages(text, start=start, end=end),
        citation=f"{text.source.citation} [{place}]",
    )


def _pages(text: Text, *, start: int, end: int) -> str | None:
    """Return the page of a span, or its first and last with a hyphen between; None if unknown."""
    pages = [
        block.page
        for block in text.blocks
        if block.page and block.char_start < end and block.char_end > start
    ]
    if not pages or pages[0] == pages[-1]:
        return pages[0] if pages else None
    return f"{pages[0]}-{pages[-1]}"


def _span(corpus: Corpus, passage: str) -> tuple[Text, int, int]:
    """Return the text and raw span that an id or place names."""
    by_place = PLACE.fullmatch(passage)
    by_id = _PASSAGE_ID.fullmatch(passage)
    if by_place is None and by_id is None:
        raise InputError(
            f"{passage!r} is neither a passage id (doc-id:0007) nor a place (doc-id@120-480)."
        )
    text = corpus.text((by_place or by_id)["doc"])  # type: ignore[index]
    passages = split_passages(corpus)
    own = passages[passages["doc_id"] == text.doc_id]
    if by_id is not None:
        found = own[own["passage_index"] == int(by_id["index"])]
        if found.empty:
            raise InputError(f"{text.doc_id} has no passage {passage}; it has {len(own)}.")
        return text, int(found["char_start"].iloc[0]), int(found["char_end"].iloc[0])
    assert by_place is not None
    start = int(by_place["start"])
    end = int(by_place["end"]) if by_place["end"] else start
    if end < start:
        raise InputError(
            f"The place {passage} ends before it begins; give the smaller number first."
        )
    if start >= len(text.raw) or end > len(text.raw):
        raise InputError(
            f"The place {passage} is not in {text.doc_id}, which has {len(text.raw)} characters."
        )
    if by_place["end"] is None:
        # A passage's hull may hold notes and page breaks that are not in it.
        block = next((b for b in text.blocks if b.char_start <= start < b.char_end), None)
        if block is not None and block.layer not in RUNNING_LAYERS:
            return text, block.char_start, block.char_end
        held = own[(own["char_start"] <= start) & (own["char_end"] > start)]
        if held.empty:
            raise InputError(f"No passage holds the place {passage}; give a span, as 120-480.")
        return text, int(held["char_start"].iloc[0]), int(held["char_end"].iloc[0])
    return text, start, end


def _pieces(text: Text, *, start: int, end: int) -> list[Piece]:
    """Return the pieces of the running text in a span, or of other layers where it has none."""
    inside = [
        (number, one, (one.paragraph.placed.starts >= start) & (one.paragraph.placed.ends <= end))
        for number, one in enumerate(text.paragraphs)
        if len(one.paragraph.placed.text)
    ]
    inside = [entry for entry in inside if entry[2].any()]
    running = [entry for entry in inside if entry[1].layer in RUNNING_LAYERS]
    pieces: list[Piece] = []
    for number, one, mask in running or inside:
        pieces += _by_voice(text, one.part(mask), number=number)
    return pieces


def _by_voice(text: Text, one: Voiced, *, number: int) -> list[Piece]:
    """Return the pieces of a paragraph, one for each run of characters of a voice."""
    placed = one.paragraph.placed
    borders = [0, *(np.flatnonzero(np.diff(one.codes)) + 1).tolist(), len(placed.text)]
    return [
        Piece(
            text=placed.text[begin:stop],
            layer=one.layer,
            voice=one.at(begin).voice,
            speaker=one.at(begin).speaker,
            paragraph=number,
            line=_line(text.raw, int(placed.starts[begin])),
        )
        for begin, stop in itertools.pairwise(borders)
        if stop > begin
    ]


def _line(raw: str, place: int) -> int:
    """Return the number of the line that a place is in."""
    before = raw[:place]
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def _bracketed(piece: Piece) -> str:
    """Return the words of a piece, in brackets with its voice where it is not the author's."""
    if piece.voice == "author":
        return piece.text
    who = f"{piece.voice}, {piece.speaker}" if piece.speaker else piece.voice
    return f"⟦{who}: {piece.text}⟧"


def _coloured(piece: Piece) -> str:
    """Return the words of a piece as HTML, in colour where they are not the author's."""
    words = html.escape(piece.text)
    if piece.voice not in COLOURS:
        return words
    who = html.escape(piece.speaker or piece.voice, quote=True)
    return f"<span style='color:{COLOURS[piece.voice]}' title='{who}'>{words}</span>"

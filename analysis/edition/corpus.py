"""A corpus read whole: its texts with blocks, edits and voices, and the tables of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.edition.blocks import Block
from analysis.edition.edits import Edit, in_order
from analysis.edition.hyphens import count_whole_words, decide_hyphens, read_word_list
from analysis.edition.laid_out import LaidOut, lay_out_text
from analysis.edition.line_ends import join_edits, line_end_edits
from analysis.edition.overrides import Override
from analysis.edition.paragraphs import block_text, put_together
from analysis.edition.sources import Source, read_raw, read_sources
from analysis.edition.voices import Voice, Voiced, voice_paragraphs
from analysis.errors import InputError
from analysis.project import corpus_folder
from analysis.results import Shown
from analysis.tables import SCHEMAS, as_table


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Text:
    """One text of a corpus: what its file holds and what the edition makes of it."""

    source: Source
    raw: str
    blocks: tuple[Block, ...]
    edits: tuple[Edit, ...]
    paragraphs: tuple[Voiced, ...]
    overrides: tuple[Override, ...]

    def __repr__(self) -> str:
        """Return the id of the text and how much it holds."""
        return (
            f"Text({self.doc_id}: {len(self.raw)} characters, {len(self.blocks)} blocks, "
            f"{len(self.edits)} edits)"
        )

    @property
    def doc_id(self) -> str:
        """Return the id of the text."""
        return self.source.id

    def block_voices(self) -> tuple[Voice, ...]:
        """Return the dominant voice of each block; a block's is that of its paragraph's part."""
        voices: list[Voice] = [Voice(voice="none")] * len(self.blocks)
        for one in self.paragraphs:
            starts = one.paragraph.placed.starts
            for number in one.paragraph.blocks:
                block = self.blocks[number]
                inside = (starts >= block.char_start) & (starts < block.char_end)
                voices[number] = (one.part(inside) if inside.any() else one).dominant()
        return tuple(voices)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Corpus(Shown):
    """A corpus: its folder and its texts, in the order of ``sources.toml``.

    The tables `documents`, `blocks` and `edits` have the columns that the design declares.
    """

    folder: Path
    texts: tuple[Text, ...]

    def __repr__(self) -> str:
        """Return the number of texts and their ids."""
        words = ", ".join(text.doc_id for text in self.texts)
        return f"Corpus({len(self.texts)} texts: {words})"

    def _repr_html_(self) -> str:
        """Return what Jupyter shows: a row a text."""
        shown = self.documents[["doc_id", "author", "title", "year_published", "language"]]
        return str(
            shown.assign(characters=[len(text.raw) for text in self.texts]).to_html(index=False)
        )

    def __deepcopy__(self, memo: dict[int, object]) -> Corpus:
        """Return the corpus itself, which never changes: tables that remember it stay small."""
        return self

    def text(self, doc_id: str) -> Text:
        """Return the text with an id; raise an InputError where there is none."""
        for text in self.texts:
            if text.doc_id == doc_id:
                return text
        known = ", ".join(text.doc_id for text in self.texts)
        raise InputError(f"There is no text {doc_id!r} in this corpus; it has {known}.")

    @cached_property
    def documents(self) -> pd.DataFrame:
        """Return the documents table: one row a text."""
        names = [name for name in SCHEMAS["documents"].names if name != "doc_id"]
        rows = [
            {"doc_id": text.doc_id, **{name: getattr(text.source, name) for name in names}}
            for text in self.texts
        ]
        return as_table(pd.DataFrame(rows), "documents")

    @cached_property
    def blocks(self) -> pd.DataFrame:
        """Return the blocks table: one row a layout block, `text` with the edits applied."""
        rows = [row for text in self.texts for row in _block_rows(text)]
        return as_table(pd.DataFrame(rows), "blocks")

    @cached_property
    def edits(self) -> pd.DataFrame:
        """Return the edits table: one row a change of a raw text, by place."""
        rows = [
            {
                "doc_id": text.doc_id,
                "char_start": edit.char_start,
                "char_end": edit.char_end,
                "before": edit.before,
                "after": edit.after,
                "rule": edit.rule,
                "reason": edit.reason,
            }
            for text in self.texts
            for edit in text.edits
        ]
        return as_table(pd.DataFrame(rows, columns=list(SCHEMAS["edits"].names)), "edits")


def read_corpus(path: Path | str | None = None, *, corrections: bool = True) -> Corpus:
    """Return the corpus of a folder, or of the project found upward from here.

    Every text is read, its digest checked, laid out in blocks, and edited by the log of corrections
    and line ends; the raw files are never changed.

    Parameters
    ----------
    path : Path or str, optional
        The corpus folder, which holds ``sources.toml``.
    corrections : bool
        Whether words are corrected by the hand-made lists. Without, the texts are as they were
        scanned, but for words cut at line ends: to see whether a result hangs on the cleaning.

    Raises
    ------
    CorpusError
        If a file is missing, damaged, or contradicts another: one sentence says which and how.
    """
    folder = corpus_folder(path)
    sources = read_sources(folder)
    raws = [read_raw(folder, source) for source in sources]
    laid = [
        lay_out_text(folder, source, raw=raw, corrected=corrections)
        for source, raw in zip(sources, raws, strict=True)
    ]
    counts: dict[str, Counter[str]] = {}
    for one in laid:
        counts.setdefault(one.language, Counter()).update(count_whole_words(one.words))
    texts = tuple(_edited(one, counts=counts[one.language]) for one in laid)
    return Corpus(folder=folder, texts=texts)


def _edited(one: LaidOut, *, counts: Mapping[str, int]) -> Text:
    """Return a text with its edit log and the voices of its paragraphs."""
    decisions = decide_hyphens(
        [line_end.parts for line_end in one.line_ends],
        vocabulary=counts,
        dictionary=read_word_list(one.source.language).words,
    )
    cut_words = one.glued | {end.block for end in one.line_ends if end.block is not None}
    edits = in_order(
        [
            *one.edits,
            *line_end_edits(one.raw, one.line_ends, decisions=decisions),
            *join_edits(one.raw, one.blocks, cut_words=cut_words),
        ]
    )
    paragraphs = put_together(one.raw, one.blocks, edits=edits, cut_words=cut_words)
    voiced = voice_paragraphs(
        paragraphs, one.blocks, source=one.source, overrides=one.overrides, marked=one.marked
    )
    return Text(
        source=one.source,
        raw=one.raw,
        blocks=one.blocks,
        edits=edits,
        paragraphs=voiced,
        overrides=one.overrides,
    )


def _block_rows(text: Text) -> list[dict[str, object]]:
    """Return the rows of the blocks table for one text."""
    names = [f"{text.doc_id}:b{number:04d}" for number in range(1, len(text.blocks) + 1)]
    return [
        {
            "block_id": names[number],
            "doc_id": text.doc_id,
            "block_index": number + 1,
            "char_start": block.char_start,
            "char_end": block.char_end,
            "line_start": block.line_start,
            "line_end": block.line_end,
            "page": block.page,
            "section": block.section,
            "layer": block.layer,
            "voice": voice.voice,
            "speaker": voice.speaker,
            "continues": None if block.continues is None else names[block.continues],
            "text": block_text(text.raw, block, edits=text.edits).text,
        }
        for number, (block, voice) in enumerate(zip(text.blocks, text.block_voices(), strict=True))
    ]

"""What can be checked of an edition: nothing lost, and how much of it is whose."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.edition.corpus import Corpus, Text
from analysis.edition.edits import apply_edits, undo_edits
from analysis.results import Shown

DOUBTFUL = "line-end hyphen kept, doubtful"


@dataclass(frozen=True, kw_only=True, eq=False)
class EditionCheck(Shown):
    """What a check of an edition found.

    `coverage` has one row a doc_id, layer and voice, with the characters of the blocks (white
    space apart) and their share of the text; `lost` has a sentence for each place where the
    edition does not give the raw text back; `doubtful` lists cut words whose hyphen is a guess.
    """

    coverage: pd.DataFrame
    lost: tuple[str, ...]
    doubtful: tuple[str, ...]
    n_edits: int
    n_overrides: int


def check_edition(corpus: Corpus) -> EditionCheck:
    """Return whether the blocks and the edit log give each raw text back, and what covers it.

    Digests, overrides and corrections were checked when the corpus was read.
    """
    return EditionCheck(
        coverage=_coverage(corpus),
        lost=tuple(sentence for text in corpus.texts for sentence in _lost(text)),
        doubtful=tuple(
            f"{text.doc_id}@{edit.char_start}: {_around(text, edit.char_start)}"
            for text in corpus.texts
            for edit in text.edits
            if edit.rule == DOUBTFUL
        ),
        n_edits=sum(len(text.edits) for text in corpus.texts),
        n_overrides=sum(len(text.overrides) for text in corpus.texts),
    )


def _lost(text: Text) -> list[str]:
    """Return a sentence for each way in which a text does not come back whole."""
    found = []
    place = 0
    for number, block in enumerate(text.blocks, 1):
        gap = text.raw[place : block.char_start]
        if block.char_start < place or gap.strip():
            found.append(
                f"{text.doc_id}: {gap.strip()[:40]!r} before block {number} is in no block."
            )
        place = block.char_end
    if text.raw[place:].strip():
        found.append(f"{text.doc_id}: {text.raw[place:].strip()[:40]!r} at the end is in no block.")
    edited = apply_edits(text.raw, text.edits).text
    if undo_edits(edited, text.edits) != text.raw:
        found.append(f"{text.doc_id}: undoing the edit log does not give the raw text back.")
    for edit in text.edits:
        if text.raw[edit.char_start : edit.char_end] != edit.before:
            found.append(f"{text.doc_id}: {edit.before!r} does not stand at {edit.char_start}.")
    return found


def _around(text: Text, place: int) -> str:
    """Return a line of raw text around a place."""
    return " ".join(text.raw[max(0, place - 20) : place + 20].split())


def _coverage(corpus: Corpus) -> pd.DataFrame:
    """Return the characters of each layer and voice by text, white space apart."""
    rows = []
    for text in corpus.texts:
        total = sum(1 for letter in text.raw if not letter.isspace())
        for one in text.paragraphs:
            placed = one.paragraph.placed
            for place, letter in enumerate(placed.text):
                if not letter.isspace():
                    rows.append((text.doc_id, one.layer, one.at(place).voice, 1 / total))
    frame = pd.DataFrame(rows, columns=["doc_id", "layer", "voice", "share"])
    grouped = frame.groupby(["doc_id", "layer", "voice"], sort=True, observed=True)["share"]
    return grouped.agg(n_characters="size", share="sum").reset_index()

"""What can be checked of an edition: nothing lost, and how much of it is whose."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.edition.corpus import Corpus, Text
from analysis.edition.doubts import doubts
from analysis.edition.edits import apply_edits, undo_edits
from analysis.edition.tei import PROFILE as TEI_PROFILE
from analysis.edition.tei import lay_out_tei
from analysis.files import BYTE_ORDER_MARK
from analysis.results import Shown

DOUBTFUL = "line-end hyphen kept, doubtful"


@dataclass(frozen=True, kw_only=True, eq=False)
class EditionCheck(Shown):
    """What a check of an edition found.

    `coverage` has one row a doc_id, layer and voice, with the characters of the edited text (white
    space apart) and their share of it; `lost` has a sentence for each place where the
    edition does not give the raw text back; `doubtful` lists cut words whose hyphen is a guess;
    `doubts` has a sentence for each thing that may be wrong with a text or what is said of it.
    """

    coverage: pd.DataFrame
    lost: tuple[str, ...]
    doubtful: tuple[str, ...]
    n_edits: int
    n_overrides: int
    doubts: tuple[str, ...] = ()


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
        doubts=doubts(corpus),
    )


def _lost(text: Text) -> list[str]:
    """Return a sentence for each way in which a text does not come back whole."""
    if text.source.profile == TEI_PROFILE:
        found = _loose(text)
        return found + _edit_log(text)
    found = []
    place = 0
    for number, block in enumerate(text.blocks, 1):
        gap = text.raw[place : block.char_start].strip().strip(BYTE_ORDER_MARK)
        if block.char_start < place:
            found.append(f"{text.doc_id}: block {number} begins before block {number - 1} ends.")
        elif gap:
            found.append(f"{text.doc_id}: {gap[:40]!r} before block {number} is in no block.")
        place = block.char_end
    rest = text.raw[place:].strip()
    if rest:
        found.append(f"{text.doc_id}: {rest[:40]!r} at the end is in no block.")
    return found + _edit_log(text)


def _loose(text: Text) -> list[str]:
    """Return a sentence for each piece of a TEI source's words that is in no block.

    Between its blocks lie tags and the header, which are no words of the text.
    """
    return [
        f"{text.doc_id}: {text.raw[place : place + 40]!r} at {place} is in no block."
        for place in lay_out_tei(text.raw, text.source).loose
    ]


def _edit_log(text: Text) -> list[str]:
    """Return a sentence for each way in which the edit log does not give the raw text back."""
    found = []
    edited = apply_edits(text.raw, text.edits).text
    if undo_edits(edited, text.edits) != text.raw:
        found.append(f"{text.doc_id}: undoing the edit log does not give the raw text back.")
    for edit in text.edits:
        if text.raw[edit.char_start : edit.char_end] != edit.before:
            found.append(f"{text.doc_id}: {edit.before!r} does not stand at {edit.char_start}.")
    return found


def _around(text: Text, place: int) -> str:
    """Return the words of the raw text around a place, on one line."""
    start, end = max(0, place - 24), min(place + 24, len(text.raw))
    words = text.raw[start:end].split()
    cut_first = start > 0 and not text.raw[start - 1].isspace()
    cut_last = end < len(text.raw) and not text.raw[end].isspace()
    return " ".join(words[cut_first : len(words) - cut_last])


def _coverage(corpus: Corpus) -> pd.DataFrame:
    """Return the characters of each layer and voice by text, white space apart."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for text in corpus.texts:
        for one in text.paragraphs:
            letters = one.paragraph.placed.text
            seen = np.fromiter((not letter.isspace() for letter in letters), dtype=bool)
            for kind, count in zip(
                one.kinds, np.bincount(one.codes[seen], minlength=len(one.kinds)), strict=True
            ):
                counts[text.doc_id, one.layer, kind.voice] += int(count)
    rows = [(*key, count) for key, count in sorted(counts.items()) if count]
    frame = pd.DataFrame(rows, columns=["doc_id", "layer", "voice", "n_characters"])
    return frame.assign(
        share=frame["n_characters"] / frame.groupby("doc_id")["n_characters"].transform("sum")
    )

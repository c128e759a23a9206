"""Keyness from passages: counts by block, jackknife intervals, and who carries a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.authors import keyness_measures as measures
from analysis.text.counts import TermCounts
from analysis.uncertainty.blocks import Bounds, block_numbers, jackknife_bounds

Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Blocks:
    """One corpus by block and by passage, columns the terms of both corpora.

    Attributes
    ----------
    counts : array, blocks by terms
    passages : sparse array, passages by terms
    passage_ids : tuple of str
    """

    counts: NDArray[np.int64]
    passages: sparse.csc_array
    passage_ids: tuple[str, ...]

    def shares(self) -> Numbers:
        """Return relative frequencies by block."""
        return np.asarray(self.counts / self.counts.sum(axis=1, keepdims=True), dtype=np.float64)


def make_blocks(counts: TermCounts, *, terms: Sequence[str], length: int) -> Blocks:
    """Return the counts over `terms` by blocks of `length` passages of one text.

    Passages in which no word is left are passed over, so that none makes an empty block.
    """
    number = {term: column for column, term in enumerate(terms)}
    known = np.array([number.get(term, -1) for term in counts.terms], dtype=np.int64)
    used = np.flatnonzero(known >= 0)
    filled = np.flatnonzero(np.asarray(counts.matrix.sum(axis=1)).ravel() > 0)
    chosen = sparse.coo_array(counts.matrix[filled][:, used])
    passages = sparse.csc_array(
        (chosen.data, (chosen.coords[0], known[used][chosen.coords[1]])),
        shape=(len(filled), len(terms)),
    )
    block_of = _blocks_by_text([counts.doc_ids[row] for row in filled], length=length)
    rows = np.arange(len(filled))
    gather = sparse.csr_array(
        (np.ones(len(filled), dtype=np.int64), (block_of, rows)),
        shape=(int(block_of.max(initial=-1)) + 1, len(filled)),
    )
    return Blocks(
        counts=np.asarray((gather @ passages).todense(), dtype=np.int64),
        passages=passages,
        passage_ids=tuple(counts.passage_ids[row] for row in filled),
    )


def _blocks_by_text(doc_ids: Sequence[str], *, length: int) -> NDArray[np.int64]:
    """Return the block of each passage; no block spans two texts."""
    block_of = np.empty(len(doc_ids), dtype=np.int64)
    texts = np.array(doc_ids, dtype=object)
    begun = 0
    for doc in dict.fromkeys(doc_ids):
        rows = np.flatnonzero(texts == doc)
        numbers = block_numbers(len(rows), length=length)
        block_of[rows] = begun + numbers
        begun += int(numbers.max()) + 1
    return block_of


def block_bounds(ratio: Numbers, blocks: tuple[Blocks, Blocks], *, level: float) -> Bounds:
    """Return the jackknife interval of each word's log ratio, never narrower than independence."""
    sides = [side.counts.astype(np.float64) for side in blocks]
    totals = [side.sum(axis=0) for side in sides]
    sizes = [float(total.sum()) for total in totals]
    left_out = []
    for number, side in enumerate(sides):
        values = np.empty_like(side)
        for block, counts in enumerate(side):
            kept = [totals[0], totals[1]]
            kept_sizes = [sizes[0], sizes[1]]
            kept[number] = totals[number] - counts
            kept_sizes[number] = sizes[number] - float(counts.sum())
            values[block] = measures.log_ratio(
                kept[0], kept[1], size_a=kept_sizes[0] or np.nan, size_b=kept_sizes[1] or np.nan
            )
        left_out.append(values)
    least = [
        measures.log_ratio_variance(total, size=size)
        for total, size in zip(totals, sizes, strict=True)
    ]
    return jackknife_bounds(ratio, left_out, level=level, least_variance=least)


def carriers(blocks: tuple[Blocks, Blocks], *, terms: Sequence[str]) -> pd.DataFrame:
    """Return for each word in how many passages it stands and how much the fullest one has.

    The fullest passage is that of the side with the higher relative frequency, the first of equal
    ones. ``one_passage`` marks a word that has at least half of its occurrences there.
    """
    sides = [_carried(side) for side in blocks]
    shares = [side.counts.sum(axis=0) / side.counts.sum() for side in blocks]
    of_target = shares[0] >= shares[1]
    largest = np.where(of_target, sides[0]["share"], sides[1]["share"])
    fullest = np.where(of_target, sides[0]["passage_id"], sides[1]["passage_id"])
    return pd.DataFrame(
        {
            "term": list(terms),
            "n_passages_target": sides[0]["n"].to_numpy(),
            "n_passages_reference": sides[1]["n"].to_numpy(),
            "largest_share": largest,
            "one_passage": largest >= ONE_PASSAGE,
            "passage_id": fullest,
        }
    )


ONE_PASSAGE = 0.5
"""A word is marked from this share of its occurrences in one passage."""


def _carried(side: Blocks) -> pd.DataFrame:
    """Return per word the number of passages, the largest share of one, and which one that is."""
    columns = sparse.csc_array(side.passages)
    columns.sort_indices()
    n = np.diff(columns.indptr)
    share = np.zeros(len(n))
    fullest = np.full(len(n), "", dtype=object)
    for term in np.flatnonzero(n):
        part = slice(columns.indptr[term], columns.indptr[term + 1])
        values = columns.data[part]
        best = int(np.argmax(values))
        share[term] = values[best] / values.sum()
        fullest[term] = side.passage_ids[columns.indices[part][best]]
    return pd.DataFrame({"n": n, "share": share, "passage_id": fullest})

"""Corpora without topics: the words of the passages shuffled, and blocks drawn again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from analysis.text.counts import TermCounts
from analysis.topics.counting import canonical


def shuffle_words(counts: TermCounts, *, seed: int) -> TermCounts:
    """Return the counts with all words dealt out anew over the passages.

    Every passage keeps its length and every term its frequency; nothing else is left, so whatever
    topics are found in it are found by chance.
    """
    matrix = canonical(counts.matrix).tocoo()
    rows = np.repeat(matrix.coords[0], matrix.data)
    columns = np.random.default_rng([seed, 3]).permutation(np.repeat(matrix.coords[1], matrix.data))
    dealt = sparse.coo_array(
        (np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=matrix.shape
    )
    return TermCounts(
        matrix=dealt.tocsr(),
        passage_ids=counts.passage_ids,
        doc_ids=counts.doc_ids,
        terms=counts.terms,
    )


def blocks_of(doc_ids: Sequence[str], *, size: int) -> list[list[int]]:
    """Return the rows of each block: `size` neighbouring passages of one text, or what is left.

    The passages of a text are spread evenly, so that its blocks differ by one passage at most.
    """
    texts = np.array(doc_ids, dtype=object)
    blocks: list[list[int]] = []
    for doc_id in dict.fromkeys(doc_ids):
        rows = np.flatnonzero(texts == doc_id)
        parts = np.array_split(rows, max(round(len(rows) / size), 1))
        blocks += [part.tolist() for part in parts]
    return blocks


def draw_blocks(counts: TermCounts, *, size: int, seed: int) -> TermCounts:
    """Return the counts with blocks of passages drawn with replacement, within each text.

    Texts keep their number of blocks. A passage drawn twice has its number behind its id, so that
    ids stay unique. This is how another sample of the same texts might look.
    """
    rng = np.random.default_rng([seed, 4])
    drawn: list[int] = []
    by_text: dict[str, list[list[int]]] = {}
    for block in blocks_of(counts.doc_ids, size=size):
        by_text.setdefault(counts.doc_ids[block[0]], []).append(block)
    for blocks in by_text.values():
        for number in rng.integers(len(blocks), size=len(blocks)):
            drawn += blocks[number]
    return TermCounts(
        matrix=canonical(counts.matrix)[drawn],
        passage_ids=tuple(
            f"{counts.passage_ids[row]}#{number}" for number, row in enumerate(drawn)
        ),
        doc_ids=tuple(counts.doc_ids[row] for row in drawn),
        terms=counts.terms,
    )

"""The counts that topics are fitted to: put in one form, checked, and their digest."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.errors import InputError
from analysis.files import sha256_of
from analysis.text.counts import TermCounts

Numbers = NDArray[np.float64]


def canonical(matrix: Any) -> Any:
    """Return the counts as whole numbers, columns in order and once each, without zeros."""
    counts = sparse.csr_array(matrix).astype(np.int64, copy=True)
    counts.sum_duplicates()
    counts.eliminate_zeros()
    counts.sort_indices()
    return counts


def check_counts(counts: TermCounts, *, n_topics: int) -> None:
    """Return nothing if so many topics can be fitted to the counts, else raise an InputError."""
    words = words_of_passages(counts.matrix)
    written = int((words > 0).sum())
    if not written:
        raise InputError(
            f"None of the {len(words)} passages has a word left; choose other voices, layers or "
            "fewer stop words."
        )
    if n_topics > written:
        raise InputError(
            f"n_topics is {n_topics}, but only {written} of the passages have words; "
            f"ask for at most {written}."
        )
    n_terms = int((words_of_terms(counts.matrix) > 0).sum())
    if n_topics > 1 and n_terms < 2:
        raise InputError("The passages hold one term alone; topics differ by their terms.")


def words_of_passages(matrix: Any) -> Numbers:
    """Return how many counted words each passage has."""
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()


def words_of_terms(matrix: Any) -> Numbers:
    """Return how often each term occurs."""
    return np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()


def counts_digest(counts: TermCounts) -> str:
    """Return the SHA-256 of the counts, their passages, texts and terms."""
    matrix = canonical(counts.matrix)
    names = "\0".join([*counts.passage_ids, "", *counts.doc_ids, "", *counts.terms])
    numbers = [matrix.indptr, matrix.indices, matrix.data]
    return sha256_of(
        names.encode("utf-8") + b"".join(part.astype("<i8").tobytes() for part in numbers)
    )

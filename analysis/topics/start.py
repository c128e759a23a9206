"""Rough topics of a sample of passages, from which a run on a large corpus starts.

A Gibbs sampler that starts by chance puts two topics into one now and then, and in a large corpus
it takes hundreds of sweeps to part them, if it ever does. Singular vectors of the counts know no
such dead end, and turned so that each passage has few of them they are close to the topics: Rohe
and Zeng (2020), arXiv:2004.05387.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.topics.counting import words_of_passages, words_of_terms

Numbers = NDArray[np.float64]

_BESIDE = 10
_POWERS = 4
_TURNS = 50


def start_topics(matrix: Any, *, n_topics: int, n_passages: int, seed: int) -> Numbers:
    """Return rough topics of a sample of passages: topics by terms, a row sums to 1, in no order.

    Parameters
    ----------
    matrix : csr_array
        Counts, passages by terms.
    n_topics : int
    n_passages : int
        Of the sample; all that have words if there are fewer.
    seed : int
        Draws the sample.

    Notes
    -----
    Counts are divided by the roots of their passage's and their term's sum, each with the mean sum
    added, so that short passages and rare terms make no topic of their own. The leading singular
    vectors (Halko, Martinsson and Tropp 2011, doi:10.1137/090771806) are turned by varimax (Kaiser
    1958), and the terms of a topic are those of its passages. All of it in a fixed number of steps
    and rounded, so that the last bits of a sum, which differ between processors, change nothing.
    """
    rng = np.random.default_rng([seed, 3])
    rows = np.flatnonzero(words_of_passages(matrix) > 0)
    if n_passages < len(rows):
        rows = np.sort(rng.permutation(rows)[:n_passages])
    counts = sparse.csr_array(matrix[rows]).astype(np.float64)
    vectors = _passage_vectors(counts, n_vectors=n_topics, rng=rng)
    turned = vectors @ _varimax(vectors)
    turned *= np.where(_cubes(turned).sum(axis=0) < 0, -1.0, 1.0)
    weights = np.maximum(turned, 0.0)
    weights = (weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)) ** 2
    # More topics than passages or terms: those without a vector are the corpus.
    weights = np.pad(weights, ((0, 0), (0, n_topics - weights.shape[1])))
    topics = np.asarray((counts.T @ weights).T) + 1e-9 * words_of_terms(counts)
    return np.asarray(np.round(topics / topics.sum(axis=1, keepdims=True), 6))


def _passage_vectors(counts: Any, *, n_vectors: int, rng: np.random.Generator) -> Numbers:
    """Return the leading left singular vectors of the scaled counts: passages by vectors."""
    passages, terms = words_of_passages(counts), words_of_terms(counts)
    scaled = sparse.csr_array(
        sparse.diags_array(1.0 / np.sqrt(passages + passages.mean()))
        @ counts
        @ sparse.diags_array(1.0 / np.sqrt(terms + terms.mean()))
    )
    turned_over = sparse.csr_array(scaled.T)
    width = min(n_vectors + _BESIDE, *scaled.shape)
    basis = rng.standard_normal((scaled.shape[1], width))
    for _ in range(_POWERS):
        basis = np.linalg.qr(turned_over @ (scaled @ basis))[0]
    images = scaled @ basis
    squares, vectors = np.linalg.eigh(images.T @ images)
    leading = np.argsort(-squares, kind="stable")[:n_vectors]
    return np.asarray(images @ vectors[:, leading] / np.sqrt(np.maximum(squares[leading], 1e-12)))


def _varimax(vectors: Numbers) -> Numbers:
    """Return the rotation after which each row has few large entries."""
    rotation = np.eye(vectors.shape[1])
    for _ in range(_TURNS):
        turned = vectors @ rotation
        spread = _cubes(turned) - turned * (turned * turned).mean(axis=0)
        left, _, right = np.linalg.svd(vectors.T @ spread)
        rotation = left @ right
    return np.asarray(rotation)


def _cubes(values: Numbers) -> Numbers:
    """Return the third powers; numpy's own power takes ten times as long."""
    return values * values * values

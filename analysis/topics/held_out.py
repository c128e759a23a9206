"""How well topics foretell passages that they were not fitted to, held out in blocks.

Neighbouring passages share their subject, so one that is held out alone is half known; blocks of
neighbours are held out together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.topics.counting import words_of_terms
from analysis.topics.lda import Run, fit_tomotopy, run_fits
from analysis.topics.settings import FitSettings

Numbers = NDArray[np.float64]

BLOCK = 5
"""Neighbouring passages held out together."""

_ROUNDS = 40


def folds_of(doc_ids: Sequence[str], *, n_folds: int, block: int = BLOCK) -> NDArray[np.int64]:
    """Return the fold of each passage: blocks of neighbours of one text, dealt out in turn.

    Parameters
    ----------
    doc_ids : sequence of str
        One a passage, in order.
    n_folds : int
    block : int
        Passages a block; a text's last may be shorter.
    """
    fold = np.empty(len(doc_ids), dtype=np.int64)
    texts = np.array(doc_ids, dtype=object)
    dealt = 0
    for doc_id in dict.fromkeys(doc_ids):
        rows = np.flatnonzero(texts == doc_id)
        for start in range(0, len(rows), block):
            fold[rows[start : start + block]] = dealt % n_folds
            dealt += 1
    return fold


def held_out_likelihood(
    matrix: Any, *, doc_ids: Sequence[str], settings: FitSettings, n_folds: int, workers: int = 1
) -> Numbers:
    """Return the mean log probability of a held-out word, one value a fold; higher is better.

    Document completion (Wallach and others 2009, doi:10.1145/1553374.1553515): topics are fitted
    to the other folds; of each held-out passage one half of the words gives its topics, the other
    half is foretold. Terms that the other folds lack are left out. Natural logarithm; comparable
    between models of the same counts and folds alone.

    Parameters
    ----------
    matrix : csr_array
        Counts, passages by terms.
    doc_ids : sequence of str
    settings : FitSettings
        Its seed alone is used, not further ones.
    n_folds : int
    workers : int
    """
    folds = folds_of(doc_ids, n_folds=n_folds)
    score = partial(score_fold, matrix=matrix, folds=folds, settings=settings)
    return np.array(run_fits(score, range(n_folds), workers=workers))


def score_fold(fold: int, *, matrix: Any, folds: NDArray[np.int64], settings: FitSettings) -> float:
    """Return the mean log probability of a word in one fold; NaN if the fold has none."""
    known = matrix[np.flatnonzero(folds != fold)]
    held = matrix[np.flatnonzero(folds == fold)]
    seen = np.flatnonzero(words_of_terms(known) > 0)
    run = fit_tomotopy(known[:, seen], settings=settings, seed=settings.seed)
    return _foretold(held[:, seen], run=run, settings=settings, seed=settings.seed + fold)


def _foretold(held: Any, *, run: Run, settings: FitSettings, seed: int) -> float:
    """Return the mean log probability of the asked half of the words of held-out passages."""
    given, asked = split_words(held, seed=seed)
    gamma = infer_topics(given, beta=run.beta, alpha=settings.alpha)
    return mean_log_probability(asked, gamma=gamma, beta=run.beta)


def score_parts(
    matrix: Any, *, folds: NDArray[np.int64], n_parts: int, settings: FitSettings, start: Numbers
) -> Numbers:
    """Return the mean log probability of a word in each of the first folds, from one fit.

    Parameters
    ----------
    matrix : csr_array
        Counts, passages by terms.
    folds : array
        Of each passage; the topics are fitted to those from `n_parts` on.
    n_parts : int
        Folds that are foretold.
    settings : FitSettings
    start : array, topics by terms
        Rough topics from which the fit starts (`fit_tomotopy`).
    """
    known = matrix[np.flatnonzero(folds >= n_parts)]
    seen = np.flatnonzero(words_of_terms(known) > 0)
    run = fit_tomotopy(known[:, seen], settings=settings, seed=settings.seed, start=start[:, seen])
    return np.array(
        [
            _foretold(
                matrix[np.flatnonzero(folds == part)][:, seen],
                run=run,
                settings=settings,
                seed=settings.seed + part,
            )
            for part in range(n_parts)
        ]
    )


def split_words(matrix: Any, *, seed: int) -> tuple[Any, Any]:
    """Return two halves of the words of every passage, drawn without replacement."""
    whole = sparse.csr_array(matrix)
    rng = np.random.default_rng([seed, 2])
    given = whole.copy()
    for start, end in zip(whole.indptr[:-1], whole.indptr[1:], strict=True):
        counts = whole.data[start:end]
        # The odd word goes to either half by chance.
        half = (int(counts.sum()) + int(rng.integers(2))) // 2
        given.data[start:end] = rng.multivariate_hypergeometric(counts, half)
    return given, whole - given


def infer_topics(matrix: Any, *, beta: Numbers, alpha: float | Numbers) -> Numbers:
    """Return gamma of passages under given topics: passages by topics, a row sums to 1.

    Collapsed variational inference of order 0 (Asuncion and others 2009). A passage without words
    has the prior.

    Parameters
    ----------
    matrix : csr_array
        Counts, passages by terms.
    beta : array, topics by terms
    alpha : float or array
        The prior weight of a topic, in words.
    """
    counts = sparse.coo_array(matrix)
    rows, weights = counts.coords[0], counts.data.astype(np.float64)[:, None]
    likely = beta.T[counts.coords[1]]
    gather = sparse.csr_array(
        (np.ones(len(rows)), (rows, np.arange(len(rows)))), shape=(matrix.shape[0], len(rows))
    )
    shares = likely / likely.sum(axis=1, keepdims=True)
    for _ in range(_ROUNDS):
        words = gather @ (weights * shares)
        # A word does not vote for itself.
        shares = (words[rows] - shares + alpha) * likely
        shares /= shares.sum(axis=1, keepdims=True)
    words = gather @ (weights * shares) + alpha
    return np.asarray(words / words.sum(axis=1, keepdims=True))


def mean_log_probability(matrix: Any, *, gamma: Numbers, beta: Numbers) -> float:
    """Return the mean natural logarithm of a word's probability; NaN if there is no word.

    Mixed with an even distribution over the terms, in the share that suits these topics best:
    topics differ in how much they leave to rare terms, and without it that would be all that is
    seen in a small corpus.
    """
    counts = sparse.coo_array(matrix)
    number = counts.data.astype(np.float64)
    total = float(number.sum())
    if not total:
        return float("nan")
    chance = (gamma[counts.coords[0]] * beta.T[counts.coords[1]]).sum(axis=1)
    even, part = 1.0 / beta.shape[1], 0.2
    for _ in range(_ROUNDS):
        part = float((number * part * even / (part * even + (1 - part) * chance)).sum() / total)
    return float((number * np.log(part * even + (1 - part) * chance)).sum() / total)

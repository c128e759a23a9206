"""The priors of LDA, chosen by how well they foretell blocks of passages that were held out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.results import Shown
from analysis.text.counts import TermCounts
from analysis.topics.counting import canonical, words_of_passages, words_of_terms
from analysis.topics.held_out import BLOCK, folds_of, score_fold, score_parts
from analysis.topics.lda import run_fits
from analysis.topics.settings import FitSettings, is_large
from analysis.topics.start import start_topics

Numbers = NDArray[np.float64]

ALPHAS = (0.05, 0.15, 0.5, 1.5)
ETA_TOTALS = (50.0, 125.0, 320.0, 800.0)

N_FOLDS = 4
FEWEST_PASSAGES = 2 * N_FOLDS * BLOCK
MOST_WORDS = 12_000
"""A larger corpus is tried out on blocks from all over it with so many words together."""

WORDS_A_TOPIC, PASSAGES_A_TOPIC = 4000, 50
"""A large corpus (`is_large`) is tried out on at least so many words and passages a topic."""

PLAIN_ALPHA = 0.1
PLAIN_ETA = 0.1
"""What is taken where the passages are too few to tell: alpha, and eta a term that occurs."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PriorFit(Shown):
    """The priors chosen, and how every pair that was tried did.

    Attributes
    ----------
    alpha, eta_total : float
        As in `FitSettings`.
    trials : DataFrame
        alpha, eta_total, log_probability (mean of a held-out word, natural logarithm; higher is
        better), low, high (its range over folds). Empty where nothing was tried.
    reason : str
        Why the priors were not fitted; empty if they were.
    """

    alpha: float
    eta_total: float
    trials: pd.DataFrame
    reason: str = ""


def fit_priors(
    counts: TermCounts, *, n_topics: int, seed: int, eta_proportional: float = 0.5, workers: int = 1
) -> PriorFit:
    """Return the priors under which topics foretell held-out blocks of passages best.

    Pairs of alpha and eta_total on a grid are scored by document completion on four folds of
    blocks of neighbouring passages, and a quadratic surface is laid through the scores, so that
    the noise of one cell does not choose. Of all pairs that are as good as the best within one
    standard error over folds, that with the largest alpha is taken: where the passages do not tell,
    they are taken to mix topics, which finds fewer topics in shuffled text.

    In a large corpus (`is_large`) every other pair of the grid is tried, each by one fit that
    starts from rough topics (`start_topics`) and foretells four folds: it has 4,000 words a topic
    from all over the corpus where a smaller one has 12,000 in all. Of topics planted with alpha .1
    and .1 a term, 20 in 5000 terms, it chooses .10 to .14 and .08 to .10 a term; passages that mix
    more topics (alpha .3 and .5) get 1.5, the largest on the grid.

    Parameters
    ----------
    counts : TermCounts
    n_topics, seed : int
    eta_proportional : float
        As in `FitSettings`.
    workers : int

    Returns
    -------
    PriorFit
        With alpha .1 and .1 a term, and a reason, for one topic or fewer than 40 passages that
        have words.
    """
    matrix = canonical(counts.matrix)
    words = words_of_passages(matrix)
    written = int((words > 0).sum())
    large = is_large(n_words=float(words.sum()), n_passages=written, n_topics=n_topics)
    rows = _sampled(words, doc_ids=counts.doc_ids, n_topics=n_topics, large=large)
    if n_topics < 2 or len(rows) < FEWEST_PASSAGES:
        eta = PLAIN_ETA * max(int((words_of_terms(matrix) > 0).sum()), 1)
        reason = (
            "One topic has no priors to fit."
            if n_topics < 2
            else f"Priors are not fitted to {len(rows)} passages with words; it takes "
            f"{FEWEST_PASSAGES}."
        )
        return PriorFit(alpha=PLAIN_ALPHA, eta_total=eta, trials=_trials([], []), reason=reason)
    settings = FitSettings(
        n_topics=n_topics,
        seed=seed,
        eta_proportional=eta_proportional,
        burn_in=60,
        n_samples=10,
        thin=3,
    )
    pairs = list(product(ALPHAS, ETA_TOTALS))
    doc_ids = [counts.doc_ids[row] for row in rows]
    if large:
        pairs = [pair for pair in pairs if _is_dark(pair)]
        score = _scorer_with_start(matrix[rows], doc_ids=doc_ids, settings=settings)
    else:
        folds = folds_of(doc_ids, n_folds=N_FOLDS)
        score = partial(_score_pair, matrix=matrix[rows], folds=folds, settings=settings)
    scores = run_fits(score, pairs, workers=workers, label="priors")
    alpha, eta_total = choose_pair(pairs, np.array(scores))
    return PriorFit(alpha=alpha, eta_total=eta_total, trials=_trials(pairs, scores))


def _sampled(
    words: Numbers, *, doc_ids: tuple[str, ...], n_topics: int, large: bool
) -> NDArray[np.int64]:
    """Return passages with words: all, or blocks from all over the corpus if there are many."""
    rows = np.flatnonzero(words > 0)
    samples = words.sum() / MOST_WORDS
    if large:
        samples = min(
            words.sum() / (WORDS_A_TOPIC * n_topics), len(rows) / (PASSAGES_A_TOPIC * n_topics)
        )
    parts = int(np.ceil(samples))
    if parts < 2:
        return rows
    blocks = folds_of([doc_ids[row] for row in rows], n_folds=parts)
    return np.asarray(rows[blocks == parts // 2])


def _score_pair(
    pair: tuple[float, float], *, matrix: Any, folds: NDArray[np.int64], settings: FitSettings
) -> Numbers:
    """Return the mean log probability of a held-out word, one value a fold."""
    chosen = replace(settings, alpha=pair[0], eta_total=pair[1])
    return np.array(
        [score_fold(fold, matrix=matrix, folds=folds, settings=chosen) for fold in range(N_FOLDS)]
    )


def _is_dark(pair: tuple[float, float]) -> bool:
    """Return whether a pair is tried in a large corpus: every other one, as on a chessboard."""
    return (ALPHAS.index(pair[0]) + ETA_TOTALS.index(pair[1])) % 2 == 0


def _scorer_with_start(
    matrix: Any, *, doc_ids: list[str], settings: FitSettings
) -> Callable[[tuple[float, float]], Numbers]:
    """Return what scores a pair by one fit to 12 of 16 folds, from the rough topics of these."""
    folds = folds_of(doc_ids, n_folds=4 * N_FOLDS)
    known = matrix[np.flatnonzero(folds >= N_FOLDS)]
    rough = partial(_rough, matrix=known, n_topics=settings.n_topics)
    start = run_fits(rough, [settings.seed], workers=1)[0]
    return partial(
        _score_with_start,
        matrix=matrix,
        folds=folds,
        settings=replace(settings, burn_in=15, n_samples=5, thin=2),
        start=start,
    )


def _rough(seed: int, *, matrix: Any, n_topics: int) -> Numbers:
    """Return rough topics of all the passages; in one thread where `run_fits` calls it."""
    return start_topics(matrix, n_topics=n_topics, n_passages=matrix.shape[0], seed=seed)


def _score_with_start(
    pair: tuple[float, float],
    *,
    matrix: Any,
    folds: NDArray[np.int64],
    settings: FitSettings,
    start: Numbers,
) -> Numbers:
    """Return the mean log probability of a held-out word, one value a fold, from one fit."""
    chosen = replace(settings, alpha=pair[0], eta_total=pair[1])
    return score_parts(matrix, folds=folds, n_parts=N_FOLDS, settings=chosen, start=start)


def choose_pair(pairs: list[tuple[float, float]], scores: Numbers) -> tuple[float, float]:
    """Return the pair with the largest alpha among those as good as the best.

    Parameters
    ----------
    pairs : list of (alpha, eta_total)
        A grid.
    scores : array, pairs by folds
        Higher is better.
    """
    coarse = np.log2(np.array(pairs))
    weights = np.linalg.lstsq(_quadratic(coarse), scores, rcond=None)[0]
    axes = [
        np.linspace(coarse[:, 0].min(), coarse[:, 0].max(), 41),
        np.linspace(coarse[:, 1].min(), coarse[:, 1].max(), 33),
    ]
    fine = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
    surfaces = _quadratic(fine) @ weights
    mean = np.round(surfaces.mean(axis=1), 9)
    behind = surfaces[int(np.argmax(mean))] - surfaces
    error = behind.std(axis=1, ddof=1) / np.sqrt(scores.shape[1])
    as_good = np.flatnonzero(np.round(behind.mean(axis=1) - error, 9) <= 0)
    most_mixed = as_good[np.isclose(fine[as_good, 0], fine[as_good, 0].max())]
    alpha, eta_total = 2.0 ** fine[most_mixed[int(np.argmax(mean[most_mixed]))]]
    return float(np.round(alpha, 4)), float(np.round(eta_total, 1))


def _quadratic(points: Numbers) -> Numbers:
    """Return the terms of a quadratic surface at each point."""
    one, other = points.T
    return np.column_stack([np.ones(len(points)), one, other, one**2, other**2, one * other])


def _trials(pairs: list[tuple[float, float]], scores: list[Numbers]) -> pd.DataFrame:
    """Return the table of what was tried."""
    return pd.DataFrame(
        {
            "alpha": [pair[0] for pair in pairs],
            "eta_total": [pair[1] for pair in pairs],
            "log_probability": [float(score.mean()) for score in scores],
            "low": [float(score.min()) for score in scores],
            "high": [float(score.max()) for score in scores],
        }
    )

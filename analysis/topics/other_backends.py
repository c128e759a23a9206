"""Runs of gensim and scikit-learn, to compare with; each in one thread and float64."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.errors import InputError
from analysis.topics.counting import words_of_passages, words_of_terms
from analysis.topics.lda import Run
from analysis.topics.settings import FitSettings
from analysis.topics.term_priors import term_prior

Numbers = NDArray[np.float64]


def fit_gensim(matrix: sparse.csr_array, *, settings: FitSettings, seed: int) -> Run:
    """Return one run of gensim's LdaModel (online variational Bayes; Hoffman and others 2010).

    Weak on a small corpus: with some hundred passages, each run tends to end near where its seed
    began. A passage without words has the prior. log_likelihood is NaN.
    """
    from gensim.models import LdaModel

    with_words, written = _written(matrix)
    columns, numbers = written.indices.tolist(), written.data.tolist()
    passages = [
        list(zip(columns[start:end], numbers[start:end], strict=True))
        for start, end in zip(written.indptr[:-1], written.indptr[1:], strict=True)
    ]
    # gensim takes the logarithm of the prior, and so none of exactly zero.
    prior = np.maximum(term_prior(words_of_terms(matrix), settings=settings), 1e-12)
    with _quiet("gensim.models.ldamodel"):
        model = LdaModel(
            passages,
            id2word={column: str(column) for column in range(matrix.shape[1])},
            num_topics=settings.n_topics,
            alpha=np.full(settings.n_topics, settings.alpha),
            eta=prior,
            passes=max(settings.burn_in // 10, 1),
            iterations=settings.burn_in,
            eval_every=None,
            random_state=seed,
            dtype=np.float64,
        )
    weights = np.full((matrix.shape[0], settings.n_topics), settings.alpha)
    weights[with_words] = model.inference(passages)[0]
    beta = model.get_topics().astype(np.float64)
    return _run(beta, weights=weights, seed=seed)


def fit_sklearn_lda(matrix: sparse.csr_array, *, settings: FitSettings, seed: int) -> Run:
    """Return one run of scikit-learn's LatentDirichletAllocation (batch variational Bayes).

    Its prior over terms is even whatever `eta_proportional` says. A passage without words has
    the prior. log_likelihood is the mean variational bound a word.
    """
    from sklearn.decomposition import LatentDirichletAllocation

    with_words, written = _written(matrix)
    model = LatentDirichletAllocation(
        n_components=settings.n_topics,
        doc_topic_prior=settings.alpha,
        topic_word_prior=settings.eta_total / matrix.shape[1],
        learning_method="batch",
        max_iter=max(settings.burn_in // 4, 1),
        n_jobs=1,
        random_state=seed,
    )
    shares = model.fit_transform(written.astype(np.float64))
    weights = np.full((matrix.shape[0], settings.n_topics), settings.alpha)
    words = np.asarray(written.sum(axis=1)).ravel()
    weights[with_words] = shares * (words + settings.alpha * settings.n_topics)[:, None]
    beta = model.components_ / model.components_.sum(axis=1, keepdims=True)
    likelihood = float(model.score(written.astype(np.float64))) / float(matrix.sum())
    return _run(beta, weights=weights, seed=seed, likelihood=likelihood)


def fit_nmf(matrix: sparse.csr_array, *, settings: FitSettings, seed: int) -> Run:
    """Return one run of scikit-learn's NMF of the passages' counts.

    Kullback-Leibler loss, which makes it probabilistic latent semantic analysis: beta and gamma
    are its factors, each brought to sum 1. It has no priors, so a passage without words has no
    gamma (NaN), and no draws: `draw` is gamma itself. log_likelihood is minus the loss.
    """
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    with_words, written = _written(matrix)
    model = NMF(
        n_components=settings.n_topics,
        init="random",
        solver="mu",
        beta_loss="kullback-leibler",
        max_iter=max(settings.burn_in, 200),
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        factors = model.fit_transform(written.astype(np.float64))
    sizes = model.components_.sum(axis=1)
    if (sizes <= 0).any() or (factors.sum(axis=1) <= 0).any():
        raise InputError(
            f"NMF leaves a topic or a passage empty at n_topics={settings.n_topics}; "
            "ask for fewer topics."
        )
    gamma = np.full((matrix.shape[0], settings.n_topics), np.nan)
    weights = factors * sizes
    gamma[with_words] = weights / weights.sum(axis=1, keepdims=True)
    return Run(
        seed=seed,
        beta=model.components_ / sizes[:, None],
        gamma=gamma,
        draw=gamma,
        log_likelihood=-float(model.reconstruction_err_),
    )


@contextmanager
def _quiet(logger: str) -> Iterator[None]:
    """Let a logger tell errors alone for a while."""
    named = logging.getLogger(logger)
    before = named.level
    named.setLevel(logging.ERROR)
    try:
        yield
    finally:
        named.setLevel(before)


def _written(matrix: sparse.csr_array) -> tuple[NDArray[np.bool_], Any]:
    """Return which passages have words, and their counts."""
    with_words = words_of_passages(matrix) > 0
    return with_words, sparse.csr_matrix(matrix[np.flatnonzero(with_words)])


def _run(beta: Numbers, *, weights: Numbers, seed: int, likelihood: float = float("nan")) -> Run:
    """Return a run from its topics and the Dirichlet weights of its passages."""
    draw = np.random.default_rng([seed, 1]).standard_gamma(weights)
    draw = np.maximum(draw, np.finfo(np.float64).tiny)
    return Run(
        seed=seed,
        beta=beta / beta.sum(axis=1, keepdims=True),
        gamma=weights / weights.sum(axis=1, keepdims=True),
        draw=draw / draw.sum(axis=1, keepdims=True),
        log_likelihood=likelihood,
    )

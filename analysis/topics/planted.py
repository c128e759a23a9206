"""Corpora with known topics, and how many of them are found again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.errors import InputError
from analysis.text.counts import TermCounts
from analysis.topics.consensus import matched_cosines

Numbers = NDArray[np.float64]

BASES = ("zipf", "flat zipf", "lognormal", "exponential", "gamma")
"""Shapes of the distribution around which topics are drawn, from the most skewed on."""

FOUND = 0.9
"""From which cosine on a topic counts as found again."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Planted:
    """A corpus drawn from known topics.

    Attributes
    ----------
    counts : TermCounts
    beta : array, topics by terms
        The true topics.
    gamma : array, passages by topics
        The true shares.
    """

    counts: TermCounts
    beta: Numbers
    gamma: Numbers


def plant_topics(
    seed: int,
    *,
    n_passages: int = 313,
    n_topics: int = 10,
    n_terms: int = 1448,
    n_words: int = 33,
    alpha: float = 0.1,
    concentration: float = 0.1,
    base: str = "lognormal",
) -> Planted:
    """Return a corpus drawn by the recipe of LDA from topics that are known.

    Parameters
    ----------
    seed : int
    n_passages, n_topics, n_terms, n_words : int
        `n_words` is that of each passage.
    alpha : float
        The weight of a topic in a passage.
    concentration : float
        The mean weight of a term in a topic: each topic is a Dirichlet draw around one base.
    base : str
        One of `BASES`.

    Notes
    -----
    The defaults have the size of a small book: 313 passages of 33 words after stop words.
    """
    rng = np.random.default_rng(seed)
    around = _base(base, n_terms=n_terms, rng=rng)
    weights = rng.gamma(concentration * n_terms * around, size=(n_topics, n_terms))
    beta = weights / weights.sum(axis=1, keepdims=True)
    gamma = rng.dirichlet(np.full(n_topics, alpha), size=n_passages)
    words = rng.multinomial(n_words, gamma)
    passages = [np.repeat(np.arange(n_passages), words[:, topic]) for topic in range(n_topics)]
    terms = [rng.choice(n_terms, size=len(rows), p=beta[k]) for k, rows in enumerate(passages)]
    rows, columns = np.concatenate(passages), np.concatenate(terms)
    matrix = sparse.coo_array(
        (np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(n_passages, n_terms)
    )
    return Planted(
        counts=TermCounts(
            matrix=sparse.csr_array(matrix.tocsr()),
            passage_ids=tuple(f"planted:{number:05d}" for number in range(n_passages)),
            doc_ids=("planted",) * n_passages,
            terms=tuple(f"term{number:05d}" for number in range(n_terms)),
        ),
        beta=beta,
        gamma=gamma,
    )


def share_found(found: Numbers, planted: Numbers) -> float:
    """Return which share of the planted topics is found with a cosine above .9."""
    return float((matched_cosines(found, planted) > FOUND).mean())


def _base(name: str, *, n_terms: int, rng: np.random.Generator) -> Numbers:
    """Return the base distribution over terms."""
    rank = np.arange(n_terms, dtype=np.float64)
    if name == "zipf":
        base = 1.0 / (rank + 2.7)
    elif name == "flat zipf":
        base = 1.0 / (rank + 50.0)
    elif name == "lognormal":
        base = np.exp(rng.normal(0.0, 1.0, n_terms))
    elif name == "exponential":
        base = rng.exponential(size=n_terms)
    elif name == "gamma":
        base = rng.gamma(0.5, size=n_terms)
    else:
        raise InputError(f"There is no base {name!r}: use one of {', '.join(BASES)}.")
    return np.asarray(base / base.sum())

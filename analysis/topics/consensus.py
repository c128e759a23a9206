"""The consensus of several runs: topics matched one to one, averaged, and how alike they are.

Two topics are as alike as their departures from the corpus: (beta - p) / sqrt(p), with p the
corpus's own frequencies, which is the direction of a chi-square residual. All topics share the
common words; what they share says nothing of whether two runs found the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Numbers = NDArray[np.float64]
Order = NDArray[np.int64]

_MOST_ROUNDS = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class Consensus:
    """The matched topics of several runs.

    Attributes
    ----------
    orders : tuple of arrays
        For each run, which of its topics is the consensus's first, second ...
    beta : array, topics by terms
        Mean of the matched topics.
    """

    orders: tuple[Order, ...]
    beta: Numbers


def departures(beta: Numbers, *, frequencies: Numbers) -> Numbers:
    """Return the directions in which topics depart from the corpus, each of length 1 (or 0).

    Parameters
    ----------
    beta : array, topics by terms
    frequencies : array, one entry a term
        The corpus's relative frequencies; terms that it lacks are left out (0).
    """
    known = frequencies > 0
    scale = np.sqrt(np.where(known, frequencies, 1.0))
    residual = np.where(known, (beta - frequencies) / scale, 0.0)
    length = np.sqrt((residual**2).sum(axis=1, keepdims=True))
    # A topic that is the corpus departs in no direction: rounding must not give it one.
    return np.where(length > 1e-9, residual / np.where(length > 1e-9, length, 1.0), 0.0)


def agreement(one: Numbers, other: Numbers) -> Numbers:
    """Return the cosine of the departures of every pair of topics: 1 the same, 0 unrelated.

    Parameters
    ----------
    one, other : arrays, topics by terms
        From `departures`.
    """
    return np.clip(one @ other.T, -1.0, 1.0)


def match_topics(reference: Numbers, topics: Numbers) -> Order:
    """Return which topic answers each topic of the reference, one to one, most alike in sum.

    Parameters
    ----------
    reference, topics : arrays, topics by terms
        From `departures`; `topics` has as many rows or more.
    """
    # Rounded so that the last bits of a sum, which differ between processors, choose nothing.
    return np.asarray(linear_sum_assignment(-np.round(agreement(reference, topics), 9))[1])


def find_consensus(
    betas: Sequence[Numbers], *, frequencies: Numbers, likelihoods: Sequence[float]
) -> Consensus:
    """Return the runs matched to their own mean, beginning with the likeliest run.

    Parameters
    ----------
    betas : sequence of arrays, topics by terms
        One a run.
    frequencies : array
        The corpus's relative frequencies.
    likelihoods : sequence of float
        One a run; the first of the highest begins. NaN counts as lowest.
    """
    directions = [departures(beta, frequencies=frequencies) for beta in betas]
    ranked = np.where(np.isnan(likelihoods), -np.inf, np.round(likelihoods, 9))
    reference = directions[int(np.argmax(ranked))]
    before: list[list[int]] = []
    for _ in range(_MOST_ROUNDS):
        orders = [match_topics(reference, topics) for topics in directions]
        mean = np.mean([beta[order] for beta, order in zip(betas, orders, strict=True)], axis=0)
        reference = departures(mean, frequencies=frequencies)
        now = [order.tolist() for order in orders]
        if now == before:
            break
        before = now
    return Consensus(orders=tuple(orders), beta=mean)


def term_order(values: Numbers, *, terms: Sequence[str]) -> Order:
    """Return for each row the columns from the highest value down, ties by term."""
    rank = np.empty(len(terms), dtype=np.int64)
    rank[sorted(range(len(terms)), key=terms.__getitem__)] = np.arange(len(terms))
    # Rounded so that the last bits, which differ between processors, order nothing.
    rounded = np.round(values, 12)
    return np.array([np.lexsort((rank, -row)) for row in rounded], dtype=np.int64)


def matched_cosines(found: Numbers, other: Numbers) -> Numbers:
    """Return for each topic of `other` its cosine with the topic that answers it, one to one.

    Parameters
    ----------
    found, other : arrays, topics by terms
        With the terms in the same order.
    """
    known = other / np.linalg.norm(other, axis=1, keepdims=True)
    answers = found / np.linalg.norm(found, axis=1, keepdims=True)
    cosines = known @ answers.T
    rows, columns = linear_sum_assignment(-cosines)
    return np.asarray(cosines[rows, columns])

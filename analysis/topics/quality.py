"""Measures of topics by their terms: diversity, exclusivity, FREX, coherence.

None of them tells whether a topic is there: a shuffled corpus can do well in each.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.errors import InputError
from analysis.text.counts import TermCounts
from analysis.topics.consensus import term_order
from analysis.topics.counting import words_of_passages

Numbers = NDArray[np.float64]

TOP = 10


def topic_diversity(beta: Numbers, *, terms: Sequence[str], n_terms: int = TOP) -> float:
    """Return the share of distinct terms among the top terms of all topics.

    1: no two topics share a top term; 1/K: all have the same. Falls as there are more topics.
    Dieng, Ruiz and Blei (2020), doi:10.1162/tacl_a_00325.
    """
    top = term_order(beta, terms=terms)[:, :n_terms]
    return float(len(np.unique(top)) / top.size)


def exclusivity(beta: Numbers, *, terms: Sequence[str], n_terms: int = TOP) -> Numbers:
    """Return for each topic how much of its top terms' probability is its own, mean over them.

    1: no other topic has them; 1/K: all topics have them alike. Biased upward for rare terms.
    """
    top = term_order(beta, terms=terms)[:, :n_terms]
    own = _share_of_term(beta)
    return np.asarray(np.take_along_axis(own, top, axis=1).mean(axis=1))


def frex(beta: Numbers, *, weight: float = 0.5) -> Numbers:
    """Return the FREX score of every term in every topic: topics by terms, 0 to 1.

    The harmonic mean of two ranks within the topic, each as a share of the terms: of the term's
    probability and of its exclusivity (its share of the term's probability in all topics). High
    for terms that are both common in the topic and its own. Bischof and Airoldi (2012), ICML;
    as in R's stm, but for ties, which take the higher rank.

    Parameters
    ----------
    beta : array, topics by terms
    weight : float
        Of exclusivity, from 0 (probability alone) to 1.
    """
    if not 0 <= weight <= 1:
        raise InputError(f"weight is {weight!r}; give a number from 0 to 1.")
    common = _shares_below(beta)
    own = _shares_below(_share_of_term(beta))
    return np.asarray(1.0 / (weight / own + (1.0 - weight) / common))


def coherence(
    beta: Numbers, *, terms: Sequence[str], reference: TermCounts, n_terms: int = TOP
) -> pd.DataFrame:
    """Return the document-level NPMI coherence of each topic in reference passages.

    The mean over pairs of the topic's top terms of log(p(a, b) / (p(a) p(b))) / -log p(a, b), with
    p the share of reference passages that have the term: 1 always together, 0 as by chance, -1
    never. In the passages that the topics were fitted to it is biased upward, most for models that
    follow them most closely: use passages that were held out. Aletras and Stevenson (2013), IWCS.

    Parameters
    ----------
    beta : array, topics by terms
    terms : sequence of str
        One a column of beta.
    reference : TermCounts
        Passages that have words are the documents.
    n_terms : int
        From 2.

    Returns
    -------
    DataFrame
        topic, npmi, n_pairs (that are defined), n_absent (top terms that no reference passage
        has; their pairs are left out), reason (why npmi is NaN, else empty).
    """
    if n_terms < 2:
        raise InputError(f"n_terms is {n_terms!r}; a pair takes at least 2.")
    place = {term: column for column, term in enumerate(reference.terms)}
    present = (reference.matrix > 0).astype(np.int64).tocsc()
    n_passages = int((words_of_passages(reference.matrix) > 0).sum())
    rows = []
    for topic, order in enumerate(term_order(beta, terms=terms), start=1):
        top = [terms[column] for column in order[:n_terms]]
        columns = [place[term] for term in top if term in place]
        held = present[:, columns]
        together = (held.T @ held).toarray().astype(np.float64)
        with_term = np.diag(together)
        found = [index for index in range(len(columns)) if with_term[index] > 0]
        values = [
            _npmi(
                together[one, other] / max(n_passages, 1),
                with_term[one] * with_term[other] / max(n_passages, 1) ** 2,
            )
            for one, other in combinations(found, 2)
        ]
        defined = [value for value in values if not np.isnan(value)]
        rows.append(
            {
                "topic": topic,
                "npmi": float(np.mean(defined)) if defined else float("nan"),
                "n_pairs": len(defined),
                "n_absent": len(top) - len(found),
                "reason": "" if defined else _why_none(n_passages, n_found=len(found)),
            }
        )
    return pd.DataFrame(rows)


def _why_none(n_passages: int, *, n_found: int) -> str:
    """Return why a topic has no coherence."""
    if n_passages < 2:
        return f"The reference has {n_passages} passages with words; it takes two."
    if n_found < 2:
        return f"The reference has {n_found} of the top terms; a pair takes two."
    return "The top terms are in every reference passage, so that nothing can be told from them."


def _npmi(both: float, by_chance: float) -> float:
    """Return the normalised pointwise mutual information; NaN if both are in every passage."""
    if both <= 0:
        return -1.0
    if both >= 1:
        return float("nan")
    return float(np.log(both / by_chance) / -np.log(both))


def _share_of_term(beta: Numbers) -> Numbers:
    """Return each topic's share of each term's probability in all topics; 1/K where it is 0."""
    total = beta.sum(axis=0)
    return np.where(total > 0, beta / np.where(total > 0, total, 1.0), 1.0 / len(beta))


def _shares_below(values: Numbers) -> Numbers:
    """Return for each value the share of its row that is not above it (its empirical ECDF)."""
    rounded = np.round(values, 12)
    return np.array([stats.rankdata(row, method="max") / len(row) for row in rounded])

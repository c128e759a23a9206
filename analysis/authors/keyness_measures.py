"""Measures of how much more often a word stands in one corpus than in another.

Each function takes counts word by word (``a`` in the target, ``b`` in the reference) and the sizes
of the two corpora in running words (``size_a``, ``size_b``), and returns one value a word. Those
that need no sampling are exact; those that do assume independent words, which no text has.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Numbers = NDArray[np.float64]


def log_likelihood(a: Numbers, b: Numbers, *, size_a: float, size_b: float) -> Numbers:
    """Return the two-cell log-likelihood G2 of each word, never negative.

    Higher is a clearer difference of frequency, in either direction. Grows with the size of the
    corpora. Rayson and Garside (2000), doi:10.3115/1117729.1117730.
    """
    total = size_a + size_b
    expected_a, expected_b = size_a * (a + b) / total, size_b * (a + b) / total
    return np.maximum(2 * (_term(a, expected_a) + _term(b, expected_b)), 0.0)


def log_likelihood_4(a: Numbers, b: Numbers, *, size_a: float, size_b: float) -> Numbers:
    """Return the four-cell log-likelihood G2 of each word (Dunning 1993), never negative."""
    total = size_a + size_b
    others = total - a - b
    cells = (
        _term(a, size_a * (a + b) / total)
        + _term(b, size_b * (a + b) / total)
        + _term(size_a - a, size_a * others / total)
        + _term(size_b - b, size_b * others / total)
    )
    return np.maximum(2 * cells, 0.0)


def log_ratio(a: Numbers, b: Numbers, *, size_a: float, size_b: float) -> Numbers:
    """Return the base-2 logarithm of the ratio of relative frequencies; + is more in the target.

    A count of 0 is taken as 0.5, so that a word of one corpus alone has a value (Hardie 2014).
    """
    return np.asarray(
        np.log2(_half_for_none(a) / size_a) - np.log2(_half_for_none(b) / size_b), dtype=np.float64
    )


def log_ratio_variance(a: Numbers, *, size: float) -> Numbers:
    """Return one corpus's part of the variance of the log ratio, if words were independent."""
    counted = _half_for_none(a)
    return np.asarray((1 / counted - 1 / size) / np.log(2) ** 2, dtype=np.float64)


def odds_ratio(a: Numbers, b: Numbers, *, size_a: float, size_b: float) -> Numbers:
    """Return the ratio of odds with 0.5 added to each of the four cells (Haldane 1956).

    Above 1 is more in the target.
    """
    odds_a, odds_b = (a + 0.5) / (size_a - a + 0.5), (b + 0.5) / (size_b - b + 0.5)
    return np.asarray(odds_a / odds_b, dtype=np.float64)


def z_fightin_words(
    a: Numbers, b: Numbers, *, size_a: float, size_b: float, prior: Numbers
) -> Numbers:
    """Return the z-score of the log odds ratio under a Dirichlet prior; + is more in the target.

    ``prior`` is in words, one entry a word. Monroe, Colaresi and Quinn (2008),
    doi:10.1093/pan/mpn018, equations 16, 20 and 22.
    """
    whole = prior.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = np.log((a + prior) / (size_a + whole - a - prior)) - np.log(
            (b + prior) / (size_b + whole - b - prior)
        )
        return np.asarray(difference / np.sqrt(1 / (a + prior) + 1 / (b + prior)), dtype=np.float64)


def deviation_of_proportions(counts: NDArray[np.int64]) -> Numbers:
    """Return Gries's DP of each word over the parts (rows): 0 evenly spread, near 1 in one part.

    NaN for a word that does not occur. Gries (2008), doi:10.1075/ijcl.13.4.02gri.
    """
    sizes = counts.sum(axis=1, keepdims=True)
    totals = counts.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = counts / totals
    dispersion = 0.5 * np.abs(found - sizes / sizes.sum()).sum(axis=0)
    return np.where(totals > 0, dispersion, np.nan)


def rank_comparison(target: Numbers, reference: Numbers) -> tuple[Numbers, Numbers]:
    """Return Wilcoxon's rank-sum p (two-sided) and Cliff's delta of each word over slices.

    Rows are slices, columns words, values relative frequencies. p is by the normal approximation
    with corrections for ties and continuity (R's ``wilcox.test``, exact = FALSE), 1 where all are
    equal. Delta is between -1 and 1; + is more in the target. Both need slices that are
    independent, which slices of one text are not.
    """
    test = stats.mannwhitneyu(target, reference, axis=0, method="asymptotic", use_continuity=True)
    delta = 2 * np.asarray(test.statistic) / (len(target) * len(reference)) - 1
    p = np.asarray(test.pvalue, dtype=np.float64)
    return np.where(np.isnan(p), 1.0, p), delta


def benjamini_hochberg(p: Numbers) -> Numbers:
    """Return q: the smallest rate of false discoveries at which each p would be called.

    NaN stays NaN and does not count. Benjamini and Hochberg (1995).
    """
    q = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    if not len(known):
        return q
    order = known[np.argsort(p[known], kind="stable")]
    raised = p[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q


def _term(observed: Numbers, expected: Numbers) -> Numbers:
    """Return observed times log(observed / expected), and 0 where none was observed."""
    ratio = np.divide(observed, expected, out=np.ones_like(expected), where=observed > 0)
    return np.asarray(observed * np.log(ratio), dtype=np.float64)


def _half_for_none(counts: Numbers) -> Numbers:
    """Return the counts with 0.5 in place of 0."""
    return np.where(counts == 0, 0.5, counts)

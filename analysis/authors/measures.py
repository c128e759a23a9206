"""The eleven distances between rows of word frequencies, as the R package stylo computes them.

Each function takes a matrix, one row a text and one column a word in order of frequency, and
returns the square matrix of distances; lower is more alike. Frequencies are percentages. What is
undefined (the cosine of an empty row) is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import pdist, squareform

Matrix = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A distance: its formula, whether it takes z-scores, and where it was published."""

    formula: Callable[[Matrix], Matrix]
    z_scores: bool
    source: str


def burrows(z: Matrix) -> Matrix:
    """Return the mean absolute difference of z-scores."""
    return np.asarray(_manhattan(z) / z.shape[1])


def argamon(z: Matrix) -> Matrix:
    """Return the Euclidean distance of z-scores divided by the number of words (linear Delta)."""
    return np.asarray(_euclidean(z) / z.shape[1])


def eder(z: Matrix) -> Matrix:
    """Return the Manhattan distance of z-scores, frequent words weighing up to twice as much."""
    n_terms = z.shape[1]
    return _manhattan(z * ((1 + np.arange(n_terms, 0, -1)) / n_terms))


def eder_simple(percentages: Matrix) -> Matrix:
    """Return the Manhattan distance of the square roots of frequencies."""
    return _manhattan(np.sqrt(percentages))


def cosine(rows: Matrix) -> Matrix:
    """Return one minus the cosine of the angle between rows; NaN for a row of zeros."""
    lengths = np.sqrt((rows**2).sum(axis=1))
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = rows / lengths[:, np.newaxis]
    distance: Matrix = 1 - unit @ unit.T
    np.fill_diagonal(distance, np.where(lengths > 0, 0.0, np.nan))
    return distance


def minmax(percentages: Matrix) -> Matrix:
    """Return one minus the sum of smaller over the sum of larger frequencies (Ruzicka)."""
    larger = np.array([np.maximum(percentages, row).sum(axis=1) for row in percentages])
    smaller = np.array([np.minimum(percentages, row).sum(axis=1) for row in percentages])
    with np.errstate(invalid="ignore"):
        return np.asarray(1 - smaller / larger, dtype=np.float64)


def entropy(percentages: Matrix) -> Matrix:
    """Return the Manhattan distance of logarithms divided by each word's entropy over the rows."""
    raised = percentages + 1
    shares = raised / raised.sum(axis=0)
    spread = -(shares * np.log(shares)).sum(axis=0)
    return _manhattan(np.log(percentages + 2) / spread)


def canberra(percentages: Matrix) -> Matrix:
    """Return the Canberra distance as R's ``dist`` does: 0/0 is left out and made up for."""
    n_terms = percentages.shape[1]
    result = np.empty((len(percentages), len(percentages)))
    for number, row in enumerate(percentages):
        total = percentages + row
        seen = total > 0
        parts = np.divide(
            np.abs(percentages - row), total, out=np.zeros_like(total), where=seen
        ).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            result[number] = parts / (seen.sum(axis=1) / n_terms)
    return result


def _manhattan(rows: Matrix) -> Matrix:
    """Return the sum of absolute differences for every pair of rows."""
    return np.asarray(squareform(pdist(rows, "cityblock")), dtype=np.float64)


def _euclidean(rows: Matrix) -> Matrix:
    """Return the straight-line distance for every pair of rows."""
    return np.asarray(squareform(pdist(rows, "euclidean")), dtype=np.float64)


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "burrows": Measure(
            formula=burrows, z_scores=True, source="Burrows (2002), doi:10.1093/llc/17.3.267"
        ),
        "argamon": Measure(
            formula=argamon, z_scores=True, source="Argamon (2008), doi:10.1093/llc/fqn003"
        ),
        "eder": Measure(
            formula=eder, z_scores=True, source="Eder, Rybicki and Kestemont (2016), The R Journal"
        ),
        "eder_simple": Measure(
            formula=eder_simple,
            z_scores=False,
            source="Eder, Rybicki and Kestemont (2016), The R Journal",
        ),
        "cosine_delta": Measure(
            formula=cosine,
            z_scores=True,
            source="Smith and Aldridge (2011), doi:10.1080/09296174.2011.533591",
        ),
        "cosine": Measure(formula=cosine, z_scores=False, source="stylo, dist.cosine"),
        "minmax": Measure(
            formula=minmax,
            z_scores=False,
            source="Koppel and Winter (2014), doi:10.1002/asi.22954",
        ),
        "entropy": Measure(formula=entropy, z_scores=False, source="stylo, dist.entropy"),
        "manhattan": Measure(formula=_manhattan, z_scores=False, source="R, dist"),
        "euclidean": Measure(formula=_euclidean, z_scores=False, source="R, dist"),
        "canberra": Measure(formula=canberra, z_scores=False, source="R, dist"),
    }
)
"""The measures by name."""

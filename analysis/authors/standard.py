"""z-scores of word frequencies, with every row or every text weighing the same.

Standardised over all slices, a long text sets the centre and the short one stands out. With texts
weighing equally it is the other way round. Neither is a cure; see `analysis.authors.energy`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.checks import check_one_of

STANDARDS = ("plain", "balanced")


@dataclass(frozen=True, kw_only=True, eq=False)
class Scale:
    """The centre and the standard deviation of each word, in percentages of running words."""

    centre: NDArray[np.float64]
    deviation: NDArray[np.float64]

    def z_scores(self, percentages: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the percentages in standard deviations from the centre."""
        return np.asarray((percentages - self.centre) / self.deviation, dtype=np.float64)


def fit_scale(
    percentages: NDArray[np.float64], texts: Sequence[str], *, standardize: str = "plain"
) -> Scale:
    """Return each word's centre and sample standard deviation.

    Parameters
    ----------
    percentages : array, rows by words
    texts : sequence of str
        The text of each row. Author labels are never asked for: a centre that knows them argues
        in a circle.
    standardize : {"plain", "balanced"}
        Whether every row weighs the same, as in every package, or every text. Where texts have
        the same number of rows the two are equal.

    Notes
    -----
    With weights w that sum to one, the variance is the weighted mean square divided by
    1 - sum(w**2), which is the usual ddof=1 where weights are equal.
    """
    check_one_of(standardize, name="standardisation", known=STANDARDS)
    weights = np.full(len(percentages), 1 / max(len(percentages), 1))
    if standardize == "balanced":
        _, member, sizes = np.unique(list(texts), return_inverse=True, return_counts=True)
        weights = 1 / (sizes[member] * len(sizes))
    centre = weights @ percentages
    square = weights @ (percentages - centre) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation = np.sqrt(square / (1 - (weights**2).sum()))
    return Scale(centre=centre, deviation=deviation)


UNEVEN = 1.5
"""How many times more rows one text may have than another before a plain z-score is warned of."""


class UnevenTexts(UserWarning):
    """Plain z-scores were taken over texts of very different numbers of rows."""


def unevenness(texts: Sequence[str]) -> str:
    """Return the warning for texts of very different numbers of rows; empty where they are not."""
    rows_of = pd.Series(list(texts)).value_counts()
    if len(rows_of) < 2 or rows_of.max() < UNEVEN * rows_of.min():
        return ""
    longest = sorted(rows_of[rows_of == rows_of.max()].index)[0]
    shortest = sorted(rows_of[rows_of == rows_of.min()].index)[0]
    return (
        f"Plain z-scores: {longest} has {rows_of.max()} rows and {shortest} {rows_of.min()}; "
        "the longest text sets the centre and tends to look like the odd one out. "
        "Compare with the energy form over equal slices."
    )

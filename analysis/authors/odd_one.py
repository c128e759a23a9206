"""Which of some texts stands apart from the others, and by how much."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.authors.checks import check_one_of
from analysis.authors.energy import energy_matrix

Matrix = NDArray[np.float64]
STATISTICS = ("energy", "slice distance")


def text_distances(square: Matrix, groups: NDArray[np.int64], *, statistic: str) -> Matrix:
    """Return the distance of every two texts: the energy form, or the mean of two slices."""
    check_one_of(statistic, name="statistic", known=STATISTICS)
    means, energy = energy_matrix(square, groups)
    if statistic == "energy":
        return energy
    means = means.copy()
    np.fill_diagonal(means, 0.0)
    return means


def odd_scores(between: Matrix) -> NDArray[np.float64]:
    """Return for each text its mean distance to the others less their mean distance.

    The highest is the odd one out; of three, it is the text that is not of the closest pair.
    """
    n = len(between)
    to_others = between.sum(axis=1) / (n - 1)
    total = between.sum() / 2
    among_others = (total - between.sum(axis=1)) / ((n - 1) * (n - 2) / 2)
    return np.asarray(to_others - among_others, dtype=np.float64)


def group_contrast(between: Matrix, groups: Sequence[str]) -> float:
    """Return the mean distance of texts of different groups less that of texts of one group.

    Above 0 where groups stand apart more than the texts of one group do; NaN where no group has
    two texts, or there is one group. With a group of one text it is that text's odd score.
    """
    first, second = np.triu_indices(len(between), k=1)
    labels = np.array(list(groups), dtype=object)
    same = np.asarray(labels[first] == labels[second], dtype=bool)
    if not same.any() or same.all():
        return float("nan")
    pairs = between[first, second]
    return float(pairs[~same].mean() - pairs[same].mean())

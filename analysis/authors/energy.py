"""The energy form of a distance between equal slices of two texts, free of the bias by length.

Twice the mean distance of two slices, one from each text, less the mean within either text
(Székely and Rizzo 2013, doi:10.1016/j.jspi.2013.03.018). Pairs of a slice with itself never count,
so it is unbiased at any number of slices, and 0 on average for two texts of one kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Rows = NDArray[np.int64]


def energy_matrix(square: Matrix, groups: Rows) -> tuple[Matrix, Matrix]:
    """Return the mean slice distance of every two groups and their energy form.

    ``groups`` has the group of each slice, 0 and up. The diagonal of the first is the mean within
    a group, NaN for a group of one slice.
    """
    member = (groups == np.arange(groups.max() + 1)[:, np.newaxis]).astype(np.float64)
    sizes = member.sum(axis=1)
    sums = member @ square @ member.T
    means = sums / np.outer(sizes, sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        within = np.diag(sums) / (sizes * (sizes - 1))
    np.fill_diagonal(means, within)
    energy = 2 * means - within[:, np.newaxis] - within
    np.fill_diagonal(energy, 0.0)
    return means, energy


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """The distances between the slices of two texts and within either."""

    cross: Matrix
    within_a: Matrix
    within_b: Matrix

    @classmethod
    def of(cls, square: Matrix, *, one: Rows, other: Rows) -> Pair:
        """Return the parts of the square that belong to the slices of two texts."""
        return cls(
            cross=square[np.ix_(one, other)],
            within_a=square[np.ix_(one, one)],
            within_b=square[np.ix_(other, other)],
        )

    @property
    def between(self) -> float:
        """Return the mean distance of two slices, one of each text."""
        return float(self.cross.mean())

    @property
    def energy(self) -> float:
        """Return the energy form; NaN where a text has one slice."""
        return float(
            2 * self.cross.mean() - mean_within(self.within_a) - mean_within(self.within_b)
        )

    def between_left_out(self) -> list[Matrix]:
        """Return the mean distance with each slice of either text left out."""
        return [_means_left_out(self.cross), _means_left_out(self.cross.T)]

    def energy_left_out(self) -> list[Matrix]:
        """Return the energy form with each slice of either text left out."""
        between = self.between_left_out()
        within = [mean_within(self.within_a), mean_within(self.within_b)]
        return [
            2 * between[0] - within_left_out(self.within_a) - within[1],
            2 * between[1] - within[0] - within_left_out(self.within_b),
        ]


def _means_left_out(cross: Matrix) -> Matrix:
    """Return the mean of a matrix with each of its rows left out in turn."""
    rows = cross.sum(axis=1)
    if len(rows) == 1:
        return np.array([np.nan])
    return np.asarray((rows.sum() - rows) / ((len(rows) - 1) * cross.shape[1]), dtype=np.float64)


def mean_within(part: Matrix) -> float:
    """Return the mean of a square without its diagonal; NaN for a single row."""
    size = len(part)
    return float((part.sum() - np.trace(part)) / (size * (size - 1))) if size > 1 else float("nan")


def within_left_out(part: Matrix) -> Matrix:
    """Return the mean of a square without its diagonal, with each slice left out in turn."""
    size = len(part)
    if size < 3:
        return np.full(size, np.nan)
    off = part - np.diag(np.diag(part))
    return np.asarray(
        (off.sum() - 2 * off.sum(axis=1)) / ((size - 1) * (size - 2)), dtype=np.float64
    )


MOST_EXCHANGES = 5000
"""Up to so many ways of exchanging slices are gone through; beyond, as many are drawn."""


def exchange_p(pair: Pair, *, seed: int) -> float:
    """Return how often slices exchanged between two texts give at least the energy observed.

    Small where the two texts are not of one kind. Exact where there are at most 5000 exchanges.
    Assumes that slices are exchangeable, which holds but for what neighbours share.
    """
    square, (n_one, n_other) = _in_a_fixed_order(pair)
    size = n_one + n_other
    if comb(size, n_one) <= MOST_EXCHANGES:
        chosen = np.array(list(combinations(range(size), n_one)))
    else:
        rng = np.random.default_rng(seed)
        drawn = rng.random((MOST_EXCHANGES - 1, size)).argsort(axis=1, kind="stable")[:, :n_one]
        chosen = np.concatenate([np.arange(n_one)[np.newaxis], drawn])
    member = np.zeros((len(chosen), size))
    np.put_along_axis(member, chosen, 1.0, axis=1)
    energies = _energies(square, member, sizes=(n_one, n_other))
    return float(np.mean(energies >= energies[0] - 1e-9 * abs(energies[0])))


def _in_a_fixed_order(pair: Pair) -> tuple[Matrix, tuple[int, int]]:
    """Return all slices' distances, the order of texts and slices read off the distances alone.

    So the exchanges that are drawn are the same, whichever text comes first.
    """
    sides = [(pair.within_a, pair.cross), (pair.within_b, pair.cross.T)]
    keys = [(len(within), round(float(within.sum()), 9)) for within, _ in sides]
    turned = keys[1] < keys[0]
    (within_one, cross), (within_other, _) = sides[::-1] if turned else sides
    square = np.block([[within_one, cross], [cross.T, within_other]])
    sums = square.sum(axis=1).round(9)
    n_one = len(within_one)
    order = np.lexsort((sums, np.arange(len(square)) >= n_one))
    return square[np.ix_(order, order)], (n_one, len(within_other))


def _energies(square: Matrix, member: Matrix, *, sizes: tuple[int, int]) -> Matrix:
    """Return the energy form for every way of parting the slices (rows of ``member``)."""
    n_one, n_other = sizes
    others = 1 - member
    reach = member @ square
    within_one = (reach * member).sum(axis=1) / (n_one * (n_one - 1))
    between = (reach * others).sum(axis=1) / (n_one * n_other)
    within_other = ((others @ square) * others).sum(axis=1) / (n_other * (n_other - 1))
    return np.asarray(2 * between - within_one - within_other, dtype=np.float64)

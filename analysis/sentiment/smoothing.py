"""Smoothers of a series of valences; each is linear, so each is a matrix too.

The default is a centred mean in true units: it never overshoots a step, and says nothing where
its window is not full. LOESS goes to the ends and may overshoot. The cosine transform reproduces
the R package syuzhet, whose arcs it makes comparable, and is kept for that alone: a low pass of 5
components draws a full arc through noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from scipy.fft import dct, idct

from analysis.errors import InputError

Smoother = Literal["mean", "loess", "dct"]
SMOOTHERS: tuple[Smoother, ...] = ("mean", "loess", "dct")


def rolling_mean(values: Sequence[float] | np.ndarray, window: int) -> np.ndarray:
    """Return the centred mean of each run of `window` values, in the values' own unit.

    Parameters
    ----------
    values : sequence of float
        The series; a NaN makes every window that holds it NaN.
    window : int
        An odd number of values, so that the mean has a middle.

    Returns
    -------
    array of float
        As long as the series; NaN where the window is not full.

    Raises
    ------
    InputError
        If the window is even, less than 1, or the values are not a series of numbers.
    """
    series = _series(values)
    if int(window) != window or window < 1 or window % 2 == 0:
        raise InputError(f"The window is {window}; give an odd whole number, 1 or more.")
    width = int(window)
    means = np.full(len(series), np.nan)
    if len(series) >= width:
        runs = np.lib.stride_tricks.sliding_window_view(series, width)
        means[width // 2 : len(series) - width // 2] = runs.mean(axis=1)
    return means


def smooth_dct(
    values: Sequence[float] | np.ndarray, low_pass: int = 5, *, n_points: int = 100
) -> np.ndarray:
    """Return the series rebuilt from its first cosine components at `n_points` positions.

    The numbers of syuzhet's ``get_dct_transform(values, low_pass_size, x_reverse_len)`` without
    its scaling options. Known bias, kept to agree with it: syuzhet transforms n values and turns
    n_points back, so its numbers are the values' own scale times n / n_points (exact only where
    n_points is n, as in the arcs drawn here). Legacy: see the module's first lines.

    Parameters
    ----------
    values : sequence of float
        The series, no NaN.
    low_pass : int
        How many components are kept, the mean among them.
    n_points : int
        How many values are returned, spread evenly over the series.

    Returns
    -------
    array of float
        ``n_points`` values.

    Raises
    ------
    InputError
        If a value is missing, or low_pass or n_points is less than 1 or low_pass exceeds n_points.

    Notes
    -----
    Jockers (2015), syuzhet 1.0.7: type II transform of n values, its first components taken as
    those of a series of n_points values.
    """
    series = _series(values)
    if not np.isfinite(series).all() or len(series) == 0:
        raise InputError("smooth_dct needs a number at every place; leave missing values out.")
    if not 1 <= low_pass <= n_points:
        raise InputError(f"low_pass is {low_pass}; give 1 to n_points ({n_points}).")
    components = dct(series, type=2)
    kept = np.zeros(n_points)
    n_kept = min(low_pass, len(series))
    kept[:n_kept] = components[:n_kept]
    return np.asarray(idct(kept, type=2))


def mean_matrix(
    positions: np.ndarray, *, at: np.ndarray, window: float, full_only: bool = True
) -> np.ndarray:
    """Return the matrix of the centred mean: one row a place of `at`, one column a position.

    Parameters
    ----------
    positions : array of float
        Where the values stand, in true units (running words, days).
    at : array of float
        Where the mean is wanted.
    window : float
        The window's width in the same unit.
    full_only : bool
        Whether rows whose window reaches beyond the first or last position are NaN.

    Returns
    -------
    array of float
        Rows add up to 1; a row without a value in its window is NaN.
    """
    half = window / 2 + 1e-9
    inside = np.abs(at[:, None] - positions[None, :]) <= half
    count = inside.sum(axis=1, keepdims=True)
    matrix = np.where(count > 0, inside / np.maximum(count, 1), np.nan)
    if full_only and len(positions):
        step = float(np.median(np.diff(np.sort(positions)))) if len(positions) > 1 else window
        first, last = positions.min() - step / 2, positions.max() + step / 2
        short = (at - window / 2 < first - 1e-9) | (at + window / 2 > last + 1e-9)
        matrix[short] = np.nan
    return np.asarray(matrix)


def loess_matrix(positions: np.ndarray, *, at: np.ndarray, window: float) -> np.ndarray:
    """Return the matrix of a local line with tricube weights in a window of true units.

    At the ends the line leans on one side; with fewer than three values a row is NaN.
    Cleveland and Devlin (1988), with a fixed width in place of a share of the values.
    """
    matrix = np.full((len(at), len(positions)), np.nan)
    for row, place in enumerate(at):
        distance = positions - place
        weight = np.clip(1 - np.abs(distance / (window / 2)) ** 3, 0, None) ** 3
        if (weight > 0).sum() < 3:
            continue
        total, first = weight.sum(), (weight * distance).sum()
        second = (weight * distance**2).sum()
        slack = total * second - first**2
        if slack > 1e-12 * max(total * second, 1e-300):
            matrix[row] = weight * (second - first * distance) / slack
        else:
            matrix[row] = weight / total
    return matrix


def dct_matrix(count: int, *, low_pass: int) -> np.ndarray:
    """Return the matrix of `smooth_dct` at the values' own places."""
    identity = np.eye(count)
    columns = [
        smooth_dct(identity[row], min(low_pass, count), n_points=count) for row in range(count)
    ]
    return np.stack(columns, axis=1)


def _series(values: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return the values as a 1-D float array."""
    try:
        series = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise InputError("The values are not all numbers; give a sequence of numbers.") from None
    if series.ndim != 1:
        raise InputError(f"The values have {series.ndim} dimensions; give a plain sequence.")
    return series

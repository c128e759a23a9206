"""Bands for a smoothed series, where neighbours resemble each other.

A smoothed curve is a matrix times a series. Its band and its nulls (`analysis.uncertainty.nulls`)
rest on one model of what is left of the series after smoothing: an autoregression of order 1
(AR(1): each value carries over ``phi`` of the one before it), with ``phi`` told from three lags.
Two things are done about the well-known bias of ``phi`` in short series: the effect of the smoother
on the residuals is computed and undone, and every simulated series is fitted anew, as the observed
one was, so that what is left of the bias cancels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from analysis.errors import InputError

PHI_GRID = np.linspace(0.0, 0.96, 49)
"""Values of phi that are tried. Negative ones count as 0: that only widens bands and nulls."""

LAGS = (1, 2, 3)
"""phi is told from these lags together, so that memory beyond the first is not overlooked.

Of AR(2) noise whose second lag is as strong as its first, the first lag alone gives bands that
cover .84 and a null that lets .33 through; three lags give .92 and .06, and cost AR(1) nothing
(benchmarks/sentiment_calibration.py).
"""

BURN_IN = 60
"""Values simulated and dropped before each series, so that it begins as it goes on."""


@dataclass(frozen=True, kw_only=True, eq=False)
class LinearCurve:
    """A smoother as it acts on AR(1) noise: what the fits and tests need of it, computed once.

    Attributes
    ----------
    matrix : array, places by values
        The smoother; every row adds up to 1.
    residual_maker : array, values by values
        Identity less the pilot smoother, which has a value at every place.
    ratio : array
        The expected sum of the residuals' correlations at `LAGS` for AR(1) noise, by `PHI_GRID`.
    variance : array
        The expected mean square of those residuals for noise of variance 1, by `PHI_GRID`.
    spread : array, phi by places
        The standard deviation of the curve for noise of variance 1, by `PHI_GRID`.
    """

    matrix: np.ndarray
    residual_maker: np.ndarray
    ratio: np.ndarray
    variance: np.ndarray
    spread: np.ndarray

    def fit(self, series: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return phi and the standard deviation of the noise of each column of `series`."""
        residual = self.residual_maker @ series
        return self.fit_sums(*sums_at_lags(residual, residual))

    def fit_sums(self, square: np.ndarray, lagged: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return what `fit` does, given the sums that residuals make with themselves."""
        seen = np.divide(lagged, square, out=np.zeros_like(square), where=square > 0)
        phi = np.interp(seen, self.ratio, PHI_GRID)
        size = np.interp(phi, PHI_GRID, self.variance)
        return phi, np.sqrt(square / len(self.residual_maker) / size)

    def spread_at(self, phi: np.ndarray) -> np.ndarray:
        """Return the curve's standard deviation for noise of variance 1: places by phi."""
        place = np.interp(phi, PHI_GRID, np.arange(len(PHI_GRID)))
        lower = np.minimum(place.astype(int), len(PHI_GRID) - 2)
        share = place - lower
        return np.asarray((self.spread[lower].T * (1 - share)) + self.spread[lower + 1].T * share)


def sums_at_lags(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the sums of the products of two sets of columns, at the same place and at `LAGS`."""
    lagged = [(one[lag:] * other[:-lag]).sum(axis=0) for lag in LAGS]
    return (one * other).sum(axis=0), np.sum(lagged, axis=0)


def linear_curve(matrix: np.ndarray, *, pilot: np.ndarray | None = None) -> LinearCurve:
    """Return what the fits and tests need of a smoother.

    Parameters
    ----------
    matrix : array, places by values
        The smoother, without NaN.
    pilot : array, values by values, optional
        The smoother whose residuals are the noise; the plain mean where there is none, as under
        a null without a trend.
    """
    n_values = matrix.shape[1]
    centre = np.full((n_values, n_values), 1 / n_values) if pilot is None else pilot
    maker = np.eye(n_values) - centre
    squares = _diagonal_sums(maker.T @ maker)
    lags = _diagonal_sums(np.sum([maker[lag:].T @ maker[:-lag] for lag in LAGS], axis=0))
    powers = PHI_GRID[:, None] ** np.arange(n_values)[None, :]
    size = powers @ squares
    ratio = np.maximum.accumulate((powers @ lags) / size)
    # The variance of a row is the sum over lags of phi^lag times the row's own products at it.
    length = 2 * n_values
    own = np.abs(np.fft.rfft(matrix, length, axis=1)) ** 2
    products = np.fft.irfft(own, length, axis=1)[:, :n_values]
    products[:, 1:] *= 2
    spread = np.sqrt(np.maximum(powers @ products.T, 1e-300))
    return LinearCurve(
        matrix=matrix,
        residual_maker=maker,
        ratio=ratio + 1e-12 * np.arange(len(ratio)),
        variance=size / n_values,
        spread=spread,
    )


def _diagonal_sums(square: np.ndarray) -> np.ndarray:
    """Return the sum over both diagonals at each distance from the main one."""
    n = len(square)
    both = square + square.T
    offsets = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    sums = np.bincount(offsets.ravel(), weights=both.ravel(), minlength=n) / 2
    return np.asarray(sums)


def ar1_noise(
    phi: float | np.ndarray, *, shape: tuple[int, int], rng: np.random.Generator
) -> np.ndarray:
    """Return Gaussian AR(1) noise of variance 1, one series a column."""
    length, count = shape
    phis = np.broadcast_to(np.asarray(phi, dtype=float), (count,))
    shocks = rng.standard_normal((length + BURN_IN, count)) * np.sqrt(1 - phis**2)
    shocks[0] /= np.sqrt(1 - phis**2)
    if np.all(phis == phis[0]):
        return np.asarray(lfilter([1.0], [1.0, -phis[0]], shocks, axis=0)[BURN_IN:])
    noise = shocks
    for step in range(1, length + BURN_IN):
        noise[step] += phis * noise[step - 1]
    return np.asarray(noise[BURN_IN:])


def curve_band(
    series: np.ndarray, curve: LinearCurve, *, level: float, n_draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the low and high end of the smoothed curve's pointwise band, and phi.

    The band is for the smoothed truth (the smoother applied to the series without its noise), not
    for the truth itself, and for more text of the same kind, not for the author. Residual AR
    bootstrap, studentised: each simulated noise is smoothed and divided by the standard error
    that its own fitted phi and variance give; the quantile of that, pooled over places, stretches
    the observed standard error.

    Parameters
    ----------
    series : array
        The values, no NaN.
    curve : LinearCurve
        With the pilot whose residuals are the noise.
    level : float
        The share of places that the band should cover, such as 0.95.
    n_draws, seed : int
        Simulated series, and the seed of their randomness.
    """
    if not 0 < level < 1:
        raise InputError(f"The level is {level}; give a share between 0 and 1, such as 0.95.")
    smooth = curve.matrix @ series
    phi, sigma = curve.fit(series[:, None])
    rng = np.random.default_rng(seed)
    noise = ar1_noise(float(phi[0]), shape=(len(series), n_draws), rng=rng)
    phis, sigmas = curve.fit(noise)
    errors = np.abs(curve.matrix @ noise)
    scale = curve.spread_at(phis) * np.maximum(sigmas, 1e-300)
    reach = float(np.quantile(errors / scale, level))
    margin = reach * sigma[0] * curve.spread_at(phi)[:, 0]
    return smooth - margin, smooth + margin, float(phi[0])

"""Bands and nulls for a smoothed series, where neighbours resemble each other.

A smoothed curve is a matrix times a series. Its band and its nulls rest on one model of what is
left of the series after smoothing: an autoregression of order 1 (AR(1): each value carries over
``phi`` of the one before it), with ``phi`` told from three lags. Two things are done about the
well-known bias of ``phi`` in short series: the effect of the smoother on the residuals is computed
and undone, and every simulated series is fitted anew, as the observed one was, so that what is
left of the bias cancels.

A curve's highest place always looks like a peak. The tests here ask how high the highest place
gets (a maximum over positions) if nothing but chance is at work:

- ``permutation``: the values in any order. Beyond it there is some serial structure.
- ``ar1``: a series with the same carry-over and no trend. Beyond it there is more than carry-over,
  and only then is a peak called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.signal import lfilter

from analysis.errors import InputError

Null = Literal["ar1", "permutation"]
NULLS: tuple[Null, ...] = ("ar1", "permutation")
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
        square = (residual**2).sum(axis=0)
        lagged = np.sum([(residual[lag:] * residual[:-lag]).sum(axis=0) for lag in LAGS], axis=0)
        seen = np.divide(lagged, square, out=np.zeros_like(square), where=square > 0)
        phi = np.interp(seen, self.ratio, PHI_GRID)
        size = np.interp(phi, PHI_GRID, self.variance)
        return phi, np.sqrt(square / len(residual) / size)

    def spread_at(self, phi: np.ndarray) -> np.ndarray:
        """Return the curve's standard deviation for noise of variance 1: places by phi."""
        place = np.interp(phi, PHI_GRID, np.arange(len(PHI_GRID)))
        lower = np.minimum(place.astype(int), len(PHI_GRID) - 2)
        share = place - lower
        return np.asarray((self.spread[lower].T * (1 - share)) + self.spread[lower + 1].T * share)


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


@dataclass(frozen=True, kw_only=True, eq=False)
class PeakNull:
    """How far a curve leaves what chance alone draws, at its highest or lowest place.

    Attributes
    ----------
    p : float
        Share of the simulated series, the observed one pooled in, whose curve strays at least as
        far anywhere.
    low, high : array
        The null's limits at each place; beyond them (``alpha`` of the null's curves do so
        anywhere) is a trough or a peak.
    centre : float
        The mean of the series.
    phi : float
        The carry-over of the null; 0 for permutations.
    reach : float
        The limits' distance from the centre in standard errors of the curve.
    """

    p: float
    low: np.ndarray
    high: np.ndarray
    centre: float
    phi: float
    reach: float


def null_curve(matrix: np.ndarray) -> LinearCurve:
    """Return what the nulls need of a smoother: its distance from the plain mean of the series."""
    return linear_curve(matrix - 1 / matrix.shape[1])


def peak_null(
    series: np.ndarray,
    curve: LinearCurve,
    *,
    null: Null,
    alpha: float = 0.05,
    n_draws: int = 999,
    seed: int = 1,
) -> PeakNull:
    """Return whether the curve of a series strays further than chance, and where the limits are.

    The statistic is the largest distance from the mean over all places, in standard errors of
    the curve, which each simulated series estimates for itself as the observed one does.

    Parameters
    ----------
    series : array
        The values, no NaN.
    curve : LinearCurve
        Of `null_curve`.
    null : str
        ``permutation`` or ``ar1``.
    alpha : float
        The share of chance's curves that go beyond the limits somewhere.
    n_draws, seed : int
        Simulated series, and the seed of their randomness.

    Returns
    -------
    PeakNull
        With p and limits NaN where all values are the same.
    """
    if null not in ("permutation", "ar1"):
        raise InputError(f"There is no null {null!r}; use permutation or ar1.")
    n_allowed = int(np.floor(alpha * (n_draws + 1) + 1e-9))
    if n_allowed < 1:
        raise InputError(f"{n_draws} draws cannot show p = {alpha}; take {int(1 / alpha)} or more.")
    rng = np.random.default_rng(seed)
    centre = float(series.mean())
    if np.ptp(series) <= 1e-12 * max(abs(centre), 1.0):
        gap = np.full(len(curve.matrix), np.nan)
        return PeakNull(
            p=float("nan"), low=gap, high=gap, centre=centre, phi=float("nan"), reach=float("nan")
        )
    if null == "permutation":
        draws = rng.permuted(np.repeat(series[:, None], n_draws, axis=1), axis=0)
    else:
        phi = float(curve.fit(series[:, None])[0][0])
        draws = ar1_noise(phi, shape=(len(series), n_draws), rng=rng)
    strays = strays_of(draws, curve, null=null)
    seen = float(strays_of(series[:, None], curve, null=null)[0])
    phis, scale = _errors(series[:, None], curve, null=null)
    reach = float(np.sort(strays)[::-1][n_allowed - 1])
    margin = reach * scale[:, 0]
    return PeakNull(
        p=float((1 + (strays >= seen).sum()) / (n_draws + 1)),
        low=centre - margin,
        high=centre + margin,
        centre=centre,
        phi=float(phis[0]),
        reach=reach,
    )


def strays_of(series: np.ndarray, curve: LinearCurve, *, null: Null) -> np.ndarray:
    """Return how far the curve of each column strays from its mean at most, in standard errors."""
    _, scale = _errors(series, curve, null=null)
    return np.asarray((np.abs(curve.matrix @ series) / scale).max(axis=0))


def _errors(series: np.ndarray, curve: LinearCurve, *, null: Null) -> tuple[np.ndarray, np.ndarray]:
    """Return phi and the curve's standard error at each place, for each column under a null."""
    if null == "ar1":
        phi, sigma = curve.fit(series)
    else:
        phi, sigma = np.zeros(series.shape[1]), series.std(axis=0, ddof=1)
    return phi, np.maximum(sigma, 1e-300) * curve.spread_at(phi)


def smallest_peak(
    series: np.ndarray,
    curve: LinearCurve,
    *,
    width: int,
    reach: float,
    power: float = 0.8,
    n_draws: int = 400,
    seed: int = 1,
) -> float:
    """Return the height of the smallest peak that the AR(1) null would let through.

    A peak is a run of ``width`` values that lie this much above the rest, anywhere in the series,
    in the series' own unit; ``power`` is the share of such peaks that would be found. NaN where
    no height is found so often: a short series cannot tell a high peak from carry-over.

    Parameters
    ----------
    series, curve
        As for `peak_null`; its noise is simulated with the phi and variance of the series.
    width : int
        How many neighbouring values the peak lifts.
    reach : float
        `PeakNull.reach` of the AR(1) null.
    power : float
        The share that should be found.
    n_draws, seed : int
        Simulated series, and the seed of their randomness.
    """
    rng = np.random.default_rng(seed)
    phi, sigma = (float(value[0]) for value in curve.fit(series[:, None]))
    noise = sigma * ar1_noise(phi, shape=(len(series), n_draws), rng=rng)
    starts = rng.integers(0, max(len(series) - width, 0) + 1, size=n_draws)
    places = np.arange(len(series))[:, None]
    bump = ((places >= starts) & (places < starts + width)).astype(float)
    touched = (np.abs(curve.matrix + 1 / len(series)) > 1e-9) @ bump > 0

    def found(height: float) -> float:
        """Return the share of planted peaks whose curve goes beyond the limit where they are."""
        planted = noise + height * bump
        _, scale = _errors(planted, curve, null="ar1")
        beyond = (curve.matrix @ planted > reach * scale) & touched
        return float(beyond.any(axis=0).mean())

    heights = sigma * np.linspace(0.0, 8.0, 81)
    for place, height in enumerate(heights):
        if found(float(height)) >= power:
            low, high = float(heights[max(place - 1, 0)]), float(height)
            for _ in range(8):
                middle = (low + high) / 2
                low, high = (low, middle) if found(middle) >= power else (middle, high)
            return high
    return float("nan")

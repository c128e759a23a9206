"""Nulls for the peaks of a smoothed series.

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

from analysis.errors import InputError
from analysis.uncertainty.bands import LinearCurve, ar1_noise, linear_curve, sums_at_lags

Null = Literal["ar1", "permutation"]
NULLS: tuple[Null, ...] = ("ar1", "permutation")


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Planted:
    """Peaks to be looked for: one a column.

    Attributes
    ----------
    bump : array, values by draws
        What a peak of height 1 adds to each value.
    where : array of bool, places by draws
        Where the curve may show it.
    """

    bump: np.ndarray
    where: np.ndarray


def planted_runs(matrix: np.ndarray, *, width: int, n_draws: int, seed: int) -> Planted:
    """Return peaks that lift ``width`` neighbouring values, anywhere in the series alike."""
    rng = np.random.default_rng(seed)
    n_values = matrix.shape[1]
    starts = rng.integers(0, max(n_values - width, 0) + 1, size=n_draws)
    places = np.arange(n_values)[:, None]
    bump = ((places >= starts) & (places < starts + width)).astype(float)
    return Planted(bump=bump, where=(np.abs(matrix) > 1e-9) @ bump > 0)


def smallest_peak(
    series: np.ndarray,
    curve: LinearCurve,
    *,
    planted: Planted,
    reach: float,
    power: float = 0.8,
    seed: int = 1,
) -> float:
    """Return the height of the smallest peak that the AR(1) null would let through.

    In the series' own unit above the rest; ``power`` is the share of the planted peaks that would
    be found. NaN where no height is found so often: a short series cannot tell a high peak from
    carry-over.

    Parameters
    ----------
    series, curve
        As for `peak_null`; its noise is simulated with the phi and variance of the series.
    planted : Planted
    reach : float
        `PeakNull.reach` of the AR(1) null.
    power : float
        The share that should be found.
    seed : int
        Of the noise.
    """
    rng = np.random.default_rng(seed)
    phi, sigma = (float(value[0]) for value in curve.fit(series[:, None]))
    noise = sigma * ar1_noise(phi, shape=planted.bump.shape, rng=rng)
    lifted = Lifted.of(noise, planted.bump, curve=curve)

    def found(height: float) -> float:
        """Return the share of planted peaks whose curve goes beyond the limit where they are."""
        smooth, scale = lifted.by(height, curve=curve)
        beyond = (smooth > reach * scale) & planted.where
        return float(beyond.any(axis=0).mean())

    heights = sigma * np.linspace(0.0, 8.0, 41)
    for place, height in enumerate(heights):
        if found(float(height)) >= power:
            low, high = float(heights[max(place - 1, 0)]), float(height)
            for _ in range(8):
                middle = (low + high) / 2
                low, high = (low, middle) if found(middle) >= power else (middle, high)
            return high
    return float("nan")


@dataclass(frozen=True, kw_only=True, eq=False)
class Lifted:
    """Noise with peaks of any height: curves, and sums of residuals, by powers of the height.

    Both are worked out once, since all but the last step is linear in the series.
    """

    curves: tuple[np.ndarray, np.ndarray]
    sums: tuple[tuple[np.ndarray, np.ndarray], ...]

    @classmethod
    def of(cls, noise: np.ndarray, bump: np.ndarray, *, curve: LinearCurve) -> Lifted:
        """Return noise with peaks, one a column."""
        still, peak = curve.residual_maker @ noise, curve.residual_maker @ bump
        crossed = zip(sums_at_lags(still, peak), sums_at_lags(peak, still), strict=True)
        return cls(
            curves=(curve.matrix @ noise, curve.matrix @ bump),
            sums=(
                sums_at_lags(still, still),
                tuple(one + other for one, other in crossed),
                sums_at_lags(peak, peak),
            ),
        )

    def by(self, height: float, *, curve: LinearCurve) -> tuple[np.ndarray, np.ndarray]:
        """Return the curves with peaks so high, and their standard errors by the AR(1) null."""
        (square, lagged), (square_1, lagged_1), (square_2, lagged_2) = self.sums
        phi, sigma = curve.fit_sums(
            square + height * square_1 + height**2 * square_2,
            lagged + height * lagged_1 + height**2 * lagged_2,
        )
        smooth = self.curves[0] + height * self.curves[1]
        return smooth, np.maximum(sigma, 1e-300) * curve.spread_at(phi)

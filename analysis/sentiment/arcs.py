"""One arc: a series of valences smoothed, with its band, its two nulls, and what it could find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.sentiment.smoothing import (
    Smoother,
    dct_matrix,
    loess_matrix,
    mean_matrix,
)
from analysis.uncertainty.bands import curve_band, linear_curve
from analysis.uncertainty.nulls import (
    NULLS,
    Planted,
    null_curve,
    peak_null,
    planted_runs,
    smallest_peak,
)

FEWEST = 8
"""From fewer values than these no band and no null is given: phi cannot be told."""

FEW = 50
"""Below so many passages little is testable, and the arc says so."""


SPARSE = 1 / 3
"""Where a window holds fewer than this share of the usual number of passages, the curve stops.

Such windows stand around long quotations: two passages would speak for ten.
"""

SETTLED = 10
"""Decimals that are kept of a curve.

Processors add up in different orders and differ beyond them, which would show where a plot table
rounds a value that lies halfway between two others.
"""

PEAKS_TRIED = 400
"""How many planted peaks tell the smallest that would be found."""

PILOT_WINDOWS = 3.0
"""The noise is what is left by a mean over so many windows.

A narrower one takes slow noise for the curve and gives bands that are too narrow; a wider one
takes the curve for noise, which only widens them.
"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Arc:
    """A smoothed series at some places; arrays have one value a place, NaN where undefined.

    Attributes
    ----------
    mean, low, high : array
        The curve and its pointwise band.
    null_low, null_high : array
        The limits of the AR(1) null; ``order_low``, ``order_high`` those of the permutations.
    n_values : array of int
        How many values the curve rests on at each place.
    phi : float
        Carry-over of the noise around the curve; ``null_phi`` of the null without a trend.
    p_ar1, p_permutation : float
        Of the highest or lowest place, under each null.
    smallest : float
        The smallest peak that would be found with 80 percent power, in the series' unit.
    height_kept : float
        The share of a peak's height that the curve keeps, where it is highest.
    reason : str
        Why something is NaN, or what cannot be told; empty where nothing has to be said.
    """

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    null_low: np.ndarray
    null_high: np.ndarray
    order_low: np.ndarray
    order_high: np.ndarray
    n_values: np.ndarray
    phi: float = float("nan")
    null_phi: float = float("nan")
    p_ar1: float = float("nan")
    p_permutation: float = float("nan")
    smallest: float = float("nan")
    height_kept: float = float("nan")
    reason: str = ""


def smoother_matrices(
    positions: np.ndarray, *, smoother: Smoother, window: float, low_pass: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the smoother at the positions themselves, and the pilot that has no gaps."""
    if smoother == "dct":
        matrix = dct_matrix(len(positions), low_pass=low_pass)
        return matrix, matrix
    wide = PILOT_WINDOWS * window
    pilot = mean_matrix(positions, at=positions, window=wide, full_only=False)
    smooth = loess_matrix if smoother == "loess" else mean_matrix
    matrix = smooth(positions, at=positions, window=window)
    told = np.isfinite(matrix).all(axis=1)
    if told.any():
        count = (np.abs(np.nan_to_num(matrix)) > 1e-12).sum(axis=1)
        matrix[count < SPARSE * np.median(count[told])] = np.nan
    return matrix, pilot


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """How bands and nulls are simulated: their sizes, the number of series, and the seed."""

    level: float = 0.95
    alpha: float = 0.05
    n_draws: int = 999
    seed: int = 1


Plant = Callable[[np.ndarray, np.ndarray], Planted]
"""Makes the peaks that an arc is tried with, from its matrix and which of its places are told."""


def measure_arc(
    values: np.ndarray,
    matrix: np.ndarray,
    *,
    pilot: np.ndarray,
    simulation: Simulation,
    plant: Plant | None = None,
) -> Arc:
    """Return the arc of a series under a smoother.

    Parameters
    ----------
    values : array
        The series in the order of telling, no NaN.
    matrix, pilot : array
        Of `smoother_matrices`, or any smoother with NaN rows where it says nothing.
    simulation : Simulation
    plant : callable, optional
        What a peak is; a run of neighbouring values as wide as the window by default.
    """
    n_places = len(matrix)
    told = np.isfinite(matrix).all(axis=1) if matrix.size else np.zeros(n_places, dtype=bool)
    gap = np.full(n_places, np.nan)
    mean = gap.copy()
    mean[told] = np.round(matrix[told] @ values, SETTLED)
    count = np.where(told, (np.abs(matrix) > 1e-12).sum(axis=1), 0)
    bare = Arc(
        mean=mean,
        low=gap,
        high=gap,
        null_low=gap,
        null_high=gap,
        order_low=gap,
        order_high=gap,
        n_values=count,
        reason=_refusal(values, told=told),
    )
    if bare.reason:
        return bare
    if plant is None:
        width = max(int(np.median(count[told])), 1)
        planted = planted_runs(matrix[told], width=width, n_draws=PEAKS_TRIED, seed=simulation.seed)
    else:
        planted = plant(matrix, told)
    tested = _tested(values, matrix[told], pilot=pilot, planted=planted, simulation=simulation)
    placed: dict[str, Any] = {name: gap.copy() for name in _LIMITS}
    for name in _LIMITS:
        placed[name][told] = np.round(getattr(tested, name), SETTLED)
    return replace(tested, mean=mean, n_values=count, **placed)


_LIMITS = ("low", "high", "null_low", "null_high", "order_low", "order_high")


def _tested(
    values: np.ndarray,
    matrix: np.ndarray,
    *,
    pilot: np.ndarray,
    planted: Planted,
    simulation: Simulation,
) -> Arc:
    """Return the arc where it has a value at every place, with its band and its nulls."""
    n_draws, seed = simulation.n_draws, simulation.seed
    noise = linear_curve(matrix, pilot=pilot)
    low, high, phi = curve_band(values, noise, level=simulation.level, n_draws=n_draws, seed=seed)
    curve = null_curve(matrix)
    carried, shuffled = (
        peak_null(values, curve, null=null, alpha=simulation.alpha, n_draws=n_draws, seed=seed)
        for null in NULLS
    )
    smallest = smallest_peak(values, curve, planted=planted, reach=carried.reach, seed=seed)
    kept = np.where(planted.where, matrix @ planted.bump, 0.0).max(axis=0)
    return Arc(
        mean=matrix @ values,
        low=low,
        high=high,
        null_low=carried.low,
        null_high=carried.high,
        order_low=shuffled.low,
        order_high=shuffled.high,
        n_values=np.zeros(len(matrix)),
        phi=phi,
        null_phi=carried.phi,
        p_ar1=carried.p,
        p_permutation=shuffled.p,
        smallest=smallest,
        height_kept=float(kept.mean()),
        reason=_caution(values, smallest=smallest),
    )


def _refusal(values: np.ndarray, *, told: np.ndarray) -> str:
    """Return why there is no band and no null; empty where there is one."""
    if len(values) < FEWEST:
        return f"{len(values)} scored passages are too few for a band or a null ({FEWEST} needed)"
    if not told.any():
        return "no window is full: the text is shorter than the window"
    if np.ptp(values) <= 1e-12 * max(float(np.abs(values).max()), 1.0):
        return "all passages have the same score"
    return ""


def _caution(values: np.ndarray, *, smallest: float) -> str:
    """Return what cannot be told from a series of this length."""
    if np.isnan(smallest):
        return f"no peak of any height is found in 80 % of trials with {len(values)} passages"
    if smallest > np.ptp(values):
        return (
            f"the smallest peak that would be found ({smallest:.2f}) is higher than the passages "
            f"lie apart ({np.ptp(values):.2f})"
        )
    if len(values) < FEW:
        return f"little is testable with {len(values)} passages"
    return ""

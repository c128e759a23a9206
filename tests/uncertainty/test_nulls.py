"""Nulls: by hand, and that chance passes them no more often than they promise."""

import numpy as np
import pytest
from scipy.signal import lfilter

from analysis.errors import InputError
from analysis.uncertainty.bands import ar1_noise
from analysis.uncertainty.nulls import Lifted, null_curve, peak_null, planted_runs, smallest_peak


def _running_mean(count, width):
    """Return the full windows of a running mean, and a pilot three windows wide."""
    gap = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    inside = (gap <= width // 2).astype(float)
    wide = (gap <= 3 * width // 2).astype(float)
    full = inside.sum(axis=1) == width
    return inside[full] / width, wide / wide.sum(axis=1, keepdims=True)


def test_nulls_do_not_depend_on_unit_and_origin():
    matrix, _ = _running_mean(60, 9)
    curve = null_curve(matrix)
    series = np.random.default_rng(5).normal(size=60)
    for null in ("ar1", "permutation"):
        one = peak_null(series, curve, null=null, n_draws=199, seed=1)
        two = peak_null(50 - 4 * series, curve, null=null, n_draws=199, seed=1)
        assert one.p == two.p
        np.testing.assert_allclose(50 - 4 * one.low, two.high)


@pytest.mark.slow
def test_beyond_the_limits_somewhere_is_p_below_alpha():
    matrix, _ = _running_mean(80, 9)
    curve = null_curve(matrix)
    rng = np.random.default_rng(6)
    seen = set()
    for _ in range(120):
        series = ar1_noise(0.3, shape=(80, 1), rng=rng)[:, 0]
        null = peak_null(series, curve, null="permutation", n_draws=199, seed=1)
        smooth = matrix @ series
        beyond = bool(((smooth > null.high) | (smooth < null.low)).any())
        assert beyond == (null.p <= 0.05)
        seen.add(beyond)
    assert seen == {True, False}


def test_the_observed_series_is_pooled_in():
    matrix, _ = _running_mean(40, 5)
    series = np.zeros(40)
    series[10:15] = 9.0
    null = peak_null(series, null_curve(matrix), null="permutation", n_draws=99, seed=1)
    assert null.p == pytest.approx(1 / 100)


def test_a_constant_series_has_no_null():
    matrix, _ = _running_mean(40, 5)
    null = peak_null(np.full(40, 0.7), null_curve(matrix), null="ar1", seed=1)
    assert np.isnan(null.p)
    assert np.isnan(null.low).all()


@pytest.mark.slow
def test_the_smallest_peak_is_found_as_often_as_it_says():
    matrix, _ = _running_mean(150, 11)
    curve = null_curve(matrix)
    rng = np.random.default_rng(7)
    series = rng.normal(size=150)
    reach = peak_null(series, curve, null="ar1", n_draws=499, seed=1).reach
    planted = planted_runs(matrix, width=11, n_draws=400, seed=2)
    height = smallest_peak(series, curve, planted=planted, reach=reach, seed=2)
    found = 0
    for _ in range(200):
        lifted = ar1_noise(0.0, shape=(150, 1), rng=rng)[:, 0] * series.std()
        start = int(rng.integers(0, 140))
        lifted[start : start + 11] += height
        null = peak_null(lifted, curve, null="ar1", n_draws=199, seed=3)
        found += bool((matrix @ lifted > null.high).any())
    assert found / 200 == pytest.approx(0.8, abs=0.12)


def test_lifted_noise_is_smoothed_and_fitted_as_if_it_had_been_lifted_first():
    matrix, _ = _running_mean(60, 7)
    curve = null_curve(matrix)
    planted = planted_runs(matrix, width=7, n_draws=50, seed=3)
    noise = ar1_noise(0.5, shape=(60, 50), rng=np.random.default_rng(4))
    lifted = Lifted.of(noise, planted.bump, curve=curve)
    for height in (0.0, 0.3, 2.0, 9.0):
        series = noise + height * planted.bump
        phi, sigma = curve.fit(series)
        smooth, scale = lifted.by(height, curve=curve)
        np.testing.assert_allclose(smooth, matrix @ series - series.mean(axis=0), atol=1e-12)
        np.testing.assert_allclose(scale, sigma * curve.spread_at(phi), rtol=1e-9)


def test_in_a_short_series_no_peak_can_be_told_from_carry_over():
    matrix, _ = _running_mean(24, 9)
    series = np.random.default_rng(8).normal(size=24)
    curve = null_curve(matrix)
    reach = peak_null(series, curve, null="ar1", n_draws=199, seed=1).reach
    planted = planted_runs(matrix, width=9, n_draws=400, seed=1)
    assert np.isnan(smallest_peak(series, curve, planted=planted, reach=reach, seed=1))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("null", "phi", "at_most"), [("permutation", 0.0, 0.065), ("ar1", 0.6, 0.08)]
)
def test_at_most_so_many_of_a_thousand_series_of_chance_give_a_peak(null, phi, at_most):
    matrix, _ = _running_mean(150, 11)
    curve = null_curve(matrix)
    series = ar1_noise(phi, shape=(150, 1000), rng=np.random.default_rng(9))
    hits = [
        peak_null(series[:, column], curve, null=null, n_draws=199, seed=column).p <= 0.05
        for column in range(1000)
    ]
    assert 0.02 <= np.mean(hits) <= at_most


@pytest.mark.slow
def test_memory_beyond_the_first_lag_is_not_overlooked():
    # AR(2) noise, both lags .3: with phi from the first lag alone a third would be called peaks.
    shocks = np.random.default_rng(10).normal(size=(250, 200))
    noise = lfilter([1], [1, -0.3, -0.3], shocks, axis=0)[100:]
    curve = null_curve(_running_mean(150, 11)[0])
    hits = [
        peak_null(noise[:, column], curve, null="ar1", n_draws=99, seed=1).p <= 0.05
        for column in range(200)
    ]
    assert np.mean(hits) <= 0.10


def test_bad_settings_are_told():
    matrix, _ = _running_mean(40, 5)
    series = np.arange(40.0)
    with pytest.raises(InputError, match="no null 'shift'"):
        peak_null(series, null_curve(matrix), null="shift")
    with pytest.raises(InputError, match=r"19 draws cannot show p = 0\.01"):
        peak_null(series, null_curve(matrix), null="ar1", alpha=0.01, n_draws=19)

"""Bands: by hand, and that they cover as often as they promise."""

import numpy as np
import pytest
from scipy.signal import lfilter

from analysis.errors import InputError
from analysis.uncertainty.bands import PHI_GRID, ar1_noise, curve_band, linear_curve


def _running_mean(count, width):
    """Return the full windows of a running mean, and a pilot three windows wide."""
    gap = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    inside = (gap <= width // 2).astype(float)
    wide = (gap <= 3 * width // 2).astype(float)
    full = inside.sum(axis=1) == width
    return inside[full] / width, wide / wide.sum(axis=1, keepdims=True)


def test_ar1_noise_has_variance_one_and_its_phi():
    rng = np.random.default_rng(1)
    noise = ar1_noise(0.6, shape=(200, 500), rng=rng)
    assert noise.var() == pytest.approx(1.0, abs=0.05)
    lagged = (noise[1:] * noise[:-1]).mean() / noise.var()
    assert lagged == pytest.approx(0.6, abs=0.02)


def test_each_column_can_have_its_own_phi():
    rng = np.random.default_rng(2)
    noise = ar1_noise(np.array([0.0, 0.9] * 200), shape=(150, 400), rng=rng)
    lag = (noise[1:] * noise[:-1]).mean(axis=0)
    assert lag[::2].mean() == pytest.approx(0.0, abs=0.03)
    assert lag[1::2].mean() == pytest.approx(0.9, abs=0.06)
    assert noise.var(axis=0).mean() == pytest.approx(1.0, abs=0.06)


def test_the_curves_spread_by_hand():
    # The mean of two values of AR(1) noise has variance (1 + phi) / 2.
    curve = linear_curve(np.array([[0.5, 0.5]]))
    np.testing.assert_allclose(curve.spread[:, 0], np.sqrt((1 + PHI_GRID) / 2))
    np.testing.assert_allclose(
        curve.spread_at(np.array([0.3, 0.61]))[0], np.sqrt((1 + np.array([0.3, 0.61])) / 2), 1e-4
    )


def test_phi_and_variance_are_told_without_the_bias_of_the_smoother():
    matrix, pilot = _running_mean(80, 11)
    curve = linear_curve(matrix, pilot=pilot)
    noise = 2.0 * ar1_noise(0.5, shape=(80, 800), rng=np.random.default_rng(3))
    phi, sigma = curve.fit(noise)
    residual = noise - pilot @ noise
    naive = (residual[1:] * residual[:-1]).sum(axis=0) / (residual**2).sum(axis=0)
    assert naive.mean() < 0.46
    assert phi.mean() == pytest.approx(0.5, abs=0.04)
    # Where phi happens to look high, so does the variance: 5 percent too much on average.
    assert sigma.mean() == pytest.approx(2.0, rel=0.06)


def test_a_band_of_a_known_series_is_centred_and_scales():
    matrix, pilot = _running_mean(60, 9)
    curve = linear_curve(matrix, pilot=pilot)
    series = np.random.default_rng(4).normal(size=60)
    low, high, phi = curve_band(series, curve, level=0.95, n_draws=499, seed=1)
    np.testing.assert_allclose((low + high) / 2, matrix @ series, atol=1e-12)
    wider = curve_band(series, curve, level=0.99, n_draws=499, seed=1)
    assert (wider[1] - wider[0] > high - low).all()
    scaled = curve_band(10 * series + 3, curve, level=0.95, n_draws=499, seed=1)
    np.testing.assert_allclose(scaled[1] - scaled[0], 10 * (high - low))
    assert 0 <= phi < 1


@pytest.mark.slow
@pytest.mark.parametrize("truth", ["flat", "sine"])
@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("count", [36, 50, 150, 300])
def test_bands_cover_the_smoothed_truth(count, phi, truth):
    width = {36: 7, 50: 9, 150: 11, 300: 11}[count]
    matrix, pilot = _running_mean(count, width)
    curve = linear_curve(matrix, pilot=pilot)
    wave = np.zeros(count) if truth == "flat" else np.sin(2 * np.pi * np.arange(count) / count)
    noise = ar1_noise(phi, shape=(count, 300), rng=np.random.default_rng(count))
    covered = []
    for column in range(300):
        low, high, _ = curve_band(
            wave + noise[:, column], curve, level=0.95, n_draws=199, seed=column
        )
        covered.append(((low <= matrix @ wave) & (matrix @ wave <= high)).mean())
    assert np.mean(covered) >= 0.90
    if count >= 150:
        assert 0.92 <= np.mean(covered) <= 0.97


def test_a_level_that_makes_no_sense_is_told():
    matrix, pilot = _running_mean(40, 5)
    with pytest.raises(InputError, match=r"level is 1\.5"):
        curve_band(
            np.arange(40.0), linear_curve(matrix, pilot=pilot), level=1.5, n_draws=99, seed=1
        )


@pytest.mark.slow
def test_bands_cover_noise_that_is_no_ar1_process():
    # AR(2), both lags .3: twice the long-run variance of the AR(1) with the same first lag.
    shocks = np.random.default_rng(11).normal(size=(250, 300))
    noise = lfilter([1], [1, -0.3, -0.3], shocks, axis=0)[100:]
    matrix, pilot = _running_mean(150, 11)
    curve = linear_curve(matrix, pilot=pilot)
    covered = []
    for column in range(300):
        low, high, _ = curve_band(noise[:, column], curve, level=0.95, n_draws=199, seed=column)
        covered.append(((low <= 0) & (high >= 0)).mean())
    assert np.mean(covered) >= 0.88

"""Smoothers: other people's numbers, and what each may not do."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.sentiment.smoothing import (
    dct_matrix,
    loess_matrix,
    mean_matrix,
    rolling_mean,
    smooth_dct,
)

REFERENCE = json.loads(
    (Path(__file__).with_name("data") / "smoothing.json").read_text(encoding="utf-8")
)


def test_the_cosine_transform_is_syuzhets():
    curve = smooth_dct(REFERENCE["vector"])
    assert curve.shape == (100,)
    np.testing.assert_allclose(curve, REFERENCE["dct_default"], rtol=0, atol=1e-9)


def test_the_rolling_mean_is_zoos_but_for_its_ends():
    means = rolling_mean(REFERENCE["vector"], 13)
    assert np.isnan(means[:6]).all()
    assert np.isnan(means[-6:]).all()
    theirs = np.array(REFERENCE["zoo_rollmean_k13_fill0"])
    np.testing.assert_allclose(means[6:-6], theirs[6:-6], rtol=0, atol=1e-9)


def test_rolling_mean_by_hand():
    np.testing.assert_array_equal(rolling_mean([1, 2, 6, 3], 3), [np.nan, 3, 11 / 3, np.nan])
    np.testing.assert_array_equal(rolling_mean([1, 2], 3), [np.nan, np.nan])
    np.testing.assert_array_equal(rolling_mean([4, np.nan, 4, 4, 4], 3)[1:4], [np.nan, np.nan, 4])
    np.testing.assert_array_equal(rolling_mean([5, 7], 1), [5, 7])


def test_all_components_give_the_series_back():
    values = np.array([3.0, -1.0, 4.0, 1.0, -5.0])
    np.testing.assert_allclose(smooth_dct(values, 5, n_points=5), values, atol=1e-12)
    np.testing.assert_allclose(smooth_dct(values, 1, n_points=5), np.full(5, values.mean()))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: rolling_mean([1, 2, 3], 2), "window is 2"),
        (lambda: rolling_mean([1, 2, 3], 0), "window is 0"),
        (lambda: rolling_mean([[1, 2], [3, 4]], 1), "2 dimensions"),
        (lambda: rolling_mean(["a"], 1), "not all numbers"),
        (lambda: smooth_dct([1, np.nan]), "number at every place"),
        (lambda: smooth_dct([]), "a number at every place"),
        (lambda: smooth_dct([1, 2], 0), "low_pass is 0"),
        (lambda: smooth_dct([1, 2], 9, n_points=5), "low_pass is 9"),
    ],
)
def test_bad_input_is_told(call, words):
    with pytest.raises(InputError, match=words):
        call()


positions = st.lists(st.floats(1, 300), min_size=3, max_size=30).map(np.cumsum)


@given(positions, st.floats(10, 2000))
def test_rows_of_the_mean_add_up_to_one_and_are_never_negative(places, window):
    matrix = mean_matrix(places, at=places, window=window, full_only=False)
    np.testing.assert_allclose(matrix.sum(axis=1), 1)
    assert (matrix >= 0).all()


@given(positions, st.floats(10, 2000))
def test_loess_keeps_a_straight_line(places, window):
    matrix = loess_matrix(places, at=places, window=window)
    told = np.isfinite(matrix).all(axis=1)
    line = 3 + 0.01 * places
    np.testing.assert_allclose(matrix[told] @ line, line[told], rtol=1e-6)


def test_the_mean_is_rolling_mean_where_passages_are_equally_long():
    values = np.random.default_rng(1).normal(size=40)
    places = 75 + 150.0 * np.arange(40)
    curve = mean_matrix(places, at=places, window=1500) @ values
    np.testing.assert_allclose(curve[5:-5], rolling_mean(values, 11)[5:-5], atol=1e-12)
    assert np.isnan(curve[:5]).all()
    assert np.isnan(curve[-5:]).all()


def test_the_mean_of_a_step_never_overshoots_and_loess_does():
    places = 75 + 150.0 * np.arange(60)
    step = np.where(np.arange(60) < 30, -1.0, 1.0)
    mean = mean_matrix(places, at=places, window=1500) @ step
    assert np.nanmax(np.abs(mean)) <= 1 + 1e-12
    assert (np.diff(mean[5:-5]) >= -1e-12).all()
    # Half a window from the step the mean is the step's own height.
    np.testing.assert_allclose(mean[[5, 24, 36, 54]], [-1, -1, 1, 1], atol=1e-12)


def test_the_matrix_of_the_cosine_transform_is_the_transform():
    values = np.random.default_rng(2).normal(size=31)
    matrix = dct_matrix(31, low_pass=5)
    np.testing.assert_allclose(matrix @ values, smooth_dct(values, 5, n_points=31), atol=1e-12)
    np.testing.assert_allclose(dct_matrix(3, low_pass=5), np.eye(3), atol=1e-12)

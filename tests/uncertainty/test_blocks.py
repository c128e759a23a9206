"""The jackknife: by hand, against the textbook t intervals, coverage, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InputError
from analysis.uncertainty.blocks import (
    block_numbers,
    jackknife_bounds,
    jackknife_interval,
)


def means_left_out(values: np.ndarray) -> np.ndarray:
    return (values.sum() - values) / (len(values) - 1)


def test_for_a_mean_it_is_the_textbook_t_interval() -> None:
    values = np.array([3.0, 5.0, 4.0, 8.0, 6.0])
    interval = jackknife_interval(values.mean(), [means_left_out(values)])
    low, high = stats.t.interval(
        0.95, df=4, loc=values.mean(), scale=values.std(ddof=1) / math.sqrt(5)
    )
    assert interval.low == pytest.approx(low)
    assert interval.high == pytest.approx(high)
    assert interval.df == pytest.approx(4)
    assert interval.n_blocks == (5,)


def test_for_a_difference_of_means_it_is_that_of_welch() -> None:
    one = np.array([3.0, 5.0, 4.0, 8.0, 6.0])
    two = np.array([1.0, 9.0, 2.0, 2.0, 4.0, 3.0, 7.0])
    left_out = [means_left_out(one) - two.mean(), one.mean() - means_left_out(two)]
    interval = jackknife_interval(one.mean() - two.mean(), left_out, level=0.9)
    welch = stats.ttest_ind(one, two, equal_var=False).confidence_interval(0.9)
    assert interval.low == pytest.approx(welch.low)
    assert interval.high == pytest.approx(welch.high)


def test_no_interval_from_three_blocks() -> None:
    interval = jackknife_interval(2.0, [np.array([1.0, 2.0, 3.0]), np.arange(9.0)])
    assert math.isnan(interval.low)
    assert math.isnan(interval.high)
    assert interval.value == 2.0
    assert "3 blocks" in interval.reason
    assert "fewer than 4" in interval._repr_html_()


def test_no_interval_where_nothing_varies_or_is_undefined() -> None:
    assert "never changes" in jackknife_interval(1.0, [np.ones(5)]).reason
    undefined = jackknife_interval(1.0, [np.array([1.0, np.nan, 2.0, 1.0])])
    assert math.isnan(undefined.high)
    assert "undefined" in undefined.reason


def test_many_values_at_once_are_each_by_itself() -> None:
    rng = np.random.default_rng(1)
    left_out = [rng.normal(size=(5, 3)), rng.normal(size=(7, 3))]
    values = rng.normal(size=3)
    bounds = jackknife_bounds(values, left_out)
    for column in range(3):
        alone = jackknife_interval(values[column], [blocks[:, column] for blocks in left_out])
        assert bounds.low[column] == pytest.approx(alone.low)
        assert bounds.high[column] == pytest.approx(alone.high)


def test_a_least_variance_widens_what_blocks_by_chance_agree_on() -> None:
    bounds = jackknife_bounds(np.zeros(1), [np.zeros((5, 1))], least_variance=[np.array([4.0])])
    assert bounds.standard_error[0] == 2
    assert bounds.high[0] == pytest.approx(2 * stats.t.ppf(0.975, 4))


@given(st.lists(st.floats(-100, 100), min_size=4, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_blocks_changes_nothing(values, random) -> None:
    turned = list(values)
    random.shuffle(turned)
    there = jackknife_interval(0.0, [np.array(values)])
    again = jackknife_interval(0.0, [np.array(turned)])
    assert there.low == pytest.approx(again.low, nan_ok=True, abs=1e-6)


@pytest.mark.parametrize(
    ("n_passages", "expected"),
    [
        (0, []),
        (1, [0]),
        (3, [0, 0, 0]),
        (5, [0] * 5),
        (7, [0] * 7),
        (8, [0] * 5 + [1] * 3),
        (12, [0] * 5 + [1] * 7),
        (13, [0] * 5 + [1] * 5 + [2] * 3),
    ],
)
def test_blocks_of_passages(n_passages, expected) -> None:
    assert block_numbers(n_passages, length=5).tolist() == expected


def test_bad_input_is_told_in_one_sentence() -> None:
    with pytest.raises(InputError, match="blocks of 0"):
        block_numbers(4, length=0)
    with pytest.raises(InputError, match="level is 95"):
        jackknife_interval(1.0, [np.arange(5.0)], level=95)

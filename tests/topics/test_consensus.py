"""Matching, averaging and agreement, by hand and by what must hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.topics.agreement import mean_agreement, mean_over_topics, run_agreements
from analysis.topics.consensus import (
    agreement,
    departures,
    find_consensus,
    match_topics,
    term_order,
)

EVEN = np.full(4, 0.25)


def test_departures_by_hand():
    # (.5 - .25) / sqrt(.25) = .5 for two terms and -.5 for two: length 1 already.
    beta = np.array([[0.5, 0.5, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]])
    found = departures(beta, frequencies=EVEN)
    np.testing.assert_allclose(found[0], [0.5, 0.5, -0.5, -0.5])
    # The corpus itself departs in no direction, and agrees with nothing.
    np.testing.assert_array_equal(found[1], 0.0)
    np.testing.assert_allclose(agreement(found, found), [[1.0, 0.0], [0.0, 0.0]], atol=1e-12)


def test_opposite_topics_disagree_and_absent_terms_count_for_nothing():
    beta = np.array([[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5]])
    found = departures(beta, frequencies=EVEN)
    assert agreement(found, found)[0, 1] == pytest.approx(-1.0)
    wider = departures(np.hstack([beta, [[0.0], [0.0]]]), frequencies=np.append(EVEN, 0.0))
    np.testing.assert_allclose(wider[:, :4], found)
    assert (wider[:, 4] == 0).all()


def test_common_words_shared_by_all_topics_are_no_agreement():
    # Both topics are three quarters one common word; the cosine of beta is above .8, but what is
    # left goes opposite ways.
    beta = np.array([[0.75, 0.25, 0.0], [0.75, 0.0, 0.25]])
    frequencies = beta.mean(axis=0)
    assert beta[0] @ beta[1] / (beta[0] @ beta[0]) > 0.8
    found = departures(beta, frequencies=frequencies)
    assert agreement(found, found)[0, 1] == pytest.approx(-1.0)


@given(seed=st.integers(0, 1000), n_runs=st.integers(1, 5))
def test_a_consensus_of_the_same_topics_in_any_order_is_these_topics(seed, n_runs):
    rng = np.random.default_rng(seed)
    beta = rng.dirichlet(np.full(12, 0.3), size=4)
    orders = [rng.permutation(4) for _ in range(n_runs)]
    found = find_consensus(
        [beta[order] for order in orders],
        frequencies=beta.mean(axis=0),
        likelihoods=[0.0] * n_runs,
    )
    np.testing.assert_allclose(found.beta, beta[orders[0]], atol=1e-12)
    for order, back in zip(orders, found.orders, strict=True):
        np.testing.assert_array_equal(order[back], orders[0])


def test_the_likeliest_run_gives_the_order_and_nan_does_not_win():
    beta = np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.7, 0.1, 0.1], [0.1, 0.1, 0.4, 0.4]])
    runs = [beta, beta[[2, 0, 1]], beta[[1, 2, 0]]]
    found = find_consensus(runs, frequencies=EVEN, likelihoods=[-7.0, -6.5, float("nan")])
    np.testing.assert_allclose(found.beta, runs[1])


@given(seed=st.integers(0, 200))
def test_matching_is_best_in_sum(seed):
    from itertools import permutations

    rng = np.random.default_rng(seed)
    one, other = (
        departures(rng.dirichlet(np.ones(6), size=3), frequencies=np.full(6, 1 / 6)) for _ in "ab"
    )
    cosines = agreement(one, other)
    best = max(
        sum(cosines[row, column] for row, column in enumerate(way))
        for way in permutations(range(3))
    )
    chosen = match_topics(one, other)
    assert sum(cosines[row, column] for row, column in enumerate(chosen)) == pytest.approx(
        best, abs=1e-8
    )


def test_terms_are_ordered_by_beta_then_by_alphabet_and_last_bits_order_nothing():
    beta = np.array([[0.1 + 1e-15, 0.1, 0.3, 0.5]])
    assert term_order(beta, terms=["z", "a", "m", "b"]).tolist() == [[3, 2, 1, 0]]


def test_agreement_of_runs_by_hand():
    # Three runs of two topics: in the third the two topics are exchanged for each other.
    beta = np.array([[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5]])
    pairs = run_agreements([beta, beta, beta[::-1]], frequencies=EVEN)
    assert pairs.shape == (2, 3, 3)
    np.testing.assert_allclose(pairs[0], [[1, 1, -1], [1, 1, -1], [-1, -1, 1]])
    told = mean_agreement(pairs)
    np.testing.assert_allclose(told["stability"], [-1 / 3, -1 / 3])
    assert np.isnan(told["low"]).all()


def test_the_interval_is_that_of_a_jackknife_over_runs():
    from scipy import stats

    rng = np.random.default_rng(3)
    values = rng.uniform(0.2, 0.9, size=(5, 5))
    values = (values + values.T) / 2
    told = mean_agreement(np.stack([values, values]))
    keep = np.triu_indices(5, k=1)
    assert told["stability"][0] == pytest.approx(values[keep].mean())
    left_out = []
    for run in range(5):
        rest = np.delete(np.delete(values, run, axis=0), run, axis=1)
        left_out.append(rest[np.triu_indices(4, k=1)].mean())
    error = np.sqrt(4 / 5 * np.sum((left_out - np.mean(left_out)) ** 2))
    half = stats.t.ppf(0.975, 4) * error
    assert told["high"][0] - told["stability"][0] == pytest.approx(half)
    assert mean_over_topics(np.stack([values, values])) == pytest.approx(
        (values[keep].mean(), error)
    )


def test_runs_that_agree_to_the_last_bit_have_the_value_as_interval():
    beta = np.array([[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5]])
    told = mean_agreement(run_agreements([beta] * 5, frequencies=EVEN))
    for name in ("stability", "low", "high"):
        np.testing.assert_allclose(told[name], 1.0)

"""Held-out words and priors: by hand, and against what was planted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from analysis.topics.held_out import (
    folds_of,
    held_out_likelihood,
    infer_topics,
    mean_log_probability,
    split_words,
)
from analysis.topics.planted import plant_topics
from analysis.topics.priors import ALPHAS, ETA_TOTALS, choose_pair, fit_priors
from analysis.topics.settings import FitSettings


def test_folds_are_blocks_of_neighbours_of_one_text():
    doc_ids = ["a"] * 7 + ["b"] * 4
    assert folds_of(doc_ids, n_folds=2, block=3).tolist() == [0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0]


@given(seed=st.integers(0, 500), rows=st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3)))
def test_two_halves_are_the_whole(seed, rows):
    matrix = sparse.csr_array(np.array(rows, dtype=np.int64).reshape(-1, 3))
    given_half, asked = split_words(matrix, seed=seed)
    np.testing.assert_array_equal((given_half + asked).toarray(), matrix.toarray())
    assert (given_half.toarray() >= 0).all()
    assert (asked.toarray() >= 0).all()
    sizes = given_half.sum(axis=1) - asked.sum(axis=1)
    assert (np.abs(sizes) <= 1).all()


def test_topics_of_a_passage_of_one_topic_s_words():
    beta = np.array([[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5]])
    matrix = sparse.csr_array(np.array([[5, 4, 0, 0], [0, 0, 0, 0]]))
    found = infer_topics(matrix, beta=beta, alpha=0.5)
    # Nine words are surely of topic 1: (9 + .5) / (9 + 1).
    np.testing.assert_allclose(found, [[0.95, 0.05], [0.5, 0.5]])


def test_probability_of_words_by_hand():
    # One topic that gives the two terms their own frequencies is not bettered by mixing.
    beta = np.array([[0.75, 0.25]])
    matrix = sparse.csr_array(np.array([[3, 1]]))
    found = mean_log_probability(matrix, gamma=np.ones((1, 1)), beta=beta)
    assert found == pytest.approx((3 * np.log(0.75) + np.log(0.25)) / 4, abs=1e-3)


def test_a_term_that_the_topics_give_nothing_is_improbable_and_not_impossible():
    beta = np.array([[1.0, 0.0]])
    found = mean_log_probability(
        sparse.csr_array(np.array([[9, 1]])), gamma=np.ones((1, 1)), beta=beta
    )
    # The best share of the even part e gives term 2 e/2 = .1.
    assert found == pytest.approx(0.9 * np.log(0.9) + 0.1 * np.log(0.1), abs=1e-4)


def test_no_words_no_probability():
    nothing = sparse.csr_array((1, 2), dtype=np.int64)
    assert np.isnan(
        mean_log_probability(nothing, gamma=np.ones((1, 1)), beta=np.array([[0.5, 0.5]]))
    )


@pytest.mark.slow
def test_true_topics_foretell_better_than_one_and_workers_do_not_matter():
    planted = plant_topics(5, n_passages=80, n_topics=4, n_terms=120, n_words=40, base="zipf")
    four = FitSettings(n_topics=4, seed=1, alpha=0.1, eta_total=12.0, burn_in=60, n_samples=5)
    one = FitSettings(n_topics=1, seed=1, alpha=0.1, eta_total=12.0, burn_in=5, n_samples=1)
    scores = [
        held_out_likelihood(
            planted.counts.matrix, doc_ids=planted.counts.doc_ids, settings=settings, n_folds=3
        )
        for settings in (four, one)
    ]
    assert (scores[0] > scores[1] + 0.1).all()
    again = held_out_likelihood(
        planted.counts.matrix,
        doc_ids=planted.counts.doc_ids,
        settings=four,
        n_folds=3,
        workers=2,
    )
    np.testing.assert_array_equal(again, scores[0])


def grid_scores(*, top, noise=0.0):
    """Return the pairs of the grid, and scores that fall off from the top as a paraboloid."""
    pairs = [(alpha, eta) for alpha in ALPHAS for eta in ETA_TOTALS]
    away = np.log2(np.array(pairs)) - np.log2(top)
    height = -(away**2).sum(axis=1) / 100 - 6.0
    shake = np.random.default_rng(1).normal(0, noise, size=(len(pairs), 4))
    return pairs, height[:, None] + shake


def test_the_top_of_the_surface_is_chosen():
    alpha, eta_total = choose_pair(*grid_scores(top=(0.2, 200.0)))
    assert alpha == pytest.approx(0.2, rel=0.1)
    assert eta_total == pytest.approx(200.0, rel=0.1)


def test_where_folds_disagree_the_largest_alpha_that_is_as_good_is_chosen():
    sure = choose_pair(*grid_scores(top=(0.2, 200.0), noise=0.001))
    unsure = choose_pair(*grid_scores(top=(0.2, 200.0), noise=0.1))
    assert unsure[0] > sure[0]
    assert unsure[0] <= max(ALPHAS)


@pytest.mark.slow
def test_planted_priors_are_found():
    for seed in (1, 2):
        counts = plant_topics(seed, n_passages=200, alpha=0.1).counts
        found = fit_priors(counts, n_topics=10, seed=seed)
        assert 0.05 <= found.alpha <= 0.25
        # .1 a term of 1448, of which some two thirds occur.
        assert 60 <= found.eta_total <= 250
        assert len(found.trials) == len(ALPHAS) * len(ETA_TOTALS)
        assert found.trials["log_probability"].notna().all()


def test_too_few_passages_have_plain_priors_and_a_reason(counts_of):
    counts = counts_of([[1, 2, 0], [2, 1, 0], [3, 0, 0]])
    found = fit_priors(counts, n_topics=2, seed=1)
    assert (found.alpha, found.eta_total) == (0.1, pytest.approx(0.2))
    assert found.reason == "Priors are not fitted to 3 passages with words; it takes 40."
    assert found.trials.empty

"""Planted corpora, and how many of their topics are found again."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.topics.fit import fit_topics
from analysis.topics.planted import BASES, matched_cosines, plant_topics, share_found


def test_a_planted_corpus_has_its_size_and_its_seed():
    one, same, other = (
        plant_topics(seed, n_passages=30, n_topics=3, n_terms=50, n_words=20) for seed in (1, 1, 2)
    )
    matrix = one.counts.matrix.toarray()
    assert matrix.shape == (30, 50)
    assert (matrix.sum(axis=1) == 20).all()
    np.testing.assert_allclose(one.beta.sum(axis=1), 1.0)
    np.testing.assert_array_equal(matrix, same.counts.matrix.toarray())
    assert (matrix != other.counts.matrix.toarray()).any()


def test_words_are_drawn_from_the_topics():
    # 400 words a passage: the corpus is near what gamma and beta foretell.
    planted = plant_topics(3, n_passages=200, n_topics=3, n_terms=40, n_words=400)
    observed = planted.counts.matrix.toarray() / 400
    np.testing.assert_allclose(observed, planted.gamma @ planted.beta, atol=0.12)
    assert np.abs(observed - planted.gamma @ planted.beta).mean() < 0.006


@pytest.mark.parametrize("base", BASES)
def test_every_base_gives_different_topics(base):
    beta = plant_topics(1, n_passages=5, base=base).beta
    assert beta.shape == (10, 1448)
    # The terms are sparse in a topic, and topics share their common terms somewhat.
    assert (beta < 1e-4).mean() > 0.5
    assert matched_cosines(beta, beta).min() == pytest.approx(1.0)


def test_an_unknown_base_is_refused():
    with pytest.raises(InputError, match="There is no base 'flat'"):
        plant_topics(1, base="flat")


def test_matching_is_one_to_one():
    truth = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    found = np.array([[0.9, 0.1, 0.0], [0.8, 0.1, 0.1]])
    # Both are like the first; the second of the truth has to take what is left.
    cosines = matched_cosines(found, truth)
    assert cosines[0] > 0.98
    assert cosines[1] < 0.2
    assert share_found(found, truth) == 0.5


@pytest.mark.slow
@pytest.mark.parametrize(("n_passages", "least"), [(313, 0.82), (1000, 0.97)])
def test_planted_topics_are_found_again(n_passages, least):
    # Few corpora here; benchmarks/topics_recovery.py has twenty of each base, with intervals.
    found = [
        share_found(
            fit_topics(planted.counts, n_topics=10, seed=seed, n_seeds=5).beta, planted.beta
        )
        for seed in range(40, 42)
        for planted in [plant_topics(seed, n_passages=n_passages, base="lognormal")]
    ]
    assert np.mean(found) >= least

"""Measures of topics by their terms, by hand."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.topics.quality import coherence, exclusivity, frex, topic_diversity

TERMS = ("a", "b", "c", "d")
BETA = np.array([[0.6, 0.2, 0.2, 0.0], [0.2, 0.2, 0.0, 0.6]])


def test_diversity_by_hand():
    # Top two: a, b and d, a (a before b at .2): three distinct of four.
    assert topic_diversity(BETA, terms=TERMS, n_terms=2) == 0.75
    assert topic_diversity(np.vstack([BETA[0]] * 3), terms=TERMS, n_terms=2) == pytest.approx(1 / 3)


def test_exclusivity_by_hand():
    # Topic 1: a .6/.8, b .2/.4; topic 2: d 1, a .2/.8.
    np.testing.assert_allclose(exclusivity(BETA, terms=TERMS, n_terms=2), [0.625, 0.625])


def test_frex_by_hand():
    # Topic 1. Ranks of beta: a 1, b and c 3/4, d 1/4. Own shares: a .75, b .5, c 1, d 0: ranks 3/4,
    # 1/2, 1, 1/4. Harmonic means: a 6/7, b .6, c 6/7, d 1/4.
    np.testing.assert_allclose(frex(BETA)[0], [6 / 7, 0.6, 6 / 7, 0.25])
    # Weight 0 is probability alone, 1 is exclusivity alone.
    np.testing.assert_allclose(frex(BETA, weight=0.0)[0], [1, 0.75, 0.75, 0.25])
    np.testing.assert_allclose(frex(BETA, weight=1.0)[0], [0.75, 0.5, 1, 0.25])
    with pytest.raises(InputError, match="weight is 2"):
        frex(BETA, weight=2)


def test_coherence_by_hand(counts_of):
    # a and b together in 2 of 4 passages, each in 2: p(a, b) = p(a) = p(b) = 1/2, NPMI 1.
    # a and c never together: -1. b and c: -1. The mean of three pairs is -1/3.
    reference = counts_of(
        [[1, 1, 0, 0], [2, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], terms=list(TERMS)
    )
    beta = np.array([[0.5, 0.3, 0.2, 0.0]])
    found = coherence(beta, terms=TERMS, reference=reference, n_terms=3).iloc[0]
    assert found["npmi"] == pytest.approx(-1 / 3)
    assert (found["n_pairs"], found["n_absent"], found["reason"]) == (3, 0, "")


def test_terms_together_as_by_chance_have_no_coherence(counts_of):
    reference = counts_of([[1, 1], [1, 0], [0, 1], [0, 0], [0, 0]], terms=["a", "b"])
    # Of four... three passages have words: p(a) = p(b) = 2/3, p(a, b) = 1/3.
    expected = np.log((1 / 3) / (4 / 9)) / -np.log(1 / 3)
    found = coherence(np.array([[0.6, 0.4]]), terms=["a", "b"], reference=reference)
    assert found["npmi"].iloc[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("rows", "terms", "reason"),
    [
        ([[1, 1], [1, 1]], ["x", "y"], "The reference has 0 of the top terms"),
        ([[1, 1], [1, 1]], ["a", "y"], "The reference has 1 of the top terms"),
        ([[1, 1], [1, 2]], ["a", "b"], "in every reference passage"),
        ([[1, 1]], ["a", "b"], "The reference has 1 passages with words"),
        ([[0, 0], [0, 0]], ["a", "b"], "The reference has 0 passages with words"),
    ],
)
def test_where_coherence_is_undefined_it_says_why(counts_of, rows, terms, reason):
    reference = counts_of(rows, terms=terms)
    found = coherence(np.array([[0.6, 0.4]]), terms=["a", "b"], reference=reference).iloc[0]
    assert np.isnan(found["npmi"])
    assert reason in found["reason"]
    assert found["n_pairs"] == 0


def test_absent_terms_are_counted_and_left_out(counts_of):
    reference = counts_of([[1, 1], [0, 1], [1, 0]], terms=["a", "b"])
    beta = np.array([[0.4, 0.3, 0.3]])
    with_absent = coherence(beta, terms=["a", "b", "gone"], reference=reference).iloc[0]
    without = coherence(beta[:, :2], terms=["a", "b"], reference=reference).iloc[0]
    assert with_absent["npmi"] == without["npmi"]
    assert with_absent["n_absent"] == 1

"""Stability beside shuffled corpora."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InputError
from analysis.topics.fit import fit_topics
from analysis.topics.planted import plant_topics
from analysis.topics.shuffled import blocks_of, draw_blocks, shuffle_words
from analysis.topics.stability import excess_stability
from analysis.topics.stability_tables import upper_bound

QUICK = {"n_seeds": 5, "alpha": 0.1, "eta_total": 12.0, "burn_in": 100, "n_samples": 10}


@pytest.fixture(scope="module")
def real(planted, fitted):
    return excess_stability(planted.counts, fitted, seed=1, n_shuffles=4, n_resamples=3)


@given(
    seed=st.integers(0, 99),
    rows=st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=1, max_size=6),
)
def test_a_shuffled_corpus_keeps_lengths_and_frequencies(counts_of, seed, rows):
    counts = counts_of(rows)
    shuffled = shuffle_words(counts, seed=seed)
    for axis in (0, 1):
        np.testing.assert_array_equal(shuffled.matrix.sum(axis=axis), counts.matrix.sum(axis=axis))
    assert shuffled.passage_ids == counts.passage_ids


def test_words_leave_their_passages(planted):
    shuffled = shuffle_words(planted.counts, seed=1)
    cosines = [
        (one @ other) / np.sqrt((one @ one) * (other @ other))
        for matrix in (planted.counts.matrix.toarray(), shuffled.matrix.toarray())
        for one, other in [(matrix[0], matrix[row]) for row in range(1, 80)]
    ]
    # Passages of known topics are very alike or not at all; shuffled ones are all alike somewhat.
    assert np.std(cosines[:79]) > 1.5 * np.std(cosines[79:])


def test_blocks_are_of_neighbours_of_one_text():
    assert blocks_of(["a"] * 7 + ["b"] * 2, size=3) == [[0, 1, 2, 3], [4, 5, 6], [7, 8]]


def test_drawn_blocks_keep_texts_and_passages_whole(counts_of):
    counts = counts_of(np.eye(9, dtype=int) * 3, doc_ids=["a"] * 6 + ["b"] * 3)
    drawn = draw_blocks(counts, size=3, seed=2)
    assert drawn.doc_ids == ("a",) * 6 + ("b",) * 3
    rows = {tuple(row) for row in counts.matrix.toarray().tolist()}
    assert {tuple(row) for row in drawn.matrix.toarray().tolist()} <= rows
    blocks = drawn.matrix.toarray().argmax(axis=1).reshape(3, 3)
    assert (np.diff(blocks, axis=1) == 1).all()
    assert len(set(drawn.passage_ids)) == 9


def test_the_bound_is_a_prediction_bound():
    z = np.array([0.2, 0.3, 0.4, 0.5])
    spread = z.std(ddof=1) * np.sqrt(1.25)
    expected = np.tanh(0.35 + stats.t.ppf(0.975, 3) * spread)
    assert upper_bound(np.tanh(z), level=0.975) == pytest.approx(expected)
    assert upper_bound(np.array([0.5, 0.9, 1.0, 0.999]), level=0.975) <= 1
    rng = np.random.default_rng(1)
    missed = [
        np.tanh(rng.normal(0.5, 0.2))
        > upper_bound(np.tanh(rng.normal(0.5, 0.2, size=8)), level=0.9)
        for _ in range(4000)
    ]
    assert np.mean(missed) == pytest.approx(0.1, abs=0.015)


@pytest.mark.slow
def test_planted_topics_are_called_stable(real):
    assert real.topics["stable"].all()
    overall = real.overall.set_index("measure")
    assert overall.loc["seeds", "low"] > 0
    assert overall.loc["blocks", "excess"] > 0
    assert (real.topics["excess_low"] < real.topics["excess"]).all()
    assert (real.topics["block_agreement"] > 0.7).all()
    assert len(real.shuffled) == 4 * 4
    assert real.reason == ""


def test_the_excess_is_over_the_mean_of_all_shuffled_topics(real):
    expected = real.topics["stability"] - real.shuffled["stability"].mean()
    np.testing.assert_allclose(real.topics["excess"], expected)


@pytest.mark.slow
def test_workers_do_not_matter_and_it_can_be_kept(planted, fitted, real, tmp_path):
    again = excess_stability(
        planted.counts, fitted, seed=1, n_shuffles=4, n_resamples=3, workers=2, keep=tmp_path
    )
    read = excess_stability(
        planted.counts, fitted, seed=1, n_shuffles=4, n_resamples=3, keep=tmp_path
    )
    for other in (again, read):
        pd.testing.assert_frame_equal(other.topics, real.topics)
        pd.testing.assert_frame_equal(other.overall, real.overall)
        pd.testing.assert_frame_equal(other.texts, real.texts)
        assert other.bound == real.bound


def test_without_a_text_its_topic_is_gone(counts_of):
    rng = np.random.default_rng(4)
    sides = np.kron(np.eye(3, dtype=int), np.ones(8, dtype=int))
    # Text b alone has the third topic.
    kinds = [0, 1] * 15 + [2] * 15 + [0, 1] * 5
    counts = counts_of(
        [rng.poisson(2.0 * sides[kind] + 0.05) for kind in kinds],
        doc_ids=["a"] * 30 + ["b"] * 15 + ["c"] * 10,
    )
    topics = fit_topics(counts, n_topics=3, seed=1, **QUICK)
    (third,) = np.flatnonzero(topics.beta[:, 16:].sum(axis=1) > 0.5) + 1
    worth = excess_stability(counts, topics, seed=1, n_shuffles=4, n_resamples=0)
    without = worth.texts.pivot(index="topic", columns="left_out", values="agreement")
    assert without.loc[third, "b"] < 0.5
    assert without.drop(columns="b").loc[third].min() > 0.9
    assert without.loc[[topic for topic in (1, 2, 3) if topic != third], "c"].min() > 0.9
    told = worth.by_texts().set_index("topic")
    assert told["most_missed"][third] == "b"
    assert told["low"][third] == without.loc[third, "b"]
    np.testing.assert_allclose(told["agreement"], without.mean(axis=1))
    np.testing.assert_allclose(told["high"], without.max(axis=1))
    caution = topics.cautions.query("caution == 'one text'")
    assert caution["topic"].tolist() == [third]
    assert "of it is in b" in caution["detail"].iloc[0]
    assert worth.topics["block_agreement"].isna().all()


def test_from_too_few_seeds_nothing_is_said_but_why(planted):
    topics = fit_topics(planted.counts, n_topics=3, seed=1, **QUICK | {"n_seeds": 2})
    worth = excess_stability(planted.counts, topics, seed=1)
    assert "takes at least 4 seeds and 2 topics" in worth.reason
    assert worth.topics["stability"].notna().all()
    assert worth.topics[["excess", "block_agreement"]].isna().all(axis=None)
    assert not worth.topics["stable"].any()
    assert np.isnan(worth.bound)
    assert worth.by_texts().empty


def test_other_counts_and_too_few_shuffles_are_refused(planted, fitted):
    other = plant_topics(8, n_passages=80, n_topics=4, n_terms=120, n_words=40).counts
    with pytest.raises(InputError, match="not those that the topics were fitted to"):
        excess_stability(other, fitted, seed=1)
    with pytest.raises(InputError, match="n_shuffles is 3; give at least 4"):
        excess_stability(planted.counts, fitted, seed=1, n_shuffles=3)


@pytest.mark.slow
def test_a_shuffled_corpus_has_hardly_a_topic_called_stable():
    # The stability of each shuffle's most stable topic, each tried against ten others.
    counts = plant_topics(1, n_passages=150, n_words=30).counts
    most = np.array(
        [
            fit_topics(
                shuffle_words(counts, seed=number),
                n_topics=6,
                seed=number,
                n_seeds=8,
                alpha=0.2,
                eta_total=150.0,
                burn_in=150,
            )
            .topics["stability"]
            .max()
            for number in range(40)
        ]
    )
    rng = np.random.default_rng(1)
    called = []
    for number in range(40):
        others = rng.permutation(np.delete(most, number))[:10]
        called.append(most[number] > upper_bound(others, level=0.975))
    assert np.mean(called) <= 0.05

"""Large corpora: runs that start from rough topics, their schedule, and what stays as it was."""

import os
import subprocess
import sys
from dataclasses import asdict, replace

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.topics import priors, settings
from analysis.topics.consensus import matched_cosines
from analysis.topics.fit import fit_topics
from analysis.topics.lda import fit_tomotopy, load_tomotopy
from analysis.topics.planted import plant_topics
from analysis.topics.priors import fit_priors
from analysis.topics.settings import START_SHARE, FitSettings, StartedSettings, settings_for
from analysis.topics.stability import excess_stability
from analysis.topics.start import start_topics
from analysis.topics.term_priors import start_prior, term_prior

N_TOPICS = 4


@pytest.fixture(scope="module")
def corpus():
    return plant_topics(3, n_passages=900, n_topics=N_TOPICS, n_terms=150, n_words=25)


@pytest.fixture
def small_is_large(monkeypatch):
    """Take a corpus of 20,000 words as large."""
    monkeypatch.setattr(settings, "LARGE", 20_000)
    monkeypatch.setattr(settings, "LARGE_PASSAGES", 100)


def started(**given):
    return StartedSettings(
        **{"n_topics": N_TOPICS, "seed": 5, "eta_total": 15.0, "start_passages": 400, **given}
    )


def test_rough_topics_are_near_the_planted_ones(corpus):
    rough = start_topics(corpus.counts.matrix, n_topics=N_TOPICS, n_passages=900, seed=1)
    np.testing.assert_allclose(rough.sum(axis=1), 1.0, atol=1e-3)
    assert (rough >= 0).all()
    assert matched_cosines(rough, corpus.beta).min() > 0.85
    # Better than the planted topics with their terms dealt out anew, which any topics are like.
    anew = np.random.default_rng(1).permuted(corpus.beta, axis=1)
    assert matched_cosines(rough, anew).max() < 0.75


def test_the_seed_draws_the_sample_and_nothing_else_does(corpus):
    sample = {"n_topics": N_TOPICS, "n_passages": 400}
    one = start_topics(corpus.counts.matrix, seed=1, **sample)
    assert one.tobytes() == start_topics(corpus.counts.matrix, seed=1, **sample).tobytes()
    assert one.tobytes() != start_topics(corpus.counts.matrix, seed=2, **sample).tobytes()


@pytest.mark.parametrize("rows", [[[1, 0, 0], [0, 2, 0]], [[3, 1, 0]] * 6, [[0, 0, 0], [1, 1, 1]]])
def test_more_topics_than_the_counts_tell_apart_are_whole_all_the_same(counts_of, rows):
    rough = start_topics(counts_of(rows).matrix, n_topics=5, n_passages=10, seed=1)
    assert rough.shape == (5, 3)
    assert np.isfinite(rough).all()
    np.testing.assert_allclose(rough.sum(axis=1), 1.0, atol=1e-5)


def test_a_start_changes_where_the_prior_lies_and_not_how_much_it_is():
    prior = np.array([2.0, 1.0, 1.0, 0.0])
    by_topic = start_prior(prior, start=np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.5, 0.5, 0.0]]))
    np.testing.assert_allclose(by_topic.sum(axis=1), 4.0)
    np.testing.assert_allclose(by_topic[0], (1 - START_SHARE) * prior + [START_SHARE * 4, 0, 0, 0])
    assert (by_topic[:, :3] > 0).all()
    assert (by_topic[:, 3] == 0).all()


@pytest.mark.parametrize("eta_proportional", [0.0, 0.5])
def test_a_run_with_a_start_is_plain_tomotopy_with_the_same_priors(corpus, eta_proportional):
    matrix = corpus.counts.matrix
    chosen = started(
        alpha=0.3,
        burn_in=6,
        mixed_burn_in=4,
        n_samples=2,
        thin=3,
        eta_proportional=eta_proportional,
    )
    totals = matrix.sum(axis=0).astype(float)
    rough = start_topics(matrix, n_topics=N_TOPICS, n_passages=400, seed=7)
    prior = start_prior(term_prior(totals, settings=chosen), start=rough)
    model = load_tomotopy().LDAModel(
        k=N_TOPICS, alpha=0.3, eta=15.0 / int((totals > 0).sum()), seed=7
    )
    model.optim_interval = 0
    for row in matrix.toarray():
        model.add_doc([str(term) for term in np.flatnonzero(row) for _ in range(row[term])])
    for term in np.flatnonzero(totals):
        model.set_word_prior(str(term), prior[:, term].tolist())
    model.train(10, workers=1, parallel=1)
    samples = []
    for _ in range(2):
        model.train(3, workers=1, parallel=1)
        words = np.zeros(prior.shape)
        for document in model.docs:
            for term, topic in zip(document.words, document.topics, strict=True):
                words[topic, int(model.used_vocabs[term])] += 1
        samples.append((words + prior) / (words.sum(axis=1, keepdims=True) + 15.0))
    ours = fit_tomotopy(matrix, settings=chosen, seed=7)
    np.testing.assert_allclose(ours.beta, np.mean(samples, axis=0), atol=1e-12)
    assert np.isfinite(ours.log_likelihood)


def test_a_few_sweeps_do_where_a_run_by_chance_needs_many(corpus):
    few = {"alpha": 0.1, "burn_in": 5, "n_samples": 5, "thin": 1}
    run = fit_tomotopy(corpus.counts.matrix, settings=started(**few), seed=2)
    assert (matched_cosines(run.beta, corpus.beta) > 0.95).all()
    by_chance = FitSettings(n_topics=N_TOPICS, seed=2, eta_total=15.0, **few)
    other = fit_tomotopy(corpus.counts.matrix, settings=by_chance, seed=2)
    assert run.log_likelihood > other.log_likelihood


def schedule(n_words, n_passages, n_topics=20, **given):
    return settings_for(
        {"seed": 1, "burn_in": None, **given},
        n_words=n_words,
        n_passages=n_passages,
        n_topics=n_topics,
    )


def test_the_schedule_by_size():
    large = schedule(1_600_000, 20_000)
    assert isinstance(large, StartedSettings)
    assert (large.burn_in, large.mixed_burn_in, large.thin, large.n_samples) == (20, 60, 1, 20)
    assert large.start_passages == 10_000
    assert schedule(1_600_000, 20_000, n_topics=8).start_passages == 4000
    assert schedule(400_000, 10_000).start_passages == 5000
    assert replace(large, alpha=0.24).sweeps_before() == 20
    assert replace(large, alpha=0.25).sweeps_before() == 80
    assert schedule(1_600_000, 20_000, thin=3, n_samples=40).thin == 3
    for other in (
        schedule(399_999, 20_000),
        schedule(1_600_000, 9999),
        schedule(1_600_000, 20_000, n_topics=1),
        schedule(1_600_000, 20_000, backend="gensim"),
        schedule(1_600_000, 20_000, burn_in=30),
        schedule(1_600_000, 20_000, start_passages=0),
    ):
        assert type(other) is FitSettings
        assert other.thin == 5
    assert schedule(1_600_000, 20_000, burn_in=30).burn_in == 30
    by_hand = schedule(10, 10, start_passages=7)
    assert isinstance(by_hand, StartedSettings)
    assert (by_hand.start_passages, by_hand.burn_in) == (7, 400)


def test_nothing_changed_for_a_corpus_that_is_not_large():
    for n_words in (10, 10_000, 100_000):
        as_before = FitSettings(n_topics=6, seed=1, burn_in=400, n_samples=20, thin=5)
        chosen = schedule(n_words, 3000, n_topics=6)
        assert type(chosen) is FitSettings
        # The names of kept fits are digests of these.
        assert asdict(chosen) == asdict(as_before)
        assert not {"start_passages", "mixed_burn_in"} & asdict(chosen).keys()


def test_a_large_corpus_is_fitted_kept_and_read_again(corpus, small_is_large, tmp_path):
    asked = {"n_topics": N_TOPICS, "seed": 1, "n_seeds": 2}
    topics = fit_topics(corpus.counts, **asked, keep=tmp_path)
    assert isinstance(topics.settings, StartedSettings)
    assert (matched_cosines(topics.beta, corpus.beta) > 0.95).all()
    assert topics.runs[0].beta.tobytes() != topics.runs[1].beta.tobytes()
    again = fit_topics(corpus.counts, **asked, keep=tmp_path)
    assert again.settings == topics.settings
    assert again.beta.tobytes() == topics.beta.tobytes()


@pytest.mark.slow
def test_shuffled_and_resampled_corpora_are_fitted_with_the_same_start(corpus, small_is_large):
    topics = fit_topics(corpus.counts, n_topics=N_TOPICS, seed=1, n_seeds=4)
    worth = excess_stability(corpus.counts, topics, seed=1, n_shuffles=4, n_resamples=2)
    assert worth.topics["stable"].all()


SCRIPT = """
import hashlib, sys
from analysis.topics.fit import fit_topics
from analysis.topics.planted import plant_topics
counts = plant_topics(4, n_passages=1500).counts
fit = fit_topics(
    counts, n_topics=10, seed=1, n_seeds=2, alpha=0.1, eta_total=100.0, start_passages=700,
    burn_in=30, workers=int(sys.argv[1]),
)
parts = fit.beta.tobytes() + fit.gamma.tobytes() + fit.gamma_draws.tobytes()
print(type(fit.settings).__name__, hashlib.sha256(parts).hexdigest())
"""


@pytest.mark.slow
def test_bits_of_a_start_do_not_depend_on_the_processor_or_its_libraries():
    def told(workers="1", **environment):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, workers],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    alone = told()
    assert alone.startswith("StartedSettings")
    assert told("2") == alone
    assert told(TOMOTOPY_ISA="avx2") == alone
    # Another kernel of linear algebra adds up in another order.
    assert told(OPENBLAS_CORETYPE="SandyBridge") == alone
    assert told(OPENBLAS_NUM_THREADS="2") == alone


@pytest.mark.slow
def test_two_workers_give_the_same_topics_of_a_large_corpus(corpus, small_is_large):
    asked = {"n_topics": N_TOPICS, "seed": 1, "n_seeds": 2}
    one, two = (fit_topics(corpus.counts, **asked, workers=workers) for workers in (1, 2))
    assert one.beta.tobytes() == two.beta.tobytes()
    assert one.gamma_draws.tobytes() == two.gamma_draws.tobytes()


def test_priors_of_a_large_corpus_are_near_those_it_was_drawn_with(corpus, small_is_large):
    small = fit_priors(corpus.counts, n_topics=N_TOPICS, seed=1)
    assert len(small.trials) == 8
    pairs = set(zip(small.trials["alpha"], small.trials["eta_total"], strict=True))
    assert all(priors._is_dark(pair) for pair in pairs)
    assert 0.05 <= small.alpha <= 0.3
    assert small.reason == ""


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"start_passages": -1}, "start_passages is -1; give a whole number from 1."),
        ({"start_passages": 5, "mixed_burn_in": 0.5}, "mixed_burn_in is 0.5"),
        ({"start_pasages": 5}, "There is no setting 'start_pasages'"),
        ({"n_topics": "four"}, "n_topics is 'four'; give a whole number from 1."),
    ],
)
def test_a_start_that_makes_no_sense_is_refused(corpus, given, message):
    with pytest.raises(InputError, match=message):
        fit_topics(corpus.counts, **{"n_topics": N_TOPICS, "seed": 1, **given})

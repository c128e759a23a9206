"""Fits: what plain tomotopy gives, the same everywhere, and right or refused at the edges."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.tables import check_table
from analysis.topics import lda
from analysis.topics.consensus import departures, match_topics
from analysis.topics.fit import fit_topics
from analysis.topics.lda import fit_tomotopy, load_tomotopy
from analysis.topics.result import runs_table
from analysis.topics.settings import BACKENDS, FitSettings, burn_in_for
from analysis.topics.stability import excess_stability
from analysis.topics.term_priors import term_prior

QUICK = {"n_seeds": 4, "alpha": 0.1, "eta_total": 12.0, "burn_in": 60, "n_samples": 5}


def plain_tomotopy(matrix, *, settings, seed):
    """Fit with tomotopy alone, as the notes of `fit_tomotopy` say, and return its model."""
    tomotopy = load_tomotopy()
    totals = matrix.sum(axis=0)
    model = tomotopy.LDAModel(
        k=settings.n_topics,
        alpha=settings.alpha,
        eta=settings.eta_total / (totals > 0).sum(),
        seed=seed,
    )
    model.optim_interval = 0
    for row in matrix:
        model.add_doc([str(term) for term in np.flatnonzero(row) for _ in range(row[term])])
    return model


def test_one_seed_is_plain_tomotopy_where_the_prior_is_symmetric(planted):
    matrix = planted.counts.matrix.toarray()
    chosen = FitSettings(
        n_topics=4, seed=11, n_seeds=1, eta_proportional=0.0, n_samples=1, burn_in=90, thin=10
    )
    model = plain_tomotopy(matrix, settings=chosen, seed=11)
    model.train(100, workers=1, parallel=1)
    expected = np.zeros((4, matrix.shape[1]))
    expected[:, [int(name) for name in model.used_vocabs]] = [
        model.get_topic_word_dist(topic) for topic in range(4)
    ]
    gamma = np.array([document.get_topic_dist() for document in model.docs])
    ours = fit_topics(
        planted.counts,
        n_topics=4,
        seed=11,
        n_seeds=1,
        alpha=chosen.alpha,
        eta_total=chosen.eta_total,
        eta_proportional=0.0,
        n_samples=1,
        burn_in=90,
        thin=10,
    )
    order = np.argmax(ours.beta @ expected.T, axis=1)
    assert sorted(order) == [0, 1, 2, 3]
    np.testing.assert_allclose(ours.beta, expected[order], atol=2e-7)
    np.testing.assert_allclose(ours.gamma, gamma[:, order], atol=2e-7)


def test_priors_of_single_terms_are_those_of_plain_tomotopy(planted):
    matrix = planted.counts.matrix.toarray()
    chosen = FitSettings(
        n_topics=4, seed=5, n_seeds=1, eta_total=30.0, n_samples=3, burn_in=50, thin=10
    )
    prior = term_prior(matrix.sum(axis=0).astype(float), settings=chosen)
    model = plain_tomotopy(matrix, settings=chosen, seed=5)
    for term in np.flatnonzero(prior):
        model.set_word_prior(str(term), [float(prior[term])] * 4)
    model.train(50, workers=1, parallel=1)
    samples = []
    for _ in range(3):
        model.train(10, workers=1, parallel=1)
        words = np.zeros((4, matrix.shape[1]))
        for document in model.docs:
            for term, topic in zip(document.words, document.topics, strict=True):
                words[topic, int(model.used_vocabs[term])] += 1
        samples.append((words + prior) / (words.sum(axis=1, keepdims=True) + 30.0))
    ours = fit_tomotopy(planted.counts.matrix, settings=chosen, seed=5)
    np.testing.assert_allclose(ours.beta, np.mean(samples, axis=0), atol=1e-12)


def test_the_likelihood_is_that_of_griffiths_and_steyvers_by_hand(counts_of):
    # One topic: the words are drawn from one Dirichlet-multinomial. With eta 1 for each of two
    # terms, the words a, a, b have probability 1/2 * 2/3 * 1/4 = 1/12 in this order.
    counts = counts_of([[2, 1]])
    chosen = FitSettings(
        n_topics=1, seed=1, n_seeds=1, eta_total=2.0, eta_proportional=0.0, n_samples=1
    )
    run = fit_tomotopy(counts.matrix, settings=chosen, seed=1)
    assert run.log_likelihood == pytest.approx(np.log(1 / 12) / 3, abs=1e-12)


def test_tables_are_whole(planted, fitted):
    check_table(fitted.topic_terms, "topic_terms")
    check_table(fitted.passage_topics, "passage_topics")
    assert len(fitted.topic_terms) == 4 * 120
    assert set(fitted.topic_terms["term"]) == set(planted.counts.terms)
    assert fitted.topic_terms["topic"].unique().tolist() == [1, 2, 3, 4]
    sums = fitted.topic_terms.groupby("topic")["beta"].sum()
    np.testing.assert_allclose(sums, 1.0, atol=1e-12)
    by_passage = fitted.passage_topics.groupby("passage_id", sort=False)["gamma"].sum()
    assert by_passage.index.tolist() == list(planted.counts.passage_ids)
    np.testing.assert_allclose(by_passage, 1.0, atol=1e-12)
    assert fitted.gamma_draws.shape == (5, 80, 4)
    np.testing.assert_allclose(fitted.gamma_draws.sum(axis=2), 1.0, atol=1e-6)
    assert fitted.topics["share"].sum() == pytest.approx(1.0)
    assert fitted.topics["share"].is_monotonic_decreasing


def test_a_topic_keeps_its_number_in_every_table_and_run(fitted):
    top = fitted.topic_terms.groupby("topic").head(1).set_index("topic")["term"]
    assert [terms.split(", ")[0] for terms in fitted.topics["terms"]] == top.tolist()
    wide = fitted.passage_topics.pivot(index="passage_id", columns="topic", values="gamma")
    np.testing.assert_allclose(
        wide.loc[fitted.passages["passage_id"]].to_numpy(), fitted.gamma, atol=1e-15
    )
    consensus = departures(fitted.beta, frequencies=fitted.frequencies)
    for run in fitted.runs:
        own = departures(run.beta, frequencies=fitted.frequencies)
        assert match_topics(consensus, own).tolist() == [0, 1, 2, 3]
        # Gamma goes with beta: words of a passage are foretold better so than in any other order.
        foretold = run.gamma @ run.beta
        shifted = run.gamma[:, [1, 2, 3, 0]] @ run.beta
        assert np.abs(foretold - shifted).max() > 0.01


def test_planted_topics_are_found_and_stable(planted, fitted):
    from analysis.topics.planted import matched_cosines

    assert matched_cosines(fitted.beta, planted.beta).min() > 0.9
    assert fitted.topics["stability"].min() > 0.9
    assert (fitted.topics["low"] <= fitted.topics["stability"]).all()


# Chosen because tomotopy's sse2 and avx2 part ways here, after some hundred sweeps.
SCRIPT = """
import hashlib, json, os, sys
isa_before = os.environ.get("TOMOTOPY_ISA")
if "--tomotopy-first" in sys.argv:
    import tomotopy
from analysis.topics.planted import plant_topics
from analysis.topics.fit import fit_topics
settings = dict(n_topics=20, seed=1, n_seeds=3, alpha=0.1, eta_total=145.0, eta_proportional=1.0)
fit = fit_topics(plant_topics(1).counts, burn_in=450, workers=int(sys.argv[1]), **settings)
digest = hashlib.sha256()
for part in (fit.beta, fit.gamma, fit.gamma_draws):
    digest.update(part.tobytes())
digest.update(fit.topics.to_csv().encode())
assert os.environ.get("TOMOTOPY_ISA") == isa_before
priors = fit_topics(plant_topics(2, n_passages=60).counts, n_topics=3, seed=1, n_seeds=1, burn_in=9)
print(json.dumps([digest.hexdigest(), priors.settings.alpha, priors.settings.eta_total]))
"""


def in_a_process(*arguments, isa=None):
    environment = {key: value for key, value in os.environ.items() if key != "TOMOTOPY_ISA"}
    if isa is not None:
        environment["TOMOTOPY_ISA"] = isa
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.slow
def test_bits_do_not_depend_on_the_processor_the_workers_or_who_loaded_tomotopy():
    alone = in_a_process("1")
    assert in_a_process("2") == alone
    assert in_a_process("1", isa="avx2") == alone
    assert in_a_process("1", isa="avx512") == alone
    assert in_a_process("1", "--tomotopy-first") == alone


@pytest.mark.slow
@pytest.mark.skipif(not lda.on_x86(), reason="Other processors have one instruction set.")
def test_tomotopy_is_loaded_with_the_oldest_instruction_set_whatever_the_caller_wants():
    code = (
        "import os\n"
        "from analysis.topics.lda import load_tomotopy\n"
        "print(load_tomotopy().isa, os.environ.get('TOMOTOPY_ISA'))\n"
    )
    for wanted in ("avx2", "avx512", "none"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "TOMOTOPY_ISA": wanted},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == ["sse2", wanted]


def test_same_seed_same_bits_and_another_seed_others(planted, fitted):
    again = fit_topics(
        planted.counts, n_topics=4, seed=3, n_seeds=5, alpha=0.1, eta_total=12.0, burn_in=150
    )
    assert again.beta.tobytes() == fitted.beta.tobytes()
    pd.testing.assert_frame_equal(again.topics, fitted.topics)
    other = fit_topics(
        planted.counts, n_topics=4, seed=4, n_seeds=5, alpha=0.1, eta_total=12.0, burn_in=150
    )
    assert other.beta.tobytes() != fitted.beta.tobytes()


def test_a_larger_corpus_has_fewer_sweeps_before_the_first_sample(planted):
    assert [burn_in_for(words) for words in (10, 100_000, 400_000, 1_600_000, 10**9)] == [
        400,
        400,
        200,
        100,
        100,
    ]
    fit = fit_topics(planted.counts, n_topics=2, seed=1, n_seeds=1, alpha=0.1, eta_total=9.0)
    assert fit.settings.burn_in == 400


def test_in_many_passages_gamma_is_looked_at_in_fewer_samples(planted, monkeypatch):
    for n_passages, n_samples, looked_at in (
        (5000, 20, list(range(20))),
        (5001, 20, [1, 3, 5, 7, 9, 11, 13, 15, 17, 19]),
        (20_000, 20, [3, 7, 11, 15, 19]),
        (10**6, 20, [19]),
        (30_000, 5, [0, 2, 4]),
        (10, 1, [0]),
    ):
        assert list(lda.passage_samples(n_passages, n_samples=n_samples)) == looked_at
    settings = FitSettings(n_topics=3, seed=1, burn_in=30, n_samples=8, thin=2)
    all_of_them = fit_tomotopy(planted.counts.matrix, settings=settings, seed=1)
    monkeypatch.setattr(lda, "MOST_LOOKS", 2 * 80)
    some = fit_tomotopy(planted.counts.matrix, settings=settings, seed=1)
    # The sampler goes the same way, and the last sample is among those.
    np.testing.assert_array_equal(some.beta, all_of_them.beta)
    np.testing.assert_array_equal(some.draw, all_of_them.draw)
    np.testing.assert_allclose(some.gamma.sum(axis=1), 1.0)
    np.testing.assert_allclose(some.gamma, all_of_them.gamma, atol=0.2)
    assert some.log_likelihood == pytest.approx(all_of_them.log_likelihood, abs=0.05)


def test_two_equal_passages_and_no_others_have_no_topic_of_their_own(counts_of):
    topics = fit_topics(counts_of([[3, 2, 1], [3, 2, 1]]), n_topics=2, seed=1, **QUICK)
    assert np.isfinite(topics.beta).all()
    np.testing.assert_allclose(topics.gamma.sum(axis=1), 1.0)
    assert topics.topics[["stability", "low", "high"]].notna().all(axis=None)
    assert "Priors are not fitted" not in topics.reason  # they were given
    assert topics.cautions["caution"].tolist()[0] == "equal passages"
    # Beside shuffled corpora it is not called stable.
    worth = excess_stability(
        counts_of([[3, 2, 1], [3, 2, 1]]), topics, seed=1, n_shuffles=4, n_resamples=2
    )
    assert not worth.topics["stable"].any()
    assert worth.topics.notna().all(axis=None)


def test_runs_are_told_beside_the_consensus(fitted):
    table = runs_table(fitted)
    assert len(table) == 4 * 5
    assert table["run"].tolist() == [1, 2, 3, 4, 5] * 4
    assert table["agreement"].between(-1, 1).all()
    assert table["agreement"].mean() > fitted.topics["stability"].mean() - 1e-9
    assert table.query("run == 1")["seed"].tolist() == [3] * 4


def test_neighbouring_seeds_share_no_run():
    one = FitSettings(n_topics=2, seed=1, n_seeds=20).run_seeds()
    two = FitSettings(n_topics=2, seed=2, n_seeds=20).run_seeds()
    assert one[0] == 1
    assert len(set(one)) == 20
    assert not set(one) & set(two)
    assert FitSettings(n_topics=2, seed=1, n_seeds=5).run_seeds() == one[:5]


def test_an_empty_passage_has_the_prior_and_says_so(counts_of):
    rows = [[3, 2, 0, 0], [2, 3, 0, 0], [0, 0, 0, 0], [0, 0, 3, 2], [0, 0, 2, 3]]
    topics = fit_topics(counts_of(rows), n_topics=2, seed=1, **QUICK)
    gamma = topics.passage_topics.query("passage_id == 'p2'")["gamma"]
    np.testing.assert_allclose(gamma, 0.5, atol=1e-6)
    assert "p2 without a counted word" in topics.cautions["detail"].iloc[0]
    assert np.isfinite(topics.topic_terms["beta"]).all()
    # It weighs nothing in the shares.
    without = fit_topics(counts_of([row for row in rows if any(row)]), n_topics=2, seed=1, **QUICK)
    np.testing.assert_allclose(topics.topics["share"], without.topics["share"], atol=1e-12)


def test_nmf_leaves_an_empty_passage_undefined_with_a_reason(counts_of):
    rows = [[3, 2, 0, 0], [2, 3, 0, 0], [0, 0, 0, 0], [0, 0, 3, 2], [0, 0, 2, 3]]
    topics = fit_topics(counts_of(rows), n_topics=2, seed=1, n_seeds=2, backend="sklearn-nmf")
    by_passage = topics.passage_topics.groupby("passage_id")["gamma"]
    assert by_passage.apply(lambda gamma: gamma.isna().all()).tolist() == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert "p2" in topics.cautions["detail"].iloc[0]
    assert topics.topics["share"].sum() == pytest.approx(1.0)


def test_two_equal_passages_are_fitted_and_named(counts_of):
    rows = [[3, 2, 0, 0], [3, 2, 0, 0], [0, 0, 3, 2], [0, 0, 2, 3]]
    topics = fit_topics(counts_of(rows), n_topics=2, seed=1, **QUICK)
    equal = topics.cautions.query("caution == 'equal passages'")["detail"].tolist()
    assert equal == [
        "p1 has the same words as p0: what they share counts twice.",
    ]
    assert np.isfinite(topics.beta).all()


def test_one_topic_is_the_corpus_itself_whatever_the_seed(counts_of):
    # Posterior mean: (words + prior) / (all words + eta_total), prior half as corpus, half even.
    rows = [[3, 1, 0], [2, 0, 0]]
    topics = fit_topics(counts_of(rows), n_topics=1, seed=1, **QUICK | {"eta_total": 4.0})
    prior = 4.0 * (0.5 * np.array([5, 1, 0]) / 6 + 0.5 * np.array([0.5, 0.5, 0]))
    np.testing.assert_allclose(topics.beta[0], (np.array([5, 1, 0]) + prior) / 10, atol=1e-7)
    np.testing.assert_allclose(topics.gamma, 1.0)
    assert topics.topics["stability"].isna().all()
    assert "One topic is the corpus itself" in topics.reason


def test_one_passage_has_one_topic_and_no_two(counts_of):
    counts = counts_of([[3, 1, 2]])
    assert len(fit_topics(counts, n_topics=1, seed=1, **QUICK).topics) == 1
    with pytest.raises(InputError, match=r"n_topics is 2, but only 1 of the passages have words"):
        fit_topics(counts, n_topics=2, seed=1, **QUICK)


def test_a_term_that_never_occurs_is_kept_at_zero(counts_of):
    rows = [[3, 2, 0, 0, 0], [2, 3, 0, 0, 0], [0, 0, 3, 2, 0], [0, 0, 2, 3, 0]]
    for backend in BACKENDS:
        topics = fit_topics(counts_of(rows), n_topics=2, seed=1, backend=backend, n_seeds=2)
        absent = topics.topic_terms.query("term == 't004'")["beta"]
        assert len(absent) == 2
        assert absent.max() < 0.05
        assert np.isfinite(topics.topic_terms["beta"]).all()


@pytest.mark.parametrize(
    ("rows", "n_topics", "message"),
    [
        ([[0, 0], [0, 0]], 1, "None of the 2 passages has a word left"),
        ([[1, 2], [2, 1], [0, 0]], 3, "only 2 of the passages have words; ask for at most 2"),
        ([[3], [2], [4]], 2, "one term alone"),
    ],
)
def test_counts_that_hold_no_such_topics(counts_of, rows, n_topics, message):
    with pytest.raises(InputError, match=message):
        fit_topics(counts_of(rows), n_topics=n_topics, seed=1, **QUICK)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"n_topics": 0}, "n_topics is 0; give a whole number from 1"),
        ({"n_topics": 2.0}, "n_topics is 2.0"),
        ({"n_topics": True}, "n_topics is True"),
        ({"seed": -1}, "seed is -1; give a whole number from 0"),
        ({"seed": 2**40}, "up to 2147483647"),
        ({"n_seeds": 0}, "n_seeds is 0"),
        ({"alpha": 0.0}, "alpha is 0.0; give a number above 0"),
        ({"eta_total": float("inf")}, "eta_total is inf"),
        ({"eta_proportional": 1.5}, "eta_proportional is 1.5; give a share from 0 to 1"),
        ({"n_samples": 0}, "n_samples is 0"),
        ({"backend": "mallet"}, "There is no backend 'mallet': use one of tomotopy, gensim"),
        ({"backend": "LdaMulticore"}, "gives other topics each time"),
        ({"iterations": 5}, "There is no setting 'iterations'"),
        ({"workers": 0}, "workers is 0"),
    ],
)
def test_settings_that_make_no_sense(planted, settings, message):
    with pytest.raises(InputError, match=message):
        fit_topics(planted.counts, **{"n_topics": 3, "seed": 1} | QUICK | settings)


def test_what_is_no_count_is_told(planted):
    with pytest.raises(InputError, match="takes TermCounts, not a list; count first"):
        fit_topics([[1, 0]], n_topics=2, seed=1)


@pytest.mark.parametrize("given", [{"alpha": -1.0}, {"eta_total": "much"}])
def test_a_prior_that_makes_no_sense_is_told_before_the_other_is_fitted(
    planted, monkeypatch, given
):
    monkeypatch.setattr("analysis.topics.fit.fit_priors", None)
    (name,) = given
    with pytest.raises(InputError, match=f"{name} is .*; give a number above 0"):
        fit_topics(planted.counts, n_topics=3, seed=1, **given)


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_backend_finds_what_is_plain_and_repeats_itself(counts_of, backend):
    rng = np.random.default_rng(1)
    sides = np.kron(np.eye(2, dtype=int), np.ones(10, dtype=int))
    counts = counts_of([rng.poisson(2.5 * sides[row % 2] + 0.05) for row in range(60)])
    topics = fit_topics(
        counts, n_topics=2, seed=2, backend=backend, n_seeds=3, alpha=0.1, eta_total=5.0
    )
    halves = np.array([topics.beta[:, :10].sum(axis=1), topics.beta[:, 10:].sum(axis=1)])
    assert halves.max(axis=0).min() > 0.9
    assert sorted(halves.argmax(axis=0)) == [0, 1]
    again = fit_topics(
        counts, n_topics=2, seed=2, backend=backend, n_seeds=3, alpha=0.1, eta_total=5.0
    )
    assert again.beta.tobytes() == topics.beta.tobytes()
    assert again.gamma_draws.tobytes() == topics.gamma_draws.tobytes()


def test_gensim_is_called_weak_on_a_small_corpus(planted):
    topics = fit_topics(planted.counts, n_topics=4, seed=1, backend="gensim", **QUICK)
    weak = topics.cautions.query("caution == 'weak backend'")
    assert len(weak) == 1
    assert weak["topic"].isna().all()


def test_fewer_than_four_seeds_have_no_interval_and_one_no_stability(planted):
    two = fit_topics(planted.counts, n_topics=3, seed=1, **QUICK | {"n_seeds": 2})
    assert two.topics["stability"].notna().all()
    assert two.topics[["low", "high"]].isna().all(axis=None)
    assert "From fewer than 4 seeds stability has no interval" in two.reason
    one = fit_topics(planted.counts, n_topics=3, seed=1, **QUICK | {"n_seeds": 1})
    assert one.topics[["stability", "stability_top10"]].isna().all(axis=None)


def test_the_environment_stays_as_it_was_and_the_isa_is_recorded(fitted):
    if lda.on_x86():
        assert load_tomotopy().isa == "sse2"
        assert fitted.provenance["isa"] == "sse2"
    assert len(fitted.provenance["counts_sha256"]) == 64


def test_a_draw_of_gamma_spreads_around_gamma(fitted):
    draws, gamma = fitted.gamma_draws, fitted.gamma
    assert np.abs(draws.mean(axis=0) - gamma).mean() < 0.06
    assert draws.std(axis=0).mean() > 0.01


def test_alpha_can_follow_the_passages(planted):
    fixed = fit_topics(planted.counts, n_topics=4, seed=3, **QUICK | {"alpha": 5.0})
    free = fit_topics(
        planted.counts, n_topics=4, seed=3, optimise_alpha=True, **QUICK | {"alpha": 5.0}
    )
    # The passages were drawn with alpha .1: most are of one topic.
    assert free.gamma.max(axis=1).mean() > fixed.gamma.max(axis=1).mean() + 0.1


def test_the_digest_of_the_counts_knows_every_part(counts_of):
    from analysis.topics.counting import counts_digest

    one = counts_of([[1, 2], [0, 3]])
    assert counts_digest(one) == counts_digest(counts_of([[1, 2], [0, 3]]))
    others = [
        counts_of([[1, 2], [3, 0]]),
        counts_of([[1, 2], [0, 3]], terms=["a", "b"]),
        counts_of([[1, 2], [0, 3]], doc_ids=["d", "e"]),
    ]
    assert len({counts_digest(counts) for counts in [one, *others]}) == 4


def test_it_shows_itself(fitted):
    shown = fitted._repr_html_()
    assert "TopicResult" in shown
    assert "stability" in shown


def test_a_kept_fit_is_the_fit(planted, fitted, tmp_path):
    settings = {"n_topics": 4, "seed": 3, "n_seeds": 5, "alpha": 0.1, "eta_total": 12.0}
    made = fit_topics(planted.counts, burn_in=150, keep=tmp_path, **settings)
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()
    read = fit_topics(planted.counts, burn_in=150, keep=tmp_path, **settings)
    assert path.read_bytes() == before
    assert read.settings == made.settings == fitted.settings
    for one, other in zip(read.runs, made.runs, strict=True):
        assert one.seed == other.seed
        assert one.beta.tobytes() == other.beta.tobytes()
        assert one.gamma.tobytes() == other.gamma.tobytes()
    for name in ("topics", "topic_terms", "passage_topics", "passages", "cautions"):
        pd.testing.assert_frame_equal(getattr(read, name), getattr(made, name))
    assert read.provenance == made.provenance
    assert read.terms == made.terms
    fit_topics(planted.counts, burn_in=151, keep=tmp_path, **settings)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_damaged_kept_fit_is_named(planted, tmp_path):
    from analysis.errors import CorpusError

    settings = {"n_topics": 2, "seed": 3, **QUICK}
    fit_topics(planted.counts, keep=tmp_path, **settings)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(CorpusError, match=r"topics-\w+\.zip is damaged .*; delete it"):
        fit_topics(planted.counts, keep=tmp_path, **settings)


def test_the_bytes_of_a_kept_fit_hold_no_clock(planted, tmp_path):
    from analysis.packed import pack

    topics = fit_topics(planted.counts, n_topics=2, seed=3, **QUICK)
    assert hashlib.sha256(pack(topics)).digest() == hashlib.sha256(pack(replace(topics))).digest()
    assert json.dumps(dict(topics.provenance))


def test_a_kept_fit_is_found_on_another_processor(planted, tmp_path, monkeypatch):
    fitted = fit_topics(planted.counts, n_topics=2, seed=3, keep=tmp_path, **QUICK)
    monkeypatch.setattr("platform.machine", lambda: "aarch64")
    found = fit_topics(planted.counts, n_topics=2, seed=3, keep=tmp_path, **QUICK)
    assert dict(found.provenance) == dict(fitted.provenance)
    assert len(list(tmp_path.iterdir())) == 1

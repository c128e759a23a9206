"""Contrasts of groups of texts: sizes matched, ranks among parts, tests where texts suffice."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.errors import InputError
from analysis.topics.contrasts import contrast_topics
from analysis.topics.lda import Run
from analysis.topics.result import shares_by_text
from analysis.topics.stretches import cut_stretches, energy_distance, mean_pieces
from analysis.topics.text_test import compare_groups


def made_topics(fitted, gamma, *, doc_ids, words=None, draws=None):
    """Return a result with this gamma, for what is worked out from gamma alone."""
    gamma = np.asarray(gamma, dtype=float)
    draws = [gamma] if draws is None else draws
    runs = tuple(
        Run(seed=number, beta=fitted.beta[:2], gamma=gamma, draw=draw, log_likelihood=0.0)
        for number, draw in enumerate(draws)
    )
    passages = pd.DataFrame(
        {
            "passage_id": [f"p{row}" for row in range(len(gamma))],
            "doc_id": doc_ids,
            "n_words": np.full(len(gamma), 10) if words is None else words,
        }
    )
    settings = replace(fitted.settings, n_topics=gamma.shape[1])
    return replace(fitted, passages=passages, runs=runs, settings=settings)


def test_shares_by_text_weigh_passages_by_their_words(fitted):
    gamma = [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [0.2, 0.8]]
    topics = made_topics(fitted, gamma, doc_ids=["a", "a", "b", "c"], words=[30, 10, 5, 0])
    shares = shares_by_text(topics).pivot(index="doc_id", columns="topic", values="share")
    np.testing.assert_allclose(shares.loc["a"], [0.75, 0.25])
    np.testing.assert_allclose(shares.loc["b"], [0.5, 0.5])
    assert shares.loc["c"].isna().all()


def test_energy_distance_by_hand():
    # Between: 1, 3, 0, 2, mean 1.5; within 1 and 2: twice 1.5 less 3.
    one, other = np.array([[0.0], [1.0]]), np.array([[1.0], [3.0]])
    assert energy_distance(one, other) == pytest.approx(2 * (1 + 3 + 0 + 2) / 4 - 1 - 2)


def test_energy_distance_of_like_samples_is_zero_in_the_mean():
    rng = np.random.default_rng(2)
    found = [energy_distance(*rng.normal(size=(2, 3, 4))) for _ in range(3000)]
    assert np.mean(found) == pytest.approx(0.0, abs=4 * np.std(found) / 3000**0.5)


def test_pieces_weigh_passages_by_their_words():
    gamma = np.array([[1.0, 0.0], [0.0, 1.0], [0.2, 0.8], [0.2, 0.8]])
    found = mean_pieces(gamma, words=np.array([3.0, 1.0, 1.0, 9.0]), n_pieces=2)
    np.testing.assert_allclose(found, [[0.75, 0.25], [0.2, 0.8]])


def test_stretches_are_of_one_size_beside_each_other_and_of_one_text(fitted):
    gamma = np.tile([0.5, 0.5], (20, 1))
    words = np.full(20, 10)
    words[2] = 0
    topics = made_topics(fitted, gamma, doc_ids=["a"] * 14 + ["b"] * 6, words=words)
    stretches = cut_stretches(topics, groups=["A"] * 20, n_passages=2, n_pieces=3)
    assert [(one.doc_id, one.first_passage) for one in stretches] == [
        ("a", "p0"),
        ("a", "p8"),
        ("b", "p14"),
    ]
    assert all(one.passages.shape == (6, 2) for one in stretches)


def test_a_group_apart_is_ranked_above_the_parts_of_texts(fitted):
    rng = np.random.default_rng(5)
    means = {"a": 8.0, "b": 3.0, "c": 3.0}
    doc_ids = [text for text in means for _ in range(24)]
    gamma = np.array([rng.dirichlet([means[text], 3.0]) for text in doc_ids])
    topics = made_topics(fitted, gamma, doc_ids=doc_ids)
    groups = {"a": "A", "b": "B", "c": "B"}
    found = contrast_topics(topics, groups=groups, seed=1, n_passages=4, n_pieces=3)
    effects = found.effects.set_index("measure")
    assert effects.loc["all topics", "rank"] == 1.0
    # Shares of topic 1 are 8/11 and 1/2.
    assert effects.loc["topic 1", "effect"] == pytest.approx(8 / 11 - 0.5, abs=0.05)
    assert found.pairs.groupby("kind").size().to_dict() == {
        "different groups": 2 * 4,
        "same group": 2 * 2,
        "within text": 3,
        "random split": 150,
    }
    assert "too few (A 1, B 2); a test takes 4 a group" in found.reason
    # No p-value anywhere, whatever the rank.
    assert not [name for name in found.effects.columns if name.startswith("p")]
    # The other way round: texts of one group as far apart as the groups.
    mixed = contrast_topics(
        topics, groups={"a": "A", "b": "B", "c": "A"}, seed=1, n_passages=4, n_pieces=3
    )
    assert mixed.effects["rank"].iloc[0] < 0.8


def test_a_random_split_is_a_floor_below_contiguous_parts(fitted):
    # A text that changes half way: its halves differ, its random halves do not.
    gamma = np.array([[0.9, 0.1]] * 12 + [[0.1, 0.9]] * 12 + [[0.5, 0.5]] * 24)
    topics = made_topics(fitted, gamma, doc_ids=["a"] * 24 + ["b"] * 24)
    found = contrast_topics(topics, groups={"a": "A", "b": "B"}, seed=1, n_passages=4, n_pieces=3)
    of_a = found.pairs.query("text_a == 'a' and text_b == 'a'").groupby("kind")["distance"]
    assert of_a.median()["within text"] > 1.0
    assert abs(of_a.median()["random split"]) < 0.2


def test_a_stretch_lies_in_one_run_of_one_group(fitted):
    topics = made_topics(fitted, np.tile([0.5, 0.5], (16, 1)), doc_ids=["a"] * 16)
    groups = ["x"] * 5 + ["y"] * 4 + [None] + ["x"] * 6
    stretches = cut_stretches(topics, groups=groups, n_passages=2, n_pieces=2)
    assert [(one.group, one.first_passage) for one in stretches] == [
        ("x", "p0"),
        ("y", "p5"),
        ("x", "p10"),
    ]


def test_passages_are_contrasted_by_section_within_a_text(fitted):
    # The first half of each text is of topic 1, the second of topic 2; texts are alike.
    rng = np.random.default_rng(4)
    half = [rng.dirichlet([9.0, 1.0]) for _ in range(24)]
    gamma = [*half[:12], *(row[::-1] for row in half[:12])] * 2
    topics = made_topics(fitted, gamma, doc_ids=["a"] * 24 + ["b"] * 24)
    section = {f"p{row}": "first" if row % 24 < 12 else "second" for row in range(48)}
    found = contrast_topics(topics, groups=section, seed=1, n_passages=3, n_pieces=2)
    effects = found.effects.set_index("measure")
    assert effects.loc["all topics", "rank"] == 1.0
    assert effects.loc["topic 1", "effect"] == pytest.approx(0.8, abs=0.1)
    # Two stretches a text and section: 4 by 4 apart, 4 pairs within, 8 in the other text.
    assert found.pairs.groupby("kind").size().to_dict() == {
        "different groups": 16,
        "same group": 8,
        "within text": 4,
        "random split": 200,
    }
    assert "groups share texts" in found.reason
    # Passages without a group are left out.
    some = {passage: name for passage, name in section.items() if int(passage[1:]) < 24}
    part = contrast_topics(topics, groups=some, seed=1, n_passages=3, n_pieces=2)
    assert set(part.pairs["text_a"]) | set(part.pairs["text_b"]) == {"a"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"groups": {"a": "A"}}, "The text 'b' has no group"),
        ({"n_pieces": 1}, "n_pieces 1"),
        ({"groups": {"a": "A", "b": "A"}}, "exist in one group alone"),
        ({"n_passages": 50}, "exist in one group alone"),
    ],
)
def test_contrasts_that_make_no_sense(fitted, change, message):
    topics = made_topics(fitted, np.tile([0.5, 0.5], (40, 1)), doc_ids=["a"] * 20 + ["b"] * 20)
    settings = {"groups": {"a": "A", "b": "B"}, "n_passages": 4, "n_pieces": 3} | change
    with pytest.raises(InputError, match=message):
        contrast_topics(topics, seed=1, **settings)


def texts_of(shares):
    """Return gamma and doc_ids of texts of one passage each."""
    return [[share, 1 - share] for share in shares], [f"x{number}" for number in range(len(shares))]


def grouped(doc_ids, *, n_first):
    return {text: "A" if number < n_first else "B" for number, text in enumerate(doc_ids)}


def test_without_doubt_in_gamma_the_test_is_welch_s_of_the_logits(fitted):
    shares = np.array([0.31, 0.42, 0.55, 0.47, 0.12, 0.25, 0.22, 0.3, 0.18])
    gamma, doc_ids = texts_of(shares)
    topics = made_topics(fitted, gamma, doc_ids=doc_ids, draws=[np.array(gamma)] * 3)
    found = compare_groups(topics, groups=grouped(doc_ids, n_first=4), seed=1)
    logits = np.log(shares / (1 - shares))
    welch = stats.ttest_ind(logits[:4], logits[4:], equal_var=False)
    first = found.table.iloc[0]
    assert first["p"] == pytest.approx(welch.pvalue)
    assert (first["low"], first["high"]) == pytest.approx(welch.confidence_interval())
    assert first["difference"] == pytest.approx(shares[:4].mean() - shares[4:].mean())
    # Two topics of one decision: Holm doubles both.
    np.testing.assert_allclose(found.table["p_holm"], np.minimum(2 * welch.pvalue, 1))
    assert found.n_texts == (4, 5)


def test_the_test_over_all_topics_looks_at_every_division(fitted):
    # Groups wholly apart: of C(8, 4) = 70 divisions this one and its mirror are farthest.
    gamma, doc_ids = texts_of([0.8, 0.82, 0.84, 0.86, 0.1, 0.12, 0.14, 0.16])
    topics = made_topics(fitted, gamma, doc_ids=doc_ids)
    found = compare_groups(topics, groups=grouped(doc_ids, n_first=4), seed=1)
    assert found.p == pytest.approx(2 / 70)
    assert found.distance == pytest.approx(
        energy_distance(np.array(gamma)[:4], np.array(gamma)[4:])
    )


def test_doubt_in_gamma_widens_the_interval(fitted):
    gamma, doc_ids = texts_of([0.31, 0.42, 0.55, 0.47, 0.12, 0.25, 0.22, 0.3])
    rng = np.random.default_rng(1)
    shaken = [
        np.column_stack([share, 1 - share])
        for share in np.clip(np.array(gamma)[:, 0] + rng.normal(0, 0.1, size=(20, 8)), 0.02, 0.98)
    ]
    groups = grouped(doc_ids, n_first=4)
    sure = compare_groups(made_topics(fitted, gamma, doc_ids=doc_ids), groups=groups, seed=1)
    unsure = compare_groups(
        made_topics(fitted, gamma, doc_ids=doc_ids, draws=shaken), groups=groups, seed=1
    )
    widths = [test.table["high"].iloc[0] - test.table["low"].iloc[0] for test in (sure, unsure)]
    assert widths[1] > 1.2 * widths[0]
    assert unsure.table["p"].iloc[0] > sure.table["p"].iloc[0]


def test_one_text_against_two_has_differences_and_no_p(fitted):
    gamma, doc_ids = texts_of([0.9, 0.1, 0.2])
    topics = made_topics(fitted, gamma, doc_ids=doc_ids)
    found = compare_groups(topics, groups=grouped(doc_ids, n_first=1), seed=1)
    assert found.reason == ("No p-value: of texts A has 1 and B has 2, and a test takes 4 a group.")
    assert found.table["difference"].iloc[0] == pytest.approx(0.75)
    assert found.table[["low", "high", "p", "p_holm"]].isna().all(axis=None)
    assert np.isnan(found.p)


def test_three_groups_are_refused(fitted):
    gamma, doc_ids = texts_of([0.9, 0.1, 0.2])
    topics = made_topics(fitted, gamma, doc_ids=doc_ids)
    with pytest.raises(InputError, match=r"There are 3 groups \(x0, x1, x2\); give two"):
        compare_groups(topics, groups={text: text for text in doc_ids}, seed=1)


def test_many_texts_are_divided_at_random_from_the_seed(fitted):
    rng = np.random.default_rng(8)
    gamma, doc_ids = texts_of(rng.uniform(0.2, 0.8, 24))
    topics = made_topics(fitted, gamma, doc_ids=doc_ids)
    groups = grouped(doc_ids, n_first=12)
    one, same, other = (compare_groups(topics, groups=groups, seed=seed).p for seed in (1, 1, 2))
    assert one == same
    assert one == pytest.approx(other, abs=0.05)
    assert one > 0.01

"""Consensus trees: planted clusters, counting, nesting, layout, and what is refused."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.authors.clades import children_of, layout, newick
from analysis.authors.reference import KnownAuthors, KnownText
from analysis.authors.resampling import Forest, grow, passage_counts
from analysis.authors.tree_calibration import calibrate_tree
from analysis.authors.trees import consensus_tree
from analysis.errors import InputError

BANDS = (20, 40)


def texts(clusters: dict[str, int], *, differ: float, seed: int = 0) -> dict[str, str]:
    """Return made texts: as many of each cluster, whose log rates differ by this sd."""
    rng = np.random.default_rng(seed)
    base = -np.log(np.arange(1, 61) + 2.0)
    made = {}
    for cluster, count in clusters.items():
        rates = np.exp(base + differ * rng.normal(size=60))
        for number in range(count):
            words = rng.choice(60, size=1500, p=rates / rates.sum())
            made[f"{cluster}{number}"] = " ".join(f"w{word:02d}" for word in words)
    return made


def test_perfect_clusters_are_supported(made_tokens) -> None:
    tokens = made_tokens(texts({"a": 3, "b": 3, "c": 3}, differ=1.0))
    result = consensus_tree(tokens, n_terms=BANDS, n_resamples=50, passage_words=50)
    support = result.clades.set_index("clade")["support"]
    for cluster in "abc":
        assert support[" + ".join(f"{cluster}{number}" for number in range(3))] > 0.95
    assert result.n_trees == 100
    # Every tree of nine leaves has seven sets beside the root.
    assert support.sum() == pytest.approx(7)
    assert "probability" in result.support_is


def test_texts_alike_have_no_supported_branch(made_tokens) -> None:
    tokens = made_tokens(texts({"a": 6}, differ=0.0))
    result = consensus_tree(tokens, n_terms=BANDS, n_resamples=100, passage_words=50)
    assert result.clades["support"].max() < 0.9


def test_order_and_names_change_nothing(made_tokens) -> None:
    made = texts({"a": 2, "b": 2}, differ=0.3)
    there = consensus_tree(made_tokens(made), n_terms=BANDS, n_resamples=200, passage_words=50)
    again = consensus_tree(made_tokens(made), n_terms=BANDS, n_resamples=200, passage_words=50)
    pd.testing.assert_frame_equal(there.clades, again.clades)
    turned = consensus_tree(
        made_tokens(dict(reversed(made.items()))), n_terms=BANDS, n_resamples=200, passage_words=50
    )
    ours = {frozenset(c.split(" + ")): s for c, s in there.clades[["clade", "support"]].values}
    theirs = {frozenset(c.split(" + ")): s for c, s in turned.clades[["clade", "support"]].values}
    for clade in set(ours) | set(theirs):
        assert ours.get(clade, 0) == theirs.get(clade, 0)


def test_a_band_is_the_first_words_alone() -> None:
    rng = np.random.default_rng(1)
    leaves = [rng.choice(50, size=600, p=rng.dirichlet(np.ones(50))) for _ in range(6)]
    settings = {"n_resamples": 20, "passage_words": 30}
    whole = grow(leaves, forest=Forest(bands=(10, 30), **settings), n_vocabulary=50, seed=1)
    parts: Counter[int] = Counter()
    # The resamples are the same, since the draws do not depend on the words.
    for band in (10, 30):
        parts += grow(leaves, forest=Forest(bands=(band,), **settings), n_vocabulary=50, seed=1)
    assert whole == parts


def test_bands_of_other_measures() -> None:
    rng = np.random.default_rng(1)
    leaves = [rng.choice(50, size=600, p=rng.dirichlet(np.ones(50))) for _ in range(4)]
    for measure in ("cosine_delta", "minmax", "eder"):
        forest = Forest(bands=(10, 30), n_resamples=5, passage_words=30, measure=measure)
        assert grow(leaves, forest=forest, n_vocabulary=50, seed=1).total() == 10 * 2


def test_counts_by_passage_by_hand() -> None:
    leaves = [np.array([0, 1, 1, 2, 1]), np.array([2, 2, 0, 1])]
    counts = passage_counts(leaves, n_vocabulary=3, n_terms=2, passage_words=2)
    # Words 1 and 2 occur three times each in whole passages, word 0 twice.
    assert [passages.tolist() for passages in counts] == [[[1, 0], [1, 1]], [[0, 2], [1, 0]]]


def test_long_texts_may_be_two_leaves(made_tokens) -> None:
    made = texts({"a": 1, "b": 1, "c": 1}, differ=0.8)
    made["c0"] = " ".join(made["c0"].split()[:1000])
    result = consensus_tree(
        made_tokens(made), n_terms=(20,), n_resamples=20, passage_words=50, half_words=600
    )
    assert result.leaves == ("a0 a", "a0 b", "b0 a", "b0 b", "c0")
    assert result.clades.set_index("clade").loc["a0 a + a0 b", "support"] > 0.95


def test_supports_are_set_beside_those_of_all_different_authors(made_tokens, tmp_path) -> None:
    rng = np.random.default_rng(2)
    known = KnownAuthors(
        texts=tuple(
            KnownText(
                author=f"A{number}", title="", year=None,
                words=rng.choice(60, size=2000, p=rng.dirichlet(np.full(60, 5))).astype(np.int32),
            )
            for number in range(6)
        ),
        vocabulary=tuple(map(str, range(60))), name="made", population="",
    )  # fmt: skip
    tokens = made_tokens(texts({"a": 2, "b": 1}, differ=1.0))
    tree = consensus_tree(tokens, n_terms=(20,), n_resamples=20, passage_words=50)
    assert tree.clades["share_different"].isna().all()
    calibrated = calibrate_tree(tree, known, n_draws=10)
    share = calibrated.clades["share_different"]
    assert share.between(0, 1).all()
    # A lower support is reached by no fewer draws.
    assert share.is_monotonic_increasing
    assert calibrated.reference == "made"
    assert "share_different" in calibrated.plot_table()
    for _ in range(2):
        again = calibrate_tree(tree, known, n_draws=10, keep=tmp_path)
        assert again.clades.equals(calibrated.clades)
    assert len(list(tmp_path.iterdir())) == 1
    calibrate_tree(
        tree, replace(known, vocabulary=(*known.vocabulary, "60")), n_draws=10, keep=tmp_path
    )
    assert len(list(tmp_path.iterdir())) == 2


def test_a_reference_that_is_too_small_is_a_refusal(made_tokens) -> None:
    tokens = made_tokens(texts({"a": 3}, differ=1.0))
    tree = consensus_tree(tokens, n_terms=(20,), n_resamples=5, passage_words=50)
    none = KnownAuthors(texts=(), vocabulary=(), name="none", population="")
    calibrated = calibrate_tree(tree, none, n_draws=10)
    assert "too few authors" in calibrated.reason
    assert calibrated.clades["share_different"].isna().all()


def test_sets_nest_and_are_written() -> None:
    leaves = ("a", "b", "c", "d", "e")
    support = {("b", "c"): 0.9, ("b", "c", "d"): 0.6}
    nested = children_of(leaves, list(support))
    assert nested[leaves] == [("a",), ("b", "c", "d"), ("e",)]
    assert nested["b", "c", "d"] == [("b", "c"), ("d",)]
    assert newick(leaves, support=support) == "('a',(('b','c')0.90,'d')0.60,'e');"


def test_layout_by_hand() -> None:
    table = layout(("a", "b", "c"), clades=[("a", "c")]).set_index("clade")
    # Leaves from the top: a, c, b. The set stands between its children, the root between its own.
    assert table.loc[["a", "c", "b"], "y"].tolist() == [0, 1, 2]
    assert table.loc["a + c", ["x", "y"]].tolist() == [1, 0.5]
    assert table.loc["a + b + c", ["x", "y"]].tolist() == [0, 1.25]
    assert set(table.loc[["a", "b", "c"], "x"]) == {2}
    assert table.loc["a", "parent"] == table.loc["a + c", "node"]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"measure": "delta"}, "measure 'delta'"),
        ({"linkage": "nearest"}, "linkage 'nearest'"),
        ({"passage_words": 900}, "fewer than two passages"),
        ({"n_resamples": 0}, "n_resamples is 0"),
        ({"half_words": 0}, "half_words is 0"),
    ],
)
def test_bad_input_is_told_in_one_sentence(made_tokens, settings, says) -> None:
    with pytest.raises(InputError, match=says):
        consensus_tree(made_tokens(texts({"a": 3}, differ=0.5)), **settings)


def test_two_texts_make_no_tree(made_tokens) -> None:
    with pytest.raises(InputError, match="three leaves"):
        consensus_tree(made_tokens(texts({"a": 2}, differ=0.5)))

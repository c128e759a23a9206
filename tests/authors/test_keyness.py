"""Keyness: against R, by hand, invariants, what passages add, and what is refused."""

import csv
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from analysis.authors.keyness import KeynessResult, keyness
from analysis.authors.keyness_measures import benjamini_hochberg, deviation_of_proportions
from analysis.errors import InputError
from analysis.tables import SCHEMAS
from analysis.text.counts import TermCounts, count_terms

TOY = [
    {name: float(value) for name, value in row.items()}
    for row in csv.DictReader((Path(__file__).parent / "data" / "keyness_toy.csv").open())
]
counts_by_term = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 50), min_size=2)


def two_words(row: dict[str, float]) -> KeynessResult:
    target = pd.Series({"word": row["a"], "others": row["N1"] - row["a"]})
    return keyness(target, pd.Series({"word": row["b"], "others": row["N2"] - row["b"]}))


def passages(rows: list[list[int]], *, doc: str = "t", terms: str = "abc") -> TermCounts:
    return TermCounts(
        matrix=sparse.csr_array(np.array(rows)),
        passage_ids=tuple(f"{doc}:{number:04d}" for number in range(len(rows))),
        doc_ids=(doc,) * len(rows),
        terms=tuple(terms[: len(rows[0])]),
    )


@pytest.mark.parametrize("row", TOY, ids=lambda row: f"{row['a']:g}/{row['b']:g}")
def test_measures_are_those_computed_in_r(row) -> None:
    ours = two_words(row).table.set_index("term").loc["word"]
    for name, theirs in {
        "log_likelihood": "G2_2cell",
        "log_likelihood_4": "G2_4cell",
        "log_ratio": "log_ratio",
        "low": "lr_lo",
        "high": "lr_hi",
        "odds_ratio": "odds_ratio_haldane",
    }.items():
        assert ours[name] == pytest.approx(row[theirs], rel=1e-9), name
    assert ours["n_target"] == row["a"]
    assert ours["per_million_target"] == pytest.approx(1e6 * row["a"] / row["N1"])


def test_the_table_is_the_one_declared() -> None:
    table = two_words(TOY[0]).table
    assert tuple(table.columns) == SCHEMAS["keyness"].names
    assert table[["p_wilcoxon", "cliffs_delta", "dispersion_target"]].isna().all(axis=None)


def test_a_term_of_either_side_is_a_row_and_one_of_neither_is_not() -> None:
    table = keyness(pd.Series({"a": 3, "c": 0}), pd.Series({"b": 1, "a": 0})).table
    assert set(table["term"]) == {"a", "b"}
    assert table["n_target"].sum() == 3


def test_fightin_words_by_hand() -> None:
    # Prior of 10 words: 4 for a word with 4 of the 10 tokens.
    result = keyness(
        pd.Series({"x": 3, "y": 2}), pd.Series({"x": 1, "y": 4}), prior_words=10
    ).table.set_index("term")
    difference = math.log(7 / (15 - 7)) - math.log(5 / (15 - 5))
    assert result.loc["x", "z_fightin_words"] == pytest.approx(
        difference / math.sqrt(1 / 7 + 1 / 5)
    )


def test_words_are_ranked_by_the_end_nearer_to_zero() -> None:
    target = pd.Series({"often": 400, "once": 1, "same": 600, "never": 0})
    reference = pd.Series({"often": 100, "once": 0, "same": 600, "never": 300})
    result = keyness(target, reference)
    # "never" has the surest ratio, "once" a large one that may be chance.
    assert result.table["term"].tolist() == ["never", "often", "same", "once"]
    assert result.top(1)["term"].tolist() == ["often", "never"]
    assert result.plot_table(1)["side"].tolist() == ["target", "reference"]


@settings(max_examples=30, deadline=None)
@given(counts_by_term, counts_by_term)
def test_exchanging_the_sides_turns_every_sign(target, reference) -> None:
    if not sum(target.values()) or not sum(reference.values()):
        return
    there = keyness(pd.Series(target), pd.Series(reference)).table.set_index("term")
    back = keyness(pd.Series(reference), pd.Series(target)).table.set_index("term")
    back = back.loc[there.index]
    for name in ("log_ratio", "z_fightin_words"):
        np.testing.assert_allclose(there[name], -back[name], atol=1e-9)
    np.testing.assert_allclose(there["low"], -back["high"], atol=1e-9)
    np.testing.assert_allclose(there["log_likelihood"], back["log_likelihood"], atol=1e-9)
    assert (there["log_likelihood"] >= 0).all()
    assert (there["log_likelihood_4"] >= 0).all()


def test_passages_give_blocks_dispersion_and_ranks() -> None:
    rng = np.random.default_rng(1)
    one = passages(rng.poisson([4, 3, 2], size=(25, 3)).tolist())
    two = passages(rng.poisson([2, 3, 4], size=(30, 3)).tolist(), doc="u")
    result = keyness(one, two, block_length=5)
    assert result.n_blocks == (5, 6)
    assert result.q_of == "p_wilcoxon"
    assert result.reason == ""
    row = result.table.set_index("term").loc["a"]
    blocks = [
        np.add.reduceat(side.matrix.toarray(), np.arange(0, len(side.passage_ids), 5))
        for side in (one, two)
    ]
    shares = [side[:, 0] / side.sum(axis=1) for side in blocks]
    test = stats.mannwhitneyu(*shares, method="asymptotic")
    assert row["p_wilcoxon"] == pytest.approx(test.pvalue)
    wins = np.sign(shares[0][:, np.newaxis] - shares[1]).mean()
    assert row["cliffs_delta"] == pytest.approx(wins)
    sizes = blocks[0].sum(axis=1) / blocks[0].sum()
    dispersion = abs(blocks[0][:, 0] / blocks[0][:, 0].sum() - sizes).sum() / 2
    assert row["dispersion_target"] == pytest.approx(dispersion)


def test_the_jackknife_by_hand() -> None:
    rng = np.random.default_rng(2)
    one = passages(rng.poisson([40, 30], size=(4, 2)).tolist())
    two = passages(rng.poisson([20, 30], size=(5, 2)).tolist(), doc="u")
    row = keyness(one, two, block_length=1).table.set_index("term").loc["a"]
    a, b = one.matrix.toarray(), two.matrix.toarray()

    def ratio(first: np.ndarray, second: np.ndarray) -> float:
        shares = [side[:, 0].sum() / side.sum() for side in (first, second)]
        return math.log2(shares[0] / shares[1])

    variances, least = [], []
    for side, other, sign in ((a, b, 1), (b, a, -1)):
        values = [sign * ratio(np.delete(side, row, axis=0), other) for row in range(len(side))]
        variances.append((len(side) - 1) ** 2 / len(side) * np.var(values, ddof=1))
        least.append((1 / side[:, 0].sum() - 1 / side.sum()) / math.log(2) ** 2)
    variances = np.maximum(variances, least)
    df = sum(variances) ** 2 / (variances[0] ** 2 / 3 + variances[1] ** 2 / 4)
    half = stats.t.ppf(0.975, df) * math.sqrt(sum(variances))
    assert row["low"] == pytest.approx(ratio(a, b) - half)
    assert row["high"] == pytest.approx(ratio(a, b) + half)


def test_a_word_of_one_passage_is_marked_and_found() -> None:
    rows = [[5, 5, 0], [5, 4, 0], [4, 5, 6], [5, 5, 1], [5, 5, 0]]
    other = [[5, 5, 0]] * 4 + [[5, 5, 1]]
    result = keyness(passages(rows), passages(other, doc="u"), block_length=1)
    carrier = result.carriers.set_index("term").loc["c"]
    assert carrier["one_passage"]
    assert carrier["passage_id"] == "t:0002"
    assert carrier["largest_share"] == pytest.approx(6 / 7)
    assert (carrier["n_passages_target"], carrier["n_passages_reference"]) == (2, 1)
    assert not result.carriers.set_index("term").loc["a", "one_passage"]
    # Six occurrences in one passage are no evidence for the text.
    assert result.table.set_index("term").loc["c", "low"] < 0


def test_no_block_spans_two_texts() -> None:
    rows = [[3, 1]] * 12
    both = TermCounts(
        matrix=sparse.csr_array(np.array(rows)),
        passage_ids=tuple(f"p{number}" for number in range(12)),
        doc_ids=("t",) * 6 + ("u",) * 6,
        terms=("a", "b"),
    )
    # Six passages in blocks of four: the two left over are half a block.
    assert keyness(both, both, block_length=4).n_blocks == (4, 4)


def test_too_few_blocks_give_no_interval_and_no_p() -> None:
    result = keyness(passages([[3, 1]] * 10), passages([[2, 2]] * 30), block_length=5)
    assert "2 blocks" in result.reason
    assert result.table[["low", "high", "p_wilcoxon", "q"]].isna().all(axis=None)
    assert result.table["log_ratio"].notna().all()


def test_series_and_passages_agree_on_what_needs_no_passages() -> None:
    rng = np.random.default_rng(3)
    one = passages(rng.poisson(3, size=(20, 3)).tolist())
    two = passages(rng.poisson(3, size=(20, 3)).tolist(), doc="u")
    whole = keyness(one.totals(), two.totals()).table.set_index("term").sort_index()
    parts = keyness(one, two).table.set_index("term").sort_index()
    shared = ["n_target", "log_ratio", "log_likelihood", "odds_ratio", "z_fightin_words"]
    pd.testing.assert_frame_equal(whole[shared], parts[shared])


def test_counts_of_tokens_go_in(made_tokens) -> None:
    tokens = made_tokens({"t": "a b a c " * 30, "u": "a b b c " * 30})
    one = count_terms(tokens[tokens["doc_id"] == "t"])
    two = count_terms(tokens[tokens["doc_id"] == "u"])
    table = keyness(one, two).table.set_index("term")
    assert table.loc["a", "log_ratio"] == pytest.approx(1)
    assert table.loc["b", "log_ratio"] == pytest.approx(-1)


def test_false_discoveries_by_hand() -> None:
    p = np.array([0.01, 0.04, np.nan, 0.03, 0.005])
    np.testing.assert_allclose(benjamini_hochberg(p), [0.02, 0.04, np.nan, 0.04, 0.02])


def test_dispersion_by_hand() -> None:
    # Parts of 10 and 30 words: expected 1/4 and 3/4.
    counts = np.array([[4, 6, 0], [0, 30, 0]])
    np.testing.assert_allclose(
        deviation_of_proportions(counts), [0.75, 0.75 - 30 / 36, np.nan][:1] + [1 / 12, np.nan]
    )


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (pd.Series({"a": -1}), "-1"),
        (pd.Series({"a": np.nan}), "'a'"),
        (pd.Series({"a": 1.5}), "1.5"),
        (pd.Series({"a": "x"}), "'x'"),
        (pd.Series({"a": 0}), "no words"),
        (pd.Series(dtype=float), "no words"),
        (pd.Series([1, 2], index=["a", "a"]), "twice"),
        ({"a": 1}, "dict"),
    ],
)
def test_bad_input_is_told_in_one_sentence(target, says) -> None:
    with pytest.raises(InputError, match=says):
        keyness(target, pd.Series({"a": 2, "b": 1}))
    with pytest.raises(InputError, match=says):
        keyness(pd.Series({"a": 2, "b": 1}), target)


@pytest.mark.parametrize(
    "how", [{"block_length": 0}, {"level": 0}, {"prior_words": 0}, {"prior_words": -2}]
)
def test_settings_that_make_no_sense(how) -> None:
    with pytest.raises(InputError):
        keyness(pd.Series({"a": 2}), pd.Series({"a": 2}), **how)

"""Distances: by hand, against the R package stylo, invariants, and what is refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.authors.distances import distances
from analysis.authors.measures import MEASURES
from analysis.authors.standard import UnevenTexts
from analysis.errors import InputError
from analysis.tables import check_table

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def frequencies() -> pd.DataFrame:
    return pd.read_csv(DATA / "slice_frequencies.csv", index_col="slice")


@pytest.fixture(scope="module")
def stylo() -> pd.DataFrame:
    return pd.read_csv(DATA / "slice_distances.csv")


def toy(rows: dict[str, list[float]]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index", columns=["the", "of", "to"])


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_that_of_stylo(measure, frequencies, stylo) -> None:
    theirs = stylo[stylo["measure"] == measure]
    assert len(theirs) == 34 * 33 / 2
    matrix = distances(frequencies, measure=measure, n_terms=100).matrix
    ours = [matrix.loc[a, b] for a, b in zip(theirs["text_a"], theirs["text_b"], strict=True)]
    np.testing.assert_allclose(ours, theirs["distance"], rtol=1e-9)


def test_delta_of_two_texts_by_hand() -> None:
    # With two texts every z-score is ±1/√2, so each difference is √2.
    matrix = distances(toy({"a": [5, 3, 1], "b": [6, 2, 2]}), measure="burrows", n_terms=3).matrix
    assert matrix.loc["a", "b"] == pytest.approx(np.sqrt(2))
    # Eder's weights for three words are 4/3, 3/3, 2/3; the sum of the differences is 3 √2.
    matrix = distances(toy({"a": [5, 3, 1], "b": [6, 2, 2]}), measure="eder", n_terms=3).matrix
    assert matrix.loc["a", "b"] == pytest.approx(3 * np.sqrt(2))


def test_plain_distances_by_hand() -> None:
    two = toy({"a": [4, 0, 1], "b": [1, 0, 4]})
    by_hand = {
        "manhattan": 6,
        "euclidean": np.sqrt(18),
        "minmax": 1 - 2 / 8,
        # The word of which neither has any is left out: 3/5 + 3/5, and made up for: times 3/2.
        "canberra": 1.8,
        "cosine": 1 - 8 / 17,
        "eder_simple": 2,
    }
    for measure, expected in by_hand.items():
        result = distances(two, measure=measure, n_terms=3)
        assert result.matrix.loc["a", "b"] == pytest.approx(expected), measure


def test_only_the_first_columns_in_the_given_order_count(frequencies) -> None:
    cut = distances(frequencies.iloc[:, :50], n_terms=50).matrix
    pd.testing.assert_frame_equal(distances(frequencies, n_terms=50).matrix, cut)


def test_the_table_has_each_pair_once(frequencies) -> None:
    result = distances(frequencies, n_terms=100)
    check_table(result.table, "distances")
    assert len(result.table) == 34 * 33 / 2
    assert result.table["low"].isna().all()
    row = result.table.iloc[7]
    assert row["distance"] == result.matrix.loc[row["text_a"], row["text_b"]]
    assert list(result.matrix.index) == list(result.matrix.columns) == list(frequencies.index)


@pytest.mark.filterwarnings("ignore::analysis.authors.standard.UnevenTexts")
@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(6)), seed=st.integers(0, 9))
def test_order_and_names_of_rows_change_nothing(order, seed) -> None:
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame(rng.uniform(0, 5, (6, 4)), index=list("abcdef"))
    texts = ["one", "one", "one", "two", "two", "three"]
    for measure in MEASURES:
        for standardize in ("plain", "balanced"):
            how = {"measure": measure, "n_terms": 4, "standardize": standardize}
            there = distances(rows, texts=texts, **how).matrix
            moved = distances(
                rows.iloc[order], texts=[texts[number] for number in order], **how
            ).matrix
            np.testing.assert_allclose(moved, there.iloc[order, order], atol=1e-12)
            np.testing.assert_allclose(there, there.T, atol=1e-12)
            np.testing.assert_allclose(np.diag(there), 0, atol=1e-12)


def test_balanced_is_plain_where_texts_have_equally_many_rows(frequencies) -> None:
    texts = [f"text {number // 2}" for number in range(len(frequencies))]
    plain = distances(frequencies, texts=texts).matrix
    balanced = distances(frequencies, texts=texts, standardize="balanced").matrix
    np.testing.assert_allclose(plain, balanced, rtol=1e-12)


def test_balanced_weights_texts_by_hand() -> None:
    # One text has rows 1 and 3, the other 8: the centre is (2 + 8) / 2, not 4, and the variance
    # (16/4 + 4/4 + 9/2) / (1 - (1/16 + 1/16 + 1/4)) = 9.5 / .625 = 15.2.
    rows = pd.DataFrame({"the": [1.0, 3.0, 8.0]}, index=list("abc"))
    matrix = distances(rows, n_terms=1, texts=["x", "x", "y"], standardize="balanced").matrix
    assert matrix.loc["a", "c"] == pytest.approx(7 / np.sqrt(15.2))


def test_texts_may_be_a_series_by_row(frequencies) -> None:
    texts = pd.Series([row.split("_")[1] for row in frequencies.index], index=frequencies.index)
    there = distances(frequencies, texts=list(texts), standardize="balanced").matrix
    turned = distances(frequencies, texts=texts[::-1], standardize="balanced").matrix
    pd.testing.assert_frame_equal(there, turned)


def test_a_plain_z_score_of_uneven_texts_is_warned_of(frequencies) -> None:
    texts = [row.rsplit("_", 1)[0] for row in frequencies.index]
    with pytest.warns(UnevenTexts, match="the longest text sets the centre") as told:
        warning = distances(frequencies, texts=texts).warning
    assert [str(one.message) for one in told] == [warning]
    # A user is pointed at the line that asked.
    assert told[0].filename == __file__
    assert "Serge_002 has 22 rows and Rosmer_000 5" in warning
    assert distances(frequencies, texts=texts, standardize="balanced").warning == ""
    assert distances(frequencies, texts=texts, measure="cosine").warning == ""
    assert distances(frequencies).warning == ""


def test_identical_texts_have_no_z_scores() -> None:
    same = toy({"a": [4, 2, 1], "b": [4, 2, 1]})
    result = distances(same, measure="burrows", n_terms=3)
    assert result.matrix.isna().all(axis=None)
    assert "identical" in result.reason
    assert distances(same, measure="manhattan", n_terms=3).matrix.loc["a", "b"] == 0


def test_a_row_of_zeros_has_no_angle() -> None:
    result = distances(toy({"a": [0, 0, 0], "b": [4, 2, 1]}), measure="cosine", n_terms=3)
    assert np.isnan(result.matrix.loc["a", "b"])
    assert result.reason
    assert "undefined" in result._repr_html_()


@pytest.mark.parametrize(
    ("rows", "how", "says"),
    [
        ({"a": [4, 2, 1]}, {}, "two texts"),
        ({"a": [4, 2, 1], "b": [3, 2, 2]}, {}, "'of' is 2 in every row"),
        ({"a": [4, 2, 1], "b": [3, -1, 2]}, {}, "'of' in 'b' is -1"),
        ({"a": [4, 2, 1], "b": [3, np.nan, 2]}, {}, "'of' in 'b' is nan"),
        ({"a": [4, 2, 1], "b": [300, 1, 2]}, {}, "percentages"),
        ({"a": [4, 2, 1], "b": ["x", 1, 2]}, {}, "no numbers"),
        ({"a": [4, 2, 1], "b": [3, 1, 2]}, {"measure": "delta"}, "There is no measure 'delta'"),
        ({"a": [4, 2, 1], "b": [3, 1, 2]}, {"n_terms": 4}, "3 columns"),
        ({"a": [4, 2, 1], "b": [3, 1, 2]}, {"n_terms": 0}, "n_terms is 0"),
        ({"a": [4, 2, 1], "b": [3, 1, 2]}, {"n_terms": True}, "n_terms is True"),
        ({"a": [4, 2, 1], "b": [3, 1, 2]}, {"standardize": "z"}, "standardisation 'z'"),
        ({"a": [4, 2, 1], "b": [3, 1, 2]}, {"texts": ["x"]}, "1 entries for 2 rows"),
    ],
)
def test_bad_input_is_told_in_one_sentence(rows, how, says) -> None:
    with pytest.raises(InputError, match=says) as told:
        distances(toy(rows), **{"n_terms": 3, **how})
    assert "\n" not in str(told.value)


def test_what_is_no_frame_is_told() -> None:
    with pytest.raises(InputError, match="frequencies is a dict; give a DataFrame of percentages"):
        distances({"a": [4, 2, 1], "b": [3, 1, 2]})


def test_ids_and_words_must_be_unique() -> None:
    rows = toy({"a": [4, 2, 1], "b": [3, 1, 2]})
    with pytest.raises(InputError, match="row 'a'"):
        distances(rows.set_axis(["a", "a"]), n_terms=3)
    with pytest.raises(InputError, match="column 'the'"):
        distances(rows.set_axis(["the", "the", "of"], axis="columns"), n_terms=3)

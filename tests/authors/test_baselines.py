"""Baseline distances: what a pair shares, how many there are, and what a corpus cannot compare."""

import numpy as np
import pytest

from analysis.authors.baselines import baselines
from analysis.authors.distances import distances
from analysis.authors.slices import slice_frequencies
from analysis.errors import InputError

TEXTS = {"t": "a a b c a b b c", "u": "a b b c a c b c", "v": "c c c a b c c b"}
AUTHORS = {"t": "One", "u": "One", "v": "Two"}


def test_every_pair_of_slices_is_of_one_kind(made_tokens) -> None:
    slices = slice_frequencies(made_tokens(TEXTS), n_tokens=4)
    result = baselines(slices, authors=AUTHORS, measure="manhattan", n_terms=3)
    # Two slices a text: 3 pairs within, 4 between any two texts.
    assert result.pairs["kind"].value_counts().to_dict() == {
        "same text": 3, "same author": 4, "different authors": 8,
    }  # fmt: skip
    assert result.summary["text_a"].tolist() == ["t", "u", "v", "t", "t", "u"]
    assert result.summary["n_pairs"].tolist() == [1, 1, 1, 4, 4, 4]
    assert result.reason == ""
    # t: a a b c against a b b c, in per cent: |50-25| + |25-50| + 0.
    assert result.summary.loc[0, "median"] == 50


def test_the_plot_table_leads_to_a_place(made_tokens) -> None:
    slices = slice_frequencies(made_tokens(TEXTS), n_tokens=4)
    table = baselines(slices, authors=AUTHORS, measure="manhattan", n_terms=3).plot_table()
    assert table.loc[0, "place"] == "t@0-7"
    assert table.loc[0, "median"] == 50


def test_what_cannot_be_compared_is_said(made_tokens) -> None:
    slices = slice_frequencies(made_tokens(TEXTS), n_tokens=8)
    result = baselines(
        slices, authors={"t": "A", "u": "B", "v": "C"}, measure="manhattan", n_terms=3
    )
    assert "no noise floor" in result.reason
    assert "no author has two texts" in result.reason


def test_a_text_without_an_author_is_refused(made_tokens) -> None:
    slices = slice_frequencies(made_tokens(TEXTS), n_tokens=4)
    with pytest.raises(InputError, match="'v' has no author"):
        baselines(slices, authors={"t": "One", "u": "One"}, n_terms=3)


def test_a_word_that_never_varies_is_left_out_of_the_z_scores(made_tokens) -> None:
    # "x" is one word in five of every slice.
    texts = {"t": "a a b c x a b b c x", "u": "c c c a x b c c b x"}
    slices = slice_frequencies(made_tokens(texts), n_tokens=5)
    result = baselines(slices, authors={"t": "One", "u": "Two"}, n_terms=4)
    without = distances(slices.frequencies.drop(columns="x"), n_terms=3).matrix.to_numpy()
    first, second = np.triu_indices(4, k=1)
    assert result.pairs["distance"].tolist() == pytest.approx(without[first, second].tolist())
    same = {"t": "a b a b", "u": "a b a b"}
    alike = baselines(
        slice_frequencies(made_tokens(same), n_tokens=2),
        authors={"t": "One", "u": "Two"}, n_terms=2,
    )  # fmt: skip
    assert "identical" in alike.reason

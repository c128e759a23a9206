"""Baseline distances: what a pair shares, how many there are, and what a corpus cannot compare."""

import pytest

from analysis.authors.baselines import baselines
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

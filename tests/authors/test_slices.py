"""Slices: lengths, voices, places, order of columns, n-grams, and what is refused."""

import pandas as pd
import pytest

from analysis.authors.features import Features
from analysis.authors.slices import slice_frequencies
from analysis.errors import InputError, SchemaError

SPLIT = [("a b a", "author"), ("x x", "other"), ("b a c c a", "author")]


def test_slices_by_hand(made_tokens) -> None:
    made = slice_frequencies(made_tokens({"t": SPLIT, "u": "b b b"}), n_tokens=4)
    # The author's words of t are a b a b | a c c a; u is too short.
    assert made.frequencies.index.tolist() == ["t:000", "t:001"]
    assert made.frequencies.columns.tolist() == ["a", "b", "c"]
    assert made.frequencies.to_numpy().tolist() == [[50, 50, 0], [50, 0, 50]]
    assert made.counts.to_numpy().tolist() == [[2, 2, 0], [2, 0, 2]]
    assert made.too_short == ("u",)
    assert made.texts == ("t", "t")


def test_a_slice_knows_its_place(made_tokens) -> None:
    table = slice_frequencies(made_tokens({"t": SPLIT}), n_tokens=4).table
    # a b a x x b: six words of one letter and a space each.
    assert table["place"].tolist() == ["t@0-11", "t@12-19"]
    assert table["n_tokens"].tolist() == [4, 4]


def test_whole_texts(made_tokens) -> None:
    made = slice_frequencies(made_tokens({"t": SPLIT, "u": "b b b"}), n_tokens=None)
    assert made.frequencies.index.tolist() == ["t", "u"]
    # By count: a 4, b 2 + 3, c 2.
    assert made.frequencies.columns.tolist() == ["b", "a", "c"]
    assert made.frequencies.loc["t"].tolist() == [25, 50, 25]


def test_words_equally_frequent_stand_in_alphabetical_order(made_tokens) -> None:
    made = slice_frequencies(made_tokens({"t": "d c b a d c b a"}), n_tokens=None)
    assert made.frequencies.columns.tolist() == ["a", "b", "c", "d"]


def test_voices_can_be_added(made_tokens) -> None:
    made = slice_frequencies(made_tokens({"t": SPLIT}), n_tokens=None, voices=("author", "other"))
    assert made.counts.loc["t", "x"] == 2
    assert made.table["n_tokens"].tolist() == [10]


def test_an_n_gram_spans_no_quotation_and_no_cut(made_tokens) -> None:
    made = slice_frequencies(made_tokens({"t": SPLIT}), n_tokens=4, features=Features(n=2))
    # a b, b a | x x | b;  then a c, c c, c a: neither "a b" over the quotation, nor "b a" over
    # the cut between the slices.
    assert made.counts.loc["t:000"].to_dict() == {
        "a b": 1, "a c": 0, "b a": 1, "c a": 0, "c c": 0,
    }  # fmt: skip
    assert made.counts.loc["t:001"].sum() == 3


def test_characters_of_words_joined_by_spaces(made_tokens) -> None:
    features = Features(unit="characters", n=2)
    made = slice_frequencies(made_tokens({"t": "ab ab b"}), n_tokens=None, features=features)
    assert made.counts.loc["t"].to_dict() == {"ab": 2, "b ": 2, " a": 1, " b": 1}


def test_what_is_left_out(made_tokens) -> None:
    tokens = made_tokens({"t": "a b a c", "u": "a d a d"})
    made = slice_frequencies(tokens, n_tokens=4, features=Features(without=("a",)))
    assert made.frequencies.columns.tolist() == ["d", "b", "c"]
    assert made.frequencies.loc["u:000", "d"] == 50
    made = slice_frequencies(tokens, n_tokens=4, features=Features(culling=1))
    assert made.frequencies.columns.tolist() == ["a"]
    made = slice_frequencies(tokens, n_tokens=4, features=Features(most=2))
    assert made.frequencies.columns.tolist() == ["a", "d"]
    made = slice_frequencies(tokens, n_tokens=4, features=Features(skip=1, most=2))
    assert made.frequencies.columns.tolist() == ["d", "b"]


def test_order_of_texts_changes_no_column(made_tokens) -> None:
    texts = {"t": "a b c a", "u": "c b c d"}
    there = slice_frequencies(made_tokens(texts), n_tokens=2).frequencies
    turned = slice_frequencies(made_tokens(dict(reversed(texts.items()))), n_tokens=2).frequencies
    pd.testing.assert_frame_equal(there, turned.loc[there.index])


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"n_tokens": 9}, "slice of 9 running words .the longest has 8."),
        ({"n_tokens": 0}, "n_tokens is 0"),
        ({"n_tokens": 1.5}, "n_tokens is 1.5"),
        ({"voices": "author"}, "list of names"),
        ({"voices": ["autor"]}, "'autor'"),
        ({"layers": ["boddy"]}, "'boddy'"),
    ],
)
def test_bad_input_is_told_in_one_sentence(settings, says, made_tokens) -> None:
    with pytest.raises(InputError, match=says):
        slice_frequencies(made_tokens({"t": SPLIT}), **settings)


@pytest.mark.parametrize(
    "settings", [{"unit": "syllables"}, {"n": 0}, {"culling": 2}, {"without": "the"}]
)
def test_features_that_make_no_sense(settings) -> None:
    with pytest.raises(InputError):
        Features(**settings)


def test_a_table_without_voices_is_refused(made_tokens) -> None:
    with pytest.raises(SchemaError, match="voice"):
        slice_frequencies(made_tokens({"t": "a"}).drop(columns="voice"))

"""Word shifts: by hand, and parts that add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.sentiment.lexicons import Lexicon
from analysis.sentiment.shift import explain_peaks, word_shift
from analysis.sentiment.time import sentiment_over_time

OWN = Lexicon(name="own", title="own", valences={"good": 2.0, "bad": -1.0, "awful": -3.0})


def test_word_shift_by_hand(tokens_of):
    tokens = tokens_of({"p1": [["good", "good", "bad", "day"]], "p2": [["good", "awful"]]})
    shift = word_shift(tokens, ["p1"], lexicon=OWN)
    # Means 1 and -0.5.  Shares: good 2/3 against 1/2, bad 1/3 against 0, awful 0 against 1/2.
    assert shift.difference == pytest.approx(1.5)
    parts = shift.table.set_index("term")["contribution"].to_dict()
    assert parts == pytest.approx(
        {
            "awful": (-3 + 0.5) * (0 - 1 / 2),
            "good": (2 + 0.5) * (2 / 3 - 1 / 2),
            "bad": (-1 + 0.5) * (1 / 3),
        }
    )
    assert shift.table["term"].tolist() == ["awful", "good", "bad"]
    assert (shift.n_target, shift.n_reference) == (3, 2)


words = st.lists(st.sampled_from(["good", "bad", "awful", "day"]), min_size=1, max_size=40)


@given(words, words)
def test_parts_add_up_to_the_difference(target, reference):
    tokens = pd.DataFrame(
        {
            "passage_id": ["p1"] * len(target) + ["p2"] * len(reference),
            "doc_id": "doc",
            "term": [*target, *reference],
            "voice": "author",
        }
    )
    shift = word_shift(tokens, ["p1"], lexicon=OWN)
    if shift.reason:
        assert np.isnan(shift.difference)
    else:
        assert shift.table["contribution"].sum() == pytest.approx(shift.difference, abs=1e-12)


def test_the_reference_is_the_rest_of_the_same_text(tokens_of):
    tokens = pd.concat(
        [
            tokens_of({"a1": [["good"]], "a2": [["bad"]]}, doc_id="a"),
            tokens_of({"b1": [["awful"]]}, doc_id="b"),
        ]
    )
    assert word_shift(tokens, ["a1"], lexicon=OWN).mean_reference == -1
    chosen = word_shift(tokens, ["a1"], lexicon=OWN, reference_ids=["b1"])
    assert chosen.mean_reference == -3


def test_other_voices_and_masked_words_have_no_part(tokens_of):
    tokens = tokens_of({"p1": [["good", ("awful", "other"), "bad"]], "p2": [["good", "bad"]]})
    shift = word_shift(tokens, ["p1"], lexicon=OWN, mask=["bad"])
    assert shift.table["term"].tolist() == ["good"]
    assert shift.difference == 0


def test_a_side_without_a_word_is_a_reason(tokens_of):
    shift = word_shift(tokens_of({"p1": [["day"]], "p2": [["good"]]}), ["p1"], lexicon=OWN)
    assert np.isnan(shift.difference)
    assert shift.reason == "the target has no word of own"


def test_bad_input_is_told(tokens_of):
    tokens = tokens_of({"p1": [["good"]]})
    with pytest.raises(InputError, match="no passage 'p9'"):
        word_shift(tokens, ["p9"], lexicon=OWN)
    with pytest.raises(InputError, match="must be a list"):
        word_shift(tokens, "p1", lexicon=OWN)
    with pytest.raises(InputError, match="vader are no means over words"):
        word_shift(tokens, ["p1"], lexicon="vader")


def test_each_called_peak_has_its_word_shift(tokens_of, series_of):
    values = 0.5 * np.random.default_rng(4).normal(size=150)
    values[60:75] += 2.0
    scores, passages = series_of(values)
    result = sentiment_over_time(scores, passages)
    inside = set(result.peaks["passage_ids"].iloc[0].split())
    tokens = tokens_of(
        {
            passage_id: [["good" if passage_id in inside else "bad", "good"]]
            for passage_id in passages["passage_id"]
        }
    )
    (shift,) = explain_peaks(result, tokens, lexicon=OWN)
    assert shift.difference == pytest.approx(1.5)
    assert shift.n_target == 2 * len(inside)

"""Agreement between lexicons, words with influence, words that are contested."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.sentiment.agreement import contested_words, lexicon_agreement, word_influence
from analysis.sentiment.lexicons import Lexicon

ONE = Lexicon(name="one", title="one", valences={"good": 2.0, "war": -1.0, "red": 1.0})
TWO = Lexicon(name="two", title="two", valences={"good": 8.0, "war": 7.0, "red": 6.0}, centre=5.0)


def _scores(**series):
    frames = [
        pd.DataFrame(
            {
                "passage_id": [f"p{number}" for number in range(len(values))],
                "lexicon": name,
                "voice": "author",
                "mean_valence": values,
                "n_matched": 3,
                "n_tokens": 100,
                "coverage": 0.03,
            }
        )
        for name, values in series.items()
    ]
    return pd.concat(frames, ignore_index=True)


def test_rank_correlation_and_signs_by_hand():
    result = lexicon_agreement(_scores(a=[1, 2, -3, 4.0], b=[10, 30, -20, 20.0]))
    # Ranks 2 3 1 4 and 2 4 1 3: d^2 = 0 1 0 1, rho = 1 - 6 * 2 / (4 * 15).
    assert result.matrix.loc["a", "b"] == pytest.approx(0.8)
    assert result.share_same_sign == 1.0
    opposed = lexicon_agreement(_scores(a=[1, 2, -3, 4.0], b=[1, -2, -3, 4.0]))
    assert opposed.share_same_sign == 0.75
    assert opposed.pairs["n_passages"].tolist() == [4]


def test_the_sign_of_a_carried_lexicon_is_about_its_own_centre():
    result = lexicon_agreement(_scores(labmt=[5.5, 4.5, 6.0], afinn=[1, -1, 2.0]))
    assert result.share_same_sign == 1.0


def test_a_passage_that_one_lexicon_did_not_score_is_left_out_of_its_pairs():
    result = lexicon_agreement(_scores(a=[1, 2, 3, 4.0], b=[1, 2, 3, np.nan]))
    assert result.pairs["n_passages"].tolist() == [3]
    assert result.n_passages == 3


def test_too_little_is_a_reason_and_one_lexicon_an_error():
    result = lexicon_agreement(_scores(a=[1.0, 2.0], b=[2.0, 1.0]))
    assert np.isnan(result.matrix.loc["a", "b"])
    assert "fewer than 3" in result.reason
    with pytest.raises(InputError, match="needs two lexicons"):
        lexicon_agreement(_scores(a=[1.0, 2.0]))


def test_the_plot_table_has_every_ordered_pair():
    table = lexicon_agreement(_scores(a=[1, 2, 3.0], b=[1, 3, 2.0])).plot_table()
    assert len(table) == 4
    assert set(table.columns) == {"lexicon_a", "lexicon_b", "rho"}


def test_influence_is_the_share_of_distance_from_the_centre(tokens_of):
    tokens = tokens_of({"p": [["good", "good", "war", "red", ("war", "other")]]})
    table = word_influence(tokens, [ONE, TWO])
    one = table[table["lexicon"] == "one"].set_index("term")
    # 2 x 2, 1 x -1, 1 x 1: shares of 6.
    assert one["share"].to_dict() == pytest.approx({"good": 4 / 6, "red": 1 / 6, "war": 1 / 6})
    assert one.index.tolist() == ["good", "red", "war"]
    two = table[table["lexicon"] == "two"].set_index("term")
    assert two["distance"].to_dict() == {"good": 6.0, "war": 2.0, "red": 1.0}


def test_influence_without_the_masked_words(tokens_of):
    tokens = tokens_of({"p": [["good", "red", "army"]]})
    assert word_influence(tokens, [ONE], mask=["red army"])["term"].tolist() == ["good"]


def test_contested_words_have_opposite_signs(tokens_of):
    tokens = tokens_of({"p": [["good", "war", "war", "red"]]})
    table = contested_words(tokens, [ONE, TWO])
    assert table.to_dict("records") == [{"term": "war", "n": 2, "one": -1.0, "two": 7.0}]

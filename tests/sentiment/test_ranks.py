"""The mean rank over lexicons, and several voices as one."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.sentiment.ranks import mean_rank, one_series
from analysis.tables import check_table


def _scores(rows):
    frame = pd.DataFrame(
        rows, columns=["passage_id", "lexicon", "voice", "mean_valence", "n_matched", "n_tokens"]
    )
    return frame.assign(coverage=frame["n_matched"] / frame["n_tokens"])


def test_mean_rank_by_hand():
    scores = _scores(
        [
            ("p1", "a", "author", 1.0, 5, 100),
            ("p1", "b", "author", 9.0, 6, 100),
            ("p2", "a", "author", 3.0, 5, 100),
            ("p2", "b", "author", 2.0, 5, 100),
            ("p3", "a", "author", 2.0, 5, 100),
            ("p3", "b", "author", None, 0, 100),
        ]
    )
    ranked = mean_rank(scores)
    check_table(ranked, "sentiment")
    # a: ranks 1, 3, 2 of 3 -> -1/3, 1/3, 0.  b: ranks 2, 1 of 2 -> 1/4, -1/4.
    expected = [(-1 / 3 + 1 / 4) / 2, (1 / 3 - 1 / 4) / 2, 0.0]
    np.testing.assert_allclose(ranked["mean_valence"].to_numpy(dtype=float), expected, atol=1e-12)
    assert ranked["n_matched"].tolist() == [6, 5, 5]
    assert set(ranked["lexicon"]) == {"mean_rank"}


def test_mean_rank_does_not_depend_on_units():
    rows = [
        (f"p{number}", name, "author", value * scale, 5, 100)
        for name, scale in (("a", 1.0), ("b", 40.0))
        for number, value in enumerate([3.0, 1.0, 2.0])
    ]
    values = mean_rank(_scores(rows))["mean_valence"].to_numpy(dtype=float)
    np.testing.assert_allclose(values, [1 / 3, -1 / 3, 0], atol=1e-12)


def test_voices_are_ranked_apart():
    one = _scores([("p1", "a", "author", 1.0, 5, 9), ("p2", "a", "author", 2.0, 5, 9)])
    quoted = _scores([("p1", "a", "other", -90.0, 5, 9)])
    alone = mean_rank(one)
    both = mean_rank(pd.concat([one, quoted]))
    pd.testing.assert_frame_equal(
        both[both["voice"] == "author"].reset_index(drop=True), alone, check_like=True
    )


def test_two_voices_as_one_weigh_by_their_tokens():
    scores = _scores(
        [
            ("p1", "a", "author", 1.0, 5, 30),
            ("p1", "a", "author_earlier", -1.0, 5, 10),
            ("p2", "a", "author", 2.0, 5, 40),
            ("p3", "a", "author", None, 0, 40),
        ]
    )
    series = one_series(scores, voices=["author", "author_earlier"], lexicon=None)
    assert series["passage_id"].tolist() == ["p1", "p2", "p3"]
    np.testing.assert_allclose(series["valence"].to_numpy(dtype=float), [0.5, 2.0, np.nan])
    assert series["n_tokens"].tolist() == [40, 40, 40]
    assert series.attrs["lexicon"] == "a"


def test_the_default_is_the_mean_rank_where_there_are_several_lexicons():
    rows = [("p1", "a", "author", 1.0, 5, 9), ("p1", "b", "author", 2.0, 5, 9)]
    assert one_series(_scores(rows), voices=["author"], lexicon=None).attrs["lexicon"] == (
        "mean_rank"
    )
    one = one_series(_scores(rows), voices=["author"], lexicon="b")
    assert one["valence"].tolist() == [2.0]


def test_what_the_scores_do_not_have_is_told():
    scores = _scores([("p1", "a", "author", 1.0, 5, 9)])
    with pytest.raises(InputError, match=r"no lexicon 'b'; they have a"):
        one_series(scores, voices=["author"], lexicon="b")
    with pytest.raises(InputError, match=r"no passage in the voice 'other'; they have author"):
        one_series(scores, voices=["other"], lexicon=None)
    with pytest.raises(InputError, match=r"write \['author'\]"):
        one_series(scores, voices="author", lexicon=None)

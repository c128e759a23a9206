"""The tone around persons: by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.sentiment.lexicons import Lexicon
from analysis.sentiment.persons import around_persons
from analysis.text.persons_index import PersonIndex

OWN = Lexicon(name="own", title="own", valences={"good": 2.0, "bad": -1.0, "awful": -3.0})


def _only(result):
    (row,) = result.table.to_dict("records")
    return row


def test_words_near_and_elsewhere_by_hand(tokens_of):
    words = ["awful", "x", "good", "Lenin", "bad", "x", "x", "awful", "awful"]
    result = around_persons(
        tokens_of({"p1": [words]}), {"Lenin": ["lenin"]}, lexicons=[OWN], reach=2
    )
    row = _only(result)
    assert (row["n_mentions"], row["n_words"], row["n_matched"]) == (1, 4, 2)
    assert row["valence_near"] == 0.5
    assert row["valence_elsewhere"] == -3
    assert row["difference"] == 3.5
    assert np.isnan(row["low"])
    assert row["reason"]
    (line,) = result.lines.to_dict("records")
    assert line["line"] == "x good Lenin bad x"
    assert line["own"] == 0.5


def test_near_stays_in_the_passage_and_the_voice(tokens_of):
    tokens = tokens_of(
        {"p1": [["bad"]], "p2": [["Lenin", ("awful", "other"), "good"]], "p3": [["bad"]]}
    )
    row = _only(around_persons(tokens, {"Lenin": ["lenin"]}, lexicons=[OWN], reach=5))
    assert row["valence_near"] == 2
    assert row["valence_elsewhere"] == -1


def test_phrases_and_possessives_name_a_person_and_a_word_near_two_counts_once(tokens_of):
    tokens = tokens_of({"p1": [["Lenin’s", "good", "Vladimir", "Ilyich", "bad"]]})
    named = {"Lenin": ["lenin", "Vladimir Ilyich"]}
    row = _only(around_persons(tokens, named, lexicons=[OWN], reach=3))
    assert (row["n_mentions"], row["n_words"]) == (2, 2)


def test_a_person_who_is_not_named_has_nan_and_a_reason(tokens_of):
    row = _only(around_persons(tokens_of({"p1": [["good"]]}), {"Radek": ["radek"]}, lexicons=[OWN]))
    assert row["n_mentions"] == 0
    assert np.isnan(row["difference"])
    assert row["reason"] == "no scored word near a mention"


def test_groups_are_authors_and_have_intervals_from_four_blocks_on(tokens_of):
    rng = np.random.default_rng(1)
    warm = [["Lenin", "good", "x", "x", "x", "bad", "x", "awful"]]
    cold = [["Lenin", "bad", "x", "x", "x", "bad", "x", "awful"]]
    said = {f"p{number}": (warm if rng.random() < 0.7 else cold) for number in range(40)}
    one = tokens_of(said, doc_id="one")
    two = tokens_of({f"q{number}": cold for number in range(3)}, doc_id="two")
    result = around_persons(
        pd.concat([one, two], ignore_index=True),
        {"Lenin": ["lenin"]},
        lexicons=[OWN],
        groups={"one": "Serge", "two": "Rosmer"},
        reach=2,
    )
    serge, rosmer = result.table.to_dict("records")
    assert serge["group"] == "Serge"
    assert serge["low"] < serge["difference"] < serge["high"]
    assert serge["reason"] == ""
    assert np.isnan(rosmer["low"])
    assert rosmer["reason"]
    assert len(result.lines) == 43


def test_a_table_of_mentions_names_persons_by_their_places(tokens_of):
    tokens = tokens_of({"p1": [["The", "Old", "Man", "good", "x", "awful"]]}).assign(
        char_start=[0, 4, 8, 12, 17, 19], char_end=[3, 7, 11, 16, 18, 24]
    )
    mentions = pd.DataFrame(
        {
            "doc_id": ["doc", "doc"],
            "char_start": [4, 19],
            "char_end": [11, 24],
            "person_id": ["trotsky", None],
        }
    )
    result = around_persons(tokens, mentions, lexicons=[OWN], reach=1)
    row = _only(result)
    assert (row["person"], row["n_mentions"], row["n_words"]) == ("trotsky", 1, 2)
    assert row["valence_near"] == 2
    assert row["valence_elsewhere"] == -3


def test_bad_input_is_told(tokens_of):
    tokens = tokens_of({"p1": [["good"]]})
    with pytest.raises(InputError, match="No person is named"):
        around_persons(tokens, {})
    with pytest.raises(InputError, match="reach is 0"):
        around_persons(tokens, {"Lenin": ["lenin"]}, lexicons=[OWN], reach=0)
    with pytest.raises(InputError, match="vader are no means over words"):
        around_persons(tokens, {"Lenin": ["lenin"]}, lexicons=["vader"])
    with pytest.raises(InputError, match="must be a list"):
        around_persons(tokens, {"Lenin": "lenin"})
    with pytest.raises(InputError, match=r"persons is a PersonIndex; give find_mentions\(corpus\)"):
        around_persons(tokens, PersonIndex(persons=()))

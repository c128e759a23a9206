"""Scores of passages, by hand and against the code of the lexicons' makers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from afinn import Afinn
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment import vaderSentiment
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.errors import InputError, SchemaError
from analysis.sentiment.context import masked, read_domain_terms
from analysis.sentiment.lexicons import LEXICONS_OUT_OF_THE_BOX, Lexicon
from analysis.sentiment.scores import score_sentiment
from analysis.sentiment.vader import sentence_compounds
from analysis.sentiment.vader_words import SPELT_OUT
from analysis.tables import SCHEMAS, check_table

OWN = Lexicon(name="own", title="own", valences={"good": 2.0, "bad": -1.0, "awful": -3.0})
ROOT = Path(__file__).parents[2]


def _row(scores, passage_id="p1", lexicon="own", voice="author"):
    chosen = (
        (scores["passage_id"] == passage_id)
        & (scores["lexicon"] == lexicon)
        & (scores["voice"] == voice)
    )
    (row,) = scores[chosen].to_dict("records")
    return row


def test_tokens_are_counted_not_types(tokens_of):
    scores = score_sentiment(tokens_of({"p1": [["Good", "good", "bad", "day"]]}), [OWN])
    row = _row(scores)
    # (2 + 2 - 1) / 3 matched tokens; of types it would be (2 - 1) / 2.
    assert row["mean_valence"] == pytest.approx(1.0)
    assert (row["n_matched"], row["n_tokens"], row["coverage"]) == (3, 4, 0.75)


def test_the_table_has_its_schema_and_its_order(tokens_of):
    tokens = tokens_of({"p2": [["good", ("bad", "other")]], "p1": [["bad"]]})
    scores = score_sentiment(tokens, ["afinn", OWN])
    assert tuple(scores.columns) == SCHEMAS["sentiment"].names
    check_table(scores, "sentiment")
    assert scores[["passage_id", "lexicon", "voice"]].values.tolist() == [
        ["p2", "afinn", "author"],
        ["p2", "afinn", "other"],
        ["p2", "own", "author"],
        ["p2", "own", "other"],
        ["p1", "afinn", "author"],
        ["p1", "own", "author"],
    ]


def test_a_passage_without_a_matched_word_is_null_not_zero(tokens_of):
    scores = score_sentiment(tokens_of({"p1": [["the", "table"]], "p2": [["good"]]}), [OWN])
    assert pd.isna(_row(scores)["mean_valence"])
    assert _row(scores)["n_matched"] == 0
    assert _row(scores)["coverage"] == 0
    vader = score_sentiment(tokens_of({"p1": [["the", "table"]]}), ["vader"])
    assert pd.isna(_row(vader, lexicon="vader")["mean_valence"])


def test_a_quoted_word_is_in_the_series_of_its_own_voice(tokens_of):
    said = {"p1": [["good", ("awful", "other"), ("awful", "other")]]}
    milder = {"p1": [["good", ("good", "other"), ("day", "other")]]}
    before, after = (score_sentiment(tokens_of(words), [OWN, "vader"]) for words in (said, milder))
    for lexicon in ("own", "vader"):
        assert _row(before, lexicon=lexicon) == _row(after, lexicon=lexicon)
    assert _row(before, voice="other")["mean_valence"] == -3
    assert _row(after, voice="other")["mean_valence"] == 2


def test_lexicons_by_default_are_all_that_work_out_of_the_box(tokens_of):
    scores = score_sentiment(tokens_of({"p1": [["a", "good", "day"]]}))
    assert tuple(scores["lexicon"]) == LEXICONS_OUT_OF_THE_BOX
    neutral = [5.0 if name == "labmt" else 0.0 for name in scores["lexicon"]]
    assert (scores["mean_valence"] > neutral).all()


def test_vader_is_the_mean_over_sentences_of_its_own_code(tokens_of):
    sentences = [
        ["The", "terror", "was", "not", "good"],
        ["They", "were", "VERY", "happy", "but", "afraid"],
        ["Nothing", "was", "said"],
    ]
    scores = score_sentiment(tokens_of({"p1": sentences}), ["vader"])
    own = SentimentIntensityAnalyzer().polarity_scores
    compounds = [own(" ".join(words))["compound"] for words in sentences]
    assert compounds[2] == 0
    assert _row(scores, lexicon="vader")["mean_valence"] == pytest.approx(np.mean(compounds))


def test_vader_gives_every_sentence_of_the_corpus_what_its_own_code_gives_it(tokens):
    keys = ["passage_id", "voice", "sentence_index"]
    number = tokens.groupby(keys, sort=False).ngroup()
    spelt = tokens["token"].str.replace("’", "'").groupby(number).agg(" ".join)
    one_each = tokens.assign(passage_id=number.astype("string"))
    ours = score_sentiment(one_each, ["vader"]).set_index("passage_id")["mean_valence"]
    own = SentimentIntensityAnalyzer().polarity_scores
    expected = [own(text)["compound"] for text in spelt]
    assert len(expected) > 1500
    assert ours.fillna(0.0)[spelt.index.astype("string")].tolist() == expected


@pytest.mark.slow
def test_vader_gives_any_sentence_what_its_own_code_gives_it() -> None:
    own = SentimentIntensityAnalyzer()
    phrases = [*vaderSentiment.BOOSTER_DICT, *vaderSentiment.SPECIAL_CASES, *SPELT_OUT.split()]
    phrases += [
        *vaderSentiment.NEGATE,
        "but",
        "but",
        "no",
        "I",
        "ok.",
        "'good'",
        "\U0001f600",
        "good!",
    ]
    pool = [word for phrase in phrases for word in phrase.split()] + ["hive"] * 20
    valued = [word for word in own.lexicon if len(word.split()) == 1]
    rng = np.random.default_rng(11)
    spelt: list[str] = []
    sentence = np.sort(rng.integers(0, 1500, 6000))
    loud = rng.random(1500) < 0.1
    for number in sentence:
        word = str(rng.choice(valued if rng.random() < 0.4 else pool))
        chance = rng.random()
        cased = word.upper() if chance < 0.15 or loud[number] else word
        spelt.append(cased.capitalize() if 0.15 < chance < 0.25 else cased)
    _, sentence = np.unique(sentence, return_inverse=True)
    ours = sentence_compounds(
        spelt, codes=np.arange(6000), sentence=sentence, matched=np.ones(6000, dtype=bool)
    )
    texts = [" ".join(np.array(spelt)[sentence == n]) for n in range(len(ours))]
    assert ours.tolist() == [own.polarity_scores(text)["compound"] for text in texts]


def test_vader_knows_negations_with_a_curly_apostrophe(tokens_of):
    curly = score_sentiment(tokens_of({"p1": [["it", "isn’t", "good"]]}), ["vader"])
    straight = score_sentiment(tokens_of({"p1": [["it", "isn't", "good"]]}), ["vader"])
    assert _row(curly, lexicon="vader") == _row(straight, lexicon="vader")
    assert _row(curly, lexicon="vader")["mean_valence"] < 0


def test_afinn_agrees_with_its_own_code(tokens_of):
    words = "the disastrous war brought famine and yet a happy brave peace".split()
    row = _row(score_sentiment(tokens_of({"p1": [words]}), ["afinn"]), lexicon="afinn")
    scored = [value for value in Afinn().scores(" ".join(words)) if value]
    assert row["n_matched"] == len(scored)
    assert row["mean_valence"] == pytest.approx(np.mean(scored))


@given(st.permutations(["good", "bad", "bad", "awful", "day", "night", "good"]))
def test_order_does_not_change_a_bag_and_repeats_do(order):
    def tokens(words):
        return pd.DataFrame({"passage_id": "p1", "term": words, "voice": "author"})

    row = _row(score_sentiment(tokens(order), [OWN]))
    assert row["mean_valence"] == pytest.approx((2 - 1 - 1 - 3 + 2) / 5)
    more = _row(score_sentiment(tokens([*order, "awful"]), [OWN]))
    assert more["mean_valence"] == pytest.approx((2 - 1 - 1 - 3 + 2 - 3) / 6)


def test_negation_and_intensifiers_turn_and_stretch_about_the_centre(tokens_of):
    tokens = tokens_of({"p1": [["not", "a", "good", "day"]], "p2": [["very", "good"]]})
    plain = score_sentiment(tokens, [OWN])
    assert (plain["mean_valence"] == 2).all()
    turned = score_sentiment(tokens, [OWN], negation=True, intensifiers=True)
    assert _row(turned, "p1")["mean_valence"] == pytest.approx(2 * -0.74)
    assert _row(turned, "p2")["mean_valence"] == pytest.approx(2 * 1.293)
    happy = Lexicon(name="own", title="own", valences={"good": 8.0}, centre=5.0)
    assert _row(score_sentiment(tokens, [happy], negation=True))["mean_valence"] == pytest.approx(
        5 - 3 * 0.74
    )


def test_negation_stays_in_its_sentence_and_voice(tokens_of):
    tokens = tokens_of({"p1": [["not"], ["good"]], "p2": [[("not", "other"), "good"]]})
    scores = score_sentiment(tokens, [OWN], negation=True, voices=["author"])
    assert (scores["mean_valence"] == 2).all()


def test_masked_names_are_not_scored_but_counted(tokens_of):
    tokens = tokens_of({"p1": [["The", "Red", "Army", "is", "good"], ["red"]], "p2": [["Red"]]})
    lexicon = Lexicon(name="own", title="own", valences={"red": -1.0, "good": 2.0})
    scores = score_sentiment(tokens, [lexicon, "vader"], mask=["red army"])
    row = _row(scores)
    assert row["mean_valence"] == pytest.approx((2 - 1) / 2)
    assert (row["n_matched"], row["n_tokens"]) == (2, 6)
    assert _row(scores, "p2")["mean_valence"] == -1


def test_a_phrase_is_masked_within_a_passage_only(tokens_of):
    tokens = tokens_of({"p1": [["red"]], "p2": [["army", "Red", "Army"]]})
    assert masked(tokens, phrases=["Red Army"]).tolist() == [False, False, True, True]
    assert not masked(tokens, phrases=[]).any()


def test_domain_terms_are_read_from_a_table(tmp_path):
    path = tmp_path / "domain.csv"
    path.write_text("term,reason\nParty,a name\nred army,a name\n,\n", encoding="utf-8")
    assert read_domain_terms(path) == ("Party", "red army")
    path.write_text("word\nParty\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column term"):
        read_domain_terms(path)


def test_bad_input_is_told_in_a_sentence(tokens_of, tmp_path):
    tokens = tokens_of({"p1": [["good"]]})
    with pytest.raises(InputError, match="no lexicon 'liwc'"):
        score_sentiment(tokens, ["liwc"])
    with pytest.raises(InputError, match="must be a list"):
        score_sentiment(tokens, "vader")
    with pytest.raises(InputError, match="at least one"):
        score_sentiment(tokens, [])
    with pytest.raises(InputError, match="afinn is given twice"):
        score_sentiment(tokens, ["afinn", "afinn"])
    with pytest.raises(InputError, match="no voice 'writer'"):
        score_sentiment(tokens, [OWN], voices=["writer"])
    with pytest.raises(InputError, match=r"write \['author'\]"):
        score_sentiment(tokens, [OWN], voices="author")
    with pytest.raises(SchemaError, match="lacks the column 'voice'"):
        score_sentiment(tokens.drop(columns="voice"), [OWN])
    with pytest.raises(SchemaError, match="'sentence_index'"):
        score_sentiment(tokens.drop(columns="sentence_index"), ["vader"])
    path = tmp_path / "german.csv"
    path.write_text("term,valence\nfreude,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="No word of the lexicon german occurs"):
        score_sentiment(tokens, [path])


def test_no_tokens_give_an_empty_table():
    empty = pd.DataFrame(
        {name: pd.Series(dtype="string") for name in ("passage_id", "term", "token", "voice")}
    ).assign(sentence_index=pd.Series(dtype="Int64"))
    assert score_sentiment(empty, ["afinn", "vader"]).empty


def test_every_domain_term_of_the_corpus_occurs_in_it(tokens):
    for term in read_domain_terms(ROOT / "corpus" / "lexicons" / "domain-terms.csv"):
        assert masked(tokens, phrases=[term]).any(), term

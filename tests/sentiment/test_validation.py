"""Scores against readings: by hand, planted, and on the shipped reading."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from analysis.errors import InputError
from analysis.sentiment.annotations import read_annotations, tokens_at
from analysis.sentiment.rank_correlation import rho_with_interval, spearman
from analysis.sentiment.scores import score_sentiment
from analysis.sentiment.validation import validate_sentiment

ROOT = Path(__file__).parents[2]


def _readings(values, doc_id="doc", quoted=0.0, second=0.0):
    starts = np.arange(len(values)) * 100
    base = pd.DataFrame(
        {
            "annotation_id": [f"{doc_id}:{number}" for number in range(len(values))],
            "place": [f"{doc_id}@{start}-{start + 100}" for start in starts],
            "doc_id": doc_id,
            "char_start": starts,
            "char_end": starts + 100,
            "layer": "body",
            "voice": "author",
            "quoted_share": quoted,
            "reader": "A",
            "valence": np.asarray(values, dtype=float),
        }
    )
    other = base.assign(reader="B", valence=base["valence"] + second)
    return pd.concat([base, other], ignore_index=True)


def _scores(places, **series):
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "passage_id": places,
                    "lexicon": name,
                    "voice": "author",
                    "mean_valence": values,
                    "n_matched": 5,
                    "n_tokens": 100,
                    "coverage": 0.05,
                }
            )
            for name, values in series.items()
        ],
        ignore_index=True,
    )


def test_rho_is_scipys_with_ties():
    rng = np.random.default_rng(1)
    one, other = rng.integers(0, 5, 60), rng.normal(size=60)
    assert spearman(one, other) == pytest.approx(spearmanr(one, other)[0])
    assert np.isnan(spearman(np.ones(5), np.arange(5)))


def test_a_perfect_and_a_useless_score():
    rng = np.random.default_rng(2)
    truth = rng.normal(size=80).clip(-3, 3)
    readings = _readings(truth)
    places = readings["place"].drop_duplicates().to_numpy()
    scores = _scores(places, good=truth * 7 + 1, noise=rng.normal(size=80))
    result = validate_sentiment(scores, readings)
    rows = result.table[result.table["by"] == "all"].set_index("lexicon")
    assert rows.loc["good", "rho"] == pytest.approx(1, abs=1e-5)
    assert rows.loc["noise", "low"] < 0 < rows.loc["noise", "high"]
    assert abs(rows.loc["noise", "rho"]) < 0.3
    assert rows.loc["mean_rank", "rho"] < rows.loc["good", "rho"]
    difference = result.differences.query("by == 'all'").set_index("lexicon")
    assert difference.loc["good", "high"] < 0
    assert difference.loc["noise", "low"] > 0
    steps = result.calibration[result.calibration["lexicon"] == "good"]
    assert (np.diff(steps["valence"]) > 0).all()
    assert steps["n_places"].tolist() == [16] * 5
    assert result.alpha == pytest.approx(1)
    assert result.ceiling == pytest.approx(1)


def test_an_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(60):
        truth = rng.normal(size=100)
        score = 0.5 * truth + np.sqrt(0.75) * rng.normal(size=100)
        rows = pd.DataFrame({"doc_id": "doc", "valence": truth, "score": score})
        row = rho_with_interval(rows, columns=["score"], level=0.95)
        # Of two normal variables with correlation .5 the rank correlation is 6/pi arcsin(.25).
        held += row["low"] <= 6 / np.pi * np.arcsin(0.25) <= row["high"]
    assert held >= 53


def test_parts_by_text_and_by_quotation_have_their_own_rho():
    truth = np.linspace(-2, 2, 40)
    one = _readings(truth, doc_id="one")
    two = _readings(truth, doc_id="two", quoted=0.75)
    readings = pd.concat([one, two], ignore_index=True)
    places = readings["place"].drop_duplicates().to_numpy()
    scores = _scores(places, own=np.concatenate([truth, -truth]))
    result = validate_sentiment(scores, readings)
    table = result.table
    by_text = table[table["by"] == "doc_id"].set_index("part")["rho"]
    assert by_text["one"] == pytest.approx(1, abs=1e-5)
    assert by_text["two"] == pytest.approx(-1, abs=1e-5)
    quoted = table[table["by"] == "quoted"].set_index("part")["rho"]
    assert quoted["half or more"] == pytest.approx(-1, abs=1e-5)
    # Beside a second list, the differences of the mean rank from each have the same parts.
    both = pd.concat(
        [scores, scores.assign(lexicon="turned", mean_valence=scores["mean_valence"] * -1)]
    )
    parts = validate_sentiment(both, readings)
    keys = ["lexicon", "by", "part"]
    assert parts.differences[keys].equals(
        parts.table.query("lexicon != 'mean_rank'")[keys].reset_index(drop=True)
    )


def test_too_few_places_and_flat_scores_are_reasons():
    readings = _readings(np.linspace(-1, 1, 5))
    places = readings["place"].drop_duplicates().to_numpy()
    table = validate_sentiment(_scores(places, own=np.arange(5.0)), readings).table
    assert table["rho"].isna().all()
    assert "5 places are too few" in table["reason"].iloc[0]
    readings = _readings(np.linspace(-1, 1, 20))
    places = readings["place"].drop_duplicates().to_numpy()
    table = validate_sentiment(_scores(places, own=np.ones(20)), readings).table
    assert table["reason"].iloc[0] == "all scores or all readings are the same"


def test_places_that_are_not_there_are_told():
    readings = _readings(np.linspace(-1, 1, 20))
    with pytest.raises(InputError, match="No annotated place, such as doc@0-100"):
        validate_sentiment(_scores(["doc:0001"], own=[0.5]), readings)
    with pytest.raises(InputError, match="no column 'reader'"):
        validate_sentiment(_scores(["doc:0001"], own=[0.5]), readings.drop(columns="reader"))
    places = readings["place"].drop_duplicates().to_numpy()
    scores = _scores(places, own=np.arange(20.0))
    with pytest.raises(InputError, match="of the layer footnote has 31 words"):
        validate_sentiment(scores, readings, layers=("footnote",))


def test_the_mean_rank_orders_the_shipped_reading(tokens):
    readings = read_annotations(ROOT / "corpus" / "annotations" / "blocks.jsonl")
    scores = score_sentiment(tokens_at(tokens, readings))
    result = validate_sentiment(scores, readings)
    rows = result.table[result.table["by"] == "all"].set_index("lexicon")
    assert rows.loc["mean_rank", "rho"] >= 0.40
    assert rows.loc["mean_rank", "low"] > 0.25
    assert rows.loc["mean_rank", "n_places"] > 100
    assert result.alpha > 0.9
    # No lexicon is better than the mean rank beyond what these places can tell.
    whole = result.differences[result.differences["by"] == "all"]
    assert (whole["high"] > 0).all()
    # The words of others hardly follow the readings, and are no part of the author's series.
    quoted = validate_sentiment(
        scores, readings, voice="other", layers=("body", "blockquote")
    ).table.query("lexicon == 'mean_rank' and by == 'all'")
    assert quoted["rho"].item() < rows.loc["mean_rank", "rho"]
    assert quoted["low"].item() < 0
    with pytest.raises(InputError, match="has a word in the voice 'none'"):
        validate_sentiment(scores, readings, voice="none")

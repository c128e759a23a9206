"""Arcs: planted truths are found, chance is not, and what cannot be told is said."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.sentiment.scores import score_sentiment
from analysis.sentiment.time import sentiment_over_time
from analysis.tables import check_table


def _noise(count, sd, seed):
    return sd * np.random.default_rng(seed).normal(size=count)


def test_a_planted_step_is_recovered_without_overshoot(series_of):
    step = np.where(np.arange(80) < 40, -1.0, 1.0)
    result = sentiment_over_time(*series_of(step))
    check_table(result.trend, "trend")
    mean = result.trend["mean"].to_numpy(dtype=float)
    told = np.isfinite(mean)
    assert told.sum() == 70
    assert np.abs(mean[told]).max() <= 1 + 1e-12
    np.testing.assert_allclose(mean[[5, 34]], -1, atol=1e-12)
    np.testing.assert_allclose(mean[[45, 74]], 1, atol=1e-12)


def test_positions_are_running_words_to_the_middle_of_a_passage(series_of):
    scores, passages = series_of([0.1, 0.5, 0.2])
    passages["n_tokens"] = [100, 200, 50]
    trend = sentiment_over_time(scores, passages, window=50).trend
    assert trend["position"].tolist() == [50, 200, 325]
    assert trend["mean"].tolist() == [0.1, 0.5, 0.2]
    assert trend["n_passages"].tolist() == [1, 1, 1]
    assert (trend["axis"] == "narrative").all()


def test_the_same_seed_gives_the_same_tables_and_another_does_not(series_of):
    series = series_of(_noise(60, 1.0, 3))
    one, two, other = (sentiment_over_time(*series, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one.plot_table(), two.plot_table())
    assert not one.trend["low"].equals(other.trend["low"])
    assert one.trend["mean"].equals(other.trend["mean"])


def test_a_high_stretch_is_called_a_peak_where_it_is(series_of):
    values = _noise(150, 0.5, 4)
    values[60:75] += 2.0
    scores, passages = series_of(values)
    result = sentiment_over_time(scores, passages)
    (peak,) = result.peaks.to_dict("records")
    assert peak["kind"] == "peak"
    inside = passages["passage_id"].iloc[60:75].tolist()
    assert peak["passage_id"] in inside
    assert set(peak["passage_ids"].split()) <= set(inside)
    assert peak["place"] in set(passages["place"].iloc[60:75])
    assert peak["p_ar1"] <= 0.05
    assert result.tests["verdict"].iloc[0] == "leaves both nulls: more than carry-over"
    assert 1.0 < peak["height"] < 2.5


def test_the_two_nulls_tell_carry_over_from_a_peak(series_of):
    rng = np.random.default_rng(11)
    values = np.zeros(200)
    for step in range(1, 200):
        values[step] = 0.75 * values[step - 1] + rng.normal()
    (row,) = sentiment_over_time(*series_of(values)).tests.to_dict("records")
    assert row["p_permutation"] <= 0.01
    assert row["p_ar1"] > 0.05
    assert row["n_called"] == 0
    assert row["verdict"] == "leaves the permutations only: no more than carry-over"
    assert row["null_phi"] == pytest.approx(0.75, abs=0.15)


def test_every_arc_states_its_smallest_peak_or_why_it_has_none(series_of):
    long = sentiment_over_time(*series_of(_noise(150, 1.0, 5)))
    assert 0.5 < long.tests["smallest_peak"].iloc[0] < 3.0
    assert long.reason == ""
    short = sentiment_over_time(*series_of(_noise(30, 1.0, 5)))
    assert "30 passages" in short.reason
    assert short.tests["verdict"].iloc[0] == "stays within both nulls"


@pytest.mark.parametrize("values", [[0.3], [0.1, 0.4, 0.2], [0.5] * 40])
def test_what_cannot_be_tested_is_described_and_the_reason_is_told(series_of, values):
    result = sentiment_over_time(*series_of(values), window=150)
    assert result.trend["mean"].tolist() == values
    assert result.trend[["low", "high", "null_low", "null_high"]].isna().all(axis=None)
    assert result.tests["verdict"].iloc[0] == "not tested"
    assert result.tests["p_ar1"].isna().all()
    assert "doc: " in result.reason
    assert ("too few" in result.reason) or ("same score" in result.reason)
    assert result.peaks.empty


def test_a_text_shorter_than_the_window_has_no_curve_but_its_passages(series_of):
    result = sentiment_over_time(*series_of(_noise(9, 1.0, 6)), window=9000)
    assert result.trend["mean"].isna().all()
    assert "shorter than the window" in result.reason
    table = result.plot_table()
    assert (table["row"] == "passage").sum() == 9


def test_passages_without_a_score_or_with_few_words_are_left_out(series_of):
    values = _noise(60, 1.0, 7)
    values[10] = np.nan
    scores, passages = series_of(values)
    scores.loc[20, "n_tokens"] = 5
    result = sentiment_over_time(scores, passages)
    assert result.tests["n_passages"].iloc[0] == 58
    left = set(passages["passage_id"]) - set(result.points["passage_id"])
    assert left == {"doc:0011", "doc:0021"}
    # Places are kept: what is left out leaves a gap, it does not shift what follows.
    assert result.trend["position"].iloc[-1] == 60 * 150 - 75


def test_each_text_is_a_group_and_never_runs_into_the_next(series_of):
    one = series_of(np.full(30, -1.0) + _noise(30, 0.1, 8), doc_id="one")
    two = series_of(np.full(30, 1.0) + _noise(30, 0.1, 9), doc_id="two")
    scores, passages = (pd.concat(pair, ignore_index=True) for pair in zip(one, two, strict=True))
    trend = sentiment_over_time(scores, passages).trend
    by_text = trend.groupby("group")["mean"]
    assert by_text.max()["one"] < -0.8
    assert by_text.min()["two"] > 0.8


def test_a_change_inside_a_quotation_leaves_the_authors_arc_unchanged(tokens_of, series_of):
    _, passages = series_of(np.zeros(12))
    moods = ["good", "bad", "happy", "terrible"]

    def arc(quoted):
        said = {
            passage_id: [["a", moods[number % 4], "day", (quoted, "other"), (quoted, "other")]]
            for number, passage_id in enumerate(passages["passage_id"])
        }
        scores = score_sentiment(tokens_of(said), ["afinn", "bing", "vader"])
        return sentiment_over_time(scores, passages, window=450, n_draws=99).plot_table()

    pd.testing.assert_frame_equal(arc("awful"), arc("wonderful"))


def test_loess_goes_to_the_ends_and_dct_is_a_labelled_option(series_of):
    series = series_of(_noise(60, 1.0, 10))
    assert sentiment_over_time(*series, smoother="loess").trend["mean"].notna().all()
    legacy = sentiment_over_time(*series, smoother="dct", low_pass=5)
    assert legacy.trend["mean"].notna().all()
    assert legacy.settings.smoother == "dct"


def test_the_plot_table_has_the_curve_and_the_passages_with_places(series_of):
    scores, passages = series_of(_noise(40, 1.0, 12))
    table = sentiment_over_time(scores, passages).plot_table()
    points = table[table["row"] == "passage"]
    assert points["place"].tolist() == passages["place"].tolist()
    numbers = table.select_dtypes("float")
    pd.testing.assert_frame_equal(numbers, numbers.round(6))
    assert {"mean", "low", "high", "null_low", "order_high"} <= set(table.columns)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"axis": "time"}, "no axis 'time'"),
        ({"smoother": "spline"}, "no smoother 'spline'"),
        ({"window": 0}, "window is 0"),
        ({"window": "wide"}, "window is 'wide'"),
        ({"level": 95}, "level is 95"),
        ({"n_draws": 10}, "10 draws cannot show"),
        ({"min_share": 1}, "min_share is 1"),
        ({"lexicon": "bing"}, "no lexicon 'bing'"),
        ({"voices": ["other"]}, "no passage in the voice 'other'"),
        ({"groups": {"doc": "A"}}, "no common order"),
        ({"axis": "historical"}, "No passage has a date"),
        ({"axis": "historical", "smoother": "dct"}, "historical axis has no smoother 'dct'"),
        ({"axis": "historical", "groups": {"x": "A"}}, "no entry for the text 'doc'"),
    ],
)
def test_bad_settings_are_told(series_of, settings, words):
    with pytest.raises(InputError, match=words):
        sentiment_over_time(*series_of(_noise(30, 1.0, 13)), **settings)


def test_scores_of_other_passages_and_scores_of_nothing_are_told(series_of):
    scores, passages = series_of([0.1, 0.2, 0.3])
    with pytest.raises(InputError, match="passage 'doc:0003', which the passages table has not"):
        sentiment_over_time(scores, passages.iloc[:2])
    scores["mean_valence"] = np.nan
    with pytest.raises(InputError, match="No passage has a score of the lexicon own"):
        sentiment_over_time(scores, passages)

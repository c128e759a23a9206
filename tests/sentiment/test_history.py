"""Historical time: spans of days, weights by hand, and curves that move with their dates."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.sentiment.history import (
    EVEN_MONTH,
    date_weights,
    day_span,
    even_day,
    month_grid,
)
from analysis.sentiment.time import sentiment_over_time


def test_partial_dates_span_all_their_days():
    first, after = day_span("1920", "1920")
    assert first == 12 * 1920 * EVEN_MONTH
    assert after - first == pytest.approx(365.25)
    assert np.diff(day_span("1920-02", "1920-02"))[0] == pytest.approx(EVEN_MONTH)
    # From the fifth of September on, 26 of its 30 days, and all October.
    assert np.diff(day_span("1920-09-05", "1920-10"))[0] == pytest.approx(
        (1 + 26 / 30) * EVEN_MONTH
    )
    assert even_day(date(1921, 1, 1)) == after


@pytest.mark.parametrize("partial", ["1920-13", "spring", "1920-09-31", "1920-1-1-1", ""])
def test_what_is_no_date_is_told(partial):
    with pytest.raises(InputError, match="is no date"):
        day_span(partial, partial)


def test_dates_that_run_backward_are_told():
    with pytest.raises(InputError, match="1921 to 1920 run backward"):
        day_span("1921", "1920")


def test_weights_are_the_chance_of_falling_into_the_window():
    spans = np.array([[0.0, 10.0], [4.0, 5.0], [20.0, 40.0]])
    weights = date_weights(spans, at=np.array([5.0, 30.0]), window=4)
    np.testing.assert_allclose(weights, [[0.4, 1.0, 0.0], [0.0, 0.0, 0.2]])


def test_the_grid_has_one_place_a_month(series_of):
    first, after = day_span("1919-11", "1920-02")
    grid = month_grid(first, after)
    np.testing.assert_allclose(grid - first, (np.arange(4) + 0.5) * EVEN_MONTH)
    dates = ["1919-11", "1920-02", "1920-01"]
    trend = sentiment_over_time(*series_of([1.0, 2.0, 3.0], dates=dates), axis="historical").trend
    assert trend["date"].tolist() == ["1919-11-15", "1919-12-15", "1920-01-15", "1920-02-15"]
    assert trend["mean"].tolist() == [2.0] * 4


def _dated(series_of, shift=0, order=None, seed=1):
    years = np.repeat(np.arange(1917, 1927), 12) + shift
    months = np.tile(np.arange(1, 13), 10)
    dates = [f"{year}-{month:02d}" for year, month in zip(years, months, strict=True)]
    values = np.sin(np.arange(120) / 9) + 0.3 * np.random.default_rng(seed).normal(size=120)
    if order is not None:
        dates, values = [dates[place] for place in order], values[order]
    return series_of(values, dates=dates)


def test_a_month_of_passages_is_the_mean_of_its_year(series_of):
    scores, passages = _dated(series_of)
    trend = sentiment_over_time(scores, passages, axis="historical", window=30.0, n_draws=99).trend
    # One passage a month: no place has the three passages that a value needs.
    assert trend["mean"].isna().all()
    wide = sentiment_over_time(scores, passages, axis="historical", n_draws=99).trend
    june = wide[wide["date"] == "1920-06-15"].iloc[0]
    # 365 days around the middle of June: eleven whole months, and 0.496 of each December.
    values = scores["mean_valence"].to_numpy()[35:48]
    chance = np.array([1.0] * 13)
    chance[[0, 12]] = (365 / EVEN_MONTH - 11) / 2
    assert june["mean"] == pytest.approx((chance @ values) / chance.sum())
    assert june["n_passages"] == 13


def test_dates_moved_by_a_year_move_the_curve_by_a_year(series_of):
    one, two = (
        sentiment_over_time(*_dated(series_of, shift=shift), axis="historical", n_draws=199).trend
        for shift in (0, 1)
    )
    moved = [f"{int(day[:4]) + 1}{day[4:]}" for day in one["date"]]
    assert moved == two["date"].tolist()
    columns = ["mean", "low", "high", "null_low", "null_high", "n_passages"]
    pd.testing.assert_frame_equal(one[columns], two[columns], atol=1e-9)


def test_the_order_of_telling_does_not_move_the_historical_curve(series_of):
    order = np.random.default_rng(5).permutation(120)
    told, retold = (
        sentiment_over_time(*_dated(series_of, order=kind), axis="historical", n_draws=199).trend[
            "mean"
        ]
        for kind in (None, order)
    )
    np.testing.assert_allclose(told.to_numpy(dtype=float), retold.to_numpy(dtype=float))


def test_wide_dates_widen_the_band_and_flatten_the_curve(series_of):
    scores, passages = _dated(series_of)
    sharp = sentiment_over_time(scores, passages, axis="historical", n_draws=199).trend
    vague = passages.assign(
        date_earliest=[f"{int(day[:4]) - 1}" for day in passages["date_earliest"]],
        date_latest=[f"{int(day[:4]) + 1}" for day in passages["date_earliest"]],
    )
    blurred = sentiment_over_time(scores, vague, axis="historical", n_draws=199).trend
    assert blurred["mean"].max() < 0.8 * sharp["mean"].max()


def test_undated_and_carried_dates_are_counted_and_shown_left_out(series_of):
    scores, passages = _dated(series_of)
    passages.loc[:11, ["date_earliest", "date_latest"]] = None
    passages.loc[12:35, "date_basis"] = "carried forward from doc:0012"
    result = sentiment_over_time(scores, passages, axis="historical", n_draws=199)
    (row,) = result.tests.to_dict("records")
    assert row["n_passages"] == 108
    assert row["share_undated"] == pytest.approx(0.1)
    assert row["share_carried"] == pytest.approx(24 / 108)
    table = result.plot_table()
    curve = table[table["row"] == "curve"]
    # 1918 and 1919 rest on carried dates alone.
    early = curve["date"] < "1919-06"
    assert curve.loc[early, "mean_own_dates"].isna().all()
    late = curve["date"] > "1920-07"
    np.testing.assert_allclose(curve.loc[late, "mean_own_dates"], curve.loc[late, "mean"])
    assert (table["row"] == "passage").sum() == 120


def test_two_texts_of_one_author_are_one_group_and_an_undated_text_says_so(series_of):
    one = _dated(series_of)
    other = series_of(np.zeros(10), doc_id="undated")
    scores, passages = (pd.concat(pair, ignore_index=True) for pair in zip(one, other, strict=True))
    apart = sentiment_over_time(scores, passages, axis="historical", n_draws=99)
    assert apart.tests["group"].tolist() == ["doc", "undated"]
    assert "undated: no passage has a date" in apart.reason
    together = sentiment_over_time(
        scores,
        passages,
        axis="historical",
        groups={"doc": "Serge", "undated": "Serge"},
        n_draws=99,
    )
    assert together.tests["group"].tolist() == ["Serge"]
    assert together.tests["share_undated"].iloc[0] == pytest.approx(10 / 130)


def test_a_peak_of_one_year_is_called_at_its_date(series_of):
    scores, passages = _dated(series_of)
    values = 0.3 * np.random.default_rng(3).normal(size=120)
    values[48:60] += 2.5
    scores["mean_valence"] = values
    peaks = sentiment_over_time(scores, passages, axis="historical", n_draws=199).peaks
    (peak,) = peaks[peaks["kind"] == "peak"].to_dict("records")
    assert peak["date"].startswith("1921-0")
    assert "doc:0055" in peak["passage_ids"].split()

"""Change points: another program's numbers, and planted steps."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.sentiment.changes import change_points, mean_changes
from analysis.sentiment.time import sentiment_over_time

VECTOR = np.array(
    json.loads((Path(__file__).with_name("data") / "smoothing.json").read_text("utf-8"))["vector"]
)


# ruptures 1.1.10: Pelt(model="l2", min_size=m, jump=1).fit(vector).predict(pen=p)[:-1]
@pytest.mark.parametrize(
    ("penalty", "min_length", "changes"),
    [
        (1.0, 3, [6, 10, 16, 21, 34, 45, 52, 57, 60]),
        (1.0, 10, [19, 34, 45, 57]),
        (3.0, 3, [19, 34, 45, 57]),
        (10.0, 3, [19, 45, 57]),
        (10.0, 10, [19, 45, 57]),
    ],
)
def test_changes_are_those_of_ruptures(penalty, min_length, changes):
    assert mean_changes(VECTOR, penalty=penalty, min_length=min_length) == changes


@pytest.mark.slow
def test_a_step_is_found_where_it_is_and_is_stable(series_of):
    values = np.where(np.arange(120) < 70, 0.0, 2.0) + 0.7 * np.random.default_rng(1).normal(
        size=120
    )
    scores, passages = series_of(values)
    result = change_points(sentiment_over_time(scores, passages, n_draws=99))
    (change,) = result.table.to_dict("records")
    assert abs(int(change["passage_id"][-4:]) - 71) <= 2
    assert change["stability"] > 0.9
    assert change["chance"] < 0.15
    assert change["mean_before"] == pytest.approx(0, abs=0.3)
    assert change["mean_after"] == pytest.approx(2, abs=0.3)
    assert result.segments["n_passages"].sum() == 120


def test_noise_has_no_change_and_a_short_text_says_so(series_of):
    noise = np.random.default_rng(2).normal(size=80)
    result = change_points(sentiment_over_time(*series_of(noise), n_draws=99), n_draws=99)
    assert result.table.empty
    assert result.segments["n_passages"].tolist() == [80]
    short = change_points(sentiment_over_time(*series_of(noise[:12]), window=450, n_draws=99))
    assert "12 passages are too few" in short.reason
    assert short.table.empty


def test_bad_settings_are_told(series_of):
    result = sentiment_over_time(*series_of(np.arange(30.0)), n_draws=99)
    with pytest.raises(InputError, match="at least 2"):
        change_points(result, min_passages=1)
    with pytest.raises(InputError, match="penalty above 0"):
        change_points(result, penalty=0)
    with pytest.raises(InputError, match="makes no sense"):
        mean_changes(np.arange(5.0), penalty=-1, min_length=2)

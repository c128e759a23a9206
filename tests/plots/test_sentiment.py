"""Figures of sentiment: they draw what the table holds, points link, nothing global changes."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection

from analysis.plots.sentiment import ARC_KEY, draw_arc
from analysis.plots.sentiment_checks import (
    draw_agreement,
    draw_calibration,
    draw_tone_of_persons,
    draw_validation,
    draw_word_shift,
)
from analysis.plots.style import HUES, figure


@pytest.fixture
def arc() -> pd.DataFrame:
    count = 12
    x = 150.0 * np.arange(count) + 75
    curve = pd.DataFrame(
        {
            "row": "curve",
            "group": "doc",
            "axis": "narrative",
            "position": x,
            "mean": np.where(np.arange(count) == 6, 0.9, 0.1),
            "low": -0.1,
            "high": 0.3,
            "null_low": -0.5,
            "null_high": 0.5,
            "order_low": -0.4,
            "order_high": 0.4,
        }
    )
    points = pd.DataFrame(
        {
            "row": "passage",
            "group": "doc",
            "axis": "narrative",
            "position": x,
            "valence": np.linspace(-1, 1, count),
            "place": [f"doc@{start}-{start + 9}" for start in range(0, 10 * count, 10)],
        }
    )
    return pd.concat([curve, points], ignore_index=True)


def test_an_arc_draws_its_curve_its_nulls_and_points_that_link(arc):
    ax = draw_arc(figure("double").subplots(), arc, group="doc", title="A text", note=ARC_KEY)
    curve, points = arc[arc["row"] == "curve"], arc[arc["row"] == "passage"]
    lines = [line for line in ax.lines if len(line.get_xdata()) == len(curve)]
    drawn = [line.get_ydata() for line in lines]
    assert any(np.allclose(one, curve["mean"]) for one in drawn)
    for edge in ("low", "high", "order_low", "order_high"):
        assert any(np.allclose(one, curve[edge]) for one in drawn), edge
    (scatter,) = [one for one in ax.collections if any(one.get_urls())]
    assert len(scatter.get_offsets()) == len(points)
    assert scatter.get_urls()[1] == "reading-room/doc.html#doc@10-19"
    np.testing.assert_allclose(scatter.get_offsets()[:, 1], points["valence"])
    assert ax.get_title(loc="left") == "A text"
    assert ARC_KEY in ax.get_xlabel()


def test_places_beyond_the_null_are_marked(arc):
    ax = draw_arc(figure("double").subplots(), arc, group="doc")
    marked = [line for line in ax.lines if line.get_marker() == "o"]
    assert [list(line.get_ydata()) for line in marked] == [[0.9]]


def test_only_the_group_that_was_asked_for_is_drawn(arc):
    both = pd.concat([arc, arc.assign(group="other", valence=9.0)], ignore_index=True)
    ax = draw_arc(figure("double").subplots(), both, group="doc")
    assert ax.get_ylim()[1] < 2


def test_dates_become_years_and_spans_are_drawn(arc):
    months = [f"1920-{month:02d}-01" for month in range(1, 13)]
    dated = arc.assign(
        axis="historical",
        position=np.nan,
        mean_own_dates=np.where(np.arange(24) < 3, np.nan, 0.05),
        date=months * 2,
        first_day="1919-07-02",
        last_day="1921-01-01",
    )
    dated.loc[dated.index[-1], ["date", "first_day", "last_day"]] = None
    ax = draw_arc(figure("double").subplots(), dated, group="doc", years=(1919, 1922))
    assert ax.get_xlim() == (1919, 1922)
    assert ax.get_xlabel() == "Year told of"
    (line,) = [one for one in ax.lines if np.allclose(one.get_ydata(), dated["mean"][:12])]
    np.testing.assert_allclose(line.get_xdata()[[0, 6]], [1920, 1920 + 182 / 366])
    # Without dates carried forward the curve is another one, and begins later.
    (dashed,) = [one for one in ax.lines if one.get_linestyle() == "--"]
    np.testing.assert_array_equal(np.isnan(dashed.get_ydata()), np.arange(12) < 3)
    # The passage without a date stands hollow at the right end, and links.
    undated = [
        one for one in ax.collections if one.get_urls() == ["reading-room/doc.html#doc@110-119"]
    ]
    assert [one.get_offsets()[0, 1] for one in undated] == [1.0]
    same = dated.assign(mean_own_dates=dated["mean"])
    ax = draw_arc(figure("double").subplots(), same, group="doc")
    assert "--" not in [one.get_linestyle() for one in ax.lines]


def test_agreement_writes_every_correlation_but_the_diagonal():
    table = pd.DataFrame(
        {
            "lexicon_a": ["a", "a", "b", "b"],
            "lexicon_b": ["a", "b", "a", "b"],
            "rho": [1.0, 0.25, 0.25, 1.0],
        }
    )
    ax = draw_agreement(figure().subplots(), table, labels={"a": "First"})
    assert [text.get_text() for text in ax.texts] == ["0.25", "0.25"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["First", "b"]
    missing = draw_agreement(figure().subplots(), table.replace(0.25, np.nan))
    assert [text.get_text() for text in missing.texts] == ["–", "–"]


def test_a_word_shift_draws_its_first_words_and_the_rest_together():
    table = pd.DataFrame(
        {
            "term": ["war", "hope", "the", "sun"],
            "share_target": [0.1, 0.3, 0.1, 0.2],
            "share_reference": [0.4, 0.1, 0.2, 0.1],
            "contribution": [0.5, 0.3, -0.1, 0.05],
        }
    )
    ax = draw_word_shift(figure().subplots(), table, n_words=2)
    widths = [bar.get_width() for bar in ax.patches]
    np.testing.assert_allclose(widths, [0.5, 0.3, -0.05])
    assert [text.get_text() for text in ax.texts] == ["war ↓", "hope ↑", "2 further words"]


def test_validation_is_ordered_and_has_its_ceiling():
    table = pd.DataFrame(
        {
            "lexicon": ["a", "b"],
            "rho": [0.5, 0.2],
            "low": [0.3, np.nan],
            "high": [0.7, np.nan],
            "ceiling": 0.9,
        }
    )
    ax = draw_validation(figure().subplots(), table)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["b", "a"]
    assert "0.90" in ax.texts[0].get_text()


def test_persons_without_an_interval_are_hollow():
    table = pd.DataFrame(
        {
            "person": ["lenin", "lenin", "radek", "radek"],
            "group": ["R", "S", "R", "S"],
            "n_mentions": [2, 70, 1, 8],
            "difference": [0.1, 0.2, np.nan, 0.4],
            "low": [np.nan, -0.1, np.nan, np.nan],
            "high": [np.nan, 0.5, np.nan, np.nan],
        }
    )
    ax = draw_tone_of_persons(
        figure().subplots(), table, hue_of={"R": HUES[0], "S": HUES[1]}, labels={"lenin": "Lenin"}
    )
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Lenin (72)", "radek (9)"]
    faces = [
        mpl.colors.to_hex(one.get_facecolor()[0]).upper()
        for one in ax.collections
        if isinstance(one, PathCollection)
    ]
    assert faces == ["#FFFFFF", HUES[1], "#FFFFFF"]


def test_calibration_draws_one_point_a_fifth():
    table = pd.DataFrame(
        {"fifth": [1, 2, 3], "valence": [-1.0, 0.0, 1.0], "low": [-2, -1, 0.0], "high": [0, 1, 2.0]}
    )
    ax = draw_calibration(figure().subplots(), table)
    np.testing.assert_allclose(ax.collections[-1].get_offsets()[:, 1], [-1, 0, 1])


def test_no_global_setting_is_touched(arc):
    before = dict(mpl.rcParams)
    draw_arc(figure("double").subplots(), arc, group="doc")
    assert dict(mpl.rcParams) == before

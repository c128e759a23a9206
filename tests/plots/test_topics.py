"""Figures of topics: what is drawn is what the plot table says, and all of it can be read."""

import io

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection

from analysis.plots import topics as draw
from analysis.plots import topics_choices as choices
from analysis.plots import topics_worth as worth
from analysis.plots.style import figure
from analysis.plots.topics_cards import CARD_MM, draw_cards
from analysis.publish.legible import remarks_on

TERMS = "peasants, party, state, power, workers, stalin, years, famine, socialist, policy"


@pytest.fixture
def shares():
    return pd.DataFrame(
        {
            "topic": [1, 1, 1, 2, 2, 2],
            "terms": [TERMS] * 6,
            "doc_id": ["a", "b", "c"] * 2,
            "share": [0.5, 0.2, np.nan, 0.5, 0.8, np.nan],
            "stability": [0.9] * 3 + [0.4] * 3,
            "low": [0.85] * 3 + [np.nan] * 3,
            "high": [0.95] * 3 + [np.nan] * 3,
        }
    )


@pytest.fixture
def stability():
    return pd.DataFrame(
        {
            "topic": [1, 2],
            "terms": [TERMS] * 2,
            "stability": [0.9, 0.4],
            "stability_low": [0.85, 0.3],
            "stability_high": [0.95, 0.5],
            "stable": [True, False],
            "block_agreement": [0.7, -0.1],
            "block_low": [0.5, -0.2],
            "block_high": [0.8, 0.1],
            "bound": 0.7,
            "shuffled": 0.35,
        }
    )


def offsets_of(ax):
    """Return the points of every scatter of the axes."""
    return [
        np.asarray(part.get_offsets())
        for part in ax.collections
        if isinstance(part, PathCollection)
    ]


def drawn(fig):
    """Draw the figure and return its remarks."""
    fig.savefig(io.BytesIO(), format="svg")
    return remarks_on(fig)


def test_topics_show_each_share_and_each_stability(shares):
    fig = figure("double", height_mm=60)
    axes = draw.draw_topics(
        fig.subplots(1, 2, sharey=True),
        shares,
        authors={"a": "X", "b": "Y", "c": "Y"},
        unrelated=0.3,
    )
    points = np.concatenate(offsets_of(axes[0]))
    assert {(0.5, 0.0), (0.2, 0.0), (0.5, 1.0), (0.8, 1.0)} <= set(map(tuple, points.tolist()))
    assert offsets_of(axes[1])[-1].tolist() == [[0.9, 0.0], [0.4, 1.0]]
    labels = [label.get_text() for label in axes[0].get_yticklabels()]
    assert [label.replace("\n", " ") for label in labels] == [f"1  {TERMS}", f"2  {TERMS}"]
    # An author's texts have one colour and different markers; the first topic is at the top.
    colours = [tuple(part.get_facecolor()[0]) for part in axes[0].collections]
    assert colours[1] == colours[2] != colours[0]
    low, high = axes[0].get_ylim()
    assert low > high
    assert drawn(fig) == ()


def test_a_topic_without_an_interval_has_a_point_and_no_line(shares):
    fig = figure("double", height_mm=60)
    axes = draw.draw_topics(fig.subplots(1, 2, sharey=True), shares)
    segments = axes[1].collections[0].get_segments()
    assert [segment.tolist() for segment in segments] == [[[0.85, 0.0], [0.95, 0.0]]]


def test_stability_shows_seeds_blocks_and_the_reach_of_chance(stability):
    fig = figure("double", height_mm=60)
    ax = worth.draw_stability(fig.subplots(), stability)
    seeds, blocks = offsets_of(ax)[-2:]
    assert seeds[:, 0].tolist() == [0.9, 0.4]
    assert blocks[:, 0].tolist() == [0.7, -0.1]
    assert ax.patches[0].get_extents().transformed(ax.transData.inverted()).x1 == pytest.approx(0.7)
    # What goes below 0 is not cut off.
    assert ax.get_xlim()[0] <= -0.2
    assert drawn(fig) == ()


def test_stability_without_shuffles_or_blocks_is_drawn_with_what_there_is(stability):
    nothing = ["block_agreement", "block_low", "block_high", "bound", "shuffled"]
    stability[nothing] = np.nan
    ax = worth.draw_stability(figure("double").subplots(), stability)
    assert len(offsets_of(ax)) == 1
    assert not ax.patches


def test_measures_over_the_number_of_topics():
    table = pd.DataFrame(
        {
            "n_topics": [5, 4, 4, 5],
            "measure": ["excess stability"] * 2 + ["diversity"] * 2,
            "value": [0.2, 0.3, 0.7, 0.6],
            "low": [0.1, 0.2, np.nan, np.nan],
            "high": [0.3, 0.4, np.nan, np.nan],
        }
    )
    fig = figure("double", height_mm=50)
    axes = choices.draw_number(fig.subplots(1, 2), table)
    assert axes[0].get_lines()[0].get_xydata().tolist() == [[4.0, 0.3], [5.0, 0.2]]
    assert axes[1].get_lines()[0].get_xydata().tolist() == [[4.0, 0.7], [5.0, 0.6]]
    assert len(axes[0].collections) == 1
    assert len(axes[1].collections) == 0
    assert drawn(fig) == ()


def test_runs_are_a_grid_of_topics_by_runs():
    table = pd.DataFrame(
        {
            "topic": [1] * 6 + [2] * 6,
            "terms": [TERMS] * 12,
            "run": list(range(1, 7)) * 2,
            "agreement": np.linspace(0, 1, 12),
        }
    )
    fig = figure("double", height_mm=60)
    ax = worth.draw_runs(fig.subplots(), table)
    grid = ax.collections[0].get_array()
    assert np.asarray(grid).ravel().tolist() == table["agreement"].tolist()
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "6"]
    low, high = ax.get_ylim()
    assert low > high
    assert drawn(fig) == ()


def test_a_contrast_has_a_row_a_pair_of_texts_and_its_median():
    table = pd.DataFrame(
        {
            "kind": ["different groups"] * 3 + ["within text"] * 2 + ["random split"],
            "text_a": ["a"] * 6,
            "text_b": ["b"] * 3 + ["a"] * 3,
            "distance": [0.5, 0.9, 0.6, 0.1, 0.3, -0.02],
        }
    )
    fig = figure("double", height_mm=60)
    ax = worth.draw_contrast(fig.subplots(), table, labels={"a": "A", "b": "B"}, groups="authors")
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["A – B\n(different authors)", "parts of A", "random halves of A"]
    assert [len(points) for points in offsets_of(ax) if len(points) > 1] == [3, 2]
    medians = [
        part.get_segments()[0][0][0] for part in ax.collections if hasattr(part, "get_segments")
    ]
    assert medians == pytest.approx([0.6, 0.2, -0.02])
    assert drawn(fig) == ()


def test_one_group_is_named_in_the_singular():
    table = pd.DataFrame(
        {"kind": ["same group"], "text_a": ["a"], "text_b": ["b"], "distance": [0.2]}
    )
    ax = worth.draw_contrast(figure().subplots(), table, groups="authors")
    assert ax.get_yticklabels()[0].get_text() == "a – b\n(same author)"


def test_topics_over_time_leave_gaps_where_nothing_is_known():
    table = pd.DataFrame(
        {
            "group": ["all"] * 6 + ["a"] * 3,
            "topic": 1,
            "year": [1919.0, 1920.0, 1921.0] * 3,
            "dates": ["all"] * 3 + ["not carried"] * 3 + ["all"] * 3,
            "share": [0.2, np.nan, 0.4, 0.1, 0.2, 0.3, 0.9, 0.9, 0.9],
            "low": [0.1, np.nan, 0.3] * 3,
            "high": [0.3, np.nan, 0.5] * 3,
        }
    )
    fig = figure("single")
    (ax,) = worth.draw_over_time([fig.subplots()], table, names={1: "1  peasants, party"})
    lines = {line.get_label(): line.get_ydata() for line in ax.get_lines()}
    np.testing.assert_array_equal(lines["all dated passages"], [0.2, np.nan, 0.4])
    np.testing.assert_array_equal(lines["without carried dates"], [0.1, 0.2, 0.3])
    assert ax.get_title(loc="left") == "1  peasants, party"
    assert drawn(fig) == ()


def test_backends_stand_beside_their_shuffled_corpora():
    table = pd.DataFrame(
        {
            "backend": ["tomotopy"] * 3 + ["gensim"] * 3,
            "corpus": ["real", "shuffled 1", "shuffled 2"] * 2,
            "measure": "agreement",
            "value": [0.7, 0.4, 0.3, 0.2, 0.25, 0.22],
        }
    )
    fig = figure("single")
    (ax,) = choices.draw_backends([fig.subplots()], table)
    points = offsets_of(ax)
    assert points[0][:, 0].tolist() == [0.4, 0.3]
    assert points[1].tolist() == [[0.7, 0.0]]
    assert points[3].tolist() == [[0.2, 1.0]]
    assert drawn(fig) == ()


@pytest.fixture
def cards():
    return pd.DataFrame(
        {
            "topic": [1, 2],
            "name": ["The famine", None],
            "terms": [TERMS] * 2,
            "frex_terms": [TERMS] * 2,
            "stability": [0.9, np.nan],
            "low": [0.85, np.nan],
            "high": [0.95, np.nan],
            "stable": pd.array([True, None], dtype="boolean"),
            "shares_by_text": ["a 50%; b 7%; c no words", "a 0%; b 93%; c no words"],
            "place_1": ["a@1-20", "b@3-40"],
            "place_2": ["b@7-12", None],
            "place_3": [None, None],
            "cautions": ["", "It agrees with topic 1 at 0.70: fewer topics may say the same."],
        }
    ).astype(dict.fromkeys(("name", "place_1", "place_2", "place_3"), "string"))


def test_cards_show_words_shares_and_links(cards):
    fig = figure("double", height_mm=2 * CARD_MM + 14)
    axes = draw_cards(fig.subplots(2, 2), cards, authors={"a": "X", "b": "Y"})
    first, second = ([text.get_text() for text in row[0].texts] for row in axes)
    assert first[0] == "1  The famine"
    assert " ".join(first[1:]).count(TERMS) == 2
    assert "Agreement of two runs 0.90 (0.85 to 0.95 over seeds): beyond shuffled text" in first
    assert second[0] == "2  without a name"
    assert "Stability: not known from one run or one topic" in second
    assert any(line.startswith("Caution: It agrees with topic 1") for line in second)
    links = [text.get_url() for row in axes for text in row[0].texts if text.get_url()]
    assert links == [f"reading-room/{one[0]}.html#{one}" for one in ("a@1-20", "b@7-12", "b@3-40")]
    # A text without words has no bar.
    assert [[bar.get_width() for bar in row[1].patches] for row in axes] == [[0.5, 0.07], [0, 0.93]]
    assert axes[0][1].get_xlim() == axes[1][1].get_xlim()
    assert drawn(fig) == ()


def test_the_settings_of_the_caller_stay_as_they_are(shares, stability):
    before = dict(mpl.rcParams)
    draw.draw_topics(figure("double").subplots(1, 2, sharey=True), shares)
    worth.draw_stability(figure("double").subplots(), stability)
    assert dict(mpl.rcParams) == before

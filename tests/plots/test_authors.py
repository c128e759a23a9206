"""Figures of author comparison: each draws what its table holds, and nothing else."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from analysis.plots import authors, authors_inference
from analysis.plots.style import NULL_GREY, figure, place_link

PAIRS = pd.DataFrame(
    {
        "kind": ["different authors", "same text", "same text"],
        "text_a": ["a", "a", "a"],
        "text_b": ["b", "a", "a"],
        "distance": [1.2, 0.8, 0.9],
        "median": [1.2, 0.85, 0.85],
        "place": ["a@0-9", "a@0-9", "a@10-19"],
    }
)


@pytest.fixture
def ax():
    return figure("double", height_mm=80).subplots()


def labels_of(axis) -> list[str]:
    return [text.get_text() for text in axis.get_ticklabels()]


def points_of(ax) -> np.ndarray:
    return np.concatenate([np.asarray(one.get_offsets()) for one in ax.collections])


def links_of(ax) -> set[str]:
    return {url for one in ax.collections for url in one.get_urls() if url}


def test_baselines_stand_in_order_of_kind_and_lead_to_places(ax) -> None:
    assert authors.draw_baselines(ax, PAIRS, labels={"a": "One"}, note="not yet") is ax
    assert labels_of(ax.yaxis) == ["within One", "One –\nb"]
    assert sorted(points_of(ax)[:, 0]) == [0.8, 0.9, 1.2]
    assert place_link("a@10-19") in links_of(ax)
    assert "not yet" in ax.get_xlabel()
    # The black median is that of the table, not computed anew.
    assert ax.lines[0].get_xdata()[0] == 0.85


def test_the_map_has_a_point_a_slice(ax) -> None:
    table = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b"],
            "author": ["One", "One", None],
            "place": ["a@0-9", "a@10-19", "b@0-9"],
            "x": [0.0, 1, 2],
            "y": [2.0, 0, 1],
        }
    )
    authors.draw_map(ax, table, labels={"a": "First"}, shares=(0.4, 0.2))
    assert len(points_of(ax)) == 3
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["First", "b"]
    assert ax.get_xlabel() == "First direction (40 % of the variation between slices)"
    assert ax.get_ylabel() == "Second direction (20 %)"
    assert place_link("b@0-9") in links_of(ax)
    colours = {tuple(one.get_facecolor()[0]) for one in ax.collections}
    assert len(colours) == 2


def test_keyness_stands_both_ways(ax) -> None:
    table = pd.DataFrame(
        {
            "side": ["target", "target", "reference"],
            "term": ["get", "baku", "is"],
            "log_ratio": [2.0, 3.0, -1.5],
            "low": [1.0, 0.5, -2.0],
            "high": [3.0, 5.5, -1.0],
            "one_passage": [False, True, False],
            "place": ["a@0-9", None, "b@0-9"],
        }
    )
    authors.draw_keyness(ax, table, names=("Rose", "Sage"))
    assert labels_of(ax.yaxis) == ["get", "baku", "is"]
    assert "more in Sage" in ax.get_xlabel()
    scatters = [one for one in ax.collections if hasattr(one, "get_sizes")]
    faces = [tuple(face) for one in scatters for face in one.get_facecolor()]
    # The word of one passage is hollow.
    assert (1.0, 1.0, 1.0, 1.0) in faces
    assert links_of(ax) == {place_link("a@0-9"), place_link("b@0-9")}


def test_a_word_whose_interval_reaches_0_is_grey(ax) -> None:
    table = pd.DataFrame(
        {
            "side": ["target", "reference"],
            "term": ["get", "the"],
            "log_ratio": [2.0, -0.1],
            "low": [1.0, -0.4],
            "high": [3.0, 0.2],
        }
    )
    authors.draw_keyness(ax, table, names=("Rose", "Sage"))
    edges = [one.get_edgecolor()[0] for one in ax.collections if hasattr(one, "get_sizes")]
    assert mpl.colors.to_hex(edges[0]) != mpl.colors.to_hex(NULL_GREY)
    assert mpl.colors.to_hex(edges[1]) == mpl.colors.to_hex(NULL_GREY).lower()


def test_energy_has_intervals_where_there_are_some(ax) -> None:
    table = pd.DataFrame(
        {
            "text_a": ["a", "a", "b"],
            "text_b": ["b", "b", "c"],
            "estimand": ["slice distance", "energy", "energy"],
            "distance": [1.0, 0.2, 0.3],
            "low": [0.9, 0.1, np.nan],
            "high": [1.1, 0.3, np.nan],
        }
    )
    authors_inference.draw_energy(ax, table)
    assert labels_of(ax.yaxis) == ["a –\nb", "b –\nc"]
    (intervals,) = [one for one in ax.collections if hasattr(one, "get_segments")]
    assert len(intervals.get_segments()) == 1


def test_the_tree_shows_leaves_and_supports(ax) -> None:
    table = pd.DataFrame(
        {
            "node": range(5),
            "parent": [-1, 0, 1, 1, 0],
            "label": ["", "", "a", "b", "c"],
            "support": [np.nan, 0.91, np.nan, np.nan, np.nan],
            "share_different": [np.nan, 0.3, np.nan, np.nan, np.nan],
            "x": [0.0, 1, 2, 2, 2],
            "y": [1.25, 0.5, 0, 1, 2],
        }
    )
    authors_inference.draw_tree(ax, table, labels={"a": "First"})
    texts = [text.get_text() for text in ax.texts]
    assert texts == ["0.91\n(different\nauthors: 0.30)", "First", "b", "c"]


CALIBRATION = pd.DataFrame(
    {
        "position": [0, 0, 1, 1, 0],
        "text": ["a", "a", "b", "b", "a"],
        "truth": ["odd here", "all different", "odd here", "all different", "observed"],
        "score": [0.3, 0.1, 0.2, 0.0, 0.15],
        "right": [0.8, 0.8, 0.7, 0.7, 0.8],
        "low": [0.7, 0.7, 0.6, 0.6, 0.7],
        "high": [0.9, 0.9, 0.8, 0.8, 0.9],
        "chance": 0.5,
    }
)


def test_accuracy_by_position_beside_chance(ax) -> None:
    authors_inference.draw_accuracy(ax, CALIBRATION, labels={"a": "First"})
    assert labels_of(ax.yaxis) == ["odd: First", "odd: b"]
    assert ax.lines[0].get_xdata()[0] == 0.5


def test_evidence_shows_one_position_and_what_was_observed(ax) -> None:
    authors_inference.draw_evidence(ax, CALIBRATION, position=0)
    assert labels_of(ax.yaxis) == ["another author here", "all authors different"]
    assert sorted(points_of(ax)[:, 0]) == [0.1, 0.3]
    assert ax.lines[0].get_xdata()[0] == 0.15


def test_sensitivity_has_each_cell_in_each_factor(ax) -> None:
    table = pd.DataFrame(
        {
            "factor": ["measure", "measure", "n_terms", "n_terms"],
            "level": ["burrows", "minmax", "100", "100"],
            "value": [0.2, -0.1, 0.2, -0.1],
            "median": [0.2, -0.1, 0.05, 0.05],
            "share": [1.0, 0.0, 0.5, 0.5],
        }
    )
    authors_inference.draw_sensitivity(ax, table)
    assert labels_of(ax.yaxis) == ["measure: burrows", "minmax", "most frequent words: 100"]
    assert len(points_of(ax)) == 4
    assert [text.get_text() for text in ax.texts] == ["100 %", "0 %", "50 %", "> 0"]
    assert ax.get_xlim()[0] < -0.1


def test_shares_stand_beside_those_of_draws(ax) -> None:
    table = pd.DataFrame(
        {"kind": ["all different"], "low": [0.1], "high": [0.9], "as_high": [0.25]}
    )
    authors_inference.draw_shares(ax, table, observed=0.95)
    assert [text.get_text() for text in ax.texts] == ["25 %", "as high"]
    assert labels_of(ax.yaxis) == ["all authors different"]
    assert ax.lines[0].get_xdata()[0] == 0.95


def test_no_plot_touches_the_settings_or_the_table(ax) -> None:
    before = dict(mpl.rcParams)
    kept = PAIRS.copy()
    authors.draw_baselines(ax, PAIRS)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(PAIRS, kept)

"""The house's sizes, colours and links, and that the user's settings are left alone."""

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from analysis.errors import InputError
from analysis.plots.labels import READABLE_CONTRAST, label_ends, text_hue
from analysis.plots.style import (
    HUES,
    NULL_GREY,
    SMALLEST_TEXT,
    figure,
    hues,
    link_points,
    markers,
    place_link,
    styled,
)

# How the dichromatic eye sees linear sRGB: Machado, Oliveira and Fernandes (2009), severity 1.0.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
SRGB_TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)


def linear(colour: str) -> np.ndarray:
    """Return linear sRGB."""
    parts = np.array(to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIELAB (D65) of linear sRGB."""
    ratio = SRGB_TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("vision", VISIONS)
def test_hues_and_grey_are_told_apart_in_every_vision(vision):
    seen = [lab(np.array(VISIONS[vision]) @ linear(hue)) for hue in (*HUES, NULL_GREY)]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 25


def test_hues_are_told_apart_by_lightness_alone():
    lightness = sorted(lab(linear(hue))[0] for hue in HUES)
    assert min(np.diff(lightness)) > 8


@pytest.mark.parametrize("hue", [*HUES, NULL_GREY, "#FFFFFF"])
def test_text_in_a_hue_is_readable_on_white(hue):
    luminance = (SRGB_TO_XYZ @ linear(text_hue(hue)))[1]
    assert 1.05 / (luminance + 0.05) >= READABLE_CONTRAST


def test_a_hue_that_is_readable_stays_as_it_is():
    assert text_hue("#004488") == "#004488"


@pytest.mark.parametrize(("width", "inches"), [("single", 89 / 25.4), ("double", 183 / 25.4)])
def test_widths_are_those_of_journals(width, inches):
    fig = figure(width, height_mm=50)
    assert fig.get_size_inches() == pytest.approx([inches, 50 / 25.4])
    assert fig.get_layout_engine() is not None


@pytest.mark.parametrize("height", [0, -1, 248, float("nan")])
def test_a_height_that_is_not_on_a_page_is_refused(height):
    with pytest.raises(InputError, match="not on a page"):
        figure("single", height_mm=height)


def test_an_unknown_width_is_refused_by_name():
    with pytest.raises(InputError, match=r"'triple'.*single, double"):
        figure("triple")  # type: ignore[arg-type]


def test_the_users_settings_neither_enter_nor_change():
    with mpl.rc_context({"font.size": 31, "axes.spines.top": True, "xtick.labelsize": 3}):
        before = dict(mpl.rcParams)
        fig = figure("single")
        ax = fig.subplots()
        draw_line(ax)
        assert dict(mpl.rcParams) == before
        fig.draw_without_rendering()
        sizes = {text.get_fontsize() for text in fig.findobj(Text) if text.get_text()}
    assert min(sizes) >= SMALLEST_TEXT
    assert max(sizes) < 10
    assert not ax.spines["top"].get_visible()


@styled
def draw_line(ax):
    """Return the axes with a line and a title."""
    ax.plot([0, 1], [0, 1])
    ax.set_title("A line goes up")
    return ax


def test_settings_come_back_after_an_error():
    before = dict(mpl.rcParams)

    @styled
    def fail():
        assert mpl.rcParams["svg.hashsalt"] == "witness"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert dict(mpl.rcParams) == before


def test_hues_follow_order_not_names():
    assert hues(["Serge", "Rosmer", "Serge"]) == {"Serge": HUES[0], "Rosmer": HUES[1]}
    assert hues(["Rosmer", "Serge"]) == {"Rosmer": HUES[0], "Serge": HUES[1]}


def test_an_author_keeps_his_colour_where_others_are_left_out():
    every = hues(["A", "B", "C"])
    assert hues(["C"], order=["A", "B", "C"])["C"] == every["C"]
    some = pd.Series(pd.Categorical(["C"], categories=["A", "B", "C"]))
    assert hues(some)["C"] == every["C"]


def test_groups_beyond_the_fourth_are_grey_circles_and_missing_ones_none():
    groups = ["a", "b", None, "c", "d", "e", "f"]
    assert len({hues(groups)[name] for name in "abcd"}) == 4
    assert hues(groups)["e"] == hues(groups)["f"]
    assert len(hues(groups)) == 6
    assert markers(groups)["e"] == "o"


def test_points_link_to_their_places_and_missing_places_to_nothing():
    ax = figure("single").subplots()
    points = ax.scatter([1, 2, 3], [1, 2, 3])
    link_points(points, pd.Series(["a-b@12-90", None, "c@0-5"], dtype="string"))
    assert points.get_urls() == [
        "reading-room/a-b.html#a-b@12-90",
        None,
        "reading-room/c.html#c@0-5",
    ]


def test_a_strange_doc_id_is_quoted_in_a_link():
    assert place_link('a b"<@1-2') == "reading-room/a%20b%22%3C.html#a%20b%22%3C@1-2"


def test_a_line_cannot_carry_a_link_a_point():
    (line,) = figure("single").subplots().plot([1, 2])
    with pytest.raises(InputError, match="scatter"):
        link_points(line, ["a@0-1", "a@1-2"])


def test_labels_at_line_ends_do_not_touch_and_keep_their_order():
    fig = figure("single", height_mm=50)
    ax = fig.subplots()
    ax.set_ylim(0, 1)
    label_ends(ax, {"b": (0.99, HUES[0]), "a": (0.98, HUES[1]), "c": (0.1, HUES[2])})
    fig.draw_without_rendering()
    boxes = {text.get_text(): text.get_window_extent() for text in ax.texts}
    assert boxes["a"].y1 <= boxes["b"].y0
    assert boxes["c"].y1 < boxes["a"].y0
    assert all(box.y1 <= fig.bbox.y1 and box.x1 <= fig.bbox.x1 for box in boxes.values())

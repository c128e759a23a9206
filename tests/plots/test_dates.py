"""The figure of narrated times: what is drawn is what the table says."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.plots.dates import BASES, draw_narrated_times
from analysis.plots.style import SMALLEST_TEXT, figure

NAN = float("nan")
TABLE = pd.DataFrame(
    [
        ("a", "a@0-9", 50.0, 1920.0, 1921.0, "explicit"),
        ("a", "a@9-20", 150.0, 1917.5, 1920.0, "carried"),
        ("b", "b@0-9", 80.0, 1880.0, 1890.0, "editorial"),
        ("b", "b@9-20", 200.0, NAN, NAN, "none"),
    ],
    columns=["doc_id", "place", "position", "first_year", "after_year", "basis"],
)


def drawn(**settings):
    return draw_narrated_times(figure("double").subplots(), TABLE, **settings)


def lines(ax):
    """Return the spans drawn, with their hue: (first, after, hue)."""
    return [
        (float(path[0][0]), float(path[1][0]), to_hex(lines.get_color()[0]))
        for lines in ax.collections
        if lines.__class__.__name__ == "LineCollection"
        for path in lines.get_segments()
    ]


def test_each_passage_is_a_line_as_wide_as_its_time_in_the_hue_of_its_basis():
    hue = {basis: entry[0].lower() for basis, entry in BASES.items()}
    assert lines(drawn()) == [
        (1920.0, 1921.0, hue["explicit"]),
        (1917.5, 1920.0, hue["carried"]),
        (1880.0, 1890.0, hue["editorial"]),
    ]


def test_texts_stand_under_one_another_in_the_order_of_telling():
    ax = drawn()
    heights = [
        float(path[0][1])
        for lines in ax.collections
        if lines.__class__.__name__ == "LineCollection"
        for path in lines.get_segments()
    ]
    assert heights == sorted(heights)
    assert heights[1] - heights[0] == 100.0, "of one text: as far as in words"
    low, high = ax.get_ylim()
    assert low > high, "telling runs downward"
    assert all(high < height < low for height in heights)


def test_every_point_links_to_its_passage():
    urls = [
        url
        for points in drawn().collections
        if points.__class__.__name__ == "PathCollection"
        for url in points.get_urls()
        if url
    ]
    assert sorted(url.split("#")[1] for url in urls) == sorted(TABLE["place"])


def test_what_lies_beyond_the_years_is_pointed_at():
    ax = drawn(years=(1914, 1938))
    assert ax.get_xlim() == (1914, 1938)
    edge = [
        points.get_offsets()
        for points in ax.collections
        if points.__class__.__name__ == "PathCollection"
        and np.allclose(np.asarray(points.get_offsets())[:, :1], 1914)
        and len(points.get_offsets())
    ]
    assert len(edge) == 1
    assert len(edge[0]) == 1


def test_the_key_names_only_the_bases_that_there_are():
    words = [text.get_text() for text in drawn(labels={"a": "Eva"}, note="no notes").texts]
    assert "Eva" in words
    assert "b" in words
    assert [word for word in words if word[0] in "◆■▲●–"] == [
        BASES[basis][2] for basis in ("explicit", "carried", "editorial", "none")
    ]
    assert drawn(note="no notes").get_xlabel() == "Year narrated\nno notes"


@pytest.mark.parametrize("table", [TABLE.iloc[3:], TABLE.iloc[:1]])
def test_one_passage_is_enough_even_without_a_time(table):
    ax = draw_narrated_times(figure("single").subplots(), table)
    assert all(text.get_fontsize() >= SMALLEST_TEXT for text in ax.texts)
    assert len(lines(ax)) == (table["basis"] != "none").sum()

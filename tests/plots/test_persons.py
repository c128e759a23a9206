"""The bars of who is spoken of: what is drawn is what the table says."""

import pandas as pd
import pytest
from matplotlib.colors import to_rgba

from analysis.plots.persons import draw_spoken_of
from analysis.plots.style import SMALLEST_TEXT, figure

TABLE = pd.DataFrame(
    [
        ("Eva", "author", "braun", "Max Braun", 3, 900, 1000, 3.0),
        ("Eva", "others", "braun", "Max Braun", 1, 100, 1000, 1.0),
        ("Eva", "author", "kraft", "Kraft", 0, 900, 1000, 0.0),
        ("Eva", "others", "kraft", "Kraft", 0, 100, 1000, 0.0),
        ("Udo", "author", "braun", "Max Braun", 0, 500, 500, 0.0),
        ("Udo", "others", "braun", "Max Braun", 0, 0, 500, 0.0),
        ("Udo", "author", "kraft", "Kraft", 1, 500, 500, 2.0),
        ("Udo", "others", "kraft", "Kraft", 0, 0, 500, 0.0),
    ],
    columns=[
        "group",
        "whose",
        "person_id",
        "name",
        "n_mentions",
        "n_words",
        "n_words_group",
        "per_1000_words",
    ],
)


def bars(ax):
    return [
        (round(bar.get_y() + bar.get_height() / 2), bar.get_x(), bar.get_width())
        for bar in ax.patches
    ]


def test_bars_are_stacked_and_absent_where_nobody_is_named():
    fig = figure("double")
    left, right = fig.subplots(1, 2, sharey=True)
    assert draw_spoken_of(left, TABLE, group="Eva", hue="#004488") is left
    draw_spoken_of(right, TABLE, group="Udo")
    assert bars(left) == [(0, 0.0, 3.0), (0, 3.0, 1.0)]
    assert bars(right) == [(1, 0.0, 2.0)]
    assert [text.get_text() for text in left.texts] == ["3 + 1"]
    assert [text.get_text() for text in right.texts] == ["1 + 0"]
    own, others = left.patches
    assert own.get_facecolor() == to_rgba("#004488")
    assert others.get_facecolor() == to_rgba("white")
    assert left.get_xlim() == right.get_xlim(), "panels are compared on one scale"
    assert [label.get_text() for label in left.get_yticklabels()] == ["Max Braun", "Kraft"]


def test_the_note_and_the_limit_are_taken():
    fig = figure("single")
    ax = draw_spoken_of(fig.subplots(), TABLE, group="Eva", limit=10, note="Pronouns are left out")
    assert ax.get_xlim() == (0, 10)
    assert ax.get_xlabel().endswith("Pronouns are left out")
    assert all(text.get_fontsize() >= SMALLEST_TEXT for text in ax.texts)


@pytest.mark.parametrize("group", ["Eva", "Udo"])
def test_the_table_is_not_changed(group):
    before = TABLE.copy()
    draw_spoken_of(figure("single").subplots(), TABLE, group=group)
    pd.testing.assert_frame_equal(TABLE, before)

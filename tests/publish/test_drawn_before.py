"""A figure that is taken as it is shows and says what it would if it were drawn."""

import pytest

from analysis.plots.style import figure
from analysis.publish import save
from analysis.publish.record import DRAWN, FIGURES, STAGE, read_record
from analysis.publish.save import save_figure
from tests.publish.conftest import draw_points

FORMS = ("svg", "pdf", "png", "csv")
WORDS = {"caption": "Two points. n = 2.", "alt": "Two points.", "parameters": {"k": 8}, "seed": 7}


@pytest.fixture
def stage(project, table, monkeypatch, tmp_path):
    """Return a stage for a notebook that was only reworded, whose figure lies in the project."""
    monkeypatch.chdir(project)
    save_figure(draw(table), "points", table=table, **WORDS)
    folder = tmp_path / "stage"
    monkeypatch.setenv(STAGE, str(folder))
    monkeypatch.setenv(DRAWN, str(project / FIGURES))
    return folder


@pytest.fixture
def drawings(monkeypatch):
    """Return the names of the figures that are drawn from now on."""
    names = []

    def noted(fig, imprint, **settings):
        names.append(imprint.name)
        return draw_as_ever(fig, imprint, **settings)

    draw_as_ever = save.draw
    monkeypatch.setattr(save, "draw", noted)
    return names


def draw(table):
    """Return a new figure of the table."""
    fig = figure("single")
    draw_points(fig.subplots(), table)
    return fig


def test_what_would_come_out_the_same_is_not_drawn(project, stage, drawings, table):
    saved = save_figure(draw(table), "points", table=table, **WORDS)
    assert drawings == []
    for form in FORMS:
        there = (project / FIGURES / f"points.{form}").read_bytes()
        assert (stage / f"points.{form}").read_bytes() == there
    assert read_record(stage, "points") == read_record(project / FIGURES, "points")
    assert saved.png == (project / FIGURES / "points.png").read_bytes()


@pytest.mark.parametrize(
    "changed",
    [
        {"caption": "Three."},
        pytest.param({"alt": "A point."}, marks=pytest.mark.slow),
        pytest.param({"parameters": {"k": 9}}, marks=pytest.mark.slow),
        pytest.param({"seed": 8}, marks=pytest.mark.slow),
    ],
)
def test_what_says_something_else_is_drawn(stage, drawings, table, changed):
    save_figure(draw(table), "points", table=table, **{**WORDS, **changed})
    assert drawings == ["points"]
    record = read_record(stage, "points")
    assert {key: record[key] for key in changed} == changed


def test_what_shows_something_else_is_drawn(stage, drawings, table):
    other = table.assign(position=table["position"] + 1)
    save_figure(draw(other), "points", table=other, **WORDS)
    assert drawings == ["points"]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_what_was_edited_or_deleted_is_drawn(project, stage, drawings, table, form):
    before = (project / FIGURES / f"points.{form}").read_bytes()
    path = project / FIGURES / f"points.{form}"
    path.write_bytes(before + b" ")
    save_figure(draw(table), "points", table=table, **WORDS)
    path.unlink()
    save_figure(draw(table), "points", table=table, **WORDS)
    # Of the table nothing is taken: the values are those that were given.
    assert drawings == ([] if form == "csv" else ["points", "points"])
    assert (stage / f"points.{form}").read_bytes() == before


def test_a_project_that_is_named_gets_its_figure_drawn(project, stage, drawings, table):
    save_figure(draw(table), "points", table=table, root=project, **WORDS)
    assert drawings == ["points"]

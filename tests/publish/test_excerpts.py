"""Of which texts a figure opens passages, where a text may be shown in excerpts."""

import dataclasses

import pandas as pd
import pytest

from analysis.edition.sources import read_sources
from analysis.plots.style import figure
from analysis.publish.excerpts import opened_among, places_in, rows_named
from analysis.publish.reading_room.pages import make_reading_room
from analysis.publish.save import save_figure
from tests.publish.conftest import draw_points, write_sources

PASSAGES = pd.DataFrame({"char_start": range(0, 6000, 100)})


@pytest.fixture
def source(project):
    (source, _) = read_sources(project / "corpus")
    return source


def table_of(starts):
    return "place\n" + "".join(f"first-book@{start}-{start + 50}\n" for start in starts)


@pytest.mark.parametrize(
    ("n_named", "n_passages", "opens"),
    [(1, 60, True), (5, 60, True), (6, 60, True), (7, 60, False), (5, 20, True), (6, 20, False)],
)
def test_a_figure_opens_five_passages_or_a_tenth(source, n_named, n_passages, opens):
    excerpt = dataclasses.replace(source, publish="excerpt")
    values = table_of(range(0, 100 * n_named, 100)).encode()
    found = opened_among([excerpt], values, passages_of=lambda _: PASSAGES[:n_passages])
    assert found == (frozenset({"first-book"}) if opens else frozenset())


def test_many_words_of_one_passage_are_one_passage(source):
    excerpt = dataclasses.replace(source, publish="excerpt")
    values = table_of(range(200, 300)).encode()
    assert opened_among([excerpt], values, passages_of=lambda _: PASSAGES)


@pytest.mark.parametrize(("publish", "opens"), [("full", True), ("counts", False)])
def test_what_is_shown_in_full_or_not_at_all_needs_no_passages(source, publish, opens):
    def never(_):
        raise AssertionError

    one = dataclasses.replace(source, publish=publish)
    values = table_of(range(0, 6000, 100)).encode()
    assert bool(opened_among([one], values, passages_of=never)) == opens


def test_places_stand_in_columns_of_places_with_their_first_row():
    values = b"place,place_b,note\na@1-2,b@3,a@9\na@1-2,,\n,a@4-5,\nnot one,a@x,\n"
    assert places_in(values) == {"a": {"a@1-2": 1, "a@4-5": 3}, "b": {"b@3": 1}}
    assert places_in(b"") == {}


def test_places_before_the_first_passage_and_none():
    assert rows_named(PASSAGES[1:].reset_index(), places=["a@4-5", "a@250", "a@299-700"]) == {0, 1}
    assert rows_named(PASSAGES, places=[]) == set()
    assert rows_named(PASSAGES[:0], places=["a@4-5"]) == set()


def test_a_map_of_all_passages_gives_nothing_away(project):
    sentences = [f"Sentence number {n} has some words of its own here. " * 12 for n in range(20)]
    words = "\n\n".join(f"{sentence}Secret{n}." for n, sentence in enumerate(sentences))
    (project / "corpus/texts/first-book.txt").write_text(words + "\n", encoding="utf-8")
    write_sources(project / "corpus", publish={"first-book": "excerpt"})
    starts = [words.index(f"Secret{n}.") for n in range(20)]

    def save(name, chosen):
        places = [f"first-book@{start}-{start + 7}" for start in chosen]
        table = pd.DataFrame({"place": places, "position": range(len(places)), "valence": 0.5})
        fig = figure("single", height_mm=40)
        draw_points(fig.subplots(), table)
        save_figure(fig, name, table=table, caption="All.", alt="Points.", root=project)
        return (project / "figures" / f"{name}.svg").read_text("utf-8").count("reading-room/")

    assert save("map", starts) == 0
    page = make_reading_room(project).pages["first-book.html"].decode()
    assert "Secret" not in page
    assert "0 of" in page
    assert save("peak", starts[3:4]) == 1
    room = make_reading_room(project).pages
    page, index = (room[name].decode() for name in ("first-book.html", "index.html"))
    assert "Secret3<" in page
    assert "Secret9" not in page
    assert index.count("first-book.html#first-book@") == 1

"""Only the pages that change are made again, and the room is the one that would be made anew."""

from pathlib import Path

import pytest

from analysis.publish.reading_room.pages import make_reading_room
from analysis.publish.reading_room.record import room_changes, write_room
from tests.publish.conftest import TEXTS
from tests.publish.reading_room.test_pages import make_evil, save_places
from tests.publish.test_topics_published import cards, save_cards

TEXT_PAGES = {"first-book.html", "second-book.html", "persons.html"}


@pytest.fixture
def room(project) -> Path:
    """Return a project with a reading room that is written: two figures, one of them of cards."""
    make_evil(project)
    save_places(project, "first-book@4-30")
    save_cards(project, cards())
    write_room(project)
    assert room_changes(project) == ((), ())
    return project


def edit(path: Path, *, old: str, new: str) -> None:
    """Replace a part of a text file that stands in it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def new_caption(root: Path) -> None:
    edit(root / "figures/provenance/places.json", old="Places <i>.", new="The places <i>.")


def new_caption_of_cards(root: Path) -> None:
    edit(root / "figures/provenance/cards.json", old="Two cards.", new="Both cards.")


def other_place(root: Path) -> None:
    save_places(root, "first-book@4-30", "second-book@0-9")


def no_cards(root: Path) -> None:
    save_cards(root, cards().drop(columns="frex_terms"))


def other_text(root: Path) -> None:
    edit(root / "corpus/persons.toml", old="speaks <up>", new="speaks <out>")


def page_edited(root: Path) -> None:
    edit(root / "figures/reading-room/second-book.html", old="<p", new="<b></b><p")


def topics_deleted(root: Path) -> None:
    (root / "figures/reading-room/topics.html").unlink()


@pytest.mark.parametrize(
    ("change", "made"),
    [
        (new_caption, set()),
        pytest.param(
            new_caption_of_cards, {"topics.html"}, id="new_caption_of_cards", marks=pytest.mark.slow
        ),
        pytest.param(other_place, TEXT_PAGES, marks=pytest.mark.slow),
        pytest.param(no_cards, TEXT_PAGES, marks=pytest.mark.slow),
        pytest.param(
            other_text, TEXT_PAGES | {"topics.html"}, id="other_text", marks=pytest.mark.slow
        ),
        pytest.param(page_edited, TEXT_PAGES, marks=pytest.mark.slow),
        pytest.param(topics_deleted, {"topics.html"}, marks=pytest.mark.slow),
    ],
)
def test_what_changes_is_made_again_and_no_more(room, change, made):
    change(room)
    assert any(room_changes(room))
    written = write_room(room)
    assert set(written.pages) == {"index.html"} | made
    anew = make_reading_room(room).pages
    folder = room / "figures/reading-room"
    there = {path.name: path.read_bytes() for path in folder.glob("*.html")}
    assert there == anew
    assert room_changes(room) == ((), ())


@pytest.mark.slow
def test_places_that_are_lost_are_told_again_though_no_text_is_read(room):
    save_places(room, "first-book@90000-90010")
    assert write_room(room).lost == ("first-book@90000-90010",)
    new_caption(room)
    again = write_room(room)
    assert set(again.pages) == {"index.html"}
    assert again.lost == ("first-book@90000-90010",)


@pytest.mark.slow
def test_a_record_of_another_make_is_no_record(room):
    record = room / "figures/provenance/reading-room.pages.json"
    for content in ("", "[]", '{"inputs": "one digest", "pages": {}}'):
        record.write_text(content)
        assert room_changes(room) == (("not made yet",), ())
        assert set(write_room(room).pages) == {"index.html", "topics.html"} | TEXT_PAGES
    assert set(TEXTS) == {"first-book", "second-book"}

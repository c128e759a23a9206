"""Chunks of lines, pages and their numbers, with nothing lost between."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edition.layout import Chunk, chunks_of_pages, chunks_of_paragraphs

LINES = st.sampled_from(
    [
        "",
        " ",
        "  ",
        "word",
        "A line of text.",
        " a page",
        "* a note",
        "12",
        "\f",
        "\ftext",
        "é—“q”",
        "\t",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n\n\n\n"])
RAWS = st.lists(st.tuples(LINES, ENDS), max_size=25).map(
    lambda lines: "".join(line + end for line, end in lines)
)


def texts(raw: str, chunks: list[Chunk]) -> list[str]:
    return [raw[chunk.char_start : chunk.char_end] for chunk in chunks]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_part_paragraphs_whatever_ends_a_line(end: str) -> None:
    raw = end.join(["", "One line,", "  and two. ", "", " \t", "Three.", ""])
    chunks = chunks_of_paragraphs(raw)
    assert texts(raw, chunks) == [f"One line,{end}  and two.", "Three."]
    assert [(chunk.line_start, chunk.line_end) for chunk in chunks] == [(2, 3), (6, 6)]
    assert chunks[0].widths == (9, 8)
    assert chunks[0].char_start == len(end)


def test_a_byte_order_mark_is_in_no_chunk() -> None:
    raw = "\ufeffA title\n\nText.\n"
    assert texts(raw, chunks_of_paragraphs(raw)) == ["A title", "Text."]
    assert texts(raw, chunks_of_pages(raw)) == ["A title", "Text."]
    assert chunks_of_paragraphs("\ufeff\nText.")[0].line_start == 2


def test_where_no_line_is_blank_each_that_ends_with_a_stop_is_a_paragraph() -> None:
    lines = ["He came.", "She went.", "A TITLE", "They stayed!"]
    raw = "\n".join(lines)
    assert texts(raw, chunks_of_paragraphs(raw)) == lines
    wrapped = "It was a line that\ngoes on and on for\nmany words, and it\nends."
    assert texts(wrapped, chunks_of_paragraphs(wrapped)) == [wrapped]


def test_a_list_stays_whole_among_paragraphs() -> None:
    raw = "It says:\n\n1. One.\n2. Two.\n3. Three.\n\nSo it does.\n"
    assert texts(raw, chunks_of_paragraphs(raw))[1] == "1. One.\n2. Two.\n3. Three."


PAGES = """Front
matter.



7



The first page
has two lines.

A second paragraph.
*A note.
**Another note.



8
 A page that one blank begins.
 And the next one.
"""


def test_pages_begin_at_one_blank_or_three_blank_lines() -> None:
    chunks = chunks_of_pages(PAGES)
    assert [
        (text, chunk.page_index) for text, chunk in zip(texts(PAGES, chunks), chunks, strict=True)
    ] == [
        ("Front\nmatter.", 0),
        ("7", 1),
        ("The first page\nhas two lines.", 2),
        ("A second paragraph.", 2),
        ("*A note.", 2),
        ("**Another note.", 2),
        ("8", 3),
        ("A page that one blank begins.", 4),
        ("And the next one.", 5),
    ]


def test_a_form_feed_begins_a_page_on_a_line_of_its_own_or_before_one() -> None:
    raw = "One.\f\n\fTwo.\nGoes on.\n\f\nThree.\n"
    assert texts(raw, chunks_of_pages(raw)) == ["One.", "Two.\nGoes on.", "Three."]
    assert [chunk.page_index for chunk in chunks_of_pages(raw)] == [0, 1, 2]


def page(*lines: str) -> str:
    return "\n".join(lines) + "\n\n\n\n"


def test_page_numbers_are_counted_on_from_the_printed_ones() -> None:
    # 4s is 45, as OCR reads it; a number in a run of lines is text, not the page's.
    raw = page("a", "a") + page("b", "1917") + page("c") + page("d", "", "4s") + page("e")
    chunks = chunks_of_pages(raw)
    assert [chunk.page for chunk in chunks] == ["42", "43", "44", "45", "45", "46"]
    assert [chunk.folio for chunk in chunks] == [False, False, False, False, True, False]


def test_a_folio_is_alone_and_first_or_last_of_its_page() -> None:
    raw = "41\n\nThe text of a page.\n\n1917\n\nMore text.\n\n\n\n42\n\nThe next page.\n"
    chunks = chunks_of_pages(raw)
    assert [raw[c.char_start : c.char_end] for c in chunks if c.folio] == ["41", "42"]
    assert [chunk.page for chunk in chunks] == ["41"] * 4 + ["42"] * 2


def test_letters_alone_are_no_folio() -> None:
    raw = "Text of the page.\n\nlo\n\n\n\nMore.\n\nIOS\n"
    assert not any(chunk.folio for chunk in chunks_of_pages(raw))


def test_pages_before_the_first_number_that_would_be_none_have_none() -> None:
    raw = page("Half-title") + page("Title") + page("Text.", "", "1") + page("Text.")
    assert [chunk.page for chunk in chunks_of_pages(raw)] == [None, None, "1", "1", "2"]


def test_a_plate_between_two_numbers_has_none() -> None:
    full = ["line"] * 6
    raw = (
        page("10", "", *full) + page(*full) + page("A plate") + page(*full) + page("13", "", *full)
    )
    chunks = chunks_of_pages(raw)
    assert [chunk.page for chunk in chunks] == ["10", "10", "11", None, "12", "13", "13"]


@given(raw=RAWS)
def test_nothing_is_lost(raw: str) -> None:
    for chunks in (chunks_of_paragraphs(raw), chunks_of_pages(raw)):
        place = 0
        for chunk in chunks:
            assert not raw[place : chunk.char_start].strip()
            assert (
                raw[chunk.char_start : chunk.char_end].strip()
                == raw[chunk.char_start : chunk.char_end]
            )
            assert chunk.char_start < chunk.char_end
            place = chunk.char_end
        assert not raw[place:].strip()
        assert [chunk.page_index for chunk in chunks] == sorted(c.page_index for c in chunks)


@given(raw=RAWS)
def test_lines_are_those_of_the_raw_text(raw: str) -> None:
    lines = re.split("\r\n|\r|\n", raw)
    for chunk in chunks_of_pages(raw):
        own = lines[chunk.line_start - 1 : chunk.line_end]
        first = raw[chunk.char_start : chunk.char_end].splitlines()[0].strip("\f")
        assert own[0].strip().startswith(first.strip()[:1])
        assert len(own) == len(chunk.widths)
        assert tuple(len(line.strip()) for line in own) == chunk.widths

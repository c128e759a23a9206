"""What a piece of text looks like."""

import pytest

from analysis.edition.shapes import (
    has_words_of,
    is_chapter_heading,
    is_closed,
    is_in_capitals,
    opens_in_capitals,
    same_words,
)


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("The end.", True),
        ("The end", False),
        ("He said: “Never!”", True),
        ("history will be made.*", True),
        ("“people.”**", True),
        ("a footnote.1", True),
        ("at 4.30", False),
        ("in 1917", False),
        ("a word [3]", False),
        ("a sentence. [3]", True),
        ("as follows:", True),
        ("first;", True),
        ("an ellipsis . . .", True),
        ("an ellipsis…", True),
        ("a comma,", False),
        ("a dash—", False),
        ("photog-", False),
        ("(in brackets.)", True),
        ("garbled.™", True),
        ("", False),
    ],
)
def test_a_text_is_closed_by_a_stop_behind_which_only_marks_stand(text: str, closed: bool) -> None:
    assert is_closed(text) is closed


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("WHAT WERE THE RESULTS of the congress", True),
        ("“SAD NEWS AWAITED us", True),
        ("I WAS THERE when", True),
        ("P.O.U.M. in Spain, expelled", False),
        ("U.S.S.R. N.E.P. G.P.U. of the", True),
        ("NATO was", False),
        ("THE END", False),
        ("The Third Congress", False),
        ("1917 THE GREAT YEAR came", True),
        ("字字 字字 字字", False),
        ("", False),
    ],
)
def test_three_words_in_capitals_open_a_section(text: str, opens: bool) -> None:
    assert opens_in_capitals(text) is opens


def test_headings_are_short_and_in_capitals_or_numbered() -> None:
    assert is_in_capitals("THE N.E.P. AND THE OPPOSITION")
    assert is_in_capitals("MARCH 1917 ‘ ’\nTHE HEADLESS REVOLUTION")
    assert not is_in_capitals("1917")
    assert not is_in_capitals("THE END of it")
    assert not is_in_capitals("字")
    assert not is_in_capitals("A " * 15)
    assert is_chapter_heading("Chapter IV. The Storm")
    assert is_chapter_heading("PART 2")
    assert is_chapter_heading("Chapter IV\r\nThe Storm")
    assert is_chapter_heading("Book 1")
    assert not is_chapter_heading("CHAPTER IV\rIt was night.")
    assert not is_chapter_heading("Part 2 was lost on the way.")
    assert not is_chapter_heading("")
    assert not is_chapter_heading("Chapter and verse")
    assert not is_chapter_heading("Part of it was mine")


def test_words_are_compared_without_case_and_marks() -> None:
    assert same_words("MOSCOW IN LENIN’S DAYS: 1920–21", "Moscow in Lenin’s Days")
    assert not same_words("Moscow", "Moscow in Lenin’s Days")
    assert has_words_of("Victor Serge", "Serge, Victor: Memoirs")
    assert not has_words_of("1920", "Serge")
    assert not has_words_of("Victor Hugo", "Serge, Victor")

"""Paragraphs put together from blocks, with the raw place of each character."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edition.corpus import Corpus, Text
from analysis.edition.edits import apply_edits
from analysis.edition.paragraphs import one_spaced


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("One  line\n and two.", "One line and two."),
        ("\t One\r\n\r\nline \u00a0", "One line"),
        ("a close dash—\nhere and\n—there", "a close dash—here and—there"),
        ("an open dash —\nhere", "an open dash — here"),
        ("a dash—  in a line", "a dash— in a line"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_white_space_is_one_blank(text: str, spaced: str) -> None:
    assert one_spaced(apply_edits(text, ())).text == spaced


@given(text=st.text(alphabet="ab \n\r\t—.\u00a0", max_size=40))
def test_spacing_loses_no_ink_and_keeps_places(text: str) -> None:
    placed = one_spaced(apply_edits(text, ()))
    assert "".join(placed.text.split()) == "".join(text.split())
    assert placed.text == placed.text.strip()
    assert "  " not in placed.text
    for letter, start in zip(placed.text, placed.starts, strict=True):
        assert letter == text[start] or (letter == " " and text[start].isspace())
    assert (np.diff(placed.starts) > 0).all()


def test_a_paragraph_stands_whole_where_it_begins(one_text: Callable[..., Text]) -> None:
    raw = "I met Ada, a poet,\n\n[Ada: a poet.]\n\nand liked her.\n\nThe end of it.\n"
    text = one_text(
        raw, profile="web-transcription", overrides=[("I met Ada, a poet,", "layer", "body")]
    )
    assert [one.paragraph.placed.text for one in text.paragraphs] == [
        "I met Ada, a poet, and liked her.",
        "[Ada: a poet.]",
        "The end of it.",
    ]
    assert [one.paragraph.blocks for one in text.paragraphs] == [(0, 2), (1,), (3,)]
    joined = text.paragraphs[0].paragraph.placed
    blank = joined.text.index(" and")
    # The blank between the two stands for all that lies between them in the source.
    assert (joined.starts[blank], joined.ends[blank]) == (18, raw.index("and liked"))


def test_a_block_that_corrections_emptied_is_no_paragraph(one_text: Callable[..., Text]) -> None:
    text = one_text("First words.\n\n~ |\n\nLast words.\n", corrections=[("~", ""), ("|", "")])
    assert [one.paragraph.placed.text for one in text.paragraphs] == [
        "First words.",
        "",
        "Last words.",
    ]
    assert [voice.voice for voice in text.block_voices()] == ["author"] * 3


def test_each_block_is_in_one_paragraph(corpus: Corpus) -> None:
    for text in corpus.texts:
        numbers = [number for one in text.paragraphs for number in one.paragraph.blocks]
        assert sorted(numbers) == list(range(len(text.blocks)))
        first = [one.paragraph.blocks[0] for one in text.paragraphs]
        assert first == sorted(first)

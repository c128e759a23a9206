"""Blocks: sections, and the decisions by hand on layers, joins and sections."""

from collections.abc import Callable

import pytest

from analysis.edition.corpus import Corpus, Text
from analysis.errors import CorpusError


def sections(text: Text) -> list[int]:
    return [block.section for block in text.blocks]


def pieces(text: Text) -> list[str]:
    return [text.raw[block.char_start : block.char_end] for block in text.blocks]


def test_a_heading_begins_a_section_and_a_second_one_belongs_to_it(
    one_text: Callable[..., Text],
) -> None:
    raw = "Before.\n\nPART ONE\n\nCHAPTER I\n\nOne.\n\nTwo.\n\nCHAPTER II\n\nThree.\n"
    text = one_text(raw)
    assert sections(text) == [1, 2, 2, 2, 2, 3, 3]


def test_titles_stand_in_the_section_that_they_open(one_text: Callable[..., Text]) -> None:
    raw = "Ada Author\n\nA Title\n\nA Heading\n\nA first paragraph of it.\n"
    assert sections(one_text(raw, profile="web-transcription")) == [1, 1, 1, 1]


def test_an_opening_in_capitals_begins_a_section(one_text: Callable[..., Text]) -> None:
    raw = "One paragraph.\n\nSAD NEWS AWAITED US at home.\n\nIt was sad.\n"
    assert sections(one_text(raw)) == [1, 2, 2]


def test_behind_a_heading_an_opening_in_capitals_begins_none(
    one_text: Callable[..., Text],
) -> None:
    raw = "Before.\n\nCHAPTER I\n\nSAD NEWS AWAITED US at home.\n"
    assert sections(one_text(raw)) == [1, 2, 2]


def test_a_paragraph_that_goes_on_in_capitals_begins_none(one_text: Callable[..., Text]) -> None:
    line = "so the party met again in the old hall of the town and they heard\n"
    raw = f"{line * 8}\n\n\nTHE END OF THE matter.\n{line * 8}"
    text = one_text(raw, profile="ocr-book")
    assert [block.continues for block in text.blocks] == [None, 0]
    assert sections(text) == [1, 1]


def test_initials_at_the_head_of_a_page_begin_no_section(corpus: Corpus) -> None:
    text = corpus.text("serge-lenin-stalin")
    [block] = [b for b in text.blocks if text.raw.startswith("P.O.U.M. in Spain", b.char_start)]
    assert block.continues is not None
    assert block.section == text.blocks[block.continues].section


def test_the_sections_of_the_book_are_its_chapters(corpus: Corpus) -> None:
    text = corpus.text("serge-lenin-stalin")
    opening = {}
    for block in text.blocks:
        opening.setdefault(block.section, text.raw[block.char_start : block.char_end])
    assert [heading.split("\n")[0] for heading in opening.values()] == [
        "A Note About The Author",
        "From Lenin to Stalin",
        "THE REVOLUTION FINDS A MAN",
        "THE SECOND HEAD OF A REVOLUTION",
        "SLANDER, A STRONG POISON",
        "THE MARCH TO POWER",
        "THE VICTORY OF NOVEMBER 7, 1917",
        "THE GREAT YEARS",
        "THE THIRD INTERNATIONAL",
        "THE N.E.P. AND THE OPPOSITION",
        "ZINOVIEV",
        "THE COMMUNIST INTERNATIONAL AND",
        "DISCORD IN THE CENTRAL COMMITTEE",
        "DEFEATS, PROSCRIPTIONS, CAPITULATIONS",
        "FROM LENIN TO STALIN",
        "INDUSTRIALIZATION AND COLLECTIVIZATION",
    ]


RAW = "The first ends.\n\nthe second begins small.\n\nThe third.\n\nThe fourth.\n"


def test_decisions_by_hand_stand_above_the_rules(one_text: Callable[..., Text]) -> None:
    text = one_text(
        RAW,
        overrides=[
            ("the second begins small.", "continues", "yes"),
            ("The third.", "layer", "heading"),
            ("The fourth.", "section", "new"),
        ],
    )
    assert [block.continues for block in text.blocks] == [None, 0, None, None]
    assert [block.layer for block in text.blocks] == ["body", "body", "heading", "body"]
    assert sections(text) == [1, 1, 2, 3]


def test_a_join_may_be_taken_away(one_text: Callable[..., Text]) -> None:
    raw = "No stop\n\nand small letters.\n"
    assert [block.continues for block in one_text(raw).blocks] == [None, 0]
    text = one_text(raw, overrides=[("and small letters.", "continues", "no")])
    assert [block.continues for block in text.blocks] == [None, None]


def test_a_join_over_a_plate_is_made_as_the_rules_make_it(one_text: Callable[..., Text]) -> None:
    lines = "A line of the page that has a good many letters in it, all of a size\n" * 8
    raw = f"{lines}It ends.\n\n\n\nA photograph of it.\n\n\n\nWho? Nobody.\n{lines}"
    assert [block.layer for block in one_text(raw, profile="ocr-book").blocks][1] == "paratext"
    piece = raw[raw.index("Who?") :].strip()
    text = one_text(raw, profile="ocr-book", overrides=[(piece, "continues", "yes")])
    assert text.blocks[2].continues == 0


@pytest.mark.parametrize(
    ("piece", "field", "value"),
    [
        ("first ends", "layer", "heading"),
        ("The first ends.\n\nthe second", "continues", "yes"),
        ("third", "section", "new"),
        # Nothing stands before the first block that it could go on from.
        ("The first ends.", "continues", "yes"),
    ],
)
def test_a_decision_about_no_block_no_longer_applies(
    one_text: Callable[..., Text], piece: str, field: str, value: str
) -> None:
    with pytest.raises(CorpusError, match=rf"line 2: the override of {field} no longer applies"):
        one_text(RAW, overrides=[(piece, field, value)])


def test_lines_and_places_of_a_block_are_those_of_the_file(corpus: Corpus) -> None:
    for text in corpus.texts:
        lines = text.raw.split("\n")
        for block in text.blocks:
            own = "\n".join(lines[block.line_start - 1 : block.line_end])
            assert own.strip() == text.raw[block.char_start : block.char_end]

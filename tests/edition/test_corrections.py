"""Corrections made by hand: what a list may hold, and the words that a row changes."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edition.corpus import Corpus, Text
from analysis.edition.corrections import MAX_WORDS, by_word, read_corrections
from analysis.edition.edits import Edit, apply_edits
from analysis.errors import CorpusError

RAW = "The bis house, and tbe\nend of it.\n"
HEADER = "char_start,char_end,before,after,reason\n"


def read(folder: Path, rows: str, *, raw: str = RAW, header: str = HEADER) -> tuple[Edit, ...]:
    (folder / "corrections").mkdir(exist_ok=True)
    (folder / "corrections" / "text.csv").write_bytes((header + rows).encode("utf-8"))
    return read_corrections(folder, "text", raw=raw)


def test_without_a_list_nothing_is_corrected(tmp_path: Path) -> None:
    assert read_corrections(tmp_path, "text", raw=RAW) == ()


def test_rows_come_in_the_order_of_the_text(tmp_path: Path) -> None:
    edits = read(tmp_path, "19,22,tbe,the,h\n4,7,bis,his,h\n33,33,,!,lost\n")
    assert [(one.char_start, one.before, one.after) for one in edits] == [
        (4, "bis", "his"),
        (19, "tbe", "the"),
        (33, "", "!"),
    ]
    assert {one.rule for one in edits} == {"correction"}


def test_a_list_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    rows = '19,26,"tbe\nend",the end,"h, and a line"\r\n'
    edits = read(tmp_path, rows, header="\ufeff" + HEADER.replace("\n", "\r\n"))
    # The line end becomes a blank: that is of neither word.
    assert [(one.before, one.after) for one in edits] == [("tbe", "the"), ("\n", " ")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("4,7,his,him,h\n", "line 2: 'his' does not stand at 4-7, but 'bis'; mend the offsets"),
        ("5,8,bis,his,h\n", "but 'is '; the nearest is at 4; mend the offsets"),
        ("19,23,tbe ,the ,h\n", r"does not stand at 19-23, but 'tbe\\n'; mend"),
        ("4,7,bi,his,h\n", "does not stand at 4-7"),
        ("-4,-1,bis,his,h\n", "does not stand at -4--1, but ''; the nearest is at 4"),
        ("400,403,bis,his,h\n", "does not stand at 400-403"),
        ("4,7,bis,bis,h\n", "changes nothing: 'bis'; take it out"),
        ("4,7,bis,his, \n", "has no reason; write one"),
        ("four,7,bis,his,h\n", "char_start and char_end must be whole numbers"),
        ("4,7,bis,his\n", "line 2 has not 5 values; put commas in quotation marks"),
        ("4,7,bis,his,h,or b\n", "line 2 has not 5 values"),
        ("4,7,bis,his,h\n4,6,bi,hi,h\n", "the corrections at 4 and 4 overlap; make them one"),
        ("8,8,,x,a\n8,8,,y,b\n", "the corrections at 8 and 8 overlap"),
        ("5,5,,x,a\n4,7,bis,his,h\n", "the corrections at 4 and 5 overlap"),
        (f"0,33,{'a b c d e f g'},x,h\n", "does not stand"),
        ("4,7,bis,a b c d e f g,h\n", f"a correction is {MAX_WORDS} words at most; 'bis'"),
        ('4,7,"bis,his,h\n', "is no row of a CSV file|has not 5 values"),
        ('4,7,"bi"s,his,h\n', "line 2 is no row of a CSV file"),
    ],
)
def test_a_row_that_does_not_fit_is_told_in_one_sentence(
    tmp_path: Path, rows: str, said: str
) -> None:
    with pytest.raises(CorpusError, match=said) as told:
        read(tmp_path, rows)
    assert "\n" not in str(told.value)
    assert "text.csv" in str(told.value)


def test_a_list_with_other_columns_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="must have the columns char_start,char_end,before,after"):
        read(tmp_path, "4;7;bis;his;h\n", header=HEADER.replace(",", ";"))
    with pytest.raises(CorpusError, match="must have the columns"):
        read(tmp_path, "", header="")


def test_a_list_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    read(tmp_path, "")
    (tmp_path / "corrections" / "text.csv").write_bytes(HEADER.encode() + b"4,7,bis,h\xeds,h\n")
    with pytest.raises(CorpusError, match=r"is not UTF-8 \(line 2"):
        read_corrections(tmp_path, "text", raw=RAW)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("ends.\n\nIt", "ends. It", "reaches over the end of a block"),
        ("\n\n", "\n", "reaches over the end of a block"),
        ("~", "", "takes the whole block '~' away; give it the layer page_furniture"),
    ],
)
def test_a_correction_stays_inside_one_block_and_leaves_it(
    one_text: Callable[..., Text], before: str, after: str, said: str
) -> None:
    raw = "One ends.\n\nIt begins.\n\n~\n\nMore.\n"
    with pytest.raises(CorpusError, match=said):
        one_text(raw, corrections=[(before, after)])


def test_a_correction_at_the_very_ends_of_a_block_is_in_it(one_text: Callable[..., Text]) -> None:
    text = one_text("One ends.\n\nIt begins\n", corrections=[("It", "‘It"), ("begins", "begins.’")])
    assert text.paragraphs[-1].paragraph.placed.text == "‘It begins.’"


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        # One word, or what stands between words, is left as it was written.
        ("Ere", "fire", [("Ere", "fire")]),
        ("thick ness", "thickness", [("thick ness", "thickness")]),
        ("19 18", "1918", [("19 18", "1918")]),
        ("ahundred", "a hundred", [("ahundred", "a hundred")]),
        (" ,", ",", [(" ,", ",")]),
        ("-\n", "", [("-\n", "")]),
        # Words beside the change are left out, and several changed ones are told apart.
        ("the bis house", "the his house", [("bis", "his")]),
        ("bis,", "his,", [("bis", "his")]),
        ("tbe bis", "the his", [("tbe", "the"), ("bis", "his")]),
        ("x thick ness", "x thickness", [("thick ness", "thickness")]),
        # Words that ran together are cut where they meet.
        ("0fthe", "of the", [("0", "o"), ("", " ")]),
        ("tbe1aw", "the law", [("b", "h"), ("", " "), ("1", "l")]),
        # What cannot be told apart stays whole.
        ("xyz", "ab cd", [("xyz", "ab cd")]),
    ],
)
def test_a_row_is_kept_to_the_words_that_it_changes(
    before: str, after: str, parts: list[tuple[str, str]]
) -> None:
    whole = Edit(
        char_start=7, char_end=7 + len(before), before=before, after=after, rule="", reason=""
    )
    assert [(part.before, part.after) for part in by_word(whole)] == parts


WORDS = st.text(alphabet="ab1 .-’", max_size=12)


@given(before=WORDS, after=WORDS)
def test_the_parts_of_a_row_do_what_the_row_does(before: str, after: str) -> None:
    raw = f"({before})"
    whole = Edit(
        char_start=1, char_end=1 + len(before), before=before, after=after, rule="", reason=""
    )
    if before != after:
        parts = tuple(sorted(by_word(whole)))
        assert apply_edits(raw, parts).text == f"({after})"
        for one, other in itertools.pairwise(parts):
            assert one.char_end <= other.char_start
            assert (one.char_start, one.char_end) != (other.char_start, other.char_end)


def test_every_row_of_the_corpus_is_in_its_log(corpus: Corpus) -> None:
    for text in corpus.texts:
        rows = read_corrections(corpus.folder, text.doc_id, raw=text.raw)
        assert set(rows) <= set(text.edits)
        assert len(rows) == sum(one.rule == "correction" for one in text.edits)

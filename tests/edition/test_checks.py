"""What `witness check` finds: coverage counted by hand, and losses planted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.edition.checks import check_edition
from analysis.edition.corpus import Corpus, Text


def of(text: Text) -> Corpus:
    return Corpus(folder=Path(), texts=(text,))


def test_coverage_counts_the_ink_of_each_layer_and_voice(one_text: Callable[..., Text]) -> None:
    # Heading: PARTI. Body: 18 letters and marks of the author's, 10 of another's.
    text = one_text("PART I\n\nShe said, “I go far,” and “so—”.\n\nThe  end.\n")
    table = check_edition(of(text)).coverage
    rows = table[["layer", "voice", "n_characters"]].to_numpy().tolist()
    assert ["heading", "author", 5] in rows
    assert table["n_characters"].sum() == sum(not c.isspace() for c in text.raw)
    assert table["share"].sum() == pytest.approx(1.0)
    other = table[table["voice"] == "other"]
    assert other["n_characters"].tolist() == [len("Igofar,")]


def test_coverage_is_of_the_edited_text(one_text: Callable[..., Text]) -> None:
    text = one_text("It is tbe end !\n", corrections=[("tbe", "the"), (" !", "!")])
    assert check_edition(of(text)).coverage["n_characters"].tolist() == [len("Itistheend!")]


def test_of_a_whole_text_nothing_is_lost(corpus: Corpus) -> None:
    result = check_edition(corpus)
    assert result.lost == ()
    assert result.doubtful == ()
    assert result.n_edits == len(corpus.edits)
    assert result.n_overrides == sum(len(text.overrides) for text in corpus.texts)
    assert result.coverage.groupby("doc_id")["share"].sum().tolist() == pytest.approx([1.0] * 3)


RAW = "\ufeffThe first.\n\nThe second.\n\nThe third.\n"


def test_a_byte_order_mark_is_no_loss(one_text: Callable[..., Text]) -> None:
    assert check_edition(of(one_text(RAW))).lost == ()


def test_a_block_that_is_missing_is_told(one_text: Callable[..., Text]) -> None:
    text = one_text(RAW)
    first, second, third = text.blocks
    without = replace(text, blocks=(first, third))
    assert check_edition(of(without)).lost == (
        "text: 'The second.' before block 2 is in no block.",
    )
    assert check_edition(of(replace(text, blocks=(first, second)))).lost == (
        "text: 'The third.' at the end is in no block.",
    )


def test_blocks_that_overlap_are_told(one_text: Callable[..., Text]) -> None:
    text = one_text(RAW)
    first, second, third = text.blocks
    overlapping = (first, replace(second, char_start=first.char_end - 2), third)
    assert check_edition(of(replace(text, blocks=overlapping))).lost == (
        "text: block 2 begins before block 1 ends.",
    )


def test_a_log_that_is_not_of_this_text_is_told(one_text: Callable[..., Text]) -> None:
    text = one_text("It is tbe end.\n", corrections=[("tbe", "the")])
    [edit] = text.edits
    wrong = replace(text, edits=(replace(edit, before="tbc"),))
    assert check_edition(of(wrong)).lost == (
        "text: undoing the edit log does not give the raw text back.",
        "text: 'tbc' does not stand at 6.",
    )


def test_a_doubtful_hyphen_is_shown_in_its_line(one_text: Callable[..., Text]) -> None:
    text = one_text("It was a great zzgru-\nbbelx of many colours.\n")
    assert check_edition(of(text)).doubtful == (
        "text@21: It was a great zzgru- bbelx of many colours.",
    )

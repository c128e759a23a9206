"""Where paragraphs go on: rules by hand, and every boundary of the three texts.

``data/joins.csv`` is a reading, by eye, of all 433 boundaries between two blocks of body, long
quotation, list or front matter in ``corpus/texts``: over a page, over a note, over a heading, or
over a gap. `goes_on` says whether the paragraph of the block that begins at `from` goes on at
`char_start`. One case is doubtful (a sentence behind a note that may end the paragraph before it);
whatever the rules answer there counts as wrong.
"""

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.edition.corpus import Corpus, Text, read_corpus

READING = Path(__file__).parent / "data" / "joins.csv"
Join = tuple[str, int, int]


def reading() -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(READING.read_text(encoding="utf-8"), newline=""))


def joins(corpus: Corpus) -> set[Join]:
    return {
        (text.doc_id, block.char_start, text.blocks[block.continues].char_start)
        for text in corpus.texts
        for block in text.blocks
        if block.continues is not None
    }


def right_and_wrong(found: set[Join]) -> tuple[float, float]:
    """Return precision and recall against the reading."""
    true = {
        (row["doc_id"], int(row["char_start"]), int(row["from"]))
        for row in reading()
        if row["goes_on"] == "yes"
    }
    doubtful = sum(row["goes_on"] == "doubtful" for row in reading())
    return len(found & true) / len(found), len(found & true) / (len(true) + doubtful)


def test_the_reading_is_of_every_boundary(corpus: Corpus) -> None:
    rows = list(reading())
    assert len(rows) == 433
    for row in rows:
        assert corpus.text(row["doc_id"]).raw.startswith(row["begins"], int(row["char_start"]))
    layers = ["body", "blockquote", "list", "paratext"]
    places = {
        (text.doc_id, block.char_start)
        for text in corpus.texts
        for block in [block for block in text.blocks if block.layer in layers][1:]
    }
    assert {(row["doc_id"], int(row["char_start"])) for row in rows} == places


def test_joins_of_the_three_texts(corpus: Corpus) -> None:
    precision, recall = right_and_wrong(joins(corpus))
    assert precision >= 0.95
    assert recall >= 0.90


def test_joins_of_the_three_texts_by_rule_alone(tmp_path: Path, corpus: Corpus) -> None:
    shutil.copytree(corpus.folder, tmp_path / "corpus")
    shutil.rmtree(tmp_path / "corpus" / "overrides")
    precision, recall = right_and_wrong(joins(read_corpus(tmp_path / "corpus")))
    assert precision >= 0.95
    assert recall >= 0.90


FULL = "so the party met again in the old hall of the town and they heard\n"
HEARD = FULL * 8
"""Eight lines of 66 letters without a stop at their end."""


def continues(text: Text) -> list[int | None]:
    return [block.continues for block in text.blocks]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # The last line has no stop: it goes on in lower case, whatever its width,
        (f"{HEARD}him\n", f"speak.\n{HEARD}", 0),
        # and before a capital where it is at least 0.8 of the measure.
        (HEARD, f"Lenin speak.\n{HEARD}", 0),
        (f"{HEARD}{'w' * 54}\n", f"Lenin speak.\n{HEARD}", 0),
        (f"{HEARD}{'w' * 50}\n", f"Lenin speak.\n{HEARD}", None),
        # With a stop the line must fill the page to its edge.
        (f"{HEARD}{'w' * 64}.\n", f"Lenin spoke.\n{HEARD}", 0),
        (f"{HEARD}{'w' * 56}.\n", f"Lenin spoke.\n{HEARD}", None),
        (f"{HEARD}{'w' * 64}.\n", f"lower case.\n{HEARD}", 0),
        # A label begins a speech.
        (HEARD, f"Trotsky: I came.\n{HEARD}", None),
    ],
)
def test_over_a_page(
    one_text: Callable[..., Text], before: str, after: str, expected: int | None
) -> None:
    text = one_text(f"{before}\n\n\n{after}", profile="ocr-book")
    assert continues(text) == [None, expected]


def test_notes_and_page_numbers_lie_between(one_text: Callable[..., Text]) -> None:
    raw = f"{HEARD}\n*A note on it.\n\n7\n\n\n\nhim speak.\n{HEARD}"
    text = one_text(raw, profile="ocr-book")
    assert [block.layer for block in text.blocks] == ["body", "footnote", "page_furniture", "body"]
    assert continues(text) == [None, None, None, 0]


def test_a_heading_ends_a_paragraph(one_text: Callable[..., Text]) -> None:
    text = one_text(f"{HEARD}\n\n\nTHE END\n\nhim speak.\n{HEARD}", profile="ocr-book")
    assert continues(text) == [None, None, None]


def test_a_paragraph_goes_on_in_its_own_layer_alone(one_text: Callable[..., Text]) -> None:
    quoted = "A long quotation is set in smaller type and has more letters in a line, some 77 so\n"
    text = one_text(f"{HEARD}\n\n\n{quoted * 4}\nAnd {HEARD}", profile="ocr-book")
    assert [block.layer for block in text.blocks] == ["body", "blockquote", "body"]
    assert continues(text) == [None, None, None]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("I met Ada, a poet.", "She spoke of it.", 0),
        ("I met Ada, a poet.", "Then she spoke of it.", None),
        ("I met Ada, a poet", "Of note.", 0),
        ("I met Ada, a poet.", "of note.", None),
    ],
)
def test_over_an_editors_note(
    one_text: Callable[..., Text], before: str, after: str, expected: int | None
) -> None:
    raw = f"{before} {before}\n\n[Ada (1869-1952): a poet.]\n\n{after}\n"
    text = one_text(raw, profile="web-transcription")
    layers = [block.layer for block in text.blocks]
    if layers == ["heading", "editor_note", "body"]:  # a short line without a stop
        text = one_text(
            raw, profile="web-transcription", overrides=[(f"{before} {before}", "layer", "body")]
        )
    assert [block.layer for block in text.blocks] == ["body", "editor_note", "body"]
    assert continues(text)[2] == expected


def test_over_a_stray_gap(one_text: Callable[..., Text]) -> None:
    raw = "The earth of Russia,\n\nwith its sad expanses, is endless.\n\nThe end.\n"
    assert continues(one_text(raw)) == [None, 0, None]
    assert continues(one_text(raw.replace("Russia,", "Russia."))) == [None, None, None]

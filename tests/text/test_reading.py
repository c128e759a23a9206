"""One passage to be read, by its id or its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.edition.corpus import Corpus, read_corpus
from analysis.errors import InputError
from analysis.text.reading import read_passage

RAW = """A Title

I met Ada, a poet.

[Ada: an <English> poet.]

“Come to the town,” said Lenin & went.
She spoke.

THE END

"""


@pytest.fixture
def small(tmp_path: Path, make_corpus: Callable[..., Path]) -> Corpus:
    folder = make_corpus(
        tmp_path,
        {"text": RAW},
        profile="web-transcription",
        overrides={"text": [("THE END", "layer", "heading")]},
    )
    return read_corpus(folder)


def pieces(reading: object) -> list[tuple[str, str | None, str]]:
    return [(piece.voice, piece.speaker, piece.text) for piece in reading.pieces]


def test_a_passage_by_its_id(small: Corpus) -> None:
    reading = read_passage(small, "text:0001")
    start, end = RAW.index("I met"), RAW.index("spoke.") + 6
    assert reading.place == f"text@{start}-{end}"
    assert pieces(reading) == [
        ("author", None, "I met Ada, a poet."),
        ("author", None, "“"),
        ("other", "Lenin", "Come to the town,"),
        ("author", None, "” said Lenin & went. She spoke."),
    ]
    assert (reading.line_start, reading.line_end) == (3, 8)
    assert [piece.line for piece in reading.pieces] == [3, 7, 7, 7]
    assert reading.citation == f"Author, Ada. A Title. [{reading.place}]"
    assert str(reading) == (
        f"text@{start}-{end}, lines 3-8 of the source\n"
        "\n"
        "     3  I met Ada, a poet.\n"
        "\n"
        "     7  “⟦other, Lenin: Come to the town,⟧” said Lenin & went. She spoke.\n"
        "\n"
        f"Cite: Author, Ada. A Title. [text@{start}-{end}]"
    )


def test_the_same_by_its_place_and_by_any_place_in_it(small: Corpus) -> None:
    whole = read_passage(small, "text:0001")
    assert read_passage(small, whole.place) == whole
    for word in ("I met", "poet.", "spoke"):
        assert read_passage(small, f"text@{RAW.index(word)}") == whole


def test_a_note_or_heading_that_stands_at_a_place_is_shown_itself(small: Corpus) -> None:
    start = RAW.index("[Ada")
    note = read_passage(small, f"text@{start + 5}")
    assert note.place == f"text@{start}-{start + 25}"
    assert pieces(note) == [("editor", None, "[Ada: an <English> poet.]")]
    assert "     5  (editor_note) ⟦editor: [Ada: an <English> poet.]⟧" in str(note)
    assert pieces(read_passage(small, "text@3")) == [("author", None, "A Title")]


def test_a_span_shows_its_running_text_or_what_else_there_is(small: Corpus) -> None:
    start = RAW.index("Ada, a poet")
    over_note = read_passage(small, f"text@{start}-{RAW.index(' said')}")
    assert [text for *_, text in pieces(over_note)] == [
        "Ada, a poet.",
        "“",
        "Come to the town,",
        "”",
    ]
    inside = RAW.index("<English>")
    assert pieces(read_passage(small, f"text@{inside}-{inside + 9}"))[0][2] == "<English>"


def test_in_a_notebook_other_voices_are_in_colour_and_signs_are_signs(small: Corpus) -> None:
    shown = read_passage(small, "text:0001")._repr_html_()
    assert "<span style='color:#0072b2' title='Lenin'>Come to the town,</span>" in shown
    assert "said Lenin &amp; went" in shown
    assert "<code>text@" in shown


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("text:0002", "text has no passage text:0002; it has 1"),
        ("other:0001", "There is no text 'other' in this corpus; it has text"),
        ("text", "'text' is neither a passage id .doc-id:0007. nor a place"),
        ("", "'' is neither a passage id"),
        ("text@5000", "The place text@5000 is not in text, which has 116 characters"),
        ("text@10-5000", "The place text@10-5000 is not in text"),
        ("text@20-10", "The place text@20-10 ends before it begins; give the smaller number first"),
        ("text@8", "No passage holds the place text@8; give a span"),
        ("text@7-9", "No words stand at text@7-9; give a place of the running text"),
        ("text@5-5", "No words stand at text@5-5"),
        ("text@-5", "is neither a passage id"),
    ],
)
def test_what_is_no_passage_is_told(small: Corpus, passage: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_passage(small, passage)


def test_pages_are_named_from_the_first_to_the_last(corpus: Corpus) -> None:
    over = read_passage(corpus, "serge-lenin-stalin@5418-6453")
    assert over.page == "9-10"
    assert over.where == "pp. 9-10, lines 107-123 of the source"
    one = read_passage(corpus, "serge-lenin-stalin@3502-4396")
    assert one.where.startswith("p. 9, lines ")
    assert read_passage(corpus, "serge-memoirs@20").where == "line 1 of the source"


def test_every_passage_of_the_corpus_reads_as_it_is(corpus: Corpus, passages) -> None:
    for passage in passages.iloc[::23].itertuples():
        reading = read_passage(corpus, passage.passage_id)
        assert reading == read_passage(corpus, passage.place)
        text = "".join(piece.text for piece in reading.pieces)
        assert "".join(text.split()) == "".join(passage.text.split())
        assert (reading.line_start, reading.line_end) == (passage.line_start, passage.line_end)

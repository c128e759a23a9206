"""Settings of a source that its own text speaks against."""

from pathlib import Path

from analysis.edition.corpus import read_corpus
from analysis.edition.doubts import doubts

SINGLE = (
    "The Strike\n\nThe manager sent for me. ‘What do they want?’ he asked. ‘Sixpence!’ he cried; "
    "I don’t forget it. ‘They shall have nothing.’ The men’s paper was called “Star”.\n"
)
NOTED = (
    "The Strike\n\nI copied it [six of the copies are lost] that night [sic], and she said: "
    "“Give it [the paper that was signed] to me.”\n\n[Norwood was manager until 1893.]\n"
)


def found(folder: Path, make_corpus, raw: str, **keys: str) -> tuple[str, ...]:
    return doubts(read_corpus(make_corpus(folder, {"text": raw}, **keys)))


def test_marks_that_are_not_looked_for_are_told(tmp_path: Path, make_corpus) -> None:
    [told] = found(tmp_path, make_corpus, SINGLE)
    assert told.startswith("text: 3 quotations open with single quotation marks and 1 with double")
    assert 'write quotation_marks = "single"' in told


def test_of_the_marks_that_are_looked_for_nothing_is_told(tmp_path: Path, make_corpus) -> None:
    assert found(tmp_path, make_corpus, SINGLE.translate(str.maketrans("‘“”", "“‘’"))) == ()


def test_remarks_in_brackets_inside_the_authors_paragraphs_are_told(
    tmp_path: Path, make_corpus
) -> None:
    [told] = found(tmp_path, make_corpus, NOTED, profile="web-transcription")
    # Not the one word, not what stands in another's words, not a paragraph of its own.
    assert "that count as the author's words: 1 (the first at" in told
    assert f"text@{NOTED.index('[six')}" in told


def test_of_this_corpus_nothing_is_told(corpus) -> None:
    assert doubts(corpus) == ()

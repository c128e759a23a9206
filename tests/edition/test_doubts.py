"""What is told of a text that may be damaged, or not as its description says."""

from pathlib import Path

import pytest

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


def test_lists_that_belong_to_no_text_are_told(tmp_path: Path, make_corpus) -> None:
    folder = make_corpus(tmp_path, {"text": "A word.\n"}, corrections={"text": [("word", "wort")]})
    for name in ("corrections", "overrides"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "txet.csv").touch()
    assert doubts(read_corpus(folder)) == tuple(
        f"{name}/txet.csv belongs to no text and changes nothing; name it after one of text."
        for name in ("corrections", "overrides")
    )


def test_one_file_or_key_for_two_texts_is_told(tmp_path: Path, make_corpus) -> None:
    folder = make_corpus(tmp_path, {"one": "A word.\n", "two": "A word.\n", "three": "No.\n"})
    listed = folder / "sources.toml"
    listed.write_text(
        listed.read_text(encoding="utf-8").replace("author-three", "author-one"), encoding="utf-8"
    )
    same_file, same_key = doubts(read_corpus(folder))
    assert same_file.startswith("one and two are the same file, byte for byte")
    assert same_key.startswith("one and three have the same citation_key")


def test_letters_that_were_lost_are_told(tmp_path: Path, make_corpus) -> None:
    [told] = found(tmp_path, make_corpus, "\ufeffThe caf\ufffd.\n\x0c\nAnd\x00 more.\r\n")
    assert told.startswith("text: 2 characters that are no text (the first, U+FFFD, at text@8)")


@pytest.mark.parametrize("begins", ['<?xml version="1.0"?>', "\ufeff <TEI>", "<!doctype html>"])
def test_tags_that_are_taken_for_words_are_told(tmp_path: Path, make_corpus, begins: str) -> None:
    [told] = found(tmp_path, make_corpus, f"{begins}\n<p>A word.</p>\n")
    assert told.startswith("text: the file begins like XML or HTML, whose tags are counted as w")


def test_of_this_corpus_nothing_is_told(corpus) -> None:
    assert doubts(corpus) == ()

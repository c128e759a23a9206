"""Keyword in context."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.edition.corpus import read_corpus
from analysis.errors import InputError, SchemaError
from analysis.text.concordance import COLUMNS, kwic
from analysis.text.passages import split_passages
from analysis.text.tokens import tokenize

RAW = (
    "The terror began. Nobody spoke of the Terror, he said: “No terrorists here, and don't ask.”"
    "\n\nCHAPTER II\n\nTerror again; the counter-revolution came.\n"
)


@pytest.fixture
def words(tmp_path: Path, make_corpus) -> pd.DataFrame:
    return tokenize(split_passages(read_corpus(make_corpus(tmp_path, {"text": RAW}))))


def lines(found: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(found[["left", "token", "right"]].itertuples(index=False, name=None))


def test_every_place_of_a_word_in_any_case(words: pd.DataFrame) -> None:
    found = kwic(words, "TERROR", window=2)
    assert tuple(found.columns) == COLUMNS
    assert lines(found) == [
        ("The", "terror", "began Nobody"),
        ("of the", "Terror", "he said"),
        ("", "Terror", "again the"),
    ]
    start = RAW.index("Terror,")
    assert found["place"].iloc[1] == f"text@{start}-{start + 6}"


def test_an_asterisk_stands_for_any_letters(words: pd.DataFrame) -> None:
    assert kwic(words, "terror*")["token"].tolist() == ["terror", "Terror", "terrorists", "Terror"]
    assert kwic(words, "*revolution")["token"].tolist() == ["counter-revolution"]
    assert kwic(words, "t*r")["token"].tolist() == ["terror", "Terror", "Terror"]
    assert len(kwic(words, "*")) == len(words)


def test_several_words_are_a_phrase(words: pd.DataFrame) -> None:
    found = kwic(words, "the  terror", window=1)
    assert lines(found) == [("", "The terror", "began"), ("of", "the Terror", "he")]
    start = RAW.index("the Terror,")
    assert found["place"].iloc[1] == f"text@{start}-{start + len('the Terror')}"
    assert kwic(words, "ask terror").empty  # not over two passages


def test_curly_and_straight_apostrophes_are_one(words: pd.DataFrame) -> None:
    assert kwic(words, "don’t")["token"].tolist() == ["don't"]


def test_each_line_has_its_layer_voice_and_speaker(words: pd.DataFrame) -> None:
    found = kwic(words, "terror*")
    assert found["voice"].tolist() == ["author", "author", "other", "author"]
    assert found["layer"].tolist() == ["body"] * 4
    assert kwic(words.drop(columns="speaker"), "terror")["speaker"].isna().all()


def test_a_window_of_nothing_shows_the_word_alone(words: pd.DataFrame) -> None:
    assert lines(kwic(words, "began", window=0)) == [("", "began", "")]


def test_signs_of_a_pattern_are_letters_like_others(words: pd.DataFrame) -> None:
    assert kwic(words, "t.rror").empty
    assert kwic(words, "(terror)").empty


def test_of_a_word_that_is_not_there_there_is_no_line(words: pd.DataFrame) -> None:
    found = kwic(words, "peace")
    assert found.empty
    assert tuple(found.columns) == COLUMNS


@pytest.mark.parametrize("term", ["", "  ", "\n"])
def test_an_empty_term_is_told(words: pd.DataFrame, term: str) -> None:
    with pytest.raises(InputError, match="The term is empty; give a word"):
        kwic(words, term)


def test_other_mistakes_are_told(words: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="The window is -1; give a number of words from 0"):
        kwic(words, "terror", window=-1)
    with pytest.raises(InputError, match="The window is '8'; give a number of words from 0"):
        kwic(words, "terror", window="8")  # type: ignore[arg-type]
    with pytest.raises(SchemaError, match="lacks the column 'term'"):
        kwic(words.drop(columns="term"), "terror")


def test_places_in_the_corpus_lead_to_the_word(corpus, tokens: pd.DataFrame) -> None:
    found = kwic(tokens, "Kronstadt")
    assert len(found) == (tokens["term"] == "kronstadt").sum() > 5
    for place, token in zip(found["place"], found["token"], strict=True):
        doc_id, _, span = place.partition("@")
        start, end = map(int, span.split("-"))
        assert corpus.text(doc_id).raw[start:end].replace("-\n", "") == token


def test_with_the_corpus_lines_are_its_running_text(tmp_path: Path, make_corpus) -> None:
    corpus = read_corpus(make_corpus(tmp_path, {"text": RAW}))
    words = tokenize(split_passages(corpus))
    assert lines(kwic(words, "terror", window=2, corpus=corpus)) == [
        ("The", "terror", "began. Nobody"),
        ("of the", "Terror", ", he said:"),
        ("don't ask.”", "Terror", "again; the"),
    ]
    assert lines(kwic(words, "terror*", window=0, corpus=corpus))[2] == ("", "terrorists", "")
    assert lines(kwic(words, "the  terror", window=1, corpus=corpus)) == [
        ("", "The terror", "began."),
        ("of", "the Terror", ", he"),
    ]
    # A choice of voices chooses lines, not what stands around them.
    others = words[words["voice"] == "other"]
    assert lines(kwic(others, "terror*", window=3, corpus=corpus)) == [
        ("he said: “No", "terrorists", "here, and don't")
    ]
    assert kwic(words, "nowhere", corpus=corpus).empty


def test_tokens_of_another_corpus_are_told(tmp_path: Path, make_corpus) -> None:
    corpus = read_corpus(make_corpus(tmp_path / "one", {"text": RAW}))
    other = read_corpus(make_corpus(tmp_path / "two", {"text": "A shorter terror.\n"}))
    with pytest.raises(InputError, match=r"No word of the corpus stands at text@4-10; give"):
        kwic(tokenize(split_passages(corpus)), "terror", corpus=other)

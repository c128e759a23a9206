"""Tokens: each leads back to the source by its span and the edit log."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.edition.corpus import Corpus, read_corpus
from analysis.errors import InputError, SchemaError
from analysis.tables import check_table
from analysis.text.passages import split_passages
from analysis.text.tokens import tokenize
from analysis.text.words import normalise

Make = Callable[..., Path]
Unexplained = Callable[[Corpus, pd.DataFrame], list[tuple[object, ...]]]
RAW = "The Workers’ rank-and-file said: “Don’t go to the photog-\nrapher.” He went.\n\n1. Naïve.\n"


@pytest.fixture
def small(tmp_path: Path, make_corpus: Make) -> Corpus:
    return read_corpus(make_corpus(tmp_path, {"text": RAW}))


def test_a_token_is_its_surface_and_a_term_is_normalised(small: Corpus) -> None:
    tokens = tokenize(split_passages(small))
    assert tokens["token"].tolist() == (
        "The Workers rank-and-file said Don’t go to the photographer He went Naïve".split()
    )
    assert tokens["term"].tolist() == (
        "the workers rank-and-file said don't go to the photographer he went naïve".split()
    )
    assert tokens["token_index"].tolist() == list(range(1, 13))
    assert tokens["sentence_index"].tolist() == [1] * 9 + [2] * 2 + [3]
    assert tokens["voice"].tolist() == ["author"] * 4 + ["other"] * 5 + ["author"] * 3


def test_the_span_of_a_cut_word_covers_the_cut(small: Corpus) -> None:
    token = tokenize(split_passages(small)).iloc[8]
    assert RAW[token["char_start"] : token["char_end"]] == "photog-\nrapher"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("English", "Workers rank and file said Don t go"),
        ("English.contr", "Workers rank and file said Don’t go"),
        ("English.all", "Workers rank-and-file said Don’t go"),
    ],
)
def test_rules_of_what_a_word_is(small: Corpus, rule: str, expected: str) -> None:
    words = tokenize(split_passages(small), rule=rule)["token"].tolist()
    assert words[1 : 1 + len(expected.split())] == expected.split()


def test_every_token_of_the_corpus_is_its_raw_slice_after_the_edits_inside(
    corpus: Corpus, tokens: pd.DataFrame, unexplained: Unexplained
) -> None:
    check_table(tokens, "tokens")
    assert len(tokens) > 34_000
    assert unexplained(corpus, tokens) == []


def test_tokens_of_the_corpus_stand_in_order_and_apart(tokens: pd.DataFrame) -> None:
    for _, own in tokens.groupby("doc_id"):
        assert (own["char_start"].to_numpy()[1:] >= own["char_end"].to_numpy()[:-1]).all()
    for _, own in tokens.groupby("passage_id"):
        assert own["token_index"].tolist() == list(range(1, len(own) + 1))
        steps = own["sentence_index"].diff().dropna()
        assert own["sentence_index"].iloc[0] == 1
        assert steps.isin([0, 1]).all()


def test_tokens_of_the_corpus_are_those_that_passages_count(
    passages: pd.DataFrame, tokens: pd.DataFrame
) -> None:
    counted = tokens.groupby("passage_id", sort=False).size()
    assert counted.to_dict() == dict(zip(passages["passage_id"], passages["n_tokens"], strict=True))
    assert tokens["term"].tolist() == [normalise(token) for token in tokens["token"]]
    assert set(tokens["layer"]) == {"body", "blockquote", "list"}
    assert set(tokens["voice"]) == {"author", "author_earlier", "other"}


def test_every_unit_has_the_same_tokens(corpus: Corpus, tokens: pd.DataFrame) -> None:
    for unit in ("paragraph", "section"):
        other = tokenize(split_passages(corpus, unit=unit))
        columns = ["char_start", "char_end", "token", "layer", "voice", "speaker"]
        pd.testing.assert_frame_equal(tokens[columns], other[columns])


def test_some_passages_in_any_order(passages: pd.DataFrame, tokens: pd.DataFrame) -> None:
    chosen = passages.iloc[[70, 3, 200]]
    found = tokenize(chosen)
    assert found["passage_id"].unique().tolist() == chosen["passage_id"].tolist()
    first = tokens[tokens["passage_id"] == chosen["passage_id"].iloc[0]]
    assert found["token"].tolist()[: len(first)] == first["token"].tolist()


def test_passages_from_a_file_need_their_corpus(
    corpus: Corpus, passages: pd.DataFrame, tokens: pd.DataFrame, tmp_path: Path
) -> None:
    passages.head(3).to_csv(tmp_path / "passages.csv", index=False)
    read = pd.read_csv(tmp_path / "passages.csv")
    with pytest.raises(InputError, match="do not remember their corpus"):
        tokenize(read)
    found = tokenize(read, corpus=corpus)
    pd.testing.assert_frame_equal(found, tokens.head(len(found)))


def test_passages_without_places_are_told(corpus: Corpus, passages: pd.DataFrame) -> None:
    with pytest.raises(SchemaError, match="lacks the column 'char_start'"):
        tokenize(passages[["passage_id", "doc_id"]], corpus=corpus)


def test_a_rule_that_is_none_is_told(passages: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="There is no word rule 'french'"):
        tokenize(passages, rule="french")


def test_no_passages_have_no_tokens(tmp_path: Path, make_corpus: Make) -> None:
    tokens = tokenize(split_passages(read_corpus(make_corpus(tmp_path, {"text": "ONE\n"}))))
    assert tokens.empty
    check_table(tokens, "tokens")


def test_words_that_one_edit_made_are_in_one_passage_each(
    tmp_path: Path, make_corpus: Make
) -> None:
    # Which letters of ~~~ are whose cannot be told: both sentences have its place.
    before = " ".join(["word"] * 30)
    raw = f"{before} ~~~ {before}.\n"
    corpus = read_corpus(
        make_corpus(tmp_path, {"text": raw}, corrections={"text": [("~~~", "end. Begin")]})
    )
    passages = split_passages(corpus, n_tokens=30)
    assert passages["n_tokens"].tolist() == [31, 31]
    tokens = tokenize(passages)
    assert tokens["token"].tolist().count("end") == 1
    assert tokens["token"].tolist().count("Begin") == 1
    assert tokens.groupby("passage_id").size().tolist() == [31, 31]


def test_a_space_put_in_parts_two_words_that_touch(
    tmp_path: Path, make_corpus: Make, unexplained: Unexplained
) -> None:
    raw = "He gave ahundred 0fthem and thick ness.\n"
    corpus = read_corpus(
        make_corpus(
            tmp_path,
            {"text": raw},
            corrections={
                "text": [
                    ("ahundred", "a hundred"),
                    ("0fthem", "of them"),
                    ("thick ness", "thickness"),
                ]
            },
        )
    )
    tokens = tokenize(split_passages(corpus))
    assert tokens["token"].tolist() == "He gave a hundred of them and thickness".split()
    assert unexplained(corpus, tokens) == []

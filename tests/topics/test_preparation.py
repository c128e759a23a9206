"""What is counted before topics are fitted."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import CorpusError, InputError
from analysis.files import sha256_of
from analysis.text.words import normalise, word_spans
from analysis.topics.preparation import (
    join_bigrams,
    keep_terms,
    read_stopwords,
    replace_terms,
)

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture
def folder(tmp_path):
    """A corpus folder with a list of stop words."""
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    lists = tmp_path / "stopwords"
    lists.mkdir()
    content = "# a comment\nthe\nof  # and another\n\nand\n"
    (lists / "short.txt").write_text(content, encoding="utf-8")
    digest = sha256_of(content.encode("utf-8"))
    (lists / "stopwords.toml").write_text(
        f'[short]\nfile = "short.txt"\nlanguage = "en"\nlicence = "CC0-1.0"\n'
        f'source = "here"\nsha256 = "{digest}"\n',
        encoding="utf-8",
    )
    return tmp_path


def test_the_english_list_has_a_licence_and_words_as_the_word_rule_writes_them():
    stopwords = read_stopwords("english", corpus=CORPUS)
    assert stopwords.licence == "BSD-3-Clause"
    assert {"the", "don't", "whose", "through"} <= stopwords.terms
    assert not {"revolution", "lenin", "time", "second", "said"} & stopwords.terms
    for term in stopwords.terms:
        assert normalise(term) == term
        assert word_spans(term) == [(0, len(term))]


def test_a_list_is_read_without_its_comments(folder):
    assert read_stopwords("short", corpus=folder).terms == {"the", "of", "and"}


def test_a_changed_list_is_named(folder):
    (folder / "stopwords" / "short.txt").write_text("the\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"short\.txt is not the file whose sha256"):
        read_stopwords("short", corpus=folder)


def test_an_unknown_list_a_missing_entry_and_no_toml(folder):
    with pytest.raises(InputError, match=r"There is no stop word list 'french'; .* has short"):
        read_stopwords("french", corpus=folder)
    register = folder / "stopwords" / "stopwords.toml"
    register.write_text('[short]\nfile = "short.txt"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="lacks 'language'"):
        read_stopwords("short", corpus=folder)
    register.write_text("[short\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="is no TOML"):
        read_stopwords("short", corpus=folder)
    register.unlink()
    with pytest.raises(CorpusError, match=r"stopwords\.toml is not there"):
        read_stopwords("short", corpus=folder)


def test_terms_are_kept_by_every_rule(counts_of):
    terms = ["the", "of the", "lenin", "rare", "famine", "x"]
    counts = counts_of(
        [[1, 1, 1, 2, 1, 1], [1, 1, 0, 0, 1, 1], [1, 1, 1, 0, 1, 1], [1, 1, 1, 0, 0, 1]],
        terms=terms,
    )
    assert keep_terms(counts, stopwords={"the", "of"}).terms == ("lenin", "rare", "famine", "x")
    # A bigram of which one word is no stop word stays.
    assert "of the" in keep_terms(counts, stopwords={"the"}).terms
    assert keep_terms(counts, names={"lenin"}).terms == ("the", "of the", "rare", "famine", "x")
    assert "rare" not in keep_terms(counts, min_passages=2).terms
    assert keep_terms(counts, max_share=0.75).terms == ("lenin", "rare", "famine")
    assert "x" not in keep_terms(counts, min_letters=2).terms
    assert keep_terms(counts).terms == tuple(terms)


def test_the_share_is_of_the_passages_that_have_words(counts_of):
    counts = counts_of([[1, 1], [1, 0], [0, 0], [0, 0]], terms=["a", "b"])
    assert keep_terms(counts, max_share=0.5).terms == ("b",)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"max_share": 0.0}, "max_share is 0.0"),
        ({"min_passages": 0}, "min_passages is 0"),
        ({"min_letters": 0}, "min_letters is 0"),
        ({"min_passages": 9}, "No term of 2 is left"),
        ({"stopwords": "english"}, r"write \['english'\]"),
        ({"names": "lenin"}, r"names must be a list"),
    ],
)
def test_rules_that_make_no_sense(counts_of, settings, message):
    with pytest.raises(InputError, match=message):
        keep_terms(counts_of([[1, 1], [1, 0]], terms=["a", "b"]), **settings)


def tokens_of(sentences):
    """Return tokens: one passage, each sentence a list of (term, voice) or a string."""
    rows = []
    for number, sentence in enumerate(sentences, start=1):
        for term in sentence.split():
            term, _, voice = term.partition("/")
            rows.append(
                {
                    "passage_id": "p0",
                    "token_index": len(rows) + 1,
                    "sentence_index": number,
                    "term": term,
                    "voice": voice or "author",
                }
            )
    return pd.DataFrame(rows)


def test_fixed_pairs_are_joined_and_others_are_not():
    sentences = ["the central committee met"] * 6 + ["committee of the party"] * 4
    joined = join_bigrams(tokens_of(sentences), stopwords={"the", "of"})
    assert joined["term"].tolist()[:3] == ["the", "central committee", "met"]
    assert (joined["term"] == "central committee").sum() == 6
    assert (joined["term"] == "committee").sum() == 4
    assert not [term for term in joined["term"] if term.startswith("the ")]
    # The joined token has the place of its first word.
    assert joined["token_index"].tolist()[:3] == [1, 2, 4]


def test_pairs_do_not_cross_sentences_or_voices():
    over_sentences = ["central", "committee"] * 8
    assert " " not in "".join(join_bigrams(tokens_of(over_sentences))["term"])
    over_voices = ["central/author committee/other"] * 8
    assert " " not in "".join(join_bigrams(tokens_of(over_voices))["term"])


def test_rare_and_chance_pairs_stay_apart():
    often = tokens_of(["red army"] * 4 + ["white guard"] * 9)
    assert set(join_bigrams(often)["term"]) == {"red", "army", "white guard"}
    # a and b neighbour as often as chance would have it.
    chance = tokens_of([" ".join(np.random.default_rng(1).choice(["a", "b"], size=60))] * 3)
    assert set(join_bigrams(chance)["term"]) == {"a", "b"}


def test_of_overlapping_pairs_the_first_is_joined():
    joined = join_bigrams(tokens_of(["new economic policy"] * 9))
    assert joined["term"].tolist()[:2] == ["new economic", "policy"]


def test_lemmas_come_from_a_table():
    tokens = tokens_of(["peasants fled"])
    assert replace_terms(tokens, {"peasants": "peasant"})["term"].tolist() == ["peasant", "fled"]
    assert tokens["term"].tolist() == ["peasants", "fled"]

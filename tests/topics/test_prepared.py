"""From a corpus to counts: each setting does what it says."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.errors import InputError
from analysis.topics.counting import counts_digest
from analysis.topics.prepared import (
    MAX_SHARE,
    Preparation,
    default_preparation,
    doubtful_terms,
    prepare_counts,
    terms_of_names,
)

BASE = Preparation(stopwords="english")


@pytest.fixture(scope="module")
def prepared(corpus):
    return prepare_counts(corpus, preparation=BASE)


def test_the_default_is_the_list_of_the_language(corpus, prepared):
    assert default_preparation(corpus) == BASE
    assert counts_digest(prepare_counts(corpus)) == counts_digest(prepared)


def test_without_a_list_terms_that_most_passages_have_are_left_out(tmp_path, make_corpus):
    text = "".join(
        f"In {year} the sun rose over the town, and word {year} was seen by the men.\n\n"
        for year in range(1900, 1960)
    )
    corpus = an.read_corpus(make_corpus(tmp_path, {"text": text}))
    assert default_preparation(corpus) == Preparation(max_share=MAX_SHARE)


def test_counts_are_those_of_the_single_steps(corpus, tokens, prepared):
    stopwords = an.read_stopwords("english", corpus=corpus.folder)
    by_hand = an.keep_terms(
        an.count_terms(tokens, voices=("author",)),
        stopwords=stopwords,
        min_passages=3,
        min_letters=2,
    )
    assert counts_digest(by_hand) == counts_digest(prepared)


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ({"names": False}, lambda old, new: "lenin" in old.terms and "lenin" not in new.terms),
        ({"bigrams": True}, lambda old, new: "civil war" in new.terms),
        ({"lemmas": {"peasants": "peasant"}}, lambda old, new: "peasants" not in new.terms),
        (
            {"voices": ("author", "other")},
            lambda old, new: new.matrix.sum() > old.matrix.sum(),
        ),
        ({"min_passages": 20}, lambda old, new: len(new.terms) < len(old.terms) / 3),
        ({"max_share": 0.1}, lambda old, new: "party" in old.terms and "party" not in new.terms),
        ({"min_letters": 5}, lambda old, new: min(map(len, new.terms)) == 5),
        ({"stopwords": ""}, lambda old, new: "the" in new.terms),
        ({"n_tokens": 60}, lambda old, new: len(new.doc_ids) > 2 * len(old.doc_ids)),
    ],
)
def test_every_setting_does_what_it_says(corpus, prepared, change, holds):
    assert holds(prepared, prepare_counts(corpus, preparation=replace(BASE, **change)))


def test_lemmas_are_added_up(corpus, prepared):
    joined = prepare_counts(corpus, preparation=replace(BASE, lemmas={"peasants": "peasant"}))
    old, new = prepared.totals(), joined.totals()
    assert new["peasant"] == old["peasants"] + old["peasant"]


def test_terms_of_names_by_hand():
    mentions = pd.DataFrame({"surface": ["Lenin", "Rosa Luxemburg", "Lenin’s"]})
    terms = ("lenin", "lenin's", "luxemburg", "luxury", "rosa")
    assert terms_of_names(mentions, terms=terms) == ("lenin", "lenin's", "luxemburg", "rosa")


def test_doubtful_terms_by_hand():
    tokens = pd.DataFrame(
        {
            "token": ["the", "tbe", "Tbilisi", "Tbe", "tbe", "well-knovvn", "sun's", "xk", "1920"],
            "term": ["the", "tbe", "tbilisi", "tbe", "tbe", "well-knovvn", "sun's", "xk", "1920"],
        }
    )
    assert doubtful_terms(tokens, language="en", names=["xk"]) == ("tbe", "well-knovvn")
    with pytest.raises(InputError, match="There is no word list of 'xx'"):
        doubtful_terms(tokens, language="xx")


def test_few_terms_of_this_corpus_are_doubtful(tokens, prepared):
    # It was read and corrected: of its terms that topics are fitted to hardly one is unknown.
    doubtful = doubtful_terms(tokens, language="en")
    assert np.isin(prepared.terms, doubtful).mean() < 0.02

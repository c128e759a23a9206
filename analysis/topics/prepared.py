"""From a corpus to the counts that topics are fitted to, by settings that can be varied."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.edition.hyphens import read_word_list
from analysis.errors import InputError
from analysis.tables import check_table
from analysis.text.counts import TermCounts, count_terms
from analysis.text.passages import DEFAULT_WORDS, split_passages
from analysis.text.persons import find_mentions
from analysis.text.tokens import tokenize
from analysis.topics.preparation import (
    STOPWORDS,
    join_bigrams,
    keep_terms,
    read_stopwords,
    replace_terms,
)

LISTS = {"en": "english"}
"""The stop words of a language, where the corpus folder has a list of that name."""

MAX_SHARE = 0.5
"""Without a list, terms that more passages than this share have are left out instead."""


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """What is counted, and what is left out, before topics are fitted.

    Attributes
    ----------
    n_tokens : int
        Running words of a passage, about.
    voices : tuple of str
        Whose words count.
    stopwords : str
        A list of the corpus folder (`read_stopwords`); empty for none.
    min_passages : int
        A term is kept if at least so many passages have it.
    max_share : float
        A term is kept if at most this share of the passages with words have it.
    min_letters : int
        A term is kept if it is at least so long.
    names : bool
        Whether the names of the persons of the corpus's index stay (`terms_of_names`).
    bigrams : bool
        Whether fixed pairs of words are joined to one term (`join_bigrams`).
    lemmas : mapping of str to str, optional
        What takes the place of a term, from a table of one's own (`replace_terms`).
    """

    n_tokens: int = DEFAULT_WORDS
    voices: tuple[str, ...] = ("author",)
    stopwords: str = ""
    min_passages: int = 3
    max_share: float = 1.0
    min_letters: int = 2
    names: bool = True
    bigrams: bool = False
    lemmas: Mapping[str, str] | None = None


def default_preparation(corpus: Corpus) -> Preparation:
    """Return the settings that suit any corpus: function words out, by a list or by their spread.

    With a list of the first text's language in the corpus folder, its words are left out; without,
    the terms that more than half of the passages have.
    """
    name = LISTS.get(corpus.texts[0].source.language.split("-")[0], "")
    if name and (corpus.folder / STOPWORDS).is_dir():
        return Preparation(stopwords=name)
    return Preparation(max_share=MAX_SHARE)


def prepare_counts(corpus: Corpus, *, preparation: Preparation | None = None) -> TermCounts:
    """Return the counts of a corpus, passages by terms; a passage stays even if no word is left.

    Parameters
    ----------
    corpus : Corpus
    preparation : Preparation, optional
        Else `default_preparation`.

    Raises
    ------
    InputError
        If a setting makes no sense, or no term is left.
    """
    chosen = preparation or default_preparation(corpus)
    tokens = tokenize(split_passages(corpus, n_tokens=chosen.n_tokens))
    stopwords = read_stopwords(chosen.stopwords, corpus=corpus.folder) if chosen.stopwords else ()
    if chosen.lemmas is not None:
        tokens = replace_terms(tokens, chosen.lemmas)
    if chosen.bigrams:
        tokens = join_bigrams(tokens, stopwords=stopwords)
    counts = count_terms(tokens, voices=chosen.voices)
    return keep_terms(
        counts,
        stopwords=stopwords,
        names=() if chosen.names else terms_of_names(find_mentions(corpus), terms=counts.terms),
        min_passages=chosen.min_passages,
        max_share=chosen.max_share,
        min_letters=chosen.min_letters,
    )


def terms_of_names(mentions: pd.DataFrame, *, terms: Collection[str]) -> tuple[str, ...]:
    """Return which of the terms are words of a name that the texts give to a person.

    A word of a name counts wherever it stands: *Red* of a byname takes the colour with it.

    Parameters
    ----------
    mentions : DataFrame
        The mentions table: surface.
    terms : collection of str
    """
    check_table(mentions, "mentions", columns=("surface",))
    words = set(" ".join(mentions["surface"]).lower().replace("’", "'").split())
    return tuple(term for term in terms if term.removesuffix("'s") in words)


def doubtful_terms(
    tokens: pd.DataFrame, *, language: str, names: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the terms that may be errors of digitisation, in alphabetical order.

    Doubtful is a term that mostly stands in small letters, so that it is hardly a name, and of
    which a part between hyphens is not in the word list of the language. Rare and foreign words
    are doubtful too, and an error that makes another word is not: the list is for a caution on a
    topic that consists of such terms, not for correcting a text.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table: token, term.
    language : str
        A code such as ``en``.
    names : collection of str
        Terms that are no errors.

    Raises
    ------
    InputError
        If there is no word list of that language.
    """
    check_table(tokens, "tokens", columns=("token", "term"))
    words = read_word_list(language).words
    if not words:
        raise InputError(
            f"There is no word list of {language!r}; name the doubtful terms yourself."
        )
    small = tokens["token"].str[:1].str.islower().groupby(tokens["term"]).mean() > 0.5
    return tuple(
        term
        for term in sorted(small.index[small])
        if term not in set(names)
        and any(part.isalpha() and part not in words for part in _parts(term))
    )


def _parts(term: str) -> list[str]:
    """Return the parts of a term between hyphens and blanks, without the genitive."""
    return [part.removesuffix("'s") for part in term.replace("-", " ").split()]

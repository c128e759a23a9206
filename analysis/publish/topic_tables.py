"""The topics of a corpus with the default settings, for those who ask for a table or a view."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.edition.hyphens import read_word_list
from analysis.kept import ReadOnly
from analysis.project import CORPUS
from analysis.text.counts import TermCounts
from analysis.text.passages import split_passages
from analysis.text.persons import find_mentions
from analysis.text.tokens import tokenize
from analysis.topics.cards import read_topic_names, topic_cards
from analysis.topics.fit import fit_topics
from analysis.topics.further_cautions import caution_topics
from analysis.topics.prepared import (
    default_preparation,
    doubtful_terms,
    prepare_counts,
    terms_of_names,
)
from analysis.topics.result import TopicResult
from analysis.topics.stability import excess_stability

N_TOPICS, SEED = 6, 1
"""Of the topics that are exported. No number is best; a notebook shows what others say."""

FITS = "notebooks/fits"
"""Where notebooks keep their fits; one that is there is not made again."""

NAMES = Path("topics", "names.csv")
"""In the corpus folder: names given to topics by hand (`read_topic_names`)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DefaultTopics:
    """The counts and topics of a corpus with the default settings, and where fits are kept."""

    counts: TermCounts
    topics: TopicResult
    kept: ReadOnly | None


def default_topics(corpus: Corpus) -> DefaultTopics:
    """Return the topics of the corpus with the default settings.

    They are read from the fits that the project keeps, if a notebook has made the same ones, and
    else fitted; nothing is written.
    """
    counts = prepare_counts(corpus, preparation=default_preparation(corpus))
    of_project = corpus.folder.name == CORPUS
    kept = ReadOnly(folder=corpus.folder.parent / Path(FITS)) if of_project else None
    return DefaultTopics(
        counts=counts,
        topics=fit_topics(counts, n_topics=N_TOPICS, seed=SEED, keep=kept),
        kept=kept,
    )


def default_cards(corpus: Corpus) -> pd.DataFrame:
    """Return the cards of the default topics: the table topic_cards, beside shuffled corpora.

    Where no notebook has kept the comparison with shuffled corpora it is made, which takes some
    twenty times as long as the topics.
    """
    found = default_topics(corpus)
    passages = split_passages(corpus)
    tokens = tokenize(passages)
    language = corpus.texts[0].source.language
    names = terms_of_names(find_mentions(corpus), terms=found.counts.terms)
    doubtful = (
        doubtful_terms(tokens, language=language, names=names)
        if read_word_list(language).words
        else ()
    )
    topics = caution_topics(
        found.topics,
        documents=corpus.documents,
        tokens=tokens,
        names=names,
        doubtful_terms=doubtful,
    )
    given = corpus.folder / NAMES
    return topic_cards(
        topics,
        passages,
        stability=excess_stability(found.counts, topics, seed=SEED, keep=found.kept),
        names=read_topic_names(given) if given.is_file() else (),
    )

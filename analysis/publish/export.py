"""The tables as files: csv, jsonl or parquet, for the corpus and its default settings."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Literal, get_args

import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.errors import InputError
from analysis.tables import as_table

Format = Literal["csv", "jsonl", "parquet"]


def make_table(corpus: Corpus, name: str) -> pd.DataFrame:
    """Return a table of the corpus by its name, with the default settings.

    Raises
    ------
    InputError
        If there is no such table.
    """
    if name not in TABLES:
        raise InputError(f"There is no table {name!r} to export; use one of {', '.join(TABLES)}.")
    return as_table(TABLES[name](corpus), name)


def table_bytes(table: pd.DataFrame, *, file_format: str) -> bytes:
    """Return a table as the bytes of a file: UTF-8, missing values null (jsonl) or empty (csv).

    Raises
    ------
    InputError
        If the format is unknown.
    """
    if file_format == "csv":
        return table.to_csv(index=False, lineterminator="\n").encode("utf-8")
    if file_format == "jsonl":
        rows = table.astype(object).where(table.notna(), None).to_dict(orient="records")
        lines = [json.dumps(row, ensure_ascii=False, default=_plain) for row in rows]
        return "".join(line + "\n" for line in lines).encode("utf-8")
    if file_format == "parquet":
        buffer = io.BytesIO()
        pd.DataFrame(table).to_parquet(buffer, index=False)
        return buffer.getvalue()
    raise InputError(f"There is no format {file_format!r}; use {', '.join(get_args(Format))}.")


def _plain(value: object) -> object:
    """Return a numpy number as a plain one."""
    item = getattr(value, "item", None)
    if item is None:
        raise TypeError(f"{value!r} cannot be written as JSON")
    return item()


def _passages(corpus: Corpus) -> pd.DataFrame:
    from analysis.text.passages import split_passages

    return split_passages(corpus)


def _tokens(corpus: Corpus) -> pd.DataFrame:
    from analysis.text.tokens import tokenize

    return tokenize(_passages(corpus))


def _counts(corpus: Corpus) -> pd.DataFrame:
    """Return how often each voice has each term in each passage: what can be given on of a text.

    Passages are in their order, terms in that of the alphabet, so that no running text is in it.
    """
    tokens = _tokens(corpus)
    groups = tokens.groupby(["passage_id", "doc_id", "voice", "term"], sort=True)
    counts = groups.size().rename("n_tokens").reset_index()
    order = pd.Series(range(len(tokens)), index=tokens["passage_id"]).groupby(level=0).min()
    return counts.sort_values("passage_id", key=lambda ids: ids.map(order), kind="stable")


def _mentions(corpus: Corpus) -> pd.DataFrame:
    from analysis.text.persons import find_mentions

    return find_mentions(corpus)


def _sentiment(corpus: Corpus) -> pd.DataFrame:
    from analysis.sentiment.scores import score_sentiment

    return score_sentiment(_tokens(corpus))


def _trend(corpus: Corpus) -> pd.DataFrame:
    from analysis.sentiment.time import sentiment_over_time

    return sentiment_over_time(_sentiment(corpus), _passages(corpus)).trend


def _topic_terms(corpus: Corpus) -> pd.DataFrame:
    from analysis.publish.topic_tables import default_topics

    return default_topics(corpus).topics.topic_terms


def _passage_topics(corpus: Corpus) -> pd.DataFrame:
    from analysis.publish.topic_tables import default_topics

    return default_topics(corpus).topics.passage_topics


def _topic_cards(corpus: Corpus) -> pd.DataFrame:
    from analysis.publish.topic_tables import default_cards

    return default_cards(corpus)


def _distances(corpus: Corpus) -> pd.DataFrame:
    from analysis.authors.distances import published_distances
    from analysis.authors.slices import slice_frequencies

    slices = slice_frequencies(_tokens(corpus))
    return published_distances(
        slices.frequencies, measure="burrows", n_terms=100, standardize="plain", texts=slices.texts
    ).table


def _keyness(corpus: Corpus) -> pd.DataFrame:
    """Return the first author's words against those of all others."""
    from analysis.authors.keyness import keyness
    from analysis.text.counts import count_terms

    tokens = _tokens(corpus)
    authors = corpus.documents.set_index("doc_id")["author"]
    if authors.nunique() < 2:
        raise InputError(
            "Keyness compares two authors, and this corpus has one; "
            "compare two groups of your own with an.keyness in a notebook."
        )
    first = tokens["doc_id"].map(authors) == authors.iloc[0]
    return keyness(count_terms(tokens[first]), count_terms(tokens[~first])).table


TABLES: dict[str, Callable[[Corpus], pd.DataFrame]] = {
    "documents": lambda corpus: corpus.documents,
    "blocks": lambda corpus: corpus.blocks,
    "edits": lambda corpus: corpus.edits,
    "passages": _passages,
    "tokens": _tokens,
    "counts": _counts,
    "mentions": _mentions,
    "topic_terms": _topic_terms,
    "passage_topics": _passage_topics,
    "topic_cards": _topic_cards,
    "sentiment": _sentiment,
    "trend": _trend,
    "distances": _distances,
    "keyness": _keyness,
}
"""How each table is made from a corpus."""

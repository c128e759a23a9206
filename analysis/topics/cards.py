"""Topic cards: what a reader needs to judge a topic, and names given by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import CorpusError, InputError
from analysis.files import decode_utf8, read_bytes
from analysis.tables import as_table, check_table
from analysis.topics.consensus import term_order
from analysis.topics.quality import frex
from analysis.topics.result import TopicResult, shares_by_text
from analysis.topics.stability import StabilityResult

ALIKE = 0.5
"""The share of a name's terms that a topic must have among its own to bear the name."""

N_EXAMPLES = 3
"""Exemplary passages a card."""


@dataclass(frozen=True, kw_only=True)
class TopicName:
    """A name given by hand, with the terms that the topic had when it was given."""

    name: str
    terms: tuple[str, ...]


def read_topic_names(path: Path | str) -> list[TopicName]:
    """Return the names given by hand in a CSV file with the columns name and terms.

    Terms are separated by commas: ``The famine,"peasants, famine, grain, bread"``.

    Raises
    ------
    CorpusError
        If the file is missing or not UTF-8, lacks a column, or has a name without terms.
    """
    place = Path(path)
    text = decode_utf8(read_bytes(place, what="The file of topic names"), path=place)
    reader = csv.DictReader(io.StringIO(text))
    for column in ("name", "terms"):
        if column not in (reader.fieldnames or ()):
            raise CorpusError(
                f"{place} lacks the column {column!r}; write name,terms in its first line."
            )
    names = []
    for line, row in enumerate(reader, start=2):
        terms = tuple(term.strip() for term in (row["terms"] or "").split(",") if term.strip())
        if not terms or not (row["name"] or "").strip():
            raise CorpusError(f"{place} line {line} lacks a name or its terms; give both.")
        names.append(TopicName(name=row["name"].strip(), terms=terms))
    return names


def name_topics(topics: TopicResult, names: Sequence[TopicName]) -> pd.DataFrame:
    """Return which name each topic bears: topic, name (null if none), likeness.

    A name goes to the topic that has most of its terms among twice as many of its own most probable
    terms, if that is at least half of them and no other topic has as many; so a name stays with its
    topic when the number of topics changes, and is lost rather than moved when the topic is gone.
    likeness is that share of terms.
    """
    order = term_order(topics.beta, terms=topics.terms)
    given: dict[int, tuple[str, float]] = {}
    for one in names:
        within = 2 * len(one.terms)
        tops = [{topics.terms[column] for column in row[:within]} for row in order]
        likeness = [len(top & set(one.terms)) / len(one.terms) for top in tops]
        best = int(np.argmax(likeness))
        alone = sum(value == likeness[best] for value in likeness) == 1
        if alone and likeness[best] >= max(ALIKE, given.get(best, ("", 0.0))[1]):
            given[best] = (one.name, likeness[best])
    return pd.DataFrame(
        {
            "topic": range(1, len(order) + 1),
            "name": pd.array([given.get(row, (None,))[0] for row in range(len(order))], "string"),
            "likeness": [given.get(row, (None, np.nan))[1] for row in range(len(order))],
        }
    )


def topic_cards(
    topics: TopicResult,
    passages: pd.DataFrame,
    *,
    stability: StabilityResult | None = None,
    names: Sequence[TopicName] = (),
    n_terms: int = 10,
) -> pd.DataFrame:
    """Return one card a topic, in the order of the topics.

    Parameters
    ----------
    topics : TopicResult
    passages : DataFrame
        The passages table that was counted: passage_id and place.
    stability : StabilityResult, optional
        Of these topics; without it `stable` is null.
    names : sequence of TopicName
        From `read_topic_names`.
    n_terms : int

    Returns
    -------
    DataFrame
        The table topic_cards: topic, name (null if none), share, terms (most probable), frex_terms
        (both probable and the topic's own), stability with its interval over seeds (low, high),
        stable (above what shuffled corpora reach), shares_by_text (``doc_id 12%; ...``), place_1,
        place_2, place_3 (of the passages with the largest gamma among those of at least half the
        median length, largest first; null where there are fewer), cautions (sentences, or empty).
    """
    check_table(passages, "passages", columns=("passage_id", "place"))
    places = dict(zip(passages["passage_id"], passages["place"], strict=True))
    missing = [one for one in topics.passages["passage_id"] if one not in places]
    if missing:
        raise InputError(
            f"The passage {missing[0]!r} of the topics is not among these passages; give the "
            "passages that were counted."
        )
    own = term_order(frex(topics.beta), terms=topics.terms)
    cards = topics.topics.merge(name_topics(topics, names), on="topic")
    cards["frex_terms"] = [
        ", ".join(topics.terms[column] for column in row[:n_terms]) for row in own
    ]
    likely = term_order(topics.beta, terms=topics.terms)
    cards["terms"] = [", ".join(topics.terms[column] for column in row[:n_terms]) for row in likely]
    stable = pd.array([pd.NA] * len(cards), dtype="boolean")
    if stability is not None and not stability.reason:
        stable = pd.array(stability.topics["stable"].to_numpy(dtype=bool), dtype="boolean")
    cards["stable"] = stable
    cards["shares_by_text"] = _by_text(topics)
    for number, column in enumerate(zip(*_examples(topics, places=places), strict=True), 1):
        cards[f"place_{number}"] = pd.array(column, dtype="string")
    cards["cautions"] = _cautions(topics, stable=stable)
    return as_table(cards, "topic_cards")


def _by_text(topics: TopicResult) -> list[str]:
    """Return each topic's shares of the texts in words."""
    table = shares_by_text(topics)
    return [
        "; ".join(
            f"{doc_id} {share:.0%}" if share == share else f"{doc_id} no words"
            for doc_id, share in zip(rows["doc_id"], rows["share"], strict=True)
        )
        for _, rows in table.groupby("topic", sort=True)
    ]


def _examples(topics: TopicResult, *, places: dict[str, str]) -> list[list[str | None]]:
    """Return the places of each topic's exemplary passages; None where there are too few."""
    words = topics.passages["n_words"].to_numpy(dtype=np.float64)
    long_enough = words >= 0.5 * np.median(words[words > 0])
    rows = np.flatnonzero(long_enough)
    ids = topics.passages["passage_id"].tolist()
    best = [
        rows[np.argsort(-np.round(column, 9), kind="stable")[:N_EXAMPLES]]
        for column in topics.gamma[rows].T
    ]
    return [
        [*(places[ids[row]] for row in chosen), *[None] * (N_EXAMPLES - len(chosen))]
        for chosen in best
    ]


def _cautions(topics: TopicResult, *, stable: object) -> list[str]:
    """Return what stands against each topic, in sentences."""
    told = []
    for topic, is_stable in zip(topics.topics["topic"], stable, strict=True):  # type: ignore[call-overload]
        own = topics.cautions.loc[topics.cautions["topic"] == topic, "detail"].tolist()
        if is_stable is False or is_stable is np.False_:
            own.insert(0, "No more stable than topics of a shuffled corpus.")
        told.append(" ".join(own))
    return told

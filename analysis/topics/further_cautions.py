"""What stands against topics that the counts do not show: translators, names, errors, copies."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import pandas as pd

from analysis.errors import InputError
from analysis.topics.cautions import ONE_TEXT, TOP, Row, as_cautions
from analysis.topics.consensus import term_order
from analysis.topics.duplicates import RUN, shared_runs
from analysis.topics.result import TopicResult, shares_by_text

COPIED = 0.05
"""From which share on, standing word for word in another text, a text counts as copied in part."""


def caution_topics(
    topics: TopicResult,
    *,
    documents: pd.DataFrame | None = None,
    tokens: pd.DataFrame | None = None,
    names: Collection[str] = (),
    doubtful_terms: Collection[str] = (),
) -> TopicResult:
    """Return the topics with what more can be said against them from beyond the counts.

    Parameters
    ----------
    topics : TopicResult
    documents : DataFrame, optional
        doc_id and translator: topics that are one translator's (caution ``one translator``).
    tokens : DataFrame, optional
        The tokens table: texts that stand in another word for word (``duplicated texts``).
    names : collection of str
        Terms that name persons or places: topics of names (``names``); see `terms_of_names`.
    doubtful_terms : collection of str
        Terms that may be errors of digitisation (``doubtful words``); see
        `analysis.topics.prepared.doubtful_terms`.

    Raises
    ------
    InputError
        If the documents lack a column or a text.
    """
    rows: list[Row] = []
    if documents is not None:
        rows += _of_one_translator(topics, documents=documents)
    if tokens is not None:
        rows += _of_copies(topics, tokens=tokens)
    for terms, caution, what in (
        (set(names), "names", "are names: it may follow who is present, not what is told"),
        (set(doubtful_terms), "doubtful words", "may be errors of digitisation"),
    ):
        for topic, order in enumerate(term_order(topics.beta, terms=topics.terms), start=1):
            found = [
                topics.terms[column] for column in order[:TOP] if topics.terms[column] in terms
            ]
            if 2 * len(found) >= TOP:
                listed = ", ".join(found)
                rows.append(
                    (topic, caution, f"{len(found)} of its {TOP} top terms {what}: {listed}.")
                )
    return replace(
        topics, cautions=pd.concat([topics.cautions, as_cautions(rows)], ignore_index=True)
    )


def _of_one_translator(topics: TopicResult, *, documents: pd.DataFrame) -> Iterator[Row]:
    """Yield topics of which almost all is in the texts of one translator."""
    for name in ("doc_id", "translator"):
        if name not in documents.columns:
            raise InputError(f"The documents lack the column {name!r}; give the documents table.")
    by_text = documents.set_index("doc_id")["translator"]
    texts = list(dict.fromkeys(topics.passages["doc_id"]))
    missing = [text for text in texts if text not in by_text.index]
    if missing:
        raise InputError(f"The text {missing[0]!r} is not among the documents; add it.")
    shares = shares_by_text(topics).dropna(subset=["share"])
    shares = shares.assign(translator=shares["doc_id"].map(by_text).fillna("none"))
    if shares["translator"].nunique() < 2:
        return
    means = shares.groupby(["topic", "translator"], sort=True)["share"].mean().unstack()
    parts = means.div(means.sum(axis=1), axis=0)
    for topic, row in zip(parts.index.tolist(), parts.to_numpy(), strict=True):
        if row.max() >= ONE_TEXT:
            translator = parts.columns[int(row.argmax())]
            yield (
                topic,
                "one translator",
                f"{row.max():.0%} of it is in texts translated by {translator}, "
                "were the texts equally long: its words may be the translator's.",
            )


def _of_copies(topics: TopicResult, *, tokens: pd.DataFrame) -> Iterator[Row]:
    """Yield texts of which a part stands in another text word for word."""
    counted = tokens[tokens["doc_id"].isin(set(topics.passages["doc_id"]))]
    shared = shared_runs(counted)
    for row in shared[shared["share"] >= COPIED].itertuples():
        yield (
            None,
            "duplicated texts",
            f"{row.share:.0%} of the words of {row.doc_id} stand in {row.other} word for word, in "
            f"runs of {RUN} or more: what both have counts twice.",
        )

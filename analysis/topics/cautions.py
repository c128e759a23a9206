"""What stands in the way of reading a topic as a theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.text.counts import TermCounts
from analysis.topics.consensus import agreement, departures, term_order
from analysis.topics.settings import FitSettings

Numbers = NDArray[np.float64]

ONE_TEXT = 0.85
"""Of a topic's shares in the texts, from which part on it counts as one text's."""

NEAR_DUPLICATE = 0.6
"""From which agreement on two topics count as two halves of one."""

RARE_PASSAGES = 2
"""A term is rare that occurs in so many passages or fewer."""

TOP = 10

Row = tuple[int | None, str, str]


def cautions_of(
    beta: Numbers,
    *,
    gamma: Numbers,
    counts: TermCounts,
    frequencies: Numbers,
    settings: FitSettings,
) -> pd.DataFrame:
    """Return what can be said against the topics from the counts alone.

    Returns
    -------
    DataFrame
        topic (null: all of them), caution (``empty passage``, ``equal passages``, ``one text``,
        ``near-duplicate topics``, ``rare words``, ``weak backend``), detail (one sentence).
    """
    rows = [
        *_of_passages(counts),
        *_of_one_text(gamma, counts=counts),
        *_near_duplicates(beta, frequencies=frequencies),
        *_of_rare_words(beta, counts=counts),
    ]
    if settings.backend == "gensim":
        detail = "gensim's LdaModel finds other topics with each seed in a corpus of this size."
        rows += [(None, "weak backend", detail)] if len(counts.passage_ids) < WEAK_BELOW else []
    return as_cautions(rows)


def as_cautions(rows: Sequence[Row]) -> pd.DataFrame:
    """Return cautions as a table."""
    return pd.DataFrame(rows, columns=["topic", "caution", "detail"]).astype(
        {"topic": "Int64", "caution": "string", "detail": "string"}
    )


WEAK_BELOW = 3000
"""Passages below which gensim's online method has not settled."""


def _of_passages(counts: TermCounts) -> Iterator[Row]:
    """Yield passages without words, and passages with the same words."""
    words = np.asarray(counts.matrix.sum(axis=1)).ravel()
    empty = [counts.passage_ids[row] for row in np.flatnonzero(words == 0)]
    if empty:
        yield (
            None,
            "empty passage",
            f"{_listed(empty)} without a counted word: gamma is the prior there (NaN where the "
            "backend has none), and shares by text leave it out.",
        )
    matrix = sparse.csr_array(counts.matrix)
    matrix.sum_duplicates()
    first: dict[bytes, str] = {}
    for row in np.flatnonzero(words):
        start, end = matrix.indptr[row], matrix.indptr[row + 1]
        key = matrix.indices[start:end].tobytes() + b"|" + matrix.data[start:end].tobytes()
        twin = first.setdefault(key, counts.passage_ids[row])
        if twin != counts.passage_ids[row]:
            yield (
                None,
                "equal passages",
                f"{counts.passage_ids[row]} has the same words as {twin}: what they share counts "
                "twice.",
            )


def _of_one_text(gamma: Numbers, *, counts: TermCounts) -> Iterator[Row]:
    """Yield topics of which almost all is in one text, each text taken as equally long."""
    words = np.asarray(counts.matrix.sum(axis=1), dtype=np.float64).ravel()
    doc_ids = np.array(counts.doc_ids, dtype=object)
    texts = [text for text in dict.fromkeys(counts.doc_ids) if words[doc_ids == text].sum()]
    if len(texts) < 2:
        return
    filled = np.nan_to_num(gamma)
    shares = np.array(
        [
            (words[doc_ids == text] @ filled[doc_ids == text]) / words[doc_ids == text].sum()
            for text in texts
        ]
    )
    for topic, part in enumerate((shares / shares.sum(axis=0)).T, start=1):
        if part.max() >= ONE_TEXT:
            yield (
                topic,
                "one text",
                f"{part.max():.0%} of it is in {texts[int(part.argmax())]}, were the texts "
                "equally long: it may be that text's manner and no theme.",
            )


def _near_duplicates(beta: Numbers, *, frequencies: Numbers) -> Iterator[Row]:
    """Yield pairs of topics that depart from the corpus in nearly the same direction."""
    directions = departures(beta, frequencies=frequencies)
    similar = agreement(directions, directions)
    for one in range(len(beta)):
        for other in range(one + 1, len(beta)):
            if similar[one, other] >= NEAR_DUPLICATE:
                yield (
                    other + 1,
                    "near-duplicate topics",
                    f"It agrees with topic {one + 1} at {similar[one, other]:.2f}: fewer topics "
                    "may say the same.",
                )


def _of_rare_words(beta: Numbers, *, counts: TermCounts) -> Iterator[Row]:
    """Yield topics whose top terms are mostly in one or two passages."""
    in_passages = np.asarray((counts.matrix > 0).sum(axis=0)).ravel()
    for topic, row in enumerate(term_order(beta, terms=counts.terms), start=1):
        top = row[:TOP]
        rare = int((in_passages[top] <= RARE_PASSAGES).sum())
        if 2 * rare > len(top):
            yield (
                topic,
                "rare words",
                f"{rare} of its {len(top)} top terms occur in at most {RARE_PASSAGES} passages.",
            )


def _listed(names: list[str]) -> str:
    """Return the first names, and how many more there are."""
    further = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ("Passage " if len(names) == 1 else "Passages ") + ", ".join(names[:3]) + further

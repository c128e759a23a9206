"""What a fit of topics gives: its tables, the single runs, and shares by text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.results import Shown
from analysis.topics.consensus import departures
from analysis.topics.lda import Run
from analysis.topics.priors import PriorFit
from analysis.topics.settings import FitSettings

Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class TopicResult(Shown):
    """Topics, the consensus of several runs.

    Attributes
    ----------
    topics : DataFrame
        One row a topic: topic (from 1, the largest first), share (of the running words), terms
        (the most probable ones), stability (mean agreement of two runs, see
        `analysis.topics.consensus`; 1 the same topic each time, 0 unrelated), low and high (its
        95 % interval over seeds), stability_top10 (mean Jaccard overlap of two runs' ten most
        probable terms). It rises with the number of seeds and with the strength of the prior, on
        a shuffled corpus too: read it beside one (`excess_stability`).
    topic_terms : DataFrame
        topic, term, beta: every term of every topic; a topic sums to 1.
    passage_topics : DataFrame
        passage_id, topic, gamma: a passage sums to 1. A passage without words has the prior (NaN
        with sklearn-nmf, which has none).
    passages : DataFrame
        One row a passage: passage_id, doc_id, n_words (counted, not running words).
    cautions : DataFrame
        topic (null: all), caution, detail: what stands in the way of reading a topic as a theme.
    settings : FitSettings
        As used: with the priors that were fitted.
    priors : PriorFit
        How they were fitted; None if they were given.
    provenance : mapping
        Versions, instruction set, and the digest of the counts.
    reason : str
        Why something is not given; empty where all is.
    terms : tuple of str
    frequencies : array
        The corpus's relative frequencies of the terms.
    runs : tuple of Run
        The single runs, their topics in the order of the consensus.
    """

    topics: pd.DataFrame
    topic_terms: pd.DataFrame
    passage_topics: pd.DataFrame
    passages: pd.DataFrame
    cautions: pd.DataFrame
    settings: FitSettings
    provenance: Mapping[str, str]
    priors: PriorFit | None = None
    reason: str = ""
    terms: tuple[str, ...] = field(repr=False, default=())
    frequencies: Numbers = field(repr=False, default_factory=lambda: np.zeros(0))
    runs: tuple[Run, ...] = field(repr=False, default=())

    @property
    def beta(self) -> Numbers:
        """Return the topics by terms, in the order of `terms`; a row sums to 1."""
        return mean_to_one([run.beta for run in self.runs])

    @property
    def gamma(self) -> Numbers:
        """Return the passages by topics, in the order of `passages`; a row sums to 1."""
        return mean_to_one([run.gamma for run in self.runs])

    @property
    def gamma_draws(self) -> Numbers:
        """Return draws of gamma, one a run: draws by passages by topics."""
        return np.array([run.draw for run in self.runs])

    def plot_table(self) -> pd.DataFrame:
        """Return one row a topic and text, rounded to 6 decimals.

        Columns: topic, terms, doc_id, share (the topic's part of the text's counted words),
        stability, low, high.
        """
        table = shares_by_text(self).merge(
            self.topics[["topic", "terms", "stability", "low", "high"]], on="topic", how="left"
        )
        columns = ["topic", "terms", "doc_id", "share", "stability", "low", "high"]
        return table[columns].round(6)


def runs_table(topics: TopicResult) -> pd.DataFrame:
    """Return how well each topic is found in each run: topic, terms, run, seed, agreement.

    agreement is that of the run's topic with the consensus (see `analysis.topics.consensus`; 1 the
    same, 0 unrelated); runs are numbered from 1. Rounded to 6 decimals.
    """
    consensus = departures(topics.beta, frequencies=topics.frequencies)
    rows = []
    for number, run in enumerate(topics.runs, start=1):
        own = departures(run.beta, frequencies=topics.frequencies)
        for row, agreement in zip(
            topics.topics.itertuples(), (consensus * own).sum(axis=1), strict=True
        ):
            rows.append(
                {
                    "topic": row.topic,
                    "terms": row.terms,
                    "run": number,
                    "seed": run.seed,
                    "agreement": float(agreement),
                }
            )
    table = pd.DataFrame(rows).sort_values(["topic", "run"], kind="stable")
    return table.reset_index(drop=True).round(6)


def mean_to_one(shares: Sequence[Numbers]) -> Numbers:
    """Return the mean of several arrays whose rows sum to 1, its rows summing to 1 exactly."""
    mean = np.mean(shares, axis=0)
    return np.asarray(mean / mean.sum(axis=1, keepdims=True))


def shares_by_text(topics: TopicResult) -> pd.DataFrame:
    """Return each topic's share of each text: topic, doc_id, share, n_words.

    The share is that of the text's counted words, so a long passage weighs more than a short one
    and a passage without words nothing. NaN for a text without words.
    """
    words = topics.passages["n_words"].to_numpy(dtype=np.float64)
    doc_ids = topics.passages["doc_id"].to_numpy()
    gamma = np.nan_to_num(topics.gamma)
    rows = []
    for doc_id in dict.fromkeys(doc_ids):
        weights = np.where(doc_ids == doc_id, words, 0.0)
        n_words = weights.sum()
        shares = weights @ gamma / n_words if n_words else np.full(gamma.shape[1], np.nan)
        rows += [
            {"topic": topic, "doc_id": doc_id, "share": share, "n_words": int(n_words)}
            for topic, share in enumerate(shares.tolist(), start=1)
        ]
    return pd.DataFrame(rows).sort_values("topic", kind="stable").reset_index(drop=True)

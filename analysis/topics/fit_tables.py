"""The tables of a fit, from its matched runs."""

from __future__ import annotations

import platform
from importlib.metadata import version
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.tables import as_table
from analysis.text.counts import TermCounts
from analysis.topics import lda
from analysis.topics.cautions import cautions_of
from analysis.topics.consensus import departures, term_order
from analysis.topics.counting import counts_digest
from analysis.topics.lda import Run
from analysis.topics.result import TopicResult
from analysis.topics.settings import FitSettings
from analysis.uncertainty.blocks import LEAST_BLOCKS, jackknife_bounds

Numbers = NDArray[np.float64]

SHOWN_TERMS = 10
"""How many terms stand for a topic in a table, and are compared from run to run."""

_PACKAGES = {"tomotopy": "tomotopy", "gensim": "gensim"}


def result_of_runs(
    counts: TermCounts,
    *,
    words: Numbers,
    frequencies: Numbers,
    settings: FitSettings,
    runs: tuple[Run, ...],
) -> TopicResult:
    """Return the tables of matched runs."""
    beta = np.mean([run.beta for run in runs], axis=0)
    gamma = np.mean([run.gamma for run in runs], axis=0)
    passages = pd.DataFrame(
        {"passage_id": counts.passage_ids, "doc_id": counts.doc_ids, "n_words": words.astype(int)}
    )
    reasons = []
    if settings.n_seeds < LEAST_BLOCKS:
        reasons.append(f"From fewer than {LEAST_BLOCKS} seeds stability has no interval.")
    if settings.n_topics == 1:
        reasons.append("One topic is the corpus itself: there is nothing that could be unstable.")
    return TopicResult(
        topics=_topics(beta, counts=counts, frequencies=frequencies, words=words, runs=runs),
        topic_terms=_topic_terms(beta, counts=counts),
        passage_topics=_passage_topics(gamma, counts=counts),
        passages=passages,
        cautions=cautions_of(
            beta, gamma=gamma, counts=counts, frequencies=frequencies, settings=settings
        ),
        settings=settings,
        provenance=_provenance(counts, settings=settings),
        reason=" ".join(reasons),
        terms=counts.terms,
        runs=runs,
    )


def _topics(
    beta: Numbers,
    *,
    counts: TermCounts,
    frequencies: Numbers,
    words: Numbers,
    runs: tuple[Run, ...],
) -> pd.DataFrame:
    """Return one row a topic: its size, its most probable terms, and its stability."""
    gamma = np.nan_to_num(np.mean([run.gamma for run in runs], axis=0))
    shown = [
        [counts.terms[column] for column in row[:SHOWN_TERMS]]
        for row in term_order(beta, terms=counts.terms)
    ]
    stability = seed_stability([run.beta for run in runs], frequencies=frequencies)
    overlap = _top_overlap(runs, terms=counts.terms)
    return pd.DataFrame(
        {
            "topic": range(1, len(beta) + 1),
            "share": words @ gamma / words.sum(),
            "terms": [", ".join(terms) for terms in shown],
            **stability,
            "stability_top10": overlap,
        }
    )


def seed_stability(betas: list[Numbers], *, frequencies: Numbers) -> dict[str, Numbers]:
    """Return each topic's mean agreement of two runs, with a 95 % interval over seeds.

    Returns
    -------
    dict
        stability, low, high: one entry a topic. NaN for one run, and for one topic (which is the
        corpus and departs from it nowhere); low and high are NaN for fewer than 4 runs.
    """
    n_runs, n_topics = len(betas), len(betas[0])
    nothing = np.full(n_topics, np.nan)
    if n_runs < 2 or n_topics < 2:
        return {"stability": nothing, "low": nothing, "high": nothing}
    directions = np.array([departures(beta, frequencies=frequencies) for beta in betas])
    similar = np.einsum("ikv,jkv->kij", directions, directions)
    pairs = (similar.sum(axis=(1, 2)) - np.trace(similar, axis1=1, axis2=2)) / 2
    of_run = similar.sum(axis=2) - np.einsum("kii->ki", similar)
    stability = pairs / (n_runs * (n_runs - 1) / 2)
    if n_runs < LEAST_BLOCKS:
        return {"stability": stability, "low": nothing, "high": nothing}
    left_out = (pairs[:, None] - of_run) / ((n_runs - 1) * (n_runs - 2) / 2)
    bounds = jackknife_bounds(stability, [left_out.T])
    # Runs that agree to the last bit leave no error to see; there the interval is the value.
    same = left_out.max(axis=1) - left_out.min(axis=1) < 1e-12
    return {
        "stability": stability,
        "low": np.where(same, stability, np.clip(bounds.low, -1.0, 1.0)),
        "high": np.where(same, stability, np.clip(bounds.high, -1.0, 1.0)),
    }


def _top_overlap(runs: tuple[Run, ...], *, terms: tuple[str, ...]) -> list[float]:
    """Return each topic's mean Jaccard overlap of the top terms of two runs; NaN for one run."""
    tops = [
        [set(row[:SHOWN_TERMS].tolist()) for row in term_order(run.beta, terms=terms)]
        for run in runs
    ]
    return [
        float(np.mean([len(one & two) / len(one | two) for one, two in combinations(sets, 2)]))
        if len(sets) > 1
        else float("nan")
        for sets in zip(*tops, strict=True)
    ]


def _topic_terms(beta: Numbers, *, counts: TermCounts) -> pd.DataFrame:
    """Return the table topic_terms, each topic's terms ordered by (-beta, term)."""
    order = term_order(beta, terms=counts.terms)
    terms = np.array(counts.terms, dtype=object)
    return as_table(
        pd.DataFrame(
            {
                "topic": np.repeat(np.arange(1, len(beta) + 1), beta.shape[1]),
                "term": terms[order].ravel(),
                "beta": np.take_along_axis(beta, order, axis=1).ravel(),
            }
        ),
        "topic_terms",
    )


def _passage_topics(gamma: Numbers, *, counts: TermCounts) -> pd.DataFrame:
    """Return the table passage_topics, passages in the order of the counts."""
    n_topics = gamma.shape[1]
    return as_table(
        pd.DataFrame(
            {
                "passage_id": np.repeat(np.array(counts.passage_ids, dtype=object), n_topics),
                "topic": np.tile(np.arange(1, n_topics + 1), len(gamma)),
                "gamma": gamma.ravel(),
            }
        ),
        "passage_topics",
    )


def _provenance(counts: TermCounts, *, settings: FitSettings) -> dict[str, str]:
    """Return what a fit was made with."""
    package = _PACKAGES.get(settings.backend, "scikit-learn")
    made_with = {
        "counts_sha256": counts_digest(counts),
        package: version(package),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
        "machine": platform.machine(),
    }
    if settings.backend == "tomotopy":
        made_with["isa"] = lda.ISA if lda.on_x86() else "the processor's own"
    return made_with

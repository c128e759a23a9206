"""The tables of a fit, from its matched runs."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import version
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.tables import as_table
from analysis.text.counts import TermCounts
from analysis.topics import lda
from analysis.topics.agreement import mean_agreement, run_agreements
from analysis.topics.cautions import cautions_of
from analysis.topics.consensus import term_order
from analysis.topics.counting import counts_digest
from analysis.topics.lda import Run
from analysis.topics.priors import PriorFit
from analysis.topics.result import TopicResult, mean_to_one
from analysis.topics.settings import FitSettings
from analysis.uncertainty.blocks import LEAST_BLOCKS

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
    priors: PriorFit | None,
    runs: tuple[Run, ...],
) -> TopicResult:
    """Return the tables of matched runs."""
    beta = mean_to_one([run.beta for run in runs])
    gamma = mean_to_one([run.gamma for run in runs])
    passages = pd.DataFrame(
        {"passage_id": counts.passage_ids, "doc_id": counts.doc_ids, "n_words": words.astype(int)}
    )
    reasons = [priors.reason] if priors is not None and priors.reason else []
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
        priors=priors,
        provenance=provenance_of(counts, settings=settings),
        reason=" ".join(reasons),
        terms=counts.terms,
        frequencies=frequencies,
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
    pairs = run_agreements([run.beta for run in runs], frequencies=frequencies)
    overlap = _top_overlap(runs, terms=counts.terms)
    return pd.DataFrame(
        {
            "topic": range(1, len(beta) + 1),
            "share": words @ gamma / words.sum(),
            "terms": [", ".join(terms) for terms in shown],
            **mean_agreement(pairs),
            "stability_top10": overlap,
        }
    )


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


def provenance_of(counts: TermCounts, *, settings: FitSettings) -> dict[str, str]:
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


def without_processor(provenance: Mapping[str, str]) -> dict[str, str]:
    """Return what a kept result is found by, so that it is found on another processor too."""
    return {name: value for name, value in provenance.items() if name not in ("isa", "machine")}

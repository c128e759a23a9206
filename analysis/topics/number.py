"""How many topics? What several measures say over a range, and never one best number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.kept import kept, key_of
from analysis.results import Shown
from analysis.text.counts import TermCounts
from analysis.topics.counting import canonical, words_of_passages, words_of_terms
from analysis.topics.fit import fit_topics
from analysis.topics.fit_tables import provenance_of, without_processor
from analysis.topics.held_out import (
    folds_of,
    infer_topics,
    mean_log_probability,
    split_words,
)
from analysis.topics.lda import fit_tomotopy, run_fits
from analysis.topics.quality import coherence, exclusivity, topic_diversity
from analysis.topics.result import TopicResult
from analysis.topics.settings import FitSettings
from analysis.topics.stability import StabilityResult, excess_stability
from analysis.uncertainty.blocks import LEAST_BLOCKS

Numbers = NDArray[np.float64]

N_FOLDS = 4
MEASURES = (
    "excess stability",
    "excess over blocks",
    "held-out gain",
    "held-out coherence",
    "diversity",
    "exclusivity",
)
"""What is measured for each number of topics, higher being better; they do not agree."""


@dataclass(frozen=True, kw_only=True, eq=False)
class NumberResult(Shown):
    """What is measured over a range of numbers of topics.

    Attributes
    ----------
    table : DataFrame
        n_topics, measure, value, low, high. ``excess stability``: mean agreement of two seeds, less
        that of shuffled corpora; ``excess over blocks``: the same with corpora whose blocks of
        passages were drawn anew; both 95 %. ``held-out gain``: log probability of a held-out word,
        less that of one topic (the corpus), natural logarithm; ``held-out coherence``:
        document-level NPMI of the top terms in held-out passages; both over four folds of blocks,
        low and high being the range over folds. ``diversity`` and ``exclusivity`` of the consensus,
        without interval.
    stable : DataFrame
        n_topics, n_stable: how many topics are called stable.
    n_seeds, n_shuffles, n_resamples : int
    reason : str
    """

    table: pd.DataFrame
    stable: pd.DataFrame
    n_seeds: int
    n_shuffles: int
    n_resamples: int
    reason: str = (
        "No number of topics is best: the measures ask different things and do not agree. Draw a "
        "conclusion where it holds over neighbouring numbers."
    )

    def plot_table(self) -> pd.DataFrame:
        """Return `table`, rounded to 6 decimals."""
        return self.table.round(6)


def number_of_topics(
    counts: TermCounts,
    *,
    n_topics: Sequence[int],
    seed: int,
    n_seeds: int = 10,
    n_shuffles: int = 5,
    n_resamples: int = 5,
    workers: int = 1,
    keep: Path | str | None = None,
) -> NumberResult:
    """Return what several measures say for each number of topics.

    Parameters
    ----------
    counts : TermCounts
    n_topics : sequence of int
        From 2, each once.
    seed : int
    n_seeds, n_shuffles, n_resamples : int
        As in `fit_topics` and `excess_stability`; fewer than there, as much is fitted here.
    workers : int
    keep : Path or str, optional
        A folder in which the result is kept, as in `fit_topics`.

    Raises
    ------
    InputError
        If no number is given, or one below 2, or one twice; or with fewer than two resamples
        or four shuffles.
    """
    if n_resamples < 2:
        raise InputError(f"n_resamples is {n_resamples}; give at least 2.")
    if n_shuffles < LEAST_BLOCKS:
        raise InputError(f"n_shuffles is {n_shuffles}; give at least {LEAST_BLOCKS}.")
    if not isinstance(n_topics, Sequence):
        raise InputError(f"n_topics is {n_topics!r}; give several numbers, such as range(4, 11).")
    if not n_topics or len(set(n_topics)) < len(n_topics) or min(n_topics) < 2:
        raise InputError(
            f"n_topics is {list(n_topics)!r}; give different numbers from 2, such as range(4, 11)."
        )
    settings: dict[str, Any] = {
        "n_topics": [int(number) for number in n_topics],
        "seed": seed,
        "n_seeds": n_seeds,
        "n_shuffles": n_shuffles,
        "n_resamples": n_resamples,
    }
    chosen = FitSettings(n_topics=2, seed=seed)
    made_with = without_processor(provenance_of(counts, settings=chosen))
    return kept(
        partial(_number, counts, **settings, workers=workers),
        key=key_of("number", inputs={**settings, "made_with": made_with}),
        folder=keep,
        classes={"NumberResult": NumberResult},
    )


def _number(
    counts: TermCounts,
    *,
    n_topics: list[int],
    seed: int,
    n_seeds: int,
    n_shuffles: int,
    n_resamples: int,
    workers: int,
) -> NumberResult:
    """Return what the measures say."""
    rows: list[dict[str, Any]] = []
    stable = []
    for number in n_topics:
        topics = fit_topics(counts, n_topics=number, seed=seed, n_seeds=n_seeds, workers=workers)
        worth = excess_stability(
            counts,
            topics,
            seed=seed,
            n_shuffles=n_shuffles,
            n_resamples=n_resamples,
            workers=workers,
        )
        rows += _measures(counts, topics=topics, worth=worth, workers=workers)
        stable.append({"n_topics": number, "n_stable": int(worth.topics["stable"].sum())})
    return NumberResult(
        table=pd.DataFrame(rows),
        stable=pd.DataFrame(stable),
        n_seeds=n_seeds,
        n_shuffles=n_shuffles,
        n_resamples=n_resamples,
    )


def _measures(
    counts: TermCounts, *, topics: TopicResult, worth: StabilityResult, workers: int
) -> list[dict[str, Any]]:
    """Return one row a measure for one number of topics."""
    matrix = canonical(counts.matrix)
    rows = np.flatnonzero(words_of_passages(matrix) > 0)
    doc_ids = [counts.doc_ids[row] for row in rows]
    held_out = np.array(
        run_fits(
            partial(
                _held_out,
                matrix=matrix[rows],
                folds=folds_of(doc_ids, n_folds=N_FOLDS),
                terms=counts.terms,
                settings=topics.settings,
            ),
            range(N_FOLDS),
            workers=workers,
        )
    )
    seeds, blocks = worth.overall.set_index("measure").loc[["seeds", "blocks"]].to_dict("records")
    gain, npmi = held_out.T
    values = {
        "excess stability": (seeds["excess"], seeds["low"], seeds["high"]),
        "excess over blocks": (blocks["excess"], blocks["low"], blocks["high"]),
        "held-out gain": (gain.mean(), gain.min(), gain.max()),
        "held-out coherence": (npmi.mean(), npmi.min(), npmi.max()),
        "diversity": (topic_diversity(topics.beta, terms=counts.terms), np.nan, np.nan),
        "exclusivity": (exclusivity(topics.beta, terms=counts.terms).mean(), np.nan, np.nan),
    }
    return [
        {
            "n_topics": topics.settings.n_topics,
            "measure": measure,
            "value": float(values[measure][0]),
            "low": float(values[measure][1]),
            "high": float(values[measure][2]),
        }
        for measure in MEASURES
    ]


def _held_out(
    fold: int,
    *,
    matrix: Any,
    folds: NDArray[np.int64],
    terms: tuple[str, ...],
    settings: FitSettings,
) -> tuple[float, float]:
    """Return the gain over one topic, and the coherence, in the passages of one fold."""
    known, held = (matrix[np.flatnonzero(chosen)] for chosen in (folds != fold, folds == fold))
    totals = words_of_terms(known)
    seen = np.flatnonzero(totals > 0)
    run = fit_tomotopy(known[:, seen], settings=replace(settings, n_seeds=1), seed=settings.seed)
    given, asked = split_words(held[:, seen], seed=settings.seed + fold)
    gamma = infer_topics(given, beta=run.beta, alpha=settings.alpha)
    corpus = (totals[seen] / totals.sum())[None]
    alone = np.ones((held.shape[0], 1))
    gain = mean_log_probability(asked, gamma=gamma, beta=run.beta) - mean_log_probability(
        asked, gamma=alone, beta=corpus
    )
    names = tuple(terms[column] for column in seen)
    reference = TermCounts(
        matrix=held[:, seen],
        passage_ids=tuple(str(row) for row in range(held.shape[0])),
        doc_ids=("held out",) * held.shape[0],
        terms=names,
    )
    npmi = coherence(run.beta, terms=names, reference=reference)["npmi"]
    return gain, float(npmi.mean())

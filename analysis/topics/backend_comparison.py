"""The same corpus fitted by several programs, each beside shuffled corpora."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.kept import kept, key_of
from analysis.results import Shown
from analysis.text.counts import TermCounts
from analysis.topics.fit import fit_topics
from analysis.topics.fit_tables import provenance_of, without_processor
from analysis.topics.lda import run_fits
from analysis.topics.settings import BACKENDS, FitSettings
from analysis.topics.shuffled import shuffle_words

MEASURES = {"stability": "agreement", "stability_top10": "overlap of ten top terms"}


@dataclass(frozen=True, kw_only=True, eq=False)
class BackendComparison(Shown):
    """How alike single runs are, by backend.

    Attributes
    ----------
    table : DataFrame
        backend, corpus (``real``, ``shuffled 1`` ...), measure (``agreement`` of two runs, see
        `analysis.topics.consensus`, or Jaccard ``overlap of ten top terms``), value (mean over
        topics and pairs of runs; 1 the same, 0 unrelated).
    n_topics, n_seeds, n_shuffles : int
    """

    table: pd.DataFrame
    n_topics: int
    n_seeds: int
    n_shuffles: int

    def plot_table(self) -> pd.DataFrame:
        """Return `table`, rounded to 6 decimals."""
        return self.table.round(6)


def compare_backends(
    counts: TermCounts,
    *,
    n_topics: int,
    seed: int,
    alpha: float,
    eta_total: float,
    backends: Sequence[str] = BACKENDS,
    n_seeds: int = 8,
    n_shuffles: int = 4,
    workers: int = 1,
    keep: Path | str | None = None,
) -> BackendComparison:
    """Return how alike the runs of each backend are, on the counts and on shuffled ones.

    Parameters
    ----------
    counts : TermCounts
    n_topics, seed : int
    alpha, eta_total : float
        The priors of all backends that have any.
    backends : sequence of str
    n_seeds, n_shuffles : int
        From 2, and from 1.
    workers : int
    keep : Path or str, optional
        A folder in which the result is kept, as in `fit_topics`.

    Raises
    ------
    InputError
        If there are fewer than two seeds or no shuffle.
    """
    if n_seeds < 2 or n_shuffles < 1:
        raise InputError(
            f"n_seeds is {n_seeds} and n_shuffles {n_shuffles}; give at least 2 and 1."
        )
    settings: dict[str, Any] = {
        "n_topics": n_topics,
        "seed": seed,
        "alpha": alpha,
        "eta_total": eta_total,
        "backends": list(backends),
        "n_seeds": n_seeds,
        "n_shuffles": n_shuffles,
    }
    made_with = [
        without_processor(provenance_of(counts, settings=chosen))
        for backend in backends
        for chosen in [FitSettings(n_topics=n_topics, seed=seed, backend=backend)]
    ]
    return kept(
        partial(_compared, counts, **settings, workers=workers),
        key=key_of("backends", inputs={**settings, "made_with": made_with}),
        folder=keep,
        classes={"BackendComparison": BackendComparison},
    )


def _compared(
    counts: TermCounts,
    *,
    backends: list[str],
    n_topics: int,
    n_shuffles: int,
    n_seeds: int,
    workers: int,
    **settings: Any,
) -> BackendComparison:
    """Return the comparison, corpora fitted in turn."""
    tasks = [(backend, number) for backend in backends for number in range(n_shuffles + 1)]
    fit = partial(_agreement, counts=counts, n_topics=n_topics, n_seeds=n_seeds, **settings)
    answers = run_fits(fit, tasks, workers=workers, label="backends")
    rows = [
        {
            "backend": backend,
            "corpus": f"shuffled {number}" if number else "real",
            "measure": measure,
            "value": value,
        }
        for (backend, number), values in zip(tasks, answers, strict=True)
        for measure, value in zip(MEASURES.values(), values, strict=True)
    ]
    return BackendComparison(
        table=pd.DataFrame(rows), n_topics=n_topics, n_seeds=n_seeds, n_shuffles=n_shuffles
    )


def _agreement(
    task: tuple[str, int], *, counts: TermCounts, n_topics: int, seed: int, **settings: Any
) -> list[float]:
    """Return the two measures of one backend on one corpus."""
    backend, number = task
    corpus = shuffle_words(counts, seed=seed + number) if number else counts
    found = fit_topics(
        corpus, n_topics=n_topics, seed=seed + number, backend=backend, **settings
    ).topics
    return [float(np.mean(found[measure])) for measure in MEASURES]

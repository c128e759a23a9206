"""How alike the topics of single runs are, with an interval over runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.topics.consensus import departures
from analysis.uncertainty.blocks import LEAST_BLOCKS, jackknife_bounds

Numbers = NDArray[np.float64]


def run_agreements(betas: Sequence[Numbers], *, frequencies: Numbers) -> Numbers:
    """Return the agreement of each topic in every pair of runs: topics by runs by runs.

    Parameters
    ----------
    betas : sequence of arrays, topics by terms
        One a run, matched already.
    frequencies : array
        The corpus's relative frequencies.
    """
    directions = [departures(beta, frequencies=frequencies) for beta in betas]
    n_runs, n_topics = len(betas), len(betas[0])
    similar = np.ones((n_topics, n_runs, n_runs))
    for one in range(n_runs):
        for other in range(one + 1, n_runs):
            cosine = (directions[one] * directions[other]).sum(axis=1)
            similar[:, one, other] = similar[:, other, one] = cosine
    return similar


def mean_agreement(pairs: Numbers) -> dict[str, Numbers]:
    """Return the mean agreement of two runs, with a 95 % interval over runs.

    Parameters
    ----------
    pairs : array, topics by runs by runs
        From `run_agreements`; its diagonals are not used.

    Returns
    -------
    dict
        stability, low, high, one entry a topic, by leaving out one run at a time. NaN for one run
        and for one topic (which is the corpus and departs from it nowhere); low and high are NaN
        for fewer than 4 runs.
    """
    n_topics, n_runs = pairs.shape[:2]
    nothing = np.full(n_topics, np.nan)
    if n_runs < 2 or n_topics < 2:
        return {"stability": nothing, "low": nothing, "high": nothing}
    others = ~np.eye(n_runs, dtype=bool)
    of_run = (pairs * others).sum(axis=2)
    total = of_run.sum(axis=1) / 2
    stability = total / (n_runs * (n_runs - 1) / 2)
    if n_runs < LEAST_BLOCKS:
        return {"stability": stability, "low": nothing, "high": nothing}
    left_out = (total[:, None] - of_run) / ((n_runs - 1) * (n_runs - 2) / 2)
    bounds = jackknife_bounds(stability, [left_out.T])
    # Runs that agree to the last bit leave no error to see; there the interval is the value.
    same = left_out.max(axis=1) - left_out.min(axis=1) < 1e-12
    return {
        "stability": stability,
        "low": np.where(same, stability, np.clip(bounds.low, -1.0, 1.0)),
        "high": np.where(same, stability, np.clip(bounds.high, -1.0, 1.0)),
    }


def mean_over_topics(pairs: Numbers) -> tuple[float, float]:
    """Return the agreement of two runs, mean over topics, and its standard error over runs."""
    of_runs = mean_agreement(np.stack([pairs.mean(axis=0)] * 2))
    half = float(of_runs["high"][0] - of_runs["low"][0]) / 2
    return float(of_runs["stability"][0]), half / float(stats.t.ppf(0.975, pairs.shape[1] - 1))

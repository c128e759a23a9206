"""What a score weighs: likelihood ratios from draws that share authors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.draws import ALL_DIFFERENT, odd
from analysis.errors import InputError
from analysis.results import Shown

Numbers = NDArray[np.float64]

N_RESAMPLES = 500
LARGEST_RATIO = 8.0
_MIDDLE_95 = (2.5, 97.5)


@dataclass(frozen=True, kw_only=True)
class Evidence(Shown):
    """What the observed comparison weighs for one claim: this text alone is by another author.

    Attributes
    ----------
    position : int
        The text that stands apart most.
    scores : tuple of float
        How much each text stands apart.
    likelihood_ratio, low, high : float
        How many times more often such a score comes from draws with the odd author there than
        from draws with all authors different; 95 % from resampling authors.
    cap : float
        No ratio above this, or below one over it, is stated: a third of the authors who have text
        enough, at most 8. What fewer authors never show cannot be called rarer than that.
    share_different : float
        Share of all-different draws in which the picked text stands apart at least as much.
    """

    position: int
    scores: tuple[float, ...] = field(default=())
    likelihood_ratio: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    cap: float = float("nan")
    share_different: float = float("nan")


def evidence(
    draws: pd.DataFrame, *, observed: Sequence[float], n_authors: int, seed: int
) -> Evidence:
    """Return what the observed scores weigh, against the draws of a calibration.

    The densities are Gaussian kernel estimates with Silverman's width over the scores of the
    picked position.
    """
    n_positions = sum(name.startswith("score_") for name in draws.columns)
    if len(observed) != n_positions or not np.isfinite(np.asarray(observed, dtype=float)).all():
        raise InputError(
            f"observed has {len(observed)} scores for {n_positions} texts, or one that is no "
            "number; give what design.scores returns."
        )
    position = int(np.argmax(observed))
    here = draws[draws["truth"] == odd(position)]
    different = draws[draws["truth"] == ALL_DIFFERENT]
    score = f"score_{position}"
    sides = [part[score].to_numpy(dtype=np.float64) for part in (here, different)]
    both = [*here["authors"], *different["authors"]]
    people = sorted({person for row in both for person in row.split(" | ")})
    cap = min(LARGEST_RATIO, max(2.0, float(round(n_authors / 3))))
    at = float(observed[position])
    ratios = [_ratio(at, sides, weights=[np.ones(len(side)) for side in sides])]
    for weights in _author_weights(both, people=people, seed=seed):
        parts = [weights[: len(sides[0])], weights[len(sides[0]) :]]
        ratios.append(_ratio(at, sides, weights=parts))
    low, high = np.nanpercentile(ratios[1:], _MIDDLE_95)
    clipped = [float(np.clip(value, 1 / cap, cap)) for value in (ratios[0], low, high)]
    return Evidence(
        position=position,
        scores=tuple(float(value) for value in observed),
        likelihood_ratio=clipped[0],
        low=clipped[1],
        high=clipped[2],
        cap=cap,
        share_different=float((sides[1] >= at).mean()),
    )


def shares_with_interval(
    hits: NDArray[np.bool_], authors: Sequence[str], *, seed: int
) -> tuple[float, float]:
    """Return the 95 % interval of a share of draws, from resampling the authors in them."""
    people = sorted({person for row in authors for person in row.split(" | ")})
    shares = []
    for weights in _author_weights(authors, people=people, seed=seed):
        if weights.sum() > 0:
            shares.append(float(weights @ hits / weights.sum()))
    low, high = np.percentile(shares, _MIDDLE_95)
    return float(low), float(high)


def _author_weights(rows: Sequence[str], *, people: Sequence[str], seed: int) -> list[Numbers]:
    """Return for each resample of the authors how often each draw counts.

    A draw counts as often as the product of how often its authors were drawn.
    """
    number = {person: column for column, person in enumerate(people)}
    width = max(len(set(row.split(" | "))) for row in rows)
    members = np.full((len(rows), width), len(people))
    for line, row in enumerate(rows):
        for column, person in enumerate(dict.fromkeys(row.split(" | "))):
            members[line, column] = number[person]
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(N_RESAMPLES):
        times = np.bincount(rng.integers(len(people), size=len(people)), minlength=len(people))
        made.append(np.append(times, 1.0)[members].prod(axis=1))
    return made


def _ratio(at: float, sides: Sequence[Numbers], *, weights: Sequence[Numbers]) -> float:
    """Return the ratio of two weighted kernel densities at a point; NaN where a side is empty."""
    if any(weight.sum() == 0 for weight in weights):
        return float("nan")
    densities = [
        _density(at, values, weights=weight) for values, weight in zip(sides, weights, strict=True)
    ]
    return densities[0] / densities[1]


def _density(at: float, values: Numbers, *, weights: Numbers) -> float:
    """Return a weighted Gaussian kernel density, with Silverman's width, never exactly 0."""
    share = weights / weights.sum()
    centre = share @ values
    spread = float(np.sqrt(share @ (values - centre) ** 2))
    size = 1 / float((share**2).sum())
    width = max(1.06 * spread * size**-0.2, 1e-12)
    kernel = np.exp(-0.5 * ((at - values) / width) ** 2)
    return float(share @ kernel / width) + 1e-12

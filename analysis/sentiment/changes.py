"""Where the level of a series changes, and how stable that is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.results import Shown
from analysis.sentiment.smoothing import mean_matrix
from analysis.sentiment.trends import TrendResult
from analysis.uncertainty.bands import LinearCurve, ar1_noise, linear_curve


@dataclass(frozen=True, kw_only=True, eq=False)
class ChangeResult(Shown):
    """Change points of each group's series of passages.

    Attributes
    ----------
    table : DataFrame
        One row a change: group, passage_id, place and position of the first passage after it,
        mean_before and mean_after (of its two segments, in the lexicon's unit), stability (share
        of redrawn series with a change within ``min_passages`` / 2 of it) and chance (share of
        series with the same carry-over and no change that have any change: the lower, the better).
    segments : DataFrame
        One row a segment: group, first and last position, n_passages, mean.
    penalty : float
        What a change has to save, in variances of the noise's long run.
    min_passages : int
    reason : str
    """

    table: pd.DataFrame
    segments: pd.DataFrame
    penalty: float
    min_passages: int
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return the changes, rounded to 6 decimals."""
        return self.table.round(6)


def mean_changes(values: np.ndarray, *, penalty: float, min_length: int) -> list[int]:
    """Return where the mean changes: the index of the first value of each new segment.

    The segmentation with the least sum of squares about segment means plus ``penalty`` a change,
    found exactly, each segment at least ``min_length`` values long. The same as ruptures' ``Pelt``
    with ``model="l2"`` and ``jump=1`` (Killick et al. 2012), by dynamic programming.

    Parameters
    ----------
    values : array
        The series, no NaN.
    penalty : float
        In squared units of the values.
    min_length : int
        Of a segment.
    """
    count = len(values)
    if penalty < 0 or min_length < 1:
        raise InputError("A penalty below 0 or a segment of no value makes no sense.")
    totals = np.concatenate([[0.0], np.cumsum(values)])
    squares = np.concatenate([[0.0], np.cumsum(values**2)])
    best = np.full(count + 1, np.inf)
    best[0] = -penalty
    origin = np.zeros(count + 1, dtype=int)
    for end in range(min_length, count + 1):
        starts = np.arange(0, end - min_length + 1)
        length = end - starts
        cost = squares[end] - squares[starts] - (totals[end] - totals[starts]) ** 2 / length
        whole = best[starts] + cost + penalty
        origin[end] = starts[int(np.argmin(whole))]
        best[end] = whole.min()
    changes, end = [], count
    while end > 0 and origin[end] > 0:
        end = int(origin[end])
        changes.append(end)
    return sorted(changes)


PILOT_SEGMENTS = 4
"""The noise is what is left by a running mean over so many of the shortest segments.

About the plain mean a high step would look like carry-over and hide itself.
"""


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """What counts as a change, and how it is tried."""

    min_length: int
    penalty: float
    n_draws: int
    seed: int


def change_points(
    result: TrendResult,
    *,
    min_passages: int = 10,
    penalty: float = 2.0,
    n_draws: int = 199,
    seed: int = 1,
) -> ChangeResult:
    """Return where the level of each text's passages changes, with the stability of each change.

    Parameters
    ----------
    result : TrendResult
        On the narrative axis; its passages are taken as they are, not smoothed.
    min_passages : int
        Of a segment.
    penalty : float
        A change has to lower the sum of squares by this many times log(n) of the noise's long-run
        variance, which grows with carry-over. With 2 about 5 percent or fewer of AR(1) series of
        50 to 300 passages have a change (phi 0 to .6), and a step of 1.5 standard deviations is
        found in 83 percent of series of 50 and 94 percent of series of 150.
    n_draws, seed : int
        Redrawn series for stability and chance, and the seed of their randomness.

    Returns
    -------
    ChangeResult
        Without changes, and with a reason, for a text too short for two segments.

    Notes
    -----
    A change point presumes levels and steps. A smooth rise gives steps too: look at the arc.
    """
    if result.settings.axis != "narrative":
        raise InputError("Changes are looked for along the telling; give a narrative result.")
    if min_passages < 2 or penalty <= 0:
        raise InputError("min_passages has to be at least 2, and the penalty above 0.")
    rule = _Rule(min_length=min_passages, penalty=penalty, n_draws=n_draws, seed=seed)
    rows: list[dict[str, object]] = []
    segments: list[dict[str, object]] = []
    notes = []
    for group, points in result.points.groupby("group", sort=False):
        if len(points) < 2 * min_passages:
            notes.append(f"{group}: {len(points)} passages are too few for two segments")
            continue
        own_rows, own_segments = _of_group(str(group), points=points, rule=rule)
        rows += own_rows
        segments += own_segments
    return ChangeResult(
        table=pd.DataFrame(rows, columns=list(_CHANGE_COLUMNS)),
        segments=pd.DataFrame(segments, columns=list(_SEGMENT_COLUMNS)),
        penalty=penalty,
        min_passages=min_passages,
        reason="; ".join(notes),
    )


_CHANGE_COLUMNS = (
    *("group", "passage_id", "place", "position", "mean_before", "mean_after"),
    *("stability", "chance"),
)
_SEGMENT_COLUMNS = ("group", "first", "last", "n_passages", "mean")


def _of_group(
    group: str, *, points: pd.DataFrame, rule: _Rule
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the rows of the changes and of the segments of one group."""
    values = points["valence"].to_numpy(dtype=float)
    positions = points["position"].to_numpy(dtype=float)
    changes, stability, chance = _stable_changes(values, rule=rule)
    spans = list(pairwise([0, *changes, len(values)]))
    means = [float(values[start:end].mean()) for start, end in spans]
    rows: list[dict[str, object]] = [
        {
            "group": group,
            "passage_id": points["passage_id"].iloc[at],
            "place": points["place"].iloc[at],
            "position": float(positions[at]),
            "mean_before": means[number],
            "mean_after": means[number + 1],
            "stability": stability[number],
            "chance": chance,
        }
        for number, at in enumerate(changes)
    ]
    segments: list[dict[str, object]] = [
        {
            "group": group,
            "first": float(positions[start]),
            "last": float(positions[end - 1]),
            "n_passages": end - start,
            "mean": mean,
        }
        for (start, end), mean in zip(spans, means, strict=True)
    ]
    return rows, segments


def _stable_changes(values: np.ndarray, *, rule: _Rule) -> tuple[list[int], list[float], float]:
    """Return the changes, how often each comes back, and how often noise alone has one."""
    rng = np.random.default_rng(rule.seed)
    shape = (len(values), rule.n_draws)
    noise = _local_noise(len(values), window=PILOT_SEGMENTS * rule.min_length)
    (changes,) = _changes(values[:, None], noise=noise, rule=rule)
    phi, sigma = (float(one[0]) for one in noise.fit(values[:, None]))
    drawn = sigma * ar1_noise(phi, shape=shape, rng=rng)
    hits = sum(bool(found) for found in _changes(drawn, noise=noise, rule=rule))
    level = np.concatenate(
        [
            np.full(end - start, values[start:end].mean())
            for start, end in pairwise([0, *changes, len(values)])
        ]
    )
    again = _changes(level[:, None] + drawn, noise=noise, rule=rule)
    near = rule.min_length / 2
    stability = [
        float(np.mean([any(abs(one - at) <= near for one in found) for found in again]))
        for at in changes
    ]
    return changes, stability, (1 + hits) / (rule.n_draws + 1)


def _local_noise(count: int, *, window: int) -> LinearCurve:
    """Return what tells the noise about a running mean, which a single step hardly disturbs."""
    places = np.arange(count, dtype=float)
    pilot = mean_matrix(places, at=places, window=window, full_only=False)
    return linear_curve(np.full((1, count), 1 / count), pilot=pilot)


def _changes(series: np.ndarray, *, noise: LinearCurve, rule: _Rule) -> list[list[int]]:
    """Return the changes of each column, under a penalty in long-run variances of its noise."""
    phis, sigmas = noise.fit(series)
    sizes = rule.penalty * np.log(len(series)) * sigmas**2 * (1 + phis) / (1 - phis)
    return [
        mean_changes(series[:, column], penalty=float(size), min_length=rule.min_length)
        if size > 0
        else []
        for column, size in enumerate(sizes)
    ]

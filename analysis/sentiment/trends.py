"""What an arc is made with, and the tables that it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from analysis.results import Shown
from analysis.sentiment.arcs import Arc, Simulation
from analysis.sentiment.smoothing import Smoother
from analysis.tables import as_table

Axis = Literal["narrative", "historical"]


@dataclass(frozen=True, kw_only=True)
class ArcSettings:
    """How an arc is made.

    Attributes
    ----------
    axis : str
        ``narrative`` (running words from the beginning of a text) or ``historical`` (dates).
    lexicon : str
        The name of the lexicon, or ``mean_rank``.
    voices : tuple of str
        Whose words.
    smoother : str
        ``mean`` (centred, no overshoot), ``loess`` (to the ends, may overshoot), ``dct`` (legacy).
    window : float
        Running words, or days.
    low_pass : int
        Components of ``dct``; else without effect.
    simulation : Simulation
        Levels of the band and of the nulls, number of simulated series, seed.
    min_share : float
        Passages where these voices have fewer words than this share of the median passage's are
        left out: a few words between quotations say little.
    """

    axis: Axis
    lexicon: str
    voices: tuple[str, ...]
    smoother: Smoother
    window: float
    low_pass: int
    simulation: Simulation
    min_share: float


@dataclass(frozen=True, kw_only=True, eq=False)
class TrendResult(Shown):
    """Arcs, one a group, with what they can and cannot show.

    Attributes
    ----------
    trend : DataFrame
        The trend table: one row a group and place. mean, low and high are in the lexicon's unit
        (higher is more positive); null_low and null_high are the limits of the AR(1) null.
    points : DataFrame
        One row a scored passage: group, passage_id, place, position or dates, valence.
    tests : DataFrame
        One row a group: passages, phi, p under both nulls, the smallest peak that would be found
        with 80 % power, the share of a planted peak's height that the curve keeps, whether the
        arc leaves its nulls, and the reason where something cannot be told.
    peaks : DataFrame
        One row a called peak or trough: its group, kind, place, height, and the passages under it.
    settings : ArcSettings
    reason : str
        What cannot be told, by group; empty where nothing has to be said.
    """

    trend: pd.DataFrame
    points: pd.DataFrame
    tests: pd.DataFrame
    peaks: pd.DataFrame
    settings: ArcSettings
    reason: str = ""
    limits: pd.DataFrame = field(repr=False)

    def plot_table(self) -> pd.DataFrame:
        """Return the curve's places and the passages in one table, rounded to 6 decimals.

        Column ``row`` tells them apart: ``curve`` (mean, low, high, null_*, order_*) or
        ``passage`` (valence, place, passage_id; on the historical axis first_day, last_day, and
        the day in the middle as its date).
        """
        curve = pd.concat([self.trend, self.limits], axis=1).assign(row="curve")
        points = self.points.assign(row="passage")
        points = points.drop(columns=["day_first", "day_after"], errors="ignore")
        table = pd.concat([curve, points], ignore_index=True)
        first = ["row", "group", "axis", "position", "date", "passage_id", "place", "valence"]
        table["axis"] = self.settings.axis
        rest = [name for name in table.columns if name not in (*first, "doc_id")]
        return table[first + rest].round(6)


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupArc:
    """The arc of one group, with its places and its passages.

    Attributes
    ----------
    group : str
    arc : Arc
    places : DataFrame
        position or date of each place of the arc, and further columns of the plot table.
    points : DataFrame
        The scored passages in the order of telling: passage_id, doc_id, place, valence, ...
    dated : DataFrame
        Those of them that the arc is made of (on the historical axis, those with a date).
    weights : array, places by passages
        How much each passage of ``dated`` has to do with each place.
    about : mapping
        Further columns of the tests table.
    """

    group: str
    arc: Arc
    places: pd.DataFrame
    points: pd.DataFrame
    dated: pd.DataFrame
    weights: np.ndarray
    about: dict[str, float]


def gather(arcs: Sequence[GroupArc], *, settings: ArcSettings) -> TrendResult:
    """Return the tables of all groups' arcs."""
    trends, limits, tests, peaks = [], [], [], []
    for one in arcs:
        arc = one.arc
        own = one.places.assign(
            group=one.group,
            axis=settings.axis,
            mean=arc.mean,
            low=arc.low,
            high=arc.high,
            null_low=arc.null_low,
            null_high=arc.null_high,
            n_passages=arc.n_values,
        )
        trends.append(as_table(own, "trend"))
        further = [name for name in one.places if name not in ("position", "date")]
        limits.append(own[further].assign(order_low=arc.order_low, order_high=arc.order_high))
        found = called_peaks(one)
        peaks.append(found)
        tests.append(_tests(one, n_peaks=len(found)))
    notes = [f"{one.group}: {one.arc.reason}" for one in arcs if one.arc.reason]
    return TrendResult(
        trend=pd.concat(trends, ignore_index=True),
        limits=pd.concat(limits, ignore_index=True),
        points=pd.concat([one.points for one in arcs], ignore_index=True),
        tests=pd.DataFrame(tests),
        peaks=pd.concat(peaks, ignore_index=True),
        settings=settings,
        reason="; ".join(notes),
    )


def _tests(one: GroupArc, *, n_peaks: int) -> dict[str, object]:
    """Return a group's row of the tests table."""
    arc = one.arc
    values = one.dated["valence"].to_numpy(dtype=float)
    return {
        "group": one.group,
        "n_passages": len(one.dated),
        "valence_mean": float(values.mean()) if len(values) else float("nan"),
        "valence_sd": float(values.std(ddof=1)) if len(values) > 1 else float("nan"),
        "phi": arc.phi,
        "null_phi": arc.null_phi,
        "p_permutation": arc.p_permutation,
        "p_ar1": arc.p_ar1,
        "smallest_peak": arc.smallest,
        "height_kept": arc.height_kept,
        "n_called": n_peaks,
        "verdict": _verdict(arc, n_peaks=n_peaks),
        **one.about,
        "reason": arc.reason,
    }


def _verdict(arc: Arc, *, n_peaks: int) -> str:
    """Return in words whether the arc leaves its nulls."""
    if np.isnan(arc.p_ar1):
        return "not tested"
    if n_peaks:
        return "leaves both nulls: more than carry-over"
    if arc.order_low.size and (
        (arc.mean < arc.order_low).any() or (arc.mean > arc.order_high).any()
    ):
        return "leaves the permutations only: no more than carry-over"
    return "stays within both nulls"


PEAK_COLUMNS = (
    *("group", "kind", "position", "date", "height", "p_ar1", "passage_id", "place"),
    *("n_passages", "passage_ids"),
)


def called_peaks(one: GroupArc) -> pd.DataFrame:
    """Return the places where the curve is furthest beyond the AR(1) null, one a run of places.

    Columns: group, kind (peak or trough), position or date, height (above the series' mean, in
    the lexicon's unit), p_ar1 (of the whole curve), passage_id and place of the passage nearest
    to it, and the passage_ids under its window, separated by spaces.
    """
    arc = one.arc
    rows = []
    centre = float(one.dated["valence"].mean()) if len(one.dated) else float("nan")
    both = {"peak": arc.mean - arc.null_high, "trough": arc.null_low - arc.mean}
    for kind, excess in both.items():
        for first, last in _runs(np.nan_to_num(excess, nan=-1.0) > 0):
            top = first + int(np.argmax(excess[first:last]))
            under = np.flatnonzero(one.weights[top] > 0)
            weight = one.weights[top][under]
            middle = under[len(under) // 2] if np.ptp(weight) < 1e-12 else under[weight.argmax()]
            nearest = one.dated.iloc[int(middle)]
            rows.append(
                {
                    "group": one.group,
                    "kind": kind,
                    "position": one.places["position"].iloc[top],
                    "date": one.places["date"].iloc[top],
                    "height": float(arc.mean[top] - centre),
                    "p_ar1": arc.p_ar1,
                    "passage_id": nearest["passage_id"],
                    "place": nearest["place"],
                    "n_passages": len(under),
                    "passage_ids": " ".join(one.dated["passage_id"].iloc[under]),
                }
            )
    return pd.DataFrame(rows, columns=list(PEAK_COLUMNS))


def _runs(marks: np.ndarray) -> list[tuple[int, int]]:
    """Return the half-open spans where the marks are set."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marks, [False]]).astype(int)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]

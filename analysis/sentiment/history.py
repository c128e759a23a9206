"""Historical time: passages placed by the dates that they tell of, as far as these are known."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import norm

from analysis.edition.dates_partial import days_of
from analysis.errors import InputError
from analysis.sentiment.arcs import PEAKS_TRIED, PILOT_WINDOWS, Arc, measure_arc
from analysis.sentiment.trends import ArcSettings, GroupArc
from analysis.tables import check_table
from analysis.uncertainty.nulls import Planted

CARRIED = "carried"
"""A date_basis with this word is carried forward from an earlier passage, not the passage's own."""

FEWEST_DATED = 3.0
"""A place of the curve rests on at least so many passages, expected over their spans."""


EVEN_MONTH = 30.4375
"""Days of a month on the historical axis, where all months are equally long.

So a shift of all dates by a year shifts the curve by a year and leaves its values as they are.
"""


def even_day(day: date) -> float:
    """Return a date on an axis of equal months, in days."""
    share = (day.day - 1) / calendar.monthrange(day.year, day.month)[1]
    return (12 * day.year + day.month - 1 + share) * EVEN_MONTH


def day_span(earliest: str, latest: str) -> tuple[float, float]:
    """Return the half-open span between two partial ISO dates, both inclusive, in even days.

    Raises
    ------
    InputError
        If a date is not of the form 1920, 1920-09 or 1920-09-05, or the span runs backward.
    """
    first, last = days_of(str(earliest))[0], days_of(str(latest))[1]
    if last < first:
        raise InputError(f"The dates {earliest} to {latest} run backward; mend them.")
    return even_day(first), even_day(last + timedelta(days=1))


def with_dates(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the passages with the span of days that each tells of; NaN where undated.

    Adds day_first, day_after (half-open, in even days), first_day, last_day and date (the first,
    last and middle day, ISO) and carried (whether the date is carried forward from an earlier
    passage).

    Raises
    ------
    InputError
        If no passage has a date.
    """
    check_table(placed, "passages", columns=("date_earliest", "date_latest"))
    latest = placed["date_latest"].fillna(placed["date_earliest"])
    earliest = placed["date_earliest"].fillna(latest)
    known = earliest.notna()
    if not known.any():
        raise InputError(
            "No passage has a date, so there is no historical axis; "
            'date the passages, or use axis="narrative".'
        )
    spans = [
        (*day_span(str(one), str(other)), *_days(str(one), str(other)))
        for one, other in zip(earliest[known], latest[known], strict=True)
    ]
    names = ["day_first", "day_after", "first_day", "last_day", "date"]
    dated = pd.DataFrame(spans, columns=names, index=placed.index[known])
    basis = placed["date_basis"] if "date_basis" in placed else pd.Series("", placed.index)
    carried = basis.astype("string").fillna("").str.contains(CARRIED).to_numpy(dtype=bool)
    return placed.assign(carried=carried).join(dated)


def _days(earliest: str, latest: str) -> tuple[str, str, str]:
    """Return the first, last and middle day between two partial dates, in ISO form."""
    first, last = days_of(earliest)[0], days_of(latest)[1]
    middle = first + (last - first) / 2
    return first.isoformat(), last.isoformat(), middle.isoformat()


def month_grid(first: float, after: float) -> np.ndarray:
    """Return the middles of the months from the first day's to the last's, in even days."""
    months = np.arange(np.floor(first / EVEN_MONTH), np.ceil(after / EVEN_MONTH - 1e-9))
    return np.asarray((months + 0.5) * EVEN_MONTH)


def _iso_month(middle: float) -> str:
    """Return the fifteenth of the month of a place on the axis, as an ISO date."""
    month = int(middle // EVEN_MONTH)
    return date(month // 12, month % 12 + 1, 15).isoformat()


def date_weights(spans: np.ndarray, *, at: np.ndarray, window: float) -> np.ndarray:
    """Return the chance that each passage falls into the window around each place.

    A date is taken to be anywhere in its span with the same chance.

    Parameters
    ----------
    spans : array, passages by 2
        First day and day after the last, of each passage.
    at : array
        The middle days of the windows.
    window : float
        Days.
    """
    first, after = spans.T
    low = np.maximum(first[None, :], at[:, None] - window / 2)
    high = np.minimum(after[None, :], at[:, None] + window / 2)
    return np.asarray(np.clip(high - low, 0, None) / (after - first)[None, :])


def _rows_to_one(weights: np.ndarray, *, fewest: float) -> np.ndarray:
    """Return the weights as a smoother: rows add up to 1, NaN where they rest on too little."""
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(np.where(total >= fewest, weights / np.where(total > 0, total, 1), np.nan))


def historical_arc(placed: pd.DataFrame, *, settings: ArcSettings) -> GroupArc:
    """Return the arc of one group along the dates that its passages tell of.

    Undated passages are left out and counted. The curve is the mean over the dates that each
    passage may have; its band adds the spread over drawn dates to that of the noise.
    """
    dated = placed[placed["day_first"].notna()].reset_index(drop=True)
    spans = dated[["day_first", "day_after"]].to_numpy(dtype=float)
    values = dated["valence"].to_numpy(dtype=float)
    at = month_grid(spans[:, 0].min(), spans[:, 1].max()) if len(dated) else np.zeros(0)
    weights = date_weights(spans, at=at, window=settings.window)
    own = date_weights(spans, at=spans.mean(axis=1), window=PILOT_WINDOWS * settings.window)
    arc = measure_arc(
        values,
        _rows_to_one(weights, fewest=FEWEST_DATED),
        pilot=_rows_to_one(own + 1e-9 * np.eye(len(dated)), fewest=0.0),
        simulation=settings.simulation,
        plant=partial(_planted_dates, spans=spans, at=at, settings=settings),
    )
    low, high = _with_drawn_dates(arc, values=values, spans=spans, at=at, settings=settings)
    anchored = ~dated["carried"].to_numpy(dtype=bool)
    places = pd.DataFrame(
        {
            "position": np.full(len(at), np.nan),
            "date": [_iso_month(day) for day in at],
            "mean_own_dates": _weighted(weights[:, anchored], values=values[anchored]),
        }
    )
    about = {
        "share_undated": 1 - len(dated) / len(placed),
        "share_carried": float((~anchored).mean()) if len(dated) else float("nan"),
    }
    reason = arc.reason if len(dated) else "no passage has a date"
    return GroupArc(
        group=str(placed["group"].iloc[0]),
        arc=replace(arc, low=low, high=high, reason=reason),
        places=places,
        points=placed.reset_index(drop=True),
        dated=dated,
        weights=weights,
        about=about,
    )


def _planted_dates(
    matrix: np.ndarray,
    told: np.ndarray,
    *,
    spans: np.ndarray,
    at: np.ndarray,
    settings: ArcSettings,
) -> Planted:
    """Return peaks a window wide at dates of the curve: they lift what truly falls into them.

    Each draw gives every passage one day of its span as its true day, while the curve still knows
    no more than the span. So a peak is flattened as far as dates are vague.
    """
    rng = np.random.default_rng(settings.simulation.seed)
    places = at[told]
    days = rng.uniform(spans[:, :1], spans[:, 1:], size=(len(spans), PEAKS_TRIED))
    middle = places[rng.integers(0, len(places), size=PEAKS_TRIED)]
    half = settings.window / 2
    return Planted(
        bump=(np.abs(days - middle) <= half).astype(float),
        where=np.abs(places[:, None] - middle[None, :]) <= half,
    )


def _weighted(weights: np.ndarray, *, values: np.ndarray) -> np.ndarray:
    """Return the weighted mean at each place; NaN where it rests on too few passages."""
    total = weights.sum(axis=1)
    enough = total >= FEWEST_DATED
    return np.asarray(np.where(enough, weights @ values / np.where(enough, total, 1), np.nan))


def _with_drawn_dates(
    arc: Arc, *, values: np.ndarray, spans: np.ndarray, at: np.ndarray, settings: ArcSettings
) -> tuple[np.ndarray, np.ndarray]:
    """Return the band's ends when dates and noise are drawn together.

    Each draw gives every passage one day of its span and the curve a noise of the size that its
    band has; the ends are quantiles of their sum. Draws that leave a place without a passage
    have no say there.
    """
    low, high = arc.low.copy(), arc.high.copy()
    told = np.isfinite(arc.low)
    if not told.any():
        return low, high
    tail = (1 - settings.simulation.level) / 2
    noise_sd = (arc.high - arc.low)[told] / 2 / norm.isf(tail)
    rng = np.random.default_rng(settings.simulation.seed)
    days = rng.uniform(spans[:, :1], spans[:, 1:], size=(len(spans), settings.simulation.n_draws))
    strays = _drawn_means(days, values=values, at=at[told], window=settings.window)
    strays += noise_sd[:, None] * rng.standard_normal(strays.shape) - arc.mean[told][:, None]
    # The mean over dates is kept in the middle: where a passage may fall is no bias of the curve.
    strays -= np.nanmean(strays, axis=1, keepdims=True)
    ends = np.nanquantile(strays, [tail, 1 - tail], axis=1)
    low[told], high[told] = arc.mean[told] - ends[1], arc.mean[told] - ends[0]
    return low, high


def _drawn_means(
    days: np.ndarray, *, values: np.ndarray, at: np.ndarray, window: float
) -> np.ndarray:
    """Return the mean of the values within the window of each place, for each draw of days."""
    means = np.empty((len(at), days.shape[1]))
    for draw in range(days.shape[1]):
        order = np.argsort(days[:, draw], kind="stable")
        ordered = days[order, draw]
        totals = np.concatenate([[0.0], np.cumsum(values[order])])
        first = np.searchsorted(ordered, at - window / 2, side="left")
        after = np.searchsorted(ordered, at + window / 2, side="right")
        count = after - first
        total = totals[after] - totals[first]
        means[:, draw] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return means

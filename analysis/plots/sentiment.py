"""Figures of sentiment over time, drawn from plot tables alone."""

from __future__ import annotations

from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.plots.style import BAND_ALPHA, HUES, NULL_BAND, NULL_GREY, link_points, styled


@styled
def draw_arc(
    ax: Axes,
    table: pd.DataFrame,
    *,
    group: str,
    hue: str = HUES[0],
    unit: str = "Mean rank of valence\n(higher = more positive)",
    title: str = "",
    note: str = "",
    label_x: bool = True,
    years: tuple[float, float] | None = None,
) -> Axes:
    """Return the axes with one text's arc: passages, curve, band, and the nulls in grey.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``TrendResult.plot_table()``, narrative or historical axis.
    group : str
        Which of its groups.
    hue : str
        Of the curve and its passages: the author's colour.
    unit : str
        The label of the vertical axis.
    title : str
        What this panel shows, over it.
    note : str
        What the arc cannot show, or `ARC_KEY`, written under the axis.
    label_x : bool
        Whether the horizontal axis is named: once is enough for panels in a column.
    years : pair of float, optional
        First and last year shown on the historical axis; all by default.

    Notes
    -----
    The light grey area is where the curves of a series with the same carry-over and no trend stay
    (AR(1) null); the dotted lines are the limits of passages in any order. Points are passages
    and link to their places. On the historical axis a line is where a passage may be dated, the
    dashed curve leaves out dates that are carried forward, and hollow points at the right end
    have no date.
    """
    own = table[table["group"] == group]
    ax.margins(x=0.01)
    curve, points = own[own["row"] == "curve"], own[own["row"] == "passage"]
    x = _horizontal(curve)
    ax.fill_between(
        x, curve["null_low"], curve["null_high"], color=NULL_BAND, lw=0, zorder=1, label="null"
    )
    for limit in ("order_low", "order_high"):
        ax.plot(x, curve[limit], color=NULL_GREY, lw=0.7, ls=":", zorder=2)
    historical = bool((own["axis"] == "historical").any())
    if historical:
        _draw_dates(ax, curve, points=points, hue=hue)
    artist = ax.scatter(
        _horizontal(points), points["valence"], s=7, color=hue, alpha=0.45, lw=0, zorder=3
    )
    link_points(artist, points["place"])
    ax.fill_between(x, curve["low"], curve["high"], color=hue, alpha=BAND_ALPHA, lw=0, zorder=4)
    for end in ("low", "high"):
        # In grey the tint and the null look alike; the band's edges do not.
        ax.plot(x, curve[end], color=hue, lw=0.5, alpha=0.8, zorder=4)
    ax.plot(x, curve["mean"], color=hue, lw=1.5, zorder=5)
    beyond = curve[(curve["mean"] > curve["null_high"]) | (curve["mean"] < curve["null_low"])]
    ax.plot(_horizontal(beyond), beyond["mean"], ls="", marker="o", ms=3.2, color=hue, zorder=6)
    if historical:
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlim(years)
    else:
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value / 1000:g}"))
    label = "Year told of" if historical else "Thousand running words from the beginning"
    ax.set_xlabel("\n".join(line for line in (label if label_x else "", note) if line))
    ax.set_ylabel(unit)
    ax.set_title(title, fontweight="normal")
    return ax


def _draw_dates(ax: Axes, curve: pd.DataFrame, *, points: pd.DataFrame, hue: str) -> None:
    """Draw how passages are dated: their spans, the curve without carried dates, the undated."""
    ends = (_horizontal(points, "first_day"), _horizontal(points, "last_day"))
    ax.hlines(points["valence"], *ends, color=hue, alpha=0.25, lw=0.6, zorder=3)
    differs = (curve["mean"] - curve["mean_own_dates"]).abs() > 1e-6
    if differs.any():
        ax.plot(_horizontal(curve), curve["mean_own_dates"], color=hue, lw=1.0, ls="--", zorder=5)
    undated = points[points["date"].isna()]
    if len(undated):
        artist = ax.scatter(
            [0.992] * len(undated),
            undated["valence"],
            transform=ax.get_yaxis_transform(),
            s=9,
            facecolor="none",
            edgecolor=hue,
            lw=0.7,
            zorder=3,
        )
        link_points(artist, undated["place"])


ARC_KEY = (
    "Thin lines: 95 % band. Grey: a series with this carry-over and no trend. Dotted: any order."
)
"""What the areas and lines of an arc are, in a line."""

DATES_KEY = "Dashed: without dates carried forward. Hollow, at the right end: undated."
"""What the historical axis adds to it."""


def _horizontal(rows: pd.DataFrame, column: str = "date") -> list[float]:
    """Return where rows of the plot table stand: in words, or in years."""
    if not (rows["axis"] == "historical").any():
        return [float(value) for value in rows["position"]]
    return [_year(day) for day in rows[column]]


def _year(day: object) -> float:
    """Return an ISO day as a year with decimals; NaN where there is none."""
    if pd.isna(day):  # type: ignore[call-overload]
        return float("nan")
    told = date.fromisoformat(str(day))
    first = date(told.year, 1, 1)
    return told.year + (told - first).days / (date(told.year + 1, 1, 1) - first).days

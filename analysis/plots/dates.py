"""Figures of the times that passages narrate, drawn from plot tables alone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.plots.style import HUES, INK, NULL_GREY, link_points, styled

BASES: Mapping[str, tuple[str, str, str]] = {
    "explicit": (HUES[0], "D", "◆ a date in the passage"),
    "relative": (HUES[2], "s", "■ counted from another date"),
    "carried": (HUES[3], "^", "▲ carried from the last date"),
    "editorial": (HUES[1], "o", "● given by the editor"),
    "none": (NULL_GREY, "_", "– narrates no time"),
}
"""Hue, shape and words of what a date rests on: without colour the shapes tell them apart."""
_GAP = 0.04
"""Space between two texts, as a share of all their words."""


@styled
def draw_narrated_times(
    ax: Axes,
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    years: tuple[float, float] | None = None,
    note: str = "",
) -> Axes:
    """Return the axes with the time of each passage, texts from top to bottom as they are told.

    A line runs over the time that a passage may narrate, so that its width is seen, with a point in
    its middle that links to the passage; its hue and shape say what the date rests on. Passages
    without a time are grey ticks at the left edge; an arrow points to what lies beyond `years`.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``NarratedTimes.plot_table()``.
    labels : mapping of str to str, optional
        What to call a text, by doc_id.
    years : pair of float, optional
        First and last year shown; all by default.
    note : str
        What the figure does not show, written under the axis.
    """
    placed, heights = _stacked(table)
    dated = placed[placed["basis"] != "none"]
    low, high = years or (_lowest(dated), _highest(dated))
    for basis, (hue, marker, _) in BASES.items():
        rows = dated[dated["basis"] == basis]
        if rows.empty:
            continue
        rare = len(rows) < len(dated) / 2
        ax.hlines(
            rows["height"], rows["first_year"], rows["after_year"], color=hue, lw=1.4, alpha=0.65
        )
        points = ax.scatter(
            (rows["first_year"] + rows["after_year"]) / 2,
            rows["height"],
            marker=marker,
            s=13 if rare else 5,
            color=hue,
            edgecolor="white" if rare else hue,
            lw=0.3,
            zorder=3 + rare,
        )
        link_points(points, rows["place"])
    _draw_undated(ax, placed[placed["basis"] == "none"], at=low + 0.01 * (high - low))
    _draw_beyond(ax, dated, low=low, high=high)
    for doc_id, (top, bottom) in heights.items():
        ax.text(high, top, (labels or {}).get(doc_id, doc_id), ha="right", va="top", color=INK)
        ax.axhline(bottom, color="#E6E6E6", lw=0.5)
    ax.set_xlim(low, high)
    last = max(bottom for _, bottom in heights.values())
    ax.set_ylim(last, 0)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("Year narrated" + (f"\n{note}" if note else ""))
    ax.set_ylabel("Order of telling, downward")
    _draw_key(ax, [basis for basis in BASES if (placed["basis"] == basis).any()])
    return ax


def _stacked(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, tuple[float, float]]]:
    """Return the passages with their height, texts under one another, and each text's extent."""
    lengths = table.groupby("doc_id", sort=False)["position"].max()
    gap = _GAP * float(lengths.sum())
    top = gap
    heights: dict[str, tuple[float, float]] = {}
    for doc_id, length in lengths.items():
        heights[str(doc_id)] = (top, top + float(length) + gap / 2)
        top += float(length) + 2 * gap
    starts = table["doc_id"].map({doc_id: span[0] for doc_id, span in heights.items()})
    return table.assign(height=starts.astype(float) + table["position"]), heights


def _lowest(dated: pd.DataFrame) -> float:
    """Return where the axis begins: the first year told of, or 0 where there is none."""
    return float(dated["first_year"].min()) - 0.5 if len(dated) else 0.0


def _highest(dated: pd.DataFrame) -> float:
    """Return where the axis ends: the last year told of, or 1 where there is none."""
    return float(dated["after_year"].max()) + 0.5 if len(dated) else 1.0


def _draw_undated(ax: Axes, rows: pd.DataFrame, *, at: float) -> None:
    """Draw a tick at the left edge for each passage without a time."""
    if len(rows):
        ticks = ax.scatter(
            [at] * len(rows), rows["height"], marker="_", s=60, lw=1.4, color=NULL_GREY
        )
        link_points(ticks, rows["place"])


def _draw_beyond(ax: Axes, dated: pd.DataFrame, *, low: float, high: float) -> None:
    """Draw an arrow on the edge for each passage whose time lies wholly beyond it."""
    for chosen, edge, marker in (
        (dated["after_year"] <= low, low, "<"),
        (dated["first_year"] >= high, high, ">"),
    ):
        rows = dated[chosen]
        if len(rows):
            colours = [BASES[basis][0] for basis in rows["basis"]]
            arrows = ax.scatter(
                [edge] * len(rows), rows["height"], marker=marker, s=12, c=colours, clip_on=False
            )
            link_points(arrows, rows["place"])


def _draw_key(ax: Axes, bases: list[str]) -> None:
    """Write what each hue says over the axes, side by side."""
    for number, basis in enumerate(bases):
        hue, _, words = BASES[basis]
        ax.annotate(
            words,
            xy=(number / max(len(bases), 1), 1.0),
            xycoords="axes fraction",
            color=hue,
            va="bottom",
        )

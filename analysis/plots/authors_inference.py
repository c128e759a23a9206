"""Figures of what author comparison is worth: intervals, trees, calibration, sensitivity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import HUES, INK, NULL_BAND, NULL_GREY, styled


@styled
def draw_energy(ax: Axes, table: pd.DataFrame, *, labels: Mapping[str, str] | None = None) -> Axes:
    """Return the axes with the energy distance of every pair of texts and its interval.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``SliceComparison.plot_table()``: text_a, text_b, estimand, distance, low, high. Pairs
        without an interval are drawn hollow.
    labels : mapping of str to str, optional
    """
    named = labels or {}
    rows = table[table["estimand"] == "energy"].reset_index(drop=True)
    known = rows["low"].notna()
    ax.hlines(rows.index[known], rows["low"][known], rows["high"][known], color=HUES[0], lw=1.6)
    faces = [HUES[0] if one else "white" for one in known]
    ax.scatter(rows["distance"], rows.index, s=22, color=faces, edgecolor=HUES[0], zorder=3)
    ax.axvline(0, color=NULL_GREY, lw=0.8)
    names = [
        f"{named.get(a, a)} –\n{named.get(b, b)}"
        for a, b in zip(rows["text_a"], rows["text_b"], strict=True)
    ]
    ax.set_yticks(range(len(rows)), names)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("Energy distance over equal slices (0 = texts of one kind)")
    return ax


@styled
def draw_tree(ax: Axes, table: pd.DataFrame, *, labels: Mapping[str, str] | None = None) -> Axes:
    """Return the axes with the consensus tree; branches up to one half are collapsed.

    Beside each branch stands its support and, where calibrated, the share of all-different draws
    that reach it.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``TreeResult.plot_table()``: node, parent, label, support, share_different, x, y.
    labels : mapping of str to str, optional
        What to call a leaf.
    """
    named = labels or {}
    places = table.set_index("node")
    for node, row in places.iterrows():
        below = places[places["parent"] == node]
        if len(below):
            ax.vlines(row["x"], below["y"].min(), below["y"].max(), color=INK, lw=1.0)
            ax.hlines(below["y"], row["x"], below["x"], color=INK, lw=1.0)
        if row["label"]:
            name = named.get(row["label"], row["label"])
            ax.annotate(name, (row["x"], row["y"]), (4, 0), textcoords="offset points", va="center")
        if pd.notna(row["support"]):
            ax.annotate(
                _support(row["support"], row["share_different"]),
                (row["x"], row["y"]), (-3, 2), textcoords="offset points", ha="right", va="bottom",
            )  # fmt: skip
    ax.set_ylim(table["y"].max() + 0.6, -0.6)
    ax.set_xlim(-0.05, table["x"].max() * 1.7 + 0.05)
    ax.set_axis_off()
    return ax


def _support(support: Any, share_different: Any) -> str:
    """Return the label of a branch."""
    said = f"{support:.2f}"
    if pd.isna(share_different):
        return said
    return f"{said}\n(different\nauthors: {share_different:.2f})"


@styled
def draw_accuracy(
    ax: Axes, table: pd.DataFrame, *, labels: Mapping[str, str] | None = None
) -> Axes:
    """Return the axes with the share of draws in which the odd text is found, by position.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``CalibrationResult.plot_table()``: position, text, right, low, high, chance.
    labels : mapping of str to str, optional
    """
    named = labels or {}
    rows = table.drop_duplicates("position").sort_values("position", kind="stable")
    ax.hlines(rows["position"], rows["low"], rows["high"], color=HUES[0], lw=1.6)
    ax.scatter(rows["right"], rows["position"], s=22, color=HUES[0], zorder=3)
    chance = float(rows["chance"].iloc[0])
    ax.axvline(chance, color=NULL_GREY, lw=0.8)
    ax.text(chance, -0.62, "chance ", color=NULL_GREY, va="top", ha="right")
    ax.set_yticks(rows["position"], [f"odd: {named.get(text, text)}" for text in rows["text"]])
    ax.set_ylim(len(rows) - 0.4, -0.7)
    ax.set_xlim(0, 1.02)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("Share of draws in which the odd text is found")
    return ax


_TRUTHS = {
    "odd here": ("another author here", HUES[0]),
    "all different": ("all authors different", NULL_GREY),
    "all same": ("all by one author", NULL_GREY),
}


@styled
def draw_evidence(ax: Axes, table: pd.DataFrame, *, position: int) -> Axes:
    """Return the axes with the scores of one position where the truth is known, and the observed.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``CalibrationResult.plot_table()``: position, truth, score.
    position : int
        The text that stands apart most in the observed comparison.
    """
    here = table[table["position"] == position]
    kinds = [kind for kind in _TRUTHS if (here["truth"] == kind).any()]
    for height, kind in enumerate(kinds):
        part = here[here["truth"] == kind]
        colour = _TRUTHS[kind][1]
        ax.scatter(
            part["score"], [height] * len(part), marker="|", s=90, lw=0.6, color=colour, alpha=0.6
        )
    ax.set_yticks(range(len(kinds)), [_TRUTHS[kind][0] for kind in kinds])
    ax.set_ylim(len(kinds) - 0.4, -0.9)
    observed = here.loc[here["truth"] == "observed", "score"]
    for score in observed:
        ax.axvline(score, color=HUES[1], lw=1.4)
        ax.text(score, -0.85, " observed", color=HUES[1], va="top")
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("How much this text stands apart from the others")
    return ax


_FACTORS = {
    "voice": "voices",
    "noise": "OCR noise",
    "without": "left out",
    "slice_length": "words a slice",
    "n_terms": "most frequent words",
    "measure": "measure",
    "cleaning": "text",
}


@styled
def draw_sensitivity(ax: Axes, table: pd.DataFrame) -> Axes:
    """Return the axes with the value of every cell, once in each factor's row of its level.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``GridResult.plot_table()``: factor, level, value, median, share.
    """
    keys = table[["factor", "level"]].drop_duplicates()
    heights, height, before = [], 0.0, None
    for factor in keys["factor"]:
        height += 1.0 if factor == before else 1.5
        heights.append(height)
        before = factor
    spread = float(table["value"].max()) - min(float(table["value"].min()), 0.0)
    for y, (factor, level) in zip(heights, keys.itertuples(index=False), strict=True):
        row = table[(table["factor"] == factor) & (table["level"] == level)]
        ax.scatter(
            row["value"], [y] * len(row), marker="|", s=55, lw=0.6, color=HUES[0], alpha=0.45
        )
        ax.plot([row["median"].iloc[0]] * 2, [y - 0.36, y + 0.36], color=INK, lw=1.4)
        ax.text(
            1.01, y, f"{100 * row['share'].iloc[0]:.0f} %", va="center",
            transform=ax.get_yaxis_transform(),
        )  # fmt: skip
    ax.text(1.01, heights[0] - 1.1, "> 0", va="center", transform=ax.get_yaxis_transform())
    ax.axvline(0, color=NULL_GREY, lw=0.8)
    ax.set_xlim(min(float(table["value"].min()), 0.0) - 0.03 * spread, None)
    firsts = ~keys["factor"].duplicated()
    ax.set_yticks(heights, list(_level_names(keys, firsts=firsts.tolist())))
    ax.set_ylim(heights[-1] + 0.7, heights[0] - 1.5)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("Contrast: distance between the groups less distance within (one tick a cell)")
    return ax


def _level_names(keys: pd.DataFrame, *, firsts: Sequence[bool]) -> list[str]:
    """Return the label of each row; the first level of a factor names the factor."""
    return [
        f"{_FACTORS.get(factor, factor)}: {level}" if first else level
        for (factor, level), first in zip(keys.itertuples(index=False), firsts, strict=True)
    ]


@styled
def draw_shares(ax: Axes, table: pd.DataFrame, *, observed: float) -> Axes:
    """Return the axes with the observed share of positive cells among those of known authors.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``GridResult.percentiles``: kind, low, high (the middle 90 % of the draws), as_high.
    observed : float
    """
    for height, row in enumerate(table.to_dict("records")):
        ax.hlines(height, row["low"], row["high"], color=NULL_BAND, lw=9)
        as_high = "—" if pd.isna(row["as_high"]) else f"{100 * row['as_high']:.0f} %"
        ax.text(1.01, height, as_high, va="center", transform=ax.get_yaxis_transform())
    ax.text(1.01, -0.75, "as high", va="center", transform=ax.get_yaxis_transform())
    ax.axvline(observed, color=HUES[1], lw=1.4)
    names = [_TRUTHS[kind][0] if kind in _TRUTHS else kind for kind in table["kind"]]
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(table) - 0.4, -0.6)
    ax.set_xlim(-0.03, 1.03)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("Share of cells above 0; grey: the middle 90 % of draws")
    return ax

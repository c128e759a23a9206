"""Figures of author comparison: baseline distances, maps of slices, keyness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import HUES, INK, NULL_GREY, hues, link_points, markers, styled

_KIND_COLOURS = {"same text": NULL_GREY, "same author": HUES[3], "different authors": HUES[1]}
_ROW = ["kind", "text_a", "text_b"]


@styled
def draw_baselines(
    ax: Axes, table: pd.DataFrame, *, labels: Mapping[str, str] | None = None, note: str = ""
) -> Axes:
    """Return the axes with a strip of distances for every pair of texts, same text first.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``BaselineResult.plot_table()``: kind, text_a, text_b, distance, median (of the row), place.
    labels : mapping of str to str, optional
        What to call a text, by doc_id.
    note : str
        What the figure does not show yet, written under the axis.
    """
    named = labels or {}
    order = {kind: number for number, kind in enumerate(_KIND_COLOURS)}
    keys = table[_ROW].drop_duplicates()
    keys = keys.iloc[keys["kind"].map(order).argsort(kind="stable")].astype(str)
    for height, (kind, one, other) in enumerate(keys.itertuples(index=False)):
        chosen = (table["kind"] == kind) & (table["text_a"] == one) & (table["text_b"] == other)
        row = table[chosen]
        colour = _KIND_COLOURS[kind]
        heights = [height] * len(row)
        ticks = ax.scatter(
            row["distance"], heights, marker="|", s=90, lw=0.6, color=colour, alpha=0.6
        )
        link_points(ticks, row["place"])
        ax.plot([row["median"].iloc[0]] * 2, [height - 0.34, height + 0.34], color=INK, lw=1.4)
        ax.text(1.01, height, kind, transform=ax.get_yaxis_transform(), va="center")
    ax.set_yticks(
        range(len(keys)), [_pair_label(key, named=named) for key in keys.to_numpy().tolist()]
    )
    ax.set_ylim(len(keys) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    about = "Distance of two slices (lower = more alike); black: median"
    ax.set_xlabel(f"{about}\n{note}" if note else about)
    return ax


def _pair_label(key: Sequence[str], *, named: Mapping[str, str]) -> str:
    """Return the label of a row: what is compared, and what the two share."""
    kind, first, second = key
    one, other = named.get(first, first), named.get(second, second)
    return f"within {one}" if kind == "same text" else f"{one} –\n{other}"


@styled
def draw_map(
    ax: Axes,
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    shares: Sequence[float] = (),
) -> Axes:
    """Return the axes with one point a slice, a colour an author and a marker a text.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``MapResult.plot_table()``: doc_id, author, place, x, y.
    labels : mapping of str to str, optional
        What to call a text, by doc_id.
    shares : sequence of float
        The shares of variation that the axes show, written on them.
    """
    named = labels or {}
    colours = hues(table["author"].fillna(table["doc_id"]))
    signs = markers(table["doc_id"])
    for doc_id, part in table.groupby("doc_id", sort=False):
        colour = colours[part["author"].fillna(part["doc_id"]).iloc[0]]
        points = ax.scatter(
            part["x"], part["y"], s=26, marker=signs[str(doc_id)], color=colour, alpha=0.8,
            edgecolor="white", linewidth=0.4, label=named.get(str(doc_id), str(doc_id)),
        )  # fmt: skip
        link_points(points, part["place"])
    if len(shares) == 2:
        ax.set_xlabel(f"First direction ({100 * shares[0]:.0f} % of the variation between slices)")
        ax.set_ylabel(f"Second direction ({100 * shares[1]:.0f} %)")
    ax.set_aspect("equal", adjustable="datalim")
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax


@styled
def draw_keyness(ax: Axes, table: pd.DataFrame, *, names: tuple[str, str]) -> Axes:
    """Return the axes with the log ratio of the surest words of both sides and their intervals.

    Grey where the interval reaches 0.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``KeynessResult.plot_table()``: side, term, log_ratio, low, high; optional one_passage
        (drawn hollow) and place (a link).
    names : tuple of str
        The target and the reference.
    """
    colours = dict(zip(("target", "reference"), HUES[:2], strict=True))
    heights = pd.Series(range(len(table)), index=table.index, dtype=float)
    heights[table["side"] == "reference"] += 0.8
    hollow = table.get("one_passage", pd.Series(False, index=table.index)).fillna(False)
    for side, colour in colours.items():
        part = table[table["side"] == side]
        y = heights[part.index]
        reaches = (part["low"] <= 0) & (part["high"] >= 0)
        own = [NULL_GREY if zero else colour for zero in reaches]
        ax.hlines(y, part["low"], part["high"], color=own, lw=1.6, alpha=0.35)
        pairs = zip(hollow[part.index], own, strict=True)
        faces = ["white" if one else inside for one, inside in pairs]
        points = ax.scatter(
            part["log_ratio"], y, s=16, color=faces, edgecolor=own, lw=0.9, zorder=3
        )
        if "place" in part:
            link_points(points, part["place"])
    ax.axvline(0, color=NULL_GREY, lw=0.8)
    ax.set_yticks(heights, list(table["term"]))
    ax.set_ylim(heights.max() + 0.7, -0.7)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(f"← more in {names[1]}     log ratio (base 2)     more in {names[0]} →")
    return ax

"""Figures of author comparison: baseline distances, maps of slices, keyness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import HUES, INK, NULL_GREY, link_points, styled

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
        ax.text(1.01, height, kind, transform=ax.get_yaxis_transform(), color=colour, va="center")
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

"""Figures of author comparison, drawn from plot tables alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

_GREY = "#8c8c8c"
_INK = "#222222"
_KIND_COLOURS = {"same text": _GREY, "same author": "#0072b2", "different authors": "#d55e00"}
_ROW = ["kind", "text_a", "text_b"]


def draw_baselines(
    ax: Axes, table: pd.DataFrame, *, labels: Mapping[str, str] | None = None, note: str = ""
) -> Axes:
    """Return the axes with a strip of distances for every pair of texts, same text first.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``BaselineResult.plot_table()``: kind, text_a, text_b, distance, median (of the row).
    labels : mapping of str to str, optional
        What to call a text, by doc_id.
    note : str
        What the figure does not show, written under the axis.
    """
    named = labels or {}
    order = {kind: number for number, kind in enumerate(_KIND_COLOURS)}
    keys = table[_ROW].drop_duplicates()
    keys = keys.iloc[keys["kind"].map(order).argsort(kind="stable")].astype(str)
    for height, (kind, one, other) in enumerate(keys.itertuples(index=False)):
        chosen = (table["kind"] == kind) & (table["text_a"] == one) & (table["text_b"] == other)
        row = table[chosen]
        ax.scatter(
            row["distance"],
            [height] * len(row),
            marker="|",
            s=90,
            lw=0.6,
            color=_KIND_COLOURS[kind],
            alpha=0.5,
        )
        ax.plot([row["median"].iloc[0]] * 2, [height - 0.34, height + 0.34], color=_INK, lw=1.4)
    ax.set_yticks(
        range(len(keys)), [_pair_label(key, named=named) for key in keys.to_numpy().tolist()]
    )
    ax.set_ylim(len(keys) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.set_xlabel(
        "Distance between two slices (lower = more alike)" + (f"\n{note}" if note else "")
    )
    return ax


def _pair_label(key: Sequence[str], *, named: Mapping[str, str]) -> str:
    """Return the label of a row: what is compared, and what the two share."""
    kind, first, second = key
    one, other = named.get(first, first), named.get(second, second)
    return f"within {one}" if kind == "same text" else f"{one} – {other}\n({kind})"

"""Figures of what was chosen before topics are read, their number and the program, from tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.plots.style import HUES, NULL_GREY, styled
from analysis.plots.topics_worth import rows_only


@styled
def draw_number(axes: Sequence[Axes], table: pd.DataFrame) -> Sequence[Axes]:
    """Return the axes, one a measure, with its values over the number of topics.

    Parameters
    ----------
    axes : sequence of Axes
        As many as measures.
    table : DataFrame
        ``NumberResult.plot_table()``: n_topics, measure, value, low, high.
    """
    for ax, measure in zip(axes, dict.fromkeys(table["measure"]), strict=True):
        rows = table[table["measure"] == measure].sort_values("n_topics", kind="stable")
        if rows["low"].notna().any():
            ax.vlines(rows["n_topics"], rows["low"], rows["high"], color=HUES[0], lw=1.0, alpha=0.6)
        ax.plot(rows["n_topics"], rows["value"], color=HUES[0], marker="o", ms=3.5)
        if "excess" in measure or "gain" in measure or "coherence" in measure:
            ax.axhline(0, color=NULL_GREY, lw=0.8, ls=(0, (3, 2)))
        ax.set_title(measure.capitalize(), fontsize=8, fontweight="normal")
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel("Topics")
    return axes


@styled
def draw_backends(axes: Sequence[Axes], table: pd.DataFrame) -> Sequence[Axes]:
    """Return the axes, one a measure, with each backend on the corpus and on shuffled ones.

    Parameters
    ----------
    axes : sequence of Axes
        As many as measures.
    table : DataFrame
        ``BackendComparison.plot_table()``: backend, corpus, measure, value.
    """
    backends = list(dict.fromkeys(table["backend"]))
    for ax, measure in zip(axes, dict.fromkeys(table["measure"]), strict=True):
        rows = table[table["measure"] == measure]
        for height, backend in enumerate(backends):
            own = rows[rows["backend"] == backend]
            real = own[own["corpus"] == "real"]["value"]
            chance = own[own["corpus"] != "real"]["value"]
            ax.scatter(
                chance, np.full(len(chance), height), marker="|", s=70, color=NULL_GREY, lw=0.9
            )
            ax.scatter(real, [height], color=HUES[0], s=24, lw=0, zorder=2)
        ax.set_yticks(range(len(backends)), backends)
        rows_only(ax, n_rows=len(backends))
        ax.set_xlim(min(0.0, float(rows["value"].min())), 1.0)
        ax.set_xlabel(f"Mean {measure}\nof two runs (1 = same)")
    return axes

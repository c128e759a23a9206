"""Figures of topics, drawn from plot tables alone."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from analysis.plots.style import (
    INK,
    NULL_BAND,
    NULL_GREY,
    SMALLEST_TEXT,
    hues,
    markers,
    styled,
)

_TEXT_WIDTH = 44


@styled
def draw_topics(
    axes: Sequence[Axes],
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    authors: Mapping[str, str] | None = None,
    unrelated: float | None = None,
) -> Sequence[Axes]:
    """Return the two axes: each topic's share of each text, and how stable it is over seeds.

    Parameters
    ----------
    axes : two Axes
        Side by side, sharing the vertical axis: ``fig.subplots(1, 2, sharey=True)``.
    table : DataFrame
        ``TopicResult.plot_table()``: topic, terms, doc_id, share, stability, low, high.
    labels : mapping of str to str, optional
        What to call a text, by doc_id.
    authors : mapping of str to str, optional
        The author of each doc_id: texts of one author have one colour, told apart by markers.
    unrelated : float, optional
        The stability of topics of a shuffled corpus, drawn as a grey line.
    """
    shares, stability = axes
    topics = table.drop_duplicates("topic").sort_values("topic", kind="stable")
    heights = {topic: height for height, topic in enumerate(topics["topic"])}
    _draw_shares(shares, table, heights=heights, labels=labels or {}, authors=authors or {})
    _draw_stability(stability, topics, heights=heights, unrelated=unrelated)
    shares.set_yticks(
        range(len(topics)),
        [
            textwrap.fill(f"{topic}  {terms}", _TEXT_WIDTH)
            for topic, terms in zip(topics["topic"], topics["terms"], strict=True)
        ],
        fontsize=SMALLEST_TEXT,
    )
    for ax in axes:
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
    shares.set_ylim(len(topics) - 0.5, -0.5)
    return axes


def _draw_shares(
    ax: Axes,
    table: pd.DataFrame,
    *,
    heights: Mapping[int, int],
    labels: Mapping[str, str],
    authors: Mapping[str, str],
) -> None:
    """Draw one point a topic and text, the points of a topic on one grey line."""
    groups = [authors.get(text, text) for text in dict.fromkeys(table["doc_id"])]
    colours, shapes = hues(groups), markers(table["doc_id"])
    for topic, height in heights.items():
        shown = table.loc[table["topic"] == topic, "share"].dropna()
        if len(shown):
            ax.plot([shown.min(), shown.max()], [height, height], color=NULL_BAND, lw=2, zorder=1)
    for doc_id in dict.fromkeys(table["doc_id"]):
        rows = table[table["doc_id"] == doc_id]
        ax.scatter(
            rows["share"],
            [heights[topic] for topic in rows["topic"]],
            color=colours[authors.get(doc_id, doc_id)],
            marker=shapes[doc_id],
            s=22,
            lw=0,
            label=labels.get(doc_id, doc_id),
            zorder=2,
        )
    ax.set_xlim(left=0)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    ax.set_xlabel("Share of the text’s counted words")
    ax.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), borderaxespad=0.2, handletextpad=0.2)


def _draw_stability(
    ax: Axes, topics: pd.DataFrame, *, heights: Mapping[int, int], unrelated: float | None
) -> None:
    """Draw each topic's stability with its interval; a topic without one gets no point."""
    rows = [heights[topic] for topic in topics["topic"]]
    known = topics["low"].notna() & topics["high"].notna()
    ax.hlines(
        np.array(rows)[known.to_numpy()],
        topics.loc[known, "low"],
        topics.loc[known, "high"],
        color=NULL_GREY,
        lw=1.2,
    )
    ax.scatter(topics["stability"], rows, color=INK, s=16, lw=0, zorder=2)
    ax.set_xlim(min(0.0, float(topics["low"].min(skipna=True) or 0.0)), 1.0)
    if unrelated is not None:
        ax.axvline(unrelated, color=NULL_GREY, lw=0.8, ls=(0, (3, 2)))
        ax.annotate(
            "shuffled\ncorpus",
            (unrelated, 1.0),
            xycoords=("data", "axes fraction"),
            ha="center",
            va="bottom",
            fontsize=SMALLEST_TEXT,
            color=NULL_GREY,
        )
    ax.set_xlabel("Agreement of two runs\n(1 = same topic, 0 = unrelated)")

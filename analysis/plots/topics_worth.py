"""Figures of what topics are worth, drawn from plot tables alone."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.plots.style import (
    BAND_ALPHA,
    HUES,
    INK,
    NULL_BAND,
    NULL_GREY,
    SMALLEST_TEXT,
    styled,
)

_TEXT_WIDTH = 44
_KINDS = ("different groups", "same group", "within text", "random split")
_SPARE = 0.28


@styled
def draw_stability(ax: Axes, table: pd.DataFrame) -> Axes:
    """Return the axes with each topic's agreement over seeds and over blocks, beside shuffled text.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``StabilityResult.plot_table()``: topic, terms, stability, stability_low, stability_high,
        stable, block_agreement, block_low, block_high, bound, shuffled.
    """
    heights = np.arange(len(table), dtype=float)
    bound, shuffled = float(table["bound"].iloc[0]), float(table["shuffled"].iloc[0])
    if not np.isnan(bound):
        ax.axvspan(0, bound, color=NULL_BAND, lw=0, zorder=0, label="what shuffled text reaches")
        ax.axvline(shuffled, color=NULL_GREY, lw=0.8, ls=(0, (3, 2)), zorder=1, label="its mean")
    for offset, names, hue, label in (
        (-0.14, ("stability", "stability_low", "stability_high"), HUES[0], "two seeds"),
        (0.14, ("block_agreement", "block_low", "block_high"), HUES[1], "blocks drawn anew"),
    ):
        middle, low, high = (table[name].to_numpy() for name in names)
        if np.isnan(middle).all():
            continue
        ax.hlines(heights + offset, low, high, color=hue, lw=1.2)
        marker = "o" if offset < 0 else "s"
        ax.scatter(middle, heights + offset, color=hue, marker=marker, s=18, lw=0, label=label)
    ax.set_yticks(
        heights,
        [
            textwrap.fill(f"{topic}  {terms}", _TEXT_WIDTH)
            for topic, terms in zip(table["topic"], table["terms"], strict=True)
        ],
        fontsize=SMALLEST_TEXT,
    )
    rows_only(ax, n_rows=len(table))
    lowest = np.nanmin(table[["stability_low", "block_low"]].to_numpy(dtype=float), initial=0.0)
    ax.set_xlim(min(0.0, float(lowest)), 1.0)
    ax.set_xlabel("Agreement (1 = same topic, 0 = unrelated)")
    ax.legend(loc="upper right", bbox_to_anchor=(1.0, -0.16), ncols=4, handletextpad=0.4)
    return ax


@styled
def draw_runs(ax: Axes, table: pd.DataFrame) -> Axes:
    """Return the axes with a grid of topics by runs: dark where a run finds the topic.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``runs_table(topics)``: topic, terms, run, agreement.
    """
    wide = table.pivot(index="topic", columns="run", values="agreement")
    image = ax.pcolormesh(wide.to_numpy(), cmap="Greys", vmin=0, vmax=1, edgecolors="face", lw=0.2)
    terms = table.drop_duplicates("topic").set_index("topic")["terms"]
    ax.set_yticks(
        np.arange(len(wide)) + 0.5,
        [textwrap.fill(f"{topic}  {terms[topic]}", _TEXT_WIDTH) for topic in wide.index],
        fontsize=SMALLEST_TEXT,
    )
    ax.set_ylim(len(wide), 0)
    ax.set_xticks(np.arange(0, wide.shape[1], 5) + 0.5, [str(run) for run in wide.columns[::5]])
    ax.tick_params(length=0)
    ax.set_xlabel("Run")
    figure = ax.get_figure(root=True)
    if figure is not None:
        bar = figure.colorbar(image, ax=ax, shrink=0.8, pad=0.02)
        bar.set_label("Agreement with the consensus", fontsize=SMALLEST_TEXT)
        bar.outline.set_visible(False)
    return ax


@styled
def draw_contrast(
    ax: Axes,
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    groups: str = "groups",
) -> Axes:
    """Return the axes with the distance of every pair of stretches, a row a pair of texts.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``Contrast.plot_table()``: kind, text_a, text_b, distance.
    labels : mapping of str to str, optional
        What to call a text, by doc_id.
    groups : str
        What the groups are: ``authors``, ``translators`` ...
    """
    named = labels or {}
    colours = dict(zip(_KINDS, (HUES[1], HUES[0], INK, NULL_GREY), strict=True))
    keys = table[["kind", "text_a", "text_b"]].drop_duplicates()
    for height, (kind, one, other) in enumerate(keys.itertuples(index=False)):
        chosen = (table["kind"] == kind) & (table["text_a"] == one) & (table["text_b"] == other)
        values = table.loc[chosen, "distance"]
        ax.scatter(
            values,
            np.full(len(values), height),
            marker="|",
            s=70,
            lw=0.7,
            color=colours[kind],
            alpha=0.55,
        )
        ax.vlines(
            float(values.median()), height - _SPARE, height + _SPARE, color=colours[kind], lw=2
        )
    ax.set_yticks(
        range(len(keys)),
        [_pair(row, named=named, groups=groups) for row in keys.to_numpy().tolist()],
        fontsize=SMALLEST_TEXT,
    )
    rows_only(ax, n_rows=len(keys))
    ax.axvline(0, color=NULL_GREY, lw=0.8)
    ax.set_xlabel("Energy distance of topic shares between two stretches (0 = alike)")
    return ax


@styled
def draw_over_time(
    axes: Sequence[Axes], table: pd.DataFrame, *, group: str = "all", names: Mapping[int, str]
) -> Sequence[Axes]:
    """Return the axes, one a topic, with its share over narrated time.

    Parameters
    ----------
    axes : sequence of Axes
        As many as names.
    table : DataFrame
        ``TopicsOverTime.plot_table()``: group, topic, year, dates, share, low, high.
    group : str
        A text or ``all``.
    names : mapping of int to str
        What to call the topics that are drawn.
    """
    drawn = table[table["topic"].isin(names) & (table["group"] == group)]
    top = min(1.0, 1.05 * float(np.nanmax(drawn[["share", "high"]].to_numpy(dtype=float))))
    for ax, (topic, name) in zip(axes, names.items(), strict=True):
        rows = drawn[drawn["topic"] == topic]
        for dates, hue, style, label in (
            ("not carried", NULL_GREY, (0, (3, 2)), "without carried dates"),
            ("all", HUES[0], "solid", "all dated passages"),
        ):
            part = rows[rows["dates"] == dates].sort_values("year", kind="stable")
            ax.plot(part["year"], part["share"], color=hue, ls=style, marker="o", ms=3, label=label)
            if dates == "all":
                ax.fill_between(
                    part["year"], part["low"], part["high"], color=hue, alpha=BAND_ALPHA, lw=0
                )
        ax.set_title(textwrap.fill(name, 34), fontsize=SMALLEST_TEXT, fontweight="normal")
        ax.set_ylim(0, top)
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes[0].legend(loc="upper right")
    return axes


def rows_only(ax: Axes, *, n_rows: int) -> None:
    """Show rows from the top, without ticks or a line at their left."""
    ax.set_ylim(n_rows - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _pair(key: Sequence[str], *, named: Mapping[str, str], groups: str) -> str:
    """Return what two stretches are of."""
    kind, first, second = key
    one, other = named.get(first, first), named.get(second, second)
    if kind == "within text":
        return f"parts of {one}"
    if kind == "random split":
        return f"random halves of {one}"
    what = kind.replace("groups", groups).replace("group", groups.removesuffix("s"))
    return f"{one} – {other}\n({what})"

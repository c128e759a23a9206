"""Figures of what stands behind and beside sentiment scores, drawn from plot tables alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.labels import text_hue
from analysis.plots.style import HUES, INK, NULL_BAND, NULL_GREY, styled

POSITIVE, NEGATIVE = HUES[0], HUES[1]


@styled
def draw_agreement(
    ax: Axes, table: pd.DataFrame, *, labels: Mapping[str, str] | None = None
) -> Axes:
    """Return the axes with a heat map of rank correlations between lexicons, each written in.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``AgreementResult.plot_table()``: lexicon_a, lexicon_b, rho.
    labels : mapping of str to str, optional
        What to call a lexicon.
    """
    names = list(dict.fromkeys(table["lexicon_a"]))
    wide = table.pivot(index="lexicon_a", columns="lexicon_b", values="rho").loc[names, names]
    values = wide.to_numpy(dtype=float).copy()
    np.fill_diagonal(values, np.nan)
    ax.pcolormesh(np.ma.masked_invalid(values), cmap="Greys", vmin=0.0, vmax=2.0)
    ax.invert_yaxis()
    for row in range(len(names)):
        for column in range(len(names)):
            if row != column:
                text = "–" if np.isnan(values[row, column]) else f"{values[row, column]:.2f}"
                ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=INK)
    shown = [(labels or {}).get(name, name) for name in names]
    middles = np.arange(len(names)) + 0.5
    ax.set_xticks(middles, shown)
    ax.set_yticks(middles, shown)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


@styled
def draw_word_shift(
    ax: Axes, table: pd.DataFrame, *, n_words: int = 20, unit: str = "the lexicon’s unit"
) -> Axes:
    """Return the axes with the words that add most to a difference, largest at the top.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``WordShift.plot_table()``: term, n_target, n_reference, contribution.
    n_words : int
        How many words; the rest is added up in one grey bar.
    unit : str
        Of the contributions.
    """
    top, rest = table.iloc[:n_words], table.iloc[n_words:]
    heights = list(range(len(top)))
    colours = [POSITIVE if value > 0 else NEGATIVE for value in top["contribution"]]
    ax.barh(heights, top["contribution"], color=colours, height=0.7)
    for height, (_, row) in zip(heights, top.iterrows(), strict=True):
        right = row["contribution"] > 0
        more = row["share_target"] > row["share_reference"]
        ax.annotate(
            f"{row['term']} {'↑' if more else '↓'}",
            (row["contribution"], height),
            xytext=(3 if right else -3, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
        )
    if len(rest):
        ax.barh([len(top)], [rest["contribution"].sum()], color=NULL_GREY, height=0.7)
        ax.annotate(
            f"{len(rest)} further words",
            (max(rest["contribution"].sum(), 0.0), len(top)),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
        )
    ax.axvline(0, color=INK, lw=0.6)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.invert_yaxis()
    ax.margins(x=0.25)
    ax.set_xlabel(f"Part of the difference, in {unit}\n(↑ more of the word, ↓ less)")
    return ax


@styled
def draw_validation(
    ax: Axes, table: pd.DataFrame, *, labels: Mapping[str, str] | None = None
) -> Axes:
    """Return the axes with each lexicon's rank correlation with the readings, and the ceiling.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``ValidationResult.plot_table()``: lexicon, rho, low, high, ceiling.
    labels : mapping of str to str, optional
        What to call a lexicon.
    """
    ordered = table.sort_values("rho", kind="stable").reset_index(drop=True)
    heights = np.arange(len(ordered))
    ax.axvline(0, color=NULL_GREY, lw=0.8)
    ceiling = float(ordered["ceiling"].iloc[0])
    ax.axvline(ceiling, color=NULL_GREY, lw=0.8, ls="--")
    ax.annotate(
        f"ceiling of the readers {ceiling:.2f} ",
        (ceiling, -0.45),
        ha="right",
        va="center",
        color=INK,
    )
    ax.hlines(heights, ordered["low"], ordered["high"], color=POSITIVE, lw=1.6, alpha=0.5)
    ax.scatter(ordered["rho"], heights, s=18, color=POSITIVE, zorder=3)
    names = [(labels or {}).get(name, name) for name in ordered["lexicon"]]
    ax.set_yticks(heights, names)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(-0.9, len(ordered) - 0.5)
    ax.set_xlim(min(-0.1, float(ordered["low"].min()) - 0.05), 1.02)
    ax.set_xlabel("Rank correlation with the readings (1 = their order)")
    return ax


@styled
def draw_tone_of_persons(
    ax: Axes,
    table: pd.DataFrame,
    *,
    hue_of: Mapping[str, str],
    labels: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
    unit: str = "the lexicon’s unit",
) -> Axes:
    """Return the axes with the tone near each person against the author's other words.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        Rows of one lexicon of ``PersonsResult.plot_table()``: person, group, n_mentions,
        difference, low, high.
    hue_of : mapping of str to str
        The colour of each group.
    labels : mapping of str to str, optional
        What to call a person.
    order : sequence of str
        Persons from top to bottom; as in the table by default.
    unit : str
        Of the difference.

    Notes
    -----
    A hollow point has no interval: the person is named in too few places.
    """
    persons = list(order) or list(dict.fromkeys(table["person"]))
    groups = [group for group in hue_of if (table["group"] == group).any()]
    ax.axvline(0, color=NULL_GREY, lw=0.8)
    for place, person in enumerate(persons):
        if place % 2:
            ax.axhspan(place - 0.5, place + 0.5, color=NULL_BAND, alpha=0.35, lw=0)
        for number, group in enumerate(groups):
            rows = table[(table["person"] == person) & (table["group"] == group)]
            for _, row in rows.dropna(subset=["difference"]).iterrows():
                height = place + 0.24 * (number - (len(groups) - 1) / 2)
                sure = pd.notna(row["low"])
                ax.hlines(height, row["low"], row["high"], color=hue_of[group], lw=1.4)
                ax.scatter(
                    [row["difference"]],
                    [height],
                    s=16,
                    facecolor=hue_of[group] if sure else "white",
                    edgecolor=hue_of[group],
                    lw=0.9,
                    zorder=3,
                )
    counts = table.drop_duplicates(["person", "group"]).groupby("person")["n_mentions"].sum()
    names = [f"{(labels or {}).get(name, name)} ({counts[name]})" for name in persons]
    ax.set_yticks(range(len(persons)), names)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(persons) - 0.5, -1.3)
    for number, group in enumerate(groups):
        right = number % 2 == 1
        ax.text(
            0.98 if right else 0.02,
            -0.9,
            group,
            transform=ax.get_yaxis_transform(),
            ha="right" if right else "left",
            va="center",
            color=text_hue(hue_of[group]),
            # The line of the null runs behind the names.
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    ax.set_xlabel(f"Valence near a mention less elsewhere,\nin {unit} (higher = warmer)")
    return ax


@styled
def draw_calibration(ax: Axes, table: pd.DataFrame, *, hue: str = HUES[0]) -> Axes:
    """Return the axes with the readers' mean in each fifth of a lexicon's scores.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        One lexicon's rows of ``ValidationResult.calibration``: fifth, valence, low, high.
    hue : str
    """
    ax.axhline(0, color=NULL_GREY, lw=0.8)
    ax.vlines(table["fifth"], table["low"], table["high"], color=hue, lw=1.6, alpha=0.5)
    ax.scatter(table["fifth"], table["valence"], s=18, color=hue, zorder=3)
    ax.set_xticks(list(table["fifth"]))
    ax.set_xlabel("Fifth of the scores (5 = most positive)")
    ax.set_ylabel("Readers’ mean\n(-3 to 3)")
    return ax

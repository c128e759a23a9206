"""The figure of who is spoken of, drawn from a plot table alone."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import HUES, NULL_GREY, styled


@styled
def draw_spoken_of(
    ax: Axes,
    table: pd.DataFrame,
    *,
    group: str,
    hue: str = HUES[0],
    limit: float | None = None,
    note: str = "",
) -> Axes:
    """Return the axes with one bar a person: how often an author's and others' words name him.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``SpokenOf.plot_table()``; the persons stand in its order, the same in every group.
    group : str
        Which of its groups.
    hue : str
        Of the bars: the author's colour.
    limit : float, optional
        The right end of the axis, for panels side by side; the longest bar of the whole table, and
        room for its numbers, if not given.
    note : str
        What the figure does not show, written under the axis.

    Notes
    -----
    The full part of a bar is for the author's own words, the open part for those of others; beside
    it stand the mentions of both. A person who is never named in the group has no bar.
    """
    persons = list(dict.fromkeys(table["person_id"]))
    names = dict(zip(table["person_id"], table["name"], strict=True))
    heights = {person: height for height, person in enumerate(persons)}
    longest = float(table.groupby(["group", "person_id"])["per_1000_words"].sum().max())
    rows = table[table["group"] == group]
    behind = dict.fromkeys(persons, 0.0)
    counts: dict[str, list[str]] = {person: [] for person in persons}
    for whose, face in (("author", hue), ("others", "white")):
        part = rows[(rows["whose"] == whose) & (rows["n_mentions"] > 0)]
        ax.barh(
            [heights[person] for person in part["person_id"]],
            part["per_1000_words"],
            left=[behind[person] for person in part["person_id"]],
            height=0.62,
            color=face,
            edgecolor=hue,
            lw=0.7,
            label=whose,
        )
        for person, rate in zip(part["person_id"], part["per_1000_words"], strict=True):
            behind[person] += float(rate)
        for person, count in zip(
            *(rows.loc[rows["whose"] == whose, name] for name in ("person_id", "n_mentions")),
            strict=True,
        ):
            counts[person].append(str(count))
    for person, end in behind.items():
        if end > 0:
            ax.annotate(
                " + ".join(counts[person]),
                (end, heights[person]),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                fontsize=7.0,
            )
    ax.set_yticks(range(len(persons)), [names[person] for person in persons])
    ax.set_ylim(len(persons) - 0.4, -0.6)
    ax.set_xlim(0, limit if limit is not None else (longest * 1.2 if longest > 0 else 1.0))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_color(NULL_GREY)
    ax.set_title(group)
    ax.set_xlabel(
        "Mentions in 1,000 running words\n(full: the author’s own words + open: those of others)"
        + (f"\n{note}" if note else "")
    )
    return ax

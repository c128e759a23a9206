"""Figures of what is in a corpus, drawn from plot tables alone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import HUES, INK, NULL_GREY, link_points, styled

KINDS = {
    "the author’s own words": HUES[0],
    "his own, quoted from earlier texts": HUES[3],
    "other people’s words": HUES[1],
    "notes and headings": "#C4C4C4",
}
_RUNNING = ("body", "blockquote", "list")


def _kind(layer: str, *, voice: str) -> str:
    """Return under which of the four kinds the words of a layer and voice are drawn."""
    if layer not in _RUNNING:
        return "notes and headings"
    if voice == "author":
        return "the author’s own words"
    if voice == "author_earlier":
        return "his own, quoted from earlier texts"
    return "other people’s words"


@styled
def draw_words_by_voice(
    ax: Axes, table: pd.DataFrame, *, labels: Mapping[str, str] | None = None
) -> Axes:
    """Return the axes with one bar a text, its words divided by whose they are.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``WordsByVoice.plot_table()``.
    labels : mapping of str to str, optional
        What to call a text, by doc_id.
    """
    kinds = [
        _kind(layer, voice=voice)
        for layer, voice in zip(table["layer"], table["voice"], strict=True)
    ]
    words = table.assign(kind=kinds).groupby(["doc_id", "kind"], sort=False)["n_words"].sum()
    texts = list(dict.fromkeys(table["doc_id"]))
    widest = max(sum(words.get((doc_id, kind), 0) for kind in KINDS) for doc_id in texts)
    for height, doc_id in enumerate(texts):
        left = 0
        total = sum(words.get((doc_id, kind), 0) for kind in KINDS)
        for kind, hue in KINDS.items():
            width = int(words.get((doc_id, kind), 0))
            ax.barh(height, width, left=left, height=0.62, color=hue, edgecolor="white", lw=0.6)
            if width > 0.08 * widest:
                colour = INK if kind == "notes and headings" else "white"
                share = f"{100 * width / total:.0f} %"
                ax.text(left + width / 2, height, share, color=colour, ha="center", va="center")
            left += width
        ax.text(left + 0.01 * widest, height, f"{total:,} words", va="center", color=INK)
    ax.set_yticks(range(len(texts)), [(labels or {}).get(doc_id, doc_id) for doc_id in texts])
    ax.set_ylim(len(texts) - 0.4, -0.95)
    ax.set_xlim(0, 1.22 * widest)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("Running words, notes and headings included")
    for number, (kind, hue) in enumerate(KINDS.items()):
        ax.annotate(
            f"■ {kind}",
            xy=(0.0 if number % 2 == 0 else 0.5, 1.0 if number < 2 else 0.93),
            xycoords="axes fraction",
            color=hue if kind != "notes and headings" else "#7A7A7A",
            va="top",
        )
    return ax


@styled
def draw_dispersion(
    ax: Axes, table: pd.DataFrame, *, labels: Mapping[str, str] | None = None
) -> Axes:
    """Return the axes with a tick for every place of a word, a line a text, quotations apart.

    Parameters
    ----------
    ax : Axes
    table : DataFrame
        ``Dispersion.plot_table()``; every tick links to its place.
    labels : mapping of str to str, optional
        What to call a text, by doc_id.
    """
    texts = list(dict.fromkeys(table["doc_id"]))
    for height, doc_id in enumerate(texts):
        own = table[table["doc_id"] == doc_id]
        ax.plot([0, own["n_words"].iloc[0]], [height, height], color=NULL_GREY, lw=0.6, zorder=1)
        hits = own.dropna(subset=["position"])
        for authors, hue in ((True, HUES[0]), (False, HUES[1])):
            chosen = hits[(hits["voice"] == "author") == authors]
            ticks = ax.scatter(
                chosen["position"].astype(float),
                [height] * len(chosen),
                marker="|",
                s=110,
                lw=1.3,
                color=hue,
                zorder=2,
            )
            link_points(ticks, chosen["place"])
    ax.set_yticks(range(len(texts)), [(labels or {}).get(doc_id, doc_id) for doc_id in texts])
    ax.set_ylim(len(texts) - 0.4, -0.75)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("Running words from the text’s beginning")
    ax.set_xlim(-0.01 * float(table["n_words"].max()), None)
    for left, hue, words in (
        (0.0, HUES[0], "❘ the author’s words"),
        (0.27, HUES[1], "❘ quoted: other people, or his own older texts"),
    ):
        ax.annotate(words, xy=(left, 1), xycoords="axes fraction", color=hue, va="top")
    return ax

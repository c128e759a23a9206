"""Topic cards as a figure, drawn from the table of cards alone."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from analysis.plots.style import HUES, INK, NULL_GREY, SMALLEST_TEXT, hues, place_link, styled

CARD_MM = 32.0
"""Height of a card."""

_WIDTH = 78
_LINE = 9.2
_PLAIN: dict[str, Any] = {"fontsize": SMALLEST_TEXT, "color": INK}
_SHARE = re.compile(r"(?P<doc>\S+) (?P<percent>\d+)%")


@styled
def draw_cards(
    axes: Sequence[Sequence[Axes]],
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    authors: Mapping[str, str] | None = None,
) -> Sequence[Sequence[Axes]]:
    """Return the axes with a card a topic: its words and passages, and its share of each text.

    Parameters
    ----------
    axes : rows of two Axes
        A row a topic: ``figure("double", height_mm=...).subplots(n, 2, width_ratios=[2, 1])``, of
        `CARD_MM` each.
    table : DataFrame
        The cards (``topic_cards``). The places of a card are links in the SVG.
    labels : mapping of str to str, optional
        What to call a text, by doc_id.
    authors : mapping of str to str, optional
        The author of each doc_id: texts of one author have one colour.
    """
    widest = max(
        (share for one in table["shares_by_text"] for share in shares_of(one).values()), default=0.0
    )
    for (words, bars), card in zip(axes, table.to_dict("records"), strict=True):
        _write(words, card)
        _draw_shares(bars, shares_of(card["shares_by_text"]), labels=labels, authors=authors)
        bars.set_xlim(0, 1.25 * widest or 1.0)
    for bars in [row[1] for row in axes][:-1]:
        bars.set_xticklabels([])
    axes[-1][1].set_xlabel("Share of the text’s counted words")
    return axes


def shares_of(written: str) -> dict[str, float]:
    """Return the shares of a card by text, from ``doc_id 12%; ...``; without texts of no words."""
    return {one["doc"]: int(one["percent"]) / 100 for one in _SHARE.finditer(written)}


def said_stability(card: Mapping[Any, Any]) -> str:
    """Return in words how well a topic comes back, and whether shuffled text does not."""
    if pd.isna(card["stability"]):
        return "Stability: not known from one run or one topic"
    said = f"Agreement of two runs {card['stability']:.2f}"
    if not pd.isna(card["low"]):
        said += f" ({card['low']:.2f} to {card['high']:.2f} over seeds)"
    # Where it is not, a caution says so.
    stable = not pd.isna(card["stable"]) and bool(card["stable"])
    return f"{said}: beyond shuffled text" if stable else said


def _write(ax: Axes, card: Mapping[Any, Any]) -> None:
    """Write the words of a card from the top of its axes down."""
    ax.set_axis_off()
    for number, (line, settings) in enumerate(_lines(card)):
        ax.annotate(
            line,
            (0.0, 1.0),
            xycoords="axes fraction",
            xytext=(0, -_LINE * number),
            textcoords="offset points",
            va="top",
            **settings,
        )


def _lines(card: Mapping[Any, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the lines of a card, each with how it is set."""
    name = "without a name" if pd.isna(card["name"]) else card["name"]
    yield f"{card['topic']}  {name}", {**_PLAIN, "fontweight": "bold"}
    for what in (
        f"Probable: {card['terms']}",
        f"Its own: {card['frex_terms']}",
        said_stability(card),
    ):
        for line in textwrap.wrap(what, _WIDTH):
            yield line, _PLAIN
    if card["cautions"]:
        for line in textwrap.wrap(f"Caution: {card['cautions']}", _WIDTH):
            yield line, {**_PLAIN, "color": HUES[1]}
    places = [card[f"place_{number}"] for number in (1, 2, 3)]
    for place in places:
        if not pd.isna(place):
            yield f"Read {place}", {**_PLAIN, "color": HUES[0], "url": place_link(place)}


def _draw_shares(
    ax: Axes,
    shares: Mapping[str, float],
    *,
    labels: Mapping[str, str] | None,
    authors: Mapping[str, str] | None,
) -> None:
    """Draw a bar a text, with its value."""
    by_author = authors or {}
    colours = hues([by_author.get(text, text) for text in shares])
    for height, (text, share) in enumerate(shares.items()):
        ax.barh(height, share, height=0.62, color=colours[by_author.get(text, text)])
        ax.annotate(
            f"{share:.0%}",
            (share, height),
            xytext=(2, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALLEST_TEXT,
        )
    ax.set_yticks(
        range(len(shares)),
        [(labels or {}).get(text, text) for text in shares],
        fontsize=SMALLEST_TEXT,
    )
    ax.set_ylim(len(shares) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_color(NULL_GREY)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))

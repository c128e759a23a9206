"""How every figure looks: sizes, type, colours, and the links of its points.

Nothing here touches the global settings of matplotlib: `house_style` is a context, and figures are
made without pyplot. Widths are those of journals, in millimetres: 89 for one column, 183 for two.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar
from urllib.parse import quote

import matplotlib as mpl
import pandas as pd
from cycler import cycler
from matplotlib.figure import Figure

from analysis.errors import InputError

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")

WIDTHS_MM: Mapping[str, float] = MappingProxyType({"single": 89.0, "double": 183.0})
MM_PER_INCH = 25.4
MM_PER_LETTER = 2.05
"""The width of an average letter of a title, with some room."""
MAX_HEIGHT_MM = 247.0

FONT = "DejaVu Sans"
"""The typeface that matplotlib carries with it, so that every machine draws the same letters."""

SMALLEST_TEXT = 7.0
"""Points: no text of a figure is smaller at its final size."""

HUES = ("#004488", "#B8433A", "#C98F12", "#6DB9E8")
"""At most four hues, told apart in colour-blindness and, by their lightness, in greyscale."""

MARKERS = ("o", "s", "^", "D")
FURTHER_HUE = "#6B6B6B"
"""What comes after the fourth hue: small multiples are due there."""

NULL_GREY = "#8A8A8A"
"""Lines and points of a null, a floor or a baseline."""

NULL_BAND = "#DEDEDE"
"""The area that a null covers."""

INK = "#1A1A1A"
BAND_ALPHA = 0.22
"""Opacity of an interval, in the hue of its line."""

HOUSE: Mapping[Any, Any] = MappingProxyType(
    {
        "axes.axisbelow": True,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "axes.labelsize": 8.0,
        "axes.linewidth": 0.6,
        "axes.prop_cycle": cycler(color=HUES),
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 8.5,
        "axes.titlepad": 5.0,
        "axes.titleweight": "bold",
        "figure.constrained_layout.h_pad": 0.03,
        "figure.constrained_layout.w_pad": 0.03,
        "figure.dpi": 100.0,
        "figure.labelsize": 8.0,
        "figure.titlesize": 9.0,
        "figure.titleweight": "bold",
        "font.family": [FONT],
        "font.size": 7.5,
        "grid.color": "#E6E6E6",
        "grid.linewidth": 0.5,
        "legend.fontsize": 7.5,
        "legend.frameon": False,
        "lines.linewidth": 1.2,
        "lines.markersize": 4.0,
        "mathtext.fontset": "dejavusans",
        "pdf.compression": 0,
        "pdf.fonttype": 42,
        "savefig.dpi": 300.0,
        "svg.fonttype": "none",
        "svg.hashsalt": "witness",
        "text.color": INK,
        "xtick.color": INK,
        "xtick.labelsize": 7.5,
        "xtick.major.size": 2.5,
        "xtick.major.width": 0.6,
        "ytick.color": INK,
        "ytick.labelsize": 7.5,
        "ytick.major.size": 2.5,
        "ytick.major.width": 0.6,
    }
)
"""What departs from matplotlib's own defaults."""


@contextmanager
def house_style() -> Iterator[None]:
    """Apply matplotlib's own defaults and the style of the house; leave the user's as they were."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(HOUSE)
        yield


def styled(plot: Callable[Parameters, Returned]) -> Callable[Parameters, Returned]:
    """Return the plot function as it is, but drawn in the style of the house (a decorator)."""

    @functools.wraps(plot)
    def in_style(*args: Parameters.args, **settings: Parameters.kwargs) -> Returned:
        with house_style():
            return plot(*args, **settings)

    return in_style


def figure(
    width: Literal["single", "double"] = "single", *, height_mm: float | None = None
) -> Figure:
    """Return an empty figure of the house's size and style, with constrained layout.

    No pyplot state: axes come from ``fig.subplots()``, and nothing is shown or kept open.

    Parameters
    ----------
    width : {"single", "double"}
        89 mm, one column of a journal, or 183 mm, two.
    height_mm : float, optional
        Height in millimetres, at most 247 (a page); five eighths of the width if not given.

    Raises
    ------
    InputError
        If there is no such width, or the height is not on a page.
    """
    if width not in WIDTHS_MM:
        raise InputError(f"There is no width {width!r}: use one of {', '.join(WIDTHS_MM)}.")
    width_mm = WIDTHS_MM[width]
    height_mm = width_mm * 0.625 if height_mm is None else height_mm
    if not 0 < height_mm <= MAX_HEIGHT_MM:
        raise InputError(
            f"A height of {height_mm} mm is not on a page: use more than 0, "
            f"at most {MAX_HEIGHT_MM:.0f}."
        )
    with house_style():
        fig = HouseFigure(
            figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), layout="constrained"
        )
    return fig


class HouseFigure(Figure):
    """A figure whose axes are made in the style of the house, whatever the user's settings."""

    @styled
    def add_subplot(self, *args: Any, **settings: Any) -> Any:
        """Return new axes, as `matplotlib.figure.Figure.add_subplot`."""
        return super().add_subplot(*args, **settings)

    @styled
    def suptitle(self, *args: Any, **settings: Any) -> Any:
        """Return the figure's title, as `matplotlib.figure.Figure.suptitle`."""
        return super().suptitle(*args, **settings)


@styled
def headline(ax: Axes, sentence: str) -> None:
    """Set the sentence that a reader should say as the title of the axes, at their left edge.

    It is broken into lines of the figure's width.
    """
    fig = ax.get_figure(root=True)
    width_mm = WIDTHS_MM["single"] if fig is None else fig.get_size_inches()[0] * MM_PER_INCH
    n_letters = max(20, int(width_mm / MM_PER_LETTER))
    ax.set_title("\n".join(textwrap.wrap(sentence, n_letters)), loc="left")


def hues(groups: Sequence[Any] | pd.Series, *, order: Sequence[str] = ()) -> dict[str, str]:
    """Return the colour of each group: hues by order, never by name; grey beyond the fourth.

    Parameters
    ----------
    groups : sequence or Series
        Such as the column ``author`` of a plot table. The order is that of first appearance, or
        that of the categories where the column is categorical.
    order : sequence of str, optional
        All groups of the corpus in order. Give it where a figure shows some of them only, so that
        an author keeps one colour everywhere.
    """
    return dict(zip(_ordered(groups, order=order), chain(HUES, repeat(FURTHER_HUE)), strict=False))


def markers(groups: Sequence[Any] | pd.Series, *, order: Sequence[str] = ()) -> dict[str, str]:
    """Return the marker of each group, in the order of `hues`; ``o`` beyond the fourth."""
    return dict(zip(_ordered(groups, order=order), chain(MARKERS, repeat("o")), strict=False))


def link_points(artist: Artist, places: Sequence[Any] | pd.Series) -> None:
    """Make each point of a collection a link to its place in the reading room.

    Parameters
    ----------
    artist : Artist
        What ``ax.scatter`` (or another collection) returned. A line from ``ax.plot`` has one link
        for all its points: draw points that stand for passages with ``scatter``.
    places : sequence or Series
        The column ``place`` of the plot table, in the order of the points; empty ones get no link.

    Raises
    ------
    InputError
        If the artist is not a collection.
    """
    if not hasattr(artist, "set_urls"):
        raise InputError(
            f"A {type(artist).__name__} cannot carry a link a point; draw the points with scatter."
        )
    artist.set_urls([None if pd.isna(place) else place_link(str(place)) for place in places])


def place_link(place: str) -> str:
    """Return the link to a place, such as ``doc@12-90``, relative to the folder of the figures."""
    doc_id = place.split("@", 1)[0]
    return f"reading-room/{quote(doc_id)}.html#{quote(place, safe='@')}"


def _ordered(groups: Sequence[Any] | pd.Series, *, order: Sequence[str]) -> list[str]:
    """Return the groups once each: the order given, the categories, or by first appearance."""
    if order:
        return list(dict.fromkeys(order))
    series = pd.Series(groups)
    if isinstance(series.dtype, pd.CategoricalDtype):
        return list(series.cat.categories)
    return list(dict.fromkeys(series.dropna()))

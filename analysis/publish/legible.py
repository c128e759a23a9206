"""What would be hard to read in a figure at its printed size."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.plots.style import SMALLEST_TEXT, house_style

# Less than this share of the smaller text may lie under the other: boxes are larger than letters.
_OVERLAP = 0.12
# Points: what a text may stand out of the page before letters are cut.
_MARGIN = 0.75
# Of the size of the type: how far the box of a line reaches below its letters without tails.
_DESCENT = 0.25


def remarks_on(figure: Figure) -> tuple[str, ...]:
    """Return a sentence for each text that is too small, cut by the edge, or over another text.

    Only what is drawn counts: labels of ticks outside the axes do not. Turned text is taken by its
    upright box; text at an angle that is no right angle is not compared with others.
    """
    dpi = 72.0
    before = figure.get_dpi()
    figure.set_dpi(dpi)
    try:
        with house_style():
            width, height = (figure.get_size_inches() * dpi).tolist()
            pen = _TextCollector(width, height, dpi)
            figure.draw(pen)
    finally:
        figure.set_dpi(before)
    return (*_small(pen.seen), *_cut(pen.seen, page=Bbox([[0, 0], [width, height]])), *_over(pen))


class _TextCollector(RendererAgg):
    """Draws as usual and remembers where each text went."""

    def __init__(self, *size: float) -> None:
        super().__init__(*size)  # type: ignore[no-untyped-call]
        self.seen: list[tuple[Text, Bbox]] = []

    def draw_text(self, *args: Any, **settings: Any) -> None:
        """Remember the text, then draw it."""
        artist = settings.get("mtext") or args[-1]
        if isinstance(artist, Text) and artist.get_text().strip():
            self.seen.append((artist, artist.get_window_extent(self)))
        super().draw_text(*args, **settings)  # type: ignore[no-untyped-call]


def _small(seen: list[tuple[Text, Bbox]]) -> list[str]:
    """Return a sentence for each text below the smallest size."""
    return [
        f"{_quoted(text)} is {float(text.get_fontsize()):.1f} points high, "
        f"under {SMALLEST_TEXT:.0f}"
        for text, _ in _once(seen)
        if float(text.get_fontsize()) < SMALLEST_TEXT
    ]


def _cut(seen: list[tuple[Text, Bbox]], *, page: Bbox) -> list[str]:
    """Return a sentence for each text that reaches over the edge of the figure."""
    return [
        f"{_quoted(text)} reaches over the edge"
        for text, box in _once(seen)
        if box.x0 < page.x0 - _MARGIN
        or box.y0 < page.y0 - _MARGIN - _DESCENT * float(text.get_fontsize())
        or box.x1 > page.x1 + _MARGIN
        or box.y1 > page.y1 + _MARGIN
    ]


def _over(pen: _TextCollector) -> list[str]:
    """Return a sentence for each pair of texts that lie over each other."""
    upright = [(text, box) for text, box in _once(pen.seen) if text.get_rotation() % 90 == 0]
    return [
        f"{_quoted(one)} and {_quoted(other)} lie over each other"
        for (one, first), (other, second) in combinations(upright, 2)
        if _shared(first, second) > _OVERLAP
    ]


def _once(seen: list[tuple[Text, Bbox]]) -> list[tuple[Text, Bbox]]:
    """Return each text once: one of several lines is drawn line by line."""
    return list({id(text): (text, box) for text, box in seen}.values())


def _shared(first: Bbox, second: Bbox) -> float:
    """Return the share of the smaller box that lies in the other."""
    common = Bbox.intersection(first, second)
    smaller = min(first.width * first.height, second.width * second.height)
    return 0.0 if common is None or smaller <= 0 else common.width * common.height / smaller


def _quoted(text: Text) -> str:
    """Return the beginning of a text in quotation marks."""
    words = " ".join(text.get_text().split())
    return f"“{words[:30]}…”" if len(words) > 31 else f"“{words}”"

"""A figure as the bytes of an SVG, a PDF and a PNG, the same each time it is drawn.

Drawing starts from matplotlib's own defaults and the style of the house, never from the user's
settings. The layout is found once and kept for the three files. No file holds a clock, a machine,
a path or a version of a library: these are in the provenance beside it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.plots.style import house_style
from analysis.publish.legible import remarks_on
from analysis.publish.record import DPI

MAKER = "Witness"

# What the SVG writer of matplotlib makes of a link: by default it opens a new tab for each point.
_LINK = re.compile(r'<a xlink:href="([^"]*)" target="_blank">(.*?)</a>', re.DOTALL)
_PLACE_LINK = re.compile(r"reading-room/(?P<doc>[^/]+)\.html#(?P<place>.+)")
# What it names by a hash of unrounded positions, whose last digit differs between processors.
_HASHED = re.compile(r'\bid="([A-Za-z]*?(?:[0-9a-f]+_[0-9a-f]+_)?[0-9a-f]{10})"')
# No simple fraction of a whole number of pixels makes this a half.
_OFF_PIXEL = 0.2137


@dataclass(frozen=True, kw_only=True, slots=True)
class Imprint:
    """What a figure's files say of themselves.

    `corpus` is the digest of the corpus, `parameters` and `seed` are JSON, `authors` and `citation`
    are plain text.
    """

    name: str
    title: str
    caption: str
    alt: str
    corpus: str
    parameters: str
    seed: str
    citation: str
    authors: str

    @property
    def keywords(self) -> tuple[str, ...]:
        """Return what has no place of its own in the formats' metadata."""
        return (
            f"figure: {self.name}",
            f"corpus: sha256 {self.corpus}",
            f"parameters: {self.parameters}",
            f"seed: {self.seed}",
        )


def draw(
    figure: Figure, imprint: Imprint, *, opened: Collection[str]
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the figure's files by format, ``svg``, ``pdf`` and ``png``, and what is hard to read.

    Parameters
    ----------
    figure : Figure
        As large as it shall be printed. It is left as it was but for the place of its parts.
    imprint : Imprint
        What the files say of themselves.
    opened : collection of str
        The texts that the reading room opens for this figure. Points link to no other.
    """
    with house_style(), _laid_out(figure):
        svg = _print(
            figure,
            "svg",
            metadata={
                "Title": imprint.title,
                "Description": imprint.caption,
                "Identifier": imprint.name,
                "Source": f"corpus sha256 {imprint.corpus}",
                "Relation": imprint.citation,
                "Keywords": list(imprint.keywords),
                "Creator": MAKER,
                "Publisher": imprint.authors or None,
                "Date": None,
            },
        )
        pdf = _print(
            figure,
            "pdf",
            metadata={
                "Title": imprint.title,
                "Author": imprint.authors or None,
                "Subject": imprint.caption,
                "Keywords": "; ".join((*imprint.keywords, f"citation: {imprint.citation}")),
                "Creator": MAKER,
                "Producer": "Matplotlib",
                "CreationDate": None,
                "ModDate": None,
            },
        )
        png = _print(
            figure,
            "png",
            metadata={
                "Title": imprint.title,
                "Author": imprint.authors or None,
                "Description": imprint.caption,
                "Source": "; ".join(imprint.keywords),
                "Comment": imprint.citation,
                "Software": MAKER,
            },
        )
        remarks = remarks_on(figure)
    files = {"svg": _finished(svg, imprint=imprint, opened=opened), "pdf": pdf, "png": png}
    return files, remarks


@contextmanager
def _laid_out(figure: Figure) -> Iterator[None]:
    """Find the place of every part at the final resolution, and keep it while drawing."""
    engine, dpi = figure.get_layout_engine(), figure.get_dpi()
    in_layout = {ax: ax.get_in_layout() for ax in figure.axes}
    figure.set_dpi(DPI)
    try:
        # The ticks depend on the size that the first pass gives the axes.
        for _ in range(2):
            figure.draw_without_rendering()
        figure.set_layout_engine("none")
        for ax in figure.axes:
            if ax.get_axes_locator() is None:
                ax.set_position(_on_grid(ax.get_position(original=True), figure=figure))
        yield
    finally:
        figure.set_dpi(dpi)
        figure.set_layout_engine(engine)
        for ax, kept in in_layout.items():
            ax.set_in_layout(kept)


def _on_grid(box: Bbox, *, figure: Figure) -> Bbox:
    """Return the box with its edges moved by less than a pixel, to `_OFF_PIXEL` behind a whole one.

    Processors differ in the last digit of a position. An edge or a tick that lies on the line
    between two pixels would be drawn to one side here and to the other there.
    """
    pixels = figure.get_size_inches() * DPI
    edges = box.get_points() * pixels
    return Bbox((edges.round() + _OFF_PIXEL) / pixels)


def _print(figure: Figure, form: str, *, metadata: dict[str, str | list[str] | None]) -> bytes:
    """Return the figure's bytes in a format; metadata that is None is left out."""
    stream = io.BytesIO()
    dated = {"Date", "CreationDate", "ModDate"}
    kept = {key: value for key, value in metadata.items() if value is not None or key in dated}
    figure.savefig(stream, format=form, dpi=DPI, metadata=kept)
    return stream.getvalue()


def _finished(content: bytes, *, imprint: Imprint, opened: Collection[str]) -> bytes:
    """Return the SVG with its alt text, and with links that open in place, to what is shown."""

    def link(found: re.Match[str]) -> str:
        target, inside = unescape(found[1]), found[2]
        place = _PLACE_LINK.fullmatch(target)
        if place is None:
            return f'<a xlink:href="{found[1]}" target="_top">{inside}</a>'
        if unquote(place["doc"]) not in opened:
            return inside
        label = escape(unquote(place["place"]))
        return f'<a xlink:href="{found[1]}" target="_top" aria-label="{label}">{inside}</a>'

    text = _LINK.sub(link, content.decode("utf-8"))
    for number, name in enumerate(dict.fromkeys(_HASHED.findall(text)), 1):
        text = re.sub(rf'(?<=[#"]){name}(?=[")])', f"part-{number}", text)
    about = f"</title>\n <desc>{escape(imprint.alt, quote=False)}</desc>\n"
    return text.replace("</title>\n", about, 1).encode("utf-8")

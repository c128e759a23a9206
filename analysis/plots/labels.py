"""Names written beside what they name, instead of a legend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from matplotlib.colors import to_hex, to_rgb

from analysis.plots.style import FONT, INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

READABLE_CONTRAST = 4.5
"""Of text on white, after WCAG 2.1, level AA."""


def label_ends(ax: Axes, ends: Mapping[str, tuple[float, str]], *, size: float = 7.5) -> None:
    """Write each line's name at its right end, in its colour, moved apart where they would touch.

    Parameters
    ----------
    ax : Axes
        Its vertical limits are taken as they are: set them before.
    ends : mapping
        From the name to the height of the line's end in the axes' units, and its colour.
    size : float
        Points.
    """
    heights = _apart(ax, {name: height for name, (height, _) in ends.items()}, size=size)
    for name, fraction in heights.items():
        ax.annotate(
            name,
            xy=(1.0, fraction),
            xycoords="axes fraction",
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            fontsize=size,
            fontfamily=FONT,
            color=text_hue(ends[name][1]),
            annotation_clip=False,
        )


def _apart(ax: Axes, ends: Mapping[str, float], *, size: float) -> dict[str, float]:
    """Return heights in fractions of the axes, at least a line of text from each other."""
    to_axes = ax.transData + ax.transAxes.inverted()
    wanted = {name: float(to_axes.transform((0.0, height))[1]) for name, height in ends.items()}
    points = ax.get_window_extent().height * 72.0 / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    gap = 1.25 * size / points
    placed: dict[str, float] = {}
    floor = -1.0
    for name in sorted(wanted, key=lambda name: (wanted[name], name)):
        placed[name] = floor = max(wanted[name], floor + gap)
    # What was pushed over the top comes down again, and pushes the ones below it.
    ceiling = 1.0 + gap / 2
    for name in reversed(placed):
        placed[name] = ceiling = min(placed[name], ceiling)
        ceiling -= gap
    return placed


def text_hue(hue: str) -> str:
    """Return the hue, darkened as far as text on white needs (`READABLE_CONTRAST`)."""
    red, green, blue = to_rgb(hue)
    for step in range(21):
        keep = 1.0 - step / 20
        shade = (red * keep, green * keep, blue * keep)
        if 1.05 / (_luminance(shade) + 0.05) >= READABLE_CONTRAST:
            return to_hex(shade)
    return INK


def _luminance(colour: tuple[float, float, float]) -> float:
    """Return the relative luminance of an sRGB colour, 0 to 1 (WCAG 2.1)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

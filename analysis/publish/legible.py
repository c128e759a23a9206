"""What would be hard to read in a figure at its printed size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.plots.style import SMALLEST_TEXT, house_style

# Less than this share of the smaller line may lie under the other: boxes are larger than letters.
_OVERLAP = 0.12
# Points: what a line may stand out of the page before letters are cut.
_MARGIN = 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """A line of text as it was drawn: its words, its size in points, its angle, its box."""

    words: str
    size: float
    angle: float
    box: Bbox

    def quoted(self) -> str:
        """Return the beginning of the line in quotation marks."""
        return f"“{self.words[:30]}…”" if len(self.words) > 31 else f"“{self.words}”"


def remarks_on(figure: Figure) -> tuple[str, ...]:
    """Return a sentence for each line that is too small, cut by the edge, or over another one.

    Only what is drawn counts: labels of ticks outside the axes do not. A line at an angle that is
    no right angle is not compared with others.
    """
    dpi = figure.get_dpi()
    width, height = (figure.get_size_inches() * dpi).tolist()
    with house_style():
        pen = _LineCollector(width, height, dpi)
        figure.draw(pen)
    margin = _MARGIN * dpi / 72
    page = Bbox([[-margin, -margin], [width + margin, height + margin]])
    upright = [line for line in pen.lines if line.angle % 90 == 0]
    found = [
        *(
            f"{line.quoted()} is {line.size:.1f} points high, under {SMALLEST_TEXT:.0f}"
            for line in pen.lines
            if line.size < SMALLEST_TEXT
        ),
        *(
            f"{line.quoted()} reaches over the edge"
            for line in pen.lines
            if not (page.x0 <= line.box.x0 <= line.box.x1 <= page.x1)
            or not (page.y0 <= line.box.y0 <= line.box.y1 <= page.y1)
        ),
        *(
            f"{one.quoted()} and {other.quoted()} lie over each other"
            for one, other in combinations(upright, 2)
            if _shared(one.box, other.box) > _OVERLAP
        ),
    ]
    return tuple(dict.fromkeys(found))


class _LineCollector(RendererAgg):
    """Draws as usual and remembers where each line of text went."""

    def __init__(self, *size: float) -> None:
        super().__init__(*size)  # type: ignore[no-untyped-call]
        self.lines: list[_Line] = []

    def draw_text(self, *args: Any, **settings: Any) -> None:
        """Remember the line, then draw it."""
        _, x, y, words, font, angle = args[:6]
        if words.strip():
            width, height, descent = self.get_text_width_height_descent(  # type: ignore[no-untyped-call]
                words, font, settings.get("ismath", False)
            )
            # The height counts from above; the line turns round the left end of its base.
            turn = math.radians(angle)
            corners = [
                (
                    x + right * math.cos(turn) - up * math.sin(turn),
                    y - right * math.sin(turn) - up * math.cos(turn),
                )
                for right in (0.0, width)
                for up in (-descent, height - descent)
            ]
            box = Bbox(
                [
                    [min(x for x, _ in corners), min(y for _, y in corners)],
                    [max(x for x, _ in corners), max(y for _, y in corners)],
                ]
            )
            size = float(font.get_size_in_points())
            line = _Line(words=" ".join(words.split()), size=size, angle=angle, box=box)
            self.lines.append(line)
        super().draw_text(*args, **settings)  # type: ignore[no-untyped-call]


def _shared(first: Bbox, second: Bbox) -> float:
    """Return the share of the smaller box that lies in the other."""
    common = Bbox.intersection(first, second)
    smaller = min(first.width * first.height, second.width * second.height)
    return 0.0 if common is None or smaller <= 0 else common.width * common.height / smaller

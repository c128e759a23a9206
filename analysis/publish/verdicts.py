"""What making the figures again showed, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.publish.reading_room.shell import ROOM

Level = Literal["identical", "pages", "record", "file", "drawing", "data", "not made"]

_SAID = {
    "pages": "pages differ",
    "identical": "data, drawing and files identical",
    "record": "data, drawing and files identical, provenance differs",
    "file": "data and drawing identical",
    "drawing": "data identical",
    "data": "data differ",
    "not made": "not made again",
}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What making a figure again showed: down to which level it is the same, and why it is not.

    Levels, from the outside: ``file`` (metadata differ; data and drawing are the same),
    ``drawing`` (the values are the same), ``data``. ``record``: the figure's files are the same,
    and what is said of them is not. ``not made``: it could not be made again.
    """

    name: str
    level: Level
    reason: str = ""

    @property
    def proved(self) -> bool:
        """Return whether the figure that was made again is the same in all bytes."""
        return self.level == "identical"

    def line(self) -> str:
        """Return the figure's line for a terminal; it begins with its name."""
        return f"{self.name}: {', '.join(filter(None, [self.reason, _SAID[self.level]]))}"


@dataclass(frozen=True, kw_only=True)
class Verified:
    """The verdict on every figure that was asked for.

    `notes` tell how results that were made anew on another kind of machine compare with kept ones.
    """

    figures: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """Return 0 if every figure is proved, else 1."""
        return 0 if all(one.proved for one in self.figures) else 1

    def lines(self) -> list[str]:
        """Return a line for each figure that differs or whose inputs do, and the count."""
        lines = [one.line() for one in self.figures if one.reason or not one.proved]
        figures = [one for one in self.figures if one.name != ROOM]
        proved = sum(one.proved for one in figures)
        return [
            *lines,
            *self.notes,
            f"{proved} of {len(figures)} figures made again are identical.",
        ]

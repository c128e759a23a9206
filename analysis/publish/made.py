"""What a run of the notebooks made, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.publish.plan import Planned
from analysis.publish.reading_room.shell import ROOM
from analysis.publish.record import FIGURES

Outcome = Literal["identical", "changed", "mended", "new", "removed"]


@dataclass(frozen=True, kw_only=True)
class FigureMade:
    """A figure that a run made, and how it compares with what was there.

    ``identical``: with the files that were there, as in the repository; ``mended``: those were
    edited or deleted by hand; ``removed``: its notebook makes it no more.
    """

    name: str
    outcome: Outcome
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a run did: the notebooks that ran, with the reasons, and the figures that they made.

    `pages` are those of the reading room that were written; `lost` are places that figures name
    and no text has.
    """

    ran: tuple[Planned, ...]
    fresh: tuple[Planned, ...]
    figures: tuple[FigureMade, ...]
    pages: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return a line for each thing that would be hard to read in a figure."""
        remarks = [f"{one.name}: {remark}" for one in self.figures for remark in one.remarks]
        return (
            *remarks,
            *(f"{place}: a figure names it and no text has it" for place in self.lost),
        )

    def lines(self) -> list[str]:
        """Return the summary for a terminal."""
        lines = []
        for one in self.ran:
            shown, more = one.reasons[:3], len(one.reasons) - 3
            why = "; ".join(shown) + (f"; and {more} more" if more > 0 else "")
            if one.reworded:
                why += "; only in words, so that figures which stay the same are not drawn again"
            lines.append(f"{one.inputs.notebook}: {why}")
        lines += [
            f"  {one.name}: {one.outcome}" for one in self.figures if one.outcome != "identical"
        ]
        count = sum(one.outcome != "removed" for one in self.figures)
        same = sum(one.outcome == "identical" for one in self.figures)
        if count:
            lines.append(
                f"{_counted(count, 'figure')} made, {same} identical with those that were there."
            )
        if self.pages:
            lines.append(f"{FIGURES}/{ROOM}: {_counted(len(self.pages), 'page')} written.")
        waiting = sum(len(one.figures) for one in self.fresh)
        if waiting or not lines:
            lines.append(f"{_counted(waiting, 'figure')} up to date in {FIGURES}/.")
        return lines


def _counted(number: int, what: str) -> str:
    """Return a number with its noun."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"

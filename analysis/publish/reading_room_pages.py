"""The reading room as static pages: every figure, and every text with layers, voices and edits.

Pages need no server and no script, and ask for nothing outside the folder of the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.edition.corpus import Corpus


@dataclass(frozen=True, kw_only=True)
class ReadingRoom:
    """The pages of a reading room by name, and the places of figures that are in no text.

    `written` are the pages that were not there yet, or not the same.
    """

    pages: dict[str, bytes]
    lost: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


def write_reading_room(root: Path, *, corpus: Corpus | None = None) -> ReadingRoom:
    """Return the reading room after writing it to ``figures/reading-room/``.

    The same corpus, figures and version give the same bytes. Each page is written whole, and only
    where it is not there yet or not the same; pages of texts that the corpus has no more go.

    Parameters
    ----------
    root : Path
        The project.
    corpus : Corpus, optional
        If it has been read.
    """
    raise NotImplementedError

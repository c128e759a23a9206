"""Which characters of a paragraph come from an edit, and which edits left none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.edition.corpus import Text
from analysis.edition.edits import Edit, Places
from analysis.edition.voices import Voiced


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Log:
    """The edit log of a text with the places of its edits."""

    edits: Sequence[Edit]
    first: Places
    last: Places

    @classmethod
    def of(cls, text: Text) -> Log:
        """Return the log of a text."""
        return cls(
            edits=text.edits,
            first=np.array([edit.char_start for edit in text.edits], dtype=np.int64),
            last=np.array([edit.char_end for edit in text.edits], dtype=np.int64),
        )

    def behind(self, one: Voiced, *, since: int) -> Places:
        """Return for each character the index of the edit it comes from, -1 for none.

        Edits that begin before `since` do not count: a folio inside a cut word keeps its text.
        """
        placed = one.paragraph.placed
        found = np.full(len(placed.text), -1, dtype=np.int64)
        if not len(self.edits):
            return found
        candidate = np.searchsorted(self.first, placed.starts, side="right") - 1
        known = np.maximum(candidate, 0)
        replaced = (placed.starts < self.last[known]) & (placed.ends <= self.last[known])
        put_in = (placed.starts == placed.ends) & (placed.starts <= self.last[known])
        chosen = (candidate >= 0) & (replaced | put_in) & (self.first[known] >= since)
        found[chosen] = candidate[chosen]
        return found

    def lost(self, text: Text, one: Voiced, *, by_edit: Places) -> list[tuple[int, Edit]]:
        """Return the edits in the blocks of a paragraph that left no character, and where."""
        present = set(by_edit.tolist())
        found: list[tuple[int, Edit]] = []
        for number in one.paragraph.blocks:
            block = text.blocks[number]
            low, high = np.searchsorted(self.first, [block.char_start, block.char_end]).tolist()
            for index in range(low, high):
                if index not in present:
                    edit = self.edits[index]
                    at = int(np.searchsorted(one.paragraph.placed.starts, edit.char_start))
                    found.append((at, edit))
        return found

"""The edit log: every change of the raw text, and the text that comes out with its places kept.

An edit says what stood at ``raw[char_start:char_end]`` and what stands there now. Applying the log
gives the edited text together with the raw place of each of its characters; undoing it gives the
raw text back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CORRECTION = "correction"
"""The rule of an edit that was made by hand."""

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Edit:
    """One change: ``raw[char_start:char_end]``, which is `before`, becomes `after`."""

    char_start: int
    char_end: int
    before: str
    after: str
    rule: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Placed:
    """A text with the raw place of each character: it came from ``raw[starts[i]:ends[i]]``."""

    text: str
    starts: Places
    ends: Places

    def cut(self, start: int, end: int) -> Placed:
        """Return a part of the text with its places."""
        return Placed(
            text=self.text[start:end], starts=self.starts[start:end], ends=self.ends[start:end]
        )


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits by place; those of later rules give way where they overlap an earlier one's.

    A correction made by hand stands before what a rule would do at the same place.
    """
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.rule != CORRECTION, edit)):
        place = bisect_left(kept, edit)
        # What is kept does not overlap, so only its neighbours may overlap another edit.
        if not any(_overlap(edit, other) for other in kept[max(0, place - 1) : place + 1]):
            kept.insert(place, edit)
    return tuple(kept)


def _overlap(edit: Edit, other: Edit) -> bool:
    if edit.char_start == edit.char_end or other.char_start == other.char_end:
        return (edit.char_start, edit.char_end) == (other.char_start, other.char_end) or (
            edit.char_start < other.char_start < edit.char_end
            or other.char_start < edit.char_start < other.char_end
        )
    return edit.char_start < other.char_end and other.char_start < edit.char_end


def apply_edits(
    raw: str, edits: Sequence[Edit], *, start: int = 0, end: int | None = None
) -> Placed:
    """Return ``raw[start:end]`` with the edits applied, and the raw place of each character.

    Inside an edit, the letters that `before` and `after` share at either end keep their own place;
    what is new has that of all it replaces. Of an edit that reaches over either end, only what it
    takes away here is taken away; what it puts in belongs to the text where it begins.
    """
    end = len(raw) if end is None else end
    pieces: list[str] = []
    starts: list[Places] = []
    ends: list[Places] = []

    def copy(first: int, last: int) -> None:
        pieces.append(raw[first:last])
        starts.append(np.arange(first, last, dtype=np.int64))
        ends.append(np.arange(first + 1, last + 1, dtype=np.int64))

    place = start
    for edit in edits[bisect_left(edits, start, key=lambda edit: edit.char_end) :]:
        if edit.char_end == start and edit.char_start < start:
            continue
        if edit.char_start >= end and not (edit.char_start == edit.char_end == end):
            break
        if edit.char_start < start:
            place = min(edit.char_end, end)
            continue
        copy(place, edit.char_start)
        head, tail = shared_ends(edit)
        copy(edit.char_start, edit.char_start + head)
        new = edit.after[head : len(edit.after) - tail]
        pieces.append(new)
        starts.append(np.full(len(new), edit.char_start + head, dtype=np.int64))
        ends.append(np.full(len(new), edit.char_end - tail, dtype=np.int64))
        copy(edit.char_end - tail, edit.char_end)
        place = edit.char_end
    copy(place, max(place, end))
    return Placed(text="".join(pieces), starts=np.concatenate(starts), ends=np.concatenate(ends))


def shared_ends(edit: Edit) -> tuple[int, int]:
    """Return how many characters `before` and `after` share at their beginning and at their end."""
    shortest = min(len(edit.before), len(edit.after))
    head = 0
    while head < shortest and edit.before[head] == edit.after[head]:
        head += 1
    tail = 0
    while tail < shortest - head and edit.before[-1 - tail] == edit.after[-1 - tail]:
        tail += 1
    return head, tail


def undo_edits(edited: str, edits: Sequence[Edit]) -> str:
    """Return the raw text from the edited one and the log, the inverse of `apply_edits`."""
    pieces: list[str] = []
    place = 0
    shift = 0
    for edit in edits:
        start = edit.char_start + shift
        pieces.append(edited[place:start])
        pieces.append(edit.before)
        place = start + len(edit.after)
        shift += len(edit.after) - len(edit.before)
    pieces.append(edited[place:])
    return "".join(pieces)

"""Edits of several words as one for each word, so that every word of the text has its own place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from analysis.edition.edits import Edit, shared_ends

MAX_WORDS = 6
"""An edit is a few words at most: a longer one would be a new text."""
_WORD = re.compile(r"\w+(?:['’‐-]\w+)*")
_SPACE = re.compile(r"(\s+)")


def by_word(edit: Edit) -> tuple[Edit, ...]:
    """Return an edit as one for each word that it changes; whole where it changes one.

    Words beside the change are left out of it. Where two words cannot be told apart ("xyz" that
    becomes "ab cd"), the edit stays whole.
    """
    if tells_words(edit):
        return (edit,)
    parts = (_SPACE.split(edit.before), _SPACE.split(edit.after))
    pieces = [edit]
    if len(parts[0]) == len(parts[1]):
        starts = itertools.accumulate(map(len, parts[0]), initial=0)
        pieces = [
            _part(edit, start=start, before=before, after=after)
            for start, before, after in zip(starts, *parts, strict=False)
            if before != after
        ]
    narrow = [_without_neighbours(piece) for piece in pieces]
    found = [
        part for piece in narrow for part in ([piece] if tells_words(piece) else _by_letter(piece))
    ]
    places = {(part.char_start, part.char_end) for part in found}
    return tuple(found) if len(places) == len(found) else (edit,)


def gives_places(edit: Edit) -> bool:
    """Return whether `by_word` leaves every word of an edit's `after` a place of its own.

    A word that is put in where nothing was has none.
    """
    pairs = [(edit.before, edit.after)]
    if not tells_words(edit):
        parts = (_SPACE.split(edit.before), _SPACE.split(edit.after))
        if len(parts[0]) != len(parts[1]):
            return False
        pairs = list(zip(*parts, strict=True))
    return all(
        tells_words(_part(edit, start=0, before=before, after=after))
        and (before or not _WORD.search(after))
        for before, after in pairs
    )


def narrow(edit: Edit) -> Edit:
    """Return an edit without what it leaves as it is: to single letters if it changes no word.

    So it never reaches out of a token whose other end stands beside it.
    """
    head, tail = shared_ends(edit)
    last = len(edit.after) - tail
    if any(word.start() < last and word.end() > head for word in _WORD.finditer(edit.after)):
        return _without_neighbours(edit)
    before = edit.before[head : len(edit.before) - tail]
    return _part(edit, start=head, before=before, after=edit.after[head:last])


def tells_words(edit: Edit) -> bool:
    """Return whether each word of an edit's `after` is unchanged, or is all that the edit is."""
    head, tail = shared_ends(edit)
    n_before, n_after = len(edit.before), len(edit.after)

    def place(letter: int, *, ends: bool) -> int:
        if letter + (not ends) <= head:
            return letter
        if letter >= n_after - tail + ends:
            return n_before - (n_after - letter)
        return n_before - tail if ends else head

    for word in _WORD.finditer(edit.after):
        start, end = place(word.start(), ends=False), place(word.end(), ends=True)
        whole = (start, end) == (0, n_before)
        if (edit.after if whole else edit.before[start:end]) != word[0]:
            return False
    return True


def _without_neighbours(edit: Edit) -> Edit:
    """Return an edit without the unchanged words and marks before and behind the changed ones."""
    head, tail = shared_ends(edit)
    while head and edit.before[head - 1].isalnum():
        head -= 1
    while tail and edit.before[-tail].isalnum():
        tail -= 1
    n_before, n_after = len(edit.before), len(edit.after)
    return _part(
        edit,
        start=head,
        before=edit.before[head : n_before - tail],
        after=edit.after[head : n_after - tail],
    )


def _by_letter(edit: Edit) -> Iterator[Edit]:
    """Yield an edit in the runs of letters that it changes, blanks at their ends by themselves."""
    letters = SequenceMatcher(None, edit.before, edit.after, autojunk=False)
    for kind, start, end, after_start, after_end in letters.get_opcodes():
        if kind == "equal":
            continue
        before, after = edit.before[start:end], edit.after[after_start:after_end]
        inner = after.strip()
        if not before or not inner or inner == after:
            yield _part(edit, start=start, before=before, after=after)
            continue
        lead, trail = after[: after.index(inner)], after[after.index(inner) + len(inner) :]
        if lead:
            yield _part(edit, start=start, before="", after=lead)
        if before != inner:
            yield _part(edit, start=start, before=before, after=inner)
        if trail:
            yield _part(edit, start=end, before="", after=trail)


def _part(edit: Edit, *, start: int, before: str, after: str) -> Edit:
    """Return a part of an edit that begins at `start` of its `before`."""
    begin = edit.char_start + start
    return replace(edit, char_start=begin, char_end=begin + len(before), before=before, after=after)

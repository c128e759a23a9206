"""Choices in a TEI file: of two readings of a place, the one that the edition takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.edition.edits import Edit
from analysis.edition.tei_scan import Mark
from analysis.edition.word_edits import MAX_WORDS, gives_places

PAIRS = {"corr": "sic", "reg": "orig", "expan": "abbr"}
"""Of two readings in a choice, the one that the edition takes, and the other."""
CHARACTER = re.compile(r"U\+([0-9A-F]{4,6})")
"""What `g` has in `n` for a character that XML cannot hold."""
_STRANGE = frozenset("q said quote note pb fw p ab list choice app subst del space seg".split())


def end_of(marks: Sequence[Mark], start: int) -> int:
    """Return the index of the mark that ends the element which begins at an index."""
    element = marks[start].element
    number = start + 1
    while marks[number].kind != "end" or marks[number].element is not element:
        number += 1
    return number


def readings_of(marks: Sequence[Mark]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the name of each reading in a choice, and where the marks inside it begin and end."""
    number = 1
    while number < len(marks) - 1:
        if marks[number].kind == "start":
            last = end_of(marks, number)
            yield marks[number].name, (number + 1, last)
            number = last
        number += 1


def is_plain(marks: Sequence[Mark]) -> bool:
    """Return whether a choice holds but words, and tags that change neither voice nor page."""
    return not any(mark.name in _STRANGE for mark in marks[1:-1])


def gives_words_a_place(before: str, after: str, *, start: int) -> bool:
    """Return whether one change of a few words leaves every word a place of its own."""
    if max(len(before.split()), len(after.split())) > MAX_WORDS:
        return False
    end = start + len(before)
    edit = Edit(char_start=start, char_end=end, before=before, after=after, rule="", reason="")
    return before == after != "" or (before != after and gives_places(edit))


def words_of(raw: str, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield the words of some marks, with what references and signs stand for."""
    for mark in marks:
        if mark.kind == "text":
            yield raw[mark.start : mark.end]
        elif mark.kind == "reference":
            yield mark.stands_for
        elif mark.kind == "start" and mark.name == "g" and mark.element is not None:
            found = CHARACTER.fullmatch(mark.element.get("n", ""))
            yield chr(int(found[1], 16)) if found else ""

"""The text of a block for TEI, in units: words, lines, words cut at a line's end, corrections."""

from __future__ import annotations

import html
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.edition.blocks import Block
from analysis.edition.corpus import Text
from analysis.edition.edits import CORRECTION, Edit
from analysis.edition.tei import PROFILE as TEI_PROFILE
from analysis.edition.tei_seams import PUT_TOGETHER

UnitKind = Literal["words", "line", "own hyphen", "cut", "choice", "left out", "hidden"]
_HYPHEN = re.compile("[-‐\u00ad¬]")
_CUT_BY_HAND = re.compile("[-‐\u00ad¬]\\s*[\r\n]\\s*")
_TAG = re.compile("<[^>]*>")
_LINE_END = re.compile("\r\n|\r|\n")
_NEAR = 6
"""How many units before a line's end are looked at for a hyphen."""
REMOVED, KEPT, DOUBTFUL = (
    "line-end hyphen removed",
    "line-end hyphen kept",
    "line-end hyphen kept, doubtful",
)
LEFT_OUT = "left out"
UNBROKEN = "unbroken"
"""What `Unit.breaks` says of a word that goes on in another block, and no line ends in it."""
MARKED = frozenset({CORRECTION, "choice"})
"""Rules of edits that TEI shows, with what stood there before; others only make the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A piece of a block: `text` is what it is after the edits, `written` what stood there before.

    `words` and the end of a `line` are as they are, but that `breaks` is ``yes`` where a line ends
    with a hyphen that cuts no word. An `own hyphen` at a line's end stays in its word, and a `cut`
    is one that goes: `breaks` is then ``no`` or, where that is in doubt, ``maybe``, and `here` says
    that the line ends here, not with the block. A `choice` is a correction, and what is `left out`
    has none; `hidden` words stand in the file but were moved to the part of their word before a
    note.
    """

    kind: UnitKind
    text: str = ""
    written: str = ""
    breaks: str = ""
    here: bool = False
    edit: Edit | None = None


def units_of(text: Text, block: Block, *, glued: bool = False) -> list[Unit]:
    """Return the units of a block; their texts joined are its text after the edits.

    `glued` says that the next block of the paragraph goes on without a blank.
    """
    raw, edits = text.raw, text.edits
    is_xml = text.source.profile == TEI_PROFILE
    units: list[Unit] = []
    start, end = block.char_start, block.char_end
    place = start
    first = bisect_left(edits, start, key=lambda edit: edit.char_end)
    for edit in itertools.islice(edits, first, None):
        if edit.char_start >= end and not (edit.char_start == edit.char_end == end):
            break
        within = start <= edit.char_start and edit.char_end <= end
        behind = edit.char_end == start and edit.char_start < start
        if behind or (block.layer == "page_furniture" and not within):
            continue
        if edit.char_start < start:
            place = min(edit.char_end, end)
            continue
        units += _plain(raw[place : edit.char_start])
        before = _without_tags(edit.before) if is_xml else edit.before
        units += _of_edit(edit, units, before=before, inside=edit.char_end < end)
        place = edit.char_end
    units += _plain(raw[place : max(place, end)])
    if glued and not (units and units[-1].breaks):
        after = bisect_left(edits, end, key=lambda edit: edit.char_start)
        doubtful = DOUBTFUL in {edit.rule for edit in edits[after : after + 1]}
        _own_hyphen(units, breaks="maybe" if doubtful else "no")
    return list(_with_whole_words(units))


def ends_with_hyphen(units: Sequence[Unit]) -> bool:
    """Return whether the text of some units ends with a hyphen, white space aside."""
    words = "".join(unit.text for unit in units).rstrip()
    return bool(_HYPHEN.match(words[-1:]))


def _with_whole_words(units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield the units; a line that ends with a hyphen which cuts no word says so."""
    for number, unit in enumerate(units):
        if unit.kind == "line" and ends_with_hyphen(units[max(0, number - _NEAR) : number]):
            yield replace(unit, breaks="yes")
        else:
            yield unit


def _plain(text: str) -> Iterator[Unit]:
    """Yield words and line ends as they stand."""
    place = 0
    for newline in _LINE_END.finditer(text):
        if place < newline.start():
            yield Unit(kind="words", text=text[place : newline.start()])
        yield Unit(kind="line", text=newline[0])
        place = newline.end()
    if place < len(text):
        yield Unit(kind="words", text=text[place:])


def _of_edit(edit: Edit, units: list[Unit], *, before: str, inside: bool) -> Iterator[Unit]:
    """Yield the units of an edit.

    `units` are those before it, `before` the words that stood there, tags aside; `inside` says
    whether the block goes on behind it.
    """
    hyphen = bool(_HYPHEN.match(edit.before))
    whole_gap = edit.before[:1].isspace() or "<" in edit.before
    by_hand = edit.rule == CORRECTION and not edit.after
    if (edit.rule == REMOVED and hyphen) or (by_hand and _CUT_BY_HAND.fullmatch(edit.before)):
        here = inside and len(edit.before) > 1
        by_whom = edit if by_hand else None
        written = edit.before[0]
        yield Unit(
            kind="cut", text=edit.after, written=written, breaks="no", here=here, edit=by_whom
        )
    elif edit.rule in (KEPT, DOUBTFUL) and (hyphen or whole_gap):
        breaks = "maybe" if edit.rule == DOUBTFUL else "no"
        if hyphen:
            yield Unit(kind="own hyphen", text=edit.after, written=edit.before, breaks=breaks)
        else:
            _own_hyphen(units, breaks=breaks, here=True)
    elif edit.rule == PUT_TOGETHER and edit.after:
        yield Unit(kind="cut", text=edit.after, written=before, breaks=UNBROKEN)
    elif edit.rule in (REMOVED, KEPT, DOUBTFUL, PUT_TOGETHER):
        if not whole_gap:
            yield Unit(kind="hidden", written=before)
    elif edit.rule in MARKED:
        yield Unit(kind="choice", text=edit.after, written=before, edit=edit)
    elif edit.rule == LEFT_OUT:
        yield Unit(kind="left out", written=before)
    elif edit.after:
        yield Unit(kind="words", text=edit.after)


def _without_tags(xml: str) -> str:
    """Return the words of a piece of XML: a source that is TEI itself."""
    return html.unescape(_TAG.sub("", xml))


def _own_hyphen(units: list[Unit], *, breaks: str, here: bool = False) -> None:
    """Take the hyphen that ends the last of some units for the word's own, in place."""
    last = units[-1] if units else None
    if last is None or last.kind != "words" or not _HYPHEN.match(last.text[-1]):
        return
    sign = last.text[-1]
    units[-1:] = [Unit(kind="words", text=last.text[:-1])] if last.text[:-1] else []
    units.append(Unit(kind="own hyphen", text=sign, written=sign, breaks=breaks, here=here))

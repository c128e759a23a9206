"""The paragraphs of a text as TEI has them: whole over pages and notes where XML lets them be."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.edition.corpus import Text
from analysis.edition.speakers import Voice
from analysis.edition.voices import Voiced
from analysis.publish.tei_annotations import Annotations, State, common
from analysis.publish.tei_inline import Marked
from analysis.publish.tei_units import UNBROKEN, Unit, units_of

INSERTED = ("footnote", "editor_note", "page_furniture", "paratext")
"""Layers of blocks that may stand inside a paragraph which they interrupt."""
TAGS = {
    "title": "titlePart",
    "heading": "head",
    "paratext": "p",
    "body": "p",
    "blockquote": "p",
    "list": "item",
    "footnote": "note",
    "editor_note": "note",
    "page_furniture": "fw",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fragment:
    """A paragraph, or the part of one that XML can hold in one element: blocks of one section.

    `paragraph` is its number in the text, `blocks` are those of its own; `inserted` are those that
    interrupt it; `continues` says that it goes on with an earlier fragment, `before` the last.
    """

    paragraph: int
    blocks: tuple[int, ...]
    inserted: tuple[int, ...]
    before: Fragment | None = None

    def span(self, text: Text) -> tuple[int, int]:
        """Return the raw span from its first block to its last."""
        return text.blocks[self.blocks[0]].char_start, text.blocks[self.blocks[-1]].char_end


def fragments_of(text: Text, *, front_ends: int) -> dict[int, Fragment]:
    """Return the fragments of all paragraphs by their first block.

    Parameters
    ----------
    text : Text
    front_ends : int
        The first block behind the front matter: no fragment reaches over it.
    """
    alone = {one.paragraph.blocks[0] for one in text.paragraphs if len(one.paragraph.blocks) == 1}
    found: dict[int, Fragment] = {}
    for number, one in enumerate(text.paragraphs):
        last: Fragment | None = None
        for block in one.paragraph.blocks:
            between = range(last.blocks[-1] + 1, block) if last is not None else range(0)
            if last is not None and _holds(
                text, last, block=block, between=between, alone=alone, front_ends=front_ends
            ):
                last = Fragment(
                    paragraph=number,
                    blocks=(*last.blocks, block),
                    inserted=(*last.inserted, *between),
                    before=last.before,
                )
            else:
                last = Fragment(paragraph=number, blocks=(block,), inserted=(), before=last)
            found[last.blocks[0]] = last
    return found


def _holds(
    text: Text,
    fragment: Fragment,
    *,
    block: int,
    between: range,
    alone: set[int],
    front_ends: int,
) -> bool:
    """Return whether a fragment may go on with a block, and hold what lies between."""
    first = fragment.blocks[0]
    sections = {text.blocks[number].section for number in (first, *between, block)}
    in_front = block < front_ends
    inserted = INSERTED[:3] if in_front else INSERTED
    return (
        len(sections) == 1
        and (first < front_ends) == in_front
        and all(number in alone and text.blocks[number].layer in inserted for number in between)
    )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Content:
    """What a paragraph holds, and in which voice its element is.

    `marked` are the units of each block, with the annotations of their characters; `glued` are the
    blocks that go on without a blank, with what is to be said of the break in their word: ``no``,
    ``maybe``, or nothing where no hyphen cuts it.
    """

    marked: dict[int, list[Marked]]
    glued: dict[int, str]
    voice: Voice


def content_of(text: Text, number: int, *, annotations: Annotations, default: Voice) -> Content:
    """Return the content of a paragraph by its number; `default` is the voice its element has.

    Where all its letters are in one other voice, and nobody is named, the element takes that.
    """
    voiced = text.paragraphs[number]
    letters = voiced.paragraph.placed.text
    places = [place for place, letter in enumerate(letters) if not letter.isspace()]
    units, glued = _units(text, voiced, places=places)
    voice = _one_voice(voiced) or default
    layer = text.blocks[voiced.paragraph.blocks[0]].layer
    states = annotations.states(number, voiced, base=voice, within=TAGS[layer])
    marked: dict[int, list[Marked]] = {}
    at = 0
    for block, own in units.items():
        marked[block] = []
        for unit in own:
            unit_states: list[State] = []
            for letter in unit.text:
                if letter.isspace():
                    unit_states.append(_between(states, places, at=at))
                else:
                    unit_states.append(states[places[at]])
                    at += 1
            marked[block].append((unit, unit_states))
    return Content(marked=marked, glued=glued, voice=voice)


def _units(
    text: Text, voiced: Voiced, *, places: Sequence[int]
) -> tuple[dict[int, list[Unit]], dict[int, str]]:
    """Return the units of each block of a paragraph, and the blocks that go on without a blank.

    `places` are those of the letters in the paragraph: two that stand side by side, of two blocks,
    have no blank between them.
    """
    units: dict[int, list[Unit]] = {}
    glued: dict[int, str] = {}
    seen = 0
    chain = voiced.paragraph.blocks
    for block, after in itertools.zip_longest(chain, chain[1:]):
        units[block] = units_of(text, text.blocks[block])
        words = "".join(unit.text for unit in units[block])
        seen += sum(not letter.isspace() for letter in words)
        if after is None:
            continue
        last = units[block][-1] if units[block] else None
        if last is not None and last.breaks and not last.here:
            glued[after] = "" if last.breaks == UNBROKEN else last.breaks
        elif 0 < seen < len(places) and places[seen] == places[seen - 1] + 1 and words.strip():
            units[block] = units_of(text, text.blocks[block], glued=True)
            glued[after] = units[block][-1].breaks
    return units, glued


def _between(states: Sequence[State], places: Sequence[int], *, at: int) -> State:
    """Return the annotations of white space before the letter `at`: those of the blank it makes."""
    if not 0 < at < len(places):
        return ()
    before, behind = places[at - 1], places[at]
    return states[before + 1] if behind > before + 1 else common(states[before], states[behind])


def _one_voice(voiced: Voiced) -> Voice | None:
    """Return the voice of all letters of a paragraph, if it is one, and nobody is named."""
    words = zip(voiced.codes.tolist(), voiced.paragraph.placed.text, strict=True)
    codes = {code for code, letter in words if not letter.isspace()}
    kinds = [voiced.kinds[code] for code in codes] or [voiced.kinds[0]]
    return kinds[0] if len(kinds) == 1 and kinds[0].speaker is None else None

"""Walks through the marks of a TEI file and cuts its text into chunks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Required, TypedDict, Unpack

from lxml import etree

from analysis.edition.tei_choices import (
    CHARACTER,
    PAIRS,
    end_of,
    gives_words_a_place,
    is_plain,
    readings_of,
    words_of,
)
from analysis.edition.tei_elements import DIVISIONS, NOT_QUOTED, Frame, Owner, frame_of, outermost
from analysis.edition.tei_people import People
from analysis.edition.tei_pieces import REFERENCE, Piece, PieceKind, TeiChunk, finish, stronger
from analysis.edition.tei_scan import Mark
from analysis.edition.tei_xml import XML
from analysis.tables import RUNNING_LAYERS

BREAKS = frozenset({"lb", "cb", "l", "addrLine"})
"""Elements before which a line ends."""
_MIXED = ("choice", "subst", "app")


class Says(TypedDict, total=False):
    """What a piece says beside its place and voice."""

    kind: Required[PieceKind]
    after: str
    rule: str
    why: str
    breaks: str


@dataclass(kw_only=True, slots=True, eq=False)
class Walk:
    """A walk through a file: `chunks` is what it finds, `quotes` whether it met quotations.

    `silent` are the places of words that are the encoder's and in no chunk. The rest is its state:
    the elements that are open, the pieces of the open chunk, the page, and what was met since the
    last chunk.
    """

    raw: str
    people: People
    chunks: list[TeiChunk] = field(default_factory=list)
    quotes: bool = False
    silent: set[int] = field(default_factory=set)
    frames: list[Frame] = field(default_factory=lambda: [outermost()])
    pieces: list[Piece] = field(default_factory=list)
    page: str | None = None
    page_index: int = 0
    opens: bool = False
    forced: bool = False
    last_of: dict[str, int] = field(default_factory=dict)

    def through(self, marks: Sequence[Mark]) -> None:
        """Take in all marks from the start of a text element to its end."""
        number = 0
        while number < len(marks):
            mark = marks[number]
            if mark.kind == "start" and mark.name == "choice":
                last = end_of(marks, number)
                if self._choice(marks[number : last + 1]):
                    number = last + 1
                    continue
            self._take(mark)
            number += 1
        self._flush(self.frames[-1].owner)

    def _take(self, mark: Mark) -> None:
        """Take in one mark."""
        frame = self.frames[-1]
        words = mark.kind in ("text", "reference")
        if mark.kind == "start":
            assert mark.element is not None
            self._open(mark, mark.element)
        elif mark.kind == "end":
            self._close(mark)
        elif not words:
            self._inside(mark, kind="markup")
        elif frame.kind == "silent":
            self.silent.add(mark.start)
            self._inside(mark, kind="markup")
        elif frame.kind == "left out" and self._letters(mark).isspace():
            self._inside(mark, kind="markup")
        elif frame.kind == "left out":
            why = f"{frame.name} in the source"
            self._text(mark, kind="left out", rule="left out", why=why)
        elif mark.kind == "reference":
            why = f"{self.raw[mark.start : mark.end]} stands for it"
            self._text(mark, kind="swap", after=mark.stands_for, rule=REFERENCE, why=why)
        elif frame.name in _MIXED and self._letters(mark).isspace():
            self._inside(mark, kind="markup")
        else:
            self._text(mark, kind="text", rule="", why="")

    def _open(self, mark: Mark, element: etree._Element) -> None:
        """Take in the start of an element."""
        name, above = mark.name, self.frames[-1]
        frame = frame_of(element, name=name, parent=above, people=self.people)
        if name in ("q", "said") or (name == "quote" and frame.kind == "inline"):
            self.quotes = self.quotes or element.get("type") not in NOT_QUOTED
        if frame.kind in ("structure", "paragraph"):
            self._flush(above.owner)
            goes_on = element.get("part") in ("M", "F")
            self.opens = self.opens or (name in DIVISIONS and not goes_on)
        elif frame.kind == "inline" and name == "pb":
            self._cut(element.get("break", "unsaid"))
            self.page, self.page_index = element.get("n"), self.page_index + 1
        elif name == "space" and element.get("dim") == "vertical":
            self._cut("unsaid")
        elif name == "milestone" and element.get("unit") == "section":
            self._cut("unsaid")
            self.forced = True
        elif name in BREAKS:
            breaks = "yes" if name == "l" else element.get("break", "unsaid")
            self._inside(mark, kind="break", breaks=breaks)
            if not self.pieces:
                above.owner.break_seen = stronger(above.owner.break_seen, breaks)
        elif name == "g" and (found := CHARACTER.fullmatch(element.get("n", ""))):
            why = "a character that XML cannot hold"
            after = chr(int(found[1], 16))
            self._text(mark, kind="swap", after=after, rule=REFERENCE, why=why)
        else:
            self._inside(mark, kind="markup")
        self.frames.append(frame)
        before = self.last_of.get(element.get("prev", "").removeprefix("#"))
        if before is not None and frame.owner is not above.owner:
            frame.owner.last, frame.owner.goes_on, frame.owner.space_seen = before, True, True

    def _close(self, mark: Mark) -> None:
        """Take in the end of an element."""
        frame = self.frames.pop()
        if frame.kind not in ("structure", "paragraph"):
            if mark.end > mark.start:
                self._inside(mark, kind="markup")
            return
        self._flush(frame.owner)
        assert mark.element is not None
        goes_on = mark.element.get("part") in ("I", "M")
        self.opens = self.opens or (frame.name in DIVISIONS and not goes_on)
        name = mark.element.get(f"{{{XML}}}id")
        if name and frame.owner.last is not None:
            self.last_of[name] = frame.owner.last

    def _choice(self, marks: Sequence[Mark]) -> bool:
        """Take in a choice between two plain readings as one change; say whether it was one."""
        if self.frames[-1].kind in ("left out", "silent"):
            return False
        readings = list(readings_of(marks))
        spans = dict(readings)
        taken = next((name for name in spans if name in PAIRS), "")
        if len(readings) != 2 or set(spans) != {taken, PAIRS.get(taken)}:
            return False
        after = "".join(words_of(self.raw, marks[slice(*spans[taken])]))
        first, stop = spans[PAIRS[taken]]
        start, end = marks[first - 1].end, marks[stop].start
        before = self.raw[start:end]
        words = "".join(words_of(self.raw, marks[first:stop])) + after
        if not words.strip() or not is_plain(marks):
            return False
        if not gives_words_a_place(before, after, start=start):
            return False
        self._piece(marks[0].start, start, kind="choice")
        kind: PieceKind = "swap" if before != after else "text"
        element = marks[spans[taken][0] - 1].element
        assert element is not None
        why = self.people.reason(element) or f"the source has {taken} beside {PAIRS[taken]}"
        self._piece(start, end, kind=kind, after=after, rule="choice", why=why)
        self._piece(end, marks[-1].end, kind="choice")
        return True

    def _cut(self, breaks: str) -> None:
        """End a chunk in the middle of a paragraph."""
        owner = self.frames[-1].owner
        self._flush(owner)
        owner.break_seen = stronger(owner.break_seen, breaks)

    def _inside(self, mark: Mark, *, kind: PieceKind, breaks: str = "") -> None:
        """Add a piece that is no text, where a chunk is open."""
        if self.pieces:
            self._piece(mark.start, mark.end, kind=kind, breaks=breaks)

    def _text(self, mark: Mark, *, kind: PieceKind, rule: str, why: str, after: str = "") -> None:
        """Add a piece of text; white space opens no chunk."""
        blank = kind != "left out" and (after or self._letters(mark)).isspace()
        if blank and not self.pieces:
            self.frames[-1].owner.space_seen = True
        elif mark.end > mark.start:
            self._piece(mark.start, mark.end, kind=kind, after=after, rule=rule, why=why)

    def _letters(self, mark: Mark) -> str:
        """Return the text that a mark is or stands for."""
        return mark.stands_for or self.raw[mark.start : mark.end]

    def _piece(self, start: int, end: int, **says: Unpack[Says]) -> None:
        """Add a piece to the open chunk, or open one with it."""
        frame = self.frames[-1]
        voice, own = frame.voice, frame.hyphen_is_own
        self.pieces.append(Piece(start=start, end=end, voice=voice, hyphen_is_own=own, **says))

    def _flush(self, owner: Owner) -> None:
        """End the open chunk, if there is one; it belongs to the owner."""
        if not self.pieces:
            return
        kept = finish(self.pieces, raw=self.raw, owner=owner)
        self.pieces = []
        if kept:
            self.chunks.append(
                TeiChunk(
                    start=kept[0].start,
                    end=kept[-1].end,
                    layer=owner.layer,
                    voice=owner.voice,
                    pieces=kept,
                    page=self.page,
                    page_index=self.page_index,
                    continues=self._goes_on_from(owner),
                    break_seen=owner.break_seen,
                    space_seen=owner.space_seen,
                    opens=self.opens,
                    forced=self.forced,
                )
            )
            owner.last = len(self.chunks) - 1
            owner.break_seen, owner.space_seen = owner.break_after, owner.space_after
            self.opens = self.forced = False
        owner.break_after, owner.space_after = "", False

    def _goes_on_from(self, owner: Owner) -> int | None:
        """Return the chunk that the next one of an owner goes on from.

        None where a long quotation or a list lies between: the running text is in its own order.
        """
        if owner.last is None or not owner.goes_on:
            return None
        between = self.chunks[owner.last + 1 :]
        return None if any(one.layer in RUNNING_LAYERS for one in between) else owner.last

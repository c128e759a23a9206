"""The words of a part as HTML: places, voices, persons, edits and lines, everything escaped."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.edition.edits import CORRECTION, Edit, Places
from analysis.edition.speakers import VOICE_OF_LAYER, Voice
from analysis.publish.reading_room.flow import Part
from analysis.publish.reading_room.html import Html, joined, tag
from analysis.publish.reading_room.places import Leaf

VOICES_SAID: Mapping[str, str] = {
    "author": "the author",
    "author_earlier": "the author, from an earlier text",
    "other": "somebody else",
    "editor": "the editor or translator",
    "publisher": "the publisher",
    "none": "nobody",
}
_TAGS = {"author_earlier": "earlier text", "editor": "editor", "publisher": "publisher"}
LINE_END = "⏎"
BLANK = "␣"


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """Characters `begin` to `end` of a part that name a person, and the link to the index."""

    begin: int
    end: int
    link: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """What is marked in the words of a part, by characters of it.

    `lines` are source lines to show in the margin, `anchors` ids of places that begin here.
    """

    leaves: Sequence[Leaf] = ()
    anchors: Sequence[tuple[int, str]] = ()
    lines: Sequence[tuple[int, int]] = ()
    persons: Sequence[Named] = field(default=())


def shown_before(edit: Edit) -> str:
    """Return what stood in the source before an edit; blanks and line ends that it had are seen."""
    before = edit.before.replace("\r\n", LINE_END).replace("\n", LINE_END).replace("\r", LINE_END)
    return before if before.strip() else before.replace(" ", BLANK)


def words_html(part: Part, marked: Marked) -> Html:
    """Return the words of a part as HTML, in which nothing of the text is markup."""
    voiced, begin = part.voiced, part.begin
    goes_on = begin and voiced.codes[begin - 1] == voiced.codes[begin]
    told = voiced.at(begin).speaker if goes_on else None
    return _Words(part=part, marked=marked, told=told).html()


@dataclass(kw_only=True, slots=True, eq=False)
class _Words:
    """The words of a part while they are written; characters are counted from its beginning."""

    part: Part
    marked: Marked
    told: str | None = None
    """The speaker whose name was shown last."""

    def html(self) -> Html:
        """Return the part: its leaves one behind the other, and what was lost at its end."""
        whole = Leaf(begin=0, end=len(self.part.text), id=None)
        written: list[Html] = []
        for leaf in self.marked.leaves or [whole]:
            words = joined(self._voices(leaf.begin, leaf.end))
            written.append(tag("span", words, class_="leaf", id=leaf.id) if leaf.id else words)
        written += [_lost(edit) for at, edit in self.part.lost if at == self.part.end]
        return joined(written)

    def _voices(self, begin: int, end: int) -> Iterator[Html]:
        """Yield the characters of a leaf, each voice but the layer's own in an element."""
        codes = self.part.voiced.codes[self.part.begin : self.part.end]
        base = VOICE_OF_LAYER[self.part.layer]
        for first, last in _runs(codes, begin=begin, end=end):
            kind = self.part.voiced.kinds[int(codes[first])]
            words = joined(self._persons(first, last))
            if kind.voice == base and (base != "other" or kind.speaker is None):
                yield words
                continue
            opens = first == 0 or codes[first - 1] != codes[first]
            name = self._name(kind, words=self.part.text[first:last]) if opens else Html("")
            said = f"Words of {kind.speaker or VOICES_SAID.get(kind.voice, kind.voice)}"
            yield tag("span", name, words, class_=f"voice {kind.voice}", title=said)

    def _name(self, kind: Voice, *, words: str) -> Html:
        """Return who speaks: seen where that is known and not told yet, and heard always."""
        name = kind.speaker or _TAGS.get(kind.voice)
        who = name or VOICES_SAID.get(kind.voice, kind.voice)
        heard = tag("span", f"[{who}:] ", class_="heard")
        labelled = name is not None and words.startswith((name, name.split()[-1]))
        if name is None or name == self.told or labelled:
            self.told = name
            return heard
        self.told = name
        return joined([tag("span", name, class_="who", aria_hidden="true"), heard])

    def _persons(self, begin: int, end: int) -> Iterator[Html]:
        """Yield the characters of a voice, names of persons as links."""
        place = begin
        for named in self.marked.persons:
            if place <= named.begin and named.end <= end:
                yield self._edited(place, named.begin)
                name = self._edited(named.begin, named.end)
                yield tag("a", name, class_="person", href=named.link)
                place = named.end
        yield self._edited(place, end)

    def _edited(self, begin: int, end: int) -> Html:
        """Return the characters with what the edits changed, and what stood before them."""
        behind = self.part.by_edit[self.part.begin : self.part.end]
        written: list[Html] = []
        for first, last in _runs(behind, begin=begin, end=end):
            # What was lost before a changed word is no part of the change.
            written += [_lost(edit) for at, edit in self._lost_at if at == first]
            words = self._plain(first, last)
            edit = self._edit(int(behind[first]))
            if edit is not None:
                opens = first == 0 or behind[first - 1] != behind[first]
                words = _changed(edit, words, opens=opens)
            written.append(words)
        return joined(written)

    @property
    def _lost_at(self) -> Iterator[tuple[int, Edit]]:
        """Yield the edits that left no character, with the character of the part behind them."""
        yield from ((at - self.part.begin, edit) for at, edit in self.part.lost)

    def _edit(self, number: int) -> Edit | None:
        """Return the edit of a number, None for -1."""
        return self.part.log[number] if number >= 0 else None

    def _plain(self, begin: int, end: int) -> Html:
        """Return the characters, with anchors, lines and what was lost before one of them."""
        between = [
            *(
                (at, tag("span", class_="anchor", id=one, data_place=one))
                for at, one in self.marked.anchors
            ),
            *((at, tag("span", class_="line", data_line=line)) for at, line in self.marked.lines),
            *((at, _lost(edit)) for at, edit in self._lost_at if at > begin),
        ]
        written: list[str] = []
        place = begin
        for at, mark in sorted(between, key=lambda one: one[0]):
            if begin <= at < end:
                written += [self.part.text[place:at], mark]
                place = at
        return joined([*written, self.part.text[place:end]])


def _runs(codes: Places, *, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last character, half-open, of each run of one code."""
    if begin >= end:
        return
    borders = np.flatnonzero(np.diff(codes[begin:end])) + 1 + begin
    yield from itertools.pairwise([begin, *borders.tolist(), end])


def _changed(edit: Edit, words: Html, *, opens: bool) -> Html:
    """Return words that an edit put there; what stood before is hidden until it is asked for."""
    before = tag("del", shown_before(edit)) if opens else Html("")
    if edit.rule != CORRECTION:
        return tag("span", before, words, class_="join")
    said = f"{shown_before(edit) or 'nothing'} in the source: {edit.reason}"
    return tag("span", before, tag("ins", words), class_="corrected", title=said)


def _lost(edit: Edit) -> Html:
    """Return what an edit took away, hidden until it is asked for."""
    said = f"left out: {edit.reason}" if edit.rule == CORRECTION else None
    kind = "corrected" if edit.rule == CORRECTION else "join"
    return tag("span", tag("del", shown_before(edit)), class_=kind, title=said)

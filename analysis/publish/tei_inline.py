"""Writes the words of a paragraph with their annotations, lines and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from analysis.edition.edits import Edit, shared_ends
from analysis.publish.tei_annotations import Annotation, State, common
from analysis.publish.tei_builder import Builder
from analysis.publish.tei_units import Unit

Marked = tuple[Unit, Sequence[State]]
"""A unit and the annotations of each character of its text."""


@dataclass(kw_only=True, slots=True, eq=False)
class Inline:
    """Writes units; an element is open as long as characters share its annotation.

    `parts` are the keys of annotations that are written in several parts: these point back to the
    first with `prev`.
    """

    builder: Builder
    parts: frozenset[str] = frozenset()
    open: list[Annotation] = field(default_factory=list)
    begun: set[str] = field(default_factory=set)

    def write(self, marked: Sequence[Marked], *, behind: State = ()) -> None:
        """Write units; `behind` are the annotations of the character that comes after them."""
        states = [unit_states for _, unit_states in marked]
        after = [behind] * len(marked)
        for number in range(len(marked) - 2, -1, -1):
            after[number] = states[number + 1][0] if states[number + 1] else after[number + 1]
        for number, (unit, own) in enumerate(marked):
            for part, part_states in _in_one_voice(unit, own):
                self._unit(part, part_states, between=common(tuple(self.open), after[number]))

    def to(self, state: State) -> None:
        """Close and open elements until those of a state are open."""
        shared = len(common(tuple(self.open), state))
        while len(self.open) > shared:
            self.builder.end(self.open.pop().tag)
        for annotation in state[shared:]:
            self.builder.start(
                annotation.tag, **dict(annotation.attributes), **self._link(annotation)
            )
            self.open.append(annotation)

    def to_between(self, behind: State) -> None:
        """Close what does not go on with the character behind this place."""
        self.to(common(tuple(self.open), behind))

    def _link(self, annotation: Annotation) -> dict[str, str]:
        """Return the attribute that links the parts of an annotation."""
        if annotation.key not in self.parts:
            return {}
        if annotation.key in self.begun:
            return {"prev": f"#{annotation.key}"}
        self.begun.add(annotation.key)
        return {"id": annotation.key}

    def _unit(self, unit: Unit, states: Sequence[State], *, between: State) -> None:
        """Write one unit; `between` is for one without characters of its own."""
        if unit.kind == "words":
            place = 0
            for state, run in groupby(states):
                length = len(list(run))
                self.to(state)
                self.builder.text(unit.text[place : place + length])
                place += length
            return
        shared = _shared(states) if states else between
        self.to(shared)
        if unit.kind == "line":
            self.builder.text(unit.text)
            self.builder.empty("lb", break_=unit.breaks or None)
        elif unit.kind == "own hyphen":
            self.builder.start("pc")
            self.builder.text(unit.written)
            self.builder.end("pc")
        elif unit.kind == "left out":
            self.builder.start("del")
            self.builder.text(unit.written)
            self.builder.end("del")
        elif unit.kind == "choice":
            self._choice(unit, states, shared=shared)
        else:
            self.builder.text(unit.written)
        if unit.here:
            name, resp = (_id(unit.edit), "#corrections") if unit.edit else (None, None)
            self.builder.empty("lb", id=name, break_=unit.breaks, resp=resp)

    def _choice(self, unit: Unit, states: Sequence[State], *, shared: State) -> None:
        """Write what stood there and what stands there now."""
        assert unit.edit is not None
        self.builder.start("choice")
        self.builder.start("sic")
        for number, line in enumerate(unit.written.splitlines(keepends=True)):
            if number:
                self.builder.empty("lb")
            self.builder.text(line)
        self.builder.end("sic")
        self.builder.start("corr", id=_id(unit.edit), resp="#corrections")
        inside = Inline(builder=self.builder)
        inner = [state[len(shared) :] for state in states]
        inside.write([(Unit(kind="words", text=unit.text), inner)])
        inside.to(())
        self.builder.end("corr")
        self.builder.end("choice")


def _id(edit: Edit) -> str:
    """Return the id of what a correction puts in."""
    return f"corr.{edit.char_start}-{edit.char_end}"


def _in_one_voice(unit: Unit, states: Sequence[State]) -> Iterator[Marked]:
    """Yield a unit; the unchanged ends of a correction apart if its letters differ in state."""
    if unit.edit is None or len(set(states)) < 2:
        yield unit, states
        return
    head, tail = shared_ends(unit.edit)
    last, last_written = len(unit.text) - tail, len(unit.written) - tail
    if head:
        yield Unit(kind="words", text=unit.text[:head]), states[:head]
    core = replace(unit, text=unit.text[head:last], written=unit.written[head:last_written])
    yield core, states[head:last]
    if tail:
        yield Unit(kind="words", text=unit.text[last:]), states[last:]


def _shared(states: Iterable[State]) -> State:
    """Return the annotations that all characters share."""
    every = iter(states)
    shared = next(every, ())
    for state in every:
        shared = common(shared, state)
    return shared

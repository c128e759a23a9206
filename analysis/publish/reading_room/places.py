"""The places that figures link to, and where on a page each of them is.

A place that is some words of one part is an element of its own, which the browser marks when it is
the target of a link. A place that reaches over several parts, or that others cross, begins at an
anchor, and a rule of the page's style marks the pieces that it consists of.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np

from analysis.publish.excerpts import places_in
from analysis.publish.record import Record
from analysis.tables import PLACE, RUNNING_LAYERS

if TYPE_CHECKING:
    from analysis.publish.reading_room.flow import Part

_LINK = re.compile(r'href="reading-room/[^"#]+\.html#([^"]+)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """Characters `begin` to `end` of a part that are marked together; `id` is None if never."""

    begin: int
    end: int
    id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Targets:
    """What can be linked to in a text, by the index of the part.

    `anchors` are the characters at which a place begins that is no single leaf; `rules` name for
    such a place the ids of all its leaves. `stray` are places of a page that shows no words.
    """

    leaves: Mapping[int, Sequence[Leaf]] = field(default_factory=dict)
    anchors: Mapping[int, Sequence[tuple[int, str]]] = field(default_factory=dict)
    rules: Sequence[tuple[str, Sequence[str]]] = ()
    stray: tuple[str, ...] = ()


Piece = tuple[int, int, int]
"""A part by its index, and the first and last character of it, half-open."""


def span_of(place: str) -> tuple[str, int, int]:
    """Return the text, start and end of a place; one without an end is a single character."""
    found = PLACE.fullmatch(place)
    if found is None:
        raise ValueError(f"{place!r} is no place")
    start = int(found["start"])
    return found["doc"], start, int(found["end"]) if found["end"] else start + 1


def named_places(figures: Path, records: Sequence[Record]) -> dict[str, dict[str, list[str]]]:
    """Return what figures name, by text: each place with the figures that do, in their order.

    Places are those of the figures' tables, and those that their SVGs link to.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for record in records:
        name = record["figure"]
        in_table = places_in(table_of(figures, name)).values()
        places = list(itertools.chain.from_iterable(in_table))
        svg = figures / f"{name}.svg"
        if svg.is_file():
            places += [unquote(link) for link in _LINK.findall(svg.read_text(encoding="utf-8"))]
        for place in dict.fromkeys(places):
            if PLACE.fullmatch(place):
                found.setdefault(place.partition("@")[0], {}).setdefault(place, []).append(name)
    return found


def opened_places(
    places: Mapping[str, Mapping[str, Sequence[str]]], *, opened: Mapping[str, Collection[str]]
) -> dict[str, dict[str, list[str]]]:
    """Return the places that figures open, given the texts that each figure opens, by its name."""
    return {
        doc_id: {
            place: kept
            for place, names in named.items()
            if (kept := [name for name in names if doc_id in opened[name]])
        }
        for doc_id, named in places.items()
    }


def table_of(figures: Path, name: str) -> bytes:
    """Return the bytes of a figure's table; none where the file is not there."""
    path = figures / f"{name}.csv"
    return path.read_bytes() if path.is_file() else b""


@dataclass(frozen=True, kw_only=True, eq=False)
class Locator:
    """Finds the characters of a span of the raw text among the parts of a text."""

    parts: Sequence[Part]
    shown: Sequence[int]
    lows: Sequence[int]
    highs: Sequence[int]

    @classmethod
    def of(cls, parts: Sequence[Part], *, shown: Collection[int]) -> Locator:
        """Return a locator among the parts of these indices."""
        order = sorted(shown)
        highs = [int(parts[number].ends.max()) for number in order]
        return cls(
            parts=parts,
            shown=order,
            lows=[int(parts[number].starts.min()) for number in order],
            highs=list(itertools.accumulate(highs, max)),
        )

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of a span: of the running text, or of other layers if it has none."""
        first, last = bisect_right(self.highs, start), bisect_left(self.lows, end)
        found: list[Piece] = []
        for number in self.shown[first:last]:
            part = self.parts[number]
            inside = np.flatnonzero((part.starts >= start) & (part.ends <= end))
            if len(inside) and part.text[inside[0] : inside[-1] + 1].strip():
                found.append((number, int(inside[0]), int(inside[-1]) + 1))
        running = [piece for piece in found if self.parts[piece[0]].layer in RUNNING_LAYERS]
        return running or found

    def nearest(self, start: int) -> int | None:
        """Return the first part that ends behind a raw place, else the last; None without parts."""
        if not self.shown:
            return None
        return self.shown[min(bisect_right(self.highs, start), len(self.shown) - 1)]


def find_targets(places: Mapping[str, tuple[int, int]], locator: Locator) -> Targets:
    """Return where the places of a text are, given the raw span that each stands for.

    The default passages of a text need no target: they are elements of their own.
    """
    found: dict[str, list[Piece]] = {}
    anchors: dict[int, list[tuple[int, str]]] = {}
    stray: list[str] = []
    for place in sorted(places, key=span_of):
        start, end = places[place]
        near = locator.nearest(start)
        if pieces := locator.pieces(start, end):
            found[place] = pieces
        elif near is None:
            stray.append(place)
        else:
            anchors.setdefault(near, []).append((0, place))
    leaves = _leaves(found.values(), parts=locator.parts)
    ids: dict[Piece, str] = {}
    for place, pieces in found.items():
        if len(pieces) == 1 and pieces[0] in leaves[pieces[0][0]]:
            ids.setdefault(pieces[0], place)
    rules: list[tuple[str, list[str]]] = []
    for place, pieces in found.items():
        if ids.get(pieces[0]) == place:
            continue
        anchors.setdefault(pieces[0][0], []).append((pieces[0][1], place))
        inside = [
            leaf
            for number, begin, end in pieces
            for leaf in leaves[number]
            if begin <= leaf[1] and leaf[2] <= end
        ]
        rules.append((place, [ids.setdefault(leaf, f"leaf-{len(ids)}") for leaf in inside]))
    return Targets(
        leaves={
            number: [Leaf(begin=leaf[1], end=leaf[2], id=ids.get(leaf)) for leaf in of_part]
            for number, of_part in leaves.items()
        },
        anchors={number: sorted(points) for number, points in anchors.items()},
        rules=rules,
        stray=tuple(stray),
    )


def _leaves(found: Iterable[Sequence[Piece]], *, parts: Sequence[Part]) -> dict[int, list[Piece]]:
    """Return the parts that hold pieces of places, each cut wherever a piece begins or ends."""
    borders: dict[int, set[int]] = {}
    for pieces in found:
        for number, begin, end in pieces:
            borders.setdefault(number, {0, len(parts[number].text)}).update((begin, end))
    return {
        number: [(number, begin, end) for begin, end in itertools.pairwise(sorted(cuts))]
        for number, cuts in borders.items()
    }

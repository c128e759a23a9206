"""The words of a text as HTML: voices, corrections, pages and places marked, everything escaped."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from markupsafe import Markup

from analysis.edition.corpus import Text
from analysis.edition.edits import Edit
from analysis.publish.reading_room.flow import Portion, Run, runs

VOICES_SAID: Mapping[str, str] = {
    "author_earlier": "the author, quoting an older text of his own",
    "other": "somebody else",
    "editor": "the editor or translator",
    "publisher": "the publisher",
    "none": "nobody",
}
LINE_END = "⏎"
_LONGEST_MARK = 600


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchors:
    """Where the places that figures name begin, or stand whole, by the number of the portion.

    `marks` are spans of characters that are a place; `points` are characters at which a longer
    place begins.
    """

    marks: Mapping[int, Sequence[tuple[int, int, str]]] = field(default_factory=dict)
    points: Mapping[int, Sequence[tuple[int, str]]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


def find_anchors(places: Sequence[str], flow: Sequence[Portion]) -> Anchors:
    """Return where in a text the places are that are no passages.

    A short place that stands in one portion is marked whole; of a longer one, or one that another
    crosses, the beginning is marked. Places where no word stands are `lost`.
    """
    marks: dict[int, list[tuple[int, int, str]]] = {}
    points: dict[int, list[tuple[int, str]]] = {}
    lost: list[str] = []
    lows = np.array([portion.starts.min() for portion in flow])
    highs = np.array([portion.ends.max() for portion in flow])
    for place in sorted(places, key=_span):
        start, end = _span(place)
        near = np.flatnonzero((lows < max(end, start + 1)) & (highs > start)).tolist()
        inside = [
            (number, (flow[number].starts >= start) & (flow[number].ends <= end)) for number in near
        ]
        inside = [(number, mask) for number, mask in inside if mask.any()]
        if not inside:
            lost.append(place)
            continue
        number, mask = inside[0]
        begin = int(np.argmax(mask))
        stop = begin + int(mask.sum())
        taken = marks.setdefault(number, [])
        whole = len(inside) == 1 and mask[begin:stop].all() and stop - begin <= _LONGEST_MARK
        if whole and all(begin >= other[1] or stop <= other[0] for other in taken):
            taken.append((begin, stop, place))
        else:
            points.setdefault(number, []).append((begin, place))
    return Anchors(marks=marks, points=points, lost=tuple(lost))


def portion_html(
    text: Text, portion: Portion, *, page: str | None, number: int, anchors: Anchors
) -> Markup:
    """Return the words of a portion as HTML.

    Parameters
    ----------
    text : Text
        The text that it is of.
    portion : Portion
        A part of a paragraph.
    page : str, optional
        The page that was told last.
    number : int
        Of the portion in the text.
    anchors : Anchors
        The places to mark.
    """
    marks = sorted(anchors.marks.get(number, ()))
    points = sorted(anchors.points.get(number, ()))
    cuts = {at for begin, stop, _ in marks for at in (begin, stop)} | {at for at, _ in points}
    parts: list[Markup] = []
    length = portion.end - portion.begin
    for run in _cut(runs(text, portion, page=page), cuts):
        parts += [_point(place) for at, place in points if at == run.begin and run.text]
        for begin, stop, place in marks:
            if run.text and begin == run.begin:
                parts.append(Markup('<span class="place" id="{}">').format(place))
            if run.begin == stop < length:
                parts.append(Markup("</span>"))
        parts.append(run_html(run))
    parts += [Markup("</span>") for _, stop, _ in marks if stop == length]
    return Markup("").join(parts)


def run_html(run: Run) -> Markup:
    """Return a run as HTML: the page that begins, what was taken away, the words in their voice."""
    parts = [_page(run.page)] if run.page else []
    parts += [_edited(edit, now="") for edit in run.lost]
    words = Markup("{}").format(run.text) if run.edit is None else _edited(run.edit, now=run.text)
    if run.text and run.voice != "author":
        who = run.speaker or VOICES_SAID.get(run.voice, run.voice)
        words = Markup('<span class="voice {}" title="{}">{}</span>').format(run.voice, who, words)
    return Markup("").join([*parts, words] if run.text else parts)


def shown_before(edit: Edit) -> str:
    """Return what stood in the source before an edit, with its line ends visible."""
    return edit.before.replace("\r\n", LINE_END).replace("\n", LINE_END) or "nothing"


def _edited(edit: Edit, *, now: str) -> Markup:
    """Return an edited place: what stands there, and what stood, hidden until it is asked for."""
    told = f"{shown_before(edit)} in the source ({edit.rule}: {edit.reason})"
    kind = "correction" if edit.rule == "correction" else "layout"
    return Markup('<span class="edit {}" title="{}"><del>{}</del>{}</span>').format(
        kind, told, shown_before(edit), Markup("<ins>{}</ins>").format(now) if now else ""
    )


def _page(page: str) -> Markup:
    """Return the mark of a page that begins."""
    return Markup('<span class="page" title="page {} begins">[{}]</span>').format(page, page)


def _point(place: str) -> Markup:
    """Return the mark of a place that begins here and reaches far."""
    return Markup('<span class="place far" id="{}" data-place="{}"></span>').format(place, place)


def _cut(found: Sequence[Run], cuts: set[int]) -> list[Run]:
    """Return the runs cut again at these characters."""
    parts: list[Run] = []
    for run in found:
        inner = sorted(at for at in cuts if run.begin < at < run.end)
        borders = [run.begin, *inner, run.end]
        for begin, end in itertools.pairwise(borders):
            at_start = begin == run.begin
            parts.append(
                Run(
                    begin=begin,
                    end=end,
                    text=run.text[begin - run.begin : end - run.begin],
                    voice=run.voice,
                    speaker=run.speaker,
                    edit=run.edit if at_start else None,
                    lost=run.lost if at_start else (),
                    page=run.page if at_start else None,
                )
            )
    return parts


def _span(place: str) -> tuple[int, int]:
    """Return the raw span of a place; a place without an end is one character."""
    span = place.rsplit("@", 1)[1]
    start, _, end = span.partition("-")
    return int(start), int(end) if end else int(start) + 1

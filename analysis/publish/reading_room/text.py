"""The page of a text: its words by passage, with what is known of each in the margin."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.edition.corpus import Text
from analysis.edition.edits import Places
from analysis.publish.reading_room.flow import APART, FURNITURE, Group, Part
from analysis.publish.reading_room.html import Html, joined, tag
from analysis.publish.reading_room.margin import corrections, passage_margin
from analysis.publish.reading_room.places import Targets
from analysis.publish.reading_room.words import Marked, Named, words_html

LINES = 5
"""Every so many lines of the source, the number of a line stands in the margin."""
NEAR = 3
"""So many lines apart are two numbers at least, if no part begins."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_NOTES = {
    "footnote": "Note",
    "editor_note": "Note of the editor or translator",
    "paratext": "Around the text",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Shown:
    """What a page shows of a text, and where things are on it.

    `passages` is the table of this text alone; `groups` are those to show, None for a gap where
    some are not shown; `figures` are the figures that name a place.
    """

    text: Text
    passages: pd.DataFrame
    parts: Sequence[Part]
    groups: Sequence[Group | None]
    targets: Targets
    persons: Mapping[int, Sequence[Named]]
    figures: Mapping[str, Sequence[str]]


def text_html(shown: Shown) -> tuple[Html, list[str]]:
    """Return the words of a text as HTML, and the rules of style that mark its places."""
    lines = line_marks(shown)
    pages = _page_marks(shown)
    sections = []
    for group in shown.groups:
        if group is None:
            sections.append(tag("p", "[…]", class_="gap", title="Not shown"))
            continue
        words = joined(
            (_part_html(shown, number, lines=lines, pages=pages) for number in group.parts),
            between=Html("\n"),
        )
        sections.append(_group_html(shown, group, words=words))
    return joined(sections, between=Html("\n")), _rules(shown)


def part_id(number: int) -> str:
    """Return the id of a part that a page may link to."""
    return f"part-{number}"


def contents(shown: Shown) -> list[tuple[str, str]]:
    """Return the headings that a page shows, by their ids; a heading of several lines is one."""
    found: list[tuple[str, str]] = []
    last = -2
    for group in shown.groups:
        for number in group.parts if group else ():
            if shown.parts[number].layer != "heading":
                continue
            words = " ".join(shown.parts[number].text.split())
            if number == last + 1:
                found[-1] = (found[-1][0], f"{found[-1][1]} {words}")
            else:
                found.append((part_id(number), words))
            last = number
    return found


def line_marks(shown: Shown) -> dict[int, list[tuple[int, int]]]:
    """Return the source lines to show in the margin of each part: where, and which.

    They stand where a part begins in a new line, and at the first word of every fifth line.
    """
    begins = np.array([0, *(end.end() for end in _LINE_END.finditer(shown.text.raw))])
    told = 0
    marks: dict[int, list[tuple[int, int]]] = {}
    for number in _numbers(shown):
        part = shown.parts[number]
        lines = np.searchsorted(begins, part.starts, side="right")
        found: list[tuple[int, int]] = []
        for at in [0, *_new_words(part, lines)]:
            line = int(lines[at])
            if (at == 0 and line != told) or (line % LINES == 0 and line >= told + NEAR):
                found.append((at, line))
                told = line
        marks[number] = found
    return marks


def _new_words(part: Part, lines: Places) -> Iterator[int]:
    """Yield the first word that begins behind each line end."""
    text = part.text
    for at in (np.flatnonzero(np.diff(lines) > 0) + 1).tolist():
        start = at
        while start < len(text) and not (text[start - 1].isspace() and not text[start].isspace()):
            start += 1
        if start < len(text):
            yield start


def _page_marks(shown: Shown) -> dict[int, Html]:
    """Return the mark of each page of the source that begins with a part."""
    marks: dict[int, Html] = {}
    told: str | None = None
    used: set[str] = set()
    for number in _numbers(shown):
        part = shown.parts[number]
        name = shown.text.blocks[part.block].page
        if part.layer == FURNITURE or name is None or name == told:
            continue
        told = name
        marks[number] = tag(
            "span",
            f"p. {name}",
            class_="page",
            role="doc-pagebreak",
            aria_label=f"page {name}",
            id=None if name in used else f"page-{name}",
        )
        used.add(name)
    return marks


def _numbers(shown: Shown) -> Iterator[int]:
    """Yield the parts that are shown, in order."""
    yield from itertools.chain.from_iterable(group.parts for group in shown.groups if group)


def _part_html(
    shown: Shown,
    number: int,
    *,
    lines: Mapping[int, Sequence[tuple[int, int]]],
    pages: Mapping[int, Html],
) -> Html:
    """Return a part as the element of its layer."""
    part = shown.parts[number]
    marked = Marked(
        leaves=shown.targets.leaves.get(number, ()),
        anchors=shown.targets.anchors.get(number, ()),
        lines=lines[number],
        persons=shown.persons.get(number, ()),
    )
    words = joined([pages.get(number, Html("")), words_html(part, marked)])
    kinds = [part.layer, "" if part.first else "goes-on", "" if part.last else "unended"]
    classes = " ".join(filter(None, kinds))
    name = part_id(number)
    if part.layer in APART:
        return tag("h2", words, class_=classes, id=name)
    if part.layer in _NOTES:
        label = tag("span", _NOTES[part.layer], class_="label") if part.first else Html("")
        return tag("div", label, words, class_=f"note {classes}", role="note", id=name)
    if part.layer == FURNITURE:
        words = joined([tag("span", "[of the page, not the text:] ", class_="heard"), words])
    tag_name = "blockquote" if part.layer == "blockquote" else "p"
    # Notes and furniture may be linked to from the index of persons, passages have their places.
    return tag(tag_name, words, class_=classes, id=name if part.passage is None else None)


def _group_html(shown: Shown, group: Group, *, words: Html) -> Html:
    """Return a passage with its margin, or what stands between two."""
    source = shown.text.source
    body = tag("div", words, class_="words", lang=source.language, dir="auto")
    parts = [shown.parts[number] for number in group.parts]
    if group.passage is None:
        margin = corrections(parts)
        return tag(
            "div", body, tag("div", margin, class_="margin") if margin else "", class_="group"
        )
    row = shown.passages.iloc[group.passage]
    if group.again:
        note = tag("p", "goes on from ", tag("a", row["passage_id"], href=f"#{row['place']}"))
        margin = tag("div", note, corrections(parts), class_="margin")
        return tag("div", body, margin, class_="group again", data_of=row["place"])
    margin = passage_margin(shown.text, row, parts=parts, figures=shown.figures)
    start = tag("span", class_="start", id=f"{source.id}@{row['char_start']}")
    return tag(
        "article",
        start,
        margin,
        body,
        class_="group passage",
        id=row["place"],
        aria_label=f"Passage {row['passage_id']}",
    )


def _rules(shown: Shown) -> list[str]:
    """Return the rules that mark a place of several pieces when it is the target of a link."""
    rules = []
    for place, ids in shown.targets.rules:
        pieces = ",".join(f"#{_selector(one)}" for one in ids)
        rules.append(f':root:has([id="{place}"]:target) :is({pieces})' + "{background:var(--mark)}")
    places = shown.passages["place"].tolist()
    again = {g.passage for g in shown.groups if g and g.again and g.passage is not None}
    for place in [places[number] for number in sorted(again)]:
        rules.append(
            f':root:has([id="{place}"]:target) [data-of="{place}"] .words'
            + "{background:var(--mark)}"
        )
    return rules


def _selector(name: str) -> str:
    """Return an id as a selector writes it."""
    return name.replace("@", r"\@")

"""What stands beside a passage: its id, place, lines, time, citation, corrections, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.edition.corpus import Text
from analysis.edition.edits import CORRECTION
from analysis.publish.reading_room.flow import Part
from analysis.publish.reading_room.html import Html, joined, tag
from analysis.publish.reading_room.said import said_count, said_dates, said_range
from analysis.publish.reading_room.shell import INDEX
from analysis.publish.reading_room.words import shown_before


def passage_margin(
    text: Text, row: Any, *, parts: Sequence[Part], figures: Mapping[str, Sequence[str]]
) -> Html:
    """Return the margin of a passage, `row` of the passages table."""
    place = row["place"]
    number = tag("a", row["passage_id"], href=f"#{place}", class_="id", title="Link to here")
    where = _pages(text, parts)
    lines = said_range(row["line_start"], row["line_end"], one="line", many="lines")
    facts = [
        tag("li", number),
        tag("li", ", ".join(filter(None, [where, lines]))),
        tag("li", _time(row)),
        tag("li", tag("code", place)),
    ]
    return tag(
        "header",
        tag("ul", *facts),
        _citation(text, row, where=where),
        corrections(parts),
        _figures(figures.get(place, ())),
        class_="margin",
    )


def corrections(parts: Sequence[Part]) -> Html:
    """Return the corrections made by hand in some parts, each with its reason; nothing for none."""
    made = [edit for part in parts for edit in part.edits if edit.rule == CORRECTION]
    if not made:
        return Html("")
    rows = [
        tag(
            "li",
            tag("del", shown_before(edit) or "nothing"),
            " became ",
            tag("ins", edit.after) if edit.after else "nothing",
            f": {edit.reason}",
        )
        for edit in made
    ]
    summary = tag("summary", said_count(len(made), "correction"))
    return tag("details", summary, tag("ul", *rows), class_="edits")


def _time(row: Any) -> Html:
    """Return the narrated time of a passage, with what it rests on."""
    earliest, latest, basis = (
        None if pd.isna(row[key]) else str(row[key])
        for key in ("date_earliest", "date_latest", "date_basis")
    )
    said = tag("span", said_dates(earliest, latest), class_="date", title=f"narrated time: {basis}")
    reason = (basis or "").removeprefix("none: ")
    return joined([said, " ", tag("small", f"({reason})")])


def _citation(text: Text, row: Any, *, where: str) -> Html:
    """Return the citation of a passage, ready to copy."""
    page = f", {where}" if where else ""
    said = f"{text.source.citation.rstrip('.')}{page} [{row['place']}]."
    return tag("details", tag("summary", "Cite"), tag("p", said, class_="citation"), class_="cite")


def _figures(names: Sequence[str]) -> Html:
    """Return links to the figures that name a passage; nothing for none."""
    if not names:
        return Html("")
    links = [tag("li", tag("a", name, href=f"{INDEX}#{name}")) for name in names]
    summary = tag("summary", f"In {said_count(len(names), 'figure')}")
    return tag("details", summary, tag("ul", *links), class_="figures")


def _pages(text: Text, parts: Sequence[Part]) -> str:
    """Return the pages of a passage, nothing where the source has none."""
    pages = [text.blocks[part.block].page for part in parts if part.passage is not None]
    known = [page for page in pages if page]
    return said_range(known[0], known[-1], one="p.", many="pp.") if known else ""

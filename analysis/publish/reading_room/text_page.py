"""The page of a text: its passages in order, with all that is known of their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.edition.corpus import Corpus, Text
from analysis.edition.edits import CORRECTION
from analysis.publish.reading_room.flow import Portion, last_page, portions
from analysis.publish.reading_room.templates import environment
from analysis.publish.reading_room.words import (
    VOICES_SAID,
    Anchors,
    find_anchors,
    portion_html,
    shown_before,
)

EXCERPT_WORDS = 25
"""How many words of a passage are shown of a text of which excerpts may be shown."""

_LABELS = {"footnote": "Note", "editor_note": "Note of the editor", "paratext": "Beside the text"}
_HEADINGS = ("title", "heading")


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """What stands in one passage, or between two: paragraphs as HTML."""

    parts: tuple[Markup, ...]
    place: str = ""
    index: int = 0
    where: str = ""


def text_page(
    text: Text,
    corpus: Corpus,
    *,
    passages: pd.DataFrame,
    tokens: pd.DataFrame,
    places: Sequence[str],
    edition: str,
) -> tuple[str, tuple[str, ...]]:
    """Return the page of a text, and the places to which no word answers.

    Parameters
    ----------
    text : Text
        A text of the corpus.
    corpus : Corpus
        For the way to the other texts.
    passages, tokens : DataFrame
        The default passages of the text, and their running words.
    places : sequence of str
        What figures link to.
    edition : str
        The digest of the edition.
    """
    flow = portions(text, passages)
    known = set(passages["place"])
    wanted = sorted({place for place in places if place not in known})
    anchors = find_anchors(wanted, flow)
    full = text.source.publish == "full"
    sections = (
        _sections(text, flow, passages=passages, anchors=anchors)
        if full
        else _excerpts(passages, flow=flow, anchors=anchors)
    )
    counts = tokens.groupby(["layer", "voice"], sort=True).size().reset_index(name="words")
    html = (
        environment()
        .get_template("text.html")
        .render(
            source=text.source,
            others=[other.source for other in corpus.texts],
            counts=counts.to_dict("records"),
            voices={voice: VOICES_SAID[voice] for voice in ("other", "author_earlier", "editor")},
            contents=_contents(text, flow) if full else [],
            sections=sections if text.source.publish != "counts" else [],
            corrections=_corrections(text, passages) if full else [],
            excerpt=EXCERPT_WORDS,
            edition=edition,
        )
    )
    return html, anchors.lost


def _sections(
    text: Text, flow: Sequence[Portion], *, passages: pd.DataFrame, anchors: Anchors
) -> list[Section]:
    """Return the text as sections: one a passage, and what stands between them."""
    grouped: list[tuple[int | None, list[Markup]]] = []
    page: str | None = None
    for number, portion in enumerate(flow):
        words = portion_html(text, portion, page=page, number=number, anchors=anchors)
        page = last_page(text, portion) or page
        html = _paragraph(portion, words=words, number=number)
        apart = portion.passage is None and portion.layer in _HEADINGS
        key = grouped[-1][0] if grouped and portion.passage is None else portion.passage
        if grouped and not apart and grouped[-1][0] == key:
            grouped[-1][1].append(html)
        else:
            grouped.append((None if apart else key, [html]))
    seen: set[int] = set()
    sections = []
    for passage, parts in grouped:
        if passage is None or passage in seen:
            sections.append(Section(parts=tuple(parts)))
            continue
        seen.add(passage)
        sections.append(_section(passages.iloc[passage], parts=parts, text=text))
    return sections


def _section(row: Any, *, parts: Sequence[Markup], text: Text | None) -> Section:
    """Return the section of a passage."""
    pages = [] if text is None else _pages(text, start=row["char_start"], end=row["char_end"])
    first, last = row["line_start"], row["line_end"]
    where = (
        f"lines {first}–{last} of the source" if first != last else f"line {first} of the source"
    )
    if pages:
        several = pages[0] != pages[-1]
        where = (f"pp. {pages[0]}–{pages[-1]}, " if several else f"p. {pages[0]}, ") + where
    return Section(
        parts=tuple(parts), place=row["place"], index=int(row["passage_index"]), where=where
    )


def _pages(text: Text, *, start: int, end: int) -> list[str]:
    """Return the pages of a span."""
    return [
        block.page
        for block in text.blocks
        if block.page and block.char_start < end and block.char_end > start
    ]


def _excerpts(
    passages: pd.DataFrame, *, flow: Sequence[Portion], anchors: Anchors
) -> list[Section]:
    """Return the first words of each passage; longer places are marked at their passage."""
    at: dict[int, list[str]] = {}
    for number, spans in anchors.marks.items():
        at.setdefault(flow[number].passage or 0, []).extend(place for _, _, place in spans)
    for number, points in anchors.points.items():
        at.setdefault(flow[number].passage or 0, []).extend(place for _, place in points)
    sections = []
    for number in range(len(passages)):
        row = passages.iloc[number]
        words = row["text"].split()
        shown = " ".join(words[:EXCERPT_WORDS]) + (" …" if len(words) > EXCERPT_WORDS else "")
        marks = Markup("").join(
            Markup('<span class="place" id="{}"></span>').format(place)
            for place in sorted(at.get(number, ()))
        )
        part = Markup("<p>{}{}</p>").format(marks, shown)
        sections.append(_section(row, parts=[part], text=None))
    return sections


def _paragraph(portion: Portion, *, words: Markup, number: int) -> Markup:
    """Return a portion as an HTML element that tells its layer."""
    if portion.layer in _HEADINGS:
        tag = "h2" if portion.layer == "title" else "h3"
        return Markup('<{} id="heading-{}">{}</{}>').format(tag, number, words, tag)
    kinds = [portion.layer]
    kinds += [] if portion.last else ["goes-on"]
    kinds += [] if portion.first else ["comes-from"]
    if portion.layer in _LABELS:
        label = Markup('<span class="label">{}</span>').format(_LABELS[portion.layer])
        return Markup('<aside class="{}">{}{}</aside>').format(portion.layer, label, words)
    tag = "blockquote" if portion.layer == "blockquote" else "p"
    return Markup('<{} class="{}">{}</{}>').format(tag, " ".join(kinds), words, tag)


def _contents(text: Text, flow: Sequence[Portion]) -> list[dict[str, str]]:
    """Return the headings of a text, with where they are on the page."""
    del text
    return [
        {"id": f"heading-{number}", "text": portion.text}
        for number, portion in enumerate(flow)
        if portion.layer == "heading"
    ]


def _corrections(text: Text, passages: pd.DataFrame) -> list[dict[str, str]]:
    """Return the corrections made by hand, each with the passage to look it up in."""
    starts = passages["char_start"].to_numpy()
    rows = []
    for edit in text.edits:
        if edit.rule != CORRECTION:
            continue
        held = max(0, int(starts.searchsorted(edit.char_start, side="right")) - 1)
        rows.append(
            {
                "place": f"{text.doc_id}@{edit.char_start}-{edit.char_end}",
                "passage": passages["place"].iloc[held] if len(passages) else "words",
                "before": shown_before(edit),
                "after": edit.after or "nothing",
                "reason": edit.reason,
            }
        )
    return rows

"""How much of a text its page shows: all, the passages that figures name, or none of its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.edition.corpus import Text
from analysis.publish.excerpts import rows_named
from analysis.publish.reading_room.flow import Group, Part, grouped, parts_of
from analysis.publish.reading_room.persons import Mentioned, find_mentioned
from analysis.publish.reading_room.places import Locator, find_targets, span_of
from analysis.publish.reading_room.text import Shown
from analysis.tables import RUNNING_LAYERS


def shown_of(
    text: Text,
    passages: pd.DataFrame,
    *,
    places: Mapping[str, Sequence[str]],
    mentions: pd.DataFrame,
) -> tuple[Shown, Mentioned]:
    """Return what the page of a text shows, and where it names persons.

    Parameters
    ----------
    text : Text
        A text of the corpus.
    passages, mentions : DataFrame
        The default passages of this text alone, and the persons that it names.
    places : mapping
        What figures name of this text, each place with the figures.
    """
    parts = parts_of(text, passages)
    groups = _shown_groups(text, passages, parts=parts, places=places)
    numbers = [number for group in groups if group for number in group.parts]
    locator = Locator.of(parts, shown=numbers)
    # Passages have ids of their own: their places, and the places at which they start.
    own = {*passages["place"], *(f"{text.doc_id}@{start}" for start in passages["char_start"])}
    mentioned = find_mentioned(mentions, locator, source=text.source, passages=passages)
    shown = Shown(
        text=text,
        passages=passages,
        parts=parts,
        groups=groups,
        targets=find_targets(
            {place: _span(place, text, passages=passages) for place in places if place not in own},
            locator,
        ),
        persons=mentioned.by_part,
        figures=places,
    )
    return shown, mentioned


def said_share(shown: Shown) -> str:
    """Return a sentence that says how much of a text its page shows; nothing where it is all."""
    publish = shown.text.source.publish
    if publish == "full":
        return ""
    if publish == "counts":
        return "Of this text the numbers alone may be shown; its words are not here."
    rows = sorted({group.passage for group in shown.groups if group and group.passage is not None})
    words = shown.passages["n_tokens"]
    share = round(100 * words.iloc[rows].sum() / max(1, words.sum()))
    return (
        "Of this text only the single passages that a figure refers to are shown: "
        f"{len(rows)} of {len(words)}, with {share} % of its running words. A place that reaches "
        "over several passages opens where it begins. Notes and headings are left out."
    )


def _span(place: str, text: Text, *, passages: pd.DataFrame) -> tuple[int, int]:
    """Return the raw span that a place stands for: without an end, what holds it.

    That is a note or heading that stands there, else the passage.
    """
    _, start, end = span_of(place)
    if "-" in place.rpartition("@")[2]:
        return start, end
    number = bisect_right(text.blocks, start, key=lambda block: block.char_start) - 1
    block = text.blocks[max(0, number)]
    if block.layer not in RUNNING_LAYERS and block.char_start <= start < block.char_end:
        return block.char_start, block.char_end
    held = passages[(passages["char_start"] <= start) & (passages["char_end"] > start)]
    if held.empty:
        return start, end
    return int(held["char_start"].iloc[0]), int(held["char_end"].iloc[0])


def _shown_groups(
    text: Text,
    passages: pd.DataFrame,
    *,
    parts: Sequence[Part],
    places: Iterable[str],
) -> tuple[Group | None, ...]:
    """Return the groups to show, None where some between are not shown."""
    groups = grouped(parts)
    if text.source.publish == "full":
        return groups
    if text.source.publish == "counts":
        return ()
    named = rows_named(passages, places=tuple(places))
    found: list[Group | None] = []
    for group in groups:
        if group.passage in named:
            own = [number for number in group.parts if parts[number].passage is not None]
            found.append(replace(group, parts=tuple(own)))
        elif not found or found[-1] is not None:
            found.append(None)
    return tuple(found)

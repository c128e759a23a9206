"""The page of topic cards, made from the figures whose tables are cards."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.publish.reading_room.html import Html, joined, tag
from analysis.publish.reading_room.places import table_of
from analysis.publish.reading_room.shell import INDEX, terms
from analysis.publish.record import Record
from analysis.tables import SCHEMAS

if TYPE_CHECKING:
    from analysis.edition.corpus import Corpus, Text

OPENING = 60
"""Words of an exemplary passage on the card; the link leads to all of it."""

_NL = Html("\n")


def cards_of(records: Sequence[Record], *, figures: Path) -> dict[str, list[dict[str, str]]]:
    """Return the cards of each figure whose table is one of topic cards, by the figure's name."""
    found = {}
    for record in records:
        written = table_of(figures, record["figure"]).decode("utf-8")
        rows = list(csv.DictReader(io.StringIO(written)))
        if rows and set(SCHEMAS["topic_cards"].names) <= set(rows[0]):
            found[record["figure"]] = rows
    return found


def topics_body(
    cards: Mapping[str, Sequence[Mapping[str, str]]],
    *,
    records: Sequence[Record],
    corpus: Corpus,
    opened: Mapping[str, Collection[str]],
) -> Html:
    """Return the page of topic cards: for each figure its caption, and a card a topic.

    Parameters
    ----------
    cards : mapping
        From `cards_of`.
    records : sequence of Record
        Of all figures.
    corpus : Corpus
        Whose passages the cards name.
    opened : mapping
        The texts of which each figure opens places; of others no word is shown.
    """
    head = tag(
        "header",
        tag("h1", "Topics"),
        tag(
            "p",
            "What a topic model makes of these texts, a card a topic: its most probable words, "
            "those that are more its own than of other topics, whether it comes back, how much of "
            "each text it takes, what stands against reading it as a theme, and the passages that "
            "have most of it. Names are given by hand; a topic without one has not earned it.",
        ),
    )
    captions = {record["figure"]: record["caption"] for record in records}
    texts = {text.doc_id: text for text in corpus.texts}
    parts: list[Html] = []
    for figure, rows in cards.items():
        link = tag("a", f"Figure {figure}", href=f"{INDEX}#{figure}")
        parts.append(tag("p", link, ". ", captions[figure]))
        shown = [text for name, text in texts.items() if name in opened[figure]]
        parts += [
            _card(row, figure=figure, corpus=corpus, texts=texts, shown=shown) for row in rows
        ]
    main = tag("main", joined(parts, between=_NL), id="words", tabindex="-1")
    return joined([head, main], between=_NL)


def _card(
    row: Mapping[str, str],
    *,
    figure: str,
    corpus: Corpus,
    texts: Mapping[str, Text],
    shown: Collection[Text],
) -> Html:
    """Return one card."""
    from analysis.plots.topics_cards import said_stability  # which loads matplotlib

    name = f"{row['topic']} {row['name'] or 'without a name'}"
    facts = terms(
        [
            ("Probable", row["terms"]),
            ("Its own", row["frex_terms"]),
            ("Stability", said_stability(_typed(row))),
            ("Share of", _shares(row, texts=texts)),
            ("Caution", row["cautions"] or None),
        ]
    )
    places = [row[f"place_{number}"] for number in (1, 2, 3)]
    passages = joined(
        [_passage(place, corpus=corpus, texts=texts, shown=shown) for place in places if place]
    )
    return tag("section", tag("h2", name), facts, passages, id=f"{figure}-{row['topic']}")


def _typed(row: Mapping[str, str]) -> dict[str, object]:
    """Return what is said of stability as numbers; None where it is empty."""
    numbers = {name: float(row[name]) if row[name] else None for name in ("stability", "low")}
    return {
        **numbers,
        "high": float(row["high"]) if row["high"] else None,
        "stable": row["stable"] == "True" if row["stable"] else None,
    }


def _shares(row: Mapping[str, str], *, texts: Mapping[str, Text]) -> Html:
    """Return how much of each text the topic is."""
    from analysis.plots.topics_cards import shares_of

    return joined(_said_shares(shares_of(row["shares_by_text"]), texts=texts), between="; ")


def _said_shares(shares: Mapping[str, float], *, texts: Mapping[str, Text]) -> Iterator[Html]:
    """Yield the title of each text with its share."""
    for doc_id, share in shares.items():
        source = texts[doc_id].source if doc_id in texts else None
        title = (
            tag("a", source.title, href=f"{doc_id}.html", lang=source.language)
            if source is not None
            else tag("code", doc_id)
        )
        yield joined([title, f" {share:.0%}"])


def _passage(
    place: str, *, corpus: Corpus, texts: Mapping[str, Text], shown: Collection[Text]
) -> Html:
    """Return the beginning of a passage with its citation, which leads to it where it is shown."""
    from analysis.text.reading import read_passage

    text = texts.get(place.partition("@")[0])
    if text is None:
        return tag("p", tag("code", place))
    if text not in shown:
        return tag("p", text.source.citation, " [", tag("code", place), "], not shown here")
    link = tag("a", place, href=f"{text.doc_id}.html#{place}")
    cited = tag("p", text.source.citation, " [", link, "]", class_="author")
    try:
        reading = read_passage(corpus, place)
    except InputError:
        # The figure was drawn from another state of the text: witness status tells.
        return cited
    paragraphs: dict[int, str] = {}
    for piece in reading.pieces:
        paragraphs[piece.paragraph] = paragraphs.get(piece.paragraph, "") + piece.text
    words = " ".join(paragraphs.values()).split()
    opening = " ".join(words[:OPENING]) + (" …" if len(words) > OPENING else "")
    return joined([tag("blockquote", tag("p", opening), lang=text.source.language), cited])

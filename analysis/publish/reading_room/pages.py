"""The reading room as static pages: every figure, and every text with layers, voices and edits.

Pages need no server and no script, and ask for nothing outside the folder of the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.edition.corpus import Corpus, read_corpus
from analysis.edition.sources import Source
from analysis.errors import CorpusError
from analysis.files import write_bytes
from analysis.project import CORPUS
from analysis.publish.citation import read_citation
from analysis.publish.digests import edition_digest
from analysis.publish.excerpts import opened_among
from analysis.publish.reading_room.bodies import index_body, persons_body, text_body
from analysis.publish.reading_room.html import Html
from analysis.publish.reading_room.persons import Mentioned
from analysis.publish.reading_room.places import named_places, opened_places, span_of, table_of
from analysis.publish.reading_room.shell import INDEX, PERSONS, page, way_about
from analysis.publish.reading_room.shown import shown_of
from analysis.publish.reading_room.text import text_html
from analysis.publish.reading_room.topics import TOPICS, cards_of, topics_body
from analysis.publish.record import FIGURES, Record, read_record, recorded_figures
from analysis.text.overview import words_by_voice
from analysis.text.passages import split_passages
from analysis.text.persons import find_mentions, read_persons

ROOM = "reading-room"


@dataclass(frozen=True, kw_only=True)
class ReadingRoom:
    """The pages of a reading room by name, and the places of figures that are in no text.

    `written` are the pages that were not there yet, or not the same.
    """

    pages: Mapping[str, bytes]
    lost: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


def write_reading_room(root: Path, *, corpus: Corpus | None = None) -> ReadingRoom:
    """Return the reading room after writing it to ``figures/reading-room/``.

    The same corpus, figures and version give the same bytes. Each page is written whole, and only
    where it is not there yet or not the same; pages of texts that the corpus has no more go.

    Parameters
    ----------
    root : Path
        The project.
    corpus : Corpus, optional
        If it has been read.

    Raises
    ------
    CorpusError
        If a text has the id of another page of the reading room.
    """
    room = make_reading_room(root, corpus=corpus)
    folder = root / FIGURES / ROOM
    written = []
    for name, content in room.pages.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            write_bytes(path, content)
            written.append(name)
    for path in sorted(folder.glob("*.html")):
        if path.name not in room.pages:
            path.unlink()
    return replace(room, written=tuple(written))


def make_reading_room(
    root: Path, *, figures: Path | None = None, corpus: Corpus | None = None
) -> ReadingRoom:
    """Return the reading room without writing it.

    Parameters
    ----------
    root : Path
        The project.
    figures : Path, optional
        The folder of the figures; that of the project if not given.
    corpus : Corpus, optional
        If it has been read.

    Raises
    ------
    CorpusError
        If a text has the id of another page of the reading room.
    """
    figures = figures or root / FIGURES
    corpus = corpus or read_corpus(root / CORPUS)
    sources = [text.source for text in corpus.texts]
    _check_names(sources)
    records = records_in_order(figures)
    passages = split_passages(corpus)
    opened = {
        record["figure"]: opened_among(
            sources,
            table_of(figures, record["figure"]),
            passages_of=lambda doc_id: passages[passages["doc_id"] == doc_id],
        )
        for record in records
    }
    named = named_places(figures, records)
    index = index_body(
        sources, records=records, figures=figures, cited=read_citation(root), opened=opened
    )
    texts = _about(corpus, passages, places=opened_places(named, opened=opened))
    made = {INDEX: _Made(title="Figures and texts", body=index), **texts}
    if cards := cards_of(records, figures=figures):
        body = topics_body(cards, records=records, corpus=corpus, opened=opened)
        made[TOPICS] = _Made(title="Topics", body=body)
    further = [(name, made[name].title) for name in (PERSONS, TOPICS) if name in made]
    edition = edition_digest(root)
    pages = {
        name: page(
            f"{one.title} – Reading room",
            one.body,
            nav=way_about(sources, here=name, further=further),
            edition=edition,
            rules=one.rules,
        )
        for name, one in made.items()
    }
    return ReadingRoom(pages=pages, lost=_lost(corpus, named))


def records_in_order(figures: Path) -> list[Record]:
    """Return the records of the figures in the order of their notebooks, then by name."""
    found = [read_record(figures, name) for name in recorded_figures(figures)]
    records = [record for record in found if record is not None]
    return sorted(
        records, key=lambda one: ((one["notebook"] or {}).get("path", "~"), one["figure"])
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Made:
    """A page without its head and foot: title, body, and rules of style of its own."""

    title: str
    body: Html
    rules: Sequence[str] = ()


def _about(
    corpus: Corpus, passages: pd.DataFrame, *, places: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, _Made]:
    """Return the pages of the texts and, where they name persons, that of the persons."""
    counts = words_by_voice(corpus).table
    persons = read_persons(corpus.folder)
    mentions = find_mentions(corpus, persons=persons)
    made: dict[str, _Made] = {}
    mentioned: dict[str, Mentioned] = {}
    for text in corpus.texts:
        shown, mentioned[text.doc_id] = shown_of(
            text,
            passages[passages["doc_id"] == text.doc_id].reset_index(drop=True),
            places=places.get(text.doc_id, {}),
            mentions=mentions[mentions["doc_id"] == text.doc_id],
        )
        words, rules = text_html(shown)
        body = text_body(shown, words=words, counts=counts[counts["doc_id"] == text.doc_id])
        made[f"{text.doc_id}.html"] = _Made(title=text.source.title, body=body, rules=rules)
    if any(one.by_person for one in mentioned.values()):
        sources = [text.source for text in corpus.texts]
        body = persons_body(persons, mentioned=mentioned, sources=sources)
        made[PERSONS] = _Made(title="Persons", body=body)
    return made


def _check_names(sources: Sequence[Source]) -> None:
    """Raise a CorpusError where a text would have the page of something else."""
    for source in sources:
        if f"{source.id}.html" in (INDEX, PERSONS, TOPICS):
            raise CorpusError(
                f"The reading room has a page {source.id}.html of its own; give the text "
                f"{source.id!r} another id in sources.toml."
            )


def _lost(corpus: Corpus, places: Mapping[str, Mapping[str, Sequence[str]]]) -> tuple[str, ...]:
    """Return the places of figures that are in no text of the corpus."""
    lengths = {text.doc_id: len(text.raw) for text in corpus.texts}
    return tuple(
        place
        for doc_id, named in sorted(places.items())
        for place in sorted(named, key=span_of)
        if span_of(place)[2] > lengths.get(doc_id, 0)
    )

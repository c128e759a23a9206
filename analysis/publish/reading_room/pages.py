"""The reading room as static pages: every figure, and every text with layers, voices and edits.

Pages need no server and no script, and ask for nothing outside the folder of the figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.edition.sources import Source, read_sources
from analysis.errors import CorpusError
from analysis.files import write_bytes
from analysis.project import CORPUS
from analysis.publish.citation import read_citation
from analysis.publish.digests import edition_digest
from analysis.publish.excerpts import opened_among
from analysis.publish.reading_room.index import index_body
from analysis.publish.reading_room.places import named_places, opened_places, span_of, table_of
from analysis.publish.reading_room.shell import (
    INDEX,
    PERSONS,
    ROOM,
    TOPICS,
    Content,
    page,
    way_about,
)
from analysis.publish.record import FIGURES, Record, read_record, recorded_figures

if TYPE_CHECKING:
    import pandas as pd

    from analysis.edition.corpus import Corpus

_FURTHER = {PERSONS: "Persons", TOPICS: "Topics"}


@dataclass(frozen=True, kw_only=True)
class ReadingRoom:
    """The pages of a reading room by name, and the places of figures that are in no text.

    `written` are the pages that were not there yet, or not the same. Where the texts were not read,
    since their pages are kept, no place is known to be `lost`.
    """

    pages: Mapping[str, bytes]
    lost: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


def write_reading_room(
    root: Path, *, corpus: Corpus | None = None, kept: Collection[str] = ()
) -> ReadingRoom:
    """Return the reading room after writing it to ``figures/reading-room/``.

    The same corpus, figures and version give the same bytes. Each page is written whole, and only
    where it is not there yet or not the same; pages of texts that the corpus has no more go.

    Parameters
    ----------
    root : Path
        The project.
    corpus : Corpus, optional
        If it has been read.
    kept : collection of str
        As in `make_reading_room`.

    Raises
    ------
    CorpusError
        If a text has the id of another page of the reading room.
    """
    room = make_reading_room(root, corpus=corpus, kept=kept)
    folder = root / FIGURES / ROOM
    written = []
    for name, content in room.pages.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            write_bytes(path, content)
            written.append(name)
    for path in sorted(folder.glob("*.html")):
        if path.name not in {*room.pages, *kept}:
            path.unlink()
    return replace(room, written=tuple(written))


def make_reading_room(
    root: Path,
    *,
    figures: Path | None = None,
    corpus: Corpus | None = None,
    kept: Collection[str] = (),
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
    kept : collection of str
        Pages that are not made, since they are there and right: any but the index, and of the texts
        and persons all or none.

    Raises
    ------
    CorpusError
        If a text has the id of another page of the reading room.
    """
    figures = figures or root / FIGURES
    texts = _Texts(folder=root / CORPUS, given=corpus)
    _check_names(texts.sources)
    records = records_in_order(figures)
    opened = {
        record["figure"]: opened_among(
            texts.sources,
            table_of(figures, record["figure"]),
            passages_of=lambda doc_id: texts.passages[texts.passages["doc_id"] == doc_id],
        )
        for record in records
    }
    cited = read_citation(root)
    index = index_body(texts.sources, records=records, figures=figures, cited=cited, opened=opened)
    made = {INDEX: Content(title="Figures and texts", body=index)}
    lost: tuple[str, ...] = ()
    if texts.pages - set(kept):
        from analysis.publish.reading_room.texts import text_contents

        named = named_places(figures, records)
        places = opened_places(named, opened=opened)
        made |= text_contents(texts.corpus, texts.passages, places=places)
        lost = _lost(texts.corpus, named)
    if TOPICS not in kept:
        from analysis.publish.reading_room.topics import cards_of, topics_body

        if cards := cards_of(records, figures=figures):
            body = topics_body(cards, records=records, corpus=texts.corpus, opened=opened)
            made[TOPICS] = Content(title=_FURTHER[TOPICS], body=body)
    further = [(name, title) for name, title in _FURTHER.items() if name in {*made, *kept}]
    edition = edition_digest(root)
    pages = {
        name: page(
            f"{one.title} – Reading room",
            one.body,
            nav=way_about(texts.sources, here=name, further=further),
            edition=edition,
            rules=one.rules,
        )
        for name, one in made.items()
    }
    return ReadingRoom(pages=pages, lost=lost)


@dataclass(frozen=True, kw_only=True)
class _Texts:
    """The texts of a project, of which no more is read than is asked for."""

    folder: Path
    given: Corpus | None

    @cached_property
    def sources(self) -> list[Source]:
        """Return what is known of each text."""
        given = self.given
        return [text.source for text in given.texts] if given else list(read_sources(self.folder))

    @property
    def pages(self) -> set[str]:
        """Return the names of their pages."""
        return {f"{source.id}.html" for source in self.sources}

    @cached_property
    def corpus(self) -> Corpus:
        """Return the texts as read."""
        from analysis.edition.corpus import read_corpus

        return self.given or read_corpus(self.folder)

    @cached_property
    def passages(self) -> pd.DataFrame:
        """Return their default passages."""
        from analysis.text.passages import split_passages

        return split_passages(self.corpus)


def records_in_order(figures: Path) -> list[Record]:
    """Return the records of the figures in the order of their notebooks, then by name."""
    found = [read_record(figures, name) for name in recorded_figures(figures)]
    records = [record for record in found if record is not None]
    return sorted(
        records, key=lambda one: ((one["notebook"] or {}).get("path", "~"), one["figure"])
    )


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

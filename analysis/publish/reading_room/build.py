"""Build the reading room beside the figures."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.edition.corpus import Corpus, read_corpus
from analysis.project import CORPUS
from analysis.publish.citation import read_citation
from analysis.publish.digests import edition_digest
from analysis.publish.reading_room.index_page import index_page
from analysis.publish.reading_room.text_page import text_page
from analysis.publish.record import FIGURES, Record, read_record, recorded_figures

_PLACE = re.compile(r"[a-z0-9-]+@\d+(-\d+)?")
_SVG_SIZE = re.compile(rb'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"')


@dataclass(frozen=True, kw_only=True)
class Room:
    """The pages of a reading room by name, and the places of figures where no word stands."""

    pages: dict[str, str]
    lost: tuple[str, ...]


def make_room(root: Path, *, figures: Path | None = None, corpus: Corpus | None = None) -> Room:
    """Return the pages of the reading room, without writing them.

    Parameters
    ----------
    root : Path
        The project.
    figures : Path, optional
        Where the figures are whose places are marked; those of the project if not given.
    corpus : Corpus, optional
        If it has been read.
    """
    from analysis.text.passages import split_passages
    from analysis.text.tokens import tokenize

    figures = figures or root / FIGURES
    corpus = corpus or read_corpus(root / CORPUS)
    passages = split_passages(corpus)
    tokens = tokenize(passages)
    edition = edition_digest(root)
    records = in_order(figures)
    places = places_named(figures, records)
    pages: dict[str, str] = {}
    lost: list[str] = []
    for text in corpus.texts:
        own = passages["doc_id"] == text.doc_id
        pages[f"{text.doc_id}.html"], missing = text_page(
            text,
            corpus,
            passages=passages[own].reset_index(drop=True),
            tokens=tokens[tokens["doc_id"] == text.doc_id],
            places=[place for place in places if place.split("@")[0] == text.doc_id],
            edition=edition,
        )
        lost += missing
    pages["index.html"] = index_page(
        corpus,
        records=records,
        cited=read_citation(root),
        edition=edition,
        sizes={record["figure"]: _size(figures / f"{record['figure']}.svg") for record in records},
    )
    return Room(pages=pages, lost=tuple(lost))


def in_order(figures: Path) -> list[Record]:
    """Return the records of the figures in the order of their notebooks, then by name."""
    records = [read_record(figures, name) for name in recorded_figures(figures)]
    found = [record for record in records if record is not None]
    found.sort(key=lambda record: ((record["notebook"] or {}).get("path", "~"), record["figure"]))
    return found


def places_named(figures: Path, records: Sequence[Record]) -> list[str]:
    """Return the places that the tables of figures name, each once, in order."""
    places: set[str] = set()
    for record in records:
        path = figures / f"{record['figure']}.csv"
        if not path.is_file():
            continue
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
            place = row.get("place") or ""
            if _PLACE.fullmatch(place):
                places.add(place)
    return sorted(places)


def _size(svg: Path) -> tuple[int, int]:
    """Return the size of a figure on the screen, in pixels of a 96th of an inch."""
    found = _SVG_SIZE.search(svg.read_bytes()[:2000]) if svg.is_file() else None
    if found is None:
        return 640, 400
    return round(float(found[1]) * 96 / 72), round(float(found[2]) * 96 / 72)

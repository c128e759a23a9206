"""Names that the index of persons does not know: a list for a human, with where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.edition.hyphens import read_word_list
from analysis.text.persons_index import PersonIndex, read_persons
from analysis.text.persons_scan import Scanned, scan, small_words
from analysis.text.sentences import split_sentences

COLUMNS = ("name", "n_places", "n_texts", "left", "surface", "right", "place", "layer")
CONTEXT = 45
_TIES = frozenset({" ", ".", "-", "'", ".-"})


def missing_candidates(corpus: Corpus, *, persons: PersonIndex | None = None) -> pd.DataFrame:
    """Return what looks like a name and is not in the index: one row a name, most frequent first.

    A candidate is a run of words with a capital, held together by blanks, hyphens, apostrophes and
    the points of initials, of which at least one is never written small in the corpus. The first
    word of a sentence counts only if no word list of the language has it either. Names that the
    index keeps apart (places, parties) are known and not listed.

    Parameters
    ----------
    corpus : Corpus
        What `read_corpus` returns.
    persons : PersonIndex, optional
        That of the corpus folder if not given.

    Returns
    -------
    DataFrame
        name, n_places, n_texts, and the first place as a line of a concordance: left, surface,
        right, place, layer.

    Notes
    -----
    Most candidates are no persons: it is for a reader to put each into the index or under
    ``apart``. Names that are also common words (*Body*) are missed where they stand alone, and so
    is what a language without capitals names; one with capitals for all nouns lists them all.
    """
    index = read_persons(corpus.folder) if persons is None else persons
    small = small_words(corpus)
    listed = {
        text.doc_id: small | read_word_list(text.source.language).words for text in corpus.texts
    }
    found: dict[str, list[tuple[Scanned, int, int]]] = {}
    for one in scan(corpus, index=index):
        source = corpus.text(one.doc_id).source
        opening = {
            start
            for start, _ in split_sentences(
                one.text, abbreviations=source.abbreviations, language=source.language
            )
        }
        for first, last in _runs(one, opening=opening, small=small, listed=listed[one.doc_id]):
            name = one.text[one.words[first].start : one.words[last - 1].end]
            found.setdefault(name, []).append((one, first, last))
    rows = [_line(name, places) for name, places in found.items()]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["order"] = -frame["n_places"]
    ordered = frame.sort_values(["order", "name"], kind="stable").drop(columns="order")
    return ordered.reset_index(drop=True)


def _runs(
    one: Scanned, *, opening: set[int], small: frozenset[str], listed: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Yield the runs of words with a capital that no name of the index covers."""
    covered = {word for hit in one.hits for word in range(hit.first, hit.last)}
    starts = _sentence_openers(one, opening=opening)
    run: list[int] = []
    for place, word in enumerate(one.words):
        if run and (word.gap not in _TIES or place in starts):
            yield from _trimmed(one, run, small=small)
            run = []
        opens = place in starts or _shouted(one, place)
        if not word.capital or place in covered or (opens and _listed(one, place, listed=listed)):
            if run:
                yield from _trimmed(one, run, small=small)
            run = []
        else:
            run.append(place)
    if run:
        yield from _trimmed(one, run, small=small)


def _sentence_openers(one: Scanned, *, opening: set[int]) -> set[int]:
    """Return the words that are the first of their sentence, or of what is in marks or brackets."""
    starts: set[int] = set()
    waiting = sorted(opening)
    for place, word in enumerate(one.words):
        begins = bool(waiting) and waiting[0] <= word.start
        while waiting and waiting[0] <= word.start:
            waiting.pop(0)
        if begins or any(mark in word.gap for mark in '“‘"[(:*'):
            starts.add(place)
    return starts


def _listed(one: Scanned, place: int, *, listed: frozenset[str]) -> bool:
    """Return whether a word, or it with what an apostrophe ties to it, is in a list of words."""
    word = one.words[place].letters.lower()
    if word in listed:
        return True
    behind = one.words[place + 1 : place + 2]
    return any(
        next_one.gap == "'" and f"{word}'{next_one.letters}" in listed for next_one in behind
    )


def _shouted(one: Scanned, place: int) -> bool:
    """Return whether a word is in capitals, as in a heading, or stands in one."""
    return one.voiced.layer == "heading" or one.words[place].letters.isupper()


def _trimmed(one: Scanned, run: list[int], *, small: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the run unless each of its words is an initial or written small elsewhere."""
    letters = [one.words[place].letters for place in run]
    if any(len(word) > 1 and word.lower() not in small for word in letters):
        yield run[0], run[-1] + 1


def _line(name: str, places: list[tuple[Scanned, int, int]]) -> dict[str, Any]:
    """Return the row of a candidate with its first place."""
    one, first, last = places[0]
    start, end = one.words[first].start, one.words[last - 1].end
    placed = one.voiced.paragraph.placed
    char_start, char_end = int(placed.starts[start]), int(placed.ends[end - 1])
    return {
        "name": name,
        "n_places": len(places),
        "n_texts": len({place[0].doc_id for place in places}),
        "left": one.text[max(0, start - CONTEXT) : start],
        "surface": one.text[start:end],
        "right": one.text[end : end + CONTEXT],
        "place": f"{one.doc_id}@{char_start}-{char_end}",
        "layer": one.voiced.layer,
    }

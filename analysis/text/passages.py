"""Passages: a text cut into pieces of whole sentences, of about the same number of words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal, get_args

import numpy as np
import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.errors import InputError
from analysis.tables import SCHEMAS, as_table
from analysis.text.dating import date_passages
from analysis.text.running import Codes, RunningText, Span, running_text

Unit = Literal["words", "paragraph", "section", "slice"]
DEFAULT_WORDS = 150
MIN_WORDS = 20
_LINE_END = re.compile(r"\r\n|\r|\n")


class Passages(pd.DataFrame):
    """The passages table; it remembers the corpus that its places are in, for `tokenize`."""

    _metadata: ClassVar[list[str]] = ["corpus"]

    @property
    def _constructor(self) -> type[Passages]:
        return Passages


def split_passages(
    corpus: Corpus, *, n_tokens: int = DEFAULT_WORDS, unit: Unit = "words"
) -> pd.DataFrame:
    """Return the passages of a corpus: one row a piece of the running text, in order.

    Pieces never reach over a section or a text. `n_tokens` of the table counts all running words of
    a passage, in every voice, by the default word rule; `text` is after edits, a blank line between
    paragraphs; `place` names the raw span and stays when settings change, `passage_id` does not.

    Parameters
    ----------
    corpus : Corpus
        What `read_corpus` returns.
    n_tokens : int
        How many running words a passage has, about ("words") or exactly ("slice"); at least 20.
        Not used by the other units.
    unit : {"words", "paragraph", "section", "slice"}
        ``words``: whole sentences, all passages of a section as near to `n_tokens` as they can be.
        ``slice``: exactly `n_tokens` words, through sentences; what is left at a section's end is
        left out where it has fewer, as in most stylometric studies.

    Returns
    -------
    DataFrame
        The passages table; its dates are those of `date_passages`.

    Raises
    ------
    InputError
        If the unit is unknown, `n_tokens` too small, or the corpus none.
    """
    if not isinstance(corpus, Corpus):
        raise InputError(f"corpus is a {type(corpus).__name__}; give what read_corpus returns.")
    if unit not in get_args(Unit):
        raise InputError(f"There is no unit {unit!r}; use one of {', '.join(get_args(Unit))}.")
    number = isinstance(n_tokens, int | float | np.integer)
    if not number or not n_tokens >= MIN_WORDS or n_tokens % 1 != 0:
        raise InputError(f"n_tokens is {n_tokens!r}; give a whole number from {MIN_WORDS}.")
    rows: list[dict[str, Any]] = []
    for text in corpus.texts:
        running = running_text(text)
        for index, (start, end, section) in enumerate(
            _pieces(running, n_tokens=n_tokens, unit=unit), 1
        ):
            rows.append(_row(running, start=start, end=end, section=section, index=index))
    frame = pd.DataFrame(rows, columns=list(SCHEMAS["passages"].names))
    lines = {text.doc_id: _line_starts(text.raw) for text in corpus.texts}
    for name, offset in (("line_start", "char_start"), ("line_end", "char_end")):
        shift = 0 if name == "line_start" else 1
        frame[name] = [
            int(np.searchsorted(lines[doc_id], place - shift, side="right"))
            for doc_id, place in zip(frame["doc_id"], frame[offset], strict=True)
        ]
    passages = Passages(as_table(frame, "passages"))
    object.__setattr__(passages, "corpus", corpus)
    return date_passages(corpus, passages)


def _row(running: RunningText, *, start: int, end: int, section: int, index: int) -> dict[str, Any]:
    """Return the row of one passage, lines yet to come."""
    char_start, char_end = int(running.starts[start]), int(running.ends[end - 1])
    return {
        "passage_id": f"{running.doc_id}:{index:04d}",
        "doc_id": running.doc_id,
        "passage_index": index,
        "place": f"{running.doc_id}@{char_start}-{char_end}",
        "char_start": char_start,
        "char_end": char_end,
        "section": section,
        "n_tokens": running.n_words(start, end),
        "text": running.text[start:end],
    }


def _line_starts(raw: str) -> Codes:
    """Return where lines begin."""
    return np.array([0, *(end.end() for end in _LINE_END.finditer(raw))], dtype=np.int64)


def _pieces(running: RunningText, *, n_tokens: int, unit: Unit) -> Iterator[tuple[int, int, int]]:
    """Yield the start, end and section of each passage of a running text."""
    for section, paragraphs in _sections(running):
        first, last = paragraphs[0][0], paragraphs[-1][1]
        if unit == "section":
            cuts: Sequence[Span] = [(first, last)]
        elif unit == "paragraph":
            cuts = paragraphs
        elif unit == "slice":
            cuts = _slices(running, first=first, last=last, n_tokens=n_tokens)
        else:
            cuts = _even(running, first=first, last=last, n_tokens=n_tokens)
        for start, end in cuts:
            if running.n_words(start, end):
                yield start, end, section


def _sections(running: RunningText) -> Iterator[tuple[int, list[Span]]]:
    """Yield each section with its paragraphs."""
    grouped: dict[int, list[Span]] = {}
    for section, span in zip(running.sections, running.paragraphs, strict=True):
        grouped.setdefault(section, []).append(span)
    yield from grouped.items()


def _slices(running: RunningText, *, first: int, last: int, n_tokens: int) -> list[Span]:
    """Return pieces of exactly so many words, through sentences."""
    begin = int(np.searchsorted(running.words[:, 0], first))
    stop = int(np.searchsorted(running.words[:, 0], last))
    return [
        (int(running.words[word, 0]), int(running.words[word + n_tokens - 1, 1]))
        for word in range(begin, stop - n_tokens + 1, n_tokens)
    ]


def _even(running: RunningText, *, first: int, last: int, n_tokens: int) -> list[Span]:
    """Return pieces of whole sentences whose lengths differ least from the section's share.

    The share is the section's words by the number of passages that brings them nearest to
    `n_tokens`. The sum of squared differences from it is least, and a cut between paragraphs is a
    little cheaper than one inside. A sentence that is longer than a passage is one by itself.
    """
    at = slice(*np.searchsorted(running.sentence_starts, (first, last)))
    sentences = running.sentences[at]
    counts = np.searchsorted(running.words[:, 0], np.array(sentences, dtype=np.int64))
    sizes = (counts[:, 1] - counts[:, 0]).astype(np.float64)
    share = sizes.sum() / max(1, round(sizes.sum() / n_tokens))
    if not share:
        return [(sentences[0][0], sentences[-1][1])]
    starts = running.sentence_starts[at]
    own = np.searchsorted(running.paragraph_starts, starts, side="right") - 1
    inside = running.paragraph_starts[own] != starts
    cuts = _cheapest_cuts(sizes, share=share, inside=inside)
    return [
        (sentences[begin][0], sentences[stop - 1][1]) for begin, stop in itertools.pairwise(cuts)
    ]


INSIDE_PARAGRAPH = 0.02
"""What a cut inside a paragraph costs, in squares of the share."""
REACH = 4.0
"""How many shares one passage may hold at most, if it is not one sentence."""


def _cheapest_cuts(
    sizes: np.ndarray[Any, np.dtype[np.float64]],
    *,
    share: float,
    inside: np.ndarray[Any, np.dtype[np.bool_]],
) -> list[int]:
    """Return the borders, from 0 to the number of sentences, of the cheapest cut into pieces."""
    n = len(sizes)
    before = np.concatenate([[0.0], np.cumsum(sizes)])
    nearest = np.searchsorted(before, before - REACH * share)
    penalty = INSIDE_PARAGRAPH * np.append(inside, False)
    best = np.zeros(n + 1)
    came = np.zeros(n + 1, dtype=np.int64)
    for stop in range(1, n + 1):
        begin = min(int(nearest[stop]), stop - 1)
        lengths = (before[stop] - before[begin:stop]) / share
        costs = best[begin:stop] + (lengths - 1.0) ** 2
        choice = int(np.argmin(costs))
        best[stop], came[stop] = costs[choice] + penalty[stop], begin + choice
    cuts = [n]
    while cuts[-1]:
        cuts.append(int(came[cuts[-1]]))
    return cuts[::-1]

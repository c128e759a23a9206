"""Keyword in context: every place of a word, with its layer and voice."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.errors import InputError
from analysis.tables import check_table
from analysis.text.running import RunningText, running_text
from analysis.text.words import normalise

COLUMNS = ("passage_id", "place", "left", "token", "right", "layer", "voice", "speaker")
_CLOSING = re.compile(r"[^\s\w(\[“‘—–-]*")
_NEEDED = ("passage_id", "doc_id", "char_start", "char_end", "token", "term", "layer", "voice")


def kwic(
    tokens: pd.DataFrame, term: str, *, window: int = 8, corpus: Corpus | None = None
) -> pd.DataFrame:
    """Return a line for every token that is the term: keyword in context.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table. All voices are shown; filter the tokens, or the lines, for fewer.
    term : str
        A word, in any case; ``*`` stands for any letters (``terror*``). Several words are a phrase.
    window : int
        How many running words are shown on either side.
    corpus : Corpus, optional
        With the corpus that the tokens are from, lines are its running text, with all marks and
        numbers, and go on over the end of a passage. Without it, they are words of the tokens
        alone, none from another passage.

    Returns
    -------
    DataFrame
        One row a hit, in the order of the text: passage_id, place (doc_id@start-end in the raw
        text), left, token, right, layer, voice, speaker.

    Raises
    ------
    InputError
        If the term is empty or the window negative, or the tokens are not of this corpus.
    """
    patterns = [_pattern(word) for word in term.split()]
    if not patterns:
        raise InputError("The term is empty; give a word, such as 'terror' or 'terror*'.")
    whole = isinstance(window, int | np.integer)
    if not whole or window < 0:
        raise InputError(f"The window is {window!r}; give a number of words from 0.")
    check_table(tokens, "tokens", columns=_NEEDED)
    column: dict[str, list[Any]] = {name: tokens[name].tolist() for name in _NEEDED}
    speakers = tokens["speaker"].tolist() if "speaker" in tokens.columns else [None] * len(tokens)
    terms, passages, words = column["term"], column["passage_id"], column["token"]
    rows: list[dict[str, Any]] = []
    first = {word: bool(patterns[0].fullmatch(word)) for word in set(terms)}
    for start, word in enumerate(terms):
        stop = start + len(patterns)
        if not first[word] or stop > len(terms) or passages[stop - 1] != passages[start]:
            continue
        if not all(
            pattern.fullmatch(other)
            for pattern, other in zip(patterns, terms[start:stop], strict=True)
        ):
            continue
        left = [n for n in range(max(0, start - window), start) if passages[n] == passages[start]]
        right = [
            n for n in range(stop, min(len(terms), stop + window)) if passages[n] == passages[start]
        ]
        place = f"{column['char_start'][start]}-{column['char_end'][stop - 1]}"
        rows.append(
            {
                "passage_id": passages[start],
                "place": f"{column['doc_id'][start]}@{place}",
                "left": " ".join(words[n] for n in left),
                "token": " ".join(words[start:stop]),
                "right": " ".join(words[n] for n in right),
                "layer": column["layer"][start],
                "voice": column["voice"][start],
                "speaker": speakers[start],
            }
        )
    lines = pd.DataFrame(rows, columns=list(COLUMNS))
    return lines if corpus is None else _in_running_text(lines, corpus=corpus, window=window)


def _in_running_text(lines: pd.DataFrame, *, corpus: Corpus, window: int) -> pd.DataFrame:
    """Return the lines with what stands in the running text around their places."""
    found = []
    for place in lines["place"]:
        doc_id, _, span = place.rpartition("@")
        running = running_text(corpus.text(doc_id))
        begins = running.starts[running.words[:, 0]]
        ends = running.ends[running.words[:, 1] - 1]
        start, end = map(int, span.split("-"))
        first, last = np.flatnonzero(begins == start), np.flatnonzero(ends == end)
        if not len(first) or not len(last):
            raise InputError(
                f"No word of the corpus stands at {place}; give the tokens’ own corpus."
            )
        found.append(_around(running, first=int(first[0]), last=int(last[-1]), window=window))
    left, token, right = zip(*found, strict=True) if found else ((), (), ())
    return lines.assign(left=list(left), token=list(token), right=list(right))


def _around(running: RunningText, *, first: int, last: int, window: int) -> tuple[str, str, str]:
    """Return the text before, in and after some words, up to so many words away."""
    words = running.words
    begin, stop = words[first, 0], words[last, 1]
    outer = words[max(0, first - window), 0], words[min(len(words) - 1, last + window), 1]
    # What closes the last word or sentence belongs to it; the next word's marks do not.
    tail = _CLOSING.match(running.text, outer[1])
    pieces = (
        running.text[outer[0] : begin],
        running.text[begin:stop],
        running.text[stop : tail.end() if tail and window else outer[1]],
    )
    left, token, right = (" ".join(piece.split()) for piece in pieces)
    return left, token, right


def _pattern(word: str) -> re.Pattern[str]:
    """Return the pattern of a term in which an asterisk stands for any letters."""
    return re.compile(".*".join(re.escape(normalise(part)) for part in word.split("*")))

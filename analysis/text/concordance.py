"""Keyword in context: every place of a word, with its layer and voice."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis.errors import InputError
from analysis.tables import check_table
from analysis.text.words import normalise

COLUMNS = ("passage_id", "place", "left", "token", "right", "layer", "voice", "speaker")
_NEEDED = ("passage_id", "doc_id", "char_start", "char_end", "token", "term", "layer", "voice")


def kwic(tokens: pd.DataFrame, term: str, *, window: int = 8) -> pd.DataFrame:
    """Return a line for every token that is the term: keyword in context.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table. All voices are shown; filter the tokens, or the lines, for fewer.
    term : str
        A word, in any case; ``*`` stands for any letters (``terror*``). Several words are a phrase.
    window : int
        How many running words are shown on either side; none from another passage.

    Returns
    -------
    DataFrame
        One row a hit, in the order of the text: passage_id, place (doc_id@start-end in the raw
        text), left, token, right, layer, voice, speaker.

    Raises
    ------
    InputError
        If the term is empty or the window negative.
    """
    patterns = [_pattern(word) for word in term.split()]
    if not patterns:
        raise InputError("The term is empty; give a word, such as 'terror' or 'terror*'.")
    if window < 0:
        raise InputError(f"The window is {window}; give a number of words from 0.")
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
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _pattern(word: str) -> re.Pattern[str]:
    """Return the pattern of a term in which an asterisk stands for any letters."""
    return re.compile(".*".join(re.escape(normalise(part)) for part in word.split("*")))

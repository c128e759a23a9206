"""What stands around a word: negations, intensifiers, and the names of a corpus to be masked."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.files import decode_utf8, read_bytes
from analysis.tables import check_table
from analysis.text.words import normalise, word_spans

REACH = 3
"""How many tokens before a word a negation reaches, as in VADER."""


def read_domain_terms(path: Path | str) -> tuple[str, ...]:
    """Return the words and phrases of a corpus that are no moods, from a CSV with a column term.

    Further columns, such as a reason, are for the reader. Phrases are words with spaces.

    Raises
    ------
    CorpusError
        If the file is missing or not UTF-8.
    InputError
        If it has no column term.
    """
    place = Path(path)
    content = read_bytes(place, what="The list of domain terms")
    rows = csv.DictReader(decode_utf8(content, path=place).removeprefix("\ufeff").splitlines())
    if "term" not in (rows.fieldnames or ()):
        raise InputError(f"The list of domain terms {place} has no column term; add it.")
    return tuple(dict.fromkeys(row["term"].strip() for row in rows if (row["term"] or "").strip()))


def masked(tokens: pd.DataFrame, *, phrases: Collection[str]) -> np.ndarray:
    """Return which tokens belong to one of the words or phrases, within one passage.

    Parameters
    ----------
    tokens : DataFrame
        With passage_id and term, in reading order.
    phrases : collection of str
        As they stand in the text; case does not matter.
    """
    if isinstance(phrases, str):
        raise InputError(f"mask must be a list of terms: write [{phrases!r}].")
    hit = np.zeros(len(tokens), dtype=bool)
    if not phrases:
        return hit
    terms = tokens["term"].to_numpy(dtype=object)
    passage = pd.factorize(tokens["passage_id"])[0]
    for phrase in phrases:
        words = [normalise(phrase[start:end]) for start, end in word_spans(phrase)]
        n = len(words)
        if n == 0 or n > len(terms):
            continue
        begins = np.ones(len(terms) - n + 1, dtype=bool)
        for offset, word in enumerate(words):
            begins &= terms[offset : offset + len(begins)] == word
        begins &= passage[: len(begins)] == passage[n - 1 :]
        for offset in range(n):
            hit[offset : offset + len(begins)] |= begins
    return hit


def context_factors(tokens: pd.DataFrame, *, negation: bool, intensifiers: bool) -> np.ndarray:
    """Return by what each token's valence is multiplied, for what stands before it.

    A negation within three tokens before it in its sentence and voice gives VADER's -0.74; an
    intensifier directly before it gives 1.293 or 0.707. Words and numbers are VADER's (Hutto and
    Gilbert 2014).
    """
    from vaderSentiment.vaderSentiment import B_INCR, BOOSTER_DICT, N_SCALAR, NEGATE

    check_table(tokens, "tokens", columns=("sentence_index",))
    codes, terms = pd.factorize(tokens["term"])
    columns = ["passage_id", "voice", "sentence_index"]
    sentence = tokens.groupby(columns, sort=False).ngroup().to_numpy()
    factor = np.ones(len(tokens))
    if intensifiers:
        strength = np.array([np.sign(BOOSTER_DICT.get(term, 0.0)) for term in terms])[codes]
        same = sentence[1:] == sentence[:-1]
        factor[1:] += np.where(same, B_INCR * strength[:-1], 0.0)
    if negation:
        negates = np.array([term in NEGATE or term.endswith("n't") for term in terms])[codes]
        negated = np.zeros(len(tokens), dtype=bool)
        for back in range(1, REACH + 1):
            same = sentence[back:] == sentence[:-back]
            negated[back:] |= same & negates[:-back]
        factor = np.where(negated, factor * N_SCALAR, factor)
    return factor

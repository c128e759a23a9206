"""VADER by sentence, through its own code."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.sentiment.lexicons import read_lexicon
from analysis.tables import check_table

BLIND_WORD = "thing"
"""What a masked word is for VADER: a word that is in none of its lists."""


@lru_cache(maxsize=1)
def _analyser() -> Any:
    """Return VADER's own analyser, after its lexicon's digest was checked."""
    read_lexicon("vader")
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def mean_compounds(
    tokens: pd.DataFrame, *, group: np.ndarray, matched: np.ndarray, blind: np.ndarray
) -> np.ndarray:
    """Return the mean over its sentences of VADER's compound for each group, -1 to 1.

    A sentence is the tokens of one group with one sentence_index, joined by spaces, with straight
    apostrophes (VADER knows *don't* with these alone). A sentence without a word of VADER's
    lexicon has the compound 0, as its own code gives it, and is not sent through it; nor is one
    that was there before.

    Parameters
    ----------
    tokens : DataFrame
        With the columns token and sentence_index, in reading order.
    group : array of int
        The group of each token, 0 to n - 1.
    matched, blind : array of bool
        Whether a token is in VADER's lexicon, and whether it is masked.

    Returns
    -------
    array of float
        One value a group.
    """
    check_table(tokens, "tokens", columns=("token", "sentence_index"))
    n_groups = int(group.max()) + 1 if len(group) else 0
    key = pd.MultiIndex.from_arrays([group, tokens["sentence_index"].to_numpy()])
    sentence, sentences = pd.factorize(key)
    group_of = sentences.get_level_values(0).to_numpy().astype(np.int64)
    spoken = np.zeros(len(sentences), dtype=bool)
    spoken[sentence[matched]] = True
    compound = np.zeros(len(sentences))
    words = np.where(blind, BLIND_WORD, tokens["token"].to_numpy(dtype=object))
    order = np.argsort(sentence, kind="stable")
    starts = np.searchsorted(sentence[order], np.arange(len(sentences) + 1))
    analyse = _analyser().polarity_scores
    ordered = words[order].tolist()
    known: dict[str, float] = {}
    for place in np.flatnonzero(spoken):
        text = " ".join(ordered[starts[place] : starts[place + 1]]).replace("’", "'")
        if text not in known:
            known[text] = analyse(text)["compound"]
        compound[place] = known[text]
    total = np.bincount(group_of, weights=compound, minlength=n_groups)
    return np.asarray(total / np.bincount(group_of, minlength=n_groups))

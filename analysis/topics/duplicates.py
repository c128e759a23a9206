"""What two texts have in common word for word: what stands in both counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.tables import check_table

RUN = 8
"""Words in a row that hardly two texts have in common by chance."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_NONE = np.zeros(0, dtype=np.uint64)


def shared_runs(tokens: pd.DataFrame, *, n_words: int = RUN) -> pd.DataFrame:
    """Return how much of each text stands in another one word for word.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table: doc_id, term, in the order of the words.
    n_words : int
        How many words in a row have to be the same; from 2.

    Returns
    -------
    DataFrame
        One row an ordered pair of texts that share a run: doc_id, other, share (of the running
        words of doc_id that are in such a run; 1: all of it stands in the other text), n_words
        (of these words). A quotation that both give is shared as well.
    """
    if n_words < 2:
        raise InputError(f"n_words is {n_words!r}; give at least 2.")
    check_table(tokens, "tokens", columns=("doc_id", "term"))
    codes = pd.factorize(tokens["term"])[0].astype(np.uint64)
    doc_ids = tokens["doc_id"].to_numpy()
    texts = list(dict.fromkeys(doc_ids))
    runs = {text: _runs(codes[doc_ids == text], n_words=n_words) for text in texts}
    held = {text: np.unique(found) for text, found in runs.items()}
    rows = []
    for one, other in _pairs(list(held.values())):
        found = np.isin(runs[texts[one]], held[texts[other]])
        covered = _covered(found, n_words=n_words)
        share = covered / (len(found) + n_words - 1)
        rows.append(
            {"doc_id": texts[one], "other": texts[other], "share": share, "n_words": covered}
        )
    return pd.DataFrame(rows, columns=["doc_id", "other", "share", "n_words"])


def _runs(codes: NDArray[np.uint64], *, n_words: int) -> NDArray[np.uint64]:
    """Return one number for every run of so many words, the same for the same words."""
    n_runs = max(len(codes) - n_words + 1, 0)
    mixed = np.zeros(n_runs, dtype=np.uint64)
    # Numbers of 64 bits that run over, as a hash does.
    with np.errstate(over="ignore"):
        for step in range(n_words):
            mixed = mixed * _FACTOR + codes[step : step + n_runs] + np.uint64(1)
            mixed ^= mixed >> np.uint64(29)
    return mixed


def _pairs(held: Sequence[NDArray[np.uint64]]) -> list[tuple[int, int]]:
    """Return the ordered pairs of texts that share a run, by their numbers."""
    owner = np.repeat(np.arange(len(held)), [len(runs) for runs in held])
    numbers, which = np.unique(np.concatenate([*held, _NONE]), return_inverse=True)
    often = np.bincount(which, minlength=len(numbers))[which] > 1
    by_run: dict[int, list[int]] = {}
    for run, text in zip(which[often].tolist(), owner[often].tolist(), strict=True):
        by_run.setdefault(run, []).append(text)
    sharing = {tuple(texts) for texts in by_run.values()}
    return sorted({pair for texts in sharing for pair in permutations(texts, 2)})


def _covered(found: NDArray[np.bool_], *, n_words: int) -> int:
    """Return how many words lie in a run that was found; runs overlap."""
    starts = np.flatnonzero(found)
    return n_words + sum(min(later - first, n_words) for first, later in pairwise(starts.tolist()))

"""What is counted: words, word n-grams or character n-grams, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.checks import check_names, check_one_of, check_share, check_whole
from analysis.authors.slicing import RunningWords, Whole


@dataclass(frozen=True, kw_only=True)
class Features:
    """What is counted in a slice.

    Attributes
    ----------
    unit : {"words", "characters"}
        Characters are those of the terms joined by single spaces.
    n : int
        Length of an n-gram. A word n-gram never spans words that are not counted (a quotation
        between two of the author's words) and belongs to the slice in which it begins and ends.
    without : tuple of str
        Terms left out, such as pronouns (`analysis.authors.function_words`). Their place stays
        empty: two words around one make no n-gram, and percentages are of all running words.
    culling : float
        Smallest share of slices in which a feature must occur, 0 to 1.
    skip, most : int
        A range of most frequent features, by (-count, term): so many are passed over, and of the
        next at most so many kept.
    """

    unit: str = "words"
    n: int = 1
    without: tuple[str, ...] = ()
    culling: float = 0.0
    skip: int = 0
    most: int = 10_000

    def __post_init__(self) -> None:
        """Check the settings."""
        check_one_of(self.unit, name="unit", known=("words", "characters"))
        check_whole(self.n, name="n, the length of an n-gram,")
        check_share(self.culling, name="culling")
        check_names(self.without, name="without")
        check_whole(self.skip, name="skip", least=0)
        check_whole(self.most, name="most")
        object.__setattr__(self, "without", tuple(self.without))


def feature_codes(words: RunningWords, *, features: Features) -> tuple[Whole, Whole, list[str]]:
    """Return for every feature found its slice, its number, and the names by number (sorted)."""
    without = set(features.without)
    dropped = np.array([term in without for term in words.terms], dtype=bool)[words.code]
    if features.unit == "characters":
        return _characters(words, dropped=dropped, n=features.n)
    if features.n > 1:
        return _n_grams(words, dropped=dropped, n=features.n)
    if not without:
        return words.row, words.code, list(words.terms)
    return words.row[~dropped], words.code[~dropped], list(words.terms)


def _n_grams(
    words: RunningWords, *, dropped: NDArray[np.bool_], n: int
) -> tuple[Whole, Whole, list[str]]:
    """Return word n-grams of words that follow each other in one slice."""
    count = max(len(words.code) - n + 1, 0)
    together = np.ones(count, dtype=bool)
    for step in range(n):
        together &= ~dropped[step : step + count]
        together &= words.row[step : step + count] == words.row[:count]
        together &= words.position[step : step + count] - words.position[:count] == step
    starts = np.flatnonzero(together)
    kind = words.code[starts]
    for step in range(1, n):
        pairs = kind * len(words.terms) + words.code[starts + step]
        kind = pd.factorize(pairs)[0].astype(np.int64)
    _, first = np.unique(kind, return_index=True)
    found = [
        " ".join(words.terms[words.code[start + step]] for step in range(n))
        for start in starts[first]
    ]
    numbers, labels = pd.factorize(np.array(found, dtype=object), sort=True)
    return words.row[starts], numbers.astype(np.int64)[kind], [str(label) for label in labels]


def _characters(
    words: RunningWords, *, dropped: NDArray[np.bool_], n: int
) -> tuple[Whole, Whole, list[str]]:
    """Return character n-grams of each slice's terms joined by spaces."""
    row, code = words.row[~dropped], words.code[~dropped]
    of_slice: list[int] = []
    found: list[str] = []
    for number in np.unique(row):
        text = " ".join([words.terms[term] for term in code[row == number]])
        grams = [text[start : start + n] for start in range(len(text) - n + 1)]
        found.extend(grams)
        of_slice.extend([int(number)] * len(grams))
    numbers, labels = pd.factorize(np.array(found, dtype=object), sort=True)
    return (
        np.array(of_slice, dtype=np.int64),
        numbers.astype(np.int64),
        [str(label) for label in labels],
    )

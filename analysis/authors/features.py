"""What is counted: words, word n-grams or character n-grams, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.checks import check_names, check_one_of, check_share, check_whole

Codes = NDArray[np.int64]


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


def feature_codes(rows: pd.DataFrame, *, features: Features) -> tuple[Codes, Codes, list[str]]:
    """Return for every feature found its slice, its number, and the names by number (sorted).

    Parameters
    ----------
    rows : DataFrame
        Tokens with ``row``, the number of their slice, term, and ``position``, their running
        number in the text.
    """
    row: Codes = rows["row"].to_numpy(dtype=np.int64)
    if features.unit == "characters":
        return _characters(rows, row=row, features=features)
    numbers, terms = pd.factorize(rows["term"].to_numpy(), sort=True)
    codes = numbers.astype(np.int64)
    names = [str(term) for term in terms]
    dropped = np.isin(codes, [i for i, name in enumerate(names) if name in set(features.without)])
    if features.n == 1:
        return row[~dropped], codes[~dropped], names
    position = rows["position"].to_numpy(dtype=np.int64)
    return _n_grams(codes, row=row, position=position, dropped=dropped, names=names, n=features.n)


def _n_grams(
    codes: Codes,
    *,
    row: Codes,
    position: Codes,
    dropped: NDArray[np.bool_],
    names: list[str],
    n: int,
) -> tuple[Codes, Codes, list[str]]:
    """Return word n-grams of words that follow each other in one slice."""
    count = max(len(codes) - n + 1, 0)
    starts = np.arange(count)
    together = np.ones(count, dtype=bool)
    for step in range(n):
        together &= ~dropped[step : step + count]
        together &= row[step : step + count] == row[:count]
        together &= position[step : step + count] - position[:count] == step
    found = [
        " ".join(names[codes[start + step]] for step in range(n)) for start in starts[together]
    ]
    numbers, labels = pd.factorize(np.array(found, dtype=object), sort=True)
    return row[:count][together], numbers.astype(np.int64), [str(label) for label in labels]


def _characters(
    rows: pd.DataFrame, *, row: Codes, features: Features
) -> tuple[Codes, Codes, list[str]]:
    """Return character n-grams of each slice's terms joined by spaces."""
    without = set(features.without)
    terms = rows["term"].astype(str).to_numpy()
    of_slice: list[int] = []
    found: list[str] = []
    for number in np.unique(row):
        text = " ".join(term for term in terms[row == number] if term not in without)
        grams = [text[start : start + features.n] for start in range(len(text) - features.n + 1)]
        found.extend(grams)
        of_slice.extend([int(number)] * len(grams))
    numbers, labels = pd.factorize(np.array(found, dtype=object), sort=True)
    return (
        np.array(of_slice, dtype=np.int64),
        numbers.astype(np.int64),
        [str(label) for label in labels],
    )

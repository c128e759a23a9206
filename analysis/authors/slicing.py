"""Running words as arrays, and which slice each lies in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Whole = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class RunningWords:
    """Words that count, in order.

    Attributes
    ----------
    text, position : arrays
        The number of each word's text, and its running number there among all words.
    code : array
        The number of its term.
    char_start, char_end : arrays
    row, slice_index : arrays
        The number of its slice among all and in its text, from 0; empty until `cut`.
    names : tuple of str
        The texts, in order of appearance; some may have no word that counts.
    terms : tuple of str
        The terms, in alphabetical order; some may not occur.
    """

    text: Whole = field(repr=False)
    position: Whole = field(repr=False)
    code: Whole = field(repr=False)
    char_start: Whole = field(repr=False)
    char_end: Whole = field(repr=False)
    row: Whole = field(repr=False)
    slice_index: Whole = field(repr=False)
    names: tuple[str, ...]
    terms: tuple[str, ...] = field(repr=False)

    def longest(self) -> int:
        """Return the running words of the longest text."""
        return int(np.bincount(self.text, minlength=1).max())

    def cut(self, n_tokens: int | None) -> RunningWords:
        """Return the words that lie in a whole slice, with their slices; None cuts nothing."""
        if n_tokens is None:
            row, _ = pd.factorize(self.text)
            return replace(self, row=row.astype(np.int64), slice_index=np.zeros_like(self.text))
        size = np.bincount(self.text, minlength=len(self.names))
        index = running(self.text) // n_tokens
        whole = index < (size // n_tokens)[self.text]
        text, index = self.text[whole], index[whole]
        row, _ = pd.factorize(text * (int(index.max(initial=0)) + 1) + index)
        return replace(
            self,
            text=text,
            position=self.position[whole],
            code=self.code[whole],
            char_start=self.char_start[whole],
            char_end=self.char_end[whole],
            row=row.astype(np.int64),
            slice_index=index,
        )


def running_words(
    tokens: pd.DataFrame, *, voices: Collection[str], layers: Collection[str] | None
) -> RunningWords:
    """Return the tokens of these voices and layers."""
    text, names = numbered(tokens["doc_id"])
    code, terms = numbered(tokens["term"])
    counted = _among(tokens["voice"], wanted=voices)
    if layers is not None:
        counted &= _among(tokens["layer"], wanted=layers)
    order = np.array(sorted(range(len(terms)), key=terms.__getitem__), dtype=np.int64)
    place = np.empty(len(terms), dtype=np.int64)
    place[order] = np.arange(len(terms))
    none = np.array([], dtype=np.int64)
    return RunningWords(
        text=text[counted],
        position=running(text)[counted],
        code=place[code[counted]],
        char_start=tokens["char_start"].to_numpy(dtype=np.int64)[counted],
        char_end=tokens["char_end"].to_numpy(dtype=np.int64)[counted],
        row=none,
        slice_index=none,
        names=tuple(names),
        terms=tuple(terms[number] for number in order),
    )


def numbered(column: pd.Series) -> tuple[Whole, list[str]]:
    """Return the number of each value, in order of appearance, and the values as strings."""
    numbers, values = pd.factorize(column)
    return numbers.astype(np.int64), list(map(str, np.asarray(values, dtype=object).tolist()))


def _among(column: pd.Series, *, wanted: Collection[str]) -> NDArray[np.bool_]:
    """Return whether each value is wanted; the few values there are are looked at once."""
    numbers, values = numbered(column)
    return np.array([value in set(wanted) for value in values], dtype=bool)[numbers]


def running(text: Whole) -> Whole:
    """Return the running number of each word in its text, from 0."""
    order = np.argsort(text, kind="stable")
    sizes = np.bincount(text, minlength=1)
    made = np.empty(len(text), dtype=np.int64)
    made[order] = np.arange(len(text)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return made

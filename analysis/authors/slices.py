"""Slices of equal length and whole texts as rows of word frequencies, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.authors.checks import check_names, check_whole
from analysis.authors.features import Features, feature_codes
from analysis.authors.slicing import RunningWords, Whole, running_words
from analysis.errors import InputError
from analysis.results import Shown
from analysis.tables import LAYERS, VOICES, check_table

_NEEDED = ("passage_id", "doc_id", "char_start", "char_end", "term", "layer", "voice")


@dataclass(frozen=True, kw_only=True, eq=False)
class SliceFrequencies(Shown):
    """Frequencies of words in slices of texts.

    Attributes
    ----------
    frequencies : DataFrame
        Percentages of a slice's running words. One row a slice (index: slice_id), columns in
        order of (-count over all slices, term).
    counts : DataFrame
        The counts themselves, labelled in the same way.
    table : DataFrame
        One row a slice: slice_id, doc_id, slice_index, n_tokens, char_start, char_end (the hull in
        the raw text, which may hold notes and quotations that are not counted) and place.
    n_tokens : int or None
        Running words a slice; None where each row is a whole text.
    too_short : tuple of str
        Texts that have not one slice of that length and are left out.
    """

    frequencies: pd.DataFrame
    counts: pd.DataFrame
    table: pd.DataFrame
    n_tokens: int | None
    too_short: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the text of each row."""
        return tuple(self.table["doc_id"])


def slice_frequencies(
    tokens: pd.DataFrame,
    *,
    n_tokens: int | None = 1000,
    voices: Collection[str] = ("author",),
    layers: Collection[str] | None = None,
    features: Features | None = None,
) -> SliceFrequencies:
    """Return word frequencies in per cent, one row a slice of `n_tokens` running words.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table.
    n_tokens : int or None
        Length of a slice in the running words that are left after voices and layers are
        filtered. Slices follow each other without a gap; what is left at a text's end is too
        short and is left out. None takes each text as one row.
    voices, layers : collection of str
        Whose words count, and in which layers (all by default).
    features : Features, optional
        What is counted: words by default; word or character n-grams, some words left out, words
        that stand in too few slices left out (culling).

    Raises
    ------
    InputError
        If no text is long enough for one slice, or a name is unknown.
    SchemaError
        If the tokens lack a column.
    """
    features = features or Features()
    _check_slicing(n_tokens, voices=voices, layers=layers)
    check_table(tokens, "tokens", columns=_NEEDED)
    every = running_words(tokens, voices=voices, layers=layers)
    words = every.cut(n_tokens)
    if not len(words.text):
        raise InputError(
            f"No text has a slice of {n_tokens or 1} running words (the longest has "
            f"{every.longest()}); take shorter slices or more voices."
        )
    table = _slice_table(words, whole_texts=n_tokens is None)
    counts = _count(words, slice_ids=list(table["slice_id"]), features=features)
    sizes = table["n_tokens"].to_numpy(dtype=np.float64)[:, np.newaxis]
    frequencies = pd.DataFrame(
        100 * counts.to_numpy(dtype=np.float64) / sizes, index=counts.index, columns=counts.columns
    )
    sliced = set(table["doc_id"])
    return SliceFrequencies(
        frequencies=frequencies,
        counts=counts,
        table=table,
        n_tokens=n_tokens,
        too_short=tuple(doc for doc in words.names if doc not in sliced),
    )


def _check_slicing(
    n_tokens: int | None, *, voices: Collection[str], layers: Collection[str] | None
) -> None:
    """Raise an InputError for a length, a voice or a layer that makes no sense."""
    if n_tokens is not None:
        check_whole(n_tokens, name="n_tokens")
    check_names(voices, name="voices", known=VOICES)
    check_names(layers or (), name="layers", known=LAYERS)


def _slice_table(words: RunningWords, *, whole_texts: bool) -> pd.DataFrame:
    """Return one row a slice with its length and its place."""
    order = np.argsort(words.row, kind="stable")
    sizes = np.bincount(words.row)
    first = np.cumsum(sizes) - sizes
    docs = [words.names[text] for text in words.text[order][first]]
    index = words.slice_index[order][first]
    starts = np.minimum.reduceat(words.char_start[order], first)
    ends = np.maximum.reduceat(words.char_end[order], first)
    return pd.DataFrame(
        {
            "slice_id": [
                doc if whole_texts else f"{doc}:{number:03d}"
                for doc, number in zip(docs, index, strict=True)
            ],
            "doc_id": docs,
            "slice_index": index,
            "n_tokens": sizes,
            "char_start": starts,
            "char_end": ends,
            "place": [
                f"{doc}@{start}-{end}" for doc, start, end in zip(docs, starts, ends, strict=True)
            ],
        }
    )


def _count(words: RunningWords, *, slice_ids: Sequence[str], features: Features) -> pd.DataFrame:
    """Return counts, slices by features, columns by (-count, term), culled."""
    row, code, names = feature_codes(words, features=features)
    totals = np.bincount(code, minlength=len(names))
    kept = _culled(row, code=code, totals=totals, n_slices=len(slice_ids), features=features)
    # Numbers are in alphabetical order of the names.
    order = kept[np.argsort(-totals[kept], kind="stable")]
    order = order[features.skip : features.skip + features.most]
    number = np.full(len(names), len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    width = len(order) + 1
    flat = np.bincount(row * width + number[code], minlength=len(slice_ids) * width)
    return pd.DataFrame(
        flat.reshape(len(slice_ids), width)[:, :-1],
        index=pd.Index(slice_ids),
        columns=[names[column] for column in order],
    )


def _culled(row: Whole, *, code: Whole, totals: Whole, n_slices: int, features: Features) -> Whole:
    """Return the numbers of the features that occur in a large enough share of slices."""
    if not features.culling:
        return np.flatnonzero(totals)
    slices_with = np.bincount(np.unique(code * n_slices + row) // n_slices, minlength=len(totals))
    return np.flatnonzero((totals > 0) & (slices_with >= features.culling * n_slices))

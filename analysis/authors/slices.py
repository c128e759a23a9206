"""Slices of equal length and whole texts as rows of word frequencies, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.checks import check_names, check_whole
from analysis.authors.features import Features, feature_codes
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
    kept = _kept(tokens, voices=voices, layers=layers)
    rows, too_short = _assign_slices(kept, n_tokens=n_tokens)
    if rows.empty:
        longest = kept["doc_id"].value_counts().max() if len(kept) else 0
        raise InputError(
            f"No text has a slice of {n_tokens or 1} running words (the longest has {longest}); "
            "take shorter slices or more voices."
        )
    table = _slice_table(rows)
    counts = _count(rows, slice_ids=tuple(table["slice_id"]), features=features)
    sizes = table["n_tokens"].to_numpy(dtype=np.float64)[:, np.newaxis]
    frequencies = pd.DataFrame(
        100 * counts.to_numpy(dtype=np.float64) / sizes, index=counts.index, columns=counts.columns
    )
    return SliceFrequencies(
        frequencies=frequencies,
        counts=counts,
        table=table,
        n_tokens=n_tokens,
        too_short=too_short,
    )


def _check_slicing(
    n_tokens: int | None, *, voices: Collection[str], layers: Collection[str] | None
) -> None:
    """Raise an InputError for a length, a voice or a layer that makes no sense."""
    if n_tokens is not None:
        check_whole(n_tokens, name="n_tokens")
    check_names(voices, name="voices", known=VOICES)
    check_names(layers or (), name="layers", known=LAYERS)


def _kept(
    tokens: pd.DataFrame, *, voices: Collection[str], layers: Collection[str] | None
) -> pd.DataFrame:
    """Return the tokens that count, with their running number in the text as ``position``."""
    numbered = tokens.assign(position=tokens.groupby("doc_id", sort=False).cumcount())
    kept = numbered[numbered["voice"].isin(list(voices))]
    return kept if layers is None else kept[kept["layer"].isin(list(layers))]


def _assign_slices(
    kept: pd.DataFrame, *, n_tokens: int | None
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the tokens that lie in a whole slice, with its number, and the texts without one."""
    place = kept.groupby("doc_id", sort=False).cumcount()
    size = kept["doc_id"].map(kept["doc_id"].value_counts()).astype("int64")
    length = n_tokens or size
    number = place // length
    whole = number < size // length
    rows = kept.assign(slice_index=number)[whole]
    found = set(rows["doc_id"])
    too_short = tuple(doc for doc in dict.fromkeys(kept["doc_id"]) if doc not in found)
    if n_tokens is None:
        ids = rows["doc_id"].astype(str)
    else:
        ids = rows["doc_id"].astype(str) + ":" + rows["slice_index"].astype(str).str.zfill(3)
    return rows.assign(slice_id=ids), too_short


def _slice_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a slice with its length and its place."""
    table = rows.groupby("slice_id", sort=False, as_index=False).agg(
        doc_id=("doc_id", "first"),
        slice_index=("slice_index", "first"),
        n_tokens=("term", "size"),
        char_start=("char_start", "min"),
        char_end=("char_end", "max"),
    )
    spans = table["char_start"].astype(str) + "-" + table["char_end"].astype(str)
    return table.assign(place=table["doc_id"].astype(str) + "@" + spans)


def _count(rows: pd.DataFrame, *, slice_ids: Sequence[str], features: Features) -> pd.DataFrame:
    """Return counts, slices by features, columns by (-count, term), culled."""
    row, code, names = feature_codes(rows, slice_ids=slice_ids, features=features)
    totals = np.bincount(code, minlength=len(names))
    kept = _culled(row, code=code, n_slices=len(slice_ids), features=features)
    order = sorted(kept, key=lambda column: (-totals[column], names[column]))[: features.most]
    number = np.full(len(names), -1, dtype=np.int64)
    number[order] = np.arange(len(order))
    used = number[code] >= 0
    flat = np.bincount(
        row[used] * len(order) + number[code[used]], minlength=len(slice_ids) * len(order)
    )
    return pd.DataFrame(
        flat.reshape(len(slice_ids), len(order)),
        index=pd.Index(slice_ids),
        columns=[names[column] for column in order],
    )


def _culled(
    row: NDArray[np.int64], *, code: NDArray[np.int64], n_slices: int, features: Features
) -> list[int]:
    """Return the numbers of the features that occur in a large enough share of slices."""
    pairs = pd.DataFrame({"row": row, "code": code}).drop_duplicates()
    slices_with = np.bincount(pairs["code"].to_numpy(dtype=np.int64))
    return [
        int(number)
        for number in np.flatnonzero(slices_with)
        if slices_with[number] >= features.culling * n_slices
    ]

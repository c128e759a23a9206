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
    rows = _assign_slices(kept, n_tokens=n_tokens)
    if rows.empty:
        longest = kept["text"].value_counts().max() if len(kept) else 0
        raise InputError(
            f"No text has a slice of {n_tokens or 1} running words (the longest has {longest}); "
            "take shorter slices or more voices."
        )
    table = _slice_table(rows, whole_texts=n_tokens is None)
    counts = _count(rows, slice_ids=list(table["slice_id"]), features=features)
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
        too_short=tuple(doc for doc in tokens["doc_id"].unique() if doc not in sliced),
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
    """Return the tokens that count: ``text`` (its number), ``position`` in it, term, place."""
    text, names = pd.factorize(tokens["doc_id"])
    counted = tokens["voice"].isin(list(voices)).to_numpy(dtype=bool)
    if layers is not None:
        counted &= tokens["layer"].isin(list(layers)).to_numpy(dtype=bool)
    numbered = pd.DataFrame(
        {
            "text": text,
            "position": _running(text),
            "term": tokens["term"].to_numpy(),
            "char_start": tokens["char_start"].to_numpy(dtype=np.int64),
            "char_end": tokens["char_end"].to_numpy(dtype=np.int64),
        }
    )
    numbered.attrs["names"] = [str(name) for name in names]
    return numbered[counted]


def _running(text: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the running number of each token in its text, from 0."""
    counted = pd.Series(text).groupby(text, sort=False).cumcount()
    return np.asarray(counted, dtype=np.int64)


def _assign_slices(kept: pd.DataFrame, *, n_tokens: int | None) -> pd.DataFrame:
    """Return the tokens that lie in a whole slice, with ``slice_index`` and ``row`` (from 0)."""
    text = kept["text"].to_numpy()
    size = np.bincount(text, minlength=1)[text] if len(text) else text
    length = np.full(len(text), n_tokens) if n_tokens is not None else size
    number = _running(text) // np.maximum(length, 1)
    whole = number < size // np.maximum(length, 1)
    rows: pd.DataFrame = kept.assign(slice_index=number)[whole]
    width = int(number.max(initial=0)) + 1
    row, _ = pd.factorize(rows["text"].to_numpy() * width + rows["slice_index"].to_numpy())
    return rows.assign(row=row)


def _slice_table(rows: pd.DataFrame, *, whole_texts: bool) -> pd.DataFrame:
    """Return one row a slice with its length and its place."""
    names = rows.attrs["names"]
    table = rows.groupby("row", sort=True).agg(
        text=("text", "first"),
        slice_index=("slice_index", "first"),
        n_tokens=("position", "size"),
        char_start=("char_start", "min"),
        char_end=("char_end", "max"),
    )
    docs = [names[text] for text in table["text"]]
    ids = [
        doc if whole_texts else f"{doc}:{index:03d}"
        for doc, index in zip(docs, table["slice_index"], strict=True)
    ]
    places = [
        f"{doc}@{start}-{end}"
        for doc, start, end in zip(docs, table["char_start"], table["char_end"], strict=True)
    ]
    table = table.drop(columns="text").reset_index(drop=True)
    table.insert(0, "slice_id", ids)
    table.insert(1, "doc_id", docs)
    return table.assign(place=places)


def _count(rows: pd.DataFrame, *, slice_ids: Sequence[str], features: Features) -> pd.DataFrame:
    """Return counts, slices by features, columns by (-count, term), culled."""
    row, code, names = feature_codes(rows, features=features)
    totals = np.bincount(code, minlength=len(names))
    kept = _culled(row, code=code, n_slices=len(slice_ids), features=features)
    order = sorted(kept, key=lambda column: (-totals[column], names[column]))
    order = order[features.skip : features.skip + features.most]
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

"""Distances of slices within one text, within one author, and between authors, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.authors.distances import (
    DistanceResult,
    checked_percentages,
    measure_named,
    published_distances,
)
from analysis.authors.slices import SliceFrequencies
from analysis.errors import InputError
from analysis.results import Shown

KINDS = ("same text", "same author", "different authors")
"""What the two slices of a pair share, from most to least."""

SCOPE = "more text of the same kind, not the author"
"""What every interval and every distribution made within texts speaks for."""


@dataclass(frozen=True, kw_only=True, eq=False)
class BaselineResult(Shown):
    """Every distance between two slices of equal length, by what the two share.

    Attributes
    ----------
    pairs : DataFrame
        One row a pair of slices: kind, text_a, text_b, author_a, author_b, slice_a, slice_b,
        place_a, place_b, distance (lower is more alike).
    summary : DataFrame
        One row a pair of texts (a text with itself first): kind, text_a, text_b, n_pairs, median,
        low, high (the middle 90 % of the pairs: a spread, not an interval of confidence).
    measure, n_terms, n_tokens : str, int, int or None
        What was computed, on how many words, between slices of how many running words.
    warning : str
        What a reader must know before citing these distances.
    reason : str
        Why a kind is missing; empty where all three are there.
    """

    pairs: pd.DataFrame
    summary: pd.DataFrame
    measure: str
    n_terms: int
    n_tokens: int | None
    warning: str = ""
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return the pairs with the median of their row and a place, rounded to 6 decimals."""
        rows = self.pairs.groupby(["kind", "text_a", "text_b"], sort=False)["distance"]
        median = rows.transform("median")
        return self.pairs.assign(median=median, place=self.pairs["place_a"]).round(6)


def baselines(
    slices: SliceFrequencies,
    *,
    authors: Mapping[str, str],
    measure: str = "burrows",
    n_terms: int = 100,
    standardize: str = "plain",
) -> BaselineResult:
    """Return every distance between two slices, by whether they share the text or the author.

    The distances between slices of one text are the noise floor: a distance between texts says
    something only above it. All slices have the same length, so the bias by length is the same.

    Parameters
    ----------
    slices : SliceFrequencies
        From `slice_frequencies` with a length.
    authors : mapping of str to str
        The author of each text, by doc_id.
    measure, n_terms, standardize
        As in `distances`; a word that does not vary over the slices is left out of z-scores.

    Raises
    ------
    InputError
        If a text has no author, or what `distances` refuses.
    """
    for doc in dict.fromkeys(slices.texts):
        if doc not in authors:
            raise InputError(f"The text {doc!r} has no author; add it to authors.")
    checked_percentages(slices.frequencies, n_terms=n_terms)
    used = _varying(slices.frequencies.iloc[:, :n_terms], measure=measure)
    result = published_distances(
        used,
        measure=measure,
        n_terms=used.shape[1],
        standardize=standardize,
        texts=slices.texts,
    )
    pairs = _pairs(result, slices=slices, authors=authors)
    return BaselineResult(
        pairs=pairs,
        summary=_summary(pairs),
        measure=measure,
        n_terms=n_terms,
        n_tokens=slices.n_tokens,
        warning=result.warning,
        reason=result.reason or _missing_kind(pairs),
    )


def _varying(frequencies: pd.DataFrame, *, measure: str) -> pd.DataFrame:
    """Return the columns that have a z-score, where the measure takes one and any has."""
    varying = (frequencies != frequencies.iloc[0]).any()
    return (
        frequencies.loc[:, varying]
        if measure_named(measure).z_scores and varying.any()
        else frequencies
    )


def _pairs(
    result: DistanceResult, *, slices: SliceFrequencies, authors: Mapping[str, str]
) -> pd.DataFrame:
    """Return one row a pair of slices, texts in order of appearance."""
    first, second = np.triu_indices(len(result.matrix), k=1)
    texts = np.array(slices.texts, dtype=object)
    by = np.array([authors[text] for text in texts], dtype=object)
    places = slices.table["place"].to_numpy()
    ids = slices.table["slice_id"].to_numpy()
    kind = np.where(
        texts[first] == texts[second],
        KINDS[0],
        np.where(by[first] == by[second], KINDS[1], KINDS[2]),
    )
    frame = pd.DataFrame({"kind": kind})
    for name, values in (("text", texts), ("author", by), ("slice", ids), ("place", places)):
        frame[f"{name}_a"], frame[f"{name}_b"] = values[first], values[second]
    return frame.assign(distance=result.matrix.to_numpy()[first, second])


def _summary(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the median and the middle 90 % of each pair of texts, kinds in order."""
    grouped = pairs.groupby(["kind", "text_a", "text_b"], sort=False)["distance"]
    summary = grouped.agg(
        n_pairs="size",
        median="median",
        low=lambda values: values.quantile(0.05),
        high=lambda values: values.quantile(0.95),
    ).reset_index()
    order = summary["kind"].map({kind: number for number, kind in enumerate(KINDS)})
    return summary.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _missing_kind(pairs: pd.DataFrame) -> str:
    """Return which comparison this corpus cannot make; empty where it can make all three."""
    found = set(pairs["kind"])
    reasons = {
        KINDS[0]: "no text has two slices, so there is no noise floor",
        KINDS[1]: "no author has two texts, so nothing says how far texts of one author lie apart",
        KINDS[2]: "there is one author only",
    }
    missing = [reasons[kind] for kind in KINDS if kind not in found]
    return ("; ".join(missing) + ".").capitalize() if missing else ""

"""Zeta: words that stand in most slices of one corpus and in few of another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.authors.slices import SliceFrequencies
from analysis.errors import InputError

LOG2_ADDED = 0.1
"""What is added to either share before the logarithm of log2 Zeta."""


def zeta(
    slices: SliceFrequencies, *, target: Sequence[str], reference: Sequence[str]
) -> pd.DataFrame:
    """Return Zeta of every word, by the share of slices of either side in which it stands.

    Columns: term, share_target, share_reference, craig (0 only in the reference, 1 alike, 2 only
    in the target), eder (-1 to 1, + is the target), log2 (+ is the target). Ordered by craig,
    highest first, then by (-slices, term).

    Parameters
    ----------
    slices : SliceFrequencies
        With counts of all words: Zeta is about middling frequent words.
    target, reference : sequence of str
        The texts of either side, by doc_id; none is on both. Words of other texts are left out.

    Raises
    ------
    InputError
        If a side has no slices, or a text is on both.

    Notes
    -----
    Length bias: shares grow with the length of a slice. Craig and Kinney (2009); Eder's variant
    is that of stylo's ``oppose`` (the difference over the sum); log2 is the difference of the
    logarithms of shares with 0.1 added (Schöch and others 2018).
    """
    texts = np.array(slices.texts, dtype=object)
    shares = []
    for side, name in ((target, "target"), (reference, "reference")):
        if isinstance(side, str):
            raise InputError(f"{name} must be a list of texts: write [{side!r}].")
        rows = np.isin(texts, list(side))
        if not rows.any():
            raise InputError(f"{name} has no slices; name texts among {sorted(set(texts))}.")
        shares.append((slices.counts.to_numpy()[rows] > 0).mean(axis=0))
    both = sorted(set(target) & set(reference))
    if both:
        raise InputError(f"The text {both[0]!r} is on both sides; leave it out of one.")
    one, other = shares
    with np.errstate(divide="ignore", invalid="ignore"):
        eder = (one - other) / (one + other)
    table = pd.DataFrame(
        {
            "term": slices.counts.columns.to_numpy(),
            "share_target": one,
            "share_reference": other,
            "craig": one + (1 - other),
            "eder": eder,
            "log2": np.log2(one + LOG2_ADDED) - np.log2(other + LOG2_ADDED),
        }
    )
    table = table.assign(found=one + other)
    table = table[table["found"] > 0]
    ordered: pd.DataFrame = table.sort_values(
        ["craig", "found", "term"], ascending=[False, False, True], kind="stable"
    )
    return ordered.reset_index(drop=True).drop(columns="found")

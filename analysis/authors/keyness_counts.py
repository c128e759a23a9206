"""The counts of two corpora by term, checked and lined up."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.text.counts import TermCounts


def aligned(target: pd.Series | TermCounts, reference: pd.Series | TermCounts) -> pd.DataFrame:
    """Return the counts of both corpora by term, terms in alphabetical order."""
    sides = {
        name: _totals(side, name=name)
        for name, side in (("target", target), ("reference", reference))
    }
    counts = pd.DataFrame(sides).fillna(0.0)
    counts = counts[counts.sum(axis=1) > 0]
    return counts.loc[sorted(counts.index)]


def _totals(side: pd.Series | TermCounts, *, name: str) -> pd.Series:
    """Return the counts of one corpus by term, or raise an InputError."""
    if isinstance(side, TermCounts):
        side = side.totals()
    if not isinstance(side, pd.Series):
        raise InputError(
            f"{name} is a {type(side).__name__}; give a Series of counts by term, or TermCounts."
        )
    if side.index.has_duplicates:
        twice = side.index[side.index.duplicated()][0]
        raise InputError(f"{name} has the term {twice!r} twice; add the two up.")
    values = pd.to_numeric(side, errors="coerce").astype("float64")
    strange = values.isna() | (values < 0) | (values % 1 != 0)
    if strange.any():
        term = side.index[strange.to_numpy()][0]
        shown = side[term].item() if isinstance(side[term], np.generic) else side[term]
        raise InputError(f"{name} has {shown!r} for {term!r}; give counts, whole and >= 0.")
    if values.sum() == 0:
        raise InputError(f"{name} has no words; give it at least one text or voice.")
    return values.set_axis(values.index.map(str))

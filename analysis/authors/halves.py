"""The control of a comparison: whether the halves of one text are told apart as well."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.authors.energy import Pair, exchange_p
from analysis.authors.slice_comparison import slice_matrix
from analysis.authors.slices import SliceFrequencies
from analysis.uncertainty.blocks import LEAST_BLOCKS

ALPHA = 0.05


def halves_apart(
    slices: SliceFrequencies,
    *,
    measure: str = "burrows",
    n_terms: int = 100,
    standardize: str = "balanced",
    seed: int = 1,
) -> pd.DataFrame:
    """Return for each text of at least 8 slices whether its own halves are told apart.

    Columns: doc_id, n_slices, energy, p_one_kind, told_apart (p at most .05). It is the control for
    `compare_slices`: a text drifts, so that its halves differ in subject; where they are told
    apart too, two texts that are told apart need not differ in more than that.
    """
    square = slice_matrix(
        slices.frequencies,
        texts=slices.texts,
        measure=measure,
        n_terms=n_terms,
        standardize=standardize,
    )
    rows = []
    for text in dict.fromkeys(slices.texts):
        own = np.flatnonzero(np.array(slices.texts) == text)
        if len(own) >= 2 * LEAST_BLOCKS:
            middle = len(own) // 2
            pair = Pair.of(square, one=own[:middle], other=own[middle:])
            p = exchange_p(pair, seed=seed)
            rows.append((text, len(own), pair.energy, p, p <= ALPHA))
    columns = ["doc_id", "n_slices", "energy", "p_one_kind", "told_apart"]
    return pd.DataFrame(rows, columns=columns)

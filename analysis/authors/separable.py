"""Whether the effect of one property of texts can be told from those of others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def estimable(levels: pd.DataFrame, *, factor: str, others: Sequence[str]) -> bool:
    """Return whether the factor's levels can be told apart beside the effects of the others."""
    base = np.ones((len(levels), 1))
    for name in others:
        base = np.hstack([base, indicators(levels[name])])
    whole = np.hstack([base, indicators(levels[factor])])
    gained = int(np.linalg.matrix_rank(whole)) - int(np.linalg.matrix_rank(base))
    return gained == levels[factor].nunique() - 1 > 0


def indicators(values: pd.Series) -> NDArray[np.float64]:
    """Return one column of zeros and ones a level."""
    codes, names = pd.factorize(values, sort=True)
    return np.eye(len(names))[codes]


def single_levels(levels: pd.DataFrame, *, factor: str) -> list[str]:
    """Return the levels of the factor that one text has."""
    counts = levels[factor].value_counts()
    return sorted(counts[counts == 1].index)

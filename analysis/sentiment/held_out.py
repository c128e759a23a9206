"""What a learned scorer is worth on places that it did not see."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.sentiment.rank_correlation import rho_with_interval
from analysis.sentiment.ridge import fitted_ridge, predicted_by

Scheme = Literal["contiguous", "leave-one-text-out"]
SCHEMES: tuple[Scheme, ...] = ("contiguous", "leave-one-text-out")
FOLD = 14
"""Neighbouring places a contiguous fold, about."""


def held_out_predictions(features: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return each place with the prediction of a ridge that was fitted without it, by scheme.

    Parameters
    ----------
    features : DataFrame
        One row a place.
    places : DataFrame
        The same rows: doc_id and valence, in the order of the texts.
    """
    matrix, target = features.to_numpy(dtype=float), places["valence"].to_numpy(dtype=float)
    texts = places["doc_id"].to_numpy(dtype=object)
    parts = []
    for scheme in SCHEMES:
        predicted = np.full(len(target), np.nan)
        for test in _folds(texts, scheme=scheme):
            train = np.setdiff1d(np.arange(len(target)), test)
            fit, _ = fitted_ridge(matrix[train], target[train], columns=tuple(features.columns))
            predicted[test] = predicted_by(fit, matrix[test])
        parts.append(places.reset_index().assign(scheme=scheme, learned=predicted))
    return pd.concat(parts, ignore_index=True)


def held_out_worth(held_out: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Return rho of the held-out predictions and their difference from the mean rank's.

    Parameters
    ----------
    held_out : DataFrame
        Of `held_out_predictions`, with mean_rank.
    level : float
        Of the intervals.
    """
    rows = []
    for scheme, own in held_out.groupby("scheme", sort=False):
        learned = rho_with_interval(own, columns=["learned"], level=level)
        ranked = rho_with_interval(own, columns=["mean_rank"], level=level)
        paired = rho_with_interval(own, columns=["learned", "mean_rank"], level=level)
        rows.append(
            {
                "scheme": scheme,
                **learned,
                "rho_mean_rank": ranked["rho"],
                "difference": paired["rho"],
                "difference_low": paired["low"],
                "difference_high": paired["high"],
            }
        )
    return pd.DataFrame(rows)


def _folds(texts: np.ndarray, *, scheme: Scheme) -> list[np.ndarray]:
    """Return which rows are held out together."""
    rows = [np.flatnonzero(texts == doc_id) for doc_id in dict.fromkeys(texts)]
    if scheme == "leave-one-text-out":
        return rows
    return [part for own in rows for part in np.array_split(own, max(2, len(own) // FOLD))]

"""Ridge regression on two blocks of features that weigh the same: scores and embeddings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""The penalties that are tried."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ridge:
    """A fitted ridge: how features are made, and their weights."""

    columns: tuple[str, ...]
    centre: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    intercept: float


def fitted_ridge(
    matrix: np.ndarray, target: np.ndarray, *, columns: tuple[str, ...]
) -> tuple[Ridge, float]:
    """Return the ridge with the penalty that contiguous folds within the places choose."""
    errors = []
    parts = np.array_split(np.arange(len(target)), 5)
    for penalty in PENALTIES:
        error = 0.0
        for test in parts:
            train = np.setdiff1d(np.arange(len(target)), test)
            fit = _ridge(matrix[train], target[train], penalty=penalty, columns=columns)
            error += float(((predicted_by(fit, matrix[test]) - target[test]) ** 2).sum())
        errors.append(error)
    best = PENALTIES[int(np.argmin(errors))]
    return _ridge(matrix, target, penalty=best, columns=columns), best


def _ridge(
    matrix: np.ndarray, target: np.ndarray, *, penalty: float, columns: tuple[str, ...]
) -> Ridge:
    """Return the ridge of the target on the two standardised blocks of features."""
    centre = np.nanmean(matrix, axis=0)
    centred = np.nan_to_num(matrix - centre)
    is_embedding = np.array([_is_embedding(name) for name in columns])
    scale = np.where(is_embedding, 1.0, centred.std(axis=0))
    for block in (is_embedding, ~is_embedding):
        if block.any():
            size = np.sqrt(
                ((centred[:, block] / np.maximum(scale[block], 1e-12)) ** 2).sum(1).mean()
            )
            scale[block] *= size
    scaled = centred / np.maximum(scale, 1e-12)
    kernel = scaled @ scaled.T + penalty * np.eye(len(target))
    weights = scaled.T @ np.linalg.solve(kernel, target - target.mean())
    return Ridge(
        columns=columns,
        centre=centre,
        scale=np.maximum(scale, 1e-12),
        weights=weights,
        intercept=float(target.mean()),
    )


def _is_embedding(name: str) -> bool:
    """Return whether a feature is a component of an embedding (e0, e1, ...)."""
    return name[:1] == "e" and name[1:].isdigit()


def predicted_by(fit: Ridge, matrix: np.ndarray) -> np.ndarray:
    """Return the predicted valence of each row; a missing feature counts as average."""
    scaled = np.nan_to_num((matrix - fit.centre) / fit.scale)
    return np.asarray(scaled @ fit.weights + fit.intercept)

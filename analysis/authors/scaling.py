"""A map of slices: distances laid out in the plane (classical scaling)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.slice_comparison import slice_matrix
from analysis.authors.slices import SliceFrequencies
from analysis.results import Shown

Matrix = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class MapResult(Shown):
    """Slices in the plane, near where their distances are small.

    Attributes
    ----------
    table : DataFrame
        One row a slice: slice_id, doc_id, author, place, x, y (in units of the distance).
    shares : tuple of float
        The share of all (positive) variation that either axis shows. What is not shown may part
        slices that look near, and no axis has a meaning of its own.
    """

    table: pd.DataFrame
    shares: tuple[float, float]
    measure: str
    n_terms: int
    standardize: str
    n_tokens: int | None

    def plot_table(self) -> pd.DataFrame:
        """Return the table, rounded to 6 decimals."""
        return self.table.round(6)


def slice_map(
    slices: SliceFrequencies,
    *,
    authors: Mapping[str, str] | None = None,
    measure: str = "burrows",
    n_terms: int = 100,
    standardize: str = "balanced",
) -> MapResult:
    """Return the slices laid out in the plane so that distances are kept as well as they can.

    Parameters
    ----------
    slices : SliceFrequencies
    authors : mapping of str to str, optional
        The author of each text; null where none is given.
    measure, n_terms, standardize
        As in `compare_slices`.

    Notes
    -----
    Classical scaling (Torgerson 1952): the first two axes of the doubly centred squared
    distances. Axes are turned so that the slice furthest along each is on its positive side.
    """
    square = slice_matrix(
        slices.frequencies, texts=slices.texts, measure=measure, n_terms=n_terms,
        standardize=standardize,
    )  # fmt: skip
    points, shares = classical_scaling(square)
    named = authors or {}
    table = pd.DataFrame(
        {
            "slice_id": slices.table["slice_id"].to_numpy(),
            "doc_id": list(slices.texts),
            "author": pd.array([named.get(text) for text in slices.texts], dtype="string"),
            "place": slices.table["place"].to_numpy(),
            "x": points[:, 0],
            "y": points[:, 1],
        }
    )
    return MapResult(
        table=table,
        shares=shares,
        measure=measure,
        n_terms=n_terms,
        standardize=standardize,
        n_tokens=slices.n_tokens,
    )


def classical_scaling(square: Matrix) -> tuple[Matrix, tuple[float, float]]:
    """Return points in the plane from a square of distances, and the share that each axis shows."""
    n = len(square)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ square**2 @ centre)
    order = np.argsort(-values, kind="stable")[:2]
    kept = np.maximum(values[order], 0.0)
    points = vectors[:, order] * np.sqrt(kept)
    for axis in range(points.shape[1]):
        furthest = np.argmax(np.round(np.abs(points[:, axis]), 9))
        if points[furthest, axis] < 0:
            points[:, axis] *= -1
    positive = float(np.maximum(values, 0.0).sum())
    shares = kept / positive if positive > 0 else np.full(2, np.nan)
    return points, (float(shares[0]), float(shares[1]))

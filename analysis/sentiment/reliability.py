"""How far readers agree: Krippendorff's alpha, and the ceiling that it sets."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import InputError

Level = Literal["nominal", "ordinal", "interval"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval")


def krippendorff_alpha(
    ratings: pd.DataFrame,
    *,
    unit: str = "place",
    reader: str = "reader",
    value: str = "valence",
    level: Level = "interval",
) -> float:
    """Return Krippendorff's alpha: 1 is perfect agreement, 0 what chance gives, below is worse.

    Parameters
    ----------
    ratings : DataFrame
        One row a unit and reader; readers may have left units out.
    unit, reader, value : str
        The columns.
    level : str
        ``interval`` (squared differences), ``ordinal`` (ranks) or ``nominal`` (same or not).

    Returns
    -------
    float
        NaN where no unit has two readings, or all readings are the same.

    Raises
    ------
    InputError
        If there is no such level or column, or a reader has a unit twice.

    Notes
    -----
    Krippendorff (2011), Computing Krippendorff's alpha-reliability: one less observed over
    expected disagreement, over all pairs of readings.
    """
    if level not in LEVELS:
        raise InputError(f"There is no level {level!r}; use one of {', '.join(LEVELS)}.")
    for name in (unit, reader, value):
        if name not in ratings:
            raise InputError(f"The ratings have no column {name!r}.")
    given = ratings[ratings[value].notna()]
    if given.duplicated([unit, reader]).any():
        first = given.loc[given.duplicated([unit, reader]), [unit, reader]].iloc[0].tolist()
        raise InputError(f"The reader {first[1]!r} has read {first[0]!r} twice; keep one reading.")
    counts = given.groupby(unit)[value].transform("size")
    paired = given[counts >= 2]
    values, codes = np.unique(paired[value].to_numpy(dtype=float), return_inverse=True)
    if len(values) < 2:
        return float("nan")
    units = pd.factorize(paired[unit])[0]
    table = np.zeros((units.max() + 1, len(values)))
    np.add.at(table, (units, codes), 1)
    per_unit = table.sum(axis=1)
    seen = (table / (per_unit - 1)[:, None]).T @ table
    seen -= np.diag((table / (per_unit - 1)[:, None]).sum(axis=0))
    totals = table.sum(axis=0)
    expected = (np.outer(totals, totals) - np.diag(totals)) / (totals.sum() - 1)
    distance = _distances(values, totals=totals, level=level)
    return float(1 - (seen * distance).sum() / (expected * distance).sum())


def _distances(values: np.ndarray, *, totals: np.ndarray, level: Level) -> np.ndarray:
    """Return the squared distance of each pair of values."""
    if level == "nominal":
        return np.asarray(1.0 - np.eye(len(values)))
    scale = values
    if level == "ordinal":
        # Half of each end and all between: the place of a value in the ranking of all readings.
        scale = np.cumsum(totals) - totals / 2
    return np.asarray((scale[:, None] - scale[None, :]) ** 2)


def rank_ceiling(annotations: pd.DataFrame) -> tuple[float, float]:
    """Return how well the readers' ranks agree, and the rank correlation that a score can reach.

    The first is the mean of Spearman's rho over pairs of readers. The second is the square root
    of the reliability of the readers' mean (Spearman and Brown): a perfect score would correlate
    so with it. Both are bounds on what can be seen, not proof of what is true: readers may share
    a mistake.

    Parameters
    ----------
    annotations : DataFrame
        With place, reader and valence.

    Returns
    -------
    tuple of float
        NaN where there is one reader, or readers share fewer than 3 places.
    """
    wide = annotations.pivot(index="place", columns="reader", values="valence").astype(float)
    n_readers = wide.shape[1]
    if n_readers < 2:
        return float("nan"), float("nan")
    rho = wide.corr(method="spearman", min_periods=3).to_numpy()
    between = float(np.nanmean(rho[np.triu_indices(n_readers, k=1)]))
    whole = n_readers * between / (1 + (n_readers - 1) * between)
    return between, float(np.sqrt(whole)) if whole > 0 else float("nan")

"""Spearman's rank correlation with a jackknife interval over runs of neighbouring places."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from analysis.uncertainty.blocks import LEAST_BLOCKS, block_numbers, jackknife_interval

BLOCK = 5
"""Neighbouring places a jackknife block."""

FEWEST_PLACES = 8
"""From fewer places no correlation is given."""


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    """Return Spearman's rank correlation, ties at their mean rank; NaN where a side is flat."""
    ranks = np.stack([rankdata(one), rankdata(other)])
    ranks -= ranks.mean(axis=1, keepdims=True)
    size = np.sqrt((ranks**2).sum(axis=1).prod())
    return float((ranks[0] * ranks[1]).sum() / size) if size > 0 else float("nan")


def rho_with_interval(rows: pd.DataFrame, *, columns: list[str], level: float) -> dict[str, object]:
    """Return rho of a column with the readings, or the difference of two columns' rhos.

    Parameters
    ----------
    rows : DataFrame
        In the order of the texts: the columns, valence (the reading) and doc_id.
    columns : list of str
        One, or two whose rhos are subtracted on the rows that have both.
    level : float

    Returns
    -------
    dict
        n_places, rho, low, high, reason. The interval of one rho is made on Fisher's scale, so
        that it stays between -1 and 1. Texts with fewer than 4 blocks give the value but not the
        interval, unless all are so short.
    """
    rows = rows.dropna(subset=[*columns, "valence"])
    single = len(columns) == 1
    readings = rows["valence"].to_numpy(dtype=float)
    scores = [rows[name].to_numpy(dtype=float) for name in columns]

    def statistic(kept: np.ndarray) -> float:
        """Return the rank correlation, or the difference of two, of the kept rows."""
        rhos = [spearman(one[kept], readings[kept]) for one in scores]
        if single:
            return float(np.arctanh(np.clip(rhos[0], -0.999999, 0.999999)))
        return rhos[0] - rhos[1]

    gap = {"n_places": len(rows), "rho": float("nan"), "low": float("nan"), "high": float("nan")}
    if len(rows) < FEWEST_PLACES:
        return {**gap, "reason": f"{len(rows)} places are too few ({FEWEST_PLACES} needed)"}
    value = statistic(np.ones(len(rows), dtype=bool))
    if np.isnan(value):
        return {**gap, "reason": "all scores or all readings are the same"}
    blocks = _blocks(rows)
    left_out = []
    for doc_id in dict.fromkeys(rows["doc_id"]):
        own = dict.fromkeys(blocks[place] for place in np.flatnonzero(rows["doc_id"] == doc_id))
        left_out.append(
            np.array([statistic(np.array([one != block for one in blocks])) for block in own])
        )
    long = [values for values in left_out if len(values) >= LEAST_BLOCKS]
    interval = jackknife_interval(value, long or left_out, level=level)
    ends = (value, interval.low, interval.high)
    rho, low, high = (float(np.tanh(end)) if single else float(end) for end in ends)
    return {**gap, "rho": rho, "low": low, "high": high, "reason": interval.reason}


def _blocks(rows: pd.DataFrame) -> list[tuple[str, int]]:
    """Return the jackknife block of each row: its text and a number."""
    blocks: list[tuple[str, int]] = []
    for doc_id, own in rows.groupby("doc_id", sort=False):
        blocks += [(str(doc_id), int(one)) for one in block_numbers(len(own), length=BLOCK)]
    return blocks

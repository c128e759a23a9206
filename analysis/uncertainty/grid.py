"""One question asked under every combination of settings, and how often the answer has one sign.

Cells share the texts, so they are dependent: the share of a sign is a description, no probability.
It is to be read beside the shares that the same grid gives where the truth is known.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.results import Shown

DEPENDENT = "cells share the texts and are dependent: a description, not a probability"


@dataclass(frozen=True, kw_only=True, eq=False)
class GridResult(Shown):
    """A value under every combination of settings.

    Attributes
    ----------
    cells : DataFrame
        One row a cell: cell (its number), one column a factor, value (NaN where undefined).
    factors : tuple of str
    share_positive : float
        Share of the cells with a value in which it is above 0; NaN where there is none.
    n_cells, n_undefined : int
    by_level : DataFrame
        One row a factor and level: factor, level, n_cells, share_positive, median.
    percentiles : DataFrame
        One row a kind of draw whose truth is known: kind, n_draws, percentile (share of draws
        with a smaller share of positive cells, half of the equal ones counted), as_high (share of
        draws with a share at least as high), low, high (the middle 90 % of the draws' shares).
        Empty until given.
    share_compared : float
        The share of positive cells in those cells that the draws can have too.
    label : str
        What the shares are, for captions.
    """

    cells: pd.DataFrame
    factors: tuple[str, ...]
    share_positive: float
    n_cells: int
    n_undefined: int
    by_level: pd.DataFrame
    percentiles: pd.DataFrame
    share_compared: float = float("nan")
    label: str = DEPENDENT

    def plot_table(self) -> pd.DataFrame:
        """Return one row a factor and cell, rounded: factor, level, cell, value, median, share.

        The median and the share of positive cells are those of the level.
        """
        long = self.cells.melt(
            id_vars=["cell", "value"], value_vars=list(self.factors),
            var_name="factor", value_name="level",
        )  # fmt: skip
        long["level"] = long["level"].astype(str)
        known = self.by_level.rename(columns={"share_positive": "share"})
        table = long.merge(known[["factor", "level", "median", "share"]], how="left")
        return table[["factor", "level", "cell", "value", "median", "share"]].round(6)


def run_grid(
    factors: Mapping[str, Sequence[Any]], evaluate: Callable[[Mapping[str, Any]], float]
) -> GridResult:
    """Return the value of every combination of the factors' levels.

    Parameters
    ----------
    factors : mapping of str to sequence
        The levels of each factor. The last factor changes fastest.
    evaluate : callable
        Takes one level of each factor by name and returns a number, NaN where it is undefined.
        It must not depend on the order in which cells come.
    """
    for name, levels in factors.items():
        if isinstance(levels, str) or not len(levels):
            raise InputError(f"The factor {name!r} has no levels; give a list of at least one.")
    names = tuple(factors)
    rows = [
        {"cell": number, **dict(zip(names, chosen, strict=True))}
        for number, chosen in enumerate(itertools.product(*factors.values()))
    ]
    for row in rows:
        row["value"] = float(evaluate({name: row[name] for name in names}))
    cells = pd.DataFrame(rows)
    return GridResult(
        cells=cells,
        factors=names,
        share_positive=share_positive(cells["value"]),
        n_cells=len(cells),
        n_undefined=int(cells["value"].isna().sum()),
        by_level=_by_level(cells, factors=names),
        percentiles=pd.DataFrame(
            columns=["kind", "n_draws", "percentile", "as_high", "low", "high"]
        ),
    )


def share_positive(values: pd.Series) -> float:
    """Return the share of the values that are above 0, of those that are defined; else NaN."""
    known = values.dropna()
    return float((known > 0).mean()) if len(known) else float("nan")


def with_draws(
    result: GridResult,
    draws: Mapping[str, Sequence[float]],
    *,
    only: Mapping[str, Any] | None = None,
) -> GridResult:
    """Return the result with the percentile of its share among those of draws.

    Parameters
    ----------
    result : GridResult
    draws : mapping of str to sequence of float
        For each kind of draw, the share of positive cells of each draw in the same grid.
    only : mapping of str to level, optional
        The levels to which the result is limited, where the draws lack a factor.
    """
    cells = result.cells
    for name, level in (only or {}).items():
        cells = cells[cells[name] == level]
    if cells.empty:
        raise InputError(f"No cell has {dict(only or {})}; limit the grid to levels that it has.")
    share = share_positive(cells["value"])
    rows = []
    for kind, drawn in draws.items():
        shares = np.asarray(drawn, dtype=np.float64)
        shares = shares[~np.isnan(shares)]
        rows.append(
            {
                "kind": kind,
                "n_draws": len(shares),
                "percentile": _percentile(share, shares),
                "as_high": float((shares >= share).mean()) if len(shares) else np.nan,
                "low": np.percentile(shares, 5) if len(shares) else np.nan,
                "high": np.percentile(shares, 95) if len(shares) else np.nan,
            }
        )
    return replace(result, percentiles=pd.DataFrame(rows), share_compared=share)


def _percentile(share: float, shares: np.ndarray) -> float:
    """Return the share of draws below, half of the equal ones counted; NaN where there are none."""
    if not len(shares) or np.isnan(share):
        return float("nan")
    return float((shares < share).mean() + (shares == share).mean() / 2)


def _by_level(cells: pd.DataFrame, *, factors: Sequence[str]) -> pd.DataFrame:
    """Return the share of positive cells and the median of each level of each factor."""
    rows = []
    for name in factors:
        for level, part in cells.groupby(name, sort=False):
            rows.append(
                {
                    "factor": name,
                    "level": str(level),
                    "n_cells": len(part),
                    "share_positive": share_positive(part["value"]),
                    "median": part["value"].median(),
                }
            )
    return pd.DataFrame(rows)

"""Intervals by leaving out one block of a text at a time (delete-a-block jackknife).

Neighbouring words and passages of a text are alike, so words are no independent draws; blocks long
enough are nearly so. The interval says what more text of the same kind would give. It says nothing
of other texts by the same author: the text, not the block, is the unit for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.errors import InputError
from analysis.results import Shown

Numbers = NDArray[np.float64]

LEAST_BLOCKS = 4
"""From fewer blocks a text no interval is given."""


@dataclass(frozen=True, kw_only=True)
class Interval(Shown):
    """A value with its jackknife interval.

    Attributes
    ----------
    value, low, high : float
        In the value's own unit; low and high are NaN where `reason` says why.
    standard_error, df : float
        Of the value; Welch's degrees of freedom.
    n_blocks : tuple of int
        Blocks of each text.
    level : float
        Share of such intervals that hold the truth.
    """

    value: float
    low: float
    high: float
    standard_error: float
    df: float
    n_blocks: tuple[int, ...]
    level: float = 0.95
    reason: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Bounds:
    """Intervals of many values at once, one entry a value; NaN where there is none."""

    low: Numbers
    high: Numbers
    standard_error: Numbers
    df: Numbers


def jackknife_interval(
    value: float, left_out: Sequence[Numbers], *, level: float = 0.95
) -> Interval:
    """Return the value with its t interval from leaving out one block of one text at a time.

    Parameters
    ----------
    value : float
        What all blocks together give.
    left_out : sequence of 1-D arrays
        One array a text: what is left when each of its blocks in turn is left out.
    level : float
        Between 0 and 1.

    Returns
    -------
    Interval
        Without low and high, and with a reason, where a text has fewer than 4 blocks, a value is
        undefined, or leaving out a block never changes it.

    Notes
    -----
    The variance that a text of m blocks brings is (m - 1) / m times the sum of squares of its
    values about their mean (Tukey 1958; Efron and Tibshirani 1993, chapter 11). Texts are
    independent, so variances add; degrees of freedom are Welch's, with m - 1 a text.
    """
    n_blocks = tuple(len(values) for values in left_out)
    bounds = jackknife_bounds(
        np.array([value], dtype=np.float64),
        [np.asarray(values, dtype=np.float64).reshape(-1, 1) for values in left_out],
        level=level,
    )
    reason = too_few_blocks(n_blocks)
    if not reason and not np.isfinite(bounds.standard_error[0]):
        reason = "The value is undefined with some block left out."
    if not reason and bounds.standard_error[0] == 0:
        reason = "Leaving out a block never changes the value, so its error cannot be seen."
    given = not reason
    return Interval(
        value=float(value),
        low=float(bounds.low[0]) if given else float("nan"),
        high=float(bounds.high[0]) if given else float("nan"),
        standard_error=float(bounds.standard_error[0]) if given else float("nan"),
        df=float(bounds.df[0]) if given else float("nan"),
        n_blocks=n_blocks,
        level=level,
        reason=reason,
    )


def jackknife_bounds(
    values: Numbers,
    left_out: Sequence[Numbers],
    *,
    level: float = 0.95,
    least_variance: Sequence[Numbers] | None = None,
) -> Bounds:
    """Return t intervals of many values, from leaving out one block of one text at a time.

    Parameters
    ----------
    values : array, one entry a value
    left_out : sequence of arrays, blocks by values
        One array a text.
    level : float
    least_variance : sequence of arrays, one entry a value, optional
        One array a text: its variance counts as no less. For counts this is the variance if words
        were independent, below which a few blocks may fall by chance.

    Returns
    -------
    Bounds
        NaN where a text has fewer than 4 blocks or the standard error is 0.
    """
    check_level(level)
    variances = []
    for number, blocks in enumerate(left_out):
        count = len(blocks)
        if count < LEAST_BLOCKS:
            variances.append(np.full(len(values), np.nan))
            continue
        variance = jackknife_variance(blocks)
        if least_variance is not None:
            variance = np.maximum(variance, least_variance[number])
        variances.append(variance)
    total = np.sum(variances, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sum(
            [part**2 / (len(blocks) - 1) for part, blocks in zip(variances, left_out, strict=True)],
            axis=0,
        )
        df = total**2 / spread
        half = np.sqrt(total) * stats.t.ppf(0.5 + level / 2, df)
    half = np.where(total > 0, half, np.nan)
    return Bounds(low=values - half, high=values + half, standard_error=np.sqrt(total), df=df)


def jackknife_variance(left_out: Numbers) -> Numbers:
    """Return the variance that one text brings: (m - 1) / m times the sum of squares.

    ``left_out`` has one row a block; further axes are values of their own.
    """
    count = len(left_out)
    squares = ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray((count - 1) / count * squares, dtype=np.float64)


def too_few_blocks(n_blocks: Sequence[int]) -> str:
    """Return why there is no interval from so many blocks a text; empty where there is one."""
    fewest = min(n_blocks, default=0)
    if fewest >= LEAST_BLOCKS:
        return ""
    return f"A text has {fewest} blocks; no interval is given from fewer than {LEAST_BLOCKS}."


def block_numbers(n_passages: int, *, length: int) -> NDArray[np.int64]:
    """Return the block of each passage of one text: `length` passages a block, in order.

    What is left at the end is a block of its own if it is at least half as long as the others,
    else it belongs to the last.
    """
    if n_passages < 0 or length < 1:
        raise InputError(
            f"{n_passages} passages in blocks of {length} make no sense; "
            "give a block at least one passage."
        )
    whole, rest = divmod(n_passages, length)
    last = whole if 2 * rest >= length and rest else max(whole - 1, 0)
    return np.minimum(np.arange(n_passages) // length, last)


def check_level(level: float) -> None:
    """Raise an InputError unless the level lies between 0 and 1."""
    if not 0 < level < 1:
        raise InputError(f"level is {level!r}; give a share between 0 and 1, such as 0.95.")

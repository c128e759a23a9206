"""Which words one corpus has more of than another, with intervals and the passages behind them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.authors import keyness_measures as measures
from analysis.authors.checks import check_whole
from analysis.authors.keyness_blocks import Blocks, block_bounds, carriers, make_blocks
from analysis.authors.keyness_counts import aligned
from analysis.authors.keyness_result import KeynessResult
from analysis.errors import InputError
from analysis.tables import as_table
from analysis.text.counts import TermCounts
from analysis.uncertainty.blocks import check_level, too_few_blocks

Numbers = NDArray[np.float64]

__all__ = ["KeynessResult", "keyness"]

INDEPENDENT = "independent words (an assumption that no text meets; intervals are too narrow)"
BY_BLOCKS = "blocks of {length} passages (for more text of the same kind, not for the author)"


def keyness(
    target: pd.Series | TermCounts,
    reference: pd.Series | TermCounts,
    *,
    block_length: int = 5,
    prior_words: float = 1000.0,
    level: float = 0.95,
) -> KeynessResult:
    """Return every word of two corpora with how much more of it the target has.

    Parameters
    ----------
    target, reference : Series or TermCounts
        A Series of counts by term, or counts by passage. With passages on both sides, intervals
        come from the delete-a-block jackknife, and Wilcoxon, Cliff's delta and dispersion are
        over those blocks; without, intervals assume independent words, and the others are NaN.
    block_length : int
        Passages a block. No block spans two texts.
    prior_words : float
        Strength of the prior of the Fightin' Words z: so many words, spread as in both corpora
        together.
    level : float
        Of the intervals.

    Raises
    ------
    InputError
        If a corpus has no words, or counts are negative, missing or no whole numbers.

    Notes
    -----
    A corpus's size is the sum of its counts. A count of 0 is taken as 0.5 in the log ratio. The
    jackknife's variance of either side is never taken below that of independent words: a few
    blocks may agree by chance. Formulas: `analysis.authors.keyness_measures`.
    """
    check_whole(block_length, name="block_length")
    check_level(level)
    if not prior_words > 0:
        raise InputError(f"prior_words is {prior_words!r}; give more than 0 words.")
    counts = aligned(target, reference)
    blocks = _blocks_of(target, reference, terms=list(counts.index), length=block_length)
    table, reason = _measured(counts, blocks=blocks, prior_words=prior_words, level=level)
    return KeynessResult(
        table=as_table(_ranked(table), "keyness"),
        carriers=carriers(blocks, terms=list(counts.index)) if blocks else pd.DataFrame(),
        interval=BY_BLOCKS.format(length=block_length) if blocks else INDEPENDENT,
        q_of="p_wilcoxon" if blocks else "log_likelihood",
        n_blocks=tuple(len(side.counts) for side in blocks) if blocks else (),
        level=level,
        reason=reason,
    )


def _blocks_of(
    target: pd.Series | TermCounts,
    reference: pd.Series | TermCounts,
    *,
    terms: list[str],
    length: int,
) -> tuple[Blocks, Blocks] | None:
    """Return the blocks of both sides; None where a side has no passages."""
    if not isinstance(target, TermCounts) or not isinstance(reference, TermCounts):
        return None
    return (
        make_blocks(target, terms=terms, length=length),
        make_blocks(reference, terms=terms, length=length),
    )


def _measured(
    counts: pd.DataFrame,
    *,
    blocks: tuple[Blocks, Blocks] | None,
    prior_words: float,
    level: float,
) -> tuple[pd.DataFrame, str]:
    """Return the keyness table in alphabetical order, and why it lacks something."""
    a, b = counts["target"].to_numpy(), counts["reference"].to_numpy()
    sizes = {"size_a": float(a.sum()), "size_b": float(b.sum())}
    prior = prior_words * (a + b) / (a + b).sum()
    table = pd.DataFrame(
        {
            "term": counts.index.to_numpy(),
            "n_target": a.astype(np.int64),
            "n_reference": b.astype(np.int64),
            "per_million_target": 1e6 * a / a.sum(),
            "per_million_reference": 1e6 * b / b.sum(),
            "log_ratio": measures.log_ratio(a, b, **sizes),
            "low": np.nan,
            "high": np.nan,
            "log_likelihood": measures.log_likelihood(a, b, **sizes),
            "log_likelihood_4": measures.log_likelihood_4(a, b, **sizes),
            "odds_ratio": measures.odds_ratio(a, b, **sizes),
            "z_fightin_words": measures.z_fightin_words(a, b, **sizes, prior=prior),
        }
    )
    if blocks is None:
        low, high = _independent_bounds(table, sizes=sizes, level=level)
        p = stats.chi2.sf(table["log_likelihood"].to_numpy(), df=1)
        return _finished(table.assign(low=low, high=high), q=measures.benjamini_hochberg(p)), (
            "Without passages there is no dispersion and no comparison over slices."
        )
    return _with_blocks(table, blocks=blocks, level=level)


def _with_blocks(
    table: pd.DataFrame, *, blocks: tuple[Blocks, Blocks], level: float
) -> tuple[pd.DataFrame, str]:
    """Return the table with what passages give, and why it lacks something."""
    one, other = blocks
    bounds = block_bounds(table["log_ratio"].to_numpy(), blocks, level=level)
    p, delta = measures.rank_comparison(one.shares(), other.shares())
    reason = too_few_blocks([len(one.counts), len(other.counts)])
    if reason:
        p = np.full(len(table), np.nan)
    table = table.assign(
        low=bounds.low, high=bounds.high, p_wilcoxon=p, cliffs_delta=delta,
        dispersion_target=measures.deviation_of_proportions(one.counts),
        dispersion_reference=measures.deviation_of_proportions(other.counts),
    )  # fmt: skip
    return _finished(table, q=measures.benjamini_hochberg(p)), reason


def _independent_bounds(
    table: pd.DataFrame, *, sizes: dict[str, float], level: float
) -> tuple[Numbers, Numbers]:
    """Return the interval of the log ratio if words were independent."""
    a, b = (table[name].to_numpy(dtype=np.float64) for name in ("n_target", "n_reference"))
    variance = measures.log_ratio_variance(a, size=sizes["size_a"])
    variance = variance + measures.log_ratio_variance(b, size=sizes["size_b"])
    half = stats.norm.ppf(0.5 + level / 2) * np.sqrt(variance)
    ratio = table["log_ratio"].to_numpy()
    return ratio - half, ratio + half


def _finished(table: pd.DataFrame, *, q: Numbers) -> pd.DataFrame:
    """Return the table with all its columns in order, NaN where passages would be needed."""
    columns = ["p_wilcoxon", "cliffs_delta", "q", "dispersion_target", "dispersion_reference"]
    table = table.assign(q=q)
    for column in columns:
        if column not in table:
            table[column] = np.nan
    return table[[*table.columns[:12], *columns]]


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table by the end of the interval nearer to zero, then by (-count, term)."""
    nearer = np.where(table["log_ratio"] >= 0, table["low"], -table["high"])
    order = pd.DataFrame(
        {
            "nearer": -nearer,
            "count": -(table["n_target"] + table["n_reference"]),
            "term": table["term"],
        }
    ).sort_values(["nearer", "count", "term"], kind="stable", na_position="last")
    return table.loc[order.index].reset_index(drop=True)

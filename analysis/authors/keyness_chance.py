"""How many words keyness would find between parts of one pile of passages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.authors import keyness_measures as measures
from analysis.authors.checks import check_whole
from analysis.authors.keyness_blocks import Blocks, block_bounds, make_blocks
from analysis.errors import InputError
from analysis.text.counts import TermCounts


def keyness_by_chance(
    target: TermCounts,
    reference: TermCounts,
    *,
    block_length: int = 5,
    level: float = 0.95,
    n_draws: int = 100,
    seed: int = 1,
) -> pd.DataFrame:
    """Return how many words have an interval off 0 where blocks are dealt out at random.

    An interval is made for each of thousands of words, so some miss 0 by chance. How many is not
    to be had from the level: rare words never do, and words that come in bursts do more often.

    Parameters
    ----------
    target, reference : TermCounts
        As in `keyness`.
    block_length, level
        As in `keyness`.
    n_draws : int
        In each, the blocks of both sides are dealt out anew, as many to either side as it has.
    seed : int

    Returns
    -------
    DataFrame
        One row a draw: draw, n_more (words more frequent in the target with the interval above
        0), n_fewer (below 0). Compare with the same counts in the table of `keyness`.

    Raises
    ------
    InputError
        If a side is no TermCounts, or has no words.
    """
    for value, name in ((block_length, "block_length"), (n_draws, "n_draws")):
        check_whole(value, name=name)
    given: tuple[tuple[object, str], ...] = ((target, "target"), (reference, "reference"))
    for side, name in given:
        if not isinstance(side, TermCounts) or not side.totals().sum():
            raise InputError(f"{name} must be TermCounts with words; make them with count_terms.")
    terms = sorted(set(target.terms) | set(reference.terms))
    sides = [make_blocks(side, terms=terms, length=block_length) for side in (target, reference)]
    pile = np.concatenate([side.counts for side in sides])
    pile = pile[:, pile.sum(axis=0) > 0]
    rng = np.random.default_rng(seed)
    rows = []
    for draw in range(n_draws):
        order = rng.permutation(len(pile))
        dealt = [pile[part] for part in np.split(order, [len(sides[0].counts)])]
        rows.append((draw, *_off_zero(dealt, template=sides[0], level=level)))
    return pd.DataFrame(rows, columns=["draw", "n_more", "n_fewer"])


def _off_zero(counts: list[np.ndarray], *, template: Blocks, level: float) -> tuple[int, int]:
    """Return how many words have an interval above and below 0."""
    one, other = (
        Blocks(counts=side, passages=template.passages, passage_ids=()) for side in counts
    )
    totals = [side.sum(axis=0).astype(np.float64) for side in counts]
    ratio = measures.log_ratio(
        *totals, size_a=float(totals[0].sum()), size_b=float(totals[1].sum())
    )
    bounds = block_bounds(ratio, (one, other), level=level)
    return int((bounds.low > 0).sum()), int((bounds.high < 0).sum())

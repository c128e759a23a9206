"""What keyness gives: words by how surely one corpus has more of them, and who carries each."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.authors.checks import check_whole
from analysis.results import Shown


@dataclass(frozen=True, kw_only=True, eq=False)
class KeynessResult(Shown):
    """Words by how surely one corpus has more of them.

    Attributes
    ----------
    table : DataFrame
        One row a word that either corpus has: term, n_target, n_reference,
        per_million_target, per_million_reference, log_ratio (base 2, + is more in the target),
        low, high (of the log ratio), log_likelihood, log_likelihood_4, odds_ratio,
        z_fightin_words, p_wilcoxon, cliffs_delta, q, dispersion_target, dispersion_reference.
        Ordered by the end of the interval that is nearer to zero, surest first, both directions
        together.
    carriers : DataFrame
        Where passages were given, one row a word: term, n_passages_target,
        n_passages_reference, largest_share (of its occurrences on the side that has more of it
        in one passage), one_passage, passage_id (that passage). Empty otherwise.
    interval : str
        What the interval is computed from, and what it assumes.
    q_of : str
        The column whose p is adjusted: p_wilcoxon where slices were given, else that of the
        log-likelihood with one degree of freedom.
    n_blocks : tuple of int
        Blocks of target and reference.
    level : float
    reason : str
        Why there are no intervals or no slices; empty where all is there.
    """

    table: pd.DataFrame
    carriers: pd.DataFrame
    interval: str
    q_of: str
    n_blocks: tuple[int, ...] = ()
    level: float = 0.95
    reason: str = ""

    def top(self, n: int = 20) -> pd.DataFrame:
        """Return the `n` surest words of each direction, target first, with their carriers."""
        check_whole(n, name="n")
        more = self.table[self.table["log_ratio"] > 0].head(n)
        fewer = self.table[self.table["log_ratio"] < 0].head(n)
        both = pd.concat([more.assign(side="target"), fewer.assign(side="reference")])
        if not self.carriers.empty:
            both = both.merge(self.carriers, on="term", how="left")
        return both.reset_index(drop=True)

    def plot_table(self, n: int = 20) -> pd.DataFrame:
        """Return the surest words of both directions, rounded to 6 decimals."""
        columns = ["side", "term", "log_ratio", "low", "high", "n_target", "n_reference"]
        further = [name for name in ("one_passage", "passage_id") if name in self.carriers]
        return self.top(n)[columns + further].round(6)

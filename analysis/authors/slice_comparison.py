"""Texts compared over equal slices, with intervals.

Two estimands: the mean distance of two slices, one from each text, of the length stated; and the
energy form (`analysis.authors.energy`). Both are unbiased at any number of slices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.distances import checked_percentages, measure_named
from analysis.authors.energy import Pair, exchange_p, mean_within, within_left_out
from analysis.authors.energy_interval import energy_interval
from analysis.authors.slices import SliceFrequencies
from analysis.authors.standard import fit_scale
from analysis.errors import InputError
from analysis.results import Shown
from analysis.uncertainty.blocks import Interval, check_level, jackknife_interval

Matrix = NDArray[np.float64]

ESTIMANDS = ("slice distance", "energy")
SCOPE = "for more text of the same kind, not for the author"
"""What an interval from slices of one text speaks for; printed wherever one is drawn."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SliceComparison(Shown):
    """Every pair of texts compared over equal slices; lower is more alike.

    Attributes
    ----------
    table : DataFrame
        The columns of the distances table, with measure ``burrows`` for the mean distance of two
        slices and ``burrows_energy`` for the energy form (as the measure may be), and estimand,
        within_a, within_b (mean distance of two slices of one text: the noise floor), n_slices_a,
        n_slices_b, p_one_kind (of the energy, by exchanging slices: small where the texts are not
        of one kind, whoever wrote them), told_apart (whether p_one_kind is at most 1 - level; null
        where there is no p), reason. A text with itself has its within-text distance
        and no energy.
    n_tokens : int or None
        Running words a slice.
    level : float
    scope : str
        What the intervals speak for.
    reason : str
        Why intervals are missing; empty where none is.
    """

    table: pd.DataFrame
    measure: str
    n_terms: int
    standardize: str
    n_tokens: int | None
    level: float
    scope: str = SCOPE
    reason: str = ""

    def matrix(self, estimand: str = "energy") -> pd.DataFrame:
        """Return the square table of one estimand, texts in order of appearance."""
        if estimand not in ESTIMANDS:
            raise InputError(f"There is no estimand {estimand!r}; use one of {ESTIMANDS}.")
        rows = self.table[self.table["estimand"] == estimand]
        texts = list(dict.fromkeys(self.table["text_a"]))
        square = pd.DataFrame(np.nan, index=texts, columns=texts)
        for one, other, value in zip(rows["text_a"], rows["text_b"], rows["distance"], strict=True):
            square.loc[one, other] = square.loc[other, one] = value
        if estimand == "energy":
            for text in texts:
                square.loc[text, text] = 0.0
        return square

    def plot_table(self) -> pd.DataFrame:
        """Return the table, rounded to 6 decimals."""
        return self.table.round(6)


def compare_slices(
    slices: SliceFrequencies,
    *,
    measure: str = "burrows",
    n_terms: int = 100,
    standardize: str = "balanced",
    level: float = 0.95,
    seed: int = 1,
) -> SliceComparison:
    """Return the distance of every two texts over equal slices, with intervals.

    Parameters
    ----------
    slices : SliceFrequencies
        From `slice_frequencies` with a length; slices are the blocks of the jackknife.
    measure : str
        As in `distances`. With burrows, manhattan, euclidean or argamon the energy form is 0 in
        the population only for texts of one kind.
    n_terms, standardize
        As in `distances`. The scale of z-scores is held fixed when a slice is left out. Words
        that do not vary over the slices are left out.
    level : float
        Of the intervals.
    seed : int
        Of the exchanges of slices, where there are too many to go through.

    Returns
    -------
    SliceComparison
        Intervals are for more text of the same kind, not for the author. None is given where a
        text has fewer than 4 slices; a text of one slice has no energy.

    Notes
    -----
    A percentile bootstrap of such distances is wrong: resampled texts repeat slices, which adds
    the noise that the distance is already biased by.

    Whether two texts are told apart is the test's to say, and how far apart the interval's. Of 200
    pairs of 5 and 7 slices whose log rates differ by a normal of standard deviation .3 the test
    tells 196 apart, and 190 intervals miss 0; of 200 pairs of one kind the test errs in 6 and the
    interval in 4 (`benchmarks/authors_coverage.py`). Where one text has 4 slices and the other 15
    or more, both err in up to 8 of 100: the short text then makes half of the scale.
    """
    check_level(level)
    square = slice_matrix(
        slices.frequencies,
        texts=slices.texts,
        measure=measure,
        n_terms=n_terms,
        standardize=standardize,
    )
    texts = list(dict.fromkeys(slices.texts))
    groups = {text: np.flatnonzero(np.array(slices.texts) == text) for text in texts}
    rows = []
    for number, one in enumerate(texts):
        for other in texts[number:]:
            rows += _compared(
                square, groups={one: groups[one], other: groups[other]}, level=level, seed=seed
            )
    table = pd.DataFrame(rows)
    names = {"slice distance": measure, "energy": f"{measure}_energy"}
    table["told_apart"] = table["told_apart"].astype("boolean")
    table.insert(2, "measure", table["estimand"].map(names))
    table.insert(3, "n_terms", n_terms)
    reasons = [reason for reason in dict.fromkeys(table["reason"]) if reason]
    return SliceComparison(
        table=table,
        measure=measure,
        n_terms=n_terms,
        standardize=standardize,
        n_tokens=slices.n_tokens,
        level=level,
        reason=" ".join(reasons),
    )


def slice_matrix(
    frequencies: pd.DataFrame,
    *,
    texts: Sequence[str],
    measure: str,
    n_terms: int,
    standardize: str,
) -> Matrix:
    """Return the distance of every two slices; words that do not vary are left out."""
    formula = measure_named(measure)
    rows = checked_percentages(frequencies, n_terms=n_terms)
    if not formula.z_scores:
        return formula.formula(rows)
    varying = (rows != rows[0]).any(axis=0)
    if not varying.any():
        return np.zeros((len(rows), len(rows)))
    rows = rows[:, varying]
    return formula.formula(fit_scale(rows, texts, standardize=standardize).z_scores(rows))


def _compared(
    square: Matrix, *, groups: dict[str, NDArray[np.int64]], level: float, seed: int
) -> list[dict[str, object]]:
    """Return the rows of the table for two texts, or for one text with itself."""
    names = list(groups)
    one, other = names[0], names[-1]
    within = [mean_within(square[np.ix_(rows, rows)]) for rows in (groups[one], groups[other])]
    intervals: dict[str, Interval] = {}
    p = float("nan")
    if len(names) == 1:
        part = square[np.ix_(groups[one], groups[one])]
        intervals["slice distance"] = jackknife_interval(
            within[0], [within_left_out(part)], level=level
        )
    else:
        pair = Pair.of(square, one=groups[one], other=groups[other])
        intervals["slice distance"] = jackknife_interval(
            pair.between, pair.between_left_out(), level=level
        )
        intervals["energy"] = energy_interval(pair, level=level)
        if not intervals["energy"].reason:
            p = exchange_p(pair, seed=seed)
    return [
        {
            "text_a": one,
            "text_b": other,
            "distance": interval.value,
            "low": interval.low,
            "high": interval.high,
            "estimand": estimand,
            "within_a": within[0],
            "within_b": within[1],
            "n_slices_a": len(groups[one]),
            "n_slices_b": len(groups[other]),
            "p_one_kind": p if estimand == "energy" else float("nan"),
            "told_apart": None
            if estimand != "energy" or np.isnan(p)
            else round(p, 12) <= round(1 - level, 12),
            "reason": interval.reason,
        }
        for estimand, interval in intervals.items()
    ]

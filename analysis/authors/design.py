"""The shape of a comparison: how many texts, how long, and how they are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.authors.checks import check_one_of, check_whole
from analysis.authors.coded import slice_percentages, square_of
from analysis.authors.measures import MEASURES
from analysis.authors.odd_one import STATISTICS, odd_scores, text_distances
from analysis.authors.slices import SliceFrequencies
from analysis.authors.standard import STANDARDS
from analysis.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Design:
    """The shape of a comparison: how many texts, how long, and how they are compared.

    Attributes
    ----------
    lengths : tuple of int
        Running words of each text that are compared.
    names : tuple of str
        The texts, by doc_id; numbered where not given.
    slice_length, n_terms, measure, standardize, statistic
        As in `compare_slices`; the statistic is "energy" or "slice distance".
    max_years : int or None
        Authors of one draw wrote within so many years.
    """

    lengths: tuple[int, ...]
    names: tuple[str, ...] = ()
    slice_length: int = 1000
    n_terms: int = 100
    measure: str = "burrows"
    standardize: str = "balanced"
    statistic: str = "energy"
    max_years: int | None = 35

    def __post_init__(self) -> None:
        """Check the settings and name the texts."""
        for length in self.lengths:
            check_whole(length, name="a length", least=2 * self.slice_length)
        check_whole(self.slice_length, name="slice_length")
        check_whole(self.n_terms, name="n_terms")
        check_one_of(self.measure, name="measure", known=MEASURES)
        check_one_of(self.standardize, name="standardisation", known=STANDARDS)
        check_one_of(self.statistic, name="statistic", known=STATISTICS)
        names = self.names or tuple(f"text {n + 1}" for n in range(len(self.lengths)))
        if len(names) != len(self.lengths):
            raise InputError(f"{len(names)} names for {len(self.lengths)} lengths; give as many.")
        object.__setattr__(self, "lengths", tuple(map(int, self.lengths)))
        object.__setattr__(self, "names", tuple(names))

    def scores(
        self, words: Sequence[NDArray[np.int32]], *, n_vocabulary: int
    ) -> NDArray[np.float64]:
        """Return how much each text stands apart from the others; higher is odder."""
        percentages, groups = slice_percentages(
            words,
            n_vocabulary=n_vocabulary,
            slice_length=self.slice_length,
            n_terms=self.n_terms,
        )
        square = square_of(percentages, groups, measure=self.measure, standardize=self.standardize)
        return odd_scores(text_distances(square, groups, statistic=self.statistic))


def design_of(slices: SliceFrequencies, **settings: object) -> Design:
    """Return the shape of the comparison of these slices' texts, each as long as its slices.

    ``settings`` are those of `Design` but lengths, names and slice_length.
    """
    if slices.n_tokens is None:
        raise InputError("These are whole texts; give slices of equal length.")
    rows_of = slices.table["doc_id"].value_counts(sort=False)
    names = tuple(dict.fromkeys(slices.texts))
    return Design(
        lengths=tuple(int(rows_of[name]) * slices.n_tokens for name in names),
        names=names,
        slice_length=slices.n_tokens,
        **settings,  # type: ignore[arg-type]
    )
